//! Statistics: the trait through which planning asks how much of everything a graph holds, without seeing the graph.

use super::{Direction, EntityId, KindId, RelationTypeId};

/// How much of everything a graph holds. The store implements it; numbers are of asserted relations.
pub trait Statistics {
    /// How many entities there are.
    fn entities(&self) -> u64;
    /// How many entities are of a kind.
    fn of_kind(&self, kind: KindId) -> u64;
    /// How many relation types the schema has.
    fn relation_types(&self) -> u16;
    /// How many relations are of a type.
    fn of_type(&self, relation_type: RelationTypeId) -> u64;
    /// How many different entities are at the near end of the relations of a type, seen in a direction: their starts for outgoing ones.
    fn distinct_ends(&self, relation_type: RelationTypeId, direction: Direction) -> u64;
    /// Whether every entity at the near end of the relations of a type, seen in a direction, is of this kind.
    fn always_of_kind(&self, relation_type: RelationTypeId, direction: Direction, kind: KindId) -> bool;
    /// How many relations of a type start from an entity of the first kind and lead to one of the second; none means any kind.
    fn between(&self, from: Option<KindId>, relation_type: RelationTypeId, to: Option<KindId>) -> u64;
    /// Whether any relation of the type leads to where it starts.
    fn has_loops(&self, relation_type: RelationTypeId) -> bool;
    /// Whether any two relations of the type have the same start and the same end.
    fn has_parallels(&self, relation_type: RelationTypeId) -> bool;
    /// Whether any relation of the type is denied.
    fn has_denials(&self, relation_type: RelationTypeId) -> bool;
    /// Whether every entity has an id of its own, so that two entities with equal ids are one.
    fn has_identifiers(&self) -> bool;
    /// How many kinds the schema has.
    fn kinds(&self) -> u16;
    /// The entity whose `id`, as patterns see it, is exactly this.
    fn identified(&self, identifier: &str) -> Option<EntityId>;
    /// Whether an entity is of a kind.
    fn is_of_kind(&self, entity: EntityId, kind: KindId) -> bool;
    /// How many relations of a type an entity has, seen in a direction.
    fn relations_of(&self, entity: EntityId, relation_type: RelationTypeId, direction: Direction) -> u64;
    /// Whether any entity has a property of its own of this name, which then hides a built-in one.
    fn has_own_property(&self, name: &str) -> bool;
    /// How many entities have a name that begins so in lower case; none where that cannot be told quickly.
    fn with_prefix(&self, prefix: &str) -> Option<u64>;
}
