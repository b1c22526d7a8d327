//! The prompt on a real pseudo-terminal: what a person sees and types, run against the built program.

#![allow(clippy::panic)] // A helper of a test may stop it.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{Eof, Expect, Session};

const PROMPT: &str = "oms> ";
const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
/// What the line editor sends when it hands a line over: prompts before it are those of the line while it is typed.
const TAKEN: &str = "\x1b[?2004l";
const TAB: &str = "\t";
const ENTER: &str = "\r";

/// The program on a terminal of this many columns, with its history in the folder; the banner is there still to be read.
fn start(folder: &Path, columns: u16, colour: bool) -> OsSession {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oms"));
    command.env("OMS_HISTORY", folder.join("history")).env("TERM", "xterm").current_dir(folder);
    if colour {
        command.env_remove("NO_COLOR");
    } else {
        command.env("NO_COLOR", "1");
    }
    // The size is there before the program looks: it is set when the terminal has got its own, which the line tells.
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("read -r go; stty cols {columns} rows 50; exec \"$0\"")).arg(command.get_program());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell.current_dir(folder);
    let mut terminal = Session::spawn(shell).expect("a pseudo-terminal");
    terminal.set_expect_timeout(Some(Duration::from_secs(20)));
    terminal.send("\n").expect("the shell reads a line");
    terminal
}

/// Waits for a text and gives back what was shown up to its end.
fn until(terminal: &mut OsSession, text: &str) -> String {
    match terminal.expect(text) {
        Ok(found) => String::from_utf8_lossy(found.as_bytes()).into_owned(),
        Err(error) => {
            let mut rest = vec![0; 1 << 16];
            let count = terminal.try_read(&mut rest).unwrap_or(0);
            panic!("no '{text}' ({error}), but: {}", String::from_utf8_lossy(&rest[count.saturating_sub(600)..count]));
        }
    }
}

/// Types a line and gives back what is shown up to the next prompt.
fn ask(terminal: &mut OsSession, line: &str) -> String {
    press(terminal, &format!("{line}{ENTER}"))
}

/// Presses keys that end a line, whichever way, and gives back what is shown behind it, up to the next prompt.
fn press(terminal: &mut OsSession, keys: &str) -> String {
    terminal.send(keys).expect("a terminal that takes keys");
    until(terminal, TAKEN);
    until(terminal, PROMPT)
}

fn leave(mut terminal: OsSession) {
    terminal.send(CTRL_D).expect("a terminal that takes keys");
    ended(&mut terminal);
}

fn ended(terminal: &mut OsSession) {
    terminal.expect(Eof).expect("the end of the program");
    match terminal.get_process().wait().expect("an exit status") {
        WaitStatus::Exited(_, status) => assert_eq!(status, 0),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_conversation() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 100, false);
    let banner = until(&mut terminal, PROMPT);
    for words in ["Opsoclonus-myoclonus syndrome", "64 entities", "from 1 source", "causes where population=adult", ":help"] {
        assert!(banner.contains(words), "{banner}");
    }
    let answer = ask(&mut terminal, "causes where population=adult");
    assert!(answer.contains("lung cancer") && answer.contains("sentence 17"), "{answer}");
    let wrong = ask(&mut terminal, "effects of lung cancr");
    assert!(wrong.contains("^^^") && wrong.contains("did you mean"), "{wrong}");
    assert!(ask(&mut terminal, ":help").contains(":export FILE"));
    assert!(ask(&mut terminal, ":help where").contains("population = adult"));
    assert!(ask(&mut terminal, ":hepl").contains("':help'"));
    leave(terminal);
}

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
fn ctrl_c_stops_a_pattern() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    terminal.send(format!("MATCH (a), (b), (c), (d), (e) RETURN count(*), collect(a.name + e.name);{ENTER}")).unwrap();
    std::thread::sleep(Duration::from_millis(400));
    terminal.send(CTRL_C).unwrap();
    until(&mut terminal, "interrupted");
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, "count symptoms").contains("14"));
    leave(terminal);
}

#[test]
fn ctrl_c_keeps_the_session_and_quit_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    press(&mut terminal, &format!("causes whe{CTRL_C}"));
    assert!(ask(&mut terminal, "count symptoms").contains("14"));
    terminal.send(format!(":quit{ENTER}")).unwrap();
    ended(&mut terminal);
}

#[test]
fn ctrl_c_stops_a_query_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    // Each step there and back multiplies the rows by the number of symptoms.
    let query = format!("what{}", " <-has_symptom- what -has_symptom-> what".repeat(6));
    terminal.send(format!("{query}{ENTER}")).unwrap();
    // The line is echoed before the query runs; it runs far longer than this.
    std::thread::sleep(Duration::from_millis(400));
    terminal.send(CTRL_C).unwrap();
    until(&mut terminal, "interrupted");
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, "count symptoms").contains("14"));
    leave(terminal);
}

#[test]
fn history_is_kept_across_runs_and_sessions_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = start(folder.path(), 80, false);
    until(&mut first, PROMPT);
    let mut second = start(folder.path(), 80, false);
    until(&mut second, PROMPT);
    ask(&mut first, "count symptoms");
    ask(&mut second, "count treatments");
    ask(&mut first, ":timing off");
    leave(second);
    leave(first);
    let mut third = start(folder.path(), 80, false);
    until(&mut third, PROMPT);
    let shown = ask(&mut third, ":history");
    for entry in ["count symptoms", "count treatments", ":timing off"] {
        assert!(shown.contains(entry), "{shown}");
    }
    // Two entries up: `:history` itself, then the last one of the other run.
    third.send(format!("\x1b[A\x1b[A{ENTER}")).unwrap();
    until(&mut third, "timing is off");
    until(&mut third, PROMPT);
    leave(third);
}

#[test]
fn a_history_that_cannot_be_kept_is_a_note() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("history")).unwrap();
    let mut terminal = start(folder.path(), 80, false);
    let banner = until(&mut terminal, PROMPT);
    assert!(banner.contains("is not kept"), "{banner}");
    assert!(ask(&mut terminal, "count symptoms").contains("14"));
    leave(terminal);
}

#[test]
fn answers_are_exported_and_shown_in_other_formats() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 80, false);
    until(&mut terminal, PROMPT);
    assert!(ask(&mut terminal, ":export causes.csv").contains("no-last-answer"));
    ask(&mut terminal, "causes where population=adult");
    assert!(ask(&mut terminal, ":export causes.csv").contains("2 rows written"));
    assert!(fs::read_to_string(folder.path().join("causes.csv")).unwrap().contains("lung cancer"));
    ask(&mut terminal, ":export view.dot");
    assert!(fs::read_to_string(folder.path().join("view.dot")).unwrap().contains("digraph"));
    ask(&mut terminal, ":format json");
    assert!(ask(&mut terminal, "count symptoms").contains("\"columns\""));
    assert!(ask(&mut terminal, ":open no/such/graph").contains("error"));
    assert!(ask(&mut terminal, "count symptoms").contains("\"columns\""));
    leave(terminal);
}

#[test]
fn answers_fit_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    for columns in [40, 160] {
        let mut terminal = start(folder.path(), columns, false);
        let banner = until(&mut terminal, PROMPT);
        let answer = ask(&mut terminal, "causes where population=adult");
        for line in banner.lines().chain(answer.lines()) {
            let shown = line.trim_end_matches(['\r', '\n']);
            let bare = shown.replace("\x1b[?2004h", "").replace("\x1b[K", "").replace("\x1b[?2004l", "");
            assert!(bare.contains('\x1b') || bare.chars().count() <= usize::from(columns), "{columns}: {shown:?}");
        }
        leave(terminal);
    }
}

#[test]
fn colours_and_hints_come_only_where_they_are_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let mut coloured = start(folder.path(), 80, true);
    until(&mut coloured, "> ");
    coloured.send("effects of lung canc").unwrap();
    until(&mut coloured, "\x1b[90mer\x1b[0m");
    coloured.send(format!("\x1b[C{ENTER}")).unwrap();
    until(&mut coloured, "opsoclonus-myoclonus");
    until(&mut coloured, "oms> ");
    leave(coloured);
    let mut plain = start(folder.path(), 80, false);
    let shown = format!("{}{}", until(&mut plain, PROMPT), ask(&mut plain, "causes where population=adult"));
    assert!(!shown.contains("\x1b[3") && !shown.contains("\x1b[1;"), "{shown:?}");
    leave(plain);
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
