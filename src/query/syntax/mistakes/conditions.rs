//! Mistakes in conditions.

use crate::diagnostic::Diagnostic;

use super::super::tokens::TokenKind;
use super::context::{Clause, Context, fault};

const VERBS: [&str; 4] = ["is", "are", "was", "were"];

/// `>=` and `<=`, the other way round.
pub(super) fn slipped_operator(context: &Context<'_>) -> Option<Diagnostic> {
    let (slip, meant, reading) = match context.here_word().as_str() {
        "=>" => ("=>", ">=", "at least"),
        "=<" => ("=<", "<=", "at most"),
        _ => return None,
    };
    let help = format!("write `{meant}` for '{reading}': `frequency {meant} 50%`");
    Some(fault(format!("`{slip}` is no operator"), context.place(), "the wrong way round", help).fix(context.place(), meant))
}

/// `population is adult`
pub(super) fn verb_for_operator(context: &Context<'_>) -> Option<Diagnostic> {
    let negated = context.here_word() == "not" && VERBS.contains(&context.before().as_str());
    let start = context.test_start()?;
    let verb = (start + 1..context.here).find(|index| VERBS.contains(&context.word(*index).as_str()))?;
    if (start..verb).any(|index| !context.is_name(index)) {
        return None;
    }
    let value = if negated { context.here + 1 } else { verb + 1 };
    let (operator, place) = match negated {
        true => ("!=", context.span(verb).start..context.span(context.here).end),
        false => ("=", context.span(verb)),
    };
    let value = context.shown(value, context.names_behind(value));
    let value = if value.is_empty() { "…".to_owned() } else { value };
    let typed = context.typed(verb);
    let what = if negated { format!("`{typed} not`") } else { format!("`{typed}`") };
    let help = format!("write `{} {operator} {value}`", context.shown(start, verb));
    Some(fault(format!("{what} is no operator"), place.clone(), "an operator belongs here", help).fix(place, operator))
}

/// `has population = adult`
pub(super) fn value_of_has(context: &Context<'_>) -> Option<Diagnostic> {
    let start = context.test_start()?;
    if context.word(start) != "has" || !context.is_kind(context.here, TokenKind::Operator) || context.here <= start + 1 {
        return None;
    }
    let value = context.shown(context.here + 1, context.names_behind(context.here + 1));
    let help =
        format!("a test of the value has no `has`: `{} {} {value}`", context.shown(start + 1, context.here), context.typed(context.here));
    let has = context.span(start).start..context.span(start + 1).start;
    Some(fault("`has` asks only whether there is a value", context.place(), "no operator belongs here", help).fix(has, ""))
}

/// `population in adult`
pub(super) fn list_without_brackets(context: &Context<'_>) -> Option<Diagnostic> {
    let start = context.test_start()?;
    if context.before() != "in" || context.here < start + 2 || context.typed(context.here) == "(" {
        return None;
    }
    let field = context.shown(start, context.here - 1);
    let value = context.shown(context.here, context.names_behind(context.here));
    let help = match value.as_str() {
        "" => format!("for example `{field} in (adult, teen)`"),
        value => format!("write `{field} in ({value})`; a single value also takes `=`"),
    };
    let fault = fault("`in` needs a list in parentheses", context.place(), "expected `(`", help);
    if value.is_empty() {
        return Some(fault);
    }
    let listed = context.span(context.here).start..context.span(context.names_behind(context.here) - 1).end;
    Some(fault.fix(context.span(context.here - 1), "=").fix(listed, format!("({value})")))
}

/// `name matches "neuro"`
pub(super) fn expression_without_slashes(context: &Context<'_>) -> Option<Diagnostic> {
    if context.before() != "matches" || !context.is_kind(context.here - 1, TokenKind::Keyword) {
        return None;
    }
    let help = "for example `name matches /^neuro/`; plain text is looked for with `contains`";
    let fault = fault("`matches` needs a regular expression between slashes", context.place(), "expected `/…/`", help);
    if !context.is_name(context.here) {
        return Some(fault);
    }
    let expression = context.typed(context.here).trim_matches(['"', '\'', '“', '”', '„', '‘', '’']).replace('/', "\\/");
    Some(fault.fix(context.span(context.here), format!("/{expression}/")))
}

/// `a = 1 b = 2`
pub(super) fn missing_and(context: &Context<'_>) -> Option<Diagnostic> {
    let start = context.test_start()?;
    let operator = context.is_kind(context.here, TokenKind::Operator)
        || ["in", "between", "contains", "matches"].contains(&context.here_word().as_str());
    let first = (start..context.here).find(|index| context.is_kind(*index, TokenKind::Operator))?;
    if !operator {
        return None;
    }
    let typed = context.typed(context.here);
    if context.ends_run(context.here) {
        let help = format!("a value that holds `{typed}` needs quotation marks; two conditions need `and` between them");
        return Some(fault(format!("`{typed}` cannot stand behind a value"), context.place(), "a second operator", help));
    }
    let help = match first + 2 < context.here {
        true => {
            format!("join the conditions: `{} and {} {typed} …`", context.shown(start, context.here - 1), context.typed(context.here - 1))
        }
        false => format!("write the field again: `{} and {} {typed} …`", context.shown(start, context.here), context.shown(start, first)),
    };
    let fault = fault("two conditions need `and` or `or` between them", context.place(), "a second operator", help);
    Some(match first + 2 < context.here {
        true => {
            let at = context.span(context.here - 1).start;
            fault.fix(at..at, "and ")
        }
        false => {
            let at = context.place().start;
            fault.fix(at..at, format!("and {} ", context.shown(start, first)))
        }
    })
}

/// `causes population = adult`
pub(super) fn missing_where(context: &Context<'_>) -> Option<Diagnostic> {
    let operator =
        context.is_kind(context.here, TokenKind::Operator) || ["between", "contains", "matches"].contains(&context.here_word().as_str());
    if !operator || context.clause() != Clause::Phrase || context.here < 2 || !context.is_name(context.here - 1) {
        return None;
    }
    let field = context.here - 1;
    let start = context.names_before(field);
    if start == field {
        return None;
    }
    let behind = context.shown(context.here + 1, context.names_behind(context.here + 1));
    let help = format!(
        "write `{} where {} {} {}`",
        context.shown(start, field),
        context.typed(field),
        context.typed(context.here),
        if behind.is_empty() { "…" } else { &behind }
    );
    let at = context.span(field).start;
    Some(fault("a condition stands behind `where`", at..context.place().end, "a condition", help).fix(at..at, "where "))
}

/// `where` behind a tail, or a second one.
pub(super) fn where_out_of_place(context: &Context<'_>) -> Option<Diagnostic> {
    if context.here_word() != "where" {
        return None;
    }
    if context.clause() == Clause::Tail {
        let tail = context.last_keyword(&["sort", "limit", "show"])?;
        let name = if context.word(tail) == "sort" { "sort by".to_owned() } else { context.word(tail) };
        let help = format!("move it to the front: `… where population = adult {name} …`");
        let fault = fault(format!("`where` stands in front of `{name}`"), context.place(), "too late", help);
        return Some(fault.at(context.span(tail), "this comes behind the condition"));
    }
    let first = context.last_keyword(&["where"])?;
    if first + 1 == context.here {
        return None;
    }
    let help = "join the conditions: `where population = adult and frequency >= 50%`";
    let fault = fault("`where` stands twice", context.place(), "the second one", help).fix(context.place(), "and");
    Some(fault.at(context.span(first), "the first one"))
}

/// `population =`
pub(super) fn missing_value(context: &Context<'_>) -> Option<Diagnostic> {
    let last = context.here.checked_sub(1)?;
    let start = context.test_start()?;
    let asks = context.is_kind(last, TokenKind::Operator)
        || context.is_kind(last, TokenKind::Keyword) && ["contains", "between"].contains(&context.before().as_str());
    let listed =
        context.is_kind(last, TokenKind::Comma) || context.before() == "(" && context.here > 1 && context.word(context.here - 2) == "in";
    if listed {
        let help = "a list holds values with commas between them: `population in (adult, teen)`";
        return Some(fault("a value is missing in the list", context.place(), "expected a value", help));
    }
    if !asks || last <= start.saturating_sub(1) {
        return None;
    }
    let (field, operator) = (context.shown(start, last), context.typed(last));
    let message = format!("a value is missing behind `{operator}`");
    if context.is_end() {
        let example = if operator == "between" { "1 year and 2 years" } else { "…" };
        return Some(fault(
            message,
            context.place(),
            "expected a value",
            format!("write what `{field}` is compared with: `{field} {operator} {example}`"),
        ));
    }
    if context.ends_run(context.here) {
        let typed = context.typed(context.here);
        let help = format!("`{typed}` is a keyword; a value that begins with it needs quotation marks: `{field} {operator} \"{typed} …\"`");
        return Some(fault(message, context.place(), "expected a value", help));
    }
    Some(fault(
        message,
        context.place(),
        "expected a value",
        format!("for example `{field} {operator} \"…\"`; a value with signs needs quotation marks"),
    ))
}

/// `causes where`
pub(super) fn missing_condition(context: &Context<'_>) -> Option<Diagnostic> {
    let before = context.before();
    if !["where", "not", "possibly"].contains(&before.as_str()) || context.is_name(context.here) || context.clause() != Clause::Condition {
        return None;
    }
    let help = format!("for example `{before} population = adult`");
    Some(fault(format!("`{before}` needs a condition"), context.place(), "expected a condition", help))
}

/// `age between 1 year or 2 years`
pub(super) fn between_without_and(context: &Context<'_>) -> Option<Diagnostic> {
    let between = context.last_keyword(&["between"])?;
    let first = context.names_behind(between + 1);
    if first == between + 1 {
        return None;
    }
    let (field, low) = (context.shown(context.names_before(between), between), context.shown(between + 1, first));
    let help = format!("write `{field} between {low} and …`");
    if first == context.here {
        return Some(fault("`between` needs `and` and a second value", context.place(), "expected `and`", help));
    }
    if first + 1 == context.here && context.word(first) == "and" {
        return Some(fault("`between` needs a second value", context.place(), "expected a value", help));
    }
    None
}

/// `causes where population`
pub(super) fn missing_operator(context: &Context<'_>) -> Option<Diagnostic> {
    let start = context.test_start()?;
    let names = context.names_behind(start);
    if names == start || names != context.here || context.word(start) == "denied" {
        return None;
    }
    let field = context.shown(start, names);
    let fault = fault(
        format!("`{field}` needs an operator and a value"),
        context.place(),
        "expected an operator such as `=`",
        match field.split_once(' ') {
            // `population adult`: most likely only the operator is missing.
            Some((name, value)) => format!("for example `{name} = {value}`"),
            None => format!("for example `{field} = …`"),
        },
    );
    let fault = fault.help(format!("whether there is a value at all is asked with `has {field}`"));
    Some(match names - start {
        1 => {
            let at = context.span(start).start;
            fault.fix(at..at, "has ")
        }
        _ => (start + 1..names).fold(fault, |fault, value| {
            let at = context.span(value).start;
            fault.fix(at..at, "= ")
        }),
    })
}
