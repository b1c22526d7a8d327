//! Ink: the signs that lines are drawn with, in Unicode or in ASCII, and texts that are cut to the room there is.

use anstyle::{AnsiColor, Style};

use super::super::Page;
use super::super::text::{painted, visible, width};
use super::twig::{Lead, Line, Way};

/// The signs of a drawing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    /// Where something hangs and more follows, where the last hangs, and what leads past to the next.
    pub tee: &'static str,
    pub corner: &'static str,
    pub bar: &'static str,
    dash: &'static str,
    unsure: &'static str,
    denied: &'static str,
    right: &'static str,
    left: &'static str,
    /// Stands before the name of what is drawn above already.
    pub again: &'static str,
    /// Stands for what is left out.
    pub cut: &'static str,
    colour: bool,
}

const UNICODE: Ink = Ink {
    tee: "├",
    corner: "└",
    bar: "│",
    dash: "─",
    unsure: "┄",
    denied: "╌",
    right: "→",
    left: "←",
    again: "↺ ",
    cut: "…",
    colour: false,
};

const ASCII: Ink = Ink {
    tee: "|",
    corner: "`",
    bar: "|",
    dash: "-",
    unsure: ".",
    denied: "~",
    right: ">",
    left: "<",
    again: "(again) ",
    cut: "...",
    colour: false,
};

/// Colours that are told apart on dark and on light; kinds take them in turn.
const COLOURS: [AnsiColor; 12] = [
    AnsiColor::Cyan,
    AnsiColor::Green,
    AnsiColor::Magenta,
    AnsiColor::Yellow,
    AnsiColor::Blue,
    AnsiColor::Red,
    AnsiColor::BrightCyan,
    AnsiColor::BrightGreen,
    AnsiColor::BrightMagenta,
    AnsiColor::BrightYellow,
    AnsiColor::BrightBlue,
    AnsiColor::BrightRed,
];

impl Ink {
    /// The signs for a page.
    pub(super) fn of(page: &Page, ascii: bool) -> Ink {
        Ink { colour: page.colour, ..if ascii { ASCII } else { UNICODE } }
    }

    /// Lines, words on them, and what is said beside names.
    pub(super) fn faint(&self) -> Style {
        if self.colour { Style::new().dimmed() } else { Style::new() }
    }

    /// The name of something of a kind.
    pub(super) fn name(&self, kind: Option<usize>) -> Style {
        match kind {
            Some(kind) if self.colour => COLOURS[kind % COLOURS.len()].on_default(),
            _ => Style::new(),
        }
    }

    /// The line to a name, behind the corner: `─causes→ `.
    pub(super) fn lead(&self, lead: &Lead) -> String {
        let dash = match lead.line {
            Line::Stated => self.dash,
            Line::Unsure => self.unsure,
            Line::Denied => self.denied,
        };
        match lead.way {
            Way::None if lead.label.is_empty() => format!("{dash} "),
            Way::None => format!("{dash}{}{dash} ", visible(&lead.label)),
            Way::Down => format!("{dash}{}{dash}{} ", visible(&lead.label), self.right),
            Way::Up => format!("{}{dash}{}{dash} ", self.left, visible(&lead.label)),
        }
    }

    /// Texts in ASCII have no signs beyond it but those of names.
    pub(super) fn plain(&self, text: &str) -> String {
        if self.bar == ASCII.bar { text.replace(['\u{ab}', '\u{bb}'], "\"") } else { text.to_owned() }
    }

    /// The text, its middle left out where it needs more than `limit` columns.
    pub(super) fn fitted(&self, text: &str, limit: usize) -> String {
        if width(text) <= limit {
            return text.to_owned();
        }
        let room = limit.saturating_sub(width(self.cut));
        if room == 0 {
            return beginning(self.cut, limit).to_owned();
        }
        let head = beginning(text, room - room / 3);
        // No more of a long text is looked at than can be shown: marks without a width are few.
        let mut tail = text;
        if let Some((at, _)) = text.char_indices().rev().nth(room * 4) {
            tail = &text[at..];
        }
        while width(tail) > room - width(head) {
            let mut letters = tail.chars();
            letters.next();
            tail = letters.as_str();
        }
        format!("{head}{}{tail}", self.cut)
    }
}

/// The beginning of a text, at most so many columns wide.
fn beginning(text: &str, limit: usize) -> &str {
    let mut end = 0;
    for (at, letter) in text.char_indices().take(limit * 4 + 4) {
        if width(&text[..at + letter.len_utf8()]) > limit {
            break;
        }
        end = at + letter.len_utf8();
    }
    &text[..end]
}

/// A line that is put together from its beginning.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// The text, with its colours.
    pub text: String,
    /// The columns that it takes.
    pub columns: usize,
}

impl Written {
    /// Adds a text in a style.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        self.columns += width(text);
        self.text.push_str(&painted(text, style));
    }
}
