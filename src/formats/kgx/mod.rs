//! Kgx: graphs in the form of the Knowledge Graph Exchange: tables of nodes and of edges, with tabs between fields or as objects of JSON.

mod cell;
mod column;
mod decode;
mod details;
mod draft;
mod edges;
mod form;
mod header;
mod ids;
mod join;
mod json;
mod lines;
mod nodes;
mod notes;
mod rows;
mod schema;
mod statements;
mod transform;

use std::path::Path;

use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::store::{SlugTable, Strings};

use super::import::{GraphDraft, ImportedFile, Input, Reading};

use form::Form;
use header::{Header, Table};
use join::Edges;
use lines::{Lines, Trouble};
use nodes::{Choices, Nodes};
use rows::Columns;

/// Whether a file that begins so is a table of nodes or edges: by the names of its columns, or of what its first object holds.
/// The name of the file does not matter.
pub fn recognises(beginning: &[u8], _name: &str) -> bool {
    form::is_surely(beginning)
}

/// A file of rows.
#[derive(Clone, Copy)]
struct File<'i> {
    input: &'i Input,
    form: Form,
}

/// The files of a graph: both may be the same.
#[derive(Default)]
struct Files<'i> {
    nodes: Option<(File<'i>, Header)>,
    edges: Option<(File<'i>, Header)>,
}

/// Reads a table of nodes and a table of edges, in either order, told apart by the names of their columns; one of them may be
/// missing, and a file of JSON may hold both. `name` is what the graph is called.
///
/// # Errors
/// A file that cannot be read or is no such table, two tables of one sort, or more kinds, predicates or columns than a graph can
/// tell apart; an interruption. Rows that cannot be used are no error: they are counted.
pub fn read(name: &str, inputs: &[Input], reading: Reading<'_>) -> Result<GraphDraft, Complaints> {
    let mut files = Files::default();
    for input in inputs {
        let beginning = form::beginning(input).map_err(|error| complaint(input.path(), Trouble::Unreadable(error)))?;
        let (form, header) = form::known(&beginning).ok_or_else(|| stranger(input.path(), &beginning))?;
        files.add(File { input, form }, header)?;
    }
    let mut nodes = files.read_nodes(reading)?;
    // A file of JSON that begins with nodes may go on with edges, and the other way round.
    if nodes.others > 0
        && let Some((file, _)) = &files.nodes
    {
        files.add(*file, Header::open(Table::Edges))?;
    }
    let mut edges = files.read_edges(&nodes, reading)?;
    if edges.others > 0
        && files.nodes.is_none()
        && let Some((file, _)) = &files.edges
    {
        files.add(*file, Header::open(Table::Nodes))?;
        nodes = files.read_nodes(reading)?;
        edges = files.read_edges(&nodes, reading)?;
    }
    let (notes, draft) = draft::drafted(name, &mut nodes, &mut edges)?;
    let files = inputs.iter().map(|input| told(input, &files, &mut nodes, &mut edges, &notes)).collect();
    Ok(GraphDraft { files, ..draft })
}

/// What became of a file.
fn told(input: &Input, files: &Files<'_>, nodes: &mut Nodes, edges: &mut Edges, drafting: &draft::Notes) -> ImportedFile {
    let is = |file: &Option<(File<'_>, Header)>| file.as_ref().is_some_and(|(file, _)| std::ptr::eq(file.input, input));
    let (has_nodes, has_edges) = (is(&files.nodes), is(&files.edges));
    let mut file = ImportedFile {
        path: input.path().to_owned(),
        format: match (has_nodes, has_edges) {
            (true, true) => "KGX",
            (true, false) => "KGX nodes",
            _ => "KGX edges",
        },
        rows: 0,
        rejected: Vec::new(),
        rejected_rows: Vec::new(),
        notes: Vec::new(),
    };
    let mut add = |rows: u64, rejected: &mut (Vec<_>, Vec<_>), notes: &[&Vec<String>]| {
        file.rows += rows;
        file.rejected.append(&mut rejected.0);
        file.rejected_rows.append(&mut rejected.1);
        file.notes.extend(notes.iter().flat_map(|notes| notes.iter().cloned()));
    };
    if has_nodes {
        add(nodes.rows, &mut nodes.rejected, &[&nodes.notes, &drafting.nodes]);
    }
    if has_edges {
        add(edges.rows, &mut edges.rejected, &[&edges.notes, &drafting.edges]);
    }
    file.rejected_rows.sort_by_key(|row| row.line);
    file
}

impl<'i> Files<'i> {
    fn add(&mut self, file: File<'i>, header: Header) -> Result<(), Complaints> {
        let (slot, what) = match header.table {
            Table::Nodes => (&mut self.nodes, "nodes"),
            Table::Edges => (&mut self.edges, "edges"),
        };
        if let Some((first, _)) = slot {
            let message = format!("'{}' and '{}' are both tables of {what}", first.input.path().display(), file.input.path().display());
            return Err(Diagnostic::error(Code::BadOption, message).help("one table of nodes and one of edges make a graph").into());
        }
        *slot = Some((file, header));
        Ok(())
    }

    fn read_nodes(&self, reading: Reading<'_>) -> Result<Nodes, Complaints> {
        let Some((file, header)) = &self.nodes else {
            return Ok(Nodes { table: SlugTable::new(&Strings::default()).0, ..Nodes::default() });
        };
        let columns = Columns::new(header.clone(), file.form.is_json());
        let choices = Choices { keep_rejected: reading.keep_rejected, keep_obsolete: reading.keep_obsolete };
        nodes::read(&columns, choices, &|| file.open(reading)).map_err(|trouble| complaint(file.input.path(), trouble))
    }

    fn read_edges(&self, nodes: &Nodes, reading: Reading<'_>) -> Result<Edges, Complaints> {
        let Some((file, header)) = &self.edges else { return Ok(Edges::default()) };
        let columns = Columns::new(header.clone(), file.form.is_json());
        let is_shared = self.nodes.as_ref().is_some_and(|(other, _)| std::ptr::eq(other.input, file.input));
        let known = (&nodes.table, &nodes.entities.slugs);
        edges::read(&columns, known, (reading.keep_rejected, is_shared), &|| file.open(reading))
            .map_err(|trouble| complaint(file.input.path(), trouble))
    }
}

impl File<'_> {
    fn open<'r>(&self, reading: Reading<'r>) -> Result<Lines<'r>, Trouble> {
        let bytes = self.input.open().map_err(Trouble::Unreadable)?;
        Ok(Lines::new(self.form.lines(bytes), reading.interrupt))
    }
}

/// A file that is no such table.
fn stranger(path: &Path, beginning: &[u8]) -> Complaints {
    let shown = path.display();
    let complaint = Diagnostic::error(Code::Malformed, format!("'{shown}' is neither a table of nodes nor one of edges"));
    let complaint = match beginning {
        [] => complaint.help("it is empty"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => complaint.help("it is UTF-16; saved as UTF-8 it can be read"),
        _ => complaint,
    };
    complaint
        .help("the first line of a table of nodes names the columns `id` and `category`, with tabs between them")
        .help("that of a table of edges names `subject`, `predicate` and `object`")
        .into()
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
