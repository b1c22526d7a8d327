//! Builder: a graph while it is put together, as a petgraph graph; finishing it puts everything into the declared order.

use std::collections::HashMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeFiltered, EdgeRef};

use crate::model::{
    Citation, Entity, EntityId, Hedge, QualifierId, Relation, RelationId, RelationTypeId, Source, SourceId, Statement, StatementId, Value,
    fold,
};

use super::graph::{Graph, GraphData};

/// A graph while it is put together.
#[derive(Default)]
pub struct GraphBuilder {
    graph: DiGraph<Entity, Draft>,
    statements: Vec<StatementDraft>,
    sources: Vec<Source>,
    by_slug: HashMap<String, EntityId>,
}

/// A statement before it has its place.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementDraft {
    /// See [`Statement::slug`].
    pub slug: String,
    /// See [`Statement::claim`].
    pub claim: String,
    /// See [`Statement::evidence`].
    pub evidence: Vec<Citation>,
    /// See [`Statement::jointly`].
    pub jointly: bool,
    /// See [`Statement::negated`].
    pub negated: bool,
    /// See [`Statement::hedge`].
    pub hedge: Hedge,
    /// See [`Statement::qualifiers`]; in any order.
    pub qualifiers: Vec<(QualifierId, Value)>,
}

/// A relation before it has its place.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationDraft {
    /// Where it starts.
    pub from: EntityId,
    /// What it is.
    pub relation_type: RelationTypeId,
    /// Where it leads.
    pub to: EntityId,
    /// Qualifiers of this relation alone; in any order.
    pub qualifiers: Vec<(QualifierId, Value)>,
}

/// What an edge of the graph under construction holds.
struct Draft {
    relation_type: RelationTypeId,
    statement: StatementId,
    /// Its place among the relations of its statement, as written.
    position: usize,
    qualifiers: Vec<(QualifierId, Value)>,
}

impl GraphBuilder {
    /// An empty graph.
    pub fn new() -> GraphBuilder {
        GraphBuilder::default()
    }

    /// Adds a source.
    pub fn add_source(&mut self, source: Source) -> SourceId {
        self.sources.push(source);
        SourceId(number(self.sources.len() - 1))
    }

    /// Adds an entity, or gives back the entity that has its slug already.
    pub fn add_entity(&mut self, entity: Entity) -> Result<EntityId, EntityId> {
        if let Some(known) = self.by_slug.get(&entity.slug) {
            return Err(*known);
        }
        let slug = entity.slug.clone();
        let id = EntityId(number(self.graph.add_node(entity).index()));
        self.by_slug.insert(slug, id);
        Ok(id)
    }

    /// The entity with this slug.
    pub fn entity(&self, slug: &str) -> Option<EntityId> {
        self.by_slug.get(slug).copied()
    }

    /// Adds a statement with its relations. Its slug must be new; entities and source must have been added here.
    pub fn add_statement(&mut self, statement: StatementDraft, relations: Vec<RelationDraft>) -> StatementId {
        let id = StatementId(number(self.statements.len()));
        for (position, relation) in relations.into_iter().enumerate() {
            let (from, to) = (NodeIndex::new(relation.from.index()), NodeIndex::new(relation.to.index()));
            let mut qualifiers = relation.qualifiers;
            qualifiers.sort_by_key(|(qualifier, _)| *qualifier);
            self.graph.add_edge(from, to, Draft { relation_type: relation.relation_type, statement: id, position, qualifiers });
        }
        self.statements.push(statement);
        id
    }

    /// The groups of entities that are, by asserted `is_a`, each one of all the others: the faults of a hierarchy.
    pub fn is_a_cycles(&self) -> Vec<Vec<EntityId>> {
        let asserted = EdgeFiltered::from_fn(&self.graph, |edge| {
            let draft = edge.weight();
            draft.relation_type == RelationTypeId::IS_A && !self.statements[draft.statement.index()].negated
        });
        let is_own_parent = |node: NodeIndex| {
            let is_asserted =
                |draft: &Draft| draft.relation_type == RelationTypeId::IS_A && !self.statements[draft.statement.index()].negated;
            self.graph.edges_connecting(node, node).any(|edge| is_asserted(edge.weight()))
        };
        let mut cycles: Vec<Vec<EntityId>> = kosaraju_scc(&asserted)
            .into_iter()
            .filter(|group| group.len() > 1 || is_own_parent(group[0]))
            .map(|group| {
                let mut entities: Vec<EntityId> = group.into_iter().map(|node| EntityId(number(node.index()))).collect();
                entities.sort();
                entities
            })
            .collect();
        cycles.sort();
        cycles
    }

    /// The graph, in the order that every answer keeps: entities by folded name, then slug; statements by slug;
    /// relations by start, type, end and statement. From here on a smaller id means earlier in an answer.
    pub fn finish(self) -> Graph {
        let (entity_order, entity_places) = order(self.graph.node_count(), |left, right| {
            let key = |at: usize| {
                let entity = &self.graph[NodeIndex::new(at)];
                (fold(&entity.name), &entity.slug)
            };
            key(left).cmp(&key(right))
        });
        let (statement_order, statement_places) =
            order(self.statements.len(), |left, right| self.statements[left].slug.cmp(&self.statements[right].slug));
        let entity_at = |node: NodeIndex| EntityId(entity_places[node.index()]);
        let mut placed: Vec<(usize, Relation)> = self
            .graph
            .edge_references()
            .map(|edge| {
                let draft = edge.weight();
                let relation = Relation {
                    from: entity_at(edge.source()),
                    relation_type: draft.relation_type,
                    to: entity_at(edge.target()),
                    statement: StatementId(statement_places[draft.statement.index()]),
                    qualifiers: draft.qualifiers.iter().map(|(id, value)| (*id, moved(value, &entity_places))).collect(),
                };
                (draft.position, relation)
            })
            .collect();
        placed.sort_by_key(|(position, relation)| (relation.from, relation.relation_type, relation.to, relation.statement, *position));
        let mut members: Vec<Vec<(usize, RelationId)>> = vec![Vec::new(); self.statements.len()];
        for (at, (position, relation)) in placed.iter().enumerate() {
            members[relation.statement.index()].push((*position, RelationId(number(at))));
        }
        let mut drafts: Vec<Option<StatementDraft>> = self.statements.into_iter().map(Some).collect();
        let statements = statement_order
            .iter()
            .zip(members)
            .filter_map(|(old, mut members)| {
                members.sort();
                let relations = members.into_iter().map(|(_, relation)| relation).collect();
                drafts[*old].take().map(|draft| place_statement(draft, relations, &entity_places))
            })
            .collect();
        let (nodes, _) = self.graph.into_nodes_edges();
        let mut nodes: Vec<Option<Entity>> = nodes.into_iter().map(|node| Some(node.weight)).collect();
        let entities = entity_order.iter().filter_map(|old| nodes[*old].take()).collect();
        let relations = placed.into_iter().map(|(_, relation)| relation).collect();
        Graph::new(GraphData { entities, relations, statements, sources: self.sources })
    }
}

fn place_statement(draft: StatementDraft, relations: Vec<RelationId>, entity_places: &[u32]) -> Statement {
    let mut qualifiers: Vec<(QualifierId, Value)> = draft.qualifiers.iter().map(|(id, value)| (*id, moved(value, entity_places))).collect();
    qualifiers.sort_by_key(|(qualifier, _)| *qualifier);
    Statement {
        slug: draft.slug,
        claim: draft.claim,
        evidence: draft.evidence,
        jointly: draft.jointly,
        negated: draft.negated,
        hedge: draft.hedge,
        qualifiers,
        relations,
    }
}

/// The old positions in their new order, and the new position of each old one.
fn order(count: usize, mut compare: impl FnMut(usize, usize) -> std::cmp::Ordering) -> (Vec<usize>, Vec<u32>) {
    let mut sorted: Vec<usize> = (0..count).collect();
    sorted.sort_by(|left, right| compare(*left, *right));
    let mut places = vec![0; count];
    for (new, old) in sorted.iter().enumerate() {
        places[*old] = number(new);
    }
    (sorted, places)
}

/// A value whose entities have moved to their new places.
fn moved(value: &Value, entity_places: &[u32]) -> Value {
    match value {
        Value::Entity(entity) => Value::Entity(EntityId(entity_places[entity.index()])),
        Value::List(values) => Value::List(values.iter().map(|value| moved(value, entity_places)).collect()),
        other => other.clone(),
    }
}

/// A position as the number that identifiers hold. Graphs end at 2^32 - 1 of anything; petgraph's own index ends there too.
fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
