//! Quit: the end of the conversation.

use crate::diagnostic::Diagnostic;

use super::Outcome;
use crate::command::{Call, Flow, Shell};

pub(in crate::command) fn run(_: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        return Ok((String::new(), Flow::Quit));
    }
    let complaint: Diagnostic = call.refused("nothing goes here");
    Err(complaint.into())
}
