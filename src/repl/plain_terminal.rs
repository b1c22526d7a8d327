//! Plain terminal: lines as the terminal itself hands them over, where it is not known to move its cursor: prompts, and no escapes.

use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::command::{Failure, inputs, is_unfinished};

use super::gutter::Gutter;

/// Terminals that cannot be drawn on.
const PLAIN: &[&str] = &["dumb", "cons25", "emacs", "unknown"];

/// Whether lines are read as they come: the terminal says that it is a plain one, or nothing of itself.
pub(super) fn is_plain(is_drawn_on: bool) -> bool {
    let name = std::env::var("TERM").unwrap_or_default();
    let plain = PLAIN.iter().any(|known| known.eq_ignore_ascii_case(&name)) || (cfg!(unix) && name.is_empty());
    plain || !is_drawn_on
}

/// What came of reading.
pub(super) enum Lines {
    /// One or more inputs, the last of them complete.
    Inputs(String),
    /// Bytes that are no text: the input is dropped.
    NoText,
    /// Nothing is to come.
    End,
}

/// Reads lines until what they ask is complete. A blank line ends it, too, and Ctrl-C drops the lines before it.
///
/// # Errors
/// The terminal can be read or written no longer.
pub(super) fn read(gutter: &Gutter, initial: &str, interrupt: &Arc<AtomicBool>) -> Result<Lines, Failure> {
    let mut text = String::new();
    for line in initial.lines() {
        write(&format!("{}{line}\n", if text.is_empty() { gutter.prompt() } else { gutter.continued() }))?;
        text.push_str(line);
        text.push('\n');
    }
    loop {
        write(if text.is_empty() { gutter.prompt() } else { gutter.continued() })?;
        interrupt.store(false, Ordering::Relaxed);
        let mut bytes = Vec::new();
        let count = io::stdin().lock().read_until(b'\n', &mut bytes).map_err(Failure::Output)?;
        if count == 0 {
            write("\n")?;
            return Ok(if text.is_empty() { Lines::End } else { Lines::Inputs(text) });
        }
        if interrupt.swap(false, Ordering::Relaxed) {
            // The terminal has thrown away what was typed on that line before; the lines above go, too.
            text.clear();
        }
        let Ok(line) = String::from_utf8(bytes) else { return Ok(Lines::NoText) };
        let blank = line.trim().is_empty();
        text.push_str(&line);
        let unfinished = inputs(&text).pop().is_some_and(|last| is_unfinished(&text[last]));
        if blank || !unfinished {
            return Ok(Lines::Inputs(text));
        }
    }
}

fn write(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Failure::Output)
}
