//! Compare: whether what the program answers is what the suite expects.

use crate::ask::Table;
use crate::errors::Refusal;
use crate::feature::Expected;
use crate::notation;
use crate::value::Value;

/// Whether an answer is the expected one; else what is wrong with it, its first line first.
///
/// # Errors
/// The difference.
pub fn compare(answer: &Result<Table, Refusal>, expected: &Expected) -> Result<(), String> {
    match (answer, expected) {
        (Ok(_), Expected::Unsaid) => Ok(()),
        (Ok((_, rows)), Expected::Nothing) if rows.is_empty() => Ok(()),
        (Ok(table), Expected::Nothing) => Err(format!("expected no rows, found {}\n{}", table.1.len(), written(table))),
        (Ok(table), Expected::Table { columns, rows, in_order, ordered_lists }) => {
            let rows =
                rows.iter().map(|row| row.iter().map(|cell| notation::read(cell)).collect()).collect::<Result<Vec<Vec<Value>>, _>>()?;
            compare_tables(table, &(columns.clone(), rows), *in_order, *ordered_lists)
        }
        (Ok(table), Expected::Failure { error, phase, detail }) => {
            Err(format!("expected {error} at {phase} ({detail}), found rows\n{}", written(table)))
        }
        (Err(refusal), Expected::Failure { error, phase, .. }) if refusal.is(error, phase) => Ok(()),
        (Err(refusal), Expected::Failure { error, phase, detail }) => {
            Err(format!("expected {error} at {phase} ({detail}), found {} at {}: {}", refusal.error, refusal.phase, refusal.message))
        }
        (Err(refusal), _) => Err(format!("refused: {}", refusal.message)),
    }
}

fn compare_tables(found: &Table, expected: &Table, in_order: bool, ordered_lists: bool) -> Result<(), String> {
    let difference = |what: &str| Err(format!("{what}\nexpected\n{}found\n{}", written(expected), written(found)));
    if found.0 != expected.0 {
        return difference("other columns");
    }
    if found.1.len() != expected.1.len() {
        return difference(&format!("{} rows instead of {}", found.1.len(), expected.1.len()));
    }
    let normal = |rows: &[Vec<Value>]| -> Vec<Vec<Value>> {
        if ordered_lists { rows.to_vec() } else { rows.iter().map(|row| row.iter().map(Value::with_sorted_lists).collect()).collect() }
    };
    let (mut left, wanted) = (normal(&found.1), normal(&expected.1));
    let same =
        |left: &Vec<Value>, right: &Vec<Value>| left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.same(right));
    if in_order {
        return if left.iter().zip(&wanted).all(|(left, right)| same(left, right)) {
            Ok(())
        } else {
            difference("other rows, or another order")
        };
    }
    for row in &wanted {
        match left.iter().position(|found| same(found, row)) {
            Some(place) => left.swap_remove(place),
            None => return difference("other rows"),
        };
    }
    Ok(())
}

/// A table as the suite writes it.
fn written((columns, rows): &Table) -> String {
    const MOST: usize = 12;
    let mut lines = format!("  | {} |\n", columns.join(" | "));
    for row in rows.iter().take(MOST) {
        let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        lines.push_str(&format!("  | {} |\n", cells.join(" | ")));
    }
    if rows.len() > MOST {
        lines.push_str(&format!("  … {} more\n", rows.len() - MOST));
    }
    lines
}
