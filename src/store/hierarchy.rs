//! Hierarchy: what is one of what, by asserted `is_a` relations, transitively.

use std::collections::HashSet;

use crate::model::{Direction, EntityId, RelationTypeId, Truth};

use super::graph::Graph;

impl Graph {
    /// The entities that an entity is directly one of, in order.
    pub fn parents(&self, entity: EntityId) -> impl Iterator<Item = EntityId> + '_ {
        self.relations_of_type(entity, Direction::Outgoing, RelationTypeId::IS_A)
            .filter(|relation| !self.is_denied(*relation))
            .map(|relation| self.end(relation))
    }

    /// The entities that are directly one of an entity, in order.
    pub fn children(&self, entity: EntityId) -> impl Iterator<Item = EntityId> + '_ {
        self.relations_of_type(entity, Direction::Incoming, RelationTypeId::IS_A)
            .filter(|relation| !self.is_denied(*relation))
            .map(|relation| self.start(relation))
    }

    /// An entity and everything that is one of it, in order, each once.
    pub fn descendants(&self, entity: EntityId) -> Vec<EntityId> {
        self.closure(entity, |at| self.children(at).collect())
    }

    /// An entity and everything that it is one of, in order, each once.
    pub fn ancestors(&self, entity: EntityId) -> Vec<EntityId> {
        self.closure(entity, |at| self.parents(at).collect())
    }

    /// Whether what is stated of `stated` holds of `asked` or one of it: true if it is `asked` or one of it, unknown
    /// if it is stated more broadly (`asked` is one of `stated`), else false.
    pub fn is_a(&self, stated: EntityId, asked: EntityId) -> Truth {
        if stated == asked || self.reaches(stated, asked) {
            Truth::True
        } else if self.reaches(asked, stated) {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    fn reaches(&self, from: EntityId, to: EntityId) -> bool {
        let mut seen = HashSet::from([from]);
        let mut open = vec![from];
        while let Some(entity) = open.pop() {
            for parent in self.parents(entity) {
                if parent == to {
                    return true;
                }
                if seen.insert(parent) {
                    open.push(parent);
                }
            }
        }
        false
    }

    fn closure(&self, entity: EntityId, next: impl Fn(EntityId) -> Vec<EntityId>) -> Vec<EntityId> {
        let mut seen = HashSet::from([entity]);
        let mut open = vec![entity];
        while let Some(at) = open.pop() {
            open.extend(next(at).into_iter().filter(|entity| seen.insert(*entity)));
        }
        let mut all: Vec<EntityId> = seen.into_iter().collect();
        all.sort();
        all
    }
}
