//! Repl: the conversation on a terminal; the only room that names rustyline.

mod completion;
mod helper;
mod highlight;
mod history;

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustyline::Editor;
use rustyline::config::{BellStyle, ColorMode, CompletionType, Config};
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;

use crate::command::{Failure, Flow, Shell, banner, inputs};
use crate::render::{complaint, visible};

use helper::{Conversation, PromptHelper};
use history::HistoryFile;

/// The prompt where an input begins, and where an unfinished one goes on.
const PROMPT: &str = "oms> ";
const CONTINUED: &str = "...> ";

/// More candidates than this are shown only if that is wanted.
const MOST_LISTED: usize = 150;

/// The columns of the terminal that the standard output is; none if it is no terminal.
pub fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0)
}

/// Talks with whoever sits at the terminal until they leave.
///
/// Complaints go to the standard error output, everything else to the standard output. Ctrl-C stops a query that runs, through
/// the session's interrupt; at the prompt it drops the line. The width of the terminal is read anew for each answer.
///
/// # Errors
/// The terminal can be read or written no longer. A wrong query is none.
pub fn run(shell: Shell) -> Result<(), Failure> {
    let interrupt = shell.session().interrupt();
    // Where no handler can be set, Ctrl-C ends the program as it would any other.
    let handler = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&interrupt)).ok();
    let ended = Prompt::new(shell, interrupt).and_then(|mut prompt| prompt.talk());
    if let Some(handler) = handler {
        signal_hook::low_level::unregister(handler);
    }
    ended
}

/// The line editor, what it shares with its helper, and where entries are kept.
struct Prompt {
    editor: Editor<PromptHelper, FileHistory>,
    conversation: Rc<RefCell<Conversation>>,
    file: HistoryFile,
    interrupt: Arc<AtomicBool>,
}

impl Prompt {
    fn new(mut shell: Shell, interrupt: Arc<AtomicBool>) -> Result<Prompt, Failure> {
        shell.set_width(terminal_width());
        let (page, quiet) = (shell.settings().page, shell.settings().quiet);
        let config = configuration(page.colour).map_err(failure)?;
        let mut kept = history::empty(&config);
        let (file, note) = HistoryFile::load(&mut kept);
        shell.set_history(kept.iter().cloned().collect());
        if !quiet {
            write_out(&format!("{}\n", banner(shell.session(), &page)))?;
            whisper(note);
        }
        let conversation = Rc::new(RefCell::new(Conversation { shell, pending: String::new() }));
        let mut editor = Editor::with_history(config, kept).map_err(failure)?;
        editor.set_helper(Some(PromptHelper::new(Rc::clone(&conversation), page.colour)));
        Ok(Prompt { editor, conversation, file, interrupt })
    }

    fn talk(&mut self) -> Result<(), Failure> {
        loop {
            let unfinished = !self.conversation.borrow().pending.is_empty();
            match self.editor.readline(if unfinished { CONTINUED } else { PROMPT }) {
                Ok(line) => {
                    if self.take(&line)? == Flow::Quit {
                        return Ok(());
                    }
                }
                Err(ReadlineError::Interrupted) => self.conversation.borrow_mut().pending.clear(),
                Err(ReadlineError::Signal(_)) => {}
                Err(ReadlineError::Eof) => return Ok(()),
                Err(error) => return Err(failure(error)),
            }
        }
    }

    /// Answers each input that is complete; keeps the beginning of one that is not. A blank line ends that, too.
    fn take(&mut self, line: &str) -> Result<Flow, Failure> {
        let text = {
            let mut conversation = self.conversation.borrow_mut();
            let mut text = std::mem::take(&mut conversation.pending);
            text.push_str(line);
            let last = inputs(&text).pop();
            if let Some(last) = last
                && !line.trim().is_empty()
                && conversation.shell.is_unfinished(&text[last.clone()])
            {
                conversation.pending = format!("{}\n", &text[last.start..]);
                text.truncate(last.start);
            }
            text
        };
        let places = inputs(&text);
        let several = places.len() > 1;
        for place in places {
            if self.answer(text[place].trim(), several)? == Flow::Quit {
                return Ok(Flow::Quit);
            }
        }
        Ok(Flow::Continue)
    }

    /// Answers one input; `several` shows which one, where many were put in at once.
    fn answer(&mut self, input: &str, several: bool) -> Result<Flow, Failure> {
        let conversation = &mut *self.conversation.borrow_mut();
        whisper(self.file.add(self.editor.history_mut(), input));
        conversation.shell.remember(input);
        conversation.shell.set_width(terminal_width());
        if several {
            let lines: Vec<String> = input.lines().map(|line| visible(line).into_owned()).collect();
            write_out(&format!("{PROMPT}{}\n", lines.join(&format!("\n{CONTINUED}"))))?;
        }
        self.interrupt.store(false, Ordering::Relaxed);
        match conversation.shell.submit(input, &mut io::stdout()) {
            Err(Failure::Complaints(complaints)) => {
                // Nobody is there to be told that the complaints cannot be written.
                let _ = io::stderr().write_all(complaint::render(&complaints, &conversation.shell.settings().page).as_bytes());
                Ok(Flow::Continue)
            }
            other => other,
        }
    }
}

fn configuration(colour: bool) -> rustyline::Result<Config> {
    let builder = Config::builder()
        .max_history_size(history::MOST_ENTRIES)?
        .history_ignore_dups(true)?
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        .completion_prompt_limit(MOST_LISTED)
        .bell_style(BellStyle::None)
        .color_mode(if colour { ColorMode::Enabled } else { ColorMode::Disabled });
    Ok(builder.build())
}

fn write_out(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Failure::Output)
}

/// Says on the standard error output what is good to know and stops nothing.
fn whisper(note: Option<String>) {
    if let Some(note) = note {
        let _ = writeln!(io::stderr(), "{}", visible(&note));
    }
}

fn failure(error: ReadlineError) -> Failure {
    match error {
        ReadlineError::Io(error) => Failure::Output(error),
        other => Failure::Output(io::Error::other(other)),
    }
}
