//! Union: the rows of several inputs, one after the other.

use crate::engine::limits::Stopped;

use super::rows::Batch;
use super::run::Run;
use super::{Boxed, Cursor};

/// The rows of all inputs, one after the other.
pub(super) struct Union<'q> {
    pub inputs: Vec<Boxed<'q>>,
    pub at: usize,
}

impl Cursor for Union<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        while let Some(input) = self.inputs.get_mut(self.at) {
            if let Some(batch) = input.next(run, want)? {
                return Ok(Some(batch));
            }
            self.at += 1;
        }
        Ok(None)
    }

    fn restart(&mut self) {
        self.at = 0;
        self.inputs.iter_mut().for_each(|input| input.restart());
    }
}
