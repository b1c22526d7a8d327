//! List: functions of lists, and those that lists and texts share.

use crate::algebra::Function;
use crate::model::Value;

use super::super::fault::Fault;
use super::super::text::words;
use super::super::weight::may_hold;
use super::{integer, unfit};

/// What a function of this family makes of values that are not null; none for other functions.
pub(super) fn call(function: Function, arguments: &[Value]) -> Option<Result<Value, Fault>> {
    let value = arguments.first().unwrap_or(&Value::Null);
    Some(match function {
        Function::Size => size(function, value),
        Function::IsEmpty => is_empty(function, value),
        Function::Reverse => reverse(function, value),
        Function::Head => members(function, value).map(|members| members.first().cloned().unwrap_or(Value::Null)),
        Function::Last => members(function, value).map(|members| members.last().cloned().unwrap_or(Value::Null)),
        Function::Tail => members(function, value).map(|members| Value::List(members.get(1..).unwrap_or_default().to_vec())),
        Function::Range => range(function, arguments),
        _ => return None,
    })
}

fn members(function: Function, value: &Value) -> Result<&[Value], Fault> {
    match value {
        Value::List(members) => Ok(members),
        other => Err(unfit(function, "a list", other)),
    }
}

fn count(number: usize) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

fn size(function: Function, value: &Value) -> Result<Value, Fault> {
    match (value, words(value)) {
        (Value::List(members), _) => Ok(count(members.len())),
        (_, Some(text)) => Ok(count(text.chars().count())),
        (Value::Path(_), _) => Err(unfit(function, "a list or a text", value).help("`length()` is the number of relationships of a path")),
        (other, None) => Err(unfit(function, "a list or a text", other)),
    }
}

fn is_empty(function: Function, value: &Value) -> Result<Value, Fault> {
    match (value, words(value)) {
        (Value::List(members), _) => Ok(Value::Boolean(members.is_empty())),
        (Value::Map(entries), _) => Ok(Value::Boolean(entries.is_empty())),
        (_, Some(text)) => Ok(Value::Boolean(text.is_empty())),
        (other, None) => Err(unfit(function, "a list, a map or a text", other)),
    }
}

fn reverse(function: Function, value: &Value) -> Result<Value, Fault> {
    match (value, words(value)) {
        (Value::List(members), _) => Ok(Value::List(members.iter().rev().cloned().collect())),
        (_, Some(text)) => Ok(Value::text(text.chars().rev().collect::<String>())),
        (other, None) => Err(unfit(function, "a list or a text", other)),
    }
}

fn range(function: Function, arguments: &[Value]) -> Result<Value, Fault> {
    // openCypher counts what is no integer here among the values out of range.
    let number = |at: usize| {
        let given = arguments.get(at).unwrap_or(&Value::Integer(1));
        integer(function, "integers", given).map_err(Fault::out_of_range)
    };
    let (from, to, step) = (number(0)?, number(1)?, number(2)?);
    if step == 0 {
        return Err(Fault::wrong_argument("`range()` cannot go in steps of 0").help("a step is at least 1, or at most -1 to go down"));
    }
    let (wide_from, wide_to, wide_step) = (i128::from(from), i128::from(to), i128::from(step));
    let members = ((wide_to - wide_from) / wide_step + 1).max(0);
    // Against the direction of the step there is nothing, however near the ends are.
    if (step > 0 && from > to) || (step < 0 && from < to) {
        return Ok(Value::List(Vec::new()));
    }
    may_hold(members.unsigned_abs())?;
    // Every member lies between two integers of 64 bits.
    let at = |position: i128| i64::try_from(wide_from + position * wide_step).map_or(Value::Null, Value::Integer);
    Ok(Value::List((0..members).map(at).collect()))
}
