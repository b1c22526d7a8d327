//! Slips: keywords that were mistyped, and words that ran into each other.

use crate::algebra::FUNCTIONS;
use crate::diagnostic::{Code, Diagnostic, likeness, nearest};
use crate::query::resolve::Context;
use crate::query::syntax::{self, KEYWORDS, PATTERN_WORDS, Reserved, Token, TokenKind, keyword};

use super::edits::Edit;

/// Words of patterns beside those that begin one.
const WORDS_OF_PATTERNS: [&str; 27] = [
    "where", "order", "by", "skip", "limit", "as", "distinct", "and", "or", "not", "xor", "in", "starts", "ends", "contains", "is", "null",
    "union", "all", "yield", "desc", "asc", "exists", "case", "when", "then", "else",
];

/// How many words around a fault are looked at.
const MOST_WORDS: usize = 8;

/// The keywords that words in or before a fault may have been meant as.
pub(super) fn of(text: &str, fault: &Diagnostic, context: Context<'_>) -> Vec<Edit> {
    let tokens = syntax::tokens(text);
    let is_pattern = syntax::is_pattern(text);
    let mut found: Vec<(f64, Edit)> = Vec::new();
    for token in suspects(text, &tokens, fault) {
        let word = &text[token.span.clone()];
        // What is a word of English by itself is no slip of a word as short.
        let is_english = || ["is", "at", "as", "are", "was"].contains(&word.to_lowercase().as_str());
        if is_pattern || (!is_english() && !is_known(word, context)) {
            found.extend(keywords_near(word, token, is_pattern, is_first(text, token)));
            if is_pattern && token.kind == TokenKind::Function {
                found.extend(functions_near(word, token));
            }
        }
    }
    found.sort_by(|left, right| right.0.total_cmp(&left.0));
    found.into_iter().map(|(_, edit)| edit).collect()
}

/// The words in or before a fault that may be two.
pub(super) fn run_together(text: &str, fault: &Diagnostic, context: Context<'_>) -> Vec<Edit> {
    if syntax::is_pattern(text) {
        return Vec::new();
    }
    let tokens = syntax::tokens(text);
    let unknown = |token: &&Token| !is_known(&text[token.span.clone()], context);
    let suspects = suspects(text, &tokens, fault);
    suspects.into_iter().filter(unknown).flat_map(|token| halves(&text[token.span.clone()], token, context)).collect()
}

/// The words that may have led to a fault, the nearest to it first.
fn suspects<'t>(text: &str, tokens: &'t [Token], fault: &Diagnostic) -> Vec<&'t Token> {
    let is_pattern = syntax::is_pattern(text);
    let place = fault.place();
    let wordlike = |token: &&Token| matches!(token.kind, TokenKind::Word | TokenKind::Function | TokenKind::Label);
    let mut near: Vec<&Token> = if fault.code == Code::Syntax || is_pattern {
        let behind = tokens.iter().filter(|token| token.span.start >= place.end).take(2);
        let mut words: Vec<&Token> = tokens.iter().filter(|token| token.span.start < place.end).chain(behind).filter(wordlike).collect();
        words.reverse();
        words
    } else {
        tokens.iter().filter(|token| token.span.start < place.end && place.start < token.span.end).filter(wordlike).collect()
    };
    let first = tokens.iter().filter(wordlike).find(|token| is_first(text, token));
    if let (Some(first), false) = (first, near.len() <= MOST_WORDS) {
        near.truncate(MOST_WORDS - 1);
        near.push(first);
    }
    near
}

/// Whether a word is the first of its query: nothing but `explain`, `profile` or `let NAME =` stands in front.
fn is_first(text: &str, token: &Token) -> bool {
    let front = text[..token.span.start].trim().to_lowercase();
    front.is_empty() || front == "explain" || front == "profile" || (front.starts_with("let ") && front.ends_with('='))
}

/// The functions near to a word that stands where a function does.
fn functions_near(word: &str, token: &Token) -> Vec<(f64, Edit)> {
    const OTHERS: [&str; 11] =
        ["count", "sum", "avg", "min", "max", "collect", "stDev", "shortestPath", "allShortestPaths", "exists", "percentileCont"];
    let known = FUNCTIONS.iter().map(|function| function.name).chain(OTHERS);
    let edit = |known: &str| {
        let complaint = Diagnostic::error(Code::UnknownFunction, format!("there is no function `{word}`"))
            .at(token.span.clone(), "unknown function")
            .suggest([known]);
        Edit { span: token.span.clone(), replacement: known.to_owned(), complaint: Some(complaint), rewritten: None }
    };
    nearest(word, known, 3).into_iter().map(|near| (likeness(word, near), edit(near))).collect()
}

/// Whether a word means something by itself.
fn is_known(word: &str, context: Context<'_>) -> bool {
    !context.lexicon.meanings(word).is_empty() || !context.names.called(word).is_empty()
}

/// The keywords at most one slip away, two for long ones.
fn keywords_near(word: &str, token: &Token, is_pattern: bool, first: bool) -> Vec<(f64, Edit)> {
    // Words that only help a verb are no likely slip, and a question can lose them.
    let helps = |word: &&str| ["is", "are", "was", "were", "do"].contains(word);
    let of_phrases = KEYWORDS.iter().map(|keyword| keyword.word).filter(|word| !is_pattern && !helps(word));
    let of_patterns = PATTERN_WORDS.iter().copied().filter(|_| is_pattern || first);
    let others = WORDS_OF_PATTERNS.iter().copied().filter(|_| is_pattern);
    let letters = word.chars().count();
    if !(1..=14).contains(&letters) {
        return Vec::new();
    }
    let meant = of_phrases.chain(of_patterns).chain(others).filter_map(|known| {
        let length = letters.max(known.len());
        let slips = ((1.0 - likeness(word, known)) * length as f64).round();
        let most = if known.len() >= 7 { 2.0 } else { 1.0 };
        (slips >= 1.0 && slips <= most && length >= 2).then(|| (1.0 - slips / length as f64, known))
    });
    let edit = |known: &str| {
        let shouted = word.len() > 1 && word.chars().all(|letter| !letter.is_lowercase());
        let replacement = if shouted || is_pattern { known.to_uppercase() } else { known.to_owned() };
        let complaint = Diagnostic::error(Code::Syntax, format!("`{word}` is no keyword"))
            .at(token.span.clone(), "no such keyword")
            .help(format!("did you mean `{replacement}`?"));
        Edit { span: token.span.clone(), replacement, complaint: Some(complaint), rewritten: None }
    };
    meant.map(|(near, known)| (near, edit(known))).collect()
}

/// A word that is a keyword and another word without the blank between them.
fn halves(word: &str, token: &Token, context: Context<'_>) -> Vec<Edit> {
    let everywhere = |half: &str| keyword(half).is_some_and(|keyword| keyword.reserved == Reserved::Everywhere);
    let edit = |(at, _): (usize, char)| {
        let (left, right) = word.split_at(at);
        let known = |half: &str| everywhere(half) || is_known(half, context);
        if left.is_empty() || !(everywhere(left) || everywhere(right)) || !known(left) || !known(right) {
            return None;
        }
        let complaint = Diagnostic::error(Code::Syntax, format!("`{word}` is two words"))
            .at(token.span.clone(), "a blank is missing")
            .help(format!("write `{left} {right}`"));
        Some(Edit { span: token.span.clone(), replacement: format!("{left} {right}"), complaint: Some(complaint), rewritten: None })
    };
    word.char_indices().take(30).filter_map(edit).collect()
}

/// The end of the part in front of a place that may be a query by itself: up to the keyword that begins what cannot be read.
pub(super) fn front(text: &str, at: usize) -> Option<usize> {
    const BEGINS: [&str; 6] = ["where", "sort", "limit", "show", "but", "and"];
    let opens =
        |token: &&Token| token.kind == TokenKind::Keyword && BEGINS.iter().any(|word| word.eq_ignore_ascii_case(&text[token.span.clone()]));
    let tokens = syntax::tokens(text);
    let last = tokens.iter().rev().filter(|token| token.span.start <= at).find(opens)?;
    Some(last.span.start).filter(|start| !text[..*start].trim().is_empty())
}
