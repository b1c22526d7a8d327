//! Adjacency: the graph's relations as the engine crosses them, in flat arrays by direction and relation type.

use std::ops::Range;

use crate::model::{Direction, EntityId, KindId, RelationId, RelationTypeId, StatementId, Value};

use super::graph::Graph;

impl Graph {
    /// The relations of an entity in one direction, of one type or of any: positions in the arrays of that direction,
    /// ordered by relation type, then other end, then statement.
    pub fn span(&self, entity: EntityId, direction: Direction, relation_type: Option<RelationTypeId>) -> Range<usize> {
        let range = self.range(entity, direction);
        let (start, end) = match relation_type {
            None => (range.start, range.end),
            Some(relation_type) => {
                let type_at = |position: u32| self.relation(self.relation_at(direction, position as usize)).relation_type;
                let start = super::graph::partition(range.clone(), |position| type_at(position) < relation_type);
                (start, super::graph::partition(start..range.end, |position| type_at(position) == relation_type))
            }
        };
        start as usize..end as usize
    }

    /// The other ends of the relations, by position.
    pub fn ends(&self, direction: Direction) -> &[u32] {
        match direction {
            Direction::Outgoing => &self.outgoing_to,
            Direction::Incoming => &self.incoming_from,
        }
    }

    /// The relation at a position.
    pub fn relation_at(&self, direction: Direction, position: usize) -> RelationId {
        match direction {
            Direction::Outgoing => RelationId(u32::try_from(position).unwrap_or(u32::MAX)),
            Direction::Incoming => self.entering[position],
        }
    }

    /// The type of a relation.
    pub fn relation_type(&self, relation: RelationId) -> RelationTypeId {
        self.relation(relation).relation_type
    }

    /// Where a relation starts.
    pub fn start(&self, relation: RelationId) -> EntityId {
        self.relation(relation).from
    }

    /// Where a relation leads.
    pub fn end(&self, relation: RelationId) -> EntityId {
        self.relation(relation).to
    }

    /// The statement of a relation.
    pub fn statement_id(&self, relation: RelationId) -> StatementId {
        self.relation(relation).statement
    }

    /// Whether any relation is denied.
    pub fn has_denials(&self) -> bool {
        self.data().statements.iter().any(|statement| statement.negated)
    }

    /// Whether an entity is of a kind.
    pub fn has_kind(&self, entity: EntityId, kind: KindId) -> bool {
        self.entity(entity).kinds.contains(&kind)
    }

    /// The entity with a slug.
    pub fn by_slug(&self, slug: &str) -> Option<EntityId> {
        self.entities().find(|id| self.entity(*id).slug == slug)
    }

    /// One of an entity's own properties, beside its names and identifiers.
    pub fn property(&self, entity: EntityId, name: &str) -> Option<Value> {
        self.entity(entity).properties.iter().find(|(property, _)| property == name).map(|(_, value)| value.clone())
    }

    /// An entity's own properties, by name.
    pub fn properties_of(&self, entity: EntityId) -> Vec<(&str, Value)> {
        self.entity(entity).properties.iter().map(|(name, value)| (name.as_str(), value.clone())).collect()
    }
}
