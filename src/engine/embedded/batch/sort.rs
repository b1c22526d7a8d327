//! Sort: the rows in order; where only the first are wanted, no more than those are kept.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::algebra::SortKey;
use crate::engine::limits::Stopped;
use crate::model::StatementId;

use super::super::order;
use super::column::Column;
use super::rows::{Batch, Ready};
use super::run::Run;
use super::{Boxed, Cursor};

const DOING: &str = "sorting";

/// The rows in order.
pub(super) struct Sort<'q> {
    input: Boxed<'q>,
    keys: &'q [SortKey],
    columns: Vec<usize>,
    /// How many rows are wanted at most.
    most: Option<usize>,
    ready: Option<Ready>,
}

/// Rows that are held, with the values of their first key: of the others only where that decides nothing.
#[derive(Default)]
struct Held {
    rows: Batch,
    first: Column,
}

impl<'q> Sort<'q> {
    pub fn new(input: Boxed<'q>, keys: &'q [SortKey], columns: Vec<usize>, most: Option<usize>) -> Sort<'q> {
        Sort { input, keys, columns, most, ready: None }
    }

    fn gather(&mut self, run: &Run<'_>) -> Result<Batch, Stopped> {
        /// So many batches are held beyond the rows that are wanted before the others are let go.
        const SLACK: usize = 4;
        run.guard.look(DOING)?;
        let mut held = Held::default();
        while let Some(batch) = self.input.next(run, run.batch)? {
            run.guard.made_many(held.rows.length, batch.length as u64, batch.bytes_each() + size_of::<u32>(), DOING)?;
            let first = match self.keys.first() {
                Some(key) => run.column(&key.expression, &batch)?,
                None => Column::Unbound,
            };
            held.first.append(held.rows.length, first, batch.length);
            held.rows.append(batch);
            if self.most.is_some_and(|most| held.rows.length > most.saturating_mul(2).saturating_add(SLACK * run.batch)) {
                let kept = self.order(run, &held)?;
                held = Held { first: held.first.gather(&kept), rows: held.rows.taken(kept.iter().copied()) };
            }
        }
        let kept = self.order(run, &held)?;
        Ok(held.rows.taken(kept.iter().copied()))
    }

    /// The rows that are wanted, in order.
    fn order(&self, run: &Run<'_>, held: &Held) -> Result<Vec<u32>, Stopped> {
        let mut rows: Vec<u32> = (0..).take(held.rows.length).collect();
        let Some(first) = self.keys.first() else {
            return self.ordered(run, held, rows);
        };
        if let Some(most) = self.most.filter(|most| *most < rows.len()) {
            if most == 0 {
                return Ok(Vec::new());
            }
            let by = |left: &u32, right: &u32| compare(run, first, &held.first, *left, *right);
            let (_, last, _) = rows.select_nth_unstable_by(most - 1, by);
            let last = *last;
            rows.retain(|row| by(row, &last).is_le());
            rows.sort_unstable();
        }
        self.ordered(run, held, rows)
    }

    /// These rows, which are ascending, in order; as many as are wanted.
    fn ordered(&self, run: &Run<'_>, held: &Held, rows: Vec<u32>) -> Result<Vec<u32>, Stopped> {
        // All of them stand there as they are.
        let is_all = rows.len() == held.rows.length;
        let batch = if is_all { Cow::Borrowed(&held.rows) } else { Cow::Owned(held.rows.gather(&rows, &held.rows.every())) };
        let first = if is_all { Cow::Borrowed(&held.first) } else { Cow::Owned(held.first.gather(&rows)) };
        let mut columns = vec![first];
        for key in self.keys.iter().skip(1) {
            columns.push(run.looked_at(&key.expression, &batch)?);
        }
        run.guard.look(DOING)?;
        let statements: Vec<StatementId> = if self.columns.is_empty() { Vec::new() } else { first_statements(run, &batch) };
        let mut order: Vec<u32> = (0..).take(rows.len()).collect();
        sort_watched(run, &mut order, |left, right| {
            let by_keys = self.keys.iter().zip(&columns).map(|(key, column)| compare(run, key, column, *left, *right));
            by_keys
                .fold(Ordering::Equal, |known, next| if known.is_eq() { next } else { known })
                .then_with(|| self.general_order(run, &batch, &statements, (*left, *right)))
        })?;
        order.truncate(self.most.unwrap_or(usize::MAX));
        Ok(order.into_iter().map(|at| rows[at as usize]).collect())
    }

    /// The order behind every other: the first column, the first supporting statement, the other columns.
    fn general_order(&self, run: &Run<'_>, batch: &Batch, statements: &[StatementId], (left, right): (u32, u32)) -> Ordering {
        let (left, right) = (left as usize, right as usize);
        let by = |at: &usize| {
            let column = batch.column(*at);
            column.look(left, |left| column.look(right, |right| order::compare(run.graph, left, right)))
        };
        let first = self.columns.first().map_or(Ordering::Equal, by);
        first.then_with(|| statements.get(left).cmp(&statements.get(right))).then_with(|| {
            let mut rest = self.columns.iter().skip(1).map(by);
            rest.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        })
    }
}

/// Sorts, keeping the order of equals, and looks at the limits on the way: part by part, then two parts at a time together.
fn sort_watched(run: &Run<'_>, order: &mut Vec<u32>, compare: impl Fn(&u32, &u32) -> Ordering) -> Result<(), Stopped> {
    let part = 4 * run.batch;
    for part in order.chunks_mut(part) {
        part.sort_by(&compare);
        run.guard.look(DOING)?;
    }
    let mut width = part;
    while width < order.len() {
        let mut merged = Vec::with_capacity(order.len());
        for pair in order.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some(first), Some(second)) = (left.first(), right.first()) {
                let from = if compare(first, second).is_le() { &mut left } else { &mut right };
                merged.push(from[0]);
                *from = &from[1..];
                run.guard.work(8, DOING)?;
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        *order = merged;
        width *= 2;
    }
    Ok(())
}

/// For each row the first of the statements that support it; for rows that stand for groups, the same for all.
fn first_statements(run: &Run<'_>, batch: &Batch) -> Vec<StatementId> {
    const NONE: StatementId = StatementId(0);
    let Some(marks) = &batch.marks else { return Vec::new() };
    let first = |mark: &super::rows::Mark| {
        if mark.grouped {
            return NONE;
        }
        // Rows without any come first.
        let statements = mark.support.iter().map(|relation| run.graph.statement_id(*relation));
        statements.min().map_or(NONE, |statement| StatementId(statement.0.saturating_add(1)))
    };
    marks.iter().map(first).collect()
}

/// The order of two rows by one key.
fn compare(run: &Run<'_>, key: &SortKey, column: &Column, left: u32, right: u32) -> Ordering {
    let (left, right) = (left as usize, right as usize);
    if let Column::Integers(numbers) = column {
        let order = numbers[left].cmp(&numbers[right]);
        return if key.descending { order.reverse() } else { order };
    }
    column.look(left, |left| {
        column.look(right, |right| {
            let (order, stays) = if key.absent_last {
                // Absent values come last either way.
                (order::compare(run.graph, left, right), left.is_null() || right.is_null())
            } else {
                (order::orderability(left, right), false)
            };
            if key.descending && !stays { order.reverse() } else { order }
        })
    })
}

impl Cursor for Sort<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        if self.ready.is_none() {
            self.ready = Some(Ready::new(self.gather(run)?));
        }
        Ok(self.ready.as_mut().and_then(|ready| ready.next(want)))
    }

    fn restart(&mut self) {
        self.ready = None;
        self.input.restart();
    }
}
