//! Temporal: functions that make dates, times and durations.

use crate::algebra::Function;
use crate::model::Value;
use crate::model::temporal::{Argument, Duration, Span, Temporal, TemporalType};

use super::super::super::clock::Clock;
use super::super::arithmetic::temporal_value;
use super::super::fault::Fault;
use super::{integer, unfit};

/// The type of value that a function makes.
fn made_by(function: Function) -> Option<TemporalType> {
    Some(match function {
        Function::Date | Function::DateNow | Function::DateTruncate => TemporalType::Date,
        Function::LocalTime | Function::LocalTimeNow | Function::LocalTimeTruncate => TemporalType::LocalTime,
        Function::Time | Function::TimeNow | Function::TimeTruncate => TemporalType::Time,
        Function::LocalDateTime | Function::LocalDateTimeNow | Function::LocalDateTimeTruncate => TemporalType::LocalDateTime,
        Function::DateTime | Function::DateTimeNow | Function::DateTimeTruncate => TemporalType::DateTime,
        Function::Duration => TemporalType::Duration,
        _ => return None,
    })
}

/// Whether a null among the arguments says something.
pub(super) fn takes_null(_: Function) -> bool {
    false
}

/// The present, as functions without an argument (or with a zone) give it; none for other functions.
pub(super) fn present(function: Function, arguments: &[Value], clock: &Clock) -> Option<Result<Value, Fault>> {
    let made = made_by(function)?;
    let now = |zone: Option<&str>| Ok(temporal_value(Temporal::of_instant(made, clock.instant(), zone)?));
    match function {
        Function::DateNow | Function::LocalTimeNow | Function::TimeNow | Function::LocalDateTimeNow | Function::DateTimeNow => {
            Some(match arguments.first() {
                None => now(None),
                Some(Value::Null) => Ok(Value::Null),
                Some(Value::Text(zone)) => now(Some(zone)),
                Some(other) => Err(unfit(function, "a time zone such as 'Europe/London' or '+01:00'", other)),
            })
        }
        Function::Duration => None,
        Function::Date | Function::LocalTime | Function::Time | Function::LocalDateTime | Function::DateTime if arguments.is_empty() => {
            Some(now(None))
        }
        _ => None,
    }
}

/// What a function of this family makes of values that are not null; none for other functions.
pub(super) fn call(function: Function, arguments: &[Value], clock: &Clock) -> Option<Result<Value, Fault>> {
    let value = arguments.first().unwrap_or(&Value::Null);
    match function {
        Function::Date | Function::LocalTime | Function::Time | Function::LocalDateTime | Function::DateTime | Function::Duration => {
            Some(made(function, made_by(function)?, value, clock))
        }
        Function::DateTruncate
        | Function::LocalTimeTruncate
        | Function::TimeTruncate
        | Function::LocalDateTimeTruncate
        | Function::DateTimeTruncate => Some(truncated(function, made_by(function)?, arguments, clock)),
        Function::DateTimeFromEpoch => Some(from_epoch(function, arguments)),
        Function::DateTimeFromEpochMillis => Some(from_epoch_milliseconds(function, value)),
        Function::DurationBetween => Some(between(function, Span::Mixed, arguments)),
        Function::DurationInMonths => Some(between(function, Span::Months, arguments)),
        Function::DurationInDays => Some(between(function, Span::Days, arguments)),
        Function::DurationInSeconds => Some(between(function, Span::Seconds, arguments)),
        _ => None,
    }
}

fn made(function: Function, made: TemporalType, value: &Value, clock: &Clock) -> Result<Value, Fault> {
    Ok(temporal_value(match value {
        Value::Text(text) => Temporal::read(made, text)?,
        Value::Temporal(temporal) => temporal.convert(made)?,
        Value::Map(entries) => {
            let components = components(value);
            // A zone alone asks for the present there.
            match entries.get("timezone") {
                Some(Value::Text(zone)) if entries.len() == 1 => Temporal::of_instant(made, clock.instant(), Some(zone))?,
                _ => Temporal::from_components(made, &components)?,
            }
        }
        other => return Err(unfit(function, "a text, a map or another temporal value", other)),
    }))
}

/// The entries of a map as components.
fn components(value: &Value) -> Vec<(&str, Argument<'_>)> {
    let Value::Map(entries) = value else { return Vec::new() };
    let component = |value| match value {
        &Value::Integer(number) => Argument::Integer(number),
        &Value::Float(number) => Argument::Float(number),
        Value::Text(text) => Argument::Text(text),
        Value::Temporal(temporal) => Argument::Temporal(temporal),
        _ => Argument::Other,
    };
    entries.iter().map(|(name, value)| (name.as_ref(), component(value))).collect()
}

fn truncated(function: Function, made: TemporalType, arguments: &[Value], clock: &Clock) -> Result<Value, Fault> {
    let unit = match arguments.first() {
        Some(Value::Text(unit)) => unit,
        other => return Err(unfit(function, "a unit such as 'month' first", other.unwrap_or(&Value::Null))),
    };
    let now = Temporal::of_instant(TemporalType::DateTime, clock.instant(), None)?;
    let value = match arguments.get(1) {
        None => &now,
        Some(Value::Temporal(value)) => value.as_ref(),
        Some(other) => return Err(unfit(function, "a temporal value as its second argument", other)),
    };
    let overrides = match arguments.get(2) {
        None => Vec::new(),
        Some(map @ Value::Map(_)) => components(map),
        Some(other) => return Err(unfit(function, "a map as its third argument", other)),
    };
    Ok(temporal_value(value.truncate(made, unit, &overrides)?))
}

fn from_epoch(function: Function, arguments: &[Value]) -> Result<Value, Fault> {
    let part = |at: usize| integer(function, "integers", arguments.get(at).unwrap_or(&Value::Integer(0)));
    Ok(temporal_value(Temporal::of_epoch(part(0)?, part(1)?)?))
}

fn from_epoch_milliseconds(function: Function, value: &Value) -> Result<Value, Fault> {
    Ok(temporal_value(Temporal::of_epoch_milliseconds(integer(function, "an integer", value)?)?))
}

fn between(function: Function, span: Span, arguments: &[Value]) -> Result<Value, Fault> {
    let point = |at: usize| match arguments.get(at) {
        Some(Value::Temporal(temporal)) => Ok(temporal.as_ref()),
        other => Err(unfit(function, "two dates or times", other.unwrap_or(&Value::Null))),
    };
    Ok(temporal_value(Temporal::Duration(Duration::between(span, point(0)?, point(1)?)?)))
}
