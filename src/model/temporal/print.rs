//! Values as text, in the one form that reads back as the same value.

use std::fmt;

use super::clock_times::SECOND;
use super::{Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, Time};

/// An offset as text: `Z`, `+01:00` or `+00:53:28`.
pub(super) fn offset_text(offset: i32) -> String {
    if offset == 0 {
        return "Z".to_owned();
    }
    let sign = if offset < 0 { '-' } else { '+' };
    let seconds = offset.unsigned_abs();
    let text = format!("{sign}{:02}:{:02}", seconds / 3_600, seconds / 60 % 60);
    if seconds.is_multiple_of(60) { text } else { format!("{text}:{:02}", seconds % 60) }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        let sign = match year {
            ..0 => "-",
            10_000.. => "+",
            _ => "",
        };
        write!(formatter, "{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second, nanosecond) = self.clock();
        write!(formatter, "{hour:02}:{minute:02}")?;
        if second != 0 || nanosecond != 0 {
            write!(formatter, ":{second:02}")?;
        }
        if nanosecond == 0 {
            Ok(())
        } else if nanosecond % 1_000_000 == 0 {
            write!(formatter, ".{:03}", nanosecond / 1_000_000)
        } else if nanosecond % 1_000 == 0 {
            write!(formatter, ".{:06}", nanosecond / 1_000)
        } else {
            write!(formatter, ".{nanosecond:09}")
        }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.local, offset_text(self.offset))
    }
}

impl fmt::Display for LocalDateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}T{}", self.date, self.time)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.local, offset_text(self.offset))?;
        match &self.zone {
            Some(zone) => write!(formatter, "[{zone}]"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::ZERO {
            return formatter.write_str("PT0S");
        }
        formatter.write_str("P")?;
        for (number, unit) in [(self.months() / 12, 'Y'), (self.months() % 12, 'M'), (self.days(), 'D')] {
            if number != 0 {
                write!(formatter, "{number}{unit}")?;
            }
        }
        let total = self.nanoseconds();
        if total == 0 {
            return Ok(());
        }
        formatter.write_str("T")?;
        let second = i128::from(SECOND);
        for (number, unit) in [(total / second / 3_600, 'H'), (total / second / 60 % 60, 'M')] {
            if number != 0 {
                write!(formatter, "{number}{unit}")?;
            }
        }
        let (seconds, rest) = ((total / second % 60).unsigned_abs(), (total % second).unsigned_abs());
        let sign = if total < 0 { "-" } else { "" };
        if rest != 0 {
            let fraction = format!("{rest:09}");
            write!(formatter, "{sign}{seconds}.{}S", fraction.trim_end_matches('0'))
        } else if seconds != 0 {
            write!(formatter, "{sign}{seconds}S")
        } else {
            Ok(())
        }
    }
}

impl fmt::Display for Temporal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(value) => value.fmt(formatter),
            Self::LocalTime(value) => value.fmt(formatter),
            Self::Time(value) => value.fmt(formatter),
            Self::LocalDateTime(value) => value.fmt(formatter),
            Self::DateTime(value) => value.fmt(formatter),
            Self::Duration(value) => value.fmt(formatter),
        }
    }
}
