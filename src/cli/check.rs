//! Check: what a graph holds, how much of its sources it cites, and whether they still say what was read.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use crate::answer::{Answer, Cell, Certainty, Column, ColumnType, Row};
use crate::command::Failure;
use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::formats::check::{CheckReport, SourceCheck, SourceTrouble, VerifiedSource};
use crate::formats::snapshot;
use crate::render::{Format, render};

use super::arguments::Options;
use super::console::Console;
use super::open_at;

/// Reports on a graph: to the end, then fails if a sentence is not the one that was read.
pub(super) fn run(target: Option<&Path>, options: &Options, format: &Format, console: &Console) -> Result<(), Failure> {
    let own = target.map(|target| vec![target.to_owned()]);
    let graphs = own.as_ref().unwrap_or(&options.graph);
    for graph in graphs.iter().filter(|graph| snapshot::is_snapshot(graph)) {
        verify(graph, options.quiet)?;
    }
    let session = open_at(graphs, options, console)?;
    let report = session.check();
    let sources = options.sources.as_deref().map(|folder| session.check_sources(folder));
    session.intact()?;
    let (faults, notes) = sources.as_ref().map_or_else(Default::default, findings);
    let text = if format.name == "table" {
        for_people(&report, sources.as_ref(), options.quiet)
    } else {
        let complaints = report.warnings.iter().chain(&notes).chain(&faults);
        let answer = answer(session.name(), &report, sources.as_ref(), complaints.map(Diagnostic::to_string).collect());
        render(&answer, format, &console.answers())
    };
    console.write(&text)?;
    console.warn_all(&report.warnings);
    console.warn_all(&notes);
    Complaints::new(faults).map_or(Ok(()), |complaints| Err(complaints.into()))
}

/// Looks at every byte of a graph's file; at a terminal it tells how far it is.
fn verify(graph: &Path, quiet: bool) -> Result<(), Failure> {
    /// A file of so many blocks takes long enough to be told about.
    const MANY: usize = 1 << 14;
    let mut told = None;
    let mut tell = |done: usize, total: usize| {
        let percent = done * 100 / total.max(1);
        if total >= MANY && !quiet && told != Some(percent) && io::stderr().is_terminal() {
            told = Some(percent);
            // A terminal that does not take this is no reason to stop.
            let _ = write!(io::stderr(), "\rlooking at every byte: {percent} %{}", if done == total { "\r\x1b[K" } else { "" });
        }
    };
    Ok(snapshot::verify(graph, &mut tell)?)
}

/// What is wrong, and what only deserves a look: a source that is not cut into sentences has nothing to compare.
fn findings(check: &SourceCheck) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let (bare, others): (Vec<VerifiedSource>, Vec<VerifiedSource>) = check.sources.iter().cloned().partition(has_nothing_to_compare);
    let note = |source: &VerifiedSource| {
        let message = format!("'{}' is not cut into sentences: there is nothing to compare", source.source);
        Diagnostic::warning(Code::FingerprintMismatch, message)
    };
    let faults = SourceCheck { sources: others }.complaints();
    (faults, bare.iter().map(note).collect())
}

fn has_nothing_to_compare(source: &VerifiedSource) -> bool {
    source.total == 0 && source.trouble == Some(SourceTrouble::NoFingerprints)
}

fn for_people(report: &CheckReport, sources: Option<&SourceCheck>, quiet: bool) -> String {
    let mut text = format!("{report}\n");
    match sources {
        Some(check) => {
            for source in check.sources.iter().filter(|source| !has_nothing_to_compare(source)) {
                text.push_str(&format!(
                    "{}: {} of {} sentences are the ones that were read\n",
                    source.source, source.verified, source.total
                ));
            }
        }
        None if quiet || report.coverage.iter().all(|coverage| coverage.total == 0) => {}
        None => text.push_str("sentences not compared with their sources; `--sources FOLDER` compares them\n"),
    }
    text
}

/// The report for programs: a row for each count, with the total that it is out of where there is one.
fn answer(graph: &str, report: &CheckReport, sources: Option<&SourceCheck>, warnings: Vec<String>) -> Answer {
    let counts = [
        ("kinds", report.kinds),
        ("relation types", report.relation_types),
        ("qualifiers", report.qualifiers),
        ("entities", report.entities),
        ("statements", report.statements),
        ("relations", report.relations),
        ("sources", report.sources),
        ("questions", report.questions),
    ];
    let mut rows: Vec<Row> = counts.into_iter().map(|(what, count)| row(what, graph, integer(count), Cell::Absent)).collect();
    for coverage in &report.coverage {
        let (cited, total) = (Cell::Integer(coverage.cited.into()), Cell::Integer(coverage.total.into()));
        rows.push(row("sentences cited", &coverage.source, cited, total));
    }
    for source in sources.iter().flat_map(|check| &check.sources) {
        let (verified, total) = (Cell::Integer(source.verified.into()), Cell::Integer(source.total.into()));
        rows.push(row("sentences verified", &source.source, verified, total));
    }
    let column = |(name, column_type): (&str, ColumnType)| Column::new(name, column_type);
    let columns = [("check", ColumnType::Text), ("of", ColumnType::Text), ("count", ColumnType::Integer), ("total", ColumnType::Integer)];
    Answer { query: format!("check {graph}"), columns: columns.into_iter().map(column).collect(), rows, warnings, ..Answer::default() }
}

fn row(what: &str, of: &str, count: Cell, total: Cell) -> Row {
    let cells = vec![Cell::Text(Arc::from(what)), Cell::Text(Arc::from(of)), count, total];
    Row { cells, certainty: Certainty::Certain, evidence: Vec::new(), support: Vec::new() }
}

fn integer(count: usize) -> Cell {
    Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}
