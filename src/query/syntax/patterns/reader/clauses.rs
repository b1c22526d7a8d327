//! Clauses: what a query does, step by step.

use pest::iterators::{Pair, Pairs};

use super::super::super::pattern_tree::{Clause, ClauseKind, PatternQuery, Projection, ProjectionItem, SingleQuery, Yields};
use super::super::super::tree::{Span, Spanned};
use super::super::grammar::Rule;
use super::{Outcome, Reader, is_name, name, next, place, unreadable};
use crate::query::syntax::pattern_tree::Expression;

impl Reader {
    /// A query: parts, and the unions between them.
    pub(super) fn query(&mut self, pair: Pair<'_, Rule>) -> Outcome<PatternQuery> {
        let span = place(&pair);
        let (mut parts, mut unions) = (Vec::new(), Vec::new());
        for part in pair.into_inner() {
            if part.as_rule() == Rule::union {
                let span = place(&part);
                unions.push(Spanned { value: part.into_inner().next().is_some(), span });
            } else {
                parts.push(self.single_query(part)?);
            }
        }
        Ok(PatternQuery { parts, unions, span, text: std::sync::Arc::from("") })
    }

    fn single_query(&mut self, pair: Pair<'_, Rule>) -> Outcome<SingleQuery> {
        let span = place(&pair);
        let clauses = pair.into_inner().map(|clause| self.clause(clause)).collect::<Outcome<_>>()?;
        Ok(SingleQuery { clauses, span })
    }

    fn clause(&mut self, pair: Pair<'_, Rule>) -> Outcome<Clause> {
        let span = place(&pair);
        let rule = pair.as_rule();
        let pairs = pair.into_inner();
        let kind = match rule {
            Rule::match_clause => self.match_clause(pairs)?,
            Rule::unwind_clause => self.unwind(pairs, &span)?,
            Rule::with_clause => {
                let (projection, condition) = self.projection(pairs)?;
                ClauseKind::With { projection, condition }
            }
            Rule::return_clause => ClauseKind::Return(self.projection(pairs)?.0),
            _ => self.call_clause(pairs, &span)?,
        };
        Ok(Clause { kind, span })
    }

    fn match_clause(&mut self, pairs: Pairs<'_, Rule>) -> Outcome<ClauseKind> {
        let (mut optional, mut patterns, mut condition) = (false, Vec::new(), None);
        for part in pairs {
            match part.as_rule() {
                Rule::optional_word => optional = true,
                Rule::where_clause => condition = Some(self.condition(part)?),
                _ => patterns.push(self.path(part)?),
            }
        }
        Ok(ClauseKind::Match { optional, patterns, condition })
    }

    /// What stands behind `WHERE`.
    pub(super) fn condition(&mut self, pair: Pair<'_, Rule>) -> Outcome<Expression> {
        let span = place(&pair);
        self.expression(next(&mut pair.into_inner(), &span)?)
    }

    fn unwind(&mut self, mut pairs: Pairs<'_, Rule>, whole: &Span) -> Outcome<ClauseKind> {
        let list = self.expression(next(&mut pairs, whole)?)?;
        let variable = self.alias(next(&mut pairs, whole)?)?;
        Ok(ClauseKind::Unwind { list, variable })
    }

    fn alias(&mut self, pair: Pair<'_, Rule>) -> Outcome<Spanned<String>> {
        let span = place(&pair);
        Ok(name(&next(&mut pair.into_inner(), &span)?))
    }

    /// The projection, and the condition behind it.
    fn projection(&mut self, pairs: Pairs<'_, Rule>) -> Outcome<(Projection, Option<Expression>)> {
        let mut condition = None;
        let mut projection =
            Projection { distinct: false, everything: None, items: Vec::new(), order: Vec::new(), skip: None, limit: None };
        for part in pairs {
            match part.as_rule() {
                Rule::distinct_word => projection.distinct = true,
                Rule::everything => projection.everything = Some(place(&part)),
                Rule::item => projection.items.push(self.item(part)?),
                Rule::order => projection.order = self.order(part)?,
                Rule::skip => projection.skip = Some(self.condition(part)?),
                Rule::limit => projection.limit = Some(self.condition(part)?),
                _ => condition = Some(self.condition(part)?),
            }
        }
        Ok((projection, condition))
    }

    fn item(&mut self, pair: Pair<'_, Rule>) -> Outcome<ProjectionItem> {
        let span = place(&pair);
        let mut pairs = pair.into_inner();
        let expression = self.expression(next(&mut pairs, &span)?)?;
        let alias = pairs.next().map(|alias| self.alias(alias)).transpose()?;
        Ok(ProjectionItem { expression, alias })
    }

    fn order(&mut self, pair: Pair<'_, Rule>) -> Outcome<Vec<(Expression, bool)>> {
        pair.into_inner().filter(|key| key.as_rule() == Rule::sort_item).map(|key| self.sort_item(key)).collect()
    }

    fn sort_item(&mut self, pair: Pair<'_, Rule>) -> Outcome<(Expression, bool)> {
        let span = place(&pair);
        let mut pairs = pair.into_inner();
        let key = self.expression(next(&mut pairs, &span)?)?;
        let descending = pairs.next().is_some_and(|direction| direction.as_str().starts_with(['d', 'D']));
        Ok((key, descending))
    }

    fn call_clause(&mut self, mut pairs: Pairs<'_, Rule>, whole: &Span) -> Outcome<ClauseKind> {
        let first = next(&mut pairs, whole)?;
        if first.as_rule() == Rule::query {
            return Ok(ClauseKind::Subquery(Box::new(self.query(first)?)));
        }
        let span = place(&first);
        let names: Vec<String> = first.into_inner().map(|part| name(&part).value).collect();
        let procedure = Spanned { value: names.join("."), span };
        let (mut arguments, mut yields, mut condition) = (None, None, None);
        for part in pairs {
            match part.as_rule() {
                Rule::procedure_arguments => {
                    let values = part.into_inner().filter(|value| value.as_rule() == Rule::expression);
                    arguments = Some(values.map(|value| self.expression(value)).collect::<Outcome<_>>()?);
                }
                Rule::yields => yields = Some(self.yields(part)?),
                _ => condition = Some(self.condition(part)?),
            }
        }
        Ok(ClauseKind::Call { procedure, arguments, yields, condition })
    }

    fn yields(&mut self, pair: Pair<'_, Rule>) -> Outcome<Yields> {
        let mut columns = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::everything => return Ok(Yields::Every(true)),
                Rule::nothing => return Ok(Yields::Every(false)),
                _ => columns.push(self.yield_item(part)?),
            }
        }
        Ok(Yields::Columns(columns))
    }

    fn yield_item(&mut self, pair: Pair<'_, Rule>) -> Outcome<(Spanned<String>, Option<Spanned<String>>)> {
        let span = place(&pair);
        let mut pairs = pair.into_inner();
        let column = next(&mut pairs, &span)?;
        if !is_name(column.as_rule()) {
            return Err(unreadable(span));
        }
        let alias = pairs.next().map(|alias| self.alias(alias)).transpose()?;
        Ok((name(&column), alias))
    }
}
