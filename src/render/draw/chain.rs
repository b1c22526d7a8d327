//! Chain: the paths of an answer, each from its beginning to its end, broken only between its steps.

use crate::answer::{Answer, Cell, PathCell, RelationCard};

use super::super::text::{visible, width, wrap};
use super::ink::{Ink, Written};
use super::twig::{Lead, Line, Way, line_of, name_of, notes};

/// The paths of the rows, each with the number of its row, counted from 1.
pub(super) fn paths(answer: &Answer) -> Vec<(usize, &PathCell)> {
    let path = |(number, row): (usize, &'_ crate::answer::Row)| {
        let position = row.cells.iter().position(|cell| matches!(cell, Cell::Path(_)))?;
        Some((number + 1, position))
    };
    let places: Vec<(usize, usize)> = answer.rows.iter().enumerate().filter_map(path).collect();
    let found = places.into_iter().filter_map(|(number, position)| match answer.rows.get(number - 1)?.cells.get(position)? {
        Cell::Path(path) => Some((number, path.as_ref())),
        _ => None,
    });
    found.collect()
}

/// A path as lines; `number` stands before it where there are several.
pub(super) fn lines(answer: &Answer, number: Option<usize>, path: &PathCell, ink: &Ink, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = Written::default();
    if let Some(number) = number {
        line.push(&format!("{number}. "), ink.faint());
    }
    let indent = line.columns + 2;
    put(&mut lines, &mut line, name_of(&path.start), ink.name(Some(path.start.kind_position)), (columns, indent));
    let mut before = &path.start;
    for step in &path.steps {
        let ends = if step.forward { (&before.id, &step.to.id) } else { (&step.to.id, &before.id) };
        let relations = related(answer, &step.relation_type, ends.0, ends.1);
        let said = relations.first().map(|relation| notes(relation).join("; ")).unwrap_or_default();
        let label = if said.is_empty() { step.label.clone() } else { format!("{} ({said})", step.label) };
        let way = if step.forward { Way::Down } else { Way::Up };
        let lead = Lead { label, way, line: relations.iter().map(|relation| line_of(relation)).min().unwrap_or(Line::Stated) };
        let arrow = ink.plain(&ink.lead(&lead));
        let name = visible(name_of(&step.to)).into_owned();
        // A step stays on one line with the name that it leads to.
        if line.columns + 1 + width(&arrow) + width(&name) > columns {
            lines.push(std::mem::take(&mut line).text);
            line.push(&" ".repeat(indent), ink.faint());
        } else {
            line.push(" ", ink.faint());
        }
        put(&mut lines, &mut line, &arrow, ink.faint(), (columns, indent));
        put(&mut lines, &mut line, &name, ink.name(Some(step.to.kind_position)), (columns, indent));
        before = &step.to;
    }
    lines.push(line.text);
    lines
}

/// Puts a text behind what is there, on further lines where it has no room.
fn put(lines: &mut Vec<String>, line: &mut Written, text: &str, style: anstyle::Style, (columns, indent): (usize, usize)) {
    let text = visible(text);
    if line.columns + width(&text) <= columns {
        line.push(&text, style);
        return;
    }
    let fresh = line.columns <= indent;
    for (number, part) in wrap(&text, columns.saturating_sub(indent)).iter().enumerate() {
        if number > 0 || !fresh {
            lines.push(std::mem::take(line).text);
            line.push(&" ".repeat(indent), anstyle::Style::new());
        }
        line.push(part, style);
    }
}

/// The relations of the view of a type from one entity to another.
fn related<'a>(answer: &'a Answer, relation_type: &str, from: &str, to: &str) -> Vec<&'a RelationCard> {
    let is = |entity: usize, id: &str| answer.view.entities.get(entity).is_some_and(|card| card.id == id);
    let matching = |relation: &&RelationCard| relation.relation_type == relation_type && is(relation.from, from) && is(relation.to, to);
    answer.view.relations.iter().filter(matching).collect()
}
