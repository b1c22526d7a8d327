//! Faults: the complaints about a graph's files, gathered so that all of them are reported at once.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use crate::diagnostic::{Code, Complaints, Diagnostic, Severity, nearest};

/// How many names are compared, over all complaints, in search of near ones. A file that is wrong a hundred thousand
/// times would otherwise be compared with itself.
const COMPARISONS: usize = 1_000_000;

/// How many complaints are kept; the rest is only counted.
const MOST_KEPT: usize = 10_000;

/// The complaints so far. They are added through a shared reference: every part of a file can complain.
pub(super) struct Faults {
    errors: RefCell<Vec<Placed>>,
    warnings: RefCell<Vec<Placed>>,
    unlisted: Cell<usize>,
    comparisons: Cell<usize>,
}

/// A complaint with the place of its file among the files.
type Placed = (usize, Diagnostic);

impl Faults {
    pub(super) fn new() -> Faults {
        Faults { errors: RefCell::default(), warnings: RefCell::default(), unlisted: Cell::new(0), comparisons: Cell::new(0) }
    }

    /// Adds a complaint about the file with this place among the files.
    pub(super) fn add(&self, rank: usize, diagnostic: Diagnostic) {
        let is_error = diagnostic.severity == Severity::Error;
        let mut found = if is_error { self.errors.borrow_mut() } else { self.warnings.borrow_mut() };
        if found.len() < MOST_KEPT {
            found.push((rank, diagnostic));
        } else if is_error {
            self.unlisted.set(self.unlisted.get() + 1);
        }
    }

    /// The names nearest to what was written, at most three; none once too many were compared.
    pub(super) fn nearest<'n>(&self, written: &str, count: usize, names: impl Iterator<Item = &'n str>) -> Vec<String> {
        if !self.may_compare(count) {
            return Vec::new();
        }
        nearest(written, names, 3).into_iter().map(str::to_owned).collect()
    }

    /// Whether there is still time to go through so many names for the sake of a hint.
    pub(super) fn may_compare(&self, count: usize) -> bool {
        let comparisons = self.comparisons.get().saturating_add(count);
        if comparisons <= COMPARISONS {
            self.comparisons.set(comparisons);
        }
        comparisons <= COMPARISONS
    }

    /// Whether any of the complaints is an error.
    pub(super) fn has_errors(&self) -> bool {
        !self.errors.borrow().is_empty()
    }

    /// The complaints in the order of the files and of the places in them: the errors, or else the warnings.
    pub(super) fn finish(self) -> Result<Vec<Diagnostic>, Complaints> {
        let mut errors = in_order(self.errors.into_inner());
        if self.unlisted.get() > 0 {
            let message = format!("{} more faults are not listed", self.unlisted.get());
            errors.push(Diagnostic::error(Code::Malformed, message));
        }
        match Complaints::new(errors) {
            Some(complaints) => Err(complaints),
            None => Ok(in_order(self.warnings.into_inner())),
        }
    }
}

fn in_order(mut found: Vec<Placed>) -> Vec<Diagnostic> {
    found.sort_by_key(|(rank, diagnostic)| (*rank, diagnostic.labels.first().map_or(0, |label| label.span.start)));
    found.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// Names as a list in a sentence: `a`, `a or b`, `a, b or c`.
pub(super) fn either<S: AsRef<str>>(names: &[S]) -> String {
    listing(names, "or")
}

/// Names as a list in a sentence: `a`, `a and b`, `a, b and c`.
pub(super) fn all_of<S: AsRef<str>>(names: &[S]) -> String {
    listing(names, "and")
}

fn listing<S: AsRef<str>>(names: &[S], joined_by: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("'{}'", name.as_ref())).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {joined_by} {last}", first.join(", ")),
    }
}

/// What a file says, cut short for a message.
pub(super) fn shortened(written: &str) -> String {
    const LONGEST: usize = 60;
    let plain: String = written.chars().map(|letter| if is_control(letter) { '\u{FFFD}' } else { letter }).take(LONGEST + 1).collect();
    if plain.chars().count() <= LONGEST {
        return plain;
    }
    let cut: String = plain.chars().take(LONGEST - 3).collect();
    format!("{cut}...")
}

/// Whether a character steers a terminal or the direction of writing instead of standing for itself.
pub(super) fn is_control(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The span, widened to whole characters and kept within the text.
pub(super) fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}
