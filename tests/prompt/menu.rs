//! The menu under the line: what stands in it, what the keys choose, and that it is gone when it is over.

use expectrl::Expect;

use crate::terminal::{CTRL_C, ENTER, PROMPT, TAB, ask, leave, press, start, until};

const SHIFT_TAB: &str = "\x1b[Z";
const DOWN: &str = "\x1b[B";

#[test]
fn a_menu_tells_kinds_and_rows_and_dead_ends_without_colour() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    terminal.send(format!("causes where population = {TAB}")).unwrap();
    let menu = until(&mut terminal, "girl         population  0 rows");
    assert!(menu.contains("adult        population  2 rows"), "{menu}");
    // Typing on narrows it, Enter takes it away and asks.
    terminal.send("ol").unwrap();
    let narrowed = until(&mut terminal, "older child");
    assert!(!narrowed.contains("adult "), "{narrowed}");
    terminal.send(format!("{TAB}{ENTER}")).unwrap();
    until(&mut terminal, "1 row");
    until(&mut terminal, PROMPT);
    leave(terminal);
}

#[test]
fn keys_choose_in_the_menu() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    terminal.send(format!("causes where population = {TAB}")).unwrap();
    until(&mut terminal, "0 rows");
    terminal.send(TAB).unwrap();
    until(&mut terminal, "> adult");
    terminal.send(DOWN).unwrap();
    until(&mut terminal, "> young child");
    terminal.send(format!("{TAB}{SHIFT_TAB}{SHIFT_TAB}")).unwrap();
    until(&mut terminal, "> older child");
    until(&mut terminal, "> young child");
    until(&mut terminal, "> adult");
    let answer = press(&mut terminal, ENTER);
    assert!(answer.contains("lung cancer") && answer.contains("2 rows"), "{answer}");
    // With no menu the arrow keys go through what was typed before.
    terminal.send("\x1b[A").unwrap();
    until(&mut terminal, "causes where population = adult");
    press(&mut terminal, CTRL_C);
    leave(terminal);
}

#[test]
fn a_menu_never_asks_and_never_takes_keys_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 40, false);
    until(&mut terminal, PROMPT);
    terminal.send(TAB).unwrap();
    let menu = until(&mut terminal, "more: type on");
    assert!(!menu.contains("--More--") && !menu.contains("y or n"), "{menu}");
    for line in menu.lines() {
        let bare = line.trim_end().trim_start_matches("\x1b[K").trim_start_matches("\x1b[?2026h");
        assert!(bare.contains('\x1b') || bare.chars().count() < 40, "{bare:?}");
    }
    assert!(ask(&mut terminal, "count symptoms").contains("14"));
    // A menu that was left by Ctrl-C is not there at the next prompt.
    terminal.send(TAB).unwrap();
    until(&mut terminal, "more: type on");
    press(&mut terminal, CTRL_C);
    assert!(ask(&mut terminal, "count symptoms").contains("14"));
    leave(terminal);
}

#[test]
fn what_must_follow_is_put_in_with_its_space_and_names_are_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 120, false);
    until(&mut terminal, PROMPT);
    let answer = press(&mut terminal, &format!("causes wh{TAB}population = adult{ENTER}"));
    assert!(answer.contains("2 rows"), "{answer}");
    let answer = press(&mut terminal, &format!("effects of neuroblastomma{TAB}{ENTER}"));
    assert!(answer.contains("│ neuroblastoma │"), "{answer}");
    let answer = press(&mut terminal, &format!("symptoms of cerebellar{TAB}{ENTER}"));
    assert!(answer.contains("acute cerebellar ataxia"), "{answer}");
    leave(terminal);
}

#[test]
fn dead_ends_are_dimmed_where_there_is_colour() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, true);
    until(&mut terminal, "> ");
    terminal.send(format!("causes where population = {TAB}")).unwrap();
    until(&mut terminal, "\x1b[90m  boy");
    press(&mut terminal, CTRL_C);
    leave(terminal);
}
