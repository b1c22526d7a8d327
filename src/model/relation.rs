//! Relation: one edge of the graph, and the statement that asserts it.

use serde::{Deserialize, Serialize};

use super::{EntityId, RelationTypeId, StatementId};

/// An edge: `from` stands in `relation_type` to `to`, because `statement` says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The entity that the relation starts from.
    pub from: EntityId,
    /// What the relation is.
    pub relation_type: RelationTypeId,
    /// The entity that the relation leads to.
    pub to: EntityId,
    /// The statement that it belongs to. Two statements about one pair are two relations.
    pub statement: StatementId,
}

/// Which way a relation is taken, seen from an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// From its start to its end.
    Outgoing,
    /// From its end to its start.
    Incoming,
}

impl Direction {
    /// The other way.
    pub fn reverse(self) -> Direction {
        match self {
            Direction::Outgoing => Direction::Incoming,
            Direction::Incoming => Direction::Outgoing,
        }
    }
}
