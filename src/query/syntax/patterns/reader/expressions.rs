//! Expressions: a flat run of operands and operators becomes a tree.

use pest::iterators::{Pair, Pairs};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Comparison;

use super::super::super::pattern_tree::{BinaryOperator, Expression, ExpressionKind};
use super::super::super::tree::Span;
use super::super::grammar::Rule;
use super::operators::{Level, Operator, operator};
use super::{Outcome, Reader, deeper, place};

/// An expression and how deep its tree is.
pub(super) struct Term {
    pub expression: Expression,
    pub depth: usize,
}

impl Term {
    /// A tree without branches.
    pub(super) fn leaf(kind: ExpressionKind, span: Span) -> Term {
        Term { expression: Expression { kind, span }, depth: 0 }
    }

    /// A tree over others, the deepest of which is so deep.
    pub(super) fn over(kind: ExpressionKind, span: Span, depth: usize) -> Outcome<Term> {
        let depth = deeper(depth, &span)?;
        Ok(Term { expression: Expression { kind, span }, depth })
    }

    pub(super) fn boxed(self) -> Box<Expression> {
        Box::new(self.expression)
    }
}

impl Reader {
    /// An expression.
    pub(super) fn expression(&mut self, pair: Pair<'_, Rule>) -> Outcome<Expression> {
        let whole = place(&pair);
        self.run(pair.into_inner(), &whole)
    }

    /// An expression of which only a part of the run is left.
    pub(super) fn run(&mut self, mut run: Pairs<'_, Rule>, whole: &Span) -> Outcome<Expression> {
        let term = self.climb(&mut run, Level::Or, 0, whole)?;
        self.deepest = self.deepest.max(term.depth);
        Ok(term.expression)
    }

    /// A value that stands where no operator can: a map or a parameter.
    pub(super) fn lone(&mut self, pair: Pair<'_, Rule>) -> Outcome<Expression> {
        let whole = place(&pair);
        self.run(Pairs::single(pair), &whole)
    }

    /// The longest expression at the start of a run whose operators bind at least so tight; `signs` count the `-` in front of it.
    fn climb(&mut self, run: &mut Pairs<'_, Rule>, least: Level, signs: usize, whole: &Span) -> Outcome<Term> {
        let mut left = self.negated(run, signs, whole)?;
        while let Some(pair) = run.peek() {
            let Some((found, level, signs)) = operator(&pair) else { break };
            if level < least {
                break;
            }
            left = match found {
                Operator::Relationship => return Err(no_node(&pair)),
                Operator::Presence(wanted) => {
                    run.next();
                    let (span, depth) = (left.expression.span.start..place(&pair).end, left.depth);
                    Term::over(ExpressionKind::IsPresent(left.boxed(), wanted), span, depth)?
                }
                Operator::Comparison(_) => self.comparisons(left, run, whole)?,
                Operator::Binary(binary @ (BinaryOperator::Or | BinaryOperator::Xor | BinaryOperator::And)) => {
                    self.joined(left, binary, level, run, whole)?
                }
                Operator::Binary(binary) => {
                    run.next();
                    let right = self.climb(run, level.tighter(), signs, whole)?;
                    binary_of(binary, left, right)?
                }
            };
        }
        Ok(left)
    }

    /// Values joined by one logical operator. Such joints can be made in any order, so the tree is as flat as can be:
    /// thousands of conditions make a tree of a dozen levels.
    fn joined(&mut self, first: Term, binary: BinaryOperator, level: Level, run: &mut Pairs<'_, Rule>, whole: &Span) -> Outcome<Term> {
        let mut terms = vec![first];
        while run.peek().and_then(|pair| operator(&pair)).is_some_and(|(found, ..)| found == Operator::Binary(binary)) {
            run.next();
            terms.push(self.climb(run, level.tighter(), 0, whole)?);
        }
        while terms.len() > 1 {
            let mut pairs = terms.into_iter();
            let mut halved = Vec::with_capacity(pairs.len().div_ceil(2));
            while let Some(left) = pairs.next() {
                halved.push(match pairs.next() {
                    Some(right) => binary_of(binary, left, right)?,
                    None => left,
                });
            }
            terms = halved;
        }
        terms.pop().ok_or_else(|| super::unreadable(whole.clone()))
    }

    /// `a < b <= c`
    fn comparisons(&mut self, first: Term, run: &mut Pairs<'_, Rule>, whole: &Span) -> Outcome<Term> {
        let mut depth = first.depth;
        let start = first.expression.span.start;
        let mut end = start;
        let mut others: Vec<(Comparison, Expression)> = Vec::with_capacity(1);
        while let Some((Operator::Comparison(comparison), _, signs)) = run.peek().and_then(|pair| operator(&pair)) {
            run.next();
            let right = self.climb(run, Level::Comparison.tighter(), signs, whole)?;
            depth = depth.max(right.depth);
            end = right.expression.span.end;
            others.push((comparison, right.expression));
        }
        Term::over(ExpressionKind::Comparison(first.boxed(), others), start..end, depth)
    }

    /// An operand behind any number of `NOT`.
    fn negated(&mut self, run: &mut Pairs<'_, Rule>, signs: usize, whole: &Span) -> Outcome<Term> {
        let mut starts = Vec::new();
        while let Some(pair) = run.peek().filter(|pair| pair.as_rule() == Rule::not_word) {
            starts.push(place(&pair).start);
            run.next();
        }
        if starts.is_empty() {
            return self.signed(run, signs, whole);
        }
        let mut term = self.climb(run, Level::Comparison, signs, whole)?;
        for start in starts.into_iter().rev() {
            let (span, depth) = (start..term.expression.span.end, term.depth);
            term = Term::over(ExpressionKind::Not(term.boxed()), span, depth)?;
        }
        Ok(term)
    }

    /// An operand behind any number of signs; one directly in front of a number belongs to it.
    fn signed(&mut self, run: &mut Pairs<'_, Rule>, implied: usize, whole: &Span) -> Outcome<Term> {
        let mut signs: Vec<(bool, usize)> = Vec::new();
        while let Some(pair) = run.peek().filter(|pair| matches!(pair.as_rule(), Rule::minus | Rule::plus)) {
            signs.push((pair.as_rule() == Rule::minus, place(&pair).start));
            run.next();
        }
        if let Some(pair) = run.peek().filter(|pair| pair.as_rule() == Rule::not_word) {
            return Err(signed_not(&pair));
        }
        if implied > 0 {
            let start = run.peek().map_or(whole.end, |pair| place(&pair).start);
            let start = signs.first().map_or(start, |(_, start)| *start);
            signs.splice(0..0, std::iter::repeat_n((true, start), implied));
        }
        let mut term = self.operand(run, &mut signs, whole)?;
        for (negative, start) in signs.into_iter().rev() {
            let (span, depth) = (start..term.expression.span.end, term.depth);
            let inner = term.boxed();
            let kind = if negative { ExpressionKind::Negate(inner) } else { ExpressionKind::Plus(inner) };
            term = Term::over(kind, span, depth)?;
        }
        Ok(term)
    }
}

fn binary_of(binary: BinaryOperator, left: Term, right: Term) -> Outcome<Term> {
    let span = left.expression.span.start..right.expression.span.end;
    let depth = left.depth.max(right.depth);
    Term::over(ExpressionKind::Binary(binary, left.boxed(), right.boxed()), span, depth)
}

/// The complaint about a relationship that does not stand between two nodes.
fn no_node(pair: &Pair<'_, Rule>) -> Diagnostic {
    Diagnostic::error(Code::Syntax, "a relationship stands between two nodes in parentheses")
        .at(place(pair), "one side of this is no node")
        .help("write the nodes in parentheses: `(a)-[:CAUSES]->(b)`")
}

fn signed_not(pair: &Pair<'_, Rule>) -> Diagnostic {
    Diagnostic::error(Code::Syntax, "`NOT` cannot stand behind a sign")
        .at(place(pair), "a number belongs here")
        .help("a truth value has no sign: write `NOT` alone, or remove it")
}
