//! Set-up: runs the queries that make a scenario's graph, naively and without the program's own reading of queries.

mod evaluate;
mod expression;
mod functions;
mod reader;
mod run;
mod temporal;
mod tree;

use crate::description::Description;

/// The graph that these queries make, one after the other, of an empty one.
///
/// # Errors
/// What is not understood.
pub fn describe(queries: &[String]) -> Result<Description, String> {
    let mut world = run::World::default();
    for query in queries {
        world.run(&reader::read(query)?)?;
    }
    Ok(world.description())
}
