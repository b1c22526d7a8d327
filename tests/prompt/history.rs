//! What was typed before, kept and found again.

use std::fs;

use expectrl::Expect;

use crate::terminal::{ENTER, PROMPT, ask, leave, start, until};

#[test]
fn history_is_kept_across_runs_and_sessions_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = start(folder.path(), 80, false);
    until(&mut first, PROMPT);
    let mut second = start(folder.path(), 80, false);
    until(&mut second, PROMPT);
    ask(&mut first, "count symptoms");
    ask(&mut second, "count treatments");
    ask(&mut first, ":timing off");
    leave(second);
    leave(first);
    let mut third = start(folder.path(), 80, false);
    until(&mut third, PROMPT);
    let shown = ask(&mut third, ":history");
    for entry in ["count symptoms", "count treatments", ":timing off"] {
        assert!(shown.contains(entry), "{shown}");
    }
    // Two entries up: `:history` itself, then the last one of the other run.
    third.send(format!("\x1b[A\x1b[A{ENTER}")).unwrap();
    until(&mut third, "timing is off");
    until(&mut third, PROMPT);
    leave(third);
}

#[test]
fn a_history_that_cannot_be_kept_is_a_note() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("history")).unwrap();
    let mut terminal = start(folder.path(), 80, false);
    let banner = until(&mut terminal, PROMPT);
    assert!(banner.contains("is not kept"), "{banner}");
    assert!(ask(&mut terminal, "count symptoms").contains("14"));
    leave(terminal);
}
