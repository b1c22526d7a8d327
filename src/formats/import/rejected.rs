//! Rejected: rows of a file that cannot be used, counted by cause, with the first of each, and kept if somebody wants them.

use std::collections::BTreeMap;

/// Why a row is left out: a few words to be put behind a count (`3 rows left out: no id`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause(pub &'static str);

impl Cause {
    /// Its bytes are not UTF-8.
    pub const NOT_TEXT: Cause = Cause("not UTF-8 text");
    /// It has more fields than the header has names.
    pub const TOO_MANY_FIELDS: Cause = Cause("more fields than the header");
    /// A node without an id.
    pub const NO_ID: Cause = Cause("no id");
    /// A node whose id an earlier one has.
    pub const REPEATED_ID: Cause = Cause("the id of an earlier node");
    /// An edge that starts nowhere.
    pub const NO_SUBJECT: Cause = Cause("no subject");
    /// An edge of no type.
    pub const NO_PREDICATE: Cause = Cause("no predicate");
    /// An edge that leads nowhere.
    pub const NO_OBJECT: Cause = Cause("no object");

    /// What is wrong with such a row, to be put behind their count.
    pub fn words(self) -> &'static str {
        self.0
    }
}

/// Rows of one file that were left out for one cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Why.
    pub cause: Cause,
    /// How many.
    pub count: u64,
    /// The line of the first, counted from 1.
    pub first_line: u64,
}

/// A row that was left out, as it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedRow {
    /// Its line, counted from 1.
    pub line: u64,
    /// Why it was left out.
    pub cause: Cause,
    /// Its bytes, without the end of the line.
    pub row: Vec<u8>,
}

/// Rejections while a file is read: by piece of the file and by line within it, for files of which several pieces are read at
/// once; whoever reads line after line calls everything piece 0.
#[derive(Clone, Debug, Default)]
pub struct Rejected {
    by_cause: BTreeMap<Cause, (u64, usize, u64)>,
    /// The rows themselves, if they are kept.
    rows: Option<Vec<(usize, RejectedRow)>>,
}

impl Rejected {
    /// None so far. `keep` says whether the rows themselves are wanted.
    pub fn new(keep: bool) -> Rejected {
        Rejected { by_cause: BTreeMap::new(), rows: keep.then(Vec::new) }
    }

    /// Rejects a row. Lines are counted from 0 within the piece.
    pub fn add(&mut self, cause: Cause, piece: usize, line: u64, row: &[u8]) {
        self.by_cause.entry(cause).or_insert((0, piece, line)).0 += 1;
        if let Some(rows) = &mut self.rows {
            rows.push((piece, RejectedRow { line, cause, row: row.to_vec() }));
        }
    }

    /// Takes in those of other pieces.
    pub fn unite(&mut self, other: Rejected) {
        for (cause, (count, piece, line)) in other.by_cause {
            let known = self.by_cause.entry(cause).or_insert((0, piece, line));
            known.0 += count;
            (known.1, known.2) = (known.1, known.2).min((piece, line));
        }
        if let (Some(rows), Some(others)) = (&mut self.rows, other.rows) {
            rows.extend(others);
        }
    }

    /// The list, when it is known how many lines stand before each piece, and the rows if they were kept, by line.
    pub fn finish(self, lines_before: &[u64]) -> (Vec<Rejection>, Vec<RejectedRow>) {
        let before = |piece: usize| lines_before.get(piece).copied().unwrap_or_default();
        let listed = |(cause, (count, piece, line))| Rejection { cause, count, first_line: before(piece) + line + 1 };
        let list = self.by_cause.into_iter().map(listed).collect();
        let placed = |(piece, row): (usize, RejectedRow)| RejectedRow { line: before(piece) + row.line + 1, ..row };
        let mut rows: Vec<RejectedRow> = self.rows.unwrap_or_default().into_iter().map(placed).collect();
        rows.sort_by_key(|row| row.line);
        (list, rows)
    }
}
