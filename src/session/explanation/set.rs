//! Set: which of the phrases joined by `and`, `or` and `but not` leaves nothing.

use std::collections::HashSet;

use crate::model::{EntityId, Value};
use crate::query::syntax::tree::{Operand, SetExpression, SetOperator};

use super::phrase::{set_range, set_span};
use super::{Explainer, Frame};

/// How many entities of each side are looked at to find what is near.
const COMPARED: usize = 300;

impl Explainer<'_> {
    /// Why a set, which is all of the text, has no rows.
    pub(super) fn set(&mut self, text: &str, set: &SetExpression, frame: &Frame, depth: usize) {
        match set {
            SetExpression::Phrase(phrase) => self.phrase(text, phrase, frame, depth),
            SetExpression::Joined(first, rest) => {
                let start = set_span(first).start;
                let mut before = (text[set_range(text, first)].to_owned(), is_name(first));
                for (operator, operand) in rest {
                    let range = set_range(text, operand);
                    let so_far = text[start..range.end].to_owned();
                    let right = (text[range].to_owned(), is_name(operand));
                    if *operator == SetOperator::Or {
                        self.part(&before.0, &Frame::default(), depth);
                        self.part(&right.0, &Frame::default(), depth);
                    } else if self.prober.gives(&so_far) == Some(false) {
                        self.joined(*operator, &before, &right, frame, depth);
                        return;
                    }
                    before = (so_far, false);
                }
            }
        }
    }

    /// Why nothing is left of a left side that is joined with a right one; a side is its text, and whether that is a name
    /// alone, which stands for the entity and not for what is known of it.
    fn joined(&mut self, operator: SetOperator, left: &(String, bool), right: &(String, bool), frame: &Frame, depth: usize) {
        for side in [left, right] {
            if !side.1 && self.prober.gives(&side.0) == Some(false) {
                self.say(format!("`{}` is empty", side.0));
                self.part(&side.0, &Frame::default(), depth);
                return;
            }
        }
        if operator == SetOperator::ButNot {
            self.say(format!("`but not` takes all away: whatever is in `{}` is in `{}` too", left.0, right.0));
            self.offer("what is in both", frame, &format!("{} and {}", left.0, right.0));
            self.offer("the first alone", frame, &left.0);
            return;
        }
        self.say(format!("nothing is in both `{}` and `{}`", left.0, right.0));
        for (side, lead) in [(left, "the first has rows"), (right, "the second has rows")] {
            if !side.1 {
                self.offer_plain(lead, &side.0);
            }
        }
        self.near(&left.0, &right.0);
        self.offer("what is in either", &Frame::default(), &format!("{} or {}", left.0, right.0));
    }

    /// Entities of one side that are one of an entity of the other.
    fn near(&mut self, left: &str, right: &str) {
        let (Some(left), Some(right)) = (self.members(left), self.members(right)) else { return };
        let graph = self.session().graph();
        let mut pairs: Vec<String> = Vec::new();
        for (ones, others) in [(&left, &right), (&right, &left)] {
            let wanted: HashSet<EntityId> = others.iter().copied().collect();
            for one in ones.iter().take(COMPARED) {
                let broader = graph.ancestors(*one).into_iter().find(|ancestor| ancestor != one && wanted.contains(ancestor));
                if let Some(broader) = broader {
                    pairs.push(format!("{} is one of {}", graph.name(*one), graph.name(broader)));
                }
            }
        }
        if !pairs.is_empty() {
            self.say(format!("near: {}", super::listed(&pairs)));
        }
    }

    /// The entities that a phrase answers with.
    pub(super) fn members(&self, text: &str) -> Option<Vec<EntityId>> {
        let query = self.prober.resolved(text)?;
        let rows = self.prober.rows(&query, COMPARED, 3)?;
        let mut members = Vec::new();
        let mut seen = HashSet::new();
        for row in &rows {
            let entity = row.iter().find_map(|value| match value {
                Value::Entity(entity) => Some(*entity),
                _ => None,
            });
            members.extend(entity.filter(|entity| seen.insert(*entity)));
        }
        Some(members)
    }
}

/// Whether an operand may be a name alone.
fn is_name(set: &SetExpression) -> bool {
    matches!(set, SetExpression::Phrase(phrase) if phrase.nouns.is_empty() && matches!(&phrase.operand, Operand::Run(_)))
}
