//! Table: rows in a frame that fits the terminal, with the evidence below; in a very narrow terminal, or where it is wanted, one record a row.

use anstyle::Style;

use crate::answer::{Answer, Cell, Certainty, ColumnType, Row};
use crate::model::grouped;

use super::cells::{Cells, LEGEND};
use super::citations::Citations;
use super::grid::{Grid, Heading};
use super::look::{BOLD, DIM, Look, NAMED, Read, UNSURE, style, told_time};
use super::records;
use super::statements;
use super::text::{footers, heading, painted, paragraph, tally, visible, wrap};
use super::{Page, ascii, parts};

/// More lines of evidence would push the rows off the screen of somebody who asked for so many rows and no more.
const MOST_CITED: usize = 12;

/// Writes the rows in a frame, the evidence numbered below them, then what was left out. Stages of `explain` stand under
/// headings.
pub(super) fn write(answer: &Answer, page: &Page) -> String {
    let Read { rows, footer } = read(answer, page, &Look::default());
    let text = rows + &footer;
    if page.unicode { text } else { ascii(&text).into_owned() }
}

/// The same as somebody at a prompt wants to see it, with the footer apart.
pub fn read(answer: &Answer, page: &Page, look: &Look) -> Read {
    if !answer.stages.is_empty() {
        return Read { rows: stages(answer, page), footer: String::new() };
    }
    if answer.in_parts && !look.expanded && look.only.is_none() {
        return parts::read(answer, page);
    }
    let shown = match look.only {
        Some(only) => answer.rows.get(only..=only).unwrap_or_default(),
        None => &answer.rows[..look.rows.unwrap_or(usize::MAX).min(answer.rows.len())],
    };
    let citations = Citations::of(answer, shown);
    let mut cells = Cells::new(answer, shown, &citations);
    let mut text = String::new();
    if look.expanded || look.only.is_some() {
        records::write(&mut text, &cells, shown, look.only.unwrap_or(0), page);
    } else if answer.justification.is_some() && !answer.rows.is_empty() {
        statements::write(&mut text, answer, page);
    } else {
        if !shown.is_empty() {
            framed(&mut text, &mut cells, shown, page, look.numbers);
        }
        citations.write(page, look.rows.map(|_| MOST_CITED), &mut text);
    }
    let footer = if look.only.is_some() { String::new() } else { footer(answer, page, look, shown.len()) };
    Read { rows: text, footer }
}

/// Writes the rows in a frame, or as blocks where no frame fits.
fn framed(text: &mut String, cells: &mut Cells<'_>, rows: &[Row], page: &Page, numbers: bool) {
    let mut grid = grid(cells, rows, numbers, page);
    let compares = rows.iter().any(|row| row.cells.iter().any(|cell| matches!(cell, Cell::Compared(_))));
    if compares && !grid.fits_unwrapped(page) {
        cells.marks = true;
        grid = self::grid(cells, rows, numbers, page);
    }
    while !grid.fits_unwrapped(page)
        && let Some((heading, cell)) = grid.take_constant()
    {
        let line = format!("in every row: {heading} = {cell}");
        paragraph(text, "", &line, page.width, style(page, DIM));
    }
    let in_frame = |grid: &Grid| grid.framed(page).or_else(|| grid.folded()?.framed(page));
    if let Some(written) = in_frame(&grid).or_else(|| in_frame(&grid.without_numbers()?)) {
        if text.is_empty() {
            *text = written;
        } else {
            text.push_str(&written);
        }
        if cells.marks {
            put(text, LEGEND, page, DIM);
        }
        return;
    }
    if cells.marks {
        // A block has room for words.
        cells.marks = false;
        grid = self::grid(cells, rows, numbers, page);
    }
    text.push_str(&grid.blocks(page));
}

fn grid(cells: &Cells<'_>, rows: &[Row], numbers: bool, page: &Page) -> Grid {
    let answer = cells.answer;
    let possible = rows.iter().any(|row| row.certainty == Certainty::Possible);
    let cited = rows.iter().any(|row| !row.evidence.is_empty());
    let mut headings: Vec<Heading> = Vec::new();
    let mut add = |name: &str, right: bool, style: Style, detail: bool, fixed: bool| {
        headings.push(Heading { name: name.to_owned(), right, style, detail, fixed });
    };
    if numbers {
        add("#", true, DIM, false, true);
    }
    for (position, column) in answer.columns.iter().enumerate() {
        let named = position == 0 && column.column_type == ColumnType::Entity;
        let number = matches!(column.column_type, ColumnType::Integer | ColumnType::Number) || holds_numbers(rows, position);
        add(&heading(&column.name), number, if named { NAMED } else { Style::new() }, column.detail, false);
    }
    if possible {
        add("match", false, UNSURE, false, false);
    }
    if cited {
        add("evidence", false, DIM, false, true);
    }
    let mut grid = Grid { headings, rows: Vec::with_capacity(rows.len()), styles: Vec::new(), numbered: numbers };
    let styled = rows.iter().any(|row| row.cells.iter().any(|cell| matches!(cell, Cell::Compared(_))));
    for (number, row) in rows.iter().enumerate() {
        let mut texts: Vec<String> = Vec::with_capacity(grid.headings.len());
        let mut styles: Vec<Option<Style>> = Vec::new();
        texts.extend(numbers.then(|| (number + 1).to_string()));
        for position in 0..answer.columns.len() {
            let (text, own) = cells.shown(row, position);
            texts.push(text);
            styles.extend(styled.then_some(own));
        }
        if possible {
            texts.push(if row.certainty == Certainty::Possible { "possible".to_owned() } else { String::new() });
        }
        if cited {
            texts.push(cells.citations.references(&row.evidence));
        }
        if styled {
            styles.splice(0..0, numbers.then_some(None));
            styles.resize(texts.len(), None);
            grid.styles.push(styles);
        }
        grid.rows.push(texts);
    }
    if !page.unicode {
        // Before widths are measured.
        let headings = grid.headings.iter_mut().map(|heading| &mut heading.name);
        headings.chain(grid.rows.iter_mut().flatten()).filter(|cell| !cell.is_ascii()).for_each(|cell| *cell = ascii(cell).into_owned());
    }
    grid
}

/// Whether a column holds numbers alone, whatever it may hold.
fn holds_numbers(rows: &[Row], position: usize) -> bool {
    let mut any = false;
    rows.iter().all(|row| match row.cells.get(position) {
        Some(Cell::Integer(_) | Cell::Float(_)) => {
            any = true;
            true
        }
        Some(Cell::Absent) | None => true,
        Some(_) => false,
    }) && any
}

/// How many rows there are and were shown, how long it took, what was left out, and what deserves a look.
fn footer(answer: &Answer, page: &Page, look: &Look, shown: usize) -> String {
    let mut text = String::new();
    let tally = tally(answer);
    let mut untold = look.taken;
    for line in footers(answer) {
        let painting = if line.starts_with("warning: ") { UNSURE } else { DIM };
        let mut told = line.clone();
        if line == tally
            && let Some(taken) = untold.take()
        {
            told.push_str(&format!(" in {}", told_time(taken)));
        }
        put(&mut text, &told, page, painting);
        if line == tally && shown < answer.rows.len() {
            let more = grouped(answer.rows.len() - shown);
            let told = format!("... {more} more, not shown: `:rows all` shows them, `limit` asks for fewer, `:export all.csv` writes all");
            put(&mut text, &told, page, UNSURE);
        }
    }
    if let Some(taken) = untold {
        put(&mut text, &format!("0 rows in {}", told_time(taken)), page, DIM);
    }
    text
}

/// Writes a line of the footer.
fn put(text: &mut String, line: &str, page: &Page, painting: Style) {
    for part in page.width.map_or_else(|| vec![line.to_owned()], |columns| wrap(line, columns)) {
        text.push_str(&painted(part.trim(), style(page, painting)));
        text.push('\n');
    }
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
