//! Values: what a qualifier holds in a graph, with how often, for messages that say what does occur.

use std::collections::HashMap;

use crate::model::{Names, QualifierId, Value};

use super::super::graph::Graph;

/// Of more relations than these the values are not counted: a message must not be waited for.
const MOST_LOOKED_AT: usize = 3_000_000;

/// The values of a qualifier with the number of relations that have them, the most frequent first; none where it is not text
/// and names no entities, or where the graph is too large to count.
pub(super) fn of(graph: &Graph, qualifier: QualifierId, limit: usize) -> Vec<(String, usize)> {
    if graph.relation_count() > MOST_LOOKED_AT {
        return Vec::new();
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for value in graph.relations().filter_map(|relation| graph.qualifier(relation, qualifier)) {
        for member in value.members() {
            let called = match member {
                Value::Text(text) => text.to_string(),
                Value::Entity(entity) => {
                    Some(Names::name(graph, *entity)).filter(|name| !name.is_empty()).unwrap_or(graph.slug(*entity)).to_owned()
                }
                _ => continue,
            };
            *counts.entry(called).or_default() += 1;
        }
    }
    let mut values: Vec<(String, usize)> = counts.into_iter().collect();
    values.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    values.truncate(limit);
    values
}
