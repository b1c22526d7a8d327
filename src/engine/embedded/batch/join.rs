//! Join: the rows of two inputs that agree in some variables, by a table of the right ones.

use crate::algebra::JoinMode;
use crate::engine::limits::Stopped;
use crate::model::Value;

use super::column::Column;
use super::keys::Keys;
use super::rows::{Batch, Mark};
use super::run::Run;
use super::{Boxed, Cursor};

const DOING: &str = "joining sets";

/// The rows of two inputs that agree in some variables.
pub(super) struct Join<'q> {
    left: Boxed<'q>,
    right: Boxed<'q>,
    mode: JoinMode,
    keys: Keys,
    /// The right rows, and for each key those that have it: the first, and behind each the next.
    table: Option<Batch>,
    first: Vec<u32>,
    next: Vec<u32>,
    current: Option<(Batch, usize, u32)>,
    /// Which columns are wanted.
    keep: Vec<usize>,
}

const NONE: u32 = u32::MAX;

impl<'q> Join<'q> {
    pub fn new(left: Boxed<'q>, right: Boxed<'q>, on: Vec<usize>, mode: JoinMode, keep: Vec<usize>) -> Join<'q> {
        let keys = Keys::new(on);
        Join { left, right, mode, keys, table: None, first: Vec::new(), next: Vec::new(), current: None, keep }
    }

    fn build(&mut self, run: &Run<'_>) -> Result<Batch, Stopped> {
        let mut table = Batch::default();
        let (mut numbers, mut fresh) = (Vec::new(), Vec::new());
        let mut last: Vec<u32> = Vec::new();
        while let Some(batch) = self.right.next(run, run.batch)? {
            run.guard.made_many(table.length, batch.length as u64, batch.bytes_each(), DOING)?;
            self.keys.number(&batch, &mut numbers, &mut fresh);
            self.first.resize(self.keys.len(), NONE);
            last.resize(self.keys.len(), NONE);
            for (row, number) in (table.length as u32..).zip(&numbers) {
                let number = *number as usize;
                self.next.push(NONE);
                match last[number] {
                    NONE => self.first[number] = row,
                    before => self.next[before as usize] = row,
                }
                last[number] = row;
            }
            table.append(batch);
        }
        Ok(table)
    }

    /// Whether a left row stays where only that is asked: for Semi and Without.
    fn stays(&self, table: &Batch, mut partner: u32) -> bool {
        if self.mode == JoinMode::Semi {
            return partner != NONE;
        }
        // Where it is unknown whether there is a partner, there is none: the right side holds what is true.
        while partner != NONE {
            if !table.marks.as_ref().is_some_and(|marks| marks[partner as usize].unknown) {
                return false;
            }
            partner = self.next[partner as usize];
        }
        true
    }

    fn united(&self, left: &Batch, table: &Batch, pairs: &(Vec<u32>, Vec<u32>)) -> Batch {
        let (rows, partners) = pairs;
        let mut made = left.gather(rows, &self.keep);
        for at in &self.keep {
            let (here, there) = (left.column(*at), table.column(*at));
            if !there.is_bound() {
                continue;
            }
            let absent = partners.contains(&NONE);
            if !here.is_bound() && !absent {
                made.bind(*at, there.gather(partners));
                continue;
            }
            let pick = |(row, partner): (&u32, &u32)| match here.value(*row as usize) {
                Value::Null if *partner != NONE => there.value(*partner as usize),
                value => value,
            };
            if !matches!((here, there), (Column::Entities(here), _) if !here.contains(&super::column::ABSENT)) {
                made.bind(*at, Column::Values(rows.iter().zip(partners).map(pick).collect()));
            }
        }
        if left.weights.is_some() || table.weights.is_some() {
            let weight = |(row, partner): (&u32, &u32)| {
                left.weight(*row as usize).saturating_mul(if *partner == NONE { 1 } else { table.weight(*partner as usize) })
            };
            made.weights = Some(rows.iter().zip(partners).map(weight).collect());
        }
        if let (Some(left), Some(right)) = (&left.marks, &table.marks) {
            let join = |(row, partner): (&u32, &u32)| -> Mark {
                let mark = &left[*row as usize];
                if *partner == NONE { mark.clone() } else { mark.joined(&right[*partner as usize]) }
            };
            made.marks = Some(rows.iter().zip(partners).map(join).collect());
        }
        made
    }

    /// Pairs of rows of the current batch, about so many; false where there are no more.
    fn pairs(&mut self, run: &Run<'_>, table: &Batch, limit: usize) -> Result<Option<Batch>, Stopped> {
        let Some((batch, mut row, mut partner)) = self.current.take() else { return Ok(None) };
        let mut pairs = (Vec::new(), Vec::new());
        while row < batch.length && pairs.0.len() < limit {
            while partner != NONE && pairs.0.len() < limit {
                pairs.0.push(row as u32);
                pairs.1.push(partner);
                partner = self.next[partner as usize];
            }
            if partner == NONE {
                row += 1;
                while row < batch.length {
                    partner = self.partner(&batch, row);
                    if partner != NONE {
                        break;
                    }
                    if self.mode == JoinMode::Optional {
                        pairs.0.push(row as u32);
                        pairs.1.push(NONE);
                    }
                    row += 1;
                }
            }
        }
        run.guard.work(pairs.0.len() + 1, DOING)?;
        let made = self.united(&batch, table, &pairs);
        if row < batch.length {
            self.current = Some((batch, row, partner));
        }
        Ok(Some(made))
    }

    fn partner(&mut self, batch: &Batch, row: usize) -> u32 {
        self.keys.find(batch, row).and_then(|number| self.first.get(number as usize).copied()).unwrap_or(NONE)
    }
}

impl Cursor for Join<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        let table = match self.table.take() {
            Some(table) => table,
            None => self.build(run)?,
        };
        let outcome = self.probe(run, &table, want);
        self.table = Some(table);
        outcome
    }

    fn restart(&mut self) {
        self.keys.clear();
        self.table = None;
        self.first.clear();
        self.next.clear();
        self.current = None;
        self.left.restart();
        self.right.restart();
    }
}

impl Join<'_> {
    fn probe(&mut self, run: &Run<'_>, table: &Batch, want: usize) -> Result<Option<Batch>, Stopped> {
        if self.current.is_some() {
            return self.pairs(run, table, want.clamp(1, run.batch));
        }
        let Some(batch) = self.left.next(run, run.batch)? else { return Ok(None) };
        run.guard.work(batch.length, DOING)?;
        if matches!(self.mode, JoinMode::Semi | JoinMode::Without) {
            let mut rows = Vec::new();
            for row in 0..batch.length {
                let partner = self.partner(&batch, row);
                if self.stays(table, partner) {
                    rows.push(row as u32);
                }
            }
            return Ok(Some(batch.keep(&rows)));
        }
        if batch.length == 0 {
            return Ok(Some(batch));
        }
        let mut lone = (Vec::new(), Vec::new());
        let mut row = 0;
        let mut partner = NONE;
        while row < batch.length {
            partner = self.partner(&batch, row);
            if partner != NONE {
                break;
            }
            if self.mode == JoinMode::Optional {
                lone.0.push(row as u32);
                lone.1.push(NONE);
            }
            row += 1;
        }
        let made = self.united(&batch, table, &lone);
        if row < batch.length {
            self.current = Some((batch, row, partner));
        }
        Ok(Some(made))
    }
}
