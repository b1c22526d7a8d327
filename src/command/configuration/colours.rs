//! Colours: the settings `colours.NAME`, each the look of something that is told apart where a query is typed.

use std::ops::Range;
use std::sync::Arc;

use crate::command::Shell;
use crate::diagnostic::{Code, Diagnostic, Origin};
use crate::formats::configuration::{Entry, quoted};
use crate::render::{PLAIN_LOOK, Palette, USUAL, WrongLook};

use super::setting_named;

/// The table of the file that they stand in, as both sides of an ocean write it.
const TABLES: [&str; 2] = ["colours", "colors"];

/// The columns of a comment in the file, or a few more.
const WIDEST: usize = 80;

/// What is coloured, of a setting such as `colours.keyword`; empty for the table itself.
pub(in crate::command) fn colour_named(name: &str) -> Option<&str> {
    let (table, role) = name.split_once('.').unwrap_or((name, ""));
    TABLES.iter().any(|known| known.eq_ignore_ascii_case(table)).then_some(role)
}

/// Every setting of this sort by its name, with what it colours and its usual look.
pub fn colours() -> impl Iterator<Item = (String, &'static str, &'static str)> {
    Palette::names().map(|(name, meaning, look)| (named(name), meaning, look))
}

/// What a look is made of, in a sentence.
pub fn looks() -> String {
    let words: Vec<&str> = Palette::words().collect();
    format!("{PLAIN_LOOK}, {USUAL} (as the palette has it), or some of {}", words.join(", "))
}

fn named(role: &str) -> String {
    format!("{}.{role}", TABLES[0])
}

/// The complaint about a look, under the word that is wrong: where the name of what is coloured stands in the text, and where the look.
pub(in crate::command) fn complaint(wrong: &WrongLook, origin: &Arc<Origin>, name: Range<usize>, look: Range<usize>) -> Diagnostic {
    let mut place = if wrong.is_name { name } else { look };
    // Of the name `colours.keywrd` it is what follows the dot; of a look, one word.
    if let Some(at) = origin.text.get(place.clone()).and_then(|text| whole_word(text, &wrong.word)) {
        place = place.start + at..place.start + at + wrong.word.len();
    }
    let label = if wrong.is_name { "nothing of this name" } else { "" };
    let mut complaint = Diagnostic::error(Code::BadValue, &*wrong.message).in_origin(origin).at(place, label).suggest(&wrong.near);
    if wrong.is_name && setting_named(&wrong.word).is_some() {
        complaint = complaint.help(format!("`{0}` is a setting by itself: in a file it stands above `[{1}]`", wrong.word, TABLES[0]));
    }
    if wrong.near.is_empty() { complaint.help(&*wrong.known) } else { complaint }
}

/// Where a word stands in a text, not within another.
fn whole_word(text: &str, word: &str) -> Option<usize> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    let alone = |at: &usize| !text[..*at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part);
    text.match_indices(word).map(|(at, _)| at).find(alone).filter(|_| !word.is_empty())
}

impl Shell {
    /// Makes a setting of this sort that a file has.
    pub(super) fn configure_colour(&mut self, entry: &Entry, role: &str, origin: &Arc<Origin>) -> Result<(), Diagnostic> {
        let look = entry.value.as_deref().unwrap_or_default().join(" ");
        match self.settings.palette.set(role, &look) {
            Ok(role) => {
                let words = self.look_of(role);
                self.origins.from_file.push((role, words, origin.position(entry.key.start).0));
                Ok(())
            }
            Err(wrong) => Err(complaint(&wrong, origin, entry.key.clone(), entry.place.clone())),
        }
    }

    fn look_of(&self, role: &str) -> String {
        self.settings.palette.looks().find(|(_, name, ..)| *name == role).map(|(_, _, words, _)| words.to_owned()).unwrap_or_default()
    }

    /// The looks that somebody chose: the setting, its value, and where that comes from.
    pub(in crate::command) fn chosen_colours(&self) -> Vec<(String, String, String)> {
        let chosen = self.settings.palette.looks().filter(|(.., is_chosen)| *is_chosen);
        chosen.map(|(_, role, words, _)| (named(role), words.to_owned(), self.origin_of_look(role, words))).collect()
    }

    fn origin_of_look(&self, role: &str, words: &str) -> String {
        self.place_in_file(role, words).unwrap_or_else(|| "this session".to_owned())
    }

    /// Everything that is coloured, a line each, in its own look where colours are written: its name, its look, what it is.
    pub(in crate::command) fn coloured_lines(&self) -> String {
        let palette = &self.settings.palette;
        let widest = |of: fn((&str, &str)) -> usize| palette.looks().map(|(_, name, words, _)| of((name, words))).max().unwrap_or_default();
        let (names, looks) = (widest(|(name, _)| name.len()), widest(|(_, words)| words.len()));
        let mut text = String::new();
        for ((role, name, words, is_chosen), (_, meaning, _)) in palette.looks().zip(Palette::names()) {
            let origin = if is_chosen { format!("  ({})", self.origin_of_look(name, words)) } else { String::new() };
            let shown = if self.settings.page.colour { palette.painted(role, name) } else { name.to_owned() };
            text.push_str(&format!("  {shown}{:1$}  {words:looks$}  {meaning}{origin}\n", "", names - name.len()));
        }
        text
    }
}

/// The part of the file that says how everything looks without it.
pub(super) fn usual_table() -> String {
    let mut text = "\n# How what is typed is coloured, where colours are written.\n".to_owned();
    let mut line = format!("# A look is {PLAIN_LOOK}, or some of");
    let mut words = Palette::words().peekable();
    while let Some(word) = words.next() {
        line.push_str(&format!(" {word}{}", if words.peek().is_some() { "," } else { "." }));
        if line.len() > WIDEST || words.peek().is_none() {
            text.push_str(&format!("{line}\n"));
            line = "#".to_owned();
        }
    }
    text.push_str(&format!("[{}]\n", TABLES[0]));
    for (name, meaning, look) in Palette::names() {
        text.push_str(&format!("#{name} = {} # {meaning}\n", quoted(look)));
    }
    text
}
