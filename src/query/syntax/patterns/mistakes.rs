//! Mistakes in patterns: turns a failure of the grammar into a message that teaches, first by what is often meant, else by what was expected.

mod clauses;
mod paths;
mod signs;

use std::ops::Range;

use pest::error::{Error, ErrorVariant, InputLocation};

use crate::diagnostic::{Code, Diagnostic};

use super::super::limits::too_deep;
use super::super::tokens::{Token, TokenKind};
use super::expectations;
use super::grammar::Rule;
use super::roles::is_reserved;
use super::writes::write_at;

/// A mistake that is made often, told from where the grammar failed.
type Mistake = fn(&Spot<'_>) -> Option<Diagnostic>;

/// The mistakes that are made often; the first that fits is told, so the narrower ones come first.
const MISTAKES: &[Mistake] = &[
    |spot| write_at(spot.text, spot.tokens, spot.here),
    clauses::second_query,
    clauses::question_mark,
    paths::length_without_star,
    paths::broken_arrow,
    paths::node_without_parentheses,
    paths::label_expression,
    signs::foreign_operator,
    signs::curly_quotes,
    signs::list_in_parentheses,
    signs::incomplete_operator,
    signs::map_projection,
    clauses::phrase_behind_match,
    clauses::foreign_clause,
    clauses::condition_twice,
    clauses::order_of_tails,
    clauses::count_without_parentheses,
    clauses::keyword_for_value,
    signs::unquoted_text,
    clauses::name_without_as,
];

/// Where the grammar failed.
struct Spot<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// The token where it failed; as many as there are tokens at the end.
    here: usize,
}

impl<'a> Spot<'a> {
    /// A token as typed, by its distance from where the grammar failed; nothing beyond the ends.
    fn typed(&self, distance: isize) -> &'a str {
        self.token(distance).map_or("", |token| &self.text[token.span.clone()])
    }

    fn token(&self, distance: isize) -> Option<&'a Token> {
        self.here.checked_add_signed(distance).and_then(|index| self.tokens.get(index))
    }

    fn is(&self, distance: isize, words: &[&str]) -> bool {
        words.iter().any(|word| word.eq_ignore_ascii_case(self.typed(distance)))
    }

    fn is_kind(&self, distance: isize, kind: TokenKind) -> bool {
        self.token(distance).is_some_and(|token| token.kind == kind)
    }

    /// Whether nothing but a mark that ends the query follows.
    fn is_end(&self) -> bool {
        self.tokens[self.here.min(self.tokens.len())..].iter().all(|token| token.kind == TokenKind::EndMark)
    }

    /// Whether the grammar failed at the first word of a line behind one that returns: the `;` between two queries may be missing.
    fn opens_line_behind_return(&self) -> bool {
        let (Some(here), Some(before)) = (self.token(0), self.token(-1)) else { return false };
        let apart = self.text.get(before.span.end..here.span.start).is_some_and(|between| between.contains('\n'));
        apart && here.kind != TokenKind::EndMark && self.last_word(&["return"]).is_some()
    }

    /// The place of a token; behind the last one at the end.
    fn place(&self, distance: isize) -> Range<usize> {
        let end = self.tokens.iter().rfind(|token| token.kind != TokenKind::EndMark).map_or(0, |token| token.span.end);
        match self.token(distance) {
            Some(token) if distance != 0 || !self.is_end() => token.span.clone(),
            _ => end..end,
        }
    }

    /// The nearest of some words in front of where the grammar failed, outside brackets that are closed.
    fn last_word(&self, among: &[&str]) -> Option<isize> {
        let mut closed = 0_usize;
        for back in 1..=isize::try_from(self.here).ok()? {
            match self.typed(-back) {
                ")" | "]" | "}" => closed += 1,
                "(" | "[" | "{" => closed = closed.checked_sub(1)?,
                _ if closed == 0 && self.is(-back, among) => return Some(-back),
                _ => {}
            }
        }
        None
    }
}

/// A complaint at a place.
fn fault(message: impl Into<String>, place: Range<usize>, label: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::Syntax, message).at(place, label).help(help)
}

/// What a failure of the grammar means to whoever typed the text.
pub(super) fn explained(text: &str, tokens: &[Token], error: &Error<Rule>) -> Diagnostic {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let expected: &[Rule] = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => return too_deep(at..at),
    };
    let spot = Spot { text, tokens, here: tokens.partition_point(|token| token.span.end <= at) };
    let found = MISTAKES.iter().find_map(|mistake| mistake(&spot)).unwrap_or_else(|| unexpected(&spot, expected));
    if spot.opens_line_behind_return() { found.help("if the pattern is over on the line before, it ends there with `;`") } else { found }
}

/// The message for what no mistake in the list explains.
fn unexpected(spot: &Spot<'_>, expected: &[Rule]) -> Diagnostic {
    let message = match (spot.is_end(), spot.typed(-1)) {
        (true, before) if is_reserved(before) => format!("the query ends behind `{before}`"),
        (true, _) => "the query ends too early".to_owned(),
        (false, _) => format!("`{}` cannot stand here", shortened(spot.typed(0))),
    };
    let named =
        spot.here < 3 && spot.tokens.first().is_some_and(|first| !text_of(spot, first).contains(|letter: char| letter.is_uppercase()));
    let label = expectations::listed(expected).map_or_else(String::new, |list| format!("expected {list}"));
    let fault = fault(message, spot.place(0), label, "a pattern reads like `MATCH (t)-[:CAUSES]->(d:Disease) RETURN t, d`");
    match spot.tokens.first().filter(|_| named) {
        Some(first) => {
            fault.help(format!("`{}` begins a pattern; a phrase whose first word it is needs quotation marks", text_of(spot, first)))
        }
        None => fault,
    }
}

fn text_of<'a>(spot: &Spot<'a>, token: &Token) -> &'a str {
    &spot.text[token.span.clone()]
}

/// The longest piece of the text that a message repeats, in characters.
const LONGEST_SHOWN: usize = 60;

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
