//! History: what was typed, kept across runs in the platform's data folder; never a reason to fail.
//!
//! The file has an entry a line, the oldest first, behind a first line that names the form. Each entry is appended by itself as soon as it is
//! typed, in one piece: sessions side by side do not disturb one another, and whatever ends the program, the file is whole.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::command::write_text;

/// The variable that names another file; empty for none.
const VARIABLE: &str = "OMS_HISTORY";

/// The entries that are kept; a file with twice as many is shortened.
pub(super) const MOST_ENTRIES: usize = 10_000;

/// Longer entries are not kept.
const LONGEST_ENTRY: usize = 1 << 16;

/// The first line of the file.
const FORM: &str = "#V2";

/// What was typed, and where it is kept while that works.
pub(super) struct History {
    entries: Vec<String>,
    path: Option<PathBuf>,
}

impl History {
    /// Reads the history, if there is one, and says what stands in the way of keeping it.
    pub fn load() -> (History, Option<String>) {
        let Some(path) = place() else { return (History { entries: Vec::new(), path: None }, None) };
        match read(&path) {
            Ok(entries) => (History { entries, path: Some(path) }, None),
            Err(error) => {
                let note = format!("what is typed is not kept: '{}' cannot be used: {error}", path.display());
                (History { entries: Vec::new(), path: None }, Some(note))
            }
        }
    }

    /// The entries, the oldest first.
    pub fn entries(&self) -> &[String] {
        &self.entries
    }

    /// Adds an entry at once, unless it repeats the last one. If it cannot be kept, this says so, and it is not tried again.
    pub fn add(&mut self, entry: &str) -> Option<String> {
        if entry.trim().is_empty() || entry.len() > LONGEST_ENTRY || self.entries.last().is_some_and(|last| last == entry) {
            return None;
        }
        self.entries.push(entry.to_owned());
        let path = self.path.as_deref()?;
        let error = append(path, &format!("{}\n", escaped(entry))).err()?;
        let path = self.path.take()?;
        Some(format!("what is typed is no longer kept: '{}' cannot be written: {error}", path.display()))
    }
}

fn append(path: &Path, text: &str) -> io::Result<()> {
    let mut file = opened(path)?;
    let whole = if file.metadata()?.len() == 0 { format!("{FORM}\n{text}") } else { text.to_owned() };
    file.write_all(whole.as_bytes())
}

/// The file, made if it is not there: nobody else may read it.
fn opened(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The entries of the file. It is made now if it is absent, so that what stands in the way is told once and at the start.
fn read(path: &Path) -> io::Result<Vec<String>> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut bytes = Vec::new();
    opened(path)?.read_to_end(&mut bytes)?;
    if bytes.last().is_some_and(|last| *last != b'\n') {
        // Somebody was cut off in the midst of an entry: the next one begins its own line.
        append(path, "\n")?;
    }
    let text = String::from_utf8_lossy(&bytes);
    let escaped_form = text.starts_with(FORM);
    let lines = text.lines().skip(usize::from(escaped_form)).filter(|line| !line.trim().is_empty());
    let mut entries: Vec<String> = lines.map(|line| if escaped_form { unescaped(line) } else { line.to_owned() }).collect();
    if entries.len() > 2 * MOST_ENTRIES {
        entries.drain(..entries.len() - MOST_ENTRIES);
        let lines: Vec<String> = entries.iter().map(|entry| escaped(entry)).collect();
        // A long file works, too.
        let _ = write_text(path, &format!("{FORM}\n{}\n", lines.join("\n")));
    }
    Ok(entries)
}

fn escaped(entry: &str) -> String {
    entry.replace('\\', "\\\\").replace('\n', "\\n")
}

fn unescaped(line: &str) -> String {
    let mut entry = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => entry.push('\n'),
                Some(other) => entry.push(other),
                None => entry.push('\\'),
            },
            other => entry.push(other),
        }
    }
    entry
}

fn place() -> Option<PathBuf> {
    match std::env::var_os(VARIABLE) {
        Some(path) if path.is_empty() => None,
        Some(path) => Some(PathBuf::from(path)),
        None => directories::ProjectDirs::from("", "", "oms").map(|folders| folders.data_dir().join("history")),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{MOST_ENTRIES, append, escaped, read, unescaped};

    #[test]
    fn entries_of_several_lines_are_one_line_of_the_file() {
        for entry in ["MATCH (n)\nRETURN n;", "a \\n b \\ c", "\\", "plain"] {
            assert!(!escaped(entry).contains('\n'));
            assert_eq!(unescaped(&escaped(entry)), entry);
        }
    }

    #[test]
    fn a_file_that_was_cut_off_is_used_and_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join("history");
        assert!(read(&path).unwrap().is_empty());
        append(&path, "one\n").unwrap();
        fs::OpenOptions::new().append(true).open(&path).and_then(|mut file| std::io::Write::write_all(&mut file, b"tw\xff")).unwrap();
        assert_eq!(read(&path).unwrap(), ["one", "tw\u{fffd}"]);
        append(&path, "three\n").unwrap();
        assert_eq!(read(&path).unwrap(), ["one", "tw\u{fffd}", "three"]);
        assert!(fs::read(&path).unwrap().starts_with(b"#V2\none\n"));
    }

    #[test]
    fn a_long_file_is_shortened() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history");
        let lines: String = (0..=2 * MOST_ENTRIES).map(|number| format!("count {number}\n")).collect();
        append(&path, &lines).unwrap();
        assert_eq!(read(&path).unwrap().len(), MOST_ENTRIES);
        assert_eq!(read(&path).unwrap().last().unwrap(), &format!("count {}", 2 * MOST_ENTRIES));
    }
}
