//! Pattern: a query as the read-only openCypher that it stands for, over the graph that patterns see.
//!
//! What a row rests on is written out, as the column `support`, and what it only cites as the column `cited`; a row
//! with another aggregate cites nothing by itself. Whether a row is certain follows from `coalesce(C, true)` alone.

mod condition;
mod knowledge;
mod names;
mod operators;
mod part;
mod projection;
mod sets;
#[cfg(test)]
mod tests;
mod ways;

use std::collections::BTreeSet;

use crate::model::Vocabulary;

use super::Query;
use knowledge::Knowledge;

pub use names::{key as name_in_pattern, text as text_in_pattern};

/// The pattern that a query stands for, one clause a line.
///
/// Kinds in lower snake case are labels in upper camel case, relation types likewise in upper snake case; qualifiers
/// are properties of relationships, those that hold entities as lists of ids. Relationships that a `MATCH` finds are
/// asserted; denials come from `graph.denials()` and `graph.why(…)`. The same query gives the same text.
pub fn pattern(query: &Query, vocabulary: &dyn Vocabulary) -> String {
    let plain = Query { root: query.root.without_counting(), ..query.clone() };
    Writer::new(&plain, vocabulary).query()
}

/// Writes one query.
struct Writer<'a> {
    query: &'a Query,
    vocabulary: &'a dyn Vocabulary,
    knowledge: Knowledge<'a>,
    /// Names that stand for something already.
    taken: BTreeSet<String>,
}

impl<'a> Writer<'a> {
    fn new(query: &'a Query, vocabulary: &'a dyn Vocabulary) -> Writer<'a> {
        let taken = query.variables.iter().cloned().chain(query.columns.iter().map(|column| column.name.clone())).collect();
        Writer { query, vocabulary, knowledge: Knowledge::of(query), taken }
    }

    /// A name that nothing else has; a second of the same name gets a number.
    fn fresh(&mut self, name: &str) -> String {
        let mut unique = name.to_owned();
        let mut count = 1;
        while !self.taken.insert(unique.clone()) {
            count += 1;
            unique = format!("{name}_{count}");
        }
        names::identifier(&unique)
    }
}
