//! Terminals: narrow, wide and resized ones, plain ones, and those that show less than Unicode.

use crate::screen::Screen;
use crate::terminal::{CTRL_C, ENTER};

const QUERY: &str = "causes where population = adult";

#[test]
fn a_terminal_is_resized_between_answers_and_while_somebody_types() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 80, &[]);
    for columns in [40, 200] {
        screen.resize(columns);
        screen.clear();
        screen.press_until(format!("{QUERY}{ENTER}"), "2 rows left out");
        screen.settle();
        let frame = screen.rows().iter().find(|row| row.starts_with('┌')).map(|row| row.chars().count());
        assert!(frame.is_none_or(|width| width <= usize::from(columns)), "{columns}: {:?}", screen.rows());
    }
    screen.clear();
    screen.press_until(format!("{QUERY} sort by cause"), "sort by cause");
    screen.resize(40);
    screen.settle();
    screen.press_until(format!(" desc{ENTER}"), "2 rows left out");
    assert!(screen.row_of("lung cancer") < screen.row_of("breast cancer"), "{:?}", screen.rows());
    screen.clear();
    screen.press_until(format!("MATCH (t:Trigger){ENTER}RETURN count(t)"), "...> RETURN count(t)");
    screen.resize(200);
    screen.settle();
    screen.press_until(format!(";{ENTER}"), "1 row");
    screen.leave();
}

#[test]
fn a_dumb_terminal_gets_lines_and_no_escapes() {
    let folder = tempfile::tempdir().unwrap();
    for term in ["dumb", ""] {
        let mut screen = Screen::start(folder.path(), 80, &[("TERM", term), ("NO_COLOR", "")]);
        screen.press_until("causes where\n", "...> ");
        screen.press_until("population = adult\n", "2 rows left out");
        screen.press_until("effects of lung cancr\n", "did you mean");
        screen.settle();
        screen.press("causes where\n\n");
        screen.settle();
        screen.press(CTRL_C);
        screen.settle();
        screen.press_until("count symptoms\n", "14");
        assert!(!screen.written.contains(&0x1b), "{:?}", String::from_utf8_lossy(&screen.written));
        screen.leave();
    }
}

#[test]
fn a_terminal_without_unicode_gets_signs_that_it_has() {
    let folder = tempfile::tempdir().unwrap();
    for (variable, locale) in [("LC_ALL", "C"), ("LC_ALL", "de_DE.ISO-8859-1")] {
        let mut screen = Screen::start(folder.path(), 80, &[(variable, locale)]);
        screen.press_until(format!("{QUERY}{ENTER}"), "2 rows left out");
        screen.press_until(format!("effects of lung cancr{ENTER}"), "did you mean");
        screen.press_until(format!(":help find{ENTER}"), "slips of the keys");
        screen.settle();
        assert!(screen.row_of("+---").is_some() && screen.row_of("| lung cancer").is_some(), "{:?}", screen.rows());
        assert!(screen.written.is_ascii(), "{:?}", String::from_utf8_lossy(&screen.written));
        screen.leave();
    }
}

#[test]
fn bytes_that_are_no_text_are_told_of_and_nothing_typed_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 80, &[]);
    screen.clear();
    screen.press_until("find \"Sj", "oms> find \"Sj");
    screen.settle();
    // An o with two dots as another encoding has it.
    screen.press([0xf6]);
    screen.settle();
    screen.press_until("g", "not UTF-8 text");
    screen.until("what was typed", |screen| screen.last(1) == ["oms> find \"Sj"]);
    screen.press(CTRL_C);
    screen.settle();
    screen.leave();
}

#[test]
fn a_hint_is_gone_once_the_line_is_left() {
    let folder = tempfile::tempdir().unwrap();
    for key in [CTRL_C, ENTER] {
        let mut screen = Screen::start(folder.path(), 80, &[("NO_COLOR", "")]);
        screen.clear();
        screen.press_until("effects of lung canc", "oms> effects of lung cancer");
        screen.press(key);
        screen.until("the line as it was typed", |screen| screen.rows().first().is_some_and(|row| row == "oms> effects of lung canc"));
        screen.settle();
        screen.leave();
    }
}

#[test]
fn a_suspended_program_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let line = format!("set -m; PS1='shell> ' exec sh -i -c '{}; echo back; fg; echo over'", env!("CARGO_BIN_EXE_oms"));
    let mut screen = Screen::run(folder.path(), 80, &[], &line);
    screen.until("the prompt", |screen| screen.row_of("oms> ").is_some());
    screen.clear();
    screen.press_until("count symp", "oms> count symp");
    screen.press("\x1a");
    screen.until("the shell", |screen| screen.row_of("back").is_some());
    screen.until("the line again", |screen| screen.last(1).iter().all(|row| row.starts_with("oms> count symp")));
    screen.press_until(format!("toms{ENTER}"), "14");
    screen.press("\x04");
    screen.until("the end", |screen| screen.row_of("over").is_some());
}
