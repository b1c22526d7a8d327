//! Hpoa: the annotations of the Human Phenotype Ontology (`phenotype.hpoa`): what is seen in which disease, how often, and who says so.

mod annotations;
mod columns;
mod header;
mod references;
mod words;

use crate::diagnostic::{Code, Complaints, Diagnostic};

use super::import::line_reader::LineReader;
use super::import::{Cause, GraphDraft, ImportedFile, Input, Reading, Rejected};

use annotations::Annotations;
use header::Header;

/// How many lines of comments may stand before the header.
const MOST_COMMENTS: usize = 1000;

/// Whether a file that begins so is a table of annotations: its header says so, or its first row where it has none.
pub fn recognises(beginning: &[u8], _name: &str) -> bool {
    let beginning = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning);
    for line in beginning.split(|byte| *byte == b'\n').take(MOST_COMMENTS) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let text = String::from_utf8_lossy(line);
        if Header::read(&text).is_some() {
            return true;
        }
        if !text.starts_with('#') && !text.trim().is_empty() {
            return Header::of_row(&text).is_some();
        }
    }
    false
}

/// Reads a table of annotations. `name` is what the graph is called.
///
/// # Errors
/// A file that cannot be read or has no header of such a table; an interruption. Rows that cannot be used are no error: they are
/// counted.
pub fn read(name: &str, input: &Input, reading: Reading<'_>) -> Result<GraphDraft, Complaints> {
    let opening = Opening::of(input, reading)?;
    let mut annotations = Annotations::new(name, &opening.version);
    let mut rejected = Rejected::new(reading.keep_rejected);
    let mut rows = 0;
    let mut lines = LineReader::open(input, reading)?;
    while let Some(line) = lines.next_line()? {
        if line.number < opening.first_row || line.bytes.starts_with(b"#") || line.bytes.trim_ascii().is_empty() {
            continue;
        }
        rows += 1;
        let outcome = match std::str::from_utf8(line.bytes) {
            _ if line.is_cut => Err(Cause("a line without an end")),
            Ok(text) => annotations.add(text, line.number, &opening.header),
            Err(_) => Err(Cause::NOT_TEXT),
        };
        if let Err(cause) = outcome {
            rejected.add(cause, 0, line.number, line.bytes);
        }
    }
    let (rejected, rejected_rows) = rejected.finish(&[0]);
    let notes = annotations.notes(&opening.header);
    let file = ImportedFile { path: input.path().to_owned(), format: "HPO annotations", rows, rejected, rejected_rows, notes };
    Ok(annotations.finish(file))
}

/// What stands before the rows.
struct Opening {
    header: Header,
    /// The version, if a comment tells it; else empty.
    version: String,
    /// The line of the first row, counted from 0.
    first_row: u64,
}

impl Opening {
    fn of(input: &Input, reading: Reading<'_>) -> Result<Opening, Complaints> {
        let mut lines = LineReader::open(input, reading)?;
        let mut version = String::new();
        while let Some(line) = lines.next_line()?.filter(|line| line.number < MOST_COMMENTS as u64) {
            let text = String::from_utf8_lossy(line.bytes);
            if let Some(header) = Header::read(&text) {
                return Ok(Opening { header, version, first_row: line.number + 1 });
            }
            if let Some(said) = version_in(&text) {
                said.clone_into(&mut version);
            }
            if !text.starts_with('#') && !text.trim().is_empty() {
                let header = Header::of_row(&text).ok_or_else(|| no_header(input))?;
                return Ok(Opening { header, version, first_row: line.number });
            }
        }
        Err(no_header(input))
    }
}

/// The version that a comment tells: `#version: 2025-01-16`, in older files `#date: 2019-04-15`.
fn version_in(comment: &str) -> Option<&str> {
    let (key, value) = comment.strip_prefix('#')?.split_once(':')?;
    let is_version = ["version", "date"].iter().any(|known| key.trim().eq_ignore_ascii_case(known));
    (is_version && value.len() < 100).then(|| value.trim())
}

fn no_header(input: &Input) -> Complaints {
    let message = format!("'{}' is no table of HPO annotations", input.path().display());
    Diagnostic::error(Code::Malformed, message)
        .help("behind its comments stands a line that names the columns, `database_id`, `hpo_id`, `aspect` and others, with tabs between them")
        .into()
}
