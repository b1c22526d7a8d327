//! Hedge: how general and how sure a source was, on two ordered scales, beside its own words.

use serde::{Deserialize, Serialize};

/// How much of what is spoken of: some < many < most < nearly all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Extent {
    /// In some cases.
    Some,
    /// Often, in many cases.
    Many,
    /// Usually, most often, in most cases.
    Most,
    /// In nearly all cases.
    NearlyAll,
}

/// How sure the source was: possible < suggested < stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Confidence {
    /// May, can.
    Possible,
    /// Is thought to, appears to.
    Suggested,
    /// Said flatly.
    #[default]
    Stated,
}

/// The hedge of a statement. Without one the source spoke flatly: no extent, confidence stated, no words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hedge {
    /// How general, where the source says.
    pub extent: Option<Extent>,
    /// How sure.
    pub confidence: Confidence,
    /// The words that the source used.
    pub words: Option<String>,
}

impl Extent {
    /// Every extent, weakest first.
    pub const ALL: [Extent; 4] = [Extent::Some, Extent::Many, Extent::Most, Extent::NearlyAll];

    /// The word for it in files, queries and answers.
    pub fn word(self) -> &'static str {
        match self {
            Extent::Some => "some",
            Extent::Many => "many",
            Extent::Most => "most",
            Extent::NearlyAll => "nearly all",
        }
    }

    /// The extent that a word stands for (`nearly all`, `nearly_all`, `nearly-all`), in any case.
    pub fn from_word(word: &str) -> Option<Extent> {
        let folded = super::fold(word);
        Extent::ALL.into_iter().find(|extent| extent.word() == folded)
    }
}

impl Confidence {
    /// Every confidence, weakest first.
    pub const ALL: [Confidence; 3] = [Confidence::Possible, Confidence::Suggested, Confidence::Stated];

    /// The word for it in files, queries and answers.
    pub fn word(self) -> &'static str {
        match self {
            Confidence::Possible => "possible",
            Confidence::Suggested => "suggested",
            Confidence::Stated => "stated",
        }
    }

    /// The confidence that a word stands for, in any case.
    pub fn from_word(word: &str) -> Option<Confidence> {
        let folded = super::fold(word);
        Confidence::ALL.into_iter().find(|confidence| confidence.word() == folded)
    }
}

impl Hedge {
    /// Whether the source spoke flatly.
    pub fn is_none(&self) -> bool {
        self.extent.is_none() && self.confidence == Confidence::Stated && self.words.is_none()
    }
}
