//! Names: how ids, labels, relationship types and strings are written in a pattern.

use std::fmt::Write;

use crate::model::{label_of_kind, type_of_relation};

/// Words that begin something else in a pattern: as names they stand in backquotes.
const RESERVED: &[&str] = &[
    "add",
    "all",
    "and",
    "any",
    "as",
    "asc",
    "ascending",
    "by",
    "call",
    "case",
    "constraint",
    "contains",
    "create",
    "delete",
    "desc",
    "descending",
    "detach",
    "distinct",
    "do",
    "drop",
    "else",
    "end",
    "ends",
    "exists",
    "false",
    "for",
    "in",
    "is",
    "limit",
    "mandatory",
    "match",
    "merge",
    "none",
    "not",
    "null",
    "on",
    "optional",
    "or",
    "order",
    "remove",
    "require",
    "return",
    "scalar",
    "set",
    "single",
    "skip",
    "starts",
    "then",
    "true",
    "union",
    "unique",
    "unwind",
    "when",
    "where",
    "with",
    "xor",
    "yield",
];

/// A variable or the name of a column.
pub(super) fn identifier(name: &str) -> String {
    if RESERVED.contains(&name.to_ascii_lowercase().as_str()) { backquoted(name) } else { key(name) }
}

/// The key of a property, a label or a relationship type: in backquotes unless it is a plain word.
pub fn key(name: &str) -> String {
    let mut letters = name.chars();
    let begins = letters.next().is_some_and(|letter| letter.is_alphabetic() || letter == '_');
    if begins && letters.all(|letter| letter.is_alphanumeric() || letter == '_') { name.to_owned() } else { backquoted(name) }
}

/// The label of a kind, with its colon: `body_part` is `:BodyPart`.
pub(super) fn label(kind: &str) -> String {
    format!(":{}", key(&label_of_kind(kind)))
}

/// The type of a relationship, as `type(r)` gives it: `has_symptom` is `HAS_SYMPTOM`.
pub(super) fn relationship_type(relation_type: &str) -> String {
    type_of_relation(relation_type)
}

/// A string, with what would end or break it escaped.
pub fn text(words: &str) -> String {
    let mut quoted = String::with_capacity(words.len() + 2);
    quoted.push('\'');
    for letter in words.chars() {
        match letter {
            '\'' => quoted.push_str("\\'"),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            letter if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('\'');
    quoted
}

fn backquoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

#[cfg(test)]
mod tests {
    use super::{identifier, key, label, relationship_type, text};

    #[test]
    fn ids_in_lower_snake_case_change_their_case() {
        assert_eq!(label("body_part"), ":BodyPart");
        assert_eq!(label("biolink:Disease"), ":`biolink:Disease`");
        assert_eq!(label("Gene"), ":Gene");
        assert_eq!(relationship_type("has_symptom"), "HAS_SYMPTOM");
        assert_eq!(relationship_type("is_a"), "IS_A");
        assert_eq!(relationship_type("hasSymptom"), "hasSymptom");
    }

    #[test]
    fn names_that_are_no_plain_word_stand_in_backquotes() {
        assert_eq!(identifier("cause"), "cause");
        assert_eq!(identifier("binds.score"), "`binds.score`");
        assert_eq!(identifier("Limit"), "`Limit`");
        assert_eq!(identifier("2nd"), "`2nd`");
        assert_eq!(key("a`b"), "`a``b`");
        assert_eq!(key("limit"), "limit");
    }

    #[test]
    fn strings_cannot_be_broken_out_of() {
        assert_eq!(text("O'Neil \\ \n\u{1}"), "'O\\'Neil \\\\ \\n\\u0001'");
    }
}
