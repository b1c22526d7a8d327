//! Clock: the present and chance, each taken from the system once for a query.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

/// The present, which is the same throughout a query, and a source of random numbers.
#[derive(Debug)]
pub(in crate::engine) struct Clock {
    instant: i128,
    random: Cell<u64>,
}

impl Clock {
    /// The present of the system, and chance that the system seeds.
    pub fn start() -> Clock {
        // A clock before 1970 is a clock that was never set: the present is then its start.
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let instant = i128::try_from(since.as_nanos()).unwrap_or(i128::MAX);
        // The hasher of the standard library is seeded by the system: the only such source that it offers.
        Clock { instant, random: Cell::new(RandomState::new().hash_one(since.as_nanos())) }
    }

    /// Nanoseconds since 1970-01-01T00:00Z.
    pub fn instant(&self) -> i128 {
        self.instant
    }

    /// Milliseconds since 1970-01-01T00:00Z.
    pub fn milliseconds(&self) -> i64 {
        i64::try_from(self.instant / 1_000_000).unwrap_or(i64::MAX)
    }

    /// A random number from 0 up to and without 1.
    pub fn random(&self) -> f64 {
        // SplitMix64: a step along all 64-bit numbers, then a thorough mix.
        let state = self.random.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.random.set(state);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let mixed = mixed ^ (mixed >> 31);
        // A float has 53 bits of precision.
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }
}
