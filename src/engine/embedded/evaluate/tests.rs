//! Tests: expressions and their values, as a pattern writes the one and a person reads the other.

use crate::Session;
use crate::algebra::AggregateFunction;
use crate::model::{Quantity, Value};

use super::aggregate::Accumulator;
use super::text::written;

/// The session that all tables of a test are asked of, with a few parameters.
fn session() -> Session {
    let mut session = Session::open("oms").expect("the embedded graph opens");
    let interval: Quantity = "50-80%".parse().expect("an interval");
    let number: Quantity = "5".parse().expect("a number");
    session.set_parameters([("interval".to_owned(), Value::Quantity(interval)), ("five".to_owned(), Value::Quantity(number))]);
    session
}

/// A value as the tables write it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(holds) => holds.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => written(*number),
        Value::Text(text) => format!("'{text}'"),
        Value::List(members) => format!("[{}]", members.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entries: Vec<String> = entries.iter().map(|(name, value)| format!("{name}: {}", shown(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Quantity(quantity) => quantity.to_string(),
        Value::Temporal(temporal) => temporal.to_string(),
        Value::Extent(extent) => extent.word().to_owned(),
        Value::Confidence(confidence) => confidence.word().to_owned(),
        other => format!("{other:?}"),
    }
}

fn assert_values(table: &[(&str, &str)]) {
    let session = session();
    for (expression, expected) in table {
        let rows = session.rows(&format!("RETURN {expression} AS value"));
        let (_, rows) = rows.unwrap_or_else(|complaints| panic!("`{expression}`: {complaints}"));
        assert_eq!(shown(&rows[0][0]), *expected, "`{expression}`");
    }
}

/// That expressions fail as they run, with words in the message.
fn assert_failures(table: &[(&str, &str)]) {
    let session = session();
    for (query, expected) in table {
        let complaints = session.rows(query).expect_err(query).to_string();
        assert!(complaints.contains(expected), "`{query}` says: {complaints}");
    }
}

#[test]
fn arithmetic() {
    assert_values(&[
        ("1 + 2 * 3", "7"),
        ("7 / 2", "3"),
        ("-7 % 3", "-1"),
        ("7 / 2.0", "3.5"),
        ("2 ^ 3", "8.0"),
        ("1.0 / 0.0", "Infinity"),
        ("0.0 / 0.0", "NaN"),
        ("'a' + 1 + true", "'a1true'"),
        ("[1] + 2 + [3]", "[1, 2, 3]"),
        ("1 + null", "null"),
        ("$five + 1", "6.0"),
        ("date('2020-01-31') + duration('P1M')", "2020-02-29"),
        ("duration('P1D') * 2", "P2D"),
    ]);
}

#[test]
fn comparisons() {
    assert_values(&[
        ("1 = 1.0", "true"),
        ("9007199254740993 = 9007199254740992.0", "false"),
        ("null = null", "null"),
        ("0.0 / 0.0 = 0.0 / 0.0", "false"),
        ("0.0 / 0.0 > 1", "false"),
        ("[1, null] = [1, 2]", "null"),
        ("[1, null] = [2, null]", "false"),
        ("{a: 1} = {a: 1.0}", "true"),
        ("1 = 'a'", "false"),
        ("1 < 'a'", "null"),
        ("[1, 2] < [1, 3]", "true"),
        ("[1, 2] > [1, null]", "null"),
        ("date('2020-01-01') < date('2020-01-02')", "true"),
        ("$interval > 90", "null"),
        ("$interval >= quantity('50%')", "true"),
        ("$interval > quantity('60%')", "null"),
        ("$five = 5", "true"),
        ("extent('most') > 'some'", "true"),
        ("confidence('possible') = 'possible'", "true"),
    ]);
}

#[test]
fn lists_and_maps() {
    assert_values(&[
        ("[1, 2, 3][-1]", "3"),
        ("[1, 2, 3][5]", "null"),
        ("[1, 2, 3, 4][1..-1]", "[2, 3]"),
        ("[1, 2, 3][null..2]", "null"),
        ("{a: {b: 1}}.a.b", "1"),
        ("{a: 1}['a']", "1"),
        ("3 IN [1, null]", "null"),
        ("null IN []", "false"),
        ("3 IN [1, 2, 3, 4, 5, 6, 7, 8, 9]", "true"),
        ("'x' IN ['a', 'b', 'c', 'd', 'e', 'f', 'g', null]", "null"),
        ("[x IN range(1, 5) WHERE x % 2 = 1 | x * x]", "[1, 9, 25]"),
        ("reduce(total = 0, x IN [1, 2, 3] | total + x)", "6"),
        ("any(x IN [1, null] WHERE x > 1)", "null"),
        ("all(x IN [] WHERE x > 1)", "true"),
        ("single(x IN [1, 2, 1] WHERE x = 1)", "false"),
        ("none(x IN [1, null] WHERE x > 1)", "null"),
        ("CASE 1 WHEN 1.0 THEN 'one' ELSE 'other' END", "'one'"),
    ]);
}

#[test]
fn functions() {
    assert_values(&[
        ("coalesce(null, 2, 1 / 0)", "2"),
        ("nullIf(1, 1.0)", "null"),
        ("size('naïve')", "5"),
        ("range(5, 1, -2)", "[5, 3, 1]"),
        ("range(1, 0)", "[]"),
        ("split('a,b', ',')", "['a', 'b']"),
        ("substring('hello', 1, 3)", "'ell'"),
        ("right('hello', 2)", "'lo'"),
        ("trim('  a ')", "'a'"),
        ("toInteger('1.7')", "1"),
        ("toInteger('one')", "null"),
        ("toFloat('1e3')", "1000.0"),
        ("toBoolean('TRUE')", "true"),
        ("toString(1.0)", "'1.0'"),
        ("toIntegerOrNull([])", "null"),
        ("round(2.5)", "3.0"),
        ("round(-1.5)", "-1.0"),
        ("round(1.25, 1, 'HALF_EVEN')", "1.2"),
        ("sign(-0.5)", "-1"),
        ("abs(-2)", "2"),
        ("keys({b: 1, a: null})", "['a', 'b']"),
        ("fold('Lung-Cancer')", "'lung cancer'"),
        ("date({year: 2020, month: 2}).day", "1"),
        ("date.truncate('year', date('2020-05-06'))", "2020-01-01"),
        ("duration.inDays(date('2020-01-01'), date('2020-02-01')).days", "31"),
        ("datetime.fromepochmillis(0)", "1970-01-01T00:00Z"),
        ("date() = date()", "true"),
        ("0 <= rand() < 1", "true"),
        ("'abc' =~ 'a.c'", "true"),
        ("'xabc' =~ 'abc'", "false"),
        ("$interval.min + $interval.max", "130.0"),
        ("is_a('young-child', 'child')", "true"),
        ("is_a('child', 'young-child')", "null"),
        ("is_a('nothing', 'child')", "null"),
        ("name('oms')", "'opsoclonus-myoclonus syndrome'"),
    ]);
}

#[test]
fn failures_say_what_is_wrong() {
    assert_failures(&[
        ("UNWIND [0] AS x RETURN 1 / x", "divided by zero"),
        ("UNWIND [9223372036854775807] AS x RETURN x + 1", "64 bits"),
        ("UNWIND [[]] AS x RETURN toInteger(x)", "`toInteger()` takes"),
        ("UNWIND [1] AS x RETURN x.name", "has no properties"),
        ("UNWIND ['('] AS x RETURN 'a' =~ x", "regular expression"),
        ("RETURN range(1, 9000000000000)", "too long"),
        ("UNWIND [1] AS x RETURN percentileDisc(x, 2)", "from 0 to 1"),
        ("RETURN reduce(a = [], x IN range(1, 1000) | [a])", "nested deeper"),
    ]);
}

#[test]
fn aggregates_weigh_and_merge() {
    let aggregate = |function, parameter: Option<f64>, parts: [&[(i64, u64)]; 2]| {
        let parameter = parameter.map(Value::Float);
        let mut whole = Accumulator::new(function, false, parameter.as_ref()).expect("an accumulator");
        for part in parts {
            let mut accumulator = Accumulator::new(function, false, parameter.as_ref()).expect("an accumulator");
            for (number, weight) in part {
                accumulator.add_many(&Value::Integer(*number), *weight).expect("a number");
            }
            accumulator.add(&Value::Null).expect("null does not count");
            whole.merge(accumulator).expect("the same aggregate");
        }
        shown(&whole.finish().expect("a value"))
    };
    let parts: [&[(i64, u64)]; 2] = [&[(1, 2), (4, 1)], &[(2, 3)]];
    assert_eq!(aggregate(AggregateFunction::Count, None, parts), "6");
    assert_eq!(aggregate(AggregateFunction::Sum, None, parts), "12");
    assert_eq!(aggregate(AggregateFunction::Average, None, parts), "2.0");
    assert_eq!(aggregate(AggregateFunction::Minimum, None, parts), "1");
    assert_eq!(aggregate(AggregateFunction::Maximum, None, parts), "4");
    assert_eq!(aggregate(AggregateFunction::Collect, None, parts), "[1, 1, 4, 2, 2, 2]");
    assert_eq!(aggregate(AggregateFunction::PopulationStandardDeviation, None, parts), "1.0");
    assert_eq!(aggregate(AggregateFunction::PercentileDiscrete, Some(0.5), parts), "2");
    assert_eq!(aggregate(AggregateFunction::PercentileContinuous, Some(0.25), parts), "1.25");
    assert_eq!(aggregate(AggregateFunction::Average, None, [&[], &[]]), "null");
    assert_eq!(aggregate(AggregateFunction::Sum, None, [&[], &[]]), "0");
}
