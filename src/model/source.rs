//! Source: a text or data set that statements are taken from, and the fingerprints of its sentences.

use serde::{Deserialize, Serialize};

/// SHA-256 of a sentence: trimmed, lower-cased, white space folded to one space.
pub type Fingerprint = [u8; 32];

/// A text or a data set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The id that citations use, such as `oms-overview`.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// How many sentences it has; 0 where it is not cut into sentences.
    pub sentences: u32,
    /// The fingerprint of each sentence, or empty where none were taken.
    pub fingerprints: Vec<Fingerprint>,
}
