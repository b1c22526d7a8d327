//! Topology: which entity is related to which: flat arrays in both directions, with a directory for each relation type.

use std::ops::Range;

use crate::model::{Direction, EntityId, RelationId, RelationTypeId};

use super::directory::{Active, Adjacency, Directory, span};
use super::form::{Array, Codes, Damage, Limit, SectionReader, SectionWriter, View, number};

/// For every so many relations the entity that the first of them starts from is kept, so that any start is found nearby.
const SAMPLE: usize = 64;

/// The relations of a graph, without what is said of them. Relations are numbered by start, type, end and statement; those that
/// enter an entity stand by type, start and statement in arrays of their own.
#[derive(Clone, Debug, Default)]
pub struct Topology {
    types: Codes,
    outgoing_offsets: Array<u32>,
    outgoing_to: Array<u32>,
    incoming_offsets: Array<u32>,
    incoming_from: Array<u32>,
    incoming_relation: Array<u32>,
    start_samples: Array<u32>,
    outgoing: Directory,
    incoming: Directory,
}

impl Topology {
    /// The topology of relations that stand in order already: for each entity where its relations start (and where the last end),
    /// for each relation its type and its end.
    pub fn new(offsets: Vec<u32>, types: Codes, ends: Vec<u32>) -> Topology {
        let entities = offsets.len().saturating_sub(1);
        let type_count = types.iter().max().map_or(0, |largest| largest as usize + 1);
        let outgoing = directory(&offsets, type_count, |position| types.get(position));
        let (incoming_offsets, incoming_relation) = incoming(&types, &ends, entities, type_count);
        let incoming = directory(&incoming_offsets, type_count, |position| types.get(incoming_relation[position] as usize));
        let mut starts = vec![0u32; ends.len()];
        for (entity, bounds) in (0u32..).zip(offsets.windows(2)) {
            starts[bounds[0] as usize..bounds[1] as usize].fill(entity);
        }
        let incoming_from: Vec<u32> = incoming_relation.iter().map(|relation| starts[*relation as usize]).collect();
        let start_samples: Vec<u32> = starts.iter().copied().step_by(SAMPLE).collect();
        Topology {
            types,
            outgoing_offsets: offsets.into(),
            outgoing_to: ends.into(),
            incoming_offsets: incoming_offsets.into(),
            incoming_from: incoming_from.into(),
            incoming_relation: incoming_relation.into(),
            start_samples: start_samples.into(),
            outgoing,
            incoming,
        }
    }

    /// How many entities it joins.
    pub fn entity_count(&self) -> usize {
        self.outgoing_offsets.len().saturating_sub(1)
    }

    /// How many relations there are.
    pub fn relation_count(&self) -> usize {
        self.outgoing_to.len()
    }

    /// How many relation types occur, those between counted too: every type is below.
    pub fn type_count(&self) -> usize {
        self.outgoing.types()
    }

    /// The relations of a type in a direction.
    #[inline]
    pub fn adjacency(&self, direction: Direction, relation_type: RelationTypeId) -> Adjacency<'_> {
        self.directory(direction).adjacency(self.entity_count(), relation_type, self.ends(direction))
    }

    fn directory(&self, direction: Direction) -> &Directory {
        match direction {
            Direction::Outgoing => &self.outgoing,
            Direction::Incoming => &self.incoming,
        }
    }

    /// The positions of an entity's relations in the arrays of a direction, all or those of one type.
    #[inline]
    pub fn span(&self, entity: EntityId, direction: Direction, relation_type: Option<RelationTypeId>) -> Range<usize> {
        if let Some(relation_type) = relation_type {
            // Bits behind the last entity are those of the next type.
            let is_there = entity.index() < self.entity_count();
            return if is_there { self.directory(direction).span(entity, relation_type) } else { 0..0 };
        }
        let offsets = match direction {
            Direction::Outgoing => &self.outgoing_offsets,
            Direction::Incoming => &self.incoming_offsets,
        };
        match *offsets.part(entity.index()..entity.index() + 2) {
            [start, end] => span([start, end]),
            _ => 0..0,
        }
    }

    /// How many relations each of some entities that stand behind each other has, in both directions.
    pub fn degrees(&self, entities: Range<u32>) -> impl Iterator<Item = u32> + '_ {
        let bounds = entities.start as usize..entities.end as usize + 1;
        let (outgoing, incoming) = (self.outgoing_offsets.part(bounds.clone()), self.incoming_offsets.part(bounds));
        let count = |bounds: &[u32]| number(span([bounds[0], bounds[1]]).len());
        outgoing.windows(2).zip(incoming.windows(2)).map(move |(out, into)| count(out).saturating_add(count(into)))
    }

    /// The other ends, by position.
    #[inline]
    pub fn ends(&self, direction: Direction) -> View<'_, u32> {
        match direction {
            Direction::Outgoing => self.outgoing_to.view(),
            Direction::Incoming => self.incoming_from.view(),
        }
    }

    /// The relation at a position.
    #[inline]
    pub fn relation_at(&self, direction: Direction, position: usize) -> RelationId {
        match direction {
            Direction::Outgoing => RelationId(number(position)),
            Direction::Incoming => RelationId(self.incoming_relation.at(position).unwrap_or_default()),
        }
    }

    /// The type of a relation.
    #[inline]
    pub fn relation_type(&self, relation: RelationId) -> RelationTypeId {
        RelationTypeId(self.types.get(relation.index()) as u16)
    }

    /// Where a relation starts.
    pub fn start(&self, relation: RelationId) -> EntityId {
        let at = relation.index() / SAMPLE;
        let low = self.start_samples.at(at).unwrap_or_default() as usize;
        let high = self.start_samples.at(at + 1).map_or(self.entity_count().saturating_sub(1), |entity| entity as usize);
        // The first entity from there on whose relations end behind this one.
        let ends = self.outgoing_offsets.part(low + 1..high + 1);
        EntityId(number(low + ends.partition_point(|end| *end <= relation.0)))
    }

    /// Where a relation leads.
    #[inline]
    pub fn end(&self, relation: RelationId) -> EntityId {
        EntityId(self.outgoing_to.at(relation.index()).unwrap_or_default())
    }

    /// Whether every number in it stands for something that is there. Reads everything.
    pub fn is_sound(&self) -> bool {
        let (entities, relations) = (self.entity_count(), self.relation_count());
        let below = |numbers: &[u32], limit: usize| numbers.iter().all(|number| (*number as usize) < limit);
        let ascends = |offsets: &[u32]| offsets.is_sorted() && offsets.last().is_none_or(|last| *last as usize == relations);
        let spans = |direction: Direction| {
            (0..self.type_count()).all(|at| {
                let mut active = self.adjacency(direction, RelationTypeId(at as u16)).active();
                active.all(|(entity, span)| entity.index() < entities && span.start < span.end && span.end <= relations)
            })
        };
        self.types.len() == relations
            && self.types.iter().all(|code| (code as usize) < self.type_count())
            && self.incoming_offsets.len() == self.outgoing_offsets.len()
            && self.incoming_from.len() == relations
            && self.incoming_relation.len() == relations
            && self.start_samples.len() == relations.div_ceil(SAMPLE)
            && below(self.outgoing_to.whole(), entities)
            && below(self.incoming_from.whole(), entities)
            && below(self.incoming_relation.whole(), relations)
            && below(self.start_samples.whole(), entities)
            && ascends(self.outgoing_offsets.whole())
            && ascends(self.incoming_offsets.whole())
            && spans(Direction::Outgoing)
            && spans(Direction::Incoming)
    }

    /// Keeps it as sections.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        self.types.save(sections);
        sections.array(*b"outo", &self.outgoing_offsets);
        sections.array(*b"outt", &self.outgoing_to);
        sections.array(*b"inof", &self.incoming_offsets);
        sections.array(*b"infr", &self.incoming_from);
        sections.array(*b"inre", &self.incoming_relation);
        sections.array(*b"samp", &self.start_samples);
        self.outgoing.save(sections);
        self.incoming.save(sections);
    }

    /// Reads it back; a graph has so many types at most.
    ///
    /// # Errors
    /// The sections are not there, or do not fit together.
    pub fn load(sections: &mut SectionReader<'_>, most_types: usize) -> Result<Topology, Damage> {
        let mut topology = Topology {
            types: Codes::load(sections)?,
            outgoing_offsets: sections.array(*b"outo")?,
            outgoing_to: sections.array(*b"outt")?,
            incoming_offsets: sections.array(*b"inof")?,
            incoming_from: sections.array(*b"infr")?,
            incoming_relation: sections.array(*b"inre")?,
            start_samples: sections.array(*b"samp")?,
            ..Topology::default()
        };
        let (entities, relations) = (topology.entity_count(), topology.relation_count());
        topology.outgoing = Directory::load(sections, entities, relations)?;
        topology.incoming = Directory::load(sections, entities, relations)?;
        topology.types.set_limit(Limit::Below(topology.type_count()));
        for ends in [&mut topology.outgoing_to, &mut topology.incoming_from, &mut topology.start_samples] {
            ends.set_limit(Limit::Below(entities));
        }
        topology.incoming_relation.set_limit(Limit::Below(relations));
        for offsets in [&mut topology.outgoing_offsets, &mut topology.incoming_offsets] {
            offsets.set_limit(Limit::Below(relations + 1));
        }
        let fits = (entities > 0 || relations == 0)
            && topology.types.len() == relations
            && topology.incoming_from.len() == relations
            && topology.incoming_relation.len() == relations
            && topology.incoming_offsets.len() == topology.outgoing_offsets.len()
            && topology.start_samples.len() == relations.div_ceil(SAMPLE)
            && topology.type_count() <= most_types
            && topology.outgoing.types() == topology.incoming.types();
        if fits { Ok(topology) } else { Err(Damage) }
    }
}

/// The directory of one direction: every entity's positions stand by type.
fn directory(offsets: &[u32], types: usize, type_at: impl Fn(usize) -> u32) -> Directory {
    let mut active = vec![Active::default(); types];
    for (entity, bounds) in (0u32..).zip(offsets.windows(2)) {
        let (mut start, end) = (bounds[0] as usize, bounds[1] as usize);
        while start < end {
            let relation_type = type_at(start);
            let run = (start..end).take_while(|position| type_at(*position) == relation_type).count();
            active[relation_type as usize].push(entity, start..start + run);
            start += run;
        }
    }
    Directory::new(offsets.len().saturating_sub(1), active)
}

/// The offsets of the relations that enter each entity, and these relations by type, start and number.
fn incoming(types: &Codes, ends: &[u32], entities: usize, type_count: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; entities + 1];
    for end in ends {
        starts[*end as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut relations = vec![0u32; ends.len()];
    let mut next = starts.clone();
    for (relation, end) in (0u32..).zip(ends) {
        let place = &mut next[*end as usize];
        relations[*place as usize] = relation;
        *place += 1;
    }
    // Each entity's relations stand in their own order, which is that of the starts: what is left is to bring the types together.
    if type_count > 1 {
        for bounds in starts.windows(2) {
            relations[bounds[0] as usize..bounds[1] as usize].sort_by_key(|relation| types.get(*relation as usize));
        }
    }
    (starts, relations)
}
