//! Subquery: patterns and queries within expressions, over the row that they stand in.

use crate::algebra::{Expression, Function, Operator, SubqueryKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Value;
use crate::query::syntax::pattern_tree::{Expression as Tree, ExpressionKind, NodePattern, PatternPart, Subquery};
use crate::query::syntax::tree::Span;

use super::clauses::{Ending, Rows};
use super::expression::{Environment, Sorted};
use super::matching::Match;
use super::sort::Sort;
use super::{Resolver, written};

impl Resolver<'_> {
    /// `EXISTS { }`, `COUNT { }`, pattern comprehensions and shortest paths.
    pub(super) fn subquery(&mut self, tree: &Tree, environment: &Environment<'_>) -> Result<Sorted, Diagnostic> {
        match &tree.kind {
            ExpressionKind::Exists(subquery) => {
                let plan = self.subquery_plan(subquery, environment)?;
                Ok((Expression::Subquery(SubqueryKind::Exists, Box::new(plan)), Sort::Boolean))
            }
            ExpressionKind::Count(subquery) => {
                let plan = self.subquery_plan(subquery, environment)?;
                Ok((Expression::Subquery(SubqueryKind::Count, Box::new(plan)), Sort::Integer))
            }
            ExpressionKind::PatternComprehension { pattern, condition, projection } => {
                let rows = self.over_row(environment);
                let rows = self.matching(rows, std::slice::from_ref(pattern.as_ref()), condition.as_deref())?;
                let place = "a pattern comprehension";
                let (projection, sort) =
                    self.expression(projection, &Environment { hidden: environment.hidden, ..Environment::plain(&rows.scope, place) })?;
                Ok((Expression::Subquery(SubqueryKind::Collect(Box::new(projection)), Box::new(rows.plan)), Sort::list_of(sort)))
            }
            ExpressionKind::Pattern(part) if part.shortest.is_some() => self.shortest_path(part, &tree.span, environment),
            _ => Err(pattern_here(&tree.span)),
        }
    }

    /// `(a)-->(b)` as a condition: there is such a way.
    pub(super) fn pattern_predicate(&mut self, part: &PatternPart, environment: &Environment<'_>) -> Result<Expression, Diagnostic> {
        self.check_names(part, environment)?;
        let rows = self.over_row(environment);
        let rows = self.matching(rows, std::slice::from_ref(part), None)?;
        Ok(Expression::Subquery(SubqueryKind::Exists, Box::new(rows.plan)))
    }

    /// `shortestPath((a)-[*]-(b))` as a value.
    fn shortest_path(&mut self, part: &PatternPart, span: &Span, environment: &Environment<'_>) -> Result<Sorted, Diagnostic> {
        self.check_names(part, environment)?;
        let mut matching = Match::new(self.over_row(environment));
        self.shortest(&mut matching, part)?;
        let rows = self.finish_match(matching, None)?;
        let Some(path) = path_of(&rows.plan) else { return Ok((Expression::Literal(Value::Null), Sort::Null)) };
        let paths = Expression::Subquery(SubqueryKind::Collect(Box::new(Expression::Variable(path))), Box::new(rows.plan));
        if part.shortest == Some(true) {
            return Ok((paths, Sort::list_of(Sort::Path)));
        }
        Ok((Expression::Call(Function::Head, vec![paths], written(span)), Sort::Path))
    }

    fn subquery_plan(&mut self, subquery: &Subquery, environment: &Environment<'_>) -> Result<Operator, Diagnostic> {
        match subquery {
            Subquery::Patterns(patterns, condition) => {
                let rows = self.over_row(environment);
                Ok(self.matching(rows, patterns, condition.as_ref())?.plan)
            }
            Subquery::Query(query) => {
                let scope = environment.scope.around();
                Ok(self.parts(query, &Operator::Argument, &scope, Ending::Free)?.0)
            }
        }
    }

    /// The row that an expression is computed for.
    fn over_row(&self, environment: &Environment<'_>) -> Rows {
        Rows { plan: Operator::Argument, scope: environment.scope.around() }
    }

    /// A pattern that is a condition gives no names: those that it uses must be there.
    fn check_names(&mut self, part: &PatternPart, environment: &Environment<'_>) -> Result<(), Diagnostic> {
        let mut nodes: Vec<&NodePattern> = vec![&part.start];
        for (relationship, node) in &part.steps {
            if let Some(name) = &relationship.variable {
                self.lookup(&name.value, &name.span, environment)?;
            }
            nodes.push(node);
        }
        for name in nodes.into_iter().filter_map(|node| node.variable.as_ref()) {
            self.lookup(&name.value, &name.span, environment)?;
        }
        Ok(())
    }
}

/// The path that the last operator binds.
fn path_of(plan: &Operator) -> Option<crate::algebra::VariableId> {
    match plan {
        Operator::Paths { path, .. } => Some(*path),
        Operator::Project { input, .. } | Operator::Filter { input, .. } => path_of(input),
        _ => None,
    }
}

/// A pattern where a value is wanted.
pub(super) fn pattern_here(span: &Span) -> Diagnostic {
    Diagnostic::error(Code::Syntax, "a pattern is a condition, and a value is wanted here")
        .at(span.clone(), "a pattern")
        .help("ask whether it is there with EXISTS { … }, how often with COUNT { … }, or list what it finds: [(a)-->(b) | b]")
}
