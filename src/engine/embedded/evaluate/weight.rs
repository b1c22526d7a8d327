//! Weight: how much a value holds, so that no query builds one that memory cannot hold.

use crate::model::Value;

use super::fault::Fault;

/// The most values that one value may hold, its members' members included.
const MOST_VALUES: usize = 1 << 24;

/// How deep lists and maps may be nested.
const DEEPEST: usize = 200;

/// The value, unless it holds too much.
pub(in crate::engine) fn bounded(value: Value) -> Result<Value, Fault> {
    let mut left = MOST_VALUES;
    weigh(&value, 0, &mut left)?;
    Ok(value)
}

/// The fault of a list that would have too many members.
pub(super) fn too_many(members: u128) -> Fault {
    Fault::wrong_argument(format!("a list of {members} members is too long: {MOST_VALUES} is the most"))
        .help("`UNWIND` of shorter lists makes rows, of which there can be more")
}

/// That a list of so many members may be made.
pub(super) fn may_hold(members: u128) -> Result<(), Fault> {
    if members > MOST_VALUES as u128 { Err(too_many(members)) } else { Ok(()) }
}

fn weigh(value: &Value, depth: usize, left: &mut usize) -> Result<(), Fault> {
    if depth > DEEPEST {
        return Err(Fault::wrong_argument(format!("lists and maps are nested deeper than {DEEPEST}")));
    }
    let members = match value {
        Value::List(members) => members.len(),
        Value::Map(entries) => entries.len(),
        _ => return Ok(()),
    };
    *left = left.checked_sub(members).ok_or_else(|| Fault::wrong_argument(format!("a value would hold more than {MOST_VALUES} values")))?;
    match value {
        Value::List(members) => members.iter().try_for_each(|member| weigh(member, depth + 1, left)),
        Value::Map(entries) => entries.values().try_for_each(|member| weigh(member, depth + 1, left)),
        _ => Ok(()),
    }
}
