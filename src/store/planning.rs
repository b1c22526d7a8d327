//! Planning: what a planner asks of the graph, answered from its statistics and its flat arrays.

use crate::model::{Direction, EntityId, KindId, RelationTypeId, Statistics, fold};

use super::Graph;

impl Statistics for Graph {
    fn entities(&self) -> u64 {
        self.entity_count() as u64
    }

    fn of_kind(&self, kind: KindId) -> u64 {
        self.statistics().of_kind(kind)
    }

    fn relation_types(&self) -> u16 {
        u16::try_from(self.statistics().types.len()).unwrap_or(u16::MAX)
    }

    fn of_type(&self, relation_type: RelationTypeId) -> u64 {
        let counts = self.statistics().of_type(relation_type);
        counts.relations - counts.denied
    }

    fn distinct_ends(&self, relation_type: RelationTypeId, direction: Direction) -> u64 {
        let counts = self.statistics().of_type(relation_type);
        match direction {
            Direction::Outgoing => counts.starts,
            Direction::Incoming => counts.ends,
        }
    }

    fn always_of_kind(&self, relation_type: RelationTypeId, direction: Direction, kind: KindId) -> bool {
        let counts = self.statistics().of_type(relation_type);
        let always = match direction {
            Direction::Outgoing => &counts.kinds_of_every_start,
            Direction::Incoming => &counts.kinds_of_every_end,
        };
        always.binary_search(&kind).is_ok()
    }

    fn between(&self, from: Option<KindId>, relation_type: RelationTypeId, to: Option<KindId>) -> u64 {
        let statistics = self.statistics();
        let fits = |signature: u32, kind: Option<KindId>| {
            kind.is_none_or(|kind| statistics.signatures.get(signature as usize).is_some_and(|kinds| kinds.contains(&kind)))
        };
        let of_type = statistics.patterns.iter().filter(|pattern| pattern.relation_type == relation_type);
        of_type.filter(|pattern| fits(pattern.from, from) && fits(pattern.to, to)).map(|pattern| pattern.asserted).sum()
    }

    fn has_loops(&self, relation_type: RelationTypeId) -> bool {
        self.statistics().of_type(relation_type).has_loop
    }

    fn has_parallels(&self, relation_type: RelationTypeId) -> bool {
        self.statistics().of_type(relation_type).has_parallel
    }

    fn has_denials(&self, relation_type: RelationTypeId) -> bool {
        self.statistics().of_type(relation_type).denied > 0
    }

    fn has_identifiers(&self) -> bool {
        !self.statistics().has_blank_nodes
    }

    fn kinds(&self) -> u16 {
        u16::try_from(self.statistics().entities_of_kind.len()).unwrap_or(u16::MAX)
    }

    fn identified(&self, identifier: &str) -> Option<EntityId> {
        if identifier.starts_with("_:") { None } else { self.by_slug(identifier) }
    }

    fn is_of_kind(&self, entity: EntityId, kind: KindId) -> bool {
        self.has_kind(entity, kind)
    }

    fn relations_of(&self, entity: EntityId, relation_type: RelationTypeId, direction: Direction) -> u64 {
        self.span(entity, direction, Some(relation_type)).len() as u64
    }

    fn has_own_property(&self, name: &str) -> bool {
        self.property_names().any(|known| known == name)
    }

    fn with_prefix(&self, prefix: &str) -> Option<u64> {
        Some(self.names_with_prefix(&fold(prefix)).len() as u64)
    }
}
