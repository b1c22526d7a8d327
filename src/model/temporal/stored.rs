//! The form in which a temporal value is stored: its type and its text, so that what a file holds is checked when it is read.

use serde::{Deserialize, Serialize};

use super::{Temporal, TemporalError, TemporalType};

/// A value as it is stored.
#[derive(Serialize, Deserialize)]
pub(super) struct Stored {
    /// The type.
    kind: TemporalType,
    /// The value as it prints.
    text: String,
}

impl From<Temporal> for Stored {
    fn from(value: Temporal) -> Self {
        Self { kind: value.kind(), text: value.to_string() }
    }
}

impl TryFrom<Stored> for Temporal {
    type Error = TemporalError;

    fn try_from(stored: Stored) -> Result<Self, TemporalError> {
        Self::read(stored.kind, &stored.text)
    }
}
