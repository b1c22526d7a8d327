//! Over: one operator over rows that another engine made.

use std::rc::Rc;

use crate::algebra::{Operator, VariableId};

use super::super::row::Row;
use super::Run;
use crate::engine::limits::Stopped;

impl Run<'_> {
    /// The rows that an operator makes of these, whatever its input says: one that looks up or searches, or runs a procedure.
    pub fn over(&self, operator: &Operator, input: Vec<Row>) -> Result<Vec<Row>, Stopped> {
        match operator {
            Operator::Paths { from, to, path, hops, .. } => self.paths(&input, (*from, *to, *path), hops),
            Operator::Around { centre, entity, distance, routes, within, .. } => {
                self.around(&input, (*centre, *entity, *distance), routes, *within)
            }
            Operator::Mentions { entity, relation, from, to, .. } => self.mentions(&input, *entity, (*from, *relation, *to)),
            Operator::About { entity, statements, cited, .. } => self.about(input, *entity, *statements, *cited),
            Operator::Call { procedure, arguments, yields, .. } => {
                let argument = Box::new(Operator::Argument);
                let plan = Operator::Call { input: argument, procedure: *procedure, arguments: arguments.clone(), yields: yields.clone() };
                let mut rows = Vec::new();
                for row in input {
                    let bound = (0..).map(VariableId).zip(&row.values).filter(|(_, value)| !value.is_null());
                    let bound = Rc::new(bound.map(|(variable, _)| variable).collect());
                    rows.append(&mut self.within(row, bound, &plan)?);
                }
                self.evaluator.forget();
                Ok(rows)
            }
            leaf => self.rows(leaf),
        }
    }
}
