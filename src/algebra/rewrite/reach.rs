//! Reach: where trails are followed only to learn where they end, breadth first and each end once.
//!
//! An end other than the start is at the end of some trail of at most so many relations just when it is no further away:
//! the shortest way takes no relation twice. The start itself is an end of closed trails only, which the operator minds (Q5).

use super::planner::{Ask, Multiplicity, Planner};
use super::region::Region;

/// Whether a trail that is followed from a node need only say which ends it has.
pub(super) fn can_reach(region: &Region, place: usize, from: usize, ask: &Ask, planner: &Planner) -> bool {
    let edge = &region.edges[place];
    let Some(trail) = &edge.trail else { return false };
    let node = edge.other(from);
    planner.passes.reach
        && ask.multiplicity == Multiplicity::Once
        && !ask.evidence
        && trail.each.is_none()
        && trail.least <= 1
        && trail.most.is_none_or(|most| most >= trail.least)
        && edge.unlike.is_empty()
        && node != from
        && !region.unlike.iter().any(|(one, other)| *one == place || *other == place)
        && !ask.needed.contains(edge.relation)
        && !region.tests.iter().any(|test| test.uses.contains(edge.relation))
        && planner.is_undenied(edge)
}

/// Whether a node is only the end of a trail that can be reached: then it is not bound before.
pub(super) fn only_reached(region: &Region, place: usize, ask: &Ask, planner: &Planner) -> bool {
    let mut edges = region.edges.iter().enumerate().filter(|(_, edge)| edge.touches(place));
    match (edges.next(), edges.next()) {
        (Some((number, edge)), None) => edge.to == place && edge.trail.is_some() && can_reach(region, number, edge.from, ask, planner),
        _ => false,
    }
}
