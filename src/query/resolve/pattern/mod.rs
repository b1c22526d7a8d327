//! Patterns: the algebra of a query in openCypher, with its rules of scope and everything that is wrong with it before it runs.

mod aggregation;
mod arithmetic;
mod call;
mod clauses;
mod constant;
mod expression;
mod fault;
mod function_sorts;
mod lookup;
mod matching;
mod mismatch;
mod mixed_routes;
mod order;
mod phrase_procedures;
mod procedure;
mod projection;
mod scope;
mod sort;
mod steps;
mod subquery;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::algebra::{Query, VariableId, Written};
use crate::diagnostic::{Code, Diagnostic};
use crate::query::syntax::pattern_tree::PatternQuery;
use crate::query::syntax::tree::Span;

use super::Context;

/// The meaning of a pattern, with what deserves a look though it can be answered.
///
/// # Errors
/// All that is wrong with it, at least one, in the order of the places.
pub(super) fn resolve(query: &PatternQuery, context: Context<'_>) -> Result<(Query, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut resolver = Resolver {
        context,
        text: &query.text,
        variables: Vec::new(),
        taken: BTreeSet::new(),
        warnings: Vec::new(),
        chance: false,
        used: BTreeSet::new(),
        node_properties: None,
        steps: 0,
        faults: Vec::new(),
    };
    let resolved = resolver.whole(query);
    let resolved = super::fault::all(resolved, std::mem::take(&mut resolver.faults))?;
    if resolver.variables.len() > usize::from(u16::MAX) {
        let complaint = Diagnostic::error(Code::QueryTooLong, "the pattern has too many nodes, relationships and columns");
        return Err(vec![complaint.at(query.span.clone(), "").help("ask it in several queries")]);
    }
    let query = Query { variables: std::mem::take(&mut resolver.variables), ..resolved };
    Ok((query, resolver.warnings))
}

/// Gives a pattern its meaning.
struct Resolver<'a> {
    context: Context<'a>,
    text: &'a str,
    variables: Vec<String>,
    taken: BTreeSet<String>,
    warnings: Vec<Diagnostic>,
    /// Whether something that changes at each look was met since somebody cleared this.
    chance: bool,
    /// The variables looked up since somebody cleared this.
    used: BTreeSet<VariableId>,
    /// Read from the graph when the first property is looked up.
    node_properties: Option<Vec<String>>,
    /// The clauses, patterns and relationships so far of what is being resolved, with those around it.
    steps: usize,
    /// What is wrong and did not keep the rest from being looked at.
    faults: Vec<Diagnostic>,
}

/// How many clauses, patterns and relationships a query can have that are made one upon the other: each is a level of its
/// plan, and every walk through a plan calls itself at each level.
const MOST_STEPS: usize = 250;

impl<'a> Resolver<'a> {
    /// A new variable, called after what it stands for; a second of the same name gets a number.
    fn variable(&mut self, name: &str) -> VariableId {
        let mut unique = name.to_owned();
        let mut count = 1;
        while !self.taken.insert(unique.clone()) {
            count += 1;
            unique = format!("{name}_{count}");
        }
        self.variables.push(unique);
        VariableId(u16::try_from(self.variables.len() - 1).unwrap_or(u16::MAX))
    }

    /// The text of a place, as written.
    fn written_text(&self, span: &Span) -> &'a str {
        self.text.get(span.clone()).unwrap_or_default().trim()
    }

    /// Counts steps of the plan.
    ///
    /// # Errors
    /// There are too many.
    fn more_steps(&mut self, steps: usize, span: &Span) -> Result<(), Diagnostic> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps <= MOST_STEPS {
            return Ok(());
        }
        let message = format!("the pattern has more than {MOST_STEPS} clauses, patterns and relationships");
        Err(Diagnostic::error(Code::TooDeep, message).at(span.clone(), "one too many").help("ask it in several queries"))
    }

    /// An expression, or what stands in for it where something is wrong: the fault is kept, so that the rest is looked at too.
    fn recovered<T>(&mut self, made: Result<T, Diagnostic>, instead: impl FnOnce() -> T) -> T {
        made.unwrap_or_else(|fault| {
            self.faults.push(fault);
            instead()
        })
    }

    /// Keeps a warning, once.
    fn warn(&mut self, warning: Diagnostic) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }
}

/// The place of an expression that can fail as it runs.
fn written(span: &Span) -> Written {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Written { start: byte(span.start), end: byte(span.end) }
}
