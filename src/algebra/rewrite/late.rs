//! Late: values that only show in the answer are computed for the rows that are left at the end.
//!
//! What a projection computes depends on its own row alone, so it may stand above what only leaves rows out or orders them,
//! unless its value is what they are ordered by: then it is computed there as well, for as many rows as that takes (Q3, Q4a).

use super::set::VariableSet;
use super::walk::{PartMut, expression_parts_mut, is_total, variables_of};
use crate::algebra::{Expression, Operator, SortKey, VariableId};

/// A slice, and what it can do before values are computed.
pub(super) fn slice(input: Operator, skip: u64, limit: Option<u64>) -> Operator {
    let sliced = |input: Box<Operator>| Box::new(Operator::Slice { input, skip, limit });
    match input {
        Operator::Project { input, items } => Operator::Project { input: Box::new(slice(*input, skip, limit)), items },
        Operator::Sort { input, keys, columns } if columns.is_empty() && limit.is_some() => match *input {
            Operator::Project { input, items } if may_wait(&items, &keys) => {
                let keys = keys.into_iter().map(|key| SortKey { expression: inlined(key.expression, &items), ..key }).collect();
                Operator::Project { input: sliced(Box::new(Operator::Sort { input, keys, columns })), items }
            }
            other => *sliced(Box::new(Operator::Sort { input: Box::new(other), keys, columns })),
        },
        other => *sliced(Box::new(other)),
    }
}

/// Gathers the statements that speak of entities for those alone that a limit leaves, where the entities themselves decide
/// which they are. That holds for queries which tell what is unknown, too: no condition stands above what moves.
pub(super) fn statements_last(root: &mut Operator) {
    let Operator::Slice { input, limit: Some(_), .. } = root else { return };
    let Operator::Sort { input, keys, columns } = input.as_mut() else { return };
    let Operator::Known { input: known } = input.as_mut() else { return };
    let Operator::Distinct { input: distinct, keys: by } = known.as_mut() else { return };
    let Operator::About { input: entities, entity, statements, cited } = distinct.as_mut() else { return };
    let (entity, statements, cited) = (*entity, *statements, *cited);
    let first = keys.first().map(|key| &key.expression);
    let decides = match first {
        Some(expression) => *expression == Expression::Variable(entity),
        None => columns.first() == Some(&entity),
    };
    if !decides || !by.contains(&entity) || !makes_each_once(entities, entity) {
        return;
    }
    keys.truncate(1);
    *columns = vec![entity];
    **known = std::mem::replace(entities.as_mut(), Operator::Unit);
    let input = Box::new(std::mem::replace(root, Operator::Unit));
    *root = Operator::About { input, entity, statements, cited };
}

/// Whether no two rows bind the same entity.
fn makes_each_once(operator: &Operator, entity: VariableId) -> bool {
    match operator {
        Operator::Entities { input, entity: own, .. } => **input == Operator::Unit && *own == entity,
        Operator::Filter { input, .. } => makes_each_once(input, entity),
        _ => false,
    }
}

/// Whether rows can be put in order before the items are computed.
fn may_wait(items: &[(VariableId, Expression)], keys: &[SortKey]) -> bool {
    let made = VariableSet::of(items.iter().map(|(variable, _)| *variable));
    let own = items.iter().all(|(_, value)| is_late(value) && !variables_of(value).meets(&made));
    own && keys.iter().all(|key| !variables_of(&inlined(key.expression.clone(), items)).meets(&made))
}

/// Whether a value may be computed twice, and for fewer rows: it is cheap to tell and cannot fail.
fn is_late(value: &Expression) -> bool {
    is_total(value) && !has_subquery(value)
}

fn has_subquery(value: &Expression) -> bool {
    let mut found = matches!(value, Expression::Subquery(..));
    super::walk::expression_parts(value, &mut |part| {
        if let super::walk::Part::Expression(inner) = part {
            found |= has_subquery(inner);
        }
    });
    found
}

/// An expression with the items put in the place of their variables.
fn inlined(mut expression: Expression, items: &[(VariableId, Expression)]) -> Expression {
    if let Expression::Variable(variable) = &expression
        && let Some((_, value)) = items.iter().find(|(item, _)| item == variable)
    {
        return value.clone();
    }
    expression_parts_mut(&mut expression, &mut |part| {
        if let PartMut::Expression(inner) = part {
            *inner = inlined(std::mem::replace(inner, Expression::Literal(crate::model::Value::Null)), items);
        }
    });
    expression
}
