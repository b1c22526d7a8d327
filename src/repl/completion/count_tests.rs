//! Tests of counts: what is offered with rows can be asked, and has as many.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use super::{complete, complete_counted};
use crate::command::{Settings, Shell};
use crate::model::fold;
use crate::query::syntax::{TokenKind, is_pattern};
use crate::session::{Budget, Count, Session};

fn shell() -> Shell {
    Shell::new(Session::open("oms").unwrap(), Settings::default())
}

fn generous() -> Budget {
    Budget::lasting(Duration::from_secs(60), 1000)
}

/// Every query in the pages of the tests and in the documents.
fn queries() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut queries = BTreeSet::new();
    for folder in ["tests/pages", "docs", "."] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap().flatten() {
            let path = entry.path();
            if path.extension().is_none_or(|extension| extension != "md") {
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            let mut within = false;
            for line in text.lines() {
                if let Some(info) = line.strip_prefix("```") {
                    within = info.starts_with("oms");
                } else if within && !line.trim().is_empty() {
                    queries.insert(line.to_owned());
                }
            }
        }
    }
    assert!(queries.len() > 100);
    queries
}

/// Every beginning of these texts, each once.
fn beginnings(texts: &BTreeSet<String>) -> BTreeSet<&str> {
    texts.iter().flat_map(|text| text.char_indices().map(|(at, _)| &text[..at]).chain([text.as_str()])).collect()
}

/// One of so many, the same each time.
fn some(texts: BTreeSet<&str>, one_in: u64) -> impl Iterator<Item = &str> {
    let number = |text: &str| text.bytes().fold(7_u64, |number, byte| number.wrapping_mul(31).wrapping_add(byte.into()));
    texts.into_iter().filter(move |text| number(text).is_multiple_of(one_in))
}

#[test]
fn every_beginning_of_every_query_is_completed_without_fail() {
    let shell = shell();
    let queries = queries();
    for text in some(beginnings(&queries), 3) {
        let completion = complete(&shell, text);
        assert!(text.is_char_boundary(completion.start), "{text}");
    }
}

#[test]
fn what_is_offered_leaves_as_many_rows_as_it_says() {
    let shell = shell();
    let queries = queries();
    let (mut counted, mut unknown) = (0, 0);
    let mut fresh = Session::open("oms").unwrap();
    for text in some(beginnings(&queries), 11).filter(|text| !is_pattern(text) && !text.starts_with("let ")) {
        for candidate in complete_counted(&shell, text, generous()).candidates {
            let Some(asked) = &candidate.asked else {
                unknown += 1;

                continue;
            };
            let answer = fresh.ask(asked.trim_start_matches("explain ").trim_start_matches("profile "));
            let answer = answer.unwrap_or_else(|complaints| panic!("`{text}` offers {candidate:?}: {complaints}"));
            assert_eq!(candidate.rows, Count::Exactly(answer.rows.len() as u64), "`{text}`: {asked}");
            counted += 1;
        }
    }
    assert!(counted > 3 * unknown && counted > 1000, "{counted} are counted, {unknown} are not");
}

/// Whoever writes a query word by word is offered each of its words, once three letters of it are there.
#[test]
fn the_next_word_of_a_query_is_among_what_is_offered() {
    let (mut shell, mut fresh) = (shell(), Session::open("oms").unwrap());
    shell.submit("let adult_causes = causes where population = adult", &mut Vec::new()).unwrap();
    let (mut offered, mut missed) = (0, Vec::new());
    for query in queries().iter().filter(|query| !is_pattern(query)) {
        // Whether there is an answer for `it` depends on what was asked before.
        if fresh.ask(query).is_err() || query.split(' ').any(|word| word == "it") {
            continue;
        }
        for token in Session::tokens(query) {
            let word = &query[token.span.clone()];
            let is_word = matches!(token.kind, TokenKind::Word | TokenKind::Keyword) && word.is_ascii();
            if !is_word || word.starts_with(|first: char| !first.is_alphabetic()) {
                continue;
            }
            let typed = &query[..token.span.end.min(token.span.start + 3)];
            let completion = complete_counted(&shell, typed, generous());
            let before = &typed[..completion.start];
            // A name may be spelled in several ways.
            let spelled = |text: &str| fold(&text.replace('"', ""));
            let (whole, word_end) = (spelled(query), spelled(&query[..token.span.end]));
            let is_there = |replacement: &str| {
                let text = spelled(&format!("{before}{replacement}"));
                whole.starts_with(&text) || text.starts_with(&word_end)
            };
            if completion.candidates.iter().any(|candidate| is_there(&candidate.replacement)) {
                offered += 1;
            } else {
                missed.push(format!("{typed}|{}", &query[token.span.start..]));
            }
        }
    }
    assert!(offered > 40 * missed.len(), "{offered} are offered, these are not:\n{}", missed.join("\n"));
}

#[test]
fn what_is_counted_is_what_is_put_in() {
    let asked = |text: &str, shown: &str| {
        let candidates = complete_counted(&shell(), text, generous()).candidates;
        let candidate =
            candidates.into_iter().find(|candidate| candidate.shown == shown).unwrap_or_else(|| panic!("`{text}` lacks {shown}"));
        (candidate.asked, candidate.rows)
    };
    let some = |query: &str, rows| (Some(query.to_owned()), Count::Exactly(rows));
    assert_eq!(asked("", "causes"), some("causes", 7));
    assert_eq!(asked("causes ", "where"), some("causes", 7));
    assert_eq!(asked("causes where ", "population"), some("causes where has population", 5));
    assert_eq!(asked("causes where population ", "!="), some("causes where has population", 5));
    assert_eq!(asked("causes where population = ", "adult"), some("causes where population = adult", 2));
    assert_eq!(asked("causes where (population in (adult, ", "teen"), some("causes where (population in (adult, teen))", 3));
    assert_eq!(asked("causes where population = adult and ", "frequency"), some("causes where population = adult and has frequency", 0));
    assert_eq!(asked("treatments of (effects of ", "neuroblastoma").0.unwrap(), "treatments of (effects of neuroblastoma)");
    assert_eq!(asked("neuroblastoma ", "causes").0.unwrap(), "neuroblastoma causes what");
    assert_eq!(asked("find \"hand", "hand tremor").0.unwrap(), "find \"hand tremor\"");
    assert_eq!(asked("path from lung cancer to ", "vomiting").0.unwrap(), "path from lung cancer to vomiting");
    assert_eq!(asked("path from ", "lung cancer"), (None, Count::Unknown));
}

#[test]
fn what_leaves_no_rows_comes_last() {
    for text in ["causes where population = ", "causes where ", "effects of ", "treatments where severity = "] {
        let candidates = complete_counted(&shell(), text, generous()).candidates;
        let first = candidates.iter().position(|candidate| candidate.is_dead_end()).unwrap_or(candidates.len());
        assert!(candidates[first..].iter().all(|candidate| candidate.is_dead_end()), "`{text}`: {candidates:?}");
        assert!(first > 0, "`{text}`: {candidates:?}");
    }
}

#[test]
fn nothing_is_counted_where_there_is_no_time() {
    let candidates = complete_counted(&shell(), "causes where population = ", Budget::lasting(Duration::ZERO, 1000)).candidates;
    assert!(candidates.len() > 3 && candidates.iter().all(|candidate| candidate.rows == Count::Unknown), "{candidates:?}");
}

/// With a graph in `OMS_LARGE_GRAPH`: what is counted there in a moment, in part from what is known of columns, is what answers have.
#[test]
fn counts_hold_on_a_large_graph_too() {
    let Ok(file) = std::env::var("OMS_LARGE_GRAPH") else { return };
    const FEW: u64 = 3000;
    let shell = Shell::new(Session::open(&file).unwrap(), Settings::default());
    let mut fresh = Session::open(&file).unwrap();
    let schema = shell.session().schema();
    let mut texts = vec![String::new()];
    for relation in &schema.relation_types {
        for noun in relation.source_nouns.iter().chain(&relation.target_nouns).map(|noun| &noun.many) {
            texts.extend([format!("{noun} of a"), format!("{noun} where ")]);
            texts.extend(relation.qualifiers.iter().map(|id| format!("{noun} where {} = ", schema.qualifiers[id.index()].id)));
        }
        texts.extend(relation.verbs.first().map(|verb| format!("what {verb} b")));
    }
    let mut compared = 0;
    for text in texts {
        let candidates = complete_counted(&shell, &text, Budget::lasting(Duration::from_millis(500), 1000)).candidates;
        let counted = candidates.into_iter().filter_map(|candidate| Some((candidate.asked?, candidate.rows)));
        let few = counted.filter(|(_, rows)| matches!(rows, Count::Exactly(rows) if *rows < FEW));
        for (asked, rows) in few.take(8) {
            let answer = fresh.ask(&asked).unwrap_or_else(|complaints| panic!("`{text}`: {complaints}"));
            assert_eq!(rows, Count::Exactly(answer.rows.len() as u64), "`{text}`: {asked}");
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared}");
}
