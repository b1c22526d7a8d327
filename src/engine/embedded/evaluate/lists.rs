//! Lists: members by position or name, and parts of lists.

use std::sync::Arc;

use crate::model::Value;

use super::fault::{Fault, described};
use super::{Evaluator, Number};

impl Evaluator<'_> {
    /// A member of a list by position, of anything with properties by name.
    pub(super) fn index(&self, of: &Value, index: &Value) -> Result<Value, Fault> {
        match (of, index) {
            (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
            (Value::List(members), index) => {
                let at = position(index)?;
                Ok(place(at, members.len()).and_then(|at| members.get(at)).cloned().unwrap_or(Value::Null))
            }
            (Value::Map(_) | Value::Entity(_) | Value::Relation(_), Value::Text(name)) => self.properties.of(of, &Arc::clone(name)),
            (Value::Map(_) | Value::Entity(_) | Value::Relation(_), index) => {
                Err(Fault::wrong_type(format!("{} has its values by name, and `[ ]` holds {}", described(of), described(index))))
            }
            (of, _) => Err(Fault::wrong_type(format!("`[ ]` takes a member of a list or of a map, and this is {}", described(of)))),
        }
    }
}

/// Part of a list: from a position, up to and without another; without a bound, from the start or to the end.
pub(super) fn part(list: &Value, from: Option<&Value>, to: Option<&Value>) -> Result<Value, Fault> {
    let members = match list {
        Value::Null => return Ok(Value::Null),
        Value::List(members) => members,
        other => return Err(Fault::wrong_type(format!("`[ .. ]` takes part of a list, and this is {}", described(other)))),
    };
    let mut bounds = [0, members.len()];
    for (bound, given) in bounds.iter_mut().zip([from, to]) {
        match given {
            None => {}
            Some(Value::Null) => return Ok(Value::Null),
            Some(given) => *bound = clamped(position(given)?, members.len()),
        }
    }
    Ok(Value::List(members.get(bounds[0]..bounds[1]).unwrap_or_default().to_vec()))
}

fn position(index: &Value) -> Result<i64, Fault> {
    let whole = match index {
        Value::Float(_) => None,
        index => Number::of(index).and_then(Number::whole),
    };
    whole.ok_or_else(|| Fault::wrong_type(format!("a position in a list is an integer, and this is {}", described(index))))
}

/// A position that may count from the end.
fn place(at: i64, length: usize) -> Option<usize> {
    if at >= 0 { usize::try_from(at).ok() } else { length.checked_sub(usize::try_from(at.unsigned_abs()).ok()?) }
}

fn clamped(at: i64, length: usize) -> usize {
    if at < 0 { place(at, length).unwrap_or(0) } else { usize::try_from(at).map_or(length, |at| at.min(length)) }
}
