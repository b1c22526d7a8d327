//! Degree: how many relations each entity has.

use crate::algebra::Procedure;
use crate::model::{Direction, EntityId};

use super::options::Options;
use super::pace::Pace;
use super::projection::Projection;
use super::{Arguments, Columns, Stopped, Yielded, count};

/// `graph.degree()`: relations in and out, each statement counted; a relation from an entity to itself counts both ways.
pub fn degree(arguments: &Arguments<'_>) -> Result<Columns, Stopped> {
    let options = Options::of(Procedure::Degree, &arguments.values)?;
    let projection = Projection::read(arguments, &options)?;
    let pace = Pace::new(arguments.guard, "counting relations");
    let entities = projection.entities();
    let is_whole = projection.is_whole();
    let mut columns = [Direction::Incoming, Direction::Outgoing].map(|_| Vec::with_capacity(entities.len()));
    for entity in &entities {
        for (direction, column) in [Direction::Incoming, Direction::Outgoing].into_iter().zip(&mut columns) {
            let mut relations = 0;
            if is_whole {
                relations = arguments.graph.span(EntityId(*entity), direction, None).len();
            } else {
                projection.visit(*entity, direction, |_, _| relations += 1);
            }
            pace.steps(if is_whole { 1 } else { 1 + relations })?;
            column.push(count(relations));
        }
    }
    let [incoming, outgoing] = columns;
    let degrees = incoming.iter().zip(&outgoing).map(|(entering, leaving)| entering + leaving).collect();
    Ok(vec![Yielded::Entities(entities), Yielded::Integers(degrees), Yielded::Integers(incoming), Yielded::Integers(outgoing)])
}
