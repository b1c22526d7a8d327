//! Bench: how long the queries of a file take on a graph, measured in this process.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use crate::Session;
use crate::answer::{Answer, Cell, Certainty, Column, ColumnType, Row};
use crate::command::Failure;
use crate::diagnostic::{Code, Complaints, Diagnostic, Origin};
use crate::render::{Format, render};

use super::arguments::Options;
use super::console::Console;
use super::interrupt::Interrupt;
use super::open;

/// How long a query runs again and again behind its first time before it is measured.
const SETTLING: std::time::Duration = std::time::Duration::from_millis(30);

/// What was measured of a query. Times are in seconds, from the text to the values of all rows.
struct Measured {
    name: String,
    /// Of the first run, which fills caches.
    first: f64,
    /// Of the runs behind it.
    median: f64,
    minimum: f64,
    rows: usize,
}

/// Measures every query of a file: one run to warm up, then so many more.
pub(super) fn run(file: &Path, runs: u32, options: &Options, format: &Format, console: &Console) -> Result<(), Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Diagnostic::error(Code::Unreadable, format!("'{}' cannot be read: {error}", file.display())))?;
    let queries = queries(&text, file)?;
    let session = open(options, console)?;
    let interrupt = Interrupt::new(&session.interrupt());
    let mut measured = Vec::new();
    for (name, query) in queries {
        measured.push(interrupt.during(|| measure(&session, name, query, runs))?);
    }
    let text = if format.name == "json" || format.name == "jsonl" {
        measured.iter().map(line).collect()
    } else {
        render(&answer(&measured, file), format, &console.answers())
    };
    console.write(&text)
}

/// The queries of a file with their names: `name<TAB>query` on each line; blank lines and `--` comments are left out.
fn queries<'t>(text: &'t str, file: &Path) -> Result<Vec<(&'t str, &'t str)>, Complaints> {
    let mut queries = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        if line.is_empty() || line.starts_with("--") {
            continue;
        }
        let Some((name, query)) = line.split_once('\t') else {
            let origin = Origin::new(file.display().to_string(), text);
            let complaint = Diagnostic::error(Code::Malformed, "a line has no tab between its name and its query");
            let complaint = complaint.at(start..start + line.len(), "which query, under which name?");
            return Err(complaint.in_origin(&origin).help("each line is `name<TAB>query`").into());
        };
        queries.push((name.trim(), query.trim()));
    }
    Ok(queries)
}

fn measure(session: &Session, name: &str, query: &str, runs: u32) -> Result<Measured, Complaints> {
    let timed = || -> Result<(f64, usize), Complaints> {
        let begun = Instant::now();
        let (_, rows) = session.rows(query)?;
        Ok((begun.elapsed().as_secs_f64(), rows.len()))
    };
    let (first, rows) = timed()?;
    // The clock of an idle processor takes some milliseconds to come up: queries shorter than that would be measured below it.
    let begun = Instant::now();
    while begun.elapsed() < SETTLING {
        timed()?;
    }
    let mut times = (0..runs).map(|_| timed().map(|(time, _)| time)).collect::<Result<Vec<f64>, Complaints>>()?;
    times.sort_by(f64::total_cmp);
    let median = times.get(times.len() / 2).copied().unwrap_or(first);
    let minimum = times.first().copied().unwrap_or(first);
    Ok(Measured { name: name.to_owned(), first, median, minimum, rows })
}

/// One line for programs.
fn line(measured: &Measured) -> String {
    let Measured { name, first, median, minimum, rows } = measured;
    let line = serde_json::json!({ "name": name, "first_s": first, "median_s": median, "min_s": minimum, "rows": rows });
    format!("{line}\n")
}

fn answer(measured: &[Measured], file: &Path) -> Answer {
    let time = |seconds: f64| Cell::Text(Arc::from(format!("{:.3} ms", seconds * 1000.0)));
    let row = |measured: &Measured| Row {
        cells: vec![
            Cell::Text(Arc::from(measured.name.as_str())),
            time(measured.first),
            time(measured.median),
            time(measured.minimum),
            Cell::Integer(i64::try_from(measured.rows).unwrap_or(i64::MAX)),
        ],
        certainty: Certainty::Certain,
        evidence: Vec::new(),
        support: Vec::new(),
    };
    let columns = ["query", "first", "median", "minimum"].map(|name| Column::new(name, ColumnType::Text));
    let mut columns: Vec<Column> = columns.into();
    columns.push(Column::new("rows", ColumnType::Integer));
    Answer { query: format!("bench {}", file.display()), columns, rows: measured.iter().map(row).collect(), ..Answer::default() }
}
