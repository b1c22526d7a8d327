//! Slice: the first rows, and nothing made beyond them.

use crate::engine::limits::Stopped;

use super::rows::Batch;
use super::run::Run;
use super::{Boxed, Cursor};

/// The first rows.
pub(super) struct Slice<'q> {
    input: Boxed<'q>,
    skip: u64,
    limit: Option<u64>,
    /// How many rows are still to be left out, and how many may still be made.
    left: (u64, Option<u64>),
    /// Whether the input is run to its end, for what it counts.
    drains: bool,
}

impl<'q> Slice<'q> {
    pub fn new(input: Boxed<'q>, skip: u64, limit: Option<u64>, drains: bool) -> Slice<'q> {
        Slice { input, skip, limit, left: (skip, limit), drains }
    }
}

impl Cursor for Slice<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        let (skip, limit) = &mut self.left;
        if *limit == Some(0) {
            while self.drains && self.input.next(run, run.batch)?.is_some() {}
            return Ok(None);
        }
        let most = limit.map_or(u64::MAX, |limit| limit.saturating_add(*skip));
        let Some(batch) = self.input.next(run, usize::try_from(most).unwrap_or(run.batch).min(want.max(1)).min(run.batch))? else {
            return Ok(None);
        };
        let mut rows: Vec<u32> = Vec::new();
        let mut weights: Vec<u64> = Vec::new();
        for row in 0..batch.length {
            let mut weight = batch.weight(row);
            let skipped = weight.min(*skip);
            *skip -= skipped;
            weight -= skipped;
            if let Some(limit) = limit {
                weight = weight.min(*limit);
                *limit -= weight;
            }
            if weight > 0 {
                rows.push(row as u32);
                weights.push(weight);
            }
        }
        let weighted = batch.weights.is_some();
        let mut kept = batch.keep(&rows);
        kept.weights = weighted.then_some(weights);
        Ok(Some(kept))
    }

    fn restart(&mut self) {
        self.left = (self.skip, self.limit);
        self.input.restart();
    }
}
