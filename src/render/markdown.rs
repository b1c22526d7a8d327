//! Markdown: a pipe table with the evidence as a numbered list, in which every name shows as it is.

use crate::answer::{Answer, Certainty, ColumnType};

use super::Page;
use super::text::{citation, footers, heading, references, visible};

/// Writes the rows as a table, the evidence as a list whose numbers the rows cite, and the footers in italics.
pub(super) fn write(answer: &Answer, _page: &Page) -> String {
    if !answer.stages.is_empty() {
        return stages(answer);
    }
    let mut text = String::new();
    if !answer.rows.is_empty() {
        rows(answer, &mut text);
        text.push('\n');
    }
    let cited = answer.cited();
    for (position, item) in &cited {
        text.push_str(&format!("{}. {}", position + 1, beginning(&escaped(&citation(item)))));
        if let Some(quote) = &item.quote {
            text.push_str(&format!("\\\n   \"{}\"", escaped(quote)));
        }
        text.push('\n');
    }
    if !cited.is_empty() {
        text.push('\n');
    }
    let lines: Vec<String> =
        footers(answer).iter().filter(|line| !line.trim().is_empty()).map(|line| format!("*{}*", escaped(line.trim()))).collect();
    text.push_str(&lines.join("  \n"));
    text.push('\n');
    text
}

fn rows(answer: &Answer, text: &mut String) {
    let possible = answer.rows.iter().any(|row| row.certainty == Certainty::Possible);
    let cited = answer.rows.iter().any(|row| !row.evidence.is_empty());
    let mut headings: Vec<String> = answer.columns.iter().map(|column| escaped(&heading(&column.name))).collect();
    let mut rules: Vec<&str> = answer
        .columns
        .iter()
        .map(|column| if matches!(column.column_type, ColumnType::Integer | ColumnType::Number) { "---:" } else { "---" })
        .collect();
    for (wanted, name) in [(possible, "match"), (cited, "evidence")] {
        if wanted {
            headings.push(name.to_owned());
            rules.push("---");
        }
    }
    line(text, &headings);
    line(text, &rules);
    for row in &answer.rows {
        let mut cells: Vec<String> = (0..answer.columns.len()).map(|position| escaped(&answer.shown(row, position))).collect();
        if possible {
            cells.push(if row.certainty == Certainty::Possible { "possible".to_owned() } else { String::new() });
        }
        if cited {
            cells.push(escaped(&references(&row.evidence)));
        }
        line(text, &cells);
    }
}

fn line(text: &mut String, cells: &[impl AsRef<str>]) {
    text.push('|');
    for cell in cells {
        text.push(' ');
        text.push_str(cell.as_ref());
        text.push_str(" |");
    }
    text.push('\n');
}

fn stages(answer: &Answer) -> String {
    let mut text = String::new();
    for (position, stage) in answer.stages.iter().enumerate() {
        let gap = if position > 0 { "\n" } else { "" };
        let longest = stage.text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
        // A fence longer than any run of backquotes within.
        let fence = "`".repeat(longest.max(2) + 1);
        let body: Vec<_> = stage.text.lines().map(visible).collect();
        text.push_str(&format!("{gap}### {}\n\n{fence}\n{}\n{fence}\n", stage.name, body.join("\n")));
    }
    text
}

/// The text with whatever Markdown would read as markup made plain.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 8);
    for character in visible(text).chars() {
        match character {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '~' | '$' => {
                written.push('\\');
                written.push(character);
            }
            _ => written.push(character),
        }
    }
    written
}

/// A text that begins a line, with a leading mark of a heading or a list made plain.
fn beginning(escaped: &str) -> String {
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    match escaped[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &escaped[..digits], &escaped[digits..]),
        Some('#' | '-' | '+' | '=') if digits == 0 => format!("\\{escaped}"),
        _ => escaped.to_owned(),
    }
}
