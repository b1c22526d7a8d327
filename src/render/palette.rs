//! Palette: the one table of what is told apart by colour at the prompt, with the looks of each, by name.

use std::fmt::Write as _;

use crate::diagnostic::nearest;

/// What is told apart by colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// A word of the language.
    Keyword,
    /// A noun or a verb for a relation; in patterns, a type.
    Relation,
    /// A kind; in patterns, a label.
    Kind,
    /// A name that one entity has.
    Entity,
    /// A name that several entities have.
    Ambiguous,
    /// A word that names nothing here.
    Unknown,
    /// A field, or a property in patterns.
    Field,
    /// A value that occurs.
    Value,
    /// A number, a percentage, a duration or a date.
    Number,
    /// Words in quotation marks that are no name, and regular expressions.
    String,
    /// `=`, `->` and the like.
    Operator,
    /// A variable of a pattern, and what `it` and `let` stand for.
    Variable,
    /// A function or a procedure.
    Function,
    /// `$name`.
    Parameter,
    /// A comment.
    Comment,
    /// A `:command`.
    Command,
    /// The bracket at the cursor, and its partner.
    Bracket,
    /// A bracket without a partner.
    Unmatched,
    /// What is suggested behind the cursor.
    Hint,
    /// A choice that would lead to nothing.
    DeadEnd,
    /// What is said beside a choice.
    Note,
    /// The choice that the keys are at.
    Chosen,
    /// The prompt.
    Prompt,
}

/// The palettes that can be begun from, with what each is good for.
const PALETTES: &[(&str, &str)] = &[
    ("usual", "for light and dark grounds"),
    ("bright", "lighter colours, for dark grounds"),
    ("mono", "no colours at all: bold, dim and underlined words"),
];

/// The roles with their names, their looks in each palette, and what they are. Only the sixteen colours of every terminal; in the usual
/// palette none that vanishes on a light or on a dark ground; what is wrong is underlined, too, for whoever sees no red.
const ROLES: &[(Role, &str, [&str; PALETTES.len()], &str)] = &[
    (Role::Keyword, "keyword", ["bold blue", "bold bright-blue", "bold"], "a word of the language"),
    (Role::Relation, "relation", ["magenta", "bright-magenta", "plain"], "a noun or verb for a relation, a type in patterns"),
    (Role::Kind, "kind", ["bold magenta", "bold bright-magenta", "plain"], "a kind, a label in patterns"),
    (Role::Entity, "entity", ["cyan", "bright-cyan", "plain"], "a name that one entity has"),
    (Role::Ambiguous, "ambiguous", ["underline cyan", "underline bright-cyan", "italic"], "a name that several entities have"),
    (Role::Unknown, "unknown", ["underline red", "underline bright-red", "underline"], "a word that names nothing here"),
    (Role::Field, "field", ["blue", "bright-blue", "plain"], "a field, a property in patterns"),
    (Role::Value, "value", ["green", "bright-green", "plain"], "a value that occurs"),
    (Role::Number, "number", ["green", "bright-green", "plain"], "a number, a percentage, a duration"),
    (Role::String, "string", ["green", "bright-green", "plain"], "words in quotation marks that are no name"),
    (Role::Operator, "operator", ["plain", "plain", "plain"], "signs such as = and ->"),
    (Role::Variable, "variable", ["bold", "bold", "plain"], "a variable of a pattern, what `it` and `let` stand for"),
    (Role::Function, "function", ["blue", "bright-blue", "bold"], "a function or a procedure"),
    (Role::Parameter, "parameter", ["bold green", "bold bright-green", "plain"], "a parameter: $name"),
    (Role::Comment, "comment", ["bright-black", "dim", "dim"], "a comment"),
    (Role::Command, "command", ["bold blue", "bold bright-blue", "bold"], "a :command"),
    (Role::Bracket, "bracket", ["bold underline", "bold underline", "bold underline"], "the bracket at the cursor, and its partner"),
    (Role::Unmatched, "unmatched", ["bold underline red", "bold underline bright-red", "reverse"], "a bracket without a partner"),
    (Role::Hint, "hint", ["bright-black", "dim", "dim"], "what is suggested behind the cursor"),
    (Role::DeadEnd, "dead-end", ["bright-black", "dim", "dim"], "a choice that would lead to nothing"),
    (Role::Note, "note", ["bright-black", "dim", "dim"], "what is said beside a choice"),
    (Role::Chosen, "chosen", ["reverse", "reverse", "reverse"], "the choice that the keys are at"),
    (Role::Prompt, "prompt", ["bold", "bold", "bold"], "the prompt"),
];

/// What a look can be made of, with the code of each.
const WORDS: &[(&str, u8)] = &[
    ("bold", 1),
    ("dim", 2),
    ("italic", 3),
    ("underline", 4),
    ("reverse", 7),
    ("black", 30),
    ("red", 31),
    ("green", 32),
    ("yellow", 33),
    ("blue", 34),
    ("magenta", 35),
    ("cyan", 36),
    ("white", 37),
    ("bright-black", 90),
    ("bright-red", 91),
    ("bright-green", 92),
    ("bright-yellow", 93),
    ("bright-blue", 94),
    ("bright-magenta", 95),
    ("bright-cyan", 96),
    ("bright-white", 97),
];

/// The escape sequence that ends every look.
pub const PLAIN: &str = "\u{1b}[0m";

/// The look of what is not coloured.
pub const PLAIN_LOOK: &str = "plain";

/// The word that gives a role the look of the palette again.
pub const USUAL: &str = "usual";

/// The look of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Look {
    /// The words for it.
    words: String,
    /// The escape sequence that begins it; empty where it looks plain.
    sequence: String,
    /// Whether somebody chose it, so that another palette leaves it as it is.
    is_chosen: bool,
}

/// How each role looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Which palette it began from.
    base: usize,
    /// In the order of the roles.
    looks: Vec<Look>,
}

/// Why a look was not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongLook {
    /// What is wrong.
    pub message: String,
    /// The word that is wrong; empty where one is missing.
    pub word: String,
    /// Whether that is the name of what is coloured.
    pub is_name: bool,
    /// The words that may have been meant.
    pub near: Vec<&'static str>,
    /// What there is, in a sentence.
    pub known: String,
}

impl Default for Palette {
    fn default() -> Palette {
        let mut palette = Palette { base: 0, looks: vec![Look::default(); ROLES.len()] };
        palette.fill();
        palette
    }
}

impl Palette {
    /// The names of the roles, with what each is and its look in the usual palette, in the order of the table.
    pub fn names() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        ROLES.iter().map(|(_, name, [usual, ..], meaning)| (*name, *meaning, *usual))
    }

    /// The words that a look is made of, beside `plain`.
    pub fn words() -> impl Iterator<Item = &'static str> {
        WORDS.iter().map(|(word, _)| *word)
    }

    /// The names of the palettes, with what each is good for.
    pub fn palettes() -> impl Iterator<Item = (&'static str, &'static str)> {
        PALETTES.iter().copied()
    }

    /// The name of the palette that it began from.
    pub fn base(&self) -> &'static str {
        PALETTES.get(self.base).map_or("", |(name, _)| *name)
    }

    /// Takes the looks of the palette of this name for every role whose look nobody chose; whether there is one.
    pub fn begin_from(&mut self, name: &str) -> bool {
        let Some(base) = PALETTES.iter().position(|(known, _)| known.eq_ignore_ascii_case(name)) else { return false };
        self.base = base;
        self.fill();
        true
    }

    fn fill(&mut self) {
        for (look, (_, _, looks, _)) in self.looks.iter_mut().zip(ROLES) {
            if !look.is_chosen {
                let words = looks.get(self.base).copied().unwrap_or_default();
                *look = Look { words: words.to_owned(), sequence: sequence(words).unwrap_or_default(), is_chosen: false };
            }
        }
    }

    /// The escape sequence that begins a role; empty where it looks plain.
    pub fn look(&self, role: Role) -> &str {
        let place = ROLES.iter().position(|(known, ..)| *known == role);
        place.and_then(|place| self.looks.get(place)).map_or("", |look| &look.sequence)
    }

    /// Each role with its name, the words for its look, and whether somebody chose that look, in the order of the table.
    pub fn looks(&self) -> impl Iterator<Item = (Role, &'static str, &str, bool)> {
        ROLES.iter().zip(&self.looks).map(|((role, name, ..), look)| (*role, *name, look.words.as_str(), look.is_chosen))
    }

    /// Gives the role of this name another look: words such as `bold`, `underline` and a colour, apart by blanks, `plain` for none,
    /// or `usual` for what the palette has. The name of the role as the table has it.
    ///
    /// # Errors
    /// What is wrong: no such name, or no such word. Nothing is changed then.
    pub fn set(&mut self, name: &str, look: &str) -> Result<&'static str, WrongLook> {
        let found = ROLES.iter().zip(&mut self.looks).find(|((_, known, ..), _)| known.eq_ignore_ascii_case(name));
        let Some(((_, name, ..), kept)) = found else {
            let known: Vec<&str> = ROLES.iter().map(|(_, name, ..)| *name).collect();
            return Err(WrongLook {
                message: format!("nothing is coloured as '{name}'"),
                word: name.to_owned(),
                is_name: true,
                near: nearest(name, known.iter().copied(), 3),
                known: format!("what is coloured: {}", known.join(", ")),
            });
        };
        if look.trim().eq_ignore_ascii_case(USUAL) {
            kept.is_chosen = false;
            self.fill();
            return Ok(name);
        }
        let words = look.split_whitespace().map(str::to_ascii_lowercase).collect::<Vec<_>>().join(" ");
        *kept = Look { sequence: sequence(look)?, words, is_chosen: true };
        Ok(name)
    }

    /// A text in the look of a role.
    pub fn painted(&self, role: Role, text: &str) -> String {
        let mut painted = String::with_capacity(text.len() + 12);
        self.paint(&mut painted, role, text);
        painted
    }

    /// Writes a text in the look of a role.
    pub fn paint(&self, out: &mut String, role: Role, text: &str) {
        let look = self.look(role);
        if look.is_empty() || text.is_empty() {
            out.push_str(text);
        } else {
            let _ = write!(out, "{look}{text}{PLAIN}");
        }
    }
}

/// The escape sequence for a look; nothing for one that is plain.
fn sequence(look: &str) -> Result<String, WrongLook> {
    let wrong = |message: String, word: &str| WrongLook {
        message,
        word: word.to_owned(),
        is_name: false,
        near: nearest(word, Palette::words().chain([PLAIN_LOOK, USUAL]), 3),
        known: format!(
            "a look is {PLAIN_LOOK}, {USUAL} (as the palette has it), or some of {}",
            Palette::words().collect::<Vec<_>>().join(", ")
        ),
    };
    if look.trim().is_empty() {
        return Err(wrong("a look is missing".to_owned(), ""));
    }
    let mut codes = Vec::new();
    for word in look.split_whitespace().filter(|word| !word.eq_ignore_ascii_case(PLAIN_LOOK)) {
        match WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)) {
            Some((_, code)) => codes.push(code.to_string()),
            None if word.eq_ignore_ascii_case(USUAL) => return Err(wrong(format!("'{USUAL}' stands alone"), word)),
            None => return Err(wrong(format!("'{word}' is no colour"), word)),
        }
    }
    Ok(if codes.is_empty() { String::new() } else { format!("\u{1b}[{}m", codes.join(";")) })
}

#[cfg(test)]
mod tests {
    use super::{PALETTES, Palette, ROLES, Role};

    #[test]
    fn every_role_has_a_name_and_looks_that_can_be_read() {
        for (place, (palette, _)) in PALETTES.iter().enumerate() {
            let mut made = Palette::default();
            assert!(made.begin_from(palette) && made.base() == *palette);
            for (role, name, looks, _) in ROLES {
                assert!(super::sequence(looks[place]).is_ok(), "{palette}: {name}: {looks:?}");
                assert_eq!(ROLES.iter().filter(|(_, known, ..)| known == name).count(), 1, "{name}");
                assert_eq!(made.look(*role).is_empty(), looks[place] == "plain", "{palette}: {name}");
            }
        }
        assert_eq!(Palette::default().painted(Role::Unknown, "cancr"), "\u{1b}[4;31mcancr\u{1b}[0m");
    }

    #[test]
    fn looks_are_set_by_name() {
        let mut palette = Palette::default();
        assert_eq!(palette.set("Keyword", "bright-green  Underline"), Ok("keyword"));
        assert_eq!(palette.look(Role::Keyword), "\u{1b}[92;4m");
        assert!(palette.looks().any(|look| look == (Role::Keyword, "keyword", "bright-green underline", true)));
        palette.set("keyword", "plain").unwrap();
        assert_eq!(palette.painted(Role::Keyword, "where"), "where");
        let wrong = palette.set("keywrd", "red").unwrap_err();
        assert!(wrong.is_name && wrong.word == "keywrd" && wrong.near == ["keyword"], "{wrong:?}");
        let wrong = palette.set("keyword", "bold redd").unwrap_err();
        assert!(!wrong.is_name && wrong.word == "redd" && wrong.near.contains(&"red"), "{wrong:?}");
        assert!(palette.set("keyword", " ").is_err() && palette.set("keyword", "usual bold").is_err());
        assert_eq!(palette.look(Role::Keyword), "");
    }

    #[test]
    fn another_palette_leaves_what_was_chosen() {
        let mut palette = Palette::default();
        palette.set("keyword", "red").unwrap();
        assert!(palette.begin_from("mono") && !palette.begin_from("monochrome"));
        assert_eq!((palette.look(Role::Keyword), palette.look(Role::Command)), ("\u{1b}[31m", "\u{1b}[1m"));
        palette.set("keyword", "usual").unwrap();
        assert_eq!(palette.look(Role::Keyword), "\u{1b}[1m");
    }
}
