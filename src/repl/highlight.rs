//! Highlight: colours for what is typed: keywords, names that exist, strings, numbers.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use crate::algebra::{FUNCTIONS, PROCEDURES};
use crate::command::{AGGREGATES, command_named};
use crate::model::{Confidence, Extent, Names, QualifierId, fold, label_of_kind, meant_by, type_of_relation};
use crate::query::syntax::{Token, TokenKind, is_pattern};
use crate::schema::ValueType;
use crate::session::Session;

use super::completion::{Piece, fixed_fields, longest};

const KEYWORD: &str = "\u{1b}[1;34m";
const NAME: &str = "\u{1b}[36m";
const STRING: &str = "\u{1b}[32m";
const NUMBER: &str = "\u{1b}[33m";
const WRONG: &str = "\u{1b}[31m";
pub(super) const FAINT: &str = "\u{1b}[90m";
pub(super) const PROMPT: &str = "\u{1b}[1m";
pub(super) const PLAIN: &str = "\u{1b}[0m";

/// Longer texts stay as they are: every key would cost time.
const LONGEST_COLOURED: usize = 1 << 13;

/// Words that a graph knows beside its names and its schema: values, and the fields that every graph has.
#[derive(Default)]
pub(super) struct KnownWords {
    graph: Option<(String, usize)>,
    words: HashSet<String>,
}

impl KnownWords {
    /// Gathers the words of the graph that is open, if they are those of another one yet.
    pub fn refresh(&mut self, session: &Session) {
        let graph = (session.name().to_owned(), session.graph().relation_count());
        if self.graph.as_ref() == Some(&graph) {
            return;
        }
        let qualifiers = (0..).zip(&session.schema().qualifiers).filter(|(_, qualifier)| qualifier.value_type == ValueType::Text);
        let texts = qualifiers.flat_map(|(position, _)| session.graph().texts(QualifierId(position)));
        let scales = Extent::ALL.iter().map(|extent| extent.word()).chain(Confidence::ALL.iter().map(|confidence| confidence.word()));
        let fixed = fixed_fields().chain(scales).chain(["true", "false"]).map(fold);
        let sources = session.graph().sources().iter().map(|source| fold(&source.slug));
        self.words = texts.map(|words| fold(&words)).chain(fixed).chain(sources).collect();
        self.graph = Some(graph);
    }

    fn has(&self, words: &str) -> bool {
        self.words.contains(&fold(words))
    }
}

/// The line with colours; its width on a terminal stays the same. `pending` is what stands in front of it, with a line break behind each line.
pub(super) fn painted<'l>(session: &Session, known: &KnownWords, pending: &str, line: &'l str) -> Cow<'l, str> {
    if line.is_empty() || pending.len() + line.len() > LONGEST_COLOURED {
        return Cow::Borrowed(line);
    }
    let text = format!("{pending}{line}");
    let mut painted = String::with_capacity(line.len() * 2);
    let trimmed = line.trim_start();
    let mut begin = 0;
    if pending.is_empty() && trimmed.starts_with(':') {
        let colon = line.len() - trimmed.len();
        begin = colon + trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
        let command = command_named(&line[colon + 1..begin]);
        put(&mut painted, &line[..begin], command.map(|_| KEYWORD));
        if command.is_none_or(|command| command.argument != crate::command::Argument::Query) {
            painted.push_str(&line[begin..]);
            return Cow::Owned(painted);
        }
    }
    let query = &text[begin..];
    let mut at = pending.len().saturating_sub(begin);
    for (span, style) in styles(session, known, query) {
        if span.end > at {
            let from = span.start.max(at);
            painted.push_str(&query[at..from]);
            put(&mut painted, &query[from..span.end], style);
            at = span.end;
        }
    }
    painted.push_str(&query[at..]);
    Cow::Owned(painted)
}

/// The pieces of a query in their order, each with its colour.
fn styles(session: &Session, known: &KnownWords, text: &str) -> Vec<(Range<usize>, Option<&'static str>)> {
    let tokens = Session::tokens(text);
    let pattern = is_pattern(text);
    let mut found = Vec::with_capacity(tokens.len());
    let mut next = 0;
    while let Some(token) = tokens.get(next) {
        let count = match token.kind {
            TokenKind::Word if !pattern => known_run(session, known, text, &tokens[next..]),
            _ => 0,
        };
        let span = token.span.start..tokens[next + count.max(1) - 1].span.end;
        let style = match token.kind {
            TokenKind::Keyword => Some(KEYWORD),
            TokenKind::Word => (count > 0).then_some(NAME),
            TokenKind::Label => is_label(session, &text[span.clone()]).then_some(NAME),
            TokenKind::Function => is_function(&text[span.clone()]).then_some(NAME),
            TokenKind::Number | TokenKind::Parameter => Some(NUMBER),
            TokenKind::Quoted | TokenKind::Regex | TokenKind::Unclosed => Some(STRING),
            TokenKind::Comment => Some(FAINT),
            TokenKind::Unknown => Some(WRONG),
            TokenKind::Operator | TokenKind::Bracket | TokenKind::Comma | TokenKind::Arrow | TokenKind::EndMark => None,
        };
        found.push((span, style));
        next += count.max(1);
    }
    found
}

/// Whether the graph has the label or the relationship type.
fn is_label(session: &Session, name: &str) -> bool {
    let (name, schema) = (name.trim_matches('`'), session.schema());
    let kind = meant_by(name, schema.kinds.iter().map(|kind| kind.id.as_str()), label_of_kind);
    kind.or_else(|| meant_by(name, schema.relation_types.iter().map(|known| known.id.as_str()), type_of_relation)).is_some()
}

/// Whether a function, an aggregate or the last part of a procedure's name is called so, or a test of lists.
fn is_function(name: &str) -> bool {
    let functions = FUNCTIONS.iter().map(|known| known.name.rsplit('.').next().unwrap_or(known.name));
    let aggregates = AGGREGATES.iter().map(|(written, _)| written.split('(').next().unwrap_or(written));
    let procedures = PROCEDURES.iter().map(|known| known.name.rsplit('.').next().unwrap_or(known.name));
    let others = ["all", "any", "none", "single", "reduce", "shortestPath", "allShortestPaths"];
    let mut every = functions.chain(aggregates).chain(procedures).chain(others);
    every.any(|known| known.eq_ignore_ascii_case(name))
}

/// How many of the first tokens are, together, something that is known.
fn known_run(session: &Session, known: &KnownWords, text: &str, tokens: &[Token]) -> usize {
    const LONGEST_RUN: usize = 12;
    let words: Vec<&str> = tokens
        .iter()
        .take_while(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
        .take(LONGEST_RUN)
        .map(|token| &text[token.span.clone()])
        .collect();
    let run: Vec<Piece> = words.iter().map(|word| Piece::Word((*word).to_owned())).collect();
    let named = longest(session, &run).map_or(0, |item| item.taken);
    let valued = (named + 1..=words.len()).rev().find(|count| known.has(&words[..*count].join(" ")));
    let dotted = words.first().and_then(|word| word.split_once('.')).is_some_and(|(_, field)| known.has(field));
    valued.unwrap_or(named).max(usize::from(dotted))
}

fn put(painted: &mut String, text: &str, style: Option<&str>) {
    match style {
        Some(style) => {
            painted.push_str(style);
            painted.push_str(text);
            painted.push_str(PLAIN);
        }
        None => painted.push_str(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYWORD, KnownWords, NAME, PLAIN, STRING, painted};
    use crate::session::Session;

    fn shown(line: &str) -> String {
        let session = Session::open("oms").unwrap();
        let mut known = KnownWords::default();
        known.refresh(&session);
        painted(&session, &known, "", line).into_owned()
    }

    #[test]
    fn a_pattern_is_coloured_over_all_its_lines() {
        let session = Session::open("oms").unwrap();
        let known = KnownWords::default();
        let second = painted(&session, &known, "MATCH (t:Trigger)\n", "WHERE t.name = 'x' RETURN count(t), nme(t)");
        assert_eq!(
            second,
            format!("{KEYWORD}WHERE{PLAIN} t.name = {STRING}'x'{PLAIN} {KEYWORD}RETURN{PLAIN} {NAME}count{PLAIN}(t), nme(t)")
        );
        let open = painted(&session, &known, "RETURN 'a\n", "b' AS c");
        assert_eq!(open, format!("{STRING}b'{PLAIN} {KEYWORD}AS{PLAIN} c"));
        assert!(painted(&session, &known, "", "MATCH (t:Triger)-[:CAUSES]->()").contains(&format!(":Triger)-[:{NAME}CAUSES{PLAIN}]")));
    }

    #[test]
    fn names_that_exist_are_told_from_unknown_words() {
        assert!(shown("effects of lung cancer").contains(&format!("{NAME}lung cancer{PLAIN}")));
        assert!(shown("treatments where dose = high").contains(&format!("{NAME}high{PLAIN}")));
        assert!(shown("effects of lnug cancr").ends_with("lnug cancr"));
    }

    #[test]
    fn nothing_but_colour_is_added() {
        for line in [
            "causes where (population = \"adult\" and",
            "\0 \u{1f600} 'x",
            ":explain causes of OMS",
            ":nothing x",
            "  -- note",
            "a matches /x/ ;",
            "MATCH (n:`odd`) RETURN n.name, $x /* ",
            ":explain MATCH (n) RETURN n",
        ] {
            let mut bare = String::new();
            let shown = shown(line);
            let mut rest = shown.as_str();
            while let Some(at) = rest.find('\u{1b}') {
                bare.push_str(&rest[..at]);
                rest = rest[at..].split_once('m').map_or("", |(_, rest)| rest);
            }
            bare.push_str(rest);
            assert_eq!(bare, line);
        }
    }
}
