//! Of graph: a graph that is there already as a draft, to be put together with others.

use crate::formats::KnowledgeGraph;
use crate::store::BulkColumn;

use super::GraphDraft;

/// The draft of a graph: what [`assembled`](crate::formats::import::assembled) makes the same graph of. Its questions are not part
/// of it. Entities with neither a name nor a kind count as declared nowhere.
pub fn draft_of(knowledge: &KnowledgeGraph) -> GraphDraft {
    let (entities, mut relations, sources) = knowledge.graph.to_bulk();
    relations.qualifiers.resize_with(knowledge.schema.qualifiers.len(), BulkColumn::default);
    let graph = &knowledge.graph;
    let is_stub = |at: &u32| {
        let id = crate::model::EntityId(*at);
        graph.name(id).is_empty() && graph.kinds(id).is_empty()
    };
    let stubs = graph.entities().map(|id| id.0).filter(is_stub).collect();
    GraphDraft {
        name: knowledge.schema.graph.clone(),
        schema: knowledge.schema.clone(),
        is_schema_complete: true,
        entities,
        stubs,
        relations,
        sources,
        files: Vec::new(),
    }
}
