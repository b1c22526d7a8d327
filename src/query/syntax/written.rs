//! Written: a name or a value as a query needs it, in quotation marks where it would be read as something else without them.

use super::keywords::{PATTERN_WORDS, Reserved, keyword};
use super::tokens::{TokenKind, tokens};

/// A name as a query needs it.
pub fn written(name: &str) -> String {
    let tokens = tokens(name);
    let plain = tokens.iter().enumerate().all(|(position, token)| {
        let word = &name[token.span.clone()];
        let reserved = keyword(word).map(|keyword| keyword.reserved);
        let opens = position == 0
            && (reserved == Some(Reserved::AtStart) || PATTERN_WORDS.iter().any(|pattern| pattern.eq_ignore_ascii_case(word)));
        let wordlike = matches!(token.kind, TokenKind::Word | TokenKind::Number);
        wordlike && !opens && !matches!(reserved, Some(Reserved::Everywhere | Reserved::InRuns))
    });
    if plain && !tokens.is_empty() && !name.contains('\\') {
        return name.to_owned();
    }
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn only_what_would_be_misread_is_quoted() {
        assert_eq!(written("lung cancer"), "lung cancer");
        assert_eq!(written("50-80%"), "50-80%");
        assert_eq!(written("loss of balance"), "\"loss of balance\"");
        assert_eq!(written("path finding"), "\"path finding\"");
        assert_eq!(written("a \"b\""), "\"a \\\"b\\\"\"");
        assert_eq!(written(""), "\"\"");
    }
}
