//! Temporal values from components that a query gives in a map.

use super::clock_times::SECOND;
use super::components::{Argument, Components};
use super::date::within;
use super::decimal::Decimal;
use super::duration::Parts;
use super::error::cut;
use super::zone::{Zone, offset_of_time};
use super::{Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, TemporalError, TemporalType, Time};

/// The components by what they mean, each as given.
#[derive(Default)]
pub(super) struct Fields<'a> {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    week: Option<i64>,
    day_of_week: Option<i64>,
    ordinal_day: Option<i64>,
    quarter: Option<i64>,
    day_of_quarter: Option<i64>,
    hour: Option<i64>,
    minute: Option<i64>,
    second: Option<i64>,
    pub(super) millisecond: Option<i64>,
    pub(super) microsecond: Option<i64>,
    pub(super) nanosecond: Option<i64>,
    epoch_seconds: Option<i64>,
    epoch_milliseconds: Option<i64>,
    pub(super) timezone: Option<Zone>,
    date: Option<&'a Temporal>,
    time: Option<&'a Temporal>,
    datetime: Option<&'a Temporal>,
}

impl Temporal {
    /// A value of that type from its components, such as year, week, ordinalDay, hour, nanosecond, timezone, epochMillis, or for a duration
    /// months and hours; `date`, `time` and `datetime` take a value from which comes what is not given.
    ///
    /// # Errors
    /// A component that the type has not, that holds the wrong type, that is out of range or missing, or two that exclude each other.
    pub fn from_components(kind: TemporalType, components: &Components<'_>) -> Result<Self, TemporalError> {
        if kind == TemporalType::Duration {
            return duration(components).map(Self::Duration);
        }
        let fields = Fields::new(kind, components)?;
        Ok(match kind {
            TemporalType::Date => Self::Date(fields.date(kind, fields.base_date()?)?),
            TemporalType::LocalTime => Self::LocalTime(fields.time(kind, fields.base_time()?)?),
            TemporalType::Time => Self::Time(fields.time_with_offset()?),
            TemporalType::LocalDateTime => Self::LocalDateTime(fields.local_date_time(kind)?),
            TemporalType::DateTime | TemporalType::Duration => Self::DateTime(fields.date_time()?),
        })
    }
}

impl<'a> Fields<'a> {
    /// The components sorted by their names.
    pub(super) fn new(kind: TemporalType, components: &Components<'a>) -> Result<Self, TemporalError> {
        let mut fields = Self::default();
        let accepted = kind.components();
        for (given, argument) in components {
            let Some(name) = accepted.iter().find(|name| *name == given) else {
                return Err(TemporalError::UnknownComponent { kind, name: cut(given) });
            };
            fields.set(name, *argument)?;
        }
        Ok(fields)
    }

    /// Keeps one component.
    fn set(&mut self, name: &'static str, argument: Argument<'a>) -> Result<(), TemporalError> {
        let slot = match name {
            "year" => &mut self.year,
            "month" => &mut self.month,
            "day" => &mut self.day,
            "week" => &mut self.week,
            "dayOfWeek" => &mut self.day_of_week,
            "ordinalDay" => &mut self.ordinal_day,
            "quarter" => &mut self.quarter,
            "dayOfQuarter" => &mut self.day_of_quarter,
            "hour" => &mut self.hour,
            "minute" => &mut self.minute,
            "second" => &mut self.second,
            "millisecond" => &mut self.millisecond,
            "microsecond" => &mut self.microsecond,
            "nanosecond" => &mut self.nanosecond,
            "epochSeconds" => &mut self.epoch_seconds,
            "epochMillis" => &mut self.epoch_milliseconds,
            "timezone" => {
                let Argument::Text(text) = argument else {
                    return Err(TemporalError::WrongArgument { name, expected: "a text such as '+01:00' or 'Europe/Stockholm'" });
                };
                self.timezone = Some(Zone::read(text)?);
                return Ok(());
            }
            _ => {
                let Argument::Temporal(value) = argument else {
                    return Err(TemporalError::WrongArgument { name, expected: "a date or time" });
                };
                match name {
                    "date" => self.date = Some(value),
                    "time" => self.time = Some(value),
                    _ => self.datetime = Some(value),
                }
                return Ok(());
            }
        };
        let Argument::Integer(number) = argument else {
            return Err(TemporalError::WrongArgument { name, expected: "a whole number" });
        };
        *slot = Some(number);
        Ok(())
    }

    /// The date of the value under `date` or `datetime`.
    fn base_date(&self) -> Result<Option<Date>, TemporalError> {
        let missing = TemporalError::WrongArgument { name: "date", expected: "a value that has a date" };
        self.date.or(self.datetime).map(|base| base.date().ok_or(missing)).transpose()
    }

    /// The value under `time` or `datetime`.
    fn base_of_time(&self) -> Option<&'a Temporal> {
        self.time.or(self.datetime)
    }

    /// The time of day of the value under `time` or `datetime`.
    fn base_time(&self) -> Result<Option<LocalTime>, TemporalError> {
        let missing = TemporalError::WrongArgument { name: "time", expected: "a value that has a time of day" };
        self.base_of_time().map(|base| base.time().ok_or(missing)).transpose()
    }

    /// The date that the components say, with what they leave open from the base.
    pub(super) fn date(&self, kind: TemporalType, base: Option<Date>) -> Result<Date, TemporalError> {
        let missing = |name| TemporalError::Missing { kind, name };
        let year = |of_base: fn(Date) -> i64| self.year.or(base.map(of_base)).ok_or_else(|| missing("year"));
        // A part is the one given, or that of the base; without either it is the first, unless a smaller part is given.
        let part = |name, given: Option<i64>, smaller: Option<i64>, of_base: fn(Date) -> i64| match (given, base) {
            (Some(number), _) => Ok(number),
            (None, Some(base)) => Ok(of_base(base)),
            (None, None) if smaller.is_some() => Err(missing(name)),
            (None, None) => Ok(1),
        };
        let forms = [
            ("month", self.month.or(self.day)),
            ("week", self.week.or(self.day_of_week)),
            ("ordinalDay", self.ordinal_day),
            ("quarter", self.quarter.or(self.day_of_quarter)),
        ];
        let mut given = forms.iter().filter(|(_, number)| number.is_some()).map(|(name, _)| *name);
        let form = given.next();
        if let (Some(first), Some(second)) = (form, given.next()) {
            return Err(TemporalError::Conflict { first, second });
        }
        match form {
            Some("week") => {
                let week = part("week", self.week, self.day_of_week, |base| base.week().1)?;
                Date::of_week(year(|base| base.week().0)?, week, part("dayOfWeek", self.day_of_week, None, Date::weekday)?)
            }
            Some("ordinalDay") => Date::of_ordinal(year(Date::year)?, part("ordinalDay", self.ordinal_day, None, Date::ordinal_day)?),
            Some("quarter") => {
                let quarter = part("quarter", self.quarter, self.day_of_quarter, Date::quarter)?;
                let day = part("dayOfQuarter", self.day_of_quarter, None, Date::day_of_quarter)?;
                Date::of_quarter(year(Date::year)?, quarter, day)
            }
            _ => {
                let month = part("month", self.month, self.day, Date::month)?;
                Date::new(year(Date::year)?, month, part("day", self.day, None, Date::day)?)
            }
        }
    }

    /// The time of day that the components say, with what they leave open from the base; without a base, midnight.
    pub(super) fn time(&self, kind: TemporalType, base: Option<LocalTime>) -> Result<LocalTime, TemporalError> {
        let fraction_given = self.millisecond.or(self.microsecond).or(self.nanosecond);
        let whole_time = matches!(kind, TemporalType::LocalTime | TemporalType::Time);
        if base.is_none() {
            let larger = [("hour", self.hour), ("minute", self.minute), ("second", self.second)];
            let smallest =
                if fraction_given.is_some() { larger.len() } else { larger.iter().rposition(|part| part.1.is_some()).unwrap_or(0) };
            let gap = larger.iter().take(smallest).find(|part| part.1.is_none());
            let nothing = whole_time && self.hour.is_none();
            if let Some((name, _)) = gap.or(nothing.then_some(&larger[0])) {
                return Err(TemporalError::Missing { kind, name });
            }
        }
        let (hour, minute, second, nanosecond) = base.unwrap_or(LocalTime::MIDNIGHT).clock();
        let nanosecond = if fraction_given.is_some() { self.fraction()? } else { nanosecond };
        LocalTime::new(self.hour.unwrap_or(hour), self.minute.unwrap_or(minute), self.second.unwrap_or(second), nanosecond)
    }

    /// The components of the time of day alone.
    pub(super) fn of_clock(&self) -> Self {
        Self {
            hour: self.hour,
            minute: self.minute,
            second: self.second,
            millisecond: self.millisecond,
            microsecond: self.microsecond,
            nanosecond: self.nanosecond,
            ..Self::default()
        }
    }

    /// Milliseconds, microseconds and nanoseconds together, each limited to what the larger ones leave to it.
    fn fraction(&self) -> Result<i64, TemporalError> {
        let microseconds = if self.millisecond.is_some() { 999 } else { 999_999 };
        let nanoseconds = match (self.microsecond, self.millisecond) {
            (Some(_), _) => 999,
            (None, Some(_)) => 999_999,
            (None, None) => SECOND - 1,
        };
        Ok(within("millisecond", self.millisecond.unwrap_or(0), 0, 999)? * 1_000_000
            + within("microsecond", self.microsecond.unwrap_or(0), 0, microseconds)? * 1_000
            + within("nanosecond", self.nanosecond.unwrap_or(0), 0, nanoseconds)?)
    }

    /// A time with its offset: another offset than that of the base is the same moment on another clock.
    fn time_with_offset(&self) -> Result<Time, TemporalError> {
        let local = self.time(TemporalType::Time, self.base_time()?)?;
        let base = self.base_of_time();
        let Some(zone) = &self.timezone else {
            return Ok(Time { local, offset: base.and_then(Temporal::offset).unwrap_or(0) });
        };
        let offset = base.map_or_else(|| offset_of_time(zone), |base| base.offset_in(zone))?;
        Ok(match base.and_then(Temporal::offset) {
            Some(own) => Time { local, offset: own }.with_offset(offset),
            None => Time { local, offset },
        })
    }

    /// A date and a time of day.
    fn local_date_time(&self, kind: TemporalType) -> Result<LocalDateTime, TemporalError> {
        for (name, other) in [("date", self.date), ("time", self.time)] {
            if let (Some(_), Some(_)) = (other, self.datetime) {
                return Err(TemporalError::Conflict { first: name, second: "datetime" });
            }
        }
        Ok(LocalDateTime::new(self.date(kind, self.base_date()?)?, self.time(kind, self.base_time()?)?))
    }

    /// A point in time: another zone than that of the base is the same instant there.
    fn date_time(&self) -> Result<DateTime, TemporalError> {
        let zone = self.timezone.as_ref();
        if let Some(instant) = self.epoch()? {
            return DateTime::of_instant(instant, zone.unwrap_or(&Zone::UTC));
        }
        let local = self.local_date_time(TemporalType::DateTime)?;
        let base = self.base_of_time();
        let Some(own) = base.and_then(Temporal::zone) else {
            return DateTime::of_local(local, zone.unwrap_or(&Zone::UTC), None);
        };
        let value = DateTime::of_local(local, &own, base.and_then(Temporal::offset))?;
        zone.map_or(Ok(value.clone()), |zone| value.in_zone(zone))
    }

    /// Nanoseconds since 1970-01-01T00:00Z, if the components count from there.
    fn epoch(&self) -> Result<Option<i128>, TemporalError> {
        let (name, instant) = match (self.epoch_seconds, self.epoch_milliseconds) {
            (None, None) => return Ok(None),
            (Some(_), Some(_)) => return Err(TemporalError::Conflict { first: "epochSeconds", second: "epochMillis" }),
            (Some(seconds), None) => ("epochSeconds", i128::from(seconds) * i128::from(SECOND)),
            (None, Some(milliseconds)) => ("epochMillis", i128::from(milliseconds) * 1_000_000),
        };
        let numbers = [
            ("year", self.year),
            ("month", self.month),
            ("day", self.day),
            ("week", self.week),
            ("dayOfWeek", self.day_of_week),
            ("ordinalDay", self.ordinal_day),
            ("quarter", self.quarter),
            ("dayOfQuarter", self.day_of_quarter),
            ("hour", self.hour),
            ("minute", self.minute),
            ("second", self.second),
        ];
        let values = [("date", self.date), ("time", self.time), ("datetime", self.datetime)];
        let number = numbers.iter().find(|part| part.1.is_some()).map(|part| part.0);
        if let Some(second) = number.or(values.iter().find(|part| part.1.is_some()).map(|part| part.0)) {
            return Err(TemporalError::Conflict { first: name, second });
        }
        Ok(Some(instant + i128::from(self.fraction()?)))
    }
}

/// A duration from its components, which may have fractions.
fn duration(components: &Components<'_>) -> Result<Duration, TemporalError> {
    let kind = TemporalType::Duration;
    let accepted = kind.components();
    let mut amounts = vec![Decimal::ZERO; accepted.len()];
    for (given, argument) in components {
        let Some(place) = accepted.iter().position(|name| name == given) else {
            return Err(TemporalError::UnknownComponent { kind, name: cut(given) });
        };
        amounts[place] = match argument {
            Argument::Integer(number) => Decimal::whole(*number),
            Argument::Float(number) => Decimal::of_float(*number).ok_or(TemporalError::TooLarge)?,
            _ => return Err(TemporalError::WrongArgument { name: accepted[place], expected: "a number" }),
        };
    }
    let parts = || {
        let mut parts = Parts::default();
        for (name, amount) in accepted.iter().zip(amounts) {
            let (slot, amount) = match *name {
                "years" => (&mut parts.months, amount.times(12)?),
                "quarters" => (&mut parts.months, amount.times(3)?),
                "months" => (&mut parts.months, amount),
                "weeks" => (&mut parts.days, amount.times(7)?),
                "days" => (&mut parts.days, amount),
                "hours" => (&mut parts.seconds, amount.times(3_600)?),
                "minutes" => (&mut parts.seconds, amount.times(60)?),
                "milliseconds" => (&mut parts.seconds, amount.divided_by(1_000)?),
                "microseconds" => (&mut parts.seconds, amount.divided_by(1_000_000)?),
                "nanoseconds" => (&mut parts.seconds, amount.divided_by(SECOND)?),
                _ => (&mut parts.seconds, amount),
            };
            *slot = slot.plus(amount)?;
        }
        parts.carried()
    };
    parts().ok_or(TemporalError::TooLarge)
}
