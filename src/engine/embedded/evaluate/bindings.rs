//! Bindings: what an expression sees of a row, and how it has a subquery run, whichever engine makes the rows.

use crate::algebra::{Operator, SubqueryKind, VariableId};
use crate::engine::limits::Stopped;
use crate::model::{EntityId, Value};

/// The values of the variables where an expression is evaluated.
pub(in crate::engine) trait Bindings {
    /// The value of a variable; `Null` where it is not bound.
    fn value(&self, variable: VariableId) -> Value;

    /// The value where it is at hand as such, so that it need not be copied.
    fn borrowed(&self, _variable: VariableId) -> Option<&Value> {
        None
    }

    /// The entity that a variable is bound to.
    fn entity(&self, variable: VariableId) -> Option<EntityId> {
        match self.value(variable) {
            Value::Entity(entity) => Some(entity),
            _ => None,
        }
    }

    /// Who runs the subqueries of expressions; without one, an expression that has a subquery cannot be computed.
    fn subqueries(&self) -> Option<&dyn Subqueries> {
        None
    }
}

/// Runs the plan of an expression's subquery.
pub(in crate::engine) trait Subqueries {
    /// What is wanted of the rows that the plan makes of these bindings.
    ///
    /// # Errors
    /// Why it was stopped before its end.
    fn subquery(&self, kind: &SubqueryKind, plan: &Operator, bindings: &dyn Bindings) -> Result<Value, Stopped>;
}

/// Bindings with one variable more, which only a part of an expression knows.
pub(in crate::engine) struct Local<'a> {
    pub under: &'a dyn Bindings,
    pub variable: VariableId,
    pub bound: &'a Value,
}

impl Bindings for Local<'_> {
    fn value(&self, variable: VariableId) -> Value {
        if variable == self.variable { self.bound.clone() } else { self.under.value(variable) }
    }

    fn borrowed(&self, variable: VariableId) -> Option<&Value> {
        if variable == self.variable { Some(self.bound) } else { self.under.borrowed(variable) }
    }

    fn subqueries(&self) -> Option<&dyn Subqueries> {
        self.under.subqueries()
    }
}
