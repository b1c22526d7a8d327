//! Line editor: rustyline with our keys, for inputs of one or more lines.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use rustyline::config::{BellStyle, ColorMode, CompletionType, Config, Configurer};
use rustyline::error::ReadlineError;
use rustyline::history::{History as _, MemHistory};
use rustyline::{EditMode as Mode, Editor};

use crate::command::{EditMode, Failure};

use super::gutter::{buffered, plain};
use super::helper::{Conversation, PromptHelper};
use super::history::MOST_ENTRIES;
use super::keys::{Keys, Outcome};

/// What came of reading.
pub(super) enum Read {
    /// What was typed, to be answered.
    Taken(String),
    /// What was typed was dropped; whether there was anything.
    Dropped(bool),
    /// What was typed, to be opened in another editor.
    Edited(String),
    /// A byte came that is no text; this is what was typed before it.
    NoText(String),
    /// Nothing is to come.
    End,
}

/// The line editor and what it shares with its helper.
pub(super) struct LineEditor {
    editor: Editor<PromptHelper, MemHistory>,
    conversation: Rc<RefCell<Conversation>>,
    keys: Keys,
}

impl LineEditor {
    /// An editor that knows what was typed before.
    pub fn new(conversation: &Rc<RefCell<Conversation>>, entries: &[String]) -> Result<LineEditor, Failure> {
        let colour = conversation.borrow().shell.settings().page.colour;
        let config = configuration().map_err(failure)?;
        let mut kept = MemHistory::with_config(&config);
        for entry in entries {
            kept.add(&buffered(entry)).map_err(failure)?;
        }
        let keys = Keys::default();
        let mut editor = Editor::with_history(config, kept).map_err(failure)?;
        editor.set_helper(Some(PromptHelper::new(Rc::clone(conversation), colour, keys.clone())));
        keys.bind(&mut editor);
        Ok(LineEditor { editor, conversation: Rc::clone(conversation), keys })
    }

    /// Adds what was typed to what the keys find.
    pub fn remember(&mut self, entry: &str) {
        // In memory nothing stands in the way.
        let _ = self.editor.add_history_entry(buffered(entry).into_owned());
    }

    fn set_mode(&mut self, mode: EditMode) {
        /// How long after Escape, in milliseconds, what follows is still part of one key.
        const ESCAPE: u16 = 50;
        /// The same where Escape and a letter are a key of their own, and come from afar perhaps.
        const ESCAPE_AND_LETTER: u16 = 100;
        let (mode, timeout) = match mode {
            EditMode::Emacs => (Mode::Emacs, ESCAPE_AND_LETTER),
            EditMode::Vi => (Mode::Vi, ESCAPE),
        };
        self.editor.set_edit_mode(mode);
        // Setting the mode sets this, too.
        self.editor.set_keyseq_timeout(Some(timeout));
    }

    /// Reads an input, whose beginning may be there already.
    ///
    /// # Errors
    /// The terminal can be read or written no longer.
    pub fn read(&mut self, initial: &str) -> Result<Read, Failure> {
        let (gutter, mode) = {
            let conversation = self.conversation.borrow();
            conversation.drawn.forget();
            (conversation.gutter.clone(), conversation.shell.settings().edit_mode)
        };
        self.editor.set_tab_stop(gutter.tab_stop());
        self.set_mode(mode);
        let fixed = self.conversation.borrow().shell.fixed().filter(|fixed| !fixed.contains(char::is_control)).map(str::to_owned);
        self.keys.begin(self.editor.history().into_iter().cloned(), fixed);
        if let Some(helper) = self.editor.helper() {
            helper.close_menu();
        }
        let buffer = self.editor.readline_with_initial(gutter.prompt(), (&buffered(initial), ""));
        match (buffer, self.keys.outcome()) {
            (Ok(buffer), Outcome::Taken) => Ok(Read::Taken(plain(&buffer).into_owned())),
            (Ok(buffer), Outcome::Edited) => Ok(Read::Edited(plain(&buffer).into_owned())),
            (Ok(buffer), Outcome::Dropped) => Ok(Read::Dropped(!buffer.is_empty())),
            (Err(ReadlineError::Interrupted), _) => Ok(Read::Dropped(true)),
            (Err(ReadlineError::Signal(_)), _) => Ok(Read::NoText(plain(&self.keys.seen()).into_owned())),
            (Err(ReadlineError::Eof), _) => Ok(Read::End),
            (Err(ReadlineError::Io(error)), _) if error.kind() == io::ErrorKind::InvalidData => {
                Ok(Read::NoText(plain(&self.keys.seen()).into_owned()))
            }
            (Err(error), _) => Err(failure(error)),
        }
    }
}

fn configuration() -> rustyline::Result<Config> {
    let builder = Config::builder()
        .max_history_size(MOST_ENTRIES)?
        .history_ignore_dups(true)?
        .completion_type(CompletionType::List)
        .bell_style(BellStyle::None)
        // Also without colour the helper draws, and puts the prompts before further lines: the colours are its own choice.
        .color_mode(ColorMode::Forced);
    Ok(builder.build())
}

fn failure(error: ReadlineError) -> Failure {
    match error {
        ReadlineError::Io(error) => Failure::Output(error),
        #[cfg(unix)]
        ReadlineError::Errno(error) => Failure::Output(io::Error::from(error)),
        other => Failure::Output(io::Error::other(other)),
    }
}
