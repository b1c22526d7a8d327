//! Mistakes in requests: `let`, paths, comparisons, counts and tails.

use crate::diagnostic::Diagnostic;

use super::super::tokens::TokenKind;
use super::context::{Clause, Context, fault};

/// `causes; effects`
pub(super) fn second_query(context: &Context<'_>) -> Option<Diagnostic> {
    let last = context.here.checked_sub(1)?;
    let mark = if context.is_kind(last, TokenKind::EndMark) { last } else { context.here };
    if !context.is_kind(mark, TokenKind::EndMark) || context.token(mark + 1).is_none() {
        return None;
    }
    let typed = context.typed(mark);
    let help = "one query at a time; in a script each stands on a line of its own";
    Some(fault(format!("more follows behind `{typed}`"), context.span(mark + 1), "the query was over", help))
}

/// `let = causes`, `let x causes`
pub(super) fn name_of_let(context: &Context<'_>) -> Option<Diagnostic> {
    if context.word(0) != "let" {
        return None;
    }
    let example = "for example `let adult_causes = causes where population = adult`";
    if context.is_end() && context.before() == "=" && context.names_behind(1) + 1 == context.here {
        return Some(fault("`let` needs a query behind `=`", context.place(), "expected a query", example));
    }
    if context.here == 1 {
        return Some(fault("`let` needs a name", context.place(), "expected a name", example));
    }
    let named = (1..context.here).any(|index| context.typed(index) == "=");
    if named {
        return None;
    }
    Some(fault("`let` needs `=` between the name and the query", context.place(), "expected `=`", example))
}

/// `path to B`, `path from A`
pub(super) fn path_without_ends(context: &Context<'_>) -> Option<Diagnostic> {
    let request = context.request();
    if !["path", "paths"].contains(&request.as_str()) {
        return None;
    }
    let example = format!("write `{request} from A to B`");
    let opened = context.before() == request;
    if opened {
        return Some(fault(format!("`{request}` needs `from` and where it starts"), context.place(), "expected `from`", example));
    }
    let before = context.before();
    if before == "from" || before == "to" {
        return Some(fault(format!("`{before}` needs a name"), context.place(), "expected a name", example));
    }
    let ended = context.last_keyword(&["to"]).is_some();
    let from = context.last_keyword(&["from"])?;
    if ended || context.names_behind(from + 1) != context.here {
        return None;
    }
    Some(fault(format!("`{request}` needs `to` and where it ends"), context.place(), "expected `to`", example))
}

/// `compare causes`, `compare causes by population`
pub(super) fn compare_without_across(context: &Context<'_>) -> Option<Diagnostic> {
    if context.request() != "compare" || context.last_keyword(&["across"]).is_some() {
        return None;
    }
    if context.before() == "compare" {
        let help = "for example `compare causes across population`";
        return Some(fault("`compare` needs a phrase", context.place(), "expected a phrase", help));
    }
    if context.ends_run(context.here.checked_sub(1)?)
        || !(context.is_end() || ["by", "sort", "limit", "show"].contains(&context.here_word().as_str()))
    {
        return None;
    }
    let help = "the values that stand side by side are those of a field: `compare causes across population`";
    let fault = fault("`compare` needs `across` and a field", context.place(), "expected `across`", help);
    Some(if context.here_word() == "by" { fault.fix(context.place(), "across") } else { fault })
}

/// `count causes across population`
pub(super) fn across_for_by(context: &Context<'_>) -> Option<Diagnostic> {
    if context.here_word() != "across" {
        return None;
    }
    let help = match context.request().as_str() {
        "count" => "a count goes by fields: `count causes by population`",
        _ => "values are set side by side with `compare`: `compare causes across population`",
    };
    let fault = fault("`across` belongs to `compare`", context.place(), "nothing is compared here", help);
    Some(match context.request().as_str() {
        "count" => fault.fix(context.place(), "by"),
        _ => fault.fix(context.span(0).start..context.span(0).start, "compare "),
    })
}

/// `limit ten`, `within`
pub(super) fn number_expected(context: &Context<'_>) -> Option<Diagnostic> {
    let before = context.before();
    let last = context.here.checked_sub(1)?;
    let example = match before.as_str() {
        "limit" => "for example `limit 10`",
        "within" => "for example `within 3`: at most three relations",
        _ => return None,
    };
    if !context.is_kind(last, TokenKind::Keyword) {
        return None;
    }
    let label = match context.typed(context.here) {
        typed if typed.starts_with('-') => "a number below zero",
        typed if typed.starts_with(|first: char| first.is_ascii_digit()) => "no whole number",
        _ => "expected a whole number",
    };
    Some(fault(format!("`{before}` needs a whole number"), context.place(), label, format!("write it in digits, {example}")))
}

/// `path from A to B and causes`
pub(super) fn joined_requests(context: &Context<'_>) -> Option<Diagnostic> {
    let request = context.request();
    let alone = ["path", "paths", "compare", "count", "why"];
    if !alone.contains(&request.as_str()) || !["and", "or", "but"].contains(&context.here_word().as_str()) || context.open_brackets() > 0 {
        return None;
    }
    let typed = context.typed(context.here);
    let help = format!("ask for each by itself; only phrases such as `causes of OMS` can be joined by `{typed}`");
    Some(fault(
        format!("what `{request}` asks for cannot be joined with something else"),
        context.place(),
        "nothing can be joined here",
        help,
    ))
}

/// `(causes limit 3) or effects`
pub(super) fn tail_in_brackets(context: &Context<'_>) -> Option<Diagnostic> {
    let word = context.here_word();
    if !["sort", "limit", "show"].contains(&word.as_str()) || context.open_brackets() == 0 || context.ends_run(context.here.checked_sub(1)?)
    {
        return None;
    }
    let name = if word == "sort" { "sort by" } else { word.as_str() };
    let help = format!("put it behind the last bracket: `(…) {name} …`");
    Some(fault(format!("`{name}` belongs to the whole query"), context.place(), "inside parentheses", help))
}

/// `why causes of OMS`
pub(super) fn why_of(context: &Context<'_>) -> Option<Diagnostic> {
    if context.request() != "why" || context.here_word() != "of" || context.before() == "why" {
        return None;
    }
    let help = "name both ends, for example `why rituximab treats OMS`, or ask for a row of the last answer: `why 2`";
    Some(
        fault("`why` takes a sentence", context.place(), "a sentence has no `of`", help)
            .help("a name that holds `of` needs quotation marks"),
    )
}

/// `sort population`
pub(super) fn sort_without_by(context: &Context<'_>) -> Option<Diagnostic> {
    if context.before() != "sort" || !context.is_kind(context.here - 1, TokenKind::Keyword) {
        return None;
    }
    let field = context.shown(context.here, context.names_behind(context.here));
    let field = if field.is_empty() { "frequency desc".to_owned() } else { field };
    let at = context.span(context.here - 1);
    Some(fault("`sort` needs `by` behind it", context.place(), "expected `by`", format!("write `sort by {field}`")).fix(at, "sort by"))
}

/// `show a,`
pub(super) fn ends_in_comma(context: &Context<'_>) -> Option<Diagnostic> {
    let last = context.here.checked_sub(1)?;
    if !context.is_kind(last, TokenKind::Comma) || context.clause() == Clause::Condition {
        return None;
    }
    let fault = fault("something is missing behind the comma", context.place(), "expected one more", "write it, or remove the comma");
    Some(fault.fix(context.span(last), ""))
}

/// A query that ends in a keyword.
pub(super) fn ends_early(context: &Context<'_>) -> Option<Diagnostic> {
    let last = context.here.checked_sub(1)?;
    let keyword = context.keyword(last).filter(|_| context.is_end())?;
    let word = keyword.word;
    if ["where", "possibly", "contains", "between", "matches"].contains(&word) || word == "not" && context.clause() == Clause::Condition {
        return None;
    }
    let (wanted, help) = wanted(word)?;
    Some(fault(format!("the query ends behind `{word}`"), context.place(), format!("expected {wanted}"), help))
}

/// What has to follow a keyword, and an example of it.
fn wanted(word: &str) -> Option<(&'static str, &'static str)> {
    Some(match word {
        "of" => ("a name", "for example `causes of OMS`"),
        "and" | "or" => ("a phrase or a condition", "write what is joined, for example `causes or effects`, or remove the word"),
        "but" => ("`not`", "a set is taken away with `but not`"),
        "not" => ("a phrase", "for example `causes but not causes where population = adult`"),
        "sort" => ("`by`", "for example `sort by frequency desc`"),
        "by" => ("a field", "for example `sort by frequency`, `count causes by population`"),
        "show" => ("a field", "for example `show symptom, frequency`"),
        "across" => ("a field", "for example `compare causes across population`"),
        "via" => ("a relation", "for example `via causes, -treats->`"),
        "to" | "from" => ("a name", "for example `path from neuroblastoma to opsoclonus`"),
        "has" => ("a field", "for example `has population`"),
        "around" => ("a name", "for example `around rituximab within 2`"),
        "find" => ("what to look for", "for example `find \"tremor\"`"),
        "kind" => ("the name of a kind", "for example `kind trigger`"),
        "count" => ("a phrase", "for example `count causes by population`"),
        "why" => ("a sentence or a row's number", "for example `why rituximab treats OMS`, or `why 2` for row 2 of the last answer"),
        "explain" => ("a query", "for example `explain causes of OMS`"),
        _ => return None,
    })
}

/// `around within 2`, `causes of where …`
pub(super) fn needs_a_name(context: &Context<'_>) -> Option<Diagnostic> {
    let last = context.here.checked_sub(1)?;
    let word = context.keyword(last)?.word;
    if context.is_name(context.here) {
        return None;
    }
    let (wanted, help) = wanted(word)?;
    let fault = fault(format!("`{word}` needs {wanted}"), context.place(), format!("expected {wanted}"), help);
    match context.ends_run(context.here) {
        true => {
            Some(fault.help(format!("`{}` is a keyword; a name that begins with it needs quotation marks", context.typed(context.here))))
        }
        false => Some(fault),
    }
}
