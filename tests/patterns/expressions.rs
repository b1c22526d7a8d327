//! Expressions: what the naive evaluator makes of an expression in a row.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::aggregates;
use super::query::{Expression, Function, Matching, Operator, Quantifier};
use super::value::{Truth, Value, and, not, or};
use super::world::World;

pub type Row = BTreeMap<String, Value>;

/// Why there is nothing to compare with: the naive way takes too long, or the query is none that has an answer.
#[derive(Debug)]
pub enum Skip {
    TooLong,
    Senseless,
}

pub type Outcome<T> = Result<T, Skip>;

/// An evaluator that tries everything.
pub struct Naive<'w> {
    pub world: &'w World,
    effort: Cell<usize>,
}

impl<'w> Naive<'w> {
    /// One that gives up after so much effort.
    pub fn new(world: &'w World, effort: usize) -> Naive<'w> {
        Naive { world, effort: Cell::new(effort) }
    }

    pub fn spend(&self, effort: usize) -> Outcome<()> {
        self.effort.set(self.effort.get().checked_sub(effort).ok_or(Skip::TooLong)?);
        Ok(())
    }

    /// What a value has under a name.
    pub fn property(&self, value: &Value, name: &str) -> Outcome<Value> {
        match value {
            Value::Null => Ok(Value::Null),
            Value::Node(node) => Ok(self.world.node_property(*node, name)),
            Value::Relationship(relationship) => Ok(self.world.relationship_property(*relationship, name)),
            _ => Err(Skip::Senseless),
        }
    }

    /// The value of an expression in one row.
    pub fn value(&self, expression: &Expression, row: &Row) -> Outcome<Value> {
        self.value_of_group(expression, row, None)
    }

    /// The value of an expression for a group of rows, of which one stands for all.
    pub fn value_of_group(&self, expression: &Expression, row: &Row, group: Option<&[Row]>) -> Outcome<Value> {
        self.spend(1)?;
        let value = |inner: &Expression| self.value_of_group(inner, row, group);
        Ok(match expression {
            Expression::Literal(literal) => literal.clone(),
            Expression::Variable(name) => row.get(name).cloned().ok_or(Skip::Senseless)?,
            Expression::Property(of, name) => self.property(&value(of)?, name)?,
            Expression::Binary(operator, left, right) => binary(*operator, &value(left)?, &value(right)?)?,
            Expression::Not(inner) => not(condition(&value(inner)?)?).into(),
            Expression::IsNull(inner) => Value::Boolean(value(inner)? == Value::Null),
            Expression::IsNotNull(inner) => Value::Boolean(value(inner)? != Value::Null),
            Expression::List(members) => Value::List(members.iter().map(value).collect::<Outcome<_>>()?),
            Expression::HasLabels(name, labels) => match row.get(name) {
                Some(Value::Node(node)) => Value::Boolean(labels.iter().all(|label| self.world.has_label(*node, label))),
                Some(Value::Null) => Value::Null,
                _ => return Err(Skip::Senseless),
            },
            Expression::Exists(matching) => Value::Boolean(!self.matches(matching, row)?.is_empty()),
            Expression::Count(matching) => Value::Integer(self.matches(matching, row)?.len() as i64),
            Expression::Fits(pattern) => {
                let matching = Matching { patterns: vec![(**pattern).clone()], condition: None };
                Value::Boolean(!self.matches(&matching, row)?.is_empty())
            }
            Expression::Quantified(quantifier, name, list, test) => match members(value(list)?)? {
                Some(members) => {
                    let truths = members.iter().map(|member| condition(&self.value(test, &with(row, name, member))?));
                    quantified(*quantifier, &truths.collect::<Outcome<Vec<Truth>>>()?).into()
                }
                None => Value::Null,
            },
            Expression::ListComprehension(name, list, test, made) => match members(value(list)?)? {
                Some(members) => self.comprehended(name, &members, test.as_deref(), made.as_deref(), row)?,
                None => Value::Null,
            },
            Expression::PatternComprehension(matching, made) => {
                let rows = self.matches(matching, row)?;
                Value::List(rows.iter().map(|row| self.value(made, row)).collect::<Outcome<_>>()?)
            }
            Expression::Reduce(total, start, name, list, made) => match members(value(list)?)? {
                Some(members) => {
                    let step = |sum: Outcome<Value>, member: &Value| self.value(made, &with(&with(row, name, member), total, &sum?));
                    members.iter().fold(value(start), step)?
                }
                None => Value::Null,
            },
            Expression::Case(branches, otherwise) => {
                for (when, then) in branches {
                    if condition(&value(when)?)? == Some(true) {
                        return value(then);
                    }
                }
                otherwise.as_deref().map_or(Ok(Value::Null), value)?
            }
            Expression::CaseOf(of, branches, otherwise) => {
                let of = value(of)?;
                for (when, then) in branches {
                    if of.equals(&value(when)?) == Some(true) {
                        return value(then);
                    }
                }
                otherwise.as_deref().map_or(Ok(Value::Null), value)?
            }
            Expression::Call(function, arguments) => {
                self.called(*function, &arguments.iter().map(value).collect::<Outcome<Vec<Value>>>()?)?
            }
            Expression::Index(list, place) => match (members(value(list)?)?, value(place)?) {
                (Some(members), Value::Integer(place)) => {
                    let from_end = if place < 0 { place + members.len() as i64 } else { place };
                    usize::try_from(from_end).ok().and_then(|place| members.get(place).cloned()).unwrap_or(Value::Null)
                }
                (None, _) => Value::Null,
                _ => return Err(Skip::Senseless),
            },
            Expression::CountRows => Value::Integer(group.ok_or(Skip::Senseless)?.len() as i64),
            Expression::Aggregate(kind, distinct, of) => {
                let rows = group.ok_or(Skip::Senseless)?;
                let values = rows.iter().map(|row| self.value(of, row)).collect::<Outcome<Vec<Value>>>()?;
                aggregates::of(*kind, *distinct, values)?
            }
        })
    }

    fn comprehended(
        &self,
        name: &str,
        members: &[Value],
        test: Option<&Expression>,
        made: Option<&Expression>,
        row: &Row,
    ) -> Outcome<Value> {
        let mut kept = Vec::new();
        for member in members {
            let row = with(row, name, member);
            let holds = test.map_or(Ok(Some(true)), |test| condition(&self.value(test, &row)?))?;
            if holds == Some(true) {
                kept.push(made.map_or(Ok(member.clone()), |made| self.value(made, &row))?);
            }
        }
        Ok(Value::List(kept))
    }

    fn called(&self, function: Function, arguments: &[Value]) -> Outcome<Value> {
        if function == Function::Coalesce {
            return Ok(arguments.iter().find(|value| **value != Value::Null).cloned().unwrap_or(Value::Null));
        }
        if arguments.contains(&Value::Null) {
            return Ok(Value::Null);
        }
        let ends = |relationship: usize| &self.world.relationships[relationship];
        Ok(match (function, arguments) {
            (Function::Size, [Value::List(members)]) => Value::Integer(members.len() as i64),
            (Function::Size, [Value::Text(text)]) => Value::Integer(text.len() as i64),
            (Function::Length, [Value::Path(_, relationships)]) => Value::Integer(relationships.len() as i64),
            (Function::Nodes, [Value::Path(nodes, _)]) => Value::List(nodes.iter().copied().map(Value::Node).collect()),
            (Function::Relationships, [Value::Path(_, taken)]) => Value::List(taken.iter().copied().map(Value::Relationship).collect()),
            (Function::Type, [Value::Relationship(relationship)]) => Value::Text(self.world.type_of(*relationship).to_owned()),
            (Function::Labels, [Value::Node(node)]) => self.world.labels(*node),
            (Function::StartNode, [Value::Relationship(relationship)]) => Value::Node(ends(*relationship).from),
            (Function::EndNode, [Value::Relationship(relationship)]) => Value::Node(ends(*relationship).to),
            (Function::Head, [Value::List(members)]) => members.first().cloned().unwrap_or(Value::Null),
            (Function::Last, [Value::List(members)]) => members.last().cloned().unwrap_or(Value::Null),
            (Function::Range, [Value::Integer(from), Value::Integer(to)]) => Value::List((*from..=*to).map(Value::Integer).collect()),
            (Function::ToUpper, [Value::Text(text)]) => Value::Text(text.to_uppercase()),
            (Function::Abs, [Value::Integer(number)]) => Value::Integer(number.abs()),
            (Function::Abs, [Value::Float(number)]) => Value::Float(number.abs()),
            _ => return Err(Skip::Senseless),
        })
    }
}

fn with(row: &Row, name: &str, value: &Value) -> Row {
    let mut row = row.clone();
    row.insert(name.to_owned(), value.clone());
    row
}

/// What a value says as a condition; anything but a boolean or null says nothing.
fn condition(value: &Value) -> Outcome<Truth> {
    match value {
        Value::Boolean(_) | Value::Null => Ok(value.truth()),
        _ => Err(Skip::Senseless),
    }
}

/// The members of a list; none for null.
fn members(value: Value) -> Outcome<Option<Vec<Value>>> {
    match value {
        Value::List(members) => Ok(Some(members)),
        Value::Null => Ok(None),
        _ => Err(Skip::Senseless),
    }
}

fn quantified(quantifier: Quantifier, truths: &[Truth]) -> Truth {
    let any = truths.iter().copied().fold(Some(false), or);
    match quantifier {
        Quantifier::All => truths.iter().copied().fold(Some(true), and),
        Quantifier::Any => any,
        Quantifier::None => not(any),
        Quantifier::Single => {
            let hits = truths.iter().filter(|truth| **truth == Some(true)).count();
            if hits > 1 { Some(false) } else { (!truths.contains(&None)).then_some(hits == 1) }
        }
    }
}

fn binary(operator: Operator, left: &Value, right: &Value) -> Outcome<Value> {
    let less = |left: &Value, right: &Value| left.less(right);
    Ok(match operator {
        Operator::Equal => left.equals(right).into(),
        Operator::NotEqual => not(left.equals(right)).into(),
        Operator::Less => less(left, right).into(),
        Operator::Greater => less(right, left).into(),
        Operator::LessOrEqual => not(less(right, left)).into(),
        Operator::GreaterOrEqual => not(less(left, right)).into(),
        Operator::And => and(condition(left)?, condition(right)?).into(),
        Operator::Or => or(condition(left)?, condition(right)?).into(),
        Operator::Xor => match (condition(left)?, condition(right)?) {
            (Some(left), Some(right)) => Value::Boolean(left != right),
            _ => Value::Null,
        },
        Operator::In => match members(right.clone())? {
            Some(members) => members.iter().map(|member| left.equals(member)).fold(Some(false), or).into(),
            None => Value::Null,
        },
        Operator::StartsWith | Operator::EndsWith | Operator::Contains => match (left, right) {
            (Value::Text(text), Value::Text(part)) => Value::Boolean(match operator {
                Operator::StartsWith => text.starts_with(part),
                Operator::EndsWith => text.ends_with(part),
                _ => text.contains(part),
            }),
            _ => Value::Null,
        },
        Operator::Add | Operator::Subtract | Operator::Multiply => arithmetic(operator, left, right)?,
    })
}

fn arithmetic(operator: Operator, left: &Value, right: &Value) -> Outcome<Value> {
    if *left == Value::Null || *right == Value::Null {
        return Ok(Value::Null);
    }
    if let (Value::Integer(left), Value::Integer(right)) = (left, right) {
        let result = match operator {
            Operator::Add => left.checked_add(*right),
            Operator::Subtract => left.checked_sub(*right),
            _ => left.checked_mul(*right),
        };
        return result.map(Value::Integer).ok_or(Skip::Senseless);
    }
    match (left.number(), right.number()) {
        (Some(left), Some(right)) => Ok(Value::Float(match operator {
            Operator::Add => left + right,
            Operator::Subtract => left - right,
            _ => left * right,
        })),
        _ => match (operator, left, right) {
            (Operator::Add, Value::Text(left), Value::Text(right)) => Ok(Value::Text(format!("{left}{right}"))),
            (Operator::Add, Value::List(left), Value::List(right)) => Ok(Value::List([left.clone(), right.clone()].concat())),
            _ => Err(Skip::Senseless),
        },
    }
}
