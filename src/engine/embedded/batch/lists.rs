//! Lists: one row for each member of a list.

use crate::algebra::Expression;
use crate::engine::limits::Stopped;
use crate::model::Value;

use super::column::Column;
use super::rows::Batch;
use super::run::Run;
use super::{Boxed, Cursor};

/// For each row, one row for each member of a list.
pub(super) struct Unwind<'q> {
    pub input: Boxed<'q>,
    pub list: &'q Expression,
    pub element: usize,
    pub keep_empty: bool,
    pub keep: Vec<usize>,
    current: Option<(Batch, usize, Value, usize)>,
}

impl<'q> Unwind<'q> {
    pub fn new(input: Boxed<'q>, list: &'q Expression, element: usize, keep_empty: bool, keep: Vec<usize>) -> Unwind<'q> {
        Unwind { input, list, element, keep_empty, keep, current: None }
    }
}

impl Cursor for Unwind<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        const DOING: &str = "unfolding lists";
        let limit = want.clamp(1, run.batch);
        loop {
            let Some((batch, row, list, from)) = &mut self.current else {
                let Some(batch) = self.input.next(run, want)? else { return Ok(None) };
                if batch.length > 0 {
                    let list = run.value(self.list, &batch, 0)?;
                    self.current = Some((batch, 0, list, 0));
                }
                continue;
            };
            let (mut rows, mut values) = (Vec::new(), Vec::new());
            let mut more = true;
            while values.len() < limit {
                let members = list.members();
                if members.is_empty() && self.keep_empty {
                    rows.push(*row as u32);
                    values.push(Value::Null);
                }
                let part = &members[*from..members.len().min(*from + limit - values.len().min(limit))];
                rows.resize(rows.len() + part.len(), *row as u32);
                values.extend_from_slice(part);
                *from += part.len();
                if *from < members.len() {
                    continue;
                }
                (*row, *from) = (*row + 1, 0);
                if *row >= batch.length {
                    more = false;
                    break;
                }
                *list = run.value(self.list, batch, *row)?;
            }
            run.guard.work(values.len(), DOING)?;
            let mut made = batch.gather(&rows, &self.keep);
            made.bind(self.element, Column::Values(values));
            if !more {
                self.current = None;
            }
            return Ok(Some(made));
        }
    }

    fn restart(&mut self) {
        self.current = None;
        self.input.restart();
    }
}
