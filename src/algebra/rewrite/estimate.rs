//! Estimate: roughly how many rows there will be, from the statistics.

use super::region::{Edge, Node, Region};
use crate::algebra::{Expression, JoinMode, Operator, Route, Selection};
use crate::model::{Comparison, EntityId, KindId, RelationTypeId, Statistics};

/// The part of the rows that a condition is taken to let through, where nothing better is known.
pub(super) fn share(expression: &Expression) -> f64 {
    match expression {
        Expression::Cypher(comparison, ..) | Expression::Compare(comparison, ..) => match comparison {
            Comparison::Equal => 0.1,
            Comparison::NotEqual => 0.95,
            _ => 0.3,
        },
        Expression::And(parts) => parts.iter().map(share).product(),
        Expression::Or(parts) => parts.iter().map(share).sum::<f64>().min(0.9),
        Expression::Not(inner) => 1.0 - share(inner).min(0.9),
        Expression::IsA(..) | Expression::TextTest(..) | Expression::HasLabels(..) => 0.2,
        _ => 0.5,
    }
}

/// A count as a number to reckon with; never quite nothing, so that what follows still has a cost.
fn number(count: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    let number = count as f64;
    number
}

/// How many entities a selection lets through.
pub(super) fn selected(selection: &Selection, statistics: &dyn Statistics) -> f64 {
    match selection {
        Selection::Any => number(statistics.entities()),
        Selection::Kinds(kinds) => {
            kinds.iter().map(|kind| number(statistics.of_kind(*kind))).sum::<f64>().min(number(statistics.entities()))
        }
        Selection::IsA(_) => number(statistics.entities()).min(10.0),
        Selection::Exactly(_) => 1.0,
        Selection::NamePrefix(prefix) => statistics.with_prefix(prefix).map_or_else(|| number(statistics.entities()) / 200.0, number),
    }
}

/// How many relations there are by some routes; none means any.
fn total(routes: &[Route], (from, to): (Option<KindId>, Option<KindId>), statistics: &dyn Statistics) -> f64 {
    if routes.is_empty() {
        return 2.0 * (0..statistics.relation_types()).map(|id| number(statistics.of_type(RelationTypeId(id)))).sum::<f64>();
    }
    let of = |route: &Route| match (from, to, route.direction) {
        (None, None, _) => statistics.of_type(route.relation_type),
        (_, _, crate::model::Direction::Outgoing) => statistics.between(from, route.relation_type, to),
        (_, _, crate::model::Direction::Incoming) => statistics.between(to, route.relation_type, from),
    };
    routes.iter().map(|route| number(of(route))).sum()
}

/// How many relations an entity has by some routes.
fn degree(entity: EntityId, routes: &[Route], statistics: &dyn Statistics) -> f64 {
    let of = |relation_type, direction| number(statistics.relations_of(entity, relation_type, direction));
    if routes.is_empty() {
        let types = (0..statistics.relation_types()).map(RelationTypeId);
        return types.flat_map(|id| [crate::model::Direction::Outgoing, crate::model::Direction::Incoming].map(|way| of(id, way))).sum();
    }
    routes.iter().map(|route| of(route.relation_type, route.direction)).sum()
}

/// The one kind that a node is of, as far as statistics by kind can tell.
fn kind(node: &Node) -> Option<KindId> {
    node.selections.iter().find_map(|selection| match selection {
        Selection::Kinds(kinds) => match kinds[..] {
            [kind] => Some(kind),
            _ => None,
        },
        _ => None,
    })
}

/// How many different entities a node is at most, by its selections and by the ends of its edges.
pub(super) fn spread(region: &Region, place: usize, statistics: &dyn Statistics) -> f64 {
    let node = &region.nodes[place];
    if node.exactly.is_some() {
        return 1.0;
    }
    let selections = node.selections.iter().map(|selection| selected(selection, statistics));
    let edges = region.edges.iter().filter(|edge| edge.trail.is_none() && !edge.routes.is_empty() && edge.touches(place));
    let ends = edges.map(|edge| {
        let at_start = edge.from == place;
        let of = |route: &Route| {
            let direction = if at_start { route.direction } else { route.direction.reverse() };
            number(statistics.distinct_ends(route.relation_type, direction))
        };
        edge.routes.iter().map(of).sum::<f64>()
    });
    selections.chain(ends).fold(number(statistics.entities()), f64::min).max(1.0)
}

/// How likely it is that a pair of entities, each as its node has it, is joined by the edge: the expected number of relations.
pub(super) fn likelihood(region: &Region, edge: &Edge, domains: &[f64], statistics: &dyn Statistics) -> f64 {
    let (from, to) = (&region.nodes[edge.from], &region.nodes[edge.to]);
    if let Some(trail) = &edge.trail {
        let entities = number(statistics.entities()).max(1.0);
        let step = total(&edge.routes, (None, None), statistics) / entities;
        let ways: f64 =
            (trail.least..=trail.most.unwrap_or(4).min(4)).map(|length| step.max(1.0).powi(i32::try_from(length).unwrap_or(4))).sum();
        return ways.max(1.0) / entities;
    }
    let all = total(&edge.routes, (None, None), statistics).max(1.0);
    let pairs = match (from.exactly, to.exactly) {
        (Some(from), Some(to)) => degree(from, &edge.routes, statistics) * degree(to, &edge.routes_from(edge.to), statistics) / all,
        (Some(entity), None) => degree(entity, &edge.routes, statistics) * total(&edge.routes, (None, kind(to)), statistics) / all,
        (None, Some(entity)) => {
            let routes = edge.routes_from(edge.to);
            degree(entity, &routes, statistics) * total(&edge.routes, (kind(from), None), statistics) / all
        }
        (None, None) => total(&edge.routes, (kind(from), kind(to)), statistics),
    };
    // Entities that have one relation have others more often than most: halfway between all and those that have this one.
    let share = |place: usize, exactly: Option<EntityId>, routes: &[Route]| match exactly {
        Some(_) => 1.0,
        None if routes.is_empty() => number(statistics.entities()).max(1.0),
        None => (near_ends(routes, statistics) * domains[place]).sqrt().max(1.0),
    };
    let ends = share(edge.from, from.exactly, &edge.routes) * share(edge.to, to.exactly, &edge.routes_from(edge.to));
    pairs.max(0.001) / ends
}

/// Roughly how many rows an operator makes; within a subquery, for one row.
pub fn estimate(operator: &Operator, statistics: &dyn Statistics) -> f64 {
    let below = |input: &Operator| estimate(input, statistics);
    let entities = number(statistics.entities()).max(1.0);
    let fan = |routes: &[Route]| total(routes, (None, None), statistics) / near_ends(routes, statistics);
    match operator {
        Operator::Unit | Operator::Argument => 1.0,
        Operator::Given { members, .. } => number(members.len() as u64),
        Operator::Relations { relations, .. } => number(relations.len() as u64),
        Operator::Entities { input, entity, selection } => {
            let mut bound = super::set::VariableSet::default();
            super::walk::bound_by(input, &mut bound);
            let chosen = selected(selection, statistics);
            below(input) * if bound.contains(*entity) { chosen / entities } else { chosen }
        }
        Operator::Expand { input, from, to, routes, .. } => {
            let mut bound = super::set::VariableSet::default();
            super::walk::bound_by(input, &mut bound);
            let each = exact_start(input, *from).map_or_else(|| fan(routes), |entity| degree(entity, routes, statistics));
            below(input) * if bound.contains(*to) { each / entities } else { each }
        }
        Operator::Trail { input, routes, least, most, .. } => {
            let step = fan(routes).max(1.0);
            below(input) * (*least..=most.unwrap_or(4).min(4)).map(|length| step.powi(i32::try_from(length).unwrap_or(4))).sum::<f64>()
        }
        Operator::Reach { input, routes, most, .. } => {
            below(input) * fan(routes).max(1.0).powi(i32::try_from(most.unwrap_or(6)).unwrap_or(6).min(6)).min(entities)
        }
        Operator::Weigh { input, .. } | Operator::About { input, .. } | Operator::Project { input, .. } => below(input),
        Operator::Meet { input, arms, .. } => {
            let ways: f64 = arms.iter().map(|arm| fan(&arm.routes)).product();
            below(input) * ways / entities.powi(i32::try_from(arms.len()).unwrap_or(2) - 1)
        }
        Operator::Signatures { .. } => number(u64::from(statistics.relation_types())) * 2.0,
        Operator::Call { input, .. } | Operator::Mentions { input, .. } | Operator::Around { input, .. } => below(input) * 10.0,
        Operator::Paths { input, .. } => below(input) * 5.0,
        Operator::Find { .. } => 10.0,
        Operator::Asserted { input, .. } | Operator::Known { input } => below(input),
        Operator::Sort { input, .. } | Operator::Cite { input, .. } => below(input),
        Operator::Filter { input, conditions } => {
            below(input) * conditions.iter().map(|condition| share(&condition.expression)).product::<f64>()
        }
        Operator::Unwind { input, .. } => below(input) * 3.0,
        Operator::Distinct { input, keys } | Operator::Merge { input, keys } | Operator::Group { input, keys, .. } => {
            if keys.is_empty() {
                1.0
            } else {
                below(input).powf(0.8)
            }
        }
        Operator::Join { left, right, on, mode } => match mode {
            JoinMode::Semi | JoinMode::Without => below(left) * 0.5,
            _ => below(left) * below(right) / if on.is_empty() { 1.0 } else { below(left).max(below(right)).max(1.0) },
        },
        Operator::Apply { left, right, mode } => match mode {
            JoinMode::Semi | JoinMode::Without => below(left) * 0.5,
            JoinMode::Inner => below(left) * below(right),
            JoinMode::Optional => below(left) * below(right).max(1.0),
        },
        Operator::Union { inputs } => inputs.iter().map(below).sum(),
        Operator::Slice { input, skip, limit } => {
            let rest = (below(input) - number(*skip)).max(0.0);
            limit.map_or(rest, |limit| rest.min(number(limit)))
        }
    }
}

/// How many different entities the routes start from.
fn near_ends(routes: &[Route], statistics: &dyn Statistics) -> f64 {
    let ends: f64 = routes.iter().map(|route| number(statistics.distinct_ends(route.relation_type, route.direction))).sum();
    if routes.is_empty() { number(statistics.entities()).max(1.0) } else { ends.min(number(statistics.entities())).max(1.0) }
}

/// The one entity that a variable is bound to below, if it is one.
fn exact_start(operator: &Operator, variable: crate::algebra::VariableId) -> Option<EntityId> {
    match operator {
        Operator::Entities { entity, selection: Selection::Exactly(exact), .. } if *entity == variable => Some(*exact),
        Operator::Project { input, .. } | Operator::Group { input, .. } if input.inputs().is_empty() => None,
        Operator::Group { .. } | Operator::Union { .. } => None,
        other => other.inputs().first().and_then(|input| exact_start(input, variable)),
    }
}
