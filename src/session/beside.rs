//! Beside: what an answer has beside its rows, the view and what supports a count: found at once or when somebody asks for it.

use std::collections::BTreeSet;

use crate::algebra::rewrite::{Demand, leaves_nothing_out};
use crate::algebra::{Query, ViewScope};
use crate::answer::Answer;
use crate::diagnostic::{Complaints, Origin};
use crate::engine::Stopped;
use crate::model::{ColumnType, RelationId};

use super::{Session, quote, stopped};

/// What answers come with, and what the last one came without.
#[derive(Debug, Default)]
pub(super) struct Beside {
    supports_all: bool,
    spares_views: bool,
    left_out: Option<LeftOut>,
}

/// What was left out of the last answer.
#[derive(Debug)]
struct LeftOut {
    /// The text of the query, as its answer has it.
    text: String,
    query: Query,
    wanted: Wanted,
    is_pattern: bool,
}

/// What is wanted of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Whether what supports the rows is found at once.
    pub demand: Demand,
    /// Whether the view is.
    pub view: bool,
}

impl Session {
    /// Whether the last answer came without a part of what it could have beside its rows: [`Session::complete`] adds it.
    pub fn is_incomplete(&self) -> bool {
        self.beside.left_out.is_some()
    }

    /// Whether answers to patterns that aggregate come with their view and with what supports them, from now on. It can take much
    /// longer than the counting itself; `why N` finds it out for the last answer without this.
    pub fn set_supports_all(&mut self, supports_all: bool) {
        self.beside.supports_all = supports_all;
    }

    /// Whether answers come without their view, from now on, and counts of phrases without what supports them: for whoever shows
    /// nothing but rows. `why N` and `it` are the same without it, and [`Session::complete`] adds it to the last answer.
    pub fn set_spares_views(&mut self, spares_views: bool) {
        self.beside.spares_views = spares_views;
    }

    /// Adds to the last answer of this session what it came without; to a pattern that aggregates what supports it only where all is
    /// wanted. Other answers are left as they are.
    ///
    /// ```
    /// # use oms_graph::Session;
    /// let mut session = Session::open("oms")?;
    /// session.set_spares_views(true);
    /// let mut answer = session.ask("causes where population = adult")?;
    /// assert!(answer.view.relations.is_empty() && session.is_incomplete());
    /// session.complete(&mut answer, true)?;
    /// assert!(!answer.view.relations.is_empty() && !session.is_incomplete());
    /// # Ok::<(), oms_graph::Complaints>(())
    /// ```
    ///
    /// # Errors
    /// Why it was stopped.
    pub fn complete(&mut self, answer: &mut Answer, all: bool) -> Result<(), Complaints> {
        let Some(left_out) = self.beside.left_out.take_if(|left_out| left_out.text == answer.query) else { return Ok(()) };
        let rows_only = left_out.is_pattern && left_out.wanted.demand == Demand::Rows && !all;
        let wanted = Wanted { demand: if rows_only { Demand::Rows } else { Demand::Evidence }, view: true };
        if wanted == left_out.wanted {
            self.beside.left_out = Some(left_out);
            return Ok(());
        }
        let outcome = match self.engine().run(&left_out.query, wanted.demand, true) {
            Ok(outcome) => outcome,
            Err(stopped) => {
                self.beside.left_out = Some(left_out);
                let origin = Origin::new("query", answer.query.as_str());
                return Err(stopped::complaint(&stopped).in_origin(&origin).into());
            }
        };
        self.intact()?;
        let Answer { columns, rows, view, evidence, denied, unknown, .. } = outcome.answer;
        *answer = Answer { columns, rows, view, evidence, denied, unknown, ..std::mem::take(answer) };
        if let Some(folder) = &self.sources {
            quote::fill(answer, &self.knowledge.graph, folder);
        }
        if left_out.wanted.demand == Demand::Rows {
            self.memory.rows = Some(outcome.rows);
            self.memory.it = Some(outcome.members);
        }
        if rows_only {
            self.beside.left_out = Some(LeftOut { wanted, ..left_out });
        }
        Ok(())
    }

    /// What is wanted of a query; one that asks why shows all of it.
    pub(super) fn wanted(&self, query: &Query, is_pattern: bool, asks_why: bool) -> Wanted {
        let Beside { supports_all, spares_views, .. } = self.beside;
        // What supports a count can be the whole graph: it is gathered when somebody asks for it.
        let is_count = query.aggregates() && !query.is_lenient() && !supports_all;
        let is_spared = is_count && spares_views && !has_members(query) && leaves_nothing_out(query, &self.knowledge.graph);
        let view = !spares_views || asks_why || query.view != ViewScope::Support;
        let demand = if is_count && is_pattern || is_spared && !view { Demand::Rows } else { Demand::Evidence };
        Wanted { demand, view }
    }

    /// Remembers what the last answer came without, if it did.
    pub(super) fn leave_out(&mut self, text: &str, query: Query, wanted: Wanted, is_pattern: bool) {
        let is_whole = wanted == Wanted { demand: Demand::Evidence, view: true };
        self.beside.left_out = (!is_whole).then(|| LeftOut { text: text.trim().to_owned(), query, wanted, is_pattern });
    }

    /// Whether nothing is known yet of what supports the rows of the last answer.
    pub(super) fn is_unsupported(&self) -> bool {
        self.beside.left_out.as_ref().is_some_and(|left_out| left_out.wanted.demand == Demand::Rows)
    }

    /// Finds out what supports the rows of the last answer, where that was not asked for yet.
    pub(super) fn support_rows(&mut self) -> Result<(), Stopped> {
        let Some(left_out) = self.beside.left_out.take_if(|left_out| left_out.wanted.demand == Demand::Rows) else { return Ok(()) };
        match self.engine().run(&left_out.query, Demand::Evidence, false) {
            Ok(outcome) => {
                self.memory.rows = Some(outcome.rows);
                let wanted = Wanted { demand: Demand::Evidence, view: false };
                self.beside.left_out = Some(LeftOut { wanted, ..left_out });
                Ok(())
            }
            Err(stopped) => {
                self.beside.left_out = Some(left_out);
                Err(stopped)
            }
        }
    }

    /// The types of the relations in the view of an answer, of the first of them, by their ids.
    pub(super) fn types_in_view(&self, answer: &Answer, first: &[RelationId]) -> BTreeSet<String> {
        const RELATIONS: usize = 500;
        let shown = answer.view.relations.iter().take(RELATIONS).map(|relation| relation.relation_type.clone());
        let types: BTreeSet<_> = first.iter().map(|id| self.knowledge.graph.relation_type(*id)).collect();
        let left_out = types.into_iter().map(|id| self.knowledge.schema.relation_types[id.index()].id.clone());
        shown.chain(left_out).collect()
    }
}

/// Whether an answer has entities that `it` stands for.
fn has_members(query: &Query) -> bool {
    query.columns.iter().any(|column| column.column_type == ColumnType::Entity)
}

#[cfg(test)]
mod tests {
    use super::super::Session;

    const QUERIES: &[&str] = &[
        "causes",
        "symptoms",
        "count symptoms",
        "count diseases",
        "count causes where population = adult",
        "symptoms where population = adult",
        "path from lung cancer to OMS",
        "compare symptoms across population",
        "neighbours of OMS",
        "count it",
        "MATCH (a)-[r]->(b) RETURN type(r) AS t, count(*) ORDER BY t",
        "MATCH (a:Disease) RETURN a.name ORDER BY a.name",
    ];

    #[test]
    fn what_is_left_out_is_there_when_it_is_asked_for() {
        let (mut whole, mut spared) = (Session::open("oms").unwrap(), Session::open("oms").unwrap());
        spared.set_spares_views(true);
        whole.set_supports_all(true);
        for query in QUERIES {
            let Ok(expected) = whole.ask(query) else {
                assert!(spared.ask(query).is_err(), "{query}");
                continue;
            };
            let mut answer = spared.ask(query).unwrap_or_else(|complaints| panic!("{query}: {complaints}"));
            let shown = |answer: &crate::answer::Answer| -> Vec<_> {
                answer.rows.iter().map(|row| (row.cells.clone(), row.evidence.clone(), row.certainty)).collect()
            };
            assert_eq!(shown(&answer), shown(&expected), "{query}");
            assert_eq!(answer.columns, expected.columns, "{query}");
            assert_eq!(whole.suggestions(), spared.suggestions(), "{query}");
            spared.complete(&mut answer, true).unwrap();
            assert_eq!(answer, expected, "{query}");
            assert!(!spared.is_incomplete(), "{query}");
            let why = |session: &mut Session| session.ask("why 1").map(|answer| answer.view).map_err(|complaints| complaints.to_string());
            assert_eq!(why(&mut spared), why(&mut whole), "{query}");
            whole.ask(query).unwrap();
            spared.ask(query).unwrap();
        }
    }

    #[test]
    fn why_finds_what_supports_a_count_and_the_count_can_be_completed_still() {
        let (mut whole, mut spared) = (Session::open("oms").unwrap(), Session::open("oms").unwrap());
        spared.set_spares_views(true);
        let expected = whole.ask("count diseases").unwrap();
        let mut answer = spared.ask("count diseases").unwrap();
        assert!(spared.ask("why 9").is_err());
        assert!(answer.evidence.is_empty() && answer.rows[0].support.is_empty());
        spared.complete(&mut answer, false).unwrap();
        assert_eq!(answer, expected);
        assert_eq!(spared.ask("why 1").unwrap().view, whole.ask("why 1").unwrap().view);
    }
}
