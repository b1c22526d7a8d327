//! Mistakes in patterns: turns a failure of the grammar into a message that teaches.

use pest::error::{Error, ErrorVariant, InputLocation};

use crate::diagnostic::{Code, Diagnostic};

use super::super::limits::too_deep;
use super::super::tokens::{Token, TokenKind};
use super::expectations;
use super::grammar::Rule;
use super::writes::write_at;

/// What a failure of the grammar means to whoever typed the text.
pub(super) fn explained(text: &str, tokens: &[Token], error: &Error<Rule>) -> Diagnostic {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let expected: &[Rule] = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => return too_deep(at..at),
    };
    let here = tokens.partition_point(|token| token.span.end <= at);
    if let Some(write) = write_at(text, tokens, here) {
        return write;
    }
    let end = tokens.last().map_or(0, |token| token.span.end);
    let place = tokens.get(here).map_or(end..end, |token| token.span.clone());
    let message = match tokens.get(here).filter(|token| token.kind != TokenKind::EndMark) {
        None => "the query ends too early".to_owned(),
        Some(token) => format!("`{}` cannot stand here", &text[token.span.clone()]),
    };
    let label = expectations::listed(expected).map_or_else(String::new, |list| format!("expected {list}"));
    Diagnostic::error(Code::Syntax, message).at(place, label).help("a pattern reads like `MATCH (t)-[:CAUSES]->(d:Disease) RETURN t, d`")
}
