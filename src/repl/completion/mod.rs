//! Completion: what can stand at the cursor, by what stands in front of it, with the rows that each choice would leave.

mod candidate;
mod commands;
mod count;
#[cfg(test)]
mod count_tests;
mod finish;
mod named;
mod offered;
mod pattern;
mod pattern_chain;
mod pattern_properties;
mod pattern_scope;
#[cfg(test)]
mod pattern_tests;
mod pattern_values;
mod place;
mod quotation;
mod scope;
#[cfg(test)]
mod tests;
mod values;
mod words;

use std::ops::Range;

use crate::command::{Shell, inputs};
use crate::query::syntax::{LONGEST_QUERY, TokenKind, is_pattern};
use crate::session::{Budget, Session};

use candidate::tidy;
pub use candidate::{Candidate, Closeness, Completion};
use offered::{Wanted, fitting, having, near};
pub(super) use scope::fixed_fields;

/// Beyond this many bytes of text nothing is offered: every key would cost time.
const LONGEST_TEXT: usize = 1 << 14;
/// The words in front of the cursor that may belong to one name.
const LONGEST_NAME: usize = 9;

/// What can stand at the end of a text, the likeliest first, each once, with the rows that it would leave as far as the budget allows to
/// find out. What leaves none comes last.
pub fn complete_counted(shell: &Shell, text: &str, budget: Budget) -> Completion {
    let mut completion = complete(shell, text);
    count::fill(shell.session(), text, &mut completion, budget);
    completion
}

/// What can stand at the end of a text, the likeliest first, each once; nothing is counted that is not known already.
pub fn complete(shell: &Shell, text: &str) -> Completion {
    if text.len() > LONGEST_TEXT.min(LONGEST_QUERY) {
        return Completion::default();
    }
    let line = text.rsplit('\n').next().unwrap_or(text);
    if line.trim_start().starts_with("--") {
        return Completion::default();
    }
    let begun = begun(shell, text);
    let input = &text[begun..];
    let mut completion = match input.strip_prefix(':') {
        Some(_) => commands::complete(shell, input),
        None => query(shell.session(), input),
    };
    completion.start += begun;
    completion
}

/// Where the input begins that the end of a text stands in.
fn begun(shell: &Shell, text: &str) -> usize {
    let goes_on = |place: &Range<usize>| !text[place.end..].contains('\n') || shell.is_unfinished(&text[place.clone()]);
    let begun = inputs(text).pop().filter(goes_on).map_or(text.len(), |place| place.start);
    let input = &text[begun..];
    begun + input.len() - input.trim_start().len()
}

/// What can stand at the end of a query.
pub(super) fn query(session: &Session, text: &str) -> Completion {
    let begins = text.trim_end().len() == text.len() && !text.trim_start().contains(char::is_whitespace);
    if is_pattern(text) && !begins {
        return pattern::complete(session, text);
    }
    let completion = phrase(session, text);
    // A word that is complete: what can follow it.
    match completion.candidates.as_slice() {
        [only] if only.replacement == text[completion.start..] => {
            let mut next = phrase(session, &format!("{text} "));
            next.candidates.retain(|candidate| candidate.closeness == Closeness::Begins);
            if next.candidates.is_empty() || next.start != text.len() + 1 {
                return completion;
            }
            next.start = text.len();
            next.candidates.iter_mut().for_each(|candidate| candidate.replacement.insert(0, ' '));
            next
        }
        _ => completion,
    }
}

/// What can stand at the end of a phrase.
fn phrase(session: &Session, text: &str) -> Completion {
    let tokens = Session::tokens(text);
    if let Some(last) = tokens.last()
        && last.kind == TokenKind::Unclosed
    {
        return quoted(session, text, last.span.start);
    }
    if tokens.last().is_some_and(|last| last.kind == TokenKind::Comment) {
        return Completion::default();
    }
    let wordlike = |kind: TokenKind| matches!(kind, TokenKind::Word | TokenKind::Number | TokenKind::Keyword);
    let behind: Vec<usize> =
        tokens.iter().rev().take_while(|token| wordlike(token.kind)).take(LONGEST_NAME).map(|token| token.span.start).collect();
    let apart = text.chars().next_back().is_none_or(|last| last.is_whitespace() || !behind.iter().any(|start| *start < text.len()));
    let starts: Vec<usize> = behind.into_iter().rev().chain(apart.then_some(text.len())).collect();
    if let Some(found) = having(session, text) {
        return merged(text, vec![found]);
    }
    let mut found: Vec<(usize, Vec<Candidate>)> = Vec::new();
    for start in &starts {
        let candidates = fitting(session, &text[..*start], &Wanted::new(&text[*start..], None));
        if !candidates.is_empty() {
            found.push((*start, candidates));
        }
    }
    if found.is_empty() {
        // The last words that make sense by themselves behind what stands in front of them.
        let nearest = |start: &usize| (*start, near(session, &text[..*start], &Wanted::new(&text[*start..], None)));
        found.extend(starts.iter().rev().map(nearest).find(|(_, candidates)| !candidates.is_empty()));
    }
    merged(text, found)
}

/// Candidates that begin at different places, as candidates that all begin at the first of them.
fn merged(text: &str, found: Vec<(usize, Vec<Candidate>)>) -> Completion {
    let Some(start) = found.iter().map(|(start, _)| *start).min() else { return Completion::default() };
    let mut candidates: Vec<Candidate> = Vec::new();
    for (begin, offered) in found {
        let kept = &text[start..begin];
        candidates.extend(
            offered.into_iter().map(|candidate| Candidate { replacement: format!("{kept}{}", candidate.replacement), ..candidate }),
        );
    }
    tidy(&mut candidates);
    Completion { start, candidates, more: 0 }
}

/// What can stand in quotation marks that are open.
fn quoted(session: &Session, text: &str, open: usize) -> Completion {
    let Some(mark) = text[open..].chars().next().filter(|mark| *mark != '/') else { return Completion::default() };
    let start = open + mark.len_utf8();
    let wanted = Wanted::new(&text[start..], Some(mark));
    let mut candidates = fitting(session, &text[..open], &wanted);
    if candidates.is_empty() {
        candidates = near(session, &text[..open], &wanted);
    }
    tidy(&mut candidates);
    Completion { start, candidates, more: 0 }
}
