//! Parts: rows that come in parts, each under its heading in columns that line up; shares are bars, and what can be asked stands beside.

use anstyle::{AnsiColor, Style};

use crate::answer::{Answer, Cell};

use super::look::Read;
use super::text::{footers, painted, visible, width, wrap};
use super::{Page, ascii};

/// The columns where there is no terminal.
const USUAL_WIDTH: usize = 100;
/// A drawing of parts needs this many columns.
const LEAST_WIDTH: usize = 30;
/// The columns of a bar.
const BAR: usize = 10;
/// A name takes no more columns than this.
const WIDEST_NAME: usize = 34;

/// The parts of an answer under their headings; below them what deserves a look.
pub(super) fn read(answer: &Answer, page: &Page) -> Read {
    let pen = Pen { columns: page.width.unwrap_or(USUAL_WIDTH).max(LEAST_WIDTH), colour: page.colour, unicode: page.unicode };
    let mut text = String::new();
    let mut at = 0;
    while at < answer.rows.len() {
        let part = cell(answer, at, 0);
        let count = (at..answer.rows.len()).take_while(|row| cell(answer, *row, 0) == part).count();
        let lines: Vec<Line> = (at..at + count).map(|row| Line::of(answer, row)).collect();
        if at > 0 {
            text.push('\n');
        }
        pen.part(&part, &lines, &mut text);
        at += count;
    }
    let mut footer = String::new();
    for line in footers(answer).into_iter().filter(|line| line.starts_with("warning: ")) {
        for part in wrap(&line, pen.columns) {
            footer.push_str(&painted(&part, pen.style(AnsiColor::Yellow.on_default())));
            footer.push('\n');
        }
    }
    Read { rows: if page.unicode { text } else { ascii(&text).into_owned() }, footer }
}

fn cell(answer: &Answer, row: usize, column: usize) -> String {
    answer.rows.get(row).and_then(|row| row.cells.get(column)).map(|cell| visible(&cell.to_string()).into_owned()).unwrap_or_default()
}

/// A row as people see it.
struct Line {
    name: String,
    value: String,
    count: String,
    /// The share in percent.
    share: Option<f64>,
    ask: String,
}

impl Line {
    fn of(answer: &Answer, row: usize) -> Line {
        let share = answer.rows[row].cells.get(4).and_then(|cell| match cell {
            Cell::Quantity(quantity) => quantity.exact_value(),
            _ => None,
        });
        let (name, mut value) = (cell(answer, row, 1), cell(answer, row, 2));
        if value == name {
            value.clear();
        }
        let ask = cell(answer, row, 5);
        let ask = if ask.is_empty() { ask } else { format!("> {ask}") };
        Line { name, value, count: cell(answer, row, 3), share, ask }
    }
}

struct Pen {
    columns: usize,
    colour: bool,
    unicode: bool,
}

impl Pen {
    fn style(&self, style: Style) -> Style {
        if self.colour { style } else { Style::new() }
    }

    fn part(&self, heading: &str, lines: &[Line], text: &mut String) {
        let bold = self.style(Style::new().bold());
        text.push_str(&painted(heading, bold));
        text.push('\n');
        let widest = WIDEST_NAME.min(self.columns / 2 - 4);
        let of = |measure: &dyn Fn(&Line) -> usize| lines.iter().map(measure).max().unwrap_or(0);
        let name_width = of(&|line| width(&line.name)).min(widest);
        let count_width = of(&|line| width(&line.count));
        let has_share = lines.iter().any(|line| line.share.is_some());
        for line in lines {
            self.line(line, (name_width, count_width, has_share), text);
        }
    }

    fn line(&self, line: &Line, (name_width, count_width, has_share): (usize, usize, bool), text: &mut String) {
        let faint = self.style(Style::new().dimmed());
        let names = wrap(&line.name, name_width.max(2));
        let mut used = 2 + name_width;
        // The columns of figures come before what is said: they line up. A line without any needs none.
        let mut figures = String::new();
        let has_share = has_share && !line.count.is_empty();
        if !line.count.is_empty() {
            figures.push_str(&format!("  {:>count_width$}", line.count));
            used += 2 + count_width;
        }
        let room_for_bar = used + 7 + 2 + BAR <= self.columns;
        if has_share && used + 8 <= self.columns {
            match line.share {
                Some(share) => figures.push_str(&format!("  {:>6}", percent(share))),
                None => figures.push_str("        "),
            }
            used += 8;
            if room_for_bar {
                figures.push_str("  ");
                figures.push_str(&bar(line.share.unwrap_or(0.0), self.unicode));
                used += 2 + BAR;
            }
        }
        for (number, name) in names.iter().enumerate() {
            if number > 0 {
                text.push('\n');
            }
            text.push_str("  ");
            text.push_str(&painted(name, if line.value.is_empty() { Style::new() } else { faint }));
            if number + 1 == names.len() && (!figures.is_empty() || !line.value.is_empty() || !line.ask.is_empty()) {
                text.push_str(&" ".repeat(name_width.saturating_sub(width(name))));
            }
        }
        text.push_str(&figures);
        let said = [(line.value.as_str(), Style::new()), (line.ask.as_str(), self.style(AnsiColor::Cyan.on_default()))];
        let mut at = used;
        for (words, style) in said.into_iter().filter(|(words, _)| !words.is_empty()) {
            at = self.beside(words, style, (at, used), text);
        }
        while text.ends_with(' ') {
            text.pop();
        }
        text.push('\n');
    }

    /// Puts words behind what is there; where there is no room, on lines of their own. Gives the columns used then.
    fn beside(&self, words: &str, style: Style, (at, indent): (usize, usize), text: &mut String) -> usize {
        if at + 2 + width(words) <= self.columns {
            text.push_str("  ");
            text.push_str(&painted(words, style));
            return at + 2 + width(words);
        }
        let is_first = at == indent;
        let hanging = if indent + 2 + 24 <= self.columns { indent + 2 } else { 4 };
        let lines = wrap(words, self.columns - hanging);
        let begins_here = is_first && hanging == indent + 2;
        for (number, line) in lines.iter().enumerate() {
            if number == 0 && begins_here {
                text.push_str("  ");
            } else {
                while text.ends_with(' ') {
                    text.pop();
                }
                text.push('\n');
                text.push_str(&" ".repeat(hanging));
            }
            text.push_str(&painted(line, style));
        }
        // What comes next begins a line of its own.
        self.columns
    }
}

fn percent(share: f64) -> String {
    if share > 0.0 && share < 0.1 { "<0.1%".to_owned() } else { format!("{share}%") }
}

/// A bar of eighths of blocks, or of whole signs where the terminal has no blocks.
fn bar(share: f64, unicode: bool) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if !unicode {
        let whole = ((share.clamp(0.0, 100.0) / 100.0 * BAR as f64).round() as usize).max(usize::from(share > 0.0));
        return format!("{:<BAR$}", "#".repeat(whole));
    }
    let eighths = ((share.clamp(0.0, 100.0) / 100.0 * (BAR * 8) as f64).round() as usize).max(usize::from(share > 0.0));
    let mut bar = "█".repeat(eighths / 8);
    bar.push_str(PARTS[eighths % 8]);
    let columns = width(&bar);
    bar.push_str(&" ".repeat(BAR.saturating_sub(columns)));
    bar
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn bars_are_as_long_as_the_share() {
        let blocks = |share| bar(share, true);
        assert_eq!((blocks(0.0).trim(), blocks(50.0).trim(), blocks(100.0).trim()), ("", "█████", "██████████"));
        assert_eq!(blocks(0.01).trim(), "▏");
        assert_eq!(blocks(1e9).chars().count(), 10);
        assert_eq!((bar(50.0, false), bar(0.01, false).trim(), bar(1e9, false).len()), ("#####     ".to_owned(), "#", 10));
    }
}
