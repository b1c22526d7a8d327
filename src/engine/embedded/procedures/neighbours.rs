//! Neighbours: the other ends of the relations of a projection, entity by entity: the graph's own array where that will do.

use crate::model::{Direction, EntityId};
use crate::store::{Graph, View};

use super::pace::Pace;
use super::projection::{Flow, Projection};
use super::{Stopped, at};

/// For every entity of the graph the other ends of its relations in a projection.
pub enum Neighbours<'a> {
    /// All the relations of the graph in one direction, where they are.
    Graph(&'a Graph, Direction, View<'a, u32>),
    /// A selection: for each entity where its ends start, and the ends.
    Kept(Vec<usize>, Vec<u32>),
}

impl<'a> Neighbours<'a> {
    /// Those in one direction, once for each relation.
    ///
    /// # Errors
    /// Why the query was stopped.
    pub fn of_relations(projection: &Projection<'a>, direction: Direction, pace: &Pace<'_>) -> Result<Neighbours<'a>, Stopped> {
        let graph = projection.graph();
        if projection.is_whole() {
            return Ok(Neighbours::Graph(graph, direction, graph.ends(direction)));
        }
        Neighbours::keep(projection, pace, |entity, ends| projection.visit(entity, direction, |_, other| ends.push(other)))
    }

    /// Those that differ from the entity itself, each once, in order.
    ///
    /// # Errors
    /// Why the query was stopped.
    pub fn distinct(projection: &Projection<'a>, flow: Flow, pace: &Pace<'_>) -> Result<Neighbours<'a>, Stopped> {
        let mut others = Vec::new();
        Neighbours::keep(projection, pace, |entity, ends| {
            others.clear();
            for direction in flow.directions() {
                projection.visit(entity, *direction, |_, other| others.push(other));
            }
            others.sort_unstable();
            others.dedup();
            ends.extend(others.iter().copied().filter(|other| *other != entity));
        })
    }

    fn keep(projection: &Projection<'a>, pace: &Pace<'_>, mut gather: impl FnMut(u32, &mut Vec<u32>)) -> Result<Neighbours<'a>, Stopped> {
        let entities = projection.graph().entities();
        let mut starts = Vec::with_capacity(projection.graph().entity_count() + 1);
        let mut ends = Vec::new();
        starts.push(0);
        for entity in entities {
            let before = ends.len();
            gather(entity.0, &mut ends);
            starts.push(ends.len());
            pace.steps(1 + ends.len() - before)?;
            if entity.0.is_multiple_of(1024) {
                pace.memory(size_of_val(starts.as_slice()) + size_of_val(ends.as_slice()))?;
            }
        }
        Ok(Neighbours::Kept(starts, ends))
    }

    /// The other ends of the relations of an entity.
    #[inline]
    pub fn of(&self, entity: u32) -> &[u32] {
        match self {
            Neighbours::Graph(graph, direction, ends) => ends.part(graph.span(EntityId(entity), *direction, None)),
            Neighbours::Kept(starts, ends) => &ends[starts[at(entity)]..starts[at(entity) + 1]],
        }
    }

    /// How many there are in all.
    pub fn count(&self) -> usize {
        match self {
            Neighbours::Graph(_, _, ends) => ends.len(),
            Neighbours::Kept(_, ends) => ends.len(),
        }
    }
}

/// The same with what each relation weighs: for each entity where its ends start, then ends and weights.
pub struct Weighted {
    starts: Vec<usize>,
    ends: Vec<(u32, f64)>,
}

impl Weighted {
    /// The other ends of an entity's relations in some directions, with their weights. What does not weigh anything is left out.
    ///
    /// # Errors
    /// Why the query was stopped, or a weight that is none.
    pub fn of_relations(projection: &Projection<'_>, directions: &[Direction], pace: &Pace<'_>) -> Result<Weighted, Stopped> {
        let graph = projection.graph();
        let mut weighted = Weighted { starts: vec![0], ends: Vec::new() };
        let mut fault = None;
        for entity in graph.entities() {
            let before = weighted.ends.len();
            for direction in directions {
                projection.visit(entity.0, *direction, |position, other| {
                    match projection.weight(graph.relation_at(*direction, position)) {
                        Ok(Some(weight)) if weight > 0.0 => weighted.ends.push((other, weight)),
                        Ok(_) => {}
                        Err(stopped) => fault = Some(stopped),
                    }
                });
            }
            if let Some(stopped) = fault {
                return Err(stopped);
            }
            weighted.starts.push(weighted.ends.len());
            pace.steps(1 + weighted.ends.len() - before)?;
            if entity.0.is_multiple_of(1024) {
                pace.memory(size_of_val(weighted.ends.as_slice()) + size_of_val(weighted.starts.as_slice()))?;
            }
        }
        Ok(weighted)
    }

    /// The other ends of the relations of an entity, with their weights.
    #[inline]
    pub fn of(&self, entity: u32) -> &[(u32, f64)] {
        &self.ends[self.starts[at(entity)]..self.starts[at(entity) + 1]]
    }
}
