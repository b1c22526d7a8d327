//! Values: what numbers and texts mean.

use pest::iterators::Pair;

use crate::diagnostic::{Code, Diagnostic};

use super::super::super::pattern_tree::ExpressionKind;
use super::super::super::tree::Span;
use super::super::grammar::Rule;
use super::expressions::Term;
use super::{Outcome, place};

/// The number that a text writes, with the sign in front of it.
pub(super) fn number(typed: &str, span: Span, negative: bool) -> Outcome<Term> {
    let lower = typed.to_ascii_lowercase();
    let based = |prefix: &str, base: u32| lower.strip_prefix(prefix).map(|digits| (digits.to_owned(), base));
    let kind = match based("0x", 16).or_else(|| based("0o", 8)) {
        Some((digits, base)) => whole(typed, &digits, base, negative, &span)?,
        None if lower.bytes().all(|byte| byte.is_ascii_digit()) => whole(typed, &lower, 10, negative, &span)?,
        None => fraction(typed, &lower, negative, &span)?,
    };
    Ok(Term::leaf(kind, span))
}

fn whole(typed: &str, digits: &str, base: u32, negative: bool, span: &Span) -> Outcome<ExpressionKind> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(base)) {
        return Err(no_number(typed, span));
    }
    let signed = i128::from_str_radix(digits, base).ok().map(|value| if negative { -value } else { value });
    match signed.and_then(|value| i64::try_from(value).ok()) {
        Some(value) => Ok(ExpressionKind::Integer(value)),
        None => Err(Diagnostic::error(Code::BadNumber, "the whole number is out of range").at(span.clone(), "too large").help(format!(
            "whole numbers lie between {} and {}; with a point it is a decimal number, less exact: `1.0e20`",
            i64::MIN,
            i64::MAX
        ))),
    }
}

fn fraction(typed: &str, lower: &str, negative: bool, span: &Span) -> Outcome<ExpressionKind> {
    let decimal = lower.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'+' | b'-'));
    let value: f64 = lower.parse().ok().filter(|_| decimal).ok_or_else(|| no_number(typed, span))?;
    if value.is_infinite() {
        return Err(Diagnostic::error(Code::BadNumber, "the number is too large")
            .at(span.clone(), "too large")
            .help(format!("the greatest number is {:e}", f64::MAX)));
    }
    Ok(ExpressionKind::Float(if negative { -value } else { value }))
}

fn no_number(typed: &str, span: &Span) -> Diagnostic {
    Diagnostic::error(Code::BadNumber, format!("`{typed}` is no number"))
        .at(span.clone(), "cannot be read")
        .help("numbers are written `12`, `0.5`, `1.5e-3`, `0x1F` or `0o17`; a name that begins with a digit needs backquotes: `` `1B` ``")
}

/// What stands between quotation marks, with escapes undone.
pub(super) fn text(pair: &Pair<'_, Rule>) -> Outcome<String> {
    let typed = pair.as_str();
    let inner = typed.get(1..typed.len().saturating_sub(1)).unwrap_or_default();
    let start = place(pair).start + 1;
    let mut result = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        result.push_str(&rest[..at]);
        let escape = &rest[at..];
        let Some((character, length)) = escaped(escape) else {
            return Err(no_escape(escape, start + inner.len() - escape.len()));
        };
        result.push(character);
        rest = &escape[length..];
    }
    result.push_str(rest);
    Ok(result)
}

/// The character that an escape at the start of a text stands for, and the escape's length in bytes.
fn escaped(escape: &str) -> Option<(char, usize)> {
    let letter = escape[1..].chars().next()?;
    let plain = match letter {
        'b' | 'B' => '\u{8}',
        'f' | 'F' => '\u{c}',
        'n' | 'N' => '\n',
        'r' | 'R' => '\r',
        't' | 'T' => '\t',
        '\\' | '\'' | '"' | '`' => letter,
        'u' => return utf16(escape),
        'U' => return Some((char::from_u32(code(&escape[2..], 8)?)?, 10)),
        _ => return None,
    };
    Some((plain, 2))
}

/// `\u` with four digits; two of them where one code unit does not hold the character.
fn utf16(escape: &str) -> Option<(char, usize)> {
    let first = code(&escape[2..], 4)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, 6));
    }
    let second = code(escape[6..].strip_prefix("\\u")?, 4)?;
    let units = [u16::try_from(first).ok()?, u16::try_from(second).ok()?];
    let character = char::decode_utf16(units).next()?.ok()?;
    Some((character, 12))
}

/// The number that so many hexadecimal digits write.
fn code(text: &str, digits: usize) -> Option<u32> {
    let digits = text.get(..digits).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

fn no_escape(escape: &str, from: usize) -> Diagnostic {
    let shown: String = escape.chars().take(2).collect();
    let fault = Diagnostic::error(Code::Syntax, format!("`{shown}` is no escape"))
        .at(from..from + shown.len(), "a backslash protects what follows");
    match shown.as_str() {
        "\\u" => fault.help("a character by its code point has four hexadecimal digits: `\\u00e9` is `é`"),
        "\\U" => fault.help("a character by its code point has eight hexadecimal digits: `\\U0001f600`"),
        _ => fault.help("a backslash is written `\\\\`; there are also `\\'`, `\\\"`, `\\n`, `\\t` and `\\u00e9`"),
    }
}
