//! Embedded: runs a query on the graph in memory: make the rows, lay them out, explain an answer without rows.

mod around;
mod assemble;
mod clock;
mod evaluate;
mod execute;
mod explanation;
mod order;
mod paths;
mod procedures;
mod row;

use crate::algebra::{Layout, Member, Query};
use crate::answer::Answer;
use crate::model::{RelationId, Value, Vocabulary};
use crate::store::Graph;

use super::limits::{Guard, Limits, Stopped};
use assemble::Assembler;
use execute::Run;

/// The engine on the graph in memory.
#[derive(Clone, Copy)]
pub struct Embedded<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// The names of what the graph holds.
    pub vocabulary: &'a dyn Vocabulary,
    /// What a query may cost.
    pub limits: &'a Limits,
}

/// An answer, and what a session remembers of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The answer.
    pub answer: Answer,
    /// The distinct entities in its first column of entities, with what supports them.
    pub members: Vec<Member>,
    /// What each row rested on.
    pub rows: Vec<Vec<RelationId>>,
}

impl Embedded<'_> {
    /// The plain values of a query's rows, one for each column: no evidence, no view.
    ///
    /// # Errors
    /// Why it was stopped before its end.
    pub fn rows(&self, query: &Query) -> Result<Vec<Vec<Value>>, Stopped> {
        let guard = Guard::new(self.limits);
        guard.look("starting")?;
        let run = Run::new(self.graph, self.vocabulary, &guard, query.variables.len(), &query.root);
        let rows = run.answer(&query.root)?;
        Ok(rows.into_iter().map(|row| query.columns.iter().map(|column| row.values[column.variable.index()].clone()).collect()).collect())
    }

    /// Runs a query.
    ///
    /// # Errors
    /// Why it was stopped before its end.
    pub fn run(&self, query: &Query) -> Result<Outcome, Stopped> {
        let guard = Guard::new(self.limits);
        guard.look("starting")?;
        let run = Run::new(self.graph, self.vocabulary, &guard, query.variables.len(), &query.root);
        let mut rows = run.answer(&query.root)?;
        if let Layout::Pivot { row, limit: Some(limit), .. } = &query.layout {
            keep_first(&mut rows, row.index(), *limit);
        }
        guard.look("laying out the answer")?;
        let members = members(query, &rows);
        let mut assembler = Assembler::new(self.graph, self.vocabulary);
        let mut answer = match &query.layout {
            Layout::Rows => assembler.rows(query, &rows, &guard)?,
            Layout::Pivot { row, across, relations, .. } => assembler.pivot(query, &rows, (*row, *across, *relations)),
        };
        answer.denied = run.denied();
        answer.unknown = run.unknown();
        if answer.rows.is_empty() {
            answer.explanation = Some(explanation::explain(self, query, &guard)?);
        }
        let supports = answer.rows.iter().map(|row| row.support.clone()).collect();
        Ok(Outcome { answer, members, rows: supports })
    }
}

/// Keeps the rows of the first so many different values in a place.
fn keep_first(rows: &mut Vec<row::Row>, place: usize, limit: u64) {
    let mut seen: Vec<Value> = Vec::new();
    rows.retain(|row| {
        let value = &row.values[place];
        if !seen.contains(value) && (seen.len() as u64) < limit {
            seen.push(value.clone());
        }
        seen.contains(value)
    });
}

/// The distinct entities in the first column that holds entities, in the order of the rows.
fn members(query: &Query, rows: &[row::Row]) -> Vec<Member> {
    let Some(column) = query.columns.iter().find(|column| column.column_type == crate::model::ColumnType::Entity) else {
        return Vec::new();
    };
    let pivoted = matches!(query.layout, Layout::Pivot { .. });
    let mut members: Vec<Member> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for row in rows {
        let values = match &row.values[column.variable.index()] {
            Value::List(values) => values.as_slice(),
            single => std::slice::from_ref(single),
        };
        for value in values {
            let Value::Entity(entity) = value else { continue };
            let at = *places.entry(*entity).or_insert(members.len());
            if at == members.len() {
                members.push(Member { entity: *entity, support: row.support.clone(), certain: row.certain });
            } else {
                let member = &mut members[at];
                member.support = row::united(&member.support, &row.support);
                // A row of a comparison is as certain as its least certain cell.
                member.certain = if pivoted { member.certain && row.certain } else { member.certain || row.certain };
            }
        }
    }
    members
}
