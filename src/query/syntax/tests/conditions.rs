//! Conditions: fields, operators and values.

use super::super::tree::{Body, Condition, Operand, Request, SetExpression, TestKind};
use super::{assert_sketches, read, sketch};

/// The sketch of the condition in `causes where CONDITION`.
fn assert_conditions(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        let query = format!("causes where {text}");
        assert_eq!(sketch::request(&read(&query)), format!("causes where {expected}"), "`{query}`");
    }
}

#[test]
fn operators_need_no_space() {
    assert_conditions(&[
        ("population=adult", "<population Equal adult>"),
        ("population = adult", "<population Equal adult>"),
        ("population == adult", "<population Identical adult>"),
        ("a!=b", "<a NotEqual b>"),
        ("a <> b", "<a NotEqual b>"),
        ("a ≠ b", "<a NotEqual b>"),
        ("frequency>=50%", "<frequency GreaterOrEqual 50%>"),
        ("frequency≥50%", "<frequency GreaterOrEqual 50%>"),
        ("frequency <= 50-80%", "<frequency LessOrEqual 50-80%>"),
        ("frequency ≤ 50%", "<frequency LessOrEqual 50%>"),
        ("a < -5", "<a Less -5>"),
        ("a<-5", "<a Less -5>"),
        ("sex ratio > 1", "<sex ratio Greater 1>"),
        ("of.kind = disease", "<of.kind Equal disease>"),
        ("binds.score > 0.5", "<binds.score Greater 0.5>"),
    ]);
}

#[test]
fn keywords_may_name_fields() {
    assert_conditions(&[
        ("of = OMS", "<of Equal OMS>"),
        ("from = x", "<from Equal x>"),
        ("to = y", "<to Equal y>"),
        ("it = y", "<it Equal y>"),
        ("kind = disease and via = z", "(and <kind Equal disease> <via Equal z>)"),
        ("not of in (a)", "(not <of in a>)"),
        ("has = x", "<has Equal x>"),
        ("denied = yes", "<denied Equal yes>"),
        ("has of", "<has of>"),
        ("\"sex ratio\" = 1", "<sex ratio Equal 1>"),
    ]);
}

#[test]
fn values_run_up_to_a_keyword() {
    assert_conditions(&[
        ("a = lung cancer and b = 1", "(and <a Equal lung cancer> <b Equal 1>)"),
        ("duration = 1-2  years", "<duration Equal 1-2 years>"),
        ("prevalence = 1 in 5 million", "<prevalence Equal 1 in 5 million>"),
        ("prevalence in (1 in 5 million, 7/12)", "<prevalence in 1 in 5 million | 7/12>"),
        ("duration = 1 to 2 years", "<duration Equal 1 to 2 years>"),
        ("a = \"x, \\\"y\\\"\"", "<a Equal \"x, \"y\"\">"),
        ("of = it", "<of Equal it>"),
        ("a in (adult, \"older child\", young child)", "<a in adult | \"older child\" | young child>"),
        ("age between 1 year and 2 years", "<age between 1 year and 2 years>"),
        ("age between 1 and 2 and b = 3", "(and <age between 1 and 2> <b Equal 3>)"),
        ("name contains \"tumor\"", "<name contains \"tumor\">"),
        ("name contains tumor", "<name contains tumor>"),
        ("name matches /^a\\/b\\d+ \"'(/", "<name matches /^a/b\\d+ \"'(/>"),
        ("has population", "<has population>"),
        ("denied", "<denied>"),
    ]);
}

#[test]
fn and_binds_tighter_than_or_and_prefixes_tightest() {
    assert_conditions(&[
        ("a = 1 or b = 2 and c = 3", "(or <a Equal 1> (and <b Equal 2> <c Equal 3>))"),
        ("(a = 1 or b = 2) and c = 3", "(and (or <a Equal 1> <b Equal 2>) <c Equal 3>)"),
        ("not a = 1 and possibly b = 2", "(and (not <a Equal 1>) (possibly <b Equal 2>))"),
        ("not possibly not (a = 1 or b = 2)", "(not (possibly (not (or <a Equal 1> <b Equal 2>))))"),
        ("((a = 1))", "<a Equal 1>"),
        ("not has of or denied", "(or (not <has of>) <denied>)"),
    ]);
}

#[test]
fn a_test_knows_its_places() {
    let text = "causes where (  name matches /é\\/x/ )";
    let Request::Ask(query) = read(text) else { panic!("not a query") };
    let Body::Set(SetExpression::Phrase(phrase)) = query.body else { panic!("not a phrase") };
    assert!(matches!(phrase.operand, Operand::Run(_)));
    let Some(Condition::Test(test)) = phrase.condition else { panic!("not a test") };
    assert_eq!(&text[test.span.clone()], "name matches /é\\/x/");
    let TestKind::Matches(field, expression) = test.kind else { panic!("not a match") };
    assert_eq!(&text[field.span], "name");
    assert_eq!(&text[expression.span], "é\\/x");
    assert_eq!(expression.value, "é/x");
}

#[test]
fn a_phrase_that_ends_in_something_optional_ends_with_its_last_word() {
    let text = "causes of OMS   or   effects  limit 3 ";
    let Request::Ask(query) = read(text) else { panic!("not a query") };
    let Body::Set(SetExpression::Joined(first, rest)) = query.body else { panic!("not a set") };
    let (SetExpression::Phrase(first), [(_, SetExpression::Phrase(second))]) = (*first, rest.as_slice()) else { panic!("not phrases") };
    assert_eq!(&text[first.span.clone()], "causes of OMS");
    assert_eq!(&text[second.span.clone()], "effects");
    assert_sketches(&[(text, "[causes < OMS or effects] limit(3)")]);
}
