//! Fault: what is wrong with the values that an operation was given, before it is known where in the query it stands.

use crate::algebra::Written;
use crate::engine::limits::{Failure, FailureKind, Stopped};
use crate::model::Value;
use crate::model::temporal::TemporalError;

/// What is wrong with some values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::engine) struct Fault {
    kind: FailureKind,
    message: String,
    help: String,
}

impl Fault {
    /// A value of a type that the operation does not take.
    pub fn wrong_type(message: impl Into<String>) -> Fault {
        Fault { kind: FailureKind::WrongType, message: message.into(), help: String::new() }
    }

    /// A value out of range.
    pub fn wrong_argument(message: impl Into<String>) -> Fault {
        Fault { kind: FailureKind::WrongArgument, message: message.into(), help: String::new() }
    }

    /// A number that no longer fits, or a division by zero.
    pub fn arithmetic(message: impl Into<String>) -> Fault {
        Fault { kind: FailureKind::Arithmetic, message: message.into(), help: String::new() }
    }

    /// The same with what to do instead.
    pub fn help(mut self, help: impl Into<String>) -> Fault {
        self.help = help.into();
        self
    }

    /// The same as a value out of range.
    pub fn out_of_range(mut self) -> Fault {
        self.kind = FailureKind::WrongArgument;
        self
    }

    /// The failure of the query at the place where the operation stands.
    pub fn at(self, place: Written) -> Stopped {
        let Fault { kind, message, help } = self;
        Stopped::Failed(Box::new(Failure { kind, message, help, place: (place.start, place.end) }))
    }

    /// The failure of an operation whose place is not known.
    pub fn somewhere(self) -> Stopped {
        self.at(Written::default())
    }
}

impl From<TemporalError> for Fault {
    fn from(error: TemporalError) -> Fault {
        let kind = match &error {
            TemporalError::WrongArgument { .. } | TemporalError::NoConversion { .. } | TemporalError::DurationBetween => {
                FailureKind::WrongType
            }
            TemporalError::TooLarge | TemporalError::DivisionByZero | TemporalError::NotFinite => FailureKind::Arithmetic,
            _ => FailureKind::WrongArgument,
        };
        Fault { kind, message: error.to_string(), help: String::new() }
    }
}

/// A value as a message names it: what sort it is, and for short plain ones the value itself.
pub(in crate::engine) fn described(value: &Value) -> String {
    const LONGEST: usize = 30;
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(holds) => format!("`{holds}`"),
        Value::Integer(number) => format!("the integer {number}"),
        Value::Float(number) => format!("the number {number:?}"),
        Value::Text(text) if text.chars().count() <= LONGEST => format!("the text '{text}'"),
        Value::Text(_) => "a text".to_owned(),
        Value::Quantity(quantity) => format!("the {} {quantity}", quantity.measure.word()),
        Value::Entity(_) => "a node".to_owned(),
        Value::Relation(_) => "a relationship".to_owned(),
        Value::Extent(extent) => format!("the extent '{}'", extent.word()),
        Value::Confidence(confidence) => format!("the confidence '{}'", confidence.word()),
        Value::Hedge(_) => "a hedge".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Path(_) => "a path".to_owned(),
        Value::Map(_) => "a map".to_owned(),
        Value::Temporal(temporal) => format!("the {} {temporal}", temporal.kind().name()),
    }
}
