//! Pattern scope: the variables that a pattern has given so far.

use crate::query::syntax::{Token, TokenKind};

/// What a variable stands for, as far as its place tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Node,
    Relationship,
    Any,
}

/// The variables in scope at the end of the tokens, each once, in the order in which they were given.
pub(super) fn variables(text: &str, tokens: &[Token]) -> Vec<(String, Sort)> {
    let typed = |position: usize| tokens.get(position).map_or("", |token| &text[token.span.clone()]);
    let mut known: Vec<(String, Sort)> = Vec::new();
    let mut projected: Option<Vec<(String, Sort)>> = None;
    for (position, token) in tokens.iter().enumerate() {
        let word = typed(position);
        let before = position.checked_sub(1).map_or("", typed);
        if token.kind == TokenKind::Keyword {
            match word.to_ascii_lowercase().as_str() {
                "with" if !matches!(before.to_ascii_lowercase().as_str(), "starts" | "ends") => projected = Some(Vec::new()),
                "match" | "optional" | "unwind" | "call" | "return" | "where" => {
                    known = projected.take().unwrap_or(known);
                }
                "union" => {
                    known.clear();
                    projected = None;
                }
                _ => {}
            }
            continue;
        }
        if let Some(items) = &mut projected {
            let after = typed(position + 1).to_ascii_lowercase();
            let bare =
                matches!(before.to_ascii_lowercase().as_str(), "with" | "distinct" | ",") && !matches!(after.as_str(), "." | "(" | "as");
            match word {
                "*" if matches!(before.to_ascii_lowercase().as_str(), "with" | "distinct") => items.clone_from(&known),
                _ if token.kind != TokenKind::Word => {}
                _ if before.eq_ignore_ascii_case("as") => items.push((word.to_owned(), Sort::Any)),
                _ if bare => items.extend(known.iter().find(|(name, _)| name == word).cloned()),
                _ => {}
            }
            continue;
        }
        if token.kind == TokenKind::Word
            && let Some(sort) = given(before, typed(position + 1), position.checked_sub(2).map(typed))
            && known.iter().all(|(name, _)| name != word)
        {
            known.push((word.to_owned(), sort));
        }
    }
    known
}

/// What a word is that stands between these, if it gives a variable there.
fn given(before: &str, after: &str, earlier: Option<&str>) -> Option<Sort> {
    let lower = before.to_ascii_lowercase();
    match lower.as_str() {
        "(" if matches!(after, ")" | ":" | "{") || after.eq_ignore_ascii_case("where") => Some(Sort::Node),
        "[" if matches!(after, "]" | ":" | "{" | "*") && earlier.is_some_and(|sign| matches!(sign, "-" | "<-")) => Some(Sort::Relationship),
        "as" => Some(Sort::Any),
        "(" | "[" if after.eq_ignore_ascii_case("in") => Some(Sort::Any),
        "match" | "," if after == "=" => Some(Sort::Any),
        "yield" => Some(if after == "." { Sort::Node } else { Sort::Any }),
        "," if matches!(after.to_ascii_lowercase().as_str(), "," | "return" | "where" | "with" | "match" | "") => None,
        _ => None,
    }
}
