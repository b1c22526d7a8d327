//! Probe: runs queries only to see whether they give rows, and how many, within a budget of time.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::algebra::rewrite::Passes;
use crate::algebra::{self, Layout, Operator};
use crate::answer::RowCount;
use crate::engine::{Embedded, Limits};
use crate::model::{Value, fold};
use crate::query::resolve::resolve;
use crate::query::syntax;
use crate::query::syntax::tree::{self, Request};
use crate::session::Session;
use crate::session::vocabulary::GraphVocabulary;

/// Rows are counted up to here.
pub(super) const COUNTED: usize = 1000;

/// The rows that a step of a probe may make.
const MOST_ROWS: u64 = 200_000;

/// What probes may take together. Where a graph is small, the clock is there only for queries that never end: the
/// explanation is the same on every machine.
const BUDGET: Duration = Duration::from_millis(300);
const BUDGET_OF_SMALL: Duration = Duration::from_secs(3);
const SMALL: usize = 20_000;

/// Runs queries under what is left of the budget.
pub(super) struct Prober<'s> {
    pub session: &'s Session,
    ends: Instant,
    counted: HashMap<String, Option<RowCount>>,
    /// Whether nothing was left out of the answer as unknown or denied, so that where time is short there is no need to look.
    pub nothing_left_out: bool,
    /// Names that mean something else as soon as the answer is remembered, folded.
    fleeting: Vec<String>,
}

impl<'s> Prober<'s> {
    /// A prober whose budget begins now. `given` is the name that `let` is about to give.
    pub fn new(session: &'s Session, given: Option<&str>) -> Prober<'s> {
        let budget = if session.graph().relation_count() < SMALL { BUDGET_OF_SMALL } else { BUDGET };
        let budget = session.limits().timeout.map_or(budget, |timeout| timeout.min(budget));
        let fleeting = std::iter::once("it".to_owned()).chain(given.map(fold)).collect();
        Prober { session, ends: Instant::now() + budget, counted: HashMap::new(), nothing_left_out: false, fleeting }
    }

    /// Whether the graph is so large that looking at all of it takes longer than anybody would wait.
    pub fn is_large(&self) -> bool {
        self.session.graph().relation_count() >= SMALL
    }

    /// The time that is left; none if there is none, or if somebody wants it to stop.
    fn left(&self) -> Option<Duration> {
        let stopped = self.session.limits().interrupt.load(Ordering::Relaxed);
        self.ends.checked_duration_since(Instant::now()).filter(|left| !stopped && !left.is_zero())
    }

    /// Whether there is no time for another probe.
    pub fn is_over(&self) -> bool {
        self.left().is_none()
    }

    /// The tree of a query.
    pub fn parsed(text: &str) -> Option<tree::Query> {
        match syntax::parse(text).ok()? {
            Request::Ask(query) => Some(query),
            _ => None,
        }
    }

    /// The meaning of a query.
    pub fn resolved(&self, text: &str) -> Option<algebra::Query> {
        resolve(&Prober::parsed(text)?, self.session.context()).ok()
    }

    /// Whether a query means the same once the answer that is explained is the last one.
    pub fn is_lasting(&self, text: &str) -> bool {
        let words = text.split(|character: char| !character.is_alphanumeric() && character != '_');
        !words.map(fold).any(|word| self.fleeting.contains(&word))
    }

    /// The values of the first rows of a query; none if that cannot be found out. `share` is the part of the time left.
    pub fn rows(&self, query: &algebra::Query, most: usize, share: u32) -> Option<Vec<Vec<Value>>> {
        let left = self.left()?;
        let mut query = query.clone();
        let root = match query.root.without_counting() {
            // In which order they come does not matter.
            Operator::Sort { input, .. } => *input,
            other => other,
        };
        let limit = Some(most as u64);
        query.root = Operator::Slice { input: Box::new(root), skip: 0, limit };
        let limits = Limits {
            timeout: Some(left / share.max(1)),
            rows: Some(MOST_ROWS),
            memory: self.session.limits().memory,
            interrupt: Arc::clone(&self.session.limits().interrupt),
            ..Limits::default()
        };
        let vocabulary = GraphVocabulary { schema: self.session.schema(), graph: self.session.graph() };
        let engine = Embedded { graph: self.session.graph(), vocabulary: &vocabulary, limits: &limits, passes: Passes::ALL };
        engine.rows(&query).ok()
    }

    /// How many rows a query gives; none if that cannot be found out. A lone row that counts nothing is no row.
    pub fn count(&mut self, text: &str) -> Option<RowCount> {
        if let Some(known) = self.counted.get(text) {
            return *known;
        }
        let count = self.resolved(text).and_then(|query| self.counted_rows(&query));
        self.counted.insert(text.to_owned(), count);
        count
    }

    fn counted_rows(&self, query: &algebra::Query) -> Option<RowCount> {
        let rows = self.rows(query, COUNTED + 1, 2)?;
        if is_zero(query, &rows) {
            return Some(RowCount { counted: 0, and_more: false });
        }
        let rows = match &query.layout {
            Layout::Rows => rows.len(),
            Layout::Pivot { row, .. } => {
                let column = query.columns.iter().position(|column| column.variable == *row)?;
                if rows.len() > COUNTED {
                    return None;
                }
                let mut entities: Vec<&Value> = Vec::new();
                for row in &rows {
                    if !entities.contains(&&row[column]) {
                        entities.push(&row[column]);
                    }
                }
                entities.len()
            }
        };
        Some(RowCount { counted: rows.min(COUNTED), and_more: rows > COUNTED })
    }

    /// Whether a query gives rows; none if that cannot be found out.
    pub fn gives(&mut self, text: &str) -> Option<bool> {
        if let Some(Some(known)) = self.counted.get(text) {
            return Some(known.counted > 0);
        }
        let query = self.resolved(text)?;
        let rows = self.rows(&query, 1, 2)?;
        Some(!rows.is_empty() && !is_zero(&query, &rows))
    }

    /// Remembers that a query gives no rows: that is what is being explained.
    pub fn know_empty(&mut self, text: &str) {
        self.counted.insert(text.to_owned(), Some(RowCount { counted: 0, and_more: false }));
    }
}

/// Whether the only row counts nothing: `count symptoms of X`, `RETURN count(*)`.
fn is_zero(query: &algebra::Query, rows: &[Vec<Value>]) -> bool {
    matches!(rows, [only] if counts_all(&query.root) && counts_nothing(only))
}

/// Whether the values are those of counting nothing.
pub(super) fn counts_nothing(values: &[Value]) -> bool {
    let counted = values.iter().any(|value| matches!(value, Value::Integer(_)));
    counted
        && values.iter().all(|value| match value {
            Value::Integer(count) => *count == 0,
            Value::List(members) => members.is_empty(),
            Value::Null => true,
            _ => false,
        })
}

/// Whether all rows become one.
pub(super) fn counts_all(operator: &Operator) -> bool {
    match operator {
        Operator::Group { keys, .. } => keys.is_empty(),
        Operator::Sort { input, .. }
        | Operator::Slice { input, .. }
        | Operator::Known { input }
        | Operator::Cite { input, .. }
        | Operator::Distinct { input, .. }
        | Operator::Project { input, .. } => counts_all(input),
        _ => false,
    }
}
