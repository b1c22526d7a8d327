//! Phrases: what each word of a phrase is by its place: a relation, a kind, a name, a field, a value.

use std::ops::Range;

use crate::model::{Names, fold, fold_words};
use crate::query::syntax::{Token, TokenKind};
use crate::render::Role;
use crate::schema::Meaning;
use crate::session::{SORTS, Session};

use super::super::completion::fixed_fields;

/// The words that may be one name.
const LONGEST_RUN: usize = 24;

/// The part of a phrase that words stand in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Operand,
    KindName,
    Field,
    Value,
    /// Relations that a path may take.
    Relations,
    /// What is described.
    Described,
}

/// The parts of a phrase in their order, each with what it is; what is nothing known is left out.
pub(super) fn roles(session: &Session, text: &str, tokens: &[Token]) -> Vec<(Range<usize>, Role)> {
    let mut reading = Reading { session, text, part: Part::Operand, in_condition: false, after_between: false, found: Vec::new() };
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
            let run = tokens[at..].iter().take_while(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number)).count();
            let next = tokens.get(at + run);
            reading.run(&tokens[at..at + run], next);
            at += run;
        } else {
            reading.token(token);
            at += 1;
        }
    }
    reading.found
}

struct Reading<'a> {
    session: &'a Session,
    text: &'a str,
    part: Part,
    in_condition: bool,
    after_between: bool,
    found: Vec<(Range<usize>, Role)>,
}

impl Reading<'_> {
    fn put(&mut self, span: Range<usize>, role: Role) {
        self.found.push((span, role));
    }

    fn token(&mut self, token: &Token) {
        let text = self.text;
        let word = &text[token.span.clone()];
        match token.kind {
            TokenKind::Keyword => self.keyword(token.span.clone(), &word.to_lowercase()),
            TokenKind::Quoted | TokenKind::Unclosed if !word.starts_with('/') => {
                let bare = word.trim_matches(|mark| matches!(mark, '"' | '\'' | '“' | '”' | '„' | '‘' | '’'));
                let role = if self.part == Part::Value { Role::Value } else { self.named(bare, false).unwrap_or(Role::String) };
                self.put(token.span.clone(), role);
            }
            TokenKind::Quoted | TokenKind::Unclosed | TokenKind::Regex => self.put(token.span.clone(), Role::String),
            TokenKind::Operator => {
                self.put(token.span.clone(), Role::Operator);
                self.part = Part::Value;
            }
            TokenKind::Arrow => {
                let inner = word.trim_start_matches(['<', '-']).trim_end_matches(['>', '-']);
                let known = self.session.lexicon().meanings(inner).iter().any(|meaning| matches!(meaning, Meaning::Verb(..)));
                self.put(token.span.clone(), if known { Role::Relation } else { Role::Operator });
            }
            TokenKind::Comma if self.part == Part::Relations => {}
            TokenKind::Comment => self.put(token.span.clone(), Role::Comment),
            TokenKind::Unknown => self.put(token.span.clone(), Role::Unknown),
            _ => {}
        }
    }

    fn keyword(&mut self, span: Range<usize>, word: &str) {
        let is_term = matches!(word, "what" | "which" | "it");
        self.put(span, if word == "it" { Role::Variable } else { Role::Keyword });
        let is_between = std::mem::take(&mut self.after_between);
        self.part = match word {
            "where" => {
                self.in_condition = true;
                Part::Field
            }
            "and" if is_between && self.part == Part::Value => Part::Value,
            "not" | "and" | "or" | "possibly" | "has" if self.in_condition => Part::Field,
            "by" | "show" | "across" => Part::Field,
            "in" | "contains" | "matches" => Part::Value,
            "between" => {
                self.after_between = true;
                Part::Value
            }
            "kind" => Part::KindName,
            "via" => Part::Relations,
            "describe" => Part::Described,
            _ if is_term => self.part,
            _ => Part::Operand,
        };
        if matches!(word, "sort" | "show" | "limit" | "of" | "but") {
            self.in_condition = false;
        }
    }

    /// Words and numbers side by side, up to the next token.
    fn run(&mut self, run: &[Token], next: Option<&Token>) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        let whole = first.span.start..last.span.end;
        match self.part {
            Part::Field if self.is_field(&self.text[whole.clone()]) => self.put(whole, Role::Field),
            // Behind a condition a set may go on, with `and` or `or` in front of it.
            Part::Field if self.in_condition && !is_test(self.text, next) => self.names(run),
            Part::Field => {}
            Part::Value if first.kind == TokenKind::Number => self.put(whole, Role::Number),
            Part::Value => self.put(whole, Role::Value),
            Part::KindName => {
                let known = self.session.lexicon().meanings(&self.text[whole.clone()]);
                if known.iter().any(|meaning| matches!(meaning, Meaning::Kind(_))) {
                    self.put(whole, Role::Kind);
                }
            }
            Part::Operand | Part::Relations => self.names(run),
            Part::Described => {
                let is_sort = |word: &str| SORTS.iter().any(|sort| sort.eq_ignore_ascii_case(word));
                let behind = if run.len() > 1 && is_sort(&self.text[first.span.clone()]) { 1 } else { 0 };
                if behind == 1 {
                    self.put(first.span.clone(), Role::Keyword);
                }
                let whole = run[behind].span.start..last.span.end;
                match self.named(&self.text[whole.clone()], true) {
                    Some(role) => self.put(whole, role),
                    None if self.is_field(&self.text[whole.clone()]) => self.put(whole, Role::Field),
                    None => self.names(&run[behind..]),
                }
            }
        }
    }

    /// A run as names, the longest first.
    fn names(&mut self, run: &[Token]) {
        let longest = self.session.lexicon().longest().max(self.session.graph().longest_name()).min(LONGEST_RUN);
        let mut at = 0;
        let is_alone = |at: usize, count: usize| at == 0 && count == run.len();
        while let Some(first) = run.get(at) {
            let most = longest.min(run.len() - at);
            let found = (1..=most).rev().find_map(|count| {
                let span = first.span.start..run[at + count - 1].span.end;
                // Several blanks between two words count as one.
                let words: Vec<&str> = run[at..at + count].iter().map(|token| &self.text[token.span.clone()]).collect();
                Some((span, self.named(&words.join(" "), is_alone(at, count))?, count))
            });
            match found {
                Some((span, role, count)) => {
                    self.put(span, role);
                    at += count;
                }
                None => {
                    if first.kind == TokenKind::Number {
                        self.put(first.span.clone(), Role::Number);
                    }
                    at += 1;
                }
            }
        }
    }

    /// What words are all together; `is_alone` says that nothing stands beside them.
    fn named(&self, words: &str, is_alone: bool) -> Option<Role> {
        let folded = fold(words);
        if self.session.given_names().any(|name| name == folded) {
            return Some(Role::Variable);
        }
        let meanings = self.session.lexicon().meanings(words);
        let (mut noun, mut verb, mut kind) = (false, false, false);
        for meaning in &meanings {
            match meaning {
                Meaning::Noun(..) => noun = true,
                Meaning::Verb(..) => verb = true,
                Meaning::Kind(_) => kind = true,
                Meaning::Qualifier(_) => {}
            }
        }
        if noun && is_alone || verb {
            return Some(Role::Relation);
        }
        if kind {
            return Some(Role::Kind);
        }
        if noun {
            return Some(Role::Relation);
        }
        match self.session.graph().called(words).len() {
            0 => None,
            1 => Some(Role::Entity),
            _ => Some(Role::Ambiguous),
        }
    }

    fn is_field(&self, words: &str) -> bool {
        let folded = fold(words);
        let bare = folded.rsplit('.').next().unwrap_or(&folded);
        let singular = fold_words(bare);
        matches!(bare, "of" | "from" | "to" | "count" | "path" | "distance" | "evidence" | "certainty" | "entity" | "matched" | "score")
            || !self.session.lexicon().meanings(bare).is_empty()
            || fixed_fields().any(|field| field == bare || field == singular)
            || self.session.graph().property_names().any(|name| fold(name) == bare)
    }
}

/// Whether what stands behind words tests them as a field.
fn is_test(text: &str, next: Option<&Token>) -> bool {
    next.is_some_and(|next| {
        let word = &text[next.span.clone()];
        next.kind == TokenKind::Operator || ["in", "between", "contains", "matches"].iter().any(|test| test.eq_ignore_ascii_case(word))
    })
}
