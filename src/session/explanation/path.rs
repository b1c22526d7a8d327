//! Path: whether a longer path would do, or one by other relations, or none.

use std::collections::BTreeSet;

use crate::algebra::{self, Operator};
use crate::model::{Names, Value};
use crate::query::syntax::tree::PathRequest;

use super::probe::Prober;
use super::{Explainer, Frame};

impl Explainer<'_> {
    /// Why there is no path.
    pub(super) fn path(&mut self, text: &str, request: &PathRequest) {
        let plain = Frame::default();
        if let Some(condition) = &request.condition
            && let Some(base) = request_without_condition(text)
        {
            match self.prober.gives(&base) {
                Some(true) => return self.conditions(text, &base, condition, &plain),
                Some(false) => self.prober.know_empty(&base),
                None => return,
            }
        }
        let (from, to) = (text[request.from.span.clone()].to_owned(), text[request.to.span.clone()].to_owned());
        let within = request.within.as_ref().map_or(String::new(), |within| format!(" within {}", within.value));
        let via: Vec<&str> = request.via.iter().map(|via| &text[via.span.clone()]).collect();
        let by = if via.is_empty() { String::new() } else { format!(" via {}", via.join(", ")) };
        self.say(format!("no path leads from {from} to {to}{within} by the relations that may be taken"));
        let graph = self.session().graph();
        let same = [&from, &to].map(|end| Names::called(graph, end.trim_matches('"')));
        if same[0] == same[1] && same[0].len() == 1 {
            self.say("both ends are the same");
            return;
        }
        if request.within.is_some()
            && let Some((length, _)) = self.shortest(&format!("path from {from} to {to}{by}"), false).flatten()
        {
            self.offer(&format!("the shortest has {length}"), &plain, &format!("path from {from} to {to} within {}{by}", length.relations));
            return;
        }
        if !via.is_empty()
            && let Some((length, _)) = self.shortest(&format!("path from {from} to {to}"), false).flatten()
        {
            self.offer(&format!("by other relations the shortest has {length}"), &plain, &format!("path from {from} to {to}"));
            return;
        }
        match self.shortest(&format!("path from {from} to {to}"), true) {
            Some(Some((length, types))) => {
                let lead = format!("by all relations, `is_a` among them, the shortest path has {length}");
                let words: Vec<String> = types.into_iter().collect();
                self.offer(&lead, &plain, &format!("path from {from} to {to} via {}", words.join(", ")));
            }
            Some(None) => self.say("no relations of any type join them"),
            None => {}
        }
        for end in [from, to] {
            self.offer(&format!("what is known of {}", end.trim_matches('"')), &plain, &end);
        }
    }

    /// The length of the shortest path and the relation types on it; `Some(None)` if there is no path, `None` if that cannot be found out.
    fn shortest(&self, text: &str, by_all: bool) -> Option<Option<(Length, BTreeSet<String>)>> {
        let mut query = self.prober.resolved(text)?;
        if by_all {
            take_all(&mut query.root);
        }
        let path = query.columns.iter().position(|column| column.name == "path")?;
        let rows = self.prober.rows(&query, 1, 2)?;
        let Some(Value::Path(path)) = rows.first().and_then(|row| row.get(path)) else { return Some(None) };
        let session = self.session();
        let word =
            |step: &crate::model::Step| session.schema().relation_types[session.graph().relation_type(step.relation).index()].id.clone();
        Some(Some((Length { relations: path.steps.len() }, path.steps.iter().map(word).collect())))
    }
}

/// The length of a path.
struct Length {
    relations: usize,
}

impl std::fmt::Display for Length {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = if self.relations == 1 { "relation" } else { "relations" };
        write!(formatter, "{} {word}", self.relations)
    }
}

/// Lets paths take every relation.
fn take_all(operator: &mut Operator) {
    if let algebra::Operator::Paths { hops, .. } = operator {
        hops.routes.clear();
        hops.most = None;
    }
    operator.inputs_mut().into_iter().for_each(take_all);
}

/// A request for paths without its condition and what stands behind that.
fn request_without_condition(text: &str) -> Option<String> {
    let query = Prober::parsed(text)?;
    let crate::query::syntax::tree::Body::Path(PathRequest { condition: Some(condition), .. }) = &query.body else { return None };
    let first = super::condition::first_test(condition)?;
    let at = text[..first].to_ascii_lowercase().rfind("where")?;
    Some(text[..at].trim_end().to_owned())
}
