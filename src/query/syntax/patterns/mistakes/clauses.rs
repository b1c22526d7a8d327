//! Mistakes in clauses: their words, their order, and words of other languages.

use crate::diagnostic::Diagnostic;

use super::super::super::tokens::TokenKind;
use super::super::roles::is_reserved;
use super::{Spot, fault};

/// `RETURN 1; RETURN 2`
pub(super) fn second_query(spot: &Spot<'_>) -> Option<Diagnostic> {
    let behind = spot.is_kind(-1, TokenKind::EndMark) && !spot.is_end();
    let before = spot.is_kind(0, TokenKind::EndMark) && !spot.is_end();
    if !behind && !before {
        return None;
    }
    let mark = spot.place(if behind { -1 } else { 0 });
    Some(
        fault(
            "something follows behind the end of the query",
            spot.place(if behind { 0 } else { 1 }),
            "one query at a time",
            "ask it by itself, or join two queries with `UNION`",
        )
        .at(mark, "ends the query"),
    )
}

/// `RETURN n?`
pub(super) fn question_mark(spot: &Spot<'_>) -> Option<Diagnostic> {
    let last = spot.typed(0) == "?" && spot.token(1).is_none();
    last.then(|| {
        fault("a pattern does not end in `?`", spot.place(0), "not part of the query", "remove it; a pattern ends with `;`")
            .fix(spot.place(0), "")
    })
}

/// `MATCH causes of OMS`
pub(super) fn phrase_behind_match(spot: &Spot<'_>) -> Option<Diagnostic> {
    if !(spot.is(-1, &["match"]) && spot.is_kind(0, TokenKind::Word)) {
        return None;
    }
    Some(
        fault("`MATCH` is followed by a node in parentheses", spot.place(0), "not a node", "write `MATCH (n:Disease) RETURN n`")
            .help("a phrase whose first word is `match` needs quotation marks"),
    )
}

/// `GROUP BY`, `HAVING`, `FROM`, `SELECT` and the like
pub(super) fn foreign_clause(spot: &Spot<'_>) -> Option<Diagnostic> {
    let word = spot.typed(0).to_ascii_lowercase();
    let help = match word.as_str() {
        "group" if spot.is(1, &["by"]) => "leave it out: what stands beside an aggregate groups the rows: `RETURN d, count(*)`",
        "having" => "rows of an aggregate are chosen behind `WITH`: `WITH d, count(*) AS n WHERE n > 1 RETURN d`",
        "select" => "columns are named last: `MATCH (d:Disease) RETURN d.name`",
        "from" | "join" => "what is asked stands in `MATCH`: `MATCH (t)-[:CAUSES]->(d:Disease) RETURN t`",
        "sort" if spot.is(1, &["by"]) => "write `ORDER BY`",
        "optional" if !spot.is(1, &["match"]) => "write `OPTIONAL MATCH`",
        "offset" => "write `SKIP`",
        "show" => "columns are named in `RETURN`",
        _ => return None,
    };
    let instead = match word.as_str() {
        "sort" => Some((spot.place(0), "ORDER")),
        "offset" => Some((spot.place(0), "SKIP")),
        "optional" => Some((spot.place(0), "OPTIONAL MATCH")),
        "show" => Some((spot.place(0), "RETURN")),
        _ => None,
    };
    let message = if word == "optional" { "stands in front of `MATCH`" } else { "is not part of this language" };
    let fault = fault(format!("`{}` {message}", spot.typed(0)), spot.place(0), "not a clause", help);
    Some(instead.into_iter().fold(fault, |fault, (place, instead)| fault.fix(place, instead)))
}

/// `WHERE a WHERE b`
pub(super) fn condition_twice(spot: &Spot<'_>) -> Option<Diagnostic> {
    if !spot.is(0, &["where"]) {
        return None;
    }
    let clauses = ["where", "match", "with", "return", "unwind", "order", "limit", "skip"];
    let (message, help) = match spot.last_word(&clauses).map(|at| spot.typed(at).to_ascii_lowercase()).as_deref() {
        Some("where") => ("`WHERE` stands twice", "join conditions with `AND`"),
        Some("return") => (
            "`WHERE` cannot stand behind `RETURN`",
            "put it behind `MATCH`; values that were computed are chosen with `WITH x WHERE x > 1 RETURN x`",
        ),
        Some("unwind") => ("`WHERE` cannot stand behind `UNWIND`", "write `UNWIND list AS x WITH x WHERE x > 1`"),
        _ => return None,
    };
    let twice = message.ends_with("twice");
    let fault = fault(message, spot.place(0), "not here", help);
    Some(if twice { fault.fix(spot.place(0), "AND") } else { fault })
}

/// `LIMIT 5 SKIP 2`, `LIMIT 5 ORDER BY x`
pub(super) fn order_of_tails(spot: &Spot<'_>) -> Option<Diagnostic> {
    if !spot.is(0, &["order", "skip", "limit"]) {
        return None;
    }
    let before = spot.typed(spot.last_word(&["order", "skip", "limit", "return", "with", "match"])?).to_ascii_uppercase();
    let message = match before.as_str() {
        "MATCH" => format!("`{}` stands behind `RETURN` or `WITH`", spot.typed(0).to_ascii_uppercase()),
        word if spot.is(0, &[word]) => format!("`{word}` stands twice"),
        "SKIP" | "LIMIT" => format!("`{}` stands in front of `{before}`", spot.typed(0).to_ascii_uppercase()),
        _ => return None,
    };
    Some(fault(message, spot.place(0), "not here", "the order is `RETURN … ORDER BY … SKIP … LIMIT …`"))
}

/// `RETURN count *`, `RETURN count n`
pub(super) fn count_without_parentheses(spot: &Spot<'_>) -> Option<Diagnostic> {
    const AGGREGATES: [&str; 6] = ["count", "sum", "avg", "min", "max", "collect"];
    let starred = spot.typed(-1) == "*" && spot.is(-2, &AGGREGATES);
    let named = spot.is(-1, &AGGREGATES) && spot.is_kind(0, TokenKind::Word) && !is_reserved(spot.typed(0));
    if !starred && !named {
        return None;
    }
    let (at, of) = if starred { (-2, "*") } else { (-1, spot.typed(0)) };
    let word = spot.typed(at);
    Some(
        fault(format!("`{word}` needs parentheses"), spot.place(at), "a function", format!("write `{word}({of})`"))
            .fix(spot.place(at).start..spot.place(if starred { -1 } else { 0 }).end, format!("{word}({of})")),
    )
}

/// `RETURN LIMIT 5`, `WHERE RETURN n`, `1 + THEN`: a keyword was taken for a variable.
pub(super) fn keyword_for_value(spot: &Spot<'_>) -> Option<Diagnostic> {
    let word = spot.typed(-1);
    let opened =
        spot.is_kind(-2, TokenKind::Operator) || spot.is_kind(-2, TokenKind::Comma) || is_reserved(spot.typed(-2)) || spot.is(-2, &["by"]);
    if !is_reserved(word) || !opened || spot.is(-2, &["is", "starts", "ends", "optional"]) || spot.is(-1, &["not", "distinct"]) {
        return None;
    }
    let before = spot.typed(-2);
    Some(fault(
        format!("something is missing in front of `{word}`"),
        spot.place(-1),
        "expected a value",
        format!("write the value behind `{before}`, or remove `{before}`"),
    ))
}

/// `UNWIND [1, 2] x`, `RETURN a.name cause`
pub(super) fn name_without_as(spot: &Spot<'_>) -> Option<Diagnostic> {
    if !spot.is_kind(0, TokenKind::Word) || is_reserved(spot.typed(0)) {
        return None;
    }
    let clause = spot.last_word(&["unwind", "with", "return", "where", "match", "order", "limit", "skip", "call"])?;
    let ends_value = spot.is_kind(-1, TokenKind::Word) && !is_reserved(spot.typed(-1)) || matches!(spot.typed(-1), ")" | "]" | "}");
    let typed = spot.typed(0);
    match spot.typed(clause).to_ascii_lowercase().as_str() {
        "unwind" => {
            Some(fault("`AS` is missing", spot.place(0), "a name", format!("write `AS {typed}`")).fix(spot.place(0), format!("AS {typed}")))
        }
        "with" | "return" if ends_value => Some(
            fault(
                format!("`{typed}` cannot stand here"),
                spot.place(0),
                "a word behind a value",
                format!("a name of a column is given with `AS {typed}`; the next column stands behind a comma"),
            )
            .fix(spot.place(0), format!("AS {typed}")),
        ),
        _ => None,
    }
}
