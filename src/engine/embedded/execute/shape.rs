//! Shape: operators that keep, compute, unite and order rows.

use std::cmp::Ordering;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::algebra::{Aggregate, AggregateFunction, Condition, Expression, Operator, SortKey, VariableId, Written};
use crate::model::{RelationId, Truth, Value};

use super::super::evaluate::Fault;
use super::super::evaluate::aggregate::Accumulator;
use super::super::order;
use super::super::row::Row;
use super::Run;
use crate::engine::limits::Stopped;

impl Run<'_> {
    pub(super) fn asserted(&self, input: Vec<Row>, relations: &[VariableId]) -> Result<Vec<Row>, Stopped> {
        let mut rows = Vec::with_capacity(input.len());
        for row in input {
            self.guard.tick("leaving out denials")?;
            let denied: Vec<RelationId> = relations
                .iter()
                .filter_map(|variable| match row.values[variable.index()] {
                    Value::Relation(id) if self.graph.is_denied(id) => Some(id),
                    _ => None,
                })
                .collect();
            let row_unknown = row.unknown;
            if denied.is_empty() {
                rows.push(row);
                continue;
            }
            if !row_unknown {
                self.denied.borrow_mut().extend(denied.into_iter().map(|id| self.graph.statement_id(id)));
            }
        }
        Ok(rows)
    }

    pub(super) fn filter(&self, input: &Operator, conditions: &[Condition]) -> Result<Vec<Row>, Stopped> {
        let strict: Vec<Option<Expression>> =
            conditions.iter().map(|condition| condition.expression.is_lenient().then(|| condition.expression.strict())).collect();
        let mut rows = Vec::new();
        for mut row in self.rows(input)? {
            self.guard.tick("testing conditions")?;
            let mut all = Truth::True;
            for condition in conditions {
                all = all.and(self.evaluator.truth(&condition.expression, &self.scope(&row, input))?);
                if all == Truth::False {
                    break;
                }
            }
            match all {
                Truth::True => {
                    for condition in strict.iter().flatten() {
                        let surely = self.evaluator.truth(condition, &self.scope(&row, input))? == Truth::True;
                        row.certain &= surely;
                    }
                    rows.push(row);
                }
                Truth::Unknown if self.counts_unknown => {
                    row.unknown = true;
                    rows.push(row);
                }
                Truth::Unknown | Truth::False => {}
            }
        }
        if strict.iter().any(Option::is_some) {
            self.evaluator.forget();
        }
        Ok(rows)
    }

    pub(super) fn project(&self, input: &Operator, items: &[(VariableId, Expression)]) -> Result<Vec<Row>, Stopped> {
        let mut rows = self.rows(input)?;
        for row in &mut rows {
            self.guard.tick("computing columns")?;
            for (variable, expression) in items {
                let value = self.evaluator.value(expression, &self.scope(row, input))?;
                row.values[variable.index()] = value;
            }
        }
        Ok(rows)
    }

    pub(super) fn unwind(&self, input: &Operator, list: &Expression, element: VariableId, keep_empty: bool) -> Result<Vec<Row>, Stopped> {
        const DOING: &str = "unfolding lists";
        let mut rows = Vec::new();
        for row in self.rows(input)? {
            let list = self.evaluator.value(list, &self.scope(&row, input))?;
            if list.members().is_empty() && keep_empty {
                self.push(&mut rows, row.with(element.index(), Value::Null), DOING)?;
            }
            for member in list.members() {
                self.push(&mut rows, row.with(element.index(), member.clone()), DOING)?;
            }
        }
        Ok(rows)
    }

    /// What two rows have in common that agree in these variables.
    pub(super) fn key(&self, row: &Row, keys: &[VariableId]) -> Vec<u8> {
        let mut key = Vec::new();
        keys.iter().for_each(|variable| order::write_key(&row.values[variable.index()], &mut key));
        key
    }

    pub(super) fn distinct(&self, input: Vec<Row>, keys: &[VariableId]) -> Result<Vec<Row>, Stopped> {
        let mut places: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut rows: Vec<Row> = Vec::new();
        for row in input {
            self.guard.tick("uniting equal rows")?;
            match places.entry(self.key(&row, keys)) {
                Entry::Occupied(known) => {
                    let first = &mut rows[*known.get()];
                    match (first.unknown, row.unknown) {
                        (false, true) => {}
                        (true, false) => *first = Row { weight: 1, ..row },
                        _ => {
                            first.unite(&row);
                            first.certain |= row.certain;
                        }
                    }
                }
                Entry::Vacant(place) => {
                    place.insert(rows.len());
                    rows.push(Row { weight: 1, ..row });
                }
            }
        }
        Ok(rows)
    }

    /// Rows that agree in these variables as one that stands for all of them; only these variables stay bound.
    pub(super) fn merge(&self, input: Vec<Row>, keys: &[VariableId]) -> Result<Vec<Row>, Stopped> {
        let mut places: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut rows: Vec<Row> = Vec::new();
        let outside = self.argument();
        for row in input {
            self.guard.tick("uniting equal rows")?;
            let at = *places.entry(self.key(&row, keys)).or_insert_with(|| {
                let mut merged = Row { support: Vec::new(), cited: Vec::new(), weight: 0, ..outside.clone() };
                keys.iter().for_each(|variable| merged.values[variable.index()] = row.values[variable.index()].clone());
                rows.push(merged);
                rows.len() - 1
            });
            rows[at].weight = rows[at].weight.saturating_add(row.weight);
            rows[at].certain &= row.certain;
            rows[at].unite(&row);
        }
        Ok(rows)
    }

    /// Takes out the rows for which a condition is unknown, and counts them.
    pub(super) fn without_unknown(&self, mut rows: Vec<Row>) -> Vec<Row> {
        let before = rows.len();
        rows.retain(|row| !row.unknown);
        self.unknown.set(self.unknown.get() + before - rows.len());
        rows
    }

    pub(super) fn group(&self, input: &Operator, keys: &[VariableId], aggregates: &[(VariableId, Aggregate)]) -> Result<Vec<Row>, Stopped> {
        let rows = self.rows(input)?;
        let mut places: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut groups: Vec<(Row, Vec<&Row>)> = Vec::new();
        // What surrounds a subquery is the same for all its rows.
        let outside = Row { support: Vec::new(), cited: Vec::new(), ..self.argument() };
        if keys.is_empty() {
            places.insert(Vec::new(), 0);
            groups.push((outside.clone(), Vec::new()));
        }
        for row in &rows {
            self.guard.tick("grouping rows")?;
            let at = *places.entry(self.key(row, keys)).or_insert_with(|| {
                let mut group = outside.clone();
                keys.iter().for_each(|variable| group.values[variable.index()] = row.values[variable.index()].clone());
                groups.push((group, Vec::new()));
                groups.len() - 1
            });
            groups[at].1.push(row);
        }
        let collects =
            |aggregate: &Aggregate| matches!(aggregate, Aggregate::Of { function: AggregateFunction::Collect, distinct: false, .. });
        let only_collects = !keys.is_empty() && !aggregates.is_empty() && aggregates.iter().all(|(_, aggregate)| collects(aggregate));
        let mut made = Vec::with_capacity(groups.len());
        for (mut group, members) in groups {
            group.grouped = true;
            group.weight = 1;
            // A count speaks of all its members: it is certain only if each of them is. What is only collected is there for
            // sure if one of them is, as where equal rows are united.
            group.certain = if only_collects { members.iter().any(|row| row.certain) } else { members.iter().all(|row| row.certain) };
            let mut support: Vec<RelationId> = members.iter().flat_map(|row| row.support.iter().chain(&row.cited).copied()).collect();
            support.sort_unstable();
            support.dedup();
            group.support = support;
            for (variable, aggregate) in aggregates {
                group.values[variable.index()] = self.aggregate(aggregate, &group, &members, input)?;
            }
            made.push(group);
        }
        Ok(made)
    }

    fn aggregate(&self, aggregate: &Aggregate, group: &Row, members: &[&Row], input: &Operator) -> Result<Value, Stopped> {
        if let Aggregate::Of { function, argument, distinct, parameter } = aggregate {
            let place = argument.as_ref().map_or_else(Written::default, written);
            let first = members.first().copied().unwrap_or(group);
            let parameter = parameter.as_ref().map(|parameter| self.evaluator.value(parameter, &self.scope(first, input))).transpose()?;
            let at = |fault: Fault| fault.at(place);
            let mut accumulator = Accumulator::new(*function, *distinct, parameter.as_ref()).map_err(at)?;
            for row in members {
                self.guard.tick("grouping rows")?;
                match argument {
                    None => accumulator.add_rows(row.weight),
                    Some(argument) => {
                        let value = self.evaluator.value(argument, &self.scope(row, input))?;
                        accumulator.add_many(&value, row.weight).map_err(at)?;
                    }
                }
            }
            return accumulator.finish().map_err(at);
        }
        let (Aggregate::CountDistinct(expression) | Aggregate::Collect(expression)) = aggregate else { return Ok(Value::Null) };
        let mut seen = HashSet::new();
        let mut values = Vec::new();
        for row in members {
            self.guard.tick("grouping rows")?;
            let value = self.evaluator.value(expression, &self.scope(row, input))?;
            if !value.is_null() && seen.insert(order::key(&value)) {
                values.push(value);
            }
        }
        Ok(match aggregate {
            Aggregate::CountDistinct(_) => Value::Integer(i64::try_from(values.len()).unwrap_or(i64::MAX)),
            _ => Value::List(values),
        })
    }

    pub(super) fn sort(&self, input: &Operator, keys: &[SortKey], columns: &[VariableId]) -> Result<Vec<Row>, Stopped> {
        let rows = self.rows(input)?;
        self.guard.look("sorting")?;
        let mut keyed: Vec<(Vec<Value>, Row)> = Vec::with_capacity(rows.len());
        for row in rows {
            let values: Result<_, Stopped> =
                keys.iter().map(|key| self.evaluator.value(&key.expression, &self.scope(&row, input))).collect();
            keyed.push((values?, row));
        }
        keyed.sort_by(|(left_keys, left), (right_keys, right)| {
            let by_keys = keys.iter().zip(left_keys.iter().zip(right_keys)).map(|(key, (left, right))| self.by_key(key, left, right));
            by_keys.fold(Ordering::Equal, Ordering::then).then_with(|| self.general_order(left, right, columns))
        });
        Ok(keyed.into_iter().map(|(_, row)| row).collect())
    }

    fn by_key(&self, key: &SortKey, left: &Value, right: &Value) -> Ordering {
        let (order, stays) = if key.absent_last {
            // Absent values come last either way.
            (order::compare(self.graph, left, right), left.is_null() || right.is_null())
        } else {
            (order::orderability(left, right), false)
        };
        if key.descending && !stays { order.reverse() } else { order }
    }

    /// The order behind every other: the first column, the first supporting statement, the other columns. Patterns have none.
    fn general_order(&self, left: &Row, right: &Row, columns: &[VariableId]) -> Ordering {
        if columns.is_empty() {
            return Ordering::Equal;
        }
        let by = |variable: &VariableId| order::compare(self.graph, &left.values[variable.index()], &right.values[variable.index()]);
        let statement = |row: &Row| row.support.iter().map(|relation| self.graph.statement_id(*relation)).min();
        let first = columns.first().map_or(Ordering::Equal, by);
        let rest = || columns.iter().skip(1).map(by).fold(Ordering::Equal, Ordering::then);
        first.then_with(|| if left.grouped { Ordering::Equal } else { statement(left).cmp(&statement(right)) }).then_with(rest)
    }
}

/// Where an expression stands that can fail by itself.
fn written(expression: &Expression) -> Written {
    match expression {
        Expression::Property(.., written) | Expression::Call(.., written) | Expression::Arithmetic(.., written) => *written,
        _ => Written::default(),
    }
}

/// The rows, resting on the relations that one variable lists and citing those that another does.
pub(super) fn cite(mut rows: Vec<Row>, support: Option<VariableId>, cited: Option<VariableId>) -> Vec<Row> {
    let listed = |row: &Row, variable: Option<VariableId>| -> Vec<RelationId> {
        let members = variable.and_then(|variable| row.values.get(variable.index())).map(Value::members).unwrap_or_default();
        let relations = members.iter().filter_map(|member| match member {
            Value::Relation(id) => Some(*id),
            _ => None,
        });
        let mut relations: Vec<RelationId> = relations.collect();
        relations.sort_unstable();
        relations.dedup();
        relations
    };
    for row in &mut rows {
        (row.support, row.cited) = (listed(row, support), listed(row, cited));
        row.grouped = false;
    }
    rows
}

/// Part of the rows, each counted as often as it stands for.
pub(super) fn slice(rows: Vec<Row>, skip: u64, limit: Option<u64>) -> Vec<Row> {
    let (mut skip, mut left) = (skip, limit.unwrap_or(u64::MAX));
    let mut kept = Vec::new();
    for mut row in rows {
        let skipped = skip.min(row.weight);
        skip -= skipped;
        row.weight = (row.weight - skipped).min(left);
        left -= row.weight;
        if row.weight > 0 {
            kept.push(row);
        }
        if left == 0 {
            break;
        }
    }
    kept
}
