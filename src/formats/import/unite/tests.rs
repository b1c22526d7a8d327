//! Small graphs put together, one rule after the other.

use crate::formats::KnowledgeGraph;
use crate::formats::import::{DraftBuilder, EntityDraft, GraphDraft, assembled_together, draft_of};
use crate::model::{Citation, Direction, EntityId, Hedge, KindId, Value};
use crate::schema::{Noun, ValueType};
use crate::store::{RelationDraft, StatementDraft};

use super::Unification;

/// A graph written row by row.
pub(super) struct Written(pub(super) DraftBuilder);

impl Written {
    pub(super) fn new(name: &str) -> Written {
        Written(DraftBuilder::new(name))
    }

    pub(super) fn kind(&mut self, id: &str, category: &str) -> KindId {
        let kind = self.0.kind(id);
        if let Some(kind) = self.0.kind_mut(kind) {
            kind.category = Some(format!("biolink:{category}")).filter(|_| !category.is_empty());
        }
        kind
    }

    fn entity(&mut self, slug: &str, name: &str, kinds: &[KindId], xrefs: &[&str]) -> EntityId {
        let id = self.0.entity(slug);
        let xrefs = xrefs.iter().map(|xref| (*xref).to_owned()).collect();
        self.0.declare(id, EntityDraft { name: name.to_owned(), kinds: kinds.to_vec(), xrefs, ..EntityDraft::default() });
        id
    }

    pub(super) fn says(&mut self, slug: &str, from: EntityId, relation: &str, to: EntityId, source: &str) {
        let relation_type = self.0.relation_type(relation);
        let source = self.0.source(source, source);
        let evidence = vec![Citation { source, sentences: Vec::new(), publication: None, cohort: None }];
        let statement = StatementDraft {
            slug: slug.to_owned(),
            claim: String::new(),
            evidence,
            jointly: false,
            negated: false,
            hedge: Hedge::default(),
            qualifiers: Vec::new(),
        };
        self.0.statement(statement, vec![RelationDraft { from, relation_type, to, qualifiers: Vec::new() }]);
    }

    pub(super) fn draft(self) -> GraphDraft {
        self.0.finish()
    }
}

pub(super) fn together(drafts: Vec<GraphDraft>) -> (KnowledgeGraph, Unification) {
    let (imported, unification) = assembled_together(drafts).expect("it is small");
    (imported.knowledge, unification)
}

/// The ids of all entities, sorted.
fn slugs(knowledge: &KnowledgeGraph) -> Vec<&str> {
    let mut slugs: Vec<&str> = knowledge.graph.entities().map(|id| knowledge.graph.slug(id)).collect();
    slugs.sort_unstable();
    slugs
}

/// Every relation with its statement and source, by the names of its ends; sorted.
fn told(knowledge: &KnowledgeGraph) -> Vec<String> {
    let graph = &knowledge.graph;
    let named = |id: EntityId| if graph.name(id).is_empty() { graph.slug(id) } else { graph.name(id) };
    let mut told: Vec<String> = graph
        .relations()
        .map(|id| {
            let relation = graph.relation(id);
            let kind = &knowledge.schema.relation_types[relation.relation_type.index()].id;
            let sources: Vec<&str> = graph.sources_of(id).map(|source| graph.source(source).slug.as_str()).collect();
            format!("{} {kind} {} ({})", named(relation.from), named(relation.to), sources.join(", "))
        })
        .collect();
    told.sort();
    told
}

fn pair(left: (&str, &str, &[&str]), right: (&str, &str, &[&str])) -> (GraphDraft, GraphDraft) {
    pair_of_kinds(("thing", ""), left, ("thing", ""), right)
}

fn pair_of_kinds(
    left_kind: (&str, &str),
    left: (&str, &str, &[&str]),
    right_kind: (&str, &str),
    right: (&str, &str, &[&str]),
) -> (GraphDraft, GraphDraft) {
    let mut one = Written::new("one");
    let kind = one.kind(left_kind.0, left_kind.1);
    one.entity(left.0, left.1, &[kind], left.2);
    let mut other = Written::new("other");
    let kind = other.kind(right_kind.0, right_kind.1);
    other.entity(right.0, right.1, &[kind], right.2);
    (one.draft(), other.draft())
}

#[track_caller]
fn joins(pair: impl Fn() -> (GraphDraft, GraphDraft), expected: usize) {
    let (one, other) = pair();
    let (knowledge, unification) = together(vec![one, other]);
    assert_eq!(knowledge.graph.entity_count(), 2 - expected, "{unification}");
    let (one, other) = pair();
    let (knowledge, unification) = together(vec![other, one]);
    assert_eq!(knowledge.graph.entity_count(), 2 - expected, "the other way round: {unification}");
}

#[test]
fn what_shares_an_identifier_is_one() {
    joins(|| pair(("HP:1", "tremor", &[]), ("HP:1", "Tremor", &[])), 1);
    joins(|| pair(("Orphanet:1183", "a", &[]), ("http://www.orpha.net/ORDO/Orphanet_1183", "b", &[])), 1);
    joins(|| pair(("tremor", "tremor", &["hp:1"]), ("HP:1", "Shaking", &[])), 1);
    joins(|| pair(("a", "a", &["UMLS_CUI:C1"]), ("b", "b", &["UMLS:C1"])), 1);
    // An earlier id of the same thing.
    joins(|| pair(("HP:1", "a", &["HP:2", "HP:3"]), ("HP:3", "", &[])), 1);
}

#[test]
fn what_shares_too_little_stays_two() {
    // Bare ids mean something in their own graph alone.
    joins(|| pair(("17", "aspirin", &[]), ("17", "BRCA1", &[])), 0);
    joins(|| pair(("17", "aspirin", &[]), ("17", "Aspirin", &[])), 1);
    joins(|| pair(("_:b1", "", &[]), ("_:b1", "", &[])), 0);
    // A group of diseases is none of its members.
    joins(|| pair(("ORPHA:1", "group", &["OMIM:1", "OMIM:2"]), ("OMIM:1", "member", &[])), 0);
    joins(|| pair(("a", "a", &["UMLS:C1", "UMLS:C2"]), ("b", "b", &["UMLS:C1"])), 0);
    // A paper is about many things, and so is the code of a classification.
    joins(|| pair(("a", "a", &["PMID:1"]), ("b", "b", &["PMID:1"])), 0);
    joins(|| pair(("a", "a", &["ICD10:G25"]), ("b", "b", &["ICD-10:G25"])), 0);
    joins(|| pair(("a", "a", &["tremor"]), ("tremor", "b", &[])), 0);
}

#[test]
fn things_of_different_kinds_stay_two() {
    let (feature, disease) = (("symptom", "PhenotypicFeature"), ("disease", "Disease"));
    joins(|| pair_of_kinds(feature, ("HP:1", "a", &["ORPHA:2"]), disease, ("ORPHA:2", "b", &[])), 0);
    joins(|| pair_of_kinds(("gene", "Gene"), ("HGNC:1", "a", &["UniProtKB:P1"]), ("Protein", ""), ("UniProtKB:P1", "a", &[])), 0);
    // A trigger may be a disease.
    let trigger = ("trigger", "DiseaseOrPhenotypicFeature");
    joins(|| pair_of_kinds(trigger, ("x", "a", &["ORPHA:2"]), disease, ("ORPHA:2", "b", &[])), 1);
    joins(|| pair_of_kinds(trigger, ("x", "a", &["UMLS:C2"]), disease, ("ORPHA:2", "b", &["UMLS:C2"])), 1);
    // Nobody knows of these: an id that is named is enough, an identifier elsewhere is not.
    joins(|| pair_of_kinds(("this", ""), ("x", "a", &["X:1"]), ("that", ""), ("X:1", "b", &[])), 1);
    joins(|| pair_of_kinds(("this", ""), ("x", "a", &["X:1"]), ("that", ""), ("y", "b", &["X:1"])), 0);
}

#[test]
fn two_of_one_graph_stay_two() {
    let drafts = || {
        let mut one = Written::new("one");
        let kind = one.kind("disease", "Disease");
        one.entity("m", "both", &[kind], &["ORPHA:1", "OMIM:2"]);
        let mut other = Written::new("other");
        let kind = other.kind("disease", "Disease");
        other.entity("OMIM:2", "by omim", &[kind], &[]);
        other.entity("ORPHA:1", "by orpha", &[kind], &[]);
        (one.draft(), other.draft())
    };
    let (one, other) = drafts();
    let (knowledge, unification) = together(vec![one, other]);
    assert_eq!(slugs(&knowledge), ["OMIM:2", "m"]);
    assert!(unification.notes.iter().any(|note| note.contains("'by omim' of other")), "{unification}");
    let (one, other) = drafts();
    let (knowledge, _) = together(vec![other, one]);
    assert_eq!(slugs(&knowledge), ["OMIM:2", "ORPHA:1"]);
}

#[test]
fn an_identifier_of_several_joins_nothing() {
    let mut one = Written::new("one");
    one.entity("a", "a", &[], &["X:1"]);
    one.entity("b", "b", &[], &["X:1"]);
    let mut other = Written::new("other");
    other.entity("X:1", "x", &[], &[]);
    let (knowledge, unification) = together(vec![one.draft(), other.draft()]);
    assert_eq!(slugs(&knowledge), ["X:1", "a", "b"]);
    assert!(unification.to_string().contains("1 identifier stands at several entities of one graph"), "{unification}");
}

#[test]
fn an_entity_says_what_all_of_its_graphs_say() {
    let mut one = Written::new("one");
    let trigger = one.kind("trigger", "DiseaseOrPhenotypicFeature");
    let stub = one.0.entity("HP:9");
    let tremor = one.0.entity("tremor");
    one.0.declare(
        tremor,
        EntityDraft {
            name: "tremor".to_owned(),
            kinds: vec![trigger],
            synonyms: vec!["shaking".to_owned()],
            xrefs: vec!["HP:1".to_owned()],
            definition: "It shakes.".to_owned(),
            properties: vec![("note".to_owned(), Value::text("ours")), ("rank".to_owned(), Value::Integer(1))],
        },
    );
    one.says("s1", stub, "goes_with", tremor, "here");
    let mut other = Written::new("other");
    let symptom = other.kind("symptom", "PhenotypicFeature");
    other.entity("HP:9", "nine", &[symptom], &[]);
    let shaking = other.0.entity("HP:1");
    other.0.declare(
        shaking,
        EntityDraft {
            name: "Tremors, all".to_owned(),
            kinds: vec![symptom],
            synonyms: vec!["Shaking".to_owned(), "trembling".to_owned()],
            xrefs: vec!["hp:1".to_owned(), "UMLS:C1".to_owned()],
            definition: "Oscillation.".to_owned(),
            properties: vec![
                ("note".to_owned(), Value::text("theirs")),
                ("rank".to_owned(), Value::Integer(2)),
                ("only".to_owned(), Value::Boolean(true)),
            ],
        },
    );
    let (knowledge, unification) = together(vec![one.draft(), other.draft()]);
    let graph = &knowledge.graph;
    assert_eq!(slugs(&knowledge), ["HP:9", "tremor"]);
    let id = graph.by_slug("tremor").expect("it is there");
    assert_eq!((graph.name(id), graph.definition(id)), ("tremor", Some("It shakes.")));
    assert_eq!(graph.synonyms(id).collect::<Vec<_>>(), ["shaking", "Tremors, all", "trembling"]);
    assert_eq!(graph.xrefs(id).collect::<Vec<_>>(), ["HP:1", "UMLS:C1"]);
    let kinds: Vec<&str> = graph.kinds(id).iter().map(|kind| knowledge.schema.kinds[kind.index()].id.as_str()).collect();
    assert_eq!(kinds, ["trigger", "symptom"]);
    assert_eq!(graph.property(id, "note"), Some(Value::List(vec![Value::text("ours"), Value::text("theirs")])));
    assert_eq!((graph.property(id, "rank"), graph.property(id, "rank_other")), (Some(Value::Integer(1)), Some(Value::Integer(2))));
    assert_eq!(graph.property(id, "only"), Some(Value::Boolean(true)));
    assert_eq!(graph.property(id, "other_definition"), Some(Value::text("Oscillation.")));
    assert!(unification.to_string().contains("'rank_other'"), "{unification}");
    let nine = graph.by_slug("HP:9").expect("it is there");
    assert_eq!(graph.name(nine), "nine", "what one graph only mentions, the other declares");
}

#[test]
fn statements_keep_their_ids_and_sources() {
    let graph = |name: &str, slug: &str, second: &str| {
        let mut written = Written::new(name);
        let (one, two, three) = (written.entity("X:1", "one", &[], &[]), written.entity("X:2", "two", &[], &[]), written.0.entity("X:3"));
        written.says(slug, one, "treats", two, name);
        written.says("same", one, "treats", two, "shared");
        written.says(second, one, "treats", three, "shared");
        written.draft()
    };
    let (knowledge, unification) = together(vec![graph("a", "s", "t"), graph("b", "s", "u")]);
    let graph = &knowledge.graph;
    assert_eq!(graph.relation_count(), 5, "{unification}");
    for slug in ["s", "b/s", "same", "t", "u"] {
        assert!(graph.statement_by_slug(slug).is_some(), "{slug}");
    }
    assert_eq!(
        told(&knowledge),
        ["one treats X:3 (shared)", "one treats X:3 (shared)", "one treats two (a)", "one treats two (b)", "one treats two (shared)"]
    );
    assert_eq!(unification.repeated, 1);
    assert!(unification.to_string().contains("1 of b begin with 'b/'"), "{unification}");
}

#[test]
fn words_belong_to_the_first_graph_that_uses_them() {
    let mut one = Written::new("one");
    let (disease, symptom) = (one.kind("disease", ""), one.kind("symptom", ""));
    let (a, b) = (one.entity("a", "a", &[disease], &[]), one.entity("b", "b", &[symptom], &[]));
    one.says("s1", a, "has_symptom", b, "x");
    let shows = one.0.relation_type("has_symptom");
    if let Some(shows) = one.0.relation_type_mut(shows) {
        shows.target_nouns = vec![Noun { one: "symptom".to_owned(), many: "symptoms".to_owned() }];
        shows.verbs = vec!["shows".to_owned()];
    }
    let mut other = Written::new("other");
    let gene = other.kind("Gene", "");
    let (c, d) = (other.entity("c", "c", &[gene], &[]), other.entity("d", "d", &[gene], &[]));
    other.says("s2", c, "expresses", d, "x");
    let expresses = other.0.relation_type("expresses");
    if let Some(expresses) = other.0.relation_type_mut(expresses) {
        expresses.target_nouns = vec![Noun { one: "symptom".to_owned(), many: "symptoms".to_owned() }];
        expresses.verbs = vec!["shows".to_owned(), "makes".to_owned()];
    }
    let (one, other) = (together(vec![one.draft()]).0, together(vec![other.draft()]).0);
    let (knowledge, unification) = together(vec![draft_of(&one), draft_of(&other)]);
    let expresses = &knowledge.schema.relation_types[knowledge.schema.relation_type("expresses").expect("it is there").index()];
    assert_eq!((expresses.target_nouns.len(), expresses.verbs.as_slice()), (0, &["makes".to_owned()][..]));
    assert_eq!((expresses.from.len(), expresses.to.len()), (1, 1), "its ends are told by the data");
    assert!(unification.to_string().contains("'shows' of other"), "{unification}");
}

#[test]
fn qualifiers_of_different_sorts_are_told_apart() {
    let graph = |name: &str, value_type: ValueType, value: fn(EntityId) -> Value| {
        let mut written = Written::new(name);
        let (one, two) = (written.entity("X:1", "one", &[], &[]), written.entity("X:2", "two", &[], &[]));
        let qualifier = written.0.qualifier("onset", value_type, false);
        let relation_type = written.0.relation_type("treats");
        let statement = StatementDraft {
            slug: format!("{name}-1"),
            claim: "It does.".to_owned(),
            evidence: Vec::new(),
            jointly: false,
            negated: true,
            hedge: Hedge::default(),
            qualifiers: Vec::new(),
        };
        written
            .0
            .statement(statement, vec![RelationDraft { from: one, relation_type, to: two, qualifiers: vec![(qualifier, value(two))] }]);
        written.draft()
    };
    let entity = || graph("b", ValueType::Entity(Vec::new()), Value::Entity);
    let (knowledge, unification) = together(vec![graph("a", ValueType::Text, |_| Value::text("late")), entity(), entity()]);
    let ids: Vec<&str> = knowledge.schema.qualifiers.iter().map(|qualifier| qualifier.id.as_str()).collect();
    assert_eq!(ids, ["onset", "onset_b", "onset_b-2"].map(|id| id.replace('-', "_")), "{unification}");
    let graph = &knowledge.graph;
    let two = graph.by_slug("X:2").expect("it is there");
    let relations: Vec<_> = graph.relations_of(graph.by_slug("X:1").expect("it is there"), Direction::Outgoing).collect();
    assert_eq!(relations.len(), 3);
    let values: Vec<Value> = relations.iter().flat_map(|id| graph.qualifiers(*id)).map(|(_, value)| value).collect();
    assert_eq!(values.iter().filter(|value| **value == Value::Entity(two)).count(), 2);
    assert!(relations.iter().all(|id| graph.is_denied(*id) && graph.statement_of(*id).claim == "It does."));
}

#[test]
fn raw_graphs_and_whole_ones_go_together() {
    let mut raw = Written::new("raw");
    let disease = raw.kind("disease", "Disease");
    let (a, b) = (raw.entity("X:1", "one", &[disease], &[]), raw.0.entity("X:2"));
    raw.says("s1", a, "has_symptom", b, "raw");
    let mut more = Written::new("more");
    let symptom = more.kind("symptom", "PhenotypicFeature");
    more.entity("X:2", "two", &[symptom], &[]);
    let oms = || draft_of(&crate::formats::embedded::oms());
    let count = oms().entities.slugs.len();
    let (knowledge, unification) = together(vec![raw.draft(), oms(), more.draft()]);
    assert_eq!(knowledge.graph.entity_count(), count + 2, "{unification}");
    let names: Vec<&str> = unification.graphs.iter().map(|graph| graph.name.as_str()).collect();
    assert_eq!(names, ["raw", "more", "oms"], "{unification}");
    let symptom = knowledge.schema.kind("symptom").expect("it is there");
    assert!(knowledge.graph.has_kind(knowledge.graph.by_slug("X:2").expect("it is there"), symptom));
}

#[test]
fn a_graph_with_itself_is_the_same_graph() {
    let oms = crate::formats::embedded::oms();
    let (twice, unification) = together(vec![draft_of(&oms), draft_of(&oms)]);
    let (once, _) = together(vec![draft_of(&oms)]);
    assert_eq!(unification.repeated, oms.graph.statement_count(), "{unification}");
    let (once, twice) = (crate::formats::embedded::encode(&once), crate::formats::embedded::encode(&rename(twice, &oms)));
    let differs = once.iter().zip(&twice).position(|(left, right)| left != right);
    assert_eq!((differs, once.len()), (None, twice.len()), "every byte is the same");
}

/// The graph under the name of another.
fn rename(mut knowledge: KnowledgeGraph, like: &KnowledgeGraph) -> KnowledgeGraph {
    let schema = &like.schema;
    (knowledge.schema.graph, knowledge.schema.title) = (schema.graph.clone(), schema.title.clone());
    knowledge.schema.definition = schema.definition.clone();
    knowledge
}

#[test]
fn a_noun_for_what_stands_there_is_no_other_meaning() {
    let mut terms = Written::new("terms");
    let symptom = terms.kind("symptom", "PhenotypicFeature");
    terms.entity("HP:1", "tremor", &[symptom], &[]);
    let mut notes = Written::new("notes");
    let disease = notes.kind("disease", "Disease");
    let (one, two) = (notes.entity("X:1", "one", &[disease], &[]), notes.0.entity("HP:1"));
    notes.says("s1", one, "shows", two, "x");
    let shows = notes.0.relation_type("shows");
    if let Some(shows) = notes.0.relation_type_mut(shows) {
        shows.target_nouns = vec![Noun { one: "symptom".to_owned(), many: "symptoms".to_owned() }];
    }
    let (knowledge, unification) = together(vec![terms.draft(), notes.draft()]);
    let shows = &knowledge.schema.relation_types[knowledge.schema.relation_type("shows").expect("it is there").index()];
    assert_eq!(shows.target_nouns.len(), 1, "{unification}");
    assert_eq!(shows.to, [knowledge.schema.kind("symptom").expect("it is there")]);
}
