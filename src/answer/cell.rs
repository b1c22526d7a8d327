//! Cell: one value of an answer's row, complete in itself.

use std::fmt;
use std::sync::Arc;

use crate::model::Quantity;

use super::{EntityCard, HedgeCard};

/// A value in a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is said.
    Absent,
    /// An entity.
    Entity(Arc<EntityCard>),
    /// Words.
    Text(Arc<str>),
    /// True or false.
    Boolean(bool),
    /// A count.
    Integer(i64),
    /// A number with a point.
    Float(f64),
    /// A number, percentage, ratio or duration.
    Quantity(Quantity),
    /// How sure and how general a source was.
    Hedge(Arc<HedgeCard>),
    /// Several values that all apply.
    List(Vec<Cell>),
    /// Values by name, in the order of the names.
    Map(Vec<(Arc<str>, Cell)>),
    /// A relation.
    Relation(Arc<RelationCell>),
    /// A way through the graph.
    Path(Arc<PathCell>),
    /// What is reported for one value of a comparison.
    Compared(Arc<ComparedCell>),
}

/// A relation as a value of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationCell {
    /// What tells it apart in this version of the graph: `id(r)`.
    pub id: u32,
    /// The id of the relation type.
    pub relation_type: String,
    /// How people read it from start to end: `has symptom`.
    pub label: String,
    /// Where it starts.
    pub from: Arc<EntityCard>,
    /// Where it leads.
    pub to: Arc<EntityCard>,
    /// The slug of its statement; absent where the statement has none of its own.
    pub statement: Option<String>,
    /// What patterns see of it by name.
    pub properties: Vec<(Arc<str>, Cell)>,
}

/// A way through the graph, as answers show it.
#[derive(Clone, Debug, PartialEq)]
pub struct PathCell {
    /// The first entity.
    pub start: Arc<EntityCard>,
    /// Its steps in order.
    pub steps: Vec<PathStep>,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct PathStep {
    /// The id of the relation type.
    pub relation_type: String,
    /// How people read it from start to end: `has symptom`.
    pub label: String,
    /// Whether it was taken from its start to its end.
    pub forward: bool,
    /// Where it led.
    pub to: Arc<EntityCard>,
}

/// What is reported of a row's entity for one value of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedCell {
    /// Whether it is reported.
    pub status: Status,
    /// The figures given, each once: frequencies and other quantities, with the name of their qualifier.
    pub figures: Vec<(String, Quantity)>,
    /// The entities that the statements speak of together with the row's entity: the figures are theirs too.
    pub jointly: Vec<Arc<EntityCard>>,
    /// What supports it: positions in the answer's evidence, ascending.
    pub evidence: Vec<usize>,
}

/// Whether something is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// At least one statement asserts it, none denies it.
    Reported,
    /// At least one statement denies it, none asserts it.
    ReportedAbsent,
    /// Some assert it, some deny it.
    Contested,
    /// No statement speaks of it.
    NotReported,
}

impl Status {
    /// The words for it in answers.
    pub fn words(self) -> &'static str {
        match self {
            Status::Reported => "reported",
            Status::ReportedAbsent => "reported absent",
            Status::Contested => "contested",
            Status::NotReported => "not reported",
        }
    }
}

impl fmt::Display for Cell {
    /// The cell as plain text: what tables, CSV and labels show. Lists are joined with `, `; nothing said is empty.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Absent => Ok(()),
            Cell::Entity(entity) => formatter.write_str(&entity.name),
            Cell::Text(text) => formatter.write_str(text),
            Cell::Boolean(holds) => write!(formatter, "{holds}"),
            Cell::Integer(count) => write!(formatter, "{count}"),
            Cell::Quantity(quantity) => write!(formatter, "{quantity}"),
            Cell::Hedge(hedge) => write!(formatter, "{hedge}"),
            Cell::Float(number) => formatter.write_str(&float(*number)),
            Cell::List(cells) => {
                for (position, cell) in cells.iter().enumerate() {
                    if position > 0 {
                        formatter.write_str(", ")?;
                    }
                    match cell {
                        // A list in a list keeps its brackets, and what is not said its place.
                        Cell::List(_) => write!(formatter, "[{cell}]")?,
                        Cell::Absent => formatter.write_str("null")?,
                        cell => write!(formatter, "{cell}")?,
                    }
                }
                Ok(())
            }
            Cell::Map(entries) => write_map(formatter, entries),
            Cell::Relation(relation) => {
                write!(formatter, "{} -{}-> {}", relation.from.name, relation.label, relation.to.name)
            }
            Cell::Path(path) => write!(formatter, "{path}"),
            Cell::Compared(compared) => write!(formatter, "{compared}"),
        }
    }
}

/// A number with its point, `NaN` or `Infinity`.
fn float(number: f64) -> String {
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    format!("{number:?}")
}

fn write_map(formatter: &mut fmt::Formatter<'_>, entries: &[(Arc<str>, Cell)]) -> fmt::Result {
    formatter.write_str("{")?;
    for (position, (name, cell)) in entries.iter().enumerate() {
        let gap = if position > 0 { ", " } else { "" };
        match cell {
            Cell::List(_) => write!(formatter, "{gap}{name}: [{cell}]")?,
            Cell::Absent => write!(formatter, "{gap}{name}: null")?,
            cell => write!(formatter, "{gap}{name}: {cell}")?,
        }
    }
    formatter.write_str("}")
}

impl fmt::Display for HedgeCard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(words) = &self.words {
            return formatter.write_str(words);
        }
        match self.extent {
            Some(extent) if self.confidence == "stated" => formatter.write_str(extent),
            Some(extent) => write!(formatter, "{extent}, {}", self.confidence),
            None => formatter.write_str(self.confidence),
        }
    }
}

impl fmt::Display for PathCell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.start.name)?;
        for step in &self.steps {
            if step.forward {
                write!(formatter, " -{}-> {}", step.label, step.to.name)?;
            } else {
                write!(formatter, " <-{}- {}", step.label, step.to.name)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for ComparedCell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.status.words())?;
        for (name, quantity) in &self.figures {
            write!(formatter, ", {name} {quantity}")?;
        }
        if !self.jointly.is_empty() {
            let names: Vec<&str> = self.jointly.iter().map(|entity| entity.name.as_str()).collect();
            write!(formatter, ", jointly with {}", names.join(", "))?;
        }
        for position in &self.evidence {
            write!(formatter, " [{}]", position + 1)?;
        }
        Ok(())
    }
}
