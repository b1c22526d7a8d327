//! Scope: what expressions see of a row in the making, the subqueries that they have run, and which variables an operator binds.

use std::collections::HashSet;
use std::rc::Rc;

use crate::algebra::{Operator, SubqueryKind, VariableId};
use crate::model::Value;

use super::super::evaluate::{Bindings, Fault, Subqueries, bounded};
use super::super::row::Row;
use super::Run;
use crate::engine::limits::Stopped;

/// A row, with the operator that made it.
pub(in super::super) struct Scope<'r, 'a> {
    pub run: &'r Run<'a>,
    pub row: &'r Row,
    pub below: &'r Operator,
}

impl Bindings for Scope<'_, '_> {
    fn value(&self, variable: VariableId) -> Value {
        self.row.value(variable)
    }

    fn borrowed(&self, variable: VariableId) -> Option<&Value> {
        self.row.borrowed(variable)
    }

    fn subqueries(&self) -> Option<&dyn Subqueries> {
        Some(self)
    }
}

impl Subqueries for Scope<'_, '_> {
    fn subquery(&self, kind: &SubqueryKind, plan: &Operator, bindings: &dyn Bindings) -> Result<Value, Stopped> {
        let mut argument = Row::empty(self.run.variables);
        let mut bound = self.run.bound(self.below).as_ref().clone();
        for (at, value) in (0..).zip(argument.values.iter_mut()) {
            *value = bindings.value(VariableId(at));
            if !value.is_null() {
                bound.insert(VariableId(at));
            }
        }
        let rows = self.run.within(argument, Rc::new(bound), plan)?;
        match kind {
            SubqueryKind::Exists => Ok(Value::Boolean(!rows.is_empty())),
            SubqueryKind::Count => {
                let count = rows.iter().fold(0_u64, |count, row| count.saturating_add(row.weight));
                Ok(Value::Integer(i64::try_from(count).unwrap_or(i64::MAX)))
            }
            SubqueryKind::Collect(expression) => {
                let mut values = Vec::new();
                for row in &rows {
                    let value = self.run.evaluator.value(expression, &self.run.scope(row, plan))?;
                    for _ in 0..row.weight {
                        self.run.guard.tick("computing values")?;
                        values.push(value.clone());
                    }
                }
                bounded(Value::List(values)).map_err(Fault::somewhere)
            }
        }
    }
}

impl Run<'_> {
    /// The rows that a plan makes of a row that binds these variables.
    pub(super) fn within(&self, argument: Row, bound: Rc<HashSet<VariableId>>, plan: &Operator) -> Result<Vec<Row>, Stopped> {
        self.arguments.borrow_mut().push((argument, bound));
        let rows = self.rows(plan);
        self.arguments.borrow_mut().pop();
        rows
    }

    /// The variables that the rows of an operator bind, those bound to null among them.
    pub(super) fn bound(&self, operator: &Operator) -> Rc<HashSet<VariableId>> {
        let mut bound = HashSet::new();
        self.gather(operator, &mut bound);
        Rc::new(bound)
    }

    fn gather(&self, operator: &Operator, bound: &mut HashSet<VariableId>) {
        match operator {
            Operator::Argument => {
                if let Some((_, outer)) = self.arguments.borrow().last() {
                    bound.extend(outer.iter());
                }
            }
            Operator::Unit => {}
            Operator::Entities { entity, .. } | Operator::Given { entity, .. } => bound.extend([*entity]),
            Operator::Expand { relation, to, .. } => bound.extend([*relation, *to]),
            Operator::Trail { relations, to, .. } => bound.extend([*relations, *to]),
            Operator::Meet { to, .. } | Operator::Reach { to, .. } => bound.extend([*to]),
            Operator::Signatures { from, relation_type, to } => bound.extend([from, relation_type, to].into_iter().flatten()),
            Operator::Mentions { relation, from, to, .. } | Operator::Relations { relation, from, to, .. } => {
                bound.extend([*relation, *from, *to]);
            }
            Operator::Call { yields, .. } => bound.extend(yields.iter().map(|(_, variable)| *variable)),
            Operator::Paths { path, .. } => bound.extend([*path]),
            Operator::Around { entity, distance, .. } => bound.extend([*entity, *distance]),
            Operator::Find { entity, matched, place, score, .. } => bound.extend([*entity, *matched, *place, *score]),
            Operator::About { statements, .. } => bound.extend([*statements]),
            Operator::Project { items, .. } => bound.extend(items.iter().map(|(variable, _)| *variable)),
            Operator::Unwind { element, .. } => bound.extend([*element]),
            Operator::Group { keys, aggregates, .. } => {
                bound.extend(keys.iter().chain(aggregates.iter().map(|(variable, _)| variable)));
            }
            Operator::Apply { .. }
            | Operator::Weigh { .. }
            | Operator::Merge { .. }
            | Operator::Asserted { .. }
            | Operator::Filter { .. }
            | Operator::Known { .. }
            | Operator::Distinct { .. }
            | Operator::Join { .. }
            | Operator::Union { .. }
            | Operator::Sort { .. }
            | Operator::Cite { .. }
            | Operator::Slice { .. } => {}
        }
        operator.inputs().into_iter().for_each(|input| self.gather(input, bound));
    }
}

/// Whether anything counts the rows for which a condition is unknown.
pub(super) fn holds_known(operator: &Operator) -> bool {
    matches!(operator, Operator::Known { .. }) || operator.inputs().into_iter().any(holds_known)
}
