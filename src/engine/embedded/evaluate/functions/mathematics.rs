//! Mathematics: functions of numbers.

use crate::algebra::Function;
use crate::model::Value;

use super::super::Number;
use super::super::fault::Fault;
use super::super::text::words;
use super::{integer, unfit};

/// What a function of this family makes of values that are not null; none for other functions.
pub(super) fn call(function: Function, arguments: &[Value]) -> Option<Result<Value, Fault>> {
    let value = arguments.first().unwrap_or(&Value::Null);
    let float = |compute: fn(f64) -> f64| Some(number(function, value).map(|number| Value::Float(compute(number.float()))));
    match function {
        Function::Absolute => Some(number(function, value).and_then(absolute)),
        Function::Sign => Some(number(function, value).map(sign)),
        Function::IsNaN => Some(number(function, value).map(|number| Value::Boolean(number.float().is_nan()))),
        Function::Round => Some(round(function, arguments)),
        Function::ArcTangent2 => Some(arc_tangent(function, arguments)),
        Function::Ceiling => float(f64::ceil),
        Function::Floor => float(f64::floor),
        Function::SquareRoot => float(f64::sqrt),
        Function::Exponential => float(f64::exp),
        Function::NaturalLogarithm => float(f64::ln),
        Function::DecimalLogarithm => float(f64::log10),
        Function::Sine => float(f64::sin),
        Function::Cosine => float(f64::cos),
        Function::Tangent => float(f64::tan),
        Function::Cotangent => float(|angle| 1.0 / angle.tan()),
        Function::ArcSine => float(f64::asin),
        Function::ArcCosine => float(f64::acos),
        Function::ArcTangent => float(f64::atan),
        Function::HyperbolicSine => float(f64::sinh),
        Function::HyperbolicCosine => float(f64::cosh),
        Function::HyperbolicTangent => float(f64::tanh),
        Function::Degrees => float(f64::to_degrees),
        Function::Radians => float(f64::to_radians),
        Function::Haversine => float(|angle| (1.0 - angle.cos()) / 2.0),
        _ => None,
    }
}

fn number(function: Function, value: &Value) -> Result<Number, Fault> {
    Number::of(value).ok_or_else(|| unfit(function, "a number", value))
}

fn absolute(number: Number) -> Result<Value, Fault> {
    match number {
        Number::Integer(number) => number
            .checked_abs()
            .map(Value::Integer)
            .ok_or_else(|| Fault::arithmetic(format!("{number} without its sign does not fit an integer of 64 bits"))),
        Number::Float(number) => Ok(Value::Float(number.abs())),
    }
}

fn sign(number: Number) -> Value {
    Value::Integer(match number {
        Number::Integer(number) => number.signum(),
        Number::Float(number) if number > 0.0 => 1,
        Number::Float(number) if number < 0.0 => -1,
        Number::Float(_) => 0,
    })
}

fn arc_tangent(function: Function, arguments: &[Value]) -> Result<Value, Fault> {
    let [up, right] = arguments else { return Ok(Value::Null) };
    Ok(Value::Float(number(function, up)?.float().atan2(number(function, right)?.float())))
}

fn round(function: Function, arguments: &[Value]) -> Result<Value, Fault> {
    const MODES: [&str; 7] = ["UP", "DOWN", "CEILING", "FLOOR", "HALF_UP", "HALF_DOWN", "HALF_EVEN"];
    const MOST_DIGITS: i64 = 300;
    let value = number(function, arguments.first().unwrap_or(&Value::Null))?.float();
    let digits = arguments.get(1).map_or(Ok(0), |digits| integer(function, "an integer as the number of digits", digits))?;
    if !(0..=MOST_DIGITS).contains(&digits) {
        return Err(Fault::wrong_argument(format!("`round()` keeps from 0 to {MOST_DIGITS} digits, and this is {digits}")));
    }
    let mode = match arguments.get(2) {
        None => None,
        Some(mode) => {
            let given = words(mode).ok_or_else(|| unfit(function, "a text as the mode", mode))?;
            let known = MODES.iter().find(|known| known.eq_ignore_ascii_case(given));
            Some(*known.ok_or_else(|| {
                Fault::wrong_argument(format!("'{given}' is no mode of rounding")).help(format!("modes are {}", MODES.join(", ")))
            })?)
        }
    };
    let scale = 10_f64.powi(i32::try_from(digits).unwrap_or_default());
    let scaled = value * scale;
    if !scaled.is_finite() {
        return Ok(Value::Float(value));
    }
    let below = scaled.floor();
    let is_half = scaled - below == 0.5;
    let rounded = match mode {
        Some("UP") if scaled < 0.0 => below,
        Some("UP" | "CEILING") => scaled.ceil(),
        Some("DOWN") => scaled.trunc(),
        Some("FLOOR") => below,
        Some("HALF_DOWN") if is_half && scaled > 0.0 => below,
        Some("HALF_EVEN") if is_half => 2.0 * (scaled / 2.0).round(),
        Some("HALF_UP" | "HALF_DOWN" | "HALF_EVEN") if !is_half || scaled < 0.0 => scaled.round(),
        // Halves go up, towards the greater number.
        _ => (scaled + 0.5).floor(),
    };
    let rounded = if matches!(mode, Some("HALF_DOWN")) && is_half && scaled < 0.0 { below + 1.0 } else { rounded };
    Ok(Value::Float(rounded / scale))
}
