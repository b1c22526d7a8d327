//! Evaluate: what the expressions of set-ups come to.

use std::cmp::Ordering;

use crate::value::{Properties, Value};

use super::functions::{call, is_aggregate};
use super::run::{Row, World};
use super::tree::{Expression, Operator};

impl World {
    /// The value of an expression for a row; aggregates range over the group.
    pub(super) fn evaluate(&self, expression: &Expression, row: &Row, group: Option<&[Row]>) -> Result<Value, String> {
        let value = |expression: &Expression| self.evaluate(expression, row, group);
        Ok(match expression {
            Expression::Literal(value) => value.clone(),
            Expression::Variable(name) => row.get(name).cloned().ok_or_else(|| format!("set-up: nothing is called {name}"))?,
            Expression::List(members) => Value::List(members.iter().map(value).collect::<Result<_, _>>()?),
            Expression::Map(entries) => {
                let entries = entries.iter().map(|(name, entry)| Ok((name.clone(), value(entry)?)));
                Value::Map(entries.collect::<Result<Properties, String>>()?)
            }
            Expression::Property(holder, name) => self.property(&value(holder)?, name)?,
            Expression::Index(holder, place) => match (value(holder)?, value(place)?) {
                (Value::List(members), Value::Integer(place)) => {
                    let from_end = if place < 0 { i64::try_from(members.len()).unwrap_or(i64::MAX) } else { 0 };
                    let place = usize::try_from(place + from_end).unwrap_or(usize::MAX);
                    members.get(place).cloned().unwrap_or(Value::Null)
                }
                (holder, Value::Text(name)) => self.property(&holder, &name)?,
                _ => Value::Null,
            },
            Expression::HasLabels(node, labels) => match value(node)? {
                Value::NodeAt(number) => {
                    let node = self.nodes[number].as_ref();
                    Value::Boolean(node.is_some_and(|node| labels.iter().all(|label| node.labels.contains(label))))
                }
                _ => Value::Null,
            },
            Expression::IsNull(operand, wanted) => Value::Boolean((value(operand)? == Value::Null) == *wanted),
            Expression::Not(operand) => match value(operand)? {
                Value::Boolean(holds) => Value::Boolean(!holds),
                _ => Value::Null,
            },
            Expression::Negative(operand) => match value(operand)? {
                Value::Integer(number) => Value::Integer(-number),
                Value::Float(number) => Value::Float(-number),
                other => return Err(format!("set-up: {other} has no negative")),
            },
            Expression::Binary(operator, left, right) => binary(*operator, &value(left)?, &value(right)?)?,
            Expression::Call(name, arguments) if is_aggregate(name) => self.aggregate(name, &arguments[0], group.unwrap_or(&[]))?,
            Expression::Call(name, arguments) => {
                let arguments = arguments.iter().map(value).collect::<Result<Vec<Value>, String>>()?;
                self.about_graph(name, &arguments).map_or_else(|| call(name, &arguments), Ok)?
            }
            Expression::Case { subject, branches, otherwise } => {
                let subject = subject.as_deref().map(value).transpose()?;
                for (condition, result) in branches {
                    let condition = value(condition)?;
                    let chosen = subject.as_ref().map_or_else(|| is_true(&condition), |subject| subject.same(&condition));
                    if chosen {
                        return value(result);
                    }
                }
                otherwise.as_deref().map_or(Ok(Value::Null), value)?
            }
            Expression::Comprehension { variable, list, condition, result } => {
                let Value::List(members) = value(list)? else { return Ok(Value::Null) };
                let mut results = Vec::new();
                for member in members {
                    let mut row = row.clone();
                    row.insert(variable.clone(), member.clone());
                    let keeps = condition
                        .as_deref()
                        .map_or(Ok(true), |condition| self.evaluate(condition, &row, None).map(|value| is_true(&value)))?;
                    if keeps {
                        results.push(result.as_deref().map_or(Ok(member), |result| self.evaluate(result, &row, None))?);
                    }
                }
                Value::List(results)
            }
        })
    }

    fn property(&self, holder: &Value, name: &str) -> Result<Value, String> {
        let properties = match holder {
            Value::Null => None,
            Value::Map(entries) => Some(entries),
            Value::NodeAt(number) => self.nodes[*number].as_ref().map(|node| &node.properties),
            Value::RelationshipAt(number) => self.relationships[*number].as_ref().map(|relationship| &relationship.properties),
            other => return Err(format!("set-up: {other} has no properties")),
        };
        Ok(properties.and_then(|properties| properties.get(name)).cloned().unwrap_or(Value::Null))
    }

    /// What the functions about nodes and relationships say, if this is one of them.
    fn about_graph(&self, name: &str, arguments: &[Value]) -> Option<Value> {
        match (name, arguments.first()?) {
            ("id", Value::NodeAt(number) | Value::RelationshipAt(number)) => i64::try_from(*number).ok().map(Value::Integer),
            ("labels", Value::NodeAt(number)) => {
                let labels = &self.nodes[*number].as_ref()?.labels;
                Some(Value::List(labels.iter().cloned().map(Value::Text).collect()))
            }
            ("type", Value::RelationshipAt(number)) => Some(Value::Text(self.relationships[*number].as_ref()?.relation_type.clone())),
            ("properties", Value::NodeAt(number)) => Some(Value::Map(self.nodes[*number].as_ref()?.properties.clone())),
            _ => None,
        }
    }

    fn aggregate(&self, name: &str, argument: &Expression, group: &[Row]) -> Result<Value, String> {
        let mut values = group.iter().map(|row| self.evaluate(argument, row, None)).collect::<Result<Vec<Value>, String>>()?;
        values.retain(|value| *value != Value::Null);
        Ok(match name {
            "collect" => Value::List(values),
            "count" => Value::Integer(i64::try_from(values.len()).unwrap_or(i64::MAX)),
            "sum" => values.iter().try_fold(Value::Integer(0), |sum, value| binary(Operator::Add, &sum, value))?,
            _ => {
                let wanted = if name == "min" { Ordering::Less } else { Ordering::Greater };
                values
                    .into_iter()
                    .reduce(|best, value| if compare(&value, &best) == Some(wanted) { value } else { best })
                    .unwrap_or(Value::Null)
            }
        })
    }
}

/// Whether a condition holds.
pub(super) fn is_true(value: &Value) -> bool {
    *value == Value::Boolean(true)
}

/// Whether an expression ranges over a group.
pub(super) fn has_aggregate(expression: &Expression) -> bool {
    match expression {
        Expression::Call(name, arguments) => is_aggregate(name) || arguments.iter().any(has_aggregate),
        Expression::List(members) => members.iter().any(has_aggregate),
        Expression::Map(entries) => entries.iter().any(|(_, entry)| has_aggregate(entry)),
        Expression::Property(inner, _) | Expression::Not(inner) | Expression::Negative(inner) | Expression::IsNull(inner, _) => {
            has_aggregate(inner)
        }
        Expression::Index(left, right) | Expression::Binary(_, left, right) => has_aggregate(left) || has_aggregate(right),
        Expression::Comprehension { list, .. } => has_aggregate(list),
        _ => false,
    }
}

/// The order of two numbers, texts or truths; `None` for anything else.
pub(super) fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Integer(left), Value::Integer(right)) => Some(left.cmp(right)),
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::Boolean(left), Value::Boolean(right)) => Some(left.cmp(right)),
        _ => as_float(left)?.partial_cmp(&as_float(right)?),
    }
}

fn as_float(value: &Value) -> Option<f64> {
    match value {
        // The numbers of set-ups are small: nothing is lost.
        #[expect(clippy::cast_precision_loss, reason = "the numbers of set-ups are small")]
        Value::Integer(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

fn binary(operator: Operator, left: &Value, right: &Value) -> Result<Value, String> {
    let ordered = |test: fn(Ordering) -> bool| compare(left, right).map_or(Value::Null, |ordering| Value::Boolean(test(ordering)));
    if matches!(operator, Operator::And | Operator::Or | Operator::Xor) {
        return Ok(logical(operator, left, right));
    }
    if *left == Value::Null || *right == Value::Null {
        return Ok(Value::Null);
    }
    Ok(match operator {
        Operator::Equal => Value::Boolean(left.same(right) || compare(left, right) == Some(Ordering::Equal)),
        Operator::NotEqual => Value::Boolean(!left.same(right) && compare(left, right) != Some(Ordering::Equal)),
        Operator::Less => ordered(Ordering::is_lt),
        Operator::LessOrEqual => ordered(Ordering::is_le),
        Operator::Greater => ordered(Ordering::is_gt),
        Operator::GreaterOrEqual => ordered(Ordering::is_ge),
        Operator::In => match right {
            Value::List(members) => Value::Boolean(members.iter().any(|member| member.same(left))),
            _ => Value::Null,
        },
        _ => return arithmetic(operator, left, right),
    })
}

fn logical(operator: Operator, left: &Value, right: &Value) -> Value {
    let truth = |value: &Value| if let Value::Boolean(holds) = value { Some(*holds) } else { None };
    let result = match (operator, truth(left), truth(right)) {
        (Operator::And, Some(false), _) | (Operator::And, _, Some(false)) => Some(false),
        (Operator::Or, Some(true), _) | (Operator::Or, _, Some(true)) => Some(true),
        (Operator::And, Some(left), Some(right)) => Some(left && right),
        (Operator::Or, Some(left), Some(right)) => Some(left || right),
        (_, Some(left), Some(right)) => Some(left != right),
        _ => None,
    };
    result.map_or(Value::Null, Value::Boolean)
}

fn arithmetic(operator: Operator, left: &Value, right: &Value) -> Result<Value, String> {
    let fault = || format!("set-up: {left} and {right} cannot be combined");
    match (left, right) {
        (Value::List(left), Value::List(right)) => Ok(Value::List(left.iter().chain(right).cloned().collect())),
        (Value::List(members), single) => Ok(Value::List(members.iter().chain([single]).cloned().collect())),
        (single, Value::List(members)) => Ok(Value::List([single].into_iter().chain(members).cloned().collect())),
        (Value::Text(left), Value::Text(right)) => Ok(Value::Text(format!("{left}{right}"))),
        (Value::Text(left), Value::Integer(_) | Value::Float(_)) => Ok(Value::Text(format!("{left}{right}"))),
        (Value::Integer(_) | Value::Float(_), Value::Text(right)) => Ok(Value::Text(format!("{left}{right}"))),
        (Value::Integer(left), Value::Integer(right)) if operator != Operator::Power => match operator {
            Operator::Add => left.checked_add(*right),
            Operator::Subtract => left.checked_sub(*right),
            Operator::Multiply => left.checked_mul(*right),
            Operator::Divide => left.checked_div(*right),
            _ => left.checked_rem(*right),
        }
        .map(Value::Integer)
        .ok_or_else(fault),
        _ => {
            let (left, right) = (as_float(left).ok_or_else(fault)?, as_float(right).ok_or_else(fault)?);
            Ok(Value::Float(match operator {
                Operator::Add => left + right,
                Operator::Subtract => left - right,
                Operator::Multiply => left * right,
                Operator::Divide => left / right,
                Operator::Remainder => left % right,
                _ => left.powf(right),
            }))
        }
    }
}
