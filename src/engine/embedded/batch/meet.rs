//! Meet: the entities to which relations from several places lead, by marking those of one and running along the others.

use std::collections::BTreeMap;

use crate::algebra::Arm;
use crate::engine::limits::Stopped;
use crate::model::KindId;

use super::column::{ABSENT, Column};
use super::compile::places;
use super::entities::is_of;
use super::expand::taken_in;
use super::rows::Batch;
use super::run::Run;
use super::ways::{Crossing, Way, ways};
use super::{Boxed, Cursor};

const DOING: &str = "intersecting neighbours";

/// For each row, one row for each entity that every arm leads to, or one that weighs as much where nobody asks which.
pub(super) struct Meet<'q> {
    input: Boxed<'q>,
    arms: Vec<Branch>,
    to: usize,
    /// Whether anybody asks which entities they are.
    listed: bool,
    kinds: &'q [KindId],
    keep: Vec<usize>,
    marks: Marked,
    /// What was found for some rows and not handed out yet.
    current: Option<(Batch, usize)>,
}

/// Where relations start, and which are taken.
struct Branch {
    from: usize,
    ways: Vec<Way>,
    unlike: Vec<usize>,
}

/// To which entities the first arm leads, by how many relations.
#[derive(Default)]
struct Marked {
    of: Option<u32>,
    counts: Vec<u8>,
    entities: Vec<u32>,
    /// Whether some count is too large to be kept.
    overflown: bool,
}

impl Marked {
    /// Marks the entities that an arm leads to from an entity.
    fn mark(&mut self, run: &Run<'_>, arm: &[Crossing<'_>], from: u32) {
        if self.of == Some(from) {
            return;
        }
        self.counts.resize(run.graph.entity_count(), 0);
        for entity in self.entities.drain(..) {
            self.counts[entity as usize] = 0;
        }
        self.overflown = false;
        self.of = Some(from);
        for crossing in arm {
            for end in crossing.ends(from) {
                if crossing.way.without_loops && *end == from {
                    continue;
                }
                let count = &mut self.counts[*end as usize];
                if *count == 0 {
                    self.entities.push(*end);
                }
                match count.checked_add(1) {
                    Some(more) => *count = more,
                    None => self.overflown = true,
                }
            }
        }
    }
}

impl<'q> Meet<'q> {
    pub fn new(input: Boxed<'q>, arms: &[Arm], (to, listed): (usize, bool), kinds: &'q [KindId], keep: Vec<usize>) -> Meet<'q> {
        let branch = |arm: &Arm| Branch { from: arm.from.index(), ways: ways(&arm.routes), unlike: places(&arm.unlike) };
        let arms = arms.iter().map(branch).collect();
        Meet { input, arms, to, listed, kinds, keep, marks: Marked::default(), current: None }
    }

    /// In how many ways the arms of a row meet, where nobody asks in which entities.
    fn total(&mut self, run: &Run<'_>, crossings: &[Vec<Crossing<'_>>], froms: &[u32]) -> Option<u64> {
        let ([first, second], [mark, probe]) = (crossings, froms) else { return None };
        if !self.kinds.is_empty() {
            return None;
        }
        self.marks.mark(run, first, *mark);
        if self.marks.overflown {
            return None;
        }
        let counts = self.marks.counts.as_slice();
        let mut total = 0_u64;
        for crossing in second {
            let ends = crossing.ends(*probe);
            // No entity has so many relations that this overflows: positions are numbers of 32 bits, counts of 8.
            total += ends.iter().map(|end| u64::from(counts[*end as usize])).sum::<u64>();
            if crossing.way.without_loops {
                let loops = ends.iter().filter(|end| *end == probe).count() as u64;
                total -= loops * u64::from(counts[*probe as usize]);
            }
        }
        Some(total)
    }

    /// The entities in which the arms of a row meet, ascending, with the number of ways; for rows whose arms cannot take the
    /// same relation.
    fn found(&mut self, run: &Run<'_>, crossings: &[Vec<Crossing<'_>>], froms: &[u32]) -> Vec<(u32, u64)> {
        let Some((first, others)) = crossings.split_first() else { return Vec::new() };
        self.marks.mark(run, first, froms[0]);
        let mut found: Option<Vec<(u32, u64)>> = None;
        for (arm, from) in others.iter().zip(&froms[1..]) {
            let counts = &self.marks.counts;
            let ends = ends_of(arm, *from, |end| counts[end as usize] > 0 && (self.kinds.is_empty() || is_of(run.graph, end, self.kinds)));
            found = Some(match found {
                None => ends,
                Some(before) => intersected(&before, &ends),
            });
        }
        let mut found = found.unwrap_or_default();
        found.iter_mut().for_each(|(entity, ways)| *ways = ways.saturating_mul(u64::from(self.marks.counts[*entity as usize])));
        found
    }

    /// The same for any row: relation by relation.
    fn exactly(&self, run: &Run<'_>, batch: &Batch, row: usize, froms: &[u32]) -> Vec<(u32, u64)> {
        let graph = run.graph;
        let mut met: BTreeMap<u32, Vec<Vec<u32>>> = BTreeMap::new();
        let bound = batch.column(self.to).is_bound().then(|| batch.column(self.to).entity(row));
        for (place, (arm, from)) in self.arms.iter().zip(froms).enumerate() {
            let mut taken = Vec::new();
            arm.unlike.iter().for_each(|variable| taken_in(batch.column(*variable), row, &mut taken));
            for way in &arm.ways {
                let span = way.span(graph, *from);
                for (position, end) in span.clone().zip(graph.ends(way.direction).part(span)) {
                    let relation = graph.relation_at(way.direction, position);
                    let is_loop = way.without_loops && end == from;
                    let fits = !is_loop && !taken.contains(&relation.0) && !graph.is_denied(relation);
                    if fits && bound.is_none_or(|bound| bound == *end) && (self.kinds.is_empty() || is_of(graph, *end, self.kinds)) {
                        met.entry(*end).or_insert_with(|| vec![Vec::new(); self.arms.len()])[place].push(relation.0);
                    }
                }
            }
        }
        met.into_iter().map(|(end, lists)| (end, choices(&lists, &mut Vec::new()))).filter(|(_, ways)| *ways > 0).collect()
    }

    fn advance(&mut self, run: &Run<'_>, batch: &Batch, from: usize, limit: usize) -> Result<(Batch, usize), Stopped> {
        let across = |arm: &Branch| arm.ways.iter().map(|way| way.across(run.graph, batch.length)).collect();
        let crossings: Vec<Vec<Crossing<'_>>> = self.arms.iter().map(across).collect();
        let columns: Vec<Vec<u32>> = self.arms.iter().map(|arm| batch.entities(arm.from).into_owned()).collect();
        let plain = self.arms.len() > 1
            && self.arms.iter().all(|arm| arm.unlike.is_empty())
            && !batch.column(self.to).is_bound()
            && !run.graph.has_denials();
        let (mut rows, mut entities, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        let mut row = from;
        let mut froms = vec![ABSENT; self.arms.len()];
        while row < batch.length && rows.len() < limit {
            froms.iter_mut().zip(&columns).for_each(|(from, column)| *from = column[row]);
            if froms.contains(&ABSENT) {
                row += 1;
                continue;
            }
            let weight = batch.weight(row);
            // Two arms from one entity may take the same relation; no other two can.
            let apart = plain && froms.iter().enumerate().all(|(place, from)| !froms[place + 1..].contains(from));
            let total = if self.listed || !apart { None } else { self.total(run, &crossings, &froms) };
            match total {
                Some(0) => {}
                Some(total) => {
                    rows.push(row as u32);
                    weights.push(weight.saturating_mul(total));
                }
                None => {
                    if let Some(first) = crossings.first() {
                        self.marks.mark(run, first, froms[0]);
                    }
                    let fast = apart && !self.marks.overflown;
                    let found = if fast { self.found(run, &crossings, &froms) } else { self.exactly(run, batch, row, &froms) };
                    for (entity, ways) in found {
                        rows.push(row as u32);
                        entities.push(entity);
                        weights.push(weight.saturating_mul(ways));
                    }
                }
            }
            let steps = froms.get(1).map_or(0, |from| crossings[1].iter().map(|crossing| crossing.span(*from).len()).sum::<usize>());
            run.guard.work(steps + 1, DOING)?;
            row += 1;
        }
        let mut made = batch.gather(&rows, &self.keep);
        made.weights = Some(weights);
        if self.listed {
            made.bind(self.to, Column::Entities(entities));
        }
        Ok((made, row))
    }
}

/// The ends of an arm that fit, ascending, with the number of relations that lead there.
fn ends_of(arm: &[Crossing<'_>], from: u32, fits: impl Fn(u32) -> bool) -> Vec<(u32, u64)> {
    let mut ends: Vec<(u32, u64)> = Vec::new();
    for crossing in arm {
        for end in crossing.ends(from) {
            if (crossing.way.without_loops && *end == from) || !fits(*end) {
                continue;
            }
            match ends.last_mut() {
                Some((last, count)) if *last == *end => *count += 1,
                _ => ends.push((*end, 1)),
            }
        }
    }
    if !ends.is_sorted_by_key(|(end, _)| *end) {
        ends.sort_unstable();
    }
    ends.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1 += later.1;
        }
        same
    });
    ends
}

/// In how many ways one relation of each list can be chosen, none of them twice.
fn choices(lists: &[Vec<u32>], chosen: &mut Vec<u32>) -> u64 {
    let Some((first, rest)) = lists.split_first() else { return 1 };
    let mut ways = 0_u64;
    for relation in first {
        if !chosen.contains(relation) {
            chosen.push(*relation);
            ways = ways.saturating_add(choices(rest, chosen));
            chosen.pop();
        }
    }
    ways
}

fn intersected(left: &[(u32, u64)], right: &[(u32, u64)]) -> Vec<(u32, u64)> {
    let common = |(entity, ways): &(u32, u64)| {
        let at = left.binary_search_by_key(entity, |(other, _)| *other).ok()?;
        Some((*entity, left[at].1.saturating_mul(*ways)))
    };
    right.iter().filter_map(common).collect()
}

impl Cursor for Meet<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        let (batch, row) = match self.current.take() {
            Some(current) => current,
            None => match self.input.next(run, want)? {
                Some(batch) => (batch, 0),
                None => return Ok(None),
            },
        };
        let (made, row) = self.advance(run, &batch, row, want.clamp(1, run.batch))?;
        if row < batch.length {
            self.current = Some((batch, row));
        }
        Ok(Some(made))
    }

    fn restart(&mut self) {
        self.current = None;
        self.input.restart();
    }
}
