//! Distances: the cheapest ways from one entity to another, or to all others (Dijkstra's algorithm).

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::Arc;

use crate::algebra::Procedure;
use crate::model::{Direction, EntityId, Path, Step, Value};

use super::options::{Options, described};
use super::pace::Pace;
use super::projection::{Flow, Projection};
use super::{Arguments, Columns, FailureKind, Stopped, Yielded, at, fault, number};

/// `graph.shortest_path(from, to)`: one path of the least cost. Among paths of equal cost it takes the one that comes to each
/// entity from the cheapest, then the first entity before it, by the first relation.
pub fn shortest_path(arguments: &Arguments<'_>) -> Result<Columns, Stopped> {
    let options = Options::of(Procedure::ShortestPath, &arguments.values)?;
    let mut projection = Projection::read(arguments, &options)?;
    let (from, to) = (entity(arguments, 0, &options)?, entity(arguments, 1, &options)?);
    let mut columns = [Vec::new(), Vec::new()];
    if let (Some(from), Some(to)) = (from, to) {
        projection.admit(from);
        projection.admit(to);
        let pace = Pace::new(arguments.guard, "finding the shortest path");
        let mut search = Search::new(&projection, &pace)?;
        let mut cost = None;
        search.run(from, |reached, distance| {
            if reached == to.0 {
                cost = Some(distance);
            }
            reached != to.0
        })?;
        if let Some(cost) = cost {
            columns = [vec![Value::Path(Arc::new(search.path(from, to)))], vec![Value::Float(cost)]];
        }
    }
    Ok(columns.map(Yielded::Values).to_vec())
}

/// `graph.distances(from)`: every entity that can be reached, in the order of entities, with what the cheapest path to it costs.
pub fn distances(arguments: &Arguments<'_>) -> Result<Columns, Stopped> {
    let options = Options::of(Procedure::Distances, &arguments.values)?;
    let mut projection = Projection::read(arguments, &options)?;
    let within = options.number("within", 0.0..=f64::MAX)?.unwrap_or(f64::INFINITY);
    let mut reached: Vec<(u32, f64)> = Vec::new();
    if let Some(from) = entity(arguments, 0, &options)? {
        projection.admit(from);
        let pace = Pace::new(arguments.guard, "measuring distances");
        let mut search = Search::new(&projection, &pace)?;
        search.run(from, |entity, distance| {
            if distance <= within {
                reached.push((entity, distance));
            }
            distance <= within
        })?;
    }
    reached.sort_unstable_by_key(|(entity, _)| *entity);
    let (entities, distances) = reached.into_iter().unzip();
    Ok(vec![Yielded::Entities(entities), Yielded::Floats(distances)])
}

/// An end of a path: a node, or the id of one. Null has no paths.
fn entity(arguments: &Arguments<'_>, position: usize, options: &Options) -> Result<Option<EntityId>, Stopped> {
    match arguments.values.get(position) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Entity(entity)) if entity.index() < arguments.graph.entity_count() => Ok(Some(*entity)),
        Some(Value::Text(id)) => arguments.graph.by_slug(id).map(Some).ok_or_else(|| {
            let message = format!("there is no node with the id {}", described(&Value::Text(Arc::clone(id))));
            fault(
                FailureKind::WrongArgument,
                message,
                "`MATCH (n) WHERE n.name = '…'` finds a node by its name; phrases find it by any of its names",
            )
        }),
        Some(other) => {
            let message = format!("`{}` leads from and to nodes, not {}", options.procedure(), described(other));
            Err(fault(FailureKind::WrongType, message, "bind a node with `MATCH`, or give its id as a string"))
        }
    }
}

/// How an entity was come to: from which, by which relation, in which direction.
#[derive(Clone, Copy)]
struct Arrival {
    from: u32,
    direction: Direction,
    position: u32,
}

/// A place to go on from, the cheapest first, then the first entity.
#[derive(PartialEq)]
struct Place {
    cost: f64,
    entity: u32,
}

impl Eq for Place {}

impl Ord for Place {
    fn cmp(&self, other: &Place) -> Ordering {
        self.cost.total_cmp(&other.cost).then(self.entity.cmp(&other.entity))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Place) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A search for the cheapest paths from one entity.
struct Search<'a> {
    projection: &'a Projection<'a>,
    pace: &'a Pace<'a>,
    costs: Vec<f64>,
    arrivals: Vec<Arrival>,
}

impl<'a> Search<'a> {
    fn new(projection: &'a Projection<'a>, pace: &'a Pace<'a>) -> Result<Search<'a>, Stopped> {
        let entities = projection.graph().entity_count();
        pace.memory(entities * (size_of::<f64>() + size_of::<Arrival>()))?;
        let nowhere = Arrival { from: u32::MAX, direction: Direction::Outgoing, position: 0 };
        Ok(Search { projection, pace, costs: vec![f64::INFINITY; entities], arrivals: vec![nowhere; entities] })
    }

    /// Comes to the entities, the cheapest to reach first, for as long as it is told to go on.
    fn run(&mut self, from: EntityId, mut come: impl FnMut(u32, f64) -> bool) -> Result<(), Stopped> {
        let directions = self.projection.flow.unwrap_or(Flow::Both).directions();
        let graph = self.projection.graph();
        let mut places = BinaryHeap::from([Reverse(Place { cost: 0.0, entity: from.0 })]);
        self.costs[from.index()] = 0.0;
        while let Some(Reverse(Place { cost, entity })) = places.pop() {
            if cost > self.costs[at(entity)] {
                continue;
            }
            if !come(entity, cost) {
                return Ok(());
            }
            let (mut crossed, mut fault) = (1, None);
            for direction in directions {
                let Search { projection, costs, arrivals, .. } = self;
                projection.visit(entity, *direction, |position, other| {
                    crossed += 1;
                    let weight =
                        if projection.is_weighted() { projection.weight(graph.relation_at(*direction, position)) } else { Ok(Some(1.0)) };
                    let weight = weight.unwrap_or_else(|stopped| {
                        fault = Some(stopped);
                        None
                    });
                    let Some(total) = weight.map(|weight| cost + weight) else { return };
                    if total < costs[at(other)] {
                        costs[at(other)] = total;
                        arrivals[at(other)] = Arrival { from: entity, direction: *direction, position: number(position) };
                        places.push(Reverse(Place { cost: total, entity: other }));
                    }
                });
            }
            if let Some(stopped) = fault {
                return Err(stopped);
            }
            self.pace.steps(crossed)?;
        }
        Ok(())
    }

    /// The path that was found to an entity that was come to.
    fn path(&self, start: EntityId, end: EntityId) -> Path {
        let mut steps = Vec::new();
        let mut to = end;
        while to != start {
            let Arrival { from, direction, position } = self.arrivals[to.index()];
            let relation = self.projection.graph().relation_at(direction, at(position));
            steps.push(Step { relation, forward: direction == Direction::Outgoing, to });
            to = EntityId(from);
        }
        steps.reverse();
        Path { start, steps }
    }
}
