//! Terminals that vanish, and answers that are stopped: the history is whole, and nothing goes on in the dark.

use std::fs;
use std::time::{Duration, Instant};

use crate::screen::Screen;
use crate::terminal::{CTRL_C, ENDLESS, ENTER};

/// The processes of the program whose folder this is.
fn running(folder: &std::path::Path) -> usize {
    let all = fs::read_dir("/proc").map(|entries| entries.flatten().collect::<Vec<_>>()).unwrap_or_default();
    let here = |entry: &fs::DirEntry| fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd == folder);
    let is_zombie = |entry: &fs::DirEntry| fs::read_to_string(entry.path().join("stat")).is_ok_and(|stat| stat.contains(") Z "));
    all.iter().filter(|entry| here(entry) && !is_zombie(entry)).count()
}

#[test]
fn a_terminal_that_vanishes_stops_the_query_and_leaves_the_history_whole() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().canonicalize().unwrap();
    for query in [Some(ENDLESS), None] {
        let mut screen = Screen::start(&place, 80, &[]);
        screen.press_until(format!("count symptoms{ENTER}"), "14");
        screen.settle();
        match &query {
            Some(query) => {
                screen.press(format!("{query}{ENTER}"));
                std::thread::sleep(Duration::from_millis(400));
            }
            None => screen.press_until("causes of", "oms> causes of"),
        }
        screen.vanish();
        let begun = Instant::now();
        while running(&place) > 0 {
            assert!(begun.elapsed() < Duration::from_secs(20), "the program runs on without a terminal");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    let history = fs::read_to_string(place.join("history")).unwrap();
    assert_eq!(history, format!("#V2\ncount symptoms\n{ENDLESS}\ncount symptoms\n"));
}

#[test]
fn ctrl_c_stops_an_answer_that_is_being_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 80, &[]);
    screen.press_until(format!(":format csv{ENTER}"), "csv");
    screen.press(format!("UNWIND range(1, 400000) AS n RETURN n, 'a number of many';{ENTER}"));
    screen.until("the beginning of the answer", |screen| screen.row_of("1000,a number").is_some() || screen.written.len() > 100_000);
    screen.press(CTRL_C);
    screen.until("the end", |screen| screen.row_of("interrupted").is_some());
    screen.settle();
    assert!(!String::from_utf8_lossy(&screen.written).contains("400000,a number"));
    screen.press_until(format!(":format table{ENTER}"), "table");
    screen.press_until(format!("count symptoms{ENTER}"), "14");
    screen.leave();
}

#[test]
fn ctrl_c_again_and_again_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 80, &[]);
    screen.press(format!("{ENDLESS}{ENTER}"));
    std::thread::sleep(Duration::from_millis(400));
    screen.press(format!("{CTRL_C}{CTRL_C}"));
    screen.until("the end of the query", |screen| screen.row_of("interrupted").is_some());
    screen.settle();
    assert!(screen.rows().iter().any(|row| row.starts_with("error[interrupted]")), "{:?}", screen.rows());
    screen.press(CTRL_C);
    screen.settle();
    screen.press_until(CTRL_C, "Ctrl-D leaves");
    screen.press_until(format!("count symptoms{ENTER}"), "14");
    screen.leave();
}
