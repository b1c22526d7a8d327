//! Candidate: what can be put in at the cursor, as data: with what it is, how many rows it leaves, and which comes first.

use std::borrow::Cow;
use std::cmp::Reverse;

use crate::model::fold;
use crate::session::Count;

/// What is offered at most; more is no help to anybody.
const MOST_OFFERED: usize = 400;

/// How well a candidate answers to what is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closeness {
    /// It begins so.
    #[default]
    Begins,
    /// A word within it begins so.
    Within,
    /// It has that somewhere.
    Part,
    /// It is what may have been meant: a slip of the pen lies between.
    Slip,
}

/// What can be put in at the cursor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Candidate {
    /// What replaces the text from the start of the completion.
    pub replacement: String,
    /// What is listed.
    pub shown: String,
    /// What it is, in a word or two: `trigger`, `value`, `field`; empty where the list says it all.
    pub what: Cow<'static, str>,
    /// What it is another name for.
    pub leads_to: Option<String>,
    /// How many rows it leaves.
    pub rows: Count,
    /// The query whose rows these are; none where they cannot be told.
    pub asked: Option<String>,
    /// How well it answers to what is typed.
    pub closeness: Closeness,
    /// Which sort is likelier where one must be chosen: 0 is likeliest.
    pub rank: u8,
    /// How often it occurs: of an entity the number of its relations, and one.
    pub known: usize,
}

impl Candidate {
    /// A word that stands for itself.
    pub fn word(words: impl Into<String>, what: &'static str, rank: u8) -> Candidate {
        let words = words.into();
        Candidate { replacement: words.clone(), shown: words, what: Cow::Borrowed(what), rank, ..Candidate::default() }
    }

    /// Whether it is known to leave no rows.
    pub fn is_dead_end(&self) -> bool {
        self.rows.is_none()
    }
}

/// The candidates and where the text begins that they replace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Completion {
    /// Where what a candidate replaces begins: a place in the bytes of the text.
    pub start: usize,
    /// The likeliest first, those that leave no rows last.
    pub candidates: Vec<Candidate>,
    /// How many there are beyond those that are listed; 0 also where nobody counted them.
    pub more: usize,
}

impl Completion {
    /// What all candidates that lead on and begin as typed have in common, if that is more than what is typed.
    pub fn common(&self, typed: &str) -> Option<String> {
        let leading: Vec<&Candidate> = {
            let begun = || self.candidates.iter().filter(|candidate| candidate.closeness == Closeness::Begins);
            let open: Vec<&Candidate> = begun().filter(|candidate| !candidate.is_dead_end()).collect();
            if open.is_empty() { begun().collect() } else { open }
        };
        let begins = |text: &str| text.get(..typed.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(typed));
        let text = |candidate: &Candidate| {
            let own = begins(&candidate.replacement) || !begins(&candidate.shown);
            if own { candidate.replacement.clone() } else { candidate.shown.clone() }
        };
        let (first, rest) = leading.split_first()?;
        let mut common = text(first);
        for other in rest {
            let other = text(other);
            let shared: usize =
                common.chars().zip(other.chars()).take_while(|(one, other)| one == other).map(|(one, _)| one.len_utf8()).sum();
            common.truncate(shared);
        }
        // Half a space or an opening mark is no help.
        let is_longer = common.len() > typed.len() && begins(&common);
        is_longer.then_some(common)
    }
}

/// Sorts the likeliest to the front, leaves out what a terminal cannot show, and what is there twice. What is alike in everything
/// stays in the order in which it came.
pub(super) fn tidy(candidates: &mut Vec<Candidate>) {
    candidates.retain(|candidate| !candidate.replacement.is_empty() && !candidate.replacement.contains(char::is_control));
    candidates.sort_by_key(|candidate| (candidate.closeness, candidate.rank, Reverse(candidate.known)));
    let mut seen = std::collections::HashSet::new();
    candidates.retain(|candidate| seen.insert(fold(candidate.replacement.trim_end())));
    candidates.truncate(MOST_OFFERED);
}
