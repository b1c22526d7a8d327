//! Place: walks over what is typed already and says what can stand behind it.

mod ending;
mod expected;

use std::ops::Range;

use crate::model::{KindId, RelationTypeId};
use crate::query::syntax::{Token, TokenKind};
use crate::schema::End;
use crate::session::{SORTS, Session};

use super::scope::Scope;
use super::words::{Item, Piece, Special, cut};
use expected::{Expected, expected, operands};

/// Something that can stand at a place.
#[derive(Clone, Debug)]
pub(super) enum Offer {
    Keywords(&'static [&'static str]),
    /// The words that begin a pattern.
    Patterns,
    /// Entities of these kinds; none means any.
    Entities(Vec<KindId>),
    /// Any entity, once a letter is typed: all of them are too many to read.
    Begun,
    Nouns,
    /// Relation nouns, or words of the language, where something else is likelier: they come behind what has a lower rank.
    LaterNouns(u8),
    Later(&'static [&'static str]),
    Kinds,
    /// Some of the kinds; none means any.
    KindsOf(Vec<KindId>),
    /// Verbs that lead on from entities of these kinds (none means any), and whether nothing has to follow them.
    Verbs(Vec<KindId>, bool),
    /// Names that `let` gave.
    Given,
    Fields(Scope),
    /// Fields behind which a test has to follow.
    Tested(Scope),
    /// What a field can be tested with.
    Operators(String, Scope),
    /// The values of a field, and whether nothing but a noun and the field stand in front.
    Values(String, Scope, bool),
    Relations,
    /// The units of time, behind a number.
    Units,
    /// The words of the schema that are of a sort; all of them where there is none.
    Described(Option<&'static str>),
}

/// What begins a query.
const BEGINNINGS: &[&str] = &[
    "what",
    "it",
    "kind",
    "path from",
    "paths from",
    "around",
    "find",
    "compare",
    "count",
    "why",
    "let",
    "explain",
    "profile",
    "describe",
    "suggest",
];
const TAILS: &[&str] = &["where", "and", "or", "but not", "sort by", "limit", "show"];
const AFTER_CONDITION: &[&str] = &["and", "or", "but not", "sort by", "limit", "show"];
const TESTS: &[&str] = &["not", "possibly", "has", "denied"];

/// What sort of query it is, by its first word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    Plain,
    Path,
    Around,
    Compare,
    Count,
    Similar,
}

/// The part of a query that the end of the text stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Terms and relations; the words since are an operand, or what stands behind `of`, or an end of a path.
    Operand,
    Of,
    PathStart,
    PathEnd,
    /// A keyword that must follow.
    Only(&'static [&'static str]),
    /// A condition: where a test begins, its field behind `has`, its value, a value of `between`.
    Test,
    Has,
    Value,
    Between,
    AfterTest,
    AfterOperand,
    Sort,
    Sorted,
    Show,
    By,
    Via,
    /// A number, then what may follow.
    Number(&'static [&'static str]),
    KindName,
    Text,
    /// Behind `describe`, and behind the word for a sort.
    Described(Option<&'static str>),
    Nothing,
}

pub(super) struct Walk<'a> {
    session: &'a Session,
    head: Head,
    part: Part,
    run: Vec<Piece>,
    scope: Scope,
    field: String,
    /// What the open brackets stand in, each with the scope in front of it.
    brackets: Vec<(Part, Scope)>,
    /// Whether `and` or `or` joins what follows to a condition.
    joined: bool,
    /// Whether `across` has been said.
    compared: bool,
    /// The nouns in front of `of`.
    asked: Vec<(RelationTypeId, End)>,
    /// Whether nothing but `explain` stands in front.
    fresh: bool,
    /// Whether nothing but a phrase, `where`, a field and `=` stand in front.
    is_alone: bool,
    /// Where the last token ended, where what came before was a query last, and where the test begins, its field, and what stands behind that.
    end: usize,
    safe: Option<usize>,
    test: usize,
    tested: Range<usize>,
}

/// What can stand behind a text, which ends with a word.
pub(super) fn offers(session: &Session, text: &str) -> Vec<Offer> {
    let mut walk = Walk::new(session);
    for token in Session::tokens(text) {
        walk.advance(text, &token);
    }
    walk.offers()
}

impl<'a> Walk<'a> {
    pub fn new(session: &'a Session) -> Walk<'a> {
        Walk {
            session,
            head: Head::Plain,
            part: Part::Operand,
            run: Vec::new(),
            scope: Scope::default(),
            field: String::new(),
            brackets: Vec::new(),
            joined: false,
            compared: false,
            asked: Vec::new(),
            fresh: true,
            is_alone: true,
            end: 0,
            safe: None,
            test: 0,
            tested: 0..0,
        }
    }
}

impl Walk<'_> {
    /// Goes on behind a token.
    pub fn advance(&mut self, text: &str, token: &Token) {
        let within = matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Quoted | TokenKind::Arrow | TokenKind::Comment);
        if !within && self.is_complete() {
            self.safe = Some(self.end);
        }
        let (was_test, began) = (self.part == Part::Test, self.run.is_empty());
        if was_test && within && began {
            self.tested = token.span.clone();
        } else if was_test && within {
            self.tested.end = token.span.end;
        }
        self.step(&text[token.span.clone()], token.kind);
        let opened = token.kind == TokenKind::Bracket;
        let word = &text[token.span.clone()];
        self.is_alone &= match token.kind {
            TokenKind::Keyword => word.eq_ignore_ascii_case("where"),
            TokenKind::Operator => word == "=",
            _ => !opened,
        };
        if self.part == Part::Test && (!was_test || opened) {
            self.test = token.span.end;
        }
        self.end = token.span.end;
    }

    fn step(&mut self, text: &str, kind: TokenKind) {
        match kind {
            TokenKind::Comment => return,
            TokenKind::Word | TokenKind::Keyword if self.describes(text) => return,
            TokenKind::Keyword => return self.keyword(&text.to_lowercase()),
            TokenKind::Word | TokenKind::Number => self.run.push(Piece::Word(text.to_owned())),
            TokenKind::Quoted => {
                self.run.push(Piece::Quoted(text.trim_matches(|mark| matches!(mark, '"' | '\'' | '“' | '”' | '„' | '‘' | '’')).to_owned()));
            }
            TokenKind::Arrow => {
                self.run.push(Piece::Arrow(text.trim_matches(|mark| matches!(mark, '<' | '>' | '-' | ' ')).to_owned()));
            }
            TokenKind::Operator if self.part == Part::Test => self.tested(),
            TokenKind::Operator => self.enter(Part::Operand),
            TokenKind::Comma => match self.part {
                Part::Value | Part::Sort | Part::Show | Part::By | Part::Via => self.run.clear(),
                Part::Sorted => self.enter(Part::Sort),
                _ => self.enter(Part::Nothing),
            },
            TokenKind::Bracket => self.bracket(text),
            TokenKind::Regex => self.enter(Part::AfterTest),
            TokenKind::EndMark | TokenKind::Unclosed | TokenKind::Unknown => self.enter(Part::Nothing),
            TokenKind::Label | TokenKind::Function | TokenKind::Parameter => self.enter(Part::Nothing),
        }
        self.fresh = false;
    }

    /// Whether a word is `describe` at the beginning, or the word for a sort behind it: then it is gone over.
    fn describes(&mut self, word: &str) -> bool {
        let part = match self.part {
            Part::Operand if self.end == 0 && word.eq_ignore_ascii_case("describe") => Part::Described(None),
            Part::Described(None) if self.run.is_empty() => match SORTS.into_iter().find(|sort| sort.eq_ignore_ascii_case(word)) {
                Some(sort) => Part::Described(Some(sort)),
                None => return false,
            },
            _ => return false,
        };
        self.enter(part);
        self.fresh = false;
        true
    }

    fn enter(&mut self, part: Part) {
        if self.part == Part::Operand || self.joins_noun() {
            self.absorb();
        }
        self.run.clear();
        self.part = part;
    }

    /// Takes the operand's relations and columns into the scope of the conditions behind it.
    fn absorb(&mut self) {
        if let Some(items) = cut(self.session, &self.run)
            && !items.is_empty()
        {
            self.scope = self.scope.with(self.session, &items);
        }
    }

    fn tested(&mut self) {
        self.field = self.words();
        self.enter(Part::Value);
    }

    /// The words since the last keyword or sign.
    fn words(&self) -> String {
        let words = self.run.iter().map(|piece| match piece {
            Piece::Word(words) | Piece::Quoted(words) | Piece::Arrow(words) => words.as_str(),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    fn bracket(&mut self, mark: &str) {
        if mark == "(" {
            self.brackets.push((self.part, self.scope.clone()));
            self.run.clear();
            if self.part == Part::Of {
                self.part = Part::Operand;
            }
            return;
        }
        match self.brackets.pop() {
            Some((Part::Test | Part::Value | Part::Has | Part::Between, _)) => self.enter(Part::AfterTest),
            Some((Part::Of, scope)) => {
                self.enter(Part::AfterOperand);
                self.scope = scope;
            }
            _ => self.enter(Part::AfterOperand),
        }
    }

    fn keyword(&mut self, word: &str) {
        let fresh = std::mem::replace(&mut self.fresh, false);
        match word {
            "explain" | "profile" => self.fresh = fresh,
            "path" | "paths" => self.begin(Head::Path, Part::Only(&["from"])),
            "around" => self.begin(Head::Around, Part::PathStart),
            "compare" => self.begin(Head::Compare, Part::Operand),
            "count" => self.begin(Head::Count, Part::Operand),
            "similar" => self.begin(Head::Similar, Part::Only(&["to"])),
            "why" => self.begin(Head::Plain, Part::Operand),
            "find" => self.enter(Part::Text),
            "kind" => self.enter(Part::KindName),
            "let" => self.enter(Part::Nothing),
            "from" => self.enter(Part::PathStart),
            "to" => self.enter(Part::PathEnd),
            "of" => self.of(),
            "where" | "possibly" => self.enter(Part::Test),
            "has" => self.enter(Part::Has),
            "denied" => self.enter(Part::AfterTest),
            "and" if self.part == Part::Between => self.enter(Part::Value),
            "and" | "or" => self.join(),
            "but" => self.enter(Part::Only(&["not"])),
            "not" if matches!(self.part, Part::Only(_)) => self.enter(Part::Operand),
            "not" => self.enter(Part::Test),
            "in" | "contains" | "matches" => self.tested(),
            "between" => {
                self.tested();
                self.part = Part::Between;
            }
            "sort" => self.enter(Part::Only(&["by"])),
            "show" => self.enter(Part::Show),
            "across" => {
                self.compared = true;
                self.enter(Part::By);
            }
            "by" => self.by(),
            "limit" => self.enter(Part::Number(&["show"])),
            "within" => self.enter(Part::Number(&["via", "where", "sort by", "limit", "show"])),
            "via" => self.enter(Part::Via),
            "desc" | "descending" | "asc" | "ascending" => self.enter(Part::Sorted),
            other => self.run.push(Piece::Word(other.to_owned())),
        }
    }

    fn begin(&mut self, head: Head, part: Part) {
        self.head = head;
        self.scope.add(match head {
            Head::Around => &["entity", "distance"],
            Head::Path => &["length"],
            Head::Count => &["count"],
            Head::Plain | Head::Compare | Head::Similar => &[],
        });
        self.run.clear();
        self.part = part;
    }

    fn of(&mut self) {
        let items = cut(self.session, &self.run).unwrap_or_default();
        self.asked = items.last().map(|item| item.nouns.clone()).unwrap_or_default();
        self.enter(if self.asked.is_empty() { Part::Nothing } else { Part::Of });
    }

    /// `and` and `or`: of two conditions, or of two sets.
    fn join(&mut self) {
        let condition = matches!(self.part, Part::Test | Part::Value | Part::AfterTest | Part::Has);
        self.enter(if condition { Part::Test } else { Part::Operand });
        self.joined = condition;
    }

    /// `by`: behind `sort`, behind what is counted, or the last word of a verb.
    fn by(&mut self) {
        let verb = self.run.len() >= 2 && matches!(self.part, Part::Operand);
        match self.part {
            Part::Only(_) => self.enter(Part::Sort),
            _ if verb && self.is_verb_with_by() => self.run.push(Piece::Word("by".to_owned())),
            _ => self.enter(Part::By),
        }
    }

    fn is_verb_with_by(&self) -> bool {
        let before = self.run.len().checked_sub(2).and_then(|at| self.run.get(at));
        matches!(before, Some(Piece::Word(word)) if ["is", "are", "was", "were"].iter().any(|known| known.eq_ignore_ascii_case(word)))
    }

    fn offers(&self) -> Vec<Offer> {
        let begun = !self.run.is_empty();
        match self.part {
            Part::Operand if begun => self.behind_terms(true),
            Part::Operand if self.fresh => {
                let mut offers = operands(BEGINNINGS);
                offers.push(Offer::Patterns);
                offers
            }
            Part::Operand => operands(&["what", "it", "kind", "find"]),
            Part::Of if begun => self.behind_terms(false),
            Part::Of => {
                let kinds = super::scope::other_ends(self.session, &self.asked);
                vec![Offer::Entities(kinds), Offer::LaterNouns(5), Offer::Given, Offer::Later(&["exactly", "it"])]
            }
            Part::PathStart | Part::PathEnd if begun => self.behind_end(),
            Part::PathStart | Part::PathEnd => vec![Offer::Entities(Vec::new()), Offer::Given, Offer::Keywords(&["it"])],
            Part::Only(words) => vec![Offer::Keywords(words)],
            Part::Test if begun && self.joins_noun() => self.behind_terms(false),
            Part::Test if begun => vec![Offer::Operators(self.words(), self.scope.clone())],
            Part::Test => {
                let mut offers = vec![Offer::Tested(self.scope.clone()), Offer::Keywords(TESTS)];
                offers.extend((self.joined && self.brackets.is_empty()).then_some(Offer::LaterNouns(2)));
                offers
            }
            Part::Has if !begun => vec![Offer::Fields(self.scope.clone())],
            Part::Value | Part::Between if !begun => {
                vec![Offer::Values(self.field.clone(), self.scope.clone(), self.is_alone)]
            }
            Part::Between => vec![Offer::Keywords(&["and"])],
            Part::Value if self.lacks_unit() => vec![Offer::Units],
            Part::Has | Part::Value | Part::AfterTest => self.with_head(AFTER_CONDITION),
            Part::AfterOperand => self.with_head(TAILS),
            Part::Sort | Part::Show | Part::By if !begun => vec![Offer::Fields(self.scope.clone())],
            Part::Sort => vec![Offer::Keywords(&["desc", "asc", "limit", "show"])],
            Part::Sorted => vec![Offer::Keywords(&["limit", "show"])],
            Part::By => vec![Offer::Keywords(&["where", "sort by", "limit", "show"])],
            Part::Via if !begun => vec![Offer::Relations],
            Part::Via => vec![Offer::Keywords(&["within", "where", "sort by", "limit", "show"])],
            Part::Number(after) if begun => vec![Offer::Keywords(after)],
            Part::KindName if begun => self.with_head(TAILS),
            Part::KindName => vec![Offer::Kinds],
            Part::Text if begun => self.with_head(TAILS),
            Part::Text => vec![Offer::Entities(Vec::new())],
            Part::Described(_) if begun => Vec::new(),
            Part::Described(None) => vec![Offer::Described(None), Offer::Keywords(&SORTS), Offer::Begun],
            Part::Described(Some("entity")) => vec![Offer::Entities(Vec::new())],
            Part::Described(sort) => vec![Offer::Described(sort)],
            Part::Show | Part::Number(_) | Part::Nothing => Vec::new(),
        }
    }

    /// Behind the words of an operand, or of what stands behind `of`.
    fn behind_terms(&self, sentences: bool) -> Vec<Offer> {
        let Some(items) = cut(self.session, &self.run) else { return Vec::new() };
        match expected(&items) {
            Expected::Term => {
                let kinds = self.object_kinds(&items);
                vec![Offer::Entities(kinds.clone()), Offer::KindsOf(kinds), Offer::Given, Offer::Keywords(&["what", "it"])]
            }
            Expected::Nothing => Vec::new(),
            Expected::Verb(last) => {
                let mut offers = self.with_head(TAILS);
                if !last.nouns.is_empty() {
                    offers.push(Offer::Keywords(&["of"]));
                }
                let alone = items.len() == 1 && !last.nouns.is_empty() && last.entities.is_empty() && last.kinds.is_empty();
                if sentences && !alone {
                    let is_last = items.iter().any(|item| item.special == Some(Special::Does));
                    offers.push(Offer::Verbs(last.term_kinds(self.session), is_last));
                    offers.extend((items.len() == 1 && last.special == Some(Special::Term)).then_some(Offer::Keywords(&["does"])));
                }
                offers
            }
        }
    }

    /// The kinds that can stand behind the verb that the items end with; none means any.
    fn object_kinds(&self, items: &[Item]) -> Vec<KindId> {
        let Some((verb, before)) = items.split_last() else { return Vec::new() };
        let subject = before.iter().rev().find(|item| item.is_term()).map(|item| item.term_kinds(self.session)).unwrap_or_default();
        let types = &self.session.schema().relation_types;
        let mut kinds = Vec::new();
        for (relation_type, end) in &verb.verbs {
            let relation = &types[relation_type.index()];
            let (own, other) = if *end == End::Source { (&relation.from, &relation.to) } else { (&relation.to, &relation.from) };
            let fits = subject.is_empty() || own.is_empty() || own.iter().any(|kind| subject.contains(kind));
            if fits && other.is_empty() {
                return Vec::new();
            }
            if fits {
                kinds.extend(other);
            }
        }
        kinds
    }

    fn behind_end(&self) -> Vec<Offer> {
        if cut(self.session, &self.run).is_none() {
            return Vec::new();
        }
        let words: &[&str] = match (self.part, self.head) {
            (Part::PathStart, Head::Path) => &["to"],
            (_, Head::Similar) => &["by"],
            (Part::PathEnd, _) => &["within", "via", "where", "sort by", "limit", "show"],
            _ => &["within", "where", "sort by", "limit", "show"],
        };
        vec![Offer::Keywords(words)]
    }

    fn with_head(&self, words: &'static [&'static str]) -> Vec<Offer> {
        let mut offers = vec![Offer::Keywords(words)];
        match self.head {
            Head::Compare => offers.push(Offer::Keywords(&["across"])),
            Head::Count => offers.push(Offer::Keywords(&["by"])),
            _ => {}
        }
        offers
    }
}
