//! Name index: from what people type to the entities that are called so; the store's side of the trait `Names`.

use crate::diagnostic::nearest;
use crate::model::{ColumnType, EntityId, Found, KindId, Names, Place, QualifierId, fold, fold_words, singular_words};

use super::form::{Array, Damage, SectionReader, SectionWriter, hash};
use super::graph::Graph;

/// Folded names and the entities that are called so. Built when a name is first asked for, unless it was kept in a file.
#[derive(Clone, Debug, Default)]
pub struct NameIndex {
    exact: HashIndex,
    singular: HashIndex,
    longest: usize,
}

/// From folded texts to numbers, as sorted hashes: whoever looks up holds the texts, and compares them for certainty.
#[derive(Clone, Debug, Default)]
struct HashIndex {
    hashes: Array<u64>,
    numbers: Array<u32>,
}

impl HashIndex {
    fn new(mut entries: Vec<(u64, u32)>) -> HashIndex {
        entries.sort_unstable();
        entries.dedup();
        HashIndex {
            hashes: entries.iter().map(|(hash, _)| *hash).collect::<Vec<_>>().into(),
            numbers: entries.iter().map(|(_, number)| *number).collect::<Vec<_>>().into(),
        }
    }

    /// The numbers that may stand for a folded key, ascending: all that do, and hardly ever another one.
    fn candidates(&self, key: &str) -> &[u32] {
        let wanted = hash(key.as_bytes());
        let start = self.hashes.partition_point(|hash| *hash < wanted);
        let found = self.hashes[start..].iter().take_while(|hash| **hash == wanted).count();
        self.numbers.get(start..start + found).unwrap_or_default()
    }
}

impl NameIndex {
    fn new(graph: &Graph) -> NameIndex {
        let (mut exact, mut singular) = (Vec::new(), Vec::new());
        let mut longest = 1;
        for id in graph.entities() {
            for (text, place) in names_of(graph, id) {
                let key = fold(text);
                longest = longest.max(key.split(' ').count());
                if place != Place::Identifier {
                    singular.push((hash(singular_words(&key).as_bytes()), id.0));
                }
                exact.push((hash(key.as_bytes()), id.0));
            }
        }
        NameIndex { exact: HashIndex::new(exact), singular: HashIndex::new(singular), longest }
    }

    /// Whether every number in it stands for one of so many entities.
    pub fn fits(&self, entities: usize) -> bool {
        [&self.exact, &self.singular].iter().all(|index| index.numbers.iter().all(|number| (*number as usize) < entities))
    }

    /// Keeps it as sections.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        sections.number(*b"nlon", self.longest);
        for index in [&self.exact, &self.singular] {
            sections.array(*b"nhsh", &index.hashes);
            sections.array(*b"nnum", &index.numbers);
        }
    }

    /// Reads it back.
    ///
    /// # Errors
    /// The sections are not there.
    pub fn load(sections: &mut SectionReader<'_>) -> Result<NameIndex, Damage> {
        let longest = sections.number(*b"nlon")?;
        let exact = HashIndex { hashes: sections.array(*b"nhsh")?, numbers: sections.array(*b"nnum")? };
        let singular = HashIndex { hashes: sections.array(*b"nhsh")?, numbers: sections.array(*b"nnum")? };
        Ok(NameIndex { exact, singular, longest })
    }

    fn called(&self, graph: &Graph, words: &str) -> Vec<EntityId> {
        let key = fold(words);
        let places = self.exact.candidates(&key).iter().copied().map(EntityId).filter_map(|id| {
            let places = names_of(graph, id).filter(|(text, _)| fold(text) == key).map(|(_, place)| place);
            places.min().map(|place| (place, id))
        });
        let found: Vec<(Place, EntityId)> = places.collect();
        let strongest = found.iter().map(|(place, _)| *place).min();
        if strongest.is_some() {
            return found.into_iter().filter(|(place, _)| Some(*place) == strongest).map(|(_, id)| id).collect();
        }
        let key = singular_words(&key);
        let called = |id: &EntityId| names_of(graph, *id).any(|(text, place)| place != Place::Identifier && fold_words(text) == key);
        self.singular.candidates(&key).iter().copied().map(EntityId).filter(called).collect()
    }
}

/// What an entity is called, and where each of these texts stands; its definition is not among them.
pub(super) fn names_of(graph: &Graph, id: EntityId) -> impl Iterator<Item = (&str, Place)> + '_ {
    let identifiers = std::iter::once(graph.slug(id)).chain(graph.xrefs(id)).map(|text| (text, Place::Identifier));
    let name = Some(graph.name(id)).filter(|name| !name.is_empty()).map(|name| (name, Place::Name));
    identifiers.chain(name).chain(graph.synonyms(id).map(|text| (text, Place::Synonym)))
}

impl Graph {
    /// The index of the graph's names, to be kept in a file.
    pub fn name_index(&self) -> &NameIndex {
        self.names.get_or_init(|| NameIndex::new(self))
    }
}

impl Names for Graph {
    fn called(&self, words: &str) -> Vec<EntityId> {
        self.name_index().called(self, words)
    }

    fn longest_name(&self) -> usize {
        self.name_index().longest
    }

    fn like(&self, words: &str, limit: usize) -> Vec<Found> {
        let mut found = self.search(words);
        found.retain(|hit| hit.place != Place::Definition);
        found.truncate(limit);
        found
    }

    fn slug(&self, entity: EntityId) -> &str {
        self.entities.slug(entity)
    }

    fn name(&self, entity: EntityId) -> &str {
        self.entities.name(entity)
    }

    fn kinds(&self, entity: EntityId) -> &[KindId] {
        self.entities.kinds(entity)
    }

    fn kinds_below(&self, entity: EntityId) -> Vec<KindId> {
        let mut kinds: Vec<KindId> = self.descendants(entity).into_iter().flat_map(|id| self.entities.kinds(id)).copied().collect();
        kinds.sort();
        kinds.dedup();
        kinds
    }

    fn kinds_beside(&self, kinds: &[KindId]) -> Vec<KindId> {
        let lists = self.entities.signatures().iter();
        let of_these = lists.filter(|own| own.len() > 1 && own.iter().any(|kind| kinds.contains(kind)));
        let mut beside: Vec<KindId> = of_these.flatten().chain(kinds).copied().collect();
        beside.sort();
        beside.dedup();
        beside
    }

    fn sources(&self) -> Vec<&str> {
        Graph::sources(self).iter().map(|source| source.slug.as_str()).collect()
    }

    fn has_statement(&self, slug: &str) -> bool {
        self.statement_by_slug(slug).is_some()
    }

    fn statements_like(&self, slug: &str, limit: usize) -> Vec<String> {
        let slugs: Vec<_> = self.statements().map(|id| self.statement_slug(id)).collect();
        nearest(slug, slugs.iter().map(|slug| &**slug), limit).into_iter().map(str::to_owned).collect()
    }

    fn properties(&self) -> Vec<&str> {
        self.property_names().collect()
    }

    fn property_type(&self, name: &str) -> (ColumnType, bool) {
        self.entities.property(name).map_or((ColumnType::Any, false), super::column::Column::holds)
    }

    fn texts(&self, qualifier: QualifierId) -> Vec<String> {
        self.column(qualifier).map(super::column::Column::distinct_texts).unwrap_or_default()
    }
}
