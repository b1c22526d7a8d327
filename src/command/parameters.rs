//! Parameters: `name=value` as it is typed, for `--param` and `:param`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Value;

/// A parameter and its value: `x=5`, `ids=["a", "b"]`, `name='lung cancer'`. The value is JSON, a text in single quotation
/// marks, or, where it is neither, the words as they stand.
///
/// # Errors
/// There is no `=`, or no name in front of it.
pub fn parameter(typed: &str) -> Result<(String, Value), Diagnostic> {
    let wrong = |message: &str| Diagnostic::error(Code::BadOption, message.to_owned()).help("for example `x=5` or `name='lung cancer'`");
    let Some((name, value)) = typed.split_once('=') else {
        return Err(wrong(&format!("the parameter '{typed}' has no value")));
    };
    let name = name.trim().trim_start_matches('$');
    if name.is_empty() {
        return Err(wrong("a parameter has no name in front of its `=`"));
    }
    Ok((name.to_owned(), read(value.strip_prefix('>').unwrap_or(value).trim())))
}

fn read(typed: &str) -> Value {
    if let Ok(json) = serde_json::from_str::<serde_json::Value>(typed) {
        return from_json(&json);
    }
    let bare = typed.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    Value::text(bare.unwrap_or(typed))
}

/// A value of JSON. Whole numbers are integers where they fit; all others are floats.
pub(super) fn from_json(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(holds) => Value::Boolean(*holds),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(whole) => Value::Integer(whole),
            None => number.as_f64().map_or(Value::Null, Value::Float),
        },
        serde_json::Value::String(text) => Value::text(text),
        serde_json::Value::Array(members) => Value::List(members.iter().map(from_json).collect()),
        serde_json::Value::Object(entries) => {
            let entries: BTreeMap<Arc<str>, Value> =
                entries.iter().map(|(name, value)| (Arc::from(name.as_str()), from_json(value))).collect();
            Value::Map(Arc::new(entries))
        }
    }
}

/// A value as `--param` and `:param` take it.
pub fn shown(value: &Value) -> String {
    to_json(value).to_string()
}

pub(super) fn to_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Boolean(holds) => (*holds).into(),
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Text(text) => text.as_ref().into(),
        Value::List(members) => members.iter().map(to_json).collect(),
        Value::Map(entries) => entries.iter().map(|(name, value)| (name.to_string(), to_json(value))).collect(),
        // Parameters are made of the above alone.
        _ => serde_json::Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(typed: &str) -> Value {
        parameter(typed).map(|(_, value)| value).expect("it can be read")
    }

    #[test]
    fn values_are_json_or_words() {
        assert_eq!(value("x=5"), Value::Integer(5));
        assert_eq!(value("x = -0.5"), Value::Float(-0.5));
        assert_eq!(value("$x=true"), Value::Boolean(true));
        assert_eq!(value("x=null"), Value::Null);
        assert_eq!(value("x=\"5\""), Value::text("5"));
        assert_eq!(value("x='lung cancer'"), Value::text("lung cancer"));
        assert_eq!(value("x=lung cancer"), Value::text("lung cancer"));
        assert_eq!(value("x => 7"), Value::Integer(7));
        assert_eq!(value("x=[1, \"a\"]"), Value::List(vec![Value::Integer(1), Value::text("a")]));
        assert_eq!(value("x={\"a\": 1}"), Value::map([(Arc::from("a"), Value::Integer(1))]));
    }

    #[test]
    fn what_is_shown_reads_back() {
        for typed in ["5", "0.25", "true", "null", "\"a 'b' c\"", "[1,[2,null]]", "{\"a\":{\"b\":[]}}"] {
            assert_eq!(shown(&value(&format!("x={typed}"))), typed);
        }
    }

    #[test]
    fn a_parameter_needs_a_name_and_a_value() {
        for typed in ["x", "", "=5", " $ = 5"] {
            assert_eq!(parameter(typed).expect_err("it is no parameter").code, Code::BadOption, "{typed}");
        }
    }
}
