//! Aggregation: aggregates in expressions, collected for the operator that groups the rows.

use crate::algebra::{Aggregate, AggregateFunction, Expression, VariableId};
use crate::diagnostic::{Code, Diagnostic};
use crate::query::syntax::pattern_tree::{Expression as Tree, ExpressionKind};
use crate::query::syntax::tree::Spanned;

use super::Resolver;
use super::expression::{Environment, Sorted};
use super::fault;
use super::scope::Scope;
use super::sort::Sort;

/// Aggregates by name, with the number of their arguments and how those are shown.
const AGGREGATES: &[(&str, AggregateFunction, usize, &str)] = &[
    ("count", AggregateFunction::Count, 1, "value"),
    ("sum", AggregateFunction::Sum, 1, "number"),
    ("avg", AggregateFunction::Average, 1, "number"),
    ("min", AggregateFunction::Minimum, 1, "value"),
    ("max", AggregateFunction::Maximum, 1, "value"),
    ("collect", AggregateFunction::Collect, 1, "value"),
    ("stDev", AggregateFunction::StandardDeviation, 1, "number"),
    ("stDevP", AggregateFunction::PopulationStandardDeviation, 1, "number"),
    ("percentileCont", AggregateFunction::PercentileContinuous, 2, "number, percentile"),
    ("percentileDisc", AggregateFunction::PercentileDiscrete, 2, "number, percentile"),
];

/// The place of an expression within an aggregate, as messages call it.
const WITHIN: &str = "another aggregate";

/// Rows while they are grouped.
pub(super) struct Grouping {
    /// What an aggregate sees.
    pub before: Scope,
    /// The aggregates so far.
    pub aggregates: Vec<(VariableId, Aggregate)>,
}

/// The aggregate that a name stands for.
pub(super) fn aggregate(name: &str) -> Option<(&'static str, AggregateFunction, usize, &'static str)> {
    AGGREGATES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name)).copied()
}

/// The names of the aggregates.
pub(super) fn aggregate_names() -> impl Iterator<Item = &'static str> {
    AGGREGATES.iter().map(|(name, ..)| *name)
}

/// Whether there is an aggregate in an expression; those of a subquery are its own.
pub(super) fn has_aggregate(tree: &Tree) -> bool {
    let mut open = vec![tree];
    while let Some(next) = open.pop() {
        match &next.kind {
            ExpressionKind::CountRows => return true,
            ExpressionKind::Call { name, .. } if aggregate(&name.value).is_some() => return true,
            _ => children(next, &mut open),
        }
    }
    false
}

/// The expressions that an expression is made of.
fn children<'t>(tree: &'t Tree, found: &mut Vec<&'t Tree>) {
    match &tree.kind {
        ExpressionKind::List(members) | ExpressionKind::Call { arguments: members, .. } => found.extend(members),
        ExpressionKind::Map(entries) => found.extend(entries.iter().map(|(_, value)| value)),
        ExpressionKind::Not(inner)
        | ExpressionKind::Negate(inner)
        | ExpressionKind::Plus(inner)
        | ExpressionKind::IsPresent(inner, _)
        | ExpressionKind::HasLabels(inner, _)
        | ExpressionKind::Property(inner, _) => found.push(inner),
        ExpressionKind::Binary(_, left, right) | ExpressionKind::Index(left, right) => found.extend([left.as_ref(), right.as_ref()]),
        ExpressionKind::Comparison(first, others) => {
            found.push(first);
            found.extend(others.iter().map(|(_, other)| other));
        }
        ExpressionKind::Range(of, from, to) => {
            found.push(of);
            found.extend([from, to].into_iter().filter_map(|end| end.as_deref()));
        }
        ExpressionKind::Case { operand, branches, otherwise } => {
            found.extend([operand, otherwise].into_iter().filter_map(|part| part.as_deref()));
            found.extend(branches.iter().flat_map(|(when, then)| [when, then]));
        }
        ExpressionKind::Comprehension { list, condition, projection, .. } => {
            found.push(list);
            found.extend([condition, projection].into_iter().filter_map(|part| part.as_deref()));
        }
        ExpressionKind::Quantified { list, condition, .. } => {
            found.push(list);
            found.extend(condition.as_deref());
        }
        ExpressionKind::Reduce { initial, list, step, .. } => found.extend([initial.as_ref(), list.as_ref(), step.as_ref()]),
        _ => {}
    }
}

impl Resolver<'_> {
    /// `count(*)`
    pub(super) fn count_rows(&mut self, tree: &Tree, environment: &Environment<'_>) -> Result<Sorted, Diagnostic> {
        let aggregate = Aggregate::Of { function: AggregateFunction::Count, argument: None, distinct: false, parameter: None };
        self.aggregated(tree, "count", aggregate, Sort::Integer, environment)
    }

    /// An aggregate of an expression.
    pub(super) fn aggregate_call(
        &mut self,
        tree: &Tree,
        name: &Spanned<String>,
        distinct: bool,
        arguments: &[Tree],
        environment: &Environment<'_>,
    ) -> Result<Sorted, Diagnostic> {
        let Some((known, function, takes, shown)) = aggregate(&name.value) else {
            return Err(fault::unknown_function(name, aggregate_names()));
        };
        let [value, others @ ..] = arguments else {
            return Err(fault::argument_count(known, (takes, Some(takes)), shown, 0, &tree.span));
        };
        if arguments.len() != takes {
            return Err(fault::argument_count(known, (takes, Some(takes)), shown, arguments.len(), &tree.span));
        }
        let Some(grouping) = environment.grouping else { return Err(misplaced(tree, environment)) };
        let before = grouping.borrow().before.clone();
        let within = Environment::plain(&before, WITHIN);
        let chance = std::mem::take(&mut self.chance);
        let (argument, sort) = self.expression(value, &within)?;
        let parameter = others.first().map(|parameter| self.expression(parameter, &within)).transpose()?.map(|(parameter, _)| parameter);
        if std::mem::replace(&mut self.chance, chance) {
            return Err(Diagnostic::error(Code::NotConstant, "an aggregate cannot be computed of what changes at each look")
                .at(value.span.clone(), "rand() within an aggregate")
                .help("bind it first: WITH rand() AS number RETURN count(number)"));
        }
        let sort = match function {
            AggregateFunction::Count => Sort::Integer,
            AggregateFunction::Collect => Sort::list_of(sort),
            AggregateFunction::Minimum | AggregateFunction::Maximum => sort,
            _ => Sort::Any,
        };
        let aggregate = Aggregate::Of { function, argument: Some(argument), distinct, parameter };
        self.aggregated(tree, known, aggregate, sort, environment)
    }

    fn aggregated(
        &mut self,
        tree: &Tree,
        name: &str,
        aggregate: Aggregate,
        sort: Sort,
        environment: &Environment<'_>,
    ) -> Result<Sorted, Diagnostic> {
        let Some(grouping) = environment.grouping else { return Err(misplaced(tree, environment)) };
        let same = grouping.borrow().aggregates.iter().find(|(_, known)| *known == aggregate).map(|(variable, _)| *variable);
        let variable = same.unwrap_or_else(|| {
            let variable = self.variable(&format!("_{name}"));
            grouping.borrow_mut().aggregates.push((variable, aggregate));
            variable
        });
        Ok((Expression::Variable(variable), sort))
    }
}

fn misplaced(tree: &Tree, environment: &Environment<'_>) -> Diagnostic {
    fault::aggregate_here(&tree.span, environment.place)
}
