//! Profile: what each operator made and how long it took, where somebody asks for that.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::engine::limits::Stopped;

use super::rows::Batch;
use super::run::Run;
use super::{Boxed, Cursor};

/// What each operator of a query made, in the order in which the tree is read: an operator, then its inputs.
#[derive(Debug, Default)]
pub(in crate::engine::embedded) struct Profile {
    counters: RefCell<Vec<Rc<Counter>>>,
}

/// What one operator made.
#[derive(Debug, Default)]
struct Counter {
    rows: Cell<u64>,
    batches: Cell<u64>,
    time: Cell<Duration>,
    /// Whether it was run by the operator above it.
    fused: Cell<bool>,
}

/// What one operator made, as it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// The rows that it made, each as often as it weighs.
    pub rows: u64,
    /// The batches in which it made them.
    pub batches: u64,
    /// How long that took, its inputs included.
    pub time: Duration,
    /// Whether the operator above did its work.
    pub fused: bool,
}

impl Profile {
    /// A place for the next operator.
    pub(super) fn place(&self) -> usize {
        let mut counters = self.counters.borrow_mut();
        counters.push(Rc::default());
        counters.len() - 1
    }

    /// Notes that the operator above does the work of one.
    pub(super) fn fused(&self, place: usize) {
        if let Some(counter) = self.counters.borrow().get(place) {
            counter.fused.set(true);
        }
    }

    /// The cursor, measured.
    pub(super) fn measured<'q>(&self, place: usize, inner: Boxed<'q>) -> Boxed<'q> {
        match self.counters.borrow().get(place) {
            Some(counter) => Box::new(Measured { inner, counter: Rc::clone(counter) }),
            None => inner,
        }
    }

    /// What the operators made.
    pub fn measures(&self) -> Vec<Measure> {
        let told = |counter: &Rc<Counter>| Measure {
            rows: counter.rows.get(),
            batches: counter.batches.get(),
            time: counter.time.get(),
            fused: counter.fused.get(),
        };
        self.counters.borrow().iter().map(told).collect()
    }
}

/// A cursor that is measured.
struct Measured<'q> {
    inner: Boxed<'q>,
    counter: Rc<Counter>,
}

impl Cursor for Measured<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        let started = Instant::now();
        let batch = self.inner.next(run, want);
        let counter = &self.counter;
        counter.time.set(counter.time.get() + started.elapsed());
        if let Ok(Some(batch)) = &batch {
            counter.rows.set(counter.rows.get().saturating_add(batch.total()));
            counter.batches.set(counter.batches.get() + 1);
        }
        batch
    }

    fn restart(&mut self) {
        self.inner.restart();
    }
}
