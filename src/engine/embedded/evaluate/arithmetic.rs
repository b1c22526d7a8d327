//! Arithmetic: sums, differences, products and the like, of numbers, texts, lists and temporal values.

use std::sync::Arc;

use crate::algebra::Arithmetic;
use crate::model::Value;
use crate::model::temporal::{Duration, Factor, Temporal};

use super::fault::{Fault, described};
use super::number::Number;
use super::text::as_text;
use super::weight::bounded;

/// The most bytes of a text that is put together.
const LONGEST_TEXT: usize = 1 << 28;

/// What an operator makes of two values; null where one of them is.
pub(super) fn arithmetic(operator: Arithmetic, left: &Value, right: &Value) -> Result<Value, Fault> {
    if left.is_null() || right.is_null() {
        return Ok(Value::Null);
    }
    if let (Some(left), Some(right)) = (Number::of(left), Number::of(right)) {
        return of_numbers(operator, left, right);
    }
    match operator {
        Arithmetic::Add => add(left, right),
        Arithmetic::Subtract => match (left, right) {
            (Value::Temporal(temporal), Value::Temporal(duration)) => match duration.as_ref() {
                Temporal::Duration(duration) => Ok(temporal_value(temporal.minus(duration)?)),
                _ => Err(unfit(operator, left, right).help("`duration.between(from, to)` is the span between two values")),
            },
            _ => Err(unfit(operator, left, right)),
        },
        Arithmetic::Multiply => match (duration(left), factor(right), factor(left), duration(right)) {
            (Some(duration), Some(factor), ..) | (_, _, Some(factor), Some(duration)) => {
                Ok(temporal_value(Temporal::Duration(duration.times(factor)?)))
            }
            _ => Err(unfit(operator, left, right)),
        },
        Arithmetic::Divide => match (duration(left), factor(right)) {
            (Some(duration), Some(factor)) => Ok(temporal_value(Temporal::Duration(duration.divided_by(factor)?))),
            _ => Err(unfit(operator, left, right)),
        },
        Arithmetic::Modulo | Arithmetic::Power => Err(unfit(operator, left, right)),
    }
}

fn of_numbers(operator: Arithmetic, left: Number, right: Number) -> Result<Value, Fault> {
    let (Number::Integer(first), Number::Integer(second)) = (left, right) else {
        let (left, right) = (left.float(), right.float());
        return Ok(Value::Float(match operator {
            Arithmetic::Add => left + right,
            Arithmetic::Subtract => left - right,
            Arithmetic::Multiply => left * right,
            Arithmetic::Divide => left / right,
            Arithmetic::Modulo => left % right,
            Arithmetic::Power => left.powf(right),
        }));
    };
    let by_zero =
        || Fault::arithmetic(format!("{first} cannot be divided by zero")).help("a division of numbers with a point yields infinity");
    let result = match operator {
        Arithmetic::Add => first.checked_add(second),
        Arithmetic::Subtract => first.checked_sub(second),
        Arithmetic::Multiply => first.checked_mul(second),
        Arithmetic::Divide | Arithmetic::Modulo if second == 0 => return Err(by_zero()),
        Arithmetic::Divide => first.checked_div(second),
        Arithmetic::Modulo => first.checked_rem(second).or(Some(0)),
        Arithmetic::Power => return Ok(Value::Float(left.float().powf(right.float()))),
    };
    result.map(Value::Integer).ok_or_else(|| {
        Fault::arithmetic(format!("{first} {} {second} does not fit an integer of 64 bits", symbol(operator)))
            .help("`toFloat()` makes a number that can be larger")
    })
}

/// The sum of two values of which at least one is no number: texts are joined, lists are lengthened.
fn add(left: &Value, right: &Value) -> Result<Value, Fault> {
    match (left, right) {
        (Value::List(first), Value::List(second)) => bounded(Value::List(first.iter().chain(second).cloned().collect())),
        (Value::List(first), one) => bounded(Value::List(first.iter().chain(std::iter::once(one)).cloned().collect())),
        (one, Value::List(second)) => bounded(Value::List(std::iter::once(one).chain(second).cloned().collect())),
        (Value::Text(_), _) | (_, Value::Text(_)) => {
            let (Some(first), Some(second)) = (as_text(left), as_text(right)) else { return Err(unfit(Arithmetic::Add, left, right)) };
            if first.len().saturating_add(second.len()) > LONGEST_TEXT {
                return Err(Fault::wrong_argument("the text would be longer than 256 MiB"));
            }
            Ok(Value::Text(Arc::from(format!("{first}{second}"))))
        }
        (Value::Temporal(first), Value::Temporal(second)) => match (first.as_ref(), second.as_ref()) {
            (temporal, Temporal::Duration(duration)) | (Temporal::Duration(duration), temporal) => {
                Ok(temporal_value(temporal.plus(duration)?))
            }
            _ => Err(unfit(Arithmetic::Add, left, right)),
        },
        _ => Err(unfit(Arithmetic::Add, left, right)),
    }
}

/// The value with its sign changed.
pub(super) fn negate(value: &Value) -> Result<Value, Fault> {
    if let Some(duration) = duration(value) {
        return Ok(temporal_value(Temporal::Duration(duration.negated()?)));
    }
    match (value, Number::of(value)) {
        (Value::Null, _) => Ok(Value::Null),
        (_, Some(Number::Integer(number))) => number
            .checked_neg()
            .map(Value::Integer)
            .ok_or_else(|| Fault::arithmetic(format!("-({number}) does not fit an integer of 64 bits"))),
        (_, Some(Number::Float(number))) => Ok(Value::Float(-number)),
        (value, None) => Err(Fault::wrong_type(format!("`-` takes a number or a duration, and this is {}", described(value)))
            .help("`toFloat('0.5')` and `toInteger('5')` make a number of a text, and null of one that is none")),
    }
}

fn duration(value: &Value) -> Option<Duration> {
    match value {
        Value::Temporal(temporal) => match temporal.as_ref() {
            Temporal::Duration(duration) => Some(*duration),
            _ => None,
        },
        _ => None,
    }
}

fn factor(value: &Value) -> Option<Factor> {
    Number::of(value).map(|number| match number {
        Number::Integer(number) => Factor::Integer(number),
        Number::Float(number) => Factor::Float(number),
    })
}

/// A temporal value as a value.
pub(super) fn temporal_value(temporal: Temporal) -> Value {
    Value::Temporal(Arc::new(temporal))
}

fn symbol(operator: Arithmetic) -> &'static str {
    match operator {
        Arithmetic::Add => "+",
        Arithmetic::Subtract => "-",
        Arithmetic::Multiply => "*",
        Arithmetic::Divide => "/",
        Arithmetic::Modulo => "%",
        Arithmetic::Power => "^",
    }
}

fn unfit(operator: Arithmetic, left: &Value, right: &Value) -> Fault {
    let fault = Fault::wrong_type(format!("`{}` takes no {} and {}", symbol(operator), bare(left), bare(right)));
    let interval = |value: &Value| matches!(value, Value::Quantity(_));
    if interval(left) || interval(right) {
        fault.help("`.min` and `.max` of a percentage, ratio, duration or interval are numbers")
    } else if [left, right].iter().any(|value| matches!(value, Value::Text(_))) {
        fault.help("`toFloat('0.5')` and `toInteger('5')` make a number of a text, and null of one that is none")
    } else if [left, right].iter().any(|value| matches!(value, Value::List(_))) {
        fault.help("`[x IN list | x + 1]` goes through the members of a list, and `reduce()` puts them together")
    } else {
        fault.help("numbers, and dates with durations, can be reckoned with; a property of a node is taken as `n.name`")
    }
}

/// What sort of value it is, without an article.
fn bare(value: &Value) -> String {
    let described = described(value);
    let without = ["the ", "a "].iter().find_map(|article| described.strip_prefix(article));
    without.map_or_else(|| described.clone(), str::to_owned)
}
