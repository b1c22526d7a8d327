//! Refusals: what is no phrase at all, told by its first word before the grammar tries to read it.

use crate::diagnostic::{Code, Diagnostic};

use super::keywords::PATTERN_WORDS;
use super::tokens::{Token, TokenKind, is_pattern};

/// The complaint about a text that this version does not answer, or that is no query.
pub(super) fn refusal(text: &str, tokens: &[Token]) -> Option<Diagnostic> {
    let first = tokens.first()?;
    let typed = &text[first.span.clone()];
    if typed.starts_with(':') && first.kind == TokenKind::Word {
        return Some(command(typed, first));
    }
    if is_pattern(text) {
        return Some(pattern(text, tokens));
    }
    let start = behind_let(text, tokens);
    let token = tokens.get(start)?;
    let word = text[token.span.clone()].to_lowercase();
    match word.as_str() {
        "similar" if token.kind == TokenKind::Keyword => Some(similar(token)),
        "profile" if token.kind == TokenKind::Keyword => Some(profile(token)),
        word if start > 0 && PATTERN_WORDS.contains(&word) => Some(pattern(text, &tokens[start..])),
        _ => None,
    }
}

/// The index of the first token behind `let NAME =` or `explain`, 0 without them.
fn behind_let(text: &str, tokens: &[Token]) -> usize {
    let is = |index: usize, word: &str| tokens.get(index).is_some_and(|token| text[token.span.clone()].eq_ignore_ascii_case(word));
    if is(0, "explain") {
        return 1;
    }
    if is(0, "let") {
        return tokens.iter().position(|token| &text[token.span.clone()] == "=").map_or(0, |sign| sign + 1);
    }
    0
}

fn command(typed: &str, token: &Token) -> Diagnostic {
    Diagnostic::error(Code::Syntax, format!("`{typed}` is a command of the prompt, not a query"))
        .at(token.span.clone(), "a query begins with a word")
        .help("open the prompt with `oms` and type the command there; a query reads like `causes of OMS`")
}

fn pattern(text: &str, tokens: &[Token]) -> Diagnostic {
    let word = |token: &Token| text[token.span.clone()].to_lowercase();
    let opening = tokens.iter().find(|token| PATTERN_WORDS.contains(&word(token).as_str()));
    let place = opening.or(tokens.first()).map_or(0..0, |token| token.span.clone());
    Diagnostic::error(Code::NotSupported, "patterns are not answered yet")
        .at(place, "this word begins a pattern")
        .help("this version answers phrases; `MATCH (t)-[:CAUSES]->(d) RETURN t` is asked as `causes`")
        .help("a name that begins with this word needs quotation marks")
}

fn similar(token: &Token) -> Diagnostic {
    Diagnostic::error(Code::NotSupported, "`similar` is not answered yet")
        .at(token.span.clone(), "this version has no likeness")
        .help("what two entities share is asked with `and`: `symptoms of A and symptoms of B`")
}

fn profile(token: &Token) -> Diagnostic {
    Diagnostic::error(Code::NotSupported, "`profile` is not answered yet")
        .at(token.span.clone(), "this version measures no query")
        .help("`explain` shows how a query is understood: `explain causes of OMS`")
}
