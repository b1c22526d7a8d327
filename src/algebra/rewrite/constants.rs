//! Constants: conditions that say the same of every row.

use crate::algebra::Expression;
use crate::model::{Comparison, Truth, Value};

/// What a condition says of every row, if it says the same of all.
pub(super) fn truth(expression: &Expression) -> Option<Truth> {
    match expression {
        Expression::Literal(Value::Boolean(holds)) => Some(Truth::from(*holds)),
        Expression::Literal(Value::Null) => Some(Truth::Unknown),
        Expression::Not(inner) => truth(inner).map(Truth::not),
        Expression::And(parts) => joined(parts, Truth::False, Truth::True, Truth::and),
        Expression::Or(parts) => joined(parts, Truth::True, Truth::False, Truth::or),
        Expression::Cypher(comparison, left, right) => compared(*comparison, left, right),
        _ => None,
    }
}

/// One part that decides is enough; otherwise every part must be known.
fn joined(parts: &[Expression], decides: Truth, neutral: Truth, join: fn(Truth, Truth) -> Truth) -> Option<Truth> {
    let known: Vec<Option<Truth>> = parts.iter().map(truth).collect();
    // The parts that are not known must at least be conditions that cannot fail.
    if known.contains(&Some(decides)) && parts.iter().all(super::walk::is_total) {
        return Some(decides);
    }
    known.into_iter().try_fold(neutral, |all, part| part.map(|part| join(all, part)))
}

fn compared(comparison: Comparison, left: &Expression, right: &Expression) -> Option<Truth> {
    match (left, right) {
        (Expression::Literal(Value::Integer(left)), Expression::Literal(Value::Integer(right))) => {
            Some(Truth::from(comparison.holds(left.cmp(right))))
        }
        (Expression::Literal(Value::Text(left)), Expression::Literal(Value::Text(right))) if !comparison.is_ordering() => {
            Some(Truth::from(comparison.holds(left.cmp(right))))
        }
        _ => None,
    }
}
