//! Values plus and minus durations, and durations among themselves.

use super::evaluate;
use crate::model::temporal::{Duration, Factor, Temporal};

/// The duration that an expression gives.
fn duration(expression: &str) -> Duration {
    match evaluate(expression).unwrap() {
        Temporal::Duration(duration) => duration,
        value => panic!("{value} is no duration"),
    }
}

#[test]
fn values_move_by_months_then_days_then_seconds() {
    const LONG: &str = "duration({years: 12.5, months: 5.5, days: 14.5, hours: 16.5, minutes: 12.5, seconds: 70.5, nanoseconds: 3})";
    const MIXED: &str = "duration({months: 1, days: -14, hours: 16, minutes: -12, seconds: 70})";
    let rows = [
        ("date('1984-10-11')", "duration('P12Y5M14DT16H12M70S')", "1997-03-25", "1972-04-27"),
        ("date('1984-10-11')", MIXED, "1984-10-28", "1984-09-25"),
        ("date('1984-10-11')", LONG, "1997-10-11", "1971-10-12"),
        ("date('2015-01-31')", "duration('P1M')", "2015-02-28", "2014-12-31"),
        ("localtime('12:31:14.000000001')", LONG, "22:29:27.500000004", "02:33:00.499999998"),
        ("time('12:31:14.000000001+01:00')", MIXED, "04:20:24.000000001+01:00", "20:42:04.000000001+01:00"),
        ("localdatetime('1984-10-11T12:31:14.000000001')", LONG, "1997-10-11T22:29:27.500000004", "1971-10-12T02:33:00.499999998"),
        ("datetime('1984-10-11T12:31+01:00')", MIXED, "1984-10-29T04:20:10+01:00", "1984-09-24T20:41:50+01:00"),
        // A day keeps the time of day where clocks change; 24 hours do not.
        (
            "datetime('2017-10-28T12:00[Europe/Stockholm]')",
            "duration('P1D')",
            "2017-10-29T12:00+01:00[Europe/Stockholm]",
            "2017-10-27T12:00+02:00[Europe/Stockholm]",
        ),
        (
            "datetime('2017-10-28T12:00[Europe/Stockholm]')",
            "duration('PT24H')",
            "2017-10-29T11:00+01:00[Europe/Stockholm]",
            "2017-10-27T12:00+02:00[Europe/Stockholm]",
        ),
        ("duration('P12Y5M14DT58390S')", MIXED, "P12Y6MT32H2M20S", "P12Y4M28DT24M"),
        ("duration('P12Y5M14DT58390S')", "duration('P12Y5M14DT58390S')", "P24Y10M28DT32H26M20S", "PT0S"),
    ];
    for (value, by, sum, difference) in rows {
        let (value, by) = (evaluate(value).unwrap(), duration(by));
        assert_eq!(value.plus(&by).unwrap().to_string(), sum, "{value} + {by}");
        assert_eq!(value.minus(&by).unwrap().to_string(), difference, "{value} - {by}");
    }
}

#[test]
fn durations_are_multiplied_and_divided() {
    let rows = [
        ("duration('P12Y5M14DT16H12M70.000000001S')", Factor::Integer(1), "P12Y5M14DT16H13M10.000000001S", "P12Y5M14DT16H13M10.000000001S"),
        ("duration('P12Y5M14DT16H12M70.000000001S')", Factor::Integer(2), "P24Y10M28DT32H26M20.000000002S", "P6Y2M22DT13H21M8S"),
        ("duration('P12Y5M14DT16H12M70.000000001S')", Factor::Float(0.5), "P6Y2M22DT13H21M8S", "P24Y10M28DT32H26M20.000000002S"),
        ("duration('PT3S')", Factor::Integer(3), "PT9S", "PT1S"),
        ("duration('PT3S')", Factor::Float(0.1), "PT0.3S", "PT30S"),
        ("duration('PT1S')", Factor::Integer(-3), "PT-3S", "PT-0.333333333S"),
    ];
    for (value, factor, product, quotient) in rows {
        let value = duration(value);
        assert_eq!(value.times(factor).unwrap().to_string(), product, "{value} * {factor:?}");
        assert_eq!(value.divided_by(factor).unwrap().to_string(), quotient, "{value} / {factor:?}");
    }
}

#[test]
fn what_is_too_large_is_an_error() {
    let most = Duration::new(i64::MAX, i64::MIN, i64::MAX, 999_999_999).unwrap();
    let least = Duration::new(i64::MIN, i64::MAX, i64::MIN, 0).unwrap();
    assert!(most.plus(most).is_err());
    assert!(least.negated().is_err());
    assert!(most.minus(least).is_err());
    assert!(Duration::new(0, 0, i64::MAX, 1_000_000_000).is_err());
    for factor in [Factor::Integer(i64::MIN), Factor::Float(1e300), Factor::Float(f64::NAN), Factor::Float(f64::INFINITY)] {
        assert!(most.times(factor).is_err(), "{factor:?}");
    }
    for divisor in [Factor::Integer(0), Factor::Float(0.0), Factor::Float(-0.0), Factor::Float(f64::NAN), Factor::Float(1e-300)] {
        assert!(most.divided_by(divisor).is_err(), "{divisor:?}");
    }
    for value in ["date('+999999999-12-31')", "localdatetime('-999999999-01-01')", "datetime('+999999999-12-31T23:59[Europe/Stockholm]')"] {
        let value = evaluate(value).unwrap();
        for by in [most, least, duration("duration('P1D')"), duration("duration('P-1D')")] {
            let _ = value.plus(&by);
            let _ = value.minus(&by);
        }
    }
    assert!(evaluate("date('+999999999-12-31')").unwrap().plus(&duration("duration('P1D')")).is_err());
}
