//! A screen: what a terminal really shows of what the program writes, row by row, with its cursor.

use std::num::NonZero;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{Expect, Session};

/// The rows of every screen.
const ROWS: u16 = 50;

/// How long the screen may take to show something.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program on a terminal whose screen is looked at.
pub struct Screen {
    terminal: OsSession,
    model: vt100::Parser,
    /// All that was written.
    pub written: Vec<u8>,
}

impl Screen {
    /// The program, with its history in the folder, on a terminal of this many columns, at its prompt. Of the environment it has these
    /// variables; an empty `TERM` stands for none.
    pub fn start(folder: &Path, columns: u16, variables: &[(&str, &str)]) -> Screen {
        let mut screen = Screen::run(folder, columns, variables, &format!("exec {}", env!("CARGO_BIN_EXE_oms")));
        screen.until("the prompt", |screen| screen.row_of("oms> ").is_some());
        screen
    }

    /// A line of the shell on such a terminal.
    pub fn run(folder: &Path, columns: u16, variables: &[(&str, &str)], line: &str) -> Screen {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("read -r go; stty cols {columns} rows {ROWS}; {line}")).current_dir(folder);
        shell.env("OMS_HISTORY", folder.join("history")).env("OMS_PAGER", "").env("NO_COLOR", "1");
        shell.env("TERM", "xterm").env("LC_ALL", "C.UTF-8").env_remove("VISUAL").env_remove("EDITOR");
        for (name, value) in variables {
            if value.is_empty() {
                shell.env_remove(name)
            } else {
                shell.env(name, value)
            };
        }
        let mut terminal = Session::spawn(shell).expect("a pseudo-terminal");
        terminal.send("\n").expect("the shell reads a line");
        Screen { terminal, model: vt100::Parser::new(positive(ROWS), positive(columns), 0), written: Vec::new() }
    }

    /// Presses keys.
    pub fn press(&mut self, keys: impl AsRef<[u8]>) {
        self.terminal.send(keys.as_ref()).expect("a terminal that takes keys");
    }

    /// Presses keys and waits for a text to be on the screen.
    pub fn press_until(&mut self, keys: impl AsRef<[u8]>, text: &str) {
        self.press(keys);
        self.until(text, |screen| screen.row_of(text).is_some());
    }

    /// Clears the screen, as Ctrl-L does, and waits until that is done.
    pub fn clear(&mut self) {
        self.press("\x0c");
        self.until("an empty screen", |screen| screen.rows().len() <= 1 && screen.rows().iter().all(|row| row.starts_with("oms>")));
    }

    /// Waits until the screen is as it should be.
    pub fn until(&mut self, what: &str, is_so: impl Fn(&Screen) -> bool) {
        let begun = Instant::now();
        while !is_so(self) {
            assert!(begun.elapsed() < PATIENCE, "no {what}, but:\n{}", self.rows().join("\n"));
            self.look();
        }
    }

    /// Waits until nothing is written for a while.
    pub fn settle(&mut self) {
        let mut last = Instant::now();
        while last.elapsed() < Duration::from_millis(150) {
            if self.look() {
                last = Instant::now();
            }
        }
    }

    /// Takes what was written; whether there was anything.
    fn look(&mut self) -> bool {
        let mut bytes = [0; 1 << 14];
        match self.terminal.try_read(&mut bytes) {
            Ok(count) if count > 0 => {
                self.model.process(&bytes[..count]);
                self.written.extend_from_slice(&bytes[..count]);
                true
            }
            _ => {
                std::thread::sleep(Duration::from_millis(5));
                false
            }
        }
    }

    /// The screen as it is: its cells with their colours.
    pub fn shown(&self) -> &vt100::Screen {
        self.model.screen()
    }

    /// The rows down to the last one that is not empty, without blanks at their ends.
    pub fn rows(&self) -> Vec<String> {
        let (_, columns) = self.model.screen().size();
        let mut rows: Vec<String> = self.model.screen().rows(0, columns.get()).map(|row| row.trim_end().to_owned()).collect();
        while rows.last().is_some_and(String::is_empty) {
            rows.pop();
        }
        rows
    }

    /// The last rows.
    pub fn last(&self, count: usize) -> Vec<String> {
        let rows = self.rows();
        rows[rows.len().saturating_sub(count)..].to_vec()
    }

    /// The row and the column of the cursor.
    pub fn cursor(&self) -> (u16, u16) {
        self.model.screen().cursor_position()
    }

    /// The last row in which a text stands.
    pub fn row_of(&self, text: &str) -> Option<usize> {
        self.model.screen().rows(0, self.model.screen().size().1.get()).collect::<Vec<_>>().iter().rposition(|row| row.contains(text))
    }

    /// The colour of the last place where a text stands, by its number, and whether it is underlined there.
    pub fn look_of(&self, text: &str) -> Option<(vt100::Color, bool)> {
        let row = self.row_of(text)?;
        let line = self.model.screen().rows(0, self.model.screen().size().1.get()).nth(row)?;
        let column = line[..line.rfind(text)?].chars().count();
        let cell = self.shown().cell(u16::try_from(row).ok()?, u16::try_from(column).ok()?)?;
        Some((cell.fgcolor(), cell.underline()))
    }

    /// Gives the terminal another width.
    pub fn resize(&mut self, columns: u16) {
        self.settle();
        self.model.screen_mut().set_size(positive(ROWS), positive(columns));
        self.terminal.get_process_mut().set_window_size(columns, ROWS).expect("a terminal of another size");
    }

    /// Leaves with Ctrl-D and looks at the exit status.
    pub fn leave(mut self) {
        self.settle();
        self.press("\x04");
        self.end();
    }

    /// Waits for the end of the program, which is to be a good one.
    pub fn end(mut self) {
        let begun = Instant::now();
        while self.terminal.get_process().is_alive().unwrap_or(false) {
            self.look();
            assert!(begun.elapsed() < PATIENCE, "the program goes on:\n{}", self.rows().join("\n"));
        }
        if let Ok(WaitStatus::Exited(_, status)) = self.terminal.get_process().wait() {
            assert_eq!(status, 0);
        }
    }

    /// The terminal is there no more.
    pub fn vanish(self) {
        drop(self);
    }
}

fn positive(number: u16) -> NonZero<u16> {
    NonZero::new(number).expect("a terminal has rows and columns")
}
