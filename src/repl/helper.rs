//! Helper: what rustyline asks while a line is typed: completion, hints and colours.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::SearchDirection;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Context, Helper};

use crate::command::Shell;

use super::completion::{Candidate, complete};
use super::highlight::{FAINT, KnownWords, PLAIN, PROMPT, painted};

/// Hints are looked up in graphs up to this many entities: a key must not be felt.
const MOST_HINTED: usize = 20_000;

/// What the conversation holds: the shell, and the lines so far of an input that is unfinished.
pub(super) struct Conversation {
    pub shell: Shell,
    pub pending: String,
}

/// The helper of the line editor.
pub(super) struct PromptHelper {
    conversation: Rc<RefCell<Conversation>>,
    known: RefCell<KnownWords>,
    colour: bool,
}

impl PromptHelper {
    pub fn new(conversation: Rc<RefCell<Conversation>>, colour: bool) -> PromptHelper {
        PromptHelper { conversation, known: RefCell::default(), colour }
    }

    /// The candidates behind a line, and where the part begins that they replace; none if that part lies on an earlier line.
    fn candidates(&self, line: &str) -> (usize, Vec<Candidate>) {
        let conversation = self.conversation.borrow();
        let text = format!("{}{line}", conversation.pending);
        let completion = complete(&conversation.shell, &text);
        match completion.start.checked_sub(conversation.pending.len()) {
            Some(start) => (start, completion.candidates),
            None => (line.len(), Vec::new()),
        }
    }

    /// The rest of the last entry of the history that begins with the line.
    fn history_hint(&self, line: &str, context: &Context<'_>) -> Option<String> {
        if !self.conversation.borrow().pending.is_empty() {
            return None;
        }
        let newest = context.history().len().checked_sub(1)?;
        let found = context.history().starts_with(line, newest, SearchDirection::Reverse).ok()??;
        let rest = found.entry.get(line.len()..)?;
        (!rest.is_empty() && !rest.contains(char::is_control)).then(|| rest.to_owned())
    }

    /// The rest of the likeliest candidate.
    fn candidate_hint(&self, line: &str) -> Option<String> {
        if self.conversation.borrow().shell.session().graph().entity_count() > MOST_HINTED {
            return None;
        }
        let (start, candidates) = self.candidates(line);
        let typed = line.get(start..).filter(|typed| !typed.trim().is_empty())?;
        let rest = |candidate: &Candidate| {
            let begins = candidate.replacement.get(..typed.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(typed));
            begins.then(|| candidate.replacement[typed.len()..].to_owned())
        };
        let likeliest = candidates.iter().filter(|candidate| rest(candidate).is_some_and(|rest| !rest.is_empty()));
        rest(likeliest.min_by_key(|candidate| (candidate.rank, candidate.replacement.len()))?)
    }
}

impl Helper for PromptHelper {}

/// Whether an input is unfinished is decided line by line, so that each line has a prompt.
impl Validator for PromptHelper {}

impl Completer for PromptHelper {
    type Candidate = Pair;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let (start, candidates) = self.candidates(&line[..position]);
        let pair = |candidate: Candidate| Pair { display: candidate.shown, replacement: candidate.replacement };
        Ok((start, candidates.into_iter().map(pair).collect()))
    }
}

impl Hinter for PromptHelper {
    type Hint = String;

    fn hint(&self, line: &str, position: usize, context: &Context<'_>) -> Option<String> {
        if !self.colour || position < line.len() || line.trim().is_empty() || line.contains(char::is_control) {
            return None;
        }
        self.history_hint(line, context).or_else(|| self.candidate_hint(line))
    }
}

impl Highlighter for PromptHelper {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if !self.colour {
            return Cow::Borrowed(line);
        }
        let conversation = self.conversation.borrow();
        let mut known = self.known.borrow_mut();
        known.refresh(conversation.shell.session());
        painted(conversation.shell.session(), &known, &conversation.pending, line)
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        if self.colour { Cow::Owned(format!("{PROMPT}{prompt}{PLAIN}")) } else { Cow::Borrowed(prompt) }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(format!("{FAINT}{hint}{PLAIN}"))
    }

    fn highlight_candidate<'c>(&self, candidate: &'c str, _: CompletionType) -> Cow<'c, str> {
        Cow::Borrowed(candidate)
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        self.colour && kind != CmdKind::MoveCursor
    }
}
