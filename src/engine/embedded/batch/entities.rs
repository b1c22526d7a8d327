//! Entities: where rows begin: the empty row, the row that an inner plan is made for, and every entity of a selection.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use crate::algebra::Selection;
use crate::engine::limits::Stopped;
use crate::model::{EntityId, KindId, Value};
use crate::store::Graph;

use super::column::{ABSENT, Column};
use super::rows::Batch;
use super::run::Run;
use super::{Boxed, Cursor};

/// One row that binds nothing.
pub(super) struct Unit {
    pub marked: bool,
    pub served: bool,
}

impl Cursor for Unit {
    fn next(&mut self, _: &Run<'_>, _: usize) -> Result<Option<Batch>, Stopped> {
        let first = !std::mem::replace(&mut self.served, true);
        Ok(first.then(|| Batch::unit(self.marked)))
    }

    fn restart(&mut self) {
        self.served = false;
    }
}

/// Where an inner plan finds the rows that it is made for.
#[derive(Default)]
pub(super) struct Socket {
    rows: RefCell<Batch>,
    /// Rows for which nothing more is asked, by the number in their hidden column.
    settled: RefCell<Vec<bool>>,
    any_settled: Cell<bool>,
}

impl Socket {
    /// Gives the inner plan its rows. It has to be restarted then.
    pub fn plug(&self, rows: Batch) {
        if self.any_settled.replace(false) {
            self.settled.borrow_mut().fill(false);
        }
        self.settled.borrow_mut().resize(rows.length, false);
        *self.rows.borrow_mut() = rows;
    }

    /// The value of a variable in the first row.
    pub fn first(&self, at: usize) -> Value {
        let rows = self.rows.borrow();
        if rows.length > 0 { rows.column(at).value(0) } else { Value::Null }
    }

    /// Says that nothing more is asked for a row.
    pub fn settle(&self, row: usize) {
        if let Some(settled) = self.settled.borrow_mut().get_mut(row) {
            *settled = true;
            self.any_settled.set(true);
        }
    }

    /// Whether nothing more is asked for a row.
    pub fn is_settled(&self, row: i64) -> bool {
        self.any_settled.get() && usize::try_from(row).is_ok_and(|row| self.settled.borrow().get(row).copied().unwrap_or(false))
    }
}

/// The rows that an inner plan is made for.
pub(super) struct Argument {
    pub socket: Rc<Socket>,
    pub columns: Vec<usize>,
    pub served: bool,
}

impl Cursor for Argument {
    fn next(&mut self, _: &Run<'_>, _: usize) -> Result<Option<Batch>, Stopped> {
        if std::mem::replace(&mut self.served, true) {
            return Ok(None);
        }
        let rows = self.socket.rows.borrow();
        let every: Vec<u32> = (0..).take(rows.length).collect();
        Ok(Some(rows.gather(&every, &self.columns)))
    }

    fn restart(&mut self) {
        self.served = false;
    }
}

/// The entities of a selection.
enum Selected {
    Range(Range<u32>),
    List(Vec<u32>),
}

impl Selected {
    fn of(graph: &Graph, selection: &Selection) -> Selected {
        let every = 0..u32::try_from(graph.entity_count()).unwrap_or(ABSENT);
        match selection {
            Selection::Any => Selected::Range(every),
            Selection::Kinds(kinds) => Selected::List(match kinds.as_slice() {
                [one] => graph.entities_of_kind(*one).to_vec(),
                several => every.filter(|entity| is_of(graph, *entity, several)).collect(),
            }),
            Selection::IsA(entity) => Selected::List(graph.descendants(*entity).into_iter().map(|entity| entity.0).collect()),
            Selection::Exactly(entity) => Selected::Range(entity.0..entity.0 + 1),
            Selection::NamePrefix(prefix) => {
                let near = near_prefix(graph, prefix).unwrap_or(every);
                Selected::List(near.filter(|entity| begins(graph, *entity, prefix)).collect())
            }
        }
    }

    fn len(&self) -> usize {
        match self {
            Selected::Range(range) => range.len(),
            Selected::List(list) => list.len(),
        }
    }

    fn extend(&self, part: Range<usize>, numbers: &mut Vec<u32>) {
        match self {
            Selected::Range(range) => numbers.extend((range.start + part.start as u32..).take(part.len())),
            Selected::List(list) => numbers.extend_from_slice(&list[part]),
        }
    }

    fn has(&self, entity: u32) -> bool {
        match self {
            Selected::Range(range) => range.contains(&entity),
            Selected::List(list) => list.binary_search(&entity).is_ok(),
        }
    }
}

/// Whether an entity is of one of these kinds.
pub(super) fn is_of(graph: &Graph, entity: u32, kinds: &[KindId]) -> bool {
    kinds.iter().any(|kind| graph.has_kind(EntityId(entity), *kind))
}

/// Where the entities stand whose names may begin so. Names stand in the order of their folded form, in which the last letter
/// may have been joined to an accent behind it: it is left out of the search.
fn near_prefix(graph: &Graph, prefix: &str) -> Option<Range<u32>> {
    let shorter = prefix.get(..prefix.len().checked_sub(1)?)?;
    prefix.is_ascii().then(|| graph.names_with_prefix(shorter))
}

fn begins(graph: &Graph, entity: u32, prefix: &str) -> bool {
    graph.name(EntityId(entity)).to_lowercase().starts_with(prefix)
}

/// For each row, one row for each entity of a selection; where the variable is bound, the rows whose entity is in it.
pub(super) struct Entities<'q> {
    pub input: Boxed<'q>,
    pub entity: usize,
    pub selection: &'q Selection,
    pub keep: Vec<usize>,
    selected: Option<Selected>,
    current: Option<(Batch, usize, usize)>,
}

impl<'q> Entities<'q> {
    pub fn new(input: Boxed<'q>, entity: usize, selection: &'q Selection, keep: Vec<usize>) -> Entities<'q> {
        Entities { input, entity, selection, keep, selected: None, current: None }
    }

    fn bound(&mut self, run: &Run<'_>, batch: Batch) -> Batch {
        let entities = batch.entities(self.entity);
        let fits = |entity: u32| match self.selection {
            Selection::Any => entity != ABSENT,
            Selection::Kinds(kinds) => entity != ABSENT && is_of(run.graph, entity, kinds),
            Selection::Exactly(exactly) => entity == exactly.0,
            Selection::NamePrefix(prefix) => entity != ABSENT && begins(run.graph, entity, prefix),
            Selection::IsA(_) => self.selected.as_ref().is_some_and(|selected| selected.has(entity)),
        };
        let kept: Vec<u32> = (0..).zip(entities.iter()).filter(|(_, entity)| fits(**entity)).map(|(row, _)| row).collect();
        drop(entities);
        batch.keep(&kept)
    }
}

impl Cursor for Entities<'_> {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        const DOING: &str = "listing entities";
        loop {
            let Some((batch, row, from)) = &mut self.current else {
                let Some(batch) = self.input.next(run, run.batch)? else { return Ok(None) };
                run.guard.work(batch.length, DOING)?;
                let is_bound = batch.column(self.entity).is_bound();
                if self.selected.is_none() && (!is_bound || matches!(self.selection, Selection::IsA(_))) {
                    self.selected = Some(Selected::of(run.graph, self.selection));
                }
                if is_bound {
                    return Ok(Some(self.bound(run, batch)));
                }
                self.current = Some((batch, 0, 0));
                continue;
            };
            let Some(selected) = &self.selected else { return Ok(None) };
            let limit = want.clamp(1, run.batch);
            let (mut rows, mut numbers) = (Vec::new(), Vec::new());
            while *row < batch.length && numbers.len() < limit {
                let part = *from..selected.len().min(*from + limit - numbers.len());
                rows.resize(rows.len() + part.len(), *row as u32);
                selected.extend(part.clone(), &mut numbers);
                *from = part.end;
                if *from >= selected.len() {
                    (*row, *from) = (*row + 1, 0);
                }
            }
            if numbers.is_empty() {
                self.current = None;
                continue;
            }
            run.guard.work(numbers.len(), DOING)?;
            let mut made = batch.gather(&rows, &self.keep);
            made.bind(self.entity, Column::Entities(numbers));
            return Ok(Some(made));
        }
    }

    fn restart(&mut self) {
        self.current = None;
        self.input.restart();
    }
}
