//! Kgx: graphs in the form of the Knowledge Graph Exchange: a table of nodes and a table of edges, with tabs between fields and no quoting.

mod column;
mod edges;
mod header;
mod lines;
mod nodes;
mod rejected;
mod schema;

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::model::Source;
use crate::schema::{Lexicon, ValueType};
use crate::store::{ABSENT, BulkRelations, SlugTable, Strings, bulk};

use super::KnowledgeGraph;

use edges::Edges;
use header::{Header, Table};
use lines::{Lines, Trouble};
use nodes::Nodes;
use schema::Numbered;

pub use rejected::{Cause, Rejection};

/// A graph that was imported, and what became of each file.
#[derive(Debug)]
pub struct Imported {
    /// The graph.
    pub knowledge: KnowledgeGraph,
    /// What became of each file, in the order given.
    pub files: Vec<ImportedFile>,
    /// Ends of relations that no node declares: they became entities without name and kind.
    pub stubs: usize,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedFile {
    /// The file.
    pub path: PathBuf,
    /// How many rows it has, the header and empty lines left out.
    pub rows: u64,
    /// The rows that were left out, by cause.
    pub rejected: Vec<Rejection>,
}

/// Imports a table of nodes and a table of edges, in either order, told apart by their headers; one of them may be missing.
/// `name` is what the graph is called.
///
/// # Errors
/// A file that cannot be read or is no such table, two tables of one sort, or more kinds, predicates or columns than a graph can
/// tell apart; an interruption. Rows that cannot be used are no error: they are counted.
pub fn import(name: &str, files: &[PathBuf], interrupt: &AtomicBool) -> Result<Imported, Complaints> {
    let (mut node_file, mut edge_file) = (None, None);
    for path in files {
        let header = header_of(path)?;
        let (slot, what) = match header.table {
            Table::Nodes => (&mut node_file, "nodes"),
            Table::Edges => (&mut edge_file, "edges"),
        };
        if let Some((first, _)) = slot.replace((path, header)) {
            let message = format!("'{}' and '{}' are both tables of {what}", first.display(), path.display());
            return Err(Diagnostic::error(Code::BadOption, message).help("one table of nodes and one of edges make a graph").into());
        }
    }
    let nodes = match &node_file {
        Some((path, header)) => nodes::read(header, &|| open(path, interrupt)).map_err(|trouble| complaint(path, trouble))?,
        None => Nodes { table: SlugTable::new(&Strings::default()).0, ..Nodes::default() },
    };
    let edges = match &edge_file {
        Some((path, header)) => {
            let known = (&nodes.table, &nodes.entities.slugs);
            edges::read(header, known, &|| open(path, interrupt)).map_err(|trouble| complaint(path, trouble))?
        }
        None => Edges::default(),
    };
    let told = files.iter().map(|path| {
        let is_nodes = node_file.as_ref().is_some_and(|(known, _)| *known == path);
        let (rows, rejected) = if is_nodes { (nodes.rows, &nodes.rejected) } else { (edges.rows, &edges.rejected) };
        ImportedFile { path: path.clone(), rows, rejected: rejected.clone() }
    });
    let files = told.collect();
    let stubs = edges.stubs.len();
    let further = edge_file.map(|(_, header)| header.further).unwrap_or_default();
    Ok(Imported { knowledge: assembled(name, nodes, edges, further)?, files, stubs })
}

/// The graph of what the tables hold.
fn assembled(name: &str, mut nodes: Nodes, edges: Edges, further: Vec<String>) -> Result<KnowledgeGraph, Complaints> {
    nodes.add_stubs(&edges.stubs);
    let kinds = Numbered::kinds(&nodes.categories);
    let types = Numbered::relation_types(&edges.predicates);
    for (numbered, what) in [(&kinds, "categories"), (&types, "predicates")] {
        if numbered.is_too_many() {
            let message = format!("there are {} different {what}, more than a graph can tell apart ({})", numbered.len(), u16::MAX);
            return Err(Diagnostic::error(Code::BadValue, message).help("is it the right column?").into());
        }
    }
    nodes.entities.signature_kinds = nodes.categories.iter().map(|field| kinds.kinds_of(field)).collect();
    let qualifiers: Vec<(String, ValueType)> =
        further.into_iter().zip(&edges.further).map(|(name, column)| (name, schema::value_type(column))).collect();
    let type_of: Vec<_> = edges.predicates.iter().map(|predicate| types.relation_type_of(predicate)).collect();
    let (sources, codes) = sources(name, edges.source_names, edges.sources, edges.publications.is_some(), edges.from.len());
    let relations = BulkRelations {
        from: edges.from,
        to: edges.to,
        types: edges.types.into_iter().map(|code| type_of[code as usize]).collect(),
        ids: edges.ids,
        sources: codes,
        publications: edges.publications,
        denied: edges.denied,
        qualifiers: edges.further,
    };
    let graph = bulk(nodes.entities, relations, sources);
    let schema = schema::derived(name, &graph, &kinds, &types, &qualifiers);
    Ok(KnowledgeGraph { lexicon: Lexicon::new(&schema), schema, graph, questions: Vec::new() })
}

/// The sources, and the source of each relation. Where publications are named but no source, the graph itself is the source.
fn sources(name: &str, names: Vec<String>, mut codes: Vec<u32>, publications: bool, relations: usize) -> (Vec<Source>, Vec<u32>) {
    let source = |slug: String| Source { title: slug.clone(), slug, sentences: 0, fingerprints: Vec::new() };
    let mut sources: Vec<Source> = names.into_iter().map(source).collect();
    if publications && (codes.is_empty() || codes.contains(&ABSENT)) {
        let own = u32::try_from(sources.len()).unwrap_or(ABSENT);
        sources.push(source(name.to_owned()));
        codes.resize(relations, ABSENT);
        codes.iter_mut().filter(|code| **code == ABSENT).for_each(|code| *code = own);
    }
    (sources, codes)
}

fn open<'i>(path: &Path, interrupt: &'i AtomicBool) -> Result<Lines<'i>, Trouble> {
    let file = File::open(path).map_err(Trouble::Unreadable)?;
    Ok(Lines::new(Box::new(file), interrupt))
}

/// Reads the header of a table.
fn header_of(path: &Path) -> Result<Header, Complaints> {
    const LONGEST_HEADER: u64 = 1 << 20;
    let file = File::open(path).map_err(|error| complaint(path, Trouble::Unreadable(error)))?;
    let mut line = Vec::new();
    BufReader::new(file.take(LONGEST_HEADER)).read_until(b'\n', &mut line).map_err(|error| complaint(path, Trouble::Unreadable(error)))?;
    Header::read(&line).ok_or_else(|| {
        let message = format!("'{}' is neither a table of nodes nor one of edges", path.display());
        let complaint = Diagnostic::error(Code::Malformed, message);
        complaint
            .help("the first line of a table of nodes names the columns `id` and `category`, with tabs between them")
            .help("that of a table of edges names `subject`, `predicate` and `object`")
            .into()
    })
}

fn complaint(path: &Path, trouble: Trouble) -> Complaints {
    let shown = path.display();
    match trouble {
        Trouble::Unreadable(error) => Diagnostic::error(Code::Unreadable, format!("'{shown}' cannot be read: {error}")),
        Trouble::EndlessLine => {
            Diagnostic::error(Code::Malformed, format!("'{shown}' has a line without an end")).help("is it a table of text?")
        }
        Trouble::TooLarge => {
            Diagnostic::error(Code::BadValue, format!("'{shown}' holds more than a graph can: 4 billion rows, or 4 GB of ids or names"))
        }
        Trouble::Interrupted => Diagnostic::error(Code::Interrupted, "interrupted"),
    }
    .into()
}
