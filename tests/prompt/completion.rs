//! What Tab offers.

use expectrl::Expect;

use crate::terminal::{CTRL_C, ENTER, PROMPT, TAB, leave, press, start, until};

#[test]
fn tab_completes_names_values_and_commands() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    terminal.send(format!("effects of lung c{TAB}")).unwrap();
    until(&mut terminal, "lung cancer");
    terminal.send(ENTER).unwrap();
    until(&mut terminal, "opsoclonus-myoclonus");
    until(&mut terminal, PROMPT);
    terminal.send(format!("causes where population = young c{TAB}")).unwrap();
    until(&mut terminal, "young child");
    terminal.send(ENTER).unwrap();
    until(&mut terminal, "ganglioneuroblastoma");
    until(&mut terminal, PROMPT);
    terminal.send(format!("causes where population = {TAB}")).unwrap();
    until(&mut terminal, "older child");
    press(&mut terminal, CTRL_C);
    terminal.send(format!(":hel{TAB}")).unwrap();
    until(&mut terminal, ":help");
    press(&mut terminal, CTRL_C);
    leave(terminal);
}
