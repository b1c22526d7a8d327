//! Records: the rows of a table cut into fields, whatever stands between them, with quotes as spreadsheets write them.

use std::collections::VecDeque;
use std::ops::Range;

use crate::diagnostic::Complaints;
use crate::formats::import::line_reader::{LONGEST_LINE, LineReader};
use crate::formats::import::{Cause, Input, Reading};

/// What stands between two fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    Tab,
    Comma,
    Semicolon,
    Bar,
    /// Any run of spaces; there are no empty fields.
    Spaces,
}

/// The most lines that one quoted field may go over.
const MOST_LINES: usize = 100;

/// A row that holds bytes that no text has.
const NO_TEXT: Cause = Cause("a byte of zero");
/// A row that does not end.
const ENDLESS: Cause = Cause("a line without an end");

/// A row, cut into fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    text: String,
    places: Vec<Range<usize>>,
}

/// Where the reader of a table has come to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// The line that the row begins with, counted from 0.
    pub line: u64,
    /// Whether it is text.
    pub outcome: Result<(), Cause>,
}

/// The rows of a table.
pub(super) struct Records<'r> {
    lines: LineReader<'r>,
    separator: Separator,
    /// Lines that were looked at in search of the end of a quotation that has none.
    pending: VecDeque<Raw>,
    /// How many fields the header has; rows that go over several lines must have as many.
    width: usize,
    current: Raw,
    pub fields: Fields,
    /// Quotation marks that open a field and are never closed: how many, and the line of the first.
    pub unclosed: Option<(u64, u64)>,
}

#[derive(Debug, Default)]
struct Raw {
    number: u64,
    bytes: Vec<u8>,
    is_cut: bool,
}

impl Separator {
    /// What separates the fields of a table that begins with this line. In a file of simple interactions (`.sif`) spaces may.
    pub(super) fn of(line: &str, name: &str) -> Separator {
        let count = |letter: char| {
            let mut is_quoted = false;
            let mut count = 0;
            for other in line.chars() {
                is_quoted ^= other == '"';
                count += usize::from(other == letter && !is_quoted);
            }
            count
        };
        if line.contains('\t') {
            return Separator::Tab;
        }
        if name.to_ascii_lowercase().ends_with(".sif") {
            return Separator::Spaces;
        }
        let candidates = [(Separator::Comma, count(',')), (Separator::Semicolon, count(';')), (Separator::Bar, count('|'))];
        let most = candidates.iter().map(|(_, count)| *count).max().unwrap_or_default();
        candidates.into_iter().find(|(_, count)| *count == most).map_or(Separator::Comma, |(separator, _)| separator)
    }

    fn byte(self) -> u8 {
        match self {
            Separator::Tab => b'\t',
            Separator::Comma => b',',
            Separator::Semicolon => b';',
            Separator::Bar => b'|',
            Separator::Spaces => b' ',
        }
    }
}

impl Fields {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// A field without spaces around it; empty where there is none.
    pub(super) fn get(&self, at: usize) -> &str {
        self.places.get(at).and_then(|place| self.text.get(place.clone())).unwrap_or_default().trim()
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Cuts a line; quotation marks are letters like others.
    pub(super) fn cut(&mut self, line: &str, separator: Separator) {
        self.text.clear();
        self.text.push_str(line);
        self.places.clear();
        if separator == Separator::Spaces {
            let start = line.as_ptr() as usize;
            self.places.extend(line.split_ascii_whitespace().map(|word| {
                let at = word.as_ptr() as usize - start;
                at..at + word.len()
            }));
            return;
        }
        let mut start = 0;
        for (at, _) in line.match_indices(char::from(separator.byte())) {
            self.places.push(start..at);
            start = at + 1;
        }
        self.places.push(start..line.len());
    }

    /// Cuts a line in which fields may be quoted. Says whether every quotation that opens a field is closed behind it.
    pub(super) fn cut_quoted(&mut self, line: &str, separator: Separator) -> bool {
        if !line.contains('"') || separator == Separator::Spaces {
            self.cut(line, separator);
            return true;
        }
        self.text.clear();
        self.places.clear();
        let between = char::from(separator.byte());
        let mut rest = line;
        loop {
            let start = self.text.len();
            let behind = match rest.strip_prefix('"') {
                Some(quoted) => match self.unquote(quoted, between) {
                    Some(behind) => behind,
                    None => return false,
                },
                None => {
                    let end = rest.find(between).unwrap_or(rest.len());
                    self.text.push_str(&rest[..end]);
                    &rest[end..]
                }
            };
            self.places.push(start..self.text.len());
            match behind.strip_prefix(between) {
                Some(next) => rest = next,
                None => return true,
            }
        }
    }

    /// Takes a quoted field; gives what stands behind it, or nothing if it is not closed.
    fn unquote<'l>(&mut self, quoted: &'l str, between: char) -> Option<&'l str> {
        let mut rest = quoted;
        loop {
            let at = rest.find('"')?;
            self.text.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if rest.is_empty() || rest.starts_with(between) {
                return Some(rest);
            }
            self.text.push('"');
            rest = rest.strip_prefix('"').unwrap_or(rest);
        }
    }
}

impl<'r> Records<'r> {
    /// Opens a table whose rows begin at a line, counted from 0.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn open(
        input: &Input,
        reading: Reading<'r>,
        separator: Separator,
        width: usize,
        first: u64,
    ) -> Result<Records<'r>, Complaints> {
        let mut lines = LineReader::open(input, reading)?;
        for _ in 0..first {
            lines.next_line()?;
        }
        let (pending, current, fields) = (VecDeque::new(), Raw::default(), Fields::default());
        Ok(Records { lines, separator, pending, width, current, fields, unclosed: None })
    }

    /// Goes on to the next row that is not empty, whose fields are in `fields` then; gives nothing at the end.
    ///
    /// # Errors
    /// The rest cannot be read, or the user has had enough.
    pub(super) fn next_row(&mut self) -> Result<Option<Row>, Complaints> {
        loop {
            match self.raw()? {
                Some(raw) => self.current = raw,
                None => return Ok(None),
            }
            if !self.current.bytes.trim_ascii().is_empty() {
                break;
            }
        }
        let line = std::mem::take(&mut self.current.bytes);
        let outcome = self.cut(&line);
        self.current.bytes = line;
        Ok(Some(Row { line: self.current.number, outcome: outcome? }))
    }

    /// The row as it stands in the file.
    pub(super) fn row(&self) -> &[u8] {
        &self.current.bytes
    }

    fn raw(&mut self) -> Result<Option<Raw>, Complaints> {
        if let Some(raw) = self.pending.pop_front() {
            return Ok(Some(raw));
        }
        let mut bytes = std::mem::take(&mut self.current.bytes);
        let Some(line) = self.lines.next_line()? else { return Ok(None) };
        bytes.clear();
        bytes.extend_from_slice(line.bytes);
        Ok(Some(Raw { number: line.number, bytes, is_cut: line.is_cut }))
    }

    fn cut(&mut self, line: &[u8]) -> Result<Result<(), Cause>, Complaints> {
        let text = match std::str::from_utf8(line) {
            _ if self.current.is_cut => return Ok(Err(ENDLESS)),
            Err(_) => return Ok(Err(Cause::NOT_TEXT)),
            Ok(text) if text.contains('\0') => return Ok(Err(NO_TEXT)),
            Ok(text) => text,
        };
        if self.fields.cut_quoted(text, self.separator) {
            return Ok(Ok(()));
        }
        if self.separator != Separator::Tab && self.joined(text)? {
            return Ok(Ok(()));
        }
        self.unclosed.get_or_insert((0, self.current.number)).0 += 1;
        self.fields.cut(text, self.separator);
        Ok(Ok(()))
    }

    /// Whether a row that ends within a quotation is whole together with the lines behind it; if not, these are read again.
    fn joined(&mut self, text: &str) -> Result<bool, Complaints> {
        let mut whole = text.to_owned();
        let mut taken: Vec<Raw> = Vec::new();
        while taken.len() < MOST_LINES && whole.len() < LONGEST_LINE {
            let Some(raw) = self.raw()? else { break };
            let next = std::str::from_utf8(&raw.bytes).ok().filter(|_| !raw.is_cut).map(str::to_owned);
            taken.push(raw);
            let Some(next) = next else { break };
            whole.push('\n');
            whole.push_str(&next);
            if next.contains('"') && self.fields.cut_quoted(&whole, self.separator) {
                if self.fields.len() == self.width {
                    return Ok(true);
                }
                break;
            }
        }
        for raw in taken.into_iter().rev() {
            self.pending.push_front(raw);
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::{Fields, Separator};

    fn cut(line: &str, separator: Separator) -> Option<Vec<String>> {
        let mut fields = Fields::default();
        fields.cut_quoted(line, separator).then(|| fields.iter().map(str::to_owned).collect())
    }

    #[test]
    fn quotes_are_read_as_spreadsheets_write_them() {
        let some = |fields: &[&str]| Some(fields.iter().map(|field| (*field).to_owned()).collect());
        assert_eq!(cut("a,\"b,c\",\"d \"\"e\"\"\",", Separator::Comma), some(&["a", "b,c", "d \"e\"", ""]));
        assert_eq!(cut("a,5\" nail,c", Separator::Comma), some(&["a", "5\" nail", "c"]));
        assert_eq!(cut("\"\"", Separator::Comma), some(&[""]));
        assert_eq!(cut("a,\"b", Separator::Comma), None);
        assert_eq!(cut("a,\"b\"c\",d", Separator::Comma), some(&["a", "b\"c", "d"]));
        assert_eq!(cut("a   rel  b ", Separator::Spaces), some(&["a", "rel", "b"]));
        assert_eq!(cut("\"é\"\té", Separator::Tab), some(&["é", "é"]));
    }

    #[test]
    fn separators_are_found() {
        for (line, name, separator) in [
            ("a\tb,c", "x", Separator::Tab),
            ("a;b;c,d", "x.csv", Separator::Semicolon),
            ("\"a;b;c\",d", "x.csv", Separator::Comma),
            ("a|b", "x", Separator::Bar),
            ("a pp b", "x.sif", Separator::Spaces),
            ("a", "x.csv", Separator::Comma),
        ] {
            assert_eq!(Separator::of(line, name), separator, "{line}");
        }
    }
}
