//! What Ctrl-C stops, and how a conversation ends.

use std::time::Duration;

use expectrl::Expect;

use crate::terminal::{CTRL_C, ENDLESS, ENTER, PROMPT, ask, ended, leave, press, start, until};

#[test]
fn ctrl_c_stops_a_query_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    // Once no row is ever found, once all rows are gathered.
    for query in [ENDLESS, "MATCH (a), (b), (c), (d), (e) RETURN count(*), collect(a.name + e.name);"] {
        terminal.send(format!("{query}{ENTER}")).unwrap();
        // The line is echoed before the query runs; it runs far longer than this.
        std::thread::sleep(Duration::from_millis(400));
        terminal.send(CTRL_C).unwrap();
        until(&mut terminal, "interrupted");
        until(&mut terminal, PROMPT);
        assert!(ask(&mut terminal, "count symptoms").contains("14"), "{query}");
    }
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
