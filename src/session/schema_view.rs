//! Schema view: the schema as a graph that can be drawn: kinds with how many entities they have, relations with how many there are.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::answer::{Certainty, EntityCard, RelationCard, View};
use crate::formats::KnowledgeGraph;
use crate::model::{KindId, RelationTypeId, grouped};

/// How the schema is to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaView {
    /// All that it allows, by the bare words: for programs.
    Allowed,
    /// What there is, with the numbers beside the words.
    Counted,
    /// The same, relations between the same kinds on one line: for pictures.
    Pictured,
}

impl SchemaView {
    /// The one that suits a format.
    pub fn for_format(name: &str) -> SchemaView {
        match name {
            "dot" => SchemaView::Pictured,
            "draw" | "mermaid" => SchemaView::Counted,
            _ => SchemaView::Allowed,
        }
    }
}

/// The schema as a view. A relation between any kinds that has no relations says nothing in it.
pub(super) fn view(knowledge: &KnowledgeGraph, how: SchemaView) -> View {
    match how {
        SchemaView::Allowed => allowed(knowledge),
        SchemaView::Counted => counted(knowledge, false),
        SchemaView::Pictured => counted(knowledge, true),
    }
}

fn card(knowledge: &KnowledgeGraph, kind: usize, counted: bool) -> Arc<EntityCard> {
    let known = &knowledge.schema.kinds[kind];
    let id = KindId(u16::try_from(kind).unwrap_or(u16::MAX));
    let count = knowledge.graph.entities_of_kind(id).len();
    Arc::new(EntityCard {
        id: known.id.clone(),
        name: if counted { format!("{} ({})", known.one(), grouped(count as u64)) } else { known.one().to_owned() },
        kinds: vec![known.id.clone()],
        definition: known.definition.clone(),
        kind_position: kind,
    })
}

fn relation(knowledge: &KnowledgeGraph, id: RelationTypeId, from: usize, to: usize, count: Option<u64>) -> RelationCard {
    let relation_type = &knowledge.schema.relation_types[id.index()];
    let word = relation_type.verbs.first().cloned().unwrap_or_else(|| relation_type.id.replace('_', " "));
    RelationCard {
        from,
        relation_type: relation_type.id.clone(),
        label: count.map_or_else(|| word.clone(), |count| format!("{word} ({})", grouped(count))),
        to,
        statement: relation_type.id.clone(),
        claim: relation_type.definition.clone().unwrap_or_default(),
        qualifiers: Vec::new(),
        hedge: None,
        jointly: Vec::new(),
        denied: false,
        certainty: Certainty::Certain,
        evidence: Vec::new(),
    }
}

fn allowed(knowledge: &KnowledgeGraph) -> View {
    let schema = &knowledge.schema;
    let entities = (0..schema.kinds.len()).map(|kind| card(knowledge, kind, false)).collect();
    let mut relations = Vec::new();
    for (id, relation_type) in (0u16..).map(RelationTypeId).zip(&schema.relation_types) {
        let pairs = relation_type.from.iter().flat_map(|from| relation_type.to.iter().map(move |to| (from.index(), to.index())));
        relations.extend(pairs.map(|(from, to)| relation(knowledge, id, from, to, None)));
    }
    View { entities, relations, background: None }
}

/// What there is: relations from one kind to another, by the primary kinds of their ends.
fn counted(knowledge: &KnowledgeGraph, joined: bool) -> View {
    let statistics = knowledge.graph.statistics();
    let primary = |signature: u32| statistics.signatures.get(signature as usize).and_then(|kinds| kinds.first()).map(|kind| kind.index());
    let mut counts: BTreeMap<(usize, usize), BTreeMap<RelationTypeId, u64>> = BTreeMap::new();
    for pattern in &statistics.patterns {
        let (Some(from), Some(to)) = (primary(pattern.from), primary(pattern.to)) else { continue };
        *counts.entry((from, to)).or_default().entry(pattern.relation_type).or_default() += pattern.asserted + pattern.denied;
    }
    let shown: Vec<usize> = (0..knowledge.schema.kinds.len())
        .filter(|kind| {
            let id = KindId(u16::try_from(*kind).unwrap_or(u16::MAX));
            !knowledge.graph.entities_of_kind(id).is_empty()
        })
        .collect();
    let place = |kind: usize| shown.binary_search(&kind).ok();
    let mut relations = Vec::new();
    for ((from, to), types) in counts {
        let (Some(from), Some(to)) = (place(from), place(to)) else { continue };
        let cards: Vec<RelationCard> =
            types.into_iter().filter(|(_, count)| *count > 0).map(|(id, count)| relation(knowledge, id, from, to, Some(count))).collect();
        match cards.as_slice() {
            [first, _, ..] if joined => {
                let label = cards.iter().map(|card| card.label.as_str()).collect::<Vec<_>>().join(", ");
                relations.push(RelationCard { label, ..first.clone() });
            }
            _ => relations.extend(cards),
        }
    }
    View { entities: shown.into_iter().map(|kind| card(knowledge, kind, true)).collect(), relations, background: None }
}
