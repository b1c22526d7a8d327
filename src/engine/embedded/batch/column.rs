//! Column: the values of one variable over the rows of a batch, kept as plain numbers wherever they are entities, relations or counts.

use crate::model::{EntityId, RelationId, Value};

/// Stands for null among the numbers of entities and relations.
pub(in crate::engine::embedded) const ABSENT: u32 = u32::MAX;

/// The values of one variable.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::engine::embedded) enum Column {
    /// The variable is not bound yet, or nobody asks for it any more.
    #[default]
    Unbound,
    /// Entities by number; [`ABSENT`] is null.
    Entities(Vec<u32>),
    /// Relations by number; [`ABSENT`] is null.
    Relations(Vec<u32>),
    /// Counts; never null.
    Integers(Vec<i64>),
    /// Anything.
    Values(Vec<Value>),
    /// One value for all rows.
    Same(Value),
}

impl Column {
    /// Whether the variable has a place here at all; a bound variable may still be null.
    pub fn is_bound(&self) -> bool {
        !matches!(self, Column::Unbound)
    }

    /// The value in a row.
    pub fn value(&self, row: usize) -> Value {
        match self {
            Column::Unbound => Value::Null,
            Column::Entities(numbers) => entity_value(numbers[row]),
            Column::Relations(numbers) => relation_value(numbers[row]),
            Column::Integers(numbers) => Value::Integer(numbers[row]),
            Column::Values(values) => values[row].clone(),
            Column::Same(value) => value.clone(),
        }
    }

    /// Looks at the value in a row without copying it.
    pub fn look<T>(&self, row: usize, look: impl FnOnce(&Value) -> T) -> T {
        match self {
            Column::Values(values) => look(&values[row]),
            Column::Same(value) => look(value),
            other => look(&other.value(row)),
        }
    }

    /// The number of the entity in a row; [`ABSENT`] if there is none.
    pub fn entity(&self, row: usize) -> u32 {
        match self {
            Column::Entities(numbers) => numbers[row],
            Column::Values(values) => entity_number(&values[row]),
            Column::Same(value) => entity_number(value),
            Column::Unbound | Column::Relations(_) | Column::Integers(_) => ABSENT,
        }
    }

    /// The number of the relation in a row; [`ABSENT`] if there is none.
    pub fn relation(&self, row: usize) -> u32 {
        match self {
            Column::Relations(numbers) => numbers[row],
            Column::Values(values) => relation_number(&values[row]),
            Column::Same(value) => relation_number(value),
            Column::Unbound | Column::Entities(_) | Column::Integers(_) => ABSENT,
        }
    }

    /// Whether the value in a row is null.
    pub fn is_null(&self, row: usize) -> bool {
        match self {
            Column::Unbound => true,
            Column::Entities(numbers) | Column::Relations(numbers) => numbers[row] == ABSENT,
            Column::Integers(_) => false,
            Column::Values(values) => values[row].is_null(),
            Column::Same(value) => value.is_null(),
        }
    }

    /// The column of these rows, in this order; a row may stand there several times.
    pub fn gather(&self, rows: &[u32]) -> Column {
        fn pick<T: Clone>(from: &[T], rows: &[u32]) -> Vec<T> {
            rows.iter().map(|row| from[*row as usize].clone()).collect()
        }
        match self {
            Column::Unbound => Column::Unbound,
            Column::Entities(numbers) => Column::Entities(pick(numbers, rows)),
            Column::Relations(numbers) => Column::Relations(pick(numbers, rows)),
            Column::Integers(numbers) => Column::Integers(pick(numbers, rows)),
            Column::Values(values) => Column::Values(pick(values, rows)),
            Column::Same(value) => Column::Same(value.clone()),
        }
    }

    /// The same of rows of which each stands there once at most: values are moved, not copied, and null stays behind.
    pub fn taken(&mut self, rows: impl Iterator<Item = u32>) -> Column {
        match self {
            Column::Values(values) => Column::Values(rows.map(|row| std::mem::replace(&mut values[row as usize], Value::Null)).collect()),
            Column::Unbound => Column::Unbound,
            Column::Entities(numbers) => Column::Entities(rows.map(|row| numbers[row as usize]).collect()),
            Column::Relations(numbers) => Column::Relations(rows.map(|row| numbers[row as usize]).collect()),
            Column::Integers(numbers) => Column::Integers(rows.map(|row| numbers[row as usize]).collect()),
            Column::Same(value) => Column::Same(value.clone()),
        }
    }

    /// Takes the value in a row out; null may stay behind.
    pub fn take_value(&mut self, row: usize) -> Value {
        match self {
            Column::Values(values) => std::mem::replace(&mut values[row], Value::Null),
            other => other.value(row),
        }
    }

    /// Keeps the first rows only.
    pub fn truncate(&mut self, length: usize) {
        match self {
            Column::Unbound | Column::Same(_) => {}
            Column::Entities(numbers) | Column::Relations(numbers) => numbers.truncate(length),
            Column::Integers(numbers) => numbers.truncate(length),
            Column::Values(values) => values.truncate(length),
        }
    }

    /// Appends a column of `more` rows to this one, which has `length` rows. An unbound part counts as null.
    pub fn append(&mut self, length: usize, other: Column, more: usize) {
        if more == 0 {
            return;
        }
        if length == 0 {
            *self = other;
            return;
        }
        match (&mut *self, other) {
            (Column::Unbound, Column::Unbound) => {}
            (Column::Entities(numbers), Column::Entities(others)) | (Column::Relations(numbers), Column::Relations(others)) => {
                numbers.extend_from_slice(&others);
            }
            (Column::Integers(numbers), Column::Integers(others)) => numbers.extend_from_slice(&others),
            (Column::Same(value), Column::Same(other)) if *value == other && !matches!(other, Value::Float(_)) => {}
            (Column::Entities(numbers), Column::Unbound | Column::Same(Value::Null))
            | (Column::Relations(numbers), Column::Unbound | Column::Same(Value::Null)) => {
                numbers.resize(length + more, ABSENT);
            }
            (Column::Entities(numbers), Column::Same(Value::Entity(entity))) => numbers.resize(length + more, entity.0),
            (_, other) => {
                let mut values = std::mem::take(self).into_values(length);
                values.append(&mut other.into_values(more));
                *self = Column::Values(values);
            }
        }
    }

    /// The values one by one, of a column of `length` rows.
    pub fn into_values(self, length: usize) -> Vec<Value> {
        match self {
            Column::Values(values) => values,
            Column::Same(value) => vec![value; length],
            other => (0..length).map(|row| other.value(row)).collect(),
        }
    }

    /// About how many bytes the rows take.
    pub fn bytes(&self) -> usize {
        match self {
            Column::Unbound | Column::Same(_) => 0,
            Column::Entities(numbers) | Column::Relations(numbers) => numbers.len() * size_of::<u32>(),
            Column::Integers(numbers) => numbers.len() * size_of::<i64>(),
            Column::Values(values) => values.len() * size_of::<Value>(),
        }
    }
}

/// The value that an entity's number stands for.
pub(in crate::engine::embedded) fn entity_value(number: u32) -> Value {
    if number == ABSENT { Value::Null } else { Value::Entity(EntityId(number)) }
}

/// The value that a relation's number stands for.
pub(in crate::engine::embedded) fn relation_value(number: u32) -> Value {
    if number == ABSENT { Value::Null } else { Value::Relation(RelationId(number)) }
}

fn entity_number(value: &Value) -> u32 {
    match value {
        Value::Entity(entity) => entity.0,
        _ => ABSENT,
    }
}

fn relation_number(value: &Value) -> u32 {
    match value {
        Value::Relation(relation) => relation.0,
        _ => ABSENT,
    }
}
