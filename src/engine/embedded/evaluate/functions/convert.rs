//! Convert: functions that make a value of one type from one of another.

use crate::algebra::Function;
use crate::model::Value;

use super::super::Number;
use super::super::fault::Fault;
use super::super::number::exact_integer;
use super::super::text::as_text;
use super::unfit;

/// A conversion of a value that is not null.
type Conversion = fn(&Value) -> Option<Result<Value, Fault>>;

/// What a function of this family makes of a value; none for other functions.
pub(super) fn call(function: Function, value: &Value) -> Option<Result<Value, Fault>> {
    let (conversion, expected): (Conversion, &str) = match function {
        Function::ToText | Function::ToTextOrNull | Function::ToTextList => (text, "a text, a number, true or false, or a temporal value"),
        Function::ToInteger | Function::ToIntegerOrNull | Function::ToIntegerList => (integer, "a number, a text, or true or false"),
        Function::ToFloat | Function::ToFloatOrNull | Function::ToFloatList => (float, "a number or a text"),
        Function::ToBoolean | Function::ToBooleanOrNull | Function::ToBooleanList => (boolean, "true or false, a text or an integer"),
        _ => return None,
    };
    Some(match function {
        Function::ToText | Function::ToInteger | Function::ToFloat | Function::ToBoolean => {
            conversion(value).unwrap_or_else(|| Err(unfit(function, expected, value)))
        }
        Function::ToTextOrNull | Function::ToIntegerOrNull | Function::ToFloatOrNull | Function::ToBooleanOrNull => {
            Ok(or_null(conversion, value))
        }
        _ => match value {
            Value::List(members) => Ok(Value::List(members.iter().map(|member| or_null(conversion, member)).collect())),
            other => Err(unfit(function, "a list", other)),
        },
    })
}

fn or_null(conversion: Conversion, value: &Value) -> Value {
    if value.is_null() { Value::Null } else { conversion(value).and_then(Result::ok).unwrap_or(Value::Null) }
}

fn text(value: &Value) -> Option<Result<Value, Fault>> {
    as_text(value).map(|text| Ok(Value::text(text)))
}

fn integer(value: &Value) -> Option<Result<Value, Fault>> {
    Some(match value {
        Value::Boolean(holds) => Ok(Value::Integer(i64::from(*holds))),
        Value::Text(text) => {
            let text = text.trim();
            let whole = text.parse::<i64>().ok();
            let cut = || text.parse::<f64>().ok().filter(|_| reads_as_number(text)).and_then(|number| exact_integer(number.trunc()));
            Ok(whole.or_else(cut).map_or(Value::Null, Value::Integer))
        }
        other => match Number::of(other)? {
            Number::Integer(number) => Ok(Value::Integer(number)),
            Number::Float(number) => exact_integer(number.trunc())
                .map(Value::Integer)
                .ok_or_else(|| Fault::arithmetic(format!("{number:?} does not fit an integer of 64 bits"))),
        },
    })
}

fn float(value: &Value) -> Option<Result<Value, Fault>> {
    Some(Ok(match value {
        Value::Text(text) => {
            let text = text.trim();
            text.parse::<f64>().ok().filter(|_| reads_as_number(text)).map_or(Value::Null, Value::Float)
        }
        other => Value::Float(Number::of(other)?.float()),
    }))
}

fn boolean(value: &Value) -> Option<Result<Value, Fault>> {
    Some(Ok(match value {
        Value::Boolean(holds) => Value::Boolean(*holds),
        Value::Text(text) => match text.trim().to_lowercase().as_str() {
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            _ => Value::Null,
        },
        Value::Integer(number) => Value::Boolean(*number != 0),
        _ => return None,
    }))
}

/// Whether a text that parses as a number is written with digits: `inf` is not, `NaN` and `Infinity` are names of numbers.
fn reads_as_number(text: &str) -> bool {
    text.contains(|letter: char| letter.is_ascii_digit()) || matches!(text.trim_start_matches(['+', '-']), "NaN" | "Infinity")
}
