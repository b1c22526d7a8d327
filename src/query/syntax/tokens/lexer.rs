//! Lexer: cuts a text where the grammar does, and wherever the grammar cannot.

use super::{Token, TokenKind};

/// The tokens of a text; words are not yet told from keywords.
pub(super) fn lexed(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new(), behind_matches: false };
    while lexer.at < text.len() {
        lexer.step();
    }
    lexer.tokens
}

/// The most words that an arrow holds.
const LONGEST_ARROW: usize = 8;

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    /// Whether the last token is the word `matches`: a slash opens a regular expression there.
    behind_matches: bool,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn take(&mut self, length: usize, kind: TokenKind) {
        let span = self.at..self.at + length;
        self.behind_matches = kind == TokenKind::Word && self.text[span.clone()].eq_ignore_ascii_case("matches");
        self.tokens.push(Token { span, kind });
        self.at += length;
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return };
        if is_space(first) {
            self.at += first.len_utf8();
            return;
        }
        let (length, kind) = match first {
            '-' if self.opens_line() && rest.starts_with("--") => (rest.find('\n').unwrap_or(rest.len()), TokenKind::Comment),
            '(' | ')' => (1, TokenKind::Bracket),
            ',' => (1, TokenKind::Comma),
            ';' => (1, TokenKind::EndMark),
            '"' | '\'' | '“' | '”' | '„' | '‘' => closed(rest, first, TokenKind::Quoted),
            '/' if self.behind_matches => closed(rest, first, TokenKind::Regex),
            '/' | '’' => (first.len_utf8() + word_length(&rest[first.len_utf8()..]), TokenKind::Unknown),
            '-' => arrow_length(rest).map_or_else(|| word(rest), |length| (length, TokenKind::Arrow)),
            '=' | '!' | '<' | '>' | '≤' | '≥' | '≠' => {
                arrow_length(rest).map_or_else(|| operator(rest), |length| (length, TokenKind::Arrow))
            }
            _ => word(rest),
        };
        self.take(length, kind);
    }

    /// Whether nothing but blanks stands in front on the same line.
    fn opens_line(&self) -> bool {
        let floor = self.tokens.last().map_or(0, |token| token.span.end);
        floor == 0 || self.text[floor..self.at].contains('\n')
    }
}

/// White space, as the grammar has it.
pub(super) fn is_space(character: char) -> bool {
    character.is_whitespace() || character == '\u{FEFF}'
}

/// Whether a character may stand in a word anywhere behind its first.
fn is_ordinary(character: char) -> bool {
    !is_space(character)
        && !matches!(character, '(' | ')' | ',' | ';' | '=' | '!' | '<' | '>' | '≤' | '≥' | '≠' | '"' | '“' | '”' | '„' | '?')
}

/// Whether a text begins with a character of a word; a question mark is one only inside a word.
fn begins_with_word_character(text: &str) -> bool {
    let mut characters = text.chars();
    match characters.next() {
        Some('?') => characters.next().is_some_and(is_ordinary),
        Some(character) => is_ordinary(character),
        None => false,
    }
}

/// How many bytes of word characters a text begins with.
fn word_length(text: &str) -> usize {
    text.char_indices().map(|(at, _)| at).find(|at| !begins_with_word_character(&text[*at..])).unwrap_or(text.len())
}

/// A word, a number, a mark that ends a query, or nothing known.
fn word(rest: &str) -> (usize, TokenKind) {
    let length = word_length(rest);
    let digit = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
    match rest.chars().next() {
        Some('?') if length == 0 => (1, TokenKind::EndMark),
        Some(first) if length == 0 => (first.len_utf8(), TokenKind::Unknown),
        _ if digit(rest) || rest.strip_prefix('-').is_some_and(digit) => (length, TokenKind::Number),
        _ => (length, TokenKind::Word),
    }
}

fn operator(rest: &str) -> (usize, TokenKind) {
    const OPERATORS: [&str; 12] = ["==", "=>", "=<", "!=", "<>", "<=", ">=", "=", "<", ">", "≤", "≥"];
    if rest.starts_with('≠') {
        return ('≠'.len_utf8(), TokenKind::Operator);
    }
    match OPERATORS.iter().find(|operator| rest.starts_with(**operator)) {
        Some(operator) => (operator.len(), TokenKind::Operator),
        None => (1, TokenKind::Unknown),
    }
}

/// What a quotation mark or a slash opens, up to what closes it.
fn closed(rest: &str, mark: char, kind: TokenKind) -> (usize, TokenKind) {
    let mut protected = false;
    for (at, character) in rest.char_indices().skip(1) {
        let end = at + character.len_utf8();
        match character {
            _ if protected => protected = false,
            '\\' => protected = true,
            _ if closes(mark, character, &rest[end..]) => return (end, kind),
            _ => {}
        }
    }
    (rest.len(), TokenKind::Unclosed)
}

fn closes(mark: char, character: char, behind: &str) -> bool {
    match mark {
        '“' | '”' | '„' => matches!(character, '“' | '”'),
        '\'' => character == '\'' && !begins_with_word_character(behind),
        '‘' => character == '’' && !begins_with_word_character(behind),
        _ => character == mark,
    }
}

/// The length of the arrow that a text begins with, if it does.
fn arrow_length(rest: &str) -> Option<usize> {
    let forward = !rest.starts_with('<');
    let mut at = if forward { 1 } else { rest.strip_prefix("<-").map(|_| 2)? };
    if forward && !rest.starts_with('-') {
        return None;
    }
    at += gap_length(&rest[at..]);
    for _ in 0..LONGEST_ARROW {
        let length = arrow_word_length(&rest[at..], forward);
        if length == 0 {
            return None;
        }
        at += length;
        let gap = gap_length(&rest[at..]);
        let behind = &rest[at + gap..];
        if forward && behind.starts_with("->") {
            return Some(at + gap + 2);
        }
        if !forward && closes_backward(behind) {
            return Some(at + gap + 1);
        }
        if gap == 0 {
            return None;
        }
        at += gap;
    }
    None
}

fn closes_backward(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|behind| !begins_with_word_character(behind))
}

fn arrow_word_length(text: &str, forward: bool) -> usize {
    if text.starts_with(['-', '/', '\'', '‘', '’']) {
        return 0;
    }
    let ends = |at: usize| {
        let here = &text[at..];
        !begins_with_word_character(here) || if forward { here.starts_with("->") } else { closes_backward(here) }
    };
    text.char_indices().map(|(at, _)| at).find(|at| ends(*at)).unwrap_or(text.len())
}

/// The length of the white space and comment lines that a text begins with.
fn gap_length(text: &str) -> usize {
    let mut at = text.len() - text.trim_start_matches(is_space).len();
    while text[..at].contains('\n') && text[at..].starts_with("--") {
        at = text[at..].find('\n').map_or(text.len(), |end| at + end);
        at += text[at..].len() - text[at..].trim_start_matches(is_space).len();
    }
    at
}
