//! Expand: one row for each relation that leads on, copied from the flat arrays slice by slice.

use std::ops::Range;
use std::rc::Rc;

use crate::engine::limits::Stopped;
use crate::model::{Direction, KindId, RelationId, Value};
use crate::store::Graph;

use super::column::{ABSENT, Column};
use super::entities::{Socket, is_of};
use super::rows::Batch;
use super::run::Run;
use super::ways::{Crossing, Way};
use super::{Boxed, Cursor};

/// What an expansion binds and looks at.
pub(super) struct Expansion {
    pub from: usize,
    pub relation: usize,
    pub to: usize,
    pub ways: Vec<Way>,
    /// Relations that must not be taken again.
    pub unlike: Vec<usize>,
    /// Of each of these the end must have one.
    pub kinds: Vec<Vec<KindId>>,
    pub keep: Vec<usize>,
    pub needs_relation: bool,
    /// Where rows are found for which nothing more is asked, and the hidden column with their numbers.
    pub settled: Option<(Rc<Socket>, usize)>,
}

/// For each row, one row for each relation that leads on.
pub(super) struct Expand<'q> {
    pub input: Boxed<'q>,
    pub what: Expansion,
    current: Option<Current>,
}

/// The batch that is being expanded, and how far.
struct Current {
    batch: Batch,
    from: Vec<u32>,
    /// Where the relations must lead, if that is bound.
    to: Option<Vec<u32>>,
    row: usize,
    /// The way to take next.
    way: usize,
    /// What is left of the way that is being taken.
    direction: Direction,
    span: Range<usize>,
    without_loops: bool,
    taken: Vec<u32>,
    /// The relation that must be taken, if that is given.
    only: Option<u32>,
}

/// The rows that are being made.
#[derive(Default)]
struct Made {
    rows: Vec<u32>,
    ends: Vec<u32>,
    relations: Vec<u32>,
}

impl<'q> Expand<'q> {
    pub fn new(input: Boxed<'q>, what: Expansion) -> Expand<'q> {
        Expand { input, what, current: None }
    }
}

impl Expansion {
    fn start(&self, batch: Batch) -> Current {
        let from = batch.entities(self.from).into_owned();
        let to = batch.column(self.to).is_bound().then(|| batch.entities(self.to).into_owned());
        let (direction, taken) = (Direction::Outgoing, Vec::new());
        let mut current = Current { batch, from, to, row: 0, way: 0, direction, span: 0..0, without_loops: false, taken, only: None };
        self.enter(&mut current);
        current
    }

    /// Prepares for the row that stands next, skipping rows that lead nowhere.
    fn enter(&self, current: &mut Current) {
        while current.row < current.batch.length {
            let absent = current.from[current.row] == ABSENT || current.to.as_ref().is_some_and(|to| to[current.row] == ABSENT);
            let settled = self.settled.as_ref().is_some_and(|(socket, hidden)| match current.batch.column(*hidden) {
                Column::Integers(numbers) => socket.is_settled(numbers[current.row]),
                _ => false,
            });
            if !absent && !settled {
                break;
            }
            current.row += 1;
        }
        if current.row < current.batch.length {
            let given = current.batch.column(self.relation);
            current.only = given.is_bound().then(|| given.relation(current.row));
        }
        if current.row < current.batch.length && !self.unlike.is_empty() {
            current.taken.clear();
            self.unlike.iter().for_each(|variable| taken_in(current.batch.column(*variable), current.row, &mut current.taken));
        }
    }

    /// Goes on to the next way that has relations. False where there are no more rows.
    fn advance(&self, run: &Run<'_>, current: &mut Current) -> bool {
        while current.row < current.batch.length {
            let from = current.from[current.row];
            while let Some(way) = self.ways.get(current.way) {
                current.way += 1;
                (current.direction, current.span) = match &current.to {
                    Some(to) => way.between(run.graph, from, to[current.row]),
                    None => (way.direction, way.span(run.graph, from)),
                };
                current.without_loops = way.without_loops;
                if !current.span.is_empty() {
                    return true;
                }
            }
            current.way = 0;
            current.row += 1;
            self.enter(current);
        }
        false
    }

    /// Takes some relations of the current way.
    fn take(&self, run: &Run<'_>, current: &Current, part: Range<usize>, made: &mut Made) {
        let graph = run.graph;
        let ends = graph.ends(current.direction).part(part.clone());
        // In a damaged file there may be none of them.
        let part = part.start..part.start + ends.len();
        let row = current.row as u32;
        let target = current.to.as_ref().map(|to| to[current.row]);
        let plain = target.is_none() && current.only.is_none() && !current.without_loops;
        if plain && current.taken.is_empty() && self.kinds.is_empty() {
            made.rows.resize(made.rows.len() + part.len(), row);
            made.ends.extend_from_slice(ends);
            if self.needs_relation {
                match current.direction {
                    Direction::Outgoing => made.relations.extend((part.start as u32..).take(part.len())),
                    direction => made.relations.extend(part.map(|position| graph.relation_at(direction, position).0)),
                }
            }
            return;
        }
        let from = current.from[current.row];
        // A search from the other end yields ends that are the start: the pair is given, only the relation is new.
        let within_pair = target.is_some() && self.ways[current.way - 1].relation_type.is_some();
        for (position, end) in part.zip(ends) {
            let end = if within_pair { target.unwrap_or(*end) } else { *end };
            if target.is_some_and(|target| target != end) || (current.without_loops && end == from) {
                continue;
            }
            if !self.kinds.iter().all(|kinds| is_of(graph, end, kinds)) {
                continue;
            }
            let needs_relation = self.needs_relation || current.only.is_some() || !current.taken.is_empty();
            let relation = if needs_relation { graph.relation_at(current.direction, position).0 } else { ABSENT };
            if needs_relation && (current.taken.contains(&relation) || current.only.is_some_and(|only| only != relation)) {
                continue;
            }
            made.rows.push(row);
            made.ends.push(end);
            if self.needs_relation {
                made.relations.push(relation);
            }
        }
    }

    /// Whether all that leads on from a row is taken, as far as the kinds of its end allow.
    fn is_plain(&self, current: &Current) -> bool {
        let plain_way = matches!(self.ways.as_slice(), [one] if !one.without_loops);
        plain_way
            && current.to.is_none()
            && self.unlike.is_empty()
            && self.settled.is_none()
            && !current.batch.column(self.relation).is_bound()
    }

    /// Takes all that leads on from row after row, as long as it fits; what does not is left to be taken part by part.
    fn sweep(&self, graph: &Graph, crossing: &Crossing<'_>, current: &mut Current, made: &mut Made, limit: usize) {
        const FEW: usize = 8;
        if current.way > 0 {
            (current.way, current.row) = (0, current.row + 1);
        }
        let direction = crossing.way.direction;
        for from in current.from.iter().skip(current.row) {
            let span = if *from == ABSENT { 0..0 } else { crossing.span(*from) };
            if made.rows.len() + span.len() > limit {
                break;
            }
            let before = made.ends.len();
            if self.kinds.is_empty() && !self.needs_relation {
                let ends = crossing.ends_at(span);
                // Most rows lead on to few: a call to copy those costs more than they do.
                if ends.len() <= FEW { ends.iter().for_each(|end| made.ends.push(*end)) } else { made.ends.extend_from_slice(ends) }
            } else {
                for (position, end) in span.clone().zip(crossing.ends_at(span)) {
                    if self.kinds.iter().all(|kinds| is_of(graph, *end, kinds)) {
                        made.ends.push(*end);
                        if self.needs_relation {
                            made.relations.push(graph.relation_at(direction, position).0);
                        }
                    }
                }
            }
            made.rows.resize(made.rows.len() + made.ends.len() - before, current.row as u32);
            current.row += 1;
        }
        self.enter(current);
    }

    fn finish(&self, current: &Current, made: Made) -> Batch {
        let mut batch = current.batch.gather(&made.rows, &self.keep);
        if let Some(marks) = &mut batch.marks {
            marks.iter_mut().zip(&made.relations).for_each(|(mark, relation)| mark.support_by(RelationId(*relation)));
        }
        batch.bind(self.to, Column::Entities(made.ends));
        if self.needs_relation {
            batch.bind(self.relation, Column::Relations(made.relations));
        }
        batch
    }
}

/// Adds the relations that a row has taken already: one, or a list of them.
pub(super) fn taken_in(column: &Column, row: usize, taken: &mut Vec<u32>) {
    match column {
        Column::Relations(numbers) => taken.push(numbers[row]),
        other => other.look(row, |value| {
            taken.extend(
                value.members().iter().filter_map(|member| if let Value::Relation(relation) = member { Some(relation.0) } else { None }),
            );
        }),
    }
}

impl Cursor for Expand<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        const DOING: &str = "following relations";
        let limit = want.clamp(1, run.batch);
        loop {
            let Some(current) = &mut self.current else {
                let Some(batch) = self.input.next(run, want)? else { return Ok(None) };
                self.current = Some(self.what.start(batch));
                continue;
            };
            let mut made = Made::default();
            let mut more = true;
            let first = current.row;
            let crossing =
                self.what.ways.first().filter(|_| self.what.is_plain(current)).map(|way| way.across(run.graph, current.batch.length));
            while made.rows.len() < limit {
                if let Some(crossing) = crossing.as_ref().filter(|_| current.span.is_empty()) {
                    self.what.sweep(run.graph, crossing, current, &mut made, limit);
                }
                if current.span.is_empty() && !self.what.advance(run, current) {
                    more = false;
                    break;
                }
                let part = current.span.start..current.span.end.min(current.span.start + limit - made.rows.len());
                current.span.start = part.end;
                run.guard.work(part.len() + 1, DOING)?;
                self.what.take(run, current, part, &mut made);
            }
            run.guard.work(current.row - first, DOING)?;
            let batch = (!made.rows.is_empty()).then(|| self.what.finish(current, made));
            if !more {
                self.current = None;
            }
            if batch.is_some() {
                return Ok(batch);
            }
        }
    }

    fn restart(&mut self) {
        self.current = None;
        self.input.restart();
    }
}
