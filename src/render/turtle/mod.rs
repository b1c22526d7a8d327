//! Turtle: a graph as RDF 1.2: relations as triples, and what is said of each relation at a reifier of its triple.
//!
//! A relation that a statement denies is no triple: only its reifier speaks of it.

mod names;

use std::collections::BTreeSet;
use std::io::{self, Write};

use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{BlankNode, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use oxttl::TurtleSerializer;
use oxttl::turtle::WriterTurtleSerializer;

use crate::answer::{Cell, Certainty, CitationRecord, EntityRecord, RelationRecord, Subgraph, Words};
use crate::model::{Measure, Quantity};

use names::{OURS, PREFIXES, entity, model_word, ours};

const ALTERNATIVE_LABEL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#altLabel");
const DEFINITION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#definition");
const CROSS_REFERENCE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.geneontology.org/formats/oboInOwl#hasDbXref");
const SOURCE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://purl.org/dc/terms/source");
const TITLE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://purl.org/dc/terms/title");
const REIFIES: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies");

type Serializer<'o> = WriterTurtleSerializer<&'o mut dyn Write>;

/// Writes the graph.
pub(super) fn write(graph: &dyn Subgraph, out: &mut dyn Write) -> io::Result<()> {
    let words = graph.words();
    let mut serializer = prefixed(graph)?.for_writer(out);
    write_words(&mut serializer, words)?;
    graph.entities(&mut |entity| write_entity(&mut serializer, words, entity))?;
    let mut told: BTreeSet<String> = BTreeSet::new();
    graph.relations(&mut |relation| {
        write_relation(&mut serializer, words, relation)?;
        for citation in relation.citations.iter().filter(|citation| citation.title != citation.source) {
            if !told.contains(citation.source) {
                told.insert(citation.source.to_owned());
                let source = Term::NamedNode(source_name(citation));
                say(&mut serializer, &source, TITLE, Literal::new_simple_literal(citation.title))?;
            }
        }
        Ok(())
    })?;
    serializer.finish()?;
    Ok(())
}

/// The serializer, with those prefixes that the ids of entities and sources can use.
fn prefixed(graph: &dyn Subgraph) -> io::Result<TurtleSerializer> {
    let mut used: BTreeSet<usize> = BTreeSet::new();
    graph.entities(&mut |entity| {
        used.extend(names::prefix_of(entity.id));
        Ok(())
    })?;
    let fixed = [
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
        ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
        ("skos", "http://www.w3.org/2004/02/skos/core#"),
        ("dcterms", "http://purl.org/dc/terms/"),
        ("oboInOwl", "http://www.geneontology.org/formats/oboInOwl#"),
        ("biolink", "https://w3id.org/biolink/vocab/"),
    ];
    let parts = ["entity", "kind", "relation", "property", "qualifier", "statement", "source", "vocabulary"];
    let ours = parts.map(|part| (part, format!("{OURS}{part}:")));
    let foreign = used.into_iter().map(|place| (PREFIXES[place].0, PREFIXES[place].1.to_owned()));
    let all = fixed.map(|(name, base)| (name, base.to_owned())).into_iter().chain(ours).chain(foreign);
    let mut serializer = TurtleSerializer::new();
    for (name, base) in all {
        serializer = serializer.with_prefix(name, base).map_err(io::Error::other)?;
    }
    Ok(serializer)
}

/// What kinds and relation types are.
fn write_words(serializer: &mut Serializer<'_>, words: &Words) -> io::Result<()> {
    for kind in &words.kinds {
        let name = Term::NamedNode(ours("kind", &kind.id));
        say(serializer, &name, rdfs::LABEL, Literal::new_simple_literal(kind.id.replace('_', " ")))?;
        if let Some(category) = kind.category.as_deref().and_then(model_word) {
            say(serializer, &name, rdfs::SUB_CLASS_OF, category)?;
        }
    }
    for relation_type in words.relation_types.iter().filter(|relation_type| relation_type.id != "is_a") {
        let name = Term::NamedNode(ours("relation", &relation_type.id));
        say(serializer, &name, rdfs::LABEL, Literal::new_simple_literal(&relation_type.label))?;
        if let Some(predicate) = relation_type.predicate.as_deref().and_then(model_word) {
            say(serializer, &name, rdfs::SUB_PROPERTY_OF, predicate)?;
        }
    }
    Ok(())
}

fn write_entity(serializer: &mut Serializer<'_>, words: &Words, record: &EntityRecord<'_>) -> io::Result<()> {
    let name = Term::NamedNode(entity(record.id));
    for kind in words.kinds(record) {
        say(serializer, &name, rdf::TYPE, ours("kind", kind))?;
    }
    say(serializer, &name, rdfs::LABEL, Literal::new_simple_literal(record.called()))?;
    for synonym in &record.synonyms {
        say(serializer, &name, ALTERNATIVE_LABEL, Literal::new_simple_literal(*synonym))?;
    }
    for reference in &record.xrefs {
        say(serializer, &name, CROSS_REFERENCE, Literal::new_simple_literal(*reference))?;
    }
    if let Some(definition) = record.definition {
        say(serializer, &name, DEFINITION, Literal::new_simple_literal(definition))?;
    }
    for (place, cell) in &record.properties {
        say_values(serializer, &name, ours("property", &words.properties[*place]).as_ref(), cell)?;
    }
    Ok(())
}

fn write_relation(serializer: &mut Serializer<'_>, words: &Words, relation: &RelationRecord<'_>) -> io::Result<()> {
    let relation_type = words.relation_type(relation);
    let predicate = if relation_type == "is_a" { rdfs::SUB_CLASS_OF.into_owned() } else { ours("relation", relation_type) };
    let triple = Triple::new(entity(relation.from.id), predicate, entity(relation.to.id));
    if !relation.denied {
        serializer.serialize_triple(triple.as_ref())?;
    }
    let reifier = Term::NamedNode(ours("statement", &relation.id()));
    say(serializer, &reifier, REIFIES, triple)?;
    if relation.member.is_some() {
        say(serializer, &reifier, own("statement").as_ref(), ours("statement", &relation.statement))?;
    }
    let mut say_words = |name: &str, text: &str| {
        if text.is_empty() {
            return Ok(());
        }
        say(serializer, &reifier, own(name).as_ref(), Literal::new_simple_literal(text))
    };
    say_words("claim", &relation.claim)?;
    if let Some(hedge) = &relation.hedge {
        say_words("extent", hedge.extent.unwrap_or_default())?;
        say_words("confidence", hedge.confidence)?;
        say_words("hedgeWords", hedge.words.as_deref().unwrap_or_default())?;
    }
    if relation.certainty == Certainty::Possible {
        say_words("certainty", "possible")?;
    }
    for (name, _) in [("negated", relation.denied), ("jointly", relation.jointly)].into_iter().filter(|(_, holds)| *holds) {
        say(serializer, &reifier, own(name).as_ref(), Literal::from(true))?;
    }
    for other in &relation.jointly_with {
        say(serializer, &reifier, own("jointlyWith").as_ref(), entity(&other.id))?;
    }
    for (place, cell) in &relation.qualifiers {
        say_values(serializer, &reifier, ours("qualifier", &words.qualifiers[*place].id).as_ref(), cell)?;
    }
    for (place, citation) in relation.citations.iter().enumerate() {
        write_citation(serializer, &reifier, citation, (relation.number, place))?;
    }
    Ok(())
}

/// Who says so: the source alone, or a node with the source and the place in it.
fn write_citation(
    serializer: &mut Serializer<'_>,
    reifier: &Term,
    citation: &CitationRecord<'_>,
    (relation, place): (usize, usize),
) -> io::Result<()> {
    let source = source_name(citation);
    if citation.sentences.is_empty() && citation.publication.is_none() && citation.cohort.is_none() {
        return say(serializer, reifier, SOURCE, source);
    }
    let node = Term::BlankNode(BlankNode::new_unchecked(format!("c{relation}x{place}")));
    say(serializer, reifier, own("citation").as_ref(), node.clone())?;
    say(serializer, &node, SOURCE, source)?;
    for sentence in citation.sentences.iter() {
        say(serializer, &node, own("sentence").as_ref(), integer(i64::from(*sentence)))?;
    }
    if let Some(publication) = &citation.publication {
        // One of a known collection has an address; anything else is a text.
        match names::prefix_of(publication) {
            Some(_) => say(serializer, &node, own("publication").as_ref(), entity(publication))?,
            None => say(serializer, &node, own("publication").as_ref(), Literal::new_simple_literal(publication.as_ref()))?,
        }
    }
    if let Some((n, of)) = citation.cohort {
        say(serializer, &node, own("cohortCount").as_ref(), integer(i64::from(n)))?;
        say(serializer, &node, own("cohortSize").as_ref(), integer(i64::from(of)))?;
    }
    Ok(())
}

fn source_name(citation: &CitationRecord<'_>) -> NamedNode {
    if names::prefix_of(citation.source).is_some() { entity(citation.source) } else { ours("source", citation.source) }
}

/// A word of our own vocabulary.
fn own(name: &str) -> NamedNode {
    ours("vocabulary", name)
}

fn integer(number: i64) -> Literal {
    Literal::new_typed_literal(number.to_string(), xsd::INTEGER)
}

/// The values of a cell, each by a triple of its own.
fn say_values(serializer: &mut Serializer<'_>, subject: &Term, predicate: NamedNodeRef<'_>, cell: &Cell) -> io::Result<()> {
    match cell {
        Cell::Absent => Ok(()),
        Cell::List(members) => members.iter().try_for_each(|member| say_values(serializer, subject, predicate, member)),
        Cell::Entity(card) => say(serializer, subject, predicate, entity(&card.id)),
        Cell::Boolean(holds) => say(serializer, subject, predicate, Literal::from(*holds)),
        Cell::Integer(count) => say(serializer, subject, predicate, integer(*count)),
        Cell::Quantity(quantity) => say(serializer, subject, predicate, number_or_text(quantity)),
        other => say(serializer, subject, predicate, Literal::new_simple_literal(other.to_string())),
    }
}

/// A bare number as such; what has a unit or two ends as a query would write it.
fn number_or_text(quantity: &Quantity) -> Literal {
    match quantity.exact_value() {
        Some(number) if quantity.measure == Measure::Number => {
            Literal::new_typed_literal(if number.is_finite() { format!("{number:e}") } else { number.to_string() }, xsd::DOUBLE)
        }
        _ => Literal::new_simple_literal(quantity.to_string()),
    }
}

fn say(serializer: &mut Serializer<'_>, subject: &Term, predicate: NamedNodeRef<'_>, object: impl Into<Term>) -> io::Result<()> {
    let subject: NamedOrBlankNode = match subject {
        Term::NamedNode(name) => name.clone().into(),
        Term::BlankNode(node) => node.clone().into(),
        // Nothing else is ever a subject here.
        _ => return Ok(()),
    };
    serializer.serialize_triple(&Triple::new(subject, predicate, object))
}
