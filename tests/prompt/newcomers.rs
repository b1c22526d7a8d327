//! Newcomers: what hands do that learned other prompts, and what the prompt makes of it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use crate::screen::Screen;
use crate::terminal::ENTER;

const ESCAPE: &str = "\x1b";

#[test]
fn the_usual_pager_says_how_to_leave_it_and_can_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let less = folder.path().join("less");
    fs::write(&less, "#!/bin/sh\ncat > /dev/null\necho \"secure $LESSSECURE\"\necho \"$*\"\n").unwrap();
    fs::set_permissions(&less, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    for (options, is_told) in [("", true), ("-M", false)] {
        let variables = [("OMS_PAGER", ""), ("PAGER", ""), ("LESSSECURE", ""), ("PATH", &*path), ("LESS", options)];
        let mut screen = Screen::start(folder.path(), 100, &variables);
        screen.press_until(format!(":pager always{ENTER}"), "secure 1");
        screen.clear();
        screen.press_until(format!("count symptoms{ENTER}"), "1 row");
        assert!(screen.row_of("secure 1").is_some(), "{:?}", screen.rows());
        assert_eq!(screen.row_of("q goes back to the prompt").is_some(), is_told, "{:?}", screen.rows());
        screen.leave();
    }
}

#[test]
fn a_command_comes_between_the_lines_of_a_query_that_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    for term in ["xterm", "dumb"] {
        let mut screen = Screen::start(folder.path(), 80, &[("TERM", term)]);
        screen.press_until(format!("causes where{ENTER}"), "...> ");
        screen.press_until(format!(":numbers off{ENTER}"), "rows are not numbered");
        screen.until("what was begun", |screen| screen.last(2) == ["oms> causes where", "...>"]);
        screen.press_until(format!("population = adult{ENTER}"), "2 rows left out");
        screen.press_until(format!("possibly{ENTER}"), "a query cannot begin with");
        screen.press_until(format!("why{ENTER}"), "the query ends behind");
        screen.leave();
    }
}

#[test]
fn escape_closes_the_menu_and_takes_no_key_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 80, &[]);
    screen.clear();
    screen.press_until("causes where population = \t", "young child");
    screen.press(ESCAPE);
    screen.until("no menu", |screen| screen.rows() == ["oms> causes where population ="]);
    screen.press("adul");
    screen.until("every letter", |screen| screen.row_of("oms> causes where population = adul").is_some());
    // With Alt a key is still another one.
    screen.press("t\x1bb\x1bd");
    screen.until("the word gone", |screen| screen.last(1) == ["oms> causes where population ="]);
    screen.press_until(format!("adult{ENTER}"), "2 rows left out");
    screen.leave();
}

#[test]
fn a_long_line_that_comes_at_once_is_taken_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 80, &[("NO_COLOR", "")]);
    screen.press_until(format!("count symptoms{ENTER}"), "14");
    screen.clear();
    let begun = Instant::now();
    for _ in 0..5 {
        screen.press("causes of OMS and symptoms of neuroblastoma and ".repeat(5));
        std::thread::sleep(Duration::from_millis(20));
    }
    screen.press_until("the end", "the end");
    assert!(begun.elapsed() < Duration::from_secs(18), "{:?}", begun.elapsed());
    // Once nothing more comes, keys are looked at again.
    screen.settle();
    screen.press_until("\x15symp", "symptoms");
    screen.press("\x15");
    screen.leave();
}

#[test]
fn words_of_other_prompts_are_understood() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 80, &[]);
    for word in ["help", "?", "\\?", ".help"] {
        screen.clear();
        screen.press_until(format!("{word}{ENTER}"), ":help [TOPIC]");
    }
    for word in ["exit", "quit;", "\\q"] {
        screen.press(format!("{word}{ENTER}"));
        screen.end();
        screen = Screen::start(folder.path(), 80, &[]);
    }
    screen.leave();
}

#[test]
fn messages_break_between_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 40, &[]);
    screen.clear();
    screen.press_until(format!(":expand on{ENTER}"), "at a time");
    screen.settle();
    assert_eq!(screen.rows()[1..3], ["answers are shown one record at a time", "from now on; `:last` shows the last one"]);
    screen.clear();
    screen.press_until(format!("effects of nothing known{ENTER}"), "nothing in the");
    screen.settle();
    assert_eq!(screen.rows()[1..3], ["error[unknown-name]: nothing in the", "                     graph is called"]);
    screen.leave();
}
