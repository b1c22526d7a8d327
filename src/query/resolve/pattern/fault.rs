//! Fault: the complaints about patterns, in one voice.

use crate::algebra::name_in_pattern;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::query::syntax::tree::{Span, Spanned};

use super::scope::Scope;
use super::sort::Sort;

/// How many names are suggested at most.
const SUGGESTED: usize = 3;

/// A name that nothing has given.
pub(super) fn undefined(name: &str, span: &Span, scope: &Scope) -> Diagnostic {
    let complaint =
        Diagnostic::error(Code::UndefinedVariable, format!("the variable `{name}` is not defined here")).at(span.clone(), "not defined");
    let near = nearest(name, scope.names(), SUGGESTED);
    if !near.is_empty() {
        return complaint.suggest_at(span, &near, name_in_pattern);
    }
    let known: Vec<String> = scope.names().take(8).map(|name| format!("`{name}`")).collect();
    if known.is_empty() {
        complaint.help("a text stands in quotes: 'like this'; a variable is given by MATCH, UNWIND, WITH or CALL")
    } else {
        complaint.help(format!("known here: {}; a text stands in quotes", known.join(", ")))
    }
}

/// A name that was there before a projection took it away.
pub(super) fn gone(name: &str, span: &Span) -> Diagnostic {
    Diagnostic::error(Code::UndefinedVariable, format!("the variable `{name}` is no longer there behind DISTINCT or an aggregate"))
        .at(span.clone(), "no longer there")
        .help("only what the clause projects can be used here: project it too, or use its new name")
}

/// A name beside an aggregate that is no grouping key.
pub(super) fn not_a_key(name: &str, span: &Span) -> Diagnostic {
    Diagnostic::error(Code::BadAggregate, format!("`{name}` stands beside an aggregate, but the rows are not grouped by it"))
        .at(span.clone(), "no grouping key")
        .help("project it as a column of its own in a WITH before, then use that column's name beside the aggregate")
}

/// A name that is bound already.
pub(super) fn bound(name: &Spanned<String>, what: &str) -> Diagnostic {
    Diagnostic::error(Code::VariableBound, format!("`{}` is bound already and cannot be {what} too", name.value))
        .at(name.span.clone(), "bound already")
        .help("give it another name")
}

/// A name that is something else.
pub(super) fn conflict(name: &Spanned<String>, is: &Sort, wanted: &Sort) -> Diagnostic {
    let message = format!("`{}` is {} and cannot be used as {}", name.value, is.words(), wanted.words());
    Diagnostic::error(Code::VariableConflict, message).at(name.span.clone(), is.words()).help("give one of the two another name")
}

/// An aggregate where none can stand.
pub(super) fn aggregate_here(span: &Span, place: &str) -> Diagnostic {
    Diagnostic::error(Code::BadAggregate, format!("an aggregate cannot stand in {place}"))
        .at(span.clone(), "an aggregate")
        .help("compute it in a WITH or RETURN first and use the name that it has there: WITH n, count(*) AS many WHERE many > 1")
}

/// A value of a sort that the operation does not take.
pub(super) fn wrong_sort(what: &str, wanted: &str, is: &Sort, span: &Span) -> Diagnostic {
    Diagnostic::error(Code::BadArguments, format!("{what} takes {wanted}, and this is {}", is.words()))
        .at(span.clone(), is.words())
        .help(format!("put {wanted} there"))
}

/// A part of something that has no parts.
pub(super) fn no_parts(what: &str, is: &Sort, span: &Span) -> Diagnostic {
    let code = if *is == Sort::Path { Code::BadArguments } else { Code::TypeMismatch };
    let complaint = Diagnostic::error(code, format!("{} has no {what}", is.words())).at(span.clone(), is.words());
    match is {
        Sort::Path => complaint.help("`nodes(p)` and `relationships(p)` give what it is made of; those have properties"),
        Sort::List(_) => complaint.help("take a member of it, `list[0]`, or go through them: `[x IN list | x.name]`"),
        _ => complaint.help(format!("nodes, relationships and maps have {what}")),
    }
}

/// A clause where it cannot stand.
pub(super) fn clause(message: impl Into<String>, span: Span, label: &str, help: &str) -> Diagnostic {
    Diagnostic::error(Code::BadClause, message).at(span, label).help(help)
}

/// A function that does not exist.
pub(super) fn unknown_function<'a>(name: &Spanned<String>, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let near = nearest(&name.value, known, SUGGESTED);
    let complaint = Diagnostic::error(Code::UnknownFunction, format!("there is no function `{}`", name.value))
        .at(name.span.clone(), "unknown function");
    if near.is_empty() {
        complaint.help("`:help functions` lists the functions")
    } else {
        complaint.suggest_at(&name.span, &near, str::to_owned)
    }
}

/// The wrong number of arguments.
pub(super) fn argument_count(name: &str, takes: (usize, Option<usize>), arguments: &str, given: usize, span: &Span) -> Diagnostic {
    let number = match takes {
        (0, Some(0)) => "no argument".to_owned(),
        (1, Some(1)) => "one argument".to_owned(),
        (least, Some(most)) if least == most => format!("{least} arguments"),
        (least, Some(most)) => format!("{least} to {most} arguments"),
        (least, None) => format!("at least {least} arguments"),
    };
    Diagnostic::error(Code::BadArguments, format!("`{name}` takes {number}, and {given} are given"))
        .at(span.clone(), "")
        .help(format!("it is written `{name}({arguments})`"))
}

/// A warning about a name that the graph does not have.
pub(super) fn unknown_in_graph(code: Code, what: &str, name: &str, span: &Span, known: &[String]) -> Diagnostic {
    let complaint = Diagnostic::warning(code, format!("the graph has no {what} `{name}`")).at(span.clone(), format!("unknown {what}"));
    let near = nearest(name, known.iter().map(String::as_str), SUGGESTED);
    if !near.is_empty() {
        return complaint.suggest_at(span, &near, name_in_pattern);
    }
    const LISTED: usize = 12;
    match known {
        [] => complaint,
        known if known.len() <= LISTED => complaint.help(format!("it has {}", known.join(", "))),
        known => complaint.help(format!("it has {} and {} more", known[..LISTED].join(", "), known.len() - LISTED)),
    }
}

/// A number of rows that is none.
pub(super) fn row_count(keyword: &str, code: Code, is: &str, span: &Span) -> Diagnostic {
    Diagnostic::error(code, format!("{keyword} takes a whole number that is not negative, and this is {is}"))
        .at(span.clone(), is.to_owned())
        .help(format!("write `{keyword} 10`, or a parameter that holds such a number"))
}
