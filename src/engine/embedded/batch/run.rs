//! Run: one run of a query by the batch engine, and what its cursors share.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use crate::algebra::{Expression, Operator, Query, SubqueryKind, VariableId};
use crate::engine::limits::{Guard, Stopped};
use crate::model::{RelationId, StatementId, Truth, Value, Vocabulary};
use crate::store::Graph;

use super::super::evaluate::{Bindings, Evaluator, Local, Subqueries};
use super::super::execute;
use super::super::row::Row;
use super::Boxed;
use super::column::Column;
use super::compile::{Compiler, Inner};
use super::memo::Memo;
use super::needs::Needs;
use super::profile::Profile;
use super::rows::{Batch, BatchRow};

const MAKING: &str = "making the rows";
const COMPUTING: &str = "computing values";

/// What is wanted of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine::embedded) enum Demand {
    /// The values of the rows.
    Rows,
    /// What supports each row too, whether it is certain, and how many were left out as unknown or denied.
    Evidence,
}

/// One run of a query.
pub(in crate::engine::embedded) struct Run<'a> {
    pub graph: &'a Graph,
    pub vocabulary: &'a dyn Vocabulary,
    pub guard: &'a Guard<'a>,
    pub demand: Demand,
    pub variables: usize,
    /// How many rows a batch has at most, more or less.
    pub batch: usize,
    evaluator: Evaluator<'a>,
    denied: RefCell<HashSet<StatementId>>,
    unknown: Cell<usize>,
    /// The plans of the subqueries that stand in expressions, by where they are in memory.
    inner: RefCell<HashMap<usize, Inner<'a>>>,
}

impl<'a> Run<'a> {
    pub fn new(
        graph: &'a Graph,
        vocabulary: &'a dyn Vocabulary,
        guard: &'a Guard<'a>,
        variables: usize,
        (demand, batch): (Demand, usize),
    ) -> Run<'a> {
        let evaluator = Evaluator::new(graph, vocabulary, guard);
        let (denied, unknown, inner) = (RefCell::default(), Cell::new(0), RefCell::default());
        Run { graph, vocabulary, guard, demand, variables, batch, evaluator, denied, unknown, inner }
    }

    /// The plain values of a query's rows, one for each column.
    ///
    /// # Errors
    /// Why it was stopped before its end.
    pub fn values(&self, query: &'a Query, profile: Option<&Profile>) -> Result<Vec<Vec<Value>>, Stopped> {
        let mut cursor = self.compile(query, profile);
        let columns: Vec<usize> = query.columns.iter().map(|column| column.variable.index()).collect();
        // A query that is stopped lets go of columns at once, of rows one by one: they are made at last.
        let (mut held, mut count) = (Vec::new(), 0_usize);
        while let Some(batch) = cursor.next(self, self.batch)? {
            let total = batch.total();
            self.guard.made_many(count, total, columns.len() * size_of::<Value>(), MAKING)?;
            count = count.saturating_add(usize::try_from(total).unwrap_or(usize::MAX));
            held.push(batch);
        }
        let mut rows: Vec<Vec<Value>> = Vec::with_capacity(held.iter().map(|batch| batch.length).sum());
        for batch in held {
            batch.into_values(&columns, &mut rows, || self.guard.work(1, MAKING))?;
        }
        Ok(rows)
    }

    /// The rows of a query with what supports them.
    ///
    /// # Errors
    /// Why it was stopped before its end.
    pub fn rows(&self, query: &'a Query) -> Result<Vec<Row>, Stopped> {
        let mut cursor = self.compile(query, None);
        let each = size_of::<Row>() + self.variables * size_of::<Value>();
        let (mut held, mut count) = (Vec::new(), 0_usize);
        while let Some(batch) = cursor.next(self, self.batch)? {
            let total = batch.total();
            self.guard.made_many(count, total, each, MAKING)?;
            count = count.saturating_add(usize::try_from(total).unwrap_or(usize::MAX));
            held.push(batch);
        }
        let mut rows: Vec<Row> = Vec::with_capacity(held.iter().map(|batch| batch.length).sum());
        for batch in held {
            self.guard.work(batch.length, MAKING)?;
            rows.extend(batch.into_rows(self.variables));
        }
        Ok(rows)
    }

    /// How many rows a query has, no further than just beyond `most`, and why it stopped before their end, if it did.
    pub fn counted(&self, query: &'a Query, most: u64) -> (u64, Option<Stopped>) {
        let mut cursor = self.compile(query, None);
        const FEW: usize = 64;
        let mut count = 0_u64;
        while count <= most {
            let want = usize::try_from(most - count + 1).unwrap_or(self.batch).clamp(FEW.min(self.batch), self.batch);
            match cursor.next(self, want) {
                Ok(Some(batch)) => count = count.saturating_add(batch.total()),
                Ok(None) => break,
                Err(stopped) => return (count, Some(stopped)),
            }
        }
        (count, None)
    }

    /// The same of the different values in a place of the rows.
    pub fn counted_different(&self, query: &'a Query, place: usize, most: u64) -> (u64, Option<Stopped>) {
        let mut cursor = self.compile(query, None);
        let mut seen: HashSet<Vec<u8>> = HashSet::new();
        while seen.len() as u64 <= most {
            let batch = match cursor.next(self, self.batch) {
                Ok(Some(batch)) => batch,
                Ok(None) => break,
                Err(stopped) => return (seen.len() as u64, Some(stopped)),
            };
            for row in 0..batch.length {
                let mut key = Vec::new();
                super::super::order::write_key(&batch.column(place).value(row), &mut key);
                seen.insert(key);
            }
        }
        (seen.len() as u64, None)
    }

    fn compile(&self, query: &'a Query, profile: Option<&Profile>) -> Boxed<'a> {
        let mut needs = Needs::default().and(&query.columns.iter().map(|column| column.variable).collect::<Vec<_>>());
        if let crate::algebra::Layout::Pivot { row, across, relations, .. } = &query.layout {
            needs = needs.and(&[*row, *across, *relations]);
        }
        let mut compiler = Compiler::new(self.graph, self.variables, self.demand, profile);
        let cursor = compiler.compile(&query.root, &needs);
        self.inner.borrow_mut().extend(compiler.inner());
        cursor
    }

    /// Statements met so far that deny.
    pub fn denied(&self) -> usize {
        self.denied.borrow().len()
    }

    /// Rows left out so far because a condition is unknown for them.
    pub fn unknown(&self) -> usize {
        self.unknown.get()
    }

    /// Whether all has to be seen, for the denials met on the way are counted.
    pub fn is_thorough(&self) -> bool {
        self.demand == Demand::Evidence && self.graph.has_denials()
    }

    /// Remembers a relation that denies a row which otherwise was certain to be one.
    pub fn deny(&self, relation: RelationId) {
        self.denied.borrow_mut().insert(self.graph.statement_id(relation));
    }

    /// Counts rows that are left out because a condition is unknown for them.
    pub fn leave_out(&self, rows: usize) {
        self.unknown.set(self.unknown.get() + rows);
    }

    /// The value of an expression in a row.
    pub(super) fn value(&self, expression: &Expression, batch: &Batch, row: usize) -> Result<Value, Stopped> {
        self.evaluator.value(expression, &BatchRow { batch, row, run: self })
    }

    /// The outcome of a condition in a row.
    pub(super) fn truth(&self, expression: &Expression, batch: &Batch, row: usize) -> Result<Truth, Stopped> {
        self.evaluator.truth(expression, &BatchRow { batch, row, run: self })
    }

    /// The outcome of a condition that knows one variable more than a row binds.
    pub(super) fn truth_with(
        &self,
        expression: &Expression,
        at: (&Batch, usize),
        variable: VariableId,
        bound: &Value,
    ) -> Result<Truth, Stopped> {
        let under = BatchRow { batch: at.0, row: at.1, run: self };
        self.evaluator.truth(expression, &Local { under: &under, variable, bound })
    }

    /// The values of an expression in all rows.
    pub(super) fn column(&self, expression: &Expression, batch: &Batch) -> Result<Column, Stopped> {
        match expression {
            Expression::Literal(value) => Ok(Column::Same(value.clone())),
            Expression::Variable(variable) => match batch.column(variable.index()) {
                Column::Unbound => Ok(Column::Same(Value::Null)),
                bound => Ok(bound.clone()),
            },
            computed => {
                if let Some((variable, memo)) = Memo::of(computed)
                    && let Some(column) = memo.column(self, computed, batch, variable)?
                {
                    return Ok(column);
                }
                let mut values = Vec::with_capacity(batch.length);
                for row in 0..batch.length {
                    values.push(self.value(computed, batch, row)?);
                    // A path may be as long as the graph.
                    let steps = if let (Expression::Path(_), Some(Value::Path(path))) = (computed, values.last()) {
                        path.steps.len() + 16
                    } else {
                        16
                    };
                    self.guard.work(steps, COMPUTING)?;
                }
                Ok(Column::Values(values))
            }
        }
    }

    /// The values of an expression in all rows, where they stand already if it is a variable.
    pub(super) fn looked_at<'b>(&self, expression: &Expression, batch: &'b Batch) -> Result<Cow<'b, Column>, Stopped> {
        match expression {
            Expression::Variable(variable) => Ok(Cow::Borrowed(batch.column(variable.index()))),
            other => self.column(other, batch).map(Cow::Owned),
        }
    }

    /// The row engine, for the operators that it runs for this one.
    pub fn row_engine(&self) -> execute::Run<'_> {
        execute::Run::new(self.graph, self.vocabulary, self.guard, self.variables, &Operator::Unit)
    }

    /// What an inner plan makes of one row.
    fn pull(&self, inner: &mut Inner<'_>, kind: &SubqueryKind, bindings: &dyn Bindings) -> Result<Value, Stopped> {
        let mut argument = Batch::unit(false);
        for at in &inner.needs {
            argument.bind(*at, Column::Same(bindings.value(VariableId(*at as u16))));
        }
        inner.socket.plug(argument);
        inner.cursor.restart();
        let mut count = 0_u64;
        let mut collected = Vec::new();
        while let Some(batch) = inner.cursor.next(self, if *kind == SubqueryKind::Exists { 1 } else { self.batch })? {
            count = count.saturating_add(batch.total());
            match kind {
                SubqueryKind::Exists if count > 0 && !self.is_thorough() => break,
                SubqueryKind::Collect(expression) => {
                    for row in 0..batch.length {
                        let value = self.value(expression, &batch, row)?;
                        let times = usize::try_from(batch.weight(row)).unwrap_or(usize::MAX);
                        self.guard.made_many(collected.len(), times as u64, size_of::<Value>(), "collecting values")?;
                        collected.extend(std::iter::repeat_n(value, times));
                    }
                }
                SubqueryKind::Exists | SubqueryKind::Count => {}
            }
        }
        Ok(match kind {
            SubqueryKind::Exists => Value::Boolean(count > 0),
            SubqueryKind::Count => Value::Integer(i64::try_from(count).unwrap_or(i64::MAX)),
            SubqueryKind::Collect(_) => Value::List(collected),
        })
    }
}

impl Subqueries for Run<'_> {
    fn subquery(&self, kind: &SubqueryKind, plan: &Operator, bindings: &dyn Bindings) -> Result<Value, Stopped> {
        let key = std::ptr::from_ref(plan) as usize;
        // A plan is taken out while it runs: a plan within it may look for its own.
        let known = self.inner.borrow_mut().remove(&key);
        if let Some(mut inner) = known {
            let value = self.pull(&mut inner, kind, bindings);
            self.inner.borrow_mut().insert(key, inner);
            return value;
        }
        // An expression that was made while the query runs: its plans are compiled for this once. What has a value is bound.
        let mut outside = Needs::default();
        (0..self.variables).filter(|at| !bindings.value(VariableId(*at as u16)).is_null()).for_each(|at| outside.add(at));
        let mut compiler = Compiler::new(self.graph, self.variables, Demand::Rows, None);
        let mut inner = compiler.inner_plan(kind, plan, &outside);
        let value = self.pull(&mut inner, kind, bindings);
        self.evaluator.forget();
        value
    }
}
