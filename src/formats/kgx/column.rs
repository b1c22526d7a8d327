//! Column: the values of a further column as they come, numbers as long as all are, else texts.

use std::sync::atomic::{AtomicU8, Ordering};

use crate::store::{ABSENT, BulkColumn, FastMap};

/// Different texts with a number for each, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Interner {
    codes: FastMap<Box<[u8]>, u32>,
    texts: Vec<Box<[u8]>>,
}

impl Interner {
    /// The number of a text.
    pub(super) fn code(&mut self, text: &[u8]) -> u32 {
        if let Some(code) = self.codes.get(text) {
            return *code;
        }
        let code = u32::try_from(self.texts.len()).unwrap_or(ABSENT - 1).min(ABSENT - 1);
        self.codes.insert(text.into(), code);
        self.texts.push(text.into());
        code
    }

    /// The texts by their numbers.
    pub(super) fn texts(&self) -> &[Box<[u8]>] {
        &self.texts
    }
}

/// The texts of several interners as one sorted list, and for each interner what its numbers have become.
pub(super) fn united<'i>(interners: impl Iterator<Item = &'i Interner> + Clone) -> (Vec<String>, Vec<Vec<u32>>) {
    let mut all: Vec<&[u8]> = interners.clone().flat_map(|interner| interner.texts().iter().map(|text| &**text)).collect();
    all.sort_unstable();
    all.dedup();
    let place = |text: &[u8]| all.binary_search(&text).map_or(ABSENT, |at| u32::try_from(at).unwrap_or(ABSENT));
    let places = interners.map(|interner| interner.texts().iter().map(|text| place(text)).collect()).collect();
    (all.iter().map(|text| String::from_utf8_lossy(text).into_owned()).collect(), places)
}

/// What the values of a column are, as far as is known; it only ever grows.
#[derive(Debug, Default)]
pub(super) struct Nature(AtomicU8);

/// The natures, from the strictest.
const INTEGERS: u8 = 0;
const NUMBERS: u8 = 1;
const TEXTS: u8 = 2;

impl Nature {
    fn get(&self) -> u8 {
        self.0.load(Ordering::Relaxed)
    }

    fn at_least(&self, nature: u8) {
        self.0.fetch_max(nature, Ordering::Relaxed);
    }
}

/// The values of one column in one piece of a table. All pieces share a nature; a piece that was read while it was thought
/// stricter than it turned out to be has to be read again.
#[derive(Debug)]
pub(super) struct Values {
    nature: u8,
    numbers: Vec<f64>,
    integers: Vec<i64>,
    codes: Vec<u32>,
}

impl Values {
    pub(super) fn new(nature: &Nature) -> Values {
        Values { nature: nature.get(), numbers: Vec::new(), integers: Vec::new(), codes: Vec::new() }
    }

    /// Whether the column was thought to be what it is.
    pub(super) fn holds(&self, nature: &Nature) -> bool {
        self.nature == nature.get()
    }

    /// Adds the value of the next row; an empty field is nothing.
    pub(super) fn push(&mut self, field: &[u8], nature: &Nature, interner: &mut Interner) {
        match self.nature {
            INTEGERS => match (field.is_empty(), integer(field)) {
                (true, _) => self.integers.push(i64::MIN),
                (false, Some(integer)) => self.integers.push(integer),
                (false, None) => {
                    nature.at_least(if number(field).is_some() { NUMBERS } else { TEXTS });
                    self.integers.push(i64::MIN);
                }
            },
            NUMBERS => match (field.is_empty(), number(field)) {
                (true, _) => self.numbers.push(f64::NAN),
                (false, Some(number)) => self.numbers.push(number),
                (false, None) => {
                    nature.at_least(TEXTS);
                    self.numbers.push(f64::NAN);
                }
            },
            _ => self.codes.push(if field.is_empty() { ABSENT } else { interner.code(field) }),
        }
    }
}

/// The columns of all pieces, in order, as one; each piece with what its codes have become. Nothing where nothing is said.
pub(super) fn joined(
    pieces: impl Iterator<Item = (Values, usize)>,
    nature: &Nature,
    texts: Vec<String>,
    places: &[Vec<u32>],
) -> BulkColumn {
    match nature.get() {
        INTEGERS => BulkColumn::Integers(concatenated(pieces.map(|(values, _)| values.integers))),
        NUMBERS => BulkColumn::Numbers(concatenated(pieces.map(|(values, _)| values.numbers))),
        _ => {
            let moved = pieces.map(|(mut values, worker)| {
                for code in &mut values.codes {
                    *code = places[worker].get(*code as usize).copied().unwrap_or(ABSENT);
                }
                values.codes
            });
            BulkColumn::Texts(concatenated(moved), texts)
        }
    }
}

/// Lists as one, each let go as soon as it is copied.
pub(super) fn concatenated<T>(lists: impl Iterator<Item = Vec<T>>) -> Vec<T> {
    let mut all = Vec::new();
    for mut list in lists {
        if all.is_empty() { all = list } else { all.append(&mut list) }
    }
    all
}

/// A whole number as it would be written again; `007` and `+7` are texts.
fn integer(field: &[u8]) -> Option<i64> {
    let digits = field.strip_prefix(b"-").unwrap_or(field);
    let plain = matches!(digits, [b'0'] | [b'1'..=b'9', ..]) && digits.len() < 19 && digits.iter().all(u8::is_ascii_digit);
    if !plain {
        return None;
    }
    std::str::from_utf8(field).ok()?.parse().ok()
}

/// A finite number in digits; `inf`, `nan` and `007` are texts.
pub(super) fn number(field: &[u8]) -> Option<f64> {
    let unsigned = field.strip_prefix(b"-").unwrap_or(field);
    let begins = matches!(unsigned, [b'0'] | [b'0', b'.' | b'e' | b'E', ..] | [b'1'..=b'9', ..]);
    let digits = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'-' | b'+');
    if !begins || !unsigned.iter().all(digits) {
        return None;
    }
    std::str::from_utf8(field).ok()?.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::{integer, number};

    #[test]
    fn numbers_are_told_from_texts() {
        assert_eq!(
            (integer(b"-17"), integer(b"0"), integer(b"007"), integer(b"+7"), integer(b"1.0")),
            (Some(-17), Some(0), None, None, None)
        );
        assert_eq!((number(b"0.25"), number(b"1e-5"), number(b"-3")), (Some(0.25), Some(1e-5), Some(-3.0)));
        for text in ["", "-", "inf", "NaN", "0x1", "1e999", "01.5", "1-2", "5 mg", ".5"] {
            assert_eq!(number(text.as_bytes()), None, "{text}");
        }
    }
}
