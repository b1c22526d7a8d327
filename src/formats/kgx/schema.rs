//! Schema: the kinds, relation types and qualifiers that the columns and values of tables amount to; their words are derived later.

use std::collections::BTreeMap;

use crate::formats::import::is_detail;
use crate::model::{KindId, RelationTypeId};
use crate::schema::{Kind, Qualifier, RelationType, Schema, ValueType};

use super::edges::BETWEEN;
use super::header::without_prefix;
use super::nodes::Named;

/// The predicate that stands for `is_a`.
const SUBCLASS: &str = "subclass_of";

/// Names with a number for each, sorted, and what the Biolink model calls them.
pub(super) struct Numbered {
    names: Vec<(String, Option<String>)>,
}

impl Numbered {
    /// The kinds of nodes: their own ids, or categories without the prefix of the model.
    pub(super) fn kinds(lists: &[Vec<Named>]) -> Numbered {
        let mut names: BTreeMap<&str, Option<String>> = BTreeMap::new();
        for named in lists.iter().flatten() {
            let category = match &named.category {
                Some(category) if without_prefix(category) != category => Some(category.clone()),
                Some(_) => None,
                None => Some(format!("biolink:{}", without_prefix(&named.id))),
            };
            let known = names.entry(without_prefix(&named.id)).or_default();
            *known = known.take().or(category);
        }
        Numbered { names: names.into_iter().map(|(name, category)| (name.to_owned(), category)).collect() }
    }

    /// The relation types of predicates; the first is `is_a`.
    pub(super) fn relation_types(predicates: &[Box<[u8]>]) -> Numbered {
        let mut names: BTreeMap<String, Option<String>> = BTreeMap::new();
        for key in predicates {
            let (name, predicate) = relation(key);
            let known = names.entry(name).or_default();
            *known = known.take().or(predicate);
        }
        let is_a = names.remove("is_a").flatten();
        let mut names: Vec<(String, Option<String>)> = names.into_iter().collect();
        names.insert(0, ("is_a".to_owned(), is_a));
        Numbered { names }
    }

    /// Whether there are more than identifiers can tell apart.
    pub(super) fn is_too_many(&self) -> bool {
        self.names.len() > usize::from(u16::MAX)
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    fn place(&self, name: &str) -> u16 {
        let at = self.names.iter().position(|(known, _)| known == name).unwrap_or_default();
        u16::try_from(at).unwrap_or_default()
    }

    /// The kinds of a list, in the order written, each once.
    pub(super) fn kinds_of(&self, list: &[Named]) -> Vec<KindId> {
        let mut kinds: Vec<KindId> = Vec::new();
        for named in list {
            let kind = KindId(self.place(without_prefix(&named.id)));
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// The relation type of a predicate.
    pub(super) fn relation_type_of(&self, key: &[u8]) -> RelationTypeId {
        RelationTypeId(self.place(&relation(key).0))
    }
}

/// The id of a relation type and its predicate, from our own id and the predicate or from the predicate alone.
fn relation(key: &[u8]) -> (String, Option<String>) {
    let text = String::from_utf8_lossy(key);
    let biolink = |name: &str| format!("biolink:{name}");
    match text.split_once(char::from(BETWEEN)) {
        Some((own, predicate)) => {
            let is_known = without_prefix(predicate) != predicate && without_prefix(predicate) != "related_to";
            (own.to_owned(), is_known.then(|| predicate.to_owned()))
        }
        None => match without_prefix(&text) {
            SUBCLASS => ("is_a".to_owned(), Some(biolink(SUBCLASS))),
            name => (name.to_owned(), Some(biolink(name))),
        },
    }
}

/// A qualifier with what its values are.
pub(super) struct Qualified {
    pub id: String,
    pub value_type: ValueType,
    pub several: bool,
}

/// What occurs in the tables. The qualifiers are by number.
pub(super) fn occurring(name: &str, kinds: Numbered, types: Numbered, qualifiers: Vec<Qualified>) -> Schema {
    let kind = |(id, category)| Kind { id, words: Vec::new(), category, definition: None };
    let relation_type = |(id, predicate): (String, Option<String>)| match id.as_str() {
        "is_a" => Schema::is_a(),
        _ => RelationType {
            id,
            from: Vec::new(),
            to: Vec::new(),
            source_nouns: Vec::new(),
            target_nouns: Vec::new(),
            verbs: Vec::new(),
            inverse_verbs: Vec::new(),
            predicate,
            qualifiers: Vec::new(),
            definition: None,
        },
    };
    let qualifier = |Qualified { id, value_type, several }| {
        let is_detail = is_detail(&id);
        Qualifier { id, value_type, several, words: Vec::new(), definition: None, is_detail }
    };
    Schema {
        graph: name.to_owned(),
        title: name.to_owned(),
        definition: String::new(),
        kinds: kinds.names.into_iter().map(kind).collect(),
        relation_types: types.names.into_iter().map(relation_type).collect(),
        qualifiers: qualifiers.into_iter().map(qualifier).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, Numbered};
    use crate::model::RelationTypeId;

    fn named(ids: &[&str]) -> Vec<Named> {
        ids.iter().map(|id| Named { id: (*id).to_owned(), category: None }).collect()
    }

    #[test]
    fn prefixes_do_not_matter_and_is_a_is_first() {
        let names = ["biolink:treats", "treats", "subclass_of", "biolink:affects"];
        let keys: Vec<Box<[u8]>> = names.iter().map(|name| Box::from(name.as_bytes())).collect();
        let types = Numbered::relation_types(&keys);
        let places: Vec<u16> = keys.iter().map(|key| types.relation_type_of(key).0).collect();
        assert_eq!(places, [2, 2, RelationTypeId::IS_A.0, 1]);
        let kinds = Numbered::kinds(&[named(&["biolink:Gene", "Biolink:NamedThing"]), named(&["Disease", "Gene"]), Vec::new()]);
        assert_eq!(kinds.kinds_of(&named(&["Gene", "NamedThing", "biolink:Gene"])).len(), 2);
    }

    #[test]
    fn our_own_relation_comes_before_the_predicate() {
        let keys: [Box<[u8]>; 2] = [Box::from(&b"has_symptom\x1fbiolink:has_phenotype"[..]), Box::from(&b"odd\x1fbiolink:related_to"[..])];
        let types = Numbered::relation_types(&keys);
        let told: Vec<(&str, Option<&str>)> = types.names.iter().map(|(name, predicate)| (name.as_str(), predicate.as_deref())).collect();
        assert_eq!(told, [("is_a", None), ("has_symptom", Some("biolink:has_phenotype")), ("odd", None)]);
    }
}
