//! Compare: how openCypher compares two values: null with anything is unknown, and so is what has no order.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Comparison, Confidence, Extent, Quantity, Truth, Value};

use super::number::Number;

/// How two values stand to each other, for `<` and its like.
enum Standing {
    /// They have an order.
    Ordered(Ordering),
    /// One of them is NaN: no comparison holds.
    Never,
    /// They have no order.
    Unknown,
}

/// What a comparison of two values yields.
pub(in crate::engine) fn compare(comparison: Comparison, left: &Value, right: &Value) -> Truth {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => return Truth::Unknown,
        (Value::Integer(left), Value::Integer(right)) => return Truth::from(comparison.holds(left.cmp(right))),
        (Value::Text(left), Value::Text(right)) => return Truth::from(comparison.holds(left.cmp(right))),
        _ => {}
    }
    match comparison {
        Comparison::Equal => equal(left, right),
        Comparison::NotEqual => equal(left, right).not(),
        ordering => {
            if let Some((left, right)) = quantities(left, right) {
                return left.compare(ordering, &right).unwrap_or(Truth::Unknown);
            }
            match standing(left, right) {
                Standing::Ordered(order) => Truth::from(ordering.holds(order)),
                Standing::Never => Truth::False,
                Standing::Unknown => Truth::Unknown,
            }
        }
    }
}

/// Whether two values are equal.
pub(in crate::engine) fn equal(left: &Value, right: &Value) -> Truth {
    if let (Some(left), Some(right)) = (Number::of(left), Number::of(right)) {
        return Truth::from(left.compare(right) == Some(Ordering::Equal));
    }
    if let Some((left, right)) = quantities(left, right) {
        return left.compare(Comparison::Equal, &right).unwrap_or(Truth::Unknown);
    }
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Truth::Unknown,
        (Value::List(left), Value::List(right)) if left.len() != right.len() => Truth::False,
        (Value::List(left), Value::List(right)) => all_equal(left.iter().zip(right)),
        (Value::Map(left), Value::Map(right)) => equal_maps(left, right),
        (Value::Extent(extent), Value::Text(text)) | (Value::Text(text), Value::Extent(extent)) => {
            Truth::from(Extent::from_word(text) == Some(*extent))
        }
        (Value::Confidence(confidence), Value::Text(text)) | (Value::Text(text), Value::Confidence(confidence)) => {
            Truth::from(Confidence::from_word(text) == Some(*confidence))
        }
        (left, right) => Truth::from(left == right),
    }
}

fn equal_maps(left: &BTreeMap<Arc<str>, Value>, right: &BTreeMap<Arc<str>, Value>) -> Truth {
    if !left.keys().eq(right.keys()) {
        return Truth::False;
    }
    all_equal(left.values().zip(right.values()))
}

/// Whether all pairs are equal: false as soon as one is not.
fn all_equal<'v>(pairs: impl Iterator<Item = (&'v Value, &'v Value)>) -> Truth {
    let mut all = Truth::True;
    for (left, right) in pairs {
        all = all.and(equal(left, right));
        if all == Truth::False {
            break;
        }
    }
    all
}

/// Both as quantities, where at least one is a quantity and the other a quantity or a number.
fn quantities(left: &Value, right: &Value) -> Option<(Quantity, Quantity)> {
    let quantity = |value: &Value| match value {
        Value::Quantity(quantity) => Some(*quantity),
        value => Number::of(value).map(Number::quantity),
    };
    let either = matches!(left, Value::Quantity(_)) || matches!(right, Value::Quantity(_));
    if either { quantity(left).zip(quantity(right)) } else { None }
}

fn standing(left: &Value, right: &Value) -> Standing {
    if let (Some(left), Some(right)) = (Number::of(left), Number::of(right)) {
        return left.compare(right).map_or(Standing::Never, Standing::Ordered);
    }
    let ordered = |order: Option<Ordering>| order.map_or(Standing::Unknown, Standing::Ordered);
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => Standing::Ordered(left.cmp(right)),
        (Value::Boolean(left), Value::Boolean(right)) => Standing::Ordered(left.cmp(right)),
        (Value::Temporal(left), Value::Temporal(right)) => ordered(left.compare(right)),
        (Value::Extent(left), Value::Extent(right)) => Standing::Ordered(left.cmp(right)),
        (Value::Extent(left), Value::Text(right)) => ordered(Extent::from_word(right).map(|right| left.cmp(&right))),
        (Value::Text(left), Value::Extent(right)) => ordered(Extent::from_word(left).map(|left| left.cmp(right))),
        (Value::Confidence(left), Value::Confidence(right)) => Standing::Ordered(left.cmp(right)),
        (Value::Confidence(left), Value::Text(right)) => ordered(Confidence::from_word(right).map(|right| left.cmp(&right))),
        (Value::Text(left), Value::Confidence(right)) => ordered(Confidence::from_word(left).map(|left| left.cmp(right))),
        (Value::List(left), Value::List(right)) => lists(left, right),
        _ => Standing::Unknown,
    }
}

/// Lists stand to each other as the first members do that are not equal; a list comes before those that go on behind it.
fn lists(left: &[Value], right: &[Value]) -> Standing {
    for (left, right) in left.iter().zip(right) {
        match standing(left, right) {
            Standing::Ordered(Ordering::Equal) => {}
            other => return other,
        }
    }
    Standing::Ordered(left.len().cmp(&right.len()))
}
