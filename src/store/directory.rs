//! Directory: for each relation type and direction the entities that have such relations, and where each one's relations lie.

use std::ops::Range;

use crate::model::{EntityId, RelationTypeId};

use super::form::{Array, Damage, Limit, SectionReader, SectionWriter, View, number};

/// The numbers that describe one relation type in the table: where its words start (or [`NO_WORDS`]), where its entities or
/// spans start, and how many there are.
const ROW: usize = 3;

/// A relation type with so few active entities that a sorted list of them takes less room than a bitmap.
const NO_WORDS: u32 = u32::MAX;

/// One direction's directory. Where many entities are active a bitmap with ranks says which, else a sorted list.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    table: Array<u32>,
    words: Array<u64>,
    ranks: Array<u32>,
    /// The active entities of the types without a bitmap, at the places of their spans.
    entities: Array<u32>,
    entity_starts: Array<u32>,
    spans: Array<u32>,
}

/// The relations of one type in one direction.
#[derive(Clone, Copy, Debug)]
pub struct Adjacency<'a> {
    words: &'a [u64],
    ranks: &'a [u32],
    entities: &'a [u32],
    spans: &'a [u32],
    ends: View<'a, u32>,
    /// How many entities the graph has.
    limit: usize,
}

impl<'a> Adjacency<'a> {
    /// The positions of an entity's relations in the arrays of the direction; empty if it has none.
    #[inline]
    pub fn span(&self, entity: EntityId) -> Range<usize> {
        let at = entity.index() / 64;
        if let (Some(word), Some(rank)) = (self.words.get(at), self.ranks.get(at)) {
            let bit = 1u64 << (entity.0 % 64);
            return if word & bit == 0 { 0..0 } else { self.span_at(*rank as usize + (word & (bit - 1)).count_ones() as usize) };
        }
        match self.entities.binary_search(&entity.0) {
            Ok(rank) => self.span_at(rank),
            Err(_) => 0..0,
        }
    }

    /// The other ends of an entity's relations, ascending.
    #[inline]
    pub fn ends(&self, entity: EntityId) -> &'a [u32] {
        self.ends.part(self.span(entity))
    }

    /// How many entities have such relations.
    pub fn active_count(&self) -> usize {
        self.spans.len() / 2
    }

    /// The entities that have such relations, ascending, each with the positions of these.
    pub fn active(self) -> impl Iterator<Item = (EntityId, Range<usize>)> + 'a {
        let limit = self.limit;
        let spans = self.spans;
        let members = (0u32..).zip(self.words).flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                (left != 0).then(|| {
                    left &= left - 1;
                    at * 64 + bit
                })
            })
        });
        let members = members.chain(self.entities.iter().copied()).take_while(move |entity| (*entity as usize) < limit);
        members.zip(spans.as_chunks::<2>().0).map(|(entity, bounds)| (EntityId(entity), span(*bounds)))
    }

    #[inline]
    fn span_at(&self, rank: usize) -> Range<usize> {
        match self.spans.get(2 * rank..2 * rank + 2) {
            Some(&[start, end]) => span([start, end]),
            _ => 0..0,
        }
    }
}

/// The range that two numbers bound; in a damaged file they may stand the wrong way round.
#[inline]
pub fn span([start, end]: [u32; 2]) -> Range<usize> {
    start.min(end) as usize..end as usize
}

/// The active entities of one relation type while they are gathered, in order, each with the bounds of its span.
#[derive(Clone, Debug, Default)]
pub struct Active {
    entities: Vec<u32>,
    spans: Vec<u32>,
}

impl Active {
    /// Adds an entity with the positions of its relations.
    pub fn push(&mut self, entity: u32, span: Range<usize>) {
        self.entities.push(entity);
        self.spans.extend([number(span.start), number(span.end)]);
    }
}

impl Directory {
    /// The directory of these relation types over so many entities.
    pub fn new(entities: usize, types: Vec<Active>) -> Directory {
        let words_each = entities.div_ceil(64);
        let (mut table, mut words, mut ranks) = (Vec::new(), Vec::new(), Vec::new());
        let (mut listed, mut entity_starts, mut spans) = (Vec::new(), Vec::new(), Vec::new());
        for active in types {
            // A bitmap with its ranks takes one and a half bits for each entity of the graph, a list 32 for each active one.
            let dense = active.entities.len() * 21 >= entities;
            table.extend([if dense { number(words.len()) } else { NO_WORDS }, number(spans.len() / 2), number(active.entities.len())]);
            entity_starts.push(number(listed.len()));
            if dense {
                let first = words.len();
                words.resize(first + words_each, 0u64);
                for entity in active.entities {
                    words[first + entity as usize / 64] |= 1 << (entity % 64);
                }
                let mut before = 0;
                for word in &words[first..] {
                    ranks.push(before);
                    before += word.count_ones();
                }
            } else {
                listed.extend(active.entities);
            }
            spans.extend(active.spans);
        }
        Directory {
            table: table.into(),
            words: words.into(),
            ranks: ranks.into(),
            entities: listed.into(),
            entity_starts: entity_starts.into(),
            spans: spans.into(),
        }
    }

    /// How many relation types it knows.
    pub fn types(&self) -> usize {
        self.table.len() / ROW
    }

    fn row(&self, relation_type: RelationTypeId) -> [u32; ROW] {
        let start = relation_type.index() * ROW;
        self.table.part(start..start + ROW).try_into().unwrap_or([NO_WORDS, 0, 0])
    }

    /// The relations of one type, to be crossed from many entities; `ends` are the other ends by position. In a file all that is
    /// known of the type is checked here, and not each time.
    pub fn adjacency<'a>(&'a self, entities: usize, relation_type: RelationTypeId, ends: View<'a, u32>) -> Adjacency<'a> {
        let [words, first, count] = self.row(relation_type).map(|number| number as usize);
        let spans = self.spans.part(2 * first..2 * (first + count));
        if words == NO_WORDS as usize {
            let start = self.entity_starts.at(relation_type.index()).unwrap_or_default() as usize;
            let listed = self.entities.part(start..start + count);
            return Adjacency { words: &[], ranks: &[], entities: listed, spans, ends, limit: entities };
        }
        let range = words..words + entities.div_ceil(64);
        let (words, ranks) = (self.words.part(range.clone()), self.ranks.part(range));
        Adjacency { words, ranks, entities: &[], spans, ends, limit: entities }
    }

    /// The positions of one entity's relations of a type; empty if it has none. For one of many see [`Directory::adjacency`].
    #[inline]
    pub fn span(&self, entity: EntityId, relation_type: RelationTypeId) -> Range<usize> {
        let [words, first, count] = self.row(relation_type).map(|number| number as usize);
        let rank = if words == NO_WORDS as usize {
            let start = self.entity_starts.at(relation_type.index()).unwrap_or_default() as usize;
            let listed = self.entities.view().range(start..start + count);
            let rank = listed.partition_point(|other| other < entity.0);
            if listed.at(rank) != Some(entity.0) {
                return 0..0;
            }
            rank
        } else {
            let at = words + entity.index() / 64;
            let bit = 1u64 << (entity.0 % 64);
            match (self.words.at(at), self.ranks.at(at)) {
                (Some(word), Some(rank)) if word & bit != 0 => rank as usize + (word & (bit - 1)).count_ones() as usize,
                _ => return 0..0,
            }
        };
        match *self.spans.part(2 * (first + rank)..2 * (first + rank) + 2) {
            [start, end] if rank < count => span([start, end]),
            _ => 0..0,
        }
    }

    /// Keeps it as sections.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        sections.array(*b"dirt", &self.table);
        sections.array(*b"dirw", &self.words);
        sections.array(*b"dirr", &self.ranks);
        sections.array(*b"dire", &self.entities);
        sections.array(*b"dirs", &self.entity_starts);
        sections.array(*b"dirb", &self.spans);
    }

    /// Reads it back, one of a graph with so many entities and relations.
    ///
    /// # Errors
    /// The sections are not there, or do not fit together.
    pub fn load(sections: &mut SectionReader<'_>, entities: usize, relations: usize) -> Result<Directory, Damage> {
        let mut directory = Directory {
            table: sections.array(*b"dirt")?,
            words: sections.array(*b"dirw")?,
            ranks: sections.array(*b"dirr")?,
            entities: sections.array(*b"dire")?,
            entity_starts: sections.array(*b"dirs")?,
            spans: sections.array(*b"dirb")?,
        };
        directory.entities.set_limit(Limit::Below(entities));
        directory.spans.set_limit(Limit::Below(relations + 1));
        let fits = directory.table.len() == directory.entity_starts.len() * ROW && directory.words.len() == directory.ranks.len();
        if fits { Ok(directory) } else { Err(Damage) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Active, Array, Directory};
    use crate::model::{EntityId, RelationTypeId};

    #[test]
    fn many_and_few_active_entities_are_found_alike() {
        const ENTITIES: u32 = 1000;
        let of_step = |step: u32| -> Vec<u32> { (0..ENTITIES).filter(|entity| entity % step == step - 1).collect() };
        let lists = [of_step(2), Vec::new(), of_step(333), of_step(1), vec![999]];
        let mut at = 0;
        let types = lists.iter().map(|list| {
            let mut active = Active::default();
            for entity in list {
                let length = 1 + *entity as usize % 3;
                active.push(*entity, at..at + length);
                at += length;
            }
            active
        });
        let directory = Directory::new(ENTITIES as usize, types.collect());
        let ends: Array<u32> = (0..at as u32).collect::<Vec<_>>().into();
        let mut next = 0;
        for (position, list) in (0u16..).zip(&lists) {
            let adjacency = directory.adjacency(ENTITIES as usize, RelationTypeId(position), ends.view());
            assert_eq!(adjacency.active_count(), list.len());
            assert_eq!(adjacency.active().map(|(entity, _)| entity.0).collect::<Vec<_>>(), *list);
            for (entity, span) in adjacency.active() {
                assert_eq!(span, next..next + 1 + entity.index() % 3);
                assert_eq!(adjacency.ends(entity), ends.part(span.clone()));
                assert_eq!(adjacency.span(entity), span);
                next = span.end;
            }
            let absent = (0..ENTITIES + 100).filter(|entity| !list.contains(entity));
            assert!(absent.into_iter().all(|entity| adjacency.span(EntityId(entity)).is_empty()));
        }
        assert!(directory.adjacency(ENTITIES as usize, RelationTypeId(9), ends.view()).active().next().is_none());
    }
}
