//! Joins: operators that bring the rows of two plans together.

use std::collections::HashMap;
use std::rc::Rc;

use crate::algebra::{JoinMode, Operator, VariableId};

use super::super::row::Row;
use super::Run;
use crate::engine::limits::Stopped;

impl Run<'_> {
    pub(super) fn join(&self, left: &[Row], right: &[Row], on: &[VariableId], mode: JoinMode) -> Result<Vec<Row>, Stopped> {
        const DOING: &str = "joining sets";
        let mut partners: HashMap<Vec<u8>, Vec<&Row>> = HashMap::new();
        for row in right {
            self.guard.tick(DOING)?;
            partners.entry(self.key(row, on)).or_default().push(row);
        }
        let mut rows = Vec::new();
        for row in left {
            self.guard.tick(DOING)?;
            let found = partners.get(&self.key(row, on)).map_or(&[][..], Vec::as_slice);
            match mode {
                JoinMode::Inner | JoinMode::Optional => {
                    for partner in found {
                        self.push(&mut rows, joined(row, partner), DOING)?;
                    }
                    if found.is_empty() && mode == JoinMode::Optional {
                        self.push(&mut rows, row.clone(), DOING)?;
                    }
                }
                JoinMode::Semi if !found.is_empty() => self.push(&mut rows, row.clone(), DOING)?,
                // Where it is unknown whether there is a partner, there is none: the right side holds what is true.
                JoinMode::Without if found.iter().all(|partner| partner.unknown) => self.push(&mut rows, row.clone(), DOING)?,
                JoinMode::Semi | JoinMode::Without => {}
            }
        }
        Ok(rows)
    }

    /// For each row of the left, the rows that the right makes of it.
    pub(super) fn apply(&self, left: &Operator, right: &Operator, mode: JoinMode) -> Result<Vec<Row>, Stopped> {
        const DOING: &str = "matching for each row";
        let bound = self.bound(left);
        let mut rows = Vec::new();
        for row in self.rows(left)? {
            self.guard.tick(DOING)?;
            let found = self.within(Row { weight: 1, ..row.clone() }, Rc::clone(&bound), right)?;
            match mode {
                JoinMode::Inner | JoinMode::Optional => {
                    for partner in &found {
                        self.push(&mut rows, joined(&row, partner), DOING)?;
                    }
                    if found.is_empty() && mode == JoinMode::Optional {
                        self.push(&mut rows, row, DOING)?;
                    }
                }
                JoinMode::Semi if !found.is_empty() => self.push(&mut rows, row, DOING)?,
                JoinMode::Without if found.iter().all(|partner| partner.unknown) => self.push(&mut rows, row, DOING)?,
                JoinMode::Semi | JoinMode::Without => {}
            }
        }
        Ok(rows)
    }
}

/// Two rows as one: the bindings and the support of both, the weaker certainty.
fn joined(left: &Row, right: &Row) -> Row {
    let mut row = left.clone();
    for (value, other) in row.values.iter_mut().zip(&right.values) {
        if value.is_null() {
            value.clone_from(other);
        }
    }
    row.unite(right);
    row.certain &= right.certain;
    row.unknown |= right.unknown;
    row.weight = row.weight.saturating_mul(right.weight);
    row
}
