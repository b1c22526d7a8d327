//! Cells: what stands in each cell of a table for people, entities of the same name told apart, comparisons in words or in marks.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use anstyle::Style;

use crate::answer::{Answer, Cell, ComparedCell, EntityCard, Row, Status};

use super::citations::Citations;
use super::look::{DENIED, DIM, SAID, UNSURE};
use super::text::{HELD_TOGETHER, visible, width};

/// What the marks of comparisons stand for.
pub(super) const LEGEND: &str = "✓ reported   ✗ reported absent   ± contested   · not reported";

/// A marked cell of so few columns stands on one line.
const LONGEST_HELD: usize = 12;

/// What is needed to write the cells of some rows of an answer.
pub(super) struct Cells<'a> {
    pub answer: &'a Answer,
    pub citations: &'a Citations<'a>,
    /// What tells an entity apart, by its id, where others in the rows have its name.
    apart: HashMap<&'a str, &'a str>,
    /// Whether comparisons are written as marks.
    pub marks: bool,
}

impl<'a> Cells<'a> {
    pub fn new(answer: &'a Answer, rows: &'a [Row], citations: &'a Citations<'a>) -> Cells<'a> {
        Cells { answer, citations, apart: told_apart(rows), marks: false }
    }

    /// A cell as people see it, and its own style, if it has one.
    pub fn shown(&self, row: &Row, position: usize) -> (String, Option<Style>) {
        match row.cells.get(position) {
            Some(Cell::Compared(compared)) => (self.compared(compared), Some(style_of(compared.status))),
            Some(Cell::Entity(entity)) if !self.apart.is_empty() => (self.name(entity), None),
            Some(Cell::List(members)) if !self.apart.is_empty() && members.iter().all(|member| matches!(member, Cell::Entity(_))) => {
                let names: Vec<String> = members.iter().filter_map(entity_of).map(|entity| self.name(entity)).collect();
                (names.join(", "), None)
            }
            _ => (owned(self.answer.shown(row, position)), None),
        }
    }

    /// An entity's name, with what tells it apart where that is needed.
    fn name(&self, entity: &EntityCard) -> String {
        match self.apart.get(entity.id.as_str()) {
            Some(word) => format!("{} ({})", visible(&entity.name), visible(word)),
            None => visible(&entity.name).into_owned(),
        }
    }

    fn compared(&self, cell: &ComparedCell) -> String {
        let references = Some(self.citations.references(&cell.evidence)).filter(|references| !references.is_empty());
        let names: Vec<String> = cell.jointly.iter().map(|entity| self.name(entity)).collect();
        if self.marks {
            let figures: Vec<String> = cell.figures.iter().map(|(_, figure)| visible(&figure.to_string()).into_owned()).collect();
            let with = Some(format!("with {}", names.join(", "))).filter(|_| !names.is_empty());
            let said: Vec<String> = figures.into_iter().chain(with).collect();
            let parts: Vec<String> = Some(said.join(", ")).filter(|said| !said.is_empty()).into_iter().chain(references).collect();
            let text = std::iter::once(mark(cell.status).to_owned()).chain(parts).collect::<Vec<_>>().join(" ");
            // A mark and what little it stands before are read at once.
            return if width(&text) <= LONGEST_HELD { text.replace(' ', HELD_TOGETHER) } else { text.replacen(' ', HELD_TOGETHER, 1) };
        }
        let mut text = cell.status.words().to_owned();
        for (name, quantity) in &cell.figures {
            text.push_str(&format!(", {} {}", visible(name), visible(&quantity.to_string())));
        }
        if !names.is_empty() {
            text.push_str(&format!(", jointly with {}", names.join(", ")));
        }
        if let Some(references) = references {
            text.push_str(&format!(" {references}"));
        }
        text
    }
}

fn mark(status: Status) -> &'static str {
    match status {
        Status::Reported => "✓",
        Status::ReportedAbsent => "✗",
        Status::Contested => "±",
        Status::NotReported => "·",
    }
}

fn style_of(status: Status) -> Style {
    match status {
        Status::Reported => SAID,
        Status::ReportedAbsent => DENIED,
        Status::Contested => UNSURE,
        Status::NotReported => DIM,
    }
}

fn entity_of(cell: &Cell) -> Option<&EntityCard> {
    match cell {
        Cell::Entity(entity) => Some(entity),
        _ => None,
    }
}

/// Of the entities whose name another one in the rows has: the kind, where it is the only one of its kind among them, else the id.
fn told_apart(rows: &[Row]) -> HashMap<&str, &str> {
    let mut called: HashMap<&str, Vec<&EntityCard>> = HashMap::new();
    // Most rows share their cards with others: where they lie tells that sooner than what they say.
    let mut seen: HashSet<usize> = HashSet::new();
    for cell in rows.iter().flat_map(|row| &row.cells) {
        let members = if let Cell::List(members) = cell { members.as_slice() } else { std::slice::from_ref(cell) };
        for entity in members.iter().filter_map(entity_of) {
            if !seen.insert(std::ptr::from_ref(entity) as usize) {
                continue;
            }
            let alike = called.entry(entity.name.as_str()).or_default();
            if !alike.iter().any(|known| known.id == entity.id) {
                alike.push(entity);
            }
        }
    }
    let mut apart = HashMap::new();
    for alike in called.values().filter(|alike| alike.len() > 1) {
        let differ = alike.iter().enumerate().all(|(at, entity)| alike[..at].iter().all(|other| other.kind() != entity.kind()));
        apart.extend(alike.iter().map(|entity| (entity.id.as_str(), if differ { entity.kind() } else { entity.id.as_str() })));
    }
    apart
}

fn owned(text: String) -> String {
    match visible(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(shown) => shown,
    }
}
