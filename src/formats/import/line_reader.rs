//! Line reader: the lines of a text file one after the other, in bounded memory whatever the file holds.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostic::{Code, Complaints, Diagnostic};

use super::{Input, Reading};

/// The longest line that is given out, in bytes.
pub const LONGEST_LINE: usize = 1 << 20;

/// How often the interrupt is looked at, in lines.
const PAUSE: u64 = 4096;

/// A file that is read line by line.
pub struct LineReader<'r> {
    reader: BufReader<Box<dyn Read + Send>>,
    path: PathBuf,
    interrupt: &'r AtomicBool,
    line: Vec<u8>,
    /// How many lines were read.
    count: u64,
}

/// A line of a file, without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'l> {
    /// Its number, counted from 0.
    pub number: u64,
    /// Its bytes; of a line that is too long, the first [`LONGEST_LINE`].
    pub bytes: &'l [u8],
    /// Whether it is longer than what is given out.
    pub is_cut: bool,
}

impl<'r> LineReader<'r> {
    /// Opens a file. A mark of UTF-8 at its beginning is passed over.
    ///
    /// # Errors
    /// It cannot be read, or says that it is written in UTF-16.
    pub fn open(input: &Input, reading: Reading<'r>) -> Result<LineReader<'r>, Complaints> {
        let path = input.path().to_owned();
        let mut reader = BufReader::with_capacity(1 << 17, input.open().map_err(|error| unreadable(&path, &error))?);
        let beginning = reader.fill_buf().map_err(|error| unreadable(&path, &error))?;
        if beginning.starts_with(b"\xFF\xFE") || beginning.starts_with(b"\xFE\xFF") {
            let message = format!("'{}' is written in UTF-16", path.display());
            let complaint = Diagnostic::error(Code::NotUnicode, message);
            return Err(complaint.help("save it as UTF-8, or convert it: `iconv -f UTF-16 -t UTF-8 FILE > NEW`").into());
        }
        if beginning.starts_with(b"\xEF\xBB\xBF") {
            reader.consume(3);
        }
        Ok(LineReader { reader, path, interrupt: reading.interrupt, line: Vec::new(), count: 0 })
    }

    /// The next line; none at the end.
    ///
    /// # Errors
    /// The rest cannot be read, or the user has had enough.
    pub fn next_line(&mut self) -> Result<Option<Line<'_>>, Complaints> {
        if self.count.is_multiple_of(PAUSE) {
            self.pause()?;
        }
        self.line.clear();
        let limit = LONGEST_LINE as u64 + 2;
        let read = self.reader.by_ref().take(limit).read_until(b'\n', &mut self.line);
        read.map_err(|error| unreadable(&self.path, &error))?;
        if self.line.is_empty() {
            return Ok(None);
        }
        let is_cut = self.line.last() != Some(&b'\n') && self.line.len() as u64 == limit;
        if is_cut {
            self.pass_over_the_rest()?;
            self.line.truncate(LONGEST_LINE);
        }
        let number = self.count;
        self.count += 1;
        let bytes = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        Ok(Some(Line { number, bytes: bytes.strip_suffix(b"\r").unwrap_or(bytes), is_cut }))
    }

    fn pass_over_the_rest(&mut self) -> Result<(), Complaints> {
        let mut rest = Vec::new();
        loop {
            self.pause()?;
            rest.clear();
            let read = self.reader.by_ref().take(LONGEST_LINE as u64).read_until(b'\n', &mut rest);
            read.map_err(|error| unreadable(&self.path, &error))?;
            if rest.is_empty() || rest.last() == Some(&b'\n') {
                return Ok(());
            }
        }
    }

    fn pause(&self) -> Result<(), Complaints> {
        if self.interrupt.load(Ordering::Relaxed) {
            return Err(Diagnostic::error(Code::Interrupted, "interrupted").into());
        }
        Ok(())
    }
}

/// The complaint about a file that cannot be read, or not to its end.
pub fn unreadable(path: &Path, error: &std::io::Error) -> Complaints {
    Diagnostic::error(Code::Unreadable, format!("'{}' cannot be read: {error}", path.display())).into()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::atomic::AtomicBool;

    use super::{LONGEST_LINE, LineReader};
    use crate::formats::import::{Input, Reading};

    fn lines(bytes: &[u8]) -> Result<Vec<(u64, Vec<u8>, bool)>, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), bytes).unwrap();
        let stop = AtomicBool::new(false);
        let reading = Reading { interrupt: &stop, keep_rejected: false, keep_obsolete: false, mapping: None };
        let mut reader = LineReader::open(&Input::new(file.path()), reading).map_err(|complaints| complaints.to_string())?;
        let mut all = Vec::new();
        while let Some(line) = reader.next_line().map_err(|complaints| complaints.to_string())? {
            all.push((line.number, line.bytes.to_vec(), line.is_cut));
        }
        Ok(all)
    }

    #[test]
    fn lines_are_given_without_their_ends() {
        let line = |number: u64, text: &[u8]| (number, text.to_vec(), false);
        assert_eq!(lines(b"\xEF\xBB\xBFa\r\n\r\nb\nc").unwrap(), [line(0, b"a"), line(1, b""), line(2, b"b"), line(3, b"c")]);
        assert_eq!(lines(b"").unwrap(), []);
        assert!(lines(b"\xFF\xFEa\0").unwrap_err().contains("UTF-16"));
    }

    #[test]
    fn a_long_line_is_cut_and_the_next_is_whole() {
        for length in [LONGEST_LINE - 1, LONGEST_LINE, LONGEST_LINE + 3, 3 * LONGEST_LINE] {
            let text = [&vec![b'x'; length][..], b"\nnext"].concat();
            let lines = lines(&text).unwrap();
            assert_eq!(lines.len(), 2, "{length}");
            assert_eq!((lines[0].1.len(), lines[0].2), (length.min(LONGEST_LINE), length > LONGEST_LINE), "{length}");
            assert_eq!(lines[1], (1, b"next".to_vec(), false));
        }
    }

    #[test]
    fn who_has_had_enough_is_heard() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "a\n").unwrap();
        let stop = AtomicBool::new(true);
        let reading = Reading { interrupt: &stop, keep_rejected: false, keep_obsolete: false, mapping: None };
        assert!(LineReader::open(&Input::new(file.path()), reading).unwrap().next_line().is_err());
    }
}
