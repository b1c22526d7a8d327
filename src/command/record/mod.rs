//! Record: a page of a lab notebook in Markdown, written while questions are asked: each with its answer and what that cites.

mod cited;
mod page;

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use same_file::Handle;

use crate::answer::Answer;
use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::session::Session;

use super::{Call, Flow, Shell, clock};
use cited::Cited;

/// What every record holds in its first line, so that it is known again.
const MARK: &str = "<!-- a record of oms -->";

/// How a record deals with a file that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Onto {
    /// A record is continued; another file is refused.
    Record,
    /// Whatever it is, it is continued.
    Anything,
    /// It is replaced.
    Nothing,
}

/// A record that is being written.
#[derive(Debug)]
pub(super) struct Record {
    path: PathBuf,
    file: File,
    /// Which file that is, whatever it is called now; nothing for what is no file on a disk.
    handle: Option<Handle>,
    entries: usize,
    cited: Cited,
    /// Whether something could not be written: nothing more is, then.
    failed: bool,
}

impl Record {
    /// Begins a record of a session, or goes on with one.
    ///
    /// # Errors
    /// The file is there and is no record, or it cannot be written.
    pub fn begin(path: &Path, onto: Onto, session: &Session) -> Result<Record, Complaints> {
        let unwritable = |error: &io::Error| {
            let complaint = Diagnostic::error(Code::Unwritable, format!("the record '{}' cannot be written: {error}", path.display()));
            Complaints::from(match error.kind() {
                io::ErrorKind::NotFound => complaint.help("the folder that it is to stand in does not exist"),
                _ => complaint.help("`:record` takes the name of a Markdown file, such as `notes.md`"),
            })
        };
        let is_filled = std::fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() > 0);
        if is_filled && onto == Onto::Record && !is_record(path).map_err(|error| unwritable(&error))? {
            let message = format!("'{}' is there already, and is no record", path.display());
            let complaint = Diagnostic::error(Code::Unwritable, message);
            return Err(complaint
                .help("a new name begins a new record")
                .help(format!("`:record append {0}` writes behind what it holds, `:record replace {0}` in its place", path.display()))
                .into());
        }
        let fingerprint = session.fingerprint()?.to_owned();
        let mut options = OpenOptions::new();
        let file = match onto {
            Onto::Nothing => options.write(true).create(true).truncate(true).open(path),
            Onto::Record | Onto::Anything => options.append(true).create(true).open(path),
        };
        let file = file.map_err(|error| unwritable(&error))?;
        let handle =
            file.try_clone().and_then(Handle::from_file).ok().filter(|_| std::fs::metadata(path).is_ok_and(|found| found.is_file()));
        let mut record = Record { path: path.to_owned(), file, handle, entries: 0, cited: Cited::default(), failed: false };
        let goes_on = is_filled && onto != Onto::Nothing;
        let header = page::header(session, &fingerprint, &clock::now(), goes_on);
        let text = if goes_on { format!("\n{header}") } else { format!("{MARK}\n\n{header}") };
        record.put(&text).map_err(|error| unwritable(&error))?;
        Ok(record)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many questions it holds.
    pub fn entries(&self) -> usize {
        self.entries
    }

    /// Adds a query with its answer.
    pub fn answer(&mut self, query: &str, answer: &Answer) -> io::Result<()> {
        self.entries += 1;
        self.cited.add(answer);
        self.put(&page::answer(query, answer))
    }

    /// Adds a query that was refused.
    pub fn refusal(&mut self, query: &str, complaints: &Complaints) -> io::Result<()> {
        self.entries += 1;
        self.put(&page::refusal(query, complaints))
    }

    /// Adds a command with what it showed.
    pub fn command(&mut self, command: &str, shown: &str) -> io::Result<()> {
        self.put(&page::command(command, shown))
    }

    /// Adds prose.
    pub fn prose(&mut self, words: &str) -> io::Result<()> {
        self.put(&page::prose(words))
    }

    /// Says that another graph is asked from here on.
    pub fn opened(&mut self, command: &str, session: &Session, fingerprint: &str) -> io::Result<()> {
        self.put(&page::opened(command, session, fingerprint))
    }

    /// Whether a path leads to the file that is being written.
    pub fn is_at(&self, path: &Path) -> bool {
        self.handle.is_some() && Handle::from_path(path).ok() == self.handle
    }

    /// Ends it with what was cited.
    pub fn end(&mut self, session: &Session) -> io::Result<()> {
        let text = self.cited.written(session);
        self.put(&text)?;
        if self.handle.is_some() && !self.is_at(&self.path) {
            return Err(io::Error::other("it was taken away or replaced by another file while it was written"));
        }
        Ok(())
    }

    /// Writes on, and sees to it that it is there whatever happens next.
    fn put(&mut self, text: &str) -> io::Result<()> {
        if self.failed {
            return Err(io::Error::other("it could not be written before"));
        }
        let written = self.file.write_all(text.as_bytes()).and_then(|()| self.file.flush());
        self.failed = written.is_err();
        // What is no regular file cannot be synced, and need not be.
        let _ = self.file.sync_data();
        written
    }
}

/// Whether a file begins as a record does.
fn is_record(path: &Path) -> io::Result<bool> {
    let mut beginning = vec![0; MARK.len()];
    let mut file = File::open(path)?;
    match file.read_exact(&mut beginning) {
        Ok(()) => Ok(beginning == MARK.as_bytes()),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// Commands that say nothing of the graph, and those that are recorded in their own way.
const UNRECORDED: &[&str] =
    &["help", "history", "quit", "format", "timing", "record", "source", "config", "last", "copy", "expand", "open"];

impl Shell {
    /// Has a record take something in, if there is one; what is to be told if it cannot.
    pub(super) fn record(&mut self, put: impl FnOnce(&mut Record) -> io::Result<()>) -> String {
        let Some(record) = &mut self.record else { return String::new() };
        match put(record) {
            Ok(()) => String::new(),
            Err(error) => {
                let path = record.path().display().to_string();
                self.record = None;
                format!("nothing more is recorded: '{path}' cannot be written: {error}\n")
            }
        }
    }

    /// What is wrong with a file that a command is to write: it is the record.
    pub(super) fn is_record(&self, call: &Call<'_>, path: &Path) -> Option<Diagnostic> {
        self.record.as_ref().filter(|record| record.is_at(path)).map(|record| {
            let message = format!("'{}' is being recorded to", record.path().display());
            call.wrong(Code::Unwritable, message, "the open record").help("another name, or `:record off` first")
        })
    }

    /// Has what stands between inputs recorded: the comments in it.
    pub fn notes(&mut self, between: &str) {
        between.lines().for_each(|line| self.note(line));
    }

    /// Has a line that is a comment (`-- text`) recorded as prose.
    fn note(&mut self, line: &str) {
        let line = line.trim().trim_start_matches('\u{FEFF}');
        if let Some(words) = line.strip_prefix("--") {
            // What cannot be written is told with the next answer.
            let _ = self.record.as_mut().map(|record| record.prose(words.trim()));
        }
    }

    /// Has what became of an input recorded, answers aside; what is to be told if it cannot.
    pub(super) fn recorded(&mut self, input: &str, outcome: Result<(&str, Flow), &Complaints>) -> String {
        if self.record.is_none() {
            return String::new();
        }
        let input = input.trim();
        let name = input.strip_prefix(':').map(|typed| typed.split_whitespace().next().unwrap_or_default());
        match (name, outcome) {
            (None, Err(complaints)) => self.record(|record| record.refusal(input, complaints)),
            (Some(name), Ok((shown, Flow::Continue))) => match super::command_named(name) {
                Some(command) if command.name == "open" && input.contains(char::is_whitespace) => {
                    let fingerprint = self.session.fingerprint().map(str::to_owned).unwrap_or_default();
                    let Some(mut record) = self.record.take() else { return String::new() };
                    let written = record.opened(input, &self.session, &fingerprint);
                    self.record = Some(record);
                    self.record(|_| written)
                }
                // Lists of what is set or named say nothing of the graph either.
                Some(command) if matches!(command.name, "param" | "let") && !input.contains(char::is_whitespace) => String::new(),
                Some(command) if !UNRECORDED.contains(&command.name) => self.record(|record| record.command(input, shown)),
                _ => String::new(),
            },
            _ => String::new(),
        }
    }

    /// Ends the record, if there is one: its file, and what is to be told.
    pub(super) fn end_record(&mut self) -> Option<(PathBuf, usize, io::Result<()>)> {
        let mut record = self.record.take()?;
        let ended = record.end(&self.session);
        Some((record.path().to_owned(), record.entries(), ended))
    }
}

impl Drop for Shell {
    /// Whoever leaves has said all there was to record.
    fn drop(&mut self) {
        self.end_record();
    }
}
