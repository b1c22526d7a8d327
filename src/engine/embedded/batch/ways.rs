//! Ways: the relations that lead on from an entity, as ranges of the graph's flat arrays.

use std::ops::Range;

use crate::algebra::Route;
use crate::model::{Direction, EntityId, RelationTypeId};
use crate::store::{Adjacency, Graph, View};

/// One direction to take relations in, of one type or of any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine::embedded) struct Way {
    pub direction: Direction,
    /// None means any.
    pub relation_type: Option<RelationTypeId>,
    /// Whether a relation that leads to where it starts is left out: it is taken by the other direction already.
    pub without_loops: bool,
}

/// The ways that routes stand for.
pub(in crate::engine::embedded) fn ways(routes: &[Route]) -> Vec<Way> {
    let both = [Direction::Outgoing, Direction::Incoming];
    if routes.is_empty() {
        let way = |direction| Way { direction, relation_type: None, without_loops: direction == Direction::Incoming };
        return both.map(way).to_vec();
    }
    let mut ways: Vec<Way> = Vec::with_capacity(routes.len());
    for route in routes {
        let outgoing = Route { relation_type: route.relation_type, direction: Direction::Outgoing };
        let without_loops = route.direction == Direction::Incoming && routes.contains(&outgoing);
        let way = Way { direction: route.direction, relation_type: Some(route.relation_type), without_loops };
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

impl Way {
    /// The way with what is found once for all entities that it is taken from, about so many.
    pub(super) fn across<'g>(&self, graph: &'g Graph, entities: usize) -> Crossing<'g> {
        const MANY: usize = 64;
        let of_type = self.relation_type.filter(|_| entities >= MANY);
        let adjacency = of_type.map(|relation_type| graph.adjacency(self.direction, relation_type));
        Crossing { way: *self, graph, adjacency, ends: graph.ends(self.direction) }
    }

    /// The positions of the relations that lead on from an entity.
    pub fn span(&self, graph: &Graph, from: u32) -> Range<usize> {
        graph.span(EntityId(from), self.direction, self.relation_type)
    }

    /// Whether some relation leads to where it starts.
    fn may_loop(&self, graph: &Graph) -> bool {
        let statistics = graph.statistics();
        match self.relation_type {
            Some(relation_type) => statistics.of_type(relation_type).has_loop,
            None => statistics.types.iter().any(|counts| counts.has_loop),
        }
    }

    fn loops(&self, ends: &[u32], from: u32) -> usize {
        if self.relation_type.is_some() { equal_range(ends, from).len() } else { ends.iter().filter(|end| **end == from).count() }
    }

    /// The relations between two entities: the direction of the array, and the positions there. Within one type they stand
    /// together; of any type a range that holds them among others.
    pub(super) fn between(&self, graph: &Graph, from: u32, to: u32) -> (Direction, Range<usize>) {
        let here = self.span(graph, from);
        if self.relation_type.is_none() || here.is_empty() {
            return (self.direction, here);
        }
        const FEW: usize = 16;
        if here.len() > FEW {
            let back = opposite(self.direction);
            let there = graph.span(EntityId(to), back, self.relation_type);
            if there.len() < here.len() {
                let within = equal_range(graph.ends(back).part(there.clone()), from);
                return (back, there.start + within.start..there.start + within.end);
            }
        }
        let within = equal_range(graph.ends(self.direction).part(here.clone()), to);
        (self.direction, here.start + within.start..here.start + within.end)
    }
}

/// A way through a graph, to be taken from many entities.
#[derive(Clone, Copy)]
pub(super) struct Crossing<'g> {
    pub way: Way,
    graph: &'g Graph,
    /// The relations of its type, where it is taken from many.
    adjacency: Option<Adjacency<'g>>,
    ends: View<'g, u32>,
}

impl<'g> Crossing<'g> {
    /// The positions of the relations that lead on from an entity.
    #[inline]
    pub fn span(&self, from: u32) -> Range<usize> {
        match &self.adjacency {
            Some(adjacency) => adjacency.span(EntityId(from)),
            None => self.graph.span(EntityId(from), self.way.direction, self.way.relation_type),
        }
    }

    /// Where the relations of the span lead.
    #[inline]
    pub fn ends(&self, from: u32) -> &'g [u32] {
        self.ends.part(self.span(from))
    }

    /// Where the relations at these positions lead.
    #[inline]
    pub fn ends_at(&self, span: Range<usize>) -> &'g [u32] {
        self.ends.part(span)
    }

    /// How many relations lead on from an entity.
    #[inline]
    pub fn count(&self, from: u32) -> u64 {
        if !self.way.without_loops {
            return self.span(from).len() as u64;
        }
        let ends = self.ends(from);
        let loops = if self.way.may_loop(self.graph) { self.way.loops(ends, from) } else { 0 };
        (ends.len() - loops) as u64
    }
}

/// The other direction.
pub(in crate::engine::embedded) fn opposite(direction: Direction) -> Direction {
    match direction {
        Direction::Outgoing => Direction::Incoming,
        Direction::Incoming => Direction::Outgoing,
    }
}

/// Where a number stands in an ascending slice.
pub(super) fn equal_range(sorted: &[u32], number: u32) -> Range<usize> {
    let start = sorted.partition_point(|other| *other < number);
    let end = start + sorted[start..].iter().take_while(|other| **other == number).count();
    start..end
}
