//! Text: functions of texts. Positions and lengths count characters.

use std::sync::Arc;

use crate::algebra::Function;
use crate::model::{Value, fold};

use super::super::fault::Fault;
use super::super::text::words;
use super::super::weight::may_hold;
use super::{integer, unfit};

/// What a function of this family makes of values that are not null; none for other functions.
pub(super) fn call(function: Function, arguments: &[Value]) -> Option<Result<Value, Fault>> {
    let value = arguments.first().unwrap_or(&Value::Null);
    Some(match function {
        Function::ToLower => text(function, value).map(|text| Value::text(text.to_lowercase())),
        Function::ToUpper => text(function, value).map(|text| Value::text(text.to_uppercase())),
        Function::Left | Function::Right => side(function, arguments),
        Function::Substring => substring(function, arguments),
        Function::Replace => replace(function, arguments),
        Function::Split => split(function, arguments),
        Function::Trim | Function::TrimLeft | Function::TrimRight => trim(function, arguments),
        Function::Fold => folded(function, value),
        _ => return None,
    })
}

fn text(function: Function, value: &Value) -> Result<&str, Fault> {
    words(value).ok_or_else(|| unfit(function, "a text", value))
}

/// A number of characters.
fn length(function: Function, value: &Value) -> Result<usize, Fault> {
    let number = integer(function, "an integer as a position or a length", value)?;
    usize::try_from(number)
        .map_err(|_| Fault::wrong_argument(format!("`{}()` takes no negative position or length: {number}", function.name())))
}

fn side(function: Function, arguments: &[Value]) -> Result<Value, Fault> {
    let (Some(value), Some(wanted)) = (arguments.first(), arguments.get(1)) else { return Ok(Value::Null) };
    let (text, wanted) = (text(function, value)?, length(function, wanted)?);
    let kept: String = if function == Function::Left {
        text.chars().take(wanted).collect()
    } else {
        text.chars().skip(text.chars().count().saturating_sub(wanted)).collect()
    };
    Ok(Value::text(kept))
}

fn substring(function: Function, arguments: &[Value]) -> Result<Value, Fault> {
    let (Some(value), Some(start)) = (arguments.first(), arguments.get(1)) else { return Ok(Value::Null) };
    let rest = text(function, value)?.chars().skip(length(function, start)?);
    Ok(Value::text(match arguments.get(2) {
        Some(wanted) => rest.take(length(function, wanted)?).collect::<String>(),
        None => rest.collect(),
    }))
}

fn replace(function: Function, arguments: &[Value]) -> Result<Value, Fault> {
    let [value, sought, by] = arguments else { return Ok(Value::Null) };
    let (value, sought, by) = (text(function, value)?, text(function, sought)?, text(function, by)?);
    if sought.is_empty() {
        return Ok(Value::text(value));
    }
    let found = value.matches(sought).count() as u128;
    may_hold(found * by.len() as u128)?;
    Ok(Value::text(value.replace(sought, by)))
}

fn split(function: Function, arguments: &[Value]) -> Result<Value, Fault> {
    let (Some(value), Some(separators)) = (arguments.first(), arguments.get(1)) else { return Ok(Value::Null) };
    let value = text(function, value)?;
    let separators: Result<Vec<&str>, Fault> = separators.members().iter().map(|separator| text(function, separator)).collect();
    let separators = separators?;
    if separators.iter().any(|separator| separator.is_empty()) {
        return Ok(Value::List(value.chars().map(|letter| Value::text(letter.to_string())).collect()));
    }
    let mut parts = Vec::new();
    let mut rest = value;
    // The first separator in the text ends a part; of several there, the longest.
    let first = |rest: &str| {
        let found = separators.iter().filter_map(|separator| rest.find(separator).map(|at| (at, separator.len())));
        found.min_by_key(|(at, length)| (*at, usize::MAX - length))
    };
    while let Some((at, length)) = first(rest) {
        parts.push(Value::text(&rest[..at]));
        rest = &rest[at + length..];
    }
    parts.push(Value::text(rest));
    Ok(Value::List(parts))
}

fn trim(function: Function, arguments: &[Value]) -> Result<Value, Fault> {
    let value = text(function, arguments.first().unwrap_or(&Value::Null))?;
    let characters = arguments.get(1).map(|characters| text(function, characters)).transpose()?;
    let goes = |letter: char| characters.map_or(letter.is_whitespace(), |characters| characters.contains(letter));
    Ok(Value::text(match function {
        Function::TrimLeft => value.trim_start_matches(goes),
        Function::TrimRight => value.trim_end_matches(goes),
        _ => value.trim_matches(goes),
    }))
}

fn folded(function: Function, value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Null => Ok(Value::Null),
        Value::List(members) => members.iter().map(|member| folded(function, member)).collect::<Result<_, _>>().map(Value::List),
        value => text(function, value).map(|text| Value::Text(Arc::from(fold(text)))),
    }
}
