//! Aggregate: what is computed for a group of rows, value by value.

use std::collections::HashSet;

use crate::algebra::AggregateFunction;
use crate::model::Value;
use crate::model::temporal::{Duration, Factor, Temporal};

use super::super::order;
use super::arithmetic::temporal_value;
use super::fault::{Fault, described};
use super::number::Number;
use super::weight::may_hold;

/// Computes one aggregate of one group. Nulls do not count.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Accumulator {
    state: State,
    seen: Option<HashSet<Vec<u8>>>,
}

#[derive(Clone, Debug)]
enum State {
    Count(u64),
    Sum(Sum),
    Average(Sum, u64),
    /// The least (or the greatest) so far.
    Extreme {
        greatest: bool,
        value: Value,
    },
    Collect {
        values: Vec<Value>,
        held: u128,
    },
    Deviation {
        population: bool,
        moments: Moments,
    },
    /// The values with how often each was met.
    Percentile {
        continuous: bool,
        percentile: f64,
        values: Vec<(Number, u64)>,
    },
}

/// A sum of numbers, or of durations.
#[derive(Clone, Copy, Debug)]
enum Sum {
    Nothing,
    Integers(i128),
    Floats(f64),
    Durations(Duration),
}

/// Count, mean and the sum of squared distances from the mean, kept so that nothing is lost to rounding.
#[derive(Clone, Copy, Debug, Default)]
struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
}

#[allow(dead_code)] // Engines that make rows in parts put the parts together; the one that makes them whole does not.
impl Accumulator {
    /// An aggregate of nothing so far. `parameter` is the percentile of those that have one.
    ///
    /// # Errors
    /// A percentile that is no number from 0 to 1.
    pub fn new(function: AggregateFunction, distinct: bool, parameter: Option<&Value>) -> Result<Accumulator, Fault> {
        let extreme = |greatest| State::Extreme { greatest, value: Value::Null };
        let deviation = |population| State::Deviation { population, moments: Moments::default() };
        let state = match function {
            AggregateFunction::Count => State::Count(0),
            AggregateFunction::Sum => State::Sum(Sum::Nothing),
            AggregateFunction::Average => State::Average(Sum::Nothing, 0),
            AggregateFunction::Minimum => extreme(false),
            AggregateFunction::Maximum => extreme(true),
            AggregateFunction::Collect => State::Collect { values: Vec::new(), held: 0 },
            AggregateFunction::StandardDeviation => deviation(false),
            AggregateFunction::PopulationStandardDeviation => deviation(true),
            AggregateFunction::PercentileContinuous | AggregateFunction::PercentileDiscrete => State::Percentile {
                continuous: function == AggregateFunction::PercentileContinuous,
                percentile: percentile(parameter.unwrap_or(&Value::Null))?,
                values: Vec::new(),
            },
        };
        Ok(Accumulator { state, seen: distinct.then(HashSet::new) })
    }

    /// Counts so many rows, whatever they hold: `count(*)`.
    pub fn add_rows(&mut self, rows: u64) {
        if let State::Count(count) = &mut self.state {
            *count = count.saturating_add(rows);
        }
    }

    /// Adds the value of one row.
    ///
    /// # Errors
    /// A value of a type that the aggregate does not take, or a sum that does not fit.
    pub fn add(&mut self, value: &Value) -> Result<(), Fault> {
        self.add_many(value, 1)
    }

    /// Adds the value of a row that stands for so many.
    ///
    /// # Errors
    /// As [`Accumulator::add`].
    pub fn add_many(&mut self, value: &Value, weight: u64) -> Result<(), Fault> {
        if value.is_null() || weight == 0 {
            return Ok(());
        }
        let mut weight = weight;
        if let Some(seen) = &mut self.seen {
            if !seen.insert(order::key(value)) {
                return Ok(());
            }
            weight = 1;
        }
        self.state.add(value, weight)
    }

    /// Adds what another accumulator of the same aggregate has met behind this one.
    ///
    /// # Errors
    /// As [`Accumulator::add`].
    pub fn merge(&mut self, other: Accumulator) -> Result<(), Fault> {
        if self.seen.is_some() {
            // What both have met counts once: the other's values are added again, where it still has them.
            return match other.state {
                State::Collect { values, .. } => values.iter().try_for_each(|value| self.add(value)),
                State::Percentile { values, .. } => values.iter().try_for_each(|(number, _)| self.add(&number.value())),
                State::Extreme { value, .. } => self.add(&value),
                State::Count(_) => {
                    let seen = self.seen.get_or_insert_default();
                    seen.extend(other.seen.unwrap_or_default());
                    self.state = State::Count(seen.len() as u64);
                    Ok(())
                }
                State::Sum(_) | State::Average(..) | State::Deviation { .. } => {
                    Err(Fault::wrong_argument("sums of distinct values cannot be put together of parts"))
                }
            };
        }
        match (&mut self.state, other.state) {
            (State::Count(count), State::Count(more)) => *count = count.saturating_add(more),
            (State::Sum(sum), State::Sum(more)) => sum.add_sum(more)?,
            (State::Average(sum, count), State::Average(more, others)) => {
                sum.add_sum(more)?;
                *count = count.saturating_add(others);
            }
            (state @ State::Extreme { .. }, State::Extreme { value, .. }) if !value.is_null() => state.add(&value, 1)?,
            (State::Collect { values, held }, State::Collect { values: mut more, held: others }) => {
                *held += others;
                may_hold(*held)?;
                values.append(&mut more);
            }
            (State::Deviation { moments, .. }, State::Deviation { moments: more, .. }) => moments.merge(more),
            (State::Percentile { values, .. }, State::Percentile { values: mut more, .. }) => values.append(&mut more),
            // Accumulators of different aggregates have nothing to give to each other.
            _ => {}
        }
        Ok(())
    }

    /// The value of the aggregate.
    ///
    /// # Errors
    /// A sum that does not fit.
    pub fn finish(self) -> Result<Value, Fault> {
        match self.state {
            State::Count(count) => Ok(Value::Integer(i64::try_from(count).unwrap_or(i64::MAX))),
            State::Sum(sum) => sum.value(),
            State::Average(sum, count) => sum.mean(count),
            State::Extreme { value, .. } => Ok(value),
            State::Collect { values, .. } => super::weight::bounded(Value::List(values)),
            State::Deviation { population, moments } => Ok(Value::Float(moments.deviation(population))),
            State::Percentile { continuous, percentile, values } => Ok(of_percentile(continuous, percentile, values)),
        }
    }
}

impl State {
    fn add(&mut self, value: &Value, weight: u64) -> Result<(), Fault> {
        match self {
            State::Count(count) => *count = count.saturating_add(weight),
            State::Sum(sum) => sum.add("sum", value, weight)?,
            State::Average(sum, count) => {
                sum.add("avg", value, weight)?;
                *count = count.saturating_add(weight);
            }
            State::Extreme { greatest, value: known } => {
                let order = order::orderability(value, known);
                if known.is_null() || (*greatest && order.is_gt()) || (!*greatest && order.is_lt()) {
                    known.clone_from(value);
                }
            }
            State::Collect { values, held } => {
                *held += u128::from(weight);
                may_hold(*held)?;
                (0..weight).for_each(|_| values.push(value.clone()));
            }
            State::Deviation { moments, .. } => {
                let number = number("stDev", value)?.float();
                moments.merge(Moments { count: weight as f64, mean: number, squares: 0.0 });
            }
            State::Percentile { continuous, values, .. } => {
                let name = if *continuous { "percentileCont" } else { "percentileDisc" };
                values.push((number(name, value)?, weight));
            }
        }
        Ok(())
    }
}

impl Sum {
    fn add(&mut self, name: &str, value: &Value, weight: u64) -> Result<(), Fault> {
        if let Value::Temporal(temporal) = value
            && let Temporal::Duration(duration) = temporal.as_ref()
        {
            let factor = Factor::Integer(i64::try_from(weight).unwrap_or(i64::MAX));
            let duration = if weight == 1 { *duration } else { duration.times(factor)? };
            return self.add_sum(Sum::Durations(duration));
        }
        self.add_sum(match number(name, value)? {
            Number::Integer(number) => Sum::Integers(i128::from(number).saturating_mul(i128::from(weight))),
            Number::Float(number) => Sum::Floats(number * weight as f64),
        })
    }

    fn add_sum(&mut self, more: Sum) -> Result<(), Fault> {
        *self = match (*self, more) {
            (Sum::Nothing, sum) | (sum, Sum::Nothing) => sum,
            (Sum::Integers(left), Sum::Integers(right)) => Sum::Integers(left.saturating_add(right)),
            (Sum::Integers(left), Sum::Floats(right)) => Sum::Floats(left as f64 + right),
            (Sum::Floats(left), Sum::Integers(right)) => Sum::Floats(left + right as f64),
            (Sum::Floats(left), Sum::Floats(right)) => Sum::Floats(left + right),
            (Sum::Durations(left), Sum::Durations(right)) => Sum::Durations(left.plus(right)?),
            (Sum::Durations(_), _) | (_, Sum::Durations(_)) => {
                return Err(Fault::wrong_type("numbers and durations have no common sum"));
            }
        };
        Ok(())
    }

    fn value(self) -> Result<Value, Fault> {
        Ok(match self {
            Sum::Nothing => Value::Integer(0),
            Sum::Integers(sum) => Value::Integer(
                i64::try_from(sum)
                    .map_err(|_| Fault::arithmetic("the sum does not fit an integer of 64 bits").help("`sum(toFloat(x))` can be larger"))?,
            ),
            Sum::Floats(sum) => Value::Float(sum),
            Sum::Durations(sum) => temporal_value(Temporal::Duration(sum)),
        })
    }

    fn mean(self, count: u64) -> Result<Value, Fault> {
        Ok(match self {
            Sum::Nothing => Value::Null,
            Sum::Integers(sum) => Value::Float(sum as f64 / count as f64),
            Sum::Floats(sum) => Value::Float(sum / count as f64),
            Sum::Durations(sum) => {
                temporal_value(Temporal::Duration(sum.divided_by(Factor::Integer(i64::try_from(count).unwrap_or(i64::MAX)))?))
            }
        })
    }
}

impl Moments {
    fn merge(&mut self, more: Moments) {
        let count = self.count + more.count;
        if count == 0.0 {
            return;
        }
        let distance = more.mean - self.mean;
        self.squares += more.squares + distance * distance * self.count * more.count / count;
        self.mean += distance * more.count / count;
        self.count = count;
    }

    fn deviation(self, population: bool) -> f64 {
        let among = if population { self.count } else { self.count - 1.0 };
        if among > 0.0 { (self.squares / among).sqrt() } else { 0.0 }
    }
}

fn number(name: &str, value: &Value) -> Result<Number, Fault> {
    Number::of(value).ok_or_else(|| {
        let fault = Fault::wrong_type(format!("`{name}()` takes numbers, and this is {}", described(value)));
        match value {
            Value::Quantity(_) => fault.help("`.min` and `.max` of a percentage, ratio, duration or interval are numbers"),
            _ => fault,
        }
    })
}

fn percentile(parameter: &Value) -> Result<f64, Fault> {
    let given = Number::of(parameter)
        .map(Number::float)
        .ok_or_else(|| Fault::wrong_type(format!("a percentile is a number from 0 to 1, and this is {}", described(parameter))))?;
    if (0.0..=1.0).contains(&given) {
        Ok(given)
    } else {
        Err(Fault::wrong_argument(format!("a percentile is a number from 0 to 1, and this is {given}")).help("the median is 0.5"))
    }
}

fn of_percentile(continuous: bool, percentile: f64, mut values: Vec<(Number, u64)>) -> Value {
    values.sort_by(|(left, _), (right, _)| left.order(*right));
    let count: u64 = values.iter().map(|(_, weight)| *weight).sum();
    let at = |position: u64| {
        let mut behind = 0;
        values.iter().find(|(_, weight)| {
            behind += weight;
            behind > position
        })
    };
    if count == 0 {
        return Value::Null;
    }
    if continuous {
        let place = percentile * (count - 1) as f64;
        let (below, above) = (at(place.floor() as u64), at(place.ceil() as u64));
        return match (below, above) {
            (Some((below, _)), Some((above, _))) => {
                let (below, above) = (below.float(), above.float());
                Value::Float(if below == above { below } else { below + (above - below) * place.fract() })
            }
            _ => Value::Null,
        };
    }
    // The first value that at least this part of all values does not exceed.
    let place = (percentile * count as f64).ceil() as u64;
    at(place.saturating_sub(1).min(count - 1)).map_or(Value::Null, |(number, _)| number.value())
}
