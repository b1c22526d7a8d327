//! Highlight: what is typed, coloured by what it means: keywords, names that are known and names that are not, fields, values.

mod brackets;
mod patterns;
mod phrases;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use crate::command::{Argument, command_named, inputs};
use crate::diagnostic::Code;
use crate::model::{Names, fold};
use crate::query::syntax::{Token, TokenKind, is_pattern};
use crate::render::{Palette, Role};
use crate::session::{Judge, Session, Wrong};

use brackets::Brackets;

/// Longer texts stay as they are: every key would cost time.
const LONGEST_COLOURED: usize = 1 << 13;

/// A text as it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen<'a> {
    /// What is typed so far, all lines of it.
    pub text: &'a str,
    /// Where the cursor stands in it; none once it is handed over: then nothing in it is still being typed.
    pub cursor: Option<usize>,
}

/// Colours texts of one graph.
#[derive(Debug, Default)]
pub(super) struct Painter {
    judge: Judge,
    graph: Option<(String, usize)>,
}

impl Painter {
    /// Forgets what was looked up, if another graph is open now.
    pub fn refresh(&mut self, session: &Session) {
        let graph = (session.name().to_owned(), session.graph().relation_count());
        if self.graph.as_ref() != Some(&graph) {
            *self = Painter { judge: Judge::default(), graph: Some(graph) };
        }
    }

    /// Whether an input can be asked of the graph, as far as its words tell; commands can.
    pub fn can_be_asked(&self, session: &Session, text: &str) -> bool {
        let is_command = text.trim_start().starts_with(':');
        is_command || self.judge.wrongs(session, text, true).iter().all(|wrong| wrong.is_warning)
    }

    /// The text from a place on, with colours; its width on a terminal stays the same.
    pub fn painted<'t>(&self, session: &Session, palette: &Palette, seen: Seen<'t>, from: usize) -> Cow<'t, str> {
        let text = seen.text;
        if text.len() <= from || text.len() > LONGEST_COLOURED {
            return Cow::Borrowed(&text[from.min(text.len())..]);
        }
        let mut painted = String::with_capacity(text.len() * 2);
        let mut at = from;
        for (span, role) in self.roles(session, seen) {
            let begin = span.start.max(at);
            if begin < span.end && text.is_char_boundary(begin) && text.is_char_boundary(span.end) {
                painted.push_str(&text[at..begin]);
                palette.paint(&mut painted, role, &text[begin..span.end]);
                at = span.end;
            }
        }
        painted.push_str(&text[at..]);
        Cow::Owned(painted)
    }

    /// The parts of a text in their order, each with what it is; parts that are nothing in particular are left out.
    pub fn roles(&self, session: &Session, seen: Seen<'_>) -> Vec<(Range<usize>, Role)> {
        let text = seen.text;
        // Of several inputs each is one by itself, as the patterns of several lines are; a command begins with a colon.
        let mut found = comments(text);
        let places = inputs(text);
        for (position, place) in places.iter().enumerate() {
            let input = &text[place.clone()];
            let begun = place.start + input.len() - input.trim_start().len();
            // Behind the last input the cursor may stand on a line of its own.
            let end = if position + 1 == places.len() { text.len() } else { place.end };
            let cursor = match seen.cursor {
                // Elsewhere than the cursor nothing is being typed.
                Some(cursor) => (begun..=end).contains(&cursor).then(|| cursor.min(place.end) - begun),
                None => None,
            };
            let roles = self.input(session, Seen { text: &text[begun..place.end], cursor });
            found.extend(roles.into_iter().map(|(span, role)| (span.start + begun..span.end + begun, role)));
        }
        found.sort_by_key(|(span, _)| span.start);
        found
    }

    /// One input: a command, a phrase or a pattern.
    fn input(&self, session: &Session, seen: Seen<'_>) -> Vec<(Range<usize>, Role)> {
        let Some(command) = seen.text.strip_prefix(':') else { return self.query(session, seen) };
        let end = 1 + command.find(char::is_whitespace).unwrap_or(command.len());
        let known = command_named(&seen.text[1..end]);
        let is_typed = seen.cursor.is_some_and(|cursor| cursor <= end);
        let role = if known.is_some() || is_typed { Role::Command } else { Role::Unknown };
        let mut found = vec![(0..end, role)];
        if known.is_some_and(|command| command.argument == Argument::Query) {
            let cursor = seen.cursor.and_then(|cursor| cursor.checked_sub(end));
            let behind = self.query(session, Seen { text: &seen.text[end..], cursor });
            found.extend(behind.into_iter().map(|(span, role)| (span.start + end..span.end + end, role)));
        }
        found
    }

    fn query(&self, session: &Session, seen: Seen<'_>) -> Vec<(Range<usize>, Role)> {
        let tokens = Session::tokens(seen.text);
        let pattern = is_pattern(seen.text);
        let mut roles = if pattern { patterns::roles(session, seen.text, &tokens) } else { phrases::roles(session, seen.text, &tokens) };
        roles.retain(|(span, role)| *role != Role::Unknown || !self.is_begun(session, seen, span, &tokens));
        for wrong in self.judge.wrongs(session, judged(seen, &tokens), seen.cursor.is_none()) {
            self.correct(session, seen, &tokens, &wrong, &mut roles);
        }
        let brackets = Brackets::of(seen.text, &tokens, seen.cursor, seen.cursor.is_none());
        for token in tokens.iter().filter(|token| token.kind == TokenKind::Bracket) {
            if brackets.unmatched.contains(&token.span.start) {
                roles.push((token.span.clone(), Role::Unmatched));
            } else if brackets.at_cursor.contains(&token.span.start) {
                roles.push((token.span.clone(), Role::Bracket));
            }
        }
        roles.sort_by_key(|(span, _)| (span.start, span.end));
        roles
    }

    /// Has what is wrong show in the words that it is about, but for the word that is being typed.
    fn correct(&self, session: &Session, seen: Seen<'_>, tokens: &[Token], wrong: &Wrong, roles: &mut Vec<(Range<usize>, Role)>) {
        let role = if wrong.code == Code::AmbiguousName { Role::Ambiguous } else { Role::Unknown };
        if self.may_go_on(seen, tokens, wrong, roles) {
            return;
        }
        let within = |span: &Range<usize>| span.start < wrong.span.end && wrong.span.start < span.end;
        if self.is_begun(session, seen, &wrong.span, tokens) {
            return;
        }
        let of_operator = !is_pattern(seen.text) && tokens.iter().any(|token| token.kind == TokenKind::Operator && within(&token.span));
        let about = |token: &&Token| {
            within(&token.span)
                && match token.kind {
                    TokenKind::Operator => of_operator,
                    TokenKind::Bracket | TokenKind::Comma | TokenKind::Comment | TokenKind::EndMark => false,
                    _ => !of_operator,
                }
        };
        let places: Vec<Range<usize>> =
            tokens.iter().filter(about).filter(|token| !is_typed(seen, &token.span)).map(|token| token.span.clone()).collect();
        // A name that was taken for one thing is cut where only a part of it is wrong.
        roles.retain(|(span, _)| !places.iter().any(|place| place.start < span.end && span.start < place.end));
        roles.extend(places.into_iter().map(|place| (place, role)));
    }

    /// Whether what is typed last may make right what is wrong in front of it.
    fn may_go_on(&self, seen: Seen<'_>, tokens: &[Token], wrong: &Wrong, roles: &[(Range<usize>, Role)]) -> bool {
        let Some(between) = seen.cursor.and_then(|cursor| seen.text.get(wrong.span.end..cursor)) else { return false };
        let words = between.split_whitespace().count();
        if tokens.iter().any(|token| token.kind == TokenKind::Number && token.span.start == wrong.span.start) {
            // A unit, or the rest of a ratio, is on its way.
            return words <= 2;
        }
        let known = [Role::Field, Role::Relation, Role::Kind, Role::Entity, Role::Value];
        let is_known = || roles.iter().any(|(span, role)| *span == wrong.span && known.contains(role));
        let is_auxiliary = |word: &str| ["does", "do", "is", "are", "was", "were"].iter().any(|known| known.eq_ignore_ascii_case(word));
        let word = seen.text.get(wrong.span.clone()).unwrap_or_default();
        words <= 1
            && !between.contains(|sign: char| !sign.is_alphanumeric() && !sign.is_whitespace() && !matches!(sign, '-' | '_'))
            && (is_auxiliary(word) || is_known() || wrong.code == Code::UndefinedVariable && words == 0 && patterns::is_function(word))
    }

    /// Whether words up to the cursor can still become a name, a field or a value.
    fn is_begun(&self, session: &Session, seen: Seen<'_>, span: &Range<usize>, tokens: &[Token]) -> bool {
        let Some(cursor) = seen.cursor else { return false };
        if is_typed(seen, span) && tokens.iter().filter(|token| token.span.start < span.end && span.start < token.span.end).count() <= 1 {
            return true;
        }
        let Some(typed) = seen.text.get(span.start..cursor) else { return false };
        if !touches(seen.text, span.end, cursor) {
            return false;
        }
        let folded = fold(typed);
        let folded = if typed.ends_with(char::is_whitespace) { format!("{folded} ") } else { folded };
        let of_schema = || session.lexicon().words().iter().any(|word| fold(&word.written).starts_with(&folded));
        let of_graph = || !session.graph().names_beginning(&folded, 1, |_| true).is_empty();
        let is_name = || !session.graph().called(typed).is_empty();
        of_schema() || is_name() || of_graph() || self.judge.begins_value(session, &folded)
    }
}

/// The lines that are comments by themselves: they stand between inputs.
fn comments(text: &str) -> Vec<(Range<usize>, Role)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begin = at + line.len() - line.trim_start().len();
        if line.trim_start().starts_with("--") {
            found.push((begin..begin + line.trim().len(), Role::Comment));
        }
        at += line.len();
    }
    found
}

/// What of a text is judged: all of it but the word at its end that is still being typed.
fn judged<'t>(seen: Seen<'t>, tokens: &[Token]) -> &'t str {
    match tokens.last() {
        Some(last) if seen.cursor == Some(seen.text.len()) && last.span.end == seen.text.len() && is_wordlike(last) => {
            &seen.text[..last.span.start]
        }
        _ => seen.text,
    }
}

fn is_wordlike(token: &Token) -> bool {
    !matches!(
        token.kind,
        TokenKind::Bracket | TokenKind::Comma | TokenKind::Operator | TokenKind::Arrow | TokenKind::EndMark | TokenKind::Comment
    )
}

/// Whether nothing but blanks and at most one word that is being typed stands between a place and the cursor.
fn touches(text: &str, end: usize, cursor: usize) -> bool {
    text.get(end..cursor).is_some_and(|between| {
        let typed = between.trim_start();
        !typed.contains(char::is_whitespace)
            && typed.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '\'' | '’'))
    })
}

/// Whether the cursor stands in or right behind a word.
fn is_typed(seen: Seen<'_>, span: &Range<usize>) -> bool {
    seen.cursor.is_some_and(|cursor| span.start <= cursor && cursor <= span.end)
}
