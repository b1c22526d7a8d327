//! Shortest: the shortest paths between two entities, by searching from both ends, the smaller front first.

use std::sync::Arc;

use crate::algebra::{Hops, PathMode};
use crate::engine::limits::Stopped;
use crate::model::{EntityId, Path, RelationId, Step, Value};

use super::super::fronts::{End, Fronts};
use super::column::{ABSENT, Column};
use super::rows::{Batch, Ready};
use super::run::Run;
use super::{Boxed, Cursor};

const DOING: &str = "searching paths";

/// For each row, one row for each shortest path between two entities; paths by other relations are other paths.
pub(super) struct Shortest<'q> {
    input: Boxed<'q>,
    from: usize,
    to: usize,
    path: usize,
    hops: &'q Hops,
    keep: Vec<usize>,
    fronts: Fronts,
    ready: Option<Ready>,
}

impl<'q> Shortest<'q> {
    pub fn new(input: Boxed<'q>, (from, to, path): (usize, usize, usize), hops: &'q Hops, keep: Vec<usize>) -> Shortest<'q> {
        Shortest { input, from, to, path, hops, keep, fronts: Fronts::new(&hops.routes), ready: None }
    }

    /// The ways from an entity in the middle to one end: each time the relations in the order in which they lead there.
    fn halves(&self, run: &Run<'_>, end: End, middle: u32, only_first: bool) -> Result<Vec<Vec<(RelationId, u32)>>, Stopped> {
        let mut halves: Vec<Vec<(RelationId, u32)>> = Vec::new();
        let mut open: Vec<(Vec<(RelationId, u32)>, u32)> = vec![(Vec::new(), middle)];
        while let Some((taken, at)) = open.pop() {
            if self.fronts.is_at(end, at) {
                run.guard.made_many(halves.len(), 1, size_of::<(RelationId, u32)>() * (taken.len() + 1), DOING)?;
                halves.push(taken);
                if only_first {
                    break;
                }
                continue;
            }
            self.fronts.nearer((run.graph, run.guard), end, at, |relation, _, next| {
                let mut more = taken.clone();
                more.push((relation, next));
                open.push((more, next));
                Ok(())
            })?;
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
        let most = self.hops.most.unwrap_or(u32::MAX);
        let Some((middle, length)) = self.fronts.meet((run.graph, run.guard), (&[from], &[to]), most)? else { return Ok(Vec::new()) };
        let mut paths: Vec<Path> = Vec::new();
        for entity in middle {
            let before = self.halves(run, End::Start, entity, only_first)?;
            let behind = self.halves(run, End::Target, entity, only_first)?;
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
