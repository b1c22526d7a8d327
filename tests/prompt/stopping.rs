//! What Ctrl-C stops, and how a conversation ends.

use std::time::Duration;

use expectrl::Expect;

use crate::terminal::{CTRL_C, ENTER, PROMPT, ask, ended, leave, press, start, until};

#[test]
fn ctrl_c_stops_a_pattern() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    terminal.send(format!("MATCH (a), (b), (c), (d), (e) RETURN count(*), collect(a.name + e.name);{ENTER}")).unwrap();
    std::thread::sleep(Duration::from_millis(400));
    terminal.send(CTRL_C).unwrap();
    until(&mut terminal, "interrupted");
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, "count symptoms").contains("14"));
    leave(terminal);
}

#[test]
fn ctrl_c_keeps_the_session_and_quit_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    press(&mut terminal, &format!("causes whe{CTRL_C}"));
    assert!(ask(&mut terminal, "count symptoms").contains("14"));
    terminal.send(format!(":quit{ENTER}")).unwrap();
    ended(&mut terminal);
}

#[test]
fn ctrl_c_stops_a_query_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    // Every five entities are tried, and none of them fits.
    let query = "MATCH (a), (b), (c), (d), (e) WHERE a.name + b.name + c.name + d.name + e.name = 'x' RETURN a;";
    terminal.send(format!("{query}{ENTER}")).unwrap();
    // The line is echoed before the query runs; it runs far longer than this.
    std::thread::sleep(Duration::from_millis(400));
    terminal.send(CTRL_C).unwrap();
    until(&mut terminal, "interrupted");
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, "count symptoms").contains("14"));
    leave(terminal);
}
