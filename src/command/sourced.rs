//! Sourced: files of queries and commands that are being run, one input after the other, up to the first that fails.

use std::collections::VecDeque;
use std::fs;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Code, Complaints, Diagnostic, Label, Origin};
use crate::render::visible;

use super::read_file::read_at_most;
use super::{Failure, Flow, Shell, inputs, placed};

/// How many files may run one another.
const DEEPEST: usize = 16;
/// The longest file, in bytes.
const LONGEST: u64 = 64 << 20;
/// The blocks of a Markdown file that are run.
const LANGUAGE: &str = "oms";

/// A file that is being run.
#[derive(Debug)]
pub(super) struct Sourced {
    /// By which it is known, whatever it is called.
    known: PathBuf,
    /// Relative names of files that it runs start here.
    folder: PathBuf,
    origin: Arc<Origin>,
    /// What is run of its text, each thing in its place there.
    runs: String,
    left: VecDeque<Range<usize>>,
    /// The input that runs.
    now: Range<usize>,
    /// Whether comments between inputs are prose.
    has_comments: bool,
}

impl Sourced {
    fn opened(path: &Path) -> Result<Sourced, Diagnostic> {
        let text = read(path)?;
        let is_markdown = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
        let runs = if is_markdown { blocks(&text) } else { text.clone() };
        Ok(Sourced {
            known: fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()),
            folder: path.parent().map(Path::to_owned).unwrap_or_default(),
            origin: Origin::new(path.display().to_string(), text),
            left: inputs(&runs).into(),
            runs,
            now: 0..0,
            has_comments: !is_markdown,
        })
    }
}

impl Shell {
    /// Has a file run from here on: its inputs come next.
    ///
    /// # Errors
    /// It cannot be read, it runs already, or too many files run one another.
    pub(super) fn begin_source(&mut self, typed: &Path) -> Result<(), Diagnostic> {
        let path = match self.sourced.last() {
            Some(file) if typed.is_relative() => file.folder.join(typed),
            _ => typed.to_owned(),
        };
        let file = Sourced::opened(&path)?;
        if let Some(at) = self.sourced.iter().position(|other| other.known == file.known) {
            let round: Vec<String> = self.sourced[at..].iter().chain([&file]).map(|file| named(&file.known)).collect();
            let complaint = Diagnostic::error(Code::BadCommand, format!("'{}' would run itself without end", named(&file.known)));
            return Err(complaint.help(format!("{}: leave out one of these `:source`", round.join(" runs "))));
        }
        if self.sourced.len() >= DEEPEST {
            let complaint = Diagnostic::error(Code::BadCommand, format!("more than {DEEPEST} files run one another"));
            return Err(complaint.help("put some of them into one file"));
        }
        self.sourced.push(file);
        Ok(())
    }

    /// The next input of the files that are being run; none at their end.
    pub fn next_sourced(&mut self) -> Option<String> {
        loop {
            let file = self.sourced.last_mut()?;
            let before = file.now.end;
            let next = file.left.pop_front();
            let end = next.as_ref().map_or(file.runs.len(), |place| place.start);
            let between = file.runs.get(before..end).filter(|_| file.has_comments).unwrap_or_default().to_owned();
            if let Some(place) = &next {
                file.now = place.clone();
            }
            let input = next.and_then(|place| file.runs.get(place)).map(str::to_owned);
            self.notes(&between);
            if input.is_some() {
                return input;
            }
            self.sourced.pop();
        }
    }

    /// Ends the file that runs; the one that ran it goes on.
    pub fn end_sourced(&mut self) {
        self.sourced.pop();
    }

    /// Ends all files that run because the input that runs failed: the complaints with their places in its file.
    pub fn fail_sourced(&mut self, complaints: Complaints) -> Complaints {
        let files = std::mem::take(&mut self.sourced);
        let Some(file) = files.last() else { return complaints };
        let placed = placed(complaints, &file.origin, &file.now);
        let mut all = placed.diagnostics().to_vec();
        let is_own = all.iter().any(|complaint| complaint.origin.as_ref().is_some_and(|at| Arc::ptr_eq(at, &file.origin)));
        if let Some(first) = all.first_mut() {
            if first.origin.is_none() {
                first.origin = Some(Arc::clone(&file.origin));
                first.labels.push(Label { span: file.now.clone(), text: String::new() });
            } else if !is_own {
                first.help.push(format!("it was run by '{}', line {}", file.origin.name, file.origin.position(file.now.start).0));
            }
            for outer in files.iter().rev().skip(1) {
                let (line, _) = outer.origin.position(outer.now.start);
                first.help.push(format!("'{}' was run by '{}', line {line}", file.origin.name, outer.origin.name));
            }
            first.help.push("what stands behind it was not run".to_owned());
        }
        Complaints::new(all).unwrap_or(placed)
    }

    /// Runs what is left of the files that are being run, and writes what is to be shown as it comes.
    pub(super) fn run_sourced(&mut self, out: &mut dyn Write) -> Result<(), Failure> {
        let mut out = Apart { out, is_begun: false, is_due: false };
        while let Some(input) = self.next_sourced() {
            let for_people = matches!(self.settings.format.name, "table" | "markdown");
            out.is_due = out.is_begun && for_people;
            let echo = self.echo(&input);
            out.write_all(echo.as_bytes()).map_err(Failure::Output)?;
            match self.submit_one(&input, &mut out) {
                Ok(Flow::Continue) => {}
                Ok(Flow::Quit) => self.end_sourced(),
                Err(Failure::Complaints(complaints)) => return Err(self.fail_sourced(complaints).into()),
                Err(failure) => {
                    self.sourced.clear();
                    return Err(failure);
                }
            }
        }
        Ok(())
    }

    /// An input of a file as it is shown above its answer, where somebody sits at a terminal; else nothing.
    pub fn echo(&self, input: &str) -> String {
        if !self.at_terminal || self.settings.quiet {
            return String::new();
        }
        let lines: Vec<String> = input.trim().lines().map(|line| visible(line).into_owned()).collect();
        format!("\noms> {}\n", lines.join("\n...> "))
    }
}

/// What is shown goes on; a blank line sets answers for people apart.
struct Apart<'o> {
    out: &'o mut dyn Write,
    /// Whether anything was shown.
    is_begun: bool,
    /// Whether a blank line comes before what is shown next.
    is_due: bool,
}

impl Write for Apart<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        if std::mem::take(&mut self.is_due) {
            self.out.write_all(b"\n")?;
        }
        self.is_begun = true;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn named(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The text of a file of queries, without the mark that some programs put at its beginning.
fn read(path: &Path) -> Result<String, Diagnostic> {
    let shown = path.display();
    let unreadable = |reason: String| Diagnostic::error(Code::Unreadable, format!("'{shown}' cannot be read: {reason}"));
    let found = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => unreadable("there is no such file".to_owned()),
        _ => unreadable(error.to_string()),
    })?;
    if found.is_dir() {
        return Err(unreadable("it is a folder".to_owned()).help("`:open` opens the folder of a graph"));
    }
    let bytes = read_at_most(path, LONGEST).map_err(|error| unreadable(error.to_string()))?;
    let Some(bytes) = bytes else {
        return Err(unreadable(format!("it is longer than {} MiB", LONGEST >> 20)).help("cut it into several files"));
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let origin = Origin::new(shown.to_string(), String::from_utf8_lossy(error.as_bytes()));
            let complaint = Diagnostic::error(Code::NotUnicode, "this is not UTF-8 text").in_origin(&origin);
            let complaint = complaint.at(at..at + '\u{FFFD}'.len_utf8(), "this byte is not part of a character");
            Err(complaint.help("a file of queries is UTF-8 text; `iconv` converts from other encodings"))
        }
    }
}

/// The text of a Markdown page in which all but its blocks of queries is blank: what is left stands where it stood.
fn blocks(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut fence: Option<(usize, char, bool)> = None;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let mark = words.chars().next().filter(|mark| matches!(mark, '`' | '~')).unwrap_or(' ');
        let length = words.chars().take_while(|letter| *letter == mark && mark != ' ').count();
        let wanted = match fence {
            Some((opened, with, wanted)) => {
                if mark == with && length >= opened && words.len() == length {
                    fence = None;
                    false
                } else {
                    wanted
                }
            }
            None => {
                if length >= 3 {
                    fence = Some((length, mark, words[length..].trim() == LANGUAGE));
                }
                false
            }
        };
        if wanted {
            kept.push_str(line);
        } else {
            let end = line.len() - line.trim_end_matches(['\n', '\r']).len();
            kept.push_str(&" ".repeat(line.len() - end));
            kept.push_str(&line[line.len() - end..]);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn of_markdown_the_blocks_of_queries_are_left_in_their_places() {
        let text = "# é\n\n```oms\ncauses\n```\n```text\nrows\n```\n````oms\nfind \"```\"\n````\n";
        let kept = blocks(text);
        assert_eq!(kept.len(), text.len());
        assert_eq!(kept.find("causes"), text.find("causes"));
        assert_eq!(kept.split_whitespace().collect::<Vec<_>>(), ["causes", "find", "\"```\""]);
    }
}
