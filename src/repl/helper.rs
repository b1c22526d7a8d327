//! Helper: what rustyline asks while a line is typed: completion, hints and colours.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::io::Write;
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
use crate::render::{Role, ascii};
use crate::session::Budget;

use super::completion::{Completion, complete_counted};
use super::gutter::Gutter;
use super::highlight::{Painter, Seen};
use super::hint::Grey;
use super::keys::Keys;
use super::likeliest;
use super::menu::{Menu, Room};
use super::resizing::Drawn;
use super::{terminal_size, terminal_width};

/// So many entries of the history are looked at for a hint: those that cannot be asked of this graph are passed over.
const MOST_RECALLED: usize = 8;

/// How long rows are counted for a menu, so that all of it is there in thirty milliseconds.
/// Without optimisation everything takes ten times as long.
const TIME_FOR_COUNTS: Duration = Duration::from_millis(if cfg!(debug_assertions) { 300 } else { 18 });
/// Beyond this nobody wants to know how many rows there are.
const MOST_COUNTED: u64 = 1000;

/// What the conversation holds: the shell, and the prompts that stand before the lines of an input.
pub(super) struct Conversation {
    pub shell: Shell,
    pub gutter: Gutter,
    pub drawn: Drawn,
}

/// The helper of the line editor.
pub(super) struct PromptHelper {
    conversation: Rc<RefCell<Conversation>>,
    painter: RefCell<Painter>,
    /// Whether the line is handed over, as it is painted for the last time.
    handed_over: Cell<bool>,
    colour: bool,
    keys: Keys,
    menu: Menu,
}

impl PromptHelper {
    pub fn new(conversation: Rc<RefCell<Conversation>>, colour: bool, keys: Keys) -> PromptHelper {
        let menu = Menu::with(keys.menu());
        PromptHelper { conversation, painter: RefCell::default(), handed_over: Cell::new(false), colour, keys, menu }
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

    /// The terminal may have another width than when this was drawn before.
    fn learn_what_is_drawn(&self, before: &str) {
        let conversation = self.conversation.borrow();
        let columns = terminal_width().unwrap_or(80);
        let now = conversation.drawn.about_to(before, columns, usize::from(conversation.gutter.tab_stop()));
        if !now.is_empty() {
            // If the terminal cannot be written any more, the line editor is about to find out.
            let mut out = std::io::stdout();
            let _ = out.write_all(now.as_bytes()).and_then(|()| out.flush());
        }
    }

    /// The last query as it was probably meant, for an empty line: the keys that take a hint over take it over.
    fn fixed_query(&self) -> Option<Grey> {
        let conversation = self.conversation.borrow();
        let fixed = conversation.shell.fixed().filter(|_| self.colour)?;
        (!fixed.contains(char::is_control)).then(|| Grey::rest(fixed.to_owned()))
    }

    /// The menu under a line, if one is open.
    fn menu(&self, line: &str, position: usize) -> Option<Grey> {
        let (columns, rows) = terminal_size().unwrap_or((80, 24));
        let conversation = self.conversation.borrow();
        let settings = conversation.shell.settings();
        let prompt = conversation.gutter.prompt().width();
        let taken = (prompt + line.width()) / columns.max(1) + line.matches('\n').count() + 1;
        let room = Room { columns, rows: rows.saturating_sub(taken + 1), palette: self.colour.then_some(&settings.palette) };
        let menu = self.menu.shown(line, position, room, || self.counted(&line[..position]))?;
        Some(Grey::below(if settings.page.unicode { menu } else { ascii(&menu).into_owned() }))
    }

    fn look(&self, role: Role, text: &str) -> String {
        self.conversation.borrow().shell.settings().palette.painted(role, text)
    }

    /// The rest of the last entry of the history that begins with the line and can be asked of this graph.
    fn history_hint(&self, line: &str, context: &Context<'_>) -> Option<String> {
        let conversation = self.conversation.borrow();
        let mut from = context.history().len().checked_sub(1)?;
        for _ in 0..MOST_RECALLED {
            let found = context.history().starts_with(line, from, SearchDirection::Reverse).ok()??;
            let rest = found.entry.get(line.len()..)?;
            let leads_on = || self.painter.borrow().can_be_asked(conversation.shell.session(), &found.entry);
            if !rest.is_empty() && !rest.contains(char::is_control) && leads_on() {
                return Some(rest.to_owned());
            }
            from = found.idx.checked_sub(1)?;
        }
        None
    }

    /// What probably stands behind the line.
    fn hint_behind(&self, line: &str, context: &Context<'_>) -> Option<Grey> {
        self.painter.borrow_mut().refresh(self.conversation.borrow().shell.session());
        if let Some(rest) = self.history_hint(line, context) {
            return Some(Grey::rest(rest));
        }
        let conversation = self.conversation.borrow();
        likeliest::rest(&conversation.shell, line).map(Grey::rest).or_else(|| likeliest::signature(line).map(Grey::below))
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
        self.learn_what_is_drawn(line.get(..position).unwrap_or(line));
        if !self.keys.is_pasting(line)
            && let Some(menu) = self.menu(line, position)
        {
            return Some(menu);
        }
        if line.is_empty() {
            return self.fixed_query();
        }
        let acts = |character: char| character.is_control() && !matches!(character, '\n' | '\t');
        if !self.colour || self.keys.is_pasting(line) || position < line.len() || line.trim().is_empty() || line.contains(acts) {
            return None;
        }
        self.hint_behind(line, context)
    }
}

impl Highlighter for PromptHelper {
    fn highlight<'l>(&self, line: &'l str, position: usize) -> Cow<'l, str> {
        let conversation = self.conversation.borrow();
        let columns = terminal_width().unwrap_or(80);
        self.keys.rest();
        let is_passed_over = self.keys.is_pasting(line) && !self.handed_over.get();
        if !self.colour || is_passed_over {
            return conversation.gutter.drawn(line, "", columns);
        }
        let shell = &conversation.shell;
        let palette = &shell.settings().palette;
        let cursor = (!self.handed_over.get()).then_some(position);
        let mut painter = self.painter.borrow_mut();
        painter.refresh(shell.session());
        let painted = painter.painted(shell.session(), palette, Seen { text: line, cursor }, 0);
        Cow::Owned(conversation.gutter.drawn(&painted, palette.look(Role::Hint), columns).into_owned())
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        let moved = self.conversation.borrow().drawn.correction();
        match self.colour {
            true => Cow::Owned(format!("{moved}{}", self.look(Role::Prompt, prompt))),
            false if !moved.is_empty() => Cow::Owned(format!("{moved}{prompt}")),
            false => Cow::Borrowed(prompt),
        }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        // A menu brings its own colours.
        if self.colour && !hint.starts_with('\n') { Cow::Owned(self.look(Role::Hint, hint)) } else { Cow::Borrowed(hint) }
    }

    fn highlight_candidate<'c>(&self, candidate: &'c str, _: CompletionType) -> Cow<'c, str> {
        Cow::Borrowed(candidate)
    }

    fn highlight_char(&self, line: &str, _: usize, kind: CmdKind) -> bool {
        self.handed_over.set(kind == CmdKind::ForcedRefresh);
        self.keys.rest();
        self.colour && !self.keys.is_pasting(line)
    }
}
