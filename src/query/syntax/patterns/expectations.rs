//! Expectations: what a rule of the grammar is called when it was expected and did not come.

use super::grammar::Rule;

/// What was expected, in words.
pub(super) fn listed(expected: &[Rule]) -> Option<String> {
    let value_is_over = expected.contains(&Rule::operator);
    let goes_on = |rule: &Rule| matches!(rule, Rule::labels | Rule::property | Rule::presence | Rule::relationship);
    super::super::expectations::joined(expected.iter().filter(|rule| !(value_is_over && goes_on(rule))).filter_map(|rule| words(*rule)))
}

/// What a rule is called; nothing for a rule that only serves others.
#[rustfmt::skip]
fn words(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::space | Rule::gap | Rule::word_part | Rule::exponent | Rule::subtraction | Rule::relationship_start => return None,
        Rule::as_word | Rule::alias => "`AS` and a name",
        Rule::EOI => "the end of the query",
        Rule::semicolon => return None,
        Rule::request | Rule::query | Rule::single_query => "a query",
        Rule::let_prefix | Rule::let_name => "`let`",
        Rule::lead_word => "`explain`",
        Rule::union => "`UNION`",
        Rule::all_word => "`ALL`",
        Rule::clause | Rule::match_clause | Rule::optional_word => "`MATCH`",
        Rule::where_clause | Rule::where_word => "`WHERE`",
        Rule::unwind_clause => "`UNWIND`",
        Rule::with_clause => "`WITH`",
        Rule::return_clause => "`RETURN`",
        Rule::call_clause => "`CALL`",
        Rule::projection | Rule::items | Rule::item | Rule::everything => "a value",
        Rule::distinct_word => return None,
        Rule::order => "`ORDER BY`",
        Rule::sort_item => "a value to sort by",
        Rule::direction => "`DESC`",
        Rule::skip => "`SKIP`",
        Rule::limit => "`LIMIT`",
        Rule::procedure | Rule::procedure_name => "a procedure",
        Rule::procedure_arguments => "`(`",
        Rule::yields => "`YIELD`",
        Rule::nothing => "`-`",
        Rule::yield_item => "a column",
        Rule::path | Rule::element | Rule::chain => "a node such as `(n:Disease)`",
        Rule::path_name => return None,
        Rule::shortest | Rule::shortest_word => "`shortestPath`",
        Rule::node | Rule::node_inside => "a node such as `(n:Disease)`",
        Rule::labels => "a label such as `:Disease`",
        Rule::properties | Rule::bare_properties => "properties such as `{name: 'x'}`",
        Rule::relationship => "a relationship such as `-[r:CAUSES]->`",
        Rule::detail | Rule::head | Rule::types => "a type such as `:CAUSES`",
        Rule::length => "a length such as `*1..3`",
        Rule::bound => "a whole number",
        Rule::dots => "`..`",
        Rule::expression | Rule::operand | Rule::primary => "a value",
        Rule::operation | Rule::operator => "an operator",
        Rule::presence => "`IS NULL`",
        Rule::prefix | Rule::not_word | Rule::minus | Rule::plus => return None,
        Rule::postfix | Rule::property => "a property such as `.name`",
        Rule::call | Rule::index => return None,
        Rule::bar => "`|`",
        Rule::group | Rule::list | Rule::map | Rule::text | Rule::number | Rule::parameter => "a value",
        Rule::entry => "a key",
        Rule::case_word | Rule::case_expression | Rule::subquery | Rule::subquery_word => "a value",
        Rule::case_branch | Rule::when_word => "`WHEN`",
        Rule::then_word => "`THEN`",
        Rule::case_else => "`ELSE`",
        Rule::end_word => "`END`",
        Rule::by_word => "`BY`",
        Rule::colon => "`:`",
        Rule::dash => "`-` or `->`",
        Rule::paths => "a node such as `(n:Disease)`",
        Rule::name | Rule::word | Rule::quoted_name | Rule::variable => "a name",
        Rule::closing_round => "`)`",
        Rule::closing_square => "`]`",
        Rule::closing_curly => "`}`",
    })
}
