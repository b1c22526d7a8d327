//! Rejected: rows of a table that cannot be used, counted by cause, with the first of each.

use std::collections::BTreeMap;

/// Why a row is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Its bytes are not UTF-8.
    NotText,
    /// It has more fields than the header has names.
    TooManyFields,
    /// A node without an id.
    NoId,
    /// A node whose id an earlier one has.
    RepeatedId,
    /// An edge that starts nowhere.
    NoSubject,
    /// An edge of no type.
    NoPredicate,
    /// An edge that leads nowhere.
    NoObject,
}

impl Cause {
    /// What is wrong with such a row, to be put behind their count.
    pub fn words(self) -> &'static str {
        match self {
            Cause::NotText => "not UTF-8 text",
            Cause::TooManyFields => "more fields than the header",
            Cause::NoId => "no id",
            Cause::RepeatedId => "the id of an earlier node",
            Cause::NoSubject => "no subject",
            Cause::NoPredicate => "no predicate",
            Cause::NoObject => "no object",
        }
    }
}

/// Rows of one file that were left out for one cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Why.
    pub cause: Cause,
    /// How many.
    pub count: u64,
    /// The line of the first; the header is line 1.
    pub first_line: u64,
}

/// Rejections while a table is read: the first by piece and by line within it.
#[derive(Clone, Debug, Default)]
pub(super) struct Rejected(BTreeMap<Cause, (u64, usize, u64)>);

impl Rejected {
    pub(super) fn add(&mut self, cause: Cause, piece: usize, line: u64) {
        self.0.entry(cause).or_insert((0, piece, line)).0 += 1;
    }

    /// Takes in those of other pieces.
    pub(super) fn unite(&mut self, other: &Rejected) {
        for (cause, (count, piece, line)) in &other.0 {
            let known = self.0.entry(*cause).or_insert((0, *piece, *line));
            known.0 += count;
            (known.1, known.2) = (known.1, known.2).min((*piece, *line));
        }
    }

    /// The list, when it is known how many lines each piece has.
    pub(super) fn list(&self, lines_before: &[u64]) -> Vec<Rejection> {
        let listed = |(cause, (count, piece, line)): (&Cause, &(u64, usize, u64))| Rejection {
            cause: *cause,
            count: *count,
            first_line: lines_before.get(*piece).copied().unwrap_or_default() + line + 1,
        };
        self.0.iter().map(listed).collect()
    }
}
