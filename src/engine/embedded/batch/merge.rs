//! Merge: rows that agree in some variables as one, which weighs as much as they do together.

use crate::engine::limits::Stopped;

use super::keys::Keys;
use super::rows::{Batch, Ready};
use super::run::Run;
use super::{Boxed, Cursor};

/// Rows that agree in the keys as one; only the keys stay bound.
pub(super) struct Merge<'q> {
    input: Boxed<'q>,
    columns: Vec<usize>,
    keys: Keys,
    ready: Option<Ready>,
}

impl<'q> Merge<'q> {
    pub fn new(input: Boxed<'q>, columns: Vec<usize>) -> Merge<'q> {
        Merge { input, keys: Keys::new(columns.clone()), columns, ready: None }
    }

    fn gather(&mut self, run: &Run<'_>) -> Result<Batch, Stopped> {
        const DOING: &str = "merging equal rows";
        let (mut numbers, mut first) = (Vec::new(), Vec::new());
        let (mut merged, mut weights) = (Batch::default(), Vec::new());
        while let Some(batch) = self.input.next(run, run.batch)? {
            self.keys.number(&batch, &mut numbers, &mut first);
            run.guard.work(batch.length, DOING)?;
            let mut fresh = batch.gather(&first, &self.columns);
            (fresh.weights, fresh.marks) = (None, None);
            run.guard.made_many(merged.length, fresh.length as u64, fresh.bytes_each(), DOING)?;
            merged.append(fresh);
            weights.resize(self.keys.len(), 0_u64);
            match &batch.weights {
                None => numbers.iter().for_each(|number| weights[*number as usize] += 1),
                Some(others) => {
                    for (number, weight) in numbers.iter().zip(others) {
                        let sum = &mut weights[*number as usize];
                        *sum = sum.saturating_add(*weight);
                    }
                }
            }
        }
        merged.length = weights.len();
        merged.weights = Some(weights);
        Ok(merged)
    }
}

impl Cursor for Merge<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        if self.ready.is_none() {
            self.ready = Some(Ready::new(self.gather(run)?));
        }
        Ok(self.ready.as_mut().and_then(|ready| ready.next(want)))
    }

    fn restart(&mut self) {
        self.keys.clear();
        self.ready = None;
        self.input.restart();
    }
}
