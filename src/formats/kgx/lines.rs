//! Lines: a table cut into pieces of whole lines, which several threads take in turn.

use std::io::Read;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// How much is read at once, in bytes.
const PIECE: usize = 1 << 21;
/// No line of a table is longer, in bytes: what is longer is no table.
const LONGEST_LINE: usize = 1 << 26;

/// Why there is no next piece though the end is not reached.
#[derive(Debug)]
pub(super) enum Trouble {
    /// What the system says.
    Unreadable(std::io::Error),
    /// A line without end.
    EndlessLine,
    /// More than numbers of four bytes can count.
    TooLarge,
    /// The user has had enough.
    Interrupted,
}

/// A table that is read piece by piece.
pub(super) struct Lines<'r> {
    state: Mutex<State<'r>>,
    interrupt: &'r AtomicBool,
}

struct State<'r> {
    reader: Box<dyn Read + Send + 'r>,
    /// What was read behind the last whole line.
    rest: Vec<u8>,
    next: usize,
    ended: bool,
}

impl<'r> Lines<'r> {
    pub(super) fn new(reader: Box<dyn Read + Send + 'r>, interrupt: &'r AtomicBool) -> Lines<'r> {
        Lines { state: Mutex::new(State { reader, rest: Vec::new(), next: 0, ended: false }), interrupt }
    }

    /// Reads the next piece into a buffer; gives its number, or nothing at the end. Every line of a piece but the last of the
    /// table ends with a line feed.
    pub(super) fn next(&self, piece: &mut Vec<u8>) -> Result<Option<usize>, Trouble> {
        if self.interrupt.load(Ordering::Relaxed) {
            return Err(Trouble::Interrupted);
        }
        piece.clear();
        // A thread that panicked left no half-read piece behind: it holds the lock only here.
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let state = &mut *state;
        piece.append(&mut state.rest);
        let mut searched = 0;
        while !state.ended {
            let missing = PIECE.saturating_sub(piece.len()).max(1 << 16);
            let read = state.reader.by_ref().take(missing as u64).read_to_end(piece).map_err(Trouble::Unreadable)?;
            state.ended = read < missing;
            if piece.len() < PIECE && !state.ended {
                continue;
            }
            if state.ended {
                break;
            }
            if let Some(at) = memchr::memrchr(b'\n', &piece[searched..]) {
                let end = searched + at + 1;
                state.rest.extend_from_slice(&piece[end..]);
                piece.truncate(end);
                break;
            }
            searched = piece.len();
            if searched > LONGEST_LINE {
                return Err(Trouble::EndlessLine);
            }
        }
        if piece.is_empty() {
            return Ok(None);
        }
        let number = state.next;
        state.next += 1;
        Ok(Some(number))
    }
}

/// The lines of a piece, without their ends.
pub(super) fn lines(piece: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= piece.len() {
            return None;
        }
        let end = memchr::memchr(b'\n', &piece[start..]).map_or(piece.len(), |at| start + at);
        let line = &piece[start..end];
        start = end + 1;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::{Lines, lines};

    #[test]
    fn pieces_are_whole_lines() {
        let line = "x".repeat(1000);
        let text: String = (0..9000).map(|at| format!("{at}\t{line}\r\n")).collect::<String>() + "last";
        let stop = AtomicBool::new(false);
        let source = Lines::new(Box::new(text.as_bytes()), &stop);
        let (mut piece, mut all, mut pieces) = (Vec::new(), Vec::new(), 0);
        while let Some(number) = source.next(&mut piece).unwrap() {
            assert_eq!(number, pieces);
            pieces += 1;
            all.extend(lines(&piece).map(<[u8]>::to_vec));
        }
        assert!(pieces > 3);
        assert_eq!(all.len(), 9001);
        assert!(all[8999].starts_with(b"8999\tx") && all[8999].ends_with(b"x"));
        assert_eq!(all[9000], b"last");
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(source.next(&mut piece).is_err());
    }
}
