//! Formats: files to graph and back, one folder a format.

pub mod check;
pub mod configuration;
pub mod curated;
pub mod embedded;
pub mod fingerprint;
mod foreign;
pub mod hpoa;
pub mod import;
pub mod kgx;
pub mod obo;
pub mod obographs;
mod ontology;
pub mod packing;
pub mod snapshot;
pub mod tables;

use crate::schema::{Lexicon, Schema};
use crate::store::Graph;

/// A graph with its schema, and the questions that it was curated to answer.
#[derive(Debug)]
pub struct KnowledgeGraph {
    /// What the graph can hold.
    pub schema: Schema,
    /// The words of the schema.
    pub lexicon: Lexicon,
    /// What it holds.
    pub graph: Graph,
    /// Questions that people ask of it.
    pub questions: Vec<Question>,
}

/// A question in plain English, the query that answers it, and the answer expected.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Question {
    /// The question.
    pub text: String,
    /// The query.
    pub query: String,
    /// What it must answer.
    pub expected: Expected,
    /// Whether it is one of the few that are shown first.
    pub featured: bool,
}

/// The answer that a question must get.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Expected {
    /// The names of the entities in the first entity column, each once, in the order of the answer.
    Names(Vec<String>),
    /// The only count.
    Count(i64),
    /// The count for each value, by the value's text.
    Counts(Vec<(String, i64)>),
}
