//! Looking around: pictures, descriptions, suggestions, and the greeting that leads to them.

use std::fs;

use expectrl::Expect;

use crate::terminal::{PROMPT, TAKEN, ask, leave, start, until};

#[test]
fn the_last_answer_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, ":draw").contains("no-last-answer"));
    ask(&mut terminal, "causes where population = adult");
    let drawn = ask(&mut terminal, ":draw");
    assert!(drawn.contains("└←─causes─ lung cancer  «most often»; population adult"), "{drawn}");
    assert!(ask(&mut terminal, ":draw ascii").contains("`<-causes- lung cancer"));
    assert!(ask(&mut terminal, ":draw everything").contains(":draw [all] [ascii]"));
    ask(&mut terminal, "around OMS within 2");
    let folded = ask(&mut terminal, ":draw");
    assert!(folded.contains("not shown, folded away"), "{folded}");
    assert!(!ask(&mut terminal, ":draw all").contains("not shown"));
    ask(&mut terminal, ":format draw");
    assert!(ask(&mut terminal, "path from lung cancer to opsoclonus").contains("─causes («most often»; population adult)─→"));
    leave(terminal);
}

#[test]
fn drawings_fit_narrow_and_wide_terminals() {
    let folder = tempfile::tempdir().unwrap();
    for columns in [40, 200] {
        let mut terminal = start(folder.path(), columns, false);
        until(&mut terminal, PROMPT);
        for question in ["causes", "around rituximab within 2", "compare causes across population", "describe OMS", "describe frequency"] {
            let mut shown = ask(&mut terminal, question);
            shown.push_str(&ask(&mut terminal, ":draw"));
            for line in shown.lines() {
                let bare = line.trim_end_matches(['\r', '\n']);
                assert!(bare.contains('\x1b') || bare.chars().count() <= usize::from(columns), "{columns}: {bare:?}");
            }
        }
        leave(terminal);
    }
}

#[test]
fn suggestions_are_asked_by_their_number() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 100, false);
    until(&mut terminal, PROMPT);
    let first = ask(&mut terminal, "suggest");
    assert!(first.contains("1  causes where population=adult") && first.contains("number"), "{first}");
    let answer = ask(&mut terminal, "1");
    assert!(answer.contains("causes where population=adult") && answer.contains("2 rows"), "{answer}");
    let next = ask(&mut terminal, "suggest");
    assert!(next.contains("possibly") && next.contains("why 1") && next.contains("of OMS"), "{next}");
    assert!(ask(&mut terminal, "3").contains("sentence 17"));
    ask(&mut terminal, "causes where population = boy");
    let after_nothing = ask(&mut terminal, "suggest");
    assert!(after_nothing.contains("1  causes"), "{after_nothing}");
    assert!(ask(&mut terminal, "2").contains("rows"));
    leave(terminal);
}

#[test]
fn words_of_the_graph_are_described() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 100, false);
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, "describe frequency").contains("50-80%"));
    assert!(ask(&mut terminal, ":describe trigger").contains("best connected"));
    assert!(ask(&mut terminal, ":describe").contains("bad-command"));
    assert!(ask(&mut terminal, ":schema draw").contains("trigger (9)"));
    assert!(ask(&mut terminal, ":schema dot").contains("digraph"));
    assert!(ask(&mut terminal, ":schema schema.dot").contains("schema written to schema.dot"));
    assert!(fs::read_to_string(folder.path().join("schema.dot")).unwrap().contains("causes (7)"));
    leave(terminal);
}

/// From the greeting alone: what causes it in adults, who says so, what it is mistaken for, how often it comes back, a picture.
#[test]
fn a_newcomer_finds_the_way_from_the_greeting() {
    let folder = tempfile::tempdir().unwrap();
    for columns in [40, 80] {
        let mut terminal = start(folder.path(), columns, false);
        let banner = until(&mut terminal, PROMPT);
        assert!(banner.lines().count() <= 24, "{columns}: {banner}");
        for words in
            ["causes where population=adult", "why 1", ":draw", ":export answer.dot", "suggest", ":help", "Tab", "Ctrl-D", "describe OMS"]
        {
            let found = words.split(' ').all(|word| banner.contains(word));
            assert!(found, "{columns}: {words}\n{banner}");
        }
        leave(terminal);
    }
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, "causes where population=adult").contains("lung cancer"));
    ask(&mut terminal, ":export answer.dot");
    assert!(fs::read_to_string(folder.path().join("answer.dot")).unwrap().contains("lung cancer"));
    assert!(ask(&mut terminal, "why 1").contains("sentence 17"));
    let described = ask(&mut terminal, "describe OMS");
    assert!(described.contains("> lookalikes of OMS") && described.contains("> outcomes of OMS"), "{described}");
    assert!(ask(&mut terminal, "lookalikes of OMS").contains("initially"));
    let outcomes = ask(&mut terminal, "outcomes of OMS");
    assert!(outcomes.contains("relapse"), "{outcomes}");
    terminal.send(crate::terminal::CTRL_C).unwrap();
    until(&mut terminal, TAKEN);
    until(&mut terminal, PROMPT);
    leave(terminal);
}

#[test]
fn a_number_that_was_not_offered_says_what_numbers_are_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 100, false);
    until(&mut terminal, PROMPT);
    ask(&mut terminal, "causes");
    let before = ask(&mut terminal, "2");
    assert!(before.contains("no question has the number 2") && before.contains("`why 2`"), "{before}");
    ask(&mut terminal, "suggest");
    let beyond = ask(&mut terminal, "9;");
    assert!(beyond.contains("`suggest` offered 3 questions"), "{beyond}");
    leave(terminal);
}
