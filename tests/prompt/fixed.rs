//! The query as it was probably meant: one key takes it over.

use crate::terminal::{ENTER, PROMPT, ask, leave, press, start, until};

/// The right arrow key.
const RIGHT: &str = "\x1b[C";

#[test]
fn one_key_takes_the_fixed_query_over() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut terminal = start(folder.path(), 100, true);
    until(&mut terminal, PROMPT);
    let refused = ask(&mut terminal, "causes where popluation = adlt");
    assert!(refused.contains("2 things are wrong here"), "{refused}");
    assert!(refused.contains("the right arrow key takes the fixed query over"), "{refused}");
    let answered = press(&mut terminal, &format!("{RIGHT}{ENTER}"));
    assert!(answered.contains("breast cancer") && answered.contains("lung cancer"), "{answered}");
    // Once a query was answered there is nothing to take over.
    let nothing = press(&mut terminal, &format!("{RIGHT}{ENTER}"));
    assert!(!nothing.contains("breast cancer"), "{nothing}");
    leave(terminal);
}

#[test]
fn without_colours_there_is_no_hint_and_the_key_takes_the_fixed_query_that_was_shown() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut terminal = start(folder.path(), 40, false);
    until(&mut terminal, PROMPT);
    let refused = ask(&mut terminal, "symptms of OMS");
    assert!(refused.contains("fixed: symptoms of OMS"), "{refused}");
    assert!(refused.contains("the right arrow key takes the fixed\r\nquery over"), "{refused}");
    let answered = press(&mut terminal, &format!("{RIGHT}{ENTER}"));
    assert!(answered.contains(" rows in "), "{answered}");
    leave(terminal);
}
