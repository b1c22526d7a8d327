//! Finish: from a text that is unfinished to the query that it would be if nothing more were typed: brackets and quotation marks are
//! closed, and an end that says nothing yet is left out.

use crate::query::syntax::TokenKind;
use crate::session::Session;

use super::place::Walk;

/// The query that a text makes; none if it makes none yet, such as `path from lung cancer`.
pub(super) fn finished(session: &Session, text: &str) -> Option<String> {
    let mut text = text.trim_end().to_owned();
    if let Some(last) = Session::tokens(&text).last().filter(|last| last.kind == TokenKind::Unclosed) {
        let mark = text[last.span.start..].chars().next()?;
        let closed = super::quotation::closed("", mark);
        text.push_str(&closed);
    }
    let mut walk = Walk::new(session);
    let tokens = Session::tokens(&text);
    for token in &tokens {
        walk.advance(&text, token);
    }
    let end = tokens.iter().rfind(|token| token.kind != TokenKind::Comment).map_or(0, |token| token.span.end);
    let query = walk.finished(&text, end)?;
    let open = unclosed(&query);
    Some(query + &")".repeat(open))
}

/// How many brackets are open at the end.
fn unclosed(text: &str) -> usize {
    let mut open = 0_usize;
    for token in Session::tokens(text).iter().filter(|token| token.kind == TokenKind::Bracket) {
        open = if &text[token.span.clone()] == "(" { open + 1 } else { open.saturating_sub(1) };
    }
    open
}
