//! Functions: what each function makes of its arguments; null where an argument is null, unless it says otherwise.

mod convert;
mod elements;
mod knowledge;
mod list;
mod mathematics;
mod temporal;
mod text;

use crate::algebra::{Expression, Function, Written};
use crate::engine::limits::Stopped;
use crate::model::Value;

use super::fault::{Fault, described};
use super::{Bindings, Evaluator, compare};

impl Evaluator<'_> {
    /// The value of a function.
    pub(super) fn call(
        &self,
        function: Function,
        arguments: &[Expression],
        written: Written,
        bindings: &dyn Bindings,
    ) -> Result<Value, Stopped> {
        if function == Function::Coalesce {
            for argument in arguments {
                let value = self.value(argument, bindings)?;
                if !value.is_null() {
                    return Ok(value);
                }
            }
            return Ok(Value::Null);
        }
        let values: Result<Vec<Value>, Stopped> = arguments.iter().map(|argument| self.value(argument, bindings)).collect();
        self.function(function, &values?).map_err(|fault| fault.at(written))
    }

    /// What a function makes of values.
    fn function(&self, function: Function, arguments: &[Value]) -> Result<Value, Fault> {
        let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Null);
        match function {
            Function::Exists => return Ok(Value::Boolean(!argument(0).is_null())),
            Function::NullIf => {
                let same = compare::equal(argument(0), argument(1)) == crate::model::Truth::True;
                return Ok(if same { Value::Null } else { argument(0).clone() });
            }
            _ => {}
        }
        if let Some(value) = self.of_nothing(function, arguments) {
            return value;
        }
        // What is left yields null of null; dates look at what they are given themselves.
        if arguments.iter().any(Value::is_null) && !temporal::takes_null(function) {
            return Ok(Value::Null);
        }
        let one = argument(0);
        if let Some(found) = convert::call(function, one) {
            return found;
        }
        if let Some(found) = list::call(function, arguments) {
            return found;
        }
        if let Some(found) = text::call(function, arguments) {
            return found;
        }
        if let Some(found) = mathematics::call(function, arguments) {
            return found;
        }
        if let Some(found) = temporal::call(function, arguments, &self.clock) {
            return found;
        }
        if let Some(found) = self.of_elements(function, one) {
            return found;
        }
        self.of_knowledge(function, one, argument(1))
    }

    /// Functions without arguments.
    fn of_nothing(&self, function: Function, arguments: &[Value]) -> Option<Result<Value, Fault>> {
        Some(Ok(match function {
            Function::Random => Value::Float(self.clock.random()),
            Function::Pi => Value::Float(std::f64::consts::PI),
            Function::Euler => Value::Float(std::f64::consts::E),
            Function::Timestamp => Value::Integer(self.clock.milliseconds()),
            _ => return temporal::present(function, arguments, &self.clock),
        }))
    }
}

/// The fault of an argument of a type that the function does not take.
fn unfit(function: Function, expected: &str, value: &Value) -> Fault {
    let fault = Fault::wrong_type(format!("`{}()` takes {expected}, and this is {}", function.name(), described(value)));
    match value {
        Value::List(_) => fault.help(format!("`[x IN list | {}(x)]` goes through the members of a list", function.name())),
        Value::Entity(_) | Value::Relation(_) => fault.help("a property of it is taken as `n.name`"),
        Value::Quantity(_) => fault.help("`.min` and `.max` of a percentage, ratio, duration or interval are numbers"),
        _ => fault.help(format!("`:help {}` shows how it is written", function.name())),
    }
}

/// An integer among the arguments of a function.
fn integer(function: Function, expected: &str, value: &Value) -> Result<i64, Fault> {
    match value {
        Value::Float(_) => None,
        value => super::Number::of(value).and_then(super::Number::whole),
    }
    .ok_or_else(|| unfit(function, expected, value))
}
