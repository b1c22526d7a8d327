//! Repl: the conversation on a terminal; the only room that names rustyline.

mod browsing;
pub mod completion;
mod folders;
mod gutter;
mod helper;
mod highlight;
mod hint;
mod history;
mod keys;
mod likeliest;
mod line_editor;
mod menu;
mod output;
mod pager;
mod plain_terminal;
mod progress;
mod resizing;
mod signals;

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::rc::Rc;
use std::sync::atomic::Ordering;

use crate::command::{Failure, Flow, Shell, banner, edit_outside, inputs, is_unfinished, told};
use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::render::{Page, ascii, complaint, visible};

pub use progress::Progress;

pub use folders::configuration_file;
use gutter::Gutter;
use helper::Conversation;
use history::History;
use line_editor::{LineEditor, Read};
use output::Output;
use plain_terminal::Lines;
use resizing::Drawn;
use signals::Signals;

/// The columns of the terminal that the standard output is; none if it is no terminal.
pub fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0)
}

/// The columns and rows of the terminal that the standard output is.
fn terminal_size() -> Option<(usize, usize)> {
    let size = terminal_size::terminal_size_of(io::stdout());
    size.map(|(width, height)| (usize::from(width.0), usize::from(height.0))).filter(|(width, height)| *width > 0 && *height > 0)
}

/// Talks with whoever sits at the terminal until they leave.
///
/// Complaints go to the standard error output, everything else to the standard output. Ctrl-C stops a query that runs, through
/// the session's interrupt; at the prompt it drops the input. The width of the terminal is read anew for each answer. A terminal that
/// vanishes ends the conversation.
///
/// # Errors
/// The terminal can be read or written no longer. A wrong query is none.
pub fn run(shell: Shell) -> Result<(), Failure> {
    let signals = Signals::watch(shell.session().interrupt());
    let ended = Prompt::new(shell, signals).and_then(|mut prompt| prompt.talk());
    match ended {
        Err(Failure::Output(error)) if is_vanished(&error) => Ok(()),
        other => other,
    }
}

/// Whether the terminal is there no more: it can neither be read nor written.
fn is_vanished(error: &io::Error) -> bool {
    /// What Unix says of a terminal that hung up: an error of input and output.
    const HUNG_UP: i32 = 5;
    cfg!(unix) && error.raw_os_error() == Some(HUNG_UP)
}

/// How lines are read.
enum Reader {
    /// In a line editor.
    Editor(Box<LineEditor>),
    /// As the terminal hands them over.
    Plain,
}

/// What is to be done next.
enum Step {
    Answer(String),
    Edit(String),
    /// The prompt again, with this text.
    Again(String),
    Leave,
}

/// The conversation, how it is read, and where what is typed is kept.
struct Prompt {
    reader: Reader,
    conversation: Rc<RefCell<Conversation>>,
    history: History,
    signals: Signals,
    /// Whether an empty input was dropped just now: whoever drops it again wants to leave.
    dropped: bool,
}

impl Prompt {
    fn new(mut shell: Shell, signals: Signals) -> Result<Prompt, Failure> {
        shell.set_width(terminal_width());
        shell.set_at_terminal();
        let (page, quiet) = (shell.settings().page, shell.settings().quiet);
        let (history, note) = History::load();
        shell.set_history(history.entries().to_vec());
        if !quiet {
            write_out(&format!("{}\n", banner(shell.session(), &page)), page.unicode)?;
            whisper(note, page.unicode);
        }
        let gutter = gutter_of(&shell);
        let conversation = Rc::new(RefCell::new(Conversation { shell, gutter, drawn: Drawn::default() }));
        let reader = if plain_terminal::is_plain(io::stdout().is_terminal()) {
            Reader::Plain
        } else {
            Reader::Editor(Box::new(LineEditor::new(&conversation, history.entries())?))
        };
        Ok(Prompt { reader, conversation, history, signals, dropped: false })
    }

    fn talk(&mut self) -> Result<(), Failure> {
        let mut initial = String::new();
        loop {
            {
                let conversation = &mut *self.conversation.borrow_mut();
                conversation.gutter = gutter_of(&conversation.shell);
            }
            initial = match self.read(&initial)? {
                Step::Leave => return Ok(()),
                Step::Again(text) => text,
                Step::Edit(text) => self.edit(text),
                Step::Answer(text) => {
                    let (now, kept) = kept_back(&text);
                    if self.take(&now)? == Flow::Quit {
                        return Ok(());
                    }
                    let asked = self.conversation.borrow_mut().shell.take_edit();
                    match (asked, kept) {
                        (Some(text), _) => self.edit(text),
                        (None, Some(kept)) => {
                            self.whisper(Some("what was begun is kept: it goes on below, Ctrl-C drops it".to_owned()));
                            kept
                        }
                        (None, None) => String::new(),
                    }
                }
            };
            if self.signals.is_gone() {
                return Ok(());
            }
        }
    }

    /// Reads an input, whose beginning may be there already.
    fn read(&mut self, initial: &str) -> Result<Step, Failure> {
        let dropped = std::mem::take(&mut self.dropped);
        let read = match &mut self.reader {
            Reader::Editor(editor) => editor.read(initial)?,
            Reader::Plain => {
                let gutter = self.conversation.borrow().gutter.clone();
                match plain_terminal::read(&gutter, initial, &self.signals.interrupt)? {
                    Lines::Inputs(text) => Read::Taken(text),
                    Lines::NoText => Read::NoText(String::new()),
                    Lines::End => Read::End,
                }
            }
        };
        Ok(match read {
            Read::Taken(text) => Step::Answer(text),
            Read::Edited(text) => Step::Edit(text),
            Read::Dropped(filled) => {
                self.dropped = !filled;
                if dropped && !filled {
                    self.whisper(Some("Ctrl-D leaves".to_owned()));
                }
                Step::Again(String::new())
            }
            Read::NoText(text) => {
                self.complain(&no_text());
                Step::Again(text)
            }
            Read::End => Step::Leave,
        })
    }

    /// What becomes of a text in the editor of the user's choice; the text itself if that fails.
    fn edit(&mut self, text: String) -> String {
        match self.signals.during(|| edit_outside(&text)) {
            Ok(edited) => edited,
            Err(complaints) => {
                self.complain(&complaints);
                text
            }
        }
    }

    /// Answers each input, until one is interrupted.
    fn take(&mut self, text: &str) -> Result<Flow, Failure> {
        let places = inputs(text);
        let several = places.len() > 1;
        let mut end = 0;
        for place in places {
            self.conversation.borrow_mut().shell.notes(&text[end..place.start]);
            end = place.end;
            if self.answer(text[place].trim(), several)? == Flow::Quit {
                return Ok(Flow::Quit);
            }
            if self.signals.interrupt.load(Ordering::Relaxed) {
                break;
            }
        }
        self.conversation.borrow_mut().shell.notes(&text[end..]);
        Ok(Flow::Continue)
    }

    /// Answers one input; `several` shows which one, where many were put in at once.
    fn answer(&mut self, input: &str, several: bool) -> Result<Flow, Failure> {
        let note = self.history.add(input);
        self.whisper(note);
        if let Reader::Editor(editor) = &mut self.reader {
            editor.remember(input);
        }
        let outcome = {
            let conversation = &mut *self.conversation.borrow_mut();
            conversation.shell.remember(input);
            conversation.shell.set_width(terminal_width());
            let unicode = conversation.shell.settings().page.unicode;
            if several {
                let lines: Vec<String> = input.lines().map(|line| visible(line).into_owned()).collect();
                let between = format!("\n{}", conversation.gutter.continued());
                write_out(&format!("{}{}\n", conversation.gutter.prompt(), lines.join(&between)), unicode)?;
            }
            self.signals.interrupt.store(false, Ordering::Relaxed);
            let mut output = Output::new(&self.signals.interrupt, unicode);
            self.signals.during(|| answered(&mut conversation.shell, input, &mut output))
        };
        if outcome.is_err() && self.signals.interrupt.load(Ordering::Relaxed) {
            // Behind the `^C` that the terminal shows.
            let _ = io::stderr().write_all(b"\n");
        }
        match outcome {
            Err(Failure::Complaints(complaints)) => self.complain(&complaints),
            Err(Failure::Output(error)) if output::is_stopped(&error) => self.complain(&stopped()),
            other => return other,
        }
        Ok(Flow::Continue)
    }

    fn complain(&self, complaints: &Complaints) {
        let page = self.conversation.borrow().shell.settings().page;
        let drawn = complaint::render(complaints, &page);
        // Nobody is there to be told that the complaints cannot be written.
        let _ = io::stderr().write_all(if page.unicode { drawn.into_bytes() } else { ascii(&drawn).into_owned().into_bytes() }.as_slice());
        let is_edited = matches!(self.reader, Reader::Editor(_));
        let is_offered = complaints.fixed().is_some_and(|fixed| is_edited && !fixed.contains(char::is_control));
        self.whisper(is_offered.then(|| "the right arrow key takes the fixed query over".to_owned()));
    }

    fn whisper(&self, note: Option<String>) {
        let page = Page { width: terminal_width(), ..self.conversation.borrow().shell.settings().page };
        whisper(note.map(|note| told(note, &page)), page.unicode);
    }
}

/// Answers an input, and those of the files that it has run.
fn answered(shell: &mut Shell, input: &str, output: &mut Output) -> Result<Flow, Failure> {
    let mut outcome = pager::submit(shell, input, output);
    while let (Ok(Flow::Continue), Some(input)) = (&outcome, shell.next_sourced()) {
        output.write_all(shell.echo(&input).as_bytes()).map_err(Failure::Output)?;
        outcome = match pager::submit(shell, &input, output) {
            Ok(flow) => {
                if flow == Flow::Quit {
                    shell.end_sourced();
                }
                Ok(Flow::Continue)
            }
            Err(Failure::Complaints(complaints)) => Err(shell.fail_sourced(complaints).into()),
            failure => failure,
        };
    }
    outcome
}

/// What is to be answered now, and what goes on afterwards: an input that was begun when a command came between.
fn kept_back(text: &str) -> (Cow<'_, str>, Option<String>) {
    match inputs(text).as_slice() {
        [.., begun, last] if text[last.clone()].trim_start().starts_with(':') && is_unfinished(&text[begun.clone()]) => {
            let now = format!("{}{}", &text[..begun.start], &text[last.start..]);
            (now.into(), Some(format!("{}\n", text[begun.clone()].trim_end())))
        }
        _ => (text.into(), None),
    }
}

/// The prompts that the settings ask for.
fn gutter_of(shell: &Shell) -> Gutter {
    let settings = shell.settings();
    let name = std::path::Path::new(shell.session().name());
    let name = name.file_stem().map_or_else(|| shell.session().name().into(), |stem| stem.to_string_lossy());
    let prompt = visible(&settings.prompt.replace("{graph}", &name)).into_owned();
    Gutter::new(&if settings.page.unicode { prompt } else { ascii(&prompt).into_owned() })
}

/// The complaint about an answer that Ctrl-C cut off.
fn stopped() -> Complaints {
    let complaint = Diagnostic::error(Code::Interrupted, "interrupted: the answer is not shown to its end");
    complaint.help("`limit N` behind a query asks for fewer rows, and `:export FILE` writes all of them to a file").into()
}

/// The complaint about keys that are no text.
fn no_text() -> Complaints {
    let complaint = Diagnostic::error(Code::NotUnicode, "the terminal sent bytes that are not UTF-8 text");
    complaint.help("a terminal set to UTF-8 sends every letter; in names, letters without marks do as well").into()
}

fn write_out(text: &str, unicode: bool) -> Result<(), Failure> {
    let mut out = io::stdout();
    let text = if unicode { text.into() } else { ascii(text) };
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Failure::Output)
}

/// Says on the standard error output what is good to know and stops nothing.
fn whisper(note: Option<String>, unicode: bool) {
    if let Some(note) = note {
        for line in note.lines().map(visible) {
            let _ = writeln!(io::stderr(), "{}", if unicode { line } else { ascii(&line).into_owned().into() });
        }
    }
}
