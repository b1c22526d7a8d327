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

/// Relations that are gathered from many rows. Each is kept once, for about the work of putting them in order once: whoever put them in
/// order at every row would need the square of that.
#[derive(Clone, Debug, Default)]
pub(super) struct Pile {
    relations: Vec<RelationId>,
    /// How many stood there when they were put in order last.
    tidy: usize,
}

impl Pile {
    /// Puts more on the pile.
    pub fn add(&mut self, more: &[RelationId]) {
        const FEW: usize = 64;
        self.relations.extend_from_slice(more);
        if self.relations.len() > self.tidy * 2 + FEW {
            self.put_in_order();
        }
    }

    fn put_in_order(&mut self) {
        self.relations.sort_unstable();
        self.relations.dedup();
        self.tidy = self.relations.len();
    }

    /// All of them, ascending, each once.
    pub fn all(mut self) -> Vec<RelationId> {
        self.put_in_order();
        self.relations
    }
}

#[cfg(test)]
mod tests {
    use super::Pile;
    use crate::model::RelationId;

    #[test]
    fn what_many_rows_rest_on_is_gathered_in_a_moment() {
        let mut pile = Pile::default();
        // Were the pile put in order at every row, this would not end.
        for round in 0..2u32 {
            for number in (0..300_000u32).rev() {
                pile.add(&[RelationId(number), RelationId((number + round) % 300_000)]);
            }
        }
        let all = pile.all();
        assert_eq!(all.len(), 300_000);
        assert!(all.is_sorted());
    }
}
