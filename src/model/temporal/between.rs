//! The duration between two points in time, whole or counted in one unit.

use super::calendar::civil_of;
use super::clock_times::DAY;
use super::zone::Zone;
use super::{Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, TemporalError};

/// In what a duration between two points is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// In months, then days, then seconds: `duration.between`.
    Mixed,
    /// In whole months: `duration.inMonths`.
    Months,
    /// In whole days: `duration.inDays`.
    Days,
    /// In seconds: `duration.inSeconds`.
    Seconds,
}

impl Duration {
    /// The duration from one value to another, negative if the other is earlier.
    ///
    /// What one of the two lacks it takes from the other: the date, and the zone; a missing time of day is midnight. Whole months and days
    /// are counted only where both have a date, and in the zone of the first.
    ///
    /// # Errors
    /// A duration among the two, or a result that is too large.
    pub fn between(span: Span, from: &Temporal, to: &Temporal) -> Result<Self, TemporalError> {
        if matches!(from, Temporal::Duration(_)) || matches!(to, Temporal::Duration(_)) {
            return Err(TemporalError::DurationBetween);
        }
        let has_dates = from.date().is_some() && to.date().is_some();
        let (start, end) = points(from, to)?;
        match span {
            Span::Mixed if has_dates => mixed(&start, &end),
            Span::Mixed | Span::Seconds => Self::of_nanoseconds(0, 0, end.instant() - start.instant()),
            Span::Months | Span::Days if !has_dates => Ok(Self::ZERO),
            Span::Months => Self::new(months(start.local, end.in_zone(&start.zone())?.local), 0, 0, 0),
            Span::Days => Self::new(0, days(start.local, end.in_zone(&start.zone())?.local), 0, 0),
        }
    }
}

/// Both values as points in time; where neither has a zone, UTC serves.
fn points(from: &Temporal, to: &Temporal) -> Result<(DateTime, DateTime), TemporalError> {
    let point = |value: &Temporal, other: &Temporal| {
        if let Temporal::DateTime(value) = value {
            return Ok(value.clone());
        }
        let date = value.date().or(other.date()).unwrap_or(Date::EPOCH);
        let local = LocalDateTime::new(date, value.time().unwrap_or(LocalTime::MIDNIGHT));
        let zone = value.zone().or_else(|| other.zone()).unwrap_or(Zone::UTC);
        DateTime::of_local(local, &zone, None)
    };
    Ok((point(from, to)?, point(to, from)?))
}

/// Months, then days, then what is left.
fn mixed(start: &DateTime, end: &DateTime) -> Result<Duration, TemporalError> {
    let end_there = end.in_zone(&start.zone())?.local;
    let months = months(start.local, end_there);
    let after_months = start.with_local(LocalDateTime::new(start.local.date.plus_months(months)?, start.local.time))?;
    let days = days(after_months.local, end_there);
    let after_days = after_months.with_local(LocalDateTime::new(after_months.local.date.plus_days(days)?, after_months.local.time))?;
    Duration::of_nanoseconds(months, days, end.instant() - after_days.instant())
}

/// Whole days between, cut towards zero.
fn days(start: LocalDateTime, end: LocalDateTime) -> i64 {
    // Both lie within the years that are accepted: the difference fits by far.
    i64::try_from((end.nanoseconds() - start.nanoseconds()) / i128::from(DAY)).unwrap_or_default()
}

/// Whole months between, cut towards zero.
///
/// The end counts as the last day that is over by the time of day of the start; a month is over when the day of the month comes again.
fn months(start: LocalDateTime, end: LocalDateTime) -> i64 {
    let last = start.date.days() + days(start, end);
    let index = |(year, month, day): (i64, i64, i64)| (year * 12 + month, day);
    let ((first_month, first_day), (last_month, last_day)) = (index(start.date.civil()), index(civil_of(last)));
    match last_month - first_month {
        later if later > 0 && last_day < first_day => later - 1,
        earlier if earlier < 0 && last_day > first_day => earlier + 1,
        whole => whole,
    }
}
