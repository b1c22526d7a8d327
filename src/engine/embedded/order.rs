//! Order: the one total order of values and rows, and keys under which equal values meet.

use std::cmp::Ordering;

use crate::model::{Path, Value, fold};
use crate::store::Graph;

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
    let ids = |path: &Path| -> Vec<&str> { path.entities().map(|entity| graph.entity(entity).slug.as_str()).collect() };
    left.steps.len().cmp(&right.steps.len()).then_with(|| ids(left).cmp(&ids(right))).then_with(|| types(left).cmp(&types(right)))
}

/// Appends a key to `key` under which a value meets those that show the same: quantities by what they measure and
/// how they are written, paths by their entities and relation types.
pub(super) fn write_key(graph: &Graph, value: &Value, key: &mut Vec<u8>) {
    key.push(sort_of(value));
    match value {
        Value::Null => {}
        Value::Boolean(holds) => key.push(u8::from(*holds)),
        Value::Integer(count) => key.extend(count.to_le_bytes()),
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
        Value::Float(number) => key.extend(number.to_bits().to_le_bytes()),
        Value::Map(entries) => entries.iter().for_each(|(name, value)| {
            write_text(name, key);
            write_key(graph, value, key);
        }),
        Value::Temporal(temporal) => write_text(&temporal.to_string(), key),
        Value::List(values) => {
            key.extend((values.len() as u64).to_le_bytes());
            values.iter().for_each(|value| write_key(graph, value, key));
        }
        Value::Path(path) => {
            key.extend((path.steps.len() as u64).to_le_bytes());
            key.extend(path.start.0.to_le_bytes());
            for step in &path.steps {
                key.extend(graph.relation(step.relation).relation_type.0.to_le_bytes());
                key.push(u8::from(step.forward));
                key.extend(step.to.0.to_le_bytes());
            }
        }
    }
}

fn write_text(text: &str, key: &mut Vec<u8>) {
    key.extend((text.len() as u64).to_le_bytes());
    key.extend(text.as_bytes());
}
