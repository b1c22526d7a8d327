//! Reach: every entity that some trail leads to, each once: breadth first, over whole ranges.

use crate::engine::limits::Stopped;
use crate::model::Direction;

use super::column::{ABSENT, Column};
use super::keys::QuickMap;
use super::rows::Batch;
use super::run::Run;
use super::ways::Way;
use super::{Boxed, Cursor};

const DOING: &str = "following relations";

/// For each row, one row for each entity that some trail leads to, or one that weighs as much where nobody asks which.
pub(super) struct Reach<'q> {
    input: Boxed<'q>,
    from: usize,
    to: usize,
    listed: bool,
    ways: Vec<Way>,
    least: u32,
    most: u32,
    keep: Vec<usize>,
    /// Whether the start itself does not matter: a condition above leaves it out.
    pub without_start: bool,
    seen: Vec<bool>,
    current: Option<Current>,
}

struct Current {
    batch: Batch,
    row: usize,
    reached: Vec<u32>,
    at: usize,
}

impl<'q> Reach<'q> {
    pub fn new(
        input: Boxed<'q>,
        (from, to, listed): (usize, usize, bool),
        ways: Vec<Way>,
        (least, most): (u32, Option<u32>),
        keep: Vec<usize>,
    ) -> Reach<'q> {
        let most = most.unwrap_or(u32::MAX);
        Reach { input, from, to, listed, ways, least, most, keep, without_start: false, seen: Vec::new(), current: None }
    }

    /// The entities that are reached from one, nearest first.
    fn reached(&mut self, run: &Run<'_>, start: u32) -> Result<Vec<u32>, Stopped> {
        let graph = run.graph;
        let denials = graph.has_denials();
        self.seen.resize(graph.entity_count(), false);
        let seen = self.seen.as_mut_slice();
        let mut reached = vec![start];
        seen[start as usize] = true;
        let mut level = 0..1;
        let mut depth = 0;
        while !level.is_empty() && depth < self.most && reached.len() < seen.len() {
            depth += 1;
            let before = reached.len();
            for at in level {
                let from = reached[at];
                let mut steps = 1;
                for way in &self.ways {
                    let span = way.span(graph, from);
                    steps += span.len();
                    let ends = graph.ends(way.direction).part(span.clone());
                    if denials {
                        for (position, end) in span.zip(ends) {
                            if !seen[*end as usize] && !graph.is_denied(graph.relation_at(way.direction, position)) {
                                seen[*end as usize] = true;
                                reached.push(*end);
                            }
                        }
                        continue;
                    }
                    for end in ends {
                        if !seen[*end as usize] {
                            seen[*end as usize] = true;
                            reached.push(*end);
                        }
                    }
                }
                run.guard.work(steps, DOING)?;
            }
            level = before..reached.len();
        }
        // Nothing is seen any more, for the next start.
        if reached.len() > seen.len() / 8 {
            seen.fill(false);
        } else {
            reached.iter().for_each(|entity| seen[*entity as usize] = false);
        }
        if self.least > 0 && (self.without_start || !self.closes(run, start)?) {
            reached.remove(0);
        }
        Ok(reached)
    }

    /// Whether a trail that is short enough leads back to where it starts: the shortest such is a cycle.
    fn closes(&self, run: &Run<'_>, start: u32) -> Result<bool, Stopped> {
        let graph = run.graph;
        // The depth of each entity, and the first relation on the way to it.
        let mut known: QuickMap<u32, (u32, u32)> = QuickMap::default();
        known.insert(start, (0, ABSENT));
        let mut frontier = vec![start];
        let mut depth = 0;
        // A cycle is found where two branches touch: neither is longer than half of it.
        while !frontier.is_empty() && depth < self.most {
            let mut next = Vec::new();
            for from in frontier {
                let branch = known.get(&from).map_or(ABSENT, |(_, branch)| *branch);
                for way in &self.ways {
                    let span = way.span(graph, from);
                    run.guard.work(span.len() + 1, DOING)?;
                    for (position, end) in span.clone().zip(graph.ends(way.direction).part(span)) {
                        let relation = graph.relation_at(way.direction, position);
                        if graph.is_denied(relation) {
                            continue;
                        }
                        let onward = if from == start { relation.0 } else { branch };
                        match known.get(end) {
                            None => {
                                known.insert(*end, (depth + 1, onward));
                                next.push(*end);
                            }
                            Some(_) if *end == start && !self.both_ways(way) => return Ok(true),
                            Some(_) if *end == start && from == start => return Ok(true),
                            Some((far, other)) => {
                                let length = depth.saturating_add(*far).saturating_add(1);
                                let back = *end == start && relation.0 == branch;
                                if self.both_ways(way) && *other != onward && !back && length <= self.most {
                                    return Ok(true);
                                }
                            }
                        }
                    }
                }
            }
            depth += 1;
            frontier = next;
        }
        Ok(false)
    }

    /// Whether the relations of a way may also be taken backwards.
    fn both_ways(&self, way: &Way) -> bool {
        let other = match way.direction {
            Direction::Outgoing => Direction::Incoming,
            Direction::Incoming => Direction::Outgoing,
        };
        self.ways.iter().any(|back| back.relation_type == way.relation_type && back.direction == other)
    }
}

impl Cursor for Reach<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        let limit = want.clamp(1, run.batch);
        loop {
            let Some(mut current) = self.current.take() else {
                let Some(batch) = self.input.next(run, want)? else { return Ok(None) };
                self.current = Some(Current { batch, row: 0, reached: Vec::new(), at: 0 });
                continue;
            };
            let (mut rows, mut entities, mut weights) = (Vec::new(), Vec::new(), Vec::new());
            while rows.len() < limit {
                if current.at < current.reached.len() {
                    let until = current.reached.len().min(current.at + limit - rows.len());
                    entities.extend_from_slice(&current.reached[current.at..until]);
                    rows.resize(entities.len(), current.row as u32 - 1);
                    current.at = until;
                    continue;
                }
                if current.row >= current.batch.length {
                    break;
                }
                let start = current.batch.column(self.from).entity(current.row);
                let mut reached = if start == ABSENT { Vec::new() } else { self.reached(run, start)? };
                let bound = current.batch.column(self.to);
                if bound.is_bound() {
                    let bound = bound.entity(current.row);
                    reached.retain(|entity| *entity == bound);
                }
                current.row += 1;
                if self.listed {
                    (current.reached, current.at) = (reached, 0);
                } else if !reached.is_empty() {
                    rows.push(current.row as u32 - 1);
                    weights.push(current.batch.weight(current.row - 1).saturating_mul(reached.len() as u64));
                }
            }
            if rows.is_empty() {
                continue;
            }
            let mut made = current.batch.gather(&rows, &self.keep);
            if self.listed {
                made.bind(self.to, Column::Entities(entities));
            } else {
                made.weights = Some(weights);
            }
            if current.row < current.batch.length || current.at < current.reached.len() {
                self.current = Some(current);
            }
            return Ok(Some(made));
        }
    }

    fn restart(&mut self) {
        self.current = None;
        self.input.restart();
    }
}
