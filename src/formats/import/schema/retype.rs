//! Retype: the values of a column read anew, as the type that a user's schema gives them.

use std::sync::Arc;

use crate::formats::curated::Retyped;
use crate::model::{Measure, Quantity, Value};
use crate::schema::ValueType;
use crate::store::{ABSENT, BulkColumn};

/// The column with its values as another type; how many are none of it and stay as they are, with the first of them.
pub(super) fn retyped(column: BulkColumn, asked: &Retyped) -> (BulkColumn, usize, Option<String>) {
    let (mut count, mut first) = (0, None);
    let mut read = |text: &str, old: Value| {
        read_as(text, asked).unwrap_or_else(|| {
            count += 1;
            first.get_or_insert_with(|| text.to_owned());
            old
        })
    };
    let values: Vec<(u32, Value)> = match column {
        BulkColumn::Numbers(numbers) => {
            let given = (0u32..).zip(numbers).filter(|(_, number)| !number.is_nan());
            given.map(|(at, number)| (at, read(&number.to_string(), Value::Quantity(Quantity::exact(Measure::Number, number))))).collect()
        }
        BulkColumn::Integers(integers) => {
            let given = (0u32..).zip(integers).filter(|(_, integer)| *integer != i64::MIN);
            given.map(|(at, integer)| (at, read(&integer.to_string(), Value::Integer(integer)))).collect()
        }
        BulkColumn::Texts(codes, texts) => {
            // Of many rows with one text the text is read once.
            let mut known: Vec<Option<Value>> = vec![None; texts.len()];
            let mut value = |code: u32| {
                let text = texts.get(code as usize)?;
                let known = known.get_mut(code as usize)?;
                Some(known.get_or_insert_with(|| read(text, Value::text(text))).clone())
            };
            (0u32..).zip(codes).filter(|(_, code)| *code != ABSENT).filter_map(|(at, code)| Some((at, value(code)?))).collect()
        }
        BulkColumn::Sparse(values) => {
            let single = |value: Value, read: &mut dyn FnMut(&str, Value) -> Value| match &value {
                Value::Text(text) => read(&Arc::clone(text), value),
                Value::Integer(integer) => read(&integer.to_string(), value),
                Value::Boolean(holds) => read(&holds.to_string(), value),
                Value::Quantity(quantity) => read(&quantity.to_string(), value),
                _ => value,
            };
            let all = |value: Value, read: &mut dyn FnMut(&str, Value) -> Value| match value {
                Value::List(members) => Value::List(members.iter().map(|member| single(member.clone(), read)).collect()),
                value => single(value, read),
            };
            values.into_iter().map(|(at, value)| (at, all(value, &mut read))).collect()
        }
    };
    (BulkColumn::Sparse(values), count, first)
}

/// A text as a value of the type asked for.
fn read_as(text: &str, asked: &Retyped) -> Option<Value> {
    let quantity = || text.trim().parse::<Quantity>().ok();
    match &asked.value_type {
        ValueType::Text => Some(Value::text(text)),
        ValueType::Boolean => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Some(Value::Boolean(true)),
            "false" | "no" | "0" => Some(Value::Boolean(false)),
            _ => None,
        },
        ValueType::Number => quantity().filter(|quantity| quantity.measure == Measure::Number).map(Value::Quantity),
        ValueType::Duration => quantity().filter(|quantity| matches!(quantity.measure, Measure::Duration(_))).map(Value::Quantity),
        ValueType::Percentage | ValueType::Ratio => {
            let quantity = quantity()?;
            match quantity.measure {
                Measure::Percentage | Measure::Ratio { .. } => Some(Value::Quantity(quantity)),
                Measure::Number => {
                    let scale = 100.0 / asked.whole?;
                    // Rounded, so that 0.07 does not become 7.000000000000001%.
                    let scaled =
                        |bound: crate::model::Bound| crate::model::Bound { value: (bound.value * scale * 1e9).round() / 1e9, ..bound };
                    let (minimum, maximum) = (quantity.minimum.map(scaled), quantity.maximum.map(scaled));
                    Some(Value::Quantity(Quantity { measure: Measure::Percentage, minimum, maximum }))
                }
                Measure::Duration(_) => None,
            }
        }
        ValueType::Entity(_) => None,
    }
}
