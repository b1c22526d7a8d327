//! Graph file: a graph as the sections of a file, and back: what is read is held against what there is before anybody sees it.

use std::sync::OnceLock;

use super::column::Column;
use super::entities::Entities;
use super::form::{Array, Damage, Fault, Limit, SectionReader, SectionWriter, pack, unpack};
use super::graph::{Graph, Kept};
use super::names::NameIndex;
use super::statements::Statements;
use super::topology::Topology;

impl Graph {
    /// Makes what is kept with the graph and takes a while: its statistics and the index of its names.
    pub fn prepare(&self) {
        self.statistics();
        self.whole_name_index();
    }

    /// Keeps the graph as sections, with its statistics and the index of its names.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        self.topology.save(sections);
        self.entities.save(sections);
        self.statements.save(sections);
        let present: Vec<bool> = self.qualifiers.iter().map(Option::is_some).collect();
        sections.bytes(*b"qual", pack(&present));
        self.qualifiers.iter().flatten().for_each(|column| column.save(sections));
        sections.array(*b"meno", &self.mention_offsets);
        sections.array(*b"ment", &self.mention_relations);
        sections.bytes(*b"srcs", pack(self.sources()));
        sections.bytes(*b"stcs", pack(self.statistics()));
        self.whole_name_index().save(self, sections);
    }

    /// Reads a graph back, one of a schema of so many kinds, relation types and qualifiers.
    ///
    /// # Errors
    /// The sections are not there, or do not fit together.
    pub fn load(sections: &mut SectionReader<'_>, kinds: usize, relation_types: usize, qualifiers: usize) -> Result<Graph, Damage> {
        let seal = sections.seal();
        let topology = Topology::load(sections, relation_types)?;
        let (entity_count, relations) = (topology.entity_count(), topology.relation_count());
        let entities = Entities::load(sections, entity_count, kinds)?;
        let statements = Statements::load(sections, entity_count, relations)?;
        let present: Array<u8> = sections.array(*b"qual")?;
        let present: Vec<bool> = unpack(present.whole())?;
        if present.len() > qualifiers {
            return Err(Damage);
        }
        let mut columns = Vec::with_capacity(present.len());
        for present in present {
            columns.push(if present { Some(Column::load(sections, entity_count)?) } else { None });
        }
        let (mention_offsets, mut mention_relations): (_, Array<u32>) = (sections.array(*b"meno")?, sections.array(*b"ment")?);
        mention_relations.set_limit(Limit::Below(relations));
        Ok(Graph {
            topology,
            entities,
            statements,
            qualifiers: columns,
            mention_offsets,
            mention_relations,
            sources: Kept::packed(sections.array(*b"srcs")?),
            statistics: Kept::packed(sections.array(*b"stcs")?),
            names: OnceLock::from(NameIndex::load(sections, entity_count)?),
            seal,
        })
    }

    /// What is wrong with the file that the graph lies in, as far as it was looked at: whoever has read something from the graph
    /// asks this before he relies on it. A graph in memory has nothing wrong.
    pub fn fault(&self) -> Option<Fault> {
        self.seal.as_ref()?.fault()
    }

    /// Whether every number in it stands for something that is there, in a schema of so many kinds, relation types and
    /// qualifiers: then whatever is asked of it cannot go wrong. Reads everything.
    pub fn is_sound(&self, kinds: usize, relation_types: usize, qualifiers: usize) -> bool {
        let (entities, relations) = (self.entity_count(), self.relation_count());
        let mentions = self.mention_relations.whole().iter().all(|relation| (*relation as usize) < relations);
        self.topology.is_sound()
            && self.topology.type_count() <= relation_types
            && self.entities.is_sound(kinds)
            && self.sources.is_sound()
            && self.statements.is_sound(relations, self.sources().len())
            && self.qualifiers.len() <= qualifiers
            && self.qualifiers.iter().flatten().all(|column| column.is_sound(relations, entities))
            && mentions
            && self.name_index().fits(entities)
    }
}
