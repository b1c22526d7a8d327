//! Keys: what was typed before, found again; the keys of vi; the editor of one's choice.

use std::fs;
use std::path::Path;

use crate::screen::Screen;
use crate::terminal::{CTRL_C, ENTER};

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const ESCAPE: &str = "\x1b";

/// An editor that does this to a file, and the variable that names it.
fn editor(folder: &Path, script: &str) -> String {
    let path = folder.join("an editor");
    fs::write(&path, format!("{script}\n")).expect("a file in the folder");
    format!("sh '{}'", path.display())
}

#[test]
fn what_begins_so_is_found_with_up_and_the_rest_by_a_search() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("history"), "#V2\ncount symptoms\ncauses of OMS\ncount treatments\n:timing on\n").unwrap();
    let mut screen = Screen::start(folder.path(), 80, &[]);
    screen.clear();
    screen.press_until("cou", "oms> cou");
    screen.press_until(UP, "oms> count treatments");
    screen.press_until(UP, "oms> count symptoms");
    screen.press(UP);
    screen.press_until(DOWN, "oms> count treatments");
    screen.press(DOWN);
    screen.until("what was typed", |screen| screen.last(1) == ["oms> cou"]);
    screen.press("\x15");
    screen.press("\x12");
    screen.press_until("of O", "`of O': causes of OMS");
    screen.press_until(ENTER, " rows");
    screen.leave();
}

#[test]
fn an_entry_is_kept_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 80, &[]);
    screen.press_until(format!("count symptoms{ENTER}"), "14");
    assert_eq!(fs::read_to_string(folder.path().join("history")).unwrap(), "#V2\ncount symptoms\n");
    screen.leave();
}

#[test]
fn the_keys_may_be_those_of_vi() {
    let folder = tempfile::tempdir().unwrap();
    let edits = editor(folder.path(), "sed -i s/count/causes/ \"$1\"");
    let mut screen = Screen::start(folder.path(), 80, &[("EDITOR", &edits)]);
    screen.press_until(format!(":keys vi{ENTER}"), "the keys are those of vi");
    screen.settle();
    screen.clear();
    screen.press_until("cont symptoms", "oms> cont symptoms");
    screen.press(ESCAPE);
    std::thread::sleep(std::time::Duration::from_millis(200));
    screen.press("0lliu");
    screen.until("the letter", |screen| screen.last(1) == ["oms> count symptoms"]);
    screen.press_until(ENTER, "14");
    screen.press(ESCAPE);
    std::thread::sleep(std::time::Duration::from_millis(200));
    screen.press("k");
    screen.settle();
    screen.press("v");
    screen.until("what the editor made of it", |screen| screen.last(1) == ["oms> causes symptoms"]);
    screen.press(CTRL_C);
    screen.settle();
    screen.leave();
}

#[test]
fn an_editor_of_ones_choice_gets_the_input_and_gives_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let edits = editor(folder.path(), "sed -i s/teen/adult/ \"$1\"; echo '-- seen' >> \"$1\"");
    let mut screen = Screen::start(folder.path(), 80, &[("VISUAL", &edits), ("EDITOR", "false")]);
    screen.clear();
    screen.press_until("causes where population = teen", "teen");
    screen.press_until("\x18\x05", "...> -- seen");
    // It is looked at first.
    assert!(screen.row_of("2 rows").is_none());
    screen.press_until(ENTER, "2 rows");
    screen.clear();
    screen.press_until(format!("count symptoms{ENTER}"), "14");
    screen.clear();
    screen.press_until(format!(":edit 1{ENTER}"), "...> -- seen");
    screen.press(CTRL_C);
    screen.settle();
    screen.clear();
    screen.press_until(format!(":edit{ENTER}"), "...> -- seen");
    assert!(screen.row_of("oms> count symptoms").is_some());
    screen.press(CTRL_C);
    screen.settle();
    screen.press_until(format!(":edit 99{ENTER}"), "there is no entry 99");
    screen.leave();
}

#[test]
fn an_editor_that_fails_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 80, &[("EDITOR", "no-such-editor")]);
    screen.clear();
    screen.press_until("causes of OMS", "oms> causes of OMS");
    screen.press_until("\x18\x05", "what was typed is kept");
    screen.until("what was typed", |screen| screen.last(1) == ["oms> causes of OMS"]);
    screen.press_until(ENTER, " rows");
    screen.leave();
    let line = format!("PATH=/nowhere exec '{}'", env!("CARGO_BIN_EXE_oms"));
    let mut screen = Screen::run(folder.path(), 80, &[], &line);
    screen.until("the prompt", |screen| screen.row_of("oms> ").is_some());
    screen.press_until("causes\x18\x05", "there is no editor");
    screen.press(CTRL_C);
    screen.settle();
    screen.leave();
}
