//! Walk: the variables, expressions and operators that an operator or an expression is made of, to be read or changed.

use super::set::VariableSet;
use crate::algebra::{Aggregate, Expression, Operator, SubqueryKind, VariableId};

/// Defines how the parts of operators and expressions are visited, once to read and once to change.
macro_rules! visits {
    ($part:ident, $operator:ident, $others:ident, $expression:ident, $($change:ident)?) => {
        /// What an operator or an expression is directly made of.
        pub(super) enum $part<'a> {
            /// A variable that it names.
            Variable(&'a $($change)? VariableId),
            /// An expression in it.
            Expression(&'a $($change)? Expression),
            /// An operator in it.
            Operator(&'a $($change)? Operator),
        }

        /// Shows each direct part of an operator, its inputs first.
        pub(super) fn $operator<'a>(operator: &'a $($change)? Operator, see: &mut dyn FnMut($part<'a>)) {
            match operator {
                Operator::Unit | Operator::Argument => {}
                Operator::Given { entity, .. } => see($part::Variable(entity)),
                Operator::Entities { input, entity, .. } => {
                    see($part::Operator(input));
                    see($part::Variable(entity));
                }
                Operator::Expand { input, from, relation, to, unlike, .. } => {
                    see($part::Operator(input));
                    [from, relation, to].into_iter().chain(unlike).for_each(|variable| see($part::Variable(variable)));
                }
                Operator::Trail { input, from, relations, to, unlike, each, .. } => {
                    see($part::Operator(input));
                    [from, relations, to].into_iter().chain(unlike).for_each(|variable| see($part::Variable(variable)));
                    if let Some((variable, condition)) = each {
                        see($part::Variable(variable));
                        see($part::Expression(condition));
                    }
                }
                Operator::Apply { left, right, .. } => {
                    see($part::Operator(left));
                    see($part::Operator(right));
                }
                Operator::Join { left, right, on, .. } => {
                    see($part::Operator(left));
                    see($part::Operator(right));
                    on.into_iter().for_each(|variable| see($part::Variable(variable)));
                }
                Operator::Call { input, arguments, yields, .. } => {
                    see($part::Operator(input));
                    arguments.into_iter().for_each(|argument| see($part::Expression(argument)));
                    yields.into_iter().for_each(|(_, variable)| see($part::Variable(variable)));
                }
                Operator::Weigh { input, from, to, unlike, .. } => {
                    see($part::Operator(input));
                    [from].into_iter().chain(to).chain(unlike).for_each(|variable| see($part::Variable(variable)));
                }
                Operator::Meet { input, arms, to, .. } => {
                    see($part::Operator(input));
                    for arm in arms {
                        see($part::Variable(& $($change)? arm.from));
                        for variable in & $($change)? arm.unlike {
                            see($part::Variable(variable));
                        }
                    }
                    see($part::Variable(to));
                }
                Operator::Reach { input, from, to, .. } => {
                    see($part::Operator(input));
                    [from, to].into_iter().for_each(|variable| see($part::Variable(variable)));
                }
                Operator::Signatures { from, relation_type, to } => {
                    from.into_iter().chain(relation_type).chain(to).for_each(|variable| see($part::Variable(variable)));
                }
                other => $others(other, see),
            }
        }

        /// The parts of the operators that the function above does not know.
        fn $others<'a>(operator: &'a $($change)? Operator, see: &mut dyn FnMut($part<'a>)) {
            match operator {
                Operator::Mentions { input, entity, relation, from, to } => {
                    see($part::Operator(input));
                    [entity, relation, from, to].into_iter().for_each(|variable| see($part::Variable(variable)));
                }
                Operator::Relations { relation, from, to, .. } => {
                    [relation, from, to].into_iter().for_each(|variable| see($part::Variable(variable)));
                }
                Operator::Asserted { input, relations: variables }
                | Operator::Distinct { input, keys: variables }
                | Operator::Merge { input, keys: variables } => {
                    see($part::Operator(input));
                    variables.into_iter().for_each(|variable| see($part::Variable(variable)));
                }
                Operator::Filter { input, conditions } => {
                    see($part::Operator(input));
                    for condition in conditions {
                        see($part::Expression(& $($change)? condition.expression));
                        if let Some((_, value)) = & $($change)? condition.field {
                            see($part::Expression(value));
                        }
                    }
                }
                Operator::Known { input } | Operator::Slice { input, .. } => see($part::Operator(input)),
                Operator::Cite { input, support, cited } => {
                    see($part::Operator(input));
                    support.into_iter().chain(cited).for_each(|variable| see($part::Variable(variable)));
                }
                Operator::Paths { input, from, to, path, .. } => {
                    see($part::Operator(input));
                    [from, to, path].into_iter().for_each(|variable| see($part::Variable(variable)));
                }
                Operator::Around { input, centre, entity, distance, .. } => {
                    see($part::Operator(input));
                    [centre, entity, distance].into_iter().for_each(|variable| see($part::Variable(variable)));
                }
                Operator::Find { entity, matched, place, score, .. } => {
                    [entity, matched, place, score].into_iter().for_each(|variable| see($part::Variable(variable)));
                }
                Operator::About { input, entity, statements, .. } => {
                    see($part::Operator(input));
                    [entity, statements].into_iter().for_each(|variable| see($part::Variable(variable)));
                }
                Operator::Project { input, items } => {
                    see($part::Operator(input));
                    for (variable, expression) in items {
                        see($part::Variable(variable));
                        see($part::Expression(expression));
                    }
                }
                Operator::Unwind { input, list, element, .. } => {
                    see($part::Operator(input));
                    see($part::Expression(list));
                    see($part::Variable(element));
                }
                Operator::Group { input, keys, aggregates } => {
                    see($part::Operator(input));
                    keys.into_iter().for_each(|variable| see($part::Variable(variable)));
                    for (variable, aggregate) in aggregates {
                        see($part::Variable(variable));
                        match aggregate {
                            Aggregate::CountDistinct(expression) | Aggregate::Collect(expression) => see($part::Expression(expression)),
                            Aggregate::Of { argument, parameter, .. } => {
                                argument.into_iter().chain(parameter).for_each(|expression| see($part::Expression(expression)));
                            }
                        }
                    }
                }
                Operator::Union { inputs } => inputs.into_iter().for_each(|input| see($part::Operator(input))),
                Operator::Sort { input, keys, columns } => {
                    see($part::Operator(input));
                    for key in keys {
                        see($part::Expression(& $($change)? key.expression));
                    }
                    columns.into_iter().for_each(|variable| see($part::Variable(variable)));
                }
                // Seen to by the caller.
                Operator::Unit
                | Operator::Argument
                | Operator::Given { .. }
                | Operator::Entities { .. }
                | Operator::Expand { .. }
                | Operator::Trail { .. }
                | Operator::Apply { .. }
                | Operator::Join { .. }
                | Operator::Call { .. }
                | Operator::Weigh { .. }
                | Operator::Meet { .. }
                | Operator::Reach { .. }
                | Operator::Signatures { .. } => {}
            }
        }

        /// Shows each direct part of an expression.
        pub(super) fn $expression<'a>(expression: &'a $($change)? Expression, see: &mut dyn FnMut($part<'a>)) {
            match expression {
                Expression::Literal(_) => {}
                Expression::Variable(variable) | Expression::Field(variable, _) => see($part::Variable(variable)),
                Expression::Path(variables) => variables.into_iter().for_each(|variable| see($part::Variable(variable))),
                Expression::And(parts) | Expression::Or(parts) | Expression::List(parts) | Expression::Call(_, parts, _) => {
                    parts.into_iter().for_each(|part| see($part::Expression(part)));
                }
                Expression::Not(inner)
                | Expression::Possibly(inner)
                | Expression::IsA(inner, _)
                | Expression::Contains(inner, _)
                | Expression::Matches(inner, _)
                | Expression::IsPresent(inner)
                | Expression::Property(inner, ..)
                | Expression::Negate(inner, _)
                | Expression::HasLabels(inner, _) => see($part::Expression(inner)),
                Expression::Compare(_, left, right)
                | Expression::Identical(left, right)
                | Expression::Cypher(_, left, right)
                | Expression::Xor(left, right)
                | Expression::Index(left, right, _)
                | Expression::Arithmetic(_, left, right, _)
                | Expression::In(left, right, _)
                | Expression::TextTest(_, left, right, _) => {
                    see($part::Expression(left));
                    see($part::Expression(right));
                }
                Expression::Quantified { element, list, condition, .. } => {
                    see($part::Variable(element));
                    see($part::Expression(list));
                    see($part::Expression(condition));
                }
                Expression::Map(entries) => entries.into_iter().for_each(|(_, value)| see($part::Expression(value))),
                Expression::Range(list, from, to, _) => {
                    [list].into_iter().chain(from).chain(to).for_each(|part| see($part::Expression(part)));
                }
                Expression::Case { operand, branches, otherwise } => {
                    operand.into_iter().chain(otherwise).for_each(|part| see($part::Expression(part)));
                    for (when, then) in branches {
                        see($part::Expression(when));
                        see($part::Expression(then));
                    }
                }
                Expression::Comprehension { element, list, condition, projection } => {
                    see($part::Variable(element));
                    [list].into_iter().chain(condition).chain(projection).for_each(|part| see($part::Expression(part)));
                }
                Expression::Reduce { accumulator, initial, element, list, step } => {
                    [accumulator, element].into_iter().for_each(|variable| see($part::Variable(variable)));
                    [initial, list, step].into_iter().for_each(|part| see($part::Expression(part)));
                }
                Expression::Subquery(kind, plan) => {
                    see($part::Operator(plan));
                    if let SubqueryKind::Collect(value) = kind {
                        see($part::Expression(value));
                    }
                }
            }
        }
    };
}

visits!(Part, operator_parts, other_parts, expression_parts,);
visits!(PartMut, operator_parts_mut, other_parts_mut, expression_parts_mut, mut);

/// Adds every variable that an operator names, at any depth.
pub(super) fn named_in_operator(operator: &Operator, named: &mut VariableSet) {
    operator_parts(operator, &mut |part| named_in_part(&part, named));
}

/// Adds every variable that an expression names, at any depth.
pub(super) fn named_in_expression(expression: &Expression, named: &mut VariableSet) {
    expression_parts(expression, &mut |part| named_in_part(&part, named));
}

fn named_in_part(part: &Part, named: &mut VariableSet) {
    match part {
        Part::Variable(variable) => named.insert(**variable),
        Part::Expression(expression) => named_in_expression(expression, named),
        Part::Operator(operator) => named_in_operator(operator, named),
    }
}

/// The variables that an expression names.
pub(super) fn variables_of(expression: &Expression) -> VariableSet {
    let mut named = VariableSet::default();
    named_in_expression(expression, &mut named);
    named
}

/// Puts other variables in the place of some, throughout an operator.
pub(super) fn rename_in_operator(operator: &mut Operator, rename: &dyn Fn(VariableId) -> VariableId) {
    operator_parts_mut(operator, &mut |part| rename_in_part(part, rename));
}

/// Puts other variables in the place of some, throughout an expression.
pub(super) fn rename_in_expression(expression: &mut Expression, rename: &dyn Fn(VariableId) -> VariableId) {
    expression_parts_mut(expression, &mut |part| rename_in_part(part, rename));
}

fn rename_in_part(part: PartMut, rename: &dyn Fn(VariableId) -> VariableId) {
    match part {
        PartMut::Variable(variable) => *variable = rename(*variable),
        PartMut::Expression(expression) => rename_in_expression(expression, rename),
        PartMut::Operator(operator) => rename_in_operator(operator, rename),
    }
}

/// Adds the variables that the rows of an operator bind, apart from those of the row that it is made for.
pub(super) fn bound_by(operator: &Operator, bound: &mut VariableSet) {
    match operator {
        Operator::Distinct { input, .. } | Operator::Asserted { input, .. } | Operator::Filter { input, .. } => bound_by(input, bound),
        Operator::Known { input } | Operator::Slice { input, .. } | Operator::Sort { input, .. } => bound_by(input, bound),
        Operator::Weigh { input, .. } | Operator::Cite { input, .. } => bound_by(input, bound),
        Operator::Merge { keys, .. } => keys.iter().for_each(|key| bound.insert(*key)),
        Operator::Group { keys, aggregates, .. } => {
            keys.iter().chain(aggregates.iter().map(|(variable, _)| variable)).for_each(|variable| bound.insert(*variable));
        }
        Operator::Apply { left, mode, .. } | Operator::Join { left, mode, .. }
            if matches!(mode, crate::algebra::JoinMode::Semi | crate::algebra::JoinMode::Without) =>
        {
            bound_by(left, bound);
        }
        Operator::Project { input, items } => {
            bound_by(input, bound);
            items.iter().for_each(|(variable, _)| bound.insert(*variable));
        }
        Operator::Unwind { input, element, .. } => {
            bound_by(input, bound);
            bound.insert(*element);
        }
        other => operator_parts(other, &mut |part| match part {
            Part::Variable(variable) => bound.insert(*variable),
            Part::Operator(input) => bound_by(input, bound),
            Part::Expression(_) => {}
        }),
    }
}

/// Whether computing an expression never fails, whatever the row holds: then it may be computed for more rows than were
/// asked for, or for fewer.
pub(super) fn is_total(expression: &Expression) -> bool {
    use crate::algebra::Function;
    let own = match expression {
        Expression::Literal(_) | Expression::Variable(_) | Expression::Field(..) | Expression::Path(_) => true,
        Expression::And(_) | Expression::Or(_) | Expression::Xor(..) | Expression::Not(_) => {
            let mut conditions = true;
            expression_parts(expression, &mut |part| {
                if let Part::Expression(inner) = part {
                    conditions &= yields_truth(inner);
                }
            });
            conditions
        }
        Expression::Possibly(_) | Expression::Compare(..) | Expression::Identical(..) | Expression::IsA(..) => true,
        Expression::Contains(..) | Expression::Matches(..) | Expression::IsPresent(_) | Expression::Cypher(..) => true,
        Expression::List(_) | Expression::Map(_) => true,
        Expression::Property(inner, ..) | Expression::HasLabels(inner, _) => matches!(**inner, Expression::Variable(_)),
        Expression::In(_, list, _) => {
            matches!(**list, Expression::List(_)) || matches!(**list, Expression::Literal(crate::model::Value::List(_)))
        }
        Expression::TextTest(test, _, pattern, _) => {
            *test != crate::algebra::TextTest::Matches || matches!(**pattern, Expression::Literal(_))
        }
        Expression::Call(Function::ToLower | Function::ToUpper | Function::Size, arguments, _) => {
            arguments.iter().all(|argument| matches!(argument, Expression::Property(_, name, _) if matches!(&**name, "name" | "id")))
        }
        Expression::Call(Function::Type | Function::Labels, arguments, _) => {
            arguments.iter().all(|argument| matches!(argument, Expression::Variable(_)))
        }
        Expression::Call(Function::Coalesce, ..) => true,
        Expression::Subquery(_, plan) => return is_total_plan(plan),
        _ => false,
    };
    let mut total = own;
    if own {
        expression_parts(expression, &mut |part| {
            if let Part::Expression(inner) = part {
                total &= is_total(inner);
            }
        });
    }
    total
}

/// Whether an expression's value can only be true, false or null.
fn yields_truth(expression: &Expression) -> bool {
    use crate::model::Value;
    match expression {
        Expression::Literal(value) => matches!(value, Value::Boolean(_) | Value::Null),
        Expression::And(_) | Expression::Or(_) | Expression::Xor(..) | Expression::Not(_) | Expression::Possibly(_) => true,
        Expression::Compare(..) | Expression::Identical(..) | Expression::IsA(..) | Expression::Quantified { .. } => true,
        Expression::Contains(..) | Expression::Matches(..) | Expression::IsPresent(_) | Expression::Cypher(..) => true,
        Expression::In(..) | Expression::TextTest(..) | Expression::HasLabels(..) => true,
        Expression::Subquery(kind, _) => *kind == SubqueryKind::Exists,
        _ => false,
    }
}

/// Whether no expression of an operator or its inputs can fail.
pub(super) fn is_total_plan(operator: &Operator) -> bool {
    if matches!(operator, Operator::Call { .. } | Operator::Unwind { .. } | Operator::Group { .. }) {
        return false;
    }
    let mut total = true;
    operator_parts(operator, &mut |part| {
        total &= match part {
            Part::Variable(_) => true,
            Part::Expression(expression) => is_total(expression),
            Part::Operator(input) => is_total_plan(input),
        };
    });
    total
}
