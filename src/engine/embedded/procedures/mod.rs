//! Procedures: the algorithms that `CALL` runs, each on the part of the graph that its options name.
//!
//! petgraph's algorithms of the same names cannot be stopped from outside and work edge by edge through its traits; these
//! look at the clock every few thousand relations and run on the flat arrays. The tests hold them to petgraph's.

mod betweenness;
mod communities;
mod components;
mod degree;
mod distances;
mod neighbours;
mod options;
mod pace;
mod pagerank;
mod projection;

#[cfg(test)]
mod tests;

use crate::algebra::Procedure;
use crate::model::{EntityId, Value, Vocabulary};
use crate::store::Graph;

use crate::engine::limits::{Failure, FailureKind, Guard, Stopped};

/// What a procedure is called with.
pub(in crate::engine::embedded) struct Arguments<'a> {
    /// The values of its arguments.
    pub values: Vec<Value>,
    /// The graph that it runs on.
    pub graph: &'a Graph,
    /// The names of what the graph holds.
    pub vocabulary: &'a dyn Vocabulary,
    /// Watches over the query.
    pub guard: &'a Guard<'a>,
}

/// What a procedure yields: its columns in the order of its signature, all of the same length.
pub(in crate::engine::embedded) type Columns = Vec<Yielded>;

/// One column that a procedure yields; nothing in it is null.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine::embedded) enum Yielded {
    /// Entities by number.
    Entities(Vec<u32>),
    /// Counts.
    Integers(Vec<i64>),
    /// Numbers.
    Floats(Vec<f64>),
    /// Anything.
    Values(Vec<Value>),
}

impl Yielded {
    /// How many rows it has.
    pub fn len(&self) -> usize {
        match self {
            Yielded::Entities(numbers) => numbers.len(),
            Yielded::Integers(numbers) => numbers.len(),
            Yielded::Floats(numbers) => numbers.len(),
            Yielded::Values(values) => values.len(),
        }
    }

    /// The value in a row; null behind the last.
    pub fn value(&self, row: usize) -> Value {
        let value = match self {
            Yielded::Entities(numbers) => numbers.get(row).map(|number| Value::Entity(EntityId(*number))),
            Yielded::Integers(numbers) => numbers.get(row).map(|number| Value::Integer(*number)),
            Yielded::Floats(numbers) => numbers.get(row).map(|number| Value::Float(*number)),
            Yielded::Values(values) => values.get(row).cloned(),
        };
        value.unwrap_or(Value::Null)
    }
}

/// Runs a procedure.
///
/// # Errors
/// Why it was stopped, or which of its arguments it cannot take.
pub(in crate::engine::embedded) fn call(procedure: Procedure, arguments: &Arguments<'_>) -> Result<Columns, Stopped> {
    arguments.guard.look("starting a procedure")?;
    match procedure {
        Procedure::Components => components::components(arguments),
        Procedure::PageRank => pagerank::pagerank(arguments),
        Procedure::Betweenness => betweenness::betweenness(arguments),
        Procedure::Communities => communities::communities(arguments),
        Procedure::Degree => degree::degree(arguments),
        Procedure::ShortestPath => distances::shortest_path(arguments),
        Procedure::Distances => distances::distances(arguments),
    }
}

/// What is wrong with a call, and what to do instead. The caller knows the place.
fn fault(kind: FailureKind, message: impl Into<String>, help: impl Into<String>) -> Stopped {
    Stopped::Failed(Box::new(Failure { kind, message: message.into(), help: help.into(), place: (0, 0) }))
}

/// The position of something in an array, from its number.
fn at(number: u32) -> usize {
    number as usize
}

/// The number of something, from its position: there are never more than fit.
fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// A count for an answer.
fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Groups numbered anew from 0 in the order of their first entities: the entities and the numbers of their groups.
fn numbered(entities: &[u32], groups: usize, group_of: impl Fn(u32) -> u32) -> Columns {
    let mut numbers: Vec<Option<i64>> = vec![None; groups];
    let mut next = 0;
    let mut column = Vec::with_capacity(entities.len());
    for entity in entities {
        let group = numbers[at(group_of(*entity))].get_or_insert_with(|| {
            next += 1;
            next - 1
        });
        column.push(*group);
    }
    vec![Yielded::Entities(entities.to_vec()), Yielded::Integers(column)]
}
