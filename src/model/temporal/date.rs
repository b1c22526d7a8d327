//! Date: a day of the calendar, with its year, quarter, month, week and ordinal forms.

use super::TemporalError;
use super::calendar::{
    GREATEST_DAY, GREATEST_YEAR, LEAST_DAY, LEAST_YEAR, civil_of, days_in_month, days_of, first_monday, is_leap, weekday,
};

/// A day of the proleptic Gregorian calendar, of the years -999999999 to 999999999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Days since 1970-01-01.
    days: i64,
}

/// The number if it lies in the range.
pub(super) fn within(name: &'static str, value: i64, least: i64, greatest: i64) -> Result<i64, TemporalError> {
    if (least..=greatest).contains(&value) {
        Ok(value)
    } else {
        Err(TemporalError::OutOfRange { name, value: value.into(), least, greatest })
    }
}

impl Date {
    /// The day of 1970-01-01.
    pub(super) const EPOCH: Self = Self { days: 0 };

    /// A date by year, month (1 to 12) and day of the month (1 to 28, 29, 30 or 31).
    ///
    /// # Errors
    /// A number out of its range.
    pub fn new(year: i64, month: i64, day: i64) -> Result<Self, TemporalError> {
        let year = year_within(year)?;
        let month = within("month", month, 1, 12)?;
        let day = within("day", day, 1, days_in_month(year, month))?;
        Ok(Self { days: days_of(year, month, day) })
    }

    /// A date by ISO week: the year that the week belongs to, the week (1 to 52 or 53) and its day (1, Monday, to 7).
    ///
    /// # Errors
    /// A number out of its range.
    pub fn of_week(year: i64, week: i64, day: i64) -> Result<Self, TemporalError> {
        let year = year_within(year)?;
        let weeks = (first_monday(year + 1) - first_monday(year)) / 7;
        let week = within("week", week, 1, weeks)?;
        let day = within("dayOfWeek", day, 1, 7)?;
        Self::of_days(first_monday(year) + (week - 1) * 7 + day - 1)
    }

    /// A date by its day of the year (1 to 365 or 366).
    ///
    /// # Errors
    /// A number out of its range.
    pub fn of_ordinal(year: i64, day: i64) -> Result<Self, TemporalError> {
        let year = year_within(year)?;
        let day = within("ordinalDay", day, 1, if is_leap(year) { 366 } else { 365 })?;
        Ok(Self { days: days_of(year, 1, 1) + day - 1 })
    }

    /// A date by quarter (1 to 4) and its day of the quarter (1 to 90, 91 or 92).
    ///
    /// # Errors
    /// A number out of its range.
    pub fn of_quarter(year: i64, quarter: i64, day: i64) -> Result<Self, TemporalError> {
        let year = year_within(year)?;
        let first_month = within("quarter", quarter, 1, 4)? * 3 - 2;
        let length = (first_month..first_month + 3).map(|month| days_in_month(year, month)).sum();
        let day = within("dayOfQuarter", day, 1, length)?;
        Ok(Self { days: days_of(year, first_month, 1) + day - 1 })
    }

    /// A date by its days since 1970-01-01.
    ///
    /// # Errors
    /// A day outside the years that are accepted.
    pub fn of_days(days: i64) -> Result<Self, TemporalError> {
        if (LEAST_DAY..=GREATEST_DAY).contains(&days) { Ok(Self { days }) } else { Err(TemporalError::TooLarge) }
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i64 {
        self.days
    }

    /// Year, month and day.
    pub fn civil(self) -> (i64, i64, i64) {
        civil_of(self.days)
    }

    /// The year.
    pub fn year(self) -> i64 {
        self.civil().0
    }

    /// The month of the year, from 1.
    pub fn month(self) -> i64 {
        self.civil().1
    }

    /// The day of the month, from 1.
    pub fn day(self) -> i64 {
        self.civil().2
    }

    /// The day of the week: 1 is Monday, 7 is Sunday.
    pub fn weekday(self) -> i64 {
        weekday(self.days)
    }

    /// The ISO week with the year that it belongs to: `(year, week)`.
    pub fn week(self) -> (i64, i64) {
        // The Thursday of a week lies in the year that the week belongs to.
        let thursday = self.days - (self.weekday() - 4);
        let year = civil_of(thursday).0;
        (year, (thursday - first_monday(year)) / 7 + 1)
    }

    /// The day of the year, from 1.
    pub fn ordinal_day(self) -> i64 {
        self.days - days_of(self.year(), 1, 1) + 1
    }

    /// The quarter of the year, from 1.
    pub fn quarter(self) -> i64 {
        (self.month() - 1) / 3 + 1
    }

    /// The day of the quarter, from 1.
    pub fn day_of_quarter(self) -> i64 {
        self.days - days_of(self.year(), self.quarter() * 3 - 2, 1) + 1
    }

    /// The date so many months later; the day is the last of the month where the month is too short.
    ///
    /// # Errors
    /// A date outside the years that are accepted.
    pub fn plus_months(self, months: i64) -> Result<Self, TemporalError> {
        if months == 0 {
            return Ok(self);
        }
        let (year, month, day) = self.civil();
        let total = (year * 12 + month - 1).checked_add(months).ok_or(TemporalError::TooLarge)?;
        let (year, month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
        if !(LEAST_YEAR..=GREATEST_YEAR).contains(&year) {
            return Err(TemporalError::TooLarge);
        }
        Self::new(year, month, day.min(days_in_month(year, month)))
    }

    /// The date so many days later.
    ///
    /// # Errors
    /// A date outside the years that are accepted.
    pub fn plus_days(self, days: i64) -> Result<Self, TemporalError> {
        Self::of_days(self.days.checked_add(days).ok_or(TemporalError::TooLarge)?)
    }
}

/// The year if it is accepted.
fn year_within(year: i64) -> Result<i64, TemporalError> {
    within("year", year, LEAST_YEAR, GREATEST_YEAR)
}
