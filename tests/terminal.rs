//! Terminal: what the program writes to a real terminal: colours where they are welcome, and lines that fit.

#![cfg(unix)]

use std::process::Command;

use expectrl::process::unix::WaitStatus;
use expectrl::{Eof, Expect, Session};

/// What the program writes to a terminal of 80 columns, as a whole.
fn on_terminal(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oms"));
    command.args(arguments).env_remove("NO_COLOR").env_remove("COLUMNS").env("TERM", "xterm-256color");
    command.envs(environment.iter().copied());
    let mut session = Session::spawn(command).expect("the program starts");
    let _: Result<(), _> = session.get_process_mut().set_window_size(80, 24);
    let found = session.expect(Eof).expect("the program ends");
    let text = String::from_utf8_lossy(found.as_bytes()).into_owned();
    assert!(matches!(session.get_process().wait(), Ok(WaitStatus::Exited(..))));
    text
}

#[test]
fn colours_are_for_terminals_that_welcome_them() {
    let ask = ["ask", "causes where population = adult"];
    assert!(on_terminal(&ask, &[]).contains('\u{1b}'));
    assert!(on_terminal(&ask, &[("NO_COLOR", "")]).contains('\u{1b}'), "an empty NO_COLOR says nothing");
    assert!(!on_terminal(&ask, &[("NO_COLOR", "1")]).contains('\u{1b}'));
    assert!(!on_terminal(&ask, &[("TERM", "dumb")]).contains('\u{1b}'));
    assert!(!on_terminal(&["ask", "causes", "--no-color"], &[]).contains('\u{1b}'));
    assert!(on_terminal(&["ask", "causse"], &[]).contains('\u{1b}'));
    assert!(!on_terminal(&["ask", "causse", "--no-color"], &[]).contains('\u{1b}'));
    assert!(!on_terminal(&["--nonsense", "--no-color"], &[]).contains('\u{1b}'));
    assert!(!on_terminal(&["--help"], &[("NO_COLOR", "1")]).contains('\u{1b}'));
}

#[test]
fn lines_fit_the_terminal() {
    let widest = |text: &str| text.lines().map(|line| line.trim_end().chars().count()).max().unwrap_or(0);
    let environment = |columns| [("COLUMNS", columns), ("NO_COLOR", "1")];
    let text = on_terminal(&["ask", "causes"], &environment("60"));
    assert!((40..=60).contains(&widest(&text)), "{text}");
    let text = on_terminal(&["ask", "causes", "--width", "100"], &environment("60"));
    assert!((80..=100).contains(&widest(&text)), "{text}");
}
