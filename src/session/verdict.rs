//! Verdict: what is wrong with a text that is being typed and may go on, by the word of the parser and the resolver, at once and
//! without suggestions.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{ColumnType, EntityId, Found, KindId, Names, QualifierId, fold};
use crate::query::resolve::{Context, Memory, check_name, resolve_with_warnings};
use crate::query::syntax::tree::{Body, Query, Request};
use crate::query::syntax::{self, Token, TokenKind, is_pattern};
use crate::store::Graph;

use super::{SORTS, Session};

/// Texts longer than this many bytes are not judged: every key would cost time.
const LONGEST_JUDGED: usize = 2_000;
/// How often a text that goes on is cut shorter or ended, until it can be read.
const MOST_ATTEMPTS: usize = 16;
/// The words that may name one value.
const LONGEST_VALUE: usize = 12;

/// Something wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// What sort of fault it is.
    pub code: Code,
    /// Whether the text can be answered all the same.
    pub is_warning: bool,
}

/// What was looked up for earlier texts of the same graph: a line is judged at every key.
#[derive(Debug, Default)]
pub struct Judge {
    kinds_below: RefCell<HashMap<EntityId, Vec<KindId>>>,
    texts: RefCell<HashMap<QualifierId, HashMap<String, String>>>,
}

impl Judge {
    /// What is wrong with a text, as far as it can be read. Unless it `is_finished` it may go on: what only its end can tell is
    /// not held against it.
    #[must_use]
    pub fn wrongs(&self, session: &Session, text: &str, is_finished: bool) -> Vec<Wrong> {
        if text.len() > LONGEST_JUDGED {
            return Vec::new();
        }
        let mut tokens = syntax::tokens(text);
        tokens.retain(|token| token.kind != TokenKind::Comment);
        if let [only] = tokens.as_slice() {
            // A number can stand for what was suggested; `describe` goes on.
            let describes = || text[only.span.clone()].eq_ignore_ascii_case("describe");
            if only.kind == TokenKind::Number || !is_finished && describes() {
                return Vec::new();
            }
        }
        let pattern = is_pattern(text);
        let mut first_fault = None;
        let (mut cut, mut attempts) = (tokens.len(), 0);
        while cut > 0 && attempts < MOST_ATTEMPTS {
            let is_whole = cut == tokens.len();
            let begun = begun(text, &tokens[..cut]);
            let mut reached = cut;
            for (position, ending) in endings(pattern, text, &tokens[..cut]).iter().enumerate() {
                attempts += 1;
                let attempt = if position == 0 && is_whole { text.to_owned() } else { begun.ended(ending) };
                match syntax::parse(&attempt) {
                    Ok(request) => {
                        let end = tokens[cut - 1].span.end;
                        let as_it_is = position == 0 && is_whole;
                        let mut wrongs = self.meant(session, &request, &attempt, is_finished);
                        if !(as_it_is && is_finished) {
                            let next = tokens.get(cut).map_or("", |token| &text[token.span.clone()]);
                            // A word in front of a bracket may be something else than it is alone.
                            let open = if matches!(next, "{" | "(" | "." | ":") { end } else { end + 1 };
                            wrongs.retain(|wrong| wrong.span.end <= end && wrong.span.end < open && is_about_words(wrong.code, pattern));
                        }
                        wrongs.extend(first_fault);
                        return wrongs;
                    }
                    Err(complaints) => {
                        let Some(fault) = complaints.into_iter().next().and_then(|complaint| wrong(&complaint)) else { continue };
                        if position == 0 {
                            reached = tokens.iter().take(cut).position(|token| token.span.end > fault.span.start).unwrap_or(cut);
                        }
                        // Behind what is wrong something is typed already: no end can mend it.
                        let behind = tokens.iter().filter(|token| token.span.start >= fault.span.end).count();
                        if is_whole && position == 0 && (behind > 1 || is_finished) && !fault.span.is_empty() {
                            first_fault = Some(fault);
                        }
                    }
                }
            }
            cut = (cut - 1).min(reached.max(1));
        }
        first_fault.into_iter().collect()
    }

    fn meant(&self, session: &Session, request: &Request, text: &str, is_finished: bool) -> Vec<Wrong> {
        let query = match request {
            Request::Describe(run) => {
                // A word for a sort is followed by what is of that sort.
                let may_go_on =
                    !is_finished && text.get(run.span.clone()).is_some_and(|words| SORTS.contains(&words.to_lowercase().as_str()));
                let found = session.undescribable(run).filter(|_| !may_go_on);
                return found.map(|(code, span)| Wrong { span, code, is_warning: false }).into_iter().collect();
            }
            _ => match request.query() {
                Some(query) => query,
                None => return Vec::new(),
            },
        };
        let memory = outline(&session.memory, query);
        let names = Quiet { graph: session.graph(), judge: self, text };
        let parameters: &BTreeMap<_, _> = &session.parameters;
        let context = Context { schema: session.schema(), lexicon: session.lexicon(), names: &names, memory: &memory, parameters };
        let mut complaints = match resolve_with_warnings(query, context) {
            Ok((_, warnings)) => warnings,
            Err(faults) => faults,
        };
        if let Request::Let(name, _) = request {
            complaints.extend(check_name(name, context).err());
        }
        complaints.iter().filter_map(wrong).collect()
    }

    /// The texts of a qualifier by how they are folded.
    fn with_texts<T>(&self, graph: &Graph, qualifier: QualifierId, use_them: impl FnOnce(&HashMap<String, String>) -> T) -> T {
        let mut known = self.texts.borrow_mut();
        let texts =
            known.entry(qualifier).or_insert_with(|| Names::texts(graph, qualifier).into_iter().map(|text| (fold(&text), text)).collect());
        use_them(texts)
    }

    /// Whether a value of some qualifier begins so, folded.
    #[must_use]
    pub fn begins_value(&self, session: &Session, folded: &str) -> bool {
        let count = u16::try_from(session.schema().qualifiers.len()).unwrap_or(u16::MAX);
        (0..count).any(|at| {
            let is_text = session.schema().qualifiers[usize::from(at)].value_type == crate::schema::ValueType::Text;
            is_text && self.with_texts(session.graph(), QualifierId(at), |texts| texts.keys().any(|text| text.starts_with(folded)))
        })
    }
}

fn wrong(complaint: &Diagnostic) -> Option<Wrong> {
    let span = complaint.labels.first()?.span.clone();
    Some(Wrong { span, code: complaint.code, is_warning: complaint.severity == Severity::Warning })
}

/// Whether a complaint is about what words mean, which more words behind them cannot change.
fn is_about_words(code: Code, pattern: bool) -> bool {
    match code {
        Code::UnknownName
        | Code::AmbiguousName
        | Code::UnknownKind
        | Code::UnknownRelation
        | Code::UnknownField
        | Code::UnknownValue
        | Code::ReservedName
        | Code::UndefinedVariable
        | Code::VariableBound
        | Code::VariableConflict
        | Code::UnknownFunction
        | Code::UnknownProcedure
        | Code::MissingParameter => true,
        Code::ImpossibleRelation | Code::TypeMismatch | Code::MissingUnit | Code::BadPattern => !pattern,
        _ => false,
    }
}

/// What is remembered, as far as it decides whether a query can be asked: not what it holds, which can be much.
fn outline(memory: &Memory, query: &Query) -> Memory {
    let rows = memory.rows.as_ref().map(|rows| match &query.body {
        Body::WhyRow(_) => vec![Vec::new(); rows.len()],
        _ => Vec::new(),
    });
    let named = memory.named.keys().map(|name| (name.clone(), Vec::new())).collect();
    Memory { it: memory.it.as_ref().map(|_| Vec::new()), rows, named }
}

/// The beginning of a text, with what closes its quotation mark and its brackets.
struct Begun<'a> {
    text: &'a str,
    quote: Option<char>,
    brackets: String,
}

impl Begun<'_> {
    /// The text with an ending, everything closed. What a path of a pattern lacks goes behind its brackets.
    fn ended(&self, ending: &str) -> String {
        let mut ended = self.text.to_owned();
        ended.extend(self.quote);
        let (inside, behind) = ending.split_once('\0').unwrap_or((ending, ""));
        ended.push_str(inside);
        ended.push_str(&self.brackets);
        ended.push_str(behind);
        ended
    }
}

fn begun<'a>(text: &'a str, tokens: &[Token]) -> Begun<'a> {
    let end = tokens.last().map_or(0, |token| token.span.end);
    let mut open: Vec<char> = Vec::new();
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Bracket) {
        match &text[token.span.clone()] {
            "(" => open.push(')'),
            "[" => open.push(']'),
            "{" => open.push('}'),
            _ => {
                open.pop();
            }
        }
    }
    let unclosed = tokens.last().filter(|token| token.kind == TokenKind::Unclosed);
    let quote = unclosed.and_then(|token| text[token.span.clone()].chars().next()).map(|mark| match mark {
        '“' | '„' => '”',
        '‘' => '’',
        other => other,
    });
    Begun { text: &text[..end], quote, brackets: open.into_iter().rev().collect() }
}

/// What may end a text so that it can be read; `\0` stands where its brackets are closed.
fn endings(pattern: bool, text: &str, tokens: &[Token]) -> &'static [&'static str] {
    let is = |token: &Token, word: &str| text[token.span.clone()].eq_ignore_ascii_case(word);
    if !pattern {
        let is_path = tokens.first().is_some_and(|token| is(token, "path") || is(token, "paths"));
        return if is_path { &["", " it", " to it"] } else { &["", " it", " = it"] };
    }
    let returns = tokens.iter().any(|token| token.kind == TokenKind::Keyword && is(token, "return"));
    if returns { &["", " 1"] } else { &["", "\0 RETURN 1", "\0() RETURN 1", "\0-() RETURN 1"] }
}

/// The names of a graph, for a look at what words mean: nothing near is searched for, and what is looked up is kept.
struct Quiet<'a> {
    graph: &'a Graph,
    judge: &'a Judge,
    text: &'a str,
}

impl Names for Quiet<'_> {
    fn called(&self, words: &str) -> Vec<EntityId> {
        self.graph.called(words)
    }

    fn longest_name(&self) -> usize {
        self.graph.longest_name()
    }

    fn like(&self, _: &str, _: usize) -> Vec<Found> {
        Vec::new()
    }

    fn degree(&self, entity: EntityId) -> usize {
        Names::degree(self.graph, entity)
    }

    fn slug(&self, entity: EntityId) -> &str {
        Names::slug(self.graph, entity)
    }

    fn name(&self, entity: EntityId) -> &str {
        Names::name(self.graph, entity)
    }

    fn kinds(&self, entity: EntityId) -> &[KindId] {
        Names::kinds(self.graph, entity)
    }

    fn kinds_below(&self, entity: EntityId) -> Vec<KindId> {
        self.judge.kinds_below.borrow_mut().entry(entity).or_insert_with(|| self.graph.kinds_below(entity)).clone()
    }

    fn kinds_beside(&self, kinds: &[KindId]) -> Vec<KindId> {
        self.graph.kinds_beside(kinds)
    }

    fn sources(&self) -> Vec<&str> {
        Names::sources(self.graph)
    }

    fn has_statement(&self, slug: &str) -> bool {
        self.graph.has_statement(slug)
    }

    fn statements_like(&self, _: &str, _: usize) -> Vec<String> {
        Vec::new()
    }

    fn properties(&self) -> Vec<&str> {
        Names::properties(self.graph)
    }

    fn property_type(&self, name: &str) -> (ColumnType, bool) {
        self.graph.property_type(name)
    }

    fn values(&self, _: QualifierId, _: usize) -> Vec<(String, usize)> {
        Vec::new()
    }

    /// Only those that the query names: there can be many.
    fn texts(&self, qualifier: QualifierId) -> Vec<String> {
        let tokens = syntax::tokens(self.text);
        self.judge.with_texts(self.graph, qualifier, |texts| {
            let mut found = Vec::new();
            for (position, first) in tokens.iter().enumerate() {
                let bare = self.text[first.span.clone()].trim_matches(|mark| matches!(mark, '"' | '\'' | '“' | '”' | '„' | '‘' | '’'));
                let runs = tokens[position..].iter().take(LONGEST_VALUE).map(|last| &self.text[first.span.start..last.span.end]);
                found.extend(runs.chain([bare]).filter_map(|words| texts.get(&fold(words)).cloned()));
            }
            found
        })
    }
}
