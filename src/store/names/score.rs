//! Score: how well a text answers the words that were searched for.

use crate::diagnostic::likeness;
use crate::model::{Place, fold};

use super::index::folded_identifier;
use super::texts::words_of;
use super::typo::Typed;

/// Below this a text has too little in common with the words to be worth showing.
const WORTH_SHOWING: f64 = 0.6;
/// What all the words as beginnings of words are worth at least; parts and slips are worth less.
const BEGUN: f64 = 0.85;
/// What is left of a match in a definition.
const OF_A_DEFINITION: f64 = 0.8;
/// What is left of a true match where a slip of the pen lies between.
const OF_A_SLIP: f64 = 0.84;
/// A word that was begun, or written as two, is nearly the word.
const NEARLY: f64 = 0.95;
/// From so many words on, one may be found nowhere.
pub(super) const MANY_WORDS: usize = 4;
/// Pieces of a word that was written as two have so many bytes at least.
pub(super) const SHORTEST_PIECE: usize = 3;
/// With more words than these nobody searches for a name: slips are not looked for.
const MOST_TYPED: usize = 32;

/// The words that are searched for.
#[derive(Debug)]
pub(super) struct Wanted {
    /// All of them, folded.
    pub folded: String,
    /// The identifier that they may be, in its one spelling, folded.
    pub identifier: String,
    /// Each of them.
    pub words: Vec<WantedWord>,
    letters: usize,
}

/// One word that is searched for.
#[derive(Debug)]
pub(super) struct WantedWord {
    pub text: String,
    /// The same, if it may have slips of the pen.
    pub typed: Option<Typed>,
}

impl Wanted {
    /// The words of a text; none if there are none, or so many that nothing is called so.
    pub fn new(text: &str) -> Option<Wanted> {
        const LONGEST: usize = 10_000;
        if text.len() > LONGEST {
            return None;
        }
        let folded = fold(text);
        let split: Vec<&str> = words_of(&folded).collect();
        let may_slip = split.len() <= MOST_TYPED;
        let word = |text: &&str| WantedWord { text: (*text).to_owned(), typed: may_slip.then(|| Typed::new(text)).flatten() };
        let words = split.iter().map(word).collect();
        let (identifier, letters) = (folded_identifier(text, &folded).into_owned(), folded.chars().count());
        (!folded.is_empty()).then_some(Wanted { folded, identifier, words, letters })
    }

    /// Whether a part of a word is worth looking for.
    pub fn is_part(&self) -> bool {
        self.letters >= 3
    }

    /// How many of the words a name must have.
    pub fn needed(&self) -> usize {
        if self.words.len() >= MANY_WORDS { self.words.len() - 1 } else { self.words.len() }
    }

    /// How well a text answers: the same words 1; all the words as whole words 0.9; as beginnings of words 0.85; as a part
    /// 0.75 (a definition always less than a name); else by likeness, word by word. Nothing if it is not worth showing, or less than
    /// the best of the other texts.
    pub fn score(&self, text: &str, place: Place, best: f64) -> Option<f64> {
        if place == Place::Definition && best > OF_A_DEFINITION {
            return None;
        }
        let folded = fold(text);
        let words: Vec<&str> = words_of(&folded).collect();
        let every = |test: &dyn Fn(&str, &str) -> bool| {
            !self.words.is_empty() && self.words.iter().all(|want| words.iter().any(|word| test(&want.text, word)))
        };
        let share = self.letters as f64 / folded.chars().count().max(1) as f64;
        let is_identifier = || place == Place::Identifier && folded_identifier(text, &folded) == self.identifier;
        let raw = if folded == self.folded || is_identifier() {
            1.0
        } else if every(&|want, word| want == word) {
            0.9 + 0.05 * share.min(1.0)
        } else if every(&|want, word| word.starts_with(want)) {
            BEGUN + 0.05 * share.min(1.0)
        } else if best >= BEGUN {
            return None;
        } else if self.is_part() && folded.contains(&self.folded) {
            0.75 + 0.05 * share
        } else if place == Place::Definition {
            return None;
        } else {
            self.likeness(&folded, &words)?
        };
        // A definition speaks of many things: it counts, but below every name.
        let score = if place == Place::Definition { raw * OF_A_DEFINITION } else { raw };
        (score >= WORTH_SHOWING.max(best)).then_some(score)
    }

    /// The likeness of a text that has every word (but one of many) with a slip of the pen, below every true match.
    fn likeness(&self, folded: &str, words: &[&str]) -> Option<f64> {
        /// What a word that is found nowhere still adds.
        const MISSING: f64 = 0.25;
        let (mut sum, mut missing) = (0.0, 0);
        for at in 0..self.words.len() {
            match self.word_likeness(at, words) {
                Some(likeness) => sum += likeness,
                None => {
                    missing += 1;
                    sum += MISSING;
                }
            }
            if self.words.len() - missing < self.needed() {
                return None;
            }
        }
        if self.words.is_empty() {
            return None;
        }
        let by_word = sum / self.words.len() as f64 * NEARLY;
        // As a whole it can be no more alike than it is as long.
        let (least, most) = (self.folded.len().min(folded.len()), self.folded.len().max(folded.len()));
        let whole = if least as f64 / most as f64 > by_word { likeness(&self.folded, folded) } else { 0.0 };
        Some((whole.max(by_word) * OF_A_SLIP).max(WORTH_SHOWING))
    }

    /// How alike the wanted word at a position is to the nearest word of a text; nothing if it is none of them.
    fn word_likeness(&self, at: usize, words: &[&str]) -> Option<f64> {
        let want = self.words[at].text.as_str();
        let mut best = None::<f64>;
        let mut offer = |likeness: f64| best = Some(best.map_or(likeness, |best| best.max(likeness)));
        for word in words {
            if *word == want {
                return Some(1.0);
            }
            if word.starts_with(want) {
                offer(NEARLY);
            } else if let Some(slips) = self.words[at].typed.as_ref().and_then(|typed| typed.slips(word)) {
                offer(1.0 - f64::from(slips) / want.chars().count().max(word.chars().count()) as f64);
            }
        }
        let joins = |left: &str, right: &str, whole: &str| {
            left.len() >= SHORTEST_PIECE && right.len() >= SHORTEST_PIECE && whole.strip_prefix(left).is_some_and(|rest| rest == right)
        };
        let is_two = words.windows(2).any(|pair| joins(pair[0], pair[1], want));
        let with = |left: usize, right: usize| {
            self.words
                .get(left)
                .zip(self.words.get(right))
                .is_some_and(|(left, right)| words.iter().any(|word| joins(&left.text, &right.text, word)))
        };
        if is_two || with(at, at + 1) || at.checked_sub(1).is_some_and(|before| with(before, at)) {
            offer(NEARLY);
        }
        best
    }
}
