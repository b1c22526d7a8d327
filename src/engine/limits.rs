//! Limits: how long a query may run and how much it may make, and why it was stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What a query may cost. Without a limit it runs until it is done or interrupted.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// How long it may run.
    pub timeout: Option<Duration>,
    /// How many rows any of its steps may make.
    pub rows: Option<u64>,
    /// How many bytes the rows of a step may take, estimated.
    pub memory: Option<u64>,
    /// Set from outside to stop the query; the engine looks at it every few microseconds.
    pub interrupt: Arc<AtomicBool>,
    /// About how many rows its steps have made or looked at: counted up by the engine now and then, for whoever shows progress.
    pub steps: Arc<AtomicU64>,
}

/// Why a query was stopped before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// From outside.
    Interrupted,
    /// The time is over.
    Timeout {
        /// The time that it was given.
        given: Duration,
        /// What it was doing.
        doing: &'static str,
    },
    /// A step made more rows than it may.
    Rows {
        /// The rows that it was given.
        given: u64,
        /// What it was doing.
        doing: &'static str,
    },
    /// A step needed more memory than it may.
    Memory {
        /// The bytes that it was given.
        given: u64,
        /// What it was doing.
        doing: &'static str,
    },
    /// The query cannot be computed: a value is of the wrong type, out of range, or too large.
    Failed(Box<Failure>),
}

/// What could not be computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What sort of fault it is.
    pub kind: FailureKind,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do instead; may be empty.
    pub help: String,
    /// Where in the query's text: bytes, start and end; equal where nothing is known.
    pub place: (u32, u32),
}

/// What sort of fault it is that a query cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// A value of a type that the operation does not take (openCypher: `TypeError`).
    WrongType,
    /// An argument out of range (openCypher: `ArgumentError`).
    WrongArgument,
    /// An integer that no longer fits, or a division by zero (openCypher: `ArithmeticError`).
    Arithmetic,
}

/// Watches over one query while it runs.
pub(super) struct Guard<'a> {
    limits: &'a Limits,
    started: Instant,
    ticks: std::cell::Cell<u32>,
    steps: std::cell::Cell<usize>,
}

impl<'a> Guard<'a> {
    pub fn new(limits: &'a Limits) -> Guard<'a> {
        Guard { limits, started: Instant::now(), ticks: std::cell::Cell::new(0), steps: std::cell::Cell::new(0) }
    }

    /// To be called for every row made or looked at. Looks at the clock and the interrupt now and then.
    pub fn tick(&self, doing: &'static str) -> Result<(), Stopped> {
        const TICKS_BETWEEN_LOOKS: u32 = 256;
        let ticks = self.ticks.get().wrapping_add(1);
        self.ticks.set(ticks);
        if !ticks.is_multiple_of(TICKS_BETWEEN_LOOKS) {
            return Ok(());
        }
        self.limits.steps.fetch_add(u64::from(TICKS_BETWEEN_LOOKS), Ordering::Relaxed);
        self.look(doing)
    }

    /// To be called for many small steps together. Looks at the clock and the interrupt every few thousand of them.
    pub fn work(&self, steps: usize, doing: &'static str) -> Result<(), Stopped> {
        const STEPS_BETWEEN_LOOKS: usize = 1 << 14;
        let steps = self.steps.get() + steps;
        if steps < STEPS_BETWEEN_LOOKS {
            self.steps.set(steps);
            return Ok(());
        }
        self.steps.set(0);
        self.limits.steps.fetch_add(steps as u64, Ordering::Relaxed);
        self.look(doing)
    }

    /// To be called where `more` rows join `held` ones, each of about so many bytes.
    pub fn made_many(&self, held: usize, more: u64, bytes_each: usize, doing: &'static str) -> Result<(), Stopped> {
        let rows = (held as u64).saturating_add(more);
        if let Some(given) = self.limits.rows.filter(|given| rows > *given) {
            return Err(Stopped::Rows { given, doing });
        }
        if let Some(given) = self.limits.memory.filter(|given| rows.saturating_mul(bytes_each as u64) > *given) {
            return Err(Stopped::Memory { given, doing });
        }
        self.work(usize::try_from(more).unwrap_or(usize::MAX / 2), doing)
    }

    /// Looks at the clock and the interrupt at once.
    pub fn look(&self, doing: &'static str) -> Result<(), Stopped> {
        if self.limits.interrupt.load(Ordering::Relaxed) {
            return Err(Stopped::Interrupted);
        }
        match self.limits.timeout {
            Some(given) if self.started.elapsed() > given => Err(Stopped::Timeout { given, doing }),
            _ => Ok(()),
        }
    }

    /// To be called for every row made: `made` rows so far, each of about so many bytes.
    pub fn made(&self, made: usize, bytes_each: usize, doing: &'static str) -> Result<(), Stopped> {
        if let Some(given) = self.limits.rows.filter(|given| made as u64 > *given) {
            return Err(Stopped::Rows { given, doing });
        }
        if let Some(given) = self.limits.memory.filter(|given| (made as u64).saturating_mul(bytes_each as u64) > *given) {
            return Err(Stopped::Memory { given, doing });
        }
        self.tick(doing)
    }
}
