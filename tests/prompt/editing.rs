//! Lines that are typed, pasted and broken.

use expectrl::Expect;

use crate::terminal::{CTRL_C, ENTER, PROMPT, TAB, ask, leave, press, start, until};

#[test]
fn an_unfinished_query_goes_on_and_a_blank_line_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    terminal.send(format!("causes where{ENTER}")).unwrap();
    until(&mut terminal, "...> ");
    let answer = ask(&mut terminal, "  population = adult");
    assert!(answer.contains("lung cancer"), "{answer}");
    terminal.send(format!("causes where{ENTER}")).unwrap();
    until(&mut terminal, "...> ");
    let wrong = ask(&mut terminal, "");
    assert!(wrong.contains("error"), "{wrong}");
    terminal.send(format!("causes where{ENTER}")).unwrap();
    until(&mut terminal, "...> ");
    press(&mut terminal, CTRL_C);
    assert!(ask(&mut terminal, "count symptoms").contains("14"));
    leave(terminal);
}

#[test]
fn a_pattern_takes_several_lines_until_its_semicolon() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, ":param id=oms").contains("$id is"));
    terminal.send(format!("MATCH (t:Trig{TAB})-[c:CAUS{TAB}]->(d {{id: $id}}){ENTER}")).unwrap();
    until(&mut terminal, "...> ");
    terminal.send(format!("WHERE 'adult' IN c.popu{TAB}{ENTER}")).unwrap();
    until(&mut terminal, "...> ");
    let answer = ask(&mut terminal, "RETURN t, d;");
    assert!(answer.contains("lung cancer") && answer.contains("2 rows"), "{answer}");
    assert!(ask(&mut terminal, "why 2").contains("sentence 17"));
    // A blank line ends a pattern whose semicolon was forgotten.
    terminal.send(format!("MATCH (n:Trigger) RETURN count(n){ENTER}")).unwrap();
    until(&mut terminal, "...> ");
    let answer = ask(&mut terminal, "");
    assert!(answer.contains("count(n)") && answer.contains("1 row"), "{answer}");
    let wrong = ask(&mut terminal, "MATCH (n) RETURN m;");
    assert!(wrong.contains("undefined-variable"), "{wrong}");
    leave(terminal);
}

#[test]
fn several_lines_at_once_are_answered_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 100, false);
    until(&mut terminal, PROMPT);
    terminal.send("\x1b[200~count symptoms\ncauses where\n  population = adult\n\x1b[201~").unwrap();
    terminal.send(ENTER).unwrap();
    until(&mut terminal, "14");
    until(&mut terminal, "lung cancer");
    until(&mut terminal, "2 rows");
    until(&mut terminal, PROMPT);
    leave(terminal);
}

#[test]
fn strange_keys_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    terminal.send("\x00\x01\x1b[999~\x16\x07\u{1f600}\u{202e}").unwrap();
    terminal.send(ENTER).unwrap();
    until(&mut terminal, "control-character");
    until(&mut terminal, PROMPT);
    let long = format!("find \"{}\"", "x".repeat(3_000));
    press(&mut terminal, &format!("\x1b[200~{long}\x1b[201~{ENTER}"));
    assert!(ask(&mut terminal, "count symptoms").contains("14"));
    leave(terminal);
}

#[test]
fn what_is_typed_ahead_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    terminal.send(format!("causes where population=adult{ENTER}count symptoms{ENTER}")).unwrap();
    until(&mut terminal, "2 rows");
    until(&mut terminal, "14");
    until(&mut terminal, PROMPT);
    leave(terminal);
}
