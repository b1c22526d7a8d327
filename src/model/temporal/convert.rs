//! One temporal value from another, and from the present: the parts that they share.

use super::zone::{Zone, offset_of_time};
use super::{Date, DateTime, LocalDateTime, LocalTime, Temporal, TemporalError, TemporalType, Time};

impl Temporal {
    /// The value as another type: what it has beyond that is dropped, a missing time of day is midnight, a missing zone is UTC.
    ///
    /// # Errors
    /// A value that lacks a date where one is needed (or a time, for a type that is only a time).
    pub fn convert(&self, kind: TemporalType) -> Result<Self, TemporalError> {
        let lacks = || TemporalError::NoConversion { from: self.kind(), to: kind };
        let time_or_midnight = || self.time().unwrap_or(LocalTime::MIDNIGHT);
        Ok(match kind {
            _ if kind == self.kind() => self.clone(),
            TemporalType::Date => Self::Date(self.date().ok_or_else(lacks)?),
            TemporalType::LocalTime => Self::LocalTime(self.time().ok_or_else(lacks)?),
            TemporalType::Time => Self::Time(Time { local: self.time().ok_or_else(lacks)?, offset: self.offset().unwrap_or(0) }),
            TemporalType::LocalDateTime => Self::LocalDateTime(LocalDateTime::new(self.date().ok_or_else(lacks)?, time_or_midnight())),
            TemporalType::DateTime => {
                let local = LocalDateTime::new(self.date().ok_or_else(lacks)?, time_or_midnight());
                Self::DateTime(DateTime::of_local(local, &Zone::UTC, None)?)
            }
            TemporalType::Duration => return Err(lacks()),
        })
    }

    /// The present (or any instant) as a value of that type: `instant` is in nanoseconds since 1970-01-01T00:00Z, `zone` the offset or
    /// name of the zone whose calendar and clock count, UTC if there is none.
    ///
    /// # Errors
    /// An unknown zone, an instant beyond the years that are accepted, or the type of durations.
    pub fn of_instant(kind: TemporalType, instant: i128, zone: Option<&str>) -> Result<Self, TemporalError> {
        let zone = zone.map_or(Ok(Zone::UTC), Zone::read)?;
        Self::DateTime(DateTime::of_instant(instant, &zone)?).convert(kind)
    }

    /// The point in time, in UTC, so many seconds and nanoseconds after 1970-01-01T00:00Z.
    ///
    /// # Errors
    /// An instant beyond the years that are accepted.
    pub fn of_epoch(seconds: i64, nanoseconds: i64) -> Result<Self, TemporalError> {
        Self::of_instant(TemporalType::DateTime, i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds), None)
    }

    /// The point in time, in UTC, so many milliseconds after 1970-01-01T00:00Z.
    ///
    /// # Errors
    /// An instant beyond the years that are accepted.
    pub fn of_epoch_milliseconds(milliseconds: i64) -> Result<Self, TemporalError> {
        Self::of_instant(TemporalType::DateTime, i128::from(milliseconds) * 1_000_000, None)
    }

    /// The date, if the value has one.
    pub(super) fn date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            Self::LocalDateTime(value) => Some(value.date),
            Self::DateTime(value) => Some(value.local.date),
            Self::LocalTime(_) | Self::Time(_) | Self::Duration(_) => None,
        }
    }

    /// The time of day, if the value has one.
    pub(super) fn time(&self) -> Option<LocalTime> {
        match self {
            Self::LocalTime(time) => Some(*time),
            Self::Time(value) => Some(value.local),
            Self::LocalDateTime(value) => Some(value.time),
            Self::DateTime(value) => Some(value.local.time),
            Self::Date(_) | Self::Duration(_) => None,
        }
    }

    /// The zone, if the value has one.
    pub(super) fn zone(&self) -> Option<Zone> {
        match self {
            Self::Time(value) => Some(value.zone()),
            Self::DateTime(value) => Some(value.zone()),
            _ => None,
        }
    }

    /// The offset in seconds, if the value has one.
    pub(super) fn offset(&self) -> Option<i32> {
        match self {
            Self::Time(value) => Some(value.offset),
            Self::DateTime(value) => Some(value.offset),
            _ => None,
        }
    }

    /// The offset that a zone has for a time that is taken from this value: a named zone needs the date.
    pub(super) fn offset_in(&self, zone: &Zone) -> Result<i32, TemporalError> {
        match self {
            Self::DateTime(value) => Ok(value.in_zone(zone)?.offset),
            _ => offset_of_time(zone),
        }
    }
}
