//! Sentence: which link of a chain is missing, and what stands in the place of a name.

use std::ops::Range;

use crate::algebra::Operator;
use crate::model::{Names, Value};
use crate::query::resolve::{SentenceTerm, sentence_terms};
use crate::query::syntax::tree::Run;

use super::{Explainer, Frame, listed};

/// How many different entities are named as standing in a place.
const MOST_ROWS: usize = 2000;

impl Explainer<'_> {
    /// Why a run of words without `of` has no rows.
    pub(super) fn run(&mut self, text: &str, run: &Run, frame: &Frame) {
        let Some(terms) = sentence_terms(run, self.session().context()) else {
            return self.word(&text[run.span.clone()]);
        };
        self.first_missing_link(text, &terms);
        let fixed: Vec<(usize, &SentenceTerm)> = terms.iter().enumerate().filter(|(_, term)| term.is_fixed).collect();
        if let [.., (_, last)] = fixed.as_slice() {
            self.say(format!("no statement says so of {}", text[last.span.clone()].trim_matches('"')));
        }
        let denied = format!("{text} where denied");
        if self.session().graph().has_denials() && self.prober.gives(&denied) == Some(true) {
            self.offer("reported absent", frame, &denied);
        }
        for (position, term) in fixed.iter().rev() {
            let open = replaced(text, &term.span, "what");
            let place = text[term.span.clone()].to_owned();
            if self.prober.gives(&open) == Some(true) {
                let standing = self.standing(&open, *position);
                let lead = if standing.is_empty() {
                    format!("anything in the place of {place}")
                } else {
                    format!("in the place of {place} stands: {}", listed(&standing))
                };
                self.offer(&lead, frame, &open);
            }
        }
        if let [(_, first), (_, second)] = fixed.as_slice()
            && terms.len() == 2
        {
            let (left, right) = (text[first.span.clone()].to_owned(), text[second.span.clone()].to_owned());
            let turned = replaced(&replaced(text, &second.span, &left), &first.span, &right);
            self.offer("the other way round", frame, &turned);
        }
        for (_, term) in &fixed {
            let named = text[term.span.clone()].trim_matches('"').to_owned();
            if let [entity] = Names::called(self.session().graph(), &named).as_slice() {
                self.broader(*entity, frame, |broader| replaced(text, &term.span, broader));
            }
        }
    }

    /// A word that stands alone: a relation noun, a kind, an entity, an earlier answer.
    fn word(&mut self, word: &str) {
        let graph = self.session().graph();
        if let [entity] = Names::called(graph, word.trim_matches('"')).as_slice() {
            self.say(format!("the graph holds no relation of {} at all", graph.name(*entity)));
        } else if let Some(query) = self.prober.resolved(word) {
            self.say(if is_given(&query.root) {
                format!("'{word}' is empty: the answer that it stands for had no entities")
            } else {
                format!("the graph holds no {}", query.noun.1)
            });
        }
    }

    /// The first link of a chain at which nothing is left.
    fn first_missing_link(&mut self, text: &str, terms: &[SentenceTerm]) {
        let in_order = terms.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
        if terms.len() < 3 || !in_order {
            return;
        }
        for position in 1..terms.len() - 1 {
            let prefix = text[..terms[position].span.end].to_owned();
            if self.prober.gives(&prefix) != Some(true) {
                if position == 1 && self.prober.gives(&prefix) == Some(false) {
                    self.say(format!("already `{prefix}` has no rows"));
                }
                return;
            }
            let next = &text[..terms[position + 1].span.end];
            let is_last = position + 2 == terms.len();
            if is_last || self.prober.gives(next) == Some(false) {
                let more = text[terms[position].span.end..terms[position + 1].span.end].trim().to_owned();
                self.say(format!("nothing is left with `{more}` behind `{prefix}`"));
                self.offer("without it", &Frame::default(), &prefix);
                return;
            }
        }
    }

    /// The names of the entities that stand in a place of a sentence, the first of them.
    fn standing(&self, sentence: &str, position: usize) -> Vec<String> {
        let Some(query) = self.prober.resolved(sentence) else { return Vec::new() };
        let Some(rows) = self.prober.rows(&query, MOST_ROWS, 3) else { return Vec::new() };
        let graph = self.session().graph();
        let mut names: Vec<String> = rows
            .iter()
            .filter_map(|row| match row.get(position) {
                Some(Value::Entity(entity)) => Some(graph.name(*entity).to_owned()),
                _ => None,
            })
            .collect();
        names.sort();
        names.dedup();
        if rows.len() == MOST_ROWS { Vec::new() } else { names }
    }
}

/// Whether rows come from an earlier answer.
fn is_given(operator: &Operator) -> bool {
    matches!(operator, Operator::Given { .. }) || operator.inputs().into_iter().any(is_given)
}

/// The text with something else in a place.
fn replaced(text: &str, place: &Range<usize>, by: &str) -> String {
    format!("{}{by}{}", &text[..place.start], &text[place.end..])
}
