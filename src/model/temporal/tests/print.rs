//! Values as text, and back from their text.

use super::{check, evaluate};
use crate::model::temporal::Temporal;

#[test]
fn durations_print_with_the_signs_of_their_parts() {
    check(&[
        ("duration({years: 12, months: 5, days: -14, hours: 16})", "P12Y5M-14DT16H"),
        ("duration({minutes: 12, seconds: -60})", "PT11M"),
        ("duration({seconds: 2, milliseconds: -1})", "PT1.999S"),
        ("duration({seconds: -2, milliseconds: 1})", "PT-1.999S"),
        ("duration({seconds: -2, milliseconds: -1})", "PT-2.001S"),
        ("duration({days: 1, milliseconds: -1})", "P1DT-0.001S"),
        ("duration({seconds: 60, milliseconds: -1})", "PT59.999S"),
        ("duration({seconds: -60, milliseconds: 1})", "PT-59.999S"),
        ("duration({seconds: -60, milliseconds: -1})", "PT-1M-0.001S"),
        ("duration({months: -13})", "P-1Y-1M"),
    ]);
}

#[test]
fn printed_and_stored_values_come_back() {
    let values = [
        "date('-999999999-01-01')",
        "date('+10000-01-01')",
        "localtime('12:31:14.645876123')",
        "time('12:31-02:05:07')",
        "localdatetime('0000-01-01')",
        "datetime('2017-08-08T12:31:14.645876123[Europe/Stockholm]')",
        "datetime('2017-10-29T02:30+01:00[Europe/Stockholm]')",
        "duration({years: 12, months: -5, days: 14, hours: -16, nanoseconds: 1})",
    ];
    for expression in values {
        let value = evaluate(expression).unwrap();
        assert_eq!(Temporal::read(value.kind(), &value.to_string()).unwrap(), value);
        let stored = serde_json::to_string(&value).unwrap();
        assert_eq!(serde_json::from_str::<Temporal>(&stored).unwrap(), value, "{stored}");
    }
    assert!(serde_json::from_str::<Temporal>(r#"{"kind":"Date","text":"2015-02-30"}"#).is_err());
}
