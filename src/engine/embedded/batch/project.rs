//! Project: variables bound to the values of expressions.

use crate::algebra::{Expression, VariableId};
use crate::engine::limits::Stopped;

use super::rows::Batch;
use super::run::Run;
use super::{Boxed, Cursor};

/// Binds variables to the values of expressions.
pub(super) struct Project<'q> {
    pub input: Boxed<'q>,
    pub items: Vec<(VariableId, &'q Expression)>,
    /// What nobody asks for behind it.
    pub drop: Vec<usize>,
    /// Rows that came from below and were not asked for yet.
    pub rest: Option<Batch>,
}

impl Cursor for Project<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        let came = match self.rest.take() {
            Some(rest) => Some(rest),
            None => self.input.next(run, want)?,
        };
        let Some(mut batch) = came else { return Ok(None) };
        // Rows that nobody may look at are not computed yet.
        const FEW: usize = 16;
        if batch.length > want.max(FEW) {
            self.rest = Some(batch.split(want.max(FEW)));
        }
        for (variable, expression) in &self.items {
            let column = run.column(expression, &batch)?;
            batch.bind(variable.index(), column);
        }
        self.drop.iter().for_each(|at| drop(batch.take(*at)));
        Ok(Some(batch))
    }

    fn restart(&mut self) {
        self.rest = None;
        self.input.restart();
    }
}
