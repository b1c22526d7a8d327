//! Form: what sort of file a table is: fields between tabs, fields in quotes, or objects of JSON.

use std::io::{self, BufRead, BufReader, Read};

use crate::formats::import::Input;

use super::cell::Kind;
use super::header::{Header, Table};
use super::json;
use super::transform::{Document, Quoted, Transformed};

/// How the rows of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Fields between tabs, without quotes.
    Tabs,
    /// Fields between these, in quotes where need be.
    Quoted(u8),
    /// An object on each line.
    JsonLines,
    /// Objects in lists.
    JsonDocument,
}

/// How much of a file is looked at to know it, in bytes.
const BEGINNING: u64 = 1 << 16;
/// The longest header, in bytes.
const LONGEST_HEADER: u64 = 1 << 20;

impl Form {
    /// Whether rows are objects.
    pub(super) fn is_json(self) -> bool {
        matches!(self, Form::JsonLines | Form::JsonDocument)
    }

    /// The rows of a file as lines.
    pub(super) fn lines<'i>(self, bytes: Box<dyn Read + Send + 'i>) -> Box<dyn Read + Send + 'i> {
        match self {
            Form::Tabs | Form::JsonLines => bytes,
            Form::Quoted(separator) => Box::new(Transformed::new(bytes, Quoted::new(separator))),
            Form::JsonDocument => Box::new(Transformed::new(bytes, Document::default())),
        }
    }
}

/// What a file begins as: its form and its columns; none if it is no such table.
pub(super) fn known(beginning: &[u8]) -> Option<(Form, Header)> {
    let text = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning);
    let text = text.trim_ascii_start();
    if matches!(text.first(), Some(b'{' | b'[')) {
        return json_form(text).map(|(form, table)| (form, Header::open(table)));
    }
    let heading = first_line(text);
    let is_quoted = heading.starts_with(b"\"");
    if !is_quoted && let Some(header) = Header::read(heading) {
        return Some((Form::Tabs, header));
    }
    b"\t,;".iter().find_map(|separator| {
        let form = Form::Quoted(*separator);
        let mut line = Vec::new();
        BufReader::new(form.lines(Box::new(heading))).read_until(b'\n', &mut line).ok()?;
        let header = Header::read(&line).filter(|header| header.roles.len() > 1)?;
        Some((form, header))
    })
}

/// The first line.
fn first_line(text: &[u8]) -> &[u8] {
    text.split(|byte| *byte == b'\n').next().unwrap_or_default()
}

/// Whether objects stand on lines or in lists, and what the first one is.
fn json_form(text: &[u8]) -> Option<(Form, Table)> {
    let first = first_line(text);
    if text.starts_with(b"{")
        && let Some(names) = names(first)
        && !names.iter().any(|(name, is_list)| *is_list && (name == "nodes" || name == "edges"))
    {
        return table(&names).map(|table| (Form::JsonLines, table));
    }
    let mut lines = Vec::new();
    Form::JsonDocument.lines(Box::new(text)).take(BEGINNING).read_to_end(&mut lines).ok()?;
    let object = lines.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty())?;
    table(&names(object)?).map(|table| (Form::JsonDocument, table))
}

/// The names in an object, and which are those of lists.
fn names(object: &[u8]) -> Option<Vec<(String, bool)>> {
    let (mut text, mut fields) = (Vec::new(), Vec::new());
    json::read_object(object, &mut text, &mut fields).ok()?;
    let named = |(name, place): &(super::cell::Place, super::cell::Place)| (name.cell(&text).string(), place.kind == Kind::Nested);
    Some(fields.iter().map(named).collect())
}

/// Which table an object with these names belongs to.
fn table(names: &[(String, bool)]) -> Option<Table> {
    let has = |name: &str| names.iter().any(|(known, _)| known == name);
    if has("subject") && has("object") {
        Some(Table::Edges)
    } else if has("id") {
        Some(Table::Nodes)
    } else {
        None
    }
}

/// The beginning of a file.
pub(super) fn beginning(input: &Input) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = input.open()?;
    file.by_ref().take(BEGINNING).read_to_end(&mut bytes)?;
    // A header may be longer.
    if !bytes.contains(&b'\n') {
        file.take(LONGEST_HEADER).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Whether a file that begins so surely is such a table: others have columns of these names too.
pub(super) fn is_surely(beginning: &[u8]) -> bool {
    let Some((form, header)) = known(beginning) else { return false };
    let has = |name: &str| header.names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if form.is_json() {
        let says = |word: &[u8]| beginning.windows(word.len()).any(|bytes| bytes == word);
        return match header.table {
            Table::Edges => says(b"\"predicate\""),
            // A line that begins with an id is that of a node of which nothing else may be known.
            Table::Nodes => {
                let begins = |word: &[u8]| beginning.trim_ascii_start().starts_with(word);
                says(b"\"category\"") || says(b"\"predicate\"") || (matches!(form, Form::JsonLines) && begins(b"{\"id\":"))
            }
        };
    }
    match header.table {
        Table::Edges => true,
        Table::Nodes if has("category") => true,
        // Nodes without a category are such a table if their ids are CURIEs and nothing else says what they are.
        Table::Nodes => {
            let names_kinds = ["kind", "label", "labels", "type", "kinds", "types"].into_iter().any(has);
            let separator = if let Form::Quoted(separator) = form { separator } else { b'\t' };
            let at = header.names.iter().position(|name| name.eq_ignore_ascii_case("id")).unwrap_or_default();
            let row = beginning.split(|byte| *byte == b'\n').nth(1).unwrap_or_default();
            let id = row.split(|byte| *byte == separator).nth(at).unwrap_or_default();
            !names_kinds && is_curie(&String::from_utf8_lossy(id))
        }
    }
}

/// Whether a text is a prefix and a local part: `MONDO:0000001`, but not `Gene::9021`.
fn is_curie(text: &str) -> bool {
    let text = text.trim().trim_matches('"');
    let Some((prefix, local)) = text.split_once(':') else { return false };
    let is_prefix = prefix.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && prefix.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-'));
    is_prefix && !local.is_empty() && !local.starts_with([':', '/']) && !local.contains(char::is_whitespace)
}
