//! Edges: the columns of the table of relations, and the fields of each.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;

use serde_json::{Value, json};

use crate::answer::{Cell, Certainty, CitationRecord, RelationRecord, Subgraph, Words};
use crate::model::{Measure, Quantity};

use super::nature::{Nature, Scalar, header, scalars};
use super::row::{Field, any_needs_escapes};
use super::{follows, predicate};

/// The names that have a meaning of their own in this table.
const FIXED: [&str; 27] = [
    "id",
    "subject",
    "predicate",
    "object",
    "relation",
    "statement",
    "negated",
    "primary_knowledge_source",
    "publications",
    "citations",
    "supporting_text",
    "extent",
    "confidence",
    "hedge_words",
    "jointly",
    "jointly_with",
    "certainty",
    "frequency_qualifier",
    "onset_qualifier",
    "sex_qualifier",
    "has_count",
    "has_total",
    "has_quotient",
    "has_percentage",
    "edge_label",
    "pubs",
    "escaped",
];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Id,
    Subject,
    Predicate,
    Object,
    RelationType,
    Statement,
    Negated,
    Source,
    Publications,
    Citations,
    Claim,
    Extent,
    Confidence,
    HedgeWords,
    Jointly,
    JointlyWith,
    Certainty,
    Qualifier(usize, Option<&'static str>),
    /// A qualifier under the name that the Biolink model has for it.
    Standard(usize),
    /// A figure of a qualifier, for those who read no intervals.
    Figure(usize, Figure),
}

/// What a frequency amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Figure {
    Count,
    Total,
    Quotient,
    Percentage,
}

/// The columns.
pub(super) struct Edges<'w> {
    words: &'w Words,
    contents: Vec<Content>,
    pub names: Vec<String>,
    /// For each source whose title is not its id, the number of the relation that tells it.
    titles: Vec<(String, usize)>,
}

/// What was seen of the relations.
#[derive(Default)]
struct Seen {
    contents: Vec<Content>,
    qualifiers: Vec<Nature>,
}

impl Seen {
    fn note(&mut self, content: Content, is_there: bool) {
        if is_there && !self.contents.contains(&content) {
            self.contents.push(content);
        }
    }

    fn meet(&mut self, relation: &RelationRecord<'_>, says_type: &[bool]) {
        self.note(Content::RelationType, !says_type[relation.relation_type]);
        self.note(Content::Statement, relation.member.is_some());
        self.note(Content::Negated, relation.denied);
        self.note(Content::Source, !relation.citations.is_empty());
        self.note(Content::Publications, relation.citations.iter().any(|citation| citation.publication.is_some()));
        self.note(Content::Citations, !is_simple(&relation.citations));
        self.note(Content::Claim, !relation.claim.is_empty());
        if let Some(hedge) = &relation.hedge {
            self.note(Content::Extent, hedge.extent.is_some());
            self.note(Content::Confidence, hedge.confidence != "stated");
            self.note(Content::HedgeWords, hedge.words.is_some());
        }
        self.note(Content::Jointly, relation.jointly);
        self.note(Content::JointlyWith, !relation.jointly_with.is_empty());
        self.note(Content::Certainty, relation.certainty == Certainty::Possible);
        for (place, cell) in &relation.qualifiers {
            self.qualifiers[*place].meet(cell);
            for (content, is_there) in figures(*place, cell) {
                self.note(content, is_there);
            }
        }
    }
}

impl<'w> Edges<'w> {
    /// Looks at every relation to find out which columns there have to be.
    pub(super) fn new(graph: &'w dyn Subgraph) -> io::Result<Edges<'w>> {
        let words = graph.words();
        let mut seen = Seen { qualifiers: vec![Nature::default(); words.qualifiers.len()], ..Seen::default() };
        let says_type: Vec<bool> = words.relation_types.iter().map(|known| follows_predicate(predicate(known), &known.id)).collect();
        let mut told: BTreeSet<String> = BTreeSet::new();
        let mut titles = Vec::new();
        graph.relations(&mut |relation| {
            seen.meet(relation, &says_type);
            for citation in relation.citations.iter().filter(|citation| citation.title != citation.source) {
                if !told.contains(citation.source) {
                    told.insert(citation.source.to_owned());
                    titles.push((citation.source.to_owned(), relation.number));
                }
            }
            Ok(())
        })?;
        seen.note(Content::Citations, !titles.is_empty());
        let mut edges = Edges { words, contents: Vec::new(), names: Vec::new(), titles };
        edges.lay_out(&seen);
        Ok(edges)
    }

    /// Whether any relation holds what cannot stand in a table as it is.
    pub(super) fn need_escapes(&self, graph: &dyn Subgraph) -> io::Result<bool> {
        let mut needed = false;
        graph.relations(&mut |relation| {
            needed = needed || any_needs_escapes(&self.fields(relation));
            Ok(())
        })?;
        Ok(needed)
    }

    fn lay_out(&mut self, seen: &Seen) {
        const ORDER: [(Content, &str); 17] = [
            (Content::Id, "id"),
            (Content::Subject, "subject"),
            (Content::Predicate, "predicate"),
            (Content::Object, "object"),
            (Content::RelationType, "relation"),
            (Content::Negated, "negated"),
            (Content::Source, "primary_knowledge_source"),
            (Content::Publications, "publications"),
            (Content::Claim, "supporting_text"),
            (Content::Citations, "citations"),
            (Content::Statement, "statement"),
            (Content::Extent, "extent"),
            (Content::Confidence, "confidence"),
            (Content::HedgeWords, "hedge_words"),
            (Content::Jointly, "jointly"),
            (Content::JointlyWith, "jointly_with"),
            (Content::Certainty, "certainty"),
        ];
        for (place, (content, name)) in ORDER.into_iter().enumerate() {
            if place < 4 || seen.contents.contains(&content) {
                self.push(content, name.to_owned());
            }
        }
        for (place, nature) in seen.qualifiers.iter().enumerate().filter(|(_, nature)| nature.is_met()) {
            let word = &self.words.qualifiers[place];
            let (name, mark) = header(&word.id, *nature, Some(word.column_type), &FIXED);
            self.push(Content::Qualifier(place, mark), name);
        }
        for (place, nature) in seen.qualifiers.iter().enumerate().filter(|(_, nature)| nature.is_met()) {
            let id = self.words.qualifiers[place].id.as_str();
            if let "frequency" | "onset" | "sex" = id {
                self.push(Content::Standard(place), format!("{id}_qualifier"));
            }
            let is_frequency = id == "frequency";
            for (figure, name) in [
                (Figure::Count, "has_count"),
                (Figure::Total, "has_total"),
                (Figure::Quotient, "has_quotient"),
                (Figure::Percentage, "has_percentage"),
            ] {
                let content = Content::Figure(place, figure);
                if is_frequency && nature.is_met() && seen.contents.contains(&content) {
                    self.push(content, name.to_owned());
                }
            }
        }
    }

    fn push(&mut self, content: Content, name: String) {
        self.contents.push(content);
        self.names.push(name);
    }

    /// The fields of a relation.
    pub(super) fn fields<'e>(&'e self, relation: &'e RelationRecord<'_>) -> Vec<Field<'e>> {
        self.contents.iter().map(|content| self.field(*content, relation)).collect()
    }

    fn field<'e>(&'e self, content: Content, relation: &'e RelationRecord<'_>) -> Field<'e> {
        let hedge = relation.hedge.as_ref();
        let qualifier = |place: usize| relation.qualifiers.iter().find(|(known, _)| *known == place).map(|(_, cell)| cell);
        let word = &self.words.relation_types[relation.relation_type];
        match content {
            Content::Id => match relation.id() {
                Cow::Borrowed(id) => Field::words(id),
                Cow::Owned(id) => Field::Single(Scalar::Text(id.into())),
            },
            Content::Subject => Field::words(relation.from.id),
            Content::Predicate => Field::words(predicate(word)),
            Content::Object => Field::words(relation.to.id),
            Content::RelationType => Field::words(&word.id),
            Content::Statement if relation.member.is_some() => Field::words(&relation.statement),
            Content::Negated => truth(relation.denied),
            Content::Source => relation.citations.first().map_or(Field::Nothing, |citation| Field::words(citation.source)),
            Content::Publications => publications(&relation.citations),
            Content::Citations => self.citations(relation),
            Content::Claim => Field::words(&relation.claim),
            Content::Extent => hedge.and_then(|hedge| hedge.extent).map_or(Field::Nothing, Field::words),
            Content::Confidence => {
                hedge.map(|hedge| hedge.confidence).filter(|word| *word != "stated").map_or(Field::Nothing, Field::words)
            }
            // Words that are empty are words still.
            Content::HedgeWords => {
                let words = hedge.and_then(|hedge| hedge.words.as_deref());
                words.map_or(Field::Nothing, |words| Field::Single(Scalar::Text(words.into())))
            }
            Content::Jointly => truth(relation.jointly),
            Content::JointlyWith => Field::list(relation.jointly_with.iter().map(|entity| entity.id.as_str())),
            Content::Certainty if relation.certainty == Certainty::Possible => Field::words("possible"),
            Content::Qualifier(place, mark) => qualifier(place).map_or(Field::Nothing, |cell| Field::of_cell(cell, scalars(cell, mark))),
            Content::Standard(place) => qualifier(place).map_or(Field::Nothing, |cell| Field::of_cell(cell, scalars(cell, None))),
            Content::Figure(place, figure) => qualifier(place)
                .and_then(|cell| number_of(cell, figure))
                .map_or(Field::Nothing, |number| Field::Single(Scalar::Literal(format!("{number}")))),
            Content::Statement | Content::Certainty => Field::Nothing,
        }
    }

    /// The whole evidence, where the columns of the model do not say all of it.
    fn citations<'e>(&self, relation: &RelationRecord<'_>) -> Field<'e> {
        let tells =
            |citation: &CitationRecord<'_>| self.titles.iter().any(|(source, at)| *at == relation.number && source == citation.source);
        if is_simple(&relation.citations) && !relation.citations.iter().any(tells) {
            return Field::Nothing;
        }
        let mut told: Vec<&str> = Vec::new();
        let objects = relation.citations.iter().map(|citation| {
            let mut object = serde_json::Map::new();
            object.insert("source".to_owned(), json!(citation.source));
            if tells(citation) && !told.contains(&citation.source) {
                told.push(citation.source);
                object.insert("title".to_owned(), json!(citation.title));
            }
            if !citation.sentences.is_empty() {
                object.insert("sentences".to_owned(), json!(citation.sentences));
            }
            if let Some(publication) = &citation.publication {
                object.insert("publication".to_owned(), json!(publication));
            }
            if let Some((n, of)) = citation.cohort {
                object.insert("cohort".to_owned(), json!([n, of]));
            }
            Scalar::Object(Value::Object(object))
        });
        Field::List(objects.collect())
    }
}

/// Whether a predicate says which relation type it stands for.
fn follows_predicate(predicate: &str, id: &str) -> bool {
    if id == "is_a" { predicate == "biolink:subclass_of" } else { predicate != "biolink:subclass_of" && follows(predicate, id) }
}

/// Whether the columns of the model say all of these citations: one source, and its publications if there are any.
fn is_simple(citations: &[CitationRecord<'_>]) -> bool {
    let Some(first) = citations.first() else { return true };
    let mut publications = BTreeSet::new();
    citations.iter().all(|citation| {
        citation.source == first.source && citation.sentences.is_empty() && citation.cohort.is_none() && !citation.source.is_empty()
    }) && match citations {
        [only] => only.publication.as_deref() != Some(""),
        several => several.iter().all(|citation| {
            citation.publication.as_deref().is_some_and(|publication| !publication.is_empty() && publications.insert(publication))
        }),
    }
}

fn publications<'e>(citations: &'e [CitationRecord<'_>]) -> Field<'e> {
    let mut known: Vec<&str> = Vec::new();
    for publication in citations.iter().filter_map(|citation| citation.publication.as_deref()) {
        if !known.contains(&publication) {
            known.push(publication);
        }
    }
    Field::list(known)
}

fn truth<'e>(holds: bool) -> Field<'e> {
    if holds { Field::Single(Scalar::Literal("true".to_owned())) } else { Field::Nothing }
}

/// Which figures a value amounts to.
fn figures(place: usize, cell: &Cell) -> [(Content, bool); 4] {
    [Figure::Count, Figure::Total, Figure::Quotient, Figure::Percentage]
        .map(|figure| (Content::Figure(place, figure), number_of(cell, figure).is_some()))
}

fn number_of(cell: &Cell, figure: Figure) -> Option<f64> {
    let Cell::Quantity(quantity) = cell else { return None };
    let value = quantity.exact_value()?;
    let Quantity { measure, .. } = quantity;
    match (measure, figure) {
        (Measure::Ratio { spoken: false, .. }, Figure::Count) => Some(value),
        (Measure::Ratio { of, spoken: false }, Figure::Total) => Some(*of),
        (Measure::Ratio { of, .. }, Figure::Quotient) => Some(value / of),
        (Measure::Percentage, Figure::Percentage) => Some(value),
        _ => None,
    }
}
