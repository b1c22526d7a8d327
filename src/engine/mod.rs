//! Engine: algebra in, answer out. `embedded` runs on the graph in memory.

mod embedded;
mod limits;

pub use embedded::{Count, Embedded, Engine, Measure, Outcome};
pub use limits::{Failure, FailureKind, Limits, Stopped};
