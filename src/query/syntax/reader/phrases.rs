//! Phrases: sets, their operands, neighbourhoods and paths.

use pest::iterators::Pair;

use crate::diagnostic::{Code, Diagnostic};

use super::super::grammar::Rule;
use super::super::limits::MOST_OPERANDS;
use super::super::tree::{AroundRequest, Operand, PathRequest, Phrase, Run, SetExpression, SetOperator, Span, Spanned, Via};
use super::words::arrow;
use super::{Reader, part, parts, place};

impl Reader {
    /// Phrases joined by set operators.
    pub(super) fn set(&mut self, pair: &Pair<'_, Rule>) -> Option<SetExpression> {
        let mut members: Vec<(SetOperator, SetExpression)> = Vec::new();
        for member in parts(pair, Rule::conjunction) {
            members.push((SetOperator::Or, self.conjunction(&member)?));
        }
        joined(members)
    }

    fn conjunction(&mut self, pair: &Pair<'_, Rule>) -> Option<SetExpression> {
        let mut operator = SetOperator::And;
        let mut members: Vec<(SetOperator, SetExpression)> = Vec::new();
        for member in pair.clone().into_inner() {
            match member.as_rule() {
                Rule::keyword_and => operator = SetOperator::And,
                Rule::but_not => operator = SetOperator::ButNot,
                _ => members.push((operator, SetExpression::Phrase(Box::new(self.phrase(&member)?)))),
            }
        }
        joined(members)
    }

    fn phrase(&mut self, pair: &Pair<'_, Rule>) -> Option<Phrase> {
        let mut parts: Vec<Pair<'_, Rule>> =
            pair.clone().into_inner().filter(|part| !matches!(part.as_rule(), Rule::keyword_of | Rule::where_clause)).collect();
        let last = parts.pop()?;
        let nouns = parts.iter().map(|noun| self.noun(noun)).collect::<Option<_>>()?;
        let operand = self.operand(&last)?;
        let condition = self.optional_condition(pair)?;
        Some(Phrase { nouns, operand, condition, span: place(pair) })
    }

    /// What stands in front of `of`.
    fn noun(&mut self, pair: &Pair<'_, Rule>) -> Option<Run> {
        self.nouns += 1;
        if self.nouns > MOST_OPERANDS {
            self.fault(too_many("`of`s", place(pair)));
            return None;
        }
        if pair.as_rule() == Rule::run {
            return self.run(pair);
        }
        self.fault(no_noun(pair));
        None
    }

    fn operand(&mut self, pair: &Pair<'_, Rule>) -> Option<Operand> {
        // Parentheses hold operands and are none: their own depth is bounded before.
        self.operands += usize::from(pair.as_rule() != Rule::bracketed);
        if self.operands > MOST_OPERANDS {
            self.fault(too_many("phrases", place(pair)));
            return None;
        }
        match pair.as_rule() {
            Rule::bracketed => Some(Operand::Set(Box::new(self.set(&part(pair, Rule::set_expression)?)?))),
            Rule::around_request => self.around(pair).map(Operand::Around),
            Rule::find_request => self.sought(&part(pair, Rule::sought)?).map(Operand::Find),
            Rule::kind_request => self.run(&part(pair, Rule::run)?).map(Operand::Kind),
            _ => self.run(pair).map(Operand::Run),
        }
    }

    fn sought(&mut self, pair: &Pair<'_, Rule>) -> Option<Spanned<String>> {
        Some(Spanned { value: self.joined(pair.clone().into_inner())?, span: place(pair) })
    }

    fn around(&mut self, pair: &Pair<'_, Rule>) -> Option<AroundRequest> {
        let centre = self.run(&part(pair, Rule::run)?)?;
        Some(AroundRequest { centre, within: self.within(pair)?, via: self.via(pair)? })
    }

    /// `path from A to B …`
    pub(super) fn path(&mut self, pair: &Pair<'_, Rule>) -> Option<PathRequest> {
        let opening = pair.clone().into_inner().next()?;
        let mut ends = parts(pair, Rule::run);
        let (from, to) = (self.run(&ends.next()?)?, self.run(&ends.next()?)?);
        let (within, via) = (self.within(pair)?, self.via(pair)?);
        let condition = self.optional_condition(pair)?;
        Some(PathRequest { all: opening.as_rule() == Rule::keyword_paths, from, to, within, via, condition, span: place(&opening) })
    }

    fn within(&mut self, pair: &Pair<'_, Rule>) -> Option<Option<Spanned<u64>>> {
        let Some(clause) = part(pair, Rule::within_clause) else { return Some(None) };
        self.number(&part(&clause, Rule::whole_number)?).map(Some)
    }

    fn via(&mut self, pair: &Pair<'_, Rule>) -> Option<Vec<Via>> {
        let Some(clause) = part(pair, Rule::via_clause) else { return Some(Vec::new()) };
        parts(&clause, Rule::via_step).map(|step| self.via_step(&step)).collect()
    }

    fn via_step(&mut self, pair: &Pair<'_, Rule>) -> Option<Via> {
        let (words, forward) = match part(pair, Rule::arrow) {
            Some(pair) => {
                let (words, forward) = arrow(&pair);
                (words, Some(forward))
            }
            None => (self.joined(pair.clone().into_inner())?, None),
        };
        Some(Via { words, forward, span: place(pair) })
    }
}

/// One expression of members, each with the operator in front of it; that of the first counts for nothing.
fn joined(members: Vec<(SetOperator, SetExpression)>) -> Option<SetExpression> {
    let mut members = members.into_iter();
    let (_, first) = members.next()?;
    let rest: Vec<_> = members.collect();
    if rest.is_empty() { Some(first) } else { Some(SetExpression::Joined(Box::new(first), rest)) }
}

fn too_many(what: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::TooDeep, format!("the query holds more than {MOST_OPERANDS} {what}"))
        .at(span, "one too many")
        .help("name a part of it with `let`, then ask with the name; values of one field go into a list: `name in (a, b)`")
}

/// The complaint about something in front of `of` that is no relation noun.
fn no_noun(pair: &Pair<'_, Rule>) -> Diagnostic {
    let typed = pair.as_str().trim_end();
    match pair.as_rule() {
        Rule::find_request => Diagnostic::error(Code::Syntax, "`find` looks for words up to the next keyword, and `of` is one")
            .at(place(pair), "`of` stands behind this")
            .help(format!(
                "words that hold `of` need quotation marks: `find \"{} of …\"`",
                pair.as_str().split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
            )),
        Rule::bracketed => Diagnostic::error(Code::Syntax, "a set in parentheses cannot be asked `of` something")
            .at(place(pair), "a relation noun belongs here")
            .help("the noun comes first: `treatments of (causes of A or causes of B)`"),
        _ => Diagnostic::error(Code::Syntax, format!("`{typed}` cannot be asked `of` something"))
            .at(place(pair), "a relation noun belongs here")
            .help("a relation noun stands in front of `of`: `causes of OMS`; a name that holds `of` needs quotation marks"),
    }
}
