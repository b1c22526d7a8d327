//! Distinct: rows that agree in some variables as one.

use crate::engine::limits::Stopped;
use crate::store::FastMap;

use super::super::row::Pile;
use super::keys::Keys;
use super::rows::{Batch, Ready};
use super::run::Run;
use super::{Boxed, Cursor};

const DOING: &str = "uniting equal rows";

/// The first of the rows that agree in some variables, as soon as it comes. For rows without marks.
pub(super) struct First<'q> {
    input: Boxed<'q>,
    keys: Keys,
    numbers: Vec<u32>,
}

impl<'q> First<'q> {
    pub fn new(input: Boxed<'q>, keys: Vec<usize>) -> First<'q> {
        First { input, keys: Keys::new(keys), numbers: Vec::new() }
    }
}

impl Cursor for First<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        const FEW: usize = 128;
        let Some(batch) = self.input.next(run, want.max(FEW))? else { return Ok(None) };
        let mut first = Vec::new();
        self.keys.number(&batch, &mut self.numbers, &mut first);
        run.guard.work(batch.length, DOING)?;
        run.guard.made_many(self.keys.len(), 0, batch.bytes_each(), DOING)?;
        let mut kept = batch.keep(&first);
        kept.weights = None;
        Ok(Some(kept))
    }

    fn restart(&mut self) {
        self.keys.clear();
        self.input.restart();
    }
}

/// The rows that agree in some variables as one, with the support of all. For rows with marks.
pub(super) struct United<'q> {
    input: Boxed<'q>,
    keys: Keys,
    numbers: Vec<u32>,
    held: Batch,
    /// The support and the citations of the rows that stand for several.
    piles: FastMap<usize, (Pile, Pile)>,
    ready: Option<Ready>,
}

impl<'q> United<'q> {
    pub fn new(input: Boxed<'q>, keys: Vec<usize>) -> United<'q> {
        let (numbers, held, piles) = (Vec::new(), Batch::default(), FastMap::default());
        United { input, keys: Keys::new(keys), numbers, held, piles, ready: None }
    }

    fn take(&mut self, run: &Run<'_>, batch: Batch) -> Result<(), Stopped> {
        let mut first = Vec::new();
        let before = self.held.length;
        self.keys.number(&batch, &mut self.numbers, &mut first);
        run.guard.made_many(before, first.len() as u64, batch.bytes_each(), DOING)?;
        run.guard.work(batch.length * 4, DOING)?;
        let numbers = std::mem::take(&mut self.numbers);
        let mut fresh = first.iter().peekable();
        let mut others: Vec<(u32, usize)> = Vec::new();
        for (row, number) in (0..).zip(&numbers) {
            if fresh.next_if_eq(&&row).is_none() {
                others.push((row, *number as usize));
            }
        }
        if others.is_empty() {
            self.held.append(batch);
            self.numbers = numbers;
            return Ok(());
        }
        self.held.append(batch.gather(&first, &batch.every()));
        for (row, at) in others {
            self.unite(&batch, row as usize, at);
        }
        self.numbers = numbers;
        Ok(())
    }

    fn unite(&mut self, batch: &Batch, row: usize, at: usize) {
        let (Some(held), Some(marks)) = (&mut self.held.marks, &batch.marks) else { return };
        let (first, mark) = (&mut held[at], &marks[row]);
        match (first.unknown, mark.unknown) {
            (false, true) => {}
            (true, false) => {
                first.clone_from(mark);
                self.piles.remove(&at);
                self.held.replace(at, batch, row);
            }
            _ => {
                let (support, cited) = self.piles.entry(at).or_insert_with(|| {
                    let mut piles = (Pile::default(), Pile::default());
                    piles.0.add(&first.support);
                    piles.1.add(&first.cited);
                    piles
                });
                support.add(&mark.support);
                cited.add(&mark.cited);
                first.certain |= mark.certain;
            }
        }
    }
}

impl Cursor for United<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        if self.ready.is_none() {
            while let Some(batch) = self.input.next(run, run.batch)? {
                self.take(run, batch)?;
            }
            let mut held = std::mem::take(&mut self.held);
            held.weights = None;
            if let Some(marks) = &mut held.marks {
                for (at, (support, cited)) in std::mem::take(&mut self.piles) {
                    (marks[at].support, marks[at].cited) = (support.all(), cited.all());
                }
            }
            self.ready = Some(Ready::new(held));
        }
        Ok(self.ready.as_mut().and_then(|ready| ready.next(want)))
    }

    fn restart(&mut self) {
        self.keys.clear();
        self.held = Batch::default();
        self.piles.clear();
        self.ready = None;
        self.input.restart();
    }
}
