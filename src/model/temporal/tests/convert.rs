//! Temporal values from other ones, whole or with parts replaced.

use super::{check, check_errors};

/// A point in time, local, and with an offset, as expressions.
macro_rules! local {
    () => {
        "localdatetime({year: 1984, month: 11, day: 11, hour: 12, minute: 31, second: 14, nanosecond: 645876123})"
    };
}
macro_rules! time {
    () => {
        "time({hour: 12, minute: 31, second: 14, microsecond: 645876, timezone: '+01:00'})"
    };
}
macro_rules! zoned {
    () => {
        "datetime({year: 1984, month: 10, day: 11, hour: 12, timezone: 'Europe/Stockholm'})"
    };
}

#[test]
fn dates_are_selected() {
    check(&[
        (concat!("date(", local!(), ")"), "1984-11-11"),
        (concat!("date({date: ", local!(), ", year: 28})"), "0028-11-11"),
        (concat!("date({date: ", local!(), ", day: 28})"), "1984-11-28"),
        (concat!("date({date: ", local!(), ", week: 1})"), "1984-01-08"),
        (concat!("date({date: ", local!(), ", ordinalDay: 28})"), "1984-01-28"),
        (concat!("date({date: ", local!(), ", quarter: 3})"), "1984-08-11"),
    ]);
}

#[test]
fn times_are_selected() {
    check(&[
        (concat!("localtime(", time!(), ")"), "12:31:14.645876"),
        (concat!("localtime({time: ", zoned!(), ", second: 42})"), "12:00:42"),
        (concat!("time(", local!(), ")"), "12:31:14.645876123Z"),
        (concat!("time({time: ", local!(), ", timezone: '+05:00'})"), "12:31:14.645876123+05:00"),
        (concat!("time({time: ", time!(), ", timezone: '+05:00'})"), "16:31:14.645876+05:00"),
        (concat!("time(", zoned!(), ")"), "12:00+01:00"),
        (concat!("time({time: ", zoned!(), ", second: 42, timezone: '+05:00'})"), "16:00:42+05:00"),
    ]);
}

#[test]
fn points_in_time_are_selected() {
    check(&[
        (concat!("localdatetime({date: ", zoned!(), ", day: 28, hour: 10, minute: 10, second: 10})"), "1984-10-28T10:10:10"),
        (concat!("localdatetime({year: 1984, month: 10, day: 11, time: ", time!(), "})"), "1984-10-11T12:31:14.645876"),
        (concat!("localdatetime({datetime: ", zoned!(), ", day: 28, second: 42})"), "1984-10-28T12:00:42"),
        (concat!("datetime({date: ", zoned!(), ", hour: 10})"), "1984-10-11T10:00Z"),
        (
            concat!("datetime({date: ", local!(), ", day: 28, hour: 10, timezone: 'Pacific/Honolulu'})"),
            "1984-11-28T10:00-10:00[Pacific/Honolulu]",
        ),
        (
            concat!("datetime({year: 1984, month: 10, day: 11, time: ", time!(), ", second: 42, timezone: 'Pacific/Honolulu'})"),
            "1984-10-11T01:31:42.645876-10:00[Pacific/Honolulu]",
        ),
        (concat!("datetime({date: ", local!(), ", time: ", zoned!(), "})"), "1984-11-11T12:00+01:00[Europe/Stockholm]"),
        (concat!("datetime({datetime: ", zoned!(), ", timezone: '+05:00'})"), "1984-10-11T16:00+05:00"),
        (concat!("datetime(", local!(), ")"), "1984-11-11T12:31:14.645876123Z"),
        ("datetime(date('1984-10-11'))", "1984-10-11T00:00Z"),
    ]);
}

#[test]
fn what_lacks_a_part_does_not_convert() {
    check_errors(&[
        ("date(localtime('12:00'))", "a date cannot be made from a localtime"),
        ("time(date('2015'))", "a time cannot be made from a date"),
        ("datetime(duration('P1D'))", "a datetime cannot be made from a duration"),
        ("duration(date('2015'))", "a duration cannot be made from a date"),
    ]);
}
