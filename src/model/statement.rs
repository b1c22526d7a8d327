//! Statement: what one passage of a source says, with its qualifiers, hedge and evidence.

use serde::{Deserialize, Serialize};

use super::{Citation, Hedge, QualifierId, RelationId, Value};

/// What one passage says: one relation or several, under the same qualifiers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The stable id that answers, receipts and merges refer to, such as `causes-in-adults`.
    pub slug: String,
    /// What the passage says, in the curator's words.
    pub claim: String,
    /// Who says so. Empty only for the hierarchy of the graph itself (an `is_a` that no source states).
    pub evidence: Vec<Citation>,
    /// Whether the relations hold together, so that a figure belongs to all of them and to none alone.
    pub jointly: bool,
    /// Whether the passage denies its relations (`reported absent`).
    pub negated: bool,
    /// How sure and how general the source was.
    pub hedge: Hedge,
    /// What the relations are qualified by, sorted by qualifier.
    pub qualifiers: Vec<(QualifierId, Value)>,
    /// The relations that it asserts or denies, in the order written.
    pub relations: Vec<RelationId>,
}
