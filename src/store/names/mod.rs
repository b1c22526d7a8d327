//! Names: from what people type to the entities that are called so or nearly so; the store's side of the trait `Names`.

mod beginnings;
mod hashes;
mod index;
mod score;
mod search;
#[cfg(test)]
mod tests;
mod texts;
mod typo;
mod values;
mod words;

use crate::diagnostic::nearest;
use crate::model::{ColumnType, EntityId, Found, KindId, Names, QualifierId};

use super::graph::Graph;

pub use beginnings::Begun;
pub use index::NameIndex;

impl Names for Graph {
    fn called(&self, words: &str) -> Vec<EntityId> {
        self.name_index().called(self, words)
    }

    fn longest_name(&self) -> usize {
        self.name_index().longest()
    }

    fn like(&self, words: &str, limit: usize) -> Vec<Found> {
        self.search_names(words, limit)
    }

    fn degree(&self, entity: EntityId) -> usize {
        Graph::degree(self, entity)
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
        /// Among more statements than these nobody knows one by heart, and a look at all of them would be felt.
        const MOST_COMPARED: usize = 100_000;
        if self.statement_count() > MOST_COMPARED {
            return Vec::new();
        }
        let slugs: Vec<_> = self.statements().map(|id| self.statement_slug(id)).collect();
        nearest(slug, slugs.iter().map(|slug| &**slug), limit).into_iter().map(str::to_owned).collect()
    }

    fn properties(&self) -> Vec<&str> {
        self.property_names().collect()
    }

    fn property_type(&self, name: &str) -> (ColumnType, bool) {
        self.entities.property(name).map_or((ColumnType::Any, false), super::column::Column::holds)
    }

    fn values(&self, qualifier: QualifierId, limit: usize) -> Vec<(String, usize)> {
        values::of(self, qualifier, limit)
    }

    fn texts(&self, qualifier: QualifierId) -> Vec<String> {
        self.column(qualifier).map(super::column::Column::distinct_texts).unwrap_or_default()
    }
}
