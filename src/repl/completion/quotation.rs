//! Quotation: which names need quotation marks in a query, and names within them.

use crate::query::syntax::{PATTERN_WORDS, Reserved, TokenKind, keyword, tokens};

/// A name as a query needs it: in quotation marks if it would be read as something else without them.
pub(super) fn name(words: &str) -> String {
    let tokens = tokens(words);
    let plain = tokens.iter().enumerate().all(|(position, token)| {
        let word = &words[token.span.clone()];
        let reserved = keyword(word).map(|keyword| keyword.reserved);
        let first = position == 0
            && (reserved == Some(Reserved::AtStart) || PATTERN_WORDS.iter().any(|pattern| pattern.eq_ignore_ascii_case(word)));
        let wordlike = matches!(token.kind, TokenKind::Word | TokenKind::Number);
        wordlike && !first && !matches!(reserved, Some(Reserved::Everywhere | Reserved::InRuns))
    });
    if plain && !tokens.is_empty() && !words.contains('\\') { words.to_owned() } else { format!("\"{}", closed(words, '"')) }
}

/// Words with the mark that closes what `open` opened behind them.
pub(super) fn closed(words: &str, open: char) -> String {
    let close = match open {
        '“' | '”' | '„' => '”',
        '‘' => '’',
        other => other,
    };
    let mut closed = String::with_capacity(words.len() + 2);
    for letter in words.chars() {
        if letter == close || letter == open || letter == '\\' {
            closed.push('\\');
        }
        closed.push(letter);
    }
    closed.push(close);
    closed
}
