//! Pattern properties: the properties that the nodes and relationships of a pattern have, each with how often it occurs.

use crate::model::{KindId, QualifierId, RelationTypeId};
use crate::schema::ValueType;
use crate::session::Session;
use crate::store::Graph;

use super::pattern::Offered;
use super::pattern_chain::{Node, kinds_of};

/// What every node and what every relationship has.
const OF_NODES: &[&str] = &["id", "name", "synonyms", "xrefs", "definition", "kinds"];
const OF_RELATIONSHIPS: &[&str] =
    &["statement", "claim", "sources", "publications", "jointly", "hedge", "hedge_words", "extent", "confidence", "denied"];
/// So many entities or relations are looked at, to see which of them have a property.
const MOST_LOOKED_AT: usize = 2_000;

/// What has properties.
#[derive(Clone, Debug)]
pub(super) enum Owner {
    /// A node, with what it can be as far as that is known.
    Node(Option<Node>),
    /// A relationship of these types; none means any.
    Relationship(Vec<RelationTypeId>),
    /// Whatever: a path, a map, a value.
    Any,
}

/// The properties that its owner can have.
pub(super) fn properties(session: &Session, owner: &Owner) -> Vec<Offered> {
    match owner {
        Owner::Node(node) => of_nodes(session, node.as_ref()),
        Owner::Relationship(types) => of_relationships(session, types),
        Owner::Any => {
            let mut found = of_nodes(session, None);
            found.extend(of_relationships(session, &[]));
            found.extend(["min", "max", "unit"].map(|part| Offered::new(2, part, "part of a quantity")));
            found
        }
    }
}

fn of_nodes(session: &Session, node: Option<&Node>) -> Vec<Offered> {
    let graph = session.graph();
    let mut found: Vec<Offered> = OF_NODES.iter().map(|name| Offered::new(0, *name, "property")).collect();
    let labels = node.map(|node| node.kinds(graph)).filter(|kinds| kinds.len() == 1).unwrap_or_default();
    let of_kind = labels.first().map(|kind| graph.entities_of_kind(*kind)).filter(|entities| entities.len() <= MOST_LOOKED_AT);
    let all = node.map(|node| kinds_of(session, node).iter().sum::<u64>());
    for name in graph.property_names() {
        let property = Offered::new(0, name, of_type(graph, name));
        found.push(match (of_kind, labels.first()) {
            (Some(entities), _) => {
                let has = |entity: &&u32| graph.property(crate::model::EntityId(**entity), name).is_some();
                property.counted(entities.iter().filter(has).count() as u64)
            }
            // Which of very many have it takes too long to find out.
            (None, Some(_)) => property,
            (None, None) => property.counted(all.map_or(u64::MAX, |all| all).min(graph.property_count(name) as u64)),
        });
    }
    found
}

/// What the values of a property are, in a word.
fn of_type(graph: &Graph, name: &str) -> String {
    let (column_type, several) = crate::model::Names::property_type(graph, name);
    let words = if several { "property, several of " } else { "property, " };
    format!("{words}{}", column_type.word())
}

fn of_relationships(session: &Session, types: &[RelationTypeId]) -> Vec<Offered> {
    let (graph, schema) = (session.graph(), session.schema());
    let mut found = Vec::new();
    for (position, qualifier) in (0..).zip(&schema.qualifiers) {
        let id = QualifierId(position);
        let offered = Offered::new(0, &qualifier.id, described(session, &qualifier.value_type));
        let can_have = |known: &RelationTypeId| schema.relation_types[known.index()].qualifiers.contains(&id);
        found.push(if types.is_empty() {
            offered.counted(graph.column(id).map_or(0, |column| column.count() as u64))
        } else if types.iter().any(can_have) {
            match few_of(graph, types) {
                Some(relations) => {
                    offered.counted(relations.iter().filter(|relation| graph.qualifier(**relation, id).is_some()).count() as u64)
                }
                None => offered,
            }
        } else {
            offered.counted(0)
        });
    }
    found.extend(OF_RELATIONSHIPS.iter().map(|name| Offered::new(1, *name, "of the evidence")));
    found
}

/// The relations of these types, unless they are many.
fn few_of(graph: &Graph, types: &[RelationTypeId]) -> Option<Vec<crate::model::RelationId>> {
    let count: u64 = types.iter().map(|known| graph.statistics().of_type(*known).relations).sum();
    if count > MOST_LOOKED_AT as u64 {
        return None;
    }
    let outgoing = crate::model::Direction::Outgoing;
    let spans = types.iter().flat_map(|known| graph.active(outgoing, *known).flat_map(|(_, span)| span));
    Some(spans.map(|at| graph.relation_at(outgoing, at)).collect())
}

/// What a qualifier holds, in a word or two.
fn described(session: &Session, value_type: &ValueType) -> String {
    let one = |kind: &KindId| session.schema().kinds[kind.index()].one().to_owned();
    match value_type {
        ValueType::Entity(kinds) if !kinds.is_empty() => kinds.iter().map(one).collect::<Vec<_>>().join(" or "),
        other => other.word().to_owned(),
    }
}
