//! Questions: whole questions of plain English that have a form of their own here, put into it, and what to say of those that have none.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{KindId, RelationTypeId};
use crate::query::resolve::Context;
use crate::query::syntax::{self, Token, TokenKind};
use crate::schema::{End, Meaning, ValueType};

use super::edits::Edit;
use super::understood;

const IS: [&str; 4] = ["is", "are", "was", "were"];
const ASKS: [&str; 4] = ["what", "which", "who", "whom"];
/// What is said of two things between which a path is looked for.
const JOINED: [&str; 6] = ["connected", "related", "linked", "joined", "tied", "associated"];
const JOINS: [&str; 5] = ["connects", "links", "joins", "relates", "ties"];

/// The words of a question up to its condition.
struct Question<'a> {
    text: &'a str,
    context: Context<'a>,
    tokens: Vec<Token>,
    words: Vec<String>,
    /// The condition with all that follows it; empty where there is none.
    condition: &'a str,
}

/// What a question may be put right by as a whole.
pub(super) fn of(text: &str, context: Context<'_>) -> Vec<Edit> {
    let Some(question) = Question::read(text, context) else { return Vec::new() };
    let found = [question.joined(), question.passive(), question.with_values(), question.among(), question.having()];
    found.into_iter().flatten().collect()
}

/// What to say of a question that has no form: places are those of the text.
pub(super) fn without_form(text: &str, context: Context<'_>) -> Option<Diagnostic> {
    let question = Question::read(text, context)?;
    question.compared().or_else(|| question.among_unsaid())
}

impl<'a> Question<'a> {
    fn read(text: &'a str, context: Context<'a>) -> Option<Question<'a>> {
        const MOST_WORDS: usize = 40;
        if syntax::is_pattern(text) {
            return None;
        }
        let skipped = |kind| matches!(kind, TokenKind::Comment | TokenKind::EndMark);
        let mut tokens: Vec<Token> = syntax::tokens(text).into_iter().filter(|token| !skipped(token.kind)).collect();
        let is_where = |token: &Token| text[token.span.clone()].eq_ignore_ascii_case("where");
        // As the first word it asks for a place.
        let from = tokens.iter().skip(1).position(is_where).map(|at| at + 1);
        let condition = from.map_or("", |from| text[tokens[from].span.start..].trim_end());
        tokens.truncate(from.unwrap_or(tokens.len()));
        while tokens.last().is_some_and(|last| &text[last.span.clone()] == "?") {
            tokens.pop();
        }
        let words: Vec<String> = tokens.iter().map(|token| text[token.span.clone()].to_lowercase()).collect();
        (2..=MOST_WORDS).contains(&words.len()).then_some(Question { text, context, tokens, words, condition })
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    fn span(&self, words: &Range<usize>) -> Range<usize> {
        match (self.tokens.get(words.start), words.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if words.start < words.end => first.span.start..last.span.end,
            _ => 0..0,
        }
    }

    /// The words as typed.
    fn said(&self, words: Range<usize>) -> &'a str {
        &self.text[self.span(&words)]
    }

    /// The kinds of what the words name, with all that is one of it; nothing if they name nothing.
    fn kinds_named(&self, words: Range<usize>) -> Option<Vec<KindId>> {
        let name = self.said(words).trim_matches(['"', '\'', '“', '”', '„', '‘', '’']);
        let called = self.context.names.called(name);
        (!called.is_empty()).then(|| called.iter().flat_map(|entity| self.context.names.kinds_below(*entity)).collect())
    }

    fn verbs(&self, words: &str) -> Vec<(RelationTypeId, End)> {
        let meanings = self.context.lexicon.meanings(words).into_iter();
        meanings.filter_map(|meaning| if let Meaning::Verb(id, end) = meaning { Some((id, end)) } else { None }).collect()
    }

    fn nouns(&self, words: &str) -> Vec<(RelationTypeId, End)> {
        let meanings = self.context.lexicon.meanings(words).into_iter();
        meanings.filter_map(|meaning| if let Meaning::Noun(id, end) = meaning { Some((id, end)) } else { None }).collect()
    }

    fn is_kind(&self, words: &str) -> bool {
        self.context.lexicon.meanings(words).iter().any(|meaning| matches!(meaning, Meaning::Kind(_)))
    }

    /// The question in other words.
    fn put(&self, words: Range<usize>, rewritten: &str, message: &str, help: &str) -> Edit {
        let rewritten = format!("{rewritten} {}", self.condition).trim_end().to_owned();
        let complaint = Diagnostic::error(Code::BadSentence, message).at(self.span(&words), "it has a form of its own").help(help);
        Edit { span: self.span(&words), replacement: String::new(), complaint: Some(complaint), rewritten: Some(rewritten) }
    }

    /// `how is A connected with B`, `what links A to B`
    fn joined(&self) -> Option<Edit> {
        let all = self.words.len();
        let parted = |from: usize| {
            let between = (from + 1..all.checked_sub(1)?).find(|at| ["and", "with", "to"].contains(&self.word(*at)))?;
            Some((from..between, between + 1..all))
        };
        let is_how = self.word(0) == "how" || self.word(0) == "where";
        let (from, to) = if is_how && IS.contains(&self.word(1)) {
            let said = (3..all).find(|at| JOINED.contains(&self.word(*at)))?;
            match self.word(said + 1) {
                "with" | "to" | "and" if said + 2 < all => (2..said, said + 2..all),
                "" => {
                    let between = (3..said.checked_sub(1)?).find(|at| self.word(*at) == "and")?;
                    (2..between, between + 1..said)
                }
                _ => return None,
            }
        } else if self.word(0) == "what" && JOINS.contains(&self.word(1)) && self.verbs(self.word(1)).is_empty() {
            parted(2)?
        } else {
            return None;
        };
        let rewritten = format!("path from {} to {}", self.said(from), self.said(to));
        let help = "how two things are connected is asked as `path from A to B`";
        Some(self.put(0..2, &rewritten, "a connection is asked for as a path", help))
    }

    /// `what is OMS mistaken for`, `which trigger is OMS caused by`, `how is OMS treated`
    fn passive(&self) -> Option<Edit> {
        let all = self.words.len();
        let is = (1..all.min(5)).find(|at| IS.contains(&self.word(*at)))?;
        let kind = self.said(1..is);
        let by = match self.word(0) {
            "how" if is == 1 => " by",
            word if ASKS.contains(&word) && (is == 1 || self.is_kind(kind)) => "",
            _ => return None,
        };
        (is + 2..all).find_map(|verb| {
            self.kinds_named(is + 1..verb)?;
            let rest = self.words[verb..].join(" ") + by;
            let written = [rest.clone(), rest.strip_suffix(" with").map(|rest| format!("{rest} by")).unwrap_or_default()];
            let known = written.into_iter().map(|rest| format!("is {rest}")).find(|known| !self.verbs(known).is_empty())?;
            let asked = if is == 1 { "what" } else { kind };
            let rewritten = format!("{} {known} {asked}", self.said(is + 1..verb));
            Some(self.put(0..is + 1, &rewritten, "a sentence keeps its verb together", "a sentence goes: term, relation, term"))
        })
    }

    /// The relations that the question is about, and where the name behind its noun or verb begins.
    fn about(&self) -> Option<(Vec<(RelationTypeId, End)>, usize)> {
        let all = self.words.len();
        let longest = self.context.lexicon.longest().min(all);
        if let Some(of) = self.words.iter().rposition(|word| word == "of") {
            let noun = (0..of).map(|from| self.nouns(&self.words[from..of].join(" "))).find(|nouns| !nouns.is_empty())?;
            return Some((noun, of + 1));
        }
        if ASKS.contains(&self.word(0)) {
            let verb = |to: &usize| Some(self.verbs(&self.words[1..*to].join(" "))).filter(|verbs| !verbs.is_empty());
            return (2..=longest.max(2).min(all)).rev().find_map(|to| Some((verb(&to)?, to)));
        }
        let noun = |to: &usize| Some(self.nouns(&self.words[..*to].join(" "))).filter(|nouns| !nouns.is_empty());
        (1..=longest).rev().find_map(|to| Some((noun(&to)?, to)))
    }

    /// The qualifier of the relations that holds something of these kinds.
    fn qualifier(&self, types: &[(RelationTypeId, End)], kinds: &[KindId]) -> Option<&'a str> {
        let schema = self.context.schema;
        let of_types = types.iter().flat_map(|(id, _)| &schema.relation_types[id.index()].qualifiers);
        let holds = |held: &ValueType| matches!(held, ValueType::Entity(held) if held.iter().any(|kind| kinds.contains(kind)));
        of_types.map(|id| &schema.qualifiers[id.index()]).find(|known| holds(&known.value_type)).map(|known| known.id.as_str())
    }

    /// `what treats moderate to severe OMS`, `treatments of severe OMS`
    fn with_values(&self) -> Option<Edit> {
        let all = self.words.len();
        let (types, from) = self.about()?;
        let value = |at: usize| {
            (at + 1..all).rev().find_map(|to| {
                let kinds = self.kinds_named(at..to)?;
                Some((self.qualifier(&types, &kinds)?, at..to))
            })
        };
        let (qualifier, first) = value(from)?;
        let mut end = first.end;
        let mut test = format!("{qualifier} = {}", self.said(first));
        if let "to" | "and" | "or" = self.word(end)
            && let Some((other, second)) = value(end + 1)
            && other == qualifier
        {
            let join = if self.word(end) == "or" { "or" } else { "and" };
            end = second.end;
            test = format!("{test} {join} {qualifier} = {}", self.said(second));
        }
        if !self.condition.is_empty() || end >= all || self.kinds_named(end..all).is_none() {
            return None;
        }
        let rewritten = format!("{} {} where {test}", self.said(0..from), self.said(end..all));
        let help = "what qualifies a statement stands behind `where`";
        Some(self.put(from..end, &rewritten, &format!("`{}` is the value of a field", self.said(from..end)), help))
    }

    /// The words behind the last `in`, and that of which they say so.
    fn parted(&self) -> Option<(Range<usize>, Range<usize>)> {
        let all = self.words.len();
        let at = self.words.iter().rposition(|word| ["in", "among", "amongst"].contains(&word.as_str()))?;
        (at > 0 && at + 1 < all && self.condition.is_empty()).then_some((0..at, at + 1..all))
    }

    /// `causes of OMS in adults`
    fn among(&self) -> Option<Edit> {
        let (front, whom) = self.parted()?;
        let kinds = self.kinds_named(whom.clone())?;
        let (types, _) = self.about()?;
        let qualifier = self.qualifier(&types, &kinds)?;
        let rewritten = format!("{} where {qualifier} = {}", self.said(front.clone()), self.said(whom.clone()));
        let help = "what qualifies a statement stands behind `where`";
        let words = front.end..whom.end;
        Some(self.put(words.clone(), &rewritten, &format!("`{}` is the value of a field", self.said(words)), help))
    }

    /// `treatments of OMS in children`, where no treatment says in whom.
    fn among_unsaid(&self) -> Option<Diagnostic> {
        let (front, whom) = self.parted()?;
        let asked = self.said(front.clone());
        understood(asked, self.context).ok()?;
        let kinds = self.kinds_named(whom.clone()).unwrap_or_default();
        let about = self.about();
        // A noun alone is asked of what stands behind it, whatever stands between them.
        let is_noun = about.as_ref().is_some_and(|(_, end)| *end == front.end && !self.words.contains(&"of".to_owned()));
        let types = about.map(|(types, _)| types).unwrap_or_default();
        if is_noun || self.qualifier(&types, &kinds).is_some() {
            return None;
        }
        let schema = self.context.schema;
        let named = kinds.first().map(|kind| schema.kinds[kind.index()].one());
        let mut fields: Vec<&str> = Vec::new();
        for id in types.iter().flat_map(|(id, _)| &schema.relation_types[id.index()].qualifiers) {
            let field = schema.qualifiers[id.index()].id.as_str();
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        let message = match (named, types.is_empty()) {
            (Some(kind), false) => format!("what `{asked}` finds has no field for a {kind}"),
            _ => format!("`{}` says nothing behind `{asked}`", self.said(front.end..whom.end)),
        };
        let help = match fields.as_slice() {
            [] => format!("`{asked}` can be asked without it"),
            some => format!("`{asked}` can be asked; a condition behind `where` can be on {}", some.join(", ")),
        };
        Some(Diagnostic::error(Code::UnknownField, message).at(self.span(&(front.end..whom.end)), "no such field").help(help))
    }

    /// `diseases with ataxia`
    fn having(&self) -> Option<Edit> {
        let all = self.words.len();
        let at = (1..all.min(6)).find(|at| ["with", "having"].contains(&self.word(*at)))?;
        let kind = self.context.lexicon.meanings(self.said(0..at)).iter().find_map(|meaning| match meaning {
            Meaning::Kind(kind) => Some(*kind),
            _ => None,
        })?;
        let kinds = self.kinds_named(at + 1..all)?;
        let schema = self.context.schema;
        let mut verbs: Vec<&str> = Vec::new();
        for (id, relation) in (0u16..).map(RelationTypeId).zip(&schema.relation_types).skip(1) {
            let fits = |own: End| schema.allows(id, own, &[kind]) && schema.allows(id, own.other(), &kinds);
            verbs.extend(relation.verbs.first().filter(|_| fits(End::Source)).map(String::as_str));
            verbs.extend(relation.inverse_verbs.first().filter(|_| fits(End::Target)).map(String::as_str));
        }
        // Of several relations none is meant more than the others.
        let [verb] = verbs.as_slice() else { return None };
        let rewritten = format!("{} {verb} {}", schema.kinds[kind.index()].one(), self.said(at + 1..all));
        let help = "a sentence goes: term, relation, term";
        Some(self.put(at..at + 1, &rewritten, &format!("`{}` is no relation", self.word(at)), help))
    }

    /// `compare A and B`
    fn compared(&self) -> Option<Diagnostic> {
        let all = self.words.len();
        if self.word(0) != "compare" || self.words.iter().any(|word| word == "across") {
            return None;
        }
        let between = (2..all).find(|at| ["and", "with", "to", "vs", "versus"].contains(&self.word(*at)))?;
        let (one, other) = (self.kinds_named(1..between)?, self.kinds_named(between + 1..all)?);
        let schema = self.context.schema;
        let noun = (0u16..).map(RelationTypeId).zip(&schema.relation_types).skip(1).find_map(|(id, relation)| {
            let fits = |asked: End| schema.allows(id, asked, &one) && schema.allows(id, asked, &other);
            let target = relation.target_nouns.first().filter(|_| fits(End::Source));
            target.or_else(|| relation.source_nouns.first().filter(|_| fits(End::Target)))
        })?;
        let (first, second) =
            (format!("{} of {}", noun.many, self.said(1..between)), format!("{} of {}", noun.many, self.said(between + 1..all)));
        let complaint = Diagnostic::error(Code::Syntax, "`compare` sets the values of one field side by side, not two names")
            .at(self.span(&(0..all)), "two names")
            .help(format!("what both have: `{first} and {second}`"))
            .help(format!("what only the first has: `{first} but not {second}`"));
        Some(complaint)
    }
}
