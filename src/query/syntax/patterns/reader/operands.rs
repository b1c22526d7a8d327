//! Operands: values, and what is asked of them: properties, members, labels, functions.

use pest::iterators::{Pair, Pairs};

use crate::diagnostic::{Code, Diagnostic};

use super::super::super::pattern_tree::{Expression, ExpressionKind, PatternPart};
use super::super::super::tree::{Span, Spanned};
use super::super::grammar::Rule;
use super::super::roles::is_reserved;
use super::expressions::Term;
use super::graphs::labels;
use super::values::{number, text};
use super::{Outcome, Reader, name, next, place, unreadable};

impl Reader {
    /// A value with what is asked of it. A sign directly in front of a number is taken into it.
    pub(super) fn operand(&mut self, run: &mut Pairs<'_, Rule>, signs: &mut Vec<(bool, usize)>, whole: &Span) -> Outcome<Term> {
        let first = next(run, whole)?;
        let start = place(&first).start;
        let mut term = match first.as_rule() {
            Rule::word | Rule::quoted_name => self.named(first, run)?,
            Rule::number => {
                let sign = signs.pop_if(|(negative, _)| *negative && !run.peek().is_some_and(|pair| is_postfix(pair.as_rule())));
                number(first.as_str(), sign.map_or(start, |(_, start)| start)..place(&first).end, sign.is_some())?
            }
            Rule::text => Term::leaf(ExpressionKind::Text(text(&first)?), place(&first)),
            Rule::parameter => parameter(&first),
            Rule::group if begins_path(&first, run) => self.path_of_groups(first, run)?,
            Rule::group => self.group(first)?,
            Rule::list => self.list(first)?,
            Rule::map => self.map(first)?,
            Rule::case_expression => self.case(first)?,
            Rule::subquery => self.subquery(first)?,
            _ => return Err(unreadable(place(&first))),
        };
        while let Some(pair) = run.peek().filter(|pair| is_postfix(pair.as_rule())) {
            run.next();
            term = self.asked_of(term, start, pair)?;
        }
        Ok(term)
    }

    /// What begins with a word: a literal, a variable, or a function behind its namespace.
    fn named(&mut self, first: Pair<'_, Rule>, run: &mut Pairs<'_, Rule>) -> Outcome<Term> {
        let spaces = run.clone().take_while(|pair| pair.as_rule() == Rule::property).count();
        if run.clone().nth(spaces).is_none_or(|pair| pair.as_rule() != Rule::call) {
            return word(&first);
        }
        let mut function = name(&first);
        for part in run.by_ref().take(spaces).filter_map(|property| property.into_inner().next()) {
            let part = name(&part);
            function.value = format!("{}.{}", function.value, part.value);
            function.span.end = part.span.end;
        }
        let start = place(&first).start;
        let call = next(run, &(start..start))?;
        self.call(function, start..place(&call).end, call)
    }

    /// What a postfix asks of a value.
    fn asked_of(&mut self, term: Term, start: usize, pair: Pair<'_, Rule>) -> Outcome<Term> {
        let depth = term.depth;
        let span = start..place(&pair).end;
        match pair.as_rule() {
            Rule::property => {
                let key = name(&next(&mut pair.into_inner(), &span)?);
                Term::over(ExpressionKind::Property(term.boxed(), key), span, depth)
            }
            Rule::labels => Term::over(ExpressionKind::HasLabels(term.boxed(), labels(pair)), span, depth),
            Rule::index => self.index(term, pair, span),
            _ => Err(Diagnostic::error(Code::Syntax, "only a function's name can stand in front of parentheses")
                .at(place(&pair), "this is asked of a value")
                .help("put an operator between the two, or remove the parentheses")),
        }
    }

    /// `[a]`, `[a..b]`
    fn index(&mut self, term: Term, pair: Pair<'_, Rule>, span: Span) -> Outcome<Term> {
        let inside = place(&pair);
        let ((from, to, ranged), depth) = self.measured(|reader| {
            let (mut from, mut to, mut ranged) = (None, None, false);
            for part in pair.into_inner() {
                match part.as_rule() {
                    Rule::dots => ranged = true,
                    Rule::closing_square => {}
                    _ if ranged => to = Some(Box::new(reader.expression(part)?)),
                    _ => from = Some(Box::new(reader.expression(part)?)),
                }
            }
            Ok((from, to, ranged))
        })?;
        let depth = depth.max(term.depth);
        match (from, ranged) {
            (from, true) => Term::over(ExpressionKind::Range(term.boxed(), from, to), span, depth),
            (Some(index), false) => Term::over(ExpressionKind::Index(term.boxed(), index), span, depth),
            (None, false) => Err(Diagnostic::error(Code::Syntax, "the brackets behind a value are empty")
                .at(inside, "expected a position or a key")
                .help("the first member is `list[0]`, the first two are `list[0..2]`, a property is `node['name']`")),
        }
    }

    /// Parentheses round a value.
    fn group(&mut self, pair: Pair<'_, Rule>) -> Outcome<Term> {
        let span = place(&pair);
        let mut parts = pair.into_inner();
        let first = next(&mut parts, &span)?;
        let alone = parts.all(|part| part.as_rule() == Rule::closing_round);
        match first.as_rule() {
            Rule::expression if alone => {
                let (expression, depth) = self.measured(|reader| reader.expression(first))?;
                Ok(Term { expression: Expression { span, ..expression }, depth })
            }
            Rule::node_inside => labelled(first, &span).ok_or_else(|| lone_node(span)),
            _ => Err(lone_node(span)),
        }
    }

    /// Nodes and relationships in turn, where a value stands.
    fn path_of_groups(&mut self, first: Pair<'_, Rule>, run: &mut Pairs<'_, Rule>) -> Outcome<Term> {
        let mut span = place(&first);
        let (part, depth) = self.measured(|reader| {
            let start = reader.node(first)?;
            let mut steps = Vec::new();
            while continues_path(run) {
                let (Some(relationship), Some(node)) = (run.next(), run.next()) else { break };
                span.end = place(&node).end;
                steps.push((reader.relationship(relationship)?, reader.node(node)?));
            }
            Ok(PatternPart { variable: None, shortest: None, start, steps, span: span.clone() })
        })?;
        let span = part.span.clone();
        Term::over(ExpressionKind::Pattern(Box::new(part)), span, depth)
    }
}

fn is_postfix(rule: Rule) -> bool {
    matches!(rule, Rule::property | Rule::call | Rule::index | Rule::labels)
}

/// Whether a group is a node, and a path goes on behind it.
fn begins_path(group: &Pair<'_, Rule>, run: &Pairs<'_, Rule>) -> bool {
    run.peek().is_some_and(|pair| pair.as_rule() == Rule::relationship) && is_node(group) && continues_path(run)
}

/// Whether a relationship and a node follow.
fn continues_path(run: &Pairs<'_, Rule>) -> bool {
    let mut ahead = run.clone();
    let relationship = ahead.next().is_some_and(|pair| pair.as_rule() == Rule::relationship);
    relationship && ahead.next().is_some_and(|pair| pair.as_rule() == Rule::group && is_node(&pair))
}

/// Whether parentheses can be read as a node: all but those that hold an expression other than a map or a parameter.
fn is_node(group: &Pair<'_, Rule>) -> bool {
    let Some(first) = group.clone().into_inner().next() else { return false };
    if first.as_rule() != Rule::expression {
        return true;
    }
    let mut run = first.into_inner();
    run.next().is_some_and(|value| matches!(value.as_rule(), Rule::map | Rule::parameter)) && run.next().is_none()
}

/// A variable in parentheses, perhaps with labels: a value as well as a node.
fn labelled(inside: Pair<'_, Rule>, span: &Span) -> Option<Term> {
    let mut parts = inside.into_inner();
    let variable = word(&parts.next().filter(|part| super::is_name(part.as_rule()))?).ok()?;
    match (parts.next(), parts.next()) {
        (None, _) => Some(Term { expression: Expression { span: span.clone(), ..variable.expression }, depth: 0 }),
        (Some(part), None) if part.as_rule() == Rule::labels => Some(Term {
            expression: Expression { kind: ExpressionKind::HasLabels(variable.boxed(), labels(part)), span: span.clone() },
            depth: 1,
        }),
        _ => None,
    }
}

fn lone_node(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Syntax, "a node stands where a value is expected")
        .at(span, "no relationship follows")
        .help("a pattern holds a relationship: `(a)-->(b)`; whether there is such a node at all is asked with `EXISTS { MATCH … }`")
}

/// A literal or a variable.
fn word(pair: &Pair<'_, Rule>) -> Outcome<Term> {
    let typed = pair.as_str();
    let is = |literal: &str| typed.eq_ignore_ascii_case(literal);
    let kind = if is("true") || is("false") {
        ExpressionKind::Boolean(is("true"))
    } else if is("null") {
        ExpressionKind::Null
    } else if is_reserved(typed) {
        return Err(Diagnostic::error(Code::Syntax, format!("`{typed}` stands where a value is expected"))
            .at(place(pair), "a keyword")
            .help(format!("write the value in front of it; a variable of this name needs backquotes: `` `{typed}` ``")));
    } else {
        ExpressionKind::Variable(name(pair).value)
    };
    Ok(Term::leaf(kind, place(pair)))
}

fn parameter(pair: &Pair<'_, Rule>) -> Term {
    let typed = pair.as_str().trim_start_matches('$');
    let quoted = typed.strip_prefix('`').and_then(|inner| inner.strip_suffix('`'));
    let written: Spanned<String> =
        Spanned { value: quoted.map_or_else(|| typed.to_owned(), |inner| inner.replace("``", "`")), span: place(pair) };
    Term::leaf(ExpressionKind::Parameter(written.value), written.span)
}
