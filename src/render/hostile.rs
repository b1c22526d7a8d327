//! Hostile: names and texts that would break a format if it let them, in every format.

use std::io::Write;
use std::process::{Command, Stdio};

use proptest::prelude::*;

use super::samples::{adult_causes, every_cell, explained, named, nothing, overview};
use super::{FORMATS, Format, Page, complaint, render, visible};
use crate::diagnostic::{Code, Diagnostic, Origin};

const NAMES: [&str; 14] = [
    "",
    " ",
    "graph",
    "node",
    "\"",
    "\\",
    "a\\",
    "\\N \\G \\E \\l\\n",
    "<b>x</b> &amp; &lt; &#65; &nosuch;",
    "a\nb\r\nc\td\0\u{1b}[31m\u{7f}\u{85}\u{2028}",
    "👁\u{fe0f} 👨\u{200d}👩\u{200d}👧 שלום \u{202e}abc 眼球",
    "a | b, c; \"d\" {e} [f] `g` *h* _i_",
    "\u{ffff}\u{fffe}\u{fdd0}",
    "=1+1",
];

fn in_format(name: &str, text: &str) -> String {
    render(&named(text), Format::named(name).unwrap(), &Page { width: Some(60), colour: false, unicode: true })
}

/// What stands between quotation marks and what beside them, as Graphviz cuts it; panics if a mark is not closed.
fn cut(dot: &str) -> (Vec<String>, String) {
    let (mut strings, mut outside) = (Vec::new(), String::new());
    let mut characters = dot.chars();
    while let Some(character) = characters.next() {
        if character != '"' {
            outside.push(character);
            continue;
        }
        let mut string = String::new();
        loop {
            match characters.next().expect("the mark is closed") {
                '"' => break,
                '\\' => string.extend(['\\', characters.next().expect("a backslash has company")]),
                other => string.push(other),
            }
        }
        strings.push(string);
    }
    (strings, outside)
}

/// What Graphviz shows for a tooltip, by its documented rules.
fn shown(string: &str) -> String {
    let mut text = String::new();
    let mut characters = string.chars();
    while let Some(character) = characters.next() {
        match (character, character == '\\') {
            (_, true) => text.push(match characters.next().expect("a backslash has company") {
                'n' => '\n',
                mark @ ('"' | '\\') => mark,
                other => panic!("\\{other} would be replaced"),
            }),
            ('\u{2060}', _) => {}
            (other, _) => text.push(other),
        }
    }
    text.replace("&amp;", "&")
}

/// The texts of the tooltips; the words before each string tell which attribute it belongs to.
fn tooltips(dot: &str) -> Vec<String> {
    let (strings, _) = cut(dot);
    let mut rest = dot;
    let mut texts = Vec::new();
    for string in strings {
        let Some((before, behind)) = rest.split_once('"') else { break };
        if before.ends_with("tooltip=") {
            texts.push(shown(&string));
        }
        rest = behind.get(string.len() + 1..).unwrap_or("");
    }
    texts
}

fn check_everywhere(text: &str) {
    let dot = in_format("dot", text);
    let (strings, outside) = cut(&dot);
    assert!(outside.is_ascii() && strings.iter().all(|string| !string.contains('\n')), "{dot}");
    assert_eq!(outside.matches("[, ").count() + outside.matches("[=").count(), 0, "{dot}");
    assert_eq!(outside.matches("->").count(), 2, "one edge of the view, one of the legend: {dot}");
    if !text.trim().is_empty() && !text.contains('\u{2060}') {
        let expected = format!("{0} (trigger)\n{0}", visible(text));
        assert!(tooltips(&dot).contains(&expected), "{dot}");
    }

    let json: serde_json::Value = serde_json::from_str(&in_format("json", text)).expect("well-formed");
    assert_eq!(json["rows"][0]["values"][0]["name"], text);
    assert_eq!(json["view"]["relations"][0]["qualifiers"][text], text);
    let lines = in_format("jsonl", text);
    assert_eq!(lines.lines().count(), 1);
    let line: serde_json::Value = serde_json::from_str(&lines).expect("well-formed");
    assert_eq!(line["values"]["note"], text);
    assert_eq!(line["evidence"][0]["claim"], text);

    let commas = in_format("csv", text);
    let mut reader = csv::Reader::from_reader(commas.as_bytes());
    let record = reader.records().next().expect("a row").expect("well-formed");
    assert_eq!(&record[0], text);
    let tabs = in_format("tsv", text);
    assert_eq!(tabs.matches('\n').count(), 2, "{tabs:?}");
    assert_eq!(tabs.lines().nth(1).map(|line| line.matches('\t').count()), Some(3), "{tabs:?}");

    for format in ["table", "markdown", "dot"] {
        let written = in_format(format, text);
        assert!(written.chars().all(|character| character == '\n' || !character.is_control()), "{format}: {written:?}");
    }
}

#[test]
fn hostile_names_stay_names() {
    NAMES.into_iter().for_each(check_everywhere);
}

#[test]
fn very_long_names_are_no_trouble() {
    let long = "word ".repeat(40_000) + &"x".repeat(200_000);
    for format in FORMATS {
        for width in [None, Some(20), Some(80), Some(usize::MAX)] {
            assert!(!render(&named(&long), format, &Page { width, colour: true, unicode: true }).is_empty());
        }
    }
}

#[test]
fn positions_that_lead_nowhere_are_left_out() {
    let mut answer = every_cell();
    answer.rows[0].evidence = vec![77];
    answer.rows[0].cells.truncate(2);
    for format in FORMATS {
        for width in [None, Some(0), Some(1), Some(30), Some(200)] {
            // Of a view without entities there are no lines, and no triples.
            let is_lines_of_view = format.name.starts_with("kgx") || format.name == "turtle";
            assert_eq!(render(&answer, format, &Page { width, colour: true, unicode: true }).is_empty(), is_lines_of_view);
        }
    }
}

proptest! {
    #[test]
    fn any_name_stays_a_name(text in any::<String>()) {
        check_everywhere(&text);
    }

    #[test]
    fn any_place_of_any_text_has_a_caret(text in any::<String>(), from in 0usize..80, length in 0usize..40, width in 0usize..100) {
        let boundary = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let origin = Origin::new(text.clone(), text.clone());
        let span = boundary(from)..boundary(from + length);
        let diagnostic = Diagnostic::error(Code::Syntax, text.clone()).in_origin(&origin).at(span, text.clone()).help(text.clone());
        let drawn = complaint::render_one(&diagnostic, &Page { width: Some(width), colour: false, unicode: true });
        prop_assert!(drawn.contains('^') || drawn.contains('_'), "{}", drawn);
        prop_assert!(drawn.chars().all(|character| character == '\n' || !character.is_control()), "{:?}", drawn);
        let json: Result<serde_json::Value, _> = serde_json::from_str(&complaint::json(&diagnostic.into()));
        prop_assert!(json.is_ok());
    }
}

#[test]
#[ignore = "needs the program dot of Graphviz"]
fn graphviz_draws_every_view_without_a_word() {
    let answers = [adult_causes(), every_cell(), explained(), nothing(), overview(1), overview(15), overview(40)];
    for answer in answers.into_iter().chain(NAMES.into_iter().map(named)) {
        let dot = render(&answer, Format::named("dot").unwrap(), &Page::default());
        let mut child = Command::new("dot")
            .arg("-Tsvg")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("dot is installed");
        child.stdin.take().unwrap().write_all(dot.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{}\n{dot}", String::from_utf8_lossy(&output.stderr));
    }
}
