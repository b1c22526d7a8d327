//! Forms: values with a syntax of their own: lists, maps, comprehensions, functions, cases, subqueries.

use pest::iterators::{Pair, Pairs};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Comparison;

use super::super::super::pattern_tree::{Clause, ClauseKind, Expression, ExpressionKind, PatternPart, PatternQuery, Quantifier, Subquery};
use super::super::super::tree::{Span, Spanned};
use super::super::grammar::Rule;
use super::expressions::Term;
use super::graphs::is_all;
use super::{Outcome, Reader, is_name, name, next, place, unreadable};

/// What stands in brackets or behind a function's name.
#[derive(Default)]
struct Contents<'i> {
    values: Vec<Pair<'i, Rule>>,
    condition: Option<Pair<'i, Rule>>,
    bar: Option<Pair<'i, Rule>>,
    distinct: Option<Span>,
    everything: Option<Span>,
}

impl<'i> Contents<'i> {
    fn of(pair: Pair<'i, Rule>) -> Contents<'i> {
        let mut contents = Contents::default();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::where_clause => contents.condition = Some(part),
                Rule::bar => contents.bar = Some(part),
                Rule::distinct_word => contents.distinct = Some(place(&part)),
                Rule::everything => contents.everything = Some(place(&part)),
                Rule::expression => contents.values.push(part),
                _ => {}
            }
        }
        contents
    }

    /// Whether there is nothing but values.
    fn is_plain(&self) -> bool {
        self.condition.is_none() && self.bar.is_none()
    }
}

/// A variable and the rest of the run behind `IN` or `=`, where an expression begins so.
fn bound<'i>(pair: &Pair<'i, Rule>, operator: &str) -> Option<(Spanned<String>, Pairs<'i, Rule>)> {
    let mut run = pair.clone().into_inner();
    let variable = run.next().filter(|first| is_name(first.as_rule()))?;
    run.next().filter(|second| second.as_rule() == Rule::operator && second.as_str().eq_ignore_ascii_case(operator))?;
    Some((name(&variable), run))
}

impl Reader {
    /// `[a, b]`, `[x IN list WHERE c | e]`, `[(a)-->(b) | e]`
    pub(super) fn list(&mut self, pair: Pair<'_, Rule>) -> Outcome<Term> {
        let span = place(&pair);
        let contents = Contents::of(pair);
        if contents.values.len() == 1 && bound(&contents.values[0], "in").is_some() {
            return self.comprehension(&contents, span);
        }
        if !contents.is_plain() {
            return self.pattern_comprehension(contents, span);
        }
        let (members, depth) =
            self.measured(|reader| contents.values.into_iter().map(|value| reader.expression(value)).collect::<Outcome<_>>())?;
        Term::over(ExpressionKind::List(members), span, depth)
    }

    /// `x IN list WHERE c | e`, in brackets or behind a function's name.
    fn comprehension(&mut self, contents: &Contents<'_>, span: Span) -> Outcome<Term> {
        let (variable, mut rest) = contents.values.first().and_then(|value| bound(value, "in")).ok_or_else(|| unreadable(span.clone()))?;
        let (kind, depth) = self.measured(|reader| {
            Ok(ExpressionKind::Comprehension {
                variable,
                list: Box::new(reader.rest(&mut rest, &span)?),
                condition: reader.boxed(contents.condition.clone())?,
                projection: reader.boxed(contents.bar.clone())?,
            })
        })?;
        Term::over(kind, span, depth)
    }

    /// What is left of a run.
    fn rest(&mut self, rest: &mut Pairs<'_, Rule>, whole: &Span) -> Outcome<Expression> {
        self.run(rest.clone(), whole)
    }

    /// What stands behind `WHERE` or `|`, if anything does.
    fn boxed(&mut self, pair: Option<Pair<'_, Rule>>) -> Outcome<Option<Box<Expression>>> {
        pair.map(|pair| self.condition(pair).map(Box::new)).transpose()
    }

    /// `[p = (a)-->(b) WHERE c | e]`
    fn pattern_comprehension(&mut self, contents: Contents<'_>, span: Span) -> Outcome<Term> {
        let Some(bar) = contents.bar else { return Err(no_projection(contents.condition.as_ref(), span)) };
        let mut values = contents.values.into_iter();
        let (Some(only), None) = (values.next(), values.next()) else { return Err(no_comprehension(span)) };
        let (kind, depth) = self.measured(|reader| {
            let pattern = named_pattern(reader.expression(only)?).ok_or_else(|| no_comprehension(span.clone()))?;
            let condition = reader.boxed(contents.condition)?;
            Ok(ExpressionKind::PatternComprehension { pattern, condition, projection: Box::new(reader.condition(bar)?) })
        })?;
        Term::over(kind, span, depth)
    }

    /// `{a: 1}`
    pub(super) fn map(&mut self, pair: Pair<'_, Rule>) -> Outcome<Term> {
        let span = place(&pair);
        let (entries, depth) = self.measured(|reader| {
            let entries = pair.into_inner().filter(|part| part.as_rule() == Rule::entry);
            entries.map(|entry| reader.entry(entry)).collect::<Outcome<_>>()
        })?;
        Term::over(ExpressionKind::Map(entries), span, depth)
    }

    fn entry(&mut self, pair: Pair<'_, Rule>) -> Outcome<(Spanned<String>, Expression)> {
        let span = place(&pair);
        let mut parts = pair.into_inner();
        let key = name(&next(&mut parts, &span)?);
        next(&mut parts, &span)?;
        Ok((key, self.expression(next(&mut parts, &span)?)?))
    }

    /// `CASE x WHEN a THEN b ELSE c END`
    pub(super) fn case(&mut self, pair: Pair<'_, Rule>) -> Outcome<Term> {
        let span = place(&pair);
        let (kind, depth) = self.measured(|reader| {
            let (mut operand, mut branches, mut otherwise) = (None, Vec::new(), None);
            for part in pair.into_inner() {
                let whole = place(&part);
                match part.as_rule() {
                    Rule::case_branch => {
                        let mut parts = part.into_inner().filter(|part| part.as_rule() == Rule::expression);
                        let when = reader.expression(parts.next().ok_or_else(|| unreadable(whole.clone()))?)?;
                        let then = reader.expression(parts.next().ok_or_else(|| unreadable(whole.clone()))?)?;
                        branches.push((when, then));
                    }
                    Rule::end_word => {}
                    Rule::case_else => otherwise = Some(Box::new(reader.condition(part)?)),
                    _ => operand = Some(Box::new(reader.expression(part)?)),
                }
            }
            Ok(ExpressionKind::Case { operand, branches, otherwise })
        })?;
        Term::over(kind, span, depth)
    }

    /// `EXISTS { … }`, `COUNT { … }`
    pub(super) fn subquery(&mut self, pair: Pair<'_, Rule>) -> Outcome<Term> {
        let span = place(&pair);
        let mut parts = pair.into_inner();
        let counts = next(&mut parts, &span)?.as_str().starts_with(['c', 'C']);
        let body = next(&mut parts, &span)?;
        let (inside, depth) = self.measured(|reader| {
            if body.as_rule() == Rule::query {
                return Ok(plain(reader.query(body)?));
            }
            let (mut patterns, mut condition) = (Vec::new(), None);
            for part in body.into_inner() {
                match part.as_rule() {
                    Rule::where_clause => condition = Some(reader.condition(part)?),
                    _ => patterns.push(reader.path(part)?),
                }
            }
            Ok(Subquery::Patterns(patterns, condition))
        })?;
        let inside = Box::new(inside);
        Term::over(if counts { ExpressionKind::Count(inside) } else { ExpressionKind::Exists(inside) }, span, depth)
    }

    /// A function, or one of the forms that look like functions.
    pub(super) fn call(&mut self, function: Spanned<String>, span: Span, pair: Pair<'_, Rule>) -> Outcome<Term> {
        let contents = Contents::of(pair);
        let word = function.value.to_ascii_lowercase();
        if let Some(everything) = contents.everything {
            return if word == "count" { Ok(Term::leaf(ExpressionKind::CountRows, span)) } else { Err(no_star(&function, everything)) };
        }
        let ranges = contents.distinct.is_none() && contents.values.len() == 1 && bound(&contents.values[0], "in").is_some();
        match word.as_str() {
            "all" | "any" | "none" | "single" if ranges && contents.bar.is_none() => self.quantified(&word, &contents, span),
            "filter" if ranges && contents.condition.is_some() && contents.bar.is_none() => self.comprehension(&contents, span),
            "extract" if ranges && contents.bar.is_some() => self.comprehension(&contents, span),
            "reduce" if contents.bar.is_some() && contents.condition.is_none() => self.reduce(&contents, span),
            _ if contents.is_plain() => self.function(function, &word, contents, span),
            _ => Err(no_member(&function, &contents)),
        }
    }

    fn quantified(&mut self, word: &str, contents: &Contents<'_>, span: Span) -> Outcome<Term> {
        let quantifier = match word {
            "all" => Quantifier::All,
            "any" => Quantifier::Any,
            "none" => Quantifier::None,
            _ => Quantifier::Single,
        };
        let (variable, mut rest) = contents.values.first().and_then(|value| bound(value, "in")).ok_or_else(|| unreadable(span.clone()))?;
        let (kind, depth) = self.measured(|reader| {
            let list = Box::new(reader.rest(&mut rest, &span)?);
            Ok(ExpressionKind::Quantified { quantifier, variable, list, condition: reader.boxed(contents.condition.clone())? })
        })?;
        Term::over(kind, span, depth)
    }

    /// `reduce(a = 0, x IN list | a + x)`
    fn reduce(&mut self, contents: &Contents<'_>, span: Span) -> Outcome<Term> {
        let parts = match (contents.values.as_slice(), &contents.bar) {
            ([first, second], Some(bar)) => bound(first, "=").zip(bound(second, "in")).map(|(first, second)| (first, second, bar.clone())),
            _ => None,
        };
        let Some(((accumulator, mut initial), (variable, mut list), bar)) = parts else { return Err(no_reduce(span)) };
        let (kind, depth) = self.measured(|reader| {
            Ok(ExpressionKind::Reduce {
                accumulator,
                initial: Box::new(reader.rest(&mut initial, &span)?),
                variable,
                list: Box::new(reader.rest(&mut list, &span)?),
                step: Box::new(reader.condition(bar)?),
            })
        })?;
        Term::over(kind, span, depth)
    }

    fn function(&mut self, name: Spanned<String>, word: &str, contents: Contents<'_>, span: Span) -> Outcome<Term> {
        let (mut arguments, depth) =
            self.measured(|reader| contents.values.into_iter().map(|value| reader.expression(value)).collect::<Outcome<Vec<_>>>())?;
        let shortest = matches!(word, "shortestpath" | "allshortestpaths");
        if let ([Expression { kind: ExpressionKind::Pattern(part), .. }], true) = (arguments.as_mut_slice(), shortest) {
            part.shortest = Some(is_all(word));
            part.span = span.clone();
            let part = part.clone();
            return Term::over(ExpressionKind::Pattern(part), span, depth);
        }
        Term::over(ExpressionKind::Call { name, distinct: contents.distinct.is_some(), arguments }, span, depth)
    }
}

/// A subquery of one `MATCH` alone is the same as its patterns.
fn plain(mut query: PatternQuery) -> Subquery {
    if let [part] = query.parts.as_mut_slice()
        && let [Clause { kind: ClauseKind::Match { optional: false, patterns, condition }, .. }] = part.clauses.as_mut_slice()
    {
        return Subquery::Patterns(std::mem::take(patterns), condition.take());
    }
    Subquery::Query(query)
}

/// The pattern that an expression is, perhaps named: `p = (a)-->(b)`.
fn named_pattern(expression: Expression) -> Option<Box<PatternPart>> {
    match expression.kind {
        ExpressionKind::Pattern(part) => Some(part),
        ExpressionKind::Comparison(variable, mut others) if others.len() == 1 => {
            let (ExpressionKind::Variable(named), Some((Comparison::Equal, value))) = (variable.kind, others.pop()) else { return None };
            let ExpressionKind::Pattern(mut part) = value.kind else { return None };
            part.variable = Some(Spanned { value: named, span: variable.span });
            part.span = expression.span;
            Some(part)
        }
        _ => None,
    }
}

fn no_projection(condition: Option<&Pair<'_, Rule>>, span: Span) -> Diagnostic {
    Diagnostic::error(Code::Syntax, "a list takes no condition")
        .at(condition.map_or(span, place), "nothing to choose from")
        .help("members are chosen with `[x IN list WHERE x > 1]`, matches of a pattern with `[(a)-->(b) WHERE b.x > 1 | b.name]`")
}

fn no_comprehension(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Syntax, "these brackets hold neither a list nor a comprehension")
        .at(span, "`|` follows no `x IN list` and no pattern")
        .help("write `[x IN list | x.name]` or `[(a)-->(b) | b.name]`")
}

fn no_star(function: &Spanned<String>, everything: Span) -> Diagnostic {
    Diagnostic::error(Code::Syntax, format!("`{}` cannot take `*`", function.value))
        .at(everything, "only `count` can")
        .help("name what is meant; the number of rows is `count(*)`")
}

fn no_member(function: &Spanned<String>, contents: &Contents<'_>) -> Diagnostic {
    let place = contents.condition.as_ref().or(contents.bar.as_ref()).map_or(function.span.clone(), place);
    Diagnostic::error(Code::Syntax, format!("`{}` cannot be written so", function.value))
        .at(place, "not here")
        .help("the forms are `any(x IN list WHERE x > 1)` (also `all`, `none`, `single`), `[x IN list WHERE x > 1 | x * 2]` and `reduce(sum = 0, x IN list | sum + x)`")
}

fn no_reduce(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Syntax, "`reduce` needs a start, a list and a step")
        .at(span, "cannot be read")
        .help("for example `reduce(sum = 0, x IN list | sum + x)`")
}
