//! Patterns: at which part of a pattern nothing is left, found by matching it part by part.

use std::ops::Range;

use crate::algebra::name_in_pattern;
use crate::answer::RowCount;
use crate::model::Value;
use crate::query::syntax::pattern_tree::{
    Arrow, Clause, ClauseKind, Expression, ExpressionKind, NodePattern, PatternPart, RelationshipPattern, SingleQuery,
};
use crate::query::syntax::tree::Body;

use super::probe::{COUNTED, Prober};
use super::stages::{Matched, arrow, bare_node, bare_relationship, turned};
use super::{Explainer, Frame, listed};

/// What a variable is called that an explanation adds, the first that the query does not have.
const ADDED: [&str; 3] = ["found", "found_there", "found_by_the_explanation"];

/// How many matches a query shows that is offered for a part of a pattern.
const SHOWN: usize = 10;

impl Explainer<'_> {
    /// Why a pattern has no rows.
    pub(super) fn pattern(&mut self, text: &str, aggregates: bool) {
        let Some(query) = Prober::parsed(text) else { return };
        let Body::Pattern(pattern) = &query.body else { return };
        self.added = ADDED.into_iter().find(|name| !text.contains(name)).unwrap_or(ADDED[2]);
        for part in &pattern.parts {
            self.know_last(text, part, aggregates);
            self.single(text, part);
        }
    }

    /// Whether something matches the clauses; none if that cannot be found out.
    pub(super) fn matches(&mut self, clauses: &str) -> Option<bool> {
        self.prober.gives(&format!("{clauses} RETURN 1 AS {}", self.added))
    }

    /// How many ways clauses match.
    pub(super) fn match_count(&mut self, clauses: &str) -> Option<RowCount> {
        self.prober.count(&format!("{clauses} RETURN 1 AS {}", self.added))
    }

    /// Remembers that clauses match nothing.
    fn know_unmatched(&mut self, clauses: &str) {
        let query = format!("{clauses} RETURN 1 AS {}", self.added);
        self.prober.know_empty(&query);
    }

    /// What stands in front of the last `RETURN` matches nothing, unless that could take rows away itself.
    fn know_last(&mut self, text: &str, single: &SingleQuery, aggregates: bool) {
        let [.., before, last] = single.clauses.as_slice() else { return };
        let ClauseKind::Return(projection) = &last.kind else { return };
        let counts_rows = projection.items.iter().any(|item| matches!(item.expression.kind, ExpressionKind::CountRows));
        let keeps_some = |limit: &Expression| text[limit.span.clone()].trim().parse::<u64>().is_ok_and(|limit| limit > 0);
        let cuts = projection.skip.is_some() || !projection.limit.as_ref().is_none_or(keeps_some);
        if cuts || (aggregates && !counts_rows) {
            return;
        }
        let start = single.span.start;
        self.know_unmatched(&text[start..before.span.end]);
        if let ClauseKind::Match { optional: false, patterns, condition: None } = &before.kind {
            let patterns = patterns.iter().map(|part| text[part.span.clone()].to_owned()).collect();
            self.know_unmatched(&Matched { before: text[start..before.span.start].to_owned(), patterns }.whole());
        }
    }

    fn single(&mut self, text: &str, single: &SingleQuery) {
        let start = single.span.start;
        for (position, clause) in single.clauses.iter().enumerate() {
            let before = text[start..clause.span.start].to_owned();
            let through = text[start..clause.span.end].to_owned();
            let is_last = position + 1 == single.clauses.len();
            let found = if is_last && matches!(clause.kind, ClauseKind::Return(_)) {
                self.prober.gives(&text[single.span.clone()])
            } else {
                self.matches(&through)
            };
            match found {
                Some(true) => continue,
                Some(false) => self.clause(text, start, clause, before),
                None => {}
            }
            return;
        }
    }

    /// A clause behind which nothing is left.
    fn clause(&mut self, text: &str, start: usize, clause: &Clause, before: String) {
        match &clause.kind {
            ClauseKind::Match { optional: false, patterns, condition } => {
                let mut matched = Matched { before, patterns: Vec::new() };
                for part in patterns {
                    let typed = &text[part.span.clone()];
                    match self.matches(&matched.with(typed)) {
                        Some(true) => matched.patterns.push(typed.to_owned()),
                        Some(false) => return self.chain(text, &matched, part),
                        None => return,
                    }
                }
                if let Some(condition) = condition {
                    self.pattern_conditions(text, &matched.whole(), condition, clause.span.end);
                }
            }
            ClauseKind::With { condition: Some(condition), .. } | ClauseKind::Call { condition: Some(condition), .. } => {
                let Some(at) = where_of(text, condition) else { return };
                let bare = text[start..at].trim_end().to_owned();
                if self.matches(&bare) == Some(true) {
                    self.pattern_conditions(text, &bare, condition, clause.span.end);
                } else {
                    self.say(format!("nothing is left behind `{}`", text[clause.span.start..at].trim_end()));
                }
            }
            ClauseKind::Return(projection) | ClauseKind::With { projection, condition: None } => {
                let cut = [&projection.skip, &projection.limit].into_iter().flatten().map(|value| value.span.start).min();
                if let Some(at) = cut.and_then(|at| keyword_before(text, at, &["skip", "limit"])) {
                    self.say(format!("`{}` leaves no rows", text[at..clause.span.end].trim_end()));
                    let whole = format!("{}{}", text[..at].trim_end(), &text[clause.span.end..]);
                    self.offer("without it", &Frame::default(), &whole);
                }
            }
            ClauseKind::Unwind { list, .. } => self.say(format!("the list `{}` is empty", &text[list.span.clone()])),
            ClauseKind::Call { procedure, .. } => self.say(format!("`CALL {}` yields nothing here", procedure.value)),
            ClauseKind::Subquery(_) => self.say("the subquery in `CALL { }` has no rows".to_owned()),
            ClauseKind::Match { .. } => {}
        }
    }

    /// A chain of nodes and relationships that has no match behind what is matched so far.
    fn chain(&mut self, text: &str, matched: &Matched, part: &PatternPart) {
        if part.shortest.is_some() {
            self.say(format!("no path is found by `{}`", &text[part.span.clone()]));
            return;
        }
        let start = part.start.span.start;
        let grown = |end: usize| text[start..end].to_owned();
        let mut end = part.start.span.end;
        match self.matches(&matched.with(&grown(end))) {
            Some(true) => {}
            Some(false) => return self.node(text, matched, "", &part.start),
            None => return,
        }
        for (relationship, node) in &part.steps {
            match self.matches(&matched.with(&grown(node.span.end))) {
                Some(true) => end = node.span.end,
                Some(false) => return self.step(text, matched, &grown(end), (relationship, node)),
                None => return,
            }
        }
        // The name of the path alone cannot take a match away.
    }

    /// A node that nothing matches; `chain` is what stands in front of it, with its relationship.
    fn node(&mut self, text: &str, matched: &Matched, chain: &str, node: &NodePattern) {
        let found = self.added;
        let typed = text[node.span.clone()].to_owned();
        let bare = bare_node(text, node, found);
        let place = matched.with(&format!("{chain}{bare}"));
        let variable = node.variable.as_ref().map_or(found, |variable| &text[variable.span.clone()]).to_owned();
        match self.matches(&place) {
            Some(true) => {
                let count =
                    self.match_count(&place).map_or(String::new(), |rows| format!("; without its properties {}", matches_word(rows)));
                self.say(format!("no node matches `{typed}`{count}"));
                let near = node.properties.as_ref().is_some_and(|map| self.near_properties(text, &place, &variable, map));
                if !near {
                    self.offer_match("without its properties", &place);
                }
            }
            Some(false) => {
                let labels: Vec<&str> = node.labels.iter().map(|label| &text[label.span.clone()]).collect();
                self.say(format!("no node here has the label {}", labels.join(" and ")));
                if let ("", Some(label)) = (chain, labels.first()) {
                    self.other_names(text, label, &node.labels[0].span);
                }
            }
            None => self.say(format!("no node matches `{typed}`")),
        }
    }

    /// Labels like one that no node has.
    fn other_names(&mut self, text: &str, label: &str, span: &Range<usize>) {
        let found = self.added;
        let query = format!("MATCH ({found}) UNWIND labels({found}) AS label RETURN DISTINCT label");
        let labels = self.texts(&query);
        let near = crate::diagnostic::nearest(label.trim_matches('`'), labels.iter().map(String::as_str), 1);
        if let [near] = near.as_slice() {
            self.offer(&format!("with {near}"), &Frame::default(), &format!("{}{near}{}", &text[..span.start], &text[span.end..]));
        }
    }

    /// A step behind which nothing is left: its relationship, its direction, or the node at its end.
    fn step(&mut self, text: &str, matched: &Matched, grown: &str, (relationship, node): (&RelationshipPattern, &NodePattern)) {
        let found = self.added;
        let typed = &text[relationship.span.start..node.span.end];
        let count = self.match_count(&matched.with(grown));
        let count = count.map_or("has matches".to_owned(), |rows| format!("has {}", matches_word(rows)));
        self.say(format!("`{grown}` {count}; with `{typed}` behind it none"));
        if self.other_direction(text, matched, grown, (relationship, node)) {
            return;
        }
        let bare = bare_relationship(text, relationship, relationship.direction);
        let is_new = node.variable.as_ref().is_none_or(|name| !mentions(&format!("{}{grown}", matched.whole()), &name.value));
        if is_new && is_bare(relationship) && node.labels.is_empty() && node.properties.is_none() && node.condition.is_none() {
            self.know_unmatched(&matched.with(&format!("{grown}{bare}()")));
        }
        match self.matches(&matched.with(&format!("{grown}{bare}()"))) {
            Some(true) => {}
            Some(false) => return self.types_that_lead_on(text, matched, grown, (relationship, node)),
            None => return,
        }
        let with_node = format!("{grown}{bare}{}", &text[node.span.clone()]);
        if !is_bare(relationship) && self.matches(&matched.with(&with_node)) == Some(true) {
            self.say(format!("no relationship matches the properties in `{}`", &text[relationship.span.clone()]));
            self.offer_match("without them", &matched.with(&with_node));
            return;
        }
        let chain = format!("{grown}{bare}");
        let is_plain = node.properties.is_none() && node.condition.is_none();
        if !is_plain && self.matches(&matched.with(&format!("{chain}{}", bare_node(text, node, found)))) == Some(true) {
            return self.node(text, matched, &chain, node);
        }
        self.ends_that_occur(text, matched, &chain, node);
    }

    /// The same step, taken against its direction; whether that has matches.
    fn other_direction(
        &mut self,
        text: &str,
        matched: &Matched,
        grown: &str,
        (relationship, node): (&RelationshipPattern, &NodePattern),
    ) -> bool {
        let typed = &text[relationship.span.clone()];
        let Some(turned) = turned(typed, relationship.direction) else { return false };
        let there = matched.with(&format!("{grown}{turned}{}", &text[node.span.clone()]));
        if self.matches(&there) != Some(true) {
            return false;
        }
        let whole = format!("{}{turned}{}", &text[..relationship.span.start], &text[relationship.span.end..]);
        let lead = "the other way round there are";
        self.offer(lead, &Frame::default(), &whole) || self.offer_match(lead, &there)
    }

    /// What does lead on from the end of a chain.
    fn types_that_lead_on(
        &mut self,
        text: &str,
        matched: &Matched,
        grown: &str,
        (relationship, node): (&RelationshipPattern, &NodePattern),
    ) {
        let found = self.added;
        let many = self.match_count(&matched.with(grown)).is_none_or(|rows| rows.and_more);
        for (direction, here) in [(relationship.direction, true), (Arrow::Either, false)] {
            let there = matched.with(&format!("{grown}{}()", arrow(found, direction)));
            // Of many relationships only the first are looked at, and not counted.
            let few = if many { format!(" WITH {found} LIMIT {COUNTED}") } else { String::new() };
            let query = format!("{there}{few} RETURN type({found}) AS type, count(*) AS matches");
            let Some(types) = self.counted_names(&query) else { return };
            let Some((first, _)) = types.first() else { continue };
            let which = match (here, many) {
                (true, false) => "in this direction lead on",
                (true, true) => "in this direction lead on, among others",
                (false, false) => "in the other direction lead on",
                (false, true) => "in the other direction lead on, among others",
            };
            let names: Vec<String> = types.iter().map(|(name, _)| name.clone()).collect();
            self.say(format!("{which}: {}", listed(&if many { names } else { shown(&types) })));
            if let (true, [one, ..]) = (here, relationship.types.as_slice()) {
                let last = relationship.types.last().map_or(one.span.end, |last| last.span.end);
                let whole = format!("{}{}{}", &text[..one.span.start], name_in_pattern(first), &text[last..]);
                let arrow = arrow(&format!(":{}", name_in_pattern(first)), direction);
                let _ = self.offer(&format!("by {first}"), &Frame::default(), &whole)
                    || self.offer_match(&format!("by {first}"), &matched.with(&format!("{grown}{arrow}{}", &text[node.span.clone()])))
                    || self.offer_match(&format!("by {first}"), &matched.with(&format!("{grown}{arrow}()")));
            }
            return;
        }
        self.say("no relationship leads on from there".to_owned());
    }

    /// Which labels the nodes have that a relationship leads to.
    fn ends_that_occur(&mut self, text: &str, matched: &Matched, chain: &str, node: &NodePattern) {
        let found = self.added;
        let there = matched.with(&format!("{chain}({found})"));
        let [label, ..] = node.labels.as_slice() else {
            self.say("it leads on, and never to that node".to_owned());
            self.offer_match("where it leads", &there);
            return;
        };
        let many = self.match_count(&there).is_none_or(|rows| rows.and_more);
        let few = if many { format!(" WITH {found} LIMIT {COUNTED}") } else { String::new() };
        let query = format!("{there}{few} UNWIND labels({found}) AS label RETURN label, count(*) AS matches");
        let labels = self.counted_names(&query).unwrap_or_default();
        if let Some((first, _)) = labels.first() {
            let names: Vec<String> = labels.iter().map(|(name, _)| name.clone()).collect();
            let which = if many { "labels at its end, among others" } else { "labels at its end" };
            self.say(format!("{which}: {}", listed(&if many { names } else { shown(&labels) })));
            let whole = format!("{}{}{}", &text[..label.span.start], name_in_pattern(first), &text[label.span.end..]);
            let lead = format!("with {first}");
            if self.offer(&lead, &Frame::default(), &whole) {
                return;
            }
        }
        self.offer_match("where it leads", &there);
    }

    /// The rows `[name, count]` of a query, the most frequent first.
    pub(super) fn counted_names(&self, query: &str) -> Option<Vec<(String, i64)>> {
        // Where there are too many, which of them are the most frequent is not known.
        let rows = self.prober.rows(&self.prober.resolved(query)?, COUNTED + 1, 2).filter(|rows| rows.len() <= COUNTED)?;
        let counted = |row: &Vec<Value>| match row.as_slice() {
            [value, Value::Integer(count)] => self.written(value).map(|value| (value, *count)),
            _ => None,
        };
        let mut names: Vec<(String, i64)> = rows.iter().filter_map(counted).collect();
        names.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        Some(names)
    }

    /// The texts in the only column of a query.
    pub(super) fn texts(&self, query: &str) -> Vec<String> {
        let rows = self.prober.resolved(query).and_then(|query| self.prober.rows(&query, COUNTED, 2)).unwrap_or_default();
        rows.iter().filter_map(|row| row.first()).filter_map(|value| self.written(value)).collect()
    }

    /// Offers what clauses match, the first few of it.
    pub(super) fn offer_match(&mut self, lead: &str, clauses: &str) -> bool {
        let shown = format!("{clauses} RETURN * LIMIT {SHOWN}");
        self.offer(lead, &Frame::default(), &shown) || self.offer(lead, &Frame::default(), &format!("{clauses} RETURN count(*)"))
    }
}

/// Whether a relationship asks nothing beyond its types and its length.
fn is_bare(relationship: &RelationshipPattern) -> bool {
    relationship.properties.is_none() && relationship.condition.is_none()
}

/// Whether a name stands in a text.
fn mentions(text: &str, name: &str) -> bool {
    text.split(|character: char| !character.is_alphanumeric() && character != '_').any(|word| word == name)
}

/// Names with how often they occur: `CAUSES (12)`.
pub(super) fn shown(names: &[(String, i64)]) -> Vec<String> {
    names.iter().map(|(name, count)| format!("{name} ({count})")).collect()
}

fn matches_word(rows: RowCount) -> String {
    let more = if rows.and_more { "+" } else { "" };
    let word = if rows.counted == 1 && !rows.and_more { "match" } else { "matches" };
    format!("{}{more} {word}", rows.counted)
}

/// Where the `WHERE` of a condition begins.
pub(super) fn where_of(text: &str, condition: &Expression) -> Option<usize> {
    keyword_before(text, condition.span.start, &["where"])
}

/// Where the last of these words in front of a place begins.
fn keyword_before(text: &str, place: usize, words: &[&str]) -> Option<usize> {
    let before = text.get(..place)?.to_ascii_lowercase();
    words.iter().filter_map(|word| before.rfind(word)).max()
}
