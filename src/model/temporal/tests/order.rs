//! Equality, comparison and order.

use std::cmp::Ordering::{self, Equal, Greater, Less};

use super::evaluate;

#[test]
fn values_of_one_type_compare() {
    let rows = [
        ("date('1980-12-24')", "date('1984-10-11')", Less),
        ("date('1984-10-11')", "date('1984-10-11')", Equal),
        ("localtime('10:35')", "localtime('12:31:14.645876123')", Less),
        ("time('10:00+01:00')", "time('09:35:14.645876123Z')", Less),
        ("time('10:00+01:00')", "time('09:00Z')", Greater),
        ("localdatetime('1984-10-11T12:31:14')", "localdatetime('1980-12-11T12:31:14')", Greater),
        ("datetime('1984-10-11T12:31:14+05:00')", "datetime('1984-10-11T12:31:14Z')", Less),
        ("datetime('1984-10-11T12:31:14+05:00')", "datetime('1984-10-11T12:31:14+05:00')", Equal),
    ];
    for (left, right, expected) in rows {
        let (left, right) = (evaluate(left).unwrap(), evaluate(right).unwrap());
        assert_eq!(left.compare(&right), Some(expected), "{left} {right}");
        assert_eq!(right.compare(&left), Some(expected.reverse()), "{right} {left}");
        assert_eq!(left.order(&right), expected, "{left} {right}");
        assert_eq!(left == right, expected == Equal, "{left} {right}");
    }
}

#[test]
fn types_and_durations_do_not_compare_but_sort() {
    let values = [
        "datetime('1984-10-11T12:31:14Z')",
        "localdatetime('1984-10-11T12:31:14')",
        "date('1984-10-11')",
        "time('12:00Z')",
        "localtime('12:00')",
        "duration('P30D')",
        "duration('PT720H1S')",
        "duration('P1M')",
        "duration('P31D')",
    ];
    let values: Vec<_> = values.iter().map(|text| evaluate(text).unwrap()).collect();
    for pair in values.windows(2) {
        assert_eq!(pair[0].compare(&pair[1]), None, "{} {}", pair[0], pair[1]);
        assert_eq!(pair[0].order(&pair[1]), Ordering::Less, "{} {}", pair[0], pair[1]);
    }
}

#[test]
fn durations_are_equal_part_by_part() {
    let duration = evaluate("duration({years: 12, months: 5, days: 14, hours: 16, minutes: 12, seconds: 70})").unwrap();
    assert_eq!(duration, evaluate("duration({years: 12, months: 5, days: 14, hours: 16, minutes: 13, seconds: 10})").unwrap());
    assert_ne!(duration, evaluate("duration({years: 12, months: 5, days: 13, hours: 40, minutes: 13, seconds: 10})").unwrap());
    assert_ne!(duration, evaluate("date('1984-10-11')").unwrap());
}
