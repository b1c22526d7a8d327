//! Predicate: a condition that is tested on whole columns where it can be, and row by row by the evaluator where not.

use crate::algebra::{Expression, Label};
use crate::engine::limits::Stopped;
use crate::model::{Comparison, EntityId, Truth, Value};

use super::column::{ABSENT, Column};
use super::rows::Batch;
use super::run::Run;

/// A condition.
pub(super) enum Predicate<'q> {
    /// Two entities are the same, or are not.
    Same { left: usize, right: usize, same: bool, expression: &'q Expression },
    /// An entity is this one, or is not.
    Exactly { variable: usize, entity: EntityId, same: bool, expression: &'q Expression },
    /// An entity has all of these labels.
    Labels { variable: usize, labels: &'q [Label], expression: &'q Expression },
    /// A number that a relation has stands so to another.
    Number { variable: usize, name: &'q str, comparison: Comparison, number: f64, expression: &'q Expression },
    /// Anything else.
    Other(&'q Expression),
}

/// The number that an expression is, if it is one that a float holds exactly.
fn number_of(expression: &Expression) -> Option<f64> {
    const EXACT: i64 = 1 << 53;
    match expression {
        Expression::Literal(Value::Float(number)) if !number.is_nan() => Some(*number),
        Expression::Literal(Value::Integer(number)) if (-EXACT..=EXACT).contains(number) => Some(*number as f64),
        _ => None,
    }
}

impl<'q> Predicate<'q> {
    pub fn of(expression: &'q Expression) -> Predicate<'q> {
        let other = Predicate::Other(expression);
        match expression {
            Expression::HasLabels(inner, labels) => match inner.as_ref() {
                Expression::Variable(variable) => Predicate::Labels { variable: variable.index(), labels, expression },
                _ => other,
            },
            // What has no number may have something else under the name, which is not equal to one.
            Expression::Cypher(comparison, left, right) if *comparison != Comparison::NotEqual && number_of(right).is_some() => {
                match (left.as_ref(), number_of(right)) {
                    (Expression::Property(of, name, _), Some(number)) => match of.as_ref() {
                        Expression::Variable(variable) => {
                            Predicate::Number { variable: variable.index(), name, comparison: *comparison, number, expression }
                        }
                        _ => other,
                    },
                    _ => other,
                }
            }
            Expression::Cypher(comparison @ (Comparison::Equal | Comparison::NotEqual), left, right) => {
                let same = *comparison == Comparison::Equal;
                match (left.as_ref(), right.as_ref()) {
                    (Expression::Variable(left), Expression::Variable(right)) => {
                        Predicate::Same { left: left.index(), right: right.index(), same, expression }
                    }
                    (Expression::Variable(variable), Expression::Literal(Value::Entity(entity)))
                    | (Expression::Literal(Value::Entity(entity)), Expression::Variable(variable)) => {
                        Predicate::Exactly { variable: variable.index(), entity: *entity, same, expression }
                    }
                    _ => other,
                }
            }
            _ => other,
        }
    }

    /// Keeps those of the rows for which the condition is true.
    pub fn keep(&self, run: &Run<'_>, batch: &Batch, rows: &mut Vec<u32>) -> Result<(), Stopped> {
        let expression = match self {
            Predicate::Same { left, right, same, expression } => {
                if let (Column::Entities(left), Column::Entities(right)) | (Column::Relations(left), Column::Relations(right)) =
                    (batch.column(*left), batch.column(*right))
                {
                    rows.retain(|row| {
                        let (left, right) = (left[*row as usize], right[*row as usize]);
                        left != ABSENT && right != ABSENT && (left == right) == *same
                    });
                    return Ok(());
                }
                expression
            }
            Predicate::Exactly { variable, entity, same, expression } => {
                if let Column::Entities(entities) = batch.column(*variable) {
                    rows.retain(|row| {
                        let found = entities[*row as usize];
                        found != ABSENT && (found == entity.0) == *same
                    });
                    return Ok(());
                }
                expression
            }
            Predicate::Labels { variable, labels, expression } => {
                if let Column::Entities(entities) = batch.column(*variable) {
                    let has = |entity: u32| {
                        let has = |label: &Label| label.kind.is_some_and(|kind| run.graph.has_kind(EntityId(entity), kind));
                        entity != ABSENT && labels.iter().all(has)
                    };
                    rows.retain(|row| has(entities[*row as usize]));
                    return Ok(());
                }
                expression
            }
            Predicate::Number { variable, name, comparison, number, expression } => {
                if let Column::Relations(relations) = batch.column(*variable) {
                    let column = run.vocabulary.qualifier_called(name).and_then(|qualifier| run.graph.number_column(qualifier));
                    if let Some(column) = column {
                        rows.retain(|row| {
                            let relation = relations[*row as usize];
                            let found = if relation == ABSENT { None } else { column.get(relation as usize) };
                            found.is_some_and(|found| found.partial_cmp(number).is_some_and(|order| comparison.holds(order)))
                        });
                        return Ok(());
                    }
                }
                expression
            }
            Predicate::Other(expression) => expression,
        };
        let mut kept = Vec::with_capacity(rows.len());
        for row in rows.iter() {
            if run.truth(expression, batch, *row as usize)? == Truth::True {
                kept.push(*row);
            }
        }
        *rows = kept;
        run.guard.work(batch.length * 16, "testing conditions")
    }
}
