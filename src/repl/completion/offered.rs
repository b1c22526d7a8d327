//! Offered: from what can stand at a place to the candidates that answer to what is typed there.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::diagnostic::nearest;
use crate::model::{EntityId, KindId, RelationTypeId, fold};
use crate::query::syntax::{PATTERN_WORDS, TokenKind, written};
use crate::schema::{End, Meaning, ValueType};
use crate::session::Session;

use super::candidate::{Candidate, Closeness};
use super::place::{self, Offer};
use super::scope::Scope;
use super::{named, quotation, values};

/// So many words may have been meant where nothing begins as typed.
const MOST_NEAR: usize = 5;

/// The letters typed so far, as they are compared, and how what is offered for them is put in.
pub(super) struct Wanted {
    pub typed: String,
    pub folded: String,
    pub dotted: bool,
    lower: bool,
    /// The quotation mark that is open.
    mark: Option<char>,
}

impl Wanted {
    pub fn new(typed: &str, mark: Option<char>) -> Wanted {
        let mut folded = fold(typed);
        if !folded.is_empty() && typed.ends_with(char::is_whitespace) {
            folded.push(' ');
        }
        let lower = typed.starts_with(char::is_lowercase);
        Wanted { typed: typed.to_owned(), folded, dotted: typed.contains('.'), lower, mark }
    }

    /// Whether words begin as typed.
    pub fn fits(&self, words: &str) -> bool {
        self.folded.is_empty() || fold(words).starts_with(&self.folded)
    }

    /// A name or a value as it is put in.
    pub fn put(&self, words: &str) -> String {
        match self.mark {
            Some(mark) => quotation::closed(words, mark),
            None => written(words),
        }
    }
}

/// What can stand behind a text and begins with the letters typed so far; behind it names with a word that begins so.
pub(super) fn fitting(session: &Session, before: &str, wanted: &Wanted) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for offer in place::offers(session, before) {
        if wanted.mark.is_some() && !matches!(offer, Offer::Entities(_) | Offer::Values(..) | Offer::Given) {
            continue;
        }
        match &offer {
            Offer::Entities(kinds) => names(session, kinds, wanted, &mut candidates),
            Offer::Begun if wanted.folded.is_empty() => {}
            Offer::Begun => names(session, &[], wanted, &mut candidates),
            Offer::Values(field, scope, alone) => candidates.extend(values::candidates(session, scope, field, *alone, wanted)),
            other => candidates.extend(words(session, other, wanted)),
        }
    }
    candidates.retain(|candidate| candidate.closeness != Closeness::Begins || candidate.rank > 2 || wanted.fits(&candidate.shown));
    candidates
}

/// The names of entities of these kinds (none means any) that fit, and their ids.
fn names(session: &Session, kinds: &[KindId], wanted: &Wanted, candidates: &mut Vec<Candidate>) {
    const FEW: usize = 20;
    let mut found = named::beginning(session, kinds, &wanted.folded);
    found.extend(named::identified(session, kinds, wanted.typed.trim_end()));
    if found.len() < FEW && !found.is_empty() {
        let begun: HashSet<EntityId> = found.iter().map(|found| found.entity).collect();
        let like = named::like(session, kinds, &wanted.typed).into_iter();
        found.extend(like.filter(|found| found.closeness == Closeness::Within && !begun.contains(&found.entity)));
    }
    candidates.extend(found.into_iter().map(|found| named::candidate(session, found, wanted)));
}

/// What may be meant where nothing begins as typed: names and values with a word that begins so, then what is nearly spelled so.
pub(super) fn near(session: &Session, before: &str, wanted: &Wanted) -> Vec<Candidate> {
    let ends = Session::tokens(&wanted.typed).iter().any(|token| !matches!(token.kind, TokenKind::Word | TokenKind::Number));
    if wanted.folded.trim().is_empty() || (ends && wanted.mark.is_none()) {
        return Vec::new();
    }
    let all = Wanted::new("", wanted.mark);
    let mut candidates = Vec::new();
    let mut spelled: Vec<Candidate> = Vec::new();
    for offer in place::offers(session, before) {
        match &offer {
            Offer::Entities(kinds) => like(session, kinds, wanted, &mut candidates),
            Offer::Begun => {
                like(session, &[], wanted, &mut candidates);
                passives(session, before, wanted, &mut candidates);
            }
            Offer::Values(field, scope, alone) => {
                spelled.extend(values::candidates(session, scope, field, *alone, &all));
                if let Some(ValueType::Entity(kinds)) = scope.value_type(session, field) {
                    like(session, &kinds, wanted, &mut candidates);
                }
            }
            other => spelled.extend(words(session, other, &all)),
        }
    }
    let begins = |words: &str| fold(words).split(' ').skip(1).any(|word| word.starts_with(&wanted.folded));
    let within = spelled.iter().filter(|candidate| begins(&candidate.shown)).cloned();
    candidates.extend(within.map(|candidate| Candidate { closeness: Closeness::Within, ..candidate }));
    if candidates.iter().all(|candidate| candidate.closeness == Closeness::Slip) {
        let close = nearest(wanted.typed.trim(), spelled.iter().map(|candidate| candidate.shown.as_str()), MOST_NEAR);
        let slips = close.into_iter().filter_map(|shown| spelled.iter().find(|candidate| candidate.shown == shown).cloned());
        let slips: Vec<Candidate> =
            slips.map(|candidate| Candidate { closeness: Closeness::Slip, known: 0, rank: 0, ..candidate }).collect();
        candidates.extend(slips);
    } else {
        candidates.retain(|candidate| candidate.closeness != Closeness::Slip);
    }
    candidates
}

/// Verbs of several words that begin as typed, or have a word that does: where a query begins, what they are said of is left open.
fn passives(session: &Session, before: &str, wanted: &Wanted, candidates: &mut Vec<Candidate>) {
    let open = if before.trim().is_empty() { "what " } else { "" };
    let closeness = |verb: &str| {
        let folded = fold(verb);
        let begins = folded.split(' ').skip(1).any(|word| word.starts_with(&wanted.folded));
        // From the second word on as typed: `mistaken for`.
        let goes_on = folded.match_indices(' ').any(|(at, _)| folded[at + 1..].starts_with(wanted.folded.trim_end()));
        if folded.starts_with(wanted.folded.trim_end()) {
            Some(Closeness::Begins)
        } else {
            (begins || goes_on).then_some(Closeness::Within)
        }
    };
    let several = verbs(session, &[]).into_iter().filter(|(verb, _)| verb.contains(' '));
    let found = several.filter_map(|(verb, is_first)| Some((verb, is_first, closeness(verb)?)));
    candidates.extend(found.map(|(verb, is_first, closeness)| Candidate {
        replacement: format!("{open}{verb} "),
        closeness,
        ..Candidate::word(verb, "verb", 3 + u8::from(!is_first))
    }));
}

/// Behind a kind and a word such as `with`: the verbs that lead on from the kind instead of it.
pub(super) fn having(session: &Session, text: &str) -> Option<(usize, Vec<Candidate>)> {
    let typed = text.trim_end();
    let start = typed.rfind(char::is_whitespace)? + 1;
    let is_kind = |words: &str| session.lexicon().meanings(words.trim()).into_iter().any(|meaning| matches!(meaning, Meaning::Kind(_)));
    if !["with", "having", "that", "who"].iter().any(|word| word.eq_ignore_ascii_case(&typed[start..])) || !is_kind(&text[..start]) {
        return None;
    }
    let mut verbs = fitting(session, &text[..start], &Wanted::new("", None));
    verbs.retain(|candidate| candidate.what == "verb");
    (!verbs.is_empty()).then_some((start, verbs))
}

fn like(session: &Session, kinds: &[KindId], wanted: &Wanted, candidates: &mut Vec<Candidate>) {
    let found = named::like(session, kinds, &wanted.typed);
    // What is nearest comes first, however well known the others are.
    let placed = found.into_iter().enumerate().map(|(place, found)| {
        let known = if found.closeness == Closeness::Slip { usize::MAX - place } else { found.known };
        named::candidate(session, named::Named { known, ..found }, wanted)
    });
    candidates.extend(placed);
}

/// The words that stand for themselves: everything but names and values.
fn words(session: &Session, offer: &Offer, wanted: &Wanted) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut add = |rank: u8, words: &str, what: &'static str, goes_on: bool| {
        if wanted.fits(words) {
            let replacement = if goes_on { format!("{words} ") } else { words.to_owned() };
            candidates.push(Candidate { replacement, ..Candidate::word(words, what, rank) });
        }
    };
    let schema = session.schema();
    match offer {
        Offer::Keywords(words) => words.iter().for_each(|word| add(1, word, "keyword", has_to_go_on(word))),
        Offer::Patterns => {
            // As it is typed: in lower case if that begins so.
            let cased = |word: &&str| if wanted.lower { word.to_lowercase() } else { word.to_uppercase() };
            PATTERN_WORDS.iter().for_each(|word| add(2, &cased(word), "pattern", true));
        }
        Offer::Later(words) => words.iter().for_each(|word| add(7, word, "keyword", has_to_go_on(word))),
        Offer::Nouns | Offer::LaterNouns(_) => {
            let behind = if let Offer::LaterNouns(rank) = offer { *rank } else { 0 };
            for (id, found) in (0..).map(RelationTypeId).zip(&schema.relation_types) {
                // What has many relations is asked of most; the hierarchy least.
                let known = if id == RelationTypeId::IS_A { 0 } else { session.graph().statistics().of_type(id).relations };
                for nouns in [&found.source_nouns, &found.target_nouns] {
                    for (place, noun) in nouns.iter().enumerate().filter(|(_, noun)| wanted.fits(&noun.many)) {
                        let known = usize::try_from(known).unwrap_or(usize::MAX);
                        let rank = behind + u8::from(place > 0 || known == 0);
                        candidates.push(Candidate { known, ..Candidate::word(&noun.many, "relation", rank) });
                    }
                }
            }
        }
        Offer::KindsOf(kinds) if !kinds.is_empty() => {
            kinds.iter().for_each(|kind| add(2, schema.kinds[kind.index()].many(), "kind", false));
        }
        Offer::Kinds | Offer::KindsOf(_) => schema.kinds.iter().for_each(|kind| add(2, kind.many(), "kind", false)),
        Offer::Verbs(kinds, is_last) => {
            for (verb, is_first) in verbs(session, kinds) {
                // Of several words for a relation the others are there for those who begin to type them.
                let is_asked_for = !wanted.folded.is_empty() && (wanted.typed.contains('_') || !verb.contains('_'));
                if is_first || is_asked_for {
                    add(u8::from(!is_first), verb, "verb", !is_last);
                }
            }
        }
        Offer::Given => session.given_names().for_each(|name| add(2, name, "named answer", false)),
        Offer::Fields(scope) => scope.fields(session, wanted.dotted).iter().for_each(|field| add(0, field, "field", false)),
        Offer::Tested(scope) => scope.fields(session, wanted.dotted).iter().for_each(|field| add(0, field, "field", true)),
        Offer::Operators(field, scope) => operators(session, field, scope).iter().for_each(|(sign, what)| add(1, sign, what, true)),
        Offer::Relations => schema.relation_types.iter().for_each(|found| add(0, &found.id, "relation", false)),
        Offer::Units => ["days", "weeks", "months", "years"].iter().for_each(|unit| add(1, unit, "unit", false)),
        Offer::Described(sort) => {
            let all = session.describable().into_iter().filter(|(word, own, _)| wanted.fits(word) && sort.is_none_or(|sort| sort == *own));
            candidates.extend(all.map(|(word, own, known)| {
                // Kinds, then the nouns of relations, then fields; ids are there for whoever begins to type them.
                let rank =
                    if word.contains('_') { 3 } else { ["kind", "relation", "field"].iter().position(|sort| *sort == own).unwrap_or(3) };
                let known = usize::try_from(known).unwrap_or(usize::MAX);
                Candidate { replacement: written(word), known, ..Candidate::word(word, own, rank as u8) }
            }));
        }
        Offer::Entities(_) | Offer::Begun | Offer::Values(..) => {}
    }
    if let Offer::Fields(scope) | Offer::Tested(scope) = offer {
        let more = if wanted.folded.is_empty() { Vec::new() } else { scope.other_words(session) };
        let goes_on = matches!(offer, Offer::Tested(_));
        // Not those of a field that begins as typed itself.
        let more = more.iter().filter(|(word, id)| wanted.fits(word) && !wanted.fits(id));
        candidates.extend(more.map(|(word, _)| {
            let replacement = if goes_on { format!("{word} ") } else { word.clone() };
            Candidate { replacement, ..Candidate::word(word, "field", 1) }
        }));
        candidates.iter_mut().for_each(|field| field.what = holding(session, offer, &field.shown));
    }
    candidates
}

/// What a field is, with what it holds where the schema says so.
fn holding(session: &Session, offer: &Offer, field: &str) -> Cow<'static, str> {
    let (Offer::Fields(scope) | Offer::Tested(scope)) = offer else { return Cow::Borrowed("field") };
    match scope.value_type(session, field) {
        Some(ValueType::Entity(kinds)) => match kinds.as_slice() {
            [kind] => Cow::Owned(format!("field: {}", session.schema().kinds[kind.index()].one())),
            _ => Cow::Borrowed("field: entity"),
        },
        Some(held) => Cow::Owned(format!("field: {}", held.word())),
        None => Cow::Borrowed("field"),
    }
}

/// The signs and words that can stand behind a field, each with what it tests.
fn operators(session: &Session, field: &str, scope: &Scope) -> Vec<(&'static str, &'static str)> {
    let held = scope.value_type(session, field);
    let has_order = !matches!(held, Some(ValueType::Entity(_) | ValueType::Boolean));
    let has_text =
        !matches!(held, Some(ValueType::Boolean | ValueType::Number | ValueType::Percentage | ValueType::Ratio | ValueType::Duration));
    let mut signs = vec![("=", "is, or is one of"), ("!=", "is not")];
    if has_order {
        signs.extend([("<", "less than"), ("<=", "at most"), (">", "more than"), (">=", "at least"), ("between", "from … to")]);
    }
    signs.push(("in", "one of a list"));
    if has_text {
        signs.extend([("contains", "has these words"), ("matches", "regular expression")]);
    }
    signs.push(("==", "exactly this"));
    signs
}

/// Whether something has to follow a word of the language.
fn has_to_go_on(word: &str) -> bool {
    !matches!(word, "it" | "denied" | "desc" | "asc" | "suggest")
}

/// The verbs whose subject can be of these kinds (none means any), and whether each is the first of several words for its relation.
fn verbs<'a>(session: &'a Session, kinds: &[KindId]) -> Vec<(&'a str, bool)> {
    let schema = session.schema();
    let mut found: Vec<(&str, bool)> = Vec::new();
    let mut seen = Vec::new();
    for word in session.lexicon().words() {
        let Meaning::Verb(relation_type, end) = word.meaning else { continue };
        let relation = &schema.relation_types[relation_type.index()];
        let subject = if end == End::Source { &relation.from } else { &relation.to };
        let fits = kinds.is_empty() || subject.is_empty() || subject.iter().any(|kind| kinds.contains(kind));
        let is_first = !seen.contains(&(relation_type, end));
        if fits && found.iter().all(|(verb, _)| *verb != word.written) {
            seen.push((relation_type, end));
            found.push((&word.written, is_first));
        }
    }
    found
}
