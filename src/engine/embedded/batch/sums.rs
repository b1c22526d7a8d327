//! Sums: what is computed for groups of rows, one number or value for each group.

use crate::algebra::{Aggregate, AggregateFunction, Expression, Written};
use crate::engine::limits::Stopped;
use crate::model::Value;

use super::super::evaluate::aggregate::Accumulator;
use super::super::order;
use super::column::{ABSENT, Column};
use super::keys::QuickSet;
use super::rows::Batch;
use super::run::Run;

const DOING: &str = "grouping rows";

/// One aggregate over all groups.
pub(super) enum Sums<'q> {
    /// How many rows.
    Rows(Vec<u64>),
    /// How many rows in which there is a value.
    Present(&'q Expression, Vec<u64>),
    /// How many different values.
    Different(&'q Expression, Vec<u64>, Seen),
    /// What an accumulator makes of the values.
    Any(Accumulators<'q>),
    /// The different values.
    Listed(&'q Expression, Vec<Vec<Value>>, Seen),
}

/// The values that were seen in each group.
#[derive(Default)]
pub(super) struct Seen {
    numbers: QuickSet<u64>,
    relations: QuickSet<u64>,
    bytes: QuickSet<Box<[u8]>>,
    buffer: Vec<u8>,
}

impl Seen {
    /// Whether a value, which is not null, is new in a group.
    fn is_new(&mut self, group: u32, column: &Column, row: usize) -> bool {
        let key = |number: u32| u64::from(group) << 32 | u64::from(number);
        match (column.entity(row), column.relation(row)) {
            (ABSENT, ABSENT) => {
                self.buffer.clear();
                self.buffer.extend(group.to_le_bytes());
                column.look(row, |value| order::write_key(value, &mut self.buffer));
                !self.bytes.contains(self.buffer.as_slice()) && self.bytes.insert(self.buffer.as_slice().into())
            }
            (ABSENT, relation) => self.relations.insert(key(relation)),
            (entity, _) => self.numbers.insert(key(entity)),
        }
    }

    fn len(&self) -> usize {
        self.numbers.len() + self.relations.len() + self.bytes.len()
    }
}

impl<'q> Sums<'q> {
    pub fn of(aggregate: &'q Aggregate) -> Sums<'q> {
        match aggregate {
            Aggregate::CountDistinct(expression) => Sums::Different(expression, Vec::new(), Seen::default()),
            Aggregate::Collect(expression) => Sums::Listed(expression, Vec::new(), Seen::default()),
            Aggregate::Of { function: AggregateFunction::Count, argument: None, .. } => Sums::Rows(Vec::new()),
            Aggregate::Of { function: AggregateFunction::Count, argument: Some(argument), distinct: false, .. } => {
                Sums::Present(argument, Vec::new())
            }
            Aggregate::Of { function: AggregateFunction::Count, argument: Some(argument), distinct: true, .. } => {
                Sums::Different(argument, Vec::new(), Seen::default())
            }
            Aggregate::Of { function, argument, distinct, parameter } => Sums::Any(Accumulators {
                function: *function,
                distinct: *distinct,
                argument: argument.as_ref(),
                parameter: parameter.as_ref(),
                groups: Vec::new(),
            }),
        }
    }

    /// Adds the rows of a batch to their groups, of which there are so many now.
    pub fn add(&mut self, run: &Run<'_>, batch: &Batch, groups: &[u32], count: usize) -> Result<(), Stopped> {
        match self {
            Sums::Rows(sums) => {
                sums.resize(count, 0);
                match (&batch.weights, count) {
                    (_, 1) => sums[0] = sums[0].saturating_add(batch.total()),
                    (None, _) => groups.iter().for_each(|group| sums[*group as usize] += 1),
                    (Some(weights), _) => {
                        for (group, weight) in groups.iter().zip(weights) {
                            let sum = &mut sums[*group as usize];
                            *sum = sum.saturating_add(*weight);
                        }
                    }
                }
            }
            Sums::Present(expression, sums) => {
                sums.resize(count, 0);
                let column = run.looked_at(expression, batch)?;
                for (row, group) in groups.iter().enumerate() {
                    if !column.is_null(row) {
                        let sum = &mut sums[*group as usize];
                        *sum = sum.saturating_add(batch.weight(row));
                    }
                }
            }
            Sums::Different(expression, sums, seen) => {
                sums.resize(count, 0);
                let column = run.looked_at(expression, batch)?;
                for (row, group) in groups.iter().enumerate() {
                    if !column.is_null(row) && seen.is_new(*group, &column, row) {
                        sums[*group as usize] += 1;
                    }
                }
                run.guard.made_many(seen.len(), 0, size_of::<u64>() * 2, DOING)?;
            }
            Sums::Any(accumulators) => accumulators.add(run, batch, groups, count)?,
            Sums::Listed(expression, lists, seen) => {
                lists.resize(count, Vec::new());
                let column = run.looked_at(expression, batch)?;
                for (row, group) in groups.iter().enumerate() {
                    if !column.is_null(row) && seen.is_new(*group, &column, row) {
                        lists[*group as usize].push(column.value(row));
                    }
                }
                run.guard.made_many(seen.len(), 0, size_of::<Value>(), DOING)?;
            }
        }
        Ok(())
    }

    /// The value of each group.
    pub fn finish(self, run: &Run<'_>, count: usize) -> Result<Column, Stopped> {
        Ok(match self {
            Sums::Rows(mut sums) | Sums::Present(_, mut sums) | Sums::Different(_, mut sums, _) => {
                sums.resize(count, 0);
                Column::Integers(sums.into_iter().map(|sum| i64::try_from(sum).unwrap_or(i64::MAX)).collect())
            }
            Sums::Any(accumulators) => accumulators.finish(run, count)?,
            Sums::Listed(_, mut lists, _) => {
                lists.resize(count, Vec::new());
                Column::Values(lists.into_iter().map(Value::List).collect())
            }
        })
    }
}

/// An aggregate with a state of its own for each group.
pub(super) struct Accumulators<'q> {
    function: AggregateFunction,
    distinct: bool,
    argument: Option<&'q Expression>,
    parameter: Option<&'q Expression>,
    groups: Vec<Accumulator>,
}

impl Accumulators<'_> {
    fn place(&self) -> Written {
        match self.argument {
            Some(Expression::Property(.., written) | Expression::Call(.., written) | Expression::Arithmetic(.., written)) => *written,
            _ => Written::default(),
        }
    }

    /// An accumulator more; its parameter is that of a row.
    fn more(&mut self, run: &Run<'_>, batch: &Batch, row: usize) -> Result<(), Stopped> {
        let parameter = self.parameter.map(|parameter| run.value(parameter, batch, row)).transpose()?;
        let accumulator = Accumulator::new(self.function, self.distinct, parameter.as_ref()).map_err(|fault| fault.at(self.place()))?;
        self.groups.push(accumulator);
        Ok(())
    }

    fn add(&mut self, run: &Run<'_>, batch: &Batch, groups: &[u32], count: usize) -> Result<(), Stopped> {
        let column = self.argument.map(|argument| run.looked_at(argument, batch)).transpose()?;
        let place = self.place();
        for (row, group) in groups.iter().enumerate() {
            // Groups are numbered as they are first seen.
            if *group as usize >= self.groups.len() {
                self.more(run, batch, row)?;
            }
            let accumulator = &mut self.groups[*group as usize];
            match &column {
                None => accumulator.add_rows(batch.weight(row)),
                Some(column) => {
                    column.look(row, |value| accumulator.add_many(value, batch.weight(row))).map_err(|fault| fault.at(place))?;
                }
            }
        }
        run.guard.made_many(count, 0, size_of::<Accumulator>(), DOING)
    }

    fn finish(mut self, run: &Run<'_>, count: usize) -> Result<Column, Stopped> {
        while self.groups.len() < count {
            self.more(run, &Batch::unit(false), 0)?;
        }
        let place = self.place();
        let values: Result<Vec<Value>, Stopped> =
            self.groups.into_iter().map(|group| group.finish().map_err(|fault| fault.at(place))).collect();
        Ok(Column::Values(values?))
    }
}
