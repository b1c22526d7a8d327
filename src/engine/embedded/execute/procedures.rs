//! Procedures: the rows of `CALL`.

use crate::algebra::{Expression, Operator, Procedure, VariableId};

use super::super::evaluate::Fault;
use super::super::row::Row;
use super::Run;
use crate::engine::limits::Stopped;

impl Run<'_> {
    /// For each row, the rows of a procedure.
    pub(super) fn call(
        &self,
        input: &Operator,
        procedure: Procedure,
        arguments: &[Expression],
        _yields: &[(usize, VariableId)],
    ) -> Result<Vec<Row>, Stopped> {
        let Some(row) = self.rows(input)?.into_iter().next() else { return Ok(Vec::new()) };
        for argument in arguments {
            self.evaluator.value(argument, &self.scope(&row, input))?;
        }
        Err(Fault::wrong_argument(format!("the procedure {procedure:?} cannot be run yet")).somewhere())
    }
}
