//! Schema: what a schema that was made from data lacks, derived from the data: words for phrases, ends and qualifiers of relation types.

mod retype;
mod words;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::diagnostic::Complaints;
use crate::formats::curated;
use crate::model::{Direction, KindId, QualifierId, RelationTypeId, Value, fold_words};
use crate::schema::{Noun, RelationType, Schema, ValueType};
use crate::store::{Column, Graph};

use super::{GraphDraft, is_graph};

use words::{doer, inverse, is_mutual, plural, possession, spaced, spoken};

/// The schema with what its makers left empty: words, and the ends and qualifiers of relation types, as the data has them.
pub(super) fn completed(mut schema: Schema, graph: &Graph) -> Schema {
    for kind in schema.kinds.iter_mut().filter(|kind| kind.words.is_empty()) {
        let one = spaced(&kind.id);
        let one = if one.is_empty() { kind.id.clone() } else { one };
        let many = plural(&one);
        kind.words = vec![one, many];
    }
    for qualifier in &mut schema.qualifiers {
        let said = qualifier.id.replace('_', " ");
        if qualifier.words.is_empty() && said != qualifier.id {
            qualifier.words = vec![said];
        }
    }
    give_ends(&mut schema, graph);
    give_qualifiers(&mut schema, graph);
    let mut taken = Taken::new(&schema);
    for relation_type in &mut schema.relation_types {
        taken.give_words(relation_type);
    }
    if schema.definition.is_empty() {
        schema.definition =
            format!("A graph of {} entities and {} relations that was imported.", graph.entity_count(), graph.relation_count());
    }
    schema
}

/// Puts a user's schema file over what a draft says of itself: words, ends, types of values. Gives one line for each column that
/// holds values of another type than the file gives it; such values stay what they were.
///
/// # Errors
/// Every fault of the file, each with its place.
pub fn overridden(draft: &mut GraphDraft, file: &Path) -> Result<Vec<String>, Complaints> {
    let mut notes = Vec::new();
    for retyped in curated::overridden(&mut draft.schema, file)? {
        let Some(column) = draft.relations.qualifiers.get_mut(retyped.qualifier.index()) else { continue };
        let (values, others, first) = retype::retyped(std::mem::take(column), &retyped);
        *column = values;
        if let Some(first) = first {
            let qualifier = &draft.schema.qualifiers[retyped.qualifier.index()].id;
            let hint = if retyped.whole.is_none() && first.parse::<f64>().is_ok() {
                " (`whole = 1` or `whole = 100` says what a bare number is a part of)"
            } else {
                ""
            };
            notes.push(format!(
                "{others} values of '{qualifier}' are not of the type {} and stay as they are; the first is '{first}'{hint}",
                retyped.value_type.word()
            ));
        }
    }
    Ok(notes)
}

/// The schema file that lies beside the first of these sources that is no graph already: in a folder that is one, or next to a file.
pub fn schema_beside(sources: &[PathBuf]) -> Option<PathBuf> {
    let source = sources.iter().find(|source| !is_graph(source))?;
    let folder = if source.is_dir() { source } else { source.parent()? };
    // That of a curated folder belongs to the graph there.
    let file = folder.join("schema.toml");
    (file.is_file() && !folder.join("entities.toml").exists()).then_some(file)
}

/// The kinds at the ends of relation types that say nothing of them. What has no kind can be anything, so then any kind will do.
fn give_ends(schema: &mut Schema, graph: &Graph) {
    let statistics = graph.statistics();
    for (at, relation_type) in schema.relation_types.iter_mut().enumerate() {
        let id = RelationTypeId(u16::try_from(at).unwrap_or_default());
        if id == RelationTypeId::IS_A || !relation_type.from.is_empty() || !relation_type.to.is_empty() {
            continue;
        }
        let counts = statistics.of_type(id);
        let bare = |direction: Direction| graph.active(direction, id).any(|(entity, _)| graph.kinds(entity).is_empty());
        let kinds_at = |direction: Direction, kinds: &[KindId]| if bare(direction) { Vec::new() } else { kinds.to_vec() };
        relation_type.from = kinds_at(Direction::Outgoing, &counts.kinds_at_starts);
        relation_type.to = kinds_at(Direction::Incoming, &counts.kinds_at_ends);
    }
}

/// The qualifiers that at least one relation of each type has, behind those that are known.
fn give_qualifiers(schema: &mut Schema, graph: &Graph) {
    let types = schema.relation_types.len();
    for at in 0..u16::try_from(schema.qualifiers.len()).unwrap_or(u16::MAX) {
        let id = QualifierId(at);
        let Some(column) = graph.column(id) else { continue };
        let value_type = &mut schema.qualifiers[id.index()].value_type;
        if let ValueType::Entity(kinds) = value_type
            && kinds.is_empty()
        {
            *kinds = kinds_within(column, graph);
        }
        let mut having = vec![false; types];
        let mut missing = types;
        for relation in graph.relations().filter(|relation| column.has(relation.index())) {
            let has = having.get_mut(graph.relation_type(relation).index());
            if let Some(has) = has.filter(|has| !**has) {
                *has = true;
                missing -= 1;
            }
            if missing == 0 {
                break;
            }
        }
        for (relation_type, _) in schema.relation_types.iter_mut().zip(&having).filter(|(_, has)| **has) {
            if !relation_type.qualifiers.contains(&id) {
                relation_type.qualifiers.push(id);
            }
        }
    }
}

/// The first kinds of the entities that a column names; none, which means any, if one of them has no kind.
fn kinds_within(column: &Column, graph: &Graph) -> Vec<KindId> {
    let mut kinds = BTreeSet::new();
    for value in graph.relations().filter_map(|relation| column.get(relation.index())) {
        for member in value.members() {
            if let Value::Entity(entity) = member {
                match graph.kinds(*entity).first() {
                    Some(kind) => _ = kinds.insert(*kind),
                    None => return Vec::new(),
                }
            }
        }
    }
    kinds.into_iter().collect()
}

/// What words mean already, each in its singular: a noun that would mean a second thing is not made.
struct Taken {
    /// Words of kinds, with the kind.
    kinds: Vec<(String, KindId)>,
    others: BTreeSet<String>,
}

impl Taken {
    fn new(schema: &Schema) -> Taken {
        let kinds = (0u16..).zip(&schema.kinds);
        let kinds = kinds.flat_map(|(at, kind)| kind.words.iter().chain([&kind.id]).map(move |word| (fold_words(word), KindId(at))));
        let mut others: BTreeSet<String> = BTreeSet::new();
        for relation_type in &schema.relation_types {
            let nouns = relation_type.source_nouns.iter().chain(&relation_type.target_nouns).flat_map(|noun| [&noun.one, &noun.many]);
            others.extend(nouns.map(|word| fold_words(word)));
        }
        others.extend(schema.qualifiers.iter().map(|qualifier| fold_words(&qualifier.id)));
        Taken { kinds: kinds.collect(), others }
    }

    /// Whether a noun is free for entities of these kinds: a kind of that name must be one of them.
    fn is_free(&mut self, one: &str, kinds: &[KindId]) -> bool {
        let folded = fold_words(one);
        let is_other_kind = self.kinds.iter().any(|(word, kind)| *word == folded && !kinds.contains(kind));
        !is_other_kind && self.others.insert(folded)
    }

    /// Gives a relation type the words that it lacks: `has_phenotype` can be asked for as `phenotypes of`, unless that means
    /// something already.
    fn give_words(&mut self, relation_type: &mut RelationType) {
        let said = relation_type.verbs.first().cloned().or_else(|| spoken(&relation_type.id));
        let Some(said) = said else { return };
        let noun = |(one, many)| Noun { one, many };
        if relation_type.source_nouns.is_empty() && relation_type.target_nouns.is_empty() {
            if let Some(made) = doer(&said).filter(|(one, _)| self.is_free(one, &relation_type.from)) {
                relation_type.source_nouns.push(noun(made));
            }
            if let Some(made) = possession(&said).filter(|(one, _)| self.is_free(one, &relation_type.to)) {
                relation_type.target_nouns.push(noun(made));
            }
        }
        if relation_type.inverse_verbs.is_empty() {
            relation_type.inverse_verbs = inverse(&said);
            // Where the ends cannot be taken for each other, the verb itself will do: `gene associates disease`.
            let (from, to) = (&relation_type.from, &relation_type.to);
            let are_apart = !from.is_empty() && !to.is_empty() && !from.iter().any(|kind| to.contains(kind));
            if are_apart && is_mutual(&said) {
                relation_type.inverse_verbs.push(said.clone());
            }
        }
        if relation_type.verbs.is_empty() && said != relation_type.id {
            relation_type.verbs.push(said);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::overridden;
    use crate::formats::import::{DraftBuilder, EntityDraft, GraphDraft, assembled};
    use crate::model::Hedge;
    use crate::schema::ValueType;
    use crate::store::{RelationDraft, StatementDraft};
    use crate::{Complaints, Session};

    /// Two drugs and a disease; the shares in which they help are texts, one of them none.
    fn draft() -> GraphDraft {
        let mut draft = DraftBuilder::new("drugs");
        let (drug, disease) = (draft.kind("Drug"), draft.kind("Disease"));
        let helps = draft.relation_type("CtD");
        let share = draft.qualifier("share", ValueType::Text, false);
        let target = draft.entity("d:1");
        draft.declare(target, EntityDraft { name: "ataxia".to_owned(), kinds: vec![disease], ..EntityDraft::default() });
        for (number, written) in ["45%", "0.5", "often"].into_iter().enumerate() {
            let source = draft.entity(&format!("c:{number}"));
            draft.declare(source, EntityDraft { name: format!("drug {number}"), kinds: vec![drug], ..EntityDraft::default() });
            let statement = StatementDraft {
                slug: format!("s{number}"),
                claim: String::new(),
                evidence: Vec::new(),
                jointly: false,
                negated: false,
                hedge: Hedge::default(),
                qualifiers: vec![(share, crate::model::Value::text(written))],
            };
            let relation = RelationDraft { from: source, relation_type: helps, to: target, qualifiers: Vec::new() };
            draft.statement(statement, vec![relation]);
        }
        draft.finish()
    }

    fn with(file: &str) -> (GraphDraft, Result<Vec<String>, Complaints>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("schema.toml");
        std::fs::write(&path, file).unwrap();
        let mut draft = draft();
        let notes = overridden(&mut draft, &path);
        (draft, notes)
    }

    #[test]
    fn a_file_gives_words_and_types() {
        let file =
            "[[relation]]\nid = \"CtD\"\nverbs = [\"helps against\"]\n\n[[qualifier]]\nid = \"share\"\ntype = \"percentage\"\nwhole = 1\n";
        let (draft, notes) = with(file);
        assert_eq!(notes.unwrap(), ["1 values of 'share' are not of the type percentage and stay as they are; the first is 'often'"]);
        let mut session = Session::of(assembled(draft).unwrap().knowledge);
        let mut names =
            |query: &str| -> Vec<String> { session.ask(query).unwrap().rows.iter().map(|row| row.cells[0].to_string()).collect() };

        assert_eq!(names("what helps against ataxia where share > 40%"), ["drug 0", "drug 1"]);
        assert_eq!(names("drug CtD disease where share > 47%"), ["drug 1"]);
    }

    #[test]
    fn what_the_data_has_not_is_a_fault_with_its_place() {
        let (_, notes) = with("[[kind]]\nid = \"Drog\"\n\n[[qualifier]]\nid = \"share\"\ntype = \"percent\"\n");
        let complaints = notes.unwrap_err();
        let shown: Vec<String> =
            complaints.diagnostics().iter().map(|complaint| format!("{complaint} {}", complaint.help.join("; "))).collect();
        assert!(shown[0].contains("schema.toml:2:6") && shown[0].contains("did you mean 'Drug'"), "{shown:?}");
        assert!(shown[1].contains("schema.toml:6:8") && shown[1].contains("'percentage'"), "{shown:?}");
        assert_eq!(complaints.class().exit_status(), 3);
    }
}
