//! Texts to dates and times: every form of ISO 8601 that a query may write, extended and basic.

use super::error::cut;
use super::scanner::Scanner;
use super::zone::{Zone, offset_mismatch, offset_within};
use super::{Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, TemporalError, TemporalType, Time};

impl Temporal {
    /// The value that a text says, such as `2015-07-21`, `2015-W30-2`, `21:40:32.142+01:00`, `2015-07-21T21:40[Europe/London]` or `P5M1.5D`.
    ///
    /// # Errors
    /// A text that does not read as that type, or that names a day, time or zone that does not exist.
    pub fn read(kind: TemporalType, text: &str) -> Result<Self, TemporalError> {
        let unreadable = || TemporalError::Unreadable { kind, text: cut(text) };
        let mut scanner = Scanner::new(text);
        let value = match kind {
            TemporalType::Duration => return Duration::read(text).map(Self::Duration).ok_or_else(unreadable),
            TemporalType::Date => Self::Date(date(&mut scanner).ok_or_else(unreadable)??),
            TemporalType::LocalTime => Self::LocalTime(time(&mut scanner).ok_or_else(unreadable)??),
            TemporalType::Time => {
                let local = time(&mut scanner).ok_or_else(unreadable)??;
                Self::Time(Time::new(local, offset_within(scanner.offset().unwrap_or(0))?)?)
            }
            TemporalType::LocalDateTime => Self::LocalDateTime(local_date_time(&mut scanner).ok_or_else(unreadable)??),
            TemporalType::DateTime => {
                let local = local_date_time(&mut scanner).ok_or_else(unreadable)??;
                // An offset belongs to a time: behind a bare date it is more likely a slip.
                if !scanner.is_done() && !text.contains('T') {
                    return Err(unreadable());
                }
                let offset = scanner.offset().map(offset_within).transpose()?;
                let zone = if scanner.is_done() { None } else { Some(zone_name(&mut scanner).ok_or_else(unreadable)??) };
                Self::DateTime(in_zone(local, offset, zone)?)
            }
        };
        if scanner.is_done() { Ok(value) } else { Err(unreadable()) }
    }
}

/// A date and time with an offset, a zone, both or neither (which is UTC).
fn in_zone(local: LocalDateTime, offset: Option<i32>, zone: Option<Zone>) -> Result<DateTime, TemporalError> {
    let Some(zone) = zone else {
        return DateTime::of_local(local, &Zone::Fixed(offset.unwrap_or(0)), None);
    };
    let value = DateTime::of_local(local, &zone, offset)?;
    match offset {
        Some(offset) if offset != value.offset => Err(offset_mismatch(offset, &zone)),
        _ => Ok(value),
    }
}

/// Reads `[Europe/Stockholm]`.
fn zone_name(scanner: &mut Scanner<'_>) -> Option<Result<Zone, TemporalError>> {
    let name = scanner.rest().strip_prefix('[')?.strip_suffix(']')?;
    *scanner = Scanner::new("");
    Some(Zone::read(name))
}

/// Reads a date, and a time after a `T` if there is one.
fn local_date_time(scanner: &mut Scanner<'_>) -> Option<Result<LocalDateTime, TemporalError>> {
    let date = date(scanner)?;
    let time = if scanner.take('T') { time(scanner)? } else { Ok(LocalTime::MIDNIGHT) };
    Some(date.and_then(|date| time.map(|time| LocalDateTime::new(date, time))))
}

/// Reads a year of four digits, or of one to nine after a sign.
fn year(scanner: &mut Scanner<'_>) -> Option<i64> {
    match scanner.sign() {
        None => scanner.number(4),
        Some(negative) => {
            let year = scanner.number(scanner.digits_ahead().min(9))?;
            Some(if negative { -year } else { year })
        }
    }
}

/// Reads a date: a year with a month and a day, a week and its day, a quarter and its day, a day of the year, or nothing.
fn date(scanner: &mut Scanner<'_>) -> Option<Result<Date, TemporalError>> {
    let year = year(scanner)?;
    let extended = scanner.take('-');
    // What follows a first part: nothing, or a second of so many digits, with a hyphen before it in the extended form.
    let second = |scanner: &mut Scanner<'_>, digits: usize| -> Option<Option<i64>> {
        let follows = if extended { scanner.take('-') } else { scanner.digits_ahead() > 0 };
        if follows { scanner.number(digits).map(Some) } else { Some(None) }
    };
    if scanner.take('W') {
        let week = scanner.number(2)?;
        let day = second(scanner, 1)?.unwrap_or(1);
        return Some(Date::of_week(year, week, day));
    }
    if scanner.take('Q') {
        let quarter = scanner.number(1)?;
        let day = second(scanner, 2)?.unwrap_or(1);
        return Some(Date::of_quarter(year, quarter, day));
    }
    match scanner.digits_ahead() {
        0 if !extended => Some(Date::new(year, 1, 1)),
        3 => Some(Date::of_ordinal(year, scanner.number(3)?)),
        2 | 4 => {
            let month = scanner.number(2)?;
            let day = second(scanner, 2)?.unwrap_or(1);
            Some(Date::new(year, month, day))
        }
        _ => None,
    }
}

/// Reads a time: an hour with minutes, seconds and a fraction, as far as they are given.
fn time(scanner: &mut Scanner<'_>) -> Option<Result<LocalTime, TemporalError>> {
    let hour = scanner.number(2)?;
    let extended = scanner.sees(':');
    let (mut minute, mut second, mut nanosecond) = (0, 0, 0);
    let follows = |scanner: &mut Scanner<'_>| if extended { scanner.take(':') } else { scanner.digits_ahead() > 0 };
    if follows(scanner) {
        minute = scanner.number(2)?;
        if follows(scanner) {
            second = scanner.number(2)?;
            if scanner.take('.') || scanner.take(',') {
                nanosecond = scanner.fraction()?;
            }
        }
    }
    Some(LocalTime::new(hour, minute, second, nanosecond))
}
