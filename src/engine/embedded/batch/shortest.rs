//! Shortest: the shortest paths between two entities, by searching from both ends, the smaller front first.

use std::sync::Arc;

use crate::algebra::{Hops, PathMode};
use crate::engine::limits::Stopped;
use crate::model::{EntityId, Path, RelationId, Step, Value};

use super::column::{ABSENT, Column};
use super::rows::{Batch, Ready};
use super::run::Run;
use super::ways::{Way, opposite, ways};
use super::{Boxed, Cursor};

const DOING: &str = "searching paths";

/// For each row, one row for each shortest path between two entities; paths by other relations are other paths.
pub(super) struct Shortest<'q> {
    input: Boxed<'q>,
    from: usize,
    to: usize,
    path: usize,
    hops: &'q Hops,
    onward: Vec<Way>,
    backward: Vec<Way>,
    keep: Vec<usize>,
    sides: [Side; 2],
    ready: Option<Ready>,
}

/// What has been seen from one end.
#[derive(Default)]
struct Side {
    /// How far each entity is, and one more; 0 where it has not been seen.
    depths: Vec<u32>,
    seen: Vec<u32>,
    /// Where the outermost level begins in `seen`.
    front: usize,
    depth: u32,
}

impl Side {
    fn begin(&mut self, entities: usize, start: u32) {
        self.depths.resize(entities, 0);
        for entity in self.seen.drain(..) {
            self.depths[entity as usize] = 0;
        }
        self.depths[start as usize] = 1;
        self.seen.push(start);
        (self.front, self.depth) = (0, 0);
    }

    fn has(&self, entity: u32) -> bool {
        self.depths[entity as usize] > 0
    }
}

impl<'q> Shortest<'q> {
    pub fn new(input: Boxed<'q>, (from, to, path): (usize, usize, usize), hops: &'q Hops, keep: Vec<usize>) -> Shortest<'q> {
        let onward = ways(&hops.routes);
        let backward = onward.iter().map(|way| Way { direction: opposite(way.direction), ..*way }).collect();
        Shortest { input, from, to, path, hops, onward, backward, keep, sides: Default::default(), ready: None }
    }

    /// The entities in the middle of the shortest paths, and how many relations the paths have; none where there is no path.
    fn meet(&mut self, run: &Run<'_>, from: u32, to: u32) -> Result<Option<(Vec<u32>, u32)>, Stopped> {
        let entities = run.graph.entity_count();
        self.sides[0].begin(entities, from);
        self.sides[1].begin(entities, to);
        let most = self.hops.most.unwrap_or(u32::MAX);
        while self.sides[0].depth.saturating_add(self.sides[1].depth) < most {
            let degrees = |side: usize| -> usize {
                let ways = if side == 0 { &self.onward } else { &self.backward };
                let front = &self.sides[side].seen[self.sides[side].front..];
                front.iter().map(|entity| ways.iter().map(|way| way.span(run.graph, *entity).len()).sum::<usize>()).sum()
            };
            let side = usize::from(degrees(1) < degrees(0));
            self.widen(run, side)?;
            let (near, far) = (&self.sides[side], &self.sides[1 - side]);
            let front = &near.seen[near.front..];
            if front.is_empty() {
                return Ok(None);
            }
            let met: Vec<u32> = front.iter().copied().filter(|entity| far.has(*entity)).collect();
            if !met.is_empty() {
                return Ok(Some((met, near.depth + far.depth)));
            }
        }
        Ok(None)
    }

    /// Goes one relation further from one end.
    fn widen(&mut self, run: &Run<'_>, side: usize) -> Result<(), Stopped> {
        let graph = run.graph;
        let denials = graph.has_denials();
        let ways = if side == 0 { &self.onward } else { &self.backward };
        let here = &mut self.sides[side];
        let (from, until) = (here.front, here.seen.len());
        here.depth += 1;
        here.front = until;
        for at in from..until {
            let entity = here.seen[at];
            for way in ways {
                let span = way.span(graph, entity);
                run.guard.work(span.len() + 1, DOING)?;
                for (position, end) in span.clone().zip(graph.ends(way.direction).part(span)) {
                    let depth = &mut here.depths[*end as usize];
                    if *depth == 0 && !(denials && graph.is_denied(graph.relation_at(way.direction, position))) {
                        *depth = here.depth + 1;
                        here.seen.push(*end);
                    }
                }
            }
        }
        Ok(())
    }

    /// The ways from an entity in the middle to one end: each time the relations in the order in which they lead there.
    fn halves(&self, run: &Run<'_>, side: usize, middle: u32, only_first: bool) -> Result<Vec<Vec<(RelationId, u32)>>, Stopped> {
        let graph = run.graph;
        let denials = graph.has_denials();
        // Back towards where the side began: against its own direction.
        let ways = if side == 0 { &self.backward } else { &self.onward };
        let here = &self.sides[side];
        let mut halves: Vec<Vec<(RelationId, u32)>> = Vec::new();
        let mut open: Vec<(Vec<(RelationId, u32)>, u32)> = vec![(Vec::new(), middle)];
        while let Some((taken, at)) = open.pop() {
            let depth = here.depths[at as usize];
            if depth == 1 {
                run.guard.made_many(halves.len(), 1, size_of::<(RelationId, u32)>() * (taken.len() + 1), DOING)?;
                halves.push(taken);
                if only_first {
                    break;
                }
                continue;
            }
            for way in ways {
                let span = way.span(graph, at);
                run.guard.work(span.len() + 1, DOING)?;
                for (position, end) in span.clone().zip(graph.ends(way.direction).part(span)) {
                    if here.depths[*end as usize] != depth - 1 {
                        continue;
                    }
                    let relation = graph.relation_at(way.direction, position);
                    if !(denials && graph.is_denied(relation)) {
                        let mut more = taken.clone();
                        more.push((relation, *end));
                        open.push((more, *end));
                    }
                }
            }
        }
        Ok(halves)
    }

    /// All shortest paths between two entities, or one.
    fn paths(&mut self, run: &Run<'_>, from: u32, to: u32) -> Result<Vec<Path>, Stopped> {
        let only_first = self.hops.mode == PathMode::OneShortest;
        if from == to {
            let start = EntityId(from);
            return Ok(if self.hops.least == 0 { vec![Path { start, steps: Vec::new() }] } else { Vec::new() });
        }
        let Some((middle, length)) = self.meet(run, from, to)? else { return Ok(Vec::new()) };
        let mut paths: Vec<Path> = Vec::new();
        for entity in middle {
            let before = self.halves(run, 0, entity, only_first)?;
            let behind = self.halves(run, 1, entity, only_first)?;
            for first in &before {
                for second in &behind {
                    run.guard.made_many(paths.len(), 1, size_of::<Step>() * (length as usize + 2), DOING)?;
                    let mut steps = Vec::with_capacity(length as usize);
                    // The first half was walked backwards: a relation leads to where it was left from.
                    let entities = std::iter::once(entity).chain(first.iter().map(|(_, end)| *end));
                    let backwards: Vec<(RelationId, u32, u32)> =
                        first.iter().zip(entities).map(|((relation, end), to)| (*relation, *end, to)).collect();
                    for (relation, here, to) in backwards.into_iter().rev() {
                        steps.push(Step { relation, forward: is_forward(run, relation, here, to), to: EntityId(to) });
                    }
                    let mut here = entity;
                    for (relation, to) in second {
                        steps.push(Step { relation: *relation, forward: is_forward(run, *relation, here, *to), to: EntityId(*to) });
                        here = *to;
                    }
                    paths.push(Path { start: EntityId(from), steps });
                    if only_first {
                        return Ok(paths);
                    }
                }
            }
        }
        Ok(paths)
    }

    fn make(&mut self, run: &Run<'_>, batch: &Batch) -> Result<Batch, Stopped> {
        let (mut rows, mut values) = (Vec::new(), Vec::new());
        let mut supports = Vec::new();
        for row in 0..batch.length {
            let (from, to) = (batch.column(self.from).entity(row), batch.column(self.to).entity(row));
            if from == ABSENT || to == ABSENT {
                continue;
            }
            for path in self.paths(run, from, to)? {
                rows.push(row as u32);
                if batch.marks.is_some() {
                    supports.push(path.steps.iter().map(|step| step.relation).collect::<Vec<_>>());
                }
                values.push(Value::Path(Arc::new(path)));
            }
        }
        let mut made = batch.gather(&rows, &self.keep);
        if let Some(marks) = &mut made.marks {
            for (mark, support) in marks.iter_mut().zip(supports) {
                support.into_iter().for_each(|relation| mark.support_by(relation));
            }
        }
        made.bind(self.path, Column::Values(values));
        Ok(made)
    }
}

fn is_forward(run: &Run<'_>, relation: RelationId, from: u32, to: u32) -> bool {
    run.graph.start(relation) == EntityId(from) && run.graph.end(relation) == EntityId(to)
}

impl Cursor for Shortest<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        loop {
            if let Some(ready) = &mut self.ready {
                if let Some(batch) = ready.next(want.min(run.batch)) {
                    return Ok(Some(batch));
                }
                self.ready = None;
            }
            let Some(batch) = self.input.next(run, want)? else { return Ok(None) };
            self.ready = Some(Ready::new(self.make(run, &batch)?));
        }
    }

    fn restart(&mut self) {
        self.ready = None;
        self.input.restart();
    }
}
