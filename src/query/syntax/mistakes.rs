//! Mistakes: turns a failure of the grammar into a message that teaches, first by what is often meant, else by what was expected.

mod conditions;
mod context;
mod phrases;
mod requests;

use pest::error::{Error, ErrorVariant, InputLocation};

use crate::diagnostic::{Code, Diagnostic};

use super::expectations;
use super::grammar::Rule;
use super::limits;
use super::tokens::Token;
use context::Context;

/// A mistake that is made often, told from where the grammar failed.
type Mistake = fn(&Context<'_>) -> Option<Diagnostic>;

/// The mistakes that are made often; the first that fits is told, so the narrower ones come first.
const MISTAKES: &[Mistake] = &[
    requests::second_query,
    requests::name_of_let,
    conditions::slipped_operator,
    conditions::verb_for_operator,
    conditions::value_of_has,
    conditions::list_without_brackets,
    conditions::expression_without_slashes,
    conditions::missing_and,
    conditions::missing_where,
    conditions::where_out_of_place,
    phrases::arrow_without_space,
    phrases::and_not,
    phrases::but_alone,
    phrases::in_for_where,
    requests::path_without_ends,
    requests::compare_without_across,
    requests::across_for_by,
    requests::number_expected,
    requests::joined_requests,
    requests::tail_in_brackets,
    requests::why_of,
    requests::sort_without_by,
    requests::ends_in_comma,
    conditions::between_without_and,
    phrases::opener_inside,
    phrases::sign_for_name,
    phrases::keyword_first,
    requests::ends_early,
    conditions::missing_value,
    conditions::missing_condition,
    requests::needs_a_name,
    conditions::missing_operator,
    phrases::keyword_in_value,
    phrases::word_of_another_request,
    phrases::comma_between_phrases,
    phrases::bracket_behind_name,
    phrases::keyword_in_name,
];

/// What a failure of the grammar means to whoever typed the text.
pub(super) fn explained(text: &str, tokens: &[Token], error: &Error<Rule>) -> Diagnostic {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let expected: &[Rule] = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        // The stack is nearly used up: pest says so by a message instead of rules.
        ErrorVariant::CustomError { .. } => return limits::too_deep(at..at),
    };
    let context = Context::new(text, tokens, at);
    MISTAKES.iter().find_map(|mistake| mistake(&context)).unwrap_or_else(|| unexpected(&context, expected))
}

/// The message for what no mistake in the list explains.
fn unexpected(context: &Context<'_>, expected: &[Rule]) -> Diagnostic {
    let message = match context.is_end() {
        true => "the query ends too early".to_owned(),
        false => format!("`{}` cannot stand here", context.shown_here()),
    };
    let label = expectations::listed(expected).map_or_else(String::new, |list| format!("expected {list}"));
    let fault = Diagnostic::error(Code::Syntax, message).at(context.place(), label);
    fault.help("a query reads like `causes of OMS where population = adult`; a name that holds a keyword or a sign needs quotation marks")
}
