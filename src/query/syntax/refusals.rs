//! Refusals: what is no phrase at all, told by its first word before the grammar tries to read it.

use crate::diagnostic::{Code, Diagnostic};

use super::tokens::{Token, TokenKind};

/// The complaint about a text that this version does not answer, or that is no query.
pub(super) fn refusal(text: &str, tokens: &[Token]) -> Option<Diagnostic> {
    let first = tokens.first()?;
    let typed = &text[first.span.clone()];
    if typed.starts_with(':') && first.kind == TokenKind::Word {
        return Some(command(typed, first));
    }
    let start = behind_let(text, tokens);
    let token = tokens.get(start)?;
    let word = text[token.span.clone()].to_lowercase();
    let names = |other: &str| tokens.iter().any(|token| text[token.span.clone()].eq_ignore_ascii_case(other));
    if word == "select" && names("from") {
        return Some(select(token));
    }
    (word == "similar" && token.kind == TokenKind::Keyword).then(|| similar(token))
}

/// The index of the first token behind `let NAME =`, `explain` or `profile`, 0 without them.
fn behind_let(text: &str, tokens: &[Token]) -> usize {
    let is = |index: usize, word: &str| tokens.get(index).is_some_and(|token| text[token.span.clone()].eq_ignore_ascii_case(word));
    if is(0, "explain") || is(0, "profile") {
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

fn select(token: &Token) -> Diagnostic {
    Diagnostic::error(Code::Syntax, "`SELECT … FROM` is not part of this language")
        .at(token.span.clone(), "begins neither a phrase nor a pattern")
        .help("ask with a phrase, for example `causes of OMS show cause, frequency`")
        .help("or with a pattern: `MATCH (t)-[:CAUSES]->(d:Disease) WHERE … RETURN t.name`; a name that begins with this word needs quotation marks")
}

fn similar(token: &Token) -> Diagnostic {
    Diagnostic::error(Code::NotSupported, "`similar` is not answered yet")
        .at(token.span.clone(), "this version has no likeness")
        .help("what two entities share is asked with `and`: `symptoms of A and symptoms of B`")
}
