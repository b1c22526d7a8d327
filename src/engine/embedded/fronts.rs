//! Fronts: how far entities are from two ends, searched breadth first from both, the smaller front first, over flat arrays.

use crate::algebra::Route;
use crate::engine::limits::{Guard, Stopped};
use crate::model::RelationId;
use crate::store::Graph;

use super::batch::ways::{Way, opposite, ways};

const DOING: &str = "searching paths";

/// The starts and the ends of shortest paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Where paths start.
    Start = 0,
    /// Where they lead.
    Target = 1,
}

/// A search from both ends of paths. What it needs is kept from one search to the next.
pub(super) struct Fronts {
    onward: Vec<Way>,
    backward: Vec<Way>,
    sides: [Side; 2],
}

/// What has been seen from one end.
#[derive(Default)]
struct Side {
    /// How far each entity is, and one more; 0 where it has not been seen.
    depths: Vec<u32>,
    seen: Vec<u32>,
    /// Where the outermost level begins in `seen`.
    front: usize,
    depth: u32,
}

impl Side {
    fn begin(&mut self, entities: usize, from: &[u32]) {
        self.depths.resize(entities, 0);
        for entity in self.seen.drain(..) {
            self.depths[entity as usize] = 0;
        }
        for entity in from {
            self.depths[*entity as usize] = 1;
            self.seen.push(*entity);
        }
        (self.front, self.depth) = (0, 0);
    }

    fn has(&self, entity: u32) -> bool {
        self.depths[entity as usize] > 0
    }
}

impl Fronts {
    /// A search along these routes.
    pub fn new(routes: &[Route]) -> Fronts {
        let onward = ways(routes);
        let backward = onward.iter().map(|way| Way { direction: opposite(way.direction), ..*way }).collect();
        Fronts { onward, backward, sides: Default::default() }
    }

    /// The entities in the middle of the shortest paths from any start to any target, of which none is both, and how many relations
    /// these paths have; none where there is no path of at most so many.
    ///
    /// # Errors
    /// Why the query was stopped.
    pub fn meet(
        &mut self,
        (graph, guard): (&Graph, &Guard<'_>),
        (starts, targets): (&[u32], &[u32]),
        most: u32,
    ) -> Result<Option<(Vec<u32>, u32)>, Stopped> {
        let entities = graph.entity_count();
        self.sides[0].begin(entities, starts);
        self.sides[1].begin(entities, targets);
        while self.sides[0].depth.saturating_add(self.sides[1].depth) < most {
            let side = self.smaller((graph, guard))?;
            self.widen((graph, guard), side)?;
            let (near, far) = (&self.sides[side], &self.sides[1 - side]);
            let front = &near.seen[near.front..];
            if front.is_empty() {
                return Ok(None);
            }
            let met: Vec<u32> = front.iter().copied().filter(|entity| far.has(*entity)).collect();
            if !met.is_empty() {
                return Ok(Some((met, near.depth + far.depth)));
            }
        }
        Ok(None)
    }

    /// The side from which fewer relations lead on. The fronts can be all of a graph: no more of the one with more entities is looked
    /// at than it takes to have as many relations as the other.
    fn smaller(&self, (graph, guard): (&Graph, &Guard<'_>)) -> Result<usize, Stopped> {
        let front = |side: usize| &self.sides[side].seen[self.sides[side].front..];
        let degree_up_to = |side: usize, most: usize| -> Result<usize, Stopped> {
            let ways = if side == 0 { &self.onward } else { &self.backward };
            let mut degree = 0;
            for entity in front(side) {
                if degree > most {
                    break;
                }
                guard.work(ways.len(), DOING)?;
                degree += ways.iter().map(|way| way.span(graph, *entity).len()).sum::<usize>();
            }
            Ok(degree)
        };
        let few = usize::from(front(1).len() < front(0).len());
        let degree = degree_up_to(few, usize::MAX)?;
        let other = degree_up_to(1 - few, degree)?;
        // Of equals the side of the starts.
        Ok(if other < degree || other == degree && few == 1 { 1 - few } else { few })
    }

    /// Takes these as targets for the searches that follow, each from one start.
    pub fn aim(&mut self, graph: &Graph, targets: &[u32]) {
        self.sides[1].begin(graph.entity_count(), targets);
    }

    /// The same from one start, which is no target of its own, to the targets that were taken: searched from the start alone, since
    /// they may be many.
    ///
    /// # Errors
    /// Why the query was stopped.
    pub fn meet_from(&mut self, (graph, guard): (&Graph, &Guard<'_>), start: u32, most: u32) -> Result<Option<(Vec<u32>, u32)>, Stopped> {
        self.sides[0].begin(graph.entity_count(), &[start]);
        while self.sides[0].depth < most {
            self.widen((graph, guard), 0)?;
            let (near, far) = (&self.sides[0], &self.sides[1]);
            let front = &near.seen[near.front..];
            if front.is_empty() {
                return Ok(None);
            }
            // What has been seen is not met again: the start is in no front behind the first.
            let met: Vec<u32> = front.iter().copied().filter(|entity| far.has(*entity)).collect();
            if !met.is_empty() {
                return Ok(Some((met, near.depth)));
            }
        }
        Ok(None)
    }

    /// Goes one relation further from one end.
    fn widen(&mut self, (graph, guard): (&Graph, &Guard<'_>), side: usize) -> Result<(), Stopped> {
        let denials = graph.has_denials();
        let ways = if side == 0 { &self.onward } else { &self.backward };
        let here = &mut self.sides[side];
        let (from, until) = (here.front, here.seen.len());
        here.depth += 1;
        here.front = until;
        for at in from..until {
            let entity = here.seen[at];
            for way in ways {
                let span = way.span(graph, entity);
                guard.work(span.len() + 1, DOING)?;
                for (position, end) in span.clone().zip(graph.ends(way.direction).part(span)) {
                    let depth = &mut here.depths[*end as usize];
                    if *depth == 0 && !(denials && graph.is_denied(graph.relation_at(way.direction, position))) {
                        *depth = here.depth + 1;
                        here.seen.push(*end);
                    }
                }
            }
        }
        Ok(())
    }

    /// How far the last search went from an end.
    pub fn depth(&self, end: End) -> u32 {
        self.sides[end as usize].depth
    }

    /// Whether an entity is at an end itself.
    pub fn is_at(&self, end: End, entity: u32) -> bool {
        self.sides[end as usize].depths[entity as usize] == 1
    }

    /// The asserted relations from an entity to those that are one relation nearer to an end, each with the way that it is taken
    /// and the entity that it leads to.
    ///
    /// # Errors
    /// Why the query was stopped, or whatever `found` says.
    pub fn nearer(
        &self,
        (graph, guard): (&Graph, &Guard<'_>),
        end: End,
        entity: u32,
        mut found: impl FnMut(RelationId, Way, u32) -> Result<(), Stopped>,
    ) -> Result<(), Stopped> {
        let denials = graph.has_denials();
        // Towards where the side began: against its own direction.
        let ways = if end == End::Start { &self.backward } else { &self.onward };
        let depths = &self.sides[end as usize].depths;
        let depth = depths[entity as usize];
        for way in ways {
            let span = way.span(graph, entity);
            guard.work(span.len() + 1, DOING)?;
            for (position, other) in span.clone().zip(graph.ends(way.direction).part(span)) {
                if depths[*other as usize] + 1 != depth || depth <= 1 {
                    continue;
                }
                let relation = graph.relation_at(way.direction, position);
                if !(denials && graph.is_denied(relation)) {
                    found(relation, *way, *other)?;
                }
            }
        }
        Ok(())
    }
}
