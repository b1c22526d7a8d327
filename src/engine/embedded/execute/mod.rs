//! Execute: the rows of each operator, from those of its inputs: simply, one operator after the other.

mod joins;
mod over;
mod procedures;
mod scans;
mod scope;
mod shape;
mod shortest;
mod steps;
mod trails;

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

use crate::algebra::{Operator, VariableId};
use crate::model::{StatementId, Value, Vocabulary};
use crate::store::Graph;

use super::evaluate::Evaluator;
use super::row::Row;
use crate::engine::limits::{Guard, Stopped};
use scope::Scope;

/// One run of a query.
pub(super) struct Run<'a> {
    pub graph: &'a Graph,
    pub vocabulary: &'a dyn Vocabulary,
    pub guard: &'a Guard<'a>,
    pub evaluator: Evaluator<'a>,
    variables: usize,
    /// Whether rows for which a condition is unknown go on to be counted: they do where something counts them.
    counts_unknown: bool,
    denied: RefCell<HashSet<StatementId>>,
    unknown: Cell<usize>,
    /// The rows that the subqueries under way are made for, the innermost last, with the variables that they bind.
    arguments: RefCell<Vec<(Row, Rc<HashSet<VariableId>>)>>,
}

impl<'a> Run<'a> {
    /// A run of the query that has this root and so many variables.
    pub fn new(graph: &'a Graph, vocabulary: &'a dyn Vocabulary, guard: &'a Guard<'a>, variables: usize, root: &Operator) -> Run<'a> {
        Run {
            graph,
            vocabulary,
            guard,
            evaluator: Evaluator::new(graph, vocabulary, guard),
            variables,
            counts_unknown: scope::holds_known(root),
            denied: RefCell::default(),
            unknown: Cell::new(0),
            arguments: RefCell::default(),
        }
    }

    /// Statements met so far that deny.
    pub fn denied(&self) -> usize {
        self.denied.borrow().len()
    }

    /// Rows left out so far because a condition is unknown for them.
    pub fn unknown(&self) -> usize {
        self.unknown.get()
    }

    /// The rows of the whole query, each as often as it counts.
    pub fn answer(&self, root: &Operator) -> Result<Vec<Row>, Stopped> {
        let rows = self.rows(root)?;
        if rows.iter().all(|row| row.weight == 1) {
            return Ok(rows);
        }
        let mut repeated = Vec::new();
        for mut row in rows {
            let weight = std::mem::replace(&mut row.weight, 1);
            for _ in 0..weight {
                self.push(&mut repeated, row.clone(), "making rows")?;
            }
        }
        Ok(repeated)
    }

    /// The rows of an operator, in the order in which it makes them.
    pub fn rows(&self, operator: &Operator) -> Result<Vec<Row>, Stopped> {
        match operator {
            Operator::Unit => Ok(vec![Row::empty(self.variables)]),
            Operator::Argument => Ok(vec![self.argument()]),
            Operator::Entities { input, entity, selection } => self.entities(input, *entity, selection),
            Operator::Given { entity, members, .. } => self.given(*entity, members),
            Operator::Expand { input, from, relation, to, routes, unlike } => self.expand(input, (*from, *relation, *to), routes, unlike),
            Operator::Trail { input, from, relations, to, routes, least, most, unlike, each } => {
                let trail = trails::Trail {
                    ends: (*from, *relations, *to),
                    routes,
                    least: *least,
                    most: *most,
                    unlike,
                    each: each.as_ref().map(|(variable, condition)| (*variable, condition.as_ref())),
                };
                self.trail(input, &trail)
            }
            Operator::Weigh { input, from, to, routes, kinds, unlike } => self.weigh(input, (*from, *to), routes, kinds, unlike),
            Operator::Merge { input, keys } => self.merge(self.rows(input)?, keys),
            Operator::Meet { input, arms, to, kinds } => self.meet(&self.rows(input)?, arms, *to, kinds),
            Operator::Reach { input, from, to, routes, least, most } => self.reach(input, (*from, *to), routes, (*least, *most)),
            Operator::Signatures { from, relation_type, to } => self.signatures(*from, *relation_type, *to),
            Operator::Call { input, procedure, arguments, yields } => self.call(input, *procedure, arguments, yields),
            Operator::Apply { left, right, mode } => self.apply(left, right, *mode),
            Operator::Mentions { input, entity, relation, from, to } => self.mentions(&self.rows(input)?, *entity, (*from, *relation, *to)),
            Operator::Relations { relations, relation, from, to } => self.relations(relations, (*from, *relation, *to)),
            Operator::Asserted { input, relations } => self.asserted(self.rows(input)?, relations),
            Operator::Filter { input, conditions } => self.filter(input, conditions),
            Operator::Known { input } => Ok(self.without_unknown(self.rows(input)?)),
            Operator::Paths { input, from, to, path, hops } => {
                let ends = if hops.parallel { self.rows(input)? } else { self.ends_of_paths(input)? };
                self.paths(&ends, (*from, *to, *path), hops)
            }
            Operator::Around { input, centre, entity, distance, routes, within } => {
                self.around(&self.rows(input)?, (*centre, *entity, *distance), routes, *within)
            }
            Operator::Find { words, entity, matched, place, score } => self.find(words, (*entity, *matched, *place, *score)),
            Operator::About { input, entity, statements, cited } => self.about(self.rows(input)?, *entity, *statements, *cited),
            Operator::Project { input, items } => self.project(input, items),
            Operator::Unwind { input, list, element, keep_empty } => self.unwind(input, list, *element, *keep_empty),
            Operator::Distinct { input, keys } => self.distinct(self.rows(input)?, keys),
            Operator::Group { input, keys, aggregates } => self.group(input, keys, aggregates),
            Operator::Join { left, right, on, mode } => self.join(&self.rows(left)?, &self.rows(right)?, on, *mode),
            Operator::Union { inputs } => {
                let mut rows = Vec::new();
                for input in inputs {
                    rows.append(&mut self.rows(input)?);
                }
                Ok(rows)
            }
            Operator::Sort { input, keys, columns } => self.sort(input, keys, columns),
            Operator::Cite { input, support, cited } => Ok(shape::cite(self.rows(input)?, *support, *cited)),
            Operator::Slice { input, skip, limit } => Ok(shape::slice(self.rows(input)?, *skip, *limit)),
        }
    }

    /// Adds a row to those that a step makes, under the limits.
    pub fn push(&self, rows: &mut Vec<Row>, row: Row, doing: &'static str) -> Result<(), Stopped> {
        rows.push(row);
        self.guard.made(rows.len(), size_of::<Row>() + self.variables * size_of::<Value>(), doing)
    }

    /// The bindings of a row that an operator makes, for the expressions of the operator above it.
    pub fn scope<'r>(&'r self, row: &'r Row, below: &'r Operator) -> Scope<'r, 'a> {
        Scope { run: self, row, below }
    }

    /// The row that the innermost subquery is made for; outside of all, a row that binds nothing.
    fn argument(&self) -> Row {
        self.arguments.borrow().last().map_or_else(|| Row::empty(self.variables), |(row, _)| row.clone())
    }
}
