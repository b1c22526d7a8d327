//! Betweenness: through which entities the shortest paths of the others lead, exactly or from a sample of starts.

use crate::algebra::Procedure;

use super::neighbours::Neighbours;
use super::options::Options;
use super::pace::Pace;
use super::projection::{Flow, Projection};
use super::{Arguments, Columns, FailureKind, Stopped, Yielded, at, fault};

/// So many steps, a relation crossed or an entity looked at, are taken without being asked: seconds.
const STEPS: u64 = 1_000_000_000;
/// So many steps are never taken: they would be hours.
const MOST_STEPS: u64 = 1_000_000_000_000;
/// From fewer starts than these an estimate says nothing.
const LEAST_SAMPLES: u64 = 16;
/// What draws the sample where the call says nothing.
const SEED: i64 = 42;
/// What is not reached yet.
const FAR: u32 = u32::MAX;

/// `graph.betweenness()`, by Brandes' algorithm: one search from each start, whose paths are then followed back. From a sample
/// of starts the sums are scaled up to all of them. Where relations are followed either way each pair counts once.
pub fn betweenness(arguments: &Arguments<'_>) -> Result<Columns, Stopped> {
    let options = Options::of(Procedure::Betweenness, &arguments.values)?;
    let projection = Projection::read(arguments, &options)?;
    let seed = options.whole("seed", i64::MIN..=i64::MAX)?.unwrap_or(SEED);
    let samples = options.whole("samples", 1..=i64::MAX)?;
    let flow = projection.flow.unwrap_or(Flow::Both);
    let pace = Pace::new(arguments.guard, "finding what lies between");
    let neighbours = Neighbours::distinct(&projection, flow, &pace)?;
    let entities = projection.entities();
    pace.memory(arguments.graph.entity_count() * 5 * size_of::<f64>())?;
    let starts = starts(&entities, neighbours.count(), samples.map(i64::unsigned_abs), seed)?;
    let mut search = Search::new(arguments.graph.entity_count());
    for start in &starts {
        search.from(*start, &neighbours, &pace)?;
    }
    let pairs = if flow == Flow::Both { 2.0 } else { 1.0 };
    let scale = entities.len() as f64 / (starts.len().max(1) as f64 * pairs);
    let scores = entities.iter().map(|entity| search.scores[at(*entity)] * scale).collect();
    Ok(vec![Yielded::Entities(entities), Yielded::Floats(scores)])
}

/// The entities to start from: all of them where that is cheap or asked for, else a sample in order.
fn starts(entities: &[u32], relations: usize, samples: Option<u64>, seed: i64) -> Result<Vec<u32>, Stopped> {
    let all = entities.len() as u64;
    let each = all + relations as u64;
    let samples =
        samples.unwrap_or_else(|| if all.saturating_mul(each) <= STEPS { all } else { (STEPS / each).max(LEAST_SAMPLES) }).min(all);
    if samples.saturating_mul(each) > MOST_STEPS {
        let message =
            format!("`graph.betweenness` from {samples} of {all} nodes would cross {relations} relationships each time: that takes hours");
        let affordable = MOST_STEPS / each.max(1);
        let fewer = if affordable >= LEAST_SAMPLES { format!("; `samples` can be {affordable} here") } else { String::new() };
        let help = format!("name a smaller part of the graph: `{{kinds: […], relations: […]}}`{fewer}");
        return Err(fault(FailureKind::WrongArgument, message, help));
    }
    if samples == all {
        return Ok(entities.to_vec());
    }
    let mut drawn = entities.to_vec();
    let mut random = Random(seed.cast_unsigned());
    let samples = usize::try_from(samples).unwrap_or(usize::MAX);
    for position in 0..samples {
        let left = drawn.len() - position;
        drawn.swap(position, position + random.below(left));
    }
    drawn.truncate(samples);
    drawn.sort_unstable();
    Ok(drawn)
}

/// Numbers that look random and are the same for the same seed everywhere (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        // The bias towards small numbers is one in 2^64 / limit.
        (mixed % (limit.max(1) as u64)) as usize
    }
}

/// One search after the other over the same arrays.
struct Search {
    /// What all searches so far found.
    scores: Vec<f64>,
    distances: Vec<u32>,
    /// How many shortest paths lead there from the start.
    paths: Vec<f64>,
    /// For each entity what the paths through it bring to each path that leads to it.
    shares: Vec<f64>,
    /// The entities reached, the nearest first.
    reached: Vec<u32>,
}

impl Search {
    fn new(entities: usize) -> Search {
        Search {
            scores: vec![0.0; entities],
            distances: vec![FAR; entities],
            paths: vec![0.0; entities],
            shares: vec![0.0; entities],
            reached: Vec::new(),
        }
    }

    fn from(&mut self, start: u32, neighbours: &Neighbours<'_>, pace: &Pace<'_>) -> Result<(), Stopped> {
        self.spread(start, neighbours, pace)?;
        for position in (0..self.reached.len()).rev() {
            let entity = self.reached[position];
            let next = self.distances[at(entity)] + 1;
            let others = neighbours.of(entity);
            pace.steps(1 + others.len())?;
            let onward: f64 = others.iter().filter(|other| self.distances[at(**other)] == next).map(|other| self.shares[at(*other)]).sum();
            let dependency = self.paths[at(entity)] * onward;
            self.shares[at(entity)] = (1.0 + dependency) / self.paths[at(entity)];
            if entity != start {
                self.scores[at(entity)] += dependency;
            }
        }
        for entity in self.reached.drain(..) {
            self.distances[at(entity)] = FAR;
            self.paths[at(entity)] = 0.0;
        }
        Ok(())
    }

    /// Finds the distances from the start, and how many shortest paths there are.
    fn spread(&mut self, start: u32, neighbours: &Neighbours<'_>, pace: &Pace<'_>) -> Result<(), Stopped> {
        self.distances[at(start)] = 0;
        self.paths[at(start)] = 1.0;
        self.reached.push(start);
        let mut position = 0;
        while let Some(entity) = self.reached.get(position).copied() {
            position += 1;
            let (next, paths) = (self.distances[at(entity)] + 1, self.paths[at(entity)]);
            if !paths.is_finite() {
                let message = "`graph.betweenness` met more shortest paths between two nodes than can be counted";
                return Err(fault(FailureKind::Arithmetic, message, "name a smaller part of the graph: `{kinds: […], relations: […]}`"));
            }
            let others = neighbours.of(entity);
            pace.steps(1 + others.len())?;
            for other in others {
                let distance = &mut self.distances[at(*other)];
                if *distance == FAR {
                    *distance = next;
                    self.reached.push(*other);
                }
                if *distance == next {
                    self.paths[at(*other)] += paths;
                }
            }
        }
        Ok(())
    }
}
