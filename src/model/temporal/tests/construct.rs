//! Temporal values from components.

use super::{check, check_errors};
use crate::model::temporal::{Temporal, TemporalType};

#[test]
fn dates_from_weeks() {
    check(&[
        ("date({year: 1816, week: 1})", "1816-01-01"),
        ("date({year: 1816, week: 52})", "1816-12-23"),
        ("date({year: 1817, week: 1})", "1816-12-30"),
        ("date({year: 1817, week: 10})", "1817-03-03"),
        ("date({year: 1818, week: 53})", "1818-12-28"),
        ("date({year: 1819, week: 1})", "1819-01-04"),
        ("date({dayOfWeek: 2, year: 1817, week: 1})", "1816-12-31"),
        ("date({date: date('1816-12-30'), week: 2, dayOfWeek: 3})", "1817-01-08"),
        ("date({date: date('1816-12-31'), week: 2})", "1817-01-07"),
        ("date({date: date('1816-12-31'), year: 1817, week: 2})", "1817-01-07"),
    ]);
}

#[test]
fn dates_from_months_quarters_and_days() {
    check(&[
        ("date({year: 1984, month: 10, day: 11})", "1984-10-11"),
        ("date({year: 1984, month: 10})", "1984-10-01"),
        ("date({year: 1984, week: 10, dayOfWeek: 3})", "1984-03-07"),
        ("date({year: 1984, ordinalDay: 202})", "1984-07-20"),
        ("date({year: 1984, quarter: 3, dayOfQuarter: 45})", "1984-08-14"),
        ("date({year: 1984, quarter: 3})", "1984-07-01"),
        ("date({year: 1984})", "1984-01-01"),
        ("date({year: 28})", "0028-01-01"),
        ("date({year: -999999999})", "-999999999-01-01"),
    ]);
}

#[test]
fn times_add_up_their_fractions() {
    check(&[
        ("localtime({hour: 12, minute: 31, second: 14, nanosecond: 789, millisecond: 123, microsecond: 456})", "12:31:14.123456789"),
        ("localtime({hour: 12, minute: 31, second: 14, microsecond: 645876})", "12:31:14.645876"),
        ("localtime({hour: 12, minute: 31})", "12:31"),
        ("localtime({hour: 12})", "12:00"),
        ("time({hour: 12, minute: 31, second: 14, nanosecond: 3})", "12:31:14.000000003Z"),
        ("time({hour: 12, timezone: '+01:00'})", "12:00+01:00"),
        ("time({hour: 12, minute: 34, second: 56, timezone: '+02:05:00'})", "12:34:56+02:05"),
        ("time({hour: 12, minute: 34, second: 56, timezone: '-02:05:07'})", "12:34:56-02:05:07"),
    ]);
}

#[test]
fn points_in_time_from_components() {
    check(&[
        ("localdatetime({year: 1984, week: 10, dayOfWeek: 3, hour: 12})", "1984-03-07T12:00"),
        ("localdatetime({year: 1984, ordinalDay: 202, hour: 12, minute: 31, second: 14, millisecond: 645})", "1984-07-20T12:31:14.645"),
        ("datetime({year: 1984})", "1984-01-01T00:00Z"),
        ("datetime({year: 1984, timezone: '+01:00'})", "1984-01-01T00:00+01:00"),
        (
            "datetime({year: 1984, ordinalDay: 202, hour: 12, minute: 31, timezone: 'Europe/Stockholm'})",
            "1984-07-20T12:31+02:00[Europe/Stockholm]",
        ),
        ("datetime({year: 1984, month: 10, day: 11, hour: 12, timezone: 'Europe/Stockholm'})", "1984-10-11T12:00+01:00[Europe/Stockholm]"),
        ("datetime({epochSeconds: 416779, nanosecond: 999999999})", "1970-01-05T19:46:19.999999999Z"),
        ("datetime({epochMillis: 237821673987, timezone: '+02:00'})", "1977-07-15T15:34:33.987+02:00"),
        ("datetime.fromepoch(416779, 999999999)", "1970-01-05T19:46:19.999999999Z"),
        ("datetime.fromepochmillis(237821673987)", "1977-07-15T13:34:33.987Z"),
        ("datetime.fromepochmillis(-1)", "1969-12-31T23:59:59.999Z"),
    ]);
}

#[test]
fn durations_carry_fractions_to_smaller_units() {
    check(&[
        ("duration({days: 14, hours: 16, minutes: 12})", "P14DT16H12M"),
        ("duration({months: 5, days: 1.5})", "P5M1DT12H"),
        ("duration({months: 0.75})", "P22DT19H51M49.5S"),
        ("duration({weeks: 2.5})", "P17DT12H"),
        ("duration({years: 12, months: 5, days: 14, hours: 16, minutes: 12, seconds: 70})", "P12Y5M14DT16H13M10S"),
        ("duration({days: 14, seconds: 70, milliseconds: 1})", "P14DT1M10.001S"),
        ("duration({days: 14, seconds: 70, nanoseconds: 1})", "P14DT1M10.000000001S"),
        ("duration({minutes: 1.5, seconds: 1})", "PT1M31S"),
        ("duration({quarters: 1.5})", "P4M15DT5H14M33S"),
        ("duration({seconds: 0.1})", "PT0.1S"),
        ("duration({})", "PT0S"),
    ]);
}

#[test]
fn the_present_is_an_instant_in_a_zone() {
    let instant = 1_440_000_000_123_456_789;
    let rows = [
        (TemporalType::Date, None, "2015-08-19"),
        (TemporalType::LocalTime, None, "16:00:00.123456789"),
        (TemporalType::Time, Some("+05:00"), "21:00:00.123456789+05:00"),
        (TemporalType::LocalDateTime, Some("Pacific/Honolulu"), "2015-08-19T06:00:00.123456789"),
        (TemporalType::DateTime, Some("Europe/Stockholm"), "2015-08-19T18:00:00.123456789+02:00[Europe/Stockholm]"),
    ];
    for (kind, zone, expected) in rows {
        assert_eq!(Temporal::of_instant(kind, instant, zone).unwrap().to_string(), expected);
    }
    assert!(Temporal::of_instant(TemporalType::Duration, instant, None).is_err());
    assert!(Temporal::of_instant(TemporalType::Date, i128::MAX, None).is_err());
}

#[test]
fn components_that_do_not_fit_are_named() {
    check_errors(&[
        ("date({})", "the date needs `year` as well"),
        ("date({month: 3})", "needs `year`"),
        ("date({year: 1984, day: 3})", "needs `month`"),
        ("date({year: 1984, dayOfWeek: 3})", "needs `week`"),
        ("date({year: 1984, dayOfQuarter: 3})", "needs `quarter`"),
        ("date({year: 1984, month: 3, week: 3})", "`month` and `week` exclude each other"),
        ("date({year: 1984, hour: 3})", "a date has no component `hour`: it takes year, month"),
        ("date({year: 1984, month: 2, day: 30})", "30 is no day here: it lies between 1 and 29"),
        ("date({year: 1000000000})", "1000000000 is no year here"),
        ("date({year: 1984.5})", "`year` takes a whole number"),
        ("date({date: localtime('12:00')})", "`date` takes a value that has a date"),
        ("localtime({})", "needs `hour`"),
        ("localtime({hour: 1, second: 1})", "needs `minute`"),
        ("localtime({hour: 1, minute: 1, nanosecond: 1})", "needs `second`"),
        ("localtime({hour: 1, minute: 1, second: 1, millisecond: 1, nanosecond: 1000000})", "1000000 is no nanosecond here"),
        ("time({hour: 1, timezone: 'Europe/Stockholm'})", "depends on the date"),
        ("time({hour: 1, timezone: 'nowhere'})", "'nowhere' is no time zone"),
        ("datetime({year: 1984, epochSeconds: 3})", "`epochSeconds` and `year` exclude each other"),
        ("datetime({datetime: datetime('2015'), date: date('2015')})", "`date` and `datetime` exclude each other"),
        ("duration({fortnights: 3})", "a duration has no component `fortnights`"),
        ("duration({days: 'two'})", "`days` takes a number"),
        ("duration({years: 9223372036854775807})", "too large"),
    ]);
}
