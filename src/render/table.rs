//! Table: rows in a frame that fits the terminal, with the evidence below; in a very narrow terminal, one block a row.

use std::borrow::Cow;

use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle};

use crate::answer::{Answer, Certainty, ColumnType, Row};

use super::text::{footers, heading, held_citation, longest_piece, painted, paragraph, references, visible, width, wrap};
use super::{Page, ascii};

/// Stands between columns until they are told apart and painted. No text that is shown can hold it.
const BETWEEN: char = '\u{ffff}';

/// A word up to this many columns is never broken to make a table fit.
const LONGEST_KEPT_WHOLE: usize = 20;

/// No column is wider than this, whatever the page: longer text wraps.
const WIDEST: usize = 20_000;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const NAMED: Style = AnsiColor::Cyan.on_default();
const UNSURE: Style = AnsiColor::Yellow.on_default();

const FRAME: TableStyle = TableStyle::new()
    .top_border(LineStyle::new('┌', '─', '┬', '┐'))
    .header_lines(ContentLineStyle::new('│', BETWEEN, '│'))
    .header_separator(LineStyle::new('├', '─', '┼', '┤'))
    .content_lines(ContentLineStyle::new('│', BETWEEN, '│'))
    .bottom_border(LineStyle::new('└', '─', '┴', '┘'));

/// Writes the rows in a frame, the evidence numbered below them, then what was left out. Stages of `explain` stand under
/// headings.
pub(super) fn write(answer: &Answer, page: &Page) -> String {
    let text = drawn(answer, page);
    if page.unicode { text } else { ascii(&text).into_owned() }
}

fn drawn(answer: &Answer, page: &Page) -> String {
    if !answer.stages.is_empty() {
        return stages(answer, page);
    }
    let mut text = String::new();
    if !answer.rows.is_empty() {
        let mut grid = Grid::new(answer);
        if !page.unicode {
            grid.make_ascii();
        }
        while !grid.fits_unwrapped(page)
            && let Some((heading, cell)) = grid.take_constant()
        {
            let line = format!("in every row: {heading} = {cell}");
            paragraph(&mut text, "", &line, page.width, style(page, DIM));
        }
        let framed = grid.framed(page).or_else(|| grid.folded()?.framed(page));
        text.push_str(&framed.unwrap_or_else(|| grid.blocks(page)));
    }
    for (position, item) in answer.cited() {
        let lead = format!("[{}] ", position + 1);
        paragraph(&mut text, &lead, &held_citation(item), page.width, style(page, DIM));
        if let Some(quote) = &item.quote {
            let indent = " ".repeat(lead.len());
            paragraph(&mut text, &indent, &format!("\"{}\"", visible(quote)), page.width, Style::new());
        }
    }
    for line in footers(answer) {
        let painting = if line.starts_with("warning: ") { UNSURE } else { DIM };
        for part in page.width.map_or_else(|| vec![line.clone()], |columns| wrap(&line, columns)) {
            text.push_str(&painted(&part, style(page, painting)));
            text.push('\n');
        }
    }
    text
}

/// The style, where the page has colour.
fn style(page: &Page, style: Style) -> Style {
    if page.colour { style } else { Style::new() }
}

fn stages(answer: &Answer, page: &Page) -> String {
    let mut text = String::new();
    for (position, stage) in answer.stages.iter().enumerate() {
        if position > 0 {
            text.push('\n');
        }
        text.push_str(&painted(&visible(stage.name), style(page, BOLD)));
        text.push('\n');
        for line in stage.text.lines() {
            text.push_str(&visible(line));
            text.push('\n');
        }
    }
    for warning in &answer.warnings {
        text.push_str(&painted(&format!("warning: {}", visible(warning)), style(page, UNSURE)));
        text.push('\n');
    }
    text
}

/// What the table shows: a heading, an alignment and a style for each column, and the cells as text.
struct Grid {
    headings: Vec<String>,
    right: Vec<bool>,
    styles: Vec<Style>,
    /// Whether a column only adds to those before it.
    details: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    fn new(answer: &Answer) -> Grid {
        let possible = answer.rows.iter().any(|row| row.certainty == Certainty::Possible);
        let cited = answer.rows.iter().any(|row| !row.evidence.is_empty());
        let mut grid = Grid { headings: Vec::new(), right: Vec::new(), styles: Vec::new(), details: Vec::new(), rows: Vec::new() };
        for (position, column) in answer.columns.iter().enumerate() {
            let named = position == 0 && column.column_type == ColumnType::Entity;
            let number = matches!(column.column_type, ColumnType::Integer | ColumnType::Number);
            grid.column(&heading(&column.name), number, if named { NAMED } else { Style::new() }, column.detail);
        }
        if possible {
            grid.column("match", false, UNSURE, false);
        }
        if cited {
            grid.column("evidence", false, DIM, false);
        }
        grid.rows = answer.rows.iter().map(|row| texts(answer, row, possible, cited)).collect();
        grid
    }

    /// Writes the cells in ASCII before their widths are measured.
    fn make_ascii(&mut self) {
        for cell in self.headings.iter_mut().chain(self.rows.iter_mut().flatten()).filter(|cell| !cell.is_ascii()) {
            *cell = ascii(cell).into_owned();
        }
    }

    fn column(&mut self, heading: &str, right: bool, style: Style, detail: bool) {
        self.headings.push(heading.to_owned());
        self.right.push(right);
        self.styles.push(style);
        self.details.push(detail);
    }

    /// Whether every cell can stand on one line.
    fn fits_unwrapped(&self, page: &Page) -> bool {
        let natural: usize = (0..self.headings.len()).map(|position| self.widest(width, position).clamp(1, WIDEST)).sum();
        page.width.is_none_or(|columns| natural + 3 * self.headings.len() < columns)
    }

    /// Takes out a column that says the same in every row, the widest, and tells what it says: where room is short, once
    /// is enough. The first column stays, and so does everything in a single row.
    fn take_constant(&mut self) -> Option<(String, String)> {
        let first = self.rows.first().filter(|_| self.rows.len() > 1)?;
        let constant = |position: &usize| {
            !first[*position].is_empty()
                && self.headings[*position] != "evidence"
                && self.rows.iter().all(|row| row[*position] == first[*position])
        };
        let position = (1..self.headings.len()).filter(constant).max_by_key(|position| self.widest(width, *position))?;
        let says = first[position].clone();
        self.right.remove(position);
        self.styles.remove(position);
        self.details.remove(position);
        self.rows.iter_mut().for_each(|row| drop(row.remove(position)));
        Some((self.headings.remove(position), says))
    }

    /// The greatest measure among the heading and the cells of a column.
    fn widest(&self, measure: fn(&str) -> usize, position: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(position)).map(|cell| measure(cell));
        cells.chain([measure(&self.headings[position])]).max().unwrap_or(0)
    }

    /// The same with all details in one column, each with its heading; none if there are fewer than two of them.
    fn folded(&self) -> Option<Grid> {
        let first = self.details.iter().position(|detail| *detail)?;
        if self.details.iter().filter(|detail| **detail).count() < 2 {
            return None;
        }
        let kept: Vec<usize> = (0..self.headings.len()).filter(|at| *at == first || !self.details[*at]).collect();
        let told = |heading: &str, cell: &str| match cell {
            "" => None,
            "true" => Some(heading.to_owned()),
            said => Some(format!("{heading} {said}")),
        };
        let fold = |row: &Vec<String>| -> Vec<String> {
            let each = (0..row.len()).filter(|at| self.details[*at]).filter_map(|at| told(&self.headings[at], &row[at]));
            let all: Vec<String> = each.collect();
            kept.iter().map(|at| if *at == first { all.join("; ") } else { row[*at].clone() }).collect()
        };
        Some(Grid {
            headings: kept.iter().map(|at| if *at == first { "details".to_owned() } else { self.headings[*at].clone() }).collect(),
            right: kept.iter().map(|at| *at != first && self.right[*at]).collect(),
            styles: kept.iter().map(|at| self.styles[*at]).collect(),
            details: vec![false; kept.len()],
            rows: self.rows.iter().map(fold).collect(),
        })
    }

    /// The rows in a frame; none if the page is too narrow for it.
    fn framed(&self, page: &Page) -> Option<String> {
        let widths = self.widths(page)?;
        let fitted = |cells: &[String]| -> Vec<String> {
            cells.iter().zip(&widths).map(|(cell, columns)| wrap(cell, *columns).join("\n")).collect()
        };
        let mut table = Table::new();
        table.set_content_arrangement(ContentArrangement::Disabled).load_style(FRAME);
        table.set_header(fitted(&self.headings));
        for row in &self.rows {
            table.add_row(fitted(row));
        }
        for (position, right) in self.right.iter().enumerate() {
            if let (true, Some(column)) = (*right, table.column_mut(position)) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        let mut lines: Vec<String> = table.lines().collect();
        if lines.len() > self.rows.len() + 4 {
            // Some cell takes several lines: a thin line between the rows keeps them apart.
            table.load_style(FRAME.row_separator(LineStyle::new('├', '╌', '┼', '┤')));
            lines = table.lines().collect();
        }
        Some(self.painted(&lines, page))
    }

    /// The columns that each column gets, so that the frame fits the page; none if it cannot.
    ///
    /// A column is never narrower than its longest word, up to a limit. What remains goes, column by column, to whichever
    /// would take the most lines.
    fn widths(&self, page: &Page) -> Option<Vec<usize>> {
        let count = self.headings.len();
        let natural: Vec<usize> = (0..count).map(|position| self.widest(width, position).clamp(1, WIDEST)).collect();
        let Some(columns) = page.width else {
            return Some(natural);
        };
        // Two blanks a column, and a line before, between and after them.
        let mut spare = columns.checked_sub(3 * count + 1)?;
        if natural.iter().sum::<usize>() <= spare {
            return Some(natural);
        }
        let mut widths: Vec<usize> = (0..count).map(|position| self.widest(longest_piece, position).clamp(3, LONGEST_KEPT_WHOLE)).collect();
        spare = spare.checked_sub(widths.iter().sum())?;
        while spare > 0 {
            // The last of those that are equally crowded: the first column holds names, the later ones what is said of them.
            let (_, crowded) = (0..count).map(|position| (natural[position] * 1000 / widths[position], position)).max()?;
            widths[crowded] += 1;
            spare -= 1;
        }
        Some(widths)
    }

    /// The lines of a frame with each column in its style and a line between columns.
    fn painted(&self, lines: &[String], page: &Page) -> String {
        let mut text = String::new();
        let mut in_header = true;
        for (position, line) in lines.iter().enumerate() {
            let content = line.starts_with('│');
            if !content {
                // The second line across is the rule below the header.
                in_header &= position == 0;
                text.push_str(line);
                text.push('\n');
                continue;
            }
            let inner = line.strip_prefix('│').and_then(|line| line.strip_suffix('│')).unwrap_or(line);
            text.push('│');
            for (column, part) in inner.split(BETWEEN).enumerate() {
                if column > 0 {
                    text.push('│');
                }
                let painting = if in_header { BOLD } else { self.styles.get(column).copied().unwrap_or_default() };
                text.push_str(&painted_between_blanks(part, style(page, painting)));
            }
            text.push_str("│\n");
        }
        text
    }

    /// A block a row, a line or more a value; values that say nothing are left out.
    fn blocks(&self, page: &Page) -> String {
        let mut text = String::new();
        for row in &self.rows {
            for ((heading, cell), painting) in self.headings.iter().zip(row).zip(&self.styles) {
                if cell.is_empty() {
                    continue;
                }
                let limit = page.width.unwrap_or(WIDEST).saturating_sub(2);
                let lines = wrap(&format!("{heading}: {cell}"), limit);
                for (position, line) in lines.iter().enumerate() {
                    let lead = format!("{heading}:");
                    match line.strip_prefix(&lead) {
                        Some(rest) if position == 0 => {
                            text.push_str(&painted(&lead, style(page, BOLD)));
                            text.push_str(&painted_between_blanks(rest, style(page, *painting)));
                        }
                        _ => text.push_str(&format!("  {}", painted(line, style(page, *painting)))),
                    }
                    text.push('\n');
                }
            }
            text.push('\n');
        }
        text
    }
}

/// Paints the text but not the blanks round it.
fn painted_between_blanks(part: &str, style: Style) -> String {
    let core = part.trim_matches(' ');
    let start = part.len() - part.trim_start_matches(' ').len();
    if core.is_empty() {
        return part.to_owned();
    }
    format!("{}{}{}", &part[..start], painted(core, style), &part[start + core.len()..])
}

fn texts(answer: &Answer, row: &Row, possible: bool, cited: bool) -> Vec<String> {
    let mut texts: Vec<String> = (0..answer.columns.len()).map(|position| shown(answer.shown(row, position))).collect();
    if possible {
        texts.push(if row.certainty == Certainty::Possible { "possible".to_owned() } else { String::new() });
    }
    if cited {
        texts.push(references(&row.evidence));
    }
    texts
}

fn shown(text: String) -> String {
    match visible(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(shown) => shown,
    }
}
