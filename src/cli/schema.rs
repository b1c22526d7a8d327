//! Schema: the relations, kinds and qualifiers of a graph: a table for each for people, one answer with a view for programs.

use std::sync::Arc;

use crate::Session;
use crate::answer::{Answer, Cell, Column, ColumnType};
use crate::command::Failure;
use crate::render::{Format, render};
use crate::session::SchemaView;

use super::arguments::Part;
use super::console::Console;

const PARTS: [Part; 4] = [Part::Relations, Part::Kinds, Part::Qualifiers, Part::Properties];

impl Part {
    /// Its word in the column `part`.
    fn word(self) -> &'static str {
        match self {
            Part::Relations => "relation",
            Part::Kinds => "kind",
            Part::Qualifiers => "qualifier",
            Part::Properties => "property",
        }
    }
}

/// Shows the schema, or one part of it.
pub(super) fn run(part: Option<Part>, session: &Session, format: &Format, console: &Console) -> Result<(), Failure> {
    let page = console.answers();
    let written = |part: Part| render(&described(session, part), format, &page);
    let text = match part {
        // A view is one drawing, whatever the rows are.
        _ if format.draws_view => {
            let query = format!("schema of {}", session.schema().graph);
            let view = session.schema_view(SchemaView::for_format(format.name));
            render(&Answer { query, view, ..Answer::default() }, format, &page)
        }
        Some(part) => written(part),
        None if matches!(format.name, "table" | "markdown") => {
            let shown = PARTS.into_iter().filter(|part| *part != Part::Properties || session.graph().property_names().next().is_some());
            shown.map(written).collect::<Vec<_>>().join("\n")
        }
        None => render(&united(session), format, &page),
    };
    session.intact()?;
    console.write(&text)
}

fn described(session: &Session, part: Part) -> Answer {
    match part {
        Part::Relations => session.describe_schema(),
        Part::Kinds => session.describe_kinds(),
        Part::Qualifiers => session.describe_qualifiers(),
        Part::Properties => session.describe_properties(),
    }
}

/// All parts as one answer: `part`, `name`, then every column that any part has.
fn united(session: &Session) -> Answer {
    let parts = PARTS.map(|part| (part, described(session, part)));
    let text = |name: &str| Column::new(name, ColumnType::Text);
    let mut columns = vec![text("part"), text("name")];
    for column in parts.iter().flat_map(|(_, answer)| answer.columns.iter().skip(1)) {
        if !columns.iter().any(|known| known.name == column.name) {
            columns.push(column.clone());
        }
    }
    let mut rows = Vec::new();
    for (part, answer) in &parts {
        for row in &answer.rows {
            let mut row = row.clone();
            let cell = |column: &Column| match column.name.as_str() {
                "part" => Cell::Text(Arc::from(part.word())),
                "name" => row.cells[0].clone(),
                name => answer.columns.iter().position(|known| known.name == name).map_or(Cell::Absent, |at| row.cells[at].clone()),
            };
            row.cells = columns.iter().map(cell).collect();
            rows.push(row);
        }
    }
    let query = parts.into_iter().next().map(|(_, answer)| answer.query).unwrap_or_default();
    Answer { query, columns, rows, view: session.schema_view(SchemaView::Allowed), ..Answer::default() }
}
