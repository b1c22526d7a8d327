//! GraphML: a graph for yEd, Gephi, Cytoscape, NetworkX and whoever else reads it: typed keys, then nodes, then edges.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::answer::{Cell, Certainty, EntityRecord, RelationRecord, Subgraph, Words};

use super::graph_words::{Natures, jointly_with, locators, plain};
use super::kgx::nature::Attribute;

/// What every node can say, by the ids of the keys, with the names of the attributes.
const NODE_KEYS: [(&str, &str); 5] =
    [("label", "label"), ("kind", "kind"), ("synonyms", "synonyms"), ("xrefs", "xrefs"), ("definition", "definition")];

/// What every edge can say.
const EDGE_KEYS: [(&str, &str); 8] = [
    ("relation", "relation"),
    ("edge_label", "label"),
    ("statement", "statement"),
    ("claim", "claim"),
    ("hedge", "hedge"),
    ("jointly", "jointly with"),
    ("certainty", "certainty"),
    ("evidence", "evidence"),
];

/// Writes the graph. The id of a node is that of its entity.
pub(super) fn write(graph: &dyn Subgraph, out: &mut dyn Write) -> io::Result<()> {
    let natures = Natures::of(graph)?;
    let mut writer = Writer::new_with_indent(out, b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = BytesStart::new("graphml").with_attributes([
        ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"),
    ]);
    writer.write_event(Event::Start(root))?;
    write_keys(&mut writer, graph.words(), &natures)?;
    let opening = BytesStart::new("graph").with_attributes([("id", "graph"), ("edgedefault", "directed")]);
    writer.write_event(Event::Start(opening))?;
    let title = legal(&graph.title(), false).into_owned();
    writer.create_element("desc").write_text_content(BytesText::new(&title))?;
    graph.entities(&mut |entity| write_node(&mut writer, graph.words(), &natures, entity))?;
    graph.relations(&mut |relation| write_edge(&mut writer, graph.words(), &natures, relation))?;
    writer.write_event(Event::End(BytesEnd::new("graph")))?;
    writer.write_event(Event::End(BytesEnd::new("graphml")))?;
    writer.get_mut().write_all(b"\n")
}

fn write_keys<W: Write>(writer: &mut Writer<W>, words: &Words, natures: &Natures) -> io::Result<()> {
    let mut key = |id: &str, of: &str, name: &str, attribute: Attribute| {
        let sort = match attribute {
            Attribute::Text => "string",
            Attribute::Boolean => "boolean",
            Attribute::Long => "long",
            Attribute::Double => "double",
        };
        let name = legal(name, false);
        let attributes = [("id", id), ("for", of), ("attr.name", &*name), ("attr.type", sort)];
        writer.create_element("key").with_attributes(attributes).write_empty().map(|_| ())
    };
    for (id, name) in NODE_KEYS {
        key(id, "node", name, Attribute::Text)?;
    }
    for (place, nature) in natures.properties.iter().enumerate().filter(|(_, nature)| nature.is_met()) {
        let name = unlike(&words.properties[place], &NODE_KEYS);
        key(&format!("property{place}"), "node", &name, nature.attribute())?;
    }
    for (id, name) in EDGE_KEYS {
        key(id, "edge", name, Attribute::Text)?;
    }
    key("denied", "edge", "denied", Attribute::Boolean)?;
    for (place, nature) in natures.qualifiers.iter().enumerate().filter(|(_, nature)| nature.is_met()) {
        let name = unlike(&words.qualifiers[place].id, &EDGE_KEYS);
        key(&format!("qualifier{place}"), "edge", &name, nature.attribute())?;
    }
    Ok(())
}

/// A name that none of the fixed attributes has: readers find attributes by name.
fn unlike(name: &str, fixed: &[(&str, &str)]) -> String {
    let taken = fixed.iter().any(|(_, known)| *known == name) || matches!(name, "id" | "source" | "target" | "denied");
    if taken { format!("{name} (data)") } else { name.to_owned() }
}

fn write_node<W: Write>(writer: &mut Writer<W>, words: &Words, natures: &Natures, entity: &EntityRecord<'_>) -> io::Result<()> {
    let id = legal(entity.id, true);
    writer.write_event(Event::Start(BytesStart::new("node").with_attributes([("id", &*id)])))?;
    write_data(writer, "label", entity.called())?;
    write_data(writer, "kind", &words.kinds(entity).collect::<Vec<_>>().join("; "))?;
    write_data(writer, "synonyms", &entity.synonyms.join("; "))?;
    write_data(writer, "xrefs", &entity.xrefs.join("; "))?;
    write_data(writer, "definition", entity.definition.unwrap_or_default())?;
    for (place, cell) in &entity.properties {
        write_cell(writer, &format!("property{place}"), cell, natures.properties[*place].attribute())?;
    }
    writer.write_event(Event::End(BytesEnd::new("node")))
}

fn write_edge<W: Write>(writer: &mut Writer<W>, words: &Words, natures: &Natures, relation: &RelationRecord<'_>) -> io::Result<()> {
    let id = format!("e{}", relation.number);
    let (from, to) = (legal(relation.from.id, true), legal(relation.to.id, true));
    let attributes = [("id", id.as_str()), ("source", &*from), ("target", &*to)];
    writer.write_event(Event::Start(BytesStart::new("edge").with_attributes(attributes)))?;
    write_data(writer, "relation", words.relation_type(relation))?;
    write_data(writer, "edge_label", words.label(relation))?;
    write_data(writer, "statement", &relation.statement)?;
    write_data(writer, "claim", &relation.claim)?;
    if let Some(hedge) = &relation.hedge {
        write_data(writer, "hedge", &hedge.to_string())?;
    }
    write_data(writer, "jointly", &jointly_with(relation))?;
    if relation.certainty == Certainty::Possible {
        write_data(writer, "certainty", "possible")?;
    }
    write_data(writer, "evidence", &locators(relation))?;
    if relation.denied {
        write_data(writer, "denied", "true")?;
    }
    for (place, cell) in &relation.qualifiers {
        write_cell(writer, &format!("qualifier{place}"), cell, natures.qualifiers[*place].attribute())?;
    }
    writer.write_event(Event::End(BytesEnd::new("edge")))
}

/// A value of a typed attribute; a text where it is one.
fn write_cell<W: Write>(writer: &mut Writer<W>, key: &str, cell: &Cell, attribute: Attribute) -> io::Result<()> {
    let text = match (cell, attribute) {
        // A number stands by itself: its sign of a quantity would be none of the type.
        (Cell::Quantity(quantity), Attribute::Double) => quantity.exact_value().map_or_else(String::new, |number| format!("{number}")),
        _ => plain(cell),
    };
    write_data(writer, key, &text)
}

/// What a node or an edge says; nothing where it says nothing.
fn write_data<W: Write>(writer: &mut Writer<W>, key: &str, text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let text = legal(text, false);
    writer.create_element("data").with_attribute(("key", key)).write_text_content(BytesText::new(&text)).map(|_| ())
}

/// A text in which every character may stand in XML; what may not is written as an escape. In an id, which an attribute
/// holds, line breaks and tabs are such too, and two that differ stay different.
fn legal(text: &str, is_id: bool) -> Cow<'_, str> {
    let breaks = |letter: char| {
        (letter.is_control() && (is_id || !matches!(letter, '\t' | '\n' | '\r')))
            || matches!(letter, '\u{fffe}' | '\u{ffff}')
            || (is_id && letter == '\\')
    };
    if !text.contains(breaks) {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if breaks(letter) { written.extend(letter.escape_default()) } else { written.push(letter) }
    }
    Cow::Owned(written)
}
