//! Weigh: how many relations lead on, read off the lengths of ranges.

use crate::engine::limits::Stopped;
use crate::model::KindId;

use super::column::ABSENT;
use super::entities::is_of;
use super::expand::taken_in;
use super::rows::Batch;
use super::run::Run;
use super::ways::{Crossing, Way};
use super::{Boxed, Cursor};

/// Each row stands for as many rows as relations lead on.
pub(super) struct Weigh<'q> {
    pub input: Boxed<'q>,
    pub from: usize,
    pub to: Option<usize>,
    pub ways: Vec<Way>,
    pub kinds: &'q [KindId],
    pub unlike: Vec<usize>,
}

impl Weigh<'_> {
    /// How many relations lead from one entity to another, or to any.
    fn count(&self, run: &Run<'_>, from: u32, to: Option<u32>, taken: &[u32]) -> u64 {
        let graph = run.graph;
        let denials = graph.has_denials();
        let mut count = 0;
        for way in &self.ways {
            let (direction, span) = to.map_or_else(|| (way.direction, way.span(graph, from)), |to| way.between(graph, from, to));
            let ends = graph.ends(direction).part(span.clone());
            let within_pair = to.is_some() && way.relation_type.is_some();
            for (position, end) in span.zip(ends) {
                let end = if within_pair { to.unwrap_or(*end) } else { *end };
                let fits = to.is_none_or(|to| to == end)
                    && !(way.without_loops && end == from)
                    && (self.kinds.is_empty() || is_of(graph, end, self.kinds))
                    && (taken.is_empty() || !taken.contains(&graph.relation_at(direction, position).0))
                    && !(denials && graph.is_denied(graph.relation_at(direction, position)));
                count += u64::from(fits);
            }
        }
        count
    }

    /// The same for every row, where nothing is asked of the relations and their ends: the lengths of ranges.
    fn lengths(&self, run: &Run<'_>, batch: &Batch, rows: &mut Vec<u32>, weights: &mut Vec<u64>) {
        let crossings: Vec<Crossing<'_>> = self.ways.iter().map(|way| way.across(run.graph, batch.length)).collect();
        let from = batch.entities(self.from);
        for (row, from) in (0..).zip(from.iter()) {
            let count = match crossings.as_slice() {
                _ if *from == ABSENT => 0,
                [one] => one.count(*from),
                several => several.iter().map(|crossing| crossing.count(*from)).sum(),
            };
            if count > 0 {
                rows.push(row);
                weights.push(count.saturating_mul(batch.weight(row as usize)));
            }
        }
    }
}

impl Cursor for Weigh<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        let Some(mut batch) = self.input.next(run, want)? else { return Ok(None) };
        let (mut rows, mut weights, mut taken) = (Vec::with_capacity(batch.length), Vec::with_capacity(batch.length), Vec::new());
        if self.to.is_none() && self.kinds.is_empty() && self.unlike.is_empty() && !run.graph.has_denials() {
            self.lengths(run, &batch, &mut rows, &mut weights);
        } else {
            let from = batch.entities(self.from);
            let to = self.to.map(|to| batch.entities(to));
            for (row, start) in from.iter().enumerate() {
                let end = to.as_ref().map(|to| to[row]);
                if *start == ABSENT || end == Some(ABSENT) {
                    continue;
                }
                taken.clear();
                self.unlike.iter().for_each(|variable| taken_in(batch.column(*variable), row, &mut taken));
                let count = self.count(run, *start, end, &taken);
                if count > 0 {
                    rows.push(row as u32);
                    weights.push(count.saturating_mul(batch.weight(row)));
                }
            }
        }
        run.guard.work(batch.length * 2, "counting relations")?;
        batch = batch.keep(&rows);
        batch.weights = Some(weights);
        Ok(Some(batch))
    }

    fn restart(&mut self) {
        self.input.restart();
    }
}
