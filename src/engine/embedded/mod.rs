//! Embedded: runs a query on the graph in memory: make the rows, lay them out.

mod around;
mod assemble;
mod batch;
mod clock;
mod counting;
mod evaluate;
mod execute;
mod fronts;
mod order;
mod paths;
mod pivot;
mod procedures;
mod row;

use crate::algebra::rewrite;
use crate::algebra::{Layout, Member, Query};
use crate::answer::Answer;
use crate::model::{RelationId, Value, Vocabulary};
use crate::store::{FastMap, Graph};

use super::limits::{Guard, Limits, Stopped};
use assemble::Assembler;
pub use batch::Measure;
pub use counting::Count;
use execute::Run;

const LAYING_OUT: &str = "laying out the answer";

/// The engine on the graph in memory.
#[derive(Clone, Copy)]
pub struct Embedded<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// The names of what the graph holds.
    pub vocabulary: &'a dyn Vocabulary,
    /// What a query may cost.
    pub limits: &'a Limits,
    /// Which rewrites the planner may make.
    pub passes: rewrite::Passes,
}

/// Who makes the rows: the engine that is used, and the simple one that it is held against.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Many rows at a time, column by column.
    Batches,
    /// The same, but so few at a time that every operator has to stop in the middle of what it makes.
    Crumbs,
    /// One operator after the other, row by row.
    Rows,
}

impl Engine {
    /// How many rows a batch has, if there are batches.
    fn batch(self) -> Option<usize> {
        const CRUMB: usize = 3;
        match self {
            Engine::Batches => Some(batch::BATCH),
            Engine::Crumbs => Some(CRUMB),
            Engine::Rows => None,
        }
    }
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
    /// Where the view was left out: its first relations.
    pub first_relations: Vec<RelationId>,
}

/// So many relations of a view that was left out are told.
const FIRST_RELATIONS: usize = 500;

impl Embedded<'_> {
    /// The query as it is run: the same rows, for less work.
    pub fn planned(&self, query: &Query, demand: rewrite::Demand) -> Query {
        rewrite::plan(query, self.graph, self.passes, demand).query
    }

    /// The plain values of a query's rows, one for each column: no evidence, no view.
    ///
    /// # Errors
    /// Why it was stopped before its end.
    pub fn rows(&self, query: &Query) -> Result<Vec<Vec<Value>>, Stopped> {
        self.rows_by(Engine::Batches, query)
    }

    /// The same by one engine or the other: for tests that compare them.
    ///
    /// # Errors
    /// Why it was stopped before its end.
    #[doc(hidden)]
    pub fn rows_by(&self, engine: Engine, query: &Query) -> Result<Vec<Vec<Value>>, Stopped> {
        let guard = Guard::new(self.limits);
        guard.look("starting")?;
        let planned = self.planned(query, rewrite::Demand::Rows);
        let query = &planned;
        if let Some(batch) = engine.batch() {
            let demand = (batch::Demand::Rows, batch);
            let run = batch::Run::new(self.graph, self.vocabulary, &guard, query.variables.len(), demand);
            return run.values(query, None);
        }
        let run = Run::new(self.graph, self.vocabulary, &guard, query.variables.len(), &query.root);
        let rows = run.answer(&query.root)?;
        Ok(rows.into_iter().map(|row| query.columns.iter().map(|column| row.values[column.variable.index()].clone()).collect()).collect())
    }

    /// The plain values of the rows of a planned query, with what each operator made: the operators in the order in which the tree is
    /// read, each before its inputs.
    ///
    /// # Errors
    /// Why it was stopped before its end.
    pub fn profile(&self, query: &Query) -> Result<(Vec<Vec<Value>>, Vec<Measure>), Stopped> {
        let guard = Guard::new(self.limits);
        guard.look("starting")?;
        let profile = batch::Profile::default();
        let demand = (batch::Demand::Rows, batch::BATCH);
        let run = batch::Run::new(self.graph, self.vocabulary, &guard, query.variables.len(), demand);
        let rows = run.values(query, Some(&profile))?;
        Ok((rows, profile.measures()))
    }

    /// The rows with what supports them, the statements met that deny, and how many rows were left out as unknown.
    fn made(
        &self,
        engine: Engine,
        query: &Query,
        demand: rewrite::Demand,
        guard: &Guard<'_>,
    ) -> Result<(Vec<row::Row>, usize, usize), Stopped> {
        if let Some(batch) = engine.batch() {
            let wanted = match demand {
                rewrite::Demand::Rows => batch::Demand::Rows,
                rewrite::Demand::Evidence => batch::Demand::Evidence,
            };
            let demand = (wanted, batch);
            let run = batch::Run::new(self.graph, self.vocabulary, guard, query.variables.len(), demand);
            let rows = run.rows(query)?;
            return Ok((rows, run.denied(), run.unknown()));
        }
        let run = Run::new(self.graph, self.vocabulary, guard, query.variables.len(), &query.root);
        let rows = run.answer(&query.root)?;
        Ok((rows, run.denied(), run.unknown()))
    }

    /// Runs a query. Where only the rows are asked for, the answer has no evidence and no view.
    ///
    /// # Errors
    /// Why it was stopped before its end.
    pub fn run(&self, query: &Query, demand: rewrite::Demand) -> Result<Outcome, Stopped> {
        self.run_by(Engine::Batches, query, demand)
    }

    /// The same without the view.
    ///
    /// # Errors
    /// Why it was stopped before its end.
    pub fn run_without_view(&self, query: &Query, demand: rewrite::Demand) -> Result<Outcome, Stopped> {
        self.outcome(Engine::Batches, query, demand, false)
    }

    /// The same by one engine or the other: for tests that compare them.
    ///
    /// # Errors
    /// Why it was stopped before its end.
    #[doc(hidden)]
    pub fn run_by(&self, engine: Engine, query: &Query, demand: rewrite::Demand) -> Result<Outcome, Stopped> {
        self.outcome(engine, query, demand, true)
    }

    fn outcome(&self, engine: Engine, query: &Query, demand: rewrite::Demand, has_view: bool) -> Result<Outcome, Stopped> {
        let guard = Guard::new(self.limits);
        guard.look("starting")?;
        let planned = self.planned(query, demand);
        let (mut rows, denied, unknown) = self.made(engine, &planned, demand, &guard)?;
        if let Layout::Pivot { row, limit: Some(limit), .. } = &planned.layout {
            pivot::keep_first(&mut rows, row.index(), *limit);
        }
        guard.look(LAYING_OUT)?;
        let members = members(&planned, &rows, &guard)?;
        let first_relations = if has_view { Vec::new() } else { first_relations(&rows) };
        let mut assembler = Assembler::new(self.graph, self.vocabulary, has_view);
        let mut answer = match &planned.layout {
            Layout::Rows => assembler.rows(&planned, rows, &guard)?,
            Layout::Pivot { row, across, relations, .. } => assembler.pivot(&planned, &rows, (*row, *across, *relations), &guard)?,
        };
        (answer.denied, answer.unknown) = (denied, unknown);
        let supports = answer.rows.iter().map(|row| row.support.clone()).collect();
        Ok(Outcome { answer, members, rows: supports, first_relations })
    }
}

/// The first of the relations that rows rest on, ascending.
fn first_relations(rows: &[row::Row]) -> Vec<RelationId> {
    let mut first = std::collections::BTreeSet::new();
    for relation in rows.iter().flat_map(|row| &row.support) {
        if first.len() < FIRST_RELATIONS || first.last().is_some_and(|last| relation < last) {
            first.insert(*relation);
            if first.len() > FIRST_RELATIONS {
                first.pop_last();
            }
        }
    }
    first.into_iter().collect()
}

/// The distinct entities in the first column that holds entities, in the order of the rows.
fn members(query: &Query, rows: &[row::Row], guard: &Guard<'_>) -> Result<Vec<Member>, Stopped> {
    let Some(column) = query.columns.iter().find(|column| column.column_type == crate::model::ColumnType::Entity) else {
        return Ok(Vec::new());
    };
    let pivoted = matches!(query.layout, Layout::Pivot { .. });
    let mut members: Vec<Member> = Vec::new();
    let mut piles: Vec<row::Pile> = Vec::new();
    let mut places: FastMap<crate::model::EntityId, usize> = FastMap::default();
    for row in rows {
        guard.work(1 + row.support.len(), LAYING_OUT)?;
        let values = match &row.values[column.variable.index()] {
            Value::List(values) => values.as_slice(),
            single => std::slice::from_ref(single),
        };
        for value in values {
            let Value::Entity(entity) = value else { continue };
            let at = *places.entry(*entity).or_insert(members.len());
            if at == members.len() {
                members.push(Member { entity: *entity, support: Vec::new(), certain: row.certain });
                piles.push(row::Pile::default());
            } else {
                let member = &mut members[at];
                // A row of a comparison is as certain as its least certain cell.
                member.certain = if pivoted { member.certain && row.certain } else { member.certain || row.certain };
            }
            piles[at].add(&row.support);
        }
    }
    for (member, pile) in members.iter_mut().zip(piles) {
        member.support = pile.all();
    }
    Ok(members)
}
