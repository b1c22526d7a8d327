//! Pivot: the long rows of `compare` as a table: a line for each entity, a column for each value, and how many columns are too many.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::algebra::{Query, VariableId};
use crate::engine::limits::{Failure, FailureKind, Guard, Stopped};
use crate::model::{Value, counted};
use crate::store::Graph;

use super::order;
use super::row::Row;

/// How many columns a comparison may have: nobody reads more side by side.
const MOST_COLUMNS: usize = 60;
const DOING: &str = "setting rows side by side";

/// The lines and the columns of a comparison.
pub(super) struct Comparison<'r> {
    /// The values that head the columns, in order.
    pub values: Vec<Value>,
    /// The entities in the order of the rows, each with its rows by the column in which they stand.
    pub lines: Vec<(Value, BTreeMap<usize, &'r Row>)>,
}

impl<'r> Comparison<'r> {
    /// Puts rows where they belong.
    ///
    /// # Errors
    /// There are too many columns, or it was stopped.
    pub fn of(
        graph: &Graph,
        query: &Query,
        rows: &'r [Row],
        (row, across): (VariableId, VariableId),
        guard: &Guard<'_>,
    ) -> Result<Comparison<'r>, Stopped> {
        let mut known: HashSet<Vec<u8>> = HashSet::new();
        let mut values: Vec<Value> = Vec::new();
        for long in rows {
            guard.tick(DOING)?;
            let value = &long.values[across.index()];
            if known.insert(order::key(value)) {
                values.push(value.clone());
            }
        }
        if values.len() > MOST_COLUMNS {
            return Err(too_many(query, values.len(), across));
        }
        values.sort_by(|left, right| order::compare(graph, left, right));
        let columns: HashMap<Vec<u8>, usize> = values.iter().enumerate().map(|(at, value)| (order::key(value), at)).collect();
        let mut places: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut lines: Vec<(Value, BTreeMap<usize, &Row>)> = Vec::new();
        for long in rows {
            guard.tick(DOING)?;
            let entity = &long.values[row.index()];
            let at = *places.entry(order::key(entity)).or_insert(lines.len());
            if at == lines.len() {
                lines.push((entity.clone(), BTreeMap::new()));
            }
            if let Some(column) = columns.get(&order::key(&long.values[across.index()])) {
                lines[at].1.insert(*column, long);
            }
        }
        Ok(Comparison { values, lines })
    }
}

fn too_many(query: &Query, columns: usize, across: VariableId) -> Stopped {
    let variable = query.variables.get(across.index()).map_or("", String::as_str);
    let field = variable.strip_prefix("across_").unwrap_or(variable);
    let set = &query.noun.1;
    Stopped::Failed(Box::new(Failure {
        kind: FailureKind::WrongArgument,
        message: format!(
            "the comparison would have {}, one for each value of `{field}`: {MOST_COLUMNS} is the most",
            counted(columns, "column", "columns")
        ),
        help: format!("`count {set} by {field}` counts the values; a condition behind `where`, or `limit 10`, compares fewer"),
        place: (0, 0),
    }))
}

/// Keeps the rows of the first so many different values in a place.
pub(super) fn keep_first(rows: &mut Vec<Row>, place: usize, limit: u64) {
    let mut seen: HashSet<Vec<u8>> = HashSet::new();
    rows.retain(|row| {
        let key = order::key(&row.values[place]);
        seen.contains(&key) || ((seen.len() as u64) < limit && seen.insert(key))
    });
}

#[cfg(test)]
mod tests {
    use super::{Comparison, keep_first};
    use crate::algebra::{Layout, Operator, Query, VariableId, ViewScope};
    use crate::engine::embedded::row::Row;
    use crate::engine::limits::{Guard, Limits, Stopped};
    use crate::formats::embedded;
    use crate::model::Value;

    const PLACES: (VariableId, VariableId) = (VariableId(0), VariableId(1));

    fn long_rows(lines: i64, columns: i64) -> Vec<Row> {
        let row = |line, column| Row { values: vec![Value::Integer(line), Value::Integer(column)], ..Row::empty(2) };
        (0..lines).flat_map(|line| (0..columns).map(move |column| row(line, column))).collect()
    }

    fn compared(rows: &[Row], limits: &Limits) -> Result<(usize, usize), Stopped> {
        let query = Query {
            variables: vec!["symptom".to_owned(), "across_frequency".to_owned()],
            root: Operator::Unit,
            columns: Vec::new(),
            layout: Layout::Rows,
            view: ViewScope::Support,
            noun: ("symptom".to_owned(), "symptoms".to_owned()),
        };
        let knowledge = embedded::oms();
        let made = Comparison::of(&knowledge.graph, &query, rows, PLACES, &Guard::new(limits))?;
        Ok((made.lines.len(), made.values.len()))
    }

    #[test]
    fn more_columns_than_anybody_reads_are_refused() {
        assert_eq!(compared(&long_rows(3, 60), &Limits::default()), Ok((3, 60)));
        let Err(Stopped::Failed(failure)) = compared(&long_rows(3, 61), &Limits::default()) else { panic!("61 columns are too many") };
        assert!(failure.message.contains("61 columns, one for each value of `frequency`"), "{}", failure.message);
        assert!(failure.help.contains("`count symptoms by frequency`"), "{}", failure.help);
    }

    #[test]
    fn a_comparison_can_be_stopped() {
        let limits = Limits::default();
        limits.interrupt.store(true, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(compared(&long_rows(300, 4), &limits), Err(Stopped::Interrupted));
    }

    #[test]
    fn the_first_lines_are_kept_with_all_of_their_rows() {
        let mut rows = long_rows(5, 3);
        keep_first(&mut rows, 0, 2);
        assert_eq!(rows.len(), 6);
    }
}
