//! Ending: whether a text that was gone over is a query as it stands, and which query it is without the end that says nothing yet.

use crate::schema::ValueType;

use super::super::words::{Item, Piece, Special, cut};
use super::expected::{Expected, expected};
use super::{Head, Part, Walk};

impl Walk<'_> {
    /// Whether what was gone over is a query, open brackets aside.
    pub(super) fn is_complete(&self) -> bool {
        let begun = !self.run.is_empty();
        let has_term = || begun && cut(self.session, &self.run).is_some_and(|items| self.is_said(&items));
        if self.head == Head::Compare && !self.compared {
            return false;
        }
        match self.part {
            Part::Operand | Part::Of => has_term(),
            Part::PathStart => self.head == Head::Around && has_term(),
            Part::PathEnd => self.head == Head::Path && has_term(),
            Part::AfterTest | Part::AfterOperand | Part::Sorted => true,
            Part::Test => self.joins_noun(),
            Part::Only(_) | Part::Nothing | Part::Between | Part::Described(_) => false,
            Part::Has | Part::Value | Part::Sort | Part::Show | Part::By | Part::Via | Part::Number(_) | Part::KindName | Part::Text => {
                begun
            }
        }
    }

    /// Whether the items are a term, or a sentence that has all that it needs.
    fn is_said(&self, items: &[Item]) -> bool {
        let is_open =
            |piece: &Piece| matches!(piece, Piece::Word(word) if ["what", "which"].iter().any(|open| word.eq_ignore_ascii_case(open)));
        let has_verb = || items.iter().skip(1).any(|item| !item.verbs.is_empty());
        let ends_with_verb = || items.last().is_some_and(|last| !last.verbs.is_empty());
        match items {
            [_] => !self.run.first().is_some_and(is_open) && matches!(expected(items), Expected::Verb(_)),
            _ if items.iter().any(|item| item.special == Some(Special::Does)) => {
                ends_with_verb() && matches!(expected(items), Expected::Verb(_))
            }
            [exactly, _] if exactly.special == Some(Special::Exactly) => matches!(expected(items), Expected::Verb(_)),
            _ => has_verb() && matches!(expected(items), Expected::Verb(_)),
        }
    }

    /// Whether the value is a span of time and a number so far.
    pub(super) fn lacks_unit(&self) -> bool {
        let is_number =
            |piece: &Piece| matches!(piece, Piece::Word(word) if word.bytes().all(|sign| sign.is_ascii_digit() || sign == b'.'));
        matches!(self.run.as_slice(), [only] if is_number(only))
            && matches!(self.scope.value_type(self.session, &self.field), Some(ValueType::Duration))
    }

    /// Whether `and` or `or` behind a condition is followed by a relation noun: that joins two phrases, not two conditions.
    pub(super) fn joins_noun(&self) -> bool {
        let noun = |items: Vec<Item>| matches!(items.as_slice(), [only] if !only.nouns.is_empty() && only.qualifiers.is_empty());
        self.joined && self.part == Part::Test && cut(self.session, &self.run).is_some_and(noun)
    }

    /// The query that the text makes if its end, as far as it says nothing yet, is left out; brackets stay open. Of a test that has a
    /// field alone, all that has the field.
    pub fn finished(&self, text: &str, end: usize) -> Option<String> {
        let in_list = self.brackets.iter().all(|(part, _)| matches!(part, Part::Value | Part::Operand | Part::Of));
        let with_field = || {
            let field = text.get(self.tested.clone()).filter(|field| in_list && !field.is_empty())?;
            let before = text.get(..self.test)?.trim_end();
            Some(format!("{before} has {field}"))
        };
        match self.part {
            Part::Test if !self.run.is_empty() && !self.joins_noun() => with_field(),
            Part::Value if self.run.is_empty() && self.safe.is_none_or(|safe| safe < self.tested.end) => with_field(),
            Part::Between => with_field(),
            Part::Operand if self.wants_term() => Some(format!("{} what", text.get(..end)?)),
            _ if self.is_complete() => text.get(..end).map(str::to_owned),
            _ => text.get(..self.safe?).map(str::to_owned),
        }
    }

    /// Whether a sentence ends with its verb.
    fn wants_term(&self) -> bool {
        let Some(items) = cut(self.session, &self.run) else { return false };
        items.last().is_some_and(|last| !last.verbs.is_empty() && items.len() > 1) && matches!(expected(&items), Expected::Term)
    }
}
