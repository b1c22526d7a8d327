//! PageRank: how often a random walk along the relations is at each entity.

use crate::algebra::Procedure;

use super::neighbours::{Neighbours, Weighted};
use super::options::Options;
use super::pace::Pace;
use super::projection::{Flow, Projection};
use super::{Arguments, Columns, Stopped, Yielded, at};

/// `graph.pagerank()`, by power iteration. At each step the walk goes on with the probability `damping`, by a relation chosen
/// by weight, and else starts anew at any entity; where no relation leads on it always starts anew. The scores add up to 1.
pub fn pagerank(arguments: &Arguments<'_>) -> Result<Columns, Stopped> {
    let options = Options::of(Procedure::PageRank, &arguments.values)?;
    let projection = Projection::read(arguments, &options)?;
    let damping = options.number("damping", 0.0..=1.0)?.unwrap_or(0.85);
    let tolerance = options.number("tolerance", 0.0..=1.0)?.unwrap_or(1e-8);
    let rounds = options.whole("rounds", 1..=10_000)?.unwrap_or(100);
    let pace = Pace::new(arguments.guard, "ranking entities");
    pace.memory(arguments.graph.entity_count() * 4 * size_of::<f64>())?;
    let walk = Walk::new(&projection, &pace)?;
    let entities = projection.entities();
    let even = 1.0 / entities.len().max(1) as f64;
    let mut scores = vec![0.0; arguments.graph.entity_count()];
    entities.iter().for_each(|entity| scores[at(*entity)] = even);
    let mut shares = scores.clone();
    for _ in 0..rounds {
        let mut stranded = 0.0;
        for entity in &entities {
            let (score, leaving) = (scores[at(*entity)], walk.leaving[at(*entity)]);
            if leaving > 0.0 {
                shares[at(*entity)] = score / leaving;
            } else {
                shares[at(*entity)] = 0.0;
                stranded += score;
            }
        }
        let anew = (1.0 - damping + damping * stranded) * even;
        let mut change = 0.0;
        for entity in &entities {
            let score = anew + damping * walk.arriving(*entity, &shares, &pace)?;
            change += (score - scores[at(*entity)]).abs();
            scores[at(*entity)] = score;
        }
        if change < tolerance {
            break;
        }
    }
    let column = entities.iter().map(|entity| scores[at(*entity)]).collect();
    Ok(vec![Yielded::Entities(entities), Yielded::Floats(column)])
}

/// The relations of a walk, seen from where they lead.
struct Walk<'a> {
    /// For each direction in which relations are followed, where they come from.
    plain: Vec<Neighbours<'a>>,
    weighted: Option<Weighted>,
    /// For each entity the weight of all relations that lead on from it.
    leaving: Vec<f64>,
}

impl<'a> Walk<'a> {
    fn new(projection: &Projection<'a>, pace: &Pace<'_>) -> Result<Walk<'a>, Stopped> {
        let directions: Vec<_> = projection.flow.unwrap_or(Flow::Out).directions().iter().map(|direction| direction.reverse()).collect();
        let mut walk = Walk { plain: Vec::new(), weighted: None, leaving: vec![0.0; projection.graph().entity_count()] };
        if projection.is_weighted() {
            let weighted = Weighted::of_relations(projection, &directions, pace)?;
            for entity in projection.graph().entities() {
                pace.steps(1 + weighted.of(entity.0).len())?;
                weighted.of(entity.0).iter().for_each(|(from, weight)| walk.leaving[at(*from)] += weight);
            }
            walk.weighted = Some(weighted);
            return Ok(walk);
        }
        for direction in directions {
            let plain = Neighbours::of_relations(projection, direction, pace)?;
            for entity in projection.graph().entities() {
                pace.steps(1 + plain.of(entity.0).len())?;
                plain.of(entity.0).iter().for_each(|from| walk.leaving[at(*from)] += 1.0);
            }
            walk.plain.push(plain);
        }
        Ok(walk)
    }

    /// What arrives at an entity of the shares that the others give to each unit of weight.
    fn arriving(&self, entity: u32, shares: &[f64], pace: &Pace<'_>) -> Result<f64, Stopped> {
        let mut sum = 0.0;
        if let Some(weighted) = &self.weighted {
            let arriving = weighted.of(entity);
            pace.steps(1 + arriving.len())?;
            sum += arriving.iter().map(|(from, weight)| shares[at(*from)] * weight).sum::<f64>();
        }
        for plain in &self.plain {
            let arriving = plain.of(entity);
            pace.steps(1 + arriving.len())?;
            sum += arriving.iter().map(|from| shares[at(*from)]).sum::<f64>();
        }
        Ok(sum)
    }
}
