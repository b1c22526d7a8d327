//! Components: the weakly connected components, by joining entities into trees.
//!
//! A few relations of every entity are enough to find nearly all of the largest component; the relations of what belongs to
//! it already need not be looked at any more, since those that lead out of it are seen from their other ends (after Sutton,
//! Ben-Nun and Barak's Afforest).

use std::collections::HashMap;

use crate::algebra::Procedure;
use crate::model::Direction;

use super::neighbours::Neighbours;
use super::options::Options;
use super::pace::Pace;
use super::projection::Projection;
use super::{Arguments, Columns, Stopped, at, number, numbered};

/// How many relations of each entity, in each direction, are looked at before the largest component is guessed.
const FIRST: usize = 2;
/// How many relations are crossed before it is seen whether their entity has come to belong to the largest component.
const TOGETHER: usize = 64;

/// `graph.components()`: each entity with the number of its component.
pub fn components(arguments: &Arguments<'_>) -> Result<Columns, Stopped> {
    let options = Options::of(Procedure::Components, &arguments.values)?;
    let projection = Projection::read(arguments, &options)?;
    let pace = Pace::new(arguments.guard, "finding components");
    let outgoing = Neighbours::of_relations(&projection, Direction::Outgoing, &pace)?;
    let incoming = Neighbours::of_relations(&projection, Direction::Incoming, &pace)?;
    let entities = projection.entities();
    pace.memory(arguments.graph.entity_count() * (size_of::<u32>() + size_of::<u32>() + 2 * size_of::<i64>()))?;
    let mut forest = Forest::new(arguments.graph.entity_count());
    for entity in &entities {
        pace.steps(1)?;
        let first = outgoing.of(*entity).iter().take(FIRST).chain(incoming.of(*entity).iter().take(FIRST));
        first.for_each(|other| forest.join(*entity, *other));
    }
    let largest = forest.likely_largest(&entities);
    for entity in &entities {
        pace.steps(1)?;
        for chunk in outgoing.of(*entity).chunks(TOGETHER).chain(incoming.of(*entity).chunks(TOGETHER)) {
            if forest.root(*entity) == forest.root(largest) {
                break;
            }
            pace.steps(chunk.len())?;
            chunk.iter().for_each(|other| forest.join(*entity, *other));
        }
    }
    let roots: Vec<u32> = (0..number(arguments.graph.entity_count())).map(|entity| forest.root(entity)).collect();
    Ok(numbered(&entities, roots.len(), |entity| roots[at(entity)]))
}

/// Trees of entities; those of one tree are in one component. The root of a tree is its first entity.
struct Forest {
    parents: Vec<u32>,
}

impl Forest {
    fn new(entities: usize) -> Forest {
        Forest { parents: (0..number(entities)).collect() }
    }

    /// The first entity of the tree, as far as is known by now.
    #[inline]
    fn root(&mut self, entity: u32) -> u32 {
        let mut entity = entity;
        loop {
            let parent = self.parents[at(entity)];
            if parent == entity {
                return entity;
            }
            // Every second step is cut off, so that the next way up is half as long.
            let above = self.parents[at(parent)];
            self.parents[at(entity)] = above;
            entity = above;
        }
    }

    #[inline]
    fn join(&mut self, left: u32, right: u32) {
        let (left, right) = (self.root(left), self.root(right));
        if left != right {
            self.parents[at(left.max(right))] = left.min(right);
        }
    }

    /// The root that most of some entities have, spread over all of them; none of them gives the first entity of the graph.
    /// A wrong guess costs time, nothing else.
    fn likely_largest(&mut self, entities: &[u32]) -> u32 {
        const LOOKED_AT: usize = 1024;
        let mut counts: HashMap<u32, usize> = HashMap::new();
        for entity in entities.iter().step_by((entities.len() / LOOKED_AT).max(1)) {
            *counts.entry(self.root(*entity)).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(root, count)| (*count, std::cmp::Reverse(*root))).map_or(0, |(root, _)| root)
    }
}
