//! Words: runs, their pieces, names of fields, values and numbers.

use pest::iterators::Pair;

use crate::diagnostic::{Code, Diagnostic};

use super::super::grammar::Rule;
use super::super::tree::{FieldName, Literal, Piece, PieceKind, Run, Spanned};
use super::{Reader, part, parts, place};

impl Reader {
    /// A run of pieces.
    pub(super) fn run(&mut self, pair: &Pair<'_, Rule>) -> Option<Run> {
        let pieces: Vec<Piece> = pair.clone().into_inner().map(|piece| self.piece(&piece)).collect::<Option<_>>()?;
        let named = |behind: Option<&Piece>| behind.is_some_and(|piece| matches!(piece.kind, PieceKind::Word(_) | PieceKind::Quoted(_)));
        for (position, piece) in pieces.iter().enumerate() {
            if piece.kind == PieceKind::Exactly && !named(pieces.get(position + 1)) {
                self.fault(
                    Diagnostic::error(Code::Syntax, "`exactly` needs a name behind it")
                        .at(piece.span.clone(), "which entity is meant?")
                        .help("for example `symptoms of exactly OMS`"),
                );
                return None;
            }
        }
        Some(Run { pieces, span: place(pair) })
    }

    fn piece(&mut self, pair: &Pair<'_, Rule>) -> Option<Piece> {
        let kind = match pair.as_rule() {
            Rule::keyword_what | Rule::keyword_which => PieceKind::What,
            Rule::keyword_does | Rule::keyword_do => PieceKind::Does,
            Rule::keyword_it => PieceKind::It,
            Rule::keyword_exactly => PieceKind::Exactly,
            Rule::quoted => PieceKind::Quoted(self.unquoted(pair)?),
            Rule::arrow => {
                let (words, forward) = arrow(pair);
                PieceKind::Arrow { words, forward }
            }
            _ => PieceKind::Word(pair.as_str().to_owned()),
        };
        Some(Piece { kind, span: place(pair) })
    }

    /// The words of several pairs, joined by single spaces.
    pub(super) fn joined<'i>(&mut self, pairs: impl Iterator<Item = Pair<'i, Rule>>) -> Option<String> {
        let words: Vec<String> = pairs
            .map(|pair| if pair.as_rule() == Rule::quoted { self.unquoted(&pair) } else { Some(pair.as_str().to_owned()) })
            .collect::<Option<_>>()?;
        Some(words.join(" "))
    }

    /// The name of a field.
    pub(super) fn field(&mut self, pair: &Pair<'_, Rule>) -> Option<FieldName> {
        Some(FieldName { words: self.joined(pair.clone().into_inner())?, span: place(pair) })
    }

    /// The names of fields in a list.
    pub(super) fn fields(&mut self, pair: &Pair<'_, Rule>) -> Option<Vec<FieldName>> {
        parts(pair, Rule::field).map(|field| self.field(&field)).collect()
    }

    /// A value.
    pub(super) fn literal(&mut self, pair: &Pair<'_, Rule>) -> Option<Literal> {
        let quoted = part(pair, Rule::quoted).is_some();
        Some(Literal { text: self.joined(pair.clone().into_inner())?, quoted, span: place(pair) })
    }

    /// A whole number.
    pub(super) fn number(&mut self, pair: &Pair<'_, Rule>) -> Option<Spanned<u64>> {
        let Ok(value) = pair.as_str().parse() else {
            self.fault(
                Diagnostic::error(Code::OutOfRange, "the number is too large")
                    .at(place(pair), "too large")
                    .help(format!("the greatest number is {}", u64::MAX)),
            );
            return None;
        };
        Some(Spanned { value, span: place(pair) })
    }

    /// What stands between quotation marks, with escapes undone.
    pub(super) fn unquoted(&mut self, pair: &Pair<'_, Rule>) -> Option<String> {
        let text = pair.as_str();
        let opening = text.chars().next().map_or(0, char::len_utf8);
        let closing = text.chars().next_back().map_or(0, char::len_utf8);
        let inner = text.get(opening..text.len().saturating_sub(closing))?;
        let start = pair.as_span().start() + opening;
        let mut result = String::with_capacity(inner.len());
        let mut rest = inner;
        while let Some(at) = rest.find('\\') {
            result.push_str(&rest[..at]);
            let escape = &rest[at..];
            let Some((character, length)) = escaped(escape) else {
                let from = start + inner.len() - escape.len();
                self.fault(unknown_escape(escape, from));
                return None;
            };
            result.push(character);
            rest = &escape[length..];
        }
        result.push_str(rest);
        Some(result)
    }
}

/// The words of an arrow, and whether it points forward.
pub(super) fn arrow(pair: &Pair<'_, Rule>) -> (String, bool) {
    let text = pair.as_str();
    let forward = text.ends_with("->");
    let inner = match forward {
        true => text.strip_prefix('-').and_then(|text| text.strip_suffix("->")),
        false => text.strip_prefix("<-").and_then(|text| text.strip_suffix('-')),
    };
    let lines = inner.unwrap_or(text).lines().filter(|line| !line.trim_start().starts_with("--"));
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    (words.join(" "), forward)
}

/// The character that an escape at the start of a text stands for, and the escape's length in bytes.
fn escaped(escape: &str) -> Option<(char, usize)> {
    let after = escape.strip_prefix('\\')?;
    let letter = after.chars().next()?;
    let length = 1 + letter.len_utf8();
    match letter {
        'n' => Some(('\n', length)),
        't' => Some(('\t', length)),
        '\\' | '"' | '\'' | '“' | '”' | '„' | '‘' | '’' => Some((letter, length)),
        'u' => {
            let (digits, _) = after.strip_prefix("u{")?.split_once('}')?;
            let hexadecimal = (1..=6).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            let code = u32::from_str_radix(digits, 16).ok().filter(|_| hexadecimal)?;
            Some((char::from_u32(code)?, digits.len() + 4))
        }
        _ => None,
    }
}

fn unknown_escape(escape: &str, from: usize) -> Diagnostic {
    let shown: String = escape.chars().take(2).collect();
    let fault = Diagnostic::error(Code::Syntax, format!("`{shown}` is no escape"))
        .at(from..from + shown.len(), "a backslash protects what follows");
    match shown.as_str() {
        "\\u" => fault.help("a character by its code point is written with braces: `\\u{e9}` is `é`"),
        _ => fault.help("a backslash is written `\\\\`; there are also `\\\"`, `\\n`, `\\t` and `\\u{…}`"),
    }
}
