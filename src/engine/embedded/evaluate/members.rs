//! Members: `IN`, with lists that are written in the query prepared once.

use std::collections::HashSet;

use crate::algebra::{Expression, Written};
use crate::engine::limits::Stopped;
use crate::model::{Truth, Value};

use super::super::order;
use super::fault::{Fault, described};
use super::{Bindings, DOING, Evaluator, compare};

/// The members of a list that is written in the query, where all of them are plain.
pub(super) struct Known {
    keys: HashSet<Vec<u8>>,
    has_null: bool,
}

impl Known {
    /// Of a list that has enough plain members for the preparation to be worth it.
    fn of(list: &Value) -> Option<Known> {
        const WORTH_IT: usize = 8;
        let Value::List(members) = list else { return None };
        let plain = |member: &Value| member.is_null() || is_plain(member);
        if members.len() < WORTH_IT || !members.iter().all(plain) {
            return None;
        }
        let keys = members.iter().filter(|member| !member.is_null()).map(order::key).collect();
        Some(Known { keys, has_null: members.iter().any(Value::is_null) })
    }
}

/// Whether equality of a value with others of its like is that of their keys.
fn is_plain(value: &Value) -> bool {
    matches!(value, Value::Text(_) | Value::Integer(_) | Value::Boolean(_) | Value::Entity(_) | Value::Relation(_))
}

impl Evaluator<'_> {
    /// Whether a value is a member of a list: unknown if it equals none, but might equal one.
    pub(super) fn is_member(
        &self,
        member: &Expression,
        list: &Expression,
        bindings: &dyn Bindings,
        written: Written,
    ) -> Result<Truth, Stopped> {
        let member = self.evaluate(member, bindings)?;
        if let (Expression::Literal(constant), true) = (list, is_plain(&member)) {
            let mut known = self.known.borrow_mut();
            let at = std::ptr::from_ref(list) as usize;
            if let Some(known) = known.entry(at).or_insert_with(|| Known::of(constant)) {
                return Ok(match (known.keys.contains(&order::key(&member)), known.has_null) {
                    (true, _) => Truth::True,
                    (false, true) => Truth::Unknown,
                    (false, false) => Truth::False,
                });
            }
        }
        let list = self.evaluate(list, bindings)?;
        match list.as_ref() {
            Value::Null => Ok(Truth::Unknown),
            Value::List(members) => {
                let mut found = Truth::False;
                for one in members {
                    self.guard.tick(DOING)?;
                    found = found.or(compare::equal(&member, one));
                    if found == Truth::True {
                        break;
                    }
                }
                Ok(found)
            }
            other => Err(Fault::wrong_type(format!("`IN` takes a list, and this is {}", described(other))).at(written)),
        }
    }
}
