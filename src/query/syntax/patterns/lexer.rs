//! Lexer of patterns: cuts a text into tokens, whatever it holds.

use super::super::tokens::{Token, TokenKind};

/// The tokens of a text; words are not yet told from keywords, labels and functions.
pub(super) fn lexed(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 3);
    let mut at = 0;
    let mut begun = false;
    while let Some(first) = text[at..].chars().next() {
        if is_space(first) {
            at += first.len_utf8();
            continue;
        }
        let (length, kind) = token(text, at, first, tokens.last(), begun);
        begun |= kind != TokenKind::Comment;
        tokens.push(Token { span: at..at + length, kind });
        at += length;
    }
    tokens
}

/// White space, as the grammar has it.
pub(super) fn is_space(character: char) -> bool {
    character.is_whitespace() || character == '\u{FEFF}'
}

/// The length and the kind of the token that begins at a place; `begun` says whether the query has begun in front of it.
fn token(text: &str, at: usize, first: char, last: Option<&Token>, begun: bool) -> (usize, TokenKind) {
    let rest = &text[at..];
    match first {
        '-' if rest.starts_with("--") && opens_line(text, at, last) && !(begun && goes_on(rest)) => {
            (rest.find('\n').unwrap_or(rest.len()), TokenKind::Comment)
        }
        '/' if rest.starts_with("//") => (rest.find('\n').unwrap_or(rest.len()), TokenKind::Comment),
        '/' if rest.starts_with("/*") => match rest[2..].find("*/") {
            Some(end) => (end + 4, TokenKind::Comment),
            None => (rest.len(), TokenKind::Unclosed),
        },
        '\'' | '"' => quoted(rest, first),
        '`' => backquoted(rest),
        '(' | ')' | '[' | ']' | '{' | '}' => (1, TokenKind::Bracket),
        ',' => (1, TokenKind::Comma),
        ';' => (1, TokenKind::EndMark),
        '$' => parameter(rest),
        '0'..='9' => (number_length(rest), TokenKind::Number),
        '.' if rest[1..].starts_with(|next: char| next.is_ascii_digit()) && !matches!(last, Some(last) if last.span.end == at) => {
            (number_length(rest), TokenKind::Number)
        }
        '_' => (word_length(rest), TokenKind::Word),
        _ if first.is_alphabetic() => (word_length(rest), TokenKind::Word),
        _ => sign(rest, first),
    }
}

/// Whether nothing but blanks stands in front on the same line.
fn opens_line(text: &str, at: usize, last: Option<&Token>) -> bool {
    let floor = last.map_or(0, |token| token.span.end);
    floor == 0 || text[floor..at].contains('\n') || text[..floor].ends_with('\n')
}

/// Whether two hyphens at the start of a line go on with a path instead of opening a comment.
fn goes_on(rest: &str) -> bool {
    rest.starts_with("-->") || rest.starts_with("--(")
}

fn quoted(rest: &str, mark: char) -> (usize, TokenKind) {
    let mut protected = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if protected => protected = false,
            '\\' => protected = true,
            _ if character == mark => return (at + 1, TokenKind::Quoted),
            _ => {}
        }
    }
    (rest.len(), TokenKind::Unclosed)
}

/// A name in backquotes; a doubled one goes on.
fn backquoted(rest: &str) -> (usize, TokenKind) {
    let mut at = 1;
    while let Some(end) = rest[at..].find('`') {
        at += end + 1;
        if !rest[at..].starts_with('`') {
            return (at, TokenKind::Word);
        }
        at += 1;
    }
    (rest.len(), TokenKind::Unclosed)
}

fn parameter(rest: &str) -> (usize, TokenKind) {
    let behind = &rest[1..];
    if behind.starts_with('`') {
        let (length, kind) = backquoted(behind);
        return (length + 1, if kind == TokenKind::Word { TokenKind::Parameter } else { kind });
    }
    match word_length(behind) {
        0 => (1, TokenKind::Unknown),
        length => (length + 1, TokenKind::Parameter),
    }
}

fn word_length(text: &str) -> usize {
    text.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(text.len())
}

fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let based = rest.len() > 1 && bytes[0] == b'0' && matches!(bytes[1], b'x' | b'X' | b'o' | b'O');
    let mut at = 0;
    if !based {
        while digit(at) {
            at += 1;
        }
        if bytes.get(at) == Some(&b'.') && digit(at + 1) {
            at += 1;
            while digit(at) {
                at += 1;
            }
        }
        let exponent = matches!(bytes.get(at), Some(b'e' | b'E')) && matches!(bytes.get(at + 1), Some(b'+' | b'-')) && digit(at + 2);
        at += if exponent { 2 } else { 0 };
    }
    at + word_length(&rest[at..])
}

/// An operator, an arrow, or nothing known.
fn sign(rest: &str, first: char) -> (usize, TokenKind) {
    const SIGNS: [(&str, TokenKind); 27] = [
        ("<-->", TokenKind::Arrow),
        ("-->", TokenKind::Arrow),
        ("<--", TokenKind::Arrow),
        ("--", TokenKind::Arrow),
        ("->", TokenKind::Arrow),
        ("<-", TokenKind::Arrow),
        ("=~", TokenKind::Operator),
        ("==", TokenKind::Operator),
        ("<>", TokenKind::Operator),
        ("!=", TokenKind::Operator),
        ("<=", TokenKind::Operator),
        (">=", TokenKind::Operator),
        ("=>", TokenKind::Operator),
        ("=<", TokenKind::Operator),
        ("..", TokenKind::Operator),
        ("=", TokenKind::Operator),
        ("<", TokenKind::Operator),
        (">", TokenKind::Operator),
        ("+", TokenKind::Operator),
        ("-", TokenKind::Operator),
        ("*", TokenKind::Operator),
        ("/", TokenKind::Operator),
        ("%", TokenKind::Operator),
        ("^", TokenKind::Operator),
        ("|", TokenKind::Operator),
        (":", TokenKind::Operator),
        (".", TokenKind::Operator),
    ];
    match SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
        Some((sign, kind)) => (sign.len(), *kind),
        None => (first.len_utf8(), TokenKind::Unknown),
    }
}
