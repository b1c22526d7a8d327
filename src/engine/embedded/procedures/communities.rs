//! Communities: groups of entities with more relations among themselves than chance would give (the Louvain method).
//!
//! What is made as large as can be is modularity: Q = Σ over groups (inside / total − resolution · (ends / total)²), where
//! `total` is twice the weight of all relations, `inside` twice the weight of those within the group and `ends` the weight
//! of the ends of relations at its entities. Directions do not count, parallel relations add up. Each entity in turn
//! moves to the neighbouring group that raises Q most (the first of equals, its own before any), until none moves; groups then
//! become the entities of a smaller graph, on which the same is done.

use crate::algebra::Procedure;
use crate::model::Direction;

use super::neighbours::Weighted;
use super::options::Options;
use super::pace::Pace;
use super::projection::Projection;
use super::{Arguments, Columns, Stopped, at, number, numbered};

/// Gains below this are rounding, as a part of all ends.
const ROUNDING: f64 = 1e-12;
/// How often the entities of one graph are gone through at most.
const ROUNDS: usize = 100;

/// `graph.communities()`: each entity with the number of its group. An entity without relations is a group of its own.
pub fn communities(arguments: &Arguments<'_>) -> Result<Columns, Stopped> {
    let options = Options::of(Procedure::Communities, &arguments.values)?;
    let projection = Projection::read(arguments, &options)?;
    let resolution = options.number("resolution", 0.0..=1000.0)?.unwrap_or(1.0);
    let pace = Pace::new(arguments.guard, "finding communities");
    let mut level = Level::of(&projection, &pace)?;
    let mut groups: Vec<u32> = (0..number(arguments.graph.entity_count())).collect();
    loop {
        let (found, count) = level.groups(resolution, &pace)?;
        groups.iter_mut().for_each(|group| *group = found[at(*group)]);
        if count == level.size() {
            break;
        }
        level = level.joined(&found, count, &pace)?;
    }
    Ok(numbered(&projection.entities(), groups.len(), |entity| groups[at(entity)]))
}

/// A graph whose relations have weights and no direction.
struct Level {
    /// For each entity where its neighbours start.
    starts: Vec<usize>,
    /// The neighbours, each once, in order, with the weight of all relations to it.
    neighbours: Vec<(u32, f64)>,
    /// For each entity twice the weight of its relations to itself.
    loops: Vec<f64>,
}

impl Level {
    fn of(projection: &Projection<'_>, pace: &Pace<'_>) -> Result<Level, Stopped> {
        let weighted = Weighted::of_relations(projection, &[Direction::Outgoing, Direction::Incoming], pace)?;
        let mut level = Level { starts: vec![0], neighbours: Vec::new(), loops: Vec::new() };
        let mut sums = Sums::new(projection.graph().entity_count());
        for entity in projection.graph().entities() {
            pace.steps(1 + weighted.of(entity.0).len())?;
            weighted.of(entity.0).iter().for_each(|(other, weight)| sums.add(*other, *weight));
            level.push(entity.0, &mut sums);
            if entity.0.is_multiple_of(1024) {
                pace.memory(2 * size_of_val(level.neighbours.as_slice()))?;
            }
        }
        Ok(level)
    }

    /// Appends an entity with the sums of its weights.
    fn push(&mut self, entity: u32, sums: &mut Sums) {
        let own = sums.take(entity);
        self.loops.push(own);
        sums.drain(|other, weight| self.neighbours.push((other, weight)));
        self.starts.push(self.neighbours.len());
    }

    fn size(&self) -> usize {
        self.loops.len()
    }

    fn of_entity(&self, entity: u32) -> &[(u32, f64)] {
        &self.neighbours[self.starts[at(entity)]..self.starts[at(entity) + 1]]
    }

    /// The group of each entity, numbered in the order of their first entities, and how many groups there are.
    fn groups(&self, resolution: f64, pace: &Pace<'_>) -> Result<(Vec<u32>, usize), Stopped> {
        let size = self.size();
        let ends: Vec<f64> = (0..number(size))
            .map(|entity| self.loops[at(entity)] + self.of_entity(entity).iter().map(|(_, weight)| weight).sum::<f64>())
            .collect();
        let total: f64 = ends.iter().sum();
        let mut groups: Vec<u32> = (0..number(size)).collect();
        let mut ends_of_groups = ends.clone();
        let mut sums = Sums::new(size);
        for _ in 0..ROUNDS {
            let mut moved = false;
            for entity in 0..number(size) {
                let neighbours = self.of_entity(entity);
                pace.steps(1 + neighbours.len())?;
                let own = groups[at(entity)];
                let ends_here = ends[at(entity)];
                neighbours.iter().for_each(|(other, weight)| sums.add(groups[at(*other)], *weight));
                ends_of_groups[at(own)] -= ends_here;
                let gain = |group: u32, weight: f64| weight - resolution * ends_of_groups[at(group)] * (ends_here / total);
                let mut best = (own, gain(own, sums.take(own)));
                sums.drain(|group, weight| {
                    let gain = gain(group, weight);
                    if gain > best.1 + ROUNDING * total {
                        best = (group, gain);
                    }
                });
                ends_of_groups[at(best.0)] += ends_here;
                moved |= best.0 != own;
                groups[at(entity)] = best.0;
            }
            if !moved {
                break;
            }
        }
        Ok(in_order(groups))
    }

    /// The graph whose entities are the groups of this one.
    fn joined(&self, groups: &[u32], count: usize, pace: &Pace<'_>) -> Result<Level, Stopped> {
        let mut members: Vec<u32> = (0..number(self.size())).collect();
        members.sort_by_key(|entity| groups[at(*entity)]);
        let mut level = Level { starts: vec![0], neighbours: Vec::new(), loops: Vec::new() };
        let mut sums = Sums::new(count);
        for members in members.chunk_by(|left, right| groups[at(*left)] == groups[at(*right)]) {
            let group = groups[at(members[0])];
            for entity in members {
                pace.steps(1 + self.of_entity(*entity).len())?;
                sums.add(group, self.loops[at(*entity)]);
                self.of_entity(*entity).iter().for_each(|(other, weight)| sums.add(groups[at(*other)], *weight));
            }
            level.push(group, &mut sums);
        }
        Ok(level)
    }
}

/// Sums by number, and which numbers have one.
struct Sums {
    values: Vec<f64>,
    touched: Vec<u32>,
}

impl Sums {
    fn new(size: usize) -> Sums {
        Sums { values: vec![0.0; size], touched: Vec::new() }
    }

    #[inline]
    fn add(&mut self, number: u32, value: f64) {
        let sum = &mut self.values[at(number)];
        if *sum == 0.0 {
            self.touched.push(number);
        }
        *sum += value;
    }

    /// The sum of a number, which has none from then on.
    fn take(&mut self, number: u32) -> f64 {
        std::mem::take(&mut self.values[at(number)])
    }

    /// Gives away all sums that are left, in the order of their numbers.
    fn drain(&mut self, mut each: impl FnMut(u32, f64)) {
        let Sums { values, touched } = self;
        touched.sort_unstable();
        for number in touched.drain(..) {
            let sum = std::mem::take(&mut values[at(number)]);
            if sum > 0.0 {
                each(number, sum);
            }
        }
    }
}

/// Groups numbered anew in the order of their first entities, and how many there are.
fn in_order(mut groups: Vec<u32>) -> (Vec<u32>, usize) {
    let mut numbers: Vec<Option<u32>> = vec![None; groups.len()];
    let mut next = 0;
    for group in &mut groups {
        *group = *numbers[at(*group)].get_or_insert_with(|| {
            next += 1;
            next - 1
        });
    }
    (groups, at(next))
}
