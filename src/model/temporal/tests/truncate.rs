//! Values cut at a unit.

use super::{check, check_errors};

macro_rules! zoned {
    ($offset:literal) => {
        concat!(
            "datetime({year: 1984, month: 10, day: 11, hour: 12, minute: 31, second: 14, nanosecond: 645876123, timezone: '",
            $offset,
            "'})"
        )
    };
}

#[test]
fn dates_are_cut_at_calendar_units() {
    check(&[
        ("date.truncate('millennium', date('2017-10-11'), {day: 2})", "2000-01-02"),
        ("date.truncate('century', date('1984-10-11'))", "1900-01-01"),
        ("date.truncate('decade', date('1984-10-11'))", "1980-01-01"),
        ("date.truncate('year', date('1984-10-11'), {day: 2})", "1984-01-02"),
        ("date.truncate('weekYear', date('1984-02-01'), {day: 5})", "1984-01-05"),
        ("date.truncate('weekYear', date('1984-01-01'))", "1983-01-03"),
        ("date.truncate('quarter', date('1984-11-11'))", "1984-10-01"),
        ("date.truncate('month', date('1984-10-11'), {day: 2})", "1984-10-02"),
        ("date.truncate('week', date('1984-10-11'), {dayOfWeek: 2})", "1984-10-09"),
        ("date.truncate('week', date('1984-10-11'))", "1984-10-08"),
        (concat!("date.truncate('day', ", zoned!("+01:00"), ")"), "1984-10-11"),
        ("date.truncate('century', date('-0044-03-15'))", "-0100-01-01"),
    ]);
}

#[test]
fn points_in_time_are_cut_and_keep_the_local_time_in_another_zone() {
    check(&[
        ("datetime.truncate('millennium', date('2017-10-11'), {timezone: 'Europe/Stockholm'})", "2000-01-01T00:00+01:00[Europe/Stockholm]"),
        (concat!("datetime.truncate('weekYear', ", zoned!("+01:00"), ", {day: 5})"), "1984-01-05T00:00+01:00"),
        (concat!("datetime.truncate('day', ", zoned!("+01:00"), ", {nanosecond: 2})"), "1984-10-11T00:00:00.000000002+01:00"),
        (
            concat!("datetime.truncate('hour', ", zoned!("-01:00"), ", {timezone: 'Europe/Stockholm'})"),
            "1984-10-11T12:00+01:00[Europe/Stockholm]",
        ),
        (concat!("datetime.truncate('millisecond', ", zoned!("+01:00"), ", {nanosecond: 2})"), "1984-10-11T12:31:14.645000002+01:00"),
        (concat!("localdatetime.truncate('microsecond', ", zoned!("+01:00"), ", {nanosecond: 2})"), "1984-10-11T12:31:14.645876002"),
        (concat!("localdatetime.truncate('second', ", zoned!("+01:00"), ")"), "1984-10-11T12:31:14"),
    ]);
}

#[test]
fn times_are_cut_at_units_of_the_clock() {
    check(&[
        (concat!("localtime.truncate('day', ", zoned!("+01:00"), ", {nanosecond: 2})"), "00:00:00.000000002"),
        (concat!("localtime.truncate('minute', ", zoned!("+01:00"), ")"), "12:31"),
        (concat!("time.truncate('hour', ", zoned!("-01:00"), ", {timezone: '+01:00'})"), "12:00+01:00"),
        (concat!("time.truncate('hour', ", zoned!("-01:00"), ")"), "12:00-01:00"),
        ("time.truncate('millisecond', localtime('12:31:14.645876123'), {microsecond: 7})", "12:31:14.645007Z"),
    ]);
}

#[test]
fn units_and_values_that_do_not_fit_are_named() {
    check_errors(&[
        ("date.truncate('hour', date('1984-10-11'))", "a date cannot be truncated to 'hour': accepted are millennium, century"),
        ("localtime.truncate('year', localtime('12:00'))", "cannot be truncated to 'year'"),
        ("date.truncate('day', localtime('12:00'))", "a date cannot be made from a localtime"),
        ("time.truncate('day', date('1984-10-11'))", "a time cannot be made from a date"),
        ("duration.truncate('day', duration('P1D'))", "a duration cannot be truncated"),
        ("date.truncate('year', date('1984-10-11'), {date: date('1985')})", "no component `date`"),
    ]);
}
