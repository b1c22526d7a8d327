//! Cell: a field of a row as it stands in its table, and what it says: one text, or the members of a list.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value as Json;

/// How a field is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Between tabs, as it is.
    #[default]
    Plain,
    /// Between tabs, with backslash escapes.
    Escaped,
    /// A string of JSON, unquoted.
    Text,
    /// A number or truth value of JSON.
    Bare,
    /// An array, an object or an empty string of JSON, as JSON.
    Nested,
}

/// Where in a row's text a field is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    start: u32,
    end: u32,
    pub(super) kind: Kind,
}

/// A field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'t> {
    pub(super) bytes: &'t [u8],
    pub(super) kind: Kind,
}

/// One member of a field, before it is known what the column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scalar {
    pub(super) text: String,
    /// Whether it is what it looks like (`Plain`, `Bare`) or a text whatever it looks like.
    pub(super) is_text: bool,
}

impl Place {
    /// A field at these bytes.
    pub(super) fn new(range: Range<usize>, kind: Kind) -> Place {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Place { start: number(range.start), end: number(range.end), kind }
    }

    /// The field in the row's text.
    #[inline]
    pub(super) fn cell(self, text: &[u8]) -> Cell<'_> {
        Cell { bytes: text.get(self.start as usize..self.end as usize).unwrap_or_default(), kind: self.kind }
    }
}

/// What stands before the bytes of a field that is not plain, where all are kept under one number each.
const MARK: u8 = 1;

impl<'t> Cell<'t> {
    /// A field in which nothing stands.
    pub(super) const NOTHING: Cell<'static> = Cell { bytes: &[], kind: Kind::Plain };

    #[inline]
    pub(super) fn is_nothing(self) -> bool {
        self.bytes.is_empty()
    }

    /// The key of a field that is its own.
    #[inline]
    pub(super) fn plain_key(self) -> Option<&'t [u8]> {
        (self.kind == Kind::Plain && self.bytes.first() != Some(&MARK)).then_some(self.bytes)
    }

    /// Bytes from which the field can be had again, different for different fields.
    #[inline]
    pub(super) fn key<'k>(self, scratch: &'k mut Vec<u8>) -> &'k [u8]
    where
        't: 'k,
    {
        let sort = match self.kind {
            Kind::Plain if self.bytes.first() != Some(&MARK) => return self.bytes,
            Kind::Plain => b'P',
            Kind::Escaped => b'E',
            Kind::Text => b'T',
            Kind::Bare => b'B',
            Kind::Nested => b'N',
        };
        scratch.clear();
        scratch.extend_from_slice(&[MARK, sort]);
        scratch.extend_from_slice(self.bytes);
        scratch
    }

    /// The field that a key was made of.
    pub(super) fn of_key(key: &[u8]) -> Cell<'_> {
        match key {
            [MARK, sort, bytes @ ..] => {
                let kind = match sort {
                    b'E' => Kind::Escaped,
                    b'T' => Kind::Text,
                    b'B' => Kind::Bare,
                    b'N' => Kind::Nested,
                    _ => Kind::Plain,
                };
                Cell { bytes, kind }
            }
            bytes => Cell { bytes, kind: Kind::Plain },
        }
    }

    /// The field as one text.
    #[inline]
    pub(super) fn text(self) -> Cow<'t, [u8]> {
        match self.kind {
            Kind::Plain | Kind::Text | Kind::Bare => Cow::Borrowed(self.bytes),
            Kind::Escaped | Kind::Nested => self.unwrapped(),
        }
    }

    #[cold]
    fn unwrapped(self) -> Cow<'t, [u8]> {
        if self.kind == Kind::Escaped {
            return Cow::Owned(unescaped(&String::from_utf8_lossy(self.bytes)).into_bytes());
        }
        match self.members().as_slice() {
            [] => Cow::Borrowed(&[]),
            members => Cow::Owned(members.iter().map(|member| member.text.as_str()).collect::<Vec<_>>().join("|").into_bytes()),
        }
    }

    /// The field as one text, with nothing around it.
    pub(super) fn string(self) -> String {
        let text = self.text();
        let text = String::from_utf8_lossy(&text);
        if self.kind == Kind::Plain { text.trim().to_owned() } else { text.into_owned() }
    }

    /// Whether it may say several things.
    pub(super) fn has_bar(self) -> bool {
        self.kind == Kind::Plain && memchr::memchr(b'|', self.bytes).is_some()
    }

    /// The field as it is, with bars that are part of a text.
    pub(super) fn whole(self) -> Vec<Scalar> {
        match self.kind {
            Kind::Plain => {
                let text = String::from_utf8_lossy(self.bytes).into_owned();
                if text.is_empty() { Vec::new() } else { vec![Scalar { text, is_text: false }] }
            }
            _ => self.members(),
        }
    }

    /// The members of the field: between bars in a table, those of an array in JSON.
    pub(super) fn members(self) -> Vec<Scalar> {
        let text = String::from_utf8_lossy(self.bytes);
        match self.kind {
            Kind::Plain => {
                let members = text.split('|').map(str::trim).filter(|member| !member.is_empty());
                members.map(|member| Scalar { text: member.to_owned(), is_text: false }).collect()
            }
            Kind::Escaped => escaped_members(&text).map(|member| Scalar { text: unescaped(member), is_text: false }).collect(),
            Kind::Text => vec![Scalar { text: text.into_owned(), is_text: true }],
            Kind::Bare => vec![Scalar { text: text.into_owned(), is_text: false }],
            Kind::Nested => match serde_json::from_str(&text) {
                Ok(Json::Array(members)) => members.into_iter().filter_map(scalar).collect(),
                Ok(single) => scalar(single).into_iter().collect(),
                Err(_) => Vec::new(),
            },
        }
    }

    /// The members as texts, each once; strings of JSON are split at bars too.
    pub(super) fn strings(self) -> Vec<String> {
        let mut strings: Vec<String> = Vec::new();
        let mut add = |text: &str| {
            if !text.is_empty() && !strings.iter().any(|known| known == text) {
                strings.push(text.to_owned());
            }
        };
        let as_plain = |text: &str| Cell { bytes: text.as_bytes(), kind: Kind::Plain }.members();
        match self.kind {
            Kind::Text => as_plain(&String::from_utf8_lossy(self.bytes)).iter().for_each(|member| add(&member.text)),
            _ => self.members().iter().for_each(|member| add(&member.text)),
        }
        strings
    }

    /// Whether it is an array.
    pub(super) fn is_array(self) -> bool {
        self.kind == Kind::Nested && self.bytes.first() == Some(&b'[')
    }
}

/// The key of a list of texts.
pub(super) fn list_key(texts: &[String]) -> Vec<u8> {
    let mut scratch = Vec::new();
    let json = serde_json::to_vec(texts).unwrap_or_default();
    Cell { bytes: &json, kind: Kind::Nested }.key(&mut scratch).to_vec()
}

fn scalar(value: Json) -> Option<Scalar> {
    Some(match value {
        Json::Null => return None,
        Json::String(text) => Scalar { text, is_text: true },
        Json::Number(number) => Scalar { text: number.to_string(), is_text: false },
        Json::Bool(holds) => Scalar { text: holds.to_string(), is_text: false },
        nested => Scalar { text: nested.to_string(), is_text: true },
    })
}

/// The parts between bars that no backslash stands before.
fn escaped_members(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut is_escaped = false;
        for (at, letter) in text.char_indices() {
            match letter {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '|' => {
                    rest = Some(&text[at + 1..]);
                    return Some(&text[..at]);
                }
                _ => {}
            }
        }
        rest = None;
        Some(text)
    })
}

/// A text without its backslash escapes. What is no escape stays as it is.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let code = behind.strip_prefix("u{").and_then(|code| code.split_once('}'));
        let letter = code.and_then(|(code, _)| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        let (written, length) = match (behind.chars().next(), letter, code) {
            (Some('u'), Some(letter), Some((code, _))) => (Some(letter), code.len() + 3),
            (Some('t'), ..) => (Some('\t'), 1),
            (Some('n'), ..) => (Some('\n'), 1),
            (Some('r'), ..) => (Some('\r'), 1),
            (Some('e'), ..) => (None, 1),
            (Some(letter @ ('\\' | '|')), ..) => (Some(letter), 1),
            _ => (Some('\\'), 0),
        };
        plain.extend(written);
        rest = &behind[length..];
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::{Cell, Kind};

    fn members(text: &str, kind: Kind) -> Vec<String> {
        Cell { bytes: text.as_bytes(), kind }.members().into_iter().map(|member| member.text).collect()
    }

    #[test]
    fn members_are_told_apart_in_every_spelling() {
        assert_eq!(members("a| b ||c", Kind::Plain), ["a", "b", "c"]);
        assert_eq!(members(r"a\|b|\tc|\e|\u{e9}\\", Kind::Escaped), ["a|b", "\tc", "", "é\\"]);
        assert_eq!(members(r"\", Kind::Escaped), ["\\"]);
        assert_eq!(members(r"\u{110000}\x|\u{", Kind::Escaped), [r"\u{110000}\x", r"\u{"]);
        assert_eq!(members("a|b", Kind::Text), ["a|b"]);
        assert_eq!(members(r#"["a|b", 1, null, {"c": [2]}]"#, Kind::Nested), ["a|b", "1", r#"{"c":[2]}"#]);
        assert_eq!(members(r#""""#, Kind::Nested), [""]);
    }

    #[test]
    fn a_key_gives_the_field_back() {
        let mut scratch = Vec::new();
        for kind in [Kind::Plain, Kind::Escaped, Kind::Text, Kind::Bare, Kind::Nested] {
            for text in ["", "a", "\u{1}P", "\u{1}"] {
                let cell = Cell { bytes: text.as_bytes(), kind };
                let back = Cell::of_key(cell.key(&mut scratch));
                assert_eq!((back.bytes, back.kind), (cell.bytes, cell.kind));
            }
        }
    }
}
