//! Entity: a thing that statements are about, with its names, kinds and identifiers elsewhere.

use serde::{Deserialize, Serialize};

use super::{KindId, Value};

/// A node of the graph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// The stable id that files and machine-readable answers use, such as `lung-cancer` or a CURIE.
    pub slug: String,
    /// The name that people read.
    pub name: String,
    /// What it is; the first kind is the primary one. Never empty.
    pub kinds: Vec<KindId>,
    /// Other names that people type.
    pub synonyms: Vec<Synonym>,
    /// Identifiers in other collections, as CURIEs (`MONDO:0015247`).
    pub xrefs: Vec<String>,
    /// One sentence that says what it is.
    pub definition: Option<String>,
    /// Whatever else the data says of it, by property name, sorted by that name.
    pub properties: Vec<(String, Value)>,
}

/// Another name of an entity.
pub type Synonym = String;

impl Entity {
    /// The first of its kinds.
    pub fn kind(&self) -> KindId {
        self.kinds[0]
    }
}
