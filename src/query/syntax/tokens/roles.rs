//! Roles: which words are keywords where they stand.

use super::super::keywords::{Keyword, Reserved, keyword};
use super::{Token, TokenKind};

/// Turns the words that are keywords where they stand into keywords.
pub(super) fn assign(text: &str, tokens: &mut [Token]) {
    let order: Vec<usize> = (0..tokens.len()).filter(|index| tokens[*index].kind != TokenKind::Comment).collect();
    let mut place = Place { text, clause: Clause::Phrase };
    for (position, &index) in order.iter().enumerate() {
        let word = &text[tokens[index].span.clone()];
        let Some(entry) = known(word, tokens[index].kind) else { continue };
        let around = Around {
            before: position.checked_sub(1).map(|before| &tokens[order[before]]),
            earlier: position.checked_sub(2).map(|earlier| &tokens[order[earlier]]),
            after: order.get(position + 1).map(|after| &tokens[*after]),
            behind: order.get(position + 2).map(|behind| &tokens[*behind]),
        };
        if place.is_keyword(entry, &around) {
            place.enter(entry.word, &around);
            tokens[index].kind = TokenKind::Keyword;
        }
    }
}

fn known(word: &str, kind: TokenKind) -> Option<&'static Keyword> {
    if kind == TokenKind::Word { keyword(word) } else { None }
}

/// The part of a query that a word stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clause {
    Phrase,
    Condition,
    Fields,
}

/// What is known in front of a word.
struct Place<'a> {
    text: &'a str,
    clause: Clause,
}

/// The tokens next to a word, the farther ones outside.
struct Around<'a> {
    earlier: Option<&'a Token>,
    before: Option<&'a Token>,
    after: Option<&'a Token>,
    behind: Option<&'a Token>,
}

const AUXILIARIES: [&str; 4] = ["is", "are", "was", "were"];
const TESTING: [&str; 4] = ["in", "between", "contains", "matches"];

impl Place<'_> {
    fn enter(&mut self, word: &str, around: &Around<'_>) {
        match word {
            "by" if self.is(around.earlier, &AUXILIARIES) => {}
            "where" => self.clause = Clause::Condition,
            "sort" | "show" | "across" | "by" => self.clause = Clause::Fields,
            "of" | "limit" => self.clause = Clause::Phrase,
            _ => {}
        }
    }

    fn is(&self, token: Option<&Token>, words: &[&str]) -> bool {
        token.is_some_and(|token| words.iter().any(|word| self.text[token.span.clone()].eq_ignore_ascii_case(word)))
    }

    fn has_kind(token: Option<&Token>, kind: TokenKind) -> bool {
        token.is_some_and(|token| token.kind == kind)
    }

    /// Whether what follows tests the word as a field.
    fn is_tested(&self, around: &Around<'_>) -> bool {
        Self::has_kind(around.after, TokenKind::Operator) || self.is(around.after, &TESTING)
    }

    /// Whether an operand or a query may begin behind what stands in front.
    fn opens(&self, around: &Around<'_>) -> bool {
        match around.before {
            None => true,
            before if self.is(before, &["(", "of", "and", "or", "not", "explain", "profile", "count", "compare"]) => true,
            before => self.clause == Clause::Phrase && Self::has_kind(before, TokenKind::Operator),
        }
    }

    fn is_keyword(&self, entry: &Keyword, around: &Around<'_>) -> bool {
        match entry.reserved {
            Reserved::Everywhere => !self.is_field(entry.word, around),
            Reserved::InRuns => self.clause == Clause::Phrase && !self.is_tested(around) || self.opens(around) && !self.is_tested(around),
            Reserved::AtStart => around.before.is_none() || self.opens(around) && !self.is_tested(around),
            Reserved::InPlace => self.is_in_place(entry.word, around),
        }
    }

    /// Whether a keyword that ends runs everywhere else stands as the name of a field, or inside a ratio.
    fn is_field(&self, word: &str, around: &Around<'_>) -> bool {
        let names_column = matches!(word, "of" | "to" | "by" | "via");
        let listed = self.clause == Clause::Fields
            && (self.is(around.before, &["show", "by", "across"]) || Self::has_kind(around.before, TokenKind::Comma));
        let ratio = word == "in" && Self::has_kind(around.before, TokenKind::Number) && Self::has_kind(around.after, TokenKind::Number);
        ratio || names_column && (listed || self.clause == Clause::Condition && self.is_tested(around))
    }

    fn is_in_place(&self, word: &str, around: &Around<'_>) -> bool {
        match word {
            "from" => self.is(around.before, &["path", "paths"]),
            "describe" => around.before.is_none() && around.after.is_some(),
            "suggest" => around.before.is_none() && (around.after.is_none() || Self::has_kind(around.after, TokenKind::EndMark)),
            "has" | "denied" => {
                self.clause == Clause::Condition
                    && self.is(around.before, &["where", "and", "or", "not", "possibly", "("])
                    && !self.is_tested(around)
            }
            "desc" | "descending" | "asc" | "ascending" => self.clause == Clause::Fields && self.ends_field(around),
            "does" | "do" => self.is(around.before, &["what", "which"]),
            _ => AUXILIARIES.contains(&word) && self.clause == Clause::Phrase && self.is(around.behind, &["by"]),
        }
    }

    /// Whether a field to sort by is over here.
    fn ends_field(&self, around: &Around<'_>) -> bool {
        let begun = !self.is(around.before, &["by"]) && !Self::has_kind(around.before, TokenKind::Comma) && around.earlier.is_some();
        let over = match around.after {
            None => true,
            after => {
                Self::has_kind(after, TokenKind::Comma)
                    || Self::has_kind(after, TokenKind::EndMark)
                    || self.is(after, &["limit", "show", "sort"])
            }
        };
        begun && over
    }
}
