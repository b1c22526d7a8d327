//! Helper: what rustyline asks while a line is typed: completion, hints and colours.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::SearchDirection;
use rustyline::line_buffer::LineBuffer;
use rustyline::validate::Validator;
use rustyline::{Changeset, CompletionType, Context, Helper};
use unicode_width::UnicodeWidthStr;

use crate::command::Shell;
use crate::render::ascii;
use crate::session::Budget;

use super::completion::{Candidate, Completion, complete, complete_counted};
use super::gutter::Gutter;
use super::highlight::{FAINT, KnownWords, PLAIN, PROMPT, painted};
use super::hint::Grey;
use super::keys::Keys;
use super::menu::{Menu, Room};
use super::{terminal_size, terminal_width};

/// Hints are looked up in graphs up to this many entities: a key must not be felt.
const MOST_HINTED: usize = 20_000;

/// How long rows are counted for a menu, so that all of it is there in thirty milliseconds.
/// Without optimisation everything takes ten times as long.
const TIME_FOR_COUNTS: Duration = Duration::from_millis(if cfg!(debug_assertions) { 300 } else { 18 });
/// Beyond this nobody wants to know how many rows there are.
const MOST_COUNTED: u64 = 1000;

/// What the conversation holds: the shell, and the prompts that stand before the lines of an input.
pub(super) struct Conversation {
    pub shell: Shell,
    pub gutter: Gutter,
}

/// The helper of the line editor.
pub(super) struct PromptHelper {
    conversation: Rc<RefCell<Conversation>>,
    known: RefCell<KnownWords>,
    colour: bool,
    keys: Keys,
    menu: Menu,
}

impl PromptHelper {
    pub fn new(conversation: Rc<RefCell<Conversation>>, colour: bool, keys: Keys) -> PromptHelper {
        let menu = Menu::with(keys.menu());
        PromptHelper { conversation, known: RefCell::default(), colour, keys, menu }
    }

    /// Forgets the menu of the last line.
    pub fn close_menu(&self) {
        self.menu.close();
    }

    /// What can stand at the end of a line, with the rows that it would leave.
    fn counted(&self, line: &str) -> Completion {
        let budget = Budget::lasting(TIME_FOR_COUNTS, MOST_COUNTED);
        complete_counted(&self.conversation.borrow().shell, line, budget)
    }

    /// The menu under a line, if one is open.
    fn menu(&self, line: &str, position: usize) -> Option<Grey> {
        let (columns, rows) = terminal_size().unwrap_or((80, 24));
        let (prompt, unicode) = {
            let conversation = self.conversation.borrow();
            (conversation.gutter.prompt().width(), conversation.shell.settings().page.unicode)
        };
        let taken = (prompt + line.width()) / columns.max(1) + line.matches('\n').count() + 1;
        let room = Room { columns, rows: rows.saturating_sub(taken + 1), colour: self.colour };
        let menu = self.menu.shown(line, position, room, || self.counted(&line[..position]))?;
        Some(Grey::below(if unicode { menu } else { ascii(&menu).into_owned() }))
    }

    /// The candidates behind a text, and where the part begins that they replace.
    fn candidates(&self, line: &str) -> (usize, Vec<Candidate>) {
        let completion = complete(&self.conversation.borrow().shell, line);
        (completion.start, completion.candidates)
    }

    /// The rest of the last entry of the history that begins with the line.
    fn history_hint(&self, line: &str, context: &Context<'_>) -> Option<String> {
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

/// Whether an input is finished is decided by the key that would take it.
impl Validator for PromptHelper {}

impl Completer for PromptHelper {
    type Candidate = Pair;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        if self.keys.has_order(line) {
            return Ok((position, vec![Pair { display: String::new(), replacement: String::new() }]));
        }
        let found = self.menu.complete(line, position, || self.counted(&line[..position]));
        let pair = |text: String| Pair { display: text.clone(), replacement: text };
        Ok(found.map_or_else(|| (position, Vec::new()), |(start, text)| (start, vec![pair(text)])))
    }

    fn update(&self, line: &mut LineBuffer, start: usize, elected: &str, changes: &mut Changeset) {
        match self.keys.take_order(line.as_str()) {
            Some((text, position)) if text == line.as_str() => line.set_pos(position),
            Some((text, position)) => line.update(&text, position, changes),
            None => line.replace(start..line.pos(), elected, changes),
        }
    }
}

impl Hinter for PromptHelper {
    type Hint = Grey;

    fn hint(&self, line: &str, position: usize, context: &Context<'_>) -> Option<Grey> {
        self.keys.see(line);
        if !self.keys.is_pasting()
            && let Some(menu) = self.menu(line, position)
        {
            return Some(menu);
        }
        let acts = |character: char| character.is_control() && !matches!(character, '\n' | '\t');
        if !self.colour || self.keys.is_pasting() || position < line.len() || line.trim().is_empty() || line.contains(acts) {
            return None;
        }
        self.history_hint(line, context).or_else(|| self.candidate_hint(line)).map(Grey::rest)
    }
}

impl Highlighter for PromptHelper {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        let conversation = self.conversation.borrow();
        let columns = terminal_width().unwrap_or(80);
        if !self.colour || self.keys.is_pasting() {
            return conversation.gutter.drawn(line, "", columns);
        }
        let mut known = self.known.borrow_mut();
        known.refresh(conversation.shell.session());
        let painted = painted(conversation.shell.session(), &known, "", line);
        Cow::Owned(conversation.gutter.drawn(&painted, FAINT, columns).into_owned())
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        if self.colour { Cow::Owned(format!("{PROMPT}{prompt}{PLAIN}")) } else { Cow::Borrowed(prompt) }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        // A menu brings its own colours.
        if self.colour && !hint.starts_with('\n') { Cow::Owned(format!("{FAINT}{hint}{PLAIN}")) } else { Cow::Borrowed(hint) }
    }

    fn highlight_candidate<'c>(&self, candidate: &'c str, _: CompletionType) -> Cow<'c, str> {
        Cow::Borrowed(candidate)
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        self.colour && !self.keys.is_pasting() && kind != CmdKind::MoveCursor
    }
}
