//! Brackets: which bracket belongs to which, and which have no partner.

use crate::query::syntax::{Token, TokenKind};

/// The brackets of a text that are to be seen.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Brackets {
    /// Where the bracket at the cursor begins, and its partner.
    pub at_cursor: Vec<usize>,
    /// Where those begin that have no partner.
    pub unmatched: Vec<usize>,
}

impl Brackets {
    /// The brackets of a text with the cursor at a place; one that is open yet lacks its partner only if the text is `finished`.
    pub fn of(text: &str, tokens: &[Token], cursor: Option<usize>, finished: bool) -> Brackets {
        let mut brackets = Brackets::default();
        let mut open: Vec<(&str, usize)> = Vec::new();
        let mut pairs = Vec::new();
        for token in tokens.iter().filter(|token| token.kind == TokenKind::Bracket) {
            let start = token.span.start;
            let word = &text[token.span.clone()];
            let opener = match word {
                ")" => "(",
                "]" => "[",
                "}" => "{",
                _ => {
                    open.push((word, start));
                    continue;
                }
            };
            match open.pop() {
                Some((known, at)) if known == opener => pairs.push((at, start)),
                Some((_, at)) => brackets.unmatched.extend([at, start]),
                None => brackets.unmatched.push(start),
            }
        }
        if finished {
            brackets.unmatched.extend(open.iter().map(|(_, at)| *at));
        }
        if let Some(cursor) = cursor {
            // The bracket under the cursor, or else the one just behind it.
            let touched = |place: usize| pairs.iter().find(|(from, to)| *from == place || *to == place);
            let pair = touched(cursor).or_else(|| cursor.checked_sub(1).and_then(touched));
            brackets.at_cursor.extend(pair.iter().flat_map(|(from, to)| [*from, *to]));
        }
        brackets
    }
}

#[cfg(test)]
mod tests {
    use super::Brackets;
    use crate::session::Session;

    fn brackets(text: &str, cursor: Option<usize>, finished: bool) -> Brackets {
        Brackets::of(text, &Session::tokens(text), cursor, finished)
    }

    #[test]
    fn partners_are_found_from_either_side() {
        let text = "MATCH (n {a: [1]}) RETURN n";
        assert_eq!(brackets(text, Some(6), false).at_cursor, [6, 17]);
        assert_eq!(brackets(text, Some(18), false).at_cursor, [6, 17]);
        assert_eq!(brackets(text, Some(13), false).at_cursor, [13, 15]);
        assert!(brackets(text, Some(2), false).at_cursor.is_empty());
    }

    #[test]
    fn what_has_no_partner_is_told() {
        assert_eq!(brackets("causes) of OMS", None, false).unmatched, [6]);
        assert_eq!(brackets("MATCH (n] RETURN n", None, false).unmatched, [6, 8]);
        assert!(brackets("causes where (population", None, false).unmatched.is_empty());
        assert_eq!(brackets("causes where (population", None, true).unmatched, [13]);
    }
}
