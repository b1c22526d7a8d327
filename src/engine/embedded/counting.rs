//! Counting: how many rows a query has, without making the answer, and no further than somebody wants to know.

use crate::algebra::rewrite::{self, Demand as Wanted};
use crate::algebra::{Layout, Operator, Query};
use crate::engine::limits::{Guard, Stopped};

use super::Embedded;
use super::batch;

/// How many rows a query has, as far as that was found out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(u64),
    /// So many, and perhaps more: nobody wanted to know further, or the time was over.
    AtLeast(u64),
    /// It was not found out.
    #[default]
    Unknown,
}

impl Count {
    /// Whether it is known that there are none.
    pub fn is_none(self) -> bool {
        self == Count::Exactly(0)
    }

    /// Whether it is known that there are some.
    pub fn is_some(self) -> bool {
        matches!(self, Count::Exactly(rows) | Count::AtLeast(rows) if rows > 0)
    }
}

impl Embedded<'_> {
    /// How many rows the answer of a query has. Counting stops once there are more than `most`; what was counted when the time was
    /// over counts as well.
    ///
    /// # Errors
    /// It was interrupted, or cannot be computed.
    pub fn count(&self, query: &Query, most: u64) -> Result<Count, Stopped> {
        let guard = Guard::new(self.limits);
        guard.look("starting")?;
        let root = without_order(&query.root);
        let least = match loosened(&root).filter(|_| query.layout == Layout::Rows) {
            Some((looser, tells_all)) => {
                let counted = self.counted(&Query { root: looser, ..query.clone() }, most, &guard)?;
                if tells_all || !matches!(counted, Count::Exactly(rows) if rows > 0) {
                    return Ok(counted);
                }
                counted
            }
            None => Count::Unknown,
        };
        let counted = self.counted(&Query { root, ..query.clone() }, most, &guard)?;
        Ok(match (counted, least) {
            (Count::Unknown, Count::Exactly(rows)) => Count::AtLeast(rows),
            (Count::AtLeast(rows), Count::Exactly(least)) => Count::AtLeast(rows.max(least)),
            (counted, _) => counted,
        })
    }

    fn counted(&self, query: &Query, most: u64, guard: &Guard<'_>) -> Result<Count, Stopped> {
        let planned = rewrite::plan(query, self.graph, self.passes, Wanted::Rows).query;
        let run = batch::Run::new(self.graph, self.vocabulary, guard, planned.variables.len(), (batch::Demand::Rows, batch::BATCH));
        let counted = match &planned.layout {
            Layout::Rows => run.counted(&planned, most),
            // A row of a comparison is made of many.
            Layout::Pivot { row, limit, .. } => run.counted_different(&planned, row.index(), limit.map_or(most, |limit| limit.min(most))),
        };
        match counted {
            (rows, None) => Ok(if rows > most { Count::AtLeast(most) } else { Count::Exactly(rows) }),
            (_, Some(stopped @ (Stopped::Interrupted | Stopped::Failed(_)))) => Err(stopped),
            (0, Some(_)) => Ok(Count::Unknown),
            (rows, Some(_)) => Ok(Count::AtLeast(rows.min(most))),
        }
    }
}

/// The operator with rows that are told apart by no more than the entities in them, where they are told apart by what is said of them as
/// well: no more rows than before, for much less work; and whether they are as many. None where that makes no difference.
fn loosened(operator: &Operator) -> Option<(Operator, bool)> {
    let Operator::Distinct { input, keys } = operator else {
        let Operator::Known { input } = operator else { return None };
        let (looser, tells_all) = loosened(input)?;
        return Some((Operator::Known { input: Box::new(looser) }, tells_all));
    };
    let (mut below, mut dropped, mut tells_all) = (input, Vec::new(), true);
    loop {
        match below.as_ref() {
            Operator::Project { input, items } => {
                dropped.extend(items.iter().map(|(variable, _)| *variable));
                tells_all = false;
                below = input;
            }
            Operator::About { input, entity, statements, .. } if keys.contains(entity) => {
                dropped.push(*statements);
                below = input;
            }
            _ => break,
        }
    }
    let keys: Vec<_> = keys.iter().copied().filter(|key| !dropped.contains(key)).collect();
    let is_looser = !dropped.is_empty() && !keys.is_empty();
    is_looser.then(|| (Operator::Distinct { input: below.clone(), keys }, tells_all))
}

/// The operator without the order of its rows, which does not change how many there are.
fn without_order(operator: &Operator) -> Operator {
    match operator {
        Operator::Sort { input, .. } => without_order(input),
        Operator::Known { input } => Operator::Known { input: Box::new(without_order(input)) },
        Operator::Slice { input, skip, limit } => Operator::Slice { input: Box::new(without_order(input)), skip: *skip, limit: *limit },
        other => other.clone(),
    }
}
