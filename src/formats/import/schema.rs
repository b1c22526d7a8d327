//! Schema: what a schema that was made from data lacks, derived from the data: words for phrases, ends and qualifiers of relation types.

use std::collections::BTreeSet;

use crate::model::{Direction, KindId, QualifierId, RelationTypeId, fold_words};
use crate::schema::{Noun, RelationType, Schema};
use crate::store::Graph;

/// The schema with what its makers left empty: words, and the ends and qualifiers of relation types, as the data has them.
pub(super) fn completed(mut schema: Schema, graph: &Graph) -> Schema {
    let statistics = graph.statistics();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for kind in schema.kinds.iter_mut().filter(|kind| kind.words.is_empty()) {
        let one = spaced(&kind.id);
        let many = plural(&one);
        kind.words = vec![one, many];
    }
    taken.extend(schema.kinds.iter().flat_map(|kind| kind.words.iter().chain([&kind.id])).map(|word| fold_words(word)));
    taken.extend(schema.relation_types.iter().map(|relation_type| fold_words(&relation_type.id)));
    taken.extend(schema.qualifiers.iter().map(|qualifier| fold_words(&qualifier.id)));
    for qualifier in &mut schema.qualifiers {
        let spoken = qualifier.id.replace('_', " ");
        if qualifier.words.is_empty() && spoken != qualifier.id {
            qualifier.words = vec![spoken];
        }
    }
    let qualifiers = schema.qualifiers.len();
    for (at, relation_type) in schema.relation_types.iter_mut().enumerate() {
        let id = RelationTypeId(u16::try_from(at).unwrap_or_default());
        let counts = statistics.of_type(id);
        let bare = |direction: Direction| graph.active(direction, id).any(|(entity, _)| graph.kinds(entity).is_empty());
        let kinds_at = |direction: Direction, kinds: &[KindId]| if bare(direction) { Vec::new() } else { kinds.to_vec() };
        if id != RelationTypeId::IS_A {
            relation_type.from = kinds_at(Direction::Outgoing, &counts.kinds_at_starts);
            relation_type.to = kinds_at(Direction::Incoming, &counts.kinds_at_ends);
            give_words(relation_type, &mut taken);
        }
        relation_type.qualifiers = qualifiers_of(graph, id, qualifiers);
    }
    schema.definition = format!("A graph of {} entities and {} relations that was imported.", graph.entity_count(), graph.relation_count());
    schema
}

/// Words of a relation type: `has_phenotype` can be asked for as `phenotypes of`, unless that means something already.
fn give_words(relation_type: &mut RelationType, taken: &mut BTreeSet<String>) {
    let id = &relation_type.id;
    let spoken = id.replace('_', " ");
    if relation_type.target_nouns.is_empty()
        && let Some(one) = spoken.strip_prefix("has ").filter(|rest| !rest.is_empty())
        && taken.insert(fold_words(one))
    {
        relation_type.target_nouns.push(Noun { one: one.to_owned(), many: plural(one) });
    }
    let reads_well = spoken != *id && !id.chars().any(char::is_uppercase);
    if relation_type.verbs.is_empty() && reads_well {
        relation_type.verbs.push(spoken);
    }
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
    use super::{plural, spaced};

    #[test]
    fn names_become_words() {
        assert_eq!(spaced("BiologicalProcess"), "biological process");
        assert_eq!(spaced("RNAProduct"), "rna product");
        assert_eq!(spaced("body_part"), "body part");
        assert_eq!((plural("anatomy"), plural("pathway"), plural("process")), ("anatomies".into(), "pathways".into(), "processes".into()));
    }
}
