//! Evidence: where in which source a statement stands, and the cohort that it was seen in.

use serde::{Deserialize, Serialize};

use super::SourceId;

/// A place in a source that supports a statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// The source.
    pub source: SourceId,
    /// Its sentences, counted from 1, ascending; empty where the source has no numbered sentences.
    pub sentences: Vec<u32>,
    /// A publication that the source names for it, as a CURIE (`PMID:12345`).
    pub publication: Option<String>,
    /// How many of how many were counted.
    pub cohort: Option<Cohort>,
}

/// A count within a cohort: `n` of `of` patients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cohort {
    /// Patients with the feature; at most `of`.
    pub n: u32,
    /// Patients examined; at least 1.
    pub of: u32,
}
