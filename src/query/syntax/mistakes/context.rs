//! Context: where the grammar failed, and the tokens around it.

use crate::diagnostic::{Code, Diagnostic};

use super::super::keywords::{Keyword, Reserved, keyword};
use super::super::tokens::{Token, TokenKind};
use super::super::tree::Span;

/// The part of a query that a token stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clause {
    /// A phrase.
    Phrase,
    /// Behind `where`.
    Condition,
    /// Behind `sort by`, `limit` or `show`.
    Tail,
}

/// Where the grammar failed.
pub(super) struct Context<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// The token where the grammar failed; as many as there are tokens at the end.
    pub(super) here: usize,
}

/// The longest piece of the text that a message repeats, in characters.
const LONGEST_SHOWN: usize = 60;

impl<'a> Context<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token], at: usize) -> Context<'a> {
        let here = tokens.partition_point(|token| token.span.end <= at);
        Context { text, tokens, here }
    }

    pub(super) fn token(&self, index: usize) -> Option<&'a Token> {
        self.tokens.get(index)
    }

    /// A token as typed; nothing behind the end.
    pub(super) fn typed(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| &self.text[token.span.clone()])
    }

    /// A token in lower case.
    pub(super) fn word(&self, index: usize) -> String {
        self.typed(index).to_lowercase()
    }

    /// The token where the grammar failed, in lower case; nothing at the end.
    pub(super) fn here_word(&self) -> String {
        self.word(self.here)
    }

    /// The token in front of where the grammar failed, in lower case.
    pub(super) fn before(&self) -> String {
        self.here.checked_sub(1).map_or_else(String::new, |index| self.word(index))
    }

    pub(super) fn is_kind(&self, index: usize, kind: TokenKind) -> bool {
        self.tokens.get(index).is_some_and(|token| token.kind == kind)
    }

    /// Whether the grammar failed for want of more.
    pub(super) fn is_end(&self) -> bool {
        self.here >= self.tokens.len() || self.is_kind(self.here, TokenKind::EndMark) && self.here + 1 == self.tokens.len()
    }

    /// The place of a token; behind the last one at the end.
    pub(super) fn span(&self, index: usize) -> Span {
        let end = self.tokens.last().map_or(0, |token| token.span.end);
        self.tokens.get(index).map_or(end..end, |token| token.span.clone())
    }

    /// Where the grammar failed; at the end, the place behind the last word.
    pub(super) fn place(&self) -> Span {
        match self.here.checked_sub(1).and_then(|index| self.tokens.get(index)) {
            Some(last) if self.is_end() => last.span.end..last.span.end,
            _ => self.span(self.here),
        }
    }

    /// The text of some tokens, shortened where it is long.
    pub(super) fn shown(&self, from: usize, to: usize) -> String {
        if from >= to {
            return String::new();
        }
        let text = &self.text[self.span(from).start..self.span(to - 1).end];
        shortened(text)
    }

    /// The token where the grammar failed, shortened where it is long.
    pub(super) fn shown_here(&self) -> String {
        shortened(self.typed(self.here))
    }

    /// The keyword that a token is where it stands.
    pub(super) fn keyword(&self, index: usize) -> Option<&'static Keyword> {
        if self.is_kind(index, TokenKind::Keyword) { keyword(self.typed(index)) } else { None }
    }

    /// Whether a token is a word, a number or quoted: what names and values are made of.
    pub(super) fn is_name(&self, index: usize) -> bool {
        [TokenKind::Word, TokenKind::Number, TokenKind::Quoted].iter().any(|kind| self.is_kind(index, *kind))
    }

    /// Whether a token is a keyword that ends a run of words.
    pub(super) fn ends_run(&self, index: usize) -> bool {
        self.keyword(index).is_some_and(|keyword| keyword.reserved == Reserved::Everywhere)
    }

    /// The first of the names that stand directly in front of a token.
    pub(super) fn names_before(&self, index: usize) -> usize {
        let mut first = index;
        while first > 0 && self.is_name(first - 1) {
            first -= 1;
        }
        first
    }

    /// The token behind the names that begin at a token.
    pub(super) fn names_behind(&self, index: usize) -> usize {
        let mut last = index;
        while self.is_name(last) {
            last += 1;
        }
        last
    }

    /// The tokens in front of where the grammar failed, nearest first, without what stands in closed brackets.
    fn open_tokens(&self) -> impl Iterator<Item = usize> + '_ {
        let mut closed = 0_usize;
        (0..self.here.min(self.tokens.len())).rev().filter(move |index| {
            match self.typed(*index) {
                ")" => closed += 1,
                "(" => closed = closed.saturating_sub(1),
                _ => return closed == 0,
            }
            false
        })
    }

    /// The nearest keyword among some, in front of where the grammar failed.
    pub(super) fn last_keyword(&self, among: &[&str]) -> Option<usize> {
        self.open_tokens().find(|index| self.keyword(*index).is_some_and(|keyword| among.contains(&keyword.word)))
    }

    /// The part of the query that the grammar failed in.
    pub(super) fn clause(&self) -> Clause {
        let opens = ["where", "sort", "limit", "show", "of", "but", "across", "via", "within", "count", "compare"];
        match self.last_keyword(&opens).map(|index| self.word(index)).as_deref() {
            Some("where") => Clause::Condition,
            Some("sort" | "limit" | "show") => Clause::Tail,
            _ => Clause::Phrase,
        }
    }

    /// The first token of the test that the grammar failed in, if it failed in a condition.
    pub(super) fn test_start(&self) -> Option<usize> {
        if self.clause() != Clause::Condition {
            return None;
        }
        let opens = |index: &usize| matches!(self.word(*index).as_str(), "where" | "and" | "or" | "not" | "possibly" | "(");
        let start = (0..self.here.min(self.tokens.len())).rev().find(opens)?;
        Some(start + 1)
    }

    /// The first token of the phrase that the grammar failed in.
    pub(super) fn phrase_start(&self) -> usize {
        let here = self.here.min(self.tokens.len());
        let opens = |index: &usize| {
            let joins =
                self.keyword(*index).is_some_and(|keyword| matches!(keyword.word, "and" | "or" | "not" | "explain" | "count" | "compare"));
            joins || matches!(self.typed(*index), "(" | "=")
        };
        (0..here).rev().find(opens).map_or(0, |index| index + 1)
    }

    /// How many brackets are open where the grammar failed.
    pub(super) fn open_brackets(&self) -> usize {
        let mut open = 0_usize;
        for index in 0..self.here.min(self.tokens.len()) {
            match self.typed(index) {
                "(" => open += 1,
                ")" => open = open.saturating_sub(1),
                _ => {}
            }
        }
        open
    }

    /// The keyword that the request begins with, behind `explain` and `let NAME =`.
    pub(super) fn request(&self) -> String {
        let start = match self.word(0).as_str() {
            "explain" => 1,
            "let" => (0..self.tokens.len()).find(|index| self.typed(*index) == "=").map_or(0, |sign| sign + 1),
            _ => 0,
        };
        self.keyword(start).map_or_else(String::new, |keyword| keyword.word.to_owned())
    }
}

/// A complaint at a place.
pub(super) fn fault(message: impl Into<String>, place: Span, label: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::Syntax, message).at(place, label).help(help)
}

fn shortened(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = line.join(" ");
    match line.char_indices().nth(LONGEST_SHOWN) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
