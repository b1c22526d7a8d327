//! Batch: the engine that makes rows some hundreds at a time, column by column, and nothing that is not asked for.
//!
//! A tree of operators is compiled into a tree of cursors. A cursor is pulled for its next batch and pulls its inputs in
//! turn, so that what stops early makes nothing more. Columns that nobody above asks for are not made, and what supports
//! a row is gathered only where evidence is asked for.

mod apply;
mod bridge;
mod call;
mod column;
mod compile;
mod conditions;
mod distinct;
mod entities;
mod expand;
mod group;
mod join;
mod keys;
mod lists;
mod meet;
mod memo;
mod merge;
mod needs;
mod predicate;
mod profile;
mod project;
mod reach;
mod rows;
mod run;
mod shortest;
mod signatures;
mod slice;
mod sort;
mod sums;
mod trail;
mod union;
pub(super) mod ways;
mod weigh;

use crate::engine::limits::Stopped;

pub use profile::Measure;
pub(super) use profile::Profile;
pub(super) use rows::BATCH;
use rows::Batch;
pub(super) use run::{Demand, Run};

/// Something that makes rows, pulled batch by batch.
trait Cursor {
    /// The next rows; none where there are no more. A batch may be empty. Of more than `want` rows, those beyond may go unused.
    ///
    /// # Errors
    /// Why the query was stopped.
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped>;

    /// Forgets what has been made so far: the next rows are the first again, of what the argument holds then.
    fn restart(&mut self);
}

/// A cursor, whichever it is.
type Boxed<'q> = Box<dyn Cursor + 'q>;
