//! A real pseudo-terminal with the program on it: keys go in, what is shown comes back.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{Eof, Expect, Session};

pub const PROMPT: &str = "oms> ";
pub const CTRL_C: &str = "\x03";
pub const CTRL_D: &str = "\x04";
/// What the line editor sends when it hands a line over: prompts before it are those of the line while it is typed.
pub const TAKEN: &str = "\x1b[?2004l";
pub const TAB: &str = "\t";
pub const ENTER: &str = "\r";
/// A query that runs for hours: every five entities are tried, and none of them fits.
pub const ENDLESS: &str = "MATCH (a), (b), (c), (d), (e) WHERE a.name + b.name + c.name + d.name + e.name = 'x' RETURN a;";

/// The program on a terminal of this many columns, with its history in the folder; the banner is there still to be read.
pub fn start(folder: &Path, columns: u16, colour: bool) -> OsSession {
    start_with(folder, columns, colour, &[])
}

/// The same with these variables in its environment.
pub fn start_with(folder: &Path, columns: u16, colour: bool, variables: &[(&str, &str)]) -> OsSession {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oms"));
    command.env("OMS_HISTORY", folder.join("history")).env("TERM", "xterm").env("LC_ALL", "C.UTF-8").env("OMS_PAGER", "");
    command.env("OMS_CONFIG", folder.join("config.toml")).envs(variables.iter().copied()).current_dir(folder);
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
pub fn until(terminal: &mut OsSession, text: &str) -> String {
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
pub fn ask(terminal: &mut OsSession, line: &str) -> String {
    press(terminal, &format!("{line}{ENTER}"))
}

/// Presses keys that end a line, whichever way, and gives back what is shown behind it, up to the next prompt.
pub fn press(terminal: &mut OsSession, keys: &str) -> String {
    terminal.send(keys).expect("a terminal that takes keys");
    until(terminal, TAKEN);
    until(terminal, PROMPT)
}

pub fn leave(mut terminal: OsSession) {
    terminal.send(CTRL_D).expect("a terminal that takes keys");
    ended(&mut terminal);
}

pub fn ended(terminal: &mut OsSession) {
    terminal.expect(Eof).expect("the end of the program");
    match terminal.get_process().wait().expect("an exit status") {
        WaitStatus::Exited(_, status) => assert_eq!(status, 0),
        other => panic!("{other:?}"),
    }
}
