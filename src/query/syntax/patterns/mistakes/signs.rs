//! Mistakes in expressions: operators of other languages, quotation marks, lists.

use crate::diagnostic::Diagnostic;

use super::super::super::tokens::TokenKind;
use super::super::roles::is_reserved;
use super::{Spot, fault};

/// Operators of other languages, with what this one writes.
const FOREIGN: &[(&str, &str)] = &[
    ("==", "="),
    ("!=", "<>"),
    ("=>", ">="),
    ("=<", "<="),
    ("≠", "<>"),
    ("≤", "<="),
    ("≥", ">="),
    ("&", "AND"),
    ("|", "OR"),
    ("!", "NOT"),
    ("~", "=~"),
    ("like", "CONTAINS"),
    ("ilike", "CONTAINS"),
    ("matches", "=~"),
    ("between", ">= … AND … <="),
];

/// `a == b`, `a != b`, `a && b`, `a LIKE b`
pub(super) fn foreign_operator(spot: &Spot<'_>) -> Option<Diagnostic> {
    // The grammar may read the first sign of two: `= =`, `| |`.
    let (typed, place) = match (spot.typed(-1), spot.typed(0)) {
        ("=", "=") => ("==", spot.place(-1).start..spot.place(0).end),
        (_, typed) => (typed, spot.place(0)),
    };
    let (_, right) = FOREIGN.iter().find(|(wrong, _)| wrong.eq_ignore_ascii_case(typed))?;
    let doubled = matches!(typed, "&" | "|") && spot.typed(1) == typed;
    if typed == "|" && !doubled {
        return None;
    }
    let (typed, place) = if doubled { (typed.repeat(2), place.start..spot.place(1).end) } else { (typed.to_owned(), place) };
    let help = match typed.to_ascii_lowercase().as_str() {
        "like" | "ilike" => "a piece of text is asked for with `a.name CONTAINS 'neuro'`, its start with `STARTS WITH`".to_owned(),
        "between" => "write both bounds: `1 <= x <= 5`".to_owned(),
        "matches" | "~" => "a regular expression stands behind `=~`, in quotation marks: `a.name =~ 'neuro.*'`".to_owned(),
        _ => format!("write `{right}`"),
    };
    let fault = fault(format!("`{typed}` is no operator here"), place.clone(), format!("`{right}` is meant"), help);
    Some(if right.contains('…') { fault } else { fault.fix(place, *right) })
}

/// `“neuroblastoma”`
pub(super) fn curly_quotes(spot: &Spot<'_>) -> Option<Diagnostic> {
    if !spot.typed(0).starts_with(['“', '”', '„', '‘', '’', '«', '»', '´']) {
        return None;
    }
    Some(fault(
        format!("`{}` is no quotation mark in a pattern", spot.typed(0)),
        spot.place(0),
        "a plain one is needed",
        "texts stand in `'…'` or `\"…\"`",
    ))
}

/// `x IN (1, 2)`
pub(super) fn list_in_parentheses(spot: &Spot<'_>) -> Option<Diagnostic> {
    if spot.typed(0) != "," {
        return None;
    }
    let mut closed = 0_usize;
    for back in 1..=isize::try_from(spot.here).ok()? {
        match spot.typed(-back) {
            ")" | "]" | "}" => closed += 1,
            "(" if closed == 0 && spot.is(-back - 1, &["in"]) => {
                let help = "write `x IN [1, 2]`";
                return Some(fault("a list stands in square brackets", spot.place(-back), "`[` is meant", help));
            }
            "(" | "[" | "{" => closed = closed.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// `STARTS 'x'`, `IS 5`, `ENDS 'x'`
pub(super) fn incomplete_operator(spot: &Spot<'_>) -> Option<Diagnostic> {
    let at = if spot.is(0, &["starts", "ends", "is"]) { 0 } else { return None };
    let word = spot.typed(at).to_ascii_uppercase();
    let (message, help) = match word.as_str() {
        "IS" => (
            "`IS` is followed by `NULL` or `NOT NULL`".to_owned(),
            "values are compared with `=`: `a.x = 5`; absence is `a.x IS NULL`".to_owned(),
        ),
        _ => (format!("`{word}` is followed by `WITH`"), format!("write `a.name {word} WITH 'neuro'`")),
    };
    Some(fault(message, spot.place(at), "not complete", help))
}

/// `n {.name}`
pub(super) fn map_projection(spot: &Spot<'_>) -> Option<Diagnostic> {
    let inside = spot.typed(0) == "." && spot.typed(-1) == "{";
    let before = spot.typed(0) == "{" && spot.is_kind(-1, TokenKind::Word) && spot.typed(1) == ".";
    if !inside && !before {
        return None;
    }
    let help = "write the map with its keys: `{name: n.name}`; all properties are `properties(n)`";
    Some(fault("a map has a key in front of each value", spot.place(0), "not a key", help))
}

/// `WHERE a.name = loss of balance`, `{name: tumor marker}`
pub(super) fn unquoted_text(spot: &Spot<'_>) -> Option<Diagnostic> {
    let wordlike = |distance: isize| spot.is_kind(distance, TokenKind::Word) || spot.is_kind(distance, TokenKind::Number);
    let compared = matches!(spot.typed(-2), "=" | "<>" | "=~") || spot.is(-2, &["contains", "with"]) && !spot.is(-3, &["return"]);
    let in_map = spot.typed(-2) == ":" && matches!(spot.typed(-4), "{" | ",");
    if !wordlike(0) || !wordlike(-1) || !compared && !in_map || is_reserved(spot.typed(0)) {
        return None;
    }
    let (first, last) = (spot.place(-1), spot.place(0));
    let words = spot.text[first.start..last.end].to_owned();
    Some(fault(
        format!("`{}` cannot stand here", spot.typed(0)),
        spot.place(0),
        "a word behind a word",
        format!("a text needs quotation marks: `'{words} …'`"),
    ))
}
