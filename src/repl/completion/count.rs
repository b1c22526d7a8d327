//! Count: asks how many rows each candidate would leave, the likeliest first, until the time is over; what leaves none goes to the end.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::query::syntax::is_pattern;
use crate::session::{Budget, Count, Session};

use super::Completion;
use super::finish::finished;

/// The first round: so far is counted, and so long. What is quick to tell is told of all before more is asked of any.
const FIRST: (u64, Duration) = (100, Duration::from_micros(700));
/// In the second round one candidate alone may not take more than this part of what is left.
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
    let mut foresight = Foresight { session, budget, known: HashMap::new() };
    let mut refused = Vec::new();
    for is_first in [true, false] {
        for (place, candidate) in completion.candidates.iter_mut().enumerate() {
            if budget.is_spent() {
                break;
            }
            if is_first {
                candidate.asked = finished(session, &format!("{before}{}", candidate.replacement));
            }
            let is_known = match candidate.rows {
                Count::Exactly(_) => true,
                Count::AtLeast(rows) => is_first || rows >= budget.most,
                Count::Unknown => false,
            };
            let Some(asked) = candidate.asked.as_ref().filter(|_| !is_known) else { continue };
            match foresight.rows(asked, is_first) {
                Some(rows) => candidate.rows = rows,
                // What is wrong with it lies in what was put in, not in what was left out behind that.
                None if closed(asked).ends_with(closed(&candidate.replacement)) => refused.push(place),
                None => candidate.asked = None,
            }
        }
    }
    refused.sort_unstable();
    refused.dedup();
    for place in refused.into_iter().rev() {
        completion.candidates.remove(place);
    }
    order(completion);
}

/// What was found out of queries so far.
struct Foresight<'a> {
    session: &'a Session,
    budget: Budget,
    /// How many rows each has, after the first round and at last; nothing of one that is refused.
    known: HashMap<(String, bool), Option<Count>>,
}

impl Foresight<'_> {
    /// The rows of a query, as far as the round goes; none if it is refused.
    fn rows(&mut self, asked: &str, is_first: bool) -> Option<Count> {
        let before = self.known.get(&(asked.to_owned(), true)).copied().flatten();
        let Foresight { session, budget, known } = self;
        *known.entry((asked.to_owned(), is_first)).or_insert_with(|| {
            let left = budget.until.saturating_duration_since(Instant::now());
            let (most, time) = if is_first { (FIRST.0.min(budget.most), FIRST.1) } else { (budget.most, (left / SHARE).max(LEAST)) };
            let counted = session.count(asked, Budget { most, ..budget.at_most(time) }).ok()?;
            Some(match (counted, before) {
                (Count::Unknown, Some(before)) => before,
                (Count::AtLeast(rows), Some(Count::AtLeast(before))) => Count::AtLeast(rows.max(before)),
                _ => counted,
            })
        })
    }
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
    // Names too, once all of them are counted.
    let is_name = |candidate: &super::Candidate| candidate.rank >= 3;
    let all_counted = completion.candidates.iter().filter(|candidate| is_name(candidate)).all(|name| name.rows != Count::Unknown);
    completion.candidates.sort_by_key(|candidate| {
        let by_rows = if candidate.what == "value" || (is_name(candidate) && all_counted) { rows(candidate.rows) } else { 0 };
        (candidate.is_dead_end(), candidate.closeness, candidate.rank, Reverse(by_rows))
    });
}
