//! Naive: the rows of a query, clause by clause.

use std::cmp::Ordering;

use super::expressions::{Naive, Outcome, Row, Skip};
use super::query::{Clause, Matching, Projection, Query, Single};
use super::value::Value;

/// More rows than this are too many to look at.
const MOST_ROWS: usize = 2_000;

/// The rows that a query should give.
pub struct Table {
    /// The rows; those that no order tells apart are together in a group.
    pub groups: Vec<Vec<Vec<Value>>>,
}

/// A row with the keys that it is ordered by.
struct Placed {
    keys: Vec<Value>,
    row: Row,
}

impl Naive<'_> {
    /// The rows of a query.
    pub fn table(&self, query: &Query) -> Outcome<Table> {
        let mut rows: Vec<Vec<Value>> = Vec::new();
        for part in &query.parts {
            let groups = self.single(part)?;
            if query.parts.len() == 1 {
                return Ok(Table { groups });
            }
            rows.extend(groups.into_iter().flatten());
        }
        if !query.all {
            rows = once(rows, |left, right| left.iter().zip(right).all(|(left, right)| left.same(right)));
        }
        Ok(Table { groups: vec![rows] })
    }

    fn single(&self, query: &Single) -> Outcome<Vec<Vec<Vec<Value>>>> {
        let mut rows = vec![Row::new()];
        for clause in &query.clauses {
            rows = self.clause(clause, rows)?;
            self.spend(rows.len())?;
            if rows.len() > MOST_ROWS {
                return Err(Skip::TooLong);
            }
        }
        let names: Vec<&String> = query.results.items.iter().map(|(_, name)| name).collect();
        let mut groups: Vec<(Vec<Value>, Vec<Vec<Value>>)> = Vec::new();
        for placed in self.projected(&query.results, rows)? {
            let values = names.iter().map(|name| placed.row[*name].clone()).collect();
            match groups.last_mut() {
                Some((keys, group)) if compare(keys, &placed.keys).is_eq() => group.push(values),
                _ => groups.push((placed.keys, vec![values])),
            }
        }
        Ok(groups.into_iter().map(|(_, group)| group).collect())
    }

    fn clause(&self, clause: &Clause, rows: Vec<Row>) -> Outcome<Vec<Row>> {
        let mut made = Vec::new();
        match clause {
            Clause::Match { optional, matching } => {
                for row in rows {
                    let found = self.matches(matching, &row)?;
                    if found.is_empty() && *optional {
                        made.push(with_nulls(matching, row));
                    }
                    made.extend(found);
                }
            }
            Clause::Unwind(list, name) => {
                for row in rows {
                    let members = match self.value(list, &row)? {
                        Value::List(members) => members,
                        Value::Null => Vec::new(),
                        _ => return Err(Skip::Senseless),
                    };
                    made.extend(members.into_iter().map(|member| {
                        let mut row = row.clone();
                        row.insert(name.clone(), member);
                        row
                    }));
                }
            }
            Clause::With(projection, condition) => {
                for placed in self.projected(projection, rows)? {
                    let holds = match condition {
                        Some(condition) => self.value(condition, &placed.row)?.truth() == Some(true),
                        None => true,
                    };
                    if holds {
                        made.push(placed.row);
                    }
                }
            }
        }
        Ok(made)
    }

    /// The rows behind `WITH` or `RETURN`, in order.
    fn projected(&self, projection: &Projection, rows: Vec<Row>) -> Outcome<Vec<Placed>> {
        let aggregates = projection.items.iter().any(|(value, _)| value.aggregates());
        let mut made: Vec<(Row, Row)> = Vec::new();
        if aggregates {
            for group in self.groups(projection, rows)? {
                let first = group.first().cloned().unwrap_or_default();
                let row = self.items(projection, &first, Some(&group))?;
                made.push((Row::new(), row));
            }
        } else {
            for row in rows {
                let new = self.items(projection, &row, None)?;
                made.push((row, new));
            }
        }
        if projection.distinct {
            made = once(made, |left, right| left.1.iter().zip(&right.1).all(|(left, right)| left.1.same(right.1)));
        }
        let mut placed = Vec::new();
        for (mut all, row) in made {
            all.extend(row.clone());
            let keys = projection.order.iter().map(|(key, _)| self.value(key, &all)).collect::<Outcome<_>>()?;
            placed.push(Placed { keys, row });
        }
        placed.sort_by(|left, right| {
            let keys = left.keys.iter().zip(&right.keys).zip(&projection.order);
            let orders = keys.map(|((left, right), (_, down))| if *down { right.order(left) } else { left.order(right) });
            orders.fold(Ordering::Equal, Ordering::then)
        });
        Ok(placed.into_iter().skip(projection.skip.unwrap_or(0)).take(projection.limit.unwrap_or(usize::MAX)).collect())
    }

    fn items(&self, projection: &Projection, row: &Row, group: Option<&[Row]>) -> Outcome<Row> {
        projection.items.iter().map(|(value, name)| Ok((name.clone(), self.value_of_group(value, row, group)?))).collect()
    }

    /// The rows that agree in the items that do not aggregate; all rows, be there any or none, where there is no such item.
    fn groups(&self, projection: &Projection, rows: Vec<Row>) -> Outcome<Vec<Vec<Row>>> {
        let keys: Vec<_> = projection.items.iter().map(|(value, _)| value).filter(|value| !value.aggregates()).collect();
        if keys.is_empty() {
            return Ok(vec![rows]);
        }
        let mut groups: Vec<(Vec<Value>, Vec<Row>)> = Vec::new();
        for row in rows {
            let key = keys.iter().map(|key| self.value(key, &row)).collect::<Outcome<Vec<Value>>>()?;
            match groups.iter_mut().find(|(known, _)| known.iter().zip(&key).all(|(left, right)| left.same(right))) {
                Some((_, group)) => group.push(row),
                None => groups.push((key, vec![row])),
            }
        }
        Ok(groups.into_iter().map(|(_, group)| group).collect())
    }
}

fn compare(left: &[Value], right: &[Value]) -> Ordering {
    left.iter().zip(right).map(|(left, right)| left.order(right)).fold(Ordering::Equal, Ordering::then)
}

fn once<T>(things: Vec<T>, same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for thing in things {
        if !kept.iter().any(|known| same(known, &thing)) {
            kept.push(thing);
        }
    }
    kept
}

/// The row where nothing fits: the variables of the patterns are null.
fn with_nulls(matching: &Matching, mut row: Row) -> Row {
    for pattern in &matching.patterns {
        let nodes = std::iter::once(&pattern.start.name).chain(pattern.steps.iter().map(|(_, node)| &node.name));
        let names = nodes.chain(pattern.steps.iter().map(|(step, _)| &step.name)).chain([&pattern.name]);
        for name in names.flatten() {
            row.entry(name.clone()).or_insert(Value::Null);
        }
    }
    row
}
