//! Aggregates: what many values come to.

use super::expressions::{Outcome, Skip};
use super::query::Aggregate;
use super::value::Value;

/// Each value once, the first that came.
pub fn distinct(values: Vec<Value>) -> Vec<Value> {
    let mut kept: Vec<Value> = Vec::new();
    for value in values {
        if !kept.iter().any(|known| known.same(&value)) {
            kept.push(value);
        }
    }
    kept
}

/// The aggregate of the values that are not null.
pub fn of(kind: Aggregate, each_once: bool, values: Vec<Value>) -> Outcome<Value> {
    let present: Vec<Value> = values.into_iter().filter(|value| *value != Value::Null).collect();
    let mut values = if each_once { distinct(present) } else { present };
    let count = values.len();
    match kind {
        Aggregate::Count => return Ok(Value::Integer(count as i64)),
        Aggregate::Collect => return Ok(Value::List(values)),
        Aggregate::Minimum | Aggregate::Maximum => {
            values.sort_by(Value::order);
            let end = if kind == Aggregate::Minimum { values.first() } else { values.last() };
            return Ok(end.cloned().unwrap_or(Value::Null));
        }
        _ => {}
    }
    let mut numbers: Vec<f64> = values.iter().map(Value::number).collect::<Option<_>>().ok_or(Skip::Senseless)?;
    numbers.sort_by(f64::total_cmp);
    let sum: f64 = numbers.iter().sum();
    let mean = sum / count as f64;
    let squares: f64 = numbers.iter().map(|number| (number - mean).powi(2)).sum();
    Ok(match kind {
        Aggregate::Sum => Value::Float(sum),
        Aggregate::Deviation if count < 2 => Value::Float(0.0),
        Aggregate::Deviation => Value::Float((squares / (count - 1) as f64).sqrt()),
        Aggregate::PopulationDeviation if count < 2 => Value::Float(0.0),
        Aggregate::PopulationDeviation => Value::Float((squares / count as f64).sqrt()),
        _ if count == 0 => Value::Null,
        Aggregate::Average => Value::Float(mean),
        Aggregate::Discrete(part) => {
            let place = (part * count as f64).ceil() as usize;
            Value::Float(numbers[place.saturating_sub(1)])
        }
        Aggregate::Continuous(part) => {
            let place = part * (count - 1) as f64;
            let (below, above) = (numbers[place.floor() as usize], numbers[place.ceil() as usize]);
            Value::Float(below + (above - below) * place.fract())
        }
        _ => return Err(Skip::Senseless),
    })
}
