//! Gutter: the room in front of each further line of an input, where the continuation prompt stands.
//!
//! The line editor knows one prompt, which stands before the first line. What it does know is how wide a tab is. So in its buffer each
//! line break is followed by a tab, a tab is as wide as the prompt, and where the buffer is drawn the tab is a continuation prompt.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A line break as it stands in the buffer of the line editor.
pub(super) const BREAK: &str = "\n\t";

/// What stands before further lines, or as much of its end as there is room for.
const CONTINUED: &str = "...> ";

/// No prompt is wider.
const WIDEST: usize = 60;

/// What ends all colours.
const PLAIN: &str = "\u{1b}[0m";

/// The prompts of an input: the first, and the one of further lines, which is as wide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gutter {
    prompt: String,
    continued: String,
    width: usize,
}

impl Gutter {
    /// The gutter that fits a prompt. A prompt that is too wide is cut; one without width still gets room for a sign.
    pub fn new(prompt: &str) -> Gutter {
        let mut prompt: String = prompt.chars().filter(|character| character.width().is_some()).collect();
        while prompt.width() > WIDEST {
            prompt.pop();
        }
        if prompt.width() == 0 {
            prompt = "> ".to_owned();
        }
        let width = prompt.width();
        let cut = CONTINUED.len().saturating_sub(width);
        Gutter { prompt, continued: format!("{:>width$}", &CONTINUED[cut..]), width }
    }

    /// What stands before the first line.
    pub fn prompt(&self) -> &str {
        &self.prompt
    }

    /// What stands before every further line.
    pub fn continued(&self) -> &str {
        &self.continued
    }

    /// The columns of a tab in the line editor.
    pub fn tab_stop(&self) -> u8 {
        u8::try_from(self.width).unwrap_or(u8::MAX)
    }

    /// The buffer, which may hold colours, as the terminal shows it: with continuation prompts in this style, tabs as blanks, and
    /// without characters that would act. It takes exactly the room that the line editor reckons with on a terminal of so many columns.
    pub fn drawn<'l>(&self, painted: &'l str, style: &str, columns: usize) -> Cow<'l, str> {
        if !painted.contains(|character: char| character.is_control() || turns(character)) {
            return Cow::Borrowed(painted);
        }
        let mut drawn = String::with_capacity(painted.len() + 64);
        let mut colour = String::new();
        let (mut column, mut begins) = (self.width, false);
        let mut rest = painted;
        while let Some(character) = rest.chars().next() {
            let taken = if character == '\u{1b}' { escape(rest) } else { character.len_utf8() };
            let (part, further) = rest.split_at(taken);
            rest = further;
            match character {
                '\u{1b}' => {
                    drawn.push_str(part);
                    if part.ends_with('m') {
                        colour = if part == PLAIN { String::new() } else { part.to_owned() };
                    }
                    continue;
                }
                '\n' => {
                    drawn.push('\n');
                    (column, begins) = (0, true);
                    continue;
                }
                '\t' if begins => {
                    let (ended, style_end) = if style.is_empty() { ("", "") } else { (PLAIN, PLAIN) };
                    for piece in [ended, style, &self.continued, style_end, &colour] {
                        drawn.push_str(piece);
                    }
                    column = self.width;
                }
                '\t' => {
                    let blanks = self.width - column % self.width;
                    drawn.extend(std::iter::repeat_n(' ', blanks));
                    column = moved(column, blanks, columns);
                }
                other if other.is_control() || turns(other) => {}
                other => {
                    drawn.push(other);
                    column = moved(column, other.width().unwrap_or(0), columns);
                }
            }
            begins = false;
        }
        Cow::Owned(drawn)
    }
}

/// Where the cursor stands behind something so wide.
fn moved(column: usize, width: usize, columns: usize) -> usize {
    if column + width > columns { width } else { column + width }
}

/// The bytes of the escape sequence that a text begins with.
fn escape(text: &str) -> usize {
    match text.as_bytes().get(1) {
        Some(b'[') => text[2..].find(|end: char| ('@'..='~').contains(&end)).map_or(text.len(), |at| at + 3),
        _ => 1,
    }
}

/// Whether a character turns the reading order, which would show a line other than it is.
fn turns(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What stands in the buffer, as it is asked.
pub(super) fn plain(buffer: &str) -> Cow<'_, str> {
    if buffer.contains(BREAK) { Cow::Owned(buffer.replace(BREAK, "\n")) } else { Cow::Borrowed(buffer) }
}

/// A text of several lines as it stands in the buffer.
pub(super) fn buffered(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r']) {
        Cow::Owned(plain(&text.replace("\r\n", "\n").replace('\r', "\n")).replace('\n', BREAK))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{Gutter, buffered, plain};

    #[test]
    fn every_further_line_has_a_prompt_of_the_same_width() {
        let gutter = Gutter::new("oms> ");
        assert_eq!((gutter.prompt(), gutter.continued(), gutter.tab_stop()), ("oms> ", "...> ", 5));
        assert_eq!(gutter.drawn("a\n\tb\n\t", "", 80), "a\n...> b\n...> ");
        assert_eq!(Gutter::new("hpo and more> ").continued(), "         ...> ");
        assert_eq!((Gutter::new("> ").continued(), Gutter::new("").continued()), ("> ", "> "));
        assert_eq!(Gutter::new(&"x".repeat(500)).tab_stop(), 60);
    }

    #[test]
    fn colours_go_on_behind_the_prompt() {
        let gutter = Gutter::new("oms> ");
        let drawn = gutter.drawn("\u{1b}[32m'a\n\tb'\u{1b}[0m", "\u{1b}[90m", 80);
        assert_eq!(drawn, "\u{1b}[32m'a\n\u{1b}[0m\u{1b}[90m...> \u{1b}[0m\u{1b}[32mb'\u{1b}[0m");
    }

    #[test]
    fn tabs_are_blanks_and_what_acts_is_not_shown() {
        let gutter = Gutter::new("oms> ");
        assert_eq!(gutter.drawn("ab\tc", "", 80), "ab   c");
        assert_eq!(gutter.drawn("a\u{7}b\u{202e}c\r", "", 80), "abc");
    }

    #[test]
    fn a_text_comes_back_as_it_was() {
        for text in ["causes", "causes where\n  population = adult\n", "", "\n\n"] {
            assert_eq!(plain(&buffered(text)), text);
        }
        assert_eq!(plain(&buffered("a\r\nb\rc")), "a\nb\nc");
    }
}
