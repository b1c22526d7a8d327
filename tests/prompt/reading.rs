//! Answers that can be read: numbers of rows, records, the pager, the clipboard, the last answer again.

use std::fs;
use std::path::Path;

use expectrl::Expect;

use crate::terminal::{CTRL_C, ENTER, PROMPT, ask, leave, start, start_with, until};

#[test]
fn rows_are_numbered_and_the_footer_tells_the_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 100, false);
    until(&mut terminal, PROMPT);
    let answer = ask(&mut terminal, "causes where possibly population = young child");
    assert!(answer.contains("│ # │ cause") && answer.contains("4 rows (2 only possible) in "), "{answer}");
    assert!(ask(&mut terminal, ":numbers off").contains("not numbered"));
    assert!(!ask(&mut terminal, ":last").contains("│ # │"));
    ask(&mut terminal, ":timing off");
    assert!(!ask(&mut terminal, ":last").contains(" in 1"));
    leave(terminal);
}

#[test]
fn a_row_is_shown_as_a_record_and_justified() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 100, false);
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, ":last").contains("no-last-answer"));
    ask(&mut terminal, "causes where population = adult");
    let record = ask(&mut terminal, ":expand 2");
    assert!(record.contains("row 2 of 2") && record.contains("cause       lung cancer"), "{record}");
    assert!(ask(&mut terminal, ":expand 3").contains("its rows are 1 to 2"));
    ask(&mut terminal, ":expand on");
    let records = ask(&mut terminal, ":last");
    assert!(records.contains("row 1 of 2") && records.contains("2 rows"), "{records}");
    ask(&mut terminal, ":expand off");
    let why = ask(&mut terminal, "why 2");
    assert!(why.contains("lung cancer causes opsoclonus-myoclonus syndrome"), "{why}");
    assert!(why.contains("statement") && why.contains("no statement in this graph denies it"), "{why}");
    assert!(ask(&mut terminal, ":last csv").contains("from,relation,to,"));
    leave(terminal);
}

#[test]
fn fewer_rows_are_shown_where_that_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 100, false);
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, ":rows 2").contains("first 2 rows"));
    let answer = ask(&mut terminal, "symptoms");
    assert!(answer.contains("... 15 more, not shown") && answer.contains(":rows all"), "{answer}");
    assert!(ask(&mut terminal, ":rows none").contains(":rows [N|all]"));
    ask(&mut terminal, ":rows all");
    assert!(!ask(&mut terminal, ":last").contains("more, not shown"));
    leave(terminal);
}

/// A pager that keeps what it gets and says so.
fn pager(folder: &Path, does: &str) -> String {
    let file = folder.join("pager.sh");
    fs::write(&file, format!("#!/bin/sh\n{does}\n")).expect("a pager that can be written");
    format!("sh {}", file.display())
}

#[test]
fn long_answers_go_through_the_pager_and_the_footer_stands_below() {
    let folder = tempfile::tempdir().unwrap();
    let pager = pager(folder.path(), "cat > kept; echo PAGED");
    let mut terminal = start_with(folder.path(), 100, false, &[("OMS_PAGER", &pager)]);
    until(&mut terminal, PROMPT);
    let short = ask(&mut terminal, "causes where population = adult");
    assert!(!short.contains("PAGED") && short.contains("lung cancer"), "{short}");
    let long = ask(&mut terminal, "around OMS within 2");
    assert!(long.contains("PAGED") && long.contains(" rows in ") && !long.contains("│ 1 │"), "{long}");
    let kept = fs::read_to_string(folder.path().join("kept")).unwrap();
    assert!(kept.contains("│  1 │") && kept.contains(" rows in "), "{kept}");
    ask(&mut terminal, ":pager off");
    assert!(ask(&mut terminal, ":last").contains("│  1 │"));
    ask(&mut terminal, ":pager always");
    assert!(ask(&mut terminal, "count symptoms").contains("PAGED"));
    leave(terminal);
}

#[test]
fn a_pager_that_leaves_early_or_is_not_there_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let early = pager(folder.path(), "exit 3");
    let mut terminal = start_with(folder.path(), 100, false, &[("OMS_PAGER", &early)]);
    until(&mut terminal, PROMPT);
    let long = ask(&mut terminal, "around OMS within 2");
    assert!(long.contains(" rows in ") && !long.contains("error"), "{long}");
    assert!(ask(&mut terminal, "count symptoms").contains("14"));
    leave(terminal);
    let mut terminal = start_with(folder.path(), 100, false, &[("OMS_PAGER", "no-such-pager --at-all")]);
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, "around OMS within 2").contains("│  1 │"));
    leave(terminal);
    let mut dumb = start_with(folder.path(), 100, false, &[("OMS_PAGER", &early), ("TERM", "dumb")]);
    until(&mut dumb, PROMPT);
    dumb.send(format!("around OMS within 2{ENTER}")).unwrap();
    until(&mut dumb, "│  1 │");
    until(&mut dumb, PROMPT);
    leave(dumb);
}

#[test]
fn ctrl_c_in_the_pager_is_the_pager_s() {
    let folder = tempfile::tempdir().unwrap();
    let slow = pager(folder.path(), "trap 'echo STOPPED; exit 0' INT; echo READY; while :; do sleep 0.1; done");
    let mut terminal = start_with(folder.path(), 100, false, &[("OMS_PAGER", &slow)]);
    until(&mut terminal, PROMPT);
    terminal.send(format!("around OMS within 2{ENTER}")).unwrap();
    until(&mut terminal, "READY");
    terminal.send(CTRL_C).unwrap();
    until(&mut terminal, "STOPPED");
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, "count symptoms").contains("14"));
    leave(terminal);
}

#[test]
fn the_clipboard_is_the_terminal_s_where_no_program_has_one() {
    let folder = tempfile::tempdir().unwrap();
    let from_afar = [("SSH_TTY", "/dev/pts/0")];
    let mut terminal = start_with(folder.path(), 100, false, &from_afar);
    until(&mut terminal, PROMPT);
    ask(&mut terminal, "count symptoms");
    let copied = ask(&mut terminal, ":copy csv");
    // `count,certainty,evidence` and a row, as the terminal reads it.
    assert!(copied.contains("\x1b]52;c;Y291bnQsY2VydGFpbnR5LGV2aWRlbmNlCjE0LGNlcnRhaW4sCg==\x07"), "{copied:?}");
    assert!(copied.contains("1 row sent to the terminal's clipboard as csv"), "{copied:?}");
    leave(terminal);
}

#[test]
fn the_folder_of_the_sources_is_named_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let graph = folder.path().join("graph");
    fs::create_dir(&graph).unwrap();
    let mut terminal = start(folder.path(), 100, false);
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, ":sources").contains("no sentences are quoted"));
    assert!(ask(&mut terminal, ":sources no/such/folder").contains("cannot be read"));
    assert!(ask(&mut terminal, ":sources graph").contains("from now on"));
    assert!(ask(&mut terminal, ":sources").contains("graph"));
    leave(terminal);
}

#[test]
fn what_takes_long_says_how_far_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    terminal.send(format!("MATCH (a), (b), (c), (d), (e) RETURN count(*), collect(a.name + e.name);{ENTER}")).unwrap();
    until(&mut terminal, " rows, Ctrl-C stops");
    terminal.send(CTRL_C).unwrap();
    until(&mut terminal, "interrupted");
    until(&mut terminal, PROMPT);
    leave(terminal);
}
