//! What values have under the names of components.

use super::evaluate;
use crate::model::temporal::Component;

/// The components of a value by name, joined by blanks; `-` where it has none.
fn components(expression: &str, names: &str) -> String {
    let value = evaluate(expression).unwrap();
    let parts = names.split(' ').map(|name| match value.component(name).unwrap() {
        Some(Component::Integer(number)) => number.to_string(),
        Some(Component::Text(text)) => text,
        None => "-".to_owned(),
    });
    parts.collect::<Vec<_>>().join(" ")
}

#[test]
fn points_in_time_have_components() {
    let rows = [
        ("date('1984-10-11')", "year quarter month week weekYear day ordinalDay weekDay dayOfQuarter", "1984 4 10 41 1984 11 285 4 11"),
        ("date('1984-01-01')", "year weekYear week weekDay", "1984 1983 52 7"),
        ("date('1984-01-01')", "hour timezone epochSeconds years", "- - - -"),
        ("localtime('12:31:14.645876123')", "hour minute second millisecond microsecond nanosecond", "12 31 14 645 645876 645876123"),
        ("time('12:31:14.645876123+01:00')", "hour timezone offset offsetMinutes offsetSeconds", "12 +01:00 +01:00 60 3600"),
        ("time('12:31Z')", "timezone epochSeconds year", "Z - -"),
        ("localdatetime('1984-11-11T12:31')", "quarter week dayOfQuarter hour offset", "4 45 42 12 -"),
        (
            "datetime('1984-11-11T12:31:14.645876123[Europe/Stockholm]')",
            "timezone offset offsetMinutes offsetSeconds epochSeconds epochMillis weekDay",
            "Europe/Stockholm +01:00 60 3600 469020674 469020674645 7",
        ),
    ];
    for (expression, names, expected) in rows {
        assert_eq!(components(expression, names), expected, "{expression}");
    }
}

#[test]
fn durations_have_components() {
    let duration = "duration({years: 1, months: 4, days: 10, hours: 1, minutes: 1, seconds: 1, nanoseconds: 111111111})";
    let rows = [
        ("years quarters months weeks days", "1 5 16 1 10"),
        ("hours minutes seconds milliseconds microseconds nanoseconds", "1 61 3661 3661111 3661111111 3661111111111"),
        ("quartersOfYear monthsOfQuarter monthsOfYear daysOfWeek", "1 1 4 3"),
        ("minutesOfHour secondsOfMinute millisecondsOfSecond microsecondsOfSecond nanosecondsOfSecond", "1 1 111 111111 111111111"),
        ("year timezone", "- -"),
    ];
    for (names, expected) in rows {
        assert_eq!(components(duration, names), expected, "{names}");
    }
    let negative = "duration.between(localdatetime('2018-01-02T10:00:00.1'), localdatetime('2018-01-01T10:00:00.2'))";
    assert_eq!(components(negative, "days seconds nanosecondsOfSecond milliseconds"), "0 -86400 100000000 -86399900");
}

#[test]
fn components_that_are_too_large_are_errors() {
    assert!(evaluate("duration({seconds: 9223372036854775807})").unwrap().component("nanoseconds").is_err());
    assert!(evaluate("datetime('+999999999-12-31T00:00Z')").unwrap().component("epochMillis").is_err());
}
