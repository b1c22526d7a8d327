//! Uniqueness: which relations of a match can be the same at all.
//!
//! Two relations of one match must differ. Where their types differ, or where being the same would make two entities one
//! that are known to differ, nothing needs to be compared, and the relations themselves need not be kept (Q4b, Q7, Q11).

use super::planner::Planner;
use super::region::{Edge, Region, TestKind};
use crate::algebra::Expression;
use crate::model::{Comparison, Direction, Value};

/// Takes out of a region the pairs of relations that differ anyway.
pub(super) fn reduce(region: &mut Region, planner: &Planner) {
    if !planner.passes.uniqueness || region.unlike.is_empty() {
        return;
    }
    let apart = entities_apart(region, planner);
    let pairs = std::mem::take(&mut region.unlike);
    region.unlike = pairs.into_iter().filter(|(one, other)| may_be_same(region, *one, *other, &apart)).collect();
}

/// Pairs of nodes that are different entities in every row of the region.
pub(super) fn entities_apart(region: &Region, planner: &Planner) -> Vec<(usize, usize)> {
    let mut apart = Vec::new();
    for test in &region.tests {
        let TestKind::Condition(condition) = &test.kind else { continue };
        let Expression::Cypher(Comparison::NotEqual, left, right) = &condition.expression else { continue };
        match (&**left, &**right) {
            (Expression::Variable(one), Expression::Variable(other)) => {
                apart.extend(region.known_node(*one).zip(region.known_node(*other)));
            }
            (Expression::Variable(one), Expression::Literal(Value::Entity(entity)))
            | (Expression::Literal(Value::Entity(entity)), Expression::Variable(one)) => {
                let exact = region.nodes.iter().enumerate().filter(|(_, node)| node.exactly == Some(*entity));
                apart.extend(exact.filter_map(|(place, _)| region.known_node(*one).map(|node| (node, place))));
            }
            _ => {}
        }
    }
    let exact: Vec<(usize, _)> = region.nodes.iter().enumerate().filter_map(|(place, node)| Some((place, node.exactly?))).collect();
    for (position, (one, entity)) in exact.iter().enumerate() {
        apart.extend(exact[position + 1..].iter().filter(|(_, other)| other != entity).map(|(other, _)| (*one, *other)));
    }
    let loopless = |edge: &&Edge| {
        edge.trail.is_none() && edge.from != edge.to && {
            let statistics = planner.statistics;
            let all = (0..statistics.relation_types()).map(crate::model::RelationTypeId);
            let denied = |relation_type| (!edge.asserted || planner.counts_denials) && statistics.has_denials(relation_type);
            if edge.routes.is_empty() {
                !all.into_iter().any(|relation_type| statistics.has_loops(relation_type) || denied(relation_type))
            } else {
                !edge.types().any(|relation_type| statistics.has_loops(relation_type) || denied(relation_type))
            }
        }
    };
    apart.extend(region.edges.iter().filter(loopless).map(|edge| (edge.from, edge.to)));
    apart
}

/// Whether two edges could be the same relation.
pub(super) fn may_be_same(region: &Region, one: usize, other: usize, apart: &[(usize, usize)]) -> bool {
    let (one, other) = (&region.edges[one], &region.edges[other]);
    if one.trail.is_some() || other.trail.is_some() {
        return shares_type(one, other);
    }
    if !shares_type(one, other) {
        return false;
    }
    let along = possible(&[(one.from, other.from), (one.to, other.to)], apart);
    let against = possible(&[(one.from, other.to), (one.to, other.from)], apart);
    match (only_direction(one), only_direction(other)) {
        // Both directions are fixed: starts are the same, and ends are.
        (Some(first), Some(second)) => {
            if first == second {
                along
            } else {
                against
            }
        }
        _ => along || against,
    }
}

fn shares_type(one: &Edge, other: &Edge) -> bool {
    one.routes.is_empty() || other.routes.is_empty() || one.types().any(|relation_type| other.may_be(relation_type))
}

/// The direction of an edge that can be taken in one only.
fn only_direction(edge: &Edge) -> Option<Direction> {
    let first = edge.routes.first()?.direction;
    edge.routes.iter().all(|route| route.direction == first).then_some(first)
}

/// Whether the nodes of each pair can all be the same entity at once.
fn possible(equal: &[(usize, usize)], apart: &[(usize, usize)]) -> bool {
    let mut classes: Vec<Vec<usize>> = Vec::with_capacity(2);
    for (one, other) in equal {
        let mut merged = vec![*one, *other];
        classes.retain(|class| {
            let joins = class.contains(one) || class.contains(other);
            if joins {
                merged.extend(class);
            }
            !joins
        });
        classes.push(merged);
    }
    !apart.iter().any(|(one, other)| one == other || classes.iter().any(|class| class.contains(one) && class.contains(other)))
}
