//! Tokens: a lenient lexer that never fails, for highlighting, completion and messages.

mod lexer;
mod roles;

use super::keywords::PATTERN_WORDS;
use super::patterns;
use super::tree::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A keyword, in a place where it is one.
    Keyword,
    /// A word.
    Word,
    /// A word that begins as a number does: `50-80%`, `0.5`, `7/12`.
    Number,
    /// Words in quotation marks, the marks included.
    Quoted,
    /// A regular expression behind `matches`, the slashes included.
    Regex,
    /// A quotation mark or a regular expression that is not closed, up to the end of the text.
    Unclosed,
    /// `=`, `>=` and the like, and the slips `=>` and `=<`.
    Operator,
    /// `(` or `)`; in a pattern also `[`, `]`, `{` and `}`.
    Bracket,
    /// `,`
    Comma,
    /// `-binds->` or `<-binds-`; in a pattern `-->` and its pieces.
    Arrow,
    /// `;`, or a `?` behind a word.
    EndMark,
    /// A comment, with what opens and closes it.
    Comment,
    /// In a pattern: a label or a relationship type.
    Label,
    /// In a pattern: the name of a function or a procedure.
    Function,
    /// In a pattern: `$name`.
    Parameter,
    /// A character that can begin nothing.
    Unknown,
}

/// A piece of the text. White space lies between tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands: on character boundaries, never empty, in the order of the text.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// The tokens of any text.
pub fn tokens(text: &str) -> Vec<Token> {
    if is_pattern(text) {
        return patterns::tokens(text);
    }
    let mut tokens = lexer::lexed(text);
    roles::assign(text, &mut tokens);
    tokens
}

/// The tokens of a text but its comments.
pub(super) fn significant(text: &str) -> Vec<Token> {
    let mut tokens = tokens(text);
    tokens.retain(|token| token.kind != TokenKind::Comment);
    tokens
}

/// Whether a text is a query that more has to follow. A phrase: behind an open bracket, quotation mark or regular expression,
/// or an end such as `where`, `and`, `=` or a comma; a pattern: up to its `;`. A text without words is none.
pub fn is_unfinished(text: &str) -> bool {
    let tokens = significant(text);
    if is_pattern(text) {
        return tokens.last().is_some_and(|last| last.kind != TokenKind::EndMark);
    }
    let Some(last) = tokens.last() else { return false };
    if tokens.len() == 1 && BARE.iter().any(|word| word.eq_ignore_ascii_case(&text[last.span.clone()])) {
        return false;
    }
    let mut open = 0_usize;
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Bracket) {
        match &text[token.span.clone()] {
            "(" => open += 1,
            _ => open = open.saturating_sub(1),
        }
    }
    if last.kind == TokenKind::Unclosed || open > 0 {
        return true;
    }
    match last.kind {
        TokenKind::Operator | TokenKind::Comma => true,
        TokenKind::Keyword => wants_more(&text[last.span.clone()]),
        _ => false,
    }
}

/// Words that are typed alone by whoever wants to know what they are for: the message about them says so.
const BARE: [&str; 2] = ["why", "possibly"];

/// Whether a keyword cannot be the last word of a query.
fn wants_more(word: &str) -> bool {
    const ENDS: [&str; 9] = ["it", "what", "which", "denied", "desc", "descending", "asc", "ascending", "suggest"];
    !ENDS.iter().any(|end| end.eq_ignore_ascii_case(word))
}

/// Whether a text is a pattern and no phrase: its first word, also behind `explain`, `profile`, `let NAME =` and comments,
/// is MATCH, OPTIONAL, WITH, UNWIND, RETURN or CALL.
pub fn is_pattern(text: &str) -> bool {
    let rest = behind_lead(text);
    let (word, behind) = rest.split_at(word_end(rest));
    let bounded = !behind.starts_with(['-', '.', ':', '\'', '/', '%']);
    bounded && PATTERN_WORDS.iter().any(|pattern| pattern.eq_ignore_ascii_case(word))
}

/// A text from the first word of its query on: behind comments, `explain`, `profile` and `let NAME =`.
pub(super) fn behind_lead(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|character: char| character.is_whitespace() || character == '\u{FEFF}');
        let line = ["--", "//"].iter().any(|mark| rest.starts_with(mark));
        let (word, behind) = rest.split_at(word_end(rest));
        let next = if line {
            rest.split_once('\n').map(|(_, next)| next)
        } else if rest.starts_with("/*") {
            rest.split_once("*/").map(|(_, next)| next)
        } else if word.eq_ignore_ascii_case("explain") || word.eq_ignore_ascii_case("profile") {
            Some(behind)
        } else if word.eq_ignore_ascii_case("let") && behind.starts_with(char::is_whitespace) {
            behind.split_once('=').map(|(_, query)| query)
        } else {
            return rest;
        };
        match next {
            Some(next) => rest = next,
            None => return "",
        }
    }
}

fn word_end(text: &str) -> usize {
    text.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(text.len())
}
