//! Value: what a qualifier, a property or a place in a row can hold.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::temporal::Temporal;
use super::{Confidence, EntityId, Extent, Hedge, Quantity, RelationId, Truth};

/// A value in the data or in a row. As a condition, `Boolean` is true or false and `Null` is unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing is said.
    Null,
    /// True or false.
    Boolean(bool),
    /// A count.
    Integer(i64),
    /// A number, percentage, ratio or duration: known exactly, or an interval.
    Quantity(Quantity),
    /// Words.
    Text(Arc<str>),
    /// An entity of the graph.
    Entity(EntityId),
    /// A relation of the graph.
    Relation(RelationId),
    /// A place on the scale of extent.
    Extent(Extent),
    /// A place on the scale of confidence.
    Confidence(Confidence),
    /// How sure and how general a source was.
    Hedge(Arc<Hedge>),
    /// Several values that all apply.
    List(Vec<Value>),
    /// A way through the graph.
    Path(Arc<Path>),
    /// A number that a pattern computes with, as IEEE 754 has it; NaN and the infinities are among them.
    Float(f64),
    /// Values by name.
    Map(Arc<BTreeMap<Arc<str>, Value>>),
    /// A date, a time, both, or a span between them.
    Temporal(Arc<Temporal>),
}

/// A way through the graph: where it starts, then each relation that it takes and where that leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Path {
    /// The first entity.
    pub start: EntityId,
    /// The relations taken, in order.
    pub steps: Vec<Step>,
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Step {
    /// The relation taken.
    pub relation: RelationId,
    /// Whether it was taken from its `from` to its `to`.
    pub forward: bool,
    /// The entity that it led to.
    pub to: EntityId,
}

impl Path {
    /// The last entity.
    pub fn end(&self) -> EntityId {
        self.steps.last().map_or(self.start, |step| step.to)
    }

    /// The entities in order, the first and the last included.
    pub fn entities(&self) -> impl Iterator<Item = EntityId> + '_ {
        std::iter::once(self.start).chain(self.steps.iter().map(|step| step.to))
    }
}

impl Value {
    /// A value that holds these words.
    pub fn text(words: impl AsRef<str>) -> Value {
        Value::Text(Arc::from(words.as_ref()))
    }

    /// A map that holds these values.
    pub fn map(entries: impl IntoIterator<Item = (Arc<str>, Value)>) -> Value {
        Value::Map(Arc::new(entries.into_iter().collect()))
    }

    /// Whether nothing is said.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The value as the outcome of a condition: a boolean is what it is, everything else is unknown.
    pub fn truth(&self) -> Truth {
        match self {
            Value::Boolean(holds) => Truth::from(*holds),
            _ => Truth::Unknown,
        }
    }

    /// The members of a list, or the value itself as the only member; none for `Null`.
    pub fn members(&self) -> &[Value] {
        match self {
            Value::Null => &[],
            Value::List(members) => members,
            single => std::slice::from_ref(single),
        }
    }
}

impl From<Truth> for Value {
    fn from(truth: Truth) -> Value {
        match truth {
            Truth::True => Value::Boolean(true),
            Truth::False => Value::Boolean(false),
            Truth::Unknown => Value::Null,
        }
    }
}
