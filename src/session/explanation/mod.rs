//! Explanation of an answer without rows: which part of the query emptied it, and what is near that is not empty.
//!
//! Everything that is said was found by running a query that differs from the one asked in one thing: what a line states
//! can be seen by asking that query. What cannot be found out within the budget is left out.

mod condition;
mod path;
mod patterns;
mod phrase;
mod probe;
mod properties;
mod relations;
mod sentence;
mod set;
mod stages;
mod values;

use crate::algebra;
use crate::answer::{Answer, Cell, Explanation, ExplanationLine, RowCount, RunnableQuery};
use crate::model::{EntityId, Names, Value};
use crate::query::syntax::tree;

use super::Session;
use probe::Prober;

/// How many values, relations or rows a line lists.
const LISTED: usize = 8;

/// The queries that an explanation offers at most.
const OFFERED: usize = 6;

/// Why an answer has no rows, or counts none; `None` where there is nothing to explain.
pub(super) fn explain(session: &Session, text: &str, asked: &Asked<'_>, answer: &Answer) -> Option<Explanation> {
    let counts_none = answer.rows.len() == 1 && probe::counts_all(&asked.query.root) && answer.rows[0].cells.iter().all(is_none);
    if !answer.rows.is_empty() && !counts_none {
        return None;
    }
    let mut explainer = Explainer { prober: Prober::new(session, asked.name), lines: Vec::new(), added: "found" };
    explainer.prober.nothing_left_out = answer.unknown == 0 && answer.denied == 0;
    let text = phrase::bare(text, asked.name.is_some());
    explainer.prober.know_empty(&text);
    match &asked.tree.body {
        tree::Body::Pattern(_) => explainer.pattern(&text, asked.query.aggregates()),
        _ => explainer.request(&text, &Frame::default()),
    }
    if explainer.lines.is_empty() && answer.rows.is_empty() {
        explainer.say(format!("there are no {}", asked.query.noun.1));
    }
    (!explainer.lines.is_empty()).then_some(Explanation { lines: explainer.lines })
}

/// What was asked, as it was understood.
pub(super) struct Asked<'a> {
    pub tree: &'a tree::Query,
    pub query: &'a algebra::Query,
    /// The name that `let` gives to the answer.
    pub name: Option<&'a str>,
}

fn is_none(cell: &Cell) -> bool {
    match cell {
        Cell::Integer(count) => *count == 0,
        Cell::Absent => true,
        Cell::List(members) => members.is_empty(),
        _ => false,
    }
}

/// What stands around the part of a query that is explained: what is found for the part is tried for the whole first.
#[derive(Clone, Debug, Default)]
struct Frame {
    before: String,
    after: String,
}

impl Frame {
    /// The part within the whole.
    fn around(&self, part: &str) -> Option<String> {
        const JOINING: [&str; 4] = [" where ", " and ", " or ", " but not "];
        if self.before.is_empty() && self.after.is_empty() {
            return None;
        }
        let bare = !JOINING.iter().any(|word| part.contains(word));
        let (open, close) = if bare || self.before.is_empty() { ("", "") } else { ("(", ")") };
        Some(format!("{}{open}{part}{close}{}", self.before, self.after))
    }
}

/// Gathers the lines of an explanation.
struct Explainer<'s> {
    prober: Prober<'s>,
    lines: Vec<ExplanationLine>,
    /// What a variable is called that is added to a pattern.
    added: &'static str,
}

impl<'s> Explainer<'s> {
    fn session(&self) -> &'s Session {
        self.prober.session
    }

    /// Adds a line; none is said twice.
    fn say(&mut self, text: impl Into<String>) {
        self.push(ExplanationLine { text: text.into(), query: None });
    }

    fn push(&mut self, line: ExplanationLine) {
        let offered = self.lines.iter().filter(|line| line.query.is_some()).count();
        let same = |other: &ExplanationLine| other.text == line.text && other.query == line.query;
        if !self.lines.iter().any(same) && (line.query.is_none() || offered < OFFERED) {
            self.lines.push(line);
        }
    }

    /// Adds a line with a query, if the query gives rows: within its frame, or else by itself.
    fn offer(&mut self, lead: &str, frame: &Frame, part: &str) -> bool {
        if let Some(whole) = frame.around(part)
            && self.offer_plain(lead, &whole)
        {
            return true;
        }
        self.offer_plain(lead, part)
    }

    fn offer_plain(&mut self, lead: &str, text: &str) -> bool {
        let Some(rows) = self.prober.count(text).filter(|rows| rows.counted > 0) else { return false };
        self.push_query(lead, text, rows)
    }

    /// Adds a line with a query that gave rows; where the query would soon mean something else, only how many they were.
    fn push_query(&mut self, lead: &str, text: &str, rows: RowCount) -> bool {
        // What does not fit on a line cannot be shown on one.
        if text.contains(['\n', '\r']) {
            return false;
        }
        let lasting = self.prober.is_lasting(text);
        let query = lasting.then(|| RunnableQuery { text: text.to_owned(), rows });
        let lead = if lasting { lead.to_owned() } else { format!("{lead}: {rows}") };
        self.push(ExplanationLine { text: lead, query });
        true
    }

    /// The first line that offers one of these queries.
    fn offer_first(&mut self, frame: &Frame, choices: impl IntoIterator<Item = (String, String)>) -> bool {
        choices.into_iter().any(|(lead, text)| self.offer(&lead, frame, &text))
    }

    /// An entity as a query names it: by its name, if nothing else is called so.
    fn named(&self, entity: EntityId) -> String {
        let graph = self.session().graph();
        let name = graph.name(entity);
        let plain = !name.contains(['"', '\\']) && Names::called(graph, name) == [entity];
        format!("\"{}\"", if plain { name } else { graph.slug(entity) })
    }

    /// A value as people read it.
    fn written(&self, value: &Value) -> Option<String> {
        Some(match value {
            Value::Entity(id) => self.session().graph().name(*id).to_owned(),
            Value::Text(text) => text.to_string(),
            Value::Boolean(holds) => holds.to_string(),
            Value::Integer(count) => count.to_string(),
            Value::Float(number) => number.to_string(),
            Value::Quantity(quantity) => quantity.to_string(),
            Value::Extent(extent) => extent.word().to_owned(),
            Value::Confidence(confidence) => confidence.word().to_owned(),
            Value::Hedge(hedge) => hedge.words.clone().unwrap_or_else(|| hedge.confidence.word().to_owned()),
            Value::List(_) | Value::Map(_) | Value::Temporal(_) | Value::Path(_) | Value::Relation(_) | Value::Null => return None,
        })
    }

    /// The same as a phrase writes it.
    fn spelled(&self, value: &Value) -> Option<String> {
        match value {
            Value::Entity(id) => Some(self.named(*id)),
            Value::Text(text) if !text.contains(['"', '\\', '\n']) => Some(format!("\"{text}\"")),
            Value::Text(_) => None,
            other => self.written(other),
        }
    }
}

/// The items, the first few of them, and how many more there are: `a, b and 3 more`.
fn listed(items: &[String]) -> String {
    let more = items.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", items.iter().take(LISTED).cloned().collect::<Vec<_>>().join(", "))
}
