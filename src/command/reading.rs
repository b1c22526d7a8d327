//! Reading: what somebody at the prompt wants to see of an answer, beyond its format.

use std::num::NonZeroUsize;

use crate::render::Look;

/// How answers are laid out for whoever reads them. The default is what scripts and files get: everything, and nothing beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Whether somebody sits there: nothing below is heeded otherwise.
    pub at_prompt: bool,
    /// Whether what is longer than the screen goes through a pager.
    pub pager: Pager,
    /// How many rows are shown at most; all where it is absent.
    pub rows: Option<usize>,
    /// Whether rows are numbered, where there is room.
    pub numbers: bool,
    /// Whether rows are shown as records.
    pub expanded: bool,
    /// Whether the footer says how long the answer took.
    pub timing: bool,
}

/// When a pager shows what there is to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pager {
    /// Never.
    #[default]
    Off,
    /// Where it is longer than the screen.
    On,
    /// Whatever its length.
    Always,
}

impl Pager {
    /// The words for it, as `:pager` takes them.
    pub const WORDS: &'static [(&'static str, Pager)] = &[("on", Pager::On), ("off", Pager::Off), ("always", Pager::Always)];

    /// The one that this word stands for, letter case aside.
    pub fn named(word: &str) -> Option<Pager> {
        Pager::WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, pager)| *pager)
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        Pager::WORDS.iter().find(|(_, pager)| *pager == self).map_or("", |(word, _)| word)
    }
}

impl Reading {
    /// The rows of an answer that are shown at the prompt unless `:rows` says otherwise.
    pub const ROWS: usize = 1_000;

    /// What a prompt begins with: a pager, numbered rows, the time, and so many rows that all can be laid out in a moment.
    pub fn at_prompt() -> Reading {
        Reading { at_prompt: true, pager: Pager::On, rows: Some(Reading::ROWS), numbers: true, expanded: false, timing: true }
    }

    /// Says how many rows are shown at most: a number above 0, thousands apart or not, or `all`; whether it was that.
    pub fn show_rows(&mut self, words: &str) -> bool {
        let words = words.to_lowercase().replace([',', '_'], "");
        match (words.as_str(), words.parse::<NonZeroUsize>()) {
            ("all", _) => self.rows = None,
            (_, Ok(count)) => self.rows = Some(count.get()),
            _ => return false,
        }
        true
    }

    /// The same for the renderer.
    pub(super) fn look(&self, taken: std::time::Duration) -> Look {
        Look { numbers: self.numbers, rows: self.rows, expanded: self.expanded, only: None, taken: self.timing.then_some(taken) }
    }
}
