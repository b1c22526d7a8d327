//! Pattern: what can stand at the end of a pattern: clauses, labels, types, properties, variables, functions, procedures and values.

use crate::algebra::{FUNCTIONS, PROCEDURES, ProcedureSignature};
use crate::command::AGGREGATES;
use crate::model::{Confidence, Extent, Names, QualifierId, fold, label_of_kind, type_of_relation};
use crate::query::syntax::{Token, TokenKind};
use crate::schema::ValueType;
use crate::session::Session;

use super::named;
use super::pattern_scope::{Sort, variables};
use super::{Candidate, Completion, tidy};

/// What every node and what every relationship has.
const OF_NODES: &[&str] = &["id", "name", "synonyms", "xrefs", "definition", "kinds"];
const OF_RELATIONSHIPS: &[&str] =
    &["statement", "claim", "sources", "publications", "jointly", "hedge", "hedge_words", "extent", "confidence"];

/// What opens a clause; behind a value, and behind a pattern.
const CLAUSES: &[&str] = &["MATCH", "OPTIONAL MATCH", "WHERE", "WITH", "UNWIND", "CALL", "RETURN", "UNION"];
const AFTER_VALUE: &[&str] = &[
    "AND",
    "OR",
    "XOR",
    "AS",
    "IN",
    "STARTS WITH",
    "ENDS WITH",
    "CONTAINS",
    "IS NULL",
    "IS NOT NULL",
    "ORDER BY",
    "SKIP",
    "LIMIT",
    "DESC",
    "MATCH",
    "OPTIONAL MATCH",
    "WHERE",
    "WITH",
    "UNWIND",
    "CALL",
    "RETURN",
    "UNION",
    "THEN",
    "ELSE",
    "END",
    "WHEN",
];
const VALUES: &[&str] = &["NOT", "DISTINCT", "CASE WHEN", "EXISTS {", "COUNT {", "true", "false", "null"];
const LISTS: &[&str] = &["all(", "any(", "none(", "single(", "reduce("];
const WAYS: &[&str] = &["shortestPath(", "allShortestPaths("];

/// The part of a pattern that its end stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clause {
    Pattern,
    Value,
    Call,
    Yield,
}

/// What can stand at the end of a pattern.
pub(super) fn complete(session: &Session, text: &str) -> Completion {
    let mut tokens = Session::tokens(text);
    let Some(last) = tokens.last() else { return Completion::default() };
    match last.kind {
        TokenKind::Comment => return Completion::default(),
        TokenKind::Unclosed => return quoted(session, text, &tokens),
        _ => {}
    }
    tokens.retain(|token| token.kind != TokenKind::Comment);
    let wordlike = |token: &&Token| {
        token.span.end == text.len()
            && matches!(token.kind, TokenKind::Word | TokenKind::Keyword | TokenKind::Label | TokenKind::Function | TokenKind::Parameter)
    };
    let mut start = text.len();
    if let Some(typed) = tokens.last().filter(wordlike) {
        start = typed.span.start;
        tokens.pop();
    } else if text.ends_with('$') {
        start = text.len() - 1;
        tokens.pop();
    }
    let before = Before { session, text, tokens: &tokens };
    // The name of a procedure has dots.
    if before.clause() == Clause::Call && before.depth() == 0 {
        while before.typed_at(start) == Some(".") {
            start = tokens.iter().rev().find(|token| token.span.end < start).map_or(0, |token| token.span.start);
        }
        let known = PROCEDURES.iter().map(|procedure| format!("{}(", procedure.name));
        return offered(text, start, known.map(|name| (0, name)).collect());
    }
    offered(text, start, before.offers(&text[start..]))
}

/// The candidates that begin with what is typed.
fn offered(text: &str, start: usize, words: Vec<(u8, String)>) -> Completion {
    let typed = &text[start..];
    let wanted = fold(typed);
    let lower = typed.starts_with(|first: char| first.is_ascii_lowercase());
    let fits = words.into_iter().filter(|(_, word)| fold(word).starts_with(&wanted));
    let candidate = |(rank, word): (u8, String)| {
        let keyword = rank == KEYWORD && lower;
        let replacement = if keyword { word.to_ascii_lowercase() } else { word.clone() };
        Candidate { replacement, shown: word, rank, ..Candidate::default() }
    };
    let mut candidates: Vec<Candidate> = fits.map(candidate).collect();
    tidy(&mut candidates);
    Completion { start, candidates, more: 0 }
}

/// How likely keywords are among what is offered; in lower case where lower case is typed.
const KEYWORD: u8 = 1;

/// What stands in front of the word at the end.
struct Before<'a> {
    session: &'a Session,
    text: &'a str,
    tokens: &'a [Token],
}

impl Before<'_> {
    fn typed(&self, back: usize) -> &str {
        let position = self.tokens.len().checked_sub(back);
        position.and_then(|position| self.tokens.get(position)).map_or("", |token| &self.text[token.span.clone()])
    }

    /// The token that ends at a place.
    fn typed_at(&self, end: usize) -> Option<&str> {
        self.tokens.iter().rev().find(|token| token.span.end == end).map(|token| &self.text[token.span.clone()])
    }

    /// The brackets that are open, each with its position.
    fn open(&self) -> Vec<(&str, usize)> {
        let mut open = Vec::new();
        for (position, token) in self.tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Bracket) {
            match &self.text[token.span.clone()] {
                bracket @ ("(" | "[" | "{") => open.push((bracket, position)),
                _ => {
                    open.pop();
                }
            }
        }
        open
    }

    fn depth(&self) -> usize {
        self.open().len()
    }

    fn clause(&self) -> Clause {
        for token in self.tokens.iter().rev() {
            let word = self.text[token.span.clone()].to_ascii_lowercase();
            // With nothing behind it `yield` is no keyword yet.
            if token.kind != TokenKind::Keyword && word != "yield" {
                continue;
            }
            match word.as_str() {
                "match" | "exists" | "count" => return Clause::Pattern,
                "call" => return Clause::Call,
                "yield" => return Clause::Yield,
                "where" | "return" | "with" | "unwind" | "by" | "skip" | "limit" | "when" | "then" | "else" => return Clause::Value,
                _ => {}
            }
        }
        Clause::Value
    }

    fn is_before(&self, back: usize, kinds: &[TokenKind]) -> bool {
        let position = self.tokens.len().checked_sub(back);
        position.and_then(|position| self.tokens.get(position)).is_some_and(|token| kinds.contains(&token.kind))
    }

    /// Whether a bracket belongs to a node or a relationship rather than to a value.
    fn is_graph(&self, bracket: &str, position: usize) -> bool {
        let before = position.checked_sub(1).map(|position| &self.tokens[position]);
        let typed = before.map_or("", |token| &self.text[token.span.clone()]);
        match bracket {
            "[" => matches!(typed, "-" | "<-") && (typed == "<-" || self.clause() == Clause::Pattern || self.behind_node(position)),
            "(" => !before.is_some_and(|token| token.kind == TokenKind::Function) && self.clause() != Clause::Call,
            _ => before.is_some_and(|token| matches!(token.kind, TokenKind::Label | TokenKind::Word) || matches!(typed, "(" | "[")),
        }
    }

    /// Whether a hyphen behind a node stands in front of the position.
    fn behind_node(&self, position: usize) -> bool {
        position.checked_sub(2).is_some_and(|position| &self.text[self.tokens[position].span.clone()] == ")")
    }

    fn offers(&self, typed: &str) -> Vec<(u8, String)> {
        let open = self.open();
        let innermost = open.last().copied();
        if typed.starts_with('$') {
            return self.session.parameters().keys().map(|name| (0, format!("${name}"))).collect();
        }
        match self.typed(1) {
            "." => return self.behind_point(),
            ":" | "|" if innermost.is_none_or(|(bracket, _)| bracket != "{") => {
                let relationship = innermost.is_some_and(|(bracket, position)| bracket == "[" && self.is_graph(bracket, position));
                return if relationship {
                    self.types()
                } else if self.typed(1) == ":" {
                    self.labels()
                } else {
                    self.values(typed)
                };
            }
            "$" => return Vec::new(),
            _ => {}
        }
        match innermost {
            Some(("{", position)) if self.is_graph("{", position) => {
                let key = matches!(self.typed(1), "{" | ",");
                return if key { self.properties(self.sort_of_map(position)) } else { self.values(typed) };
            }
            Some((bracket @ ("(" | "["), position)) if self.clause() == Clause::Pattern && self.is_graph(bracket, position) => {
                return if self.typed(1) == bracket { self.variables() } else { vec![(KEYWORD, "WHERE".to_owned())] };
            }
            _ => {}
        }
        match self.clause() {
            Clause::Pattern => self.pattern(),
            Clause::Yield => self.columns(),
            _ if self.follows_value() => keywords(AFTER_VALUE),
            _ => self.values(typed),
        }
    }

    /// Behind `MATCH`, a comma, or a pattern that is complete.
    fn pattern(&self) -> Vec<(u8, String)> {
        if self.typed(1) == ")" {
            return keywords(CLAUSES);
        }
        let ways = |words: &[&str]| words.iter().map(|word| (0, (*word).to_owned())).collect();
        if self.is_before(1, &[TokenKind::Keyword, TokenKind::Comma]) || self.typed(1) == "=" { ways(WAYS) } else { Vec::new() }
    }

    fn follows_value(&self) -> bool {
        matches!(self.typed(1), ")" | "]" | "}" | "*")
            || self.is_before(1, &[TokenKind::Word, TokenKind::Number, TokenKind::Quoted, TokenKind::Parameter, TokenKind::Label])
            || matches!(self.typed(1).to_ascii_lowercase().as_str(), "null" | "true" | "false" | "end")
    }

    /// Where a value stands; functions once a letter is typed: all of them are too many to read.
    fn values(&self, typed: &str) -> Vec<(u8, String)> {
        let mut found = self.variables();
        found.extend(keywords(VALUES));
        if !typed.is_empty() {
            found.extend(FUNCTIONS.iter().map(|function| (2, format!("{}(", function.name))));
            found.extend(LISTS.iter().map(|name| (2, (*name).to_owned())));
        }
        let aggregates = AGGREGATES.iter().filter_map(|(written, _)| written.split('(').next());
        found.extend(aggregates.map(|name| (2, format!("{name}("))));
        found
    }

    fn variables(&self) -> Vec<(u8, String)> {
        variables(self.text, self.tokens).into_iter().map(|(name, _)| (0, name)).collect()
    }

    /// Behind a point: the properties of a variable, or the rest of the name of a function.
    fn behind_point(&self) -> Vec<(u8, String)> {
        let lead = format!("{}.", self.typed(2).to_ascii_lowercase());
        let rest: Vec<(u8, String)> =
            FUNCTIONS.iter().filter_map(|function| Some((2, format!("{}(", function.name.strip_prefix(lead.as_str())?)))).collect();
        if rest.is_empty() { self.properties(self.sort_of(self.typed(2))) } else { rest }
    }

    fn sort_of(&self, name: &str) -> Sort {
        let known = variables(self.text, self.tokens);
        known.into_iter().rev().find(|(known, _)| known == name).map_or(Sort::Any, |(_, sort)| sort)
    }

    /// What the map of properties that opens at the position belongs to.
    fn sort_of_map(&self, position: usize) -> Sort {
        let around = self.open().into_iter().rev().find(|(_, at)| *at < position);
        if around.is_some_and(|(bracket, _)| bracket == "[") { Sort::Relationship } else { Sort::Node }
    }

    fn labels(&self) -> Vec<(u8, String)> {
        self.session.schema().kinds.iter().map(|kind| (0, label_of_kind(&kind.id))).collect()
    }

    fn types(&self) -> Vec<(u8, String)> {
        self.session.schema().relation_types.iter().map(|known| (0, type_of_relation(&known.id))).collect()
    }

    fn properties(&self, sort: Sort) -> Vec<(u8, String)> {
        let mut found: Vec<String> = Vec::new();
        if sort != Sort::Relationship {
            found.extend(OF_NODES.iter().map(|name| (*name).to_owned()));
            found.extend(self.session.graph().property_names().map(str::to_owned));
        }
        if sort != Sort::Node {
            found.extend(OF_RELATIONSHIPS.iter().map(|name| (*name).to_owned()));
            found.extend(self.session.schema().qualifiers.iter().map(|qualifier| qualifier.id.clone()));
            found.extend(["min", "max", "unit"].map(str::to_owned));
        }
        found.into_iter().map(|name| (0, name)).collect()
    }

    /// The columns of the procedure that is called.
    fn columns(&self) -> Vec<(u8, String)> {
        if !matches!(self.typed(1), ",") && !self.typed(1).eq_ignore_ascii_case("yield") {
            return keywords(&["AS", "WHERE", "RETURN", "WITH", "MATCH"]);
        }
        let named = |procedure: &&ProcedureSignature| {
            let place = self.tokens.iter().rposition(|token| {
                let end = token.span.end;
                procedure.name.rsplit('.').next() == Some(&self.text[token.span.clone()]) && self.text[..end].ends_with(procedure.name)
            });
            place.is_some()
        };
        let found = PROCEDURES.iter().find(named);
        found.map_or_else(Vec::new, |procedure| procedure.yields.iter().map(|name| (0, (*name).to_owned())).collect())
    }
}

fn keywords(words: &[&str]) -> Vec<(u8, String)> {
    words.iter().map(|word| (KEYWORD, (*word).to_owned())).collect()
}

/// What a text that is open can say: the values of the property in front of it.
fn quoted(session: &Session, text: &str, tokens: &[Token]) -> Completion {
    let Some((open, before)) = tokens.split_last() else { return Completion::default() };
    let Some(mark) = text[open.span.clone()].chars().next().filter(|mark| matches!(mark, '\'' | '"')) else {
        return Completion::default();
    };
    let start = open.span.start + mark.len_utf8();
    let places = before.iter().rev().take_while(|token| !matches!(&text[token.span.clone()], "WHERE" | "where"));
    let names = places.filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Function)).map(|token| &text[token.span.clone()]);
    let Some(property) = names.take(3).find(|name| *name != "IN") else { return Completion::default() };
    let graph = session.graph();
    let qualifier = session.schema().qualifiers.iter().zip(0..).find(|(qualifier, _)| qualifier.id == property);
    let words: Vec<String> = match (property, qualifier) {
        (_, Some((qualifier, position))) => match &qualifier.value_type {
            ValueType::Entity(kinds) => named::ids(session, kinds, &text[start..]),
            ValueType::Text => graph.texts(QualifierId(position)),
            _ => Vec::new(),
        },
        ("name", _) => {
            let begun = named::beginning(session, &[], &fold(&text[start..])).into_iter();
            begun.filter(|found| found.place == crate::model::Place::Name).map(|found| found.text).collect()
        }
        ("id" | "is_a" | "graph" | "shortest_path" | "distances", _) => named::ids(session, &[], &text[start..]),
        ("confidence", _) => Confidence::ALL.iter().map(|known| known.word().to_owned()).collect(),
        ("extent", _) => Extent::ALL.iter().map(|known| known.word().to_owned()).collect(),
        _ => Vec::new(),
    };
    let mut completion = offered(text, start, words.into_iter().map(|word| (0, word)).collect());
    for candidate in &mut completion.candidates {
        candidate.replacement = super::quotation::closed(&candidate.shown, mark);
    }
    completion
}
