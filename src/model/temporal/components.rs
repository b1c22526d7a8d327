//! The components of temporal values by name: those that a query writes in a map, and those that it reads from a value.

use super::print::offset_text;
use super::zone::Zone;
use super::{Date, Duration, LocalTime, Temporal, TemporalError, TemporalType};

/// What a query gives as a component.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Argument<'a> {
    /// A whole number.
    Integer(i64),
    /// A floating point number.
    Float(f64),
    /// A text.
    Text(&'a str),
    /// Another temporal value.
    Temporal(&'a Temporal),
    /// A value of any other type, which no component takes.
    Other,
}

/// The components that a query gives: names as written, with their values. Of two with the same name the last counts.
pub type Components<'a> = [(&'a str, Argument<'a>)];

/// What a value has under the name of a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Component {
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
}

/// The components of dates that are numbers.
const DATE: [&str; 8] = ["year", "month", "day", "week", "dayOfWeek", "ordinalDay", "quarter", "dayOfQuarter"];
/// The components of times that are numbers.
const TIME: [&str; 6] = ["hour", "minute", "second", "millisecond", "microsecond", "nanosecond"];
/// The components of durations.
const DURATION: [&str; 11] =
    ["years", "quarters", "months", "weeks", "days", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"];

impl TemporalType {
    /// The names of the components from which a value of this type is made.
    pub fn components(self) -> Vec<&'static str> {
        let parts: &[&[&'static str]] = match self {
            Self::Date => &[&DATE, &["date"]],
            Self::LocalTime => &[&TIME, &["time"]],
            Self::Time => &[&TIME, &["timezone", "time"]],
            Self::LocalDateTime => &[&DATE, &TIME, &["date", "time", "datetime"]],
            Self::DateTime => &[&DATE, &TIME, &["timezone", "date", "time", "datetime", "epochSeconds", "epochMillis"]],
            Self::Duration => &[&DURATION],
        };
        parts.concat()
    }
}

impl Temporal {
    /// What the value has under that name, such as `year`, `weekDay`, `offsetMinutes`, `epochMillis`, or for a duration `monthsOfYear`;
    /// none if values of its type have no such component.
    ///
    /// # Errors
    /// A number that a 64-bit integer does not hold.
    pub fn component(&self, name: &str) -> Result<Option<Component>, TemporalError> {
        if let Self::Duration(duration) = self {
            return Ok(of_duration(*duration, name)?.map(Component::Integer));
        }
        let from_date = self.date().and_then(|date| of_date(date, name));
        let number = from_date.or_else(|| self.time().and_then(|time| of_time(time, name)));
        Ok(match number {
            Some(number) => Some(Component::Integer(number)),
            None => self.of_zone(name)?,
        })
    }

    /// What the value has under that name because it has an offset.
    fn of_zone(&self, name: &str) -> Result<Option<Component>, TemporalError> {
        let Some(offset) = self.offset() else { return Ok(None) };
        Ok(match (name, self) {
            ("timezone", _) => Some(Component::Text(match self.zone() {
                Some(Zone::Named(name)) => name.to_string(),
                _ => offset_text(offset),
            })),
            ("offset", _) => Some(Component::Text(offset_text(offset))),
            ("offsetMinutes", _) => Some(Component::Integer((offset / 60).into())),
            ("offsetSeconds", _) => Some(Component::Integer(offset.into())),
            ("epochSeconds", Self::DateTime(value)) => Some(integer(value.instant().div_euclid(1_000_000_000))?),
            ("epochMillis", Self::DateTime(value)) => Some(integer(value.instant().div_euclid(1_000_000))?),
            _ => None,
        })
    }
}

/// The number as a component, if it fits.
fn integer(number: i128) -> Result<Component, TemporalError> {
    i64::try_from(number).map(Component::Integer).map_err(|_| TemporalError::TooLarge)
}

/// What a date has under that name.
fn of_date(date: Date, name: &str) -> Option<i64> {
    Some(match name {
        "year" => date.year(),
        "quarter" => date.quarter(),
        "month" => date.month(),
        "week" => date.week().1,
        "weekYear" => date.week().0,
        "day" => date.day(),
        "ordinalDay" => date.ordinal_day(),
        "weekDay" | "dayOfWeek" => date.weekday(),
        "dayOfQuarter" => date.day_of_quarter(),
        _ => return None,
    })
}

/// What a time of day has under that name.
fn of_time(time: LocalTime, name: &str) -> Option<i64> {
    let (hour, minute, second, nanosecond) = time.clock();
    Some(match name {
        "hour" => hour,
        "minute" => minute,
        "second" => second,
        "millisecond" => nanosecond / 1_000_000,
        "microsecond" => nanosecond / 1_000,
        "nanosecond" => nanosecond,
        _ => return None,
    })
}

/// What a duration has under that name.
fn of_duration(duration: Duration, name: &str) -> Result<Option<i64>, TemporalError> {
    let (months, days, seconds) = (duration.months(), duration.days(), duration.seconds());
    let nanoseconds = duration.nanoseconds_of_second();
    let smaller = |per_second: i128| {
        let number = duration.nanoseconds().div_euclid(1_000_000_000 / per_second);
        i64::try_from(number).map_err(|_| TemporalError::TooLarge)
    };
    Ok(Some(match name {
        "years" => months / 12,
        "quarters" => months / 3,
        "months" => months,
        "weeks" => days / 7,
        "days" => days,
        "hours" => seconds / 3_600,
        "minutes" => seconds / 60,
        "seconds" => seconds,
        "milliseconds" => smaller(1_000)?,
        "microseconds" => smaller(1_000_000)?,
        "nanoseconds" => smaller(1_000_000_000)?,
        "quartersOfYear" => months / 3 % 4,
        "monthsOfQuarter" => months % 3,
        "monthsOfYear" => months % 12,
        "daysOfWeek" => days % 7,
        "minutesOfHour" => seconds / 60 % 60,
        "secondsOfMinute" => seconds % 60,
        "millisecondsOfSecond" => nanoseconds / 1_000_000,
        "microsecondsOfSecond" => nanoseconds / 1_000,
        "nanosecondsOfSecond" => nanoseconds,
        _ => return Ok(None),
    }))
}
