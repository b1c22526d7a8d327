//! Admission: what is refused before the grammar sees a pattern, so that no text can exhaust time or stack.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic};

use super::super::limits::LONGEST_QUERY;
use super::super::limits::{DEEPEST_NESTING, MOST_TOLD, control_characters, empty, too_deep, too_long};
use super::super::tokens::{Token, TokenKind};
use super::lexer::lexed;

/// A pattern that may be read.
pub(super) struct Admitted<'t> {
    /// The text with its comments blanked; every place is as it was.
    pub text: Cow<'t, str>,
    /// Its tokens without its comments.
    pub tokens: Vec<Token>,
    /// How deep its brackets and cases are nested.
    pub depth: usize,
}

/// The pattern, if nothing forbids to read it.
pub(super) fn admitted(text: &str) -> Result<Admitted<'_>, Vec<Diagnostic>> {
    if text.len() > LONGEST_QUERY {
        return Err(vec![too_long(text)]);
    }
    let controls = control_characters(text);
    if !controls.is_empty() {
        return Err(controls);
    }
    let mut tokens = lexed(text);
    if let Some(open) = tokens.iter().find(|token| token.kind == TokenKind::Unclosed) {
        return Err(vec![unclosed(text, open)]);
    }
    let blanked = without_comments(text, &tokens);
    tokens.retain(|token| token.kind != TokenKind::Comment);
    if tokens.iter().all(|token| token.kind == TokenKind::EndMark) {
        return Err(vec![empty(text)]);
    }
    let depth = nesting(text, &tokens)?;
    Ok(Admitted { text: blanked, tokens, depth })
}

/// The text with blanks, byte for byte, where its comments stand.
fn without_comments<'t>(text: &'t str, tokens: &[Token]) -> Cow<'t, str> {
    let mut blanked = Cow::Borrowed(text);
    for comment in tokens.iter().filter(|token| token.kind == TokenKind::Comment) {
        blanked.to_mut().replace_range(comment.span.clone(), &" ".repeat(comment.span.len()));
    }
    blanked
}

fn unclosed(text: &str, open: &Token) -> Diagnostic {
    let start = open.span.start;
    let fault = |what: &str, length: usize| {
        Diagnostic::error(Code::UnclosedQuote, format!("a {what} is not closed")).at(start..start + length, "opened here")
    };
    match &text.as_bytes()[start..] {
        [b'/', ..] => fault("comment", 2).help("close it with `*/`"),
        [b'\'', ..] => fault("quotation mark", 1).help("close it with `'`; one inside a text is written `\\'`, or the text stands in `\"`"),
        [b'"', ..] => fault("quotation mark", 1).help("close it with `\"`; one inside a text is written `\\\"`"),
        _ => fault("backquote", 1).help("close it with `` ` ``; one inside a name is doubled"),
    }
}

/// How deep brackets are nested, or what is wrong with them: one without its partner, one that another sort closes, or too many inside each other.
/// Each `CASE` up to its `END` counts as a bracket, for it nests as one.
fn nesting(text: &str, tokens: &[Token]) -> Result<usize, Vec<Diagnostic>> {
    let mut depth = 0;
    let mut open: Vec<&Token> = Vec::new();
    let mut cases = 0_usize;
    let mut faults: Vec<Diagnostic> = Vec::new();
    for token in tokens {
        let typed = &text[token.span.clone()];
        match token.kind {
            TokenKind::Word if typed.eq_ignore_ascii_case("case") => cases += 1,
            TokenKind::Word if typed.eq_ignore_ascii_case("end") => cases = cases.saturating_sub(1),
            TokenKind::Bracket if matches!(typed, "(" | "[" | "{") => open.push(token),
            TokenKind::Bracket => match open.pop() {
                Some(partner) if closing(&text[partner.span.clone()]) == typed => {}
                Some(partner) => return Err(vec![crossed(text, partner, token)]),
                None => faults.push(unopened(typed, token)),
            },
            _ => {}
        }
        depth = depth.max(open.len() + cases);
        if depth > DEEPEST_NESTING {
            return Err(vec![too_deep(token.span.clone())]);
        }
    }
    faults.extend(open.iter().map(|token| {
        Diagnostic::error(Code::UnbalancedBracket, "an opening bracket is not closed")
            .at(token.span.clone(), "opened here")
            .help(format!("close it with `{}`, or remove it", closing(&text[token.span.clone()])))
    }));
    faults.sort_by_key(|fault| fault.labels.first().map_or(0, |label| label.span.start));
    faults.truncate(MOST_TOLD);
    if faults.is_empty() { Ok(depth) } else { Err(faults) }
}

/// What closes an opening bracket.
fn closing(open: &str) -> &'static str {
    match open {
        "(" => ")",
        "[" => "]",
        _ => "}",
    }
}

fn unopened(typed: &str, token: &Token) -> Diagnostic {
    let partner = match typed {
        ")" => "(",
        "]" => "[",
        _ => "{",
    };
    Diagnostic::error(Code::UnbalancedBracket, "a closing bracket has no opening one")
        .at(token.span.clone(), "nothing is open here")
        .help(format!("remove it, or open it with `{partner}` further to the left"))
}

fn crossed(text: &str, open: &Token, close: &Token) -> Diagnostic {
    let (opened, closed) = (&text[open.span.clone()], &text[close.span.clone()]);
    Diagnostic::error(Code::UnbalancedBracket, format!("`{opened}` is closed by `{closed}`"))
        .at(close.span.clone(), format!("expected `{}`", closing(opened)))
        .at(open.span.clone(), "opened here")
        .help(format!("what `{opened}` opens is closed with `{}`", closing(opened)))
}
