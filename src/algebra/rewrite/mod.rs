//! Rewrite: a query that gives the same rows for less work. Each pass has its own file, says why it is right, and can be
//! switched off.

mod aliases;
mod bare;
mod constants;
mod counts;
mod emit;
mod estimate;
mod identity;
mod late;
mod order;
mod planner;
mod reach;
mod region;
mod set;
mod uniqueness;
mod walk;

use planner::{Ask, Multiplicity, Planner};
use set::VariableSet;
use walk::{Part, expression_parts, operator_parts};

use super::{Expression, Layout, Operator, Query};
use crate::model::Statistics;

pub use estimate::estimate;

/// Which rewrites may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passes {
    /// Ids stand for their entities, aliases for what they name.
    pub identity: bool,
    /// Conditions are tested where their variables are bound; kinds that are certain are not tested.
    pub pushdown: bool,
    /// Relations that cannot be the same are not compared.
    pub uniqueness: bool,
    /// Patterns are matched in the cheapest order.
    pub order: bool,
    /// What is only counted is not listed.
    pub counts: bool,
    /// One partner is enough where it is asked whether there is one; equal rows are united early where each counts once.
    pub existence: bool,
    /// Ends of trails are found without listing the trails.
    pub reach: bool,
    /// Values are computed for the rows that are left.
    pub late: bool,
}

impl Passes {
    /// Every rewrite.
    pub const ALL: Passes =
        Passes { identity: true, pushdown: true, uniqueness: true, order: true, counts: true, existence: true, reach: true, late: true };

    /// No rewrite.
    pub const NONE: Passes = Passes {
        identity: false,
        pushdown: false,
        uniqueness: false,
        order: false,
        counts: false,
        existence: false,
        reach: false,
        late: false,
    };

    /// All rewrites but one, for each of them, with its name.
    pub fn each_left_out() -> [(&'static str, Passes); 8] {
        [
            ("identity", Passes { identity: false, ..Passes::ALL }),
            ("pushdown", Passes { pushdown: false, ..Passes::ALL }),
            ("uniqueness", Passes { uniqueness: false, ..Passes::ALL }),
            ("order", Passes { order: false, ..Passes::ALL }),
            ("counts", Passes { counts: false, ..Passes::ALL }),
            ("existence", Passes { existence: false, ..Passes::ALL }),
            ("reach", Passes { reach: false, ..Passes::ALL }),
            ("late", Passes { late: false, ..Passes::ALL }),
        ]
    }
}

/// What is wanted of the rows of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Their values.
    Rows,
    /// Their values, and the relations that support each.
    Evidence,
}

/// A query as it is run.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// The query; its columns are those of the one that was planned, and its first variables are, too.
    pub query: Query,
}

/// Plans a query: the same rows, in some order where none is asked for, by other operators.
///
/// A query that tells rows left out as unknown from others ([`Operator::Known`]) is left as it is, since what a condition
/// meets there depends on where it stands.
pub fn plan(query: &Query, statistics: &dyn Statistics, passes: Passes, demand: Demand) -> Planned {
    let mut query = query.clone();
    if passes.late {
        late::statements_last(&mut query.root);
    }
    if passes.counts && demand == Demand::Rows && leaves_nothing_out(&query, statistics) {
        bare::bare(&mut query.root);
    }
    if passes == Passes::NONE || tells_unknown(&query.root) {
        return Planned { query };
    }
    if passes.identity {
        aliases::resolve(&mut query.root, &mut query.columns, &mut query.layout);
    }
    let mut needed = VariableSet::of(query.columns.iter().map(|column| column.variable));
    if let Layout::Pivot { row, across, relations, .. } = &query.layout {
        [row, across, relations].into_iter().for_each(|variable| needed.insert(*variable));
    }
    let mut planner = Planner {
        statistics,
        passes,
        counts_denials: false,
        variables: std::mem::take(&mut query.variables),
        entities: entities(&query.root),
    };
    planner.counts_denials = demand == Demand::Evidence && planner.meets_denials(&query.root);
    let ask = Ask {
        needed,
        multiplicity: Multiplicity::Each,
        outer: VariableSet::default(),
        within: false,
        evidence: demand == Demand::Evidence,
    };
    query.root = planner.operator(query.root, &ask);
    query.variables = planner.variables;
    Planned { query }
}

/// Whether a query leaves no row out, neither as unknown nor as denied.
pub fn leaves_nothing_out(query: &Query, statistics: &dyn Statistics) -> bool {
    if bare::has_conditions(&query.root) {
        return false;
    }
    let planner =
        Planner { statistics, passes: Passes::NONE, counts_denials: false, variables: Vec::new(), entities: VariableSet::default() };
    !planner.meets_denials(&query.root)
}

/// Whether rows that are left out as unknown are counted.
fn tells_unknown(operator: &Operator) -> bool {
    matches!(operator, Operator::Known { .. }) || operator.inputs().into_iter().any(tells_unknown)
}

/// The variables that are bound by matching entities, and by nothing else.
fn entities(root: &Operator) -> VariableSet {
    let (mut matched, mut other) = (VariableSet::default(), VariableSet::default());
    sort_variables(root, &mut matched, &mut other);
    other.iter().for_each(|variable| matched.remove(variable));
    matched
}

fn sort_variables(operator: &Operator, matched: &mut VariableSet, other: &mut VariableSet) {
    match operator {
        Operator::Entities { entity, .. } | Operator::Given { entity, .. } | Operator::Find { entity, .. } => matched.insert(*entity),
        Operator::Expand { relation, to, .. } | Operator::Trail { relations: relation, to, .. } => {
            matched.insert(*to);
            other.insert(*relation);
        }
        Operator::Mentions { from, to, .. } | Operator::Relations { from, to, .. } => {
            [from, to].into_iter().for_each(|variable| matched.insert(*variable));
        }
        Operator::Around { entity, .. } => matched.insert(*entity),
        Operator::Call { yields, .. } => yields.iter().for_each(|(_, variable)| other.insert(*variable)),
        Operator::Project { items, .. } => items.iter().for_each(|(variable, _)| other.insert(*variable)),
        Operator::Unwind { element, .. } => other.insert(*element),
        Operator::Group { aggregates, .. } => aggregates.iter().for_each(|(variable, _)| other.insert(*variable)),
        Operator::Paths { path, .. } => other.insert(*path),
        _ => {}
    }
    operator_parts(operator, &mut |part| match part {
        Part::Operator(input) => sort_variables(input, matched, other),
        Part::Expression(expression) => sort_within(expression, matched, other),
        Part::Variable(_) => {}
    });
}

fn sort_within(expression: &Expression, matched: &mut VariableSet, other: &mut VariableSet) {
    match expression {
        Expression::Quantified { element, .. } | Expression::Comprehension { element, .. } => other.insert(*element),
        Expression::Reduce { accumulator, element, .. } => [accumulator, element].into_iter().for_each(|variable| other.insert(*variable)),
        _ => {}
    }
    expression_parts(expression, &mut |part| match part {
        Part::Operator(plan) => sort_variables(plan, matched, other),
        Part::Expression(inner) => sort_within(inner, matched, other),
        Part::Variable(_) => {}
    });
}
