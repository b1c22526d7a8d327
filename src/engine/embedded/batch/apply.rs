//! Apply: for each row, the rows that an inner plan makes of it; many rows at once where the plan goes row by row.

use std::rc::Rc;

use crate::algebra::JoinMode;
use crate::engine::limits::Stopped;
use crate::model::Value;

use super::column::Column;
use super::entities::Socket;
use super::rows::{Batch, Mark};
use super::run::Run;
use super::{Boxed, Cursor};

const DOING: &str = "matching for each row";

/// What an [`Apply`] knows of its inner plan.
pub(super) struct Inside<'q> {
    pub right: Boxed<'q>,
    pub socket: Rc<Socket>,
    /// The hidden column that holds, in the rows of the inner plan, the number of the row that they are made of.
    pub hidden: usize,
    /// Whether the plan takes all rows of a batch together: it goes row by row itself.
    pub together: bool,
    /// Variables that the plan may bind; they are null where it binds nothing.
    pub binds: Vec<usize>,
}

/// For each row, the rows that an inner plan makes of it.
pub(super) struct Apply<'q> {
    left: Boxed<'q>,
    inside: Inside<'q>,
    mode: JoinMode,
    keep: Vec<usize>,
    current: Option<Current>,
}

/// The batch of the left whose rows are being matched.
struct Current {
    batch: Batch,
    /// Where the rows begin that the inner plan has now, and where they end.
    from: usize,
    until: usize,
    /// Of the rows that the inner plan has now, the first for which it is not known yet whether there is a partner.
    open: usize,
}

impl<'q> Apply<'q> {
    pub fn new(left: Boxed<'q>, inside: Inside<'q>, mode: JoinMode, keep: Vec<usize>) -> Apply<'q> {
        Apply { left, inside, mode, keep, current: None }
    }

    /// Gives the inner plan its next rows. False where there are no more.
    fn plug(&mut self) -> bool {
        let Some(current) = &mut self.current else { return false };
        current.from = current.until;
        current.open = current.from;
        if current.from >= current.batch.length {
            return false;
        }
        current.until = if self.inside.together { current.batch.length } else { current.from + 1 };
        let rows: Vec<u32> = (current.from as u32..current.until as u32).collect();
        let mut argument = current.batch.gather(&rows, &current.batch.every());
        // What the rows weigh and rest on is joined to what the plan makes of them.
        argument.weights = None;
        argument.marks = argument.marks.map(|marks| vec![Mark::default(); marks.len()]);
        argument.bind(self.inside.hidden, Column::Integers((0..).take(rows.len()).collect()));
        self.inside.socket.plug(argument);
        self.inside.right.restart();
        true
    }

    /// The left row that each row of the inner plan is made of.
    fn origins(&self, current: &Current, made: &Batch) -> Vec<u32> {
        match made.column(self.inside.hidden) {
            Column::Integers(numbers) => numbers.iter().map(|number| (current.from + *number as usize) as u32).collect(),
            _ => vec![current.from as u32; made.length],
        }
    }

    /// Left rows that have a partner, or have none: for Semi and Without.
    fn existence(&mut self, run: &Run<'_>, batch: Batch) -> Result<Batch, Stopped> {
        let mut found = vec![false; batch.length];
        self.current = Some(Current { batch, from: 0, until: 0, open: 0 });
        while self.plug() {
            // Few rows at a time: one is enough to know.
            const FEW: usize = 256;
            let want = if self.inside.together { FEW } else { 1 };
            while let Some(made) = self.inside.right.next(run, want)? {
                run.guard.work(made.length + 1, DOING)?;
                let Some(current) = &self.current else { break };
                for origin in self.origins(current, &made) {
                    if !std::mem::replace(&mut found[origin as usize], true) && !run.is_thorough() {
                        self.inside.socket.settle(origin as usize - current.from);
                    }
                }
                if !self.inside.together && made.length > 0 && !run.is_thorough() {
                    break;
                }
            }
        }
        let Some(current) = self.current.take() else { return Ok(Batch::default()) };
        let wanted = self.mode == JoinMode::Semi;
        let rows: Vec<u32> = (0..).zip(&found).filter(|(_, found)| **found == wanted).map(|(row, _)| row).collect();
        Ok(current.batch.keep(&rows))
    }

    /// The next rows of the inner plan with the left rows that they are made of; none where it has no more.
    fn partners(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        let made = self.inside.right.next(run, want)?;
        let Some(current) = &mut self.current else { return Ok(None) };
        let Some(made) = made else {
            let (open, until) = (current.open, current.until);
            current.open = until;
            return Ok((self.mode == JoinMode::Optional && open < until).then(|| self.lone(open..until)));
        };
        run.guard.work(made.length + 1, DOING)?;
        let Some(current) = &self.current else { return Ok(None) };
        let origins = self.origins(current, &made);
        // Between the partners stand the rows that have none, in the order of the left.
        let (mut lefts, mut rights) = (Vec::with_capacity(origins.len()), Vec::with_capacity(origins.len()));
        let mut open = current.open;
        for (origin, right) in origins.into_iter().zip(0..) {
            if self.mode == JoinMode::Optional {
                for lone in open..origin as usize {
                    lefts.push(lone as u32);
                    rights.push(NONE);
                }
            }
            open = open.max(origin as usize + 1);
            lefts.push(origin);
            rights.push(right);
        }
        let united = self.united(&lefts, &rights, &made);
        if let Some(current) = &mut self.current {
            current.open = open;
        }
        Ok(Some(united))
    }

    fn lone(&self, rows: std::ops::Range<usize>) -> Batch {
        let lefts: Vec<u32> = rows.map(|row| row as u32).collect();
        let rights = vec![NONE; lefts.len()];
        self.united(&lefts, &rights, &Batch::default())
    }

    fn united(&self, lefts: &[u32], rights: &[u32], made: &Batch) -> Batch {
        let Some(current) = &self.current else { return Batch::default() };
        let left = &current.batch;
        let mut united = left.gather(lefts, &self.keep);
        let lone = rights.contains(&NONE);
        for at in &self.inside.binds {
            if left.column(*at).is_bound() || !self.keep.contains(at) {
                continue;
            }
            let column = made.column(*at);
            united.bind(*at, if column.is_bound() && !lone { column.gather(rights) } else { gather_or_null(column, rights) });
        }
        if left.weights.is_some() || made.weights.is_some() {
            let weight = |(left_row, right): (&u32, &u32)| {
                let partners = if *right == NONE { 1 } else { made.weight(*right as usize) };
                left.weight(*left_row as usize).saturating_mul(partners)
            };
            united.weights = Some(lefts.iter().zip(rights).map(weight).collect());
        }
        if let (Some(marks), Some(partners)) = (&mut united.marks, &made.marks) {
            for (mark, right) in marks.iter_mut().zip(rights).filter(|(_, right)| **right != NONE) {
                *mark = mark.joined(&partners[*right as usize]);
            }
        }
        united
    }
}

const NONE: u32 = u32::MAX;

/// The values of some rows, null where there is no row.
fn gather_or_null(column: &Column, rows: &[u32]) -> Column {
    let pick = |numbers: &[u32]| rows.iter().map(|row| if *row == NONE { super::column::ABSENT } else { numbers[*row as usize] }).collect();
    match column {
        Column::Unbound => Column::Same(Value::Null),
        Column::Entities(numbers) => Column::Entities(pick(numbers)),
        Column::Relations(numbers) => Column::Relations(pick(numbers)),
        other => Column::Values(rows.iter().map(|row| if *row == NONE { Value::Null } else { other.value(*row as usize) }).collect()),
    }
}

impl Cursor for Apply<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        loop {
            if self.current.is_none() {
                let Some(batch) = self.left.next(run, want)? else { return Ok(None) };
                if matches!(self.mode, JoinMode::Semi | JoinMode::Without) {
                    return self.existence(run, batch).map(Some);
                }
                self.current = Some(Current { batch, from: 0, until: 0, open: 0 });
                if !self.plug() {
                    self.current = None;
                    continue;
                }
            }
            if let Some(batch) = self.partners(run, want.clamp(1, run.batch))? {
                return Ok(Some(batch));
            }
            if !self.plug() {
                self.current = None;
            }
        }
    }

    fn restart(&mut self) {
        self.current = None;
        self.left.restart();
        self.inside.right.restart();
    }
}
