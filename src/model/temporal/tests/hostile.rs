//! Whatever is given, nothing panics, and what is made reads back as itself.

use proptest::prelude::*;

use crate::model::temporal::{Argument, Date, Duration, Factor, Span, Temporal, TemporalType};

fn any_kind() -> impl Strategy<Value = TemporalType> {
    proptest::sample::select(TemporalType::ALL.to_vec())
}

/// Numbers as people write them, and the extremes.
fn number() -> impl Strategy<Value = i64> {
    prop_oneof![0..70_i64, -3_000..3_000_i64, any::<i64>(), Just(i64::MIN), Just(i64::MAX), Just(999_999_999_i64), Just(-999_999_999_i64)]
}

/// A value of any type.
fn value() -> impl Strategy<Value = Temporal> {
    let zone = proptest::sample::select(vec!["Z", "+18:00", "-17:59:59", "Europe/Stockholm", "America/New_York", "Pacific/Apia"]);
    let seconds = prop_oneof![-30_000_000_000_000_000..30_000_000_000_000_000_i64, -3_000_000_000..3_000_000_000_i64];
    let point =
        (any_kind(), seconds, 0..1_000_000_000_i64, zone).prop_filter_map("a point in time", |(kind, seconds, nanoseconds, zone)| {
            Temporal::of_instant(kind, i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds), Some(zone)).ok()
        });
    let duration = (number(), number(), number(), number())
        .prop_filter_map("a duration", |(months, days, seconds, nanoseconds)| Duration::new(months, days, seconds, nanoseconds).ok());
    prop_oneof![3 => point, 1 => duration.prop_map(Temporal::Duration)]
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(kind in any_kind(), text in "[0-9PTWQYMDHSZ+:,.\\[\\]/eu-]{0,24}|.{0,12}") {
        if let Ok(value) = Temporal::read(kind, &text) {
            prop_assert_eq!(Temporal::read(kind, &value.to_string()), Ok(value));
        }
    }

    #[test]
    fn any_components_make_a_value_or_an_error(
        kind in any_kind(), picks in proptest::collection::vec((any::<prop::sample::Index>(), number(), any::<f64>(), 0..5_u8), 0..6), base in value(),
    ) {
        let names = kind.components();
        let components: Vec<(&str, Argument<'_>)> = picks.iter().map(|(pick, integer, float, form)| {
            let name = *pick.get(&names);
            let argument = match (form, name) {
                (0, _) => Argument::Float(*float),
                (_, "date" | "time" | "datetime") => Argument::Temporal(&base),
                (1, _) => Argument::Text("Europe/Stockholm"),
                (_, "timezone") => Argument::Text("-03:30"),
                _ => Argument::Integer(*integer),
            };
            (name, argument)
        }).collect();
        if let Ok(value) = Temporal::from_components(kind, &components) {
            prop_assert_eq!(Temporal::read(kind, &value.to_string()), Ok(value));
        }
    }

    #[test]
    fn any_two_values_can_be_worked_with(left in value(), right in value(), kind in any_kind(), factor in any::<f64>(), whole in number()) {
        for span in [Span::Mixed, Span::Months, Span::Days, Span::Seconds] {
            let _ = Duration::between(span, &left, &right);
        }
        for unit in kind.units() {
            let _ = left.truncate(kind, unit, &[("nanosecond", Argument::Integer(whole))]);
            let _ = left.truncate(kind, unit, &[]);
        }
        if let Temporal::Duration(duration) = right {
            let _ = (left.plus(&duration), left.minus(&duration));
            for factor in [Factor::Float(factor), Factor::Integer(whole)] {
                let _ = (duration.times(factor), duration.divided_by(factor));
            }
        }
        for name in ["week", "dayOfQuarter", "epochMillis", "nanoseconds", "offset", "monthsOfYear"] {
            let _ = left.component(name);
        }
        prop_assert_eq!(left.order(&right), right.order(&left).reverse());
        prop_assert_eq!(left.order(&right).is_eq(), left == right);
        let _ = left.convert(kind);
    }

    #[test]
    fn between_leads_from_one_to_the_other(left in -200_000_000_000..200_000_000_000_i64, right in -200_000_000_000..200_000_000_000_i64) {
        let (left, right) = (Temporal::of_epoch(left, 1).unwrap(), Temporal::of_epoch(right, 2).unwrap());
        for span in [Span::Mixed, Span::Seconds] {
            let duration = Duration::between(span, &left, &right).unwrap();
            prop_assert_eq!(left.plus(&duration).unwrap(), right.clone());
        }
    }

    #[test]
    fn every_day_has_one_name_in_each_form(days in -365_000_000_000..365_000_000_000_i64) {
        let date = Date::of_days(days).unwrap();
        let (year, month, day) = date.civil();
        let (week_year, week) = date.week();
        prop_assert_eq!(Date::new(year, month, day), Ok(date));
        prop_assert_eq!(Date::of_week(week_year, week, date.weekday()), Ok(date));
        prop_assert_eq!(Date::of_ordinal(year, date.ordinal_day()), Ok(date));
        prop_assert_eq!(Date::of_quarter(year, date.quarter(), date.day_of_quarter()), Ok(date));
    }
}
