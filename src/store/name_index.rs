//! Name index: from what people type to the entities that are called so; the store's side of the trait `Names`.

use serde::{Deserialize, Serialize};

use crate::diagnostic::nearest;
use crate::model::{EntityId, FoldedIndex, Found, KindId, Names, Place, QualifierId, Value, fold, fold_words, singular_words};

use super::graph::Graph;

/// Folded names and the entities that are called so. Built when a name is first asked for, unless it was kept in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameIndex {
    exact: FoldedIndex,
    singular: FoldedIndex,
    longest: u32,
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
                    singular.push((singular_words(&key), id.0));
                }
                exact.push((key, id.0));
            }
        }
        NameIndex {
            exact: FoldedIndex::new(exact),
            singular: FoldedIndex::new(singular),
            longest: u32::try_from(longest).unwrap_or(u32::MAX),
        }
    }

    /// Whether every number in it stands for one of so many entities.
    pub fn fits(&self, entities: usize) -> bool {
        [&self.exact, &self.singular].iter().all(|index| index.largest().is_none_or(|largest| (largest as usize) < entities))
    }

    fn called(&self, graph: &Graph, words: &str) -> Vec<EntityId> {
        let key = fold(words);
        let places = self.exact.candidates(&key).map(EntityId).filter_map(|id| {
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
        self.singular.candidates(&key).map(EntityId).filter(called).collect()
    }
}

/// What an entity is called, and where each of these texts stands; its definition is not among them.
pub(super) fn names_of(graph: &Graph, id: EntityId) -> impl Iterator<Item = (&str, Place)> {
    let entity = graph.entity(id);
    let identifiers = std::iter::once(&entity.slug).chain(&entity.xrefs).map(|text| (text.as_str(), Place::Identifier));
    let names = std::iter::once((entity.name.as_str(), Place::Name));
    identifiers.chain(names).chain(entity.synonyms.iter().map(|text| (text.as_str(), Place::Synonym)))
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
        self.name_index().longest as usize
    }

    fn like(&self, words: &str, limit: usize) -> Vec<Found> {
        let mut found = self.search(words);
        found.retain(|hit| hit.place != Place::Definition);
        found.truncate(limit);
        found
    }

    fn slug(&self, entity: EntityId) -> &str {
        &self.entity(entity).slug
    }

    fn name(&self, entity: EntityId) -> &str {
        &self.entity(entity).name
    }

    fn kinds(&self, entity: EntityId) -> &[KindId] {
        &self.entity(entity).kinds
    }

    fn kinds_below(&self, entity: EntityId) -> Vec<KindId> {
        let mut kinds: Vec<KindId> = self.descendants(entity).into_iter().flat_map(|id| self.entity(id).kinds.iter().copied()).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    }

    fn kinds_beside(&self, kinds: &[KindId]) -> Vec<KindId> {
        let of_these =
            self.entities().map(|id| &self.entity(id).kinds).filter(|own| own.len() > 1 && own.iter().any(|kind| kinds.contains(kind)));
        let mut beside: Vec<KindId> = of_these.flatten().chain(kinds).copied().collect();
        beside.sort();
        beside.dedup();
        beside
    }

    fn sources(&self) -> Vec<&str> {
        self.data().sources.iter().map(|source| source.slug.as_str()).collect()
    }

    fn has_statement(&self, slug: &str) -> bool {
        self.data().statements.binary_search_by(|statement| statement.slug.as_str().cmp(slug)).is_ok()
    }

    fn statements_like(&self, slug: &str, limit: usize) -> Vec<String> {
        let slugs = self.data().statements.iter().map(|statement| statement.slug.as_str());
        nearest(slug, slugs, limit).into_iter().map(str::to_owned).collect()
    }

    fn properties(&self) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.data().entities.iter().flat_map(|entity| entity.properties.iter().map(|(name, _)| name.as_str())).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn texts(&self, qualifier: QualifierId) -> Vec<String> {
        let mut texts: Vec<String> = self
            .relations()
            .filter_map(|relation| self.qualifier(relation, qualifier))
            .flat_map(Value::members)
            .filter_map(|value| match value {
                Value::Text(text) => Some(text.to_string()),
                _ => None,
            })
            .collect();
        texts.sort();
        texts.dedup();
        texts
    }
}
