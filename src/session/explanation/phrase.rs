//! Phrase: which step of a phrase is empty, from the innermost out.

use std::ops::Range;

use crate::query::syntax::tree::{Body, Condition, Operand, Phrase, SetExpression};
use crate::query::syntax::{self, TokenKind};

use super::probe::Prober;
use super::{Explainer, Frame};

/// How deep phrases in phrases are looked into.
const DEEPEST: usize = 12;

impl Explainer<'_> {
    /// Why a query in phrases has no rows.
    pub(super) fn request(&mut self, text: &str, frame: &Frame) {
        let Some(query) = Prober::parsed(text) else { return };
        if let Some(limit) = query.tails.limit.as_ref().filter(|limit| limit.value == 0) {
            let Some(at) = text[..limit.span.start].to_ascii_lowercase().rfind("limit") else { return };
            let unlimited = format!("{}{}", text[..at].trim_end(), &text[limit.span.end..]);
            if self.offer("`limit 0` leaves no rows; without it", frame, &unlimited) {
                return;
            }
        }
        match &query.body {
            Body::Set(set) => self.set(slice(text, set_span(set)), set, frame, 0),
            Body::Compare(set, field, condition) => {
                let part = conditioned(text, set, condition.as_ref());
                let frame = Frame { before: "compare ".to_owned(), after: format!(" across {}", &text[field.span.clone()]) };
                self.part(&part, &frame, 0);
            }
            Body::Count(set, fields, condition) => {
                let part = conditioned(text, set, condition.as_ref());
                let frame = match fields.as_slice() {
                    [] => Frame::default(),
                    [first, .., last] => counting(&text[first.span.start..last.span.end]),
                    [only] => counting(&text[only.span.clone()]),
                };
                self.part(&part, &frame, 0);
            }
            Body::Path(request) => self.path(text, request),
            Body::Why(run, _) => self.part(&text[run.span.clone()], &Frame::default(), 0),
            Body::WhyRow(_) | Body::Pattern(_) => {}
        }
    }

    /// Why a part of a phrase, which is a phrase by itself, has no rows; nothing where it has some.
    pub(super) fn part(&mut self, text: &str, frame: &Frame, depth: usize) {
        if depth > DEEPEST || self.prober.is_over() || self.prober.gives(text) != Some(false) {
            return;
        }
        self.prober.know_empty(text);
        let Some(query) = Prober::parsed(text) else { return };
        if let Body::Set(set) = &query.body {
            self.set(text, set, frame, depth + 1);
        }
    }

    /// Why a single phrase, which is all of the text, has no rows.
    pub(super) fn phrase(&mut self, text: &str, phrase: &Phrase, frame: &Frame, depth: usize) {
        if let Some(condition) = &phrase.condition {
            let Some(end) = condition_start(text, condition) else { return };
            let base = text[..end].trim_end().to_owned();
            match self.prober.gives(&base) {
                Some(true) => self.conditions(text, &base, condition, frame),
                Some(false) => self.part(&base, frame, depth),
                None => {}
            }
            return;
        }
        let mut inner: Option<String> = None;
        for noun in phrase.nouns.iter().rev() {
            let step = text[noun.span.start..].to_owned();
            match (self.prober.gives(&step), &inner) {
                (Some(false), None) => {
                    let operand = text[operand_span(text, &phrase.operand)].to_owned();
                    let frame = self.outside(text, noun.span.start, frame);
                    self.no_relation(&step, &text[noun.span.clone()], &operand, &frame, depth);
                    return;
                }
                (Some(false), Some(inner)) => {
                    let frame = self.outside(text, noun.span.start, frame);
                    self.leads_nowhere(&text[noun.span.clone()], inner, &frame);
                    return;
                }
                (Some(true), _) => inner = Some(step),
                (None, _) => return,
            }
        }
        if phrase.nouns.is_empty() {
            self.operand(text, &phrase.operand, frame, depth);
        }
    }

    /// The frame of a step: the nouns in front of it are part of the whole.
    fn outside(&self, text: &str, start: usize, frame: &Frame) -> Frame {
        Frame { before: format!("{}{}", frame.before, &text[..start]), after: frame.after.clone() }
    }

    /// Why something without `of` has no rows.
    fn operand(&mut self, text: &str, operand: &Operand, frame: &Frame, depth: usize) {
        match operand {
            Operand::Set(set) => {
                let inner = text[set_range(text, set)].to_owned();
                self.part(&inner, frame, depth);
            }
            Operand::Run(run) => self.run(text, run, frame),
            Operand::Kind(run) => self.say(format!("no entity of the graph is of the kind '{}'", &text[run.span.clone()])),
            Operand::Around(around) => {
                let centre = text[around.centre.span.clone()].to_owned();
                let within = around.within.as_ref().map_or(1, |within| within.value);
                self.say(format!("no relation that may be taken touches {centre} within {within}"));
                let choices = [
                    ("by all relations".to_owned(), format!("around {centre} within {}", within.max(1))),
                    ("two relations away".to_owned(), format!("around {centre} within 2")),
                    ("what is known of it".to_owned(), centre),
                ];
                self.offer_first(frame, choices);
            }
            Operand::Find(words) => self.nothing_found(&words.value, frame),
        }
    }

    fn nothing_found(&mut self, words: &str, frame: &Frame) {
        self.say(format!("nothing in the graph has a name, an identifier or a definition like \"{words}\""));
        let singles: Vec<&str> = words.split_whitespace().filter(|word| word.chars().count() > 2).collect();
        if singles.len() > 1 {
            for word in singles.iter().take(4).filter(|word| !word.contains(['"', '\\'])) {
                self.offer(&format!("'{word}' alone"), frame, &format!("find \"{word}\""));
            }
        }
    }
}

fn counting(fields: &str) -> Frame {
    Frame { before: "count ".to_owned(), after: format!(" by {fields}") }
}

/// A set with the condition that stands behind `across F` or `by F`.
fn conditioned(text: &str, set: &SetExpression, condition: Option<&Condition>) -> String {
    let part = &text[set_range(text, set)];
    match condition {
        None => part.to_owned(),
        Some(condition) => {
            let bare = matches!(set, SetExpression::Phrase(phrase) if phrase.condition.is_none());
            let (open, close) = if bare { ("", "") } else { ("(", ")") };
            format!("{open}{part}{close} where {}", super::condition::spelled(text, condition))
        }
    }
}

/// A part of the text without blanks around it.
fn slice(text: &str, span: Range<usize>) -> &str {
    text[balanced(text, span)].trim()
}

/// Where a set stands.
pub(super) fn set_span(set: &SetExpression) -> Range<usize> {
    match set {
        SetExpression::Phrase(phrase) => phrase.span.clone(),
        SetExpression::Joined(first, rest) => {
            let start = set_span(first).start;
            start..rest.last().map_or(start, |(_, last)| set_span(last).end)
        }
    }
}

/// The same, with the brackets that close what opens in it.
pub(super) fn set_range(text: &str, set: &SetExpression) -> Range<usize> {
    balanced(text, set_span(set))
}

fn operand_span(text: &str, operand: &Operand) -> Range<usize> {
    match operand {
        Operand::Run(run) => run.span.clone(),
        // These begin with a keyword or a bracket in front of their first part: all up to the end is theirs.
        Operand::Kind(run) => preceding(text, run.span.start)..text.len(),
        Operand::Around(around) => preceding(text, around.centre.span.start)..text.len(),
        Operand::Find(words) => preceding(text, words.span.start)..text.len(),
        Operand::Set(set) => text[..set_span(set).start].rfind('(').unwrap_or(0)..text.len(),
    }
}

/// Where the word in front of a place begins.
fn preceding(text: &str, place: usize) -> usize {
    let before = text[..place].trim_end();
    before.rfind(|character: char| character.is_whitespace() || character == '(').map_or(0, |at| at + 1)
}

/// Where the `where` of a condition begins.
fn condition_start(text: &str, condition: &Condition) -> Option<usize> {
    let first = super::condition::first_test(condition)?;
    text[..first].to_ascii_lowercase().rfind("where")
}

/// The span, with the closing brackets behind it that belong to opening ones in it.
pub(super) fn balanced(text: &str, span: Range<usize>) -> Range<usize> {
    let (mut open, mut end) = (0_usize, span.end);
    for token in syntax::tokens(text) {
        if token.span.start < span.start {
            continue;
        }
        if token.span.start >= span.end && open == 0 {
            break;
        }
        match (token.kind, &text[token.span.clone()]) {
            (TokenKind::Bracket, "(") => open += 1,
            (TokenKind::Bracket, ")") => {
                open = open.saturating_sub(1);
                end = end.max(token.span.end);
            }
            _ if token.span.start >= span.end => break,
            _ => {}
        }
    }
    span.start..end
}

/// The query in a text on one line, without the `let NAME =` in front of it, without comments and without what ends it.
pub(super) fn bare(text: &str, named: bool) -> String {
    let start = if named { text.find('=').map_or(0, |at| at + 1) } else { 0 };
    let mut bare = String::with_capacity(text.len());
    let mut end = start;
    for token in syntax::tokens(text) {
        if token.span.start < start || matches!(token.kind, TokenKind::Comment | TokenKind::EndMark) {
            continue;
        }
        if token.span.start > end && !bare.is_empty() {
            bare.push(' ');
        }
        bare.push_str(&text[token.span.clone()]);
        end = token.span.end;
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::{balanced, bare};

    #[test]
    fn a_query_is_put_on_one_line() {
        assert_eq!(bare("let a = causes\n  where  population=adult", true), "causes where population=adult");
        assert_eq!(bare("-- why\ncauses of \"a  b\"", false), "causes of \"a  b\"");
        assert_eq!(bare("MATCH (n) // all\nRETURN n ;", false), "MATCH (n) RETURN n");
    }

    #[test]
    fn brackets_that_open_within_a_span_close_within_it() {
        let text = "(a or (b)) and c";
        assert_eq!(&text[balanced(text, 0..8)], "(a or (b))");
        assert_eq!(&text[balanced(text, 1..8)], "a or (b)");
        assert_eq!(&text[balanced(text, 15..16)], "c");
    }
}
