//! Bare: what a query leaves out is not looked for where nothing can be left out, nor what is found and then not counted.
//!
//! Rows are left out as unknown by conditions alone, and as denied where relations are crossed. A query without either makes the same
//! rows without the operators that count them. A count of different values is the same whether equal rows are united before or not, and
//! what speaks of an entity makes no row more or less.

use super::set::VariableSet;
use super::walk::{Part, expression_parts, operator_parts, variables_of};
use crate::algebra::{Aggregate, Expression, Operator, VariableId};

/// Whether a condition can be unknown for a row somewhere in an operator.
pub(super) fn has_conditions(operator: &Operator) -> bool {
    let mut found = matches!(operator, Operator::Filter { .. });
    operator_parts(operator, &mut |part| match part {
        Part::Operator(input) => found |= has_conditions(input),
        Part::Expression(expression) => found |= has_conditions_within(expression),
        Part::Variable(_) => {}
    });
    found
}

fn has_conditions_within(expression: &Expression) -> bool {
    let mut found = false;
    expression_parts(expression, &mut |part| match part {
        Part::Operator(plan) => found |= has_conditions(plan),
        Part::Expression(inner) => found |= has_conditions_within(inner),
        Part::Variable(_) => {}
    });
    found
}

/// Takes out what counts rows that are left out, where none are, and what counts of different values do not need.
pub(super) fn bare(operator: &mut Operator) {
    while let Operator::Known { input } = operator {
        *operator = std::mem::replace(input, Operator::Unit);
    }
    if let Operator::Group { input, keys, aggregates } = operator {
        let mut used = VariableSet::of(keys.iter().copied());
        let mut counts_values = true;
        for (_, aggregate) in aggregates.iter() {
            match aggregate {
                Aggregate::CountDistinct(argument) => used.extend(&variables_of(argument)),
                _ => counts_values = false,
            }
        }
        if counts_values {
            undecorated(input, &used);
        }
    }
    operator.inputs_mut().into_iter().for_each(bare);
}

/// Takes out what neither makes nor changes any of the values that are used.
fn undecorated(operator: &mut Operator, used: &VariableSet) {
    let within = |keys: &[VariableId]| used.is_within(&VariableSet::of(keys.iter().copied()));
    loop {
        match operator {
            Operator::Known { input } => *operator = std::mem::replace(input, Operator::Unit),
            Operator::Distinct { input, keys } if within(keys) => *operator = std::mem::replace(input, Operator::Unit),
            Operator::About { input, statements, .. } if !used.contains(*statements) => {
                *operator = std::mem::replace(input, Operator::Unit);
            }
            _ => return,
        }
    }
}
