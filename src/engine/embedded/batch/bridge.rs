//! Bridge: operators that the row engine runs for this one: those that work on few rows, and mostly on names.

use crate::algebra::Operator;
use crate::engine::limits::Stopped;

use super::super::row::Row;
use super::needs::{self, Needs};
use super::rows::{Batch, Ready};
use super::run::Run;
use super::{Boxed, Cursor};

/// An operator that the row engine runs.
pub(super) struct Bridge<'q> {
    operator: &'q Operator,
    input: Option<Boxed<'q>>,
    marked: bool,
    ready: Option<Ready>,
}

impl<'q> Bridge<'q> {
    pub fn new(operator: &'q Operator, input: Option<Boxed<'q>>, marked: bool) -> Bridge<'q> {
        Bridge { operator, input, marked, ready: None }
    }

    fn make(&mut self, run: &Run<'_>) -> Result<Batch, Stopped> {
        let mut bound = Needs::default();
        let mut rows: Vec<Row> = Vec::new();
        if let Operator::Paths { input, from, to, hops, .. } = self.operator
            && !hops.parallel
        {
            bound = bound.and(&[*from, *to]);
            rows = run.row_engine().ends_of_paths(input)?;
        } else if let Some(input) = &mut self.input {
            while let Some(batch) = input.next(run, run.batch)? {
                bound = (0..run.variables).filter(|at| batch.column(*at).is_bound()).fold(bound, |mut bound, at| {
                    bound.add(at);
                    bound
                });
                run.guard.made_many(rows.len(), batch.total(), batch.bytes_each(), "gathering rows")?;
                rows.extend(batch.into_rows(run.variables));
            }
        }
        let made = run.row_engine().over(self.operator, rows)?;
        let bound = needs::bound(self.operator, &Needs::default()).united(&bound);
        Ok(Batch::of_rows(made, &bound.positions(), self.marked))
    }
}

impl Cursor for Bridge<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        if self.ready.is_none() {
            self.ready = Some(Ready::new(self.make(run)?));
        }
        Ok(self.ready.as_mut().and_then(|ready| ready.next(want)))
    }

    fn restart(&mut self) {
        self.ready = None;
        self.input.iter_mut().for_each(|input| input.restart());
    }
}
