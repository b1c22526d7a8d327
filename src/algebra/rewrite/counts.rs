//! Counts: rows that are only counted, or of which one of each will do.
//!
//! Groups by an entity's id become groups by the entity; counts of what is never null become counts of rows, so that nothing
//! but their number is asked of what is below; partners that are only counted need not be listed; counts of everything are
//! in the statistics (Q3, Q4a, Q9, Q10).

use super::planner::{Ask, Multiplicity, Planner};
use super::set::VariableSet;
use super::walk::{Part, expression_parts, named_in_expression, variables_of};
use crate::algebra::{Aggregate, AggregateFunction, Expression, Function, JoinMode, Operator, Selection, VariableId};
use crate::model::{Direction, Value};

type Items = Vec<(VariableId, Expression)>;
type Aggregates = Vec<(VariableId, Aggregate)>;

/// A group, and what is asked of its input.
pub(super) fn group(planner: &mut Planner, input: Operator, mut keys: Vec<VariableId>, mut aggregates: Aggregates, ask: &Ask) -> Operator {
    aggregates.retain(|(variable, aggregate)| ask.needed.contains(*variable) || !never_fails(aggregate));
    let mut input = input;
    let mut late = Vec::new();
    if planner.passes.identity {
        let used = arguments(&aggregates);
        late = keys_by_entity(planner, &mut input, &mut keys, &used);
        identify_arguments(planner, &mut aggregates);
    }
    if planner.passes.counts && !ask.evidence {
        count_plainly(planner, &input, &keys, &mut aggregates);
        let through = items_of(&input);
        for (_, aggregate) in &mut aggregates {
            count_rows(aggregate, &input, &through);
        }
        if let Some(known) = whole_counts(planner, &input, &keys, &aggregates) {
            return known;
        }
        signatures(planner, &mut input, &keys, &aggregates);
        mark_partners(planner, &mut input, &keys, &mut aggregates);
    }
    let mut needed = VariableSet::of(keys.iter().copied());
    needed.extend(&arguments(&aggregates));
    let multiplicity = if ask.evidence { Multiplicity::Each } else { multiplicity(&aggregates) };
    let input = planner.operator(input, &Ask { needed, multiplicity, ..ask.clone() });
    let grouped = Operator::Group { input: Box::new(input), keys, aggregates };
    above(grouped, late, ask)
}

/// Distinct rows, and what is asked of their input.
pub(super) fn distinct(planner: &mut Planner, mut input: Operator, mut keys: Vec<VariableId>, ask: &Ask) -> Operator {
    let own = VariableSet::of(keys.iter().copied());
    // Variables that are not compared may differ between equal rows: which of them is shown is up to the engine.
    if !ask.needed.is_within(&own) || ask.evidence {
        let mut below = ask.clone();
        below.needed.extend(&own);
        below.multiplicity = Multiplicity::Each;
        return Operator::Distinct { input: Box::new(planner.operator(input, &below)), keys };
    }
    let late = if planner.passes.identity { keys_by_entity(planner, &mut input, &mut keys, &VariableSet::default()) } else { Vec::new() };
    let needed = VariableSet::of(keys.iter().copied());
    let multiplicity = if planner.passes.existence { Multiplicity::Once } else { Multiplicity::Each };
    let input = planner.operator(input, &Ask { needed, multiplicity, ..ask.clone() });
    let distinct = if is_distinct(&input, &keys) { input } else { Operator::Distinct { input: Box::new(input), keys } };
    above(distinct, late, ask)
}

/// Whether rows are distinct already.
fn is_distinct(operator: &Operator, by: &[VariableId]) -> bool {
    match operator {
        Operator::Distinct { keys, .. } => keys.iter().all(|key| by.contains(key)),
        Operator::Filter { input, .. } => is_distinct(input, by),
        Operator::Apply { left, mode: JoinMode::Semi | JoinMode::Without, .. } => is_distinct(left, by),
        _ => false,
    }
}

/// The late items that are asked for, above an operator.
fn above(operator: Operator, late: Items, ask: &Ask) -> Operator {
    let items: Items = late.into_iter().filter(|(variable, _)| ask.needed.contains(*variable)).collect();
    if items.is_empty() { operator } else { Operator::Project { input: Box::new(operator), items } }
}

/// Puts entities in the place of keys that are their ids, and leaves out keys that follow from other ones. What is computed
/// behind the grouping instead is returned.
fn keys_by_entity(planner: &Planner, input: &mut Operator, keys: &mut Vec<VariableId>, used: &VariableSet) -> Items {
    let Operator::Project { input: below, items } = input else { return Vec::new() };
    let mut bound = VariableSet::default();
    super::walk::bound_by(below, &mut bound);
    let mut late = Vec::new();
    let mut entities = VariableSet::of(keys.iter().copied().filter(|key| planner.entities.contains(*key)));
    let mut kept = Vec::with_capacity(keys.len());
    for key in keys.drain(..) {
        let item = items.iter().position(|(variable, _)| *variable == key).filter(|_| !used.contains(key));
        let entity = item.and_then(|place| planner.identified(&items[place].1)).filter(|entity| bound.contains(*entity));
        match (item, entity) {
            (Some(place), Some(entity)) => {
                late.push(items.remove(place));
                if !entities.contains(entity) {
                    entities.insert(entity);
                    kept.push(entity);
                }
            }
            _ => kept.push(key),
        }
    }
    if !late.is_empty() {
        kept.retain(|key| match items.iter().position(|(variable, _)| variable == key) {
            Some(place) if !used.contains(*key) && planner.follows_from(&items[place].1, &entities) => {
                late.push(items.remove(place));
                false
            }
            _ => true,
        });
    }
    *keys = kept;
    late
}

/// What is asked of ids in aggregates is asked of their entities.
fn identify_arguments(planner: &Planner, aggregates: &mut Aggregates) {
    for (_, aggregate) in aggregates {
        let argument = match aggregate {
            Aggregate::CountDistinct(argument) => Some(argument),
            Aggregate::Of { function: AggregateFunction::Count, argument, .. } => argument.as_mut(),
            _ => None,
        };
        if let Some(argument) = argument
            && let Some(entity) = planner.identified(argument)
        {
            *argument = Expression::Variable(entity);
        }
    }
}

/// A count of what is never null is a count of rows.
fn count_rows(aggregate: &mut Aggregate, input: &Operator, through: &[(VariableId, Expression)]) {
    if let Aggregate::Of { function: AggregateFunction::Count, argument, distinct: false, .. } = aggregate
        && let Some(value) = argument
    {
        let present = match value {
            Expression::Literal(value) => !value.is_null(),
            Expression::Variable(variable) => match through.iter().find(|(item, _)| item == variable) {
                Some((_, Expression::Literal(value))) => !value.is_null(),
                Some(_) => false,
                None => is_always_bound(input, *variable),
            },
            _ => false,
        };
        if present {
            *argument = None;
        }
    }
}

/// A count of the different entities of a group is a count of its rows where no two rows of it have the same entity: where
/// every entity that is matched is a key, the one that is counted, or known, and no two relations join the same two (Q3).
fn count_plainly(planner: &Planner, input: &Operator, keys: &[VariableId], aggregates: &mut Aggregates) {
    for (_, aggregate) in aggregates {
        let (Aggregate::CountDistinct(Expression::Variable(variable))
        | Aggregate::Of { function: AggregateFunction::Count, argument: Some(Expression::Variable(variable)), distinct: true, .. }) =
            aggregate
        else {
            continue;
        };
        let mut open = VariableSet::default();
        let mut known = VariableSet::of(keys.iter().copied().chain([*variable]));
        if is_simple_match(planner, input, &mut open, &mut known) && open.is_within(&known) && is_always_bound(input, *variable) {
            *aggregate = Aggregate::Of { function: AggregateFunction::Count, argument: None, distinct: false, parameter: None };
        }
    }
}

/// Whether an operator matches a pattern in which two rows with the same entities are the same row. Adds the entities that
/// it matches, and those that can be one alone.
fn is_simple_match(planner: &Planner, operator: &Operator, matched: &mut VariableSet, known: &mut VariableSet) -> bool {
    match operator {
        Operator::Unit => true,
        Operator::Entities { input, entity, selection } => {
            let own = if matches!(selection, Selection::Exactly(_)) { &mut *known } else { &mut *matched };
            own.insert(*entity);
            is_simple_match(planner, input, matched, known)
        }
        Operator::Expand { input, from, to, routes, .. } => {
            matched.insert(*from);
            matched.insert(*to);
            let single = matches!(routes[..], [route] if !planner.statistics.has_parallels(route.relation_type)
                && !planner.statistics.has_denials(route.relation_type));
            single && is_simple_match(planner, input, matched, known)
        }
        Operator::Filter { input, conditions } => {
            for condition in conditions {
                let expression = planner.by_identity(condition.expression.clone());
                if let super::identity::Selected::Exactly(entity, _) = super::identity::selected(&expression, planner) {
                    known.insert(entity);
                }
            }
            is_simple_match(planner, input, matched, known)
        }
        Operator::Asserted { input, .. } => is_simple_match(planner, input, matched, known),
        Operator::Project { input, items } => {
            items.iter().all(|(_, value)| super::walk::is_total(value)) && is_simple_match(planner, input, matched, known)
        }
        _ => false,
    }
}

/// Whether every row binds a variable to an entity or a relation.
fn is_always_bound(operator: &Operator, variable: VariableId) -> bool {
    match operator {
        Operator::Entities { input, entity, .. } => *entity == variable || is_always_bound(input, variable),
        Operator::Expand { input, from, relation, to, .. } => [from, relation, to].contains(&&variable) || is_always_bound(input, variable),
        Operator::Trail { input, from, relations, to, .. } => {
            [from, relations, to].contains(&&variable) || is_always_bound(input, variable)
        }
        Operator::Filter { input, .. } | Operator::Asserted { input, .. } => is_always_bound(input, variable),
        Operator::Project { input, items } => !items.iter().any(|(item, _)| *item == variable) && is_always_bound(input, variable),
        Operator::Apply { left, mode: JoinMode::Optional | JoinMode::Semi | JoinMode::Without, .. } => is_always_bound(left, variable),
        Operator::Apply { left, right, mode: JoinMode::Inner } => is_always_bound(left, variable) || is_always_bound(right, variable),
        _ => false,
    }
}

fn items_of(operator: &Operator) -> Items {
    match operator {
        Operator::Project { items, .. } => items.clone(),
        _ => Vec::new(),
    }
}

/// The variables in the arguments of aggregates.
fn arguments(aggregates: &Aggregates) -> VariableSet {
    let mut used = VariableSet::default();
    for (_, aggregate) in aggregates {
        match aggregate {
            Aggregate::CountDistinct(argument) | Aggregate::Collect(argument) => named_in_expression(argument, &mut used),
            Aggregate::Of { argument, parameter, .. } => {
                argument.iter().chain(parameter).for_each(|argument| named_in_expression(argument, &mut used));
            }
        }
    }
    used
}

fn never_fails(aggregate: &Aggregate) -> bool {
    match aggregate {
        Aggregate::CountDistinct(argument) | Aggregate::Collect(argument) => super::walk::is_total(argument),
        Aggregate::Of { function: AggregateFunction::Count | AggregateFunction::Collect, argument, .. } => {
            argument.as_ref().is_none_or(super::walk::is_total)
        }
        Aggregate::Of { .. } => false,
    }
}

/// How often equal rows matter to aggregates.
fn multiplicity(aggregates: &Aggregates) -> Multiplicity {
    let of = |aggregate: &Aggregate| match aggregate {
        Aggregate::CountDistinct(_) => Multiplicity::Once,
        Aggregate::Of { function: AggregateFunction::Minimum | AggregateFunction::Maximum, .. } => Multiplicity::Once,
        Aggregate::Of { function: AggregateFunction::Count, distinct, .. } => {
            if *distinct {
                Multiplicity::Once
            } else {
                Multiplicity::Weighted
            }
        }
        _ => Multiplicity::Each,
    };
    let all: Vec<Multiplicity> = aggregates.iter().map(|(_, aggregate)| of(aggregate)).collect();
    match () {
        () if all.contains(&Multiplicity::Each) => Multiplicity::Each,
        () if all.contains(&Multiplicity::Weighted) => Multiplicity::Weighted,
        () => Multiplicity::Once,
    }
}

/// Whether an aggregate counts rows.
fn counts_rows(aggregate: &Aggregate) -> bool {
    matches!(aggregate, Aggregate::Of { function: AggregateFunction::Count, argument: None, .. })
}

/// The count of all entities, or of all of a kind, which the statistics hold.
fn whole_counts(planner: &Planner, input: &Operator, keys: &[VariableId], aggregates: &Aggregates) -> Option<Operator> {
    let mut input = input;
    while let Operator::Project { input: below, items } = input
        && items.iter().all(|(_, value)| super::walk::is_total(value))
    {
        input = below;
    }
    let count = match plain_entities(input)? {
        Selection::Any => planner.statistics.entities(),
        Selection::Kinds(kinds) => match kinds[..] {
            [kind] => planner.statistics.of_kind(kind),
            _ => return None,
        },
        _ => return None,
    };
    if !keys.is_empty() || !aggregates.iter().all(|(_, aggregate)| counts_rows(aggregate)) {
        return None;
    }
    let count = Expression::Literal(Value::Integer(i64::try_from(count).ok()?));
    let items = aggregates.iter().map(|(variable, _)| (*variable, count.clone())).collect();
    Some(Operator::Project { input: Box::new(Operator::Unit), items })
}

/// The selection, if an operator does nothing but list entities.
fn plain_entities(operator: &Operator) -> Option<Selection> {
    match operator {
        Operator::Entities { input, selection, .. } if **input == Operator::Unit => Some(selection.clone()),
        Operator::Asserted { input, relations } if relations.is_empty() => plain_entities(input),
        Operator::Filter { input, conditions } => {
            let [condition] = &conditions[..] else { return None };
            let (Expression::HasLabels(subject, labels), Operator::Entities { input, entity, selection: Selection::Any }) =
                (&condition.expression, &**input)
            else {
                return None;
            };
            match &labels[..] {
                [label] if **subject == Expression::Variable(*entity) && **input == Operator::Unit => {
                    label.kind.map(|kind| Selection::Kinds(vec![kind]))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Counts of all relations by their types and the labels of their ends are in the statistics: one row for each combination.
fn signatures(planner: &mut Planner, input: &mut Operator, keys: &[VariableId], aggregates: &Aggregates) {
    let Operator::Project { input: below, items } = input else { return };
    let Some((from, relation, to)) = every_relation(below, planner) else { return };
    let own = VariableSet::of([from, relation, to]);
    let wanted = VariableSet::of(keys.iter().copied());
    let by_count = aggregates.iter().all(|(_, aggregate)| counts_rows(aggregate));
    let items_fit = items.iter().all(|(variable, value)| wanted.contains(*variable) && is_of_signature(value, from, relation, to, &own));
    if !by_count || !items_fit || wanted.meets(&own) {
        return;
    }
    let mut made = [None, None, None];
    for (place, (variable, name)) in [(from, "from"), (relation, "type"), (to, "to")].into_iter().enumerate() {
        if items.iter().any(|(_, value)| variables_of(value).contains(variable)) {
            made[place] = Some((variable, planner.fresh(name)));
        }
    }
    for (_, value) in items.iter_mut() {
        by_signature(value, &made);
    }
    let [from, relation_type, to] = made.map(|made| made.map(|(_, fresh)| fresh));
    **below = Operator::Signatures { from, relation_type, to };
}

/// The variables of a match of every relation there is: from, relation, to.
fn every_relation(operator: &Operator, planner: &Planner) -> Option<(VariableId, VariableId, VariableId)> {
    match operator {
        Operator::Asserted { input, .. } => every_relation(input, planner),
        Operator::Expand { input, from, relation, to, routes, unlike } if unlike.is_empty() && from != to => {
            let Operator::Entities { input, entity, selection: Selection::Any } = &**input else { return None };
            let first = routes.first()?.direction;
            let every = (0..planner.statistics.relation_types()).all(|id| routes.iter().any(|route| route.relation_type.0 == id));
            let once =
                routes.len() == usize::from(planner.statistics.relation_types()) && routes.iter().all(|route| route.direction == first);
            if **input != Operator::Unit || entity != from || !every || !once {
                return None;
            }
            Some(if first == Direction::Outgoing { (*from, *relation, *to) } else { (*to, *relation, *from) })
        }
        _ => None,
    }
}

/// Whether an expression asks for nothing but the type of the relation and the labels of its ends.
fn is_of_signature(value: &Expression, from: VariableId, relation: VariableId, to: VariableId, own: &VariableSet) -> bool {
    match value {
        Expression::Call(Function::Labels, arguments, _) => {
            matches!(arguments[..], [Expression::Variable(variable)] if variable == from || variable == to)
        }
        Expression::Call(Function::Type, arguments, _) => matches!(arguments[..], [Expression::Variable(variable)] if variable == relation),
        Expression::Variable(_) | Expression::Field(..) | Expression::Subquery(..) | Expression::Path(_) => !variables_of(value).meets(own),
        other => {
            let mut fits = true;
            expression_parts(other, &mut |part| {
                fits &= match part {
                    Part::Expression(inner) => is_of_signature(inner, from, relation, to, own),
                    Part::Variable(variable) => !own.contains(*variable),
                    Part::Operator(_) => false,
                };
            });
            fits
        }
    }
}

/// Reads types and labels from the variables of the signatures.
fn by_signature(value: &mut Expression, made: &[Option<(VariableId, VariableId)>; 3]) {
    if let Expression::Call(Function::Labels | Function::Type, arguments, _) = value
        && let [Expression::Variable(variable)] = arguments[..]
        && let Some((_, fresh)) = made.iter().flatten().find(|(matched, _)| *matched == variable)
    {
        *value = Expression::Variable(*fresh);
        return;
    }
    super::walk::expression_parts_mut(value, &mut |part| {
        if let super::walk::PartMut::Expression(inner) = part {
            by_signature(inner, made);
        }
    });
}

/// Where what an optional match binds is only counted, a mark is counted instead: how many partners there are is then all
/// that is asked of them.
fn mark_partners(planner: &mut Planner, input: &mut Operator, keys: &[VariableId], aggregates: &mut Aggregates) {
    let counted: Vec<VariableId> = aggregates.iter().filter_map(|(_, aggregate)| counted_variable(aggregate)).collect();
    for variable in counted {
        let elsewhere = aggregates.iter().any(|(_, aggregate)| {
            counted_variable(aggregate) != Some(variable) && arguments(&vec![(variable, aggregate.clone())]).contains(variable)
        });
        if keys.contains(&variable) || elsewhere {
            continue;
        }
        let Some(right) = optional_match(input, variable) else { continue };
        let mark = planner.fresh("partner");
        let matched = std::mem::replace(right, Operator::Unit);
        *right = Operator::Project { input: Box::new(matched), items: vec![(mark, Expression::Literal(Value::Boolean(true)))] };
        for (_, aggregate) in aggregates.iter_mut().filter(|(_, aggregate)| counted_variable(aggregate) == Some(variable)) {
            if let Aggregate::Of { argument, .. } = aggregate {
                *argument = Some(Expression::Variable(mark));
            }
        }
    }
}

/// The variable that an aggregate counts, each time that it is bound.
fn counted_variable(aggregate: &Aggregate) -> Option<VariableId> {
    match aggregate {
        Aggregate::Of { function: AggregateFunction::Count, argument: Some(Expression::Variable(variable)), distinct: false, .. } => {
            Some(*variable)
        }
        _ => None,
    }
}

/// The right side of the optional match that binds a variable, if nothing above it names the variable.
fn optional_match(operator: &mut Operator, variable: VariableId) -> Option<&mut Operator> {
    match operator {
        Operator::Project { input, items } => {
            let names = items.iter().any(|(item, value)| *item == variable || variables_of(value).contains(variable));
            if names { None } else { optional_match(input, variable) }
        }
        Operator::Apply { left, right, mode: JoinMode::Optional } => {
            if is_always_bound(right, variable) {
                let mut outer = VariableSet::default();
                super::walk::bound_by(left, &mut outer);
                return if outer.contains(variable) { None } else { Some(right) };
            }
            let mut named = VariableSet::default();
            super::walk::named_in_operator(right, &mut named);
            if named.contains(variable) { None } else { optional_match(left, variable) }
        }
        _ => None,
    }
}
