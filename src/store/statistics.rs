//! Statistics: how many of what a graph holds and between what: what a planner estimates with, and what can be answered from counts alone.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::model::{Direction, EntityId, KindId, RelationTypeId, is_composed};

use super::Graph;

/// Counts over a whole graph. Signatures are numbers for the different lists of kinds that its entities have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    /// Entities of each kind, by [`KindId`]; kinds behind the last that occurs are left out.
    pub entities_of_kind: Vec<u64>,
    /// The kinds of each signature, the primary one first; an entity may have none.
    pub signatures: Vec<Vec<KindId>>,
    /// Entities of each signature.
    pub entities_of_signature: Vec<u64>,
    /// Relations of each type, by [`RelationTypeId`]; types behind the last that occurs are left out.
    pub types: Vec<TypeStatistics>,
    /// Relations between entities of two signatures, by type, start and end; those that do not occur are left out.
    pub patterns: Vec<Pattern>,
    /// Whether an entity is a blank node: its slug begins with `_:`, and stands for no id of its own.
    pub has_blank_nodes: bool,
    /// Whether a name is written with marks that belong into one letter: its folded form then need not begin as it does.
    pub has_decomposed_names: bool,
}

/// Counts over the relations of one type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeStatistics {
    /// All of them, denied ones included.
    pub relations: u64,
    /// Those that are denied.
    pub denied: u64,
    /// Different entities that they start from, denied ones included.
    pub starts: u64,
    /// Different entities that they lead to, denied ones included.
    pub ends: u64,
    /// The most that start from one entity.
    pub most_from_one: u64,
    /// The most that lead to one entity.
    pub most_to_one: u64,
    /// The kinds that at least one start has, sorted.
    pub kinds_at_starts: Vec<KindId>,
    /// The kinds that at least one end has, sorted.
    pub kinds_at_ends: Vec<KindId>,
    /// The kinds that every start has, sorted: to test for one of them is needless.
    pub kinds_of_every_start: Vec<KindId>,
    /// The kinds that every end has, sorted.
    pub kinds_of_every_end: Vec<KindId>,
    /// Whether one of them leads from an entity to itself.
    pub has_loop: bool,
    /// Whether two of them join the same two entities the same way round.
    pub has_parallel: bool,
}

/// How many relations of a type lead from entities of one signature to entities of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// The type.
    pub relation_type: RelationTypeId,
    /// The signature of the starts.
    pub from: u32,
    /// The signature of the ends.
    pub to: u32,
    /// Those that are asserted.
    pub asserted: u64,
    /// Those that are denied.
    pub denied: u64,
}

impl Statistics {
    /// The counts of a type; zeros for one that does not occur.
    pub fn of_type(&self, relation_type: RelationTypeId) -> &TypeStatistics {
        const NONE: &TypeStatistics = &TypeStatistics {
            relations: 0,
            denied: 0,
            starts: 0,
            ends: 0,
            most_from_one: 0,
            most_to_one: 0,
            kinds_at_starts: Vec::new(),
            kinds_at_ends: Vec::new(),
            kinds_of_every_start: Vec::new(),
            kinds_of_every_end: Vec::new(),
            has_loop: false,
            has_parallel: false,
        };
        self.types.get(relation_type.index()).unwrap_or(NONE)
    }

    /// How many entities are of a kind.
    pub fn of_kind(&self, kind: KindId) -> u64 {
        self.entities_of_kind.get(kind.index()).copied().unwrap_or_default()
    }

    /// Whether they can be those of a graph, as far as that shows without counting.
    pub(super) fn fits(&self, graph: &Graph) -> bool {
        let kinds = self.signatures.iter().flatten().map(|kind| kind.index() + 1).max().unwrap_or_default();
        let known = |lists: [&Vec<KindId>; 4]| lists.into_iter().flatten().all(|kind| kind.index() < kinds);
        let signature = |at: u32| (at as usize) < self.signatures.len();
        self.signatures == graph.entities.signatures()
            && self.entities_of_signature.len() == self.signatures.len()
            && self.entities_of_kind.len() <= kinds
            && self.types.len() == graph.topology.type_count()
            && self.types.iter().all(|of_type| {
                let sides = [&of_type.kinds_at_starts, &of_type.kinds_at_ends, &of_type.kinds_of_every_start, &of_type.kinds_of_every_end];
                of_type.denied <= of_type.relations && known(sides)
            })
            && self
                .patterns
                .iter()
                .all(|pattern| pattern.relation_type.index() < self.types.len() && signature(pattern.from) && signature(pattern.to))
    }

    /// Counts a graph. Looks at every relation.
    pub(super) fn of(graph: &Graph) -> Statistics {
        let signatures = graph.entities.signatures().to_vec();
        let mut entities_of_signature = vec![0u64; signatures.len()];
        for entity in graph.entities() {
            if let Some(count) = entities_of_signature.get_mut(graph.entities.signature(entity)) {
                *count += 1;
            }
        }
        let kinds = signatures.iter().flatten().map(|kind| kind.index() + 1).max().unwrap_or_default();
        let entities_of_kind = (0..kinds).map(|kind| graph.entities.of_kind(KindId(kind as u16)).len() as u64).collect();
        let has_blank_nodes = graph.entities().any(|entity| graph.slug(entity).starts_with("_:"));
        let has_decomposed_names = graph.entities().any(|entity| !is_composed(graph.name(entity)));
        let counted = Statistics { entities_of_kind, signatures, entities_of_signature, ..Statistics::default() };
        let mut statistics = Statistics { has_blank_nodes, has_decomposed_names, ..counted };
        for at in 0..graph.topology.type_count() {
            let relation_type = RelationTypeId(at as u16);
            let mut counts = TypeStatistics::default();
            statistics.count_patterns(graph, relation_type, &mut counts);
            statistics.count_ends(graph, relation_type, &mut counts);
            statistics.types.push(counts);
        }
        statistics
    }

    /// What the relations of a type tell one after the other.
    fn count_patterns(&mut self, graph: &Graph, relation_type: RelationTypeId, counts: &mut TypeStatistics) {
        let ends = graph.ends(Direction::Outgoing);
        let signature_of = |entity: u32| graph.entities.signature(EntityId(entity));
        // The signatures of the ends of one start are counted together, so that the table is looked into once for each.
        let mut here = vec![(0u64, 0u64); self.signatures.len()];
        let mut patterns: HashMap<(usize, usize), (u64, u64)> = HashMap::new();
        let mut touched: Vec<usize> = Vec::new();
        for (entity, span) in graph.active(Direction::Outgoing, relation_type) {
            counts.starts += 1;
            counts.most_from_one = counts.most_from_one.max(span.len() as u64);
            let mut before = None;
            for (at, end) in span.clone().zip(ends.part(span).iter().copied()) {
                counts.relations += 1;
                counts.has_loop |= end == entity.0;
                counts.has_parallel |= before.replace(end) == Some(end);
                let signature = signature_of(end);
                let denied = graph.is_denied(graph.relation_at(Direction::Outgoing, at));
                let Some(count) = here.get_mut(signature) else { continue };
                if *count == (0, 0) {
                    touched.push(signature);
                }
                if denied {
                    counts.denied += 1;
                    count.1 += 1;
                } else {
                    count.0 += 1;
                }
            }
            let from = graph.entities.signature(entity);
            for to in touched.drain(..) {
                let (asserted, denied) = std::mem::take(&mut here[to]);
                let pattern = patterns.entry((from, to)).or_default();
                pattern.0 += asserted;
                pattern.1 += denied;
            }
        }
        let mut patterns: Vec<_> = patterns.into_iter().collect();
        patterns.sort_unstable();
        for ((from, to), (asserted, denied)) in patterns {
            self.patterns.push(Pattern { relation_type, from: from as u32, to: to as u32, asserted, denied });
        }
    }

    /// What is left: the ends, and the kinds on both sides.
    fn count_ends(&self, graph: &Graph, relation_type: RelationTypeId, counts: &mut TypeStatistics) {
        for (_, span) in graph.active(Direction::Incoming, relation_type) {
            counts.ends += 1;
            counts.most_to_one = counts.most_to_one.max(span.len() as u64);
        }
        let of_type = self.patterns.iter().filter(|pattern| pattern.relation_type == relation_type);
        let starts: Vec<&Vec<KindId>> = of_type.clone().map(|pattern| &self.signatures[pattern.from as usize]).collect();
        let ends: Vec<&Vec<KindId>> = of_type.map(|pattern| &self.signatures[pattern.to as usize]).collect();
        (counts.kinds_at_starts, counts.kinds_of_every_start) = any_and_all(&starts);
        (counts.kinds_at_ends, counts.kinds_of_every_end) = any_and_all(&ends);
    }
}

/// The kinds in at least one list, and those in every list; both sorted.
fn any_and_all(lists: &[&Vec<KindId>]) -> (Vec<KindId>, Vec<KindId>) {
    let mut any: Vec<KindId> = lists.iter().flat_map(|list| list.iter().copied()).collect();
    any.sort_unstable();
    any.dedup();
    let all = any.iter().copied().filter(|kind| lists.iter().all(|list| list.contains(kind))).collect();
    (any, all)
}
