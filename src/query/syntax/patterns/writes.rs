//! Writes: clauses that would change a graph, and what to do instead.

use crate::diagnostic::{Code, Diagnostic};

use super::super::tokens::{Token, TokenKind, behind_lead};
use super::lexer::lexed;

/// The words that begin a clause that writes, each with what can follow it there: words, or signs; nothing means a name.
const WRITES: &[(&str, &[&str])] = &[
    ("create", &["(", "unique", "index", "constraint", "or", "database", "fulltext", "range", "text", "point", "lookup", "vector"]),
    ("merge", &["("]),
    ("set", &[]),
    ("delete", &[]),
    ("detach", &["delete"]),
    ("nodetach", &["delete"]),
    ("remove", &[]),
    ("foreach", &["("]),
    ("load", &["csv"]),
    ("drop", &["index", "constraint", "database"]),
    ("insert", &["("]),
];

/// The complaint about a clause that writes, if one begins at a token of a pattern.
pub(super) fn write_at(text: &str, tokens: &[Token], index: usize) -> Option<Diagnostic> {
    let typed = |index: usize| tokens.get(index).map_or("", |token| &text[token.span.clone()]);
    let first = tokens.get(index).filter(|token| token.kind == TokenKind::Word)?;
    let after = typed(index + 1);
    let (word, follows) = WRITES.iter().find(|(word, _)| word.eq_ignore_ascii_case(typed(index)))?;
    let named = after.starts_with(|letter: char| letter.is_alphabetic() || matches!(letter, '`' | '_'));
    let fits = follows.iter().any(|other| other.eq_ignore_ascii_case(after)) || follows.is_empty() && (named || after == "(");
    if !fits {
        return None;
    }
    let two = matches!(*word, "detach" | "nodetach" | "load") || matches!(*word, "create" | "drop") && after != "(";
    let end = if two { tokens.get(index + 1).map_or(first.span.end, |token| token.span.end) } else { first.span.end };
    let name = text[first.span.start..end].to_uppercase();
    let name: Vec<&str> = name.split_whitespace().collect();
    Some(read_only(&name.join(" "), first.span.start..end))
}

fn read_only(name: &str, span: std::ops::Range<usize>) -> Diagnostic {
    Diagnostic::error(Code::ReadOnly, format!("`{name}` would change the graph, and this language only reads"))
        .at(span, "a clause that writes")
        .help("a curated graph is edited in its files and checked with `oms check`; other graphs are made elsewhere and read with `oms import`")
        .help("values that only this query needs come from `WITH` or `UNWIND`: `UNWIND [1, 2] AS x RETURN x`")
}

/// Whether a text begins with a clause that writes, and is no phrase.
pub(in crate::query::syntax) fn begins_with_write(text: &str) -> bool {
    let text = behind_lead(text);
    let head: usize = text.char_indices().nth(HEAD).map_or(text.len(), |(at, _)| at);
    let mut tokens = lexed(&text[..head]);
    tokens.retain(|token| token.kind != TokenKind::Comment);
    let typed = |index: usize| tokens.get(index).map_or("", |token| &text[token.span.clone()]);
    let word = typed(0).to_ascii_lowercase();
    match word.as_str() {
        "delete" | "remove" | "set" => matches!(typed(2), "." | ":" | "=" | "+" | ",") || typed(0) != word && matches!(typed(2), "" | ";"),
        _ => write_at(text, &tokens, 0).is_some(),
    }
}

/// How many characters are looked at to tell a clause from a phrase.
const HEAD: usize = 200;
