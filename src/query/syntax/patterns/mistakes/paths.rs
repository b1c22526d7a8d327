//! Mistakes in paths: arrows, lengths, nodes and labels.

use crate::diagnostic::{Code, Diagnostic};

use super::super::super::tokens::TokenKind;
use super::super::roles::is_reserved;
use super::{Spot, fault};

/// `[:LIKES..]`, `[:LIKES*-2]`, `[:LIKES]{1,3}`
pub(super) fn length_without_star(spot: &Spot<'_>) -> Option<Diagnostic> {
    let negative = spot.typed(0) == "-" && spot.typed(-1) == "*" && spot.is_kind(1, TokenKind::Number);
    let starless = spot.typed(0) == ".." && spot.is_kind(-1, TokenKind::Word) && matches!(spot.typed(-2), ":" | "|" | "[");
    let quantified = matches!(spot.typed(0), "{" | "+" | "*") && matches!(spot.typed(-1), "->" | "-" | "-->") && !spot.typed(-2).is_empty();
    if !negative && !starless && !quantified {
        return None;
    }
    let message = if negative { "a length cannot be negative" } else { "the length of a path is written behind `*`" };
    let help = "for example `-[:CAUSES*1..3]->`, one to three relationships";
    Some(Diagnostic::error(Code::BadGraphPattern, message).at(spot.place(0), "not a length").help(help))
}

/// `-[r]>`, `(a)->(b)`, `(a)-(b)`, `(a)[r](b)`, `<[r]-`
pub(super) fn broken_arrow(spot: &Spot<'_>) -> Option<Diagnostic> {
    let arrow = |right: &str| {
        let help = "an arrow is written `-[r:CAUSES]->`, `<-[r:CAUSES]-` or, in either direction, `-[r:CAUSES]-`; without brackets `-->`, `<--`, `--`";
        Some(fault("the arrow is not complete", spot.place(0), format!("`{right}` is meant"), help))
    };
    match (spot.typed(-1), spot.typed(0), spot.typed(1)) {
        ("]", ">", _) => arrow("->"),
        ("]", "=>", _) => arrow("->"),
        ("]", "(", _) if spot.last_word(&["match"]).is_some() => arrow("]-("),
        (")", "->", "(") => arrow("-->"),
        (")", "-", ">") => arrow("-->"),
        (")", "<-", "(") => arrow("<--"),
        (")", "=>", "(") if spot.last_word(&["match", "where"]).is_some_and(|at| spot.is(at, &["match"])) => arrow("-->"),
        (")", "-", "(") if spot.last_word(&["match"]).is_some() => arrow("--"),
        (")", "[", _) => arrow("-["),
        (")", "<", "[") => arrow("<-["),
        (")", "->", "[") => arrow("-["),
        _ => None,
    }
}

/// `MATCH n RETURN n`, `(a)-->b`
pub(super) fn node_without_parentheses(spot: &Spot<'_>) -> Option<Diagnostic> {
    let behind_arrow = spot.is_kind(-1, TokenKind::Arrow) || spot.typed(-1) == "-" && spot.typed(-2) == "]";
    let first = spot.is(-1, &["match"]) && !spot.is_kind(1, TokenKind::Word)
        || spot.is(-1, &["match"]) && spot.is(1, &["return", "where", "with", "match", "optional", "unwind"]);
    if is_reserved(spot.typed(0)) || !(spot.is_kind(0, TokenKind::Word) && (behind_arrow || first)) {
        return None;
    }
    let typed = spot.typed(0);
    Some(
        fault(format!("the node `{typed}` needs parentheses"), spot.place(0), "a node", format!("write `({typed})`"))
            .fix(spot.place(0), format!("({typed})")),
    )
}

/// `:A|B`, `:!A`, `:A&B` of a node
pub(super) fn label_expression(spot: &Spot<'_>) -> Option<Diagnostic> {
    let joins = matches!(spot.typed(0), "|" | "&") && spot.is_kind(-1, TokenKind::Word) && spot.typed(-2) == ":";
    let negates = matches!(spot.typed(0), "!" | "%" | "(") && spot.typed(-1) == ":";
    if !joins && !negates {
        return None;
    }
    let help =
        "several labels at once are written `:A:B`; one of several is asked with `WHERE n:A OR n:B`, its absence with `WHERE NOT n:A`";
    Some(fault("labels take no operators", spot.place(0), "not a label", help))
}
