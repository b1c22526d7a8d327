//! Compared: a comparison as trees: a heading for each value, below it what is reported of it.

use crate::answer::{Answer, Cell, ComparedCell, Status};

use super::twig::{Lead, Line, Twig};

/// The trees of a comparison; none if the answer is no comparison.
pub(super) fn trees(answer: &Answer) -> Option<Vec<Twig>> {
    let mut trees = Vec::new();
    for (position, column) in answer.columns.iter().enumerate() {
        let compared = |row: &'_ crate::answer::Row| match row.cells.get(position)? {
            Cell::Compared(cell) if cell.status != Status::NotReported => Some(reported(answer, row.cells.first()?, cell)),
            _ => None,
        };
        if !answer.rows.iter().any(|row| matches!(row.cells.get(position), Some(Cell::Compared(_)))) {
            continue;
        }
        let twigs: Vec<Twig> = answer.rows.iter().filter_map(compared).collect();
        let notes = vec![format!("({})", twigs.len())];
        trees.push(Twig { name: column.name.clone(), notes, twigs, ..Twig::default() });
    }
    (!trees.is_empty()).then_some(trees)
}

fn reported(answer: &Answer, named: &Cell, cell: &ComparedCell) -> Twig {
    let card = if let Cell::Entity(card) = named { Some(card) } else { None };
    let line = match cell.status {
        Status::ReportedAbsent => Line::Denied,
        Status::Contested => Line::Unsure,
        _ => Line::Stated,
    };
    let mut notes = Vec::new();
    if cell.status != Status::Reported {
        notes.push(cell.status.words().to_owned());
    }
    notes.extend(cell.figures.iter().map(|(name, quantity)| format!("{} {quantity}", name.replace('_', " "))));
    if !cell.jointly.is_empty() {
        let names: Vec<&str> = cell.jointly.iter().map(|entity| entity.name.as_str()).collect();
        notes.push(format!("jointly with {}", names.join(", ")));
    }
    let entity = card.and_then(|card| answer.view.entities.iter().position(|known| known.id == card.id));
    let lead = Lead { line, ..Lead::default() };
    Twig { lead, name: named.to_string(), entity, kind: card.map(|card| card.kind_position), notes, ..Twig::default() }
}
