//! Rows: the sum of an answer's rows, the same however they are shown and wherever their sentences are quoted.

use std::sync::Arc;

use crate::answer::{Answer, Cell, ComparedCell, Evidence, RelationCell, Row};
use crate::formats::fingerprint::{Sum, sum_of};
use crate::render::{Format, Page, render};

/// How many hexadecimal digits tell a row apart.
const DIGITS: usize = 16;
/// The longest words for a row, in characters.
const LONGEST_WORDS: usize = 80;
/// Rows that are written at once.
const AT_ONCE: usize = 4096;

/// What the rows of an answer are known again by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Summed {
    /// Of the columns and all rows in their order: `sha256:` and 64 hexadecimal digits.
    pub checksum: String,
    /// Of each row by itself, in their order: the first digits of its sum.
    pub each: Vec<String>,
}

/// Sums up the rows.
///
/// A row is the line that the format `jsonl` writes for it, without the quoted sentences, without running numbers (those of statements
/// that have no id of their own, and `id(r)`), and with what it cites in the order of sources and sentences.
pub(super) fn summed(answer: &Answer) -> Summed {
    let evidence: Vec<Evidence> = answer.evidence.iter().map(bare_evidence).collect();
    let mut sum = Sum::default();
    for column in &answer.columns {
        sum.add(format!("{}\t{}\n", column.name, column.column_type.word()).as_bytes());
    }
    let mut each = Vec::with_capacity(answer.rows.len());
    let Some(lines) = Format::named("jsonl") else { return Summed { checksum: sum.digits(), each } };
    for rows in answer.rows.chunks(AT_ONCE) {
        let rows = rows.iter().map(|row| bare_row(row, &evidence)).collect();
        let piece = Answer { columns: answer.columns.clone(), rows, evidence: evidence.clone(), ..Answer::default() };
        for line in render(&piece, lines, &Page::default()).lines() {
            sum.add(line.as_bytes());
            sum.add(b"\n");
            each.push(sum_of(line.as_bytes()).trim_start_matches("sha256:").chars().take(DIGITS).collect());
        }
    }
    Summed { checksum: sum.digits(), each }
}

/// A row in words: what its cells show, long ones cut.
pub(super) fn words(answer: &Answer, row: &Row) -> String {
    let cells = (0..answer.columns.len()).map(|position| answer.shown(row, position));
    let cells: Vec<String> = cells.filter(|shown| !shown.is_empty()).collect();
    let words = cells.join(", ");
    if words.chars().count() <= LONGEST_WORDS {
        return words;
    }
    words.chars().take(LONGEST_WORDS - 1).chain(['…']).collect()
}

fn bare_evidence(item: &Evidence) -> Evidence {
    Evidence { statement: String::new(), quote: None, ..item.clone() }
}

fn bare_row(row: &Row, evidence: &[Evidence]) -> Row {
    let cells = row.cells.iter().map(|cell| bare(cell, evidence)).collect();
    Row { cells, certainty: row.certainty, evidence: in_order(&row.evidence, evidence), support: Vec::new() }
}

fn bare(cell: &Cell, evidence: &[Evidence]) -> Cell {
    match cell {
        Cell::List(cells) => Cell::List(cells.iter().map(|cell| bare(cell, evidence)).collect()),
        Cell::Map(entries) => Cell::Map(entries.iter().map(|(name, cell)| (Arc::clone(name), bare(cell, evidence))).collect()),
        Cell::Relation(relation) => Cell::Relation(Arc::new(RelationCell { id: 0, ..RelationCell::clone(relation) })),
        Cell::Compared(compared) => {
            let evidence = in_order(&compared.evidence, evidence);
            Cell::Compared(Arc::new(ComparedCell { evidence, ..ComparedCell::clone(compared) }))
        }
        other => other.clone(),
    }
}

/// What is cited, by source, sentences, publication and claim: the order of other rows does not matter.
fn in_order(cited: &[usize], evidence: &[Evidence]) -> Vec<usize> {
    let key = |position: &usize| {
        let item = evidence.get(*position)?;
        Some((item.source.as_deref(), item.sentences.as_slice(), item.publication.as_deref(), item.claim.as_str(), item.cohort))
    };
    let mut cited = cited.to_vec();
    cited.sort_by(|left, right| key(left).cmp(&key(right)));
    cited
}
