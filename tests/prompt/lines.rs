//! Inputs of several lines: one text, edited up and down.

use crate::screen::Screen;
use crate::terminal::{CTRL_C, ENTER};

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const RIGHT: &str = "\x1b[C";
const LEFT: &str = "\x1b[D";
const HOME: &str = "\x1b[H";
const BACKSPACE: &str = "\x7f";
const ALT_ENTER: &str = "\x1b\r";

fn pattern(screen: &mut Screen) {
    screen.clear();
    screen.press(format!("MATCH (t:Trigger){ENTER}"));
    screen.press(format!("WHERE t.name CONTAINS 'lung'{ENTER}"));
    screen.press_until("RETURN t.name", "...> RETURN t.name");
    screen.settle();
}

#[test]
fn the_arrow_keys_go_through_the_lines_of_an_input() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 80, &[]);
    pattern(&mut screen);
    assert_eq!(screen.rows(), ["oms> MATCH (t:Trigger)", "...> WHERE t.name CONTAINS 'lung'", "...> RETURN t.name"]);
    assert_eq!(screen.cursor(), (2, 18));
    screen.press(UP);
    screen.until("the line above", |screen| screen.cursor() == (1, 18));
    screen.press(HOME);
    screen.until("its beginning", |screen| screen.cursor() == (1, 5));
    screen.press(LEFT);
    screen.until("the end of the first line", |screen| screen.cursor() == (0, 22));
    screen.press(RIGHT);
    screen.until("the second line", |screen| screen.cursor() == (1, 5));
    screen.press(DOWN);
    screen.until("the last line", |screen| screen.cursor() == (2, 5));
    // Lines are joined and parted.
    screen.press(BACKSPACE);
    screen.until("two lines", |screen| screen.rows().len() == 2);
    assert_eq!(screen.rows()[1], "...> WHERE t.name CONTAINS 'lung'RETURN t.name");
    screen.press(ALT_ENTER);
    screen.until("three lines", |screen| screen.rows().len() == 3 && screen.cursor() == (2, 5));
    // The input is one text: what ends it need not stand at the cursor.
    screen.press("\x05;");
    screen.press(UP);
    screen.press_until(ENTER, "1 row");
    assert!(screen.row_of("lung cancer").is_some());
    screen.leave();
}

#[test]
fn the_history_brings_all_lines_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 80, &[]);
    pattern(&mut screen);
    screen.press_until(format!(";{ENTER}"), "1 row");
    screen.leave();
    let mut screen = Screen::start(folder.path(), 80, &[]);
    screen.clear();
    screen.press_until(UP, "...> RETURN t.name;");
    screen.settle();
    assert_eq!(screen.rows(), ["oms> MATCH (t:Trigger)", "...> WHERE t.name CONTAINS 'lung'", "...> RETURN t.name;"]);
    screen.press_until(ENTER, "1 row");
    screen.press_until(format!(":history{ENTER}"), "   WHERE t.name");
    screen.leave();
}

#[test]
fn blocks_are_pasted_with_their_lines() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 80, &[]);
    screen.clear();
    screen.press("\x1b[200~MATCH (t:Trigger)\r\nWHERE\tt.name CONTAINS 'lung'\r\x03RETURN count(*)\x1b[201~");
    screen.until("the end of the block", |screen| screen.row_of("RETURN count(*)").is_some() || screen.row_of("oms> RETURN").is_some());
    screen.press(CTRL_C);
    screen.settle();
    screen.clear();
    screen.press("\x1b[200~MATCH (t:Trigger)\nWHERE\tt.name CONTAINS 'lung'\nRETURN count(*);\ncount symptoms\x1b[201~");
    screen.until("the block", |screen| screen.row_of("...> count symptoms").is_some());
    assert_eq!(screen.rows()[1], "...> WHERE t.name CONTAINS 'lung'");
    // Nothing runs before Enter; then one input after the other does, each shown above its answer.
    assert!(screen.row_of("count(*) │").is_none());
    screen.press_until(ENTER, "14");
    assert!(screen.row_of("oms> count symptoms") > screen.row_of("count(*) │"));
    screen.leave();
}

#[test]
fn lines_that_wrap_are_edited_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 40, &[]);
    screen.clear();
    screen.press(format!("MATCH (t:Trigger)-[:CAUSES]->(d:Disease){ENTER}RETURN t.name, d.name ORDER BY d.name, t.name"));
    screen.until("four rows", |screen| screen.rows().len() == 4 && screen.rows()[3] == "me, t.name");
    screen.press(HOME);
    screen.until("the line's beginning", |screen| screen.cursor() == (2, 5));
    screen.press(UP);
    screen.press("X");
    screen.until("the letter", |screen| screen.rows()[0] == "oms> XMATCH (t:Trigger)-[:CAUSES]->(d:Di");
    screen.press(CTRL_C);
    screen.settle();
    screen.leave();
}

#[test]
fn an_unfinished_input_is_ended_by_a_blank_line_and_left_by_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 80, &[]);
    screen.clear();
    screen.press_until(format!("causes where{ENTER}"), "...>");
    // Ctrl-D leaves an empty prompt, and this is none.
    screen.press("\x04\x04");
    screen.settle();
    screen.press_until("population = adult", "...> population = adult");
    screen.press_until(ENTER, "2 rows");
    screen.press(format!("causes where{ENTER}"));
    screen.press_until(ENTER, "error[");
    screen.leave();
}
