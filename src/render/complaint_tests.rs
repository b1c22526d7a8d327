//! Tests of how complaints look.

use super::Page;
use super::complaint::{json, render, render_one};
use crate::diagnostic::{Code, Complaints, Diagnostic, Origin};

fn plain(diagnostic: &Diagnostic) -> String {
    render_one(diagnostic, &Page::default())
}

fn placed(text: &str, span: std::ops::Range<usize>) -> String {
    let origin = Origin::new("query", text);
    plain(&Diagnostic::error(Code::Syntax, "wrong").in_origin(&origin).at(span, "here"))
}

fn unknown_name() -> Diagnostic {
    let origin = Origin::new("query", "causes of opsoclnus where population = adult");
    Diagnostic::error(Code::UnknownName, "nothing is called 'opsoclnus'")
        .in_origin(&origin)
        .at(10..19, "not in this graph")
        .suggest(["opsoclonus"])
        .help("`:schema` lists what is")
}

#[test]
fn a_caret_stands_under_the_words_and_help_below() {
    let expected = "\
error[unknown-name]: nothing is called 'opsoclnus'
 --> query:1:11
  |
1 | causes of opsoclnus where population = adult
  |           ^^^^^^^^^ not in this graph
  |
  = help: did you mean 'opsoclonus'?
  = help: `:schema` lists what is
";
    assert_eq!(plain(&unknown_name()), expected);
}

#[test]
fn titles_break_between_words() {
    let page = Page { width: Some(40), ..Page::default() };
    let title = "nothing in the graph is called 'opsoclnus'";
    let drawn = render_one(&Diagnostic::error(Code::UnknownName, title), &page);
    assert_eq!(drawn, "error[unknown-name]: nothing in the\n                     graph is called\n                     'opsoclnus'\n");
}

#[test]
fn colour_is_for_pages_that_have_it() {
    let coloured = render_one(&unknown_name(), &Page { width: Some(80), colour: true, unicode: true });
    assert!(coloured.contains('\u{1b}') && !coloured.contains(":::"), "{coloured}");
    assert!(!plain(&unknown_name()).contains('\u{1b}'));
}

#[test]
fn places_at_the_end_of_input_have_a_caret() {
    assert_eq!(placed("causes of", 9..9), "error[syntax]: wrong\n --> query:1:10\n  |\n1 | causes of\n  |          ^ here\n");
    assert!(placed("causes of\n", 10..10).contains("\n1 | causes of\n  |          ^ here\n"));
    assert!(placed("", 0..0).contains("^ here\n"));
}

#[test]
fn lines_and_wide_or_acting_characters_keep_the_caret_in_place() {
    assert!(placed("a\n  b (\n  c\n", 6..7).ends_with("2 |   b (\n  |     ^ here\n"));
    assert!(placed("a\r\nbb", 3..5).ends_with("2 | bb\n  | ^^ here\n"));
    assert!(placed("眼球 運動", 7..10).ends_with("1 | 眼球 運動\n  |      ^^ here\n"));
    let acting = placed("a\tb\u{1b}c", 4..5);
    assert!(acting.starts_with("error[syntax]: wrong\n --> query:1:5\n"), "{acting}");
    assert!(acting.ends_with("1 | a    b\\u{1b}c\n  |             ^ here\n"), "{acting}");
    let several = placed("abc\ndef\nghi", 1..9);
    assert!(several.contains("2 | | def\n") && several.ends_with("| |_^ here\n"), "{several}");
}

#[test]
fn long_texts_are_shown_in_part() {
    let long = format!("causes of {} where x", "é".repeat(500_000));
    let end = long.len();
    for span in [0..3, 10..1_000_010, 500_010..500_012, end..end, end - 1..end, 500_011..500_013] {
        let text = placed(&long, span);
        assert!(text.len() < 800 && text.contains('^') && text.contains('…'), "{text}");
    }
    let many = format!("{}bcd = 1\nx", "a\n".repeat(5000));
    let origin = Origin::new("graph/statements.toml", many);
    let diagnostic = Diagnostic::warning(Code::BadValue, "odd").in_origin(&origin).at(10_000..10_003, "here").at(0..1, "first");
    let expected = "\
warning[bad-value]: odd
    --> graph/statements.toml:5001:1
     |
5001 | bcd = 1
     | ^^^ here
     |
    ::: graph/statements.toml:1:1
     |
   1 | a
     | - first
";
    assert_eq!(plain(&diagnostic), expected);
}

#[test]
fn complaints_without_a_place_stand_by_themselves() {
    let bare = Diagnostic::error(Code::Unreadable, "cannot be read\u{1b}\n");
    assert_eq!(plain(&bare), "error[unreadable]: cannot be read\\u{1b}\\n\n");
    let whole = Diagnostic::error(Code::Unreadable, "cannot be read").in_origin(&Origin::new("a.toml", ""));
    assert_eq!(plain(&whole), "error[unreadable]: cannot be read\n--> a.toml\n");
    let both = Complaints::new(vec![bare, whole]).unwrap();
    assert_eq!(render(&both, &Page::default()).matches("error[").count(), 2);
}

#[test]
fn programs_get_an_object() {
    assert_eq!(
        json(&unknown_name().into()),
        "{\"error\":{\"code\":\"unknown-name\",\"message\":\"nothing is called 'opsoclnus'\",\"span\":{\"start\":10,\"end\":19,\"line\":1,\"column\":11},\
         \"help\":[\"did you mean 'opsoclonus'?\",\"`:schema` lists what is\"]}}\n"
    );
    let warning = Diagnostic::warning(Code::BadValue, "odd");
    let error = Diagnostic::error(Code::Malformed, "broken").in_origin(&Origin::new("a.toml", "x\ny")).at(2..3, "");
    assert_eq!(
        json(&Complaints::new(vec![warning, error]).unwrap()),
        "{\"error\":{\"code\":\"malformed\",\"message\":\"broken\",\"span\":{\"start\":2,\"end\":3,\"line\":2,\"column\":1},\"help\":[],\
         \"file\":\"a.toml\",\"others\":[{\"code\":\"bad-value\",\"message\":\"odd\",\"span\":null,\"help\":[],\"severity\":\"warning\"}]}}\n"
    );
}
