//! Name index: from what people type to the entities that are called so; the store's side of the trait `Names`.

use std::collections::HashMap;

use crate::diagnostic::nearest;
use crate::model::{EntityId, Found, KindId, Names, Place, QualifierId, Value, fold, fold_words};

use super::graph::Graph;

/// Folded names and what is called so. Built when a name is first asked for.
#[derive(Debug, Default)]
pub(super) struct NameIndex {
    exact: HashMap<String, Vec<(Place, EntityId)>>,
    singular: HashMap<String, Vec<EntityId>>,
    longest: usize,
}

impl NameIndex {
    fn new(graph: &Graph) -> NameIndex {
        let mut index = NameIndex { longest: 1, ..NameIndex::default() };
        for id in graph.entities() {
            for (text, place) in names_of(graph, id) {
                let key = fold(text);
                index.longest = index.longest.max(key.split(' ').count());
                if place != Place::Identifier {
                    let entities = index.singular.entry(fold_words(text)).or_default();
                    if !entities.contains(&id) {
                        entities.push(id);
                    }
                }
                index.exact.entry(key).or_default().push((place, id));
            }
        }
        index
    }

    fn called(&self, words: &str) -> Vec<EntityId> {
        let mut entities = match self.exact.get(&fold(words)) {
            Some(places) => {
                let strongest = places.iter().map(|(place, _)| *place).min();
                places.iter().filter(|(place, _)| Some(*place) == strongest).map(|(_, id)| *id).collect()
            }
            None => self.singular.get(&fold_words(words)).cloned().unwrap_or_default(),
        };
        entities.sort();
        entities.dedup();
        entities
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
    fn name_index(&self) -> &NameIndex {
        self.names.get_or_init(|| NameIndex::new(self))
    }
}

impl Names for Graph {
    fn called(&self, words: &str) -> Vec<EntityId> {
        self.name_index().called(words)
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
