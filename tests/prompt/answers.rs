//! What is shown of an answer.

use std::fs;

use expectrl::Expect;

use crate::terminal::{ENTER, PROMPT, ask, leave, start, until};

#[test]
fn a_conversation() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 100, false);
    let banner = until(&mut terminal, PROMPT);
    for words in ["Opsoclonus-myoclonus syndrome", "64 entities", "from 1 source", "causes where population=adult", ":help"] {
        assert!(banner.contains(words), "{banner}");
    }
    let answer = ask(&mut terminal, "causes where population=adult");
    assert!(answer.contains("lung cancer") && answer.contains("sentence 17"), "{answer}");
    let wrong = ask(&mut terminal, "effects of lung cancr");
    assert!(wrong.contains("^^^") && wrong.contains("did you mean"), "{wrong}");
    assert!(ask(&mut terminal, ":help").contains(":export FILE"));
    assert!(ask(&mut terminal, ":help where").contains("population = adult"));
    assert!(ask(&mut terminal, ":hepl").contains("':help'"));
    leave(terminal);
}

#[test]
fn answers_are_exported_and_shown_in_other_formats() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, ":export causes.csv").contains("no-last-answer"));
    ask(&mut terminal, "causes where population=adult");
    assert!(ask(&mut terminal, ":export causes.csv").contains("2 rows written"));
    assert!(fs::read_to_string(folder.path().join("causes.csv")).unwrap().contains("lung cancer"));
    ask(&mut terminal, ":export view.dot");
    assert!(fs::read_to_string(folder.path().join("view.dot")).unwrap().contains("digraph"));
    ask(&mut terminal, ":format json");
    assert!(ask(&mut terminal, "count symptoms").contains("\"columns\""));
    assert!(ask(&mut terminal, ":open no/such/graph").contains("error"));
    assert!(ask(&mut terminal, "count symptoms").contains("\"columns\""));
    leave(terminal);
}

#[test]
fn answers_fit_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    for columns in [40, 160] {
        let mut terminal = start(folder.path(), columns, false);
        let banner = until(&mut terminal, PROMPT);
        let answer = ask(&mut terminal, "causes where population=adult");
        for line in banner.lines().chain(answer.lines()) {
            let shown = line.trim_end_matches(['\r', '\n']);
            let bare = shown.replace("\x1b[?2004h", "").replace("\x1b[K", "").replace("\x1b[?2004l", "");
            assert!(bare.contains('\x1b') || bare.chars().count() <= usize::from(columns), "{columns}: {shown:?}");
        }
        leave(terminal);
    }
}

#[test]
fn colours_and_hints_come_only_where_they_are_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let mut coloured = start(folder.path(), 80, true);
    until(&mut coloured, "> ");
    coloured.send("effects of lung canc").unwrap();
    until(&mut coloured, "\x1b[90mer\x1b[0m");
    coloured.send(format!("\x1b[C{ENTER}")).unwrap();
    until(&mut coloured, "opsoclonus-myoclonus");
    until(&mut coloured, "oms> ");
    leave(coloured);
    let mut plain = start(folder.path(), 80, false);
    let shown = format!("{}{}", until(&mut plain, PROMPT), ask(&mut plain, "causes where population=adult"));
    assert!(!shown.contains("\x1b[3") && !shown.contains("\x1b[1;"), "{shown:?}");
    leave(plain);
}
