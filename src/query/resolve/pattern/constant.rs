//! Constant: expressions over numbers that are known before the query runs, for `SKIP` and `LIMIT`.

use std::hash::{BuildHasher, Hasher};

use crate::diagnostic::Diagnostic;
use crate::model::{Measure, Value};
use crate::query::syntax::pattern_tree::{BinaryOperator, Expression as Tree, ExpressionKind};

use super::Resolver;

/// A number that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    /// A whole one.
    Whole(i64),
    /// Another one.
    Real(f64),
    /// Something else, or a number that does not fit.
    Other,
}

impl Number {
    fn real(self) -> Option<f64> {
        match self {
            Number::Whole(number) => Some(number as f64),
            Number::Real(number) => Some(number),
            Number::Other => None,
        }
    }
}

impl Resolver<'_> {
    /// The value of an expression that is the same in every row; none if it depends on them. Remembers whether a parameter is in it.
    pub(super) fn constant(&self, tree: &Tree, of_parameter: &mut bool) -> Result<Option<Number>, Diagnostic> {
        Ok(match &tree.kind {
            ExpressionKind::Integer(number) => Some(Number::Whole(*number)),
            ExpressionKind::Float(number) => Some(Number::Real(*number)),
            ExpressionKind::Parameter(_) => {
                *of_parameter = true;
                self.number_parameter(tree)?.map(|value| number_of(&value))
            }
            ExpressionKind::Plus(inner) => self.constant(inner, of_parameter)?,
            ExpressionKind::Negate(inner) => self.constant(inner, of_parameter)?.map(negated),
            ExpressionKind::Binary(operator, left, right) => {
                let (left, right) = (self.constant(left, of_parameter)?, self.constant(right, of_parameter)?);
                left.zip(right).map(|(left, right)| reckoned(*operator, left, right))
            }
            ExpressionKind::Call { name, arguments, distinct: false } => match arguments.as_slice() {
                [] => without_argument(&name.value),
                [argument] => self.constant(argument, of_parameter)?.and_then(|number| function_of(&name.value, number)),
                _ => None,
            },
            ExpressionKind::Text(_) | ExpressionKind::Boolean(_) | ExpressionKind::Null => Some(Number::Other),
            ExpressionKind::List(members) if members.is_empty() => Some(Number::Other),
            ExpressionKind::Map(entries) if entries.is_empty() => Some(Number::Other),
            _ => None,
        })
    }
}

fn number_of(value: &Value) -> Number {
    match value {
        Value::Integer(number) => Number::Whole(*number),
        Value::Float(number) => Number::Real(*number),
        Value::Quantity(quantity) if quantity.measure == Measure::Number => match quantity.exact_value() {
            Some(number) if number.fract() == 0.0 && number.abs() < 9e15 => Number::Whole(number as i64),
            Some(number) => Number::Real(number),
            None => Number::Other,
        },
        _ => Number::Other,
    }
}

fn negated(number: Number) -> Number {
    match number {
        Number::Whole(number) => number.checked_neg().map_or(Number::Other, Number::Whole),
        Number::Real(number) => Number::Real(-number),
        Number::Other => Number::Other,
    }
}

fn reckoned(operator: BinaryOperator, left: Number, right: Number) -> Number {
    if let (Number::Whole(left), Number::Whole(right)) = (left, right) {
        let whole = match operator {
            BinaryOperator::Add => left.checked_add(right),
            BinaryOperator::Subtract => left.checked_sub(right),
            BinaryOperator::Multiply => left.checked_mul(right),
            BinaryOperator::Divide => left.checked_div(right),
            BinaryOperator::Modulo => left.checked_rem(right),
            BinaryOperator::Power => return Number::Real((left as f64).powf(right as f64)),
            _ => None,
        };
        return whole.map_or(Number::Other, Number::Whole);
    }
    let (Some(left), Some(right)) = (left.real(), right.real()) else { return Number::Other };
    match operator {
        BinaryOperator::Add => Number::Real(left + right),
        BinaryOperator::Subtract => Number::Real(left - right),
        BinaryOperator::Multiply => Number::Real(left * right),
        BinaryOperator::Divide => Number::Real(left / right),
        BinaryOperator::Modulo => Number::Real(left % right),
        BinaryOperator::Power => Number::Real(left.powf(right)),
        _ => Number::Other,
    }
}

fn without_argument(name: &str) -> Option<Number> {
    match name.to_ascii_lowercase().as_str() {
        "rand" => Some(Number::Real(random())),
        "pi" => Some(Number::Real(std::f64::consts::PI)),
        "e" => Some(Number::Real(std::f64::consts::E)),
        _ => None,
    }
}

fn function_of(name: &str, number: Number) -> Option<Number> {
    let real = number.real();
    let of_real = |function: fn(f64) -> f64| Some(real.map_or(Number::Other, |number| Number::Real(function(number))));
    match name.to_ascii_lowercase().as_str() {
        "tointeger" => Some(match number {
            Number::Real(number) if number.is_finite() && number.abs() < 9e15 => Number::Whole(number.trunc() as i64),
            Number::Whole(number) => Number::Whole(number),
            _ => Number::Other,
        }),
        "tofloat" => of_real(|number| number),
        "ceil" | "ceiling" => of_real(f64::ceil),
        "floor" => of_real(f64::floor),
        "round" => of_real(f64::round),
        "sqrt" => of_real(f64::sqrt),
        "abs" => Some(match number {
            Number::Whole(number) => number.checked_abs().map_or(Number::Other, Number::Whole),
            Number::Real(number) => Number::Real(number.abs()),
            Number::Other => Number::Other,
        }),
        _ => None,
    }
}

/// From 0 up to and without 1; another one each time.
fn random() -> f64 {
    let bits = std::collections::hash_map::RandomState::new().build_hasher().finish();
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}
