//! Opening: the first lines of a table, by which it is told what its columns are called and what they hold.

use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::formats::import::line_reader::LineReader;
use crate::formats::import::{Input, Reading};

use super::header::Header;
use super::mapping::{Mapping, Role};
use super::records::{Fields, Separator};

/// How many lines of comments may stand before the header.
const MOST_COMMENTS: usize = 200;
/// How many rows are shown as examples.
const EXAMPLES: usize = 3;
/// How many columns a message names.
pub(super) const MOST_SHOWN: usize = 30;

/// The beginning of a table.
#[derive(Debug)]
pub(super) struct Opening {
    pub separator: Separator,
    /// What the columns are called: by their header, or by their numbers where there is none.
    pub names: Vec<String>,
    pub form: Form,
    /// The line of the first row, counted from 0.
    pub first_row: u64,
}

/// What the rows are.
#[derive(Debug)]
pub(super) enum Form {
    /// Of one width, under a header.
    Table(Header),
    /// `a relation b c d`, without a header.
    Interactions,
    /// It is not clear what the columns hold; the first rows show it.
    Unclear(Vec<String>),
}

/// The first lines, as they stand.
#[derive(Debug, Default)]
struct Lines {
    /// The line that may be a header, its number, and what separates its fields.
    header: Option<(u64, String, Separator)>,
    examples: Vec<String>,
    /// The last comment before it: some tables put their header there.
    comment: Option<String>,
    comments: usize,
}

impl Lines {
    /// Takes the next line; says whether more are wanted.
    fn take(&mut self, number: u64, line: &str, name: &str) -> bool {
        if line.trim().is_empty() {
            return true;
        }
        if self.header.is_some() {
            self.examples.push(line.to_owned());
            return self.examples.len() < EXAMPLES;
        }
        if line.starts_with('#') && self.comments < MOST_COMMENTS {
            self.comments += 1;
            self.comment = Some(line.to_owned());
            return true;
        }
        let separator = Separator::of(line, name);
        let width = |line: &str| fields_of(line, separator).len();
        match self.comment.take().filter(|comment| width(comment) == width(line) && width(line) > 1) {
            // The header is a comment, and this is the first row.
            Some(comment) => {
                self.header = Some((number.saturating_sub(1), comment.trim_start_matches('#').trim_start().to_owned(), separator));
                self.examples.push(line.to_owned());
            }
            None => self.header = Some((number, line.to_owned(), separator)),
        }
        true
    }

    /// A table of nothing but comments may have one of them as its header.
    fn finish(&mut self, name: &str) {
        if self.header.is_none()
            && let Some(comment) = self.comment.take()
        {
            let separator = Separator::of(&comment, name);
            self.header = Some((self.comments as u64, comment.trim_start_matches('#').trim_start().to_owned(), separator));
        }
    }
}

/// Whether a file that begins so is a table.
pub(super) fn recognises(beginning: &[u8], name: &str) -> bool {
    let beginning = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning);
    let is_text = !beginning.iter().take(4096).any(|byte| *byte == 0);
    if !is_text || matches!(beginning.trim_ascii_start().first(), None | Some(b'{' | b'[' | b'<')) {
        return false;
    }
    let mut lines = Lines::default();
    for (number, line) in (0u64..).zip(beginning.split(|byte| *byte == b'\n')) {
        let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line));
        if !lines.take(number, &line, name) {
            break;
        }
    }
    lines.finish(name);
    let Some((_, header, separator)) = &lines.header else { return false };
    let names = fields_of(header, *separator);
    let name = name.to_ascii_lowercase();
    if name.ends_with(".sif") {
        return true;
    }
    if names.len() < 2 {
        return false;
    }
    let is_called_so = [".csv", ".tsv", ".tab"].iter().any(|ending| name.ends_with(ending));
    let is_even = lines.examples.len() > 1 && lines.examples.iter().all(|line| fields_of(line, *separator).len() == names.len());
    is_called_so || Header::of(&names, &Mapping::default()).is_some() || (is_even && *separator == Separator::Tab)
}

impl Opening {
    /// Reads the beginning of a table.
    ///
    /// # Errors
    /// The file cannot be read, or is empty.
    pub(super) fn of(input: &Input, mapping: &Mapping, reading: Reading<'_>) -> Result<Opening, Complaints> {
        let name = input.path().to_string_lossy().into_owned();
        let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
        let mut lines = Lines::default();
        let mut reader = LineReader::open(input, reading)?;
        while let Some(line) = reader.next_line()? {
            if line.is_cut || !lines.take(line.number, &String::from_utf8_lossy(line.bytes), name) {
                break;
            }
        }
        lines.finish(name);
        let Some((number, header, separator)) = lines.header else {
            let complaint = Diagnostic::error(Code::Malformed, format!("'{}' holds no table", input.path().display()));
            return Err(complaint.help("its first line should name its columns, with tabs or commas between them").into());
        };
        let names = fields_of(&header, separator);
        if mapping.is_by_number(&names) {
            let names: Vec<String> = (1..=names.len()).map(|number| number.to_string()).collect();
            let form = Header::of(&names, mapping).map_or(Form::Unclear(lines.examples), Form::Table);
            return Ok(Opening { separator, names, form, first_row: number });
        }
        let known = Header::of(&names, mapping);
        let is_interactions = name.to_ascii_lowercase().ends_with(".sif");
        match known.filter(|header| header.is_edges || !is_interactions) {
            Some(header) => Ok(Opening { separator, names, form: Form::Table(header), first_row: number + 1 }),
            None if is_interactions => Ok(Opening { separator, names: Vec::new(), form: Form::Interactions, first_row: number }),
            None => Ok(Opening { separator, names, form: Form::Unclear(lines.examples), first_row: number + 1 }),
        }
    }

    /// Whether it is a table of edges.
    pub(super) fn is_edges(&self) -> bool {
        match &self.form {
            Form::Table(header) => header.is_edges,
            Form::Interactions => true,
            Form::Unclear(_) => false,
        }
    }

    /// Whether it is a table of edges that has no column of relations.
    pub(super) fn is_without_relation(&self) -> bool {
        matches!(&self.form, Form::Table(header) if header.is_edges && header.place(&Role::Relation).is_none())
    }

    /// The complaint about a table whose columns nobody knows, if it is one: what there is, and how to say what it is.
    pub(super) fn complaint(&self, input: &Input) -> Option<Diagnostic> {
        let Form::Unclear(examples) = &self.form else { return None };
        let rows: Vec<Vec<String>> = examples.iter().map(|line| fields_of(line, self.separator)).collect();
        let names = &self.names;
        let mut lines = vec!["its columns, with the first values of each:".to_owned()];
        for (at, name) in names.iter().enumerate().take(MOST_SHOWN) {
            let values: Vec<String> = rows.iter().filter_map(|row| row.get(at)).map(|value| shown(value)).collect();
            lines.push(format!("  {}: {}", shown(name), values.join(", ")));
        }
        if names.len() > MOST_SHOWN {
            lines.push(format!("  and {} more", names.len() - MOST_SHOWN));
        }
        let said = |at: usize, role: &str| names.get(at).map(|name| format!("--map '{}={role}'", name.trim())).unwrap_or_default();
        let message = format!("'{}' does not say what its columns hold", input.path().display());
        let complaint =
            Diagnostic::error(Code::Malformed, message).help(lines.join("\n")).help(format!("if each row is a node: {}", said(0, "id")));
        if names.len() < 2 {
            return Some(complaint);
        }
        let (relation, target) = if names.len() > 2 { (said(1, "relation"), 2) } else { ("--map relation:=related_to".to_owned(), 1) };
        Some(complaint.help(format!("if each row is an edge: {} {relation} {}", said(0, "source"), said(target, "target"))))
    }

    /// What the user should know of the header.
    pub(super) fn notes(&self) -> Vec<String> {
        let Form::Table(header) = &self.form else { return Vec::new() };
        let again = |name: &String| format!("another column is called '{name}' too: a number is put behind its name");
        header.repeated.iter().take(MOST_SHOWN).map(again).collect()
    }
}

/// The fields of a line, quotes taken off.
fn fields_of(line: &str, separator: Separator) -> Vec<String> {
    let mut fields = Fields::default();
    if !fields.cut_quoted(line, separator) {
        fields.cut(line, separator);
    }
    fields.iter().map(str::to_owned).collect()
}

/// A name or value as a message shows it.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 30;
    let shown: String = text.trim().chars().take(LONGEST).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if shown.len() < text.trim().len() { format!("{shown}...") } else { shown }
}
