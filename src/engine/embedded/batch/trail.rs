//! Trail: ways of several relations, none of them twice: depth first, on a stack of its own.

use std::ops::Range;

use crate::algebra::{Expression, Operator, VariableId};
use crate::engine::limits::Stopped;
use crate::model::{Direction, RelationId, Truth, Value};

use super::column::{ABSENT, Column};
use super::compile::places;
use super::expand::taken_in;
use super::needs::Needs;
use super::rows::Batch;
use super::run::Run;
use super::ways::{Way, ways};
use super::{Boxed, Cursor};

const DOING: &str = "following trails";

/// For each row, one row for each trail, or one that weighs as much where nobody asks which.
pub(super) struct Trail<'q> {
    input: Boxed<'q>,
    from: usize,
    to: usize,
    relations: usize,
    ways: Vec<Way>,
    least: usize,
    most: usize,
    unlike: Vec<usize>,
    each: Option<&'q (VariableId, Box<Expression>)>,
    keep: Vec<usize>,
    needs_relations: bool,
    listed: bool,
    walk: Walk,
    current: Option<(Batch, usize)>,
}

/// A walk that stands somewhere on a trail.
#[derive(Default)]
struct Walk {
    start: u32,
    /// Where the trail must end, if that is given.
    bound: Option<u32>,
    /// The relations taken, with the entities that they lead to.
    taken: Vec<(u32, u32)>,
    /// For each entity on the trail, what is left to be taken from it: the next way, and the rest of the one before it.
    open: Vec<(usize, Direction, Range<usize>, bool)>,
    /// One bit for each relation that must not be taken (again).
    barred: Vec<u64>,
    unlike: Vec<u32>,
    /// The relations that must be taken, if they are given.
    given: Option<Vec<u32>>,
    active: bool,
}

impl<'q> Trail<'q> {
    /// The cursor of a trail; of any other operator one that makes nothing.
    pub fn new(input: Boxed<'q>, operator: &'q Operator, needs: &Needs, marked: bool) -> Trail<'q> {
        let mut trail = Trail {
            input,
            from: 0,
            to: 0,
            relations: 0,
            ways: Vec::new(),
            least: 1,
            most: 0,
            unlike: Vec::new(),
            each: None,
            keep: needs.positions(),
            needs_relations: marked,
            listed: marked,
            walk: Walk::default(),
            current: None,
        };
        if let Operator::Trail { from, relations, to, routes, least, most, unlike, each, .. } = operator {
            (trail.from, trail.to, trail.relations) = (from.index(), to.index(), relations.index());
            trail.ways = ways(routes);
            let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
            (trail.least, trail.most) = (count(*least), most.map_or(usize::MAX, count));
            trail.unlike = places(unlike);
            trail.each = each.as_ref();
            trail.needs_relations |= needs.has(relations.index());
            trail.listed |= trail.needs_relations || needs.has(to.index());
        }
        trail
    }

    /// Begins with a row. Whether the trail of no relations is one that counts.
    fn begin(&mut self, run: &Run<'_>, batch: &Batch, row: usize) -> bool {
        let walk = &mut self.walk;
        walk.clear();
        walk.start = batch.column(self.from).entity(row);
        let bound = batch.column(self.to);
        walk.bound = bound.is_bound().then(|| bound.entity(row));
        if walk.start == ABSENT || walk.bound == Some(ABSENT) || self.least > self.most {
            return false;
        }
        walk.barred.resize(run.graph.relation_count().div_ceil(64), 0);
        self.unlike.iter().for_each(|variable| taken_in(batch.column(*variable), row, &mut walk.unlike));
        walk.unlike.retain(|relation| *relation != ABSENT);
        for relation in walk.unlike.clone() {
            walk.bar(relation);
        }
        let given = batch.column(self.relations);
        walk.given = given.is_bound().then(|| {
            let mut relations = Vec::new();
            taken_in(given, row, &mut relations);
            relations
        });
        walk.active = true;
        walk.open.push((0, Direction::Outgoing, 0..0, false));
        self.least == 0 && walk.bound.is_none_or(|bound| bound == walk.start) && walk.is_given()
    }

    /// Goes on to the next trail that counts; false where there is none.
    fn advance(&mut self, run: &Run<'_>, batch: &Batch, row: usize) -> Result<bool, Stopped> {
        let graph = run.graph;
        while self.walk.active {
            run.guard.work(1, DOING)?;
            let walk = &mut self.walk;
            let at = walk.taken.last().map_or(walk.start, |(_, end)| *end);
            let deep = walk.taken.len() >= self.most;
            let Some((way, direction, span, without_loops)) = walk.open.last_mut() else {
                walk.active = false;
                break;
            };
            let next = if deep { None } else { span.next() };
            let Some(position) = next else {
                match self.ways.get(*way).filter(|_| !deep) {
                    Some(other) => {
                        (*direction, *span, *without_loops) = (other.direction, other.span(graph, at), other.without_loops);
                        *way += 1;
                    }
                    None => walk.step_back(),
                }
                continue;
            };
            let Some(end) = graph.ends(*direction).at(position) else { continue };
            let relation = graph.relation_at(*direction, position);
            if (*without_loops && end == at) || walk.is_barred(relation.0) || graph.is_denied(relation) {
                continue;
            }
            if let Some((variable, condition)) = self.each {
                let value = Value::Relation(relation);
                if run.truth_with(condition, (batch, row), *variable, &value)? != Truth::True {
                    continue;
                }
            }
            self.walk.step(relation.0, end);
            if self.walk.taken.len() >= self.least && self.walk.bound.is_none_or(|bound| bound == end) && self.walk.is_given() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Walk {
    fn clear(&mut self) {
        while self.step_back_taken() {}
        for relation in std::mem::take(&mut self.unlike) {
            self.free(relation);
        }
        self.open.clear();
        self.active = false;
    }

    /// Whether the relations taken are those that are given, if any are.
    fn is_given(&self) -> bool {
        self.given.as_ref().is_none_or(|given| given.iter().eq(self.taken.iter().map(|(relation, _)| relation)))
    }

    fn bar(&mut self, relation: u32) {
        self.barred[relation as usize / 64] |= 1 << (relation % 64);
    }

    fn free(&mut self, relation: u32) {
        self.barred[relation as usize / 64] &= !(1 << (relation % 64));
    }

    fn is_barred(&self, relation: u32) -> bool {
        self.barred[relation as usize / 64] & (1 << (relation % 64)) != 0
    }

    fn step(&mut self, relation: u32, end: u32) {
        self.bar(relation);
        self.taken.push((relation, end));
        self.open.push((0, Direction::Outgoing, 0..0, false));
    }

    fn step_back(&mut self) {
        self.open.pop();
        if !self.step_back_taken() {
            self.active = false;
        }
    }

    fn step_back_taken(&mut self) -> bool {
        let last = self.taken.pop();
        if let Some((relation, _)) = last {
            self.free(relation);
        }
        last.is_some()
    }
}

/// What has been made of a batch.
#[derive(Default)]
struct Made {
    rows: Vec<u32>,
    ends: Vec<u32>,
    relations: Vec<Value>,
    supports: Vec<Vec<RelationId>>,
    weights: Vec<u64>,
    /// How many relations all trails have together, where they are kept.
    members: usize,
}

impl Trail<'_> {
    fn note(&self, batch: &Batch, row: usize, made: &mut Made) {
        let walk = &self.walk;
        if !self.listed {
            if made.rows.last() == Some(&(row as u32)) {
                if let Some(weight) = made.weights.last_mut() {
                    *weight = weight.saturating_add(batch.weight(row));
                }
                return;
            }
            made.weights.push(batch.weight(row));
        }
        made.rows.push(row as u32);
        made.ends.push(walk.taken.last().map_or(walk.start, |(_, end)| *end));
        if self.needs_relations {
            made.members += walk.taken.len();
            let relations = walk.taken.iter().map(|(relation, _)| RelationId(*relation));
            if batch.marks.is_some() {
                made.supports.push(relations.clone().collect());
            }
            made.relations.push(Value::List(relations.map(Value::Relation).collect()));
        }
    }

    fn finish(&self, batch: &Batch, made: Made) -> Batch {
        let mut rows = batch.gather(&made.rows, &self.keep);
        if let Some(marks) = &mut rows.marks {
            for (mark, support) in marks.iter_mut().zip(made.supports) {
                support.into_iter().for_each(|relation| mark.support_by(relation));
            }
        }
        if !self.listed {
            rows.weights = Some(made.weights);
            return rows;
        }
        rows.bind(self.to, Column::Entities(made.ends));
        if self.needs_relations {
            rows.bind(self.relations, Column::Values(made.relations));
        }
        rows
    }
}

impl Cursor for Trail<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        /// A trail may be as long as the graph: of long ones a batch holds fewer.
        const MEMBERS: usize = 1 << 16;
        let limit = want.clamp(1, run.batch);
        loop {
            let Some((batch, mut row)) = self.current.take() else {
                let Some(batch) = self.input.next(run, want)? else { return Ok(None) };
                self.walk.clear();
                self.current = Some((batch, 0));
                continue;
            };
            let mut made = Made::default();
            // The row whose trails are being followed stands before the next one.
            while made.rows.len() < limit && made.members < MEMBERS {
                if self.walk.active {
                    if self.advance(run, &batch, row - 1)? {
                        self.note(&batch, row - 1, &mut made);
                    }
                    continue;
                }
                if row >= batch.length {
                    break;
                }
                row += 1;
                if self.begin(run, &batch, row - 1) {
                    self.note(&batch, row - 1, &mut made);
                }
            }
            run.guard.work(made.members, DOING)?;
            let finished = (!made.rows.is_empty()).then(|| self.finish(&batch, made));
            if self.walk.active || row < batch.length {
                self.current = Some((batch, row));
            }
            if finished.is_some() {
                return Ok(finished);
            }
        }
    }

    fn restart(&mut self) {
        self.current = None;
        self.walk.clear();
        self.input.restart();
    }
}
