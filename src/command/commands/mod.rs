//! Commands: what each `:command` does, one file for each; the table has their names and words.

pub(super) mod config;
pub(super) mod copy;
pub(super) mod describe;
pub(super) mod draw;
pub(super) mod edit;
pub(super) mod expand;
pub(super) mod explain;
pub(super) mod export;
pub(super) mod format;
pub(super) mod help;
pub(super) mod history;
pub(super) mod keys;
pub(super) mod last;
pub(super) mod names;
pub(super) mod numbers;
pub(super) mod open;
pub(super) mod pager;
pub(super) mod param;
pub(super) mod quit;
pub(super) mod receipt;
pub(super) mod record;
pub(super) mod rows;
pub(super) mod schema;
pub(super) mod source;
pub(super) mod sources;
pub(super) mod timing;
pub(super) mod verify;

use crate::diagnostic::Complaints;

use super::{Call, Flow, Shell};

/// What is to be shown, and whether the conversation goes on.
pub(super) type Outcome = Result<(String, Flow), Complaints>;

/// What a command does.
pub(super) type Run = fn(&mut Shell, &Call<'_>) -> Outcome;

/// Shows a text and goes on.
fn stay(text: String) -> Outcome {
    Ok((text, Flow::Continue))
}
