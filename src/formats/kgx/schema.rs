//! Schema: the kinds, relation types and qualifiers that a table's columns and values amount to, with words for phrases.

use std::collections::BTreeSet;

use crate::model::{Direction, KindId, QualifierId, RelationTypeId, fold_words};
use crate::schema::{Kind, Noun, Qualifier, RelationType, Schema, ValueType};
use crate::store::{BulkColumn, Graph};

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

/// The schema of a graph that was imported. `qualifiers` names the qualifiers, by number.
pub(super) fn derived(name: &str, graph: &Graph, kinds: &Numbered, types: &Numbered, qualifiers: &[(String, ValueType)]) -> Schema {
    let statistics = graph.statistics();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let kinds: Vec<Kind> = kinds.names.iter().map(|id| kind(id)).collect();
    taken.extend(kinds.iter().flat_map(|kind| kind.words.iter().chain([&kind.id])).map(|word| fold_words(word)));
    taken.extend(types.names.iter().map(|name| fold_words(name)));
    taken.extend(qualifiers.iter().map(|(name, _)| fold_words(name)));
    let mut relation_types = Vec::with_capacity(types.names.len());
    for (at, id) in types.names.iter().enumerate() {
        let relation_type = RelationTypeId(u16::try_from(at).unwrap_or_default());
        let counts = statistics.of_type(relation_type);
        let bare = |direction: Direction| graph.active(direction, relation_type).any(|(entity, _)| graph.kinds(entity).is_empty());
        let kinds_at = |direction: Direction, kinds: &[KindId]| if bare(direction) { Vec::new() } else { kinds.to_vec() };
        let mut derived = if at == 0 { Schema::is_a() } else { relation_type_named(id, &mut taken) };
        if at > 0 {
            derived.from = kinds_at(Direction::Outgoing, &counts.kinds_at_starts);
            derived.to = kinds_at(Direction::Incoming, &counts.kinds_at_ends);
        }
        derived.qualifiers = qualifiers_of(graph, relation_type, qualifiers.len());
        relation_types.push(derived);
    }
    Schema {
        graph: name.to_owned(),
        title: name.to_owned(),
        definition: format!("A graph of {} entities and {} relations that was imported.", graph.entity_count(), graph.relation_count()),
        kinds,
        relation_types,
        qualifiers: qualifiers.iter().map(|(name, value_type)| qualifier(name, value_type.clone())).collect(),
    }
}

fn kind(id: &str) -> Kind {
    let one = spaced(id);
    let many = plural(&one);
    Kind { id: id.to_owned(), words: vec![one, many], category: Some(format!("biolink:{id}")), definition: None }
}

/// A relation type with its words: `has_phenotype` can be asked for as `phenotypes of`, unless that means something already.
fn relation_type_named(id: &str, taken: &mut BTreeSet<String>) -> RelationType {
    let spoken = id.replace('_', " ");
    let mut target_nouns = Vec::new();
    if let Some(one) = spoken.strip_prefix("has ").filter(|rest| !rest.is_empty())
        && taken.insert(fold_words(one))
    {
        target_nouns.push(Noun { one: one.to_owned(), many: plural(one) });
    }
    let reads_well = spoken != id && !id.chars().any(char::is_uppercase);
    RelationType {
        id: id.to_owned(),
        from: Vec::new(),
        to: Vec::new(),
        source_nouns: Vec::new(),
        target_nouns,
        verbs: if reads_well { vec![spoken] } else { Vec::new() },
        inverse_verbs: Vec::new(),
        predicate: Some(format!("biolink:{id}")),
        qualifiers: Vec::new(),
        definition: None,
    }
}

fn qualifier(name: &str, value_type: ValueType) -> Qualifier {
    let spoken = name.replace('_', " ");
    let words = if spoken == name { Vec::new() } else { vec![spoken] };
    Qualifier { id: name.to_owned(), value_type, several: false, words, definition: None }
}

/// The qualifiers that at least one relation of a type has.
fn qualifiers_of(graph: &Graph, relation_type: RelationTypeId, count: usize) -> Vec<QualifierId> {
    let has = |id: &QualifierId| {
        graph.column(*id).is_some_and(|column| {
            let mut positions = graph.active(Direction::Outgoing, relation_type).flat_map(|(_, span)| span);
            positions.any(|position| column.has(graph.relation_at(Direction::Outgoing, position).index()))
        })
    };
    (0..u16::try_from(count).unwrap_or(u16::MAX)).map(QualifierId).filter(has).collect()
}

/// What a column's values are.
pub(super) fn value_type(column: &BulkColumn) -> ValueType {
    match column {
        BulkColumn::Numbers(_) | BulkColumn::Integers(_) => ValueType::Number,
        BulkColumn::Texts(..) => ValueType::Text,
    }
}

/// The words of a name: `BiologicalProcess` and `biological_process` are both `biological process`; `RNAProduct` is `rna product`.
fn spaced(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut words = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(at + 1);
        let begins = letter.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit())
                || (before.is_some_and(char::is_uppercase) && after.is_some_and(|after| after.is_lowercase())));
        if begins {
            words.push(' ');
        }
        if *letter == '_' { words.push(' ') } else { words.extend(letter.to_lowercase()) }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The plural of English words, by the ending alone.
fn plural(words: &str) -> String {
    let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|ending| words.ends_with(ending));
    match words.strip_suffix('y') {
        Some(stem) if stem.ends_with(|letter: char| letter.is_alphabetic() && !"aeiou".contains(letter)) => format!("{stem}ies"),
        _ if sibilant => format!("{words}es"),
        _ => format!("{words}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Numbered, plural, spaced};
    use crate::model::RelationTypeId;

    #[test]
    fn names_become_words() {
        assert_eq!(spaced("BiologicalProcess"), "biological process");
        assert_eq!(spaced("RNAProduct"), "rna product");
        assert_eq!(spaced("body_part"), "body part");
        assert_eq!((plural("anatomy"), plural("pathway"), plural("process")), ("anatomies".into(), "pathways".into(), "processes".into()));
    }

    #[test]
    fn prefixes_do_not_matter_and_is_a_is_first() {
        let names = ["biolink:treats", "treats", "subclass_of", "biolink:affects"].map(str::to_owned);
        let types = Numbered::relation_types(&names);
        assert_eq!(names.map(|name| types.relation_type_of(&name).0), [2, 2, RelationTypeId::IS_A.0, 1]);
        let kinds = Numbered::kinds(&["biolink:Gene|biolink:NamedThing".to_owned(), "Disease|Gene".to_owned(), String::new()]);
        assert_eq!(kinds.kinds_of("Gene|NamedThing|biolink:Gene").len(), 2);
    }
}
