//! A temporal value and a duration: what lies so much later or earlier.

use super::clock_times::DAY;
use super::{Date, Duration, LocalDateTime, LocalTime, Temporal, TemporalError, Time};

impl Temporal {
    /// The value so much later; for a duration, the sum.
    ///
    /// Months come first, then days, then seconds. A date takes whole days of the seconds, a time of day goes round the clock, and a point
    /// in time keeps its zone: months and days follow its calendar, seconds pass as they pass everywhere.
    ///
    /// # Errors
    /// A value beyond the years that are accepted.
    pub fn plus(&self, duration: &Duration) -> Result<Self, TemporalError> {
        let nanoseconds = duration.nanoseconds();
        let round = |time: LocalTime| LocalTime::round_the_clock(i128::from(time.nanoseconds()) + nanoseconds);
        Ok(match self {
            Self::Date(date) => {
                let days = i64::try_from(nanoseconds / i128::from(DAY)).map_err(|_| TemporalError::TooLarge)?;
                Self::Date(days_later(*date, duration)?.plus_days(days)?)
            }
            Self::LocalTime(time) => Self::LocalTime(round(*time)),
            Self::Time(value) => Self::Time(Time { local: round(value.local), offset: value.offset }),
            Self::LocalDateTime(value) => {
                let local = LocalDateTime::new(days_later(value.date, duration)?, value.time);
                Self::LocalDateTime(local.plus_nanoseconds(nanoseconds)?)
            }
            Self::DateTime(value) => {
                let local = LocalDateTime::new(days_later(value.local.date, duration)?, value.local.time);
                let moved = value.with_local(local)?;
                Self::DateTime(super::DateTime::of_instant(moved.instant() + nanoseconds, &moved.zone())?)
            }
            Self::Duration(value) => Self::Duration(value.plus(*duration)?),
        })
    }

    /// The value so much earlier; for a duration, the difference.
    ///
    /// # Errors
    /// A value beyond the years that are accepted.
    pub fn minus(&self, duration: &Duration) -> Result<Self, TemporalError> {
        self.plus(&duration.negated()?)
    }
}

/// The date later by the months and days of the duration.
fn days_later(date: Date, duration: &Duration) -> Result<Date, TemporalError> {
    date.plus_months(duration.months())?.plus_days(duration.days())
}
