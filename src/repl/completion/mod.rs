//! Completion: what can stand at the cursor, by what stands in front of it.

mod commands;
mod named;
mod pattern;
mod pattern_scope;
mod place;
mod quotation;
mod scope;
#[cfg(test)]
mod tests;
mod words;

use std::cmp::Reverse;
use std::ops::Range;

use crate::command::{Shell, inputs};
use crate::model::{KindId, fold};
use crate::query::syntax::{LONGEST_QUERY, PATTERN_WORDS, TokenKind, is_pattern};
use crate::schema::{End, Meaning};
use crate::session::Session;

use place::Offer;
pub(super) use scope::fixed_fields;
pub(super) use words::{Piece, longest};

/// What is offered at most; more is no help to anybody.
const MOST_OFFERED: usize = 400;
/// Beyond this many bytes of text nothing is offered: every key would cost time.
const LONGEST_TEXT: usize = 1 << 14;
/// The words in front of the cursor that may belong to one name.
const LONGEST_NAME: usize = 9;

/// What can be put in at the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Candidate {
    /// What replaces the text from the start of the completion.
    pub replacement: String,
    /// What is listed.
    pub shown: String,
    /// Which sort is likelier where one must be chosen: 0 is likeliest.
    pub rank: u8,
    /// How many relations the entity has whose name it is, and one; 0 for everything else.
    pub known: usize,
}

/// The candidates and where the text begins that they replace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Completion {
    pub start: usize,
    pub candidates: Vec<Candidate>,
}

/// What can stand at the end of a text, in alphabetical order, each once. Of more names than can be read the best known are
/// offered, the best known first, behind everything else.
pub(super) fn complete(shell: &Shell, text: &str) -> Completion {
    if text.len() > LONGEST_TEXT.min(LONGEST_QUERY) {
        return Completion::default();
    }
    let line = text.rsplit('\n').next().unwrap_or(text);
    if line.trim_start().starts_with("--") {
        return Completion::default();
    }
    let goes_on = |place: &Range<usize>| !text[place.end..].contains('\n') || shell.is_unfinished(&text[place.clone()]);
    let begun = inputs(text).pop().filter(goes_on).map_or(text.len(), |place| place.start);
    let input = &text[begun..];
    let blank = input.len() - input.trim_start().len();
    let mut completion = match input.trim_start().strip_prefix(':') {
        Some(_) => commands::complete(shell, &input[blank..]),
        None => query(shell.session(), &input[blank..]),
    };
    completion.start += begun + blank;
    completion
}

/// What can stand at the end of a query.
pub(super) fn query(session: &Session, text: &str) -> Completion {
    let begins = text.trim_end().len() == text.len() && !text.trim_start().contains(char::is_whitespace);
    if is_pattern(text) && !begins {
        return pattern::complete(session, text);
    }
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
    let mut found: Vec<(usize, Vec<Candidate>)> = Vec::new();
    for start in behind.into_iter().rev().chain(apart.then_some(text.len())) {
        let candidates = fitting(session, &text[..start], &text[start..]);
        if !candidates.is_empty() {
            found.push((start, candidates));
        }
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
    Completion { start, candidates }
}

/// Sorts, leaves out what a terminal cannot show, and what is there twice.
fn tidy(candidates: &mut Vec<Candidate>) {
    candidates.retain(|candidate| !candidate.replacement.is_empty() && !candidate.replacement.contains(char::is_control));
    candidates.sort_by_cached_key(|candidate| (fold(&candidate.shown), candidate.shown.clone(), candidate.rank));
    candidates.dedup_by(|later, earlier| fold(&later.replacement) == fold(&earlier.replacement));
    if candidates.iter().filter(|candidate| candidate.known > 0).count() >= named::MOST_NAMES {
        candidates.sort_by_key(|candidate| (candidate.known > 0, Reverse(candidate.known)));
    }
    candidates.truncate(MOST_OFFERED);
}

/// What can stand behind a text and begins with the letters typed so far.
fn fitting(session: &Session, before: &str, typed: &str) -> Vec<Candidate> {
    let wanted = Wanted::new(typed);
    let mut candidates = Vec::new();
    for offer in place::offers(session, before) {
        offered(session, &offer, &wanted, &mut candidates);
    }
    candidates
}

/// The letters typed so far, as they are compared.
struct Wanted {
    typed: String,
    folded: String,
    dotted: bool,
    lower: bool,
}

impl Wanted {
    fn new(typed: &str) -> Wanted {
        let mut folded = fold(typed);
        if !folded.is_empty() && typed.ends_with(char::is_whitespace) {
            folded.push(' ');
        }
        Wanted { typed: typed.to_owned(), folded, dotted: typed.contains('.'), lower: typed.starts_with(char::is_lowercase) }
    }

    fn fits(&self, words: &str) -> bool {
        self.folded.is_empty() || fold(words).starts_with(&self.folded)
    }
}

fn offered(session: &Session, offer: &Offer, wanted: &Wanted, candidates: &mut Vec<Candidate>) {
    let mut add = |rank: u8, words: &str, quote: bool| {
        if wanted.fits(words) {
            let replacement = if quote { quotation::name(words) } else { words.to_owned() };
            candidates.push(Candidate { replacement, shown: words.to_owned(), rank, known: 0 });
        }
    };
    let schema = session.schema();
    match offer {
        Offer::Keywords(words) => words.iter().for_each(|word| add(1, word, false)),
        Offer::Patterns => {
            // As it is typed: in lower case if that begins so.
            let lower = wanted.lower;
            PATTERN_WORDS.iter().for_each(|word| add(1, &if lower { word.to_lowercase() } else { word.to_uppercase() }, false));
        }
        Offer::Nouns => {
            let nouns = schema.relation_types.iter().flat_map(|found| found.source_nouns.iter().chain(&found.target_nouns));
            nouns.for_each(|noun| add(0, &noun.many, false));
        }
        Offer::Kinds => schema.kinds.iter().for_each(|kind| add(2, kind.many(), false)),
        Offer::Entities(kinds) => names(session, kinds, wanted, candidates),
        Offer::Begun if wanted.folded.is_empty() => {}
        Offer::Begun => names(session, &[], wanted, candidates),
        Offer::Verbs(kinds) => verbs(session, kinds).into_iter().for_each(|verb| add(0, verb, false)),
        Offer::Given => session.given_names().for_each(|name| add(2, name, true)),
        Offer::Fields(scope) => scope.fields(session, wanted.dotted).iter().for_each(|field| add(0, field, false)),
        Offer::Values(field, scope) => scope.values(session, field, &wanted.typed).iter().for_each(|value| add(0, value, true)),
        Offer::Relations => schema.relation_types.iter().for_each(|found| add(0, &found.id, false)),
    }
}

/// The names of entities of these kinds (none means any) that fit; where only other names of an entity fit, those.
fn names(session: &Session, kinds: &[KindId], wanted: &Wanted, candidates: &mut Vec<Candidate>) {
    for found in named::beginning(session, kinds, &wanted.folded) {
        let rank = if found.is_other { 4 } else { 3 };
        candidates.push(Candidate { replacement: quotation::name(&found.text), shown: found.text, rank, known: found.known });
    }
}

/// The verbs whose subject can be of these kinds; none means any. Of several words for a relation the first is offered.
fn verbs<'a>(session: &'a Session, kinds: &[KindId]) -> Vec<&'a str> {
    let schema = session.schema();
    let mut found: Vec<&str> = Vec::new();
    let mut seen = Vec::new();
    for word in session.lexicon().words() {
        let Meaning::Verb(relation_type, end) = word.meaning else { continue };
        let relation = &schema.relation_types[relation_type.index()];
        let subject = if end == End::Source { &relation.from } else { &relation.to };
        let fits = kinds.is_empty() || subject.is_empty() || subject.iter().any(|kind| kinds.contains(kind));
        if fits && !seen.contains(&(relation_type, end)) {
            seen.push((relation_type, end));
            found.push(&word.written);
        }
    }
    found
}

/// What can stand in quotation marks that are open.
fn quoted(session: &Session, text: &str, open: usize) -> Completion {
    let Some(mark) = text[open..].chars().next().filter(|mark| *mark != '/') else { return Completion::default() };
    let start = open + mark.len_utf8();
    let wanted = Wanted::new(&text[start..]);
    let mut candidates = Vec::new();
    for offer in place::offers(session, &text[..open]) {
        if matches!(offer, Offer::Entities(_) | Offer::Values(..) | Offer::Given) {
            offered(session, &offer, &wanted, &mut candidates);
        }
    }
    for candidate in &mut candidates {
        candidate.replacement = quotation::closed(&candidate.shown, mark);
    }
    tidy(&mut candidates);
    Completion { start, candidates }
}
