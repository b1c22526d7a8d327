//! Beginnings: synonyms in the order of their folded texts, so that those which begin with what was typed are a range.

use std::cmp::Reverse;
use std::ops::Range;

use crate::model::{Direction, EntityId, KindId, Place, fold};
use crate::store::form::{Codes, Damage, Limit, SectionReader, SectionWriter, number};
use crate::store::graph::Graph;

use super::texts::first_bytes;

/// The synonyms of a graph in order, each as its entity and its position among the synonyms of that.
#[derive(Clone, Debug, Default)]
pub(super) struct Beginnings {
    entities: Codes,
    positions: Codes,
}

impl Beginnings {
    /// The synonyms of a graph.
    pub fn new(graph: &Graph) -> Beginnings {
        let mut texts = String::new();
        let mut rows: Vec<(u64, usize, usize, u32, u32)> = Vec::new();
        for id in graph.entities() {
            for (position, synonym) in (0u32..).zip(graph.synonyms(id)) {
                let start = texts.len();
                texts.push_str(&fold(synonym));
                rows.push((first_bytes(&texts.as_bytes()[start..]), start, texts.len(), id.0, position));
            }
        }
        rows.sort_unstable_by(|left, right| {
            let texts = || texts[left.1..left.2].cmp(&texts[right.1..right.2]);
            left.0.cmp(&right.0).then_with(texts).then((left.3, left.4).cmp(&(right.3, right.4)))
        });
        Beginnings { entities: Codes::new(rows.iter().map(|row| row.3)), positions: Codes::new(rows.iter().map(|row| row.4)) }
    }

    fn text<'g>(&self, graph: &'g Graph, at: usize) -> Option<(EntityId, &'g str)> {
        let entity = EntityId(self.entities.get(at));
        Some((entity, graph.synonyms(entity).nth(self.positions.get(at) as usize)?))
    }

    /// The positions of those that begin so.
    fn range(&self, graph: &Graph, folded: &str) -> Range<usize> {
        let first_not = |is_before: &dyn Fn(&str) -> bool| {
            let (mut low, mut high) = (0, self.entities.len());
            while low < high {
                let middle = low + (high - low) / 2;
                let before = self.text(graph, middle).is_none_or(|(_, text)| is_before(&fold(text)));
                if before { low = middle + 1 } else { high = middle }
            }
            low
        };
        let start = first_not(&|text| text < folded);
        start..first_not(&|text| text < folded || text.starts_with(folded)).max(start)
    }

    /// Whether every number in it stands for something in a graph of so many entities.
    pub fn is_sound(&self, entities: usize) -> bool {
        self.positions.len() == self.entities.len() && self.entities.iter().all(|entity| (entity as usize) < entities)
    }

    /// Keeps them as sections.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        self.entities.save(sections);
        self.positions.save(sections);
    }

    /// Reads them back, those of a graph of so many entities.
    ///
    /// # Errors
    /// The sections are not there, or do not fit together.
    pub fn load(sections: &mut SectionReader<'_>, graph_entities: usize) -> Result<Beginnings, Damage> {
        let (mut entities, positions) = (Codes::load(sections)?, Codes::load(sections)?);
        entities.set_limit(Limit::Below(graph_entities));
        if entities.len() == positions.len() { Ok(Beginnings { entities, positions }) } else { Err(Damage) }
    }
}

/// A name that begins with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun<'g> {
    /// Whose name it is.
    pub entity: EntityId,
    /// The name or synonym.
    pub text: &'g str,
    /// Which of these it is.
    pub place: Place,
    /// How many relations the entity has: how well known it is here.
    pub degree: usize,
}

impl Graph {
    /// How many relations an entity has, in both directions.
    pub fn degree(&self, id: EntityId) -> usize {
        [Direction::Outgoing, Direction::Incoming].iter().map(|direction| self.span(id, *direction, None).len()).sum()
    }

    /// The names and synonyms that begin with a folded text, those of the entities with most relations first, at most `limit`; only
    /// of entities that pass the test, which is asked of no more than are needed. A synonym is left out where the name of its
    /// entity begins so.
    pub fn names_beginning<'g>(&'g self, folded: &str, limit: usize, passes: impl FnMut(EntityId) -> bool) -> Vec<Begun<'g>> {
        self.names_beginning_among(&[], folded, limit, passes)
    }

    /// The same of entities of these kinds alone (none means any): the others, of which no test is asked then, may be many more.
    pub fn names_beginning_among<'g>(
        &'g self,
        kinds: &[KindId],
        folded: &str,
        limit: usize,
        mut passes: impl FnMut(EntityId) -> bool,
    ) -> Vec<Begun<'g>> {
        let beginnings = self.name_index().beginnings(self);
        let named = self.names_with_prefix(folded);
        // Names behind each other in order need not be looked at, unless their order is not that of what is typed.
        let is_exact = !self.statistics().has_decomposed_names;
        let synonyms = beginnings.range(self, folded).map(|at| (EntityId(beginnings.entities.get(at)), number(at)));
        let synonyms = synonyms.filter(|(entity, _)| !(is_exact && named.contains(&entity.0)));
        let synonyms = synonyms.filter(|(entity, _)| kinds.is_empty() || kinds.iter().any(|kind| self.has_kind(*entity, *kind)));
        let mut all = self.ranked(named.clone(), kinds);
        all.extend(synonyms.map(|(entity, at)| (Reverse(number(self.degree(entity))), 1, entity, at)));
        let mut begun: Vec<Begun<'g>> = Vec::new();
        let (mut from, mut bit) = (0, limit * 2);
        while from < all.len() && begun.len() < limit {
            // The best known are sorted out bit by bit: mostly the first bit is enough, and few pass where it is not.
            let length = bit.clamp(1, all.len() - from);
            let rest = &mut all[from..];
            if length < rest.len() {
                rest.select_nth_unstable(length - 1);
            }
            rest[..length].sort_unstable();
            for (Reverse(degree), is_synonym, entity, at) in &rest[..length] {
                let known = match is_synonym {
                    0 => Some((self.name(*entity), Place::Name)),
                    _ => beginnings.text(self, *at as usize).map(|(_, text)| (text, Place::Synonym)),
                };
                let Some((text, place)) = known.filter(|(text, _)| !text.is_empty() && fold(text).starts_with(folded)) else { continue };
                if begun.len() < limit && passes(*entity) {
                    begun.push(Begun { entity: *entity, text, place, degree: *degree as usize });
                }
            }
            from += length;
            bit = bit.saturating_mul(8);
        }
        begun
    }

    /// The entities in a range, of these kinds if any are given, with how well known they are.
    fn ranked(&self, named: Range<u32>, kinds: &[KindId]) -> Vec<Ranked> {
        let of_kinds = || kinds.iter().map(|kind| self.entities_of_kind(*kind));
        if kinds.is_empty() || of_kinds().map(<[u32]>::len).sum::<usize>() > named.len() {
            let is_of = |entity: EntityId| kinds.is_empty() || kinds.iter().any(|kind| self.has_kind(entity, *kind));
            let known = named.clone().map(EntityId).zip(self.degrees(named));
            return known.filter(|(entity, _)| is_of(*entity)).map(|(entity, degree)| (Reverse(degree), 0, entity, 0)).collect();
        }
        let mut entities: Vec<u32> = of_kinds().flatten().copied().filter(|entity| named.contains(entity)).collect();
        entities.sort_unstable();
        entities.dedup();
        entities.into_iter().map(|entity| (Reverse(number(self.degree(EntityId(entity)))), 0, EntityId(entity), 0)).collect()
    }
}

/// How well known an entity is, whether it is met by a synonym, itself, and the position of the synonym: in the order in which names
/// are offered.
type Ranked = (Reverse<u32>, u8, EntityId, u32);
