//! Keys: what the keys of the prompt do where that is not what the line editor does by itself, as one table.
//!
//! A key asks the line editor for one of its commands. What those cannot do is an order: the buffer as it is to be and the place of the
//! cursor. It is carried out by way of completion, the one command through which a helper may change the buffer at will.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustyline::history::History;
use rustyline::{
    Cmd, ConditionalEventHandler, EditMode, Editor, Event, EventContext, EventHandler, Helper, InputMode, KeyCode, KeyEvent, Modifiers,
    RepeatCount,
};

use crate::command::{inputs, is_unfinished};

use super::browsing::Browsing;
use super::gutter::{BREAK, plain};
use super::menu::MenuKeys;

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    /// Takes the input if it is complete, else begins a line.
    Enter,
    /// Begins a line.
    Break,
    /// Drops the input.
    Drop,
    /// Opens the input in the editor of the user's choice.
    OpenEditor,
    /// In a menu the choice before, else the line above.
    Up,
    /// In a menu the next choice, else the line below.
    Down,
    /// In a menu the choice before.
    ChoiceBefore,
    Older,
    Newer,
    Left,
    Right,
    LineStart,
    LineEnd,
    DropBefore,
    DropBehind,
    DropLineStart,
    DropLineEnd,
    ClearScreen,
    /// Closes the menu.
    Escape,
    PasteBegins,
    PasteEnds,
    /// Any other key.
    Other,
}

/// Where a key means what the table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Everywhere,
    /// Where keys put in characters: not in the command mode of vi.
    Typing,
    /// In the command mode of vi alone.
    Commands,
}

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::CTRL;
const ALT: Modifiers = Modifiers::ALT;

/// The keys that mean something of their own here.
const KEYS: &[(KeyCode, Modifiers, Mode, Action)] = &[
    (KeyCode::Enter, NONE, Mode::Everywhere, Action::Enter),
    (KeyCode::Char('J'), CTRL, Mode::Everywhere, Action::Enter),
    (KeyCode::Enter, ALT, Mode::Everywhere, Action::Break),
    (KeyCode::Char('J'), Modifiers::CTRL_ALT, Mode::Everywhere, Action::Break),
    (KeyCode::Char('C'), CTRL, Mode::Everywhere, Action::Drop),
    (KeyCode::BackTab, NONE, Mode::Everywhere, Action::ChoiceBefore),
    (KeyCode::Up, NONE, Mode::Everywhere, Action::Up),
    (KeyCode::Down, NONE, Mode::Everywhere, Action::Down),
    (KeyCode::Char('k'), NONE, Mode::Commands, Action::Up),
    (KeyCode::Char('j'), NONE, Mode::Commands, Action::Down),
    (KeyCode::Char('P'), CTRL, Mode::Everywhere, Action::Older),
    (KeyCode::Char('N'), CTRL, Mode::Everywhere, Action::Newer),
    (KeyCode::Left, NONE, Mode::Everywhere, Action::Left),
    (KeyCode::Char('B'), CTRL, Mode::Everywhere, Action::Left),
    (KeyCode::Char('h'), NONE, Mode::Commands, Action::Left),
    (KeyCode::Right, NONE, Mode::Everywhere, Action::Right),
    (KeyCode::Char('F'), CTRL, Mode::Everywhere, Action::Right),
    (KeyCode::Char('l'), NONE, Mode::Commands, Action::Right),
    (KeyCode::Home, NONE, Mode::Everywhere, Action::LineStart),
    (KeyCode::Char('A'), CTRL, Mode::Typing, Action::LineStart),
    (KeyCode::Char('0'), NONE, Mode::Commands, Action::LineStart),
    (KeyCode::Char('^'), NONE, Mode::Commands, Action::LineStart),
    (KeyCode::End, NONE, Mode::Everywhere, Action::LineEnd),
    (KeyCode::Char('E'), CTRL, Mode::Typing, Action::LineEnd),
    (KeyCode::Backspace, NONE, Mode::Typing, Action::DropBefore),
    (KeyCode::Char('H'), CTRL, Mode::Typing, Action::DropBefore),
    (KeyCode::Char('W'), CTRL, Mode::Typing, Action::DropBefore),
    (KeyCode::Delete, NONE, Mode::Everywhere, Action::DropBehind),
    (KeyCode::Char('D'), CTRL, Mode::Typing, Action::DropBehind),
    (KeyCode::Char('U'), CTRL, Mode::Typing, Action::DropLineStart),
    (KeyCode::Char('K'), CTRL, Mode::Typing, Action::DropLineEnd),
    (KeyCode::Char('v'), NONE, Mode::Commands, Action::OpenEditor),
    (KeyCode::Char('L'), CTRL, Mode::Everywhere, Action::ClearScreen),
    (KeyCode::Esc, NONE, Mode::Everywhere, Action::Escape),
    (KeyCode::BracketedPasteStart, NONE, Mode::Typing, Action::PasteBegins),
    (KeyCode::BracketedPasteEnd, NONE, Mode::Everywhere, Action::PasteEnds),
];

/// Why the line editor gave its buffer back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is to be answered.
    #[default]
    Taken,
    /// It is dropped.
    Dropped,
    /// It is to be opened in another editor.
    Edited,
}

/// A key that comes so soon after the one before was dealt with was waiting already: no finger is as quick.
const WAITING: Duration = Duration::from_millis(20);
/// Longer lines are not looked at while keys are waiting: what comes at once is a paste that the terminal does not announce.
const LONGEST_LOOKED_AT: usize = 256;

/// The buffer as it is to be, for the buffer as it was.
#[derive(Debug)]
struct Order {
    was: String,
    text: String,
    position: usize,
}

#[derive(Debug, Default)]
struct State {
    order: Option<Order>,
    outcome: Outcome,
    pasting: bool,
    /// Whether the last key of a paste was a carriage return, which a line feed may follow.
    returned: bool,
    seen: String,
    browsing: Browsing,
    /// The last input as it was probably meant.
    fixed: Option<String>,
    /// When the last key had been dealt with.
    dealt_with: Option<Instant>,
    /// Whether this key was waiting then.
    hurried: bool,
}

/// What keys, helper and prompt share.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    state: Arc<Mutex<State>>,
    menu: MenuKeys,
}

impl Keys {
    /// What the keys share with the menu.
    pub fn menu(&self) -> MenuKeys {
        self.menu.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Binds every key of the table.
    pub fn bind<H: Helper, I: History>(&self, editor: &mut Editor<H, I>) {
        for (code, modifiers, mode, action) in KEYS {
            editor.bind_sequence(KeyEvent(*code, *modifiers), self.handler(*mode, *action));
        }
        let sequence = vec![KeyEvent::ctrl('X'), KeyEvent::ctrl('E')];
        editor.bind_sequence(Event::KeySeq(sequence), self.handler(Mode::Everywhere, Action::OpenEditor));
        editor.bind_sequence(Event::Any, self.handler(Mode::Everywhere, Action::Other));
    }

    fn handler(&self, mode: Mode, action: Action) -> EventHandler {
        EventHandler::Conditional(Box::new(Handler { keys: self.clone(), mode, action }))
    }

    /// Forgets what belongs to an input, and learns what was typed before it, the oldest first, and how the last was probably meant.
    pub fn begin(&self, entries: impl Iterator<Item = String>, fixed: Option<String>) {
        let mut state = self.state();
        *state = State { browsing: Browsing::new(entries.collect()), fixed, ..State::default() };
    }

    /// Why the line editor gave its buffer back.
    pub fn outcome(&self) -> Outcome {
        self.state().outcome
    }

    /// Keeps what the buffer holds, should the line editor fail.
    pub fn see(&self, line: &str) {
        let mut state = self.state();
        state.seen.clear();
        state.seen.push_str(line);
    }

    /// What the buffer held last.
    pub fn seen(&self) -> String {
        self.state().seen.clone()
    }

    /// Whether a paste is on its way: nothing is looked up for its characters. Not every terminal says so; then a long line tells
    /// whose keys were waiting.
    pub fn is_pasting(&self, line: &str) -> bool {
        let state = self.state();
        state.pasting || state.hurried && line.len() > LONGEST_LOOKED_AT
    }

    /// A key has been dealt with.
    pub fn rest(&self) {
        self.state().dealt_with = Some(Instant::now());
    }

    /// Whether there is an order for the buffer.
    pub fn has_order(&self, line: &str) -> bool {
        self.state().order.as_ref().is_some_and(|order| order.was == line)
    }

    /// Takes the order for the buffer: its text and the place of the cursor.
    pub fn take_order(&self, line: &str) -> Option<(String, usize)> {
        let order = self.state().order.take()?;
        (order.was == line).then_some((order.text, order.position))
    }
}

struct Handler {
    keys: Keys,
    mode: Mode,
    action: Action,
}

impl ConditionalEventHandler for Handler {
    fn handle(&self, event: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let commands = context.mode() == EditMode::Vi && context.input_mode() == InputMode::Command;
        let mut state = self.keys.state();
        state.order = None;
        state.outcome = Outcome::Taken;
        state.hurried = state.dealt_with.is_some_and(|before| before.elapsed() < WAITING);
        if state.pasting && !matches!(self.action, Action::PasteEnds | Action::Drop) {
            return state.pasted(event);
        }
        let applies = match self.mode {
            Mode::Everywhere => true,
            Mode::Typing => !commands,
            Mode::Commands => commands,
        };
        if !applies {
            return None;
        }
        if matches!(self.action, Action::Right | Action::LineEnd) && context.has_hint() && context.pos() == context.line().len() {
            return Some(Cmd::CompleteHint);
        }
        if matches!(self.action, Action::Up | Action::Down | Action::ChoiceBefore)
            && let Some(choice) = self.keys.menu.choose(self.action != Action::Down)
        {
            return Some(choice);
        }
        if self.action == Action::Escape && self.keys.menu.dismiss() && context.mode() == EditMode::Emacs {
            return Some(Cmd::Repaint);
        }
        state.act(self.action, event, context.line(), context.pos(), commands)
    }
}

impl State {
    /// What a key does to the buffer; none for what the line editor does by itself.
    fn act(&mut self, action: Action, event: &Event, line: &str, at: usize, commands: bool) -> Option<Cmd> {
        let (before, behind) = line.split_at_checked(at)?;
        let start = line_start(before);
        let at_start = before.ends_with(BREAK);
        let at_end = behind.starts_with(BREAK);
        match action {
            Action::Enter => Some(if is_taken(line, before) { Cmd::AcceptLine } else { Cmd::Insert(1, BREAK.to_owned()) }),
            Action::Break => Some(Cmd::Insert(1, BREAK.to_owned())),
            Action::Drop => self.end(Outcome::Dropped),
            Action::OpenEditor => self.end(Outcome::Edited),
            Action::Up if before.contains('\n') => self.go(line, line_above(before)?),
            Action::Up | Action::Older => self.browse(line, at, false),
            Action::Down if behind.contains('\n') => self.go(line, line_below(before, line)?),
            Action::Down | Action::Newer => self.browse(line, at, true),
            // Where hints are shown the hint is it.
            Action::Right | Action::LineEnd if line.is_empty() => {
                let fixed = self.fixed.clone()?;
                let end = fixed.len();
                self.put(line, fixed, end)
            }
            Action::Left if at_start => self.go(line, at - BREAK.len()),
            Action::Right if at_end => self.go(line, at + BREAK.len()),
            Action::LineStart => self.go(line, start),
            Action::DropBefore if at_start => self.put(line, format!("{}{behind}", &before[..at - BREAK.len()]), at - BREAK.len()),
            Action::DropBehind | Action::DropLineEnd if at_end => self.put(line, format!("{before}{}", &behind[BREAK.len()..]), at),
            Action::DropLineStart if start > 0 => self.put(line, format!("{}{behind}", &before[..start]), start),
            Action::ClearScreen => Some(Cmd::ClearScreen),
            Action::PasteBegins => {
                self.pasting = true;
                Some(Cmd::Noop)
            }
            Action::PasteEnds => {
                self.pasting = false;
                Some(Cmd::Repaint)
            }
            // Behind a command of vi the cursor may stand in front of the gutter.
            Action::Other if !commands && before.ends_with('\n') && behind.starts_with('\t') => {
                let typed = plain_character(event)?;
                self.put(line, format!("{before}\t{typed}{}", &behind[1..]), at + 1 + typed.len_utf8())
            }
            _ => None,
        }
    }

    fn end(&mut self, outcome: Outcome) -> Option<Cmd> {
        self.pasting = false;
        self.outcome = outcome;
        Some(Cmd::AcceptLine)
    }

    fn put(&mut self, was: &str, text: String, position: usize) -> Option<Cmd> {
        self.order = Some(Order { was: was.to_owned(), text, position });
        Some(Cmd::Complete)
    }

    fn go(&mut self, line: &str, position: usize) -> Option<Cmd> {
        self.put(line, line.to_owned(), position)
    }

    fn browse(&mut self, line: &str, at: usize, newer: bool) -> Option<Cmd> {
        match self.browsing.step(line, at, newer) {
            Some((text, position)) => self.put(line, text, position),
            None => Some(Cmd::Noop),
        }
    }

    /// A key of what is pasted: characters and line breaks are put in, and nothing else acts.
    fn pasted(&mut self, event: &Event) -> Option<Cmd> {
        let returned = std::mem::replace(&mut self.returned, false);
        match event.get(0) {
            Some(KeyEvent(KeyCode::Enter, _)) => {
                self.returned = true;
                Some(Cmd::Insert(1, BREAK.to_owned()))
            }
            Some(KeyEvent(KeyCode::Char('J'), CTRL)) if !returned => Some(Cmd::Insert(1, BREAK.to_owned())),
            Some(KeyEvent(KeyCode::Tab, _)) => Some(Cmd::Insert(1, " ".to_owned())),
            // The line editor puts it in, and draws no more than it.
            _ if plain_character(event).is_some() => None,
            _ => Some(Cmd::Noop),
        }
    }
}

fn plain_character(event: &Event) -> Option<char> {
    match event.get(0) {
        Some(KeyEvent(KeyCode::Char(character), NONE)) => Some(*character),
        _ => None,
    }
}

/// Whether Enter takes what is there: where nothing more has to follow, or on a blank last line.
fn is_taken(line: &str, before: &str) -> bool {
    let text = plain(line);
    let Some(last) = inputs(&text).pop() else { return true };
    let at_last = !line[before.len()..].contains('\n');
    let blank = line.rsplit('\n').next().is_some_and(|last| last.trim().is_empty());
    at_last && blank || !is_unfinished(&text[last])
}

/// Where the text of the line begins that the cursor stands in.
fn line_start(before: &str) -> usize {
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    // In front of the gutter it is still to come.
    if start > 0 && before[start..].starts_with('\t') { start + 1 } else { start }
}

/// The same column of the line above.
fn line_above(before: &str) -> Option<usize> {
    let above = before.rfind('\n')?;
    let column = before[line_start(before)..].chars().count();
    let start = line_start(&before[..above]);
    Some(start + columns_in(&before[start..above], column))
}

/// The same column of the line below.
fn line_below(before: &str, line: &str) -> Option<usize> {
    let next = before.len() + line[before.len()..].find('\n')? + 1;
    let start = if line[next..].starts_with('\t') { next + 1 } else { next };
    let column = before[line_start(before)..].chars().count();
    let end = line[start..].find('\n').map_or(line.len(), |at| start + at);
    Some(start + columns_in(&line[start..end], column))
}

fn columns_in(text: &str, column: usize) -> usize {
    text.char_indices().nth(column).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::{is_taken, line_above, line_below, line_start};

    #[test]
    fn enter_takes_what_is_complete() {
        for taken in ["", "causes", "causes where\n\t", "MATCH (n)\n\tRETURN n;", "causes where\n\tpopulation = adult", ":help", "-- note"]
        {
            assert!(is_taken(taken, taken), "{taken:?}");
        }
        for begun in ["causes where", "MATCH (n)\n\tRETURN n", "causes\n\tsymptoms of", "causes where\n\tpopulation ="] {
            assert!(!is_taken(begun, begun), "{begun:?}");
        }
        // Enter above the last line takes nothing that is unfinished.
        assert!(!is_taken("MATCH (n)\n\t", "MATCH"));
        assert!(is_taken("MATCH (n)\n\tRETURN n;", "MATCH"));
    }

    #[test]
    fn the_cursor_keeps_its_column() {
        let line = "causes where\n\tpopulation\n\t= adult";
        assert_eq!(line_above(&line[..line.len()]), Some("causes where\n\tpopulat".len()));
        assert_eq!(line_above("causes where\n\tpopulation"), Some("causes whe".len()));
        assert_eq!(line_below("causes whe", line), Some("causes where\n\tpopulation".len()));
        assert_eq!(line_below("ca", line), Some("causes where\n\tpo".len()));
        assert_eq!(line_below("causes where\n\tpopulation", line), Some(line.len()));
        assert_eq!((line_start("a\n\tb"), line_start("a\n"), line_start("ab")), (3, 2, 0));
    }
}
