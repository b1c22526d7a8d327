//! Expectations: what a rule of the grammar is called when it was expected and did not come.

use super::grammar::Rule;

/// How many expectations a message lists.
const MOST_LISTED: usize = 6;

/// What was expected, in words: `a name, 'of' or the end of the query`.
pub(super) fn listed(expected: &[Rule]) -> Option<String> {
    joined(expected.iter().filter_map(|rule| words(*rule)))
}

/// What was expected as one list, each once, the end of the query last.
pub(super) fn joined(expected: impl Iterator<Item = &'static str>) -> Option<String> {
    let mut called: Vec<&str> = Vec::new();
    for words in expected {
        if !called.contains(&words) {
            called.push(words);
        }
    }
    called.sort_by_key(|words| (words.starts_with("the end"), words.starts_with('`')));
    if called.len() > MOST_LISTED {
        called.truncate(MOST_LISTED);
        return Some(format!("{}, …", called.join(", ")));
    }
    match called.as_slice() {
        [] => None,
        [only] => Some((*only).to_owned()),
        [first @ .., last] => Some(format!("{} or {last}", first.join(", "))),
    }
}

/// What a rule is called; nothing for a rule that only serves others.
#[rustfmt::skip]
fn words(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::WHITESPACE | Rule::COMMENT | Rule::comment_line | Rule::comment_mark | Rule::blank | Rule::gap => return None,
        Rule::separator | Rule::ordinary | Rule::word_character | Rule::escape | Rule::piece_letter => return None,
        Rule::structural | Rule::opener | Rule::end_mark | Rule::ratio_shape => return None,
        Rule::double_quoted | Rule::single_quoted | Rule::single_close => return None,
        Rule::curly_quoted | Rule::curly_single_quoted | Rule::curly_single_close => return None,
        Rule::forward_word | Rule::backward_word | Rule::auxiliary | Rule::article => return None,
        Rule::EOI => "the end of the query",
        Rule::word | Rule::quoted | Rule::bare_word | Rule::field_word => "a name",
        Rule::run | Rule::plain_run | Rule::piece | Rule::sought | Rule::let_name => "a name",
        Rule::question | Rule::special_piece | Rule::passive | Rule::passive_shape => "a name",
        Rule::arrow | Rule::forward_arrow | Rule::backward_arrow => "an arrow",
        Rule::whole_number | Rule::why_row => "a whole number",
        Rule::comma => "`,`",
        Rule::opening_bracket | Rule::bracketed => "`(`",
        Rule::closing_bracket => "`)`",
        Rule::set_expression | Rule::conjunction | Rule::phrase | Rule::operand => "a phrase",
        Rule::request | Rule::entry | Rule::query => "a query",
        Rule::around_request => "`around`",
        Rule::find_request => "`find`",
        Rule::kind_request => "`kind`",
        Rule::path_request => "`path from A to B`",
        Rule::compare_request => "`compare`",
        Rule::count_request => "`count`",
        Rule::why_request => "`why`",
        Rule::let_request => "`let`",
        Rule::explain_request => "`explain`",
        Rule::profile_request => "`profile`",
        Rule::describe_request | Rule::keyword_describe => "`describe`",
        Rule::suggest_request | Rule::keyword_suggest => "`suggest`",
        Rule::described_end => return None,
        Rule::but_not => "`but not`",
        Rule::where_clause => "`where`",
        Rule::condition | Rule::condition_all | Rule::condition_one | Rule::condition_bracket => "a condition",
        Rule::condition_prefix | Rule::test | Rule::field_test => "a condition",
        Rule::has_test => "`has`",
        Rule::denied_test => "`denied`",
        Rule::test_operator | Rule::comparison | Rule::compared => "an operator such as `=`",
        Rule::identical | Rule::equal | Rule::not_equal => "an operator such as `=`",
        Rule::less | Rule::less_or_equal | Rule::greater | Rule::greater_or_equal => "an operator such as `=`",
        Rule::member => "`in (…)`",
        Rule::ranged => "`between`",
        Rule::containing => "`contains`",
        Rule::matching => "`matches`",
        Rule::regular_expression => "a regular expression between slashes",
        Rule::field | Rule::field_keyword | Rule::sort_field => "a field",
        Rule::literal | Rule::ratio => "a value",
        Rule::let_sign => "`=`",
        Rule::reach => "`within`",
        Rule::within_clause => "`within`",
        Rule::via_clause => "`via`",
        Rule::via_step => "a relation",
        Rule::count_fields => "`by`",
        Rule::tail | Rule::sort_tail => "`sort by`",
        Rule::limit_tail => "`limit`",
        Rule::show_tail => "`show`",
        Rule::direction => "`desc`",
        Rule::keyword_and => "`and`",
        Rule::keyword_or => "`or`",
        Rule::keyword_but => "`but not`",
        Rule::keyword_not => "`not`",
        Rule::keyword_of => "`of`",
        Rule::keyword_where => "`where`",
        Rule::keyword_sort => "`sort by`",
        Rule::keyword_by => "`by`",
        Rule::keyword_limit => "`limit`",
        Rule::keyword_show => "`show`",
        Rule::keyword_to => "`to`",
        Rule::keyword_within => "`within`",
        Rule::keyword_via => "`via`",
        Rule::keyword_across => "`across`",
        Rule::keyword_in => "`in`",
        Rule::keyword_between => "`between`",
        Rule::keyword_contains => "`contains`",
        Rule::keyword_matches => "`matches`",
        Rule::keyword_possibly => "`possibly`",
        Rule::keyword_what | Rule::keyword_which => "a name",
        Rule::keyword_it | Rule::keyword_exactly => "a name",
        Rule::keyword_path => "`path`",
        Rule::keyword_paths => "`paths`",
        Rule::keyword_around => "`around`",
        Rule::keyword_find => "`find`",
        Rule::keyword_compare => "`compare`",
        Rule::keyword_count => "`count`",
        Rule::keyword_similar => "`similar`",
        Rule::keyword_why => "`why`",
        Rule::keyword_let => "`let`",
        Rule::keyword_explain => "`explain`",
        Rule::keyword_profile => "`profile`",
        Rule::keyword_kind => "`kind`",
        Rule::keyword_from => "`from`",
        Rule::keyword_has => "`has`",
        Rule::keyword_denied => "`denied`",
        Rule::keyword_desc | Rule::keyword_descending => "`desc`",
        Rule::keyword_asc | Rule::keyword_ascending => "`asc`",
        Rule::keyword_does | Rule::keyword_do => "`does`",
        Rule::keyword_is | Rule::keyword_are | Rule::keyword_was | Rule::keyword_were => "a name",
    })
}
