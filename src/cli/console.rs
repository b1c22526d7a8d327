//! Console: where answers and complaints go, and how they look there.

use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::command::{Failure, write_text};
use crate::diagnostic::{Class, Code, Complaints, Diagnostic};
use crate::render::{Format, Page, ascii, complaint};

use super::arguments::Options;

/// How many warnings are shown above an answer; `oms check` shows all.
const MOST_WARNINGS: usize = 3;

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Failure {
        Complaints::from(diagnostic).into()
    }
}

/// The streams of this run.
pub(super) struct Console {
    colours: bool,
    width: Option<usize>,
    /// Whether complaints are for programs.
    json: bool,
    quiet: bool,
    file: Option<PathBuf>,
}

impl Console {
    pub fn new(options: &Options) -> Console {
        Console {
            colours: colours_are_welcome() && !options.no_color,
            width: options.width.map(usize::from),
            json: options.format.is_some_and(is_for_programs),
            quiet: options.quiet,
            file: options.output.clone().filter(|path| !is_standard_output(path)),
        }
    }

    /// The console of a run whose arguments could not be read.
    pub fn plain(no_color: bool, json: bool) -> Console {
        Console { colours: colours_are_welcome() && !no_color, width: None, json, quiet: false, file: None }
    }

    /// Whether answers go to a file.
    pub fn has_file(&self) -> bool {
        self.file.is_some()
    }

    /// The file that answers go to, if they go to one.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// What answers are written on.
    pub fn answers(&self) -> Page {
        if self.has_file() { Page { width: self.width, ..Page::default() } } else { self.page(&io::stdout()) }
    }

    /// What complaints are written on.
    pub fn complaints(&self) -> Page {
        self.page(&io::stderr())
    }

    /// The size of a terminal is only asked of a terminal: it costs time.
    fn page(&self, stream: &(impl IsTerminal + Sized)) -> Page {
        if !stream.is_terminal() {
            return Page { width: self.width, ..Page::default() };
        }
        Page { width: self.width.or_else(terminal_width), colour: self.colours, unicode: unicode_is_shown() }
    }

    /// Writes what was asked for, to the file or to standard output.
    pub fn write(&self, text: &str) -> Result<(), Failure> {
        match &self.file {
            Some(path) => Ok(write_text(path, text)?),
            None if io::stdout().is_terminal() && !unicode_is_shown() => {
                to_standard_output(ascii(text).as_bytes()).map_err(Failure::Output)
            }
            None => to_standard_output(text.as_bytes()).map_err(Failure::Output),
        }
    }

    /// Shows the first warnings.
    pub fn warn(&self, warnings: &[Diagnostic]) {
        self.warn_all(&warnings[..warnings.len().min(MOST_WARNINGS)]);
        let more = warnings.len().saturating_sub(MOST_WARNINGS);
        if more > 0 {
            let noun = if more == 1 { "warning" } else { "warnings" };
            let rest = Diagnostic::warning(warnings[MOST_WARNINGS].code, format!("{more} more {noun} about the graph"));
            self.warn_all(&[rest.help("`oms check` shows all of them, `--quiet` none")]);
        }
    }

    /// Shows every warning.
    pub fn warn_all(&self, warnings: &[Diagnostic]) {
        if self.quiet {
            return;
        }
        for warning in warnings {
            if self.json {
                let object = complaint::json(&warning.clone().into());
                self.tell(&object.replacen("{\"error\":", "{\"warning\":", 1));
            } else {
                self.tell(&complaint::render_one(warning, &self.complaints()));
            }
        }
    }

    /// Shows why the run failed, and gives its exit status.
    pub fn fail(&self, failure: Failure) -> u8 {
        let complaints = match failure {
            Failure::Complaints(complaints) => complaints,
            // The reader has what it wanted.
            Failure::Output(error) if error.kind() == ErrorKind::BrokenPipe => return 0,
            Failure::Output(error) => unwritable(&error),
        };
        let page = self.complaints();
        self.tell(&if self.json { complaint::json(&complaints) } else { complaint::render(&complaints, &page) });
        complaints.class().exit_status()
    }

    /// Tells the user; if even that cannot be written, the exit status has to do.
    pub fn tell(&self, text: &str) {
        let text = if !text.is_ascii() && io::stderr().is_terminal() && !unicode_is_shown() { ascii(text) } else { text.into() };
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}

/// Whether a path stands for standard output.
pub(super) fn is_standard_output(path: &Path) -> bool {
    path == Path::new("-") || path == Path::new("/dev/stdout")
}

/// Whether complaints about answers in this format are for programs too.
pub(super) fn is_for_programs(format: &Format) -> bool {
    matches!(format.name, "json" | "jsonl")
}

/// Writes all of it at once, and reports what the buffer would keep to itself.
pub(super) fn to_standard_output(bytes: &[u8]) -> io::Result<()> {
    let mut stream = io::stdout().lock();
    stream.write_all(bytes)?;
    stream.flush()
}

fn unwritable(error: &io::Error) -> Complaints {
    let reason = match error.kind() {
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    };
    let complaint = Diagnostic::error(Code::Unwritable, format!("standard output cannot be written: {reason}"));
    debug_assert_eq!(complaint.code.class(), Class::Data);
    complaint.help("what was written before may be incomplete; `-o FILE` writes a file whole or not at all").into()
}

/// What the environment says of colours: any value of `NO_COLOR` but an empty one refuses them, and so does a terminal
/// that is `dumb` or does not say what it is.
fn colours_are_welcome() -> bool {
    let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let term = env::var_os("TERM").unwrap_or_default();
    let dumb = term == "dumb" || cfg!(unix) && term.is_empty();
    !refused && !dumb
}

/// Whether a terminal shows more than ASCII: whether its locale, by the first of the variables that says something, is one of UTF-8.
///
/// Where none says anything POSIX means its own locale, which is ASCII. That is how containers and services start, though, and whoever
/// looks into those sits at a terminal of today, which is one of UTF-8: so nothing said is UTF-8, while `C` and `POSIX` mean what they say.
fn unicode_is_shown() -> bool {
    if cfg!(windows) {
        return true;
    }
    let said = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(env::var_os).find(|value| !value.is_empty());
    said.is_none_or(|locale| {
        let locale = locale.to_string_lossy().to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// The columns of the terminal: what `COLUMNS` says, else what the terminal says.
fn terminal_width() -> Option<usize> {
    let said = env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok()).filter(|columns| *columns > 0);
    said.or_else(|| terminal_size::terminal_size().map(|(columns, _)| usize::from(columns.0)))
}
