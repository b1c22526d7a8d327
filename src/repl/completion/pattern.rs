//! Pattern: what can stand at the end of a pattern: clauses, labels, types, properties, variables, functions, procedures and values.

use crate::algebra::{FUNCTIONS, PROCEDURES, ProcedureSignature};
use crate::command::AGGREGATES;
use crate::model::{Direction, fold, label_of_kind, type_of_relation};
use crate::query::syntax::{Token, TokenKind};
use crate::session::{Count, Session};

use super::pattern_chain::{Chain, kinds_behind, kinds_of, types_from};
use super::pattern_properties::{Owner, properties};
use super::pattern_scope::{Sort, variables};
use super::pattern_values::quoted;
use super::{Candidate, Completion, tidy};

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

/// Something that can stand at the end of a pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Offered {
    /// What is put in.
    pub word: String,
    /// What it is: `label`, `node of Trigger`, `function (text)`.
    pub what: String,
    /// How many nodes, relationships or values there are of it, where that is known at once.
    pub rows: Option<u64>,
    /// Which sort is likelier: 0 is likeliest.
    pub rank: u8,
}

impl Offered {
    pub fn new(rank: u8, word: impl Into<String>, what: impl Into<String>) -> Offered {
        Offered { word: word.into(), what: what.into(), rows: None, rank }
    }

    /// The same with a count; what there is none of comes last.
    pub fn counted(self, rows: u64) -> Offered {
        let rank = if rows == 0 { DEAD_END } else { self.rank };
        Offered { rows: Some(rows), rank, ..self }
    }

    /// As the menu and the hints have it.
    fn candidate(self, replacement: String) -> Candidate {
        let known = self.rows.map_or(0, |rows| usize::try_from(rows).unwrap_or(usize::MAX));
        Candidate {
            replacement,
            shown: self.word,
            what: self.what.into(),
            rows: self.rows.map_or(Count::Unknown, Count::Exactly),
            rank: self.rank,
            known: known.min(1 << 40),
            ..Candidate::default()
        }
    }
}

/// What can stand at the end of a pattern.
pub(super) fn complete(session: &Session, text: &str) -> Completion {
    let tokens = Session::tokens(text);
    match tokens.last().map(|last| last.kind) {
        None | Some(TokenKind::Comment) => Completion::default(),
        Some(TokenKind::Unclosed) => quoted(session, text, &tokens),
        Some(_) => {
            let (start, words) = standing(session, text, tokens);
            offered(text, start, words)
        }
    }
}

/// What can stand where the text ends, whatever it begins with, and where it begins.
fn standing(session: &Session, text: &str, mut tokens: Vec<Token>) -> (usize, Vec<Offered>) {
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
        let yields = |known: &ProcedureSignature| format!("procedure: {}", known.yields.join(", "));
        let known = PROCEDURES.iter().map(|known| Offered::new(0, format!("{}(", known.name), yields(known)));
        return (start, known.collect());
    }
    (start, before.offers(&text[start..]))
}

/// What can stand at the end of a text outside of quotation marks, for tests.
#[cfg(test)]
pub(super) fn offers(session: &Session, text: &str) -> Vec<Offered> {
    standing(session, text, Session::tokens(text)).1
}

/// The candidates that begin with what is typed.
pub(super) fn offered(text: &str, start: usize, words: Vec<Offered>) -> Completion {
    let typed = &text[start..];
    let wanted = fold(typed);
    let lower = typed.starts_with(|first: char| first.is_ascii_lowercase());
    let fits = words.into_iter().filter(|offered| fold(&offered.word).starts_with(&wanted));
    let candidate = |offered: Offered| {
        let is_keyword = offered.what == KEYWORD && lower;
        let replacement = if is_keyword { offered.word.to_ascii_lowercase() } else { offered.word.clone() };
        offered.candidate(replacement)
    };
    let mut candidates: Vec<Candidate> = fits.map(candidate).collect();
    tidy(&mut candidates);
    Completion { start, candidates, more: 0 }
}

/// What a keyword is; in lower case where lower case is typed.
const KEYWORD: &str = "keyword";
/// The rank of what leads to nothing.
const DEAD_END: u8 = 9;

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

    fn chain(&self) -> Chain {
        Chain::read(self.session, self.text, self.tokens)
    }

    fn offers(&self, typed: &str) -> Vec<Offered> {
        let open = self.open();
        let innermost = open.last().copied();
        if typed.starts_with('$') {
            let given = self.session.parameters().iter();
            return given
                .map(|(name, value)| {
                    Offered::new(0, format!("${name}"), format!("parameter {}", shortened(&crate::command::shown_value(value))))
                })
                .collect();
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
                return if key { properties(self.session, &self.owner_of_map(position)) } else { self.values(typed) };
            }
            Some((bracket @ ("(" | "["), position)) if self.clause() == Clause::Pattern && self.is_graph(bracket, position) => {
                return match self.typed(1) {
                    "(" => self.nodes(typed),
                    "[" => begun(self.types(), typed),
                    _ => keywords(&["WHERE"]),
                };
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
    fn pattern(&self) -> Vec<Offered> {
        if self.typed(1) == ")" {
            return keywords(CLAUSES);
        }
        let ways = |words: &[&str]| words.iter().map(|word| Offered::new(0, *word, "function (path)")).collect();
        if self.is_before(1, &[TokenKind::Keyword, TokenKind::Comma]) || self.typed(1) == "=" { ways(WAYS) } else { Vec::new() }
    }

    fn follows_value(&self) -> bool {
        matches!(self.typed(1), ")" | "]" | "}" | "*")
            || self.is_before(1, &[TokenKind::Word, TokenKind::Number, TokenKind::Quoted, TokenKind::Parameter, TokenKind::Label])
            || matches!(self.typed(1).to_ascii_lowercase().as_str(), "null" | "true" | "false" | "end")
    }

    /// Where a value stands; functions once a letter is typed: all of them are too many to read.
    fn values(&self, typed: &str) -> Vec<Offered> {
        let mut found = self.variables();
        found.extend(keywords(VALUES));
        if !typed.is_empty() {
            found.extend(
                FUNCTIONS
                    .iter()
                    .map(|function| Offered::new(2, format!("{}(", function.name), format!("function ({})", function.arguments))),
            );
            found.extend(LISTS.iter().map(|name| Offered::new(2, *name, "function (x IN list …)")));
        }
        // Of those with several forms the first is offered.
        let aggregates = AGGREGATES.iter().filter_map(|(written, _)| written.split_once('('));
        found.extend(aggregates.map(|(name, rest)| Offered::new(2, format!("{name}("), format!("aggregate ({rest}"))));
        found
    }

    fn variables(&self) -> Vec<Offered> {
        let chain = self.chain();
        let graph = self.session.graph();
        let schema = self.session.schema();
        let told = |(name, sort): (String, Sort)| {
            let what = match sort {
                Sort::Node => {
                    let kinds = chain.node(&name).map(|node| node.kinds(graph)).unwrap_or_default();
                    let labels: Vec<String> = kinds.iter().map(|kind| label_of_kind(&schema.kinds[kind.index()].id)).collect();
                    if labels.is_empty() || labels.len() > 2 { "node".to_owned() } else { format!("node of {}", labels.join(" or ")) }
                }
                Sort::Relationship => {
                    let types = chain.types(&name).unwrap_or_default();
                    let types: Vec<String> = types.iter().map(|known| type_of_relation(&schema.relation_types[known.index()].id)).collect();
                    if types.is_empty() { "relationship".to_owned() } else { format!("relationship {}", types.join("|")) }
                }
                Sort::Any => "variable".to_owned(),
            };
            Offered::new(0, name, what)
        };
        variables(self.text, self.tokens).into_iter().map(told).collect()
    }

    /// Behind a point: the properties of a variable, or the rest of the name of a function.
    fn behind_point(&self) -> Vec<Offered> {
        let lead = format!("{}.", self.typed(2).to_ascii_lowercase());
        let rest = FUNCTIONS.iter().filter_map(|function| {
            let rest = function.name.strip_prefix(lead.as_str())?;
            Some(Offered::new(2, format!("{rest}("), format!("function ({})", function.arguments)))
        });
        let rest: Vec<Offered> = rest.collect();
        if rest.is_empty() { properties(self.session, &self.owner(self.typed(2))) } else { rest }
    }

    /// What has the properties of a variable.
    fn owner(&self, name: &str) -> Owner {
        let known = variables(self.text, self.tokens);
        let sort = known.into_iter().rev().find(|(known, _)| known == name).map_or(Sort::Any, |(_, sort)| sort);
        let chain = self.chain();
        match sort {
            Sort::Node => Owner::Node(chain.node(name).cloned()),
            Sort::Relationship => Owner::Relationship(chain.types(name).unwrap_or_default().to_vec()),
            Sort::Any => Owner::Any,
        }
    }

    /// What the map of properties that opens at the position belongs to.
    fn owner_of_map(&self, position: usize) -> Owner {
        let around = self.open().into_iter().rev().find(|(_, at)| *at < position);
        let chain = self.chain();
        if around.is_some_and(|(bracket, _)| bracket == "[") {
            Owner::Relationship(chain.step.map(|step| step.types).unwrap_or_default())
        } else {
            Owner::Node(chain.open)
        }
    }

    /// What a node can begin with: a variable that there is, or a label, behind the name of a new one if that is typed.
    fn nodes(&self, typed: &str) -> Vec<Offered> {
        let variables = self.variables();
        let is_new = variables.iter().all(|known| known.word != typed);
        let labels = begun(self.labels(), if is_new { typed } else { "" });
        variables.into_iter().chain(labels).collect()
    }

    /// Labels with the nodes that have them, or behind a relationship with the relationships that lead to such nodes.
    fn labels(&self) -> Vec<Offered> {
        let chain = self.chain();
        let counts = match (&chain.left, &chain.step, &chain.open) {
            (Some(left), Some(step), Some(open)) if !step.is_long && open.labels.is_empty() => kinds_behind(self.session, left, step),
            (_, _, Some(open)) => kinds_of(self.session, open),
            _ => self.session.schema().kinds.iter().enumerate().map(|(at, _)| self.of_kind(at)).collect(),
        };
        let kinds = self.session.schema().kinds.iter().zip(counts);
        kinds.map(|(kind, count)| Offered::new(0, label_of_kind(&kind.id), "label").counted(count)).collect()
    }

    fn of_kind(&self, at: usize) -> u64 {
        self.session.graph().statistics().entities_of_kind.get(at).copied().unwrap_or_default()
    }

    /// Types with the relationships that lead on from the node in front.
    fn types(&self) -> Vec<Offered> {
        let chain = self.chain();
        let Some(left) = chain.left else {
            let statistics = self.session.graph().statistics();
            let all = (0..).map(crate::model::RelationTypeId).zip(&self.session.schema().relation_types);
            let all = all.map(|(id, known)| {
                let counts = statistics.of_type(id);
                Offered::new(0, type_of_relation(&known.id), "type").counted(counts.relations - counts.denied)
            });
            return all.collect();
        };
        let is_backward = chain.step.is_some_and(|step| step.backward);
        let (ahead, other) =
            if is_backward { (Direction::Incoming, Direction::Outgoing) } else { (Direction::Outgoing, Direction::Incoming) };
        let (along, against) = (types_from(self.session, &left, ahead), types_from(self.session, &left, other));
        let types = self.session.schema().relation_types.iter().zip(along.into_iter().zip(against));
        let told = |(known, (along, against)): (&crate::schema::RelationType, (u64, u64))| {
            let offered = Offered::new(0, type_of_relation(&known.id), "type");
            match (along, against) {
                // The arrow is not typed yet: it may lead the other way.
                (0, 1..) if !is_backward => Offered { what: "type, from the right".to_owned(), rank: 3, ..offered }.counted(against),
                _ => offered.counted(along),
            }
        };
        types.map(told).collect()
    }

    /// The columns of the procedure that is called.
    fn columns(&self) -> Vec<Offered> {
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
        found.map_or_else(Vec::new, |procedure| procedure.yields.iter().map(|name| Offered::new(0, *name, "column")).collect())
    }
}

/// Labels or types with the point in front that they need, behind the name of a variable.
fn begun(words: Vec<Offered>, variable: &str) -> Vec<Offered> {
    words.into_iter().map(|offered| Offered { word: format!("{variable}:{}", offered.word), ..offered }).collect()
}

fn keywords(words: &[&str]) -> Vec<Offered> {
    words.iter().map(|word| Offered::new(1, *word, KEYWORD)).collect()
}

/// Words for a list; long ones are cut.
fn shortened(words: &str) -> String {
    const MOST: usize = 24;
    if words.chars().count() <= MOST { words.to_owned() } else { words.chars().take(MOST).chain(['…']).collect() }
}
