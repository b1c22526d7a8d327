//! Columns: what several graphs say under one name, one behind the other or at the places of what it is said of.

use std::sync::Arc;

use crate::model::{EntityId, Measure, Quantity, Value};
use crate::store::{ABSENT, BulkColumn, FastMap};

/// A value whose entities have gone to these places.
pub(super) fn moved_value(value: Value, places: &[u32]) -> Value {
    match value {
        Value::Entity(entity) => Value::Entity(EntityId(places.get(entity.index()).copied().unwrap_or_default())),
        Value::List(values) => Value::List(values.into_iter().map(|value| moved_value(value, places)).collect()),
        other => other,
    }
}

/// A column whose entities have gone to these places.
pub(super) fn moved(column: BulkColumn, places: &[u32]) -> BulkColumn {
    match column {
        BulkColumn::Sparse(values) => BulkColumn::Sparse(values.into_iter().map(|(at, value)| (at, moved_value(value, places))).collect()),
        plain => plain,
    }
}

/// Whether nothing is said in a column.
pub(super) fn is_empty(column: &BulkColumn) -> bool {
    match column {
        BulkColumn::Numbers(numbers) => numbers.is_empty(),
        BulkColumn::Integers(integers) => integers.is_empty(),
        BulkColumn::Texts(codes, _) => codes.is_empty(),
        BulkColumn::Sparse(values) => values.is_empty(),
    }
}

/// Columns one behind the other, each with the position of its first row; ascending.
pub(super) fn joined(parts: Vec<(usize, BulkColumn)>) -> BulkColumn {
    let mut parts: Vec<(usize, BulkColumn)> = parts.into_iter().filter(|(_, column)| !is_empty(column)).collect();
    let is_number = |column: &BulkColumn| matches!(column, BulkColumn::Numbers(_) | BulkColumn::Integers(_));
    if parts.iter().all(|(_, column)| is_number(column)) && !parts.iter().all(|(_, column)| matches!(column, BulkColumn::Integers(_))) {
        parts = parts.into_iter().map(|(first, column)| (first, as_numbers(column))).collect();
    }
    let mut parts = parts.into_iter();
    let Some((first, column)) = parts.next() else {
        return BulkColumn::default();
    };
    let mut whole = shifted(first, column);
    for (first, column) in parts {
        whole = appended(whole, first, column);
    }
    whole
}

/// Whole numbers as numbers, if each of them is one exactly.
fn as_numbers(column: BulkColumn) -> BulkColumn {
    const EXACT: i64 = 1 << 53;
    match column {
        BulkColumn::Integers(integers) if integers.iter().all(|integer| *integer == i64::MIN || integer.abs() <= EXACT) => {
            let number = |integer: i64| if integer == i64::MIN { f64::NAN } else { integer as f64 };
            BulkColumn::Numbers(integers.into_iter().map(number).collect())
        }
        other => other,
    }
}

/// A column whose first row is another.
fn shifted(first: usize, column: BulkColumn) -> BulkColumn {
    if first == 0 {
        return column;
    }
    let empty = match &column {
        BulkColumn::Numbers(_) => BulkColumn::Numbers(Vec::new()),
        BulkColumn::Integers(_) => BulkColumn::Integers(Vec::new()),
        BulkColumn::Texts(..) => BulkColumn::Texts(Vec::new(), Vec::new()),
        BulkColumn::Sparse(_) => BulkColumn::default(),
    };
    appended(empty, first, column)
}

/// A column with another behind it.
fn appended(whole: BulkColumn, first: usize, column: BulkColumn) -> BulkColumn {
    fn behind<T: Clone>(mut whole: Vec<T>, first: usize, absent: T, more: Vec<T>) -> Vec<T> {
        whole.resize(first, absent);
        whole.extend(more);
        whole
    }
    match (whole, column) {
        (BulkColumn::Numbers(whole), BulkColumn::Numbers(more)) => BulkColumn::Numbers(behind(whole, first, f64::NAN, more)),
        (BulkColumn::Integers(whole), BulkColumn::Integers(more)) => BulkColumn::Integers(behind(whole, first, i64::MIN, more)),
        (BulkColumn::Texts(whole, mut texts), BulkColumn::Texts(more, others)) => {
            let codes = recoded(&mut texts, others);
            let more = more.into_iter().map(|code| codes.get(code as usize).copied().unwrap_or(ABSENT)).collect();
            BulkColumn::Texts(behind(whole, first, ABSENT, more), texts)
        }
        (whole, column) => {
            let first = u32::try_from(first).unwrap_or(u32::MAX);
            let mut values = sparse(whole);
            values.extend(sparse(column).into_iter().map(|(at, value)| (at + first, value)));
            BulkColumn::Sparse(values)
        }
    }
}

/// The codes of other texts among these, where the new ones are added.
fn recoded(texts: &mut Vec<String>, others: Vec<String>) -> Vec<u32> {
    let mut known: FastMap<String, u32> = texts.iter().cloned().zip(0u32..).collect();
    others
        .into_iter()
        .map(|text| {
            let next = u32::try_from(texts.len()).unwrap_or(u32::MAX);
            *known.entry(text).or_insert_with_key(|text| {
                texts.push(text.clone());
                next
            })
        })
        .collect()
}

/// The values of a column one by one.
fn sparse(column: BulkColumn) -> Vec<(u32, Value)> {
    let number = |number: f64| Value::Quantity(Quantity::exact(Measure::Number, number));
    match column {
        BulkColumn::Numbers(numbers) => {
            (0u32..).zip(numbers).filter(|(_, value)| !value.is_nan()).map(|(at, value)| (at, number(value))).collect()
        }
        BulkColumn::Integers(integers) => {
            (0u32..).zip(integers).filter(|(_, value)| *value != i64::MIN).map(|(at, value)| (at, Value::Integer(value))).collect()
        }
        BulkColumn::Texts(codes, texts) => {
            let texts: Vec<Arc<str>> = texts.into_iter().map(Arc::from).collect();
            let text = |(at, code): (u32, u32)| Some((at, Value::Text(Arc::clone(texts.get(code as usize)?))));
            (0u32..).zip(codes).filter_map(text).collect()
        }
        BulkColumn::Sparse(values) => values,
    }
}

/// The value of one row; none where nothing is said.
pub(super) fn value_at(column: &BulkColumn, row: u32) -> Option<Value> {
    match column {
        BulkColumn::Numbers(numbers) => {
            let number = numbers.get(row as usize).filter(|number| !number.is_nan())?;
            Some(Value::Quantity(Quantity::exact(Measure::Number, *number)))
        }
        BulkColumn::Integers(integers) => integers.get(row as usize).filter(|integer| **integer != i64::MIN).map(|at| Value::Integer(*at)),
        BulkColumn::Texts(codes, texts) => texts.get(*codes.get(row as usize)? as usize).map(Value::text),
        BulkColumn::Sparse(values) => {
            let at = values.binary_search_by_key(&row, |(at, _)| *at).ok()?;
            Some(values[at].1.clone())
        }
    }
}

/// The rows of a column that are kept, one behind the other. `places` has the new position of each, or [`ABSENT`].
pub(super) fn kept(column: BulkColumn, places: &[u32]) -> BulkColumn {
    fn chosen<T>(items: Vec<T>, places: &[u32]) -> Vec<T> {
        items.into_iter().zip(places).filter(|(_, place)| **place != ABSENT).map(|(item, _)| item).collect()
    }
    match column {
        BulkColumn::Numbers(numbers) => BulkColumn::Numbers(chosen(numbers, places)),
        BulkColumn::Integers(integers) => BulkColumn::Integers(chosen(integers, places)),
        BulkColumn::Texts(codes, texts) => BulkColumn::Texts(chosen(codes, places), texts),
        BulkColumn::Sparse(values) => {
            let place = |(at, value): (u32, Value)| Some((*places.get(at as usize).filter(|place| **place != ABSENT)?, value));
            BulkColumn::Sparse(values.into_iter().filter_map(place).collect())
        }
    }
}

/// What one graph says under a name at the places of what it is said of.
pub(super) fn scattered(column: BulkColumn, places: &[u32], count: usize) -> BulkColumn {
    fn spread<T: Copy>(items: Vec<T>, places: &[u32], count: usize, absent: T) -> Vec<T> {
        let mut all = vec![absent; count];
        for (item, place) in items.into_iter().zip(places) {
            all[*place as usize] = item;
        }
        all
    }
    match column {
        BulkColumn::Numbers(numbers) => BulkColumn::Numbers(spread(numbers, places, count, f64::NAN)),
        BulkColumn::Integers(integers) => BulkColumn::Integers(spread(integers, places, count, i64::MIN)),
        BulkColumn::Texts(codes, texts) => BulkColumn::Texts(spread(codes, places, count, ABSENT), texts),
        BulkColumn::Sparse(values) => {
            let mut values: Vec<(u32, Value)> = values.into_iter().map(|(at, value)| (places[at as usize], value)).collect();
            values.sort_by_key(|(at, _)| *at);
            BulkColumn::Sparse(values)
        }
    }
}

/// What several graphs say under one name, at the places of what it is said of, and what they say otherwise than the first: texts
/// are listed together, of other values the first counts.
pub(super) fn merged(parts: Vec<(usize, BulkColumn)>, lists_all: bool) -> (BulkColumn, Vec<(usize, u32, Value)>) {
    let mut all: Vec<(u32, usize, Value)> = Vec::new();
    for (graph, column) in parts {
        all.extend(sparse(column).into_iter().map(|(at, value)| (at, graph, value)));
    }
    all.sort_by_key(|(at, graph, _)| (*at, *graph));
    let mut values: Vec<(u32, Value)> = Vec::new();
    let mut others = Vec::new();
    for (at, graph, value) in all {
        match values.last_mut() {
            Some((last, known)) if *last == at => {
                if *known == value {
                    continue;
                }
                if lists_all || (is_textual(known) && is_textual(&value)) {
                    *known = listed(known, &value);
                } else {
                    others.push((graph, at, value));
                }
            }
            _ => values.push((at, value)),
        }
    }
    (BulkColumn::Sparse(values), others)
}

fn is_textual(value: &Value) -> bool {
    value.members().iter().all(|member| matches!(member, Value::Text(_)))
}

/// The members of both, each once.
fn listed(known: &Value, more: &Value) -> Value {
    let mut members = known.members().to_vec();
    for member in more.members() {
        if !members.contains(member) {
            members.push(member.clone());
        }
    }
    if members.len() == 1 { members.remove(0) } else { Value::List(members) }
}

#[cfg(test)]
mod tests {
    use crate::model::Value;
    use crate::store::{ABSENT, BulkColumn};

    use super::{joined, sparse, value_at};

    #[test]
    fn columns_stand_one_behind_the_other() {
        let texts =
            |codes: &[u32], texts: &[&str]| BulkColumn::Texts(codes.to_vec(), texts.iter().map(|text| (*text).to_owned()).collect());
        let whole = joined(vec![(0, texts(&[0, ABSENT], &["a"])), (3, texts(&[1, 0], &["a", "b"]))]);
        assert_eq!(sparse(whole), [(0, Value::text("a")), (3, Value::text("b")), (4, Value::text("a"))]);
        let whole = joined(vec![(1, BulkColumn::Integers(vec![7])), (2, BulkColumn::Numbers(vec![0.5]))]);
        assert!(matches!(&whole, BulkColumn::Numbers(numbers) if numbers[0].is_nan() && numbers[1..] == [7.0, 0.5]));
        let whole = joined(vec![(0, BulkColumn::Integers(vec![7])), (1, texts(&[0], &["x"]))]);
        assert_eq!(
            (value_at(&whole, 0), value_at(&whole, 1), value_at(&whole, 2)),
            (Some(Value::Integer(7)), Some(Value::text("x")), None)
        );
    }
}
