//! Order: `ORDER BY`, `SKIP` and `LIMIT`, and the `WHERE` behind a projection.

use crate::algebra::Operator;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Value;
use crate::query::syntax::pattern_tree::{Expression as Tree, ExpressionKind, Projection};

use super::Resolver;
use super::aggregation::has_aggregate;
use super::constant::Number;
use super::expression::{Environment, Hidden, Known, without_blanks};
use super::fault;
use super::scope::Scope;

/// What can be used behind a projection.
pub(super) struct Ordering<'p> {
    /// The names before it.
    pub before: &'p Scope,
    /// The names that it gives.
    pub after: &'p Scope,
    /// Its expressions, with their columns.
    pub known: &'p [Known],
    /// Whether only what it projects can be used.
    pub closed: bool,
    /// Whether it aggregates.
    pub grouped: bool,
}

impl Resolver<'_> {
    /// The rows in their order.
    pub(super) fn ordered(&mut self, plan: Operator, projection: &Projection, ordering: &Ordering<'_>) -> Result<Operator, Diagnostic> {
        if projection.order.is_empty() {
            return Ok(plan);
        }
        let both = ordering.both();
        let environment = ordering.environment(&both, "ORDER BY, unless the clause projects it");
        let mut keys = Vec::with_capacity(projection.order.len());
        for (key, descending) in &projection.order {
            if has_aggregate(key) && !ordering.grouped {
                return Err(fault::aggregate_here(&key.span, environment.place));
            }
            let text = without_blanks(self.written_text(&key.span));
            if has_aggregate(key) && !ordering.known.iter().any(|known| known.text == text) {
                let simple: Vec<Known> = ordering.known.iter().filter(|known| known.simple).cloned().collect();
                let environment = Environment { known: &simple, hidden: Some((ordering.before, Hidden::NotAKey)), ..environment };
                keys.push(self.sort_key(key, *descending, &environment)?);
                continue;
            }
            keys.push(self.sort_key(key, *descending, &environment)?);
        }
        Ok(Operator::Sort { input: Box::new(plan), keys, columns: Vec::new() })
    }

    /// The rows that satisfy the condition behind a projection.
    pub(super) fn filtered(&mut self, plan: Operator, condition: &Tree, ordering: &Ordering<'_>) -> Result<Operator, Diagnostic> {
        let both = ordering.both();
        let environment = ordering.environment(&both, "WHERE");
        let conditions = self.conditions(condition, &environment)?;
        Ok(Operator::Filter { input: Box::new(plan), conditions })
    }

    /// The rows that `SKIP` and `LIMIT` leave.
    pub(super) fn sliced(&mut self, plan: Operator, projection: &Projection) -> Result<Operator, Diagnostic> {
        let skip = projection.skip.as_ref().map(|skip| self.row_count("SKIP", skip)).transpose()?;
        let limit = projection.limit.as_ref().map(|limit| self.row_count("LIMIT", limit)).transpose()?;
        if skip.is_none() && limit.is_none() {
            return Ok(plan);
        }
        Ok(Operator::Slice { input: Box::new(plan), skip: skip.unwrap_or(0), limit })
    }

    /// A number of rows: the same for the whole query, whole and not negative.
    fn row_count(&mut self, keyword: &str, tree: &Tree) -> Result<u64, Diagnostic> {
        // A parameter has its value only when the query runs.
        let mut of_parameter = false;
        let number = self.constant(tree, &mut of_parameter)?;
        let code = if of_parameter { Code::OutOfRange } else { Code::BadArguments };
        match number {
            Some(Number::Whole(number)) => u64::try_from(number).map_err(|_| fault::row_count(keyword, code, "negative", &tree.span)),
            Some(Number::Real(_)) => Err(fault::row_count(keyword, code, "not whole", &tree.span)),
            Some(Number::Other) => Err(fault::row_count(keyword, code, "no number", &tree.span)),
            None => Err(Diagnostic::error(Code::NotConstant, format!("{keyword} takes the same number for all rows"))
                .at(tree.span.clone(), "not constant")
                .help(format!("write a number, a parameter, or an expression of these: {keyword} $many"))),
        }
    }

    /// The value of a parameter, for a number of rows.
    pub(super) fn number_parameter(&self, tree: &Tree) -> Result<Option<Value>, Diagnostic> {
        match &tree.kind {
            ExpressionKind::Parameter(name) => self.parameter(name, &tree.span).map(Some),
            _ => Ok(None),
        }
    }
}

impl Ordering<'_> {
    /// The names that can be used: those of the projection win.
    fn both(&self) -> Scope {
        let mut scope = if self.closed { self.after.clone() } else { self.before.clone() };
        if !self.closed {
            for name in self.after.names() {
                if let Some(binding) = self.after.get(name) {
                    scope.bind(name, binding.clone());
                }
            }
        }
        scope
    }

    fn environment<'e>(&'e self, scope: &'e Scope, place: &'e str) -> Environment<'e> {
        let hidden = self.closed.then_some((self.before, Hidden::NotProjected));
        Environment { known: self.known, hidden, ..Environment::plain(scope, place) }
    }
}
