//! Count: asks how many rows each candidate would leave, the likeliest first, until the time is over; what leaves none goes to the end.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::time::Duration;

use crate::query::syntax::is_pattern;
use crate::session::{Budget, Count, Session};

use super::Completion;
use super::finish::finished;

/// One candidate alone may not take all the time.
const SHARE: u32 = 4;
/// The least time that is worth beginning with.
const LEAST: Duration = Duration::from_micros(200);

/// Fills in the rows of the candidates of a completion at the end of a text, and brings them into their final order.
pub(super) fn fill(session: &Session, text: &str, completion: &mut Completion, budget: Budget) {
    let before = &text[..completion.start];
    let input = text.trim_start();
    if input.starts_with(':') {
        return;
    }
    if is_pattern(input) {
        // What is offered in a pattern brings its counts with it.
        return order(completion);
    }
    let mut known: HashMap<String, Option<Count>> = HashMap::new();
    let mut refused = Vec::new();
    for (place, candidate) in completion.candidates.iter_mut().enumerate() {
        if budget.is_spent() {
            break;
        }
        let Some(asked) = finished(session, &format!("{before}{}", candidate.replacement)) else { continue };
        if candidate.rows != Count::Unknown {
            candidate.asked = Some(asked);
            continue;
        }
        let left = budget.until.saturating_duration_since(std::time::Instant::now());
        let slice = budget.at_most((left / SHARE).max(LEAST));
        let counted = known.entry(asked.clone()).or_insert_with(|| session.count(&asked, slice).ok());
        match counted {
            Some(rows) => {
                candidate.rows = *rows;
                candidate.asked = Some(asked);
            }
            // What is wrong with it lies in what was put in, not in what was left out behind that.
            None if closed(&asked).ends_with(closed(&candidate.replacement)) => refused.push(place),
            None => {}
        }
    }
    // Where all are refused, it is for something in front of them.
    if refused.len() < completion.candidates.len() {
        for place in refused.into_iter().rev() {
            completion.candidates.remove(place);
        }
    }
    order(completion);
}

/// A text without the brackets that close at its end.
fn closed(text: &str) -> &str {
    text.trim_end_matches(|character: char| character == ')' || character.is_whitespace()).trim_start()
}

/// What leads nowhere goes to the end; values by how many rows they leave; all else stays.
fn order(completion: &mut Completion) {
    let rows = |count: Count| match count {
        Count::Exactly(rows) | Count::AtLeast(rows) => rows,
        Count::Unknown => 0,
    };
    completion.candidates.sort_by_key(|candidate| {
        let by_rows = if candidate.what == "value" { rows(candidate.rows) } else { 0 };
        (candidate.is_dead_end(), candidate.closeness, candidate.rank, Reverse(by_rows))
    });
}
