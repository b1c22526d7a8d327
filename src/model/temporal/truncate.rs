//! Values cut at a unit: the start of the millennium, the week, the hour or the millisecond that they lie in.

use super::calendar::first_monday;
use super::components::Components;
use super::construct::Fields;
use super::error::cut;
use super::zone::Zone;
use super::{Date, DateTime, LocalDateTime, LocalTime, Temporal, TemporalError, TemporalType, Time};

/// The units of dates, from the largest.
const DATE_UNITS: [&str; 9] = ["millennium", "century", "decade", "year", "weekYear", "quarter", "month", "week", "day"];
/// The units of times, from the largest, with their nanoseconds.
const TIME_UNITS: [(&str, i64); 6] = [
    ("day", super::clock_times::DAY),
    ("hour", 3_600 * super::clock_times::SECOND),
    ("minute", 60 * super::clock_times::SECOND),
    ("second", super::clock_times::SECOND),
    ("millisecond", 1_000_000),
    ("microsecond", 1_000),
];

impl TemporalType {
    /// The units that a value of this type can be cut at.
    pub fn units(self) -> Vec<&'static str> {
        let of_times = TIME_UNITS.iter().map(|(name, _)| *name);
        match self {
            Self::Date => DATE_UNITS.to_vec(),
            Self::LocalTime | Self::Time => of_times.collect(),
            Self::LocalDateTime | Self::DateTime => DATE_UNITS.into_iter().chain(of_times.skip(1)).collect(),
            Self::Duration => Vec::new(),
        }
    }
}

impl Temporal {
    /// The value as another type, cut at a unit, then with the components that are given in place of its own; a time zone that is given
    /// keeps the local time.
    ///
    /// # Errors
    /// A unit that the type has not, a value that lacks a part of the type, or components that do not fit.
    pub fn truncate(&self, kind: TemporalType, unit: &str, overrides: &Components<'_>) -> Result<Self, TemporalError> {
        let lacks = || TemporalError::NoConversion { from: self.kind(), to: kind };
        let unknown = || TemporalError::UnknownUnit { kind, unit: cut(unit) };
        let unit = kind.units().into_iter().find(|name| name.eq_ignore_ascii_case(unit)).ok_or_else(unknown)?;
        if let Some((base, _)) =
            overrides.iter().find(|(name, _)| matches!(*name, "date" | "time" | "datetime" | "epochSeconds" | "epochMillis"))
        {
            return Err(TemporalError::UnknownComponent { kind, name: (*base).to_owned() });
        }
        let fields = Fields::new(kind, overrides)?;
        let date = || {
            let date = cut_date(self.date().ok_or_else(lacks)?, unit)?;
            fields.date(kind, Some(date))
        };
        let time = |time: Option<LocalTime>| cut_time(time, unit, kind, &fields);
        let own_time = || self.time().ok_or_else(lacks);
        Ok(match kind {
            TemporalType::Date => Self::Date(date()?),
            TemporalType::LocalTime => Self::LocalTime(time(Some(own_time()?))?),
            TemporalType::Time => {
                let offset = fields.timezone.as_ref().map(|zone| self.offset_in(zone)).transpose()?;
                Self::Time(Time { local: time(Some(own_time()?))?, offset: offset.or(self.offset()).unwrap_or(0) })
            }
            TemporalType::LocalDateTime => Self::LocalDateTime(LocalDateTime::new(date()?, time(self.time())?)),
            TemporalType::DateTime => {
                let local = LocalDateTime::new(date()?, time(self.time())?);
                let zone = fields.timezone.clone().or_else(|| self.zone()).unwrap_or(Zone::UTC);
                Self::DateTime(DateTime::of_local(local, &zone, self.offset())?)
            }
            TemporalType::Duration => return Err(lacks()),
        })
    }
}

/// The first day of the unit that the date lies in; the date itself for units below a day.
fn cut_date(date: Date, unit: &str) -> Result<Date, TemporalError> {
    let (year, month, _) = date.civil();
    match unit {
        "millennium" => Date::new(year.div_euclid(1_000) * 1_000, 1, 1),
        "century" => Date::new(year.div_euclid(100) * 100, 1, 1),
        "decade" => Date::new(year.div_euclid(10) * 10, 1, 1),
        "year" => Date::new(year, 1, 1),
        "weekYear" => Date::of_days(first_monday(date.week().0)),
        "quarter" => Date::new(year, (month - 1) / 3 * 3 + 1, 1),
        "month" => Date::new(year, month, 1),
        "week" => date.plus_days(1 - date.weekday()),
        _ => Ok(date),
    }
}

/// The start of the unit that the time of day lies in (midnight for units of dates), with the components that are given.
fn cut_time(time: Option<LocalTime>, unit: &str, kind: TemporalType, fields: &Fields<'_>) -> Result<LocalTime, TemporalError> {
    let length = TIME_UNITS.iter().find(|(name, _)| *name == unit).map_or(super::clock_times::DAY, |(_, length)| *length);
    let nanoseconds = time.unwrap_or(LocalTime::MIDNIGHT).nanoseconds();
    let start = LocalTime::round_the_clock((nanoseconds - nanoseconds % length).into());
    // What is given below the unit comes on top of the fraction that is left, and does not replace it.
    let kept = start.nanoseconds() % super::clock_times::SECOND;
    let smaller_given = match unit {
        "millisecond" => fields.millisecond.is_none() && fields.microsecond.or(fields.nanosecond).is_some(),
        "microsecond" => fields.millisecond.or(fields.microsecond).is_none() && fields.nanosecond.is_some(),
        _ => false,
    };
    if !smaller_given {
        return fields.time(kind, Some(start));
    }
    let mut fields = fields.of_clock();
    if unit == "millisecond" {
        fields.millisecond = Some(kept / 1_000_000);
    } else {
        fields.microsecond = Some(kept / 1_000);
    }
    fields.time(kind, Some(start))
}
