//! Limits: what is refused before the grammar sees a text, so that no text can exhaust time or stack.

use crate::diagnostic::{Code, Diagnostic};

use super::refusals;
use super::tokens::{Token, TokenKind, significant};

/// The longest query, in bytes.
pub const LONGEST_QUERY: usize = 1 << 20;

/// How deep parentheses may be nested, and how many `not` and `possibly` may stand in front of one test.
pub const DEEPEST_NESTING: usize = 200;

/// How many phrases a query may join, and how many nouns it may hold in front of `of`.
pub const MOST_OPERANDS: usize = 200;

/// How many faults of one sort are told at once.
pub(super) const MOST_TOLD: usize = 8;

/// The tokens of a text without its comments, if nothing forbids to read it.
pub(super) fn admitted(text: &str) -> Result<Vec<Token>, Vec<Diagnostic>> {
    if text.len() > LONGEST_QUERY {
        return Err(vec![too_long(text)]);
    }
    let controls = control_characters(text);
    if !controls.is_empty() {
        return Err(controls);
    }
    let tokens = significant(text);
    if tokens.iter().all(|token| token.kind == TokenKind::EndMark) {
        return Err(vec![empty(text)]);
    }
    if let Some(refusal) = refusals::refusal(text, &tokens) {
        return Err(vec![refusal]);
    }
    if let Some(open) = tokens.iter().find(|token| token.kind == TokenKind::Unclosed) {
        return Err(vec![unclosed(text, open)]);
    }
    let brackets = unbalanced(text, &tokens);
    if brackets.is_empty() { Ok(tokens) } else { Err(brackets) }
}

pub(super) fn too_long(text: &str) -> Diagnostic {
    let mut start = LONGEST_QUERY;
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    Diagnostic::error(Code::QueryTooLong, format!("the query is {} bytes long, the limit is {LONGEST_QUERY}", text.len()))
        .at(start..start, "the limit is reached here")
        .help("ask it in several queries; `let` names the answer of a part")
}

pub(super) fn control_characters(text: &str) -> Vec<Diagnostic> {
    let allowed = |character: char| matches!(character, '\t' | '\n' | '\r');
    text.char_indices()
        .filter(|(_, character)| character.is_control() && !allowed(*character))
        .take(MOST_TOLD)
        .map(|(at, character)| {
            let name = format!("U+{:04X}", character as u32);
            Diagnostic::error(Code::ControlCharacter, format!("the query holds the control character {name}"))
                .at(at..at + character.len_utf8(), "here")
                .help(format!("remove it; inside quotation marks it can be written `\\u{{{:x}}}`", character as u32))
        })
        .collect()
}

pub(super) fn empty(text: &str) -> Diagnostic {
    Diagnostic::error(Code::EmptyQuery, "the query is empty")
        .at(text.len()..text.len(), "")
        .help("a query reads like a question, for example `causes of OMS` or `what causes OMS`")
}

fn unclosed(text: &str, open: &Token) -> Diagnostic {
    let mark = text[open.span.clone()].chars().next().unwrap_or('"');
    let place = open.span.start..open.span.start + mark.len_utf8();
    let (what, close) = match mark {
        '/' => ("regular expression", '/'),
        '“' | '”' | '„' => ("quotation mark", '”'),
        '‘' => ("quotation mark", '’'),
        other => ("quotation mark", other),
    };
    let fault = Diagnostic::error(Code::UnclosedQuote, format!("a {what} is not closed")).at(place, "opened here");
    match mark {
        '/' => fault.help("close it with `/`; a slash inside it is written `\\/`"),
        '\'' => fault.help("close it with `'` at the end of a word, or use `\"` around words that hold an apostrophe"),
        _ => fault.help(format!("close it with `{close}`; a quotation mark inside it is written `\\{close}`")),
    }
}

fn unbalanced(text: &str, tokens: &[Token]) -> Vec<Diagnostic> {
    let mut open: Vec<&Token> = Vec::new();
    let mut faults: Vec<Diagnostic> = Vec::new();
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Bracket) {
        if &text[token.span.clone()] == "(" {
            open.push(token);
            if open.len() > DEEPEST_NESTING {
                return vec![too_deep(token.span.clone())];
            }
        } else if open.pop().is_none() {
            faults.push(
                Diagnostic::error(Code::UnbalancedBracket, "a closing bracket has no opening one")
                    .at(token.span.clone(), "nothing is open here")
                    .help("remove it, or open it with `(` further to the left"),
            );
        }
    }
    faults.extend(open.iter().map(|token| {
        Diagnostic::error(Code::UnbalancedBracket, "an opening bracket is not closed")
            .at(token.span.clone(), "opened here")
            .help("close it with `)`, or remove it")
    }));
    faults.sort_by_key(|fault| fault.labels.first().map_or(0, |label| label.span.start));
    faults.truncate(MOST_TOLD);
    faults
}

/// The complaint about nesting beyond the limit.
pub(super) fn too_deep(span: std::ops::Range<usize>) -> Diagnostic {
    Diagnostic::error(Code::TooDeep, format!("the query is nested deeper than {DEEPEST_NESTING} levels"))
        .at(span, "one level too many")
        .help("name a part of it with `let`, then ask with the name")
}
