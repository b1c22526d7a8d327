//! Cytoscape JSON: a graph for Cytoscape and cytoscape.js: elements with data, names in place of numbers.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::answer::{Cell, Certainty, EntityRecord, RelationRecord, Subgraph, Words};

use super::graph_words::{Natures, jointly_with, locators, plain};
use super::kgx::nature::Attribute;

/// The keys of data that are taken: those that the program reads, and ours.
const TAKEN: [&str; 21] = [
    "id",
    "source",
    "target",
    "parent",
    "name",
    "shared_name",
    "shared_interaction",
    "SUID",
    "selected",
    "interaction",
    "label",
    "kind",
    "kinds",
    "synonyms",
    "xrefs",
    "definition",
    "statement",
    "claim",
    "evidence",
    "denied",
    "hedge",
];

/// Writes the graph as one object, an element a line.
pub(super) fn write(graph: &dyn Subgraph, out: &mut dyn Write) -> io::Result<()> {
    let natures = Natures::of(graph)?;
    let words = graph.words();
    let prefix = edge_prefix(graph)?;
    let title = json!({ "name": graph.title() });
    write!(out, "{{\"format_version\":\"1.0\",\"generated_by\":\"oms\",\"target_cytoscapejs_version\":\"~3.0\",\"data\":{title},")?;
    out.write_all(b"\n\"elements\":{\"nodes\":[")?;
    let mut gap = "\n";
    graph.entities(&mut |entity| {
        let data = Value::Object(node(words, &natures, entity));
        write!(out, "{}{{\"data\":{data}}}", std::mem::replace(&mut gap, ",\n"))
    })?;
    out.write_all(b"\n],\"edges\":[")?;
    gap = "\n";
    graph.relations(&mut |relation| {
        let data = Value::Object(edge(words, &natures, relation, &prefix));
        write!(out, "{}{{\"data\":{data}}}", std::mem::replace(&mut gap, ",\n"))
    })?;
    out.write_all(b"\n]}}\n")
}

/// What the ids of edges begin with: nodes and edges share their ids, so no id of a node begins so.
fn edge_prefix(graph: &dyn Subgraph) -> io::Result<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    graph.entities(&mut |entity| {
        if entity.id.starts_with("edge") {
            taken.insert(entity.id.trim_end_matches(|letter: char| letter.is_ascii_digit()).to_owned());
        }
        Ok(())
    })?;
    let mut prefix = "edge".to_owned();
    while taken.contains(&prefix) {
        prefix.push('_');
    }
    Ok(prefix)
}

fn node(words: &Words, natures: &Natures, entity: &EntityRecord<'_>) -> Map<String, Value> {
    let mut data = Map::new();
    let kinds: Vec<&str> = words.kinds(entity).collect();
    data.insert("id".to_owned(), json!(entity.id));
    data.insert("name".to_owned(), json!(entity.called()));
    if let Some(kind) = kinds.first() {
        data.insert("kind".to_owned(), json!(kind));
    }
    insert_list(&mut data, "kinds", if kinds.len() > 1 { &kinds } else { &[] });
    insert_list(&mut data, "synonyms", &entity.synonyms);
    insert_list(&mut data, "xrefs", &entity.xrefs);
    if let Some(definition) = entity.definition {
        data.insert("definition".to_owned(), json!(definition));
    }
    for (place, cell) in &entity.properties {
        data.insert(key(&words.properties[*place]), value(cell, natures.properties[*place].attribute()));
    }
    data
}

fn edge(words: &Words, natures: &Natures, relation: &RelationRecord<'_>, prefix: &str) -> Map<String, Value> {
    let mut data = Map::new();
    let mut insert = |name: &str, text: &str| {
        if !text.is_empty() {
            data.insert(name.to_owned(), json!(text));
        }
    };
    insert("id", &format!("{prefix}{}", relation.number));
    insert("interaction", words.relation_type(relation));
    insert("label", words.label(relation));
    insert("statement", &relation.statement);
    insert("claim", &relation.claim);
    insert("hedge", &relation.hedge.as_ref().map(ToString::to_string).unwrap_or_default());
    insert("jointly_with", &jointly_with(relation));
    insert("certainty", if relation.certainty == Certainty::Possible { "possible" } else { "" });
    insert("evidence", &locators(relation));
    data.insert("source".to_owned(), json!(relation.from.id));
    data.insert("target".to_owned(), json!(relation.to.id));
    if relation.denied {
        data.insert("denied".to_owned(), json!(true));
    }
    for (place, cell) in &relation.qualifiers {
        data.insert(key(&words.qualifiers[*place].id), value(cell, natures.qualifiers[*place].attribute()));
    }
    data
}

fn insert_list(data: &mut Map<String, Value>, name: &str, texts: &[&str]) {
    if !texts.is_empty() {
        data.insert(name.to_owned(), json!(texts));
    }
}

/// A key of data that means nothing else.
fn key(name: &str) -> String {
    if TAKEN.contains(&name) || matches!(name, "jointly_with" | "certainty") { format!("data_{name}") } else { name.to_owned() }
}

/// A value of an attribute: of one type in all elements.
fn value(cell: &Cell, attribute: Attribute) -> Value {
    match (cell, attribute) {
        (Cell::Boolean(holds), Attribute::Boolean) => json!(holds),
        (Cell::Integer(count), Attribute::Long | Attribute::Double) => json!(count),
        (Cell::Quantity(quantity), Attribute::Double) => json!(quantity.exact_value()),
        _ => json!(plain(cell)),
    }
}
