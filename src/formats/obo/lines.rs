//! Lines: a text of clauses, line by line, with what runs on over several lines put together; memory is bounded whatever the file.

use std::io::{self, BufRead};

/// No line of a file is longer, in bytes; the rest of a longer one is skipped.
const LONGEST_LINE: usize = 1 << 26;

/// The lines of a file.
pub(super) struct Lines<R> {
    reader: R,
    line: Vec<u8>,
    /// How many lines of the file were read.
    read: u64,
}

/// What stands in one line, or in several that belong together.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line<'l> {
    /// The number of the first, counted from 0.
    pub(super) number: u64,
    /// The bytes, without the white space around them.
    pub(super) text: &'l [u8],
    /// Whether it is longer than any line may be; the text is but its beginning.
    pub(super) is_too_long: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R) -> Lines<R> {
        Lines { reader, line: Vec::new(), read: 0 }
    }

    /// The next line; none at the end.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let number = self.read;
        let mut is_too_long = false;
        loop {
            let before = self.line.len();
            let Some(fits) = self.append()? else {
                if before == 0 && self.read == number {
                    return Ok(None);
                }
                break;
            };
            self.read += 1;
            is_too_long |= !fits;
            // An odd number of backslashes at the end: the line goes on in the next.
            let backslashes = self.line[before..].iter().rev().take_while(|byte| **byte == b'\\').count();
            if backslashes % 2 == 0 {
                break;
            }
            self.line.pop();
        }
        let mut text = self.line.as_slice();
        if number == 0 {
            text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        }
        Ok(Some(Line { number, text: text.trim_ascii(), is_too_long }))
    }

    /// Appends a line of the file, without its end; none if there is none, else whether all of it was kept.
    fn append(&mut self) -> io::Result<Option<bool>> {
        let (mut any, mut fits) = (false, true);
        loop {
            let piece = match self.reader.fill_buf() {
                Ok(piece) => piece,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if piece.is_empty() {
                return Ok(any.then_some(fits));
            }
            any = true;
            let end = piece.iter().position(|byte| *byte == b'\n');
            let part = &piece[..end.unwrap_or(piece.len())];
            let room = LONGEST_LINE.saturating_sub(self.line.len());
            fits &= part.len() <= room;
            self.line.extend_from_slice(&part[..part.len().min(room)]);
            let used = end.map_or(piece.len(), |end| end + 1);
            self.reader.consume(used);
            if end.is_some() {
                if self.line.last() == Some(&b'\r') {
                    self.line.pop();
                }
                return Ok(Some(fits));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    fn lines(text: &[u8]) -> Vec<(u64, String)> {
        let mut lines = Lines::new(std::io::BufReader::with_capacity(7, text));
        let mut all = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            all.push((line.number, String::from_utf8_lossy(line.text).into_owned()));
        }
        all
    }

    #[test]
    fn lines_are_put_together() {
        let text = b"\xEF\xBB\xBFa: 1\r\n\r\n  b: 2\\\r\n 3\\\\\nc: 4 \\";
        let found = [(0, "a: 1"), (1, ""), (2, "b: 2 3\\\\"), (4, "c: 4")].map(|(number, text)| (number, text.to_owned()));
        assert_eq!(lines(text), found);
        assert!(lines(b"").is_empty());
        assert_eq!(lines(b"\n\n").len(), 2);
        assert_eq!(lines(b"\\\n\\\n"), [(0, String::new())]);
    }
}
