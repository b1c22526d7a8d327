//! Times of day and points in time: local time, time with an offset, local date and time, and date and time in a zone.

use std::sync::Arc;

use super::date::within;
use super::zone::{Resolved, Zone};
use super::{Date, TemporalError};

/// Nanoseconds of a second.
pub(super) const SECOND: i64 = 1_000_000_000;
/// Nanoseconds of a day.
pub(super) const DAY: i64 = 86_400 * SECOND;

/// A time of day, to the nanosecond, that does not say where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    /// Nanoseconds since midnight, less than a day.
    nanoseconds: i64,
}

/// A time of day with its offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// What a clock there shows.
    pub(super) local: LocalTime,
    /// Seconds ahead of UTC, at most 18 hours either way.
    pub(super) offset: i32,
}

/// A date with a time of day that does not say where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDateTime {
    /// The day.
    pub(super) date: Date,
    /// The time of that day.
    pub(super) time: LocalTime,
}

/// A point in time: a date and a time of day with the offset from UTC, and the zone by name if it has one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    /// What a calendar and a clock there show.
    pub(super) local: LocalDateTime,
    /// Seconds ahead of UTC, at most 18 hours either way.
    pub(super) offset: i32,
    /// The name of the zone in the zone database.
    pub(super) zone: Option<Arc<str>>,
}

impl LocalTime {
    /// The start of the day.
    pub const MIDNIGHT: Self = Self { nanoseconds: 0 };

    /// A time of day by hour (0 to 23), minute, second (0 to 59) and nanosecond (0 to 999999999).
    ///
    /// # Errors
    /// A number out of its range.
    pub fn new(hour: i64, minute: i64, second: i64, nanosecond: i64) -> Result<Self, TemporalError> {
        let seconds = within("hour", hour, 0, 23)? * 3_600 + within("minute", minute, 0, 59)? * 60 + within("second", second, 0, 59)?;
        Ok(Self { nanoseconds: seconds * SECOND + within("nanosecond", nanosecond, 0, SECOND - 1)? })
    }

    /// The time of day so many nanoseconds after midnight, going round the clock as often as it takes.
    pub(super) fn round_the_clock(nanoseconds: i128) -> Self {
        // The remainder is less than a day and fits.
        Self { nanoseconds: i64::try_from(nanoseconds.rem_euclid(DAY.into())).unwrap_or_default() }
    }

    /// Nanoseconds since midnight, 0 to 86399999999999.
    pub fn nanoseconds(self) -> i64 {
        self.nanoseconds
    }

    /// Hour, minute, second and nanosecond of the second.
    pub fn clock(self) -> (i64, i64, i64, i64) {
        let seconds = self.nanoseconds / SECOND;
        (seconds / 3_600, seconds / 60 % 60, seconds % 60, self.nanoseconds % SECOND)
    }
}

impl Time {
    /// A time of day there, with its offset in seconds ahead of UTC (at most 18 hours either way).
    ///
    /// # Errors
    /// An offset out of its range.
    pub fn new(local: LocalTime, offset: i32) -> Result<Self, TemporalError> {
        Ok(Self { local, offset: super::zone::offset_within(offset.into())? })
    }

    /// The same moment of the day on a clock with another offset.
    pub(super) fn with_offset(self, offset: i32) -> Self {
        let shifted = i128::from(self.local.nanoseconds) + i128::from(offset - self.offset) * i128::from(SECOND);
        Self { local: LocalTime::round_the_clock(shifted), offset }
    }

    /// Nanoseconds after midnight UTC of the same day; negative and beyond a day where the offset leads there.
    pub(super) fn universal(self) -> i64 {
        self.local.nanoseconds - i64::from(self.offset) * SECOND
    }
}

impl LocalDateTime {
    /// The date at that time of day.
    pub fn new(date: Date, time: LocalTime) -> Self {
        Self { date, time }
    }

    /// Nanoseconds since 1970-01-01T00:00.
    pub(super) fn nanoseconds(self) -> i128 {
        i128::from(self.date.days()) * i128::from(DAY) + i128::from(self.time.nanoseconds())
    }

    /// The date and time so many nanoseconds after 1970-01-01T00:00.
    pub(super) fn of_nanoseconds(nanoseconds: i128) -> Result<Self, TemporalError> {
        let days = i64::try_from(nanoseconds.div_euclid(DAY.into())).map_err(|_| TemporalError::TooLarge)?;
        Ok(Self { date: Date::of_days(days)?, time: LocalTime::round_the_clock(nanoseconds) })
    }

    /// The date and time so many nanoseconds later.
    pub(super) fn plus_nanoseconds(self, nanoseconds: i128) -> Result<Self, TemporalError> {
        Self::of_nanoseconds(self.nanoseconds().checked_add(nanoseconds).ok_or(TemporalError::TooLarge)?)
    }
}

impl DateTime {
    /// What a calendar and a clock in the zone show.
    ///
    /// Where clocks went back, the local time happened twice: the preferred offset decides if it is one of the two, otherwise the
    /// earlier counts. Where clocks went forward, the local time did not happen: it moves on by as much as the clocks did.
    pub(super) fn of_local(local: LocalDateTime, zone: &Zone, preferred: Option<i32>) -> Result<Self, TemporalError> {
        let Resolved { shift, offset } = zone.resolve(local, preferred)?;
        let local = if shift == 0 { local } else { local.plus_nanoseconds(i128::from(shift) * i128::from(SECOND))? };
        Ok(Self { local, offset, zone: zone.name() })
    }

    /// The point in time so many nanoseconds after 1970-01-01T00:00Z, in that zone.
    pub(super) fn of_instant(nanoseconds: i128, zone: &Zone) -> Result<Self, TemporalError> {
        let seconds = i64::try_from(nanoseconds.div_euclid(SECOND.into())).map_err(|_| TemporalError::TooLarge)?;
        let offset = zone.offset_at(seconds)?;
        let local = LocalDateTime::of_nanoseconds(nanoseconds)?.plus_nanoseconds(i128::from(offset) * i128::from(SECOND))?;
        Ok(Self { local, offset, zone: zone.name() })
    }

    /// Nanoseconds since 1970-01-01T00:00Z.
    pub fn instant(&self) -> i128 {
        self.local.nanoseconds() - i128::from(self.offset) * i128::from(SECOND)
    }

    /// The zone: its name if it has one, otherwise the offset.
    pub(super) fn zone(&self) -> Zone {
        self.zone.as_ref().map_or(Zone::Fixed(self.offset), |name| Zone::Named(Arc::clone(name)))
    }

    /// The same point in time in another zone.
    pub(super) fn in_zone(&self, zone: &Zone) -> Result<Self, TemporalError> {
        Self::of_instant(self.instant(), zone)
    }

    /// The same zone at another local time, with the same offset where the zone allows it.
    pub(super) fn with_local(&self, local: LocalDateTime) -> Result<Self, TemporalError> {
        Self::of_local(local, &self.zone(), Some(self.offset))
    }
}
