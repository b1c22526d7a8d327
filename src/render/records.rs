//! Records: one row at a time, a line or more a field, with its evidence in full.

use crate::answer::{Cell, Certainty, Row};

use super::Page;
use super::cells::Cells;
use super::look::{BOLD, DIM, NAMED, UNSURE, style};
use super::text::{heading, painted, width, wrap};

/// Writes rows as records; the number of the first, counted from 0, is `first`.
pub(super) fn write(text: &mut String, cells: &Cells<'_>, rows: &[Row], first: usize, page: &Page) {
    let names: Vec<String> = cells.answer.columns.iter().map(|column| heading(&column.name).into_owned()).collect();
    // A field without a value is not shown, so it does not count.
    let longest = names.iter().map(|name| width(name)).chain([8]).max().unwrap_or(8);
    let limit = page.width.unwrap_or(100);
    let lead = longest.min(limit / 3) + 2;
    for (position, row) in rows.iter().enumerate() {
        title(text, first + position + 1, cells.answer.rows.len(), limit, page);
        for (column, name) in names.iter().enumerate() {
            let (value, own) = cells.shown(row, column);
            if value.is_empty() {
                continue;
            }
            let named = column == 0 && matches!(row.cells.first(), Some(Cell::Entity(_)));
            let painting = own.unwrap_or(if named { NAMED } else { anstyle::Style::new() });
            field(text, name, &value, lead, limit, (page, painting));
        }
        if row.certainty == Certainty::Possible {
            field(text, "match", "possible", lead, limit, (page, UNSURE));
        }
        let cited = row.cells.iter().filter_map(|cell| if let Cell::Compared(cell) = cell { Some(cell.evidence.as_slice()) } else { None });
        let mut evidence: Vec<usize> = cited.flatten().chain(&row.evidence).copied().collect();
        evidence.sort_unstable();
        evidence.dedup();
        if !evidence.is_empty() {
            text.push_str(&format!("{}\n", painted("evidence", style(page, BOLD))));
            for item in evidence {
                cells.citations.write_one(item, cells.answer, "  ", page, text);
            }
        }
        text.push('\n');
    }
}

/// The line above a record: which row it is, of how many.
fn title(text: &mut String, number: usize, of: usize, limit: usize, page: &Page) {
    let words = format!("── row {number} of {of} ");
    let rest = limit.min(100).saturating_sub(width(&words));
    text.push_str(&painted(&format!("{words}{}", "─".repeat(rest)), style(page, DIM)));
    text.push('\n');
}

/// A field with its value, both in columns of their own.
fn field(text: &mut String, name: &str, value: &str, lead: usize, limit: usize, (page, painting): (&Page, anstyle::Style)) {
    let lines = wrap(value, limit.saturating_sub(lead).max(12));
    let mut names = wrap(name, lead - 2).into_iter();
    for line in lines {
        let part = names.next().unwrap_or_default();
        let blank = " ".repeat(lead.saturating_sub(width(&part)));
        text.push_str(&format!("{}{blank}{}\n", painted(&part, style(page, BOLD)), painted(&line, style(page, painting))));
    }
    for part in names {
        text.push_str(&format!("{}\n", painted(&part, style(page, BOLD))));
    }
}
