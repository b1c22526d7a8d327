//! Aliases: a variable that is only another name of one is that one.
//!
//! `WITH a AS b` binds `b` to what `a` is bound to. Named by one name throughout, the matches before and behind it are one
//! region.

use std::collections::HashMap;

use super::walk::{Part, bound_by, expression_parts, operator_parts, rename_in_operator};
use crate::algebra::{Column, Expression, Layout, Operator, VariableId};

/// Takes the aliases out of a query.
pub(super) fn resolve(root: &mut Operator, columns: &mut [Column], layout: &mut Layout) {
    let mut made = HashMap::new();
    let mut aliases = HashMap::new();
    look_at(root, &mut made, &mut aliases);
    aliases.retain(|alias, _| made.get(alias) == Some(&1));
    if aliases.is_empty() {
        return;
    }
    let rename = |mut variable: VariableId| {
        // An alias of an alias; there are no circles, since each is made once and of what is bound before.
        let mut steps = 0;
        while let Some(original) = aliases.get(&variable)
            && steps < aliases.len()
        {
            variable = *original;
            steps += 1;
        }
        variable
    };
    take_out(root, &aliases);
    rename_in_operator(root, &rename);
    columns.iter_mut().for_each(|column| column.variable = rename(column.variable));
    if let Layout::Pivot { row, across, relations, .. } = layout {
        [row, across, relations].into_iter().for_each(|variable| *variable = rename(*variable));
    }
}

/// How often each variable is bound by a projection, and which ones are aliases.
fn look_at(operator: &Operator, made: &mut HashMap<VariableId, usize>, aliases: &mut HashMap<VariableId, VariableId>) {
    if let Operator::Project { input, items } = operator {
        let mut bound = super::set::VariableSet::default();
        bound_by(input, &mut bound);
        for (variable, value) in items {
            *made.entry(*variable).or_default() += 1;
            if let Expression::Variable(original) = value
                && bound.contains(*original)
                && original != variable
            {
                aliases.insert(*variable, *original);
            }
        }
    }
    operator_parts(operator, &mut |part| match part {
        Part::Operator(input) => look_at(input, made, aliases),
        Part::Expression(expression) => look_within(expression, made, aliases),
        Part::Variable(_) => {}
    });
}

fn look_within(expression: &Expression, made: &mut HashMap<VariableId, usize>, aliases: &mut HashMap<VariableId, VariableId>) {
    expression_parts(expression, &mut |part| match part {
        Part::Operator(plan) => look_at(plan, made, aliases),
        Part::Expression(inner) => look_within(inner, made, aliases),
        Part::Variable(_) => {}
    });
}

/// Takes the items that make aliases out of the projections.
fn take_out(operator: &mut Operator, aliases: &HashMap<VariableId, VariableId>) {
    super::walk::operator_parts_mut(operator, &mut |part| match part {
        super::walk::PartMut::Operator(input) => take_out(input, aliases),
        super::walk::PartMut::Expression(expression) => take_out_within(expression, aliases),
        super::walk::PartMut::Variable(_) => {}
    });
    if let Operator::Project { input, items } = operator {
        items.retain(|(variable, _)| !aliases.contains_key(variable));
        if items.is_empty() {
            *operator = std::mem::replace(input, Operator::Unit);
        }
    }
    if let Operator::Distinct { keys, .. } | Operator::Group { keys, .. } = operator {
        keys.dedup();
    }
}

fn take_out_within(expression: &mut Expression, aliases: &HashMap<VariableId, VariableId>) {
    super::walk::expression_parts_mut(expression, &mut |part| match part {
        super::walk::PartMut::Operator(plan) => take_out(plan, aliases),
        super::walk::PartMut::Expression(inner) => take_out_within(inner, aliases),
        super::walk::PartMut::Variable(_) => {}
    });
}
