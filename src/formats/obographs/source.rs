//! Source: the bytes of a document on their way to its reader, with the line that has been reached; what is no text is marked, not handed on.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};

/// How much is read at once, in bytes.
const PIECE: usize = 1 << 16;
/// No element of a list is longer, in bytes.
const LONGEST_ELEMENT: u64 = 1 << 28;

/// The bytes of a document.
pub(super) struct Source<'r> {
    state: RefCell<State>,
    interrupt: &'r AtomicBool,
}

struct State {
    reader: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    /// How far the buffer has been handed on.
    at: usize,
    /// How far it holds whole characters; behind that stands the beginning of one.
    end: usize,
    /// How many bytes were handed on before those in the buffer.
    before: u64,
    /// How many lines end before `counted`.
    lines: u64,
    /// How far the ends of lines in the buffer have been counted.
    counted: usize,
    /// Where something stood that is no text.
    faults: VecDeque<u64>,
    /// Where the element begins that is being read.
    element: Option<u64>,
    is_interrupted: bool,
}

impl<'r> Source<'r> {
    pub(super) fn new(reader: Box<dyn Read + Send>, interrupt: &'r AtomicBool) -> Source<'r> {
        let state = State {
            reader,
            buffer: Vec::with_capacity(PIECE + 4),
            at: 0,
            end: 0,
            before: 0,
            lines: 0,
            counted: 0,
            faults: VecDeque::new(),
            element: None,
            is_interrupted: false,
        };
        Source { state: RefCell::new(state), interrupt }
    }

    /// Remembers that an element begins here; gives its line, counted from 0.
    pub(super) fn begin_element(&self) -> u64 {
        let mut state = self.state.borrow_mut();
        // Its first byte has been looked at already.
        let start = (state.before + state.at as u64).saturating_sub(1);
        state.element = Some(start);
        while state.faults.front().is_some_and(|fault| *fault < start) {
            state.faults.pop_front();
        }
        let (at, counted) = (state.at, state.counted);
        state.lines += state.buffer[counted..at].iter().filter(|byte| **byte == b'\n').count() as u64;
        state.counted = at;
        state.lines
    }

    /// Ends the element; whether all of it was text.
    pub(super) fn end_element(&self) -> bool {
        let mut state = self.state.borrow_mut();
        state.element = None;
        let here = state.before + state.at as u64;
        state.faults.front().is_none_or(|fault| *fault >= here)
    }

    /// Whether reading ended because the user has had enough.
    pub(super) fn is_interrupted(&self) -> bool {
        self.state.borrow().is_interrupted
    }
}

impl Read for &Source<'_> {
    #[inline]
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let state = &mut *self.state.borrow_mut();
        if state.at == state.end {
            if self.interrupt.load(Ordering::Relaxed) {
                state.is_interrupted = true;
                // An error that says 'interrupted' would be tried again.
                return Err(io::Error::other("interrupted"));
            }
            state.refill()?;
            // Nothing but the beginning of a character may have come.
            while state.at == state.end && !state.buffer.is_empty() {
                state.refill()?;
            }
        }
        // Whoever reads JSON from a stream asks for one byte at a time.
        if let ([byte], Some(next)) = (&mut *target, state.buffer[..state.end].get(state.at)) {
            *byte = *next;
            state.at += 1;
            return Ok(1);
        }
        let count = target.len().min(state.end - state.at);
        target[..count].copy_from_slice(&state.buffer[state.at..state.at + count]);
        state.at += count;
        Ok(count)
    }
}

impl State {
    /// Reads the next piece; the buffer is empty afterwards only at the end.
    fn refill(&mut self) -> io::Result<()> {
        if self.element.is_some_and(|start| self.before + self.end as u64 - start > LONGEST_ELEMENT) {
            return Err(io::Error::other("an element of a list is longer than 256 MB"));
        }
        self.lines += self.buffer[self.counted..self.end].iter().filter(|byte| **byte == b'\n').count() as u64;
        self.before += self.end as u64;
        self.buffer.drain(..self.end);
        (self.at, self.end, self.counted) = (0, 0, 0);
        let held = self.buffer.len();
        self.reader.by_ref().take(PIECE as u64).read_to_end(&mut self.buffer)?;
        let is_last = self.buffer.len() == held;
        self.mark_faults(is_last);
        if self.before == 0 && self.buffer.starts_with(b"\xEF\xBB\xBF") {
            self.at = 3;
        }
        Ok(())
    }

    /// Finds how far the buffer holds text, with question marks for what is none.
    fn mark_faults(&mut self, is_last: bool) {
        loop {
            let Err(error) = std::str::from_utf8(&self.buffer[self.end..]) else {
                self.end = self.buffer.len();
                return;
            };
            let at = self.end + error.valid_up_to();
            let length = match error.error_len() {
                Some(length) => length,
                None if is_last => self.buffer.len() - at,
                None => {
                    self.end = at;
                    return;
                }
            };
            self.faults.push_back(self.before + at as u64);
            self.buffer[at..at + length].fill(b'?');
            self.end = at + length;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::sync::atomic::AtomicBool;

    use super::Source;

    #[test]
    fn what_is_no_text_is_marked() {
        let interrupt = AtomicBool::new(false);
        let text = b"\xEF\xBB\xBF[1\n,\xE9,\xC3\xA9]\xC3".to_vec();
        let source = Source::new(Box::new(std::io::Cursor::new(text)), &interrupt);
        let mut reader = &source;
        let mut read = |count: usize| {
            let mut bytes = vec![0; count];
            reader.read_exact(&mut bytes).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        assert_eq!(read(2), "[1");
        assert_eq!(source.begin_element(), 0);
        assert!(source.end_element());
        assert_eq!(read(3), "\n,?");
        assert_eq!(source.begin_element(), 1);
        assert!(!source.end_element());
        assert_eq!(read(4), ",é]");
        assert!(source.begin_element() == 1 && source.end_element());
        assert_eq!(read(1), "?");
    }

    #[test]
    fn characters_are_not_cut() {
        let interrupt = AtomicBool::new(false);
        let text = format!("a{}", "é".repeat(100_000));
        let source = Source::new(Box::new(std::io::Cursor::new(text.clone().into_bytes())), &interrupt);
        let mut read = String::new();
        (&source).read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
        assert!(source.end_element());
    }

    #[test]
    fn an_interrupt_ends_it() {
        let interrupt = AtomicBool::new(true);
        let source = Source::new(Box::new(std::io::empty()), &interrupt);
        assert!((&source).read(&mut [0]).is_err() && source.is_interrupted());
    }
}
