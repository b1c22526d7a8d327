//! Row: the bindings of a query's variables while it runs, with what supports them.

use crate::algebra::VariableId;
use crate::model::{EntityId, RelationId, Value};

use super::evaluate::Bindings;

/// A row in the making.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// One place for each variable of the query; `Null` where it is not bound.
    pub values: Vec<Value>,
    /// The relations that it rests on, ascending, each once.
    pub support: Vec<RelationId>,
    /// Relations that it cites without resting on them, ascending, each once.
    pub cited: Vec<RelationId>,
    /// Whether it certainly is a row; if not, it is possible.
    pub certain: bool,
    /// Whether it stands for a group: it then cites nothing by itself.
    pub grouped: bool,
    /// Whether a condition is unknown for it: it goes on beside the rows, only to be counted where it would have become one.
    pub unknown: bool,
    /// How many equal rows it stands for; at least 1.
    pub weight: u64,
}

impl Bindings for Row {
    fn value(&self, variable: VariableId) -> Value {
        self.values.get(variable.index()).cloned().unwrap_or(Value::Null)
    }

    fn borrowed(&self, variable: VariableId) -> Option<&Value> {
        self.values.get(variable.index())
    }
}

impl Row {
    /// A row that binds nothing.
    pub fn empty(variables: usize) -> Row {
        Row {
            values: vec![Value::Null; variables],
            support: Vec::new(),
            cited: Vec::new(),
            certain: true,
            grouped: false,
            unknown: false,
            weight: 1,
        }
    }

    /// The row with one variable more.
    pub fn with(&self, at: usize, value: Value) -> Row {
        let mut row = self.clone();
        row.values[at] = value;
        row
    }

    /// The entity that a variable is bound to.
    pub fn entity(&self, at: usize) -> Option<EntityId> {
        match self.values[at] {
            Value::Entity(entity) => Some(entity),
            _ => None,
        }
    }

    /// Adds a relation to the support.
    pub fn support_by(&mut self, relation: RelationId) {
        if let Err(at) = self.support.binary_search(&relation) {
            self.support.insert(at, relation);
        }
    }

    /// Adds the support and the citations of another row.
    pub fn unite(&mut self, other: &Row) {
        self.support = united(&self.support, &other.support);
        self.cited = united(&self.cited, &other.cited);
    }
}

/// Two ascending lists as one.
pub(super) fn united(left: &[RelationId], right: &[RelationId]) -> Vec<RelationId> {
    if right.is_empty() {
        return left.to_vec();
    }
    let mut both = [left, right].concat();
    both.sort_unstable();
    both.dedup();
    both
}
