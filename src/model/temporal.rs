//! Temporal: dates, times and the spans between them, as openCypher has them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A temporal value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Temporal {}

impl fmt::Display for Temporal {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}
