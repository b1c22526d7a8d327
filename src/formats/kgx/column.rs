//! Column: the values of a further column as they come, numbers as long as all are, else fields as they are written.

use std::sync::atomic::{AtomicU8, Ordering};

use crate::store::{ABSENT, FastMap};

use super::cell::{Cell, Kind, list_key};
use super::header::Mark;

/// Different texts with a number for each, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Interner {
    codes: FastMap<Box<[u8]>, u32>,
    texts: Vec<Box<[u8]>>,
    scratch: Vec<u8>,
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

    /// The number of a field.
    #[inline]
    pub(super) fn code_of(&mut self, field: Cell<'_>) -> u32 {
        if let Some(key) = field.plain_key() {
            return self.code(key);
        }
        let mut scratch = std::mem::take(&mut self.scratch);
        let code = self.code(field.key(&mut scratch));
        self.scratch = scratch;
        code
    }

    /// The texts by their numbers.
    pub(super) fn texts(&self) -> &[Box<[u8]>] {
        &self.texts
    }
}

/// The texts of several interners as one sorted list, and for each interner what its numbers have become.
pub(super) fn united<'i>(interners: impl Iterator<Item = &'i Interner> + Clone) -> (Vec<Box<[u8]>>, Vec<Vec<u32>>) {
    let mut all: Vec<&[u8]> = interners.clone().flat_map(|interner| interner.texts().iter().map(|text| &**text)).collect();
    all.sort_unstable();
    all.dedup();
    let place = |text: &[u8]| all.binary_search(&text).map_or(ABSENT, |at| u32::try_from(at).unwrap_or(ABSENT));
    let places = interners.map(|interner| interner.texts().iter().map(|text| place(text)).collect()).collect();
    (all.into_iter().map(Box::from).collect(), places)
}

/// What the values of a column are, as far as is known; it only ever grows.
#[derive(Debug)]
pub(super) struct Nature(AtomicU8);

/// The natures, from the strictest.
const INTEGERS: u8 = 0;
const NUMBERS: u8 = 1;
const FIELDS: u8 = 2;

impl Nature {
    /// That of a column whose name says what it holds, or of one that may hold anything.
    pub(super) fn new(mark: Option<Mark>) -> Nature {
        Nature(AtomicU8::new(match mark {
            None | Some(Mark::Integer) => INTEGERS,
            Some(Mark::Number) => NUMBERS,
            Some(_) => FIELDS,
        }))
    }

    fn get(&self) -> u8 {
        self.0.load(Ordering::Relaxed)
    }

    fn at_least(&self, nature: u8) {
        self.0.fetch_max(nature, Ordering::Relaxed);
    }
}

/// The values of one column in one piece of a table. All pieces share a nature; a piece that was read while it was thought
/// stricter than it turned out to be has to be read again.
#[derive(Debug, Default)]
pub(super) struct Values {
    nature: u8,
    /// How many rows there are so far, as long as nothing is said of any of them: then nothing is kept.
    silent: usize,
    is_silent: bool,
    numbers: Vec<f64>,
    integers: Vec<i64>,
    codes: Vec<u32>,
}

/// What became of a value that a row adds to an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Addition {
    /// It says the same, or nothing.
    Same,
    /// It says what nobody had said.
    New,
    /// It says something else, and does not count.
    Lost,
}

impl Values {
    pub(super) fn new(nature: &Nature) -> Values {
        Values { nature: nature.get(), is_silent: true, ..Values::default() }
    }

    /// Whether the column was thought to be what it is.
    pub(super) fn holds(&self, nature: &Nature) -> bool {
        self.is_silent || self.nature == nature.get()
    }

    /// Adds nothing until there are so many values.
    pub(super) fn pad(&mut self, count: usize) {
        if self.is_silent {
            self.silent = count;
        } else {
            self.fill(count);
        }
    }

    /// Begins to keep values.
    #[cold]
    fn speak(&mut self) {
        self.is_silent = false;
        self.fill(self.silent);
    }

    fn fill(&mut self, count: usize) {
        match self.nature {
            INTEGERS => self.integers.resize(count, i64::MIN),
            NUMBERS => self.numbers.resize(count, f64::NAN),
            _ => self.codes.resize(count, ABSENT),
        }
    }

    /// Adds the value of the next row; an empty field is nothing.
    #[inline]
    pub(super) fn push(&mut self, field: Cell<'_>, nature: &Nature, interner: &mut Interner) {
        if self.is_silent {
            if field.is_nothing() {
                self.silent += 1;
                return;
            }
            self.speak();
        }
        match self.read(field, nature, interner) {
            Value::Integer(integer) => self.integers.push(integer),
            Value::Number(number) => self.numbers.push(number),
            Value::Code(code) => self.codes.push(code),
        }
    }

    /// Adds what another row says of the same thing: the first value counts, unless both are parts of a list.
    pub(super) fn add(&mut self, at: usize, field: Cell<'_>, is_list: bool, nature: &Nature, interner: &mut Interner) -> Addition {
        if field.is_nothing() {
            return Addition::Same;
        }
        if self.is_silent {
            self.speak();
        }
        let value = self.read(field, nature, interner);
        let outcome = |is_absent: bool, is_same: bool| match (is_absent, is_same) {
            (true, _) => Addition::New,
            (false, true) => Addition::Same,
            (false, false) => Addition::Lost,
        };
        match value {
            Value::Integer(integer) => {
                let Some(known) = self.integers.get_mut(at) else { return Addition::Lost };
                let outcome = outcome(*known == i64::MIN, *known == integer);
                *known = if outcome == Addition::New { integer } else { *known };
                outcome
            }
            Value::Number(number) => {
                let Some(known) = self.numbers.get_mut(at) else { return Addition::Lost };
                let outcome = outcome(known.is_nan(), *known == number);
                *known = if outcome == Addition::New { number } else { *known };
                outcome
            }
            Value::Code(code) => {
                let Some(known) = self.codes.get_mut(at) else { return Addition::Lost };
                let outcome = outcome(*known == ABSENT, *known == code);
                if outcome == Addition::New {
                    *known = code;
                } else if outcome == Addition::Lost && is_list {
                    let mut strings = interner.texts().get(*known as usize).map(|key| Cell::of_key(key).strings()).unwrap_or_default();
                    let before = strings.len();
                    let further: Vec<String> = field.strings().into_iter().filter(|text| !strings.contains(text)).collect();
                    strings.extend(further);
                    if strings.len() == before {
                        return Addition::Same;
                    }
                    *known = interner.code(&list_key(&strings));
                    return Addition::New;
                }
                outcome
            }
        }
    }

    #[inline]
    fn read(&self, field: Cell<'_>, nature: &Nature, interner: &mut Interner) -> Value {
        let can_be_number = matches!(field.kind, Kind::Plain | Kind::Bare);
        match self.nature {
            INTEGERS if field.is_nothing() => Value::Integer(i64::MIN),
            NUMBERS if field.is_nothing() => Value::Number(f64::NAN),
            INTEGERS => match integer(field.bytes).filter(|_| can_be_number) {
                Some(integer) => Value::Integer(integer),
                None => {
                    nature.at_least(if can_be_number && number(field.bytes).is_some() { NUMBERS } else { FIELDS });
                    Value::Integer(i64::MIN)
                }
            },
            NUMBERS => match number(field.bytes).filter(|_| can_be_number) {
                Some(number) => Value::Number(number),
                None => {
                    nature.at_least(FIELDS);
                    Value::Number(f64::NAN)
                }
            },
            _ if field.is_nothing() => Value::Code(ABSENT),
            _ => Value::Code(interner.code_of(field)),
        }
    }
}

enum Value {
    Integer(i64),
    Number(f64),
    Code(u32),
}

/// The values of a whole column, fields that are no numbers as they are written.
#[derive(Debug)]
pub(super) enum Raw {
    Integers(Vec<i64>),
    Numbers(Vec<f64>),
    /// Positions among these keys of fields, or [`ABSENT`].
    Fields(Vec<u32>, Vec<Box<[u8]>>),
}

impl Raw {
    /// Whether nothing is said of anybody.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Raw::Integers(integers) => integers.iter().all(|integer| *integer == i64::MIN),
            Raw::Numbers(numbers) => numbers.iter().all(|number| number.is_nan()),
            Raw::Fields(codes, _) => codes.iter().all(|code| *code == ABSENT),
        }
    }

    /// Keeps the values of some rows.
    pub(super) fn retain(&mut self, keep: &[bool]) {
        match self {
            Raw::Integers(integers) => retain(integers, keep),
            Raw::Numbers(numbers) => retain(numbers, keep),
            Raw::Fields(codes, _) => retain(codes, keep),
        }
    }

    /// Whether two rows have the same value.
    pub(super) fn is_same(&self, left: usize, right: usize) -> bool {
        match self {
            Raw::Integers(integers) => integers.get(left) == integers.get(right),
            Raw::Numbers(numbers) => numbers.get(left).map(|number| number.to_bits()) == numbers.get(right).map(|number| number.to_bits()),
            Raw::Fields(codes, _) => codes.get(left) == codes.get(right),
        }
    }
}

/// Keeps the items of a list that are marked.
pub(super) fn retain<T>(items: &mut Vec<T>, keep: &[bool]) {
    let mut marks = keep.iter();
    items.retain(|_| marks.next().copied().unwrap_or(true));
}

/// The columns of all pieces, in order, as one; each piece with what its codes have become. None where nothing is said.
pub(super) fn joined(pieces: Vec<(Values, usize)>, nature: &Nature, texts: Vec<Box<[u8]>>, places: &[Vec<u32>]) -> Option<Raw> {
    if pieces.iter().all(|(values, _)| values.is_silent) {
        return None;
    }
    let nature = nature.get();
    let pieces = pieces.into_iter().map(|(mut values, worker)| {
        if values.is_silent {
            values.nature = nature;
            values.speak();
        }
        (values, worker)
    });
    Some(match nature {
        INTEGERS => Raw::Integers(concatenated(pieces.map(|(values, _)| values.integers))),
        NUMBERS => Raw::Numbers(concatenated(pieces.map(|(values, _)| values.numbers))),
        _ => {
            let moved = pieces.map(|(mut values, worker)| {
                for code in &mut values.codes {
                    *code = places[worker].get(*code as usize).copied().unwrap_or(ABSENT);
                }
                values.codes
            });
            Raw::Fields(concatenated(moved), texts)
        }
    })
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
pub(super) fn integer(field: &[u8]) -> Option<i64> {
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
    // A whole number that has no place in a float stays a text, digit by digit.
    const MOST: f64 = 9_007_199_254_740_992.0;
    let is_whole = unsigned.iter().all(u8::is_ascii_digit);
    let number: f64 = std::str::from_utf8(field).ok()?.parse().ok()?;
    (number.is_finite() && (!is_whole || number.abs() <= MOST)).then_some(number)
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
