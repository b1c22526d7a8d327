//! Kgx: graphs in the form of the Knowledge Graph Exchange: a table of nodes and a table of edges, with tabs between fields and no quoting.

mod column;
mod edges;
mod header;
mod lines;
mod nodes;
mod schema;

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::model::Source;
use crate::schema::ValueType;
use crate::store::{ABSENT, BulkRelations, BulkStatements, SlugTable, Strings};

use super::import::{GraphDraft, ImportedFile, Input, Reading};

use edges::Edges;
use header::{Header, Table};
use lines::{Lines, Trouble};
use nodes::Nodes;
use schema::Numbered;

/// Reads a table of nodes and a table of edges, in either order, told apart by their headers; one of them may be missing.
/// `name` is what the graph is called.
///
/// # Errors
/// A file that cannot be read or is no such table, two tables of one sort, or more kinds, predicates or columns than a graph can
/// tell apart; an interruption. Rows that cannot be used are no error: they are counted.
pub fn read(name: &str, inputs: &[Input], reading: Reading<'_>) -> Result<GraphDraft, Complaints> {
    let (mut node_file, mut edge_file) = (None, None);
    for input in inputs {
        let header = header_of(input)?;
        let (slot, what) = match header.table {
            Table::Nodes => (&mut node_file, "nodes"),
            Table::Edges => (&mut edge_file, "edges"),
        };
        if let Some((first, _)) = slot.replace((input, header)) {
            let message = format!("'{}' and '{}' are both tables of {what}", first.path().display(), input.path().display());
            return Err(Diagnostic::error(Code::BadOption, message).help("one table of nodes and one of edges make a graph").into());
        }
    }
    let nodes = match &node_file {
        Some((input, header)) => {
            nodes::read(header, reading.keep_rejected, &|| open(input, reading)).map_err(|trouble| complaint(input.path(), trouble))?
        }
        None => Nodes { table: SlugTable::new(&Strings::default()).0, ..Nodes::default() },
    };
    let edges = match &edge_file {
        Some((input, header)) => {
            let known = (&nodes.table, &nodes.entities.slugs);
            edges::read(header, known, reading.keep_rejected, &|| open(input, reading))
                .map_err(|trouble| complaint(input.path(), trouble))?
        }
        None => Edges::default(),
    };
    let told = inputs.iter().map(|input| {
        let is_nodes = node_file.as_ref().is_some_and(|(known, _)| known.path() == input.path());
        let (format, rows, (rejected, rejected_rows)) =
            if is_nodes { ("KGX nodes", nodes.rows, &nodes.rejected) } else { ("KGX edges", edges.rows, &edges.rejected) };
        let (rejected, rejected_rows) = (rejected.clone(), rejected_rows.clone());
        ImportedFile { path: input.path().to_owned(), format, rows, rejected, rejected_rows, notes: Vec::new() }
    });
    let files = told.collect();
    let further = edge_file.map(|(_, header)| header.further).unwrap_or_default();
    drafted(name, nodes, edges, further, files)
}

/// The draft of what the tables hold.
fn drafted(name: &str, mut nodes: Nodes, edges: Edges, further: Vec<String>, files: Vec<ImportedFile>) -> Result<GraphDraft, Complaints> {
    let declared = nodes.entities.slugs.len();
    let stubs = (declared..declared + edges.stubs.len()).filter_map(|at| u32::try_from(at).ok()).collect();
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
        qualifiers: edges.further,
        statements: BulkStatements {
            ids: edges.ids,
            sources: codes,
            publications: edges.publications,
            denied: edges.denied,
            ..BulkStatements::default()
        },
    };
    Ok(GraphDraft {
        name: name.to_owned(),
        schema: schema::occurring(name, &kinds, &types, qualifiers),
        is_schema_complete: false,
        entities: nodes.entities,
        stubs,
        relations,
        sources,
        files,
    })
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

fn open<'i>(input: &Input, reading: Reading<'i>) -> Result<Lines<'i>, Trouble> {
    let bytes = input.open().map_err(Trouble::Unreadable)?;
    Ok(Lines::new(bytes, reading.interrupt))
}

/// Reads the header of a table.
fn header_of(input: &Input) -> Result<Header, Complaints> {
    const LONGEST_HEADER: u64 = 1 << 20;
    let path = input.path();
    let file = input.open().map_err(|error| complaint(path, Trouble::Unreadable(error)))?;
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
