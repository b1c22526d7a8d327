//! Value: the naive evaluator's own values, how they equal and how they are ordered, and the engine's values as such.

use std::cmp::Ordering;
use std::fmt;

use oms_graph::model;

use super::world::World;

/// A value; nodes and relationships are their places in the world.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Value>),
    Node(usize),
    Relationship(usize),
    /// The nodes in order, and the relationships between them.
    Path(Vec<usize>, Vec<usize>),
    /// A number between two others, which may be it.
    Interval(f64, f64),
    /// What the naive evaluator has no word for.
    Strange(String),
}

/// True, false, or unknown.
pub type Truth = Option<bool>;

pub fn and(left: Truth, right: Truth) -> Truth {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

pub fn or(left: Truth, right: Truth) -> Truth {
    not(and(not(left), not(right)))
}

pub fn not(truth: Truth) -> Truth {
    truth.map(|holds| !holds)
}

impl From<Truth> for Value {
    fn from(truth: Truth) -> Value {
        truth.map_or(Value::Null, Value::Boolean)
    }
}

impl Value {
    pub fn truth(&self) -> Truth {
        match self {
            Value::Boolean(holds) => Some(*holds),
            _ => None,
        }
    }

    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Integer(number) => Some(*number as f64),
            Value::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// `=`, in three values.
    pub fn equals(&self, other: &Value) -> Truth {
        match (self, other) {
            (Value::Null, _) | (_, Value::Null) => None,
            (Value::Interval(low, high), number) | (number, Value::Interval(low, high)) => {
                let Some(number) = number.number() else { return Some(false) };
                if *low == number && *high == number { Some(true) } else { (*low > number || *high < number).then_some(false) }
            }
            (Value::List(left), Value::List(right)) => {
                if left.len() != right.len() {
                    return Some(false);
                }
                left.iter().zip(right).map(|(left, right)| left.equals(right)).fold(Some(true), and)
            }
            (left, right) => Some(left.same(right)),
        }
    }

    /// `<`, in three values; unknown for what has no order.
    pub fn less(&self, other: &Value) -> Truth {
        match (self, other) {
            (Value::Interval(low, high), number) if number.number().is_some() => {
                let number = number.number()?;
                if *high < number { Some(true) } else { (*low >= number).then_some(false) }
            }
            (number, Value::Interval(low, high)) if number.number().is_some() => {
                let number = number.number()?;
                if number < *low { Some(true) } else { (number >= *high).then_some(false) }
            }
            (Value::Text(left), Value::Text(right)) => Some(left < right),
            (Value::Boolean(left), Value::Boolean(right)) => Some(!left & right),
            (Value::List(left), Value::List(right)) => {
                // The first members that differ decide; a list comes before those that go on behind it.
                for (left, right) in left.iter().zip(right) {
                    match (left.less(right), right.less(left)) {
                        (Some(false), Some(false)) => {}
                        (less, _) => return less,
                    }
                }
                Some(left.len() < right.len())
            }
            (left, right) => Some(left.number()? < right.number()?),
        }
    }

    /// Whether two values are one for `DISTINCT` and for groups: null is null here.
    pub fn same(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::List(left), Value::List(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.same(right))
            }
            (left, right) => match (left.number(), right.number()) {
                (Some(left), Some(right)) => left == right,
                _ => left == right,
            },
        }
    }

    /// As [`Value::same`], but for the last digits of what was computed.
    pub fn close(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::List(left), Value::List(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.close(right))
            }
            (left, right) => match (left.number(), right.number()) {
                (Some(left), Some(right)) => (left - right).abs() <= 1e-9 * left.abs().max(1.0),
                _ => left == right,
            },
        }
    }

    /// The order of `ORDER BY`.
    pub fn order(&self, other: &Value) -> Ordering {
        let each = |left: &[Value], right: &[Value]| {
            let first = left.iter().zip(right).map(|(left, right)| left.order(right)).find(|order| order.is_ne());
            first.unwrap_or_else(|| left.len().cmp(&right.len()))
        };
        match (self, other) {
            (Value::Text(left), Value::Text(right)) => left.cmp(right),
            (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
            (Value::List(left), Value::List(right)) => each(left, right),
            (left, right) => match (left.number(), right.number()) {
                (Some(left), Some(right)) => left.total_cmp(&right),
                _ => left.sort().cmp(&right.sort()),
            },
        }
    }

    fn sort(&self) -> u8 {
        match self {
            Value::Node(_) => 0,
            Value::Relationship(_) => 1,
            Value::List(_) => 2,
            Value::Path(..) => 3,
            Value::Text(_) => 4,
            Value::Boolean(_) => 5,
            Value::Interval(..) | Value::Strange(_) => 6,
            Value::Integer(_) | Value::Float(_) => 7,
            Value::Null => 8,
        }
    }

    /// With the members of every list in an order of their own: for lists whose order nobody promises.
    pub fn in_any_order(&self) -> Value {
        match self {
            Value::List(members) => {
                let mut members: Vec<Value> = members.iter().map(Value::in_any_order).collect();
                members.sort_by_key(|member| match member.number() {
                    Some(number) => format!("{number}"),
                    None => member.to_string(),
                });
                Value::List(members)
            }
            other => other.clone(),
        }
    }

    /// A value of the engine.
    pub fn observed(world: &World, value: &model::Value) -> Value {
        match value {
            model::Value::Null => Value::Null,
            model::Value::Boolean(holds) => Value::Boolean(*holds),
            model::Value::Integer(number) => Value::Integer(*number),
            model::Value::Float(number) => Value::Float(*number),
            model::Value::Text(text) => Value::Text(text.to_string()),
            model::Value::List(members) => Value::List(members.iter().map(|member| Value::observed(world, member)).collect()),
            model::Value::Entity(id) => Value::Node(world.node_of(*id)),
            model::Value::Relation(id) => Value::Relationship(world.relationship_of(*id)),
            model::Value::Path(path) => Value::Path(
                path.entities().map(|id| world.node_of(id)).collect(),
                path.steps.iter().map(|step| world.relationship_of(step.relation)).collect(),
            ),
            model::Value::Quantity(quantity) => match (quantity.minimum, quantity.maximum) {
                (Some(low), Some(high)) => Value::Interval(low.value, high.value),
                _ => Value::Strange(format!("{quantity:?}")),
            },
            other => Value::Strange(format!("{other:?}")),
        }
    }
}

impl fmt::Display for Value {
    /// As a literal of a query, for what has one.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => formatter.write_str("null"),
            Value::Boolean(holds) => write!(formatter, "{holds}"),
            Value::Integer(number) => write!(formatter, "{number}"),
            Value::Float(number) => write!(formatter, "{number:?}"),
            Value::Text(text) => write!(formatter, "'{text}'"),
            Value::List(members) => {
                let members: Vec<String> = members.iter().map(ToString::to_string).collect();
                write!(formatter, "[{}]", members.join(", "))
            }
            Value::Node(place) => write!(formatter, "(n{place})"),
            Value::Relationship(place) => write!(formatter, "[s{place}]"),
            Value::Path(nodes, relationships) => write!(formatter, "<{nodes:?} by {relationships:?}>"),
            Value::Interval(low, high) => write!(formatter, "{low}-{high}"),
            Value::Strange(text) => write!(formatter, "?{text}"),
        }
    }
}
