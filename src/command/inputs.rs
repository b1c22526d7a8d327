//! Inputs: cuts a text of several lines into what is answered one by one: phrases, patterns and `:commands`.

use std::ops::Range;

use crate::query::syntax::{self, TokenKind};

use super::table::command_named;

/// How many bytes are looked at again and again, at most, to find the end of unfinished queries.
const MOST_LOOKED_AT: usize = 1 << 24;

/// Where each input of a text stands, in order. A phrase ends with its line unless it is unfinished there, a pattern behind `;`,
/// a `:command` with its line. A line with a `:command` ends what is unfinished above it, unless it could belong to that: within quotation
/// marks, or in brackets of a pattern. Lines that are blank or comments belong to no input unless they stand inside one.
///
/// The last input may be unfinished: there is no more text.
///
/// ```
/// use oms_graph::command::inputs;
///
/// let text = "-- who?\ncauses where\n  population = adult\n:quit\n";
/// let cut: Vec<&str> = inputs(text).into_iter().map(|place| &text[place]).collect();
/// assert_eq!(cut, ["causes where\n  population = adult", ":quit"]);
/// ```
pub fn inputs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    let mut looked_at = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end_matches(['\n', '\r']).len();
        let begin = match start {
            Some(begin) if looked_at <= MOST_LOOKED_AT && comes_between(&text[begin..at], line) => {
                found.push(begin..begin + text[begin..at].trim_end_matches(['\n', '\r']).len());
                start = None;
                at
            }
            Some(begin) => begin,
            None if is_between(line) => {
                at += line.len();
                continue;
            }
            None => at,
        };
        looked_at += end - begin;
        if looked_at <= MOST_LOOKED_AT && is_unfinished(&text[begin..end]) || looked_at > MOST_LOOKED_AT && start.is_some() {
            start = Some(begin);
        } else {
            found.push(begin..end);
            start = None;
        }
        at += line.len();
    }
    if let Some(begin) = start {
        found.push(begin..text.trim_end_matches(['\n', '\r']).len());
    }
    found
}

/// Whether the input so far is only a beginning: a phrase that more has to follow, or a pattern before its `;`. A `:command` never is.
pub fn is_unfinished(input: &str) -> bool {
    let begun = input.trim_start();
    !begun.starts_with(':') && syntax::is_unfinished(input)
}

/// Whether a line is a `:command` and no part of what was begun above it.
fn comes_between(begun: &str, line: &str) -> bool {
    let Some(typed) = line.trim_start().strip_prefix(':') else { return false };
    let name = typed.split(char::is_whitespace).next().unwrap_or_default();
    let is_pattern = syntax::is_pattern(begun);
    // A line of a pattern may begin with a label.
    if !name.starts_with(char::is_alphabetic) && name != "?" || is_pattern && command_named(name).is_none() {
        return false;
    }
    let mut open = 0_i64;
    for token in syntax::tokens(begun) {
        match (token.kind, &begun[token.span]) {
            (TokenKind::Unclosed, _) => return false,
            (TokenKind::Bracket, "(" | "[" | "{") => open += 1,
            (TokenKind::Bracket, _) => open -= 1,
            _ => {}
        }
    }
    !is_pattern || open <= 0
}

/// Whether a line asks nothing.
fn is_between(line: &str) -> bool {
    let line = line.trim_start_matches(|character: char| character.is_whitespace() || character == '\u{FEFF}');
    line.is_empty() || line.starts_with("--")
}

#[cfg(test)]
mod tests {
    use super::inputs;

    fn cut(text: &str) -> Vec<&str> {
        inputs(text).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn a_phrase_ends_with_its_line_unless_it_is_unfinished() {
        assert_eq!(cut("causes\r\nsymptoms\n"), ["causes", "symptoms"]);
        assert_eq!(cut("causes where\n\npopulation = adult"), ["causes where\n\npopulation = adult"]);
        assert_eq!(cut("find \"tre\nmor\"\n:quit"), ["find \"tre\nmor\"", ":quit"]);
    }

    #[test]
    fn comments_and_blank_lines_ask_nothing() {
        assert!(cut("\n  \n-- why?\n").is_empty());
        assert_eq!(cut("causes where -- no comment\n-- one\npopulation = adult"), ["causes where -- no comment", "population = adult"]);
    }

    #[test]
    fn a_pattern_ends_behind_its_semicolon() {
        assert_eq!(cut("MATCH (n)\nRETURN n;\ncauses"), ["MATCH (n)\nRETURN n;", "causes"]);
    }

    #[test]
    fn a_command_comes_between_where_it_can_be_nothing_else() {
        assert_eq!(cut("causes where\n\n :schema draw\nsymptoms"), ["causes where", " :schema draw", "symptoms"]);
        assert_eq!(cut("MATCH (n)\n:nothing\n:help\nRETURN"), ["MATCH (n)\n:nothing", ":help", "RETURN"]);
        for whole in ["MATCH (n\n:help\n)\nRETURN n;", "find \"a\n:help\n\"", "MATCH (n)\nWHERE n\n:Trigger\nRETURN n;", "causes where\n::"]
        {
            assert_eq!(cut(whole), [whole]);
        }
    }

    #[test]
    fn the_last_input_may_be_unfinished() {
        assert_eq!(cut("causes\nsymptoms of\n"), ["causes", "symptoms of"]);
    }

    #[test]
    fn a_text_that_never_closes_is_cut_in_time() {
        let text = "(\n".repeat(200_000);
        assert_eq!(inputs(&text).len(), 1);
    }
}
