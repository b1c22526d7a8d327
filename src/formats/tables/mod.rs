//! Tables: nodes and edges in tables with any header, told by the names of their columns or by what the user says of them.

mod gather;
mod header;
mod mapping;
mod metaedges;
mod opening;
mod records;
mod values;

use crate::diagnostic::{Code, Complaints, Diagnostic};

use super::import::{Cause, GraphDraft, ImportedFile, Input, Reading, Rejected};

use gather::{Gathered, Places, UNNAMED};
use opening::{Form, Opening};
use records::Records;

pub use mapping::Mapping;

/// Whether a file that begins so is a table: its header says so, its name does, or its first lines have as many fields each.
pub fn recognises(beginning: &[u8], name: &str) -> bool {
    opening::recognises(beginning, name)
}

/// Reads tables of nodes and tables of edges, as many of each as there are, in any order. `name` is what the graph is called; what
/// the user says of columns is in `reading`.
///
/// # Errors
/// A file that cannot be read, or of which it is not clear what its columns hold; a mapping of a column that no table has; an
/// interruption. Rows that cannot be used are no error: they are counted.
pub fn read(name: &str, inputs: &[Input], reading: Reading<'_>) -> Result<GraphDraft, Complaints> {
    let none = Mapping::default();
    let mapping = reading.mapping.unwrap_or(&none);
    let mut openings = Vec::new();
    for input in inputs {
        openings.push(Opening::of(input, mapping, reading)?);
    }
    check_columns(mapping, inputs, &openings)?;
    let unclear = inputs.iter().zip(&openings).filter_map(|(input, opening)| opening.complaint(input));
    if let Some(complaints) = Complaints::new(unclear.collect()) {
        return Err(complaints);
    }
    let mut gathered = Gathered::new(name, mapping);
    let mut files: Vec<Option<ImportedFile>> = inputs.iter().map(|_| None).collect();
    // Nodes first: an edge may declare a node only if no table of nodes does.
    for of_edges in [false, true] {
        for (at, (input, opening)) in inputs.iter().zip(&openings).enumerate().filter(|(_, (_, opening))| opening.is_edges() == of_edges) {
            files[at] = Some(table(input, opening, &mut gathered, mapping, reading)?);
        }
    }
    Ok(gathered.finish(name, files.into_iter().flatten().collect()))
}

/// Reads one table.
fn table(
    input: &Input,
    opening: &Opening,
    gathered: &mut Gathered,
    mapping: &Mapping,
    reading: Reading<'_>,
) -> Result<ImportedFile, Complaints> {
    let mut records = Records::open(input, reading, opening.separator, opening.names.len(), opening.first_row)?;
    let mut rejected = Rejected::new(reading.keep_rejected);
    let mut rows = 0;
    let before = (gathered.relation_count(), gathered.declared_by_edges);
    let places = match &opening.form {
        Form::Table(header) => Some(Places::of(header.clone(), gathered)),
        Form::Interactions | Form::Unclear(_) => None,
    };
    while let Some(row) = records.next_row()? {
        rows += 1;
        let fields = &records.fields;
        let outcome = row.outcome.and_then(|()| match &places {
            None => gathered.interactions(fields),
            Some(places) if fields.iter().skip(places.width()).any(|field| !field.is_empty()) => Err(Cause::TOO_MANY_FIELDS),
            Some(places) if places.is_edges() => gathered.edge(fields, places),
            Some(places) => gathered.node(fields, places),
        });
        if let Err(cause) = outcome {
            rejected.add(cause, 0, row.line, records.row());
        }
    }
    let mut notes = opening.notes();
    if let Some((count, line)) = records.unclosed {
        let what = if count == 1 { "quotation mark that is" } else { "quotation marks that are" };
        notes.push(format!("{count} {what} never closed, taken as part of the text; the first is in line {}", line + 1));
    }
    let relations = gathered.relation_count() - before.0;
    if opening.is_without_relation() && mapping.relation.is_none() && relations > 0 {
        notes.push(format!("no column tells the relation: all are `{UNNAMED}`; `--map relation:=NAME` gives another name"));
    }
    if gathered.declared_by_edges > before.1 {
        notes.push(format!("{} entities are described by the edges themselves", gathered.declared_by_edges - before.1));
    }
    let format = match &opening.form {
        Form::Interactions => "simple interactions",
        Form::Table(header) if header.is_edges => "table of edges",
        Form::Table(_) | Form::Unclear(_) => "table of nodes",
    };
    let (rejected, rejected_rows) = rejected.finish(&[0]);
    Ok(ImportedFile { path: input.path().to_owned(), format, rows, rejected, rejected_rows, notes })
}

/// Every column that the user speaks of must be in some table.
fn check_columns(mapping: &Mapping, inputs: &[Input], openings: &[Opening]) -> Result<(), Complaints> {
    let is_there = |column: &&str| openings.iter().any(|opening| opening.names.iter().any(|name| name.trim().eq_ignore_ascii_case(column)));
    let Some(missing) = mapping.columns().find(|column| !is_there(column)) else {
        return Ok(());
    };
    let complaint = Diagnostic::error(Code::BadOption, format!("no table has a column '{missing}'"));
    let listed = inputs.iter().zip(openings).map(|(input, opening)| {
        let names: Vec<String> = opening.names.iter().take(opening::MOST_SHOWN).map(|name| opening::shown(name)).collect();
        format!("the columns of '{}': {}", input.path().display(), names.join(", "))
    });
    Err(listed.fold(complaint, |complaint, line| complaint.help(line)).into())
}
