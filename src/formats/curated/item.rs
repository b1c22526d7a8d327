//! Item: a value of a TOML file with its place, and the questions that every reader asks of it.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Origin};
use crate::model::fold;

use super::faults::{Faults, all_of, is_control, shortened, within};
use super::files::Part;

/// A file that is being read.
#[derive(Clone, Copy)]
pub(super) struct File<'d> {
    pub(super) part: Part,
    pub(super) origin: &'d Arc<Origin>,
    pub(super) faults: &'d Faults,
}

/// Bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A value with its place.
#[derive(Clone, Copy)]
pub(super) struct Item<'d> {
    pub(super) file: File<'d>,
    pub(super) span: Span,
    pub(super) value: &'d DeValue<'d>,
}

/// A table whose keys were checked.
#[derive(Clone, Copy)]
pub(super) struct Table<'d> {
    pub(super) file: File<'d>,
    pub(super) span: Span,
    /// Whether something stands under a key that the format does not have, and is therefore not read.
    pub(super) has_unknown_keys: bool,
    what: &'static str,
    map: &'d DeTable<'d>,
}

impl Span {
    pub(super) fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span { start: range.start, end: range.end }
    }
}

impl<'d> File<'d> {
    /// Parses the file; `None` if it is malformed, with every place where it is.
    pub(super) fn parse(part: Part, origin: &'d Arc<Origin>, faults: &'d Faults) -> Option<Spanned<DeTable<'d>>> {
        let error = match DeTable::parse(&origin.text) {
            Ok(root) => return Some(root),
            Err(error) => error,
        };
        let file = File { part, origin, faults };
        let mut places = malformed_blocks(&origin.text);
        if places.is_empty() {
            // Each block is right in itself, so they disagree, as where a table is there twice.
            places.push((error.span().unwrap_or(0..0), error.message().to_owned()));
        }
        for (span, why) in places {
            let message = format!("this is not TOML: {why}");
            let fault = Diagnostic::error(Code::Malformed, message).at(within(&origin.text, span), "");
            file.complain(fault.help("what the file says is checked once it can be read"));
        }
        None
    }

    /// Adds a complaint; its labels are places of this file.
    pub(super) fn complain(&self, diagnostic: Diagnostic) {
        self.faults.add(self.part.rank(), diagnostic.in_origin(self.origin));
    }

    /// The words at a place, as written in the file.
    pub(super) fn words(&self, span: Span) -> &'d str {
        self.origin.text.get(span.range()).unwrap_or("")
    }

    /// The root table.
    pub(super) fn root(self, root: &'d Spanned<DeTable<'d>>, keys: &[&str]) -> Table<'d> {
        let span = Span { start: 0, end: 0 };
        Table { file: self, span, has_unknown_keys: false, what: "file", map: root.get_ref() }.check_keys(keys)
    }
}

impl<'d> Item<'d> {
    /// Adds an error about this value.
    pub(super) fn fault(&self, code: Code, message: impl Into<String>) {
        self.complain(Diagnostic::error(code, message).at(self.span.range(), ""));
    }

    /// Adds an error about this value, with a hint.
    pub(super) fn fault_with(&self, code: Code, message: impl Into<String>, hint: impl Into<String>) {
        self.complain(Diagnostic::error(code, message).at(self.span.range(), "").help(hint));
    }

    /// Adds a complaint that has its labels.
    pub(super) fn complain(&self, diagnostic: Diagnostic) {
        self.file.complain(diagnostic);
    }

    /// What the value is, for messages.
    pub(super) fn is_what(&self) -> &'static str {
        match self.value {
            DeValue::String(_) => "text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        }
    }

    /// Adds the error that the value should have been something else.
    pub(super) fn expected(&self, expected: &str, hint: &str) {
        self.fault_with(Code::BadValue, format!("this is {}; {expected} is needed here", self.is_what()), hint);
    }

    /// The text as written.
    pub(super) fn text(&self) -> Option<&'d str> {
        match self.value {
            DeValue::String(text) => Some(text.as_ref()),
            _ => {
                self.expected("text", "write it in quotes");
                None
            }
        }
    }

    /// A name: text with a letter or digit in it and no control character. Spaces around it do not count.
    pub(super) fn name(&self) -> Option<String> {
        let text = self.text()?;
        if fold(text).is_empty() {
            self.fault(Code::BadValue, "this is empty; a word is needed here");
            return None;
        }
        self.no_control(text, |_| false)?;
        Some(text.trim().to_owned())
    }

    /// A sentence: not empty, no control characters; line breaks count as spaces.
    pub(super) fn sentence(&self) -> Option<String> {
        let text = self.text()?;
        if text.trim().is_empty() {
            self.fault(Code::BadValue, "this is empty; words are needed here");
            return None;
        }
        self.no_control(text, |letter| matches!(letter, '\n' | '\r' | '\t'))?;
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn no_control(&self, text: &str, allowed: impl Fn(char) -> bool) -> Option<()> {
        let Some(found) = text.chars().find(|letter| is_control(*letter) && !allowed(*letter)) else {
            return Some(());
        };
        let message = format!("this holds the control character U+{:04X}", u32::from(found));
        self.fault_with(Code::BadValue, message, "leave it out");
        None
    }

    /// An id: no white space, no control characters.
    pub(super) fn slug(&self) -> Option<String> {
        let text = self.name()?;
        if text.contains(char::is_whitespace) || self.text() != Some(text.as_str()) {
            let hint = format!("such as '{}'", fold(&text).replace(' ', "-"));
            self.fault_with(Code::BadValue, format!("the id '{}' holds a space", shortened(&text)), hint);
            return None;
        }
        Some(text)
    }

    /// An id of a graph or a source, which names files: letters, digits, `-`, `_` and `.`.
    pub(super) fn file_slug(&self) -> Option<String> {
        let text = self.slug()?;
        let plain = text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.'));
        if plain && !text.starts_with('.') {
            return Some(text);
        }
        self.fault_with(Code::BadValue, format!("'{}' cannot name a file", shortened(&text)), "use letters, digits, '-' and '_'");
        None
    }

    /// An id of the schema: lower snake case.
    pub(super) fn schema_id(&self) -> Option<String> {
        let text = self.slug()?;
        let fits = |letter: char| letter == '_' || (letter.is_alphanumeric() && !letter.is_uppercase());
        if text.starts_with(char::is_alphabetic) && text.chars().all(fits) {
            return Some(text);
        }
        let hint: String = fold(&text).chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect();
        let message = format!("the id '{}' is not in lower case with '_' between words", shortened(&text));
        self.fault_with(Code::BadValue, message, format!("such as '{}'", shortened(&hint)));
        None
    }

    /// A CURIE: a prefix, a colon and what the prefix's collection calls it.
    pub(super) fn curie(&self) -> Option<String> {
        let text = self.slug()?;
        if text.split_once(':').is_some_and(|(prefix, local)| !prefix.is_empty() && !local.is_empty()) {
            return Some(text);
        }
        let message = format!("'{}' is not an identifier with its prefix", shortened(&text));
        self.fault_with(Code::BadValue, message, "such as 'MONDO:0008903'");
        None
    }

    /// True or false.
    pub(super) fn boolean(&self) -> Option<bool> {
        match self.value {
            DeValue::Boolean(holds) => Some(*holds),
            _ => {
                self.expected("true or false", "write it without quotes");
                None
            }
        }
    }

    /// A whole number, if it is one and fits.
    pub(super) fn whole(&self) -> Option<i64> {
        match self.value {
            DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
                Ok(number) => Some(number),
                Err(_) => {
                    self.fault(Code::BadValue, "the number is too large");
                    None
                }
            },
            _ => {
                self.expected("a whole number", "write it without quotes");
                None
            }
        }
    }

    /// A count: a whole number from 0.
    pub(super) fn count(&self) -> Option<u32> {
        let number = self.whole()?;
        match u32::try_from(number) {
            Ok(count) => Some(count),
            Err(_) => {
                let message = if number < 0 { "a count cannot be below zero" } else { "the number is too large" };
                self.fault(Code::BadValue, message);
                None
            }
        }
    }

    /// The members of a list.
    pub(super) fn list(&self) -> Option<Vec<Item<'d>>> {
        match self.value {
            DeValue::Array(array) => Some(array.iter().map(|member| self.member(member)).collect()),
            _ => {
                self.expected("a list", "write it in square brackets");
                None
            }
        }
    }

    /// The members of a list, or the value itself as the only one.
    pub(super) fn one_or_list(&self) -> Vec<Item<'d>> {
        match self.value {
            DeValue::Array(array) => array.iter().map(|member| self.member(member)).collect(),
            _ => vec![*self],
        }
    }

    /// The value as a table with no other keys than these. `what` names it in messages.
    pub(super) fn table(&self, what: &'static str, keys: &[&str]) -> Option<Table<'d>> {
        self.open_table(what).map(|table| table.check_keys(keys))
    }

    /// The value as a table with any keys.
    pub(super) fn open_table(&self, what: &'static str) -> Option<Table<'d>> {
        match self.value {
            DeValue::Table(map) => Some(Table { file: self.file, span: self.span, has_unknown_keys: false, what, map }),
            _ => {
                self.expected("a table", "write it in braces: { key = value }");
                None
            }
        }
    }

    fn member(&self, member: &'d Spanned<DeValue<'d>>) -> Item<'d> {
        Item { file: self.file, span: member.span().into(), value: member.get_ref() }
    }
}

impl<'d> Table<'d> {
    fn check_keys(mut self, keys: &[&str]) -> Table<'d> {
        for (key, span, _) in self.entries() {
            if keys.contains(&key) {
                continue;
            }
            self.has_unknown_keys = true;
            let near = self.file.faults.nearest(key, keys.len(), keys.iter().copied());
            let mut fault = Diagnostic::error(Code::UnknownKey, format!("this {} has the unknown key '{}'", self.what, shortened(key)));
            fault = fault.at(span.range(), "").suggest(&near);
            if near.is_empty() {
                fault = fault.help(format!("its keys are {}", all_of(keys)));
            }
            self.file.complain(fault);
        }
        self
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<Item<'d>> {
        let value = self.map.get(key)?;
        Some(Item { file: self.file, span: value.span().into(), value: value.get_ref() })
    }

    /// The value of a key that must be there.
    pub(super) fn need(&self, key: &str) -> Option<Item<'d>> {
        let item = self.get(key);
        if item.is_none() {
            self.missing(key, "");
        }
        item
    }

    /// Adds the error that a key is missing.
    pub(super) fn missing(&self, key: &str, hint: &str) {
        let message = format!("this {} has no '{key}'", self.what);
        let mut fault = Diagnostic::error(Code::MissingKey, message).at(self.span.range(), "");
        if !hint.is_empty() {
            fault = fault.help(hint);
        }
        self.file.complain(fault);
    }

    /// The name at a key, where there is one.
    pub(super) fn sentence(&self, key: &str) -> Option<String> {
        self.get(key).and_then(|item| item.sentence())
    }

    /// Whether a key holds `true`.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(|item| item.boolean()).unwrap_or(false)
    }

    /// The names in the list at a key; none if it is not there.
    pub(super) fn names(&self, key: &str) -> Vec<(String, Item<'d>)> {
        let members = self.get(key).and_then(|item| item.list()).unwrap_or_default();
        members.into_iter().filter_map(|item| item.name().map(|name| (name, item))).collect()
    }

    /// The tables of `[[key]]`; none if there are none.
    pub(super) fn tables(&self, key: &str) -> Vec<Item<'d>> {
        let Some(item) = self.get(key) else {
            return Vec::new();
        };
        match item.value {
            DeValue::Array(_) => item.list().unwrap_or_default(),
            _ => {
                item.fault_with(Code::BadValue, format!("'{key}' can occur many times"), format!("write [[{key}]] above each"));
                Vec::new()
            }
        }
    }

    /// The keys with their places and values, in the order written.
    pub(super) fn entries(&self) -> Vec<(&'d str, Span, Item<'d>)> {
        let mut entries: Vec<(&'d str, Span, Item<'d>)> = self
            .map
            .iter()
            .map(|(key, value)| {
                let item = Item { file: self.file, span: value.span().into(), value: value.get_ref() };
                (key.get_ref().as_ref(), Span::from(key.span()), item)
            })
            .collect();
        entries.sort_by_key(|(_, span, _)| span.start);
        entries
    }
}

/// The first error of each block of the text, from one line that begins with `[` to the next: what a bracket that is not
/// closed swallows behind its own block is not at fault.
fn malformed_blocks(text: &str) -> Vec<(Range<usize>, String)> {
    let starts = std::iter::once(0).chain(text.match_indices("\n[").map(|(at, _)| at + 1)).collect::<Vec<usize>>();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut errors = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends) {
        if let Err(error) = DeTable::parse(&text[start..end]) {
            let span = error.span().unwrap_or(0..0);
            errors.push((start + span.start..start + span.end, error.message().to_owned()));
        }
    }
    errors
}
