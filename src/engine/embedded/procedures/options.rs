//! Options: the map behind the other arguments of a procedure, and what each of its values may be.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::algebra::{Procedure, ProcedureSignature};
use crate::diagnostic::likeness;
use crate::model::{Measure, Value};

use super::{FailureKind, Stopped, fault};

/// How many names a message lists at most.
const LISTED: usize = 12;

/// The options of a call.
pub struct Options {
    signature: &'static ProcedureSignature,
    entries: Option<Arc<BTreeMap<Arc<str>, Value>>>,
}

impl Options {
    /// The options of a call: its last argument, if it has that many.
    ///
    /// # Errors
    /// It is no map, or names an option that the procedure does not have.
    pub fn of(procedure: Procedure, values: &[Value]) -> Result<Options, Stopped> {
        let signature = procedure.signature();
        let entries = match values.get(signature.least) {
            None | Some(Value::Null) => None,
            Some(Value::Map(entries)) => Some(Arc::clone(entries)),
            Some(other) => {
                let message = format!("the options of `{}` are a map, not {}", signature.name, described(other));
                let example = signature.options.first().map_or("kinds", |option| option.name);
                return Err(fault(FailureKind::WrongType, message, format!("write them as `{{{example}: …}}`")));
            }
        };
        let names: Vec<&str> = signature.options.iter().map(|option| option.name).collect();
        for key in entries.iter().flat_map(|entries| entries.keys()) {
            if !names.contains(&key.as_ref()) {
                let message = format!("`{}` has no option '{key}'", signature.name);
                return Err(fault(FailureKind::WrongArgument, message, listed("its options are", key, &names)));
            }
        }
        Ok(Options { signature, entries })
    }

    /// The name of the procedure, for messages.
    pub fn procedure(&self) -> &'static str {
        self.signature.name
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.entries.as_ref()?.get(name).filter(|value| !value.is_null())
    }

    /// An option that is a number within a range; none where it is not given.
    ///
    /// # Errors
    /// It is something else.
    pub fn number(&self, name: &str, range: RangeInclusive<f64>) -> Result<Option<f64>, Stopped> {
        let Some(value) = self.get(name) else { return Ok(None) };
        match exact_number(value) {
            Some(number) if range.contains(&number) => Ok(Some(number)),
            found => Err(self.unfit(name, value, found.is_some(), &bounds(*range.start(), *range.end(), "a number"))),
        }
    }

    /// An option that is a whole number within a range; none where it is not given.
    ///
    /// # Errors
    /// It is something else.
    pub fn whole(&self, name: &str, range: RangeInclusive<i64>) -> Result<Option<i64>, Stopped> {
        let Some(value) = self.get(name) else { return Ok(None) };
        match value {
            Value::Integer(number) if range.contains(number) => Ok(Some(*number)),
            other => {
                let most = if *range.end() == i64::MAX { f64::INFINITY } else { *range.end() as f64 };
                let least = if *range.start() == i64::MIN { f64::NEG_INFINITY } else { *range.start() as f64 };
                Err(self.unfit(name, other, exact_number(other).is_some(), &bounds(least, most, "a whole number")))
            }
        }
    }

    /// An option that is one text; none where it is not given.
    ///
    /// # Errors
    /// It is something else.
    pub fn text(&self, name: &str) -> Result<Option<Arc<str>>, Stopped> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(Arc::clone(text))),
            Some(other) => Err(self.unfit(name, other, false, "a string")),
        }
    }

    /// An option that is a list of texts, or one text alone; none where it is not given.
    ///
    /// # Errors
    /// It is something else.
    pub fn texts(&self, name: &str) -> Result<Option<Vec<Arc<str>>>, Stopped> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let texts: Option<Vec<Arc<str>>> =
            value.members().iter().map(|member| if let Value::Text(text) = member { Some(Arc::clone(text)) } else { None }).collect();
        texts.map(Some).ok_or_else(|| self.unfit(name, value, false, "a list of strings"))
    }

    /// That an option is not what it must be.
    fn unfit(&self, name: &str, value: &Value, is_number: bool, wanted: &str) -> Stopped {
        let kind = if is_number { FailureKind::WrongArgument } else { FailureKind::WrongType };
        let summary = self.signature.options.iter().find(|option| option.name == name).map_or("", |option| option.summary);
        fault(kind, format!("the option '{name}' of `{}` must be {wanted}, not {}", self.procedure(), described(value)), summary)
    }
}

/// A value in a few words, for messages.
pub fn described(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(holds) => holds.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Quantity(quantity) => quantity.to_string(),
        Value::Text(text) => {
            const LONGEST: usize = 40;
            let cut: String = text.chars().take(LONGEST).collect();
            if cut.len() < text.len() { format!("'{cut}…'") } else { format!("'{cut}'") }
        }
        Value::Entity(_) => "a node".to_owned(),
        Value::Relation(_) => "a relationship".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Path(_) => "a path".to_owned(),
        Value::Map(_) => "a map".to_owned(),
        Value::Temporal(_) => "a date, a time or a span of time".to_owned(),
        Value::Extent(_) | Value::Confidence(_) | Value::Hedge(_) => "a hedge".to_owned(),
    }
}

/// The number that a value is, if it is exactly one: percentages and ratios as fractions of 1, durations in months.
pub fn exact_number(value: &Value) -> Option<f64> {
    const DAYS_IN_MONTH: f64 = 365.25 / 12.0;
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        Value::Quantity(quantity) => {
            let exact = quantity.exact_value()?;
            Some(match quantity.measure {
                Measure::Number => exact,
                Measure::Percentage => exact / 100.0,
                Measure::Ratio { of, .. } => exact / of,
                Measure::Duration(unit) => match unit.word() {
                    "day" => exact / DAYS_IN_MONTH,
                    "week" => exact * 7.0 / DAYS_IN_MONTH,
                    "month" => exact,
                    _ => exact * 12.0,
                },
            })
        }
        _ => None,
    }
}

/// `did you mean …?` where something is near, and the names that there are, the nearest first.
pub fn listed(lead: &str, typed: &str, names: &[&str]) -> String {
    const NEAR_ENOUGH: f64 = 0.6;
    if names.is_empty() {
        return "there are none in this graph".to_owned();
    }
    let mut nearest: Vec<(f64, &str)> = names.iter().map(|name| (likeness(typed, name), *name)).collect();
    nearest.sort_by(|left, right| right.0.total_cmp(&left.0));
    let guess = nearest.first().filter(|(likeness, _)| *likeness >= NEAR_ENOUGH).map(|(_, name)| format!("did you mean '{name}'? "));
    let shown: Vec<String> = nearest.iter().take(LISTED).map(|(_, name)| format!("'{name}'")).collect();
    let more = names.len().saturating_sub(LISTED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{lead} {}{rest}", guess.unwrap_or_default(), shown.join(", "))
}

fn bounds(least: f64, most: f64, what: &str) -> String {
    match (least.is_finite(), most.is_finite() && most < f64::MAX) {
        (true, true) => format!("{what} from {least} to {most}"),
        (true, false) => format!("{what} of at least {least}"),
        (false, _) => what.to_owned(),
    }
}
