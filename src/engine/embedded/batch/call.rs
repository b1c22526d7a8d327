//! Call: the rows of a procedure, column by column as it yields them.

use std::rc::Rc;

use crate::algebra::{Expression, Procedure, VariableId};
use crate::engine::limits::Stopped;
use crate::model::Value;

use super::super::order;
use super::super::procedures::{self, Arguments, Columns, Yielded};
use super::column::Column;
use super::keys::QuickMap;
use super::rows::Batch;
use super::run::Run;
use super::{Boxed, Cursor};

const DOING: &str = "running a procedure";

/// For each row, the rows of a procedure, which is run once for rows that give it the same arguments.
pub(super) struct Call<'q> {
    input: Boxed<'q>,
    procedure: Procedure,
    arguments: &'q [Expression],
    /// What the procedure yields and somebody asks for: the position of each column and the place that it is bound to.
    yields: Vec<(usize, usize)>,
    keep: Vec<usize>,
    known: QuickMap<Box<[u8]>, Rc<Columns>>,
    current: Option<Current>,
    made: usize,
}

/// The rows that a procedure is run for, and how far what it yields for one of them has been handed out.
struct Current {
    batch: Batch,
    row: usize,
    yielded: Option<Rc<Columns>>,
    from: usize,
}

impl<'q> Call<'q> {
    pub fn new(
        input: Boxed<'q>,
        (procedure, arguments): (Procedure, &'q [Expression]),
        yields: &[(usize, VariableId)],
        keep: Vec<usize>,
    ) -> Call<'q> {
        let yields = yields.iter().map(|(column, variable)| (*column, variable.index()));
        let yields = yields.filter(|(_, place)| keep.contains(place)).collect();
        Call { input, procedure, arguments, yields, keep, known: QuickMap::default(), current: None, made: 0 }
    }

    /// What the procedure yields for a row.
    fn run(&mut self, run: &Run<'_>, batch: &Batch, row: usize) -> Result<Rc<Columns>, Stopped> {
        let values: Vec<Value> = self.arguments.iter().map(|argument| run.value(argument, batch, row)).collect::<Result<_, Stopped>>()?;
        let mut key = Vec::new();
        values.iter().for_each(|value| order::write_key(value, &mut key));
        if let Some(known) = self.known.get(key.as_slice()) {
            return Ok(Rc::clone(known));
        }
        let called = Arguments { values, graph: run.graph, vocabulary: run.vocabulary, guard: run.guard };
        let columns = Rc::new(procedures::call(self.procedure, &called)?);
        self.known.insert(key.into(), Rc::clone(&columns));
        Ok(columns)
    }
}

/// A part of a column that a procedure yields.
fn part(column: Option<&Yielded>, from: usize, until: usize) -> Column {
    match column {
        Some(Yielded::Entities(numbers)) => Column::Entities(numbers[from..until].to_vec()),
        Some(Yielded::Integers(numbers)) => Column::Integers(numbers[from..until].to_vec()),
        Some(Yielded::Floats(numbers)) => Column::Values(numbers[from..until].iter().map(|number| Value::Float(*number)).collect()),
        Some(Yielded::Values(values)) => Column::Values(values[from..until].to_vec()),
        None => Column::Same(Value::Null),
    }
}

impl Cursor for Call<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        loop {
            let Some(mut current) = self.current.take() else {
                let Some(batch) = self.input.next(run, want)? else { return Ok(None) };
                self.current = Some(Current { batch, row: 0, yielded: None, from: 0 });
                continue;
            };
            if current.row >= current.batch.length {
                continue;
            }
            let yielded = match current.yielded.take() {
                Some(yielded) => yielded,
                None => self.run(run, &current.batch, current.row)?,
            };
            let length = yielded.first().map_or(0, Yielded::len);
            let (from, until) = (current.from, length.min(current.from + want.clamp(1, run.batch)));
            let rows = vec![current.row as u32; until - from];
            let mut batch = current.batch.gather(&rows, &self.keep);
            for (column, place) in &self.yields {
                batch.bind(*place, part(yielded.get(*column), from, until));
            }
            if until < length {
                (current.from, current.yielded) = (until, Some(yielded));
            } else {
                (current.from, current.row) = (0, current.row + 1);
            }
            self.current = Some(current);
            run.guard.made_many(self.made, batch.length as u64, batch.bytes_each(), DOING)?;
            self.made += batch.length;
            if batch.length > 0 {
                return Ok(Some(batch));
            }
        }
    }

    fn restart(&mut self) {
        self.current = None;
        self.made = 0;
        self.input.restart();
    }
}
