//! Placed: complaints about one input of a longer text, with their places in that text.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Complaints, Diagnostic, Origin};

/// The complaints about the input that stands at this place of the origin's text, with their places there. Those about other texts stay as
/// they are.
pub fn placed(complaints: Complaints, origin: &Arc<Origin>, input: &Range<usize>) -> Complaints {
    let Some(asked) = origin.text.get(input.clone()) else { return complaints };
    let lead = asked.len() - asked.trim_start().len();
    let place = |diagnostic: &Diagnostic| {
        let mut placed = diagnostic.clone();
        let about = diagnostic.origin.as_ref().map(|origin| &*origin.text);
        let start = match about {
            Some(text) if text == asked => input.start,
            Some(text) if text == asked.trim() => input.start + lead,
            _ => return placed,
        };
        placed.origin = Some(Arc::clone(origin));
        for label in &mut placed.labels {
            label.span = label.span.start + start..label.span.end + start;
        }
        placed
    };
    let all = complaints.diagnostics().iter().map(place).collect();
    Complaints::new(all).unwrap_or(complaints)
}
