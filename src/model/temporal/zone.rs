//! Zones: offsets from UTC and named zones with their history; the only place that asks the zone database.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{self, AmbiguousOffset, TimeZone};

use super::calendar::{CYCLE_DAYS, civil_of, days_of};
use super::error::cut;
use super::scanner::Scanner;
use super::{LocalDateTime, TemporalError, Time, print};

/// The widest offset, in seconds: 18 hours either way.
const WIDEST: i64 = 18 * 3_600;

/// Where a clock hangs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// A fixed number of seconds ahead of UTC.
    Fixed(i32),
    /// A zone of the database, by its name.
    Named(Arc<str>),
}

/// What a local time is in a zone.
pub(super) struct Resolved {
    /// By how many seconds the local time moves on, because clocks never showed it.
    pub(super) shift: i32,
    /// Seconds ahead of UTC.
    pub(super) offset: i32,
}

impl Zone {
    /// UTC.
    pub(super) const UTC: Self = Self::Fixed(0);

    /// The zone that a text names: an offset (`Z`, `+01`, `+0100`, `+01:00`, `+01:00:00`) or a name of the database.
    pub(super) fn read(text: &str) -> Result<Self, TemporalError> {
        let mut scanner = Scanner::new(text);
        if let Some(offset) = scanner.offset() {
            return if scanner.is_done() { Ok(Self::Fixed(offset_within(offset)?)) } else { Err(TemporalError::UnknownZone(cut(text))) };
        }
        let zone = find(text)?;
        Ok(Self::Named(zone.iana_name().unwrap_or(text).into()))
    }

    /// The name, if it has one.
    pub(super) fn name(&self) -> Option<Arc<str>> {
        match self {
            Self::Fixed(_) => None,
            Self::Named(name) => Some(Arc::clone(name)),
        }
    }

    /// The offset at a point in time, given in seconds since 1970-01-01T00:00Z.
    pub(super) fn offset_at(&self, seconds: i64) -> Result<i32, TemporalError> {
        match self {
            Self::Fixed(offset) => Ok(*offset),
            Self::Named(name) => {
                let day = near(seconds.div_euclid(86_400));
                let timestamp = Timestamp::from_second(day * 86_400 + seconds.rem_euclid(86_400)).map_err(|_| TemporalError::TooLarge)?;
                Ok(find(name)?.to_offset(timestamp).seconds())
            }
        }
    }

    /// What a local time is here.
    pub(super) fn resolve(&self, local: LocalDateTime, preferred: Option<i32>) -> Result<Resolved, TemporalError> {
        let name = match self {
            Self::Fixed(offset) => return Ok(Resolved { shift: 0, offset: *offset }),
            Self::Named(name) => name,
        };
        Ok(match find(name)?.to_ambiguous_timestamp(civil_time(local)?).offset() {
            AmbiguousOffset::Unambiguous { offset } => Resolved { shift: 0, offset: offset.seconds() },
            AmbiguousOffset::Gap { before, after } => Resolved { shift: after.seconds() - before.seconds(), offset: after.seconds() },
            AmbiguousOffset::Fold { after, .. } if preferred == Some(after.seconds()) => Resolved { shift: 0, offset: after.seconds() },
            AmbiguousOffset::Fold { before, .. } => Resolved { shift: 0, offset: before.seconds() },
        })
    }
}

/// The offset if it is not too wide.
pub(super) fn offset_within(seconds: i64) -> Result<i32, TemporalError> {
    i32::try_from(super::date::within("offset in seconds", seconds, -WIDEST, WIDEST)?).map_err(|_| TemporalError::TooLarge)
}

/// The offset of a time without a date in that zone, which only a fixed one says.
pub(super) fn offset_of_time(zone: &Zone) -> Result<i32, TemporalError> {
    match zone {
        Zone::Fixed(offset) => Ok(*offset),
        Zone::Named(name) => Err(TemporalError::ZoneWithoutDate(name.to_string())),
    }
}

/// That the offset is one that the zone had, or an error that names both.
pub(super) fn offset_mismatch(offset: i32, zone: &Zone) -> TemporalError {
    TemporalError::OffsetOfOtherZone {
        offset: print::offset_text(offset),
        zone: zone.name().map_or_else(String::new, |name| name.to_string()),
    }
}

/// The zone of the database.
fn find(name: &str) -> Result<TimeZone, TemporalError> {
    tz::db().get(name).map_err(|_| TemporalError::UnknownZone(cut(name)))
}

/// A day with the same place in the calendar's cycle of 400 years, which the database can compute with.
///
/// Rules for the far future repeat with the calendar, and in the far past nothing changes: the day keeps its offset.
fn near(day: i64) -> i64 {
    const LEAST: i64 = days_of(-8_000, 1, 1);
    const GREATEST: i64 = days_of(8_000, 1, 1);
    if day < LEAST {
        LEAST + (day - LEAST).rem_euclid(CYCLE_DAYS)
    } else if day > GREATEST {
        GREATEST + (day - GREATEST).rem_euclid(CYCLE_DAYS)
    } else {
        day
    }
}

/// The local time as the database takes it.
fn civil_time(local: LocalDateTime) -> Result<civil::DateTime, TemporalError> {
    let too_large = |_| TemporalError::TooLarge;
    let (year, month, day) = civil_of(near(local.date.days()));
    let (hour, minute, second, nanosecond) = local.time.clock();
    let date = civil::Date::new(
        i16::try_from(year).map_err(too_large)?,
        i8::try_from(month).map_err(too_large)?,
        i8::try_from(day).map_err(too_large)?,
    );
    let time = civil::Time::new(
        i8::try_from(hour).map_err(too_large)?,
        i8::try_from(minute).map_err(too_large)?,
        i8::try_from(second).map_err(too_large)?,
        i32::try_from(nanosecond).map_err(too_large)?,
    );
    match (date, time) {
        (Ok(date), Ok(time)) => Ok(date.to_datetime(time)),
        _ => Err(TemporalError::TooLarge),
    }
}

impl Time {
    /// The zone of the time, which is an offset.
    pub(super) fn zone(self) -> Zone {
        Zone::Fixed(self.offset)
    }
}
