//! Identifiers: small numbers that stand for what a graph and its schema hold, one type each so that none is taken for another.

use serde::{Deserialize, Serialize};

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $number:ty) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub $number);

        impl $name {
            /// The position in the table that holds what this stands for.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

identifier!(
    /// An entity, by its position in the graph. A slug (`lung-cancer`) is its name outside.
    EntityId,
    u32
);
identifier!(
    /// A relation (one edge), by its position in the graph.
    RelationId,
    u32
);
identifier!(
    /// A statement, by its position in the graph.
    StatementId,
    u32
);
identifier!(
    /// A source, by its position in the graph.
    SourceId,
    u32
);
identifier!(
    /// A kind of entity, by its position in the schema.
    KindId,
    u16
);
identifier!(
    /// A relation type, by its position in the schema; [`RelationTypeId::IS_A`] is in every schema.
    RelationTypeId,
    u16
);
identifier!(
    /// A qualifier, by its position in the schema.
    QualifierId,
    u16
);

impl RelationTypeId {
    /// `is_a`, the one relation type that every graph has: the first of its schema.
    pub const IS_A: RelationTypeId = RelationTypeId(0);
}
