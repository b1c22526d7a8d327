//! Number: integers and floats as one, compared exactly; an exact bare quantity is a number too.

use std::cmp::Ordering;

use crate::model::{Measure, Quantity, Value};

/// A number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::engine) enum Number {
    /// A whole one.
    Integer(i64),
    /// Any other.
    Float(f64),
}

impl Number {
    /// The number that a value is, if it is one.
    pub fn of(value: &Value) -> Option<Number> {
        match value {
            Value::Integer(number) => Some(Number::Integer(*number)),
            Value::Float(number) => Some(Number::Float(*number)),
            Value::Quantity(quantity) if quantity.measure == Measure::Number => quantity.exact_value().map(Number::Float),
            _ => None,
        }
    }

    /// The number as a float; large integers are rounded.
    pub fn float(self) -> f64 {
        match self {
            Number::Integer(number) => number as f64,
            Number::Float(number) => number,
        }
    }

    /// The number if it is whole and fits.
    pub fn whole(self) -> Option<i64> {
        match self {
            Number::Integer(number) => Some(number),
            Number::Float(number) => exact_integer(number),
        }
    }

    /// The number as a value.
    pub fn value(self) -> Value {
        match self {
            Number::Integer(number) => Value::Integer(number),
            Number::Float(number) => Value::Float(number),
        }
    }

    /// The number as a quantity that is known exactly.
    pub fn quantity(self) -> Quantity {
        Quantity::exact(Measure::Number, self.float())
    }

    /// The order of two numbers; none where one of them is NaN.
    pub fn compare(self, other: Number) -> Option<Ordering> {
        match (self, other) {
            (Number::Integer(left), Number::Integer(right)) => Some(left.cmp(&right)),
            (Number::Float(left), Number::Float(right)) => left.partial_cmp(&right),
            (Number::Integer(left), Number::Float(right)) => with_float(left, right),
            (Number::Float(left), Number::Integer(right)) => with_float(right, left).map(Ordering::reverse),
        }
    }

    /// The order of two numbers for sorting: NaN is greater than every other.
    pub fn order(self, other: Number) -> Ordering {
        let is_nan = |number: Number| matches!(number, Number::Float(float) if float.is_nan());
        self.compare(other).unwrap_or_else(|| is_nan(self).cmp(&is_nan(other)))
    }
}

/// The integer that a float is, if it is one.
pub(super) fn exact_integer(number: f64) -> Option<i64> {
    // Two to the 63rd is the first float that is no 64-bit integer any more.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    (number.fract() == 0.0 && (-LIMIT..LIMIT).contains(&number)).then_some(number as i64)
}

/// The order of an integer and a float, without rounding the integer.
fn with_float(left: i64, right: f64) -> Option<Ordering> {
    if right.is_nan() {
        return None;
    }
    // A float beyond the integers is above or below all of them.
    let Some(whole) = exact_integer(right.trunc()) else {
        return Some(if right > 0.0 { Ordering::Less } else { Ordering::Greater });
    };
    Some(left.cmp(&whole).then_with(|| 0.0.partial_cmp(&right.fract()).unwrap_or(Ordering::Equal)))
}
