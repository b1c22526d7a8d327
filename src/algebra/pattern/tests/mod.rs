//! Tests: phrases on the embedded graph, and the patterns that they stand for.

mod comparisons;
mod conditions;
mod forms;
mod trees;

use crate::algebra::{Member, Query, pattern, print};
use crate::formats::KnowledgeGraph;
use crate::formats::embedded::oms;

use crate::model::{EntityId, KindId, QualifierId, RelationId, RelationTypeId, Vocabulary};
use crate::query::resolve::{Context, Memory, resolve};
use crate::query::syntax::{MOST_OPERANDS, parse};
use crate::schema::Lexicon;

/// The names of the embedded graph.
struct Names<'a>(&'a KnowledgeGraph);

impl Vocabulary for Names<'_> {
    fn kind(&self, kind: KindId) -> &str {
        &self.0.schema.kinds[kind.index()].id
    }

    fn relation_type(&self, relation_type: RelationTypeId) -> &str {
        &self.0.schema.relation_types[relation_type.index()].id
    }

    fn label(&self, relation_type: RelationTypeId) -> &str {
        &self.0.schema.relation_types[relation_type.index()].id
    }

    fn qualifier(&self, qualifier: QualifierId) -> &str {
        &self.0.schema.qualifiers[qualifier.index()].id
    }

    fn entity(&self, entity: EntityId) -> &str {
        self.0.graph.slug(entity)
    }

    fn kinds(&self) -> usize {
        self.0.schema.kinds.len()
    }

    fn relation_types(&self) -> usize {
        self.0.schema.relation_types.len()
    }

    fn qualifiers(&self) -> usize {
        self.0.schema.qualifiers.len()
    }
}

/// What a text means on the embedded graph.
fn meaning(knowledge: &KnowledgeGraph, text: &str, memory: &Memory) -> Query {
    let request = parse(text).unwrap_or_else(|faults| panic!("`{text}` is refused: {faults:#?}"));
    let query = request.query().expect("a query");
    let lexicon = Lexicon::new(&knowledge.schema);
    let context =
        Context { schema: &knowledge.schema, lexicon: &lexicon, names: &knowledge.graph, memory, parameters: &Default::default() };
    resolve(query, context).unwrap_or_else(|fault| panic!("`{text}` means nothing: {fault:#?}"))
}

/// What was asked before: two entities and a row.
fn memory() -> Memory {
    let member = |id: u32, support: Vec<RelationId>, certain: bool| Member { entity: EntityId(id), support, certain };
    Memory {
        it: Some(vec![member(1, vec![RelationId(3)], true), member(2, Vec::new(), false)]),
        rows: Some(vec![vec![RelationId(4), RelationId(7)]]),
        named: [("named kids".to_owned(), vec![member(1, Vec::new(), true)])].into(),
    }
}

/// That texts stand for these patterns, which are indented for the eye.
fn assert_patterns(rows: &[(&str, &str)]) {
    let knowledge = oms();
    for (text, expected) in rows {
        let query = meaning(&knowledge, text, &memory());
        assert_eq!(pattern(&query, &Names(&knowledge)), dedented(expected), "`{text}`");
    }
}

/// The text without its first line, which is empty, and without the indentation of the second.
fn dedented(text: &str) -> String {
    let lines = text.trim_start_matches('\n');
    let indentation = lines.len() - lines.trim_start().len();
    lines.lines().map(|line| line.get(indentation..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Every question that the graph was curated to answer has a pattern, its brackets paired and one clause a line.
#[test]
fn every_question_has_a_pattern() {
    let knowledge = oms();
    for question in &knowledge.questions {
        let query = meaning(&knowledge, &question.query, &Memory::default());
        let text = pattern(&query, &Names(&knowledge));
        for (open, close) in [('(', ')'), ('[', ']'), ('{', '}')] {
            assert_eq!(text.matches(open).count(), text.matches(close).count(), "`{}`:\n{text}", question.query);
        }
        assert!(text.contains("RETURN ") && !text.contains("\n\n"), "`{}`:\n{text}", question.query);
        assert_eq!(text, pattern(&query, &Names(&knowledge)), "`{}`", question.query);
        assert!(!print(&query, &Names(&knowledge)).is_empty());
    }
}

/// As many operands, and as deep, as a query may have: no panic, no exhausted stack.
#[test]
fn the_largest_queries_have_a_pattern() {
    let knowledge = oms();
    let wide = |word: &str| vec!["causes"; MOST_OPERANDS].join(word);
    let deep = format!("{}causes{}", "(symptoms or (causes but not ".repeat(40), "))".repeat(40));
    let nouns = format!("{}neuroblastoma", "supertypes of ".repeat(MOST_OPERANDS - 1));
    for text in [wide(" and "), wide(" or "), wide(" but not "), deep, nouns] {
        let query = meaning(&knowledge, &text, &Memory::default());
        assert!(pattern(&query, &Names(&knowledge)).contains("RETURN "));
        assert!(print(&query, &Names(&knowledge)).lines().count() > 200);
    }
}
