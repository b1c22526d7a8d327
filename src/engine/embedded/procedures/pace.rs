//! Pace: the guard as an algorithm sees it, which counts relations crossed rather than rows made.

use std::cell::Cell;

use super::{Guard, Stopped};

/// So many relations are crossed between two looks at the clock: well below a millisecond.
const STEPS_BETWEEN_LOOKS: usize = 16_384;

/// Looks at the clock and the interrupt as an algorithm goes.
pub struct Pace<'a> {
    guard: &'a Guard<'a>,
    doing: &'static str,
    left: Cell<usize>,
}

impl<'a> Pace<'a> {
    /// The pace of an algorithm, with what it is doing as a message would say it.
    pub fn new(guard: &'a Guard<'a>, doing: &'static str) -> Pace<'a> {
        Pace { guard, doing, left: Cell::new(STEPS_BETWEEN_LOOKS) }
    }

    /// To be called with every few steps taken: entities looked at, relations crossed.
    ///
    /// # Errors
    /// The time is over, or the query was interrupted.
    #[inline]
    pub fn steps(&self, taken: usize) -> Result<(), Stopped> {
        match self.left.get().checked_sub(taken) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => {
                self.left.set(STEPS_BETWEEN_LOOKS);
                self.guard.look(self.doing)
            }
        }
    }

    /// To be called with the bytes that are about to be held at once.
    ///
    /// # Errors
    /// They are more than the query may have.
    pub fn memory(&self, bytes: usize) -> Result<(), Stopped> {
        // To the guard, one row that takes as much.
        self.guard.made(1, bytes, self.doing)
    }
}
