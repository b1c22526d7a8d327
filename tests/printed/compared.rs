//! Compared: the rows of a phrase and of the pattern that it is printed as, in a form in which they can be held against each other.

use std::collections::BTreeSet;

use oms_graph::answer::{Answer, Cell, Certainty, ColumnType, Row, Status};

/// What differs, if anything does.
pub fn difference(expected: &Answer, found: &Answer) -> Option<String> {
    let is_pivot = expected.columns.iter().any(|column| column.column_type == ColumnType::Comparison);
    let is_long = found.columns.len() == 3 && found.columns[2].name == "relations";
    let (mut left, mut right) =
        if is_pivot || is_long { (pivoted(expected), long(found)) } else { (shared(expected, found), shared(found, expected)) };
    left.sort();
    right.sort();
    (left != right).then(|| format!("phrase:\n  {}\npattern:\n  {}", left.join("\n  "), right.join("\n  ")))
}

fn certainty(row: &Row) -> &'static str {
    if row.certainty == Certainty::Certain { "certain" } else { "possible" }
}

fn cited(places: &[usize], answer: &Answer) -> BTreeSet<String> {
    places.iter().map(|place| answer.evidence[*place].statement.clone()).collect()
}

/// The rows of an answer in the columns that another has, too.
fn shared(answer: &Answer, other: &Answer) -> Vec<String> {
    let mut columns: Vec<(usize, &str)> = answer
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| (place, column.name.as_str()))
        .filter(|(_, name)| other.columns.iter().any(|column| column.name == *name))
        .collect();
    columns.sort_by_key(|(_, name)| *name);
    let cells = |row: &Row| -> Vec<String> {
        columns.iter().map(|(place, name)| format!("{name}={}", written(name, &row.cells[*place]))).collect()
    };
    let line = |row: &Row| format!("{} {} {:?}", cells(row).join(" | "), certainty(row), cited(&row.evidence, answer));
    answer.rows.iter().map(line).collect()
}

/// Types of relations are in capitals where patterns see them.
fn written(column: &str, cell: &Cell) -> String {
    let text = text(cell);
    if column == "relation" || column.ends_with(".relation") { text.to_lowercase() } else { text }
}

/// The reported cells of a comparison: the entity, whether the value is stated, and what is cited.
fn pivoted(answer: &Answer) -> Vec<String> {
    let mut lines = Vec::new();
    for row in &answer.rows {
        let Some(entity) = row.cells.first().map(text) else { continue };
        for (column, cell) in answer.columns.iter().zip(&row.cells) {
            if let Cell::Compared(cell) = cell
                && cell.status != Status::NotReported
            {
                lines.push(reported(&entity, column.name != "not stated", &cited(&cell.evidence, answer)));
            }
        }
    }
    lines
}

fn long(answer: &Answer) -> Vec<String> {
    let line = |row: &Row| {
        let statements = match &row.cells[2] {
            Cell::List(relations) => relations.iter().filter_map(statement).collect(),
            _ => BTreeSet::new(),
        };
        reported(&text(&row.cells[0]), row.cells[1] != Cell::Absent, &statements)
    };
    answer.rows.iter().map(line).collect()
}

fn statement(cell: &Cell) -> Option<String> {
    if let Cell::Relation(relation) = cell { relation.statement.clone() } else { None }
}

fn reported(entity: &str, stated: bool, statements: &BTreeSet<String>) -> String {
    format!("{entity} {} {statements:?}", if stated { "stated" } else { "not stated" })
}

/// A cell: entities by their ids, as patterns see those that a qualifier holds.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Entity(entity) => entity.id.clone(),
        Cell::List(cells) => format!("[{}]", cells.iter().map(text).collect::<Vec<_>>().join("; ")),
        Cell::Path(path) => {
            let step = |step: &oms_graph::answer::PathStep| format!(" {} {} {}", step.relation_type, step.forward, step.to.id);
            path.start.id.clone() + &path.steps.iter().map(step).collect::<String>()
        }
        Cell::Absent => "null".to_owned(),
        cell => cell.to_string(),
    }
}
