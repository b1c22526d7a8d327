//! Order: the total orders of values, that of phrases and that of patterns, and keys under which equal values meet.

use std::cmp::Ordering;

use crate::model::{Measure, Path, Quantity, Value, fold};
use crate::store::Graph;

use super::evaluate::Number;

/// The total order of values: absent last; entities in the graph's order (folded name, then id); words folded, then
/// as written; quantities by minimum, then maximum; lists member by member; different sorts of value by sort.
pub(super) fn compare(graph: &Graph, left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
        (Value::Integer(left), Value::Integer(right)) => left.cmp(right),
        (Value::Quantity(left), Value::Quantity(right)) => left.total_order(right),
        (Value::Text(left), Value::Text(right)) => fold(left).cmp(&fold(right)).then_with(|| left.cmp(right)),
        (Value::Entity(left), Value::Entity(right)) => left.cmp(right),
        (Value::Relation(left), Value::Relation(right)) => left.cmp(right),
        (Value::Extent(left), Value::Extent(right)) => left.cmp(right),
        (Value::Confidence(left), Value::Confidence(right)) => left.cmp(right),
        (Value::Hedge(left), Value::Hedge(right)) => {
            left.confidence.cmp(&right.confidence).then(left.extent.cmp(&right.extent)).then_with(|| left.words.cmp(&right.words))
        }
        (Value::List(left), Value::List(right)) => {
            let pairs = left.iter().zip(right).map(|(left, right)| compare(graph, left, right));
            pairs.fold(Ordering::Equal, Ordering::then).then(left.len().cmp(&right.len()))
        }
        (Value::Path(left), Value::Path(right)) => compare_paths(graph, left, right),
        (Value::Float(_) | Value::Map(_) | Value::Temporal(_), _) if sort_of(left) == sort_of(right) => orderability(left, right),
        (left, right) => sort_of(left).cmp(&sort_of(right)),
    }
}

/// The order of two sorts of value; `Null` is the last of them.
fn sort_of(value: &Value) -> u8 {
    match value {
        Value::Boolean(_) => 0,
        Value::Integer(_) => 1,
        Value::Quantity(_) => 2,
        Value::Text(_) => 3,
        Value::Entity(_) => 4,
        Value::Relation(_) => 5,
        Value::Extent(_) => 9,
        Value::Confidence(_) => 10,
        Value::Hedge(_) => 6,
        Value::List(_) => 7,
        Value::Path(_) => 8,
        Value::Float(_) => 11,
        Value::Map(_) => 12,
        Value::Temporal(_) => 13,
        Value::Null => u8::MAX,
    }
}

/// Shorter paths first, then by the ids of their entities, then by their relation types and directions.
pub(super) fn compare_paths(graph: &Graph, left: &Path, right: &Path) -> Ordering {
    let types =
        |path: &Path| -> Vec<_> { path.steps.iter().map(|step| (graph.relation(step.relation).relation_type, !step.forward)).collect() };
    let ids = |path: &Path| -> Vec<&str> { path.entities().map(|entity| graph.slug(entity)).collect() };
    left.steps.len().cmp(&right.steps.len()).then_with(|| ids(left).cmp(&ids(right))).then_with(|| types(left).cmp(&types(right)))
}

/// The order of `ORDER BY` in patterns, of least and greatest values: by sort of value (maps, nodes, relationships, lists,
/// paths, temporal values, texts, places on scales, booleans, quantities, numbers, NaN, null), then by value, texts letter by letter.
pub(in crate::engine) fn orderability(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Integer(left), Value::Integer(right)) => left.cmp(right),
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Entity(left), Value::Entity(right)) => left.cmp(right),
        (Value::Relation(left), Value::Relation(right)) => left.cmp(right),
        (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
        (Value::Map(left), Value::Map(right)) => {
            let names = || left.keys().cmp(right.keys());
            let values = || each(left.values(), right.values());
            left.len().cmp(&right.len()).then_with(names).then_with(values)
        }
        (Value::List(left), Value::List(right)) => each(left.iter(), right.iter()).then(left.len().cmp(&right.len())),
        (Value::Path(left), Value::Path(right)) => {
            let relations = |path: &Path| path.steps.iter().map(|step| (step.relation, step.to)).collect::<Vec<_>>();
            left.start.cmp(&right.start).then_with(|| relations(left).cmp(&relations(right)))
        }
        (Value::Temporal(left), Value::Temporal(right)) => left.order(right),
        (Value::Extent(left), Value::Extent(right)) => left.cmp(right),
        (Value::Confidence(left), Value::Confidence(right)) => left.cmp(right),
        (Value::Hedge(left), Value::Hedge(right)) => {
            left.confidence.cmp(&right.confidence).then(left.extent.cmp(&right.extent)).then_with(|| left.words.cmp(&right.words))
        }
        (left, right) => {
            let by_sort = rank(left).cmp(&rank(right));
            by_sort.then_with(|| numbers(left, right).or_else(|| quantities(left, right)).unwrap_or(Ordering::Equal))
        }
    }
}

/// Two rows of values, the first that differ decide.
fn each<'v>(left: impl Iterator<Item = &'v Value>, right: impl Iterator<Item = &'v Value>) -> Ordering {
    left.zip(right).map(|(left, right)| orderability(left, right)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

fn numbers(left: &Value, right: &Value) -> Option<Ordering> {
    Number::of(left).zip(Number::of(right)).map(|(left, right)| left.order(right))
}

/// The order of two quantities, or of an interval of numbers and a number.
fn quantities(left: &Value, right: &Value) -> Option<Ordering> {
    let quantity = |value: &Value| -> Option<Quantity> {
        match value {
            Value::Quantity(quantity) => Some(*quantity),
            value => Number::of(value).map(Number::quantity),
        }
    };
    Some(quantity(left)?.total_order(&quantity(right)?))
}

/// The place of a sort of value among the sorts, for [`orderability`].
fn rank(value: &Value) -> u8 {
    match value {
        Value::Map(_) => 0,
        Value::Entity(_) => 1,
        Value::Relation(_) => 2,
        Value::List(_) => 3,
        Value::Path(_) => 4,
        Value::Temporal(_) => 5,
        Value::Text(_) => 6,
        Value::Extent(_) => 7,
        Value::Confidence(_) => 8,
        Value::Hedge(_) => 9,
        Value::Boolean(_) => 10,
        Value::Quantity(quantity) if quantity.measure != Measure::Number => 11,
        Value::Integer(_) | Value::Quantity(_) => 12,
        Value::Float(number) if number.is_nan() => 13,
        Value::Float(_) => 12,
        Value::Null => 14,
    }
}

/// The key of a value: see [`write_key`].
pub(in crate::engine) fn key(value: &Value) -> Vec<u8> {
    let mut key = Vec::new();
    write_key(value, &mut key);
    key
}

/// Appends a key to `key` under which a value meets those that are the same to `DISTINCT` and to grouping: null meets null,
/// NaN meets NaN, numbers meet by value whether they are integers, floats or exact bare quantities; other quantities meet by
/// what they measure and how they are written.
pub(in crate::engine) fn write_key(value: &Value, key: &mut Vec<u8>) {
    if let Some(number) = Number::of(value) {
        key.push(sort_of(&Value::Integer(0)));
        return write_number(number, key);
    }
    key.push(sort_of(value));
    match value {
        Value::Null | Value::Integer(_) | Value::Float(_) => {}
        Value::Boolean(holds) => key.push(u8::from(*holds)),
        Value::Quantity(quantity) => write_text(&quantity.to_string(), key),
        Value::Text(text) => write_text(text, key),
        Value::Entity(entity) => key.extend(entity.0.to_le_bytes()),
        Value::Relation(relation) => key.extend(relation.0.to_le_bytes()),
        Value::Extent(extent) => key.push(*extent as u8),
        Value::Confidence(confidence) => key.push(*confidence as u8),
        Value::Hedge(hedge) => {
            key.push(hedge.extent.map_or(0, |extent| extent as u8 + 1));
            key.push(hedge.confidence as u8);
            write_text(hedge.words.as_deref().unwrap_or_default(), key);
        }
        Value::Map(entries) => {
            key.extend((entries.len() as u64).to_le_bytes());
            entries.iter().for_each(|(name, value)| {
                write_text(name, key);
                write_key(value, key);
            });
        }
        Value::Temporal(temporal) => {
            write_text(temporal.kind().name(), key);
            write_text(&temporal.to_string(), key);
        }
        Value::List(values) => {
            key.extend((values.len() as u64).to_le_bytes());
            values.iter().for_each(|value| write_key(value, key));
        }
        Value::Path(path) => {
            key.extend((path.steps.len() as u64).to_le_bytes());
            key.extend(path.start.0.to_le_bytes());
            for step in &path.steps {
                key.extend(step.relation.0.to_le_bytes());
                key.extend(step.to.0.to_le_bytes());
            }
        }
    }
}

fn write_number(number: Number, key: &mut Vec<u8>) {
    match (number.whole(), number) {
        (Some(whole), _) => {
            key.push(0);
            key.extend(whole.to_le_bytes());
        }
        (None, number) => {
            let float = number.float();
            // Every NaN is the same.
            let float = if float.is_nan() { f64::NAN } else { float };
            key.push(1);
            key.extend(float.to_bits().to_le_bytes());
        }
    }
}

fn write_text(text: &str, key: &mut Vec<u8>) {
    key.extend((text.len() as u64).to_le_bytes());
    key.extend(text.as_bytes());
}
