//! Mistakes in phrases: set operators, names and arrows.

use crate::diagnostic::Diagnostic;

use super::super::keywords::Reserved;
use super::super::tokens::TokenKind;
use super::context::{Clause, Context, fault};

/// `compound-binds->gene`, `<-binds gene`
pub(super) fn arrow_without_space(context: &Context<'_>) -> Option<Diagnostic> {
    let last = context.here.checked_sub(1)?;
    let head = context.typed(context.here);
    if head == ">" && context.typed(last).ends_with('-') && context.span(last).end == context.place().start {
        let help = "an arrow has white space in front: `compound -binds-> gene`";
        return Some(fault(
            "the arrow cannot be told from the word in front of it",
            context.span(last).start..context.place().end,
            "",
            help,
        ));
    }
    if head == "<" && context.typed(context.here + 1).starts_with('-') && context.clause() == Clause::Phrase {
        let help = "an arrow to the left ends in a hyphen with white space behind: `gene <-binds- compound`";
        return Some(fault("the arrow is not closed", context.place(), "opened here", help));
    }
    None
}

/// `causes and not effects`
pub(super) fn and_not(context: &Context<'_>) -> Option<Diagnostic> {
    let before = context.before();
    if context.here_word() != "not" || !["and", "or"].contains(&before.as_str()) {
        return None;
    }
    let place = context.span(context.here - 1).start..context.place().end;
    let help = "a set is taken away with `but not`: `causes but not causes where population = adult`";
    Some(fault(format!("`{before} not` does not join phrases"), place.clone(), "between two phrases", help).fix(place, "but not"))
}

/// `causes but effects`
pub(super) fn but_alone(context: &Context<'_>) -> Option<Diagnostic> {
    if context.before() != "but" || !context.is_kind(context.here - 1, TokenKind::Keyword) {
        return None;
    }
    let help = "a set is taken away with `but not`: `causes but not causes where population = adult`";
    Some(fault("`but` needs `not` behind it", context.place(), "expected `not`", help).fix(context.span(context.here - 1), "but not"))
}

/// `causes in adults`
pub(super) fn in_for_where(context: &Context<'_>) -> Option<Diagnostic> {
    if context.here_word() != "in" || context.clause() != Clause::Phrase || context.here == 0 {
        return None;
    }
    let value = context.shown(context.here + 1, context.names_behind(context.here + 1));
    let value = if value.is_empty() { "adult".to_owned() } else { value };
    let asked = context.shown(context.phrase_start(), context.here);
    let name = context.shown(context.names_before(context.here), context.here + 1);
    let fault = fault(
        "`in` stands only in a condition",
        context.place(),
        "no condition has begun",
        format!("a condition follows `where`: `{asked} where population = {value}`"),
    );
    let quoted = format!("\"{} {}\"", name.replace('"', ""), value.replace('"', ""));
    let whole = context.span(context.names_before(context.here)).start..context.span(context.names_behind(context.here + 1) - 1).end;
    let fault = fault.fix(whole, quoted.as_str()).fix(context.place(), "of").fix(context.place(), "where population =");
    Some(fault.help(format!("a name that holds `in` needs quotation marks: `{quoted}`")))
}

/// `causes or count symptoms`
pub(super) fn opener_inside(context: &Context<'_>) -> Option<Diagnostic> {
    let keyword = context.keyword(context.here).filter(|keyword| keyword.reserved == Reserved::AtStart)?;
    let word = keyword.word;
    let help = format!("a name that begins with it needs quotation marks: `\"{word} …\"`");
    if ["around", "find", "kind"].contains(&word) {
        return None;
    }
    Some(fault(format!("`{word}` stands only at the start of a query"), context.place(), "not at the start", help))
}

/// `name = cancer in situ`
pub(super) fn keyword_in_value(context: &Context<'_>) -> Option<Diagnostic> {
    let start = context.test_start()?;
    let operator = (start..context.here).rev().find(|index| context.is_kind(*index, TokenKind::Operator))?;
    if !context.ends_run(context.here) || operator + 1 == context.here {
        return None;
    }
    let typed = context.typed(context.here);
    let value = context.shown(operator + 1, context.names_behind(context.here + 1));
    let help =
        format!("a value that holds it needs quotation marks: `{} \"{}\"`", context.shown(start, operator + 1), value.replace('"', ""));
    let whole = context.span(operator + 1).start..context.span(context.names_behind(context.here + 1) - 1).end;
    let quoted = format!("\"{}\"", value.replace('"', ""));
    Some(fault(format!("`{typed}` cannot stand behind a value"), context.place(), "a keyword", help).fix(whole, quoted))
}

/// `causes, effects`
pub(super) fn comma_between_phrases(context: &Context<'_>) -> Option<Diagnostic> {
    if !context.is_kind(context.here, TokenKind::Comma) {
        return None;
    }
    let is_number = |index: usize| !context.typed(index).is_empty() && context.typed(index).bytes().all(|byte| byte.is_ascii_digit());
    if context.here == 2 && context.word(0) == "why" && is_number(1) {
        let help = "one row at a time: `why 1`, then `why 2`";
        return Some(fault("`why` takes the number of one row", context.place(), "another row", help));
    }
    let help = "phrases are joined by `and`, `or` or `but not`; a name that holds a comma needs quotation marks";
    Some(fault("a comma cannot stand here", context.place(), "commas part fields, values and relations", help).fix(context.place(), " or"))
}

/// `treats (causes of A)`
pub(super) fn bracket_behind_name(context: &Context<'_>) -> Option<Diagnostic> {
    if context.typed(context.here) != "(" || context.here == 0 {
        return None;
    }
    let help = "parentheses hold phrases, behind `of` or alone: `treatments of (causes of A or causes of B)`";
    let fault = fault("parentheses cannot stand behind a name", context.place(), "opened here", help);
    Some(fault.help("a name that holds parentheses needs quotation marks"))
}

/// `/x`, `!`
pub(super) fn sign_for_name(context: &Context<'_>) -> Option<Diagnostic> {
    if !context.is_kind(context.here, TokenKind::Unknown) {
        return None;
    }
    let typed = context.shown_here();
    let help = match typed.as_str() {
        "!" => "'not equal' is written `!=`, and a condition is turned round by `not`".to_owned(),
        typed => format!("a name that begins with a sign needs quotation marks: `\"{typed}\"`"),
    };
    Some(fault(format!("`{typed}` begins no word"), context.place(), "a sign that begins nothing", help))
}

/// `where population = adult`, with nothing in front.
pub(super) fn keyword_first(context: &Context<'_>) -> Option<Diagnostic> {
    if context.here > 0 || !context.ends_run(0) {
        return None;
    }
    let help = "begin with what is asked for: `causes where population = adult`, `symptoms of OMS sort by frequency`";
    Some(fault(format!("a query cannot begin with `{}`", context.typed(0)), context.place(), "something has to stand in front", help))
}

/// `causes by population`, `effects within 2`
pub(super) fn word_of_another_request(context: &Context<'_>) -> Option<Diagnostic> {
    if context.clause() == Clause::Tail || !context.ends_run(context.here) {
        return None;
    }
    let word = context.here_word();
    let asked = context.shown(context.phrase_start(), context.here);
    let (message, help) = match word.as_str() {
        "by" => ("`by` belongs to `count` and `sort`", format!("write `count {asked} by …` or `{asked} sort by …`")),
        "within" => ("`within` belongs to `around`, `path` and `paths`", "for example `around rituximab within 2`".to_owned()),
        "via" => ("`via` belongs to `around`, `path` and `paths`", "for example `path from A to B via causes`".to_owned()),
        _ => return None,
    };
    let typed = context.typed(context.here);
    let fault = fault(message, context.place(), "nothing here takes it", help);
    let fault = fault.help(format!("a name that holds `{typed}` needs quotation marks"));
    let start = context.span(context.phrase_start()).start;
    Some(match word.as_str() {
        "by" => fault.fix(start..start, "count ").fix(context.place(), "sort by"),
        _ => fault,
    })
}

/// `response to treatment`
pub(super) fn keyword_in_name(context: &Context<'_>) -> Option<Diagnostic> {
    if !context.ends_run(context.here) {
        return None;
    }
    let typed = context.typed(context.here);
    let start = context.names_before(context.here);
    let end = context.names_behind(context.here + 1);
    let fault = fault(
        format!("`{typed}` is a keyword and cannot stand here"),
        context.place(),
        context.keyword(context.here).map_or("a keyword", |keyword| keyword.summary),
        match start < context.here && end > context.here + 1 {
            true => format!("a name that holds it needs quotation marks: `\"{}\"`", context.shown(start, end).replace('"', "")),
            false => format!("a name that holds it needs quotation marks: `\"… {typed} …\"`"),
        },
    );
    let quoted = start < context.here && end > context.here + 1;
    let whole = context.span(start).start..context.span(end.saturating_sub(1)).end.max(context.place().end);
    Some(if quoted { fault.fix(whole, format!("\"{}\"", context.shown(start, end).replace('"', ""))) } else { fault })
}
