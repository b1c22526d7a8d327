//! Output: what is written to the terminal, in its characters, and no further than until Ctrl-C.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::render::ascii;

/// The bytes that are written between two looks at the flag.
const PIECE: usize = 1 << 12;

/// The standard output while an input is answered.
pub(super) struct Output {
    interrupt: Arc<AtomicBool>,
    unicode: bool,
    /// The beginning of a character whose end is still to come.
    begun: Vec<u8>,
}

/// Ctrl-C was pressed while an answer was written.
#[derive(Debug)]
pub(super) struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("stopped by Ctrl-C")
    }
}

impl std::error::Error for Stopped {}

impl Output {
    /// An output that stops once the flag is set.
    pub fn new(interrupt: &Arc<AtomicBool>, unicode: bool) -> Output {
        Output { interrupt: Arc::clone(interrupt), unicode, begun: Vec::new() }
    }

    /// Goes on though Ctrl-C was pressed: it was meant for another program.
    pub fn go_on(&self) {
        self.interrupt.store(false, Ordering::Relaxed);
    }

    /// A text in the characters of the terminal.
    pub fn in_its_characters<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.unicode { Cow::Borrowed(text) } else { ascii(text) }
    }
}

/// Whether an error of writing is that Ctrl-C was pressed.
pub(super) fn is_stopped(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Stopped>())
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.interrupt.load(Ordering::Relaxed) {
            return Err(io::Error::other(Stopped));
        }
        let piece = &bytes[..bytes.len().min(PIECE)];
        if self.unicode {
            return io::stdout().write(piece);
        }
        self.begun.extend_from_slice(piece);
        let whole = match std::str::from_utf8(&self.begun) {
            Ok(text) => text.len(),
            // The bytes of a character that is cut are fewer than four; anything else is no text at all.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => self.begun.len(),
        };
        let text: Vec<u8> = self.begun.drain(..whole).collect();
        io::stdout().write_all(ascii(&String::from_utf8_lossy(&text)).as_bytes())?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
    }
}
