//! Batch: some hundreds of rows at a time, column by column, with their weights and what supports them.

use crate::algebra::VariableId;
use crate::engine::limits::Stopped;
use crate::model::{EntityId, RelationId, Value};

use super::super::evaluate::{Bindings, Subqueries};
use super::super::row::{Row, united};
use super::column::{ABSENT, Column, entity_value};

/// How many rows a batch has at most, more or less.
pub(in crate::engine::embedded) const BATCH: usize = 2048;

static UNBOUND: Column = Column::Unbound;

/// Rows in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Batch {
    /// How many rows.
    pub length: usize,
    /// One column for each variable, as far as they are bound.
    columns: Vec<Column>,
    /// For how many equal rows each stands; one where nothing is said.
    pub weights: Option<Vec<u64>>,
    /// What supports each row, where that is asked for.
    pub marks: Option<Vec<Mark>>,
}

/// What a row rests on.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// The relations that it rests on, ascending, each once.
    pub support: Vec<RelationId>,
    /// Relations that it cites without resting on them, ascending, each once.
    pub cited: Vec<RelationId>,
    /// Whether it certainly is a row.
    pub certain: bool,
    /// Whether it stands for a group.
    pub grouped: bool,
    /// Whether a condition is unknown for it: it only goes on to be counted.
    pub unknown: bool,
}

impl Default for Mark {
    fn default() -> Mark {
        Mark { support: Vec::new(), cited: Vec::new(), certain: true, grouped: false, unknown: false }
    }
}

impl Mark {
    /// Adds a relation to the support.
    pub fn support_by(&mut self, relation: RelationId) {
        if let Err(at) = self.support.binary_search(&relation) {
            self.support.insert(at, relation);
        }
    }

    /// Adds the support and the citations of another row.
    pub fn unite(&mut self, other: &Mark) {
        self.support = united(&self.support, &other.support);
        self.cited = united(&self.cited, &other.cited);
    }

    /// What two joined rows rest on: the support of both, the weaker certainty.
    pub fn joined(&self, other: &Mark) -> Mark {
        let mut mark = self.clone();
        mark.unite(other);
        mark.certain &= other.certain;
        mark.unknown |= other.unknown;
        mark
    }
}

impl Batch {
    /// One row that binds nothing.
    pub fn unit(marked: bool) -> Batch {
        Batch { length: 1, columns: Vec::new(), weights: None, marks: marked.then(|| vec![Mark::default()]) }
    }

    /// The column of a variable.
    pub fn column(&self, at: usize) -> &Column {
        self.columns.get(at).unwrap_or(&UNBOUND)
    }

    /// Takes a column out; the variable is unbound then.
    pub fn take(&mut self, at: usize) -> Column {
        self.columns.get_mut(at).map(std::mem::take).unwrap_or_default()
    }

    /// Binds a variable.
    pub fn bind(&mut self, at: usize, column: Column) {
        if self.columns.len() <= at {
            self.columns.resize(at + 1, Column::Unbound);
        }
        self.columns[at] = column;
    }

    /// For how many equal rows a row stands.
    pub fn weight(&self, row: usize) -> u64 {
        self.weights.as_ref().map_or(1, |weights| weights[row])
    }

    /// For how many rows all rows stand.
    pub fn total(&self) -> u64 {
        self.weights.as_ref().map_or(self.length as u64, |weights| weights.iter().fold(0, |sum, weight| sum.saturating_add(*weight)))
    }

    /// The batch of these rows, in this order, with these columns only; a row may stand there several times.
    pub fn gather(&self, rows: &[u32], columns: &[usize]) -> Batch {
        let mut gathered = Batch { length: rows.len(), ..Batch::default() };
        for at in columns {
            let column = self.column(*at);
            if column.is_bound() {
                gathered.bind(*at, column.gather(rows));
            }
        }
        gathered.weights = self.weights.as_ref().map(|weights| rows.iter().map(|row| weights[*row as usize]).collect());
        gathered.marks = self.marks.as_ref().map(|marks| rows.iter().map(|row| marks[*row as usize].clone()).collect());
        gathered
    }

    /// The same of rows of which each stands there once at most: what they hold is moved, not copied, and this batch is of no use for
    /// them any more.
    pub fn taken(&mut self, rows: impl ExactSizeIterator<Item = u32> + Clone) -> Batch {
        let mut taken = Batch { length: rows.len(), ..Batch::default() };
        taken.columns = self.columns.iter_mut().map(|column| column.taken(rows.clone())).collect();
        taken.weights = self.weights.as_ref().map(|weights| rows.clone().map(|row| weights[row as usize]).collect());
        taken.marks = self.marks.as_mut().map(|marks| rows.map(|row| std::mem::take(&mut marks[row as usize])).collect());
        taken
    }

    /// Keeps these rows, which are ascending and each once.
    pub fn keep(mut self, rows: &[u32]) -> Batch {
        if rows.len() == self.length {
            return self;
        }
        self.taken(rows.iter().copied())
    }

    /// Keeps the first rows only.
    pub fn truncate(&mut self, length: usize) {
        if length >= self.length {
            return;
        }
        self.length = length;
        self.columns.iter_mut().for_each(|column| column.truncate(length));
        if let Some(weights) = &mut self.weights {
            weights.truncate(length);
        }
        if let Some(marks) = &mut self.marks {
            marks.truncate(length);
        }
    }

    /// The places of all its columns.
    pub fn every(&self) -> Vec<usize> {
        (0..self.columns.len()).collect()
    }

    /// Puts a row of another batch in the place of one of this.
    pub fn replace(&mut self, at: usize, other: &Batch, row: usize) {
        for place in 0..self.columns.len().max(other.columns.len()) {
            let mut values = self.take(place).into_values(self.length);
            values[at] = other.column(place).value(row);
            self.bind(place, Column::Values(values));
        }
    }

    /// Takes the rows from a place on out.
    pub fn split(&mut self, at: usize) -> Batch {
        let rows: Vec<u32> = (0..self.length as u32).skip(at).collect();
        let rest = self.gather(&rows, &self.every());
        self.truncate(at);
        rest
    }

    /// Appends the rows of another batch.
    pub fn append(&mut self, mut other: Batch) {
        if self.length == 0 {
            *self = other;
            return;
        }
        let (length, more) = (self.length, other.length);
        for at in 0..self.columns.len().max(other.columns.len()) {
            let mut column = self.take(at);
            let added = other.take(at);
            if !column.is_bound() && added.is_bound() {
                column = Column::Same(Value::Null);
            }
            column.append(length, added, more);
            self.bind(at, column);
        }
        if self.weights.is_some() || other.weights.is_some() {
            let mut weights = self.weights.take().unwrap_or_else(|| vec![1; length]);
            weights.append(&mut other.weights.take().unwrap_or_else(|| vec![1; more]));
            self.weights = Some(weights);
        }
        if let (Some(marks), Some(mut added)) = (&mut self.marks, other.marks) {
            marks.append(&mut added);
        }
        self.length += more;
    }

    /// The numbers of the entities of a variable.
    pub fn entities(&self, at: usize) -> std::borrow::Cow<'_, [u32]> {
        match self.column(at) {
            Column::Entities(numbers) => std::borrow::Cow::Borrowed(numbers),
            other => std::borrow::Cow::Owned((0..self.length).map(|row| other.entity(row)).collect()),
        }
    }

    /// About how many bytes a row takes.
    pub fn bytes_each(&self) -> usize {
        let bytes: usize = self.columns.iter().map(Column::bytes).sum();
        let marks = if self.marks.is_some() { size_of::<Mark>() } else { 0 };
        bytes.checked_div(self.length).unwrap_or(0) + marks + size_of::<u64>()
    }

    /// The rows one by one, each as often as it weighs.
    pub fn into_rows(mut self, variables: usize) -> impl Iterator<Item = Row> {
        (0..self.length).flat_map(move |row| {
            let mut made = self.take_row(row, variables);
            let times = usize::try_from(std::mem::replace(&mut made.weight, 1)).unwrap_or(usize::MAX);
            std::iter::repeat_n(made, times)
        })
    }

    /// Appends the values of the rows in these places, each row as often as it weighs.
    ///
    /// # Errors
    /// Why `tick`, which is called for every row, says that it was stopped.
    pub fn into_values(
        mut self,
        places: &[usize],
        rows: &mut Vec<Vec<Value>>,
        tick: impl Fn() -> Result<(), Stopped>,
    ) -> Result<(), Stopped> {
        let mut columns: Vec<Values> = Vec::with_capacity(places.len());
        for (at, place) in places.iter().enumerate() {
            let is_last = !places[at + 1..].contains(place);
            let column = if is_last { self.take(*place) } else { self.column(*place).clone() };
            columns.push(Values::of(column));
        }
        for row in 0..self.length {
            let made: Vec<Value> = columns.iter_mut().map(|values| values.next(row)).collect();
            for _ in 1..self.weight(row) {
                tick()?;
                rows.push(made.clone());
            }
            tick()?;
            rows.push(made);
        }
        Ok(())
    }

    /// A row by itself, taken out.
    fn take_row(&mut self, row: usize, variables: usize) -> Row {
        let mut made = Row::empty(0);
        made.weight = self.weight(row);
        made.values = (0..variables).map(|at| self.columns.get_mut(at).map_or(Value::Null, |column| column.take_value(row))).collect();
        if let Some(mark) = self.marks.as_mut().map(|marks| std::mem::take(&mut marks[row])) {
            let Mark { support, cited, certain, grouped, unknown } = mark;
            (made.support, made.cited) = (support, cited);
            (made.certain, made.grouped, made.unknown) = (certain, grouped, unknown);
        }
        made
    }

    /// The batch of some rows; of their values only those of the variables that are bound.
    pub fn of_rows(rows: Vec<Row>, bound: &[usize], marked: bool) -> Batch {
        let mut batch = Batch { length: rows.len(), ..Batch::default() };
        for at in bound {
            let values: Vec<Value> = rows.iter().map(|row| row.values[*at].clone()).collect();
            let plain = values.iter().all(|value| matches!(value, Value::Entity(_) | Value::Null));
            let column = if plain && values.iter().any(|value| !value.is_null()) {
                Column::Entities(values.iter().map(|value| if let Value::Entity(entity) = value { entity.0 } else { ABSENT }).collect())
            } else {
                Column::Values(values)
            };
            batch.bind(*at, column);
        }
        if rows.iter().any(|row| row.weight != 1) {
            batch.weights = Some(rows.iter().map(|row| row.weight).collect());
        }
        if marked {
            let mark = |row: Row| Mark {
                support: row.support,
                cited: row.cited,
                certain: row.certain,
                grouped: row.grouped,
                unknown: row.unknown,
            };
            batch.marks = Some(rows.into_iter().map(mark).collect());
        }
        batch
    }
}

/// A row of a batch, as expressions see it.
pub(super) struct BatchRow<'b> {
    pub batch: &'b Batch,
    pub row: usize,
    /// Who runs the subqueries.
    pub run: &'b dyn Subqueries,
}

impl Bindings for BatchRow<'_> {
    fn value(&self, variable: VariableId) -> Value {
        self.batch.column(variable.index()).value(self.row)
    }

    fn borrowed(&self, variable: VariableId) -> Option<&Value> {
        match self.batch.column(variable.index()) {
            Column::Values(values) => Some(&values[self.row]),
            Column::Same(value) => Some(value),
            _ => None,
        }
    }

    fn subqueries(&self) -> Option<&dyn Subqueries> {
        Some(self.run)
    }

    fn entity(&self, variable: VariableId) -> Option<EntityId> {
        match entity_value(self.batch.column(variable.index()).entity(self.row)) {
            Value::Entity(entity) => Some(entity),
            _ => None,
        }
    }
}

/// The values of a column, taken out one after the other.
enum Values {
    Given(std::vec::IntoIter<Value>),
    Made(Column),
}

impl Values {
    fn of(column: Column) -> Values {
        match column {
            Column::Values(values) => Values::Given(values.into_iter()),
            other => Values::Made(other),
        }
    }

    /// The value of a row; to be called for one row after the other.
    fn next(&mut self, row: usize) -> Value {
        match self {
            Values::Given(values) => values.next().unwrap_or(Value::Null),
            Values::Made(column) => column.value(row),
        }
    }
}

/// Rows that are all made already, handed out batch by batch.
#[derive(Debug, Default)]
pub(super) struct Ready {
    rows: Batch,
    from: usize,
}

impl Ready {
    pub fn new(rows: Batch) -> Ready {
        Ready { rows, from: 0 }
    }

    /// The next rows.
    pub fn next(&mut self, want: usize) -> Option<Batch> {
        if self.from >= self.rows.length {
            *self = Ready::default();
            return None;
        }
        let limit = want.clamp(1, BATCH);
        if self.from == 0 && self.rows.length <= limit {
            self.from = self.rows.length;
            return Some(std::mem::take(&mut self.rows));
        }
        let until = self.rows.length.min(self.from + limit);
        let rows = self.from as u32..until as u32;
        self.from = until;
        Some(self.rows.taken(rows))
    }
}
