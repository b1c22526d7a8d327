//! Kgx: a graph in the form of the Knowledge Graph Exchange, as two tables or as lines of JSON, with all that is known of it.
//!
//! What the model has a column for stands there; what it has none for stands in columns of its own, so that whoever knows them
//! reads back the same graph. Columns exist only where something stands in them.

mod edges;
pub(super) mod nature;
mod nodes;
mod row;

use std::io::{self, Write};

use crate::answer::{KindWord, RelationWord, Subgraph};

use edges::Edges;
use nodes::Nodes;
use row::{write_line, write_object};

/// Writes the table of entities.
pub(super) fn write_nodes_table(graph: &dyn Subgraph, out: &mut dyn Write) -> io::Result<()> {
    let nodes = Nodes::new(graph)?;
    let escapes = nodes.need_escapes(graph)?;
    write_header(&nodes.names, escapes, out)?;
    let mut line = String::new();
    graph.entities(&mut |entity| write_line(&nodes.fields(entity), escapes, &mut line, out))
}

/// Writes the table of relations.
pub(super) fn write_edges_table(graph: &dyn Subgraph, out: &mut dyn Write) -> io::Result<()> {
    let edges = Edges::new(graph)?;
    let escapes = edges.need_escapes(graph)?;
    write_header(&edges.names, escapes, out)?;
    let mut line = String::new();
    graph.relations(&mut |relation| write_line(&edges.fields(relation), escapes, &mut line, out))
}

/// Writes each entity as an object on a line of its own.
pub(super) fn write_nodes_lines(graph: &dyn Subgraph, out: &mut dyn Write) -> io::Result<()> {
    let nodes = Nodes::new(graph)?;
    let mut line = Vec::new();
    graph.entities(&mut |entity| write_object(&nodes.names, &nodes.fields(entity), &mut line, out))
}

/// Writes each relation as an object on a line of its own.
pub(super) fn write_edges_lines(graph: &dyn Subgraph, out: &mut dyn Write) -> io::Result<()> {
    let edges = Edges::new(graph)?;
    let mut line = Vec::new();
    graph.relations(&mut |relation| write_object(&edges.names, &edges.fields(relation), &mut line, out))
}

/// Writes entities and relations to one stream: lines of JSON, those with a `subject` being relations.
pub(super) fn write_stream(graph: &dyn Subgraph, out: &mut dyn Write) -> io::Result<()> {
    write_nodes_lines(graph, out)?;
    write_edges_lines(graph, out)
}

fn write_header(names: &[String], escapes: bool, out: &mut dyn Write) -> io::Result<()> {
    let further = if escapes { "\tescaped" } else { "" };
    writeln!(out, "{}{further}", names.join("\t"))
}

/// The category of a kind in the Biolink model; the widest one where the schema names none.
fn category(kind: &KindWord) -> &str {
    kind.category.as_deref().unwrap_or("biolink:NamedThing")
}

/// The predicate of a relation type in the Biolink model; the widest one where the schema names none.
fn predicate(relation_type: &RelationWord) -> &str {
    relation_type.predicate.as_deref().unwrap_or("biolink:related_to")
}

/// Whether a word of the model is the id of ours, its prefix aside.
fn follows(word: &str, id: &str) -> bool {
    word.strip_prefix("biolink:") == Some(id)
}
