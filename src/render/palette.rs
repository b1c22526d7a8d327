//! Palette: the one table of what is told apart by colour at the prompt, with the look of each, by name.

use std::fmt::Write as _;

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
    /// The prompt.
    Prompt,
}

/// The roles with their names, their looks unless somebody wants others, and what they are. Only the sixteen colours of every
/// terminal, none that vanishes on a light or on a dark ground; what is wrong is underlined, too, for whoever sees no red.
const ROLES: &[(Role, &str, &str, &str)] = &[
    (Role::Keyword, "keyword", "bold blue", "a word of the language"),
    (Role::Relation, "relation", "magenta", "a noun or verb for a relation, a type in patterns"),
    (Role::Kind, "kind", "bold magenta", "a kind, a label in patterns"),
    (Role::Entity, "entity", "cyan", "a name that one entity has"),
    (Role::Ambiguous, "ambiguous", "underline cyan", "a name that several entities have"),
    (Role::Unknown, "unknown", "underline red", "a word that names nothing here"),
    (Role::Field, "field", "blue", "a field, a property in patterns"),
    (Role::Value, "value", "green", "a value that occurs"),
    (Role::Number, "number", "green", "a number, a percentage, a duration"),
    (Role::String, "string", "green", "words in quotation marks that are no name"),
    (Role::Operator, "operator", "plain", "signs such as = and ->"),
    (Role::Variable, "variable", "bold", "a variable of a pattern, what `it` and `let` stand for"),
    (Role::Function, "function", "blue", "a function or a procedure"),
    (Role::Parameter, "parameter", "bold green", "a parameter: $name"),
    (Role::Comment, "comment", "bright-black", "a comment"),
    (Role::Command, "command", "bold blue", "a :command"),
    (Role::Bracket, "bracket", "bold underline", "the bracket at the cursor, and its partner"),
    (Role::Unmatched, "unmatched", "bold underline red", "a bracket without a partner"),
    (Role::Hint, "hint", "bright-black", "what is suggested behind the cursor"),
    (Role::DeadEnd, "dead-end", "bright-black", "a choice that would lead to nothing"),
    (Role::Prompt, "prompt", "bold", "the prompt"),
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

/// How each role looks: the escape sequence that begins it, nothing where it looks plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    looks: Vec<String>,
}

impl Default for Palette {
    fn default() -> Palette {
        Palette { looks: ROLES.iter().map(|(_, _, look, _)| sequence(look).unwrap_or_default()).collect() }
    }
}

impl Palette {
    /// The names of the roles, with what each is and its look unless it is changed, in the order of the table.
    pub fn names() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        ROLES.iter().map(|(_, name, look, meaning)| (*name, *meaning, *look))
    }

    /// The words that a look is made of, beside `plain`.
    pub fn words() -> impl Iterator<Item = &'static str> {
        WORDS.iter().map(|(word, _)| *word)
    }

    /// The escape sequence that begins a role; empty where it looks plain.
    pub fn look(&self, role: Role) -> &str {
        let place = ROLES.iter().position(|(known, ..)| *known == role);
        place.and_then(|place| self.looks.get(place)).map_or("", String::as_str)
    }

    /// Gives the role of this name another look: words such as `bold`, `underline` and a colour, apart by blanks, or `plain`.
    ///
    /// # Errors
    /// What is wrong: no such name, or no such word. Nothing is changed then.
    pub fn set(&mut self, name: &str, look: &str) -> Result<(), String> {
        let Some(place) = ROLES.iter().position(|(_, known, ..)| *known == name) else {
            let known: Vec<&str> = ROLES.iter().map(|(_, name, ..)| *name).collect();
            return Err(format!("nothing is coloured as '{name}'; there is {}", known.join(", ")));
        };
        let sequence = sequence(look)?;
        if let Some(kept) = self.looks.get_mut(place) {
            *kept = sequence;
        }
        Ok(())
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
fn sequence(look: &str) -> Result<String, String> {
    let mut codes = Vec::new();
    for word in look.split_whitespace().filter(|word| *word != "plain") {
        match WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)) {
            Some((_, code)) => codes.push(code.to_string()),
            None => {
                let known: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
                return Err(format!("'{word}' is no colour; a look is made of plain, {}", known.join(", ")));
            }
        }
    }
    Ok(if codes.is_empty() { String::new() } else { format!("\u{1b}[{}m", codes.join(";")) })
}

#[cfg(test)]
mod tests {
    use super::{Palette, ROLES, Role};

    #[test]
    fn every_role_has_a_name_and_a_look_that_can_be_read() {
        let palette = Palette::default();
        for (role, name, look, _) in ROLES {
            assert!(super::sequence(look).is_ok(), "{name}: {look}");
            assert_eq!(ROLES.iter().filter(|(_, known, ..)| known == name).count(), 1, "{name}");
            assert_eq!(palette.look(*role).is_empty(), *look == "plain", "{name}");
        }
        assert_eq!(palette.painted(Role::Unknown, "cancr"), "\u{1b}[4;31mcancr\u{1b}[0m");
    }

    #[test]
    fn looks_are_set_by_name() {
        let mut palette = Palette::default();
        palette.set("keyword", "bright-green underline").unwrap();
        assert_eq!(palette.look(Role::Keyword), "\u{1b}[92;4m");
        palette.set("keyword", "plain").unwrap();
        assert_eq!(palette.painted(Role::Keyword, "where"), "where");
        assert!(palette.set("keywrd", "red").unwrap_err().contains("'keywrd'"));
        assert!(palette.set("keyword", "redd").unwrap_err().contains("'redd'"));
        assert_eq!(palette.look(Role::Keyword), "");
    }
}
