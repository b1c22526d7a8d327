//! Group: one row for each group of rows that agree in some variables.

use std::rc::Rc;

use crate::algebra::{Aggregate, AggregateFunction, VariableId};
use crate::engine::limits::Stopped;

use super::super::row::Pile;
use super::column::Column;
use super::entities::Socket;
use super::keys::Keys;
use super::rows::{Batch, Mark, Ready};
use super::run::Run;
use super::sums::Sums;
use super::{Boxed, Cursor};

/// One row for each group of rows that agree in the keys; without keys always one row.
pub(super) struct Group<'q> {
    input: Boxed<'q>,
    columns: Vec<usize>,
    aggregates: &'q [(VariableId, Aggregate)],
    keys: Keys,
    sums: Vec<Sums<'q>>,
    /// The keys of the groups.
    groups: Batch,
    marks: Vec<Mark>,
    /// What supports each group.
    piles: Vec<Pile>,
    marked: bool,
    /// Within an inner plan: the row that it is made for, and the variables of it that stay bound.
    outside: (Rc<Socket>, Vec<usize>),
    ready: Option<Ready>,
}

impl<'q> Group<'q> {
    pub fn new(
        input: Boxed<'q>,
        columns: Vec<usize>,
        aggregates: &'q [(VariableId, Aggregate)],
        outside: (Rc<Socket>, Vec<usize>),
        marked: bool,
    ) -> Group<'q> {
        let keys = Keys::new(columns.clone());
        let (groups, marks, piles, ready) = (Batch::default(), Vec::new(), Vec::new(), None);
        Group { input, columns, aggregates, keys, sums: Vec::new(), groups, marks, piles, marked, outside, ready }
    }

    /// Whether there are groups of which nothing is asked but lists of their values.
    fn only_collects(&self) -> bool {
        let collects =
            |aggregate: &Aggregate| matches!(aggregate, Aggregate::Of { function: AggregateFunction::Collect, distinct: false, .. });
        !self.columns.is_empty() && !self.aggregates.is_empty() && self.aggregates.iter().all(|(_, aggregate)| collects(aggregate))
    }

    fn gather(&mut self, run: &Run<'_>) -> Result<Batch, Stopped> {
        const DOING: &str = "grouping rows";
        self.sums = self.aggregates.iter().map(|(_, aggregate)| Sums::of(aggregate)).collect();
        let (mut numbers, mut first) = (Vec::new(), Vec::new());
        while let Some(batch) = self.input.next(run, run.batch)? {
            self.keys.number(&batch, &mut numbers, &mut first);
            run.guard.work(batch.length * 2, DOING)?;
            let mut fresh = batch.gather(&first, &self.columns);
            fresh.weights = None;
            fresh.marks = None;
            let each = fresh.bytes_each() + self.sums.len() * size_of::<u64>();
            run.guard.made_many(self.groups.length, fresh.length as u64, each, DOING)?;
            self.groups.append(fresh);
            for sums in &mut self.sums {
                sums.add(run, &batch, &numbers, self.keys.len())?;
            }
            if let Some(marks) = batch.marks {
                // A count speaks of all its members: it is certain only if each of them is. What is only collected is there
                // for sure if one of them is, as where equal rows are united.
                let any = self.only_collects();
                self.marks.resize(self.keys.len(), Mark { grouped: true, certain: !any, ..Mark::default() });
                self.piles.resize(self.keys.len(), Pile::default());
                for (mark, number) in marks.into_iter().zip(&numbers) {
                    let group = &mut self.marks[*number as usize];
                    group.certain = if any { group.certain || mark.certain } else { group.certain && mark.certain };
                    self.piles[*number as usize].add(&mark.support);
                    self.piles[*number as usize].add(&mark.cited);
                }
            }
        }
        let mut groups = std::mem::take(&mut self.groups);
        if self.columns.is_empty() {
            groups.length = 1;
        }
        for at in self.outside.1.iter().filter(|at| !self.columns.contains(at)) {
            groups.bind(*at, Column::Same(self.outside.0.first(*at)));
        }
        let sums = std::mem::take(&mut self.sums);
        for ((variable, _), sums) in self.aggregates.iter().zip(sums) {
            groups.bind(variable.index(), sums.finish(run, groups.length)?);
        }
        if self.marked {
            let mut marks = std::mem::take(&mut self.marks);
            marks.resize(groups.length, Mark { grouped: true, ..Mark::default() });
            for (mark, pile) in marks.iter_mut().zip(std::mem::take(&mut self.piles)) {
                mark.support = pile.all();
            }
            groups.marks = Some(marks);
        }
        Ok(groups)
    }
}

impl Cursor for Group<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        if self.ready.is_none() {
            self.ready = Some(Ready::new(self.gather(run)?));
        }
        Ok(self.ready.as_mut().and_then(|ready| ready.next(want)))
    }

    fn restart(&mut self) {
        self.keys.clear();
        self.groups = Batch::default();
        self.marks.clear();
        self.piles.clear();
        self.ready = None;
        self.input.restart();
    }
}
