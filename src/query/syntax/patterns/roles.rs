//! Roles: which words of a pattern are keywords, labels and functions where they stand.

use super::super::tokens::{Token, TokenKind};
use super::lexer::lexed;

/// The words that no variable is called without backquotes.
const RESERVED: &[&str] = &[
    "and", "as", "case", "contains", "distinct", "else", "end", "ends", "in", "is", "limit", "match", "not", "optional", "or", "return",
    "skip", "starts", "then", "union", "unwind", "when", "where", "with", "xor",
];

/// The words that are keywords in some places only.
const PLACED: &[&str] = &[
    "all",
    "asc",
    "ascending",
    "by",
    "call",
    "count",
    "desc",
    "descending",
    "exists",
    "explain",
    "false",
    "let",
    "null",
    "order",
    "profile",
    "true",
    "yield",
];

/// The words that begin a clause.
const CLAUSES: &[&str] = &["match", "optional", "with", "unwind", "return", "call", "union", "where", "order", "skip", "limit", "yield"];

/// Whether no variable has this name without backquotes.
pub(super) fn is_reserved(word: &str) -> bool {
    is_among(word, RESERVED)
}

fn is_among(word: &str, words: &[&str]) -> bool {
    words.iter().any(|other| other.eq_ignore_ascii_case(word))
}

/// The tokens of any text, read as a pattern.
pub(in crate::query::syntax) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = lexed(text);
    let order: Vec<usize> = (0..tokens.len()).filter(|index| tokens[*index].kind != TokenKind::Comment).collect();
    let mut brackets: Vec<bool> = Vec::new();
    for (position, &index) in order.iter().enumerate() {
        let typed = |position: usize| order.get(position).map_or("", |index| &text[tokens[*index].span.clone()]);
        let before = position.checked_sub(1).map_or("", typed);
        let place = Place { before, earlier: position.checked_sub(2).map_or("", typed), after: typed(position + 1) };
        let word = typed(position);
        match tokens[index].kind {
            TokenKind::Bracket if matches!(word, "(" | "[" | "{") => brackets.push(word == "{" && !place.opens_subquery()),
            TokenKind::Bracket => {
                brackets.pop();
            }
            TokenKind::Word => tokens[index].kind = role(word, &place, brackets.last() == Some(&true)),
            _ => {}
        }
    }
    tokens
}

/// The tokens next to a word, as typed.
struct Place<'t> {
    earlier: &'t str,
    before: &'t str,
    after: &'t str,
}

impl Place<'_> {
    /// Whether a brace opens a query and no map.
    fn opens_subquery(&self) -> bool {
        is_among(self.before, &["exists", "count", "call"])
    }
}

/// What a word is; a key of a map stands directly within its braces.
fn role(word: &str, place: &Place<'_>, in_map: bool) -> TokenKind {
    let key = in_map && matches!(place.before, "{" | ",") && place.after == ":";
    if place.before == "." || key {
        return if place.after == "(" { TokenKind::Function } else { TokenKind::Word };
    }
    let typed = place.before == ":" && !(in_map && !matches!(place.earlier, "{" | ",") && word.starts_with('`'));
    if (typed && !in_map) || place.before == "|" && place.earlier.starts_with(|first: char| first.is_alphabetic()) && is_type(place) {
        return TokenKind::Label;
    }
    if place.after == "(" && !is_among(word, RESERVED) && !is_among(word, CLAUSES) {
        return TokenKind::Function;
    }
    let placed = match word.to_ascii_lowercase().as_str() {
        "all" => is_among(place.before, &["union"]),
        "by" => is_among(place.before, &["order"]),
        "order" => is_among(place.after, &["by"]),
        "count" | "exists" => place.after == "{",
        "call" | "let" | "explain" | "profile" => matches!(place.before, "" | "{") || place.after == "{" || is_word(place.after),
        "yield" => is_word(place.after) || matches!(place.after, "*" | "-"),
        _ => is_among(word, PLACED),
    };
    let named = is_among(place.before, &["as"]) || matches!(place.after, "." | "=");
    if is_reserved(word) && !is_among(place.before, &["as"]) || placed && !named { TokenKind::Keyword } else { TokenKind::Word }
}

/// Whether a name between `|` and what follows is one more type of a relationship.
fn is_type(place: &Place<'_>) -> bool {
    matches!(place.after, "|" | "*" | "{")
        || place.after == "]" && place.earlier.chars().all(|letter| letter.is_uppercase() || letter == '_')
}

fn is_word(typed: &str) -> bool {
    typed.starts_with(|first: char| first.is_alphabetic() || first == '`' || first == '_')
}
