//! Schema: the kinds, relation types and qualifiers that the columns and values of tables amount to; their words are derived later.

use std::collections::BTreeSet;

use crate::model::{KindId, RelationTypeId};
use crate::schema::{Kind, Qualifier, RelationType, Schema, ValueType};
use crate::store::BulkColumn;

use super::header::without_prefix;

/// The predicate that stands for `is_a`.
const SUBCLASS: &str = "subclass_of";

/// Names with a number for each, sorted.
pub(super) struct Numbered {
    names: Vec<String>,
}

impl Numbered {
    /// The kinds in category fields: their members, without the prefix of the model.
    pub(super) fn kinds(fields: &[String]) -> Numbered {
        let names: BTreeSet<&str> = fields.iter().flat_map(|field| categories(field)).collect();
        Numbered { names: names.into_iter().map(str::to_owned).collect() }
    }

    /// The relation types of predicates; the first is `is_a`.
    pub(super) fn relation_types(predicates: &[String]) -> Numbered {
        let mut names: Vec<String> = predicates.iter().map(|predicate| relation_name(predicate).to_owned()).collect();
        names.retain(|name| name != "is_a");
        names.sort_unstable();
        names.dedup();
        names.insert(0, "is_a".to_owned());
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
        let at = self.names.iter().position(|known| known == name).unwrap_or_default();
        u16::try_from(at).unwrap_or_default()
    }

    /// The kinds of a category field, in the order written, each once.
    pub(super) fn kinds_of(&self, field: &str) -> Vec<KindId> {
        let mut kinds: Vec<KindId> = Vec::new();
        for category in categories(field) {
            let kind = KindId(self.place(category));
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// The relation type of a predicate.
    pub(super) fn relation_type_of(&self, predicate: &str) -> RelationTypeId {
        RelationTypeId(self.place(relation_name(predicate)))
    }
}

fn categories(field: &str) -> impl Iterator<Item = &str> {
    field.split('|').map(|category| without_prefix(category.trim())).filter(|category| !category.is_empty())
}

fn relation_name(predicate: &str) -> &str {
    match without_prefix(predicate) {
        SUBCLASS => "is_a",
        name => name,
    }
}

/// What occurs in the tables. `qualifiers` names the qualifiers, by number.
pub(super) fn occurring(name: &str, kinds: &Numbered, types: &Numbered, qualifiers: Vec<(String, ValueType)>) -> Schema {
    let kind = |id: &String| Kind { id: id.clone(), words: Vec::new(), category: Some(format!("biolink:{id}")), definition: None };
    let relation_type = |id: &String| match id.as_str() {
        "is_a" => Schema::is_a(),
        _ => RelationType {
            id: id.clone(),
            from: Vec::new(),
            to: Vec::new(),
            source_nouns: Vec::new(),
            target_nouns: Vec::new(),
            verbs: Vec::new(),
            inverse_verbs: Vec::new(),
            predicate: Some(format!("biolink:{id}")),
            qualifiers: Vec::new(),
            definition: None,
        },
    };
    let qualifier = |(id, value_type)| Qualifier { id, value_type, several: false, words: Vec::new(), definition: None, is_detail: false };
    Schema {
        graph: name.to_owned(),
        title: name.to_owned(),
        definition: String::new(),
        kinds: kinds.names.iter().map(kind).collect(),
        relation_types: types.names.iter().map(relation_type).collect(),
        qualifiers: qualifiers.into_iter().map(qualifier).collect(),
    }
}

/// What a column's values are.
pub(super) fn value_type(column: &BulkColumn) -> ValueType {
    match column {
        BulkColumn::Numbers(_) | BulkColumn::Integers(_) => ValueType::Number,
        BulkColumn::Texts(..) | BulkColumn::Sparse(_) => ValueType::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::Numbered;
    use crate::model::RelationTypeId;

    #[test]
    fn prefixes_do_not_matter_and_is_a_is_first() {
        let names = ["biolink:treats", "treats", "subclass_of", "biolink:affects"].map(str::to_owned);
        let types = Numbered::relation_types(&names);
        assert_eq!(names.map(|name| types.relation_type_of(&name).0), [2, 2, RelationTypeId::IS_A.0, 1]);
        let kinds = Numbered::kinds(&["biolink:Gene|biolink:NamedThing".to_owned(), "Disease|Gene".to_owned(), String::new()]);
        assert_eq!(kinds.kinds_of("Gene|NamedThing|biolink:Gene").len(), 2);
    }
}
