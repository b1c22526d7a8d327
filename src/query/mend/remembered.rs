//! Remembered: names that are searched once, however often a query is looked at again.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::model::{ColumnType, EntityId, Found, KindId, Names, QualifierId};

/// What was found, by what was looked for.
type Kept<K, V> = RefCell<HashMap<K, Vec<V>>>;

/// Names that keep what takes long to find.
pub(super) struct Remembered<'a> {
    names: &'a dyn Names,
    like: Kept<(String, usize), Found>,
    texts: Kept<QualifierId, String>,
    values: Kept<(QualifierId, usize), (String, usize)>,
    statements: Kept<String, String>,
}

impl<'a> Remembered<'a> {
    pub fn new(names: &'a dyn Names) -> Remembered<'a> {
        Remembered {
            names,
            like: RefCell::default(),
            texts: RefCell::default(),
            values: RefCell::default(),
            statements: RefCell::default(),
        }
    }
}

/// What is known, or else what is found now.
fn known<K: std::hash::Hash + Eq, V: Clone>(kept: &Kept<K, V>, key: K, find: impl FnOnce(&K) -> Vec<V>) -> Vec<V> {
    if let Some(known) = kept.borrow().get(&key) {
        return known.clone();
    }
    let found = find(&key);
    kept.borrow_mut().insert(key, found.clone());
    found
}

impl Names for Remembered<'_> {
    fn called(&self, words: &str) -> Vec<EntityId> {
        self.names.called(words)
    }

    fn longest_name(&self) -> usize {
        self.names.longest_name()
    }

    fn like(&self, words: &str, limit: usize) -> Vec<Found> {
        known(&self.like, (words.to_owned(), limit), |(words, limit)| self.names.like(words, *limit))
    }

    fn degree(&self, entity: EntityId) -> usize {
        self.names.degree(entity)
    }

    fn slug(&self, entity: EntityId) -> &str {
        self.names.slug(entity)
    }

    fn name(&self, entity: EntityId) -> &str {
        self.names.name(entity)
    }

    fn kinds(&self, entity: EntityId) -> &[KindId] {
        self.names.kinds(entity)
    }

    fn kinds_below(&self, entity: EntityId) -> Vec<KindId> {
        self.names.kinds_below(entity)
    }

    fn kinds_beside(&self, kinds: &[KindId]) -> Vec<KindId> {
        self.names.kinds_beside(kinds)
    }

    fn sources(&self) -> Vec<&str> {
        self.names.sources()
    }

    fn has_statement(&self, slug: &str) -> bool {
        self.names.has_statement(slug)
    }

    fn statements_like(&self, slug: &str, limit: usize) -> Vec<String> {
        known(&self.statements, slug.to_owned(), |slug| self.names.statements_like(slug, limit))
    }

    fn properties(&self) -> Vec<&str> {
        self.names.properties()
    }

    fn property_type(&self, name: &str) -> (ColumnType, bool) {
        self.names.property_type(name)
    }

    fn values(&self, qualifier: QualifierId, limit: usize) -> Vec<(String, usize)> {
        known(&self.values, (qualifier, limit), |(qualifier, limit)| self.names.values(*qualifier, *limit))
    }

    fn texts(&self, qualifier: QualifierId) -> Vec<String> {
        known(&self.texts, qualifier, |qualifier| self.names.texts(*qualifier))
    }
}
