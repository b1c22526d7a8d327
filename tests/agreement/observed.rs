//! Observed: the engine's answers in the form in which they are held against the expected ones.

use std::collections::BTreeSet;

use oms_graph::answer::{Answer, Cell, Certainty, Column};

use super::question::Shape;
use super::schema::{QUALIFIERS, qualifiers_of};
use super::tables::{Line, Table, UNCOMPARED, compared_text, hedge_text, step_text};

/// What the engine answered.
pub fn observed(answer: &Answer, shape: &Shape, by_place: bool) -> Table {
    let rows = answer.rows.iter().map(|row| {
        let mut passed = 0;
        let texts = answer.columns.iter().zip(&row.cells).enumerate().map(|(place, (column, cell))| {
            let is_jointly = !shape.links.is_empty() && column.name.rsplit('.').next() == Some("jointly");
            let name = match (by_place, is_jointly) {
                (false, _) => name_of(column, place, shape),
                (true, true) if shape.links.len() > 1 => UNCOMPARED.to_owned(),
                (true, true) => "jointly".to_owned(),
                (true, false) => {
                    passed += 1;
                    format!("#{}", passed - 1)
                }
            };
            (name, text_of(cell, answer))
        });
        let mut cells: Vec<(String, String)> = texts.filter(|(name, text)| !text.is_empty() && name != UNCOMPARED).collect();
        cells.sort();
        Line { cells, certain: row.certainty == Certainty::Certain, statements: cited(&row.evidence, answer) }
    });
    Table { rows: rows.collect(), denied: answer.denied, unknown: answer.unknown }
}

/// Columns that are there though nothing stands in them, and need not be: an answer has the qualifiers that any row has.
pub fn idle_columns(answer: &Answer, shape: &Shape) -> Vec<String> {
    let is_optional = |column: &Column| {
        let field = column.name.rsplit('.').next().unwrap_or_default();
        let is_qualifier = QUALIFIERS.iter().any(|qualifier| qualifier.id == field);
        !shape.links.is_empty() && (is_qualifier || field == "hedge" || field == "jointly")
    };
    let is_idle = |place: usize| answer.rows.iter().all(|row| row.cells[place] == Cell::Absent);
    let columns = answer.columns.iter().enumerate();
    columns
        .skip(shape.ends.len())
        .filter(|(place, column)| is_optional(column) && is_idle(*place))
        .map(|(_, column)| column.name.clone())
        .collect()
}

fn cited(places: &[usize], answer: &Answer) -> BTreeSet<String> {
    places.iter().map(|place| answer.evidence[*place].statement.clone()).collect()
}

/// Columns of entities go by their places; those of relations by the field, with the relation where there are two.
fn name_of(column: &Column, place: usize, shape: &Shape) -> String {
    if let Some(value) = compared_value(column) {
        return format!("across {value}");
    }
    let skipped = usize::from(shape.names_relation && place > 1);
    let is_end = place < shape.ends.len() + usize::from(shape.names_relation) && !(shape.names_relation && place == 1);
    if is_end {
        return format!("#{}", place - skipped);
    }
    if shape.links.len() < 2 {
        // A qualifier that is called as a term of the sentence is goes by its relation: here the field alone is compared.
        return column.name.rsplit('.').next().unwrap_or_default().to_owned();
    }
    if column.name.contains('.') {
        return column.name.clone();
    }
    // Written without its relation, a qualifier is that of the only relation that can have it.
    let has = |types: &[usize]| qualifiers_of(types).iter().any(|id| QUALIFIERS[*id].id == column.name);
    let link = (0..shape.links.len()).find(|link| has(&shape.links[*link].0));
    link.map_or(column.name.clone(), |link| shape.prefixed(link, &column.name))
}

/// The value that a column of a comparison stands for; nothing for `not stated`.
fn compared_value(column: &Column) -> Option<String> {
    if column.column_type != oms_graph::answer::ColumnType::Comparison {
        return None;
    }
    Some(if column.name == "not stated" { String::new() } else { column.name.clone() })
}

fn text_of(cell: &Cell, answer: &Answer) -> String {
    match cell {
        Cell::Absent => String::new(),
        Cell::Entity(entity) => entity.id.clone(),
        Cell::Text(text) => format!("'{text}'"),
        Cell::Boolean(holds) => holds.to_string(),
        Cell::Integer(count) => count.to_string(),
        Cell::Quantity(quantity) => quantity.to_string(),
        Cell::Hedge(hedge) => hedge_text(hedge.extent, hedge.confidence, hedge.words.as_deref()),
        Cell::List(cells) => format!("[{}]", cells.iter().map(|cell| text_of(cell, answer)).collect::<Vec<_>>().join("; ")),
        Cell::Path(path) => {
            let steps = path.steps.iter().map(|step| step_text(&step.relation_type, step.forward, &step.to.id));
            path.start.id.clone() + &steps.collect::<String>()
        }
        Cell::Compared(compared) if compared.status == oms_graph::answer::Status::NotReported => String::new(),
        Cell::Compared(compared) => {
            let figures = compared.figures.iter().map(|(name, quantity)| format!("{name} {quantity}")).collect();
            let jointly = compared.jointly.iter().map(|entity| entity.id.clone()).collect();
            compared_text(compared.status.words(), figures, jointly, cited(&compared.evidence, answer))
        }
        // No phrase answers with them.
        Cell::Float(_) | Cell::Map(_) | Cell::Relation(_) => cell.to_string(),
    }
}
