//! Builder: a graph while it is put together, as a petgraph graph; finishing it puts everything into the declared order.

use std::collections::HashMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeFiltered, EdgeRef};

use crate::model::{
    Citation, Entity, EntityId, Hedge, QualifierId, RelationId, RelationTypeId, Source, SourceId, Statement, StatementId, Value, fold,
};

use super::column::Column;
use super::entities::Entities;
use super::form::{Codes, number};
use super::graph::{Graph, GraphParts};
use super::statements::Statements;
use super::topology::Topology;

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
        let mut placed: Vec<Placed> = self
            .graph
            .edge_references()
            .map(|edge| {
                let draft = edge.weight();
                Placed {
                    from: entity_at(edge.source()),
                    relation_type: draft.relation_type,
                    to: entity_at(edge.target()),
                    statement: StatementId(statement_places[draft.statement.index()]),
                    position: draft.position,
                    qualifiers: draft.qualifiers.iter().map(|(id, value)| (*id, moved(value, &entity_places))).collect(),
                }
            })
            .collect();
        placed.sort_by_key(|relation| (relation.from, relation.relation_type, relation.to, relation.statement, relation.position));
        let mut members: Vec<Vec<(usize, RelationId)>> = vec![Vec::new(); self.statements.len()];
        for (at, relation) in placed.iter().enumerate() {
            members[relation.statement.index()].push((relation.position, RelationId(number(at))));
        }
        let mut drafts: Vec<Option<StatementDraft>> = self.statements.into_iter().map(Some).collect();
        let statements: Vec<Statement> = statement_order
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
        let entities: Vec<Entity> = entity_order.iter().filter_map(|old| nodes[*old].take()).collect();
        let moved_properties = |mut entity: Entity| {
            entity.properties.iter_mut().for_each(|(_, value)| *value = moved(value, &entity_places));
            entity
        };
        let entities: Vec<Entity> = entities.into_iter().map(moved_properties).collect();
        Graph::new(GraphParts {
            topology: topology(entities.len(), &placed),
            qualifiers: qualifiers(&placed, &statements),
            statements: Statements::of(&statements, placed.len()),
            entities: Entities::of(&entities),
            sources: self.sources,
        })
    }
}

/// A relation in its place.
struct Placed {
    from: EntityId,
    relation_type: RelationTypeId,
    to: EntityId,
    statement: StatementId,
    position: usize,
    qualifiers: Vec<(QualifierId, Value)>,
}

fn topology(entities: usize, placed: &[Placed]) -> Topology {
    let mut offsets = vec![0; entities + 1];
    for relation in placed {
        offsets[relation.from.index() + 1] += 1;
    }
    for at in 1..offsets.len() {
        offsets[at] += offsets[at - 1];
    }
    let types = Codes::new(placed.iter().map(|relation| u32::from(relation.relation_type.0)));
    Topology::new(offsets, types, placed.iter().map(|relation| relation.to.0).collect())
}

/// What qualifies each relation: its own qualifiers, and those of its statement where it has none of its own.
fn qualifiers(placed: &[Placed], statements: &[Statement]) -> Vec<Option<Column>> {
    let mut values: Vec<Vec<(u32, Value)>> = Vec::new();
    for (at, relation) in (0u32..).zip(placed) {
        let own = |qualifier: QualifierId| relation.qualifiers.iter().any(|(id, _)| *id == qualifier);
        let inherited = statements[relation.statement.index()].qualifiers.iter().filter(|(id, _)| !own(*id));
        for (qualifier, value) in relation.qualifiers.iter().chain(inherited) {
            if values.len() <= qualifier.index() {
                values.resize(qualifier.index() + 1, Vec::new());
            }
            values[qualifier.index()].push((at, value.clone()));
        }
    }
    values.into_iter().map(|values| (!values.is_empty()).then(|| Column::new(placed.len(), &values))).collect()
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
