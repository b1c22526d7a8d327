//! Functions: those that set-ups call.

use crate::value::Value;

use super::temporal;

/// Whether the function ranges over a group of rows.
pub(super) fn is_aggregate(name: &str) -> bool {
    matches!(name, "collect" | "count" | "sum" | "min" | "max")
}

/// What a function makes of its arguments.
pub(super) fn call(name: &str, arguments: &[Value]) -> Result<Value, String> {
    Ok(match (name, arguments) {
        ("range", [Value::Integer(first), Value::Integer(last)]) => range(*first, *last, 1),
        ("range", [Value::Integer(first), Value::Integer(last), Value::Integer(step)]) if *step != 0 => range(*first, *last, *step),
        ("coalesce", values) => values.iter().find(|value| **value != Value::Null).cloned().unwrap_or(Value::Null),
        (_, [Value::Null, ..]) => Value::Null,
        ("size", [Value::List(members)]) => count(members.len()),
        ("size" | "length", [Value::Text(text)]) => count(text.chars().count()),
        ("head", [Value::List(members)]) => members.first().cloned().unwrap_or(Value::Null),
        ("last", [Value::List(members)]) => members.last().cloned().unwrap_or(Value::Null),
        ("reverse", [Value::List(members)]) => Value::List(members.iter().rev().cloned().collect()),
        ("keys", [Value::Map(entries)]) => Value::List(entries.keys().cloned().map(Value::Text).collect()),
        ("tostring", [Value::Text(text)]) => Value::Text(text.clone()),
        ("tostring", [value]) => Value::Text(value.to_string()),
        ("tointeger", [Value::Integer(number)]) => Value::Integer(*number),
        ("tointeger", [Value::Text(text)]) => text.parse().map_or(Value::Null, Value::Integer),
        ("tofloat", [Value::Float(number)]) => Value::Float(*number),
        ("tofloat", [value]) => value.to_string().parse().map_or(Value::Null, Value::Float),
        ("toupper", [Value::Text(text)]) => Value::Text(text.to_uppercase()),
        ("tolower", [Value::Text(text)]) => Value::Text(text.to_lowercase()),
        ("abs", [Value::Integer(number)]) => Value::Integer(number.abs()),
        ("abs", [Value::Float(number)]) => Value::Float(number.abs()),
        (_, [argument]) => temporal::make(name, argument)?,
        _ => return Err(format!("set-up: no function {name} of {} arguments", arguments.len())),
    })
}

fn count(number: usize) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

fn range(first: i64, last: i64, step: i64) -> Value {
    let mut members = Vec::new();
    let mut next = first;
    while if step > 0 { next <= last } else { next >= last } {
        members.push(Value::Integer(next));
        next += step;
    }
    Value::List(members)
}
