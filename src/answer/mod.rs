//! Answer: what an engine gives back and a renderer sees. It stands by itself: no graph is needed to show it.

mod cell;
mod explanation;
mod subgraph;
mod view_graph;

use std::sync::Arc;

use crate::model::RelationId;

pub use crate::model::ColumnType;
pub use cell::{Cell, ComparedCell, PathCell, PathStep, RelationCell, Status};
pub use explanation::{Explanation, ExplanationLine, RowCount, RunnableQuery};
pub use subgraph::{
    CitationRecord, End, EntityRecord, KindWord, QualifierWord, RelationRecord, RelationWord, Subgraph, VisitEntity, VisitRelation, Words,
};
pub use view_graph::{Background, EntityDetails, ViewGraph};

/// The answer to a query: rows, the view they came from, the evidence, and what was left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The query as asked, trimmed.
    pub query: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, in their order.
    pub rows: Vec<Row>,
    /// The part of the graph that the rows came from.
    pub view: View,
    /// What supports the rows. A row refers to an item by its position; people see positions counted from 1.
    pub evidence: Vec<Evidence>,
    /// Denials that the question met, and left out.
    pub denied: usize,
    /// Rows left out because the condition is unknown for them.
    pub unknown: usize,
    /// The query that keeps those rows too, where it is known.
    pub possibly: Option<String>,
    /// Why there are no rows, or why they count none; absent otherwise.
    pub explanation: Option<Explanation>,
    /// What deserves a look though the query was answered.
    pub warnings: Vec<String>,
    /// What `explain` shows: the stages of the query, one text each. Empty for other queries.
    pub stages: Vec<Stage>,
    /// What an answer to `why` says beside its rows; absent from other answers.
    pub justification: Option<Box<Justification>>,
    /// Whether the rows come in parts that their first column names: people see each part under a heading, not in one table.
    pub in_parts: bool,
}

/// What an answer to `why` says beside its rows: for people who want to see the source itself and whoever says otherwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Justification {
    /// The cited sentences with their neighbours, by the position of the evidence; of those sources alone that are at hand.
    pub passages: Vec<(usize, Vec<Sentence>)>,
    /// What else is said of the same pairs, for or against: an answer for each pair of which there is more.
    pub beside: Vec<Answer>,
}

/// A sentence of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its number, counted from 1.
    pub number: u32,
    /// Its words.
    pub text: String,
    /// Whether it is cited itself, or stands beside one that is.
    pub cited: bool,
}

/// A column of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, as fields are named in queries: `cause`, `of`, `binds.score`.
    pub name: String,
    /// What its cells hold.
    pub column_type: ColumnType,
    /// What people see in a cell that is absent; programs see nothing.
    pub when_absent: &'static str,
    /// Whether it only adds to the columns before it (a qualifier): where room is short, such columns can share one.
    pub detail: bool,
}

impl Column {
    /// A column whose absent cells are blank.
    pub fn new(name: impl Into<String>, column_type: ColumnType) -> Column {
        Column { name: name.into(), column_type, when_absent: "", detail: false }
    }
}

impl Answer {
    /// The evidence that the rows cite, each item with its position: what is printed below them. The view can rest on more.
    pub fn cited(&self) -> Vec<(usize, &Evidence)> {
        let in_cells = |row: &Row| -> Vec<usize> {
            let compared = row.cells.iter().filter_map(|cell| match cell {
                Cell::Compared(compared) => Some(compared.evidence.as_slice()),
                _ => None,
            });
            compared.flatten().chain(&row.evidence).copied().collect()
        };
        let positions: std::collections::BTreeSet<usize> = self.rows.iter().flat_map(in_cells).collect();
        positions.into_iter().filter_map(|position| self.evidence.get(position).map(|item| (position, item))).collect()
    }

    /// A cell of a row as people see it.
    pub fn shown(&self, row: &Row, position: usize) -> String {
        match (row.cells.get(position), self.columns.get(position)) {
            (Some(Cell::Absent) | None, Some(column)) => column.when_absent.to_owned(),
            (Some(cell), _) => cell.to_string(),
            (None, None) => String::new(),
        }
    }
}

/// A row of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// One cell for each column.
    pub cells: Vec<Cell>,
    /// Whether the row certainly satisfies the query, or possibly.
    pub certainty: Certainty,
    /// What it cites: positions in the answer's evidence, ascending. Empty for a row that aggregates.
    pub evidence: Vec<usize>,
    /// The relations of the graph that it rests on, ascending: what `why N` shows. No renderer prints them.
    pub support: Vec<RelationId>,
}

/// Whether a row certainly satisfies the query. It speaks of the match, never of the claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Some reading of vague data satisfies the condition, not all.
    Possible,
    /// Every reading does.
    #[default]
    Certain,
}

impl Certainty {
    /// The word for it in answers.
    pub fn word(self) -> &'static str {
        match self {
            Certainty::Possible => "possible",
            Certainty::Certain => "certain",
        }
    }
}

/// An entity, as answers show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityCard {
    /// Its stable id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The ids of its kinds, the primary one first.
    pub kinds: Vec<String>,
    /// One sentence that says what it is.
    pub definition: Option<String>,
    /// The position of its primary kind in the schema: renderers tell kinds apart by it, the same in every answer.
    pub kind_position: usize,
}

impl EntityCard {
    /// The id of its primary kind.
    pub fn kind(&self) -> &str {
        self.kinds.first().map_or("entity", String::as_str)
    }
}

/// A relation, as answers show it.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationCard {
    /// Where it starts: a position in the view's entities.
    pub from: usize,
    /// The id of the relation type, such as `has_symptom`.
    pub relation_type: String,
    /// How people read it from start to end: `has symptom`.
    pub label: String,
    /// Where it leads: a position in the view's entities.
    pub to: usize,
    /// The slug of its statement.
    pub statement: String,
    /// What the statement says, in the curator's words.
    pub claim: String,
    /// Its qualifiers by name, in the schema's order; those of the statement included.
    pub qualifiers: Vec<(String, Cell)>,
    /// How sure and how general the source was, if it hedged.
    pub hedge: Option<HedgeCard>,
    /// The entities that the statement speaks of together with this relation.
    pub jointly: Vec<Arc<EntityCard>>,
    /// Whether the statement denies it.
    pub denied: bool,
    /// Whether it supports a row only possibly.
    pub certainty: Certainty,
    /// The evidence of its statement: positions in the answer's evidence, ascending.
    pub evidence: Vec<usize>,
}

/// A hedge, as answers show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HedgeCard {
    /// `some`, `many`, `most`, `nearly all`.
    pub extent: Option<&'static str>,
    /// `possible`, `suggested`, `stated`.
    pub confidence: &'static str,
    /// The source's own words.
    pub words: Option<String>,
}

/// The part of the graph that an answer came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Its entities, by folded name, then id.
    pub entities: Vec<Arc<EntityCard>>,
    /// Its relations, by the names of their ends, relation type and statement.
    pub relations: Vec<RelationCard>,
    /// What writers of whole graphs say beyond it; absent unless it was asked for.
    pub background: Option<Arc<Background>>,
}

/// One item of evidence: a place in one source that supports a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The slug of the statement.
    pub statement: String,
    /// What the statement says, in the curator's words.
    pub claim: String,
    /// The slug of the source; absent where the graph's own hierarchy says so.
    pub source: Option<String>,
    /// The sentences of the source, counted from 1, ascending.
    pub sentences: Vec<u32>,
    /// The sentences themselves, where the source is at hand.
    pub quote: Option<String>,
    /// A publication that the source names.
    pub publication: Option<String>,
    /// How many of how many were counted: `(n, of)`.
    pub cohort: Option<(u32, u32)>,
}

impl Evidence {
    /// Where it stands, for people: `oms-overview, sentence 17`.
    pub fn locator(&self) -> String {
        let Some(source) = &self.source else {
            // The hierarchy of a graph says what it is in words; an imported relation without a source says nothing.
            return if self.claim.is_empty() { "no source stated" } else { "hierarchy of the graph" }.to_owned();
        };
        located(source, &self.sentences, self.publication.as_deref(), self.cohort)
    }
}

/// A place in a source, for people.
fn located(source: &str, sentences: &[u32], publication: Option<&str>, cohort: Option<(u32, u32)>) -> String {
    let mut locator = source.to_owned();
    match sentences {
        [] => {}
        [only] => locator.push_str(&format!(", sentence {only}")),
        several => {
            let numbers: Vec<String> = several.iter().map(u32::to_string).collect();
            locator.push_str(&format!(", sentences {}", numbers.join(", ")));
        }
    }
    if let Some(publication) = publication {
        locator.push_str(&format!(", {publication}"));
    }
    if let Some((n, of)) = cohort {
        locator.push_str(&format!(", {n} of {of}"));
    }
    locator
}

/// A stage of a query, as `explain` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What the stage is: `algebra`, `pattern`.
    pub name: &'static str,
    /// Its text, with line breaks.
    pub text: String,
}
