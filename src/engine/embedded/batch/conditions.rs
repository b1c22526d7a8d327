//! Conditions: rows that go, rows that stay, rows that are only possible, and rows that deny.

use crate::algebra::{Condition, Expression};
use crate::engine::limits::Stopped;
use crate::model::{RelationId, Truth};

use super::predicate::Predicate;
use super::rows::Batch;
use super::run::Run;
use super::{Boxed, Cursor};

/// Keeps the rows for which all conditions are true.
pub(super) struct Filter<'q> {
    input: Boxed<'q>,
    conditions: &'q [Condition],
    predicates: Vec<Predicate<'q>>,
    /// The conditions without their `possibly`s, of those that have one.
    strict: Vec<Expression>,
    /// Whether rows for which a condition is unknown go on to be counted.
    ghosts: bool,
}

impl<'q> Filter<'q> {
    pub fn new(input: Boxed<'q>, conditions: &'q [Condition], ghosts: bool, marked: bool) -> Filter<'q> {
        let lenient = conditions.iter().map(|condition| &condition.expression).filter(|expression| marked && expression.is_lenient());
        let strict = lenient.map(Expression::strict).collect();
        let predicates = conditions.iter().map(|condition| Predicate::of(&condition.expression)).collect();
        Filter { input, conditions, predicates, strict, ghosts }
    }

    fn plain(&self, run: &Run<'_>, batch: Batch) -> Result<Batch, Stopped> {
        let mut rows: Vec<u32> = (0..).take(batch.length).collect();
        for predicate in &self.predicates {
            predicate.keep(run, &batch, &mut rows)?;
        }
        Ok(batch.keep(&rows))
    }

    fn marked(&self, run: &Run<'_>, mut batch: Batch) -> Result<Batch, Stopped> {
        let mut rows: Vec<u32> = Vec::new();
        for row in 0..batch.length {
            let mut outcome = Truth::True;
            for condition in self.conditions {
                outcome = outcome.and(run.truth(&condition.expression, &batch, row)?);
                if outcome == Truth::False {
                    break;
                }
            }
            if outcome == Truth::False || (outcome == Truth::Unknown && !self.ghosts) {
                continue;
            }
            rows.push(row as u32);
            let mut sure = true;
            if outcome == Truth::True {
                for strict in &self.strict {
                    sure &= run.truth(strict, &batch, row)? == Truth::True;
                }
            }
            if let Some(marks) = &mut batch.marks {
                marks[row].certain &= sure;
                marks[row].unknown |= outcome == Truth::Unknown;
            }
        }
        Ok(batch.keep(&rows))
    }
}

impl Cursor for Filter<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        // Most rows may be left out: so many are tested at once even if only few are wanted.
        const FEW: usize = 128;
        let Some(batch) = self.input.next(run, want.max(FEW))? else { return Ok(None) };
        run.guard.work(batch.length, "testing conditions")?;
        if batch.marks.is_some() { self.marked(run, batch).map(Some) } else { self.plain(run, batch).map(Some) }
    }

    fn restart(&mut self) {
        self.input.restart();
    }
}

/// Takes out the rows with a denied relation.
pub(super) struct Asserted<'q> {
    pub input: Boxed<'q>,
    pub relations: Vec<usize>,
}

impl Cursor for Asserted<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        let Some(batch) = self.input.next(run, want)? else { return Ok(None) };
        run.guard.work(batch.length, "leaving out denials")?;
        let mut rows: Vec<u32> = Vec::with_capacity(batch.length);
        let mut taken = Vec::new();
        for row in 0..batch.length {
            taken.clear();
            self.relations.iter().for_each(|variable| super::expand::taken_in(batch.column(*variable), row, &mut taken));
            let mut asserted = true;
            for relation in taken.iter().filter(|relation| **relation != super::column::ABSENT).map(|relation| RelationId(*relation)) {
                if run.graph.is_denied(relation) {
                    asserted = false;
                    if run.is_thorough() && batch.marks.as_ref().is_none_or(|marks| !marks[row].unknown) {
                        run.deny(relation);
                    }
                }
            }
            if asserted {
                rows.push(row as u32);
            }
        }
        Ok(Some(batch.keep(&rows)))
    }

    fn restart(&mut self) {
        self.input.restart();
    }
}

/// Makes each row rest on the relations that one variable lists, and cite those that another lists.
pub(super) struct Cite<'q> {
    pub input: Boxed<'q>,
    pub support: Option<usize>,
    pub cited: Option<usize>,
}

impl Cursor for Cite<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        let Some(mut batch) = self.input.next(run, want)? else { return Ok(None) };
        let Some(mut marks) = batch.marks.take() else { return Ok(Some(batch)) };
        let listed = |variable: Option<usize>, row: usize| {
            let mut taken = Vec::new();
            variable.iter().for_each(|at| super::expand::taken_in(batch.column(*at), row, &mut taken));
            taken.retain(|relation| *relation != super::column::ABSENT);
            taken.sort_unstable();
            taken.dedup();
            taken.into_iter().map(RelationId).collect::<Vec<_>>()
        };
        for (row, mark) in marks.iter_mut().enumerate() {
            (mark.support, mark.cited, mark.grouped) = (listed(self.support, row), listed(self.cited, row), false);
        }
        batch.marks = Some(marks);
        Ok(Some(batch))
    }

    fn restart(&mut self) {
        self.input.restart();
    }
}

/// Takes out the rows for which a condition is unknown, and counts them.
pub(super) struct Known<'q> {
    pub input: Boxed<'q>,
}

impl Cursor for Known<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        let Some(batch) = self.input.next(run, want)? else { return Ok(None) };
        let Some(marks) = &batch.marks else { return Ok(Some(batch)) };
        let rows: Vec<u32> = (0..).zip(marks).filter(|(_, mark)| !mark.unknown).map(|(row, _)| row).collect();
        run.leave_out(batch.length - rows.len());
        Ok(Some(batch.keep(&rows)))
    }

    fn restart(&mut self) {
        self.input.restart();
    }
}
