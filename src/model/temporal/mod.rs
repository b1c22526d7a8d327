//! Temporal values as openCypher has them: dates, times, points in time and durations, with all that is computed from them.
//!
//! Everything here is data and functions without a clock: who asks for the present hands in the instant.

mod arithmetic;
mod between;
mod calendar;
mod clock_times;
mod components;
mod construct;
mod convert;
mod date;
mod decimal;
mod duration;
mod error;
mod order;
mod print;
mod read;
mod scanner;
mod stored;
#[cfg(test)]
mod tests;
mod truncate;
mod zone;

use serde::{Deserialize, Serialize};
use std::fmt;

pub use between::Span;
pub use clock_times::{DateTime, LocalDateTime, LocalTime, Time};
pub use components::{Argument, Component, Components};
pub use date::Date;
pub use duration::{Duration, Factor};
pub use error::TemporalError;

/// A temporal value.
///
/// Equal are values of the same type that print alike: two points in time that are the same instant in two zones are not equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "stored::Stored", try_from = "stored::Stored")]
pub enum Temporal {
    /// A day.
    Date(Date),
    /// A time of day that does not say where.
    LocalTime(LocalTime),
    /// A time of day with an offset from UTC.
    Time(Time),
    /// A date and time of day that does not say where.
    LocalDateTime(LocalDateTime),
    /// A point in time, in a zone.
    DateTime(DateTime),
    /// A span of time.
    Duration(Duration),
}

/// The type of a temporal value, which is also the name of the function that makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TemporalType {
    /// A day.
    Date,
    /// A time of day that does not say where.
    LocalTime,
    /// A time of day with an offset from UTC.
    Time,
    /// A date and time of day that does not say where.
    LocalDateTime,
    /// A point in time, in a zone.
    DateTime,
    /// A span of time.
    Duration,
}

impl TemporalType {
    /// All types.
    pub const ALL: [Self; 6] = [Self::Date, Self::LocalTime, Self::Time, Self::LocalDateTime, Self::DateTime, Self::Duration];

    /// The name of the type, which is the name of its function in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::LocalTime => "localtime",
            Self::Time => "time",
            Self::LocalDateTime => "localdatetime",
            Self::DateTime => "datetime",
            Self::Duration => "duration",
        }
    }

    /// The type with that name, in whatever case.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name))
    }

    /// Examples of how a value of the type is written.
    pub(super) fn written_as(self) -> &'static str {
        match self {
            Self::Date => "'2015-07-21', '2015-W30-2', '2015-202' or '2015-07'",
            Self::LocalTime => "'21:40:32.142', '21:40' or '21'",
            Self::Time => "'21:40:32.142+01:00', '21:40Z' or '21:40'",
            Self::LocalDateTime => "'2015-07-21T21:40:32.142' or '2015-07-21'",
            Self::DateTime => "'2015-07-21T21:40:32+01:00', '2015-07-21T21:40Z' or '2015-07-21T21:40[Europe/London]'",
            Self::Duration => "'P1Y2M3DT4H5M6.7S', 'P2W' or 'PT12H'",
        }
    }
}

impl fmt::Display for TemporalType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Temporal {
    /// The type of the value.
    pub fn kind(&self) -> TemporalType {
        match self {
            Self::Date(_) => TemporalType::Date,
            Self::LocalTime(_) => TemporalType::LocalTime,
            Self::Time(_) => TemporalType::Time,
            Self::LocalDateTime(_) => TemporalType::LocalDateTime,
            Self::DateTime(_) => TemporalType::DateTime,
            Self::Duration(_) => TemporalType::Duration,
        }
    }
}
