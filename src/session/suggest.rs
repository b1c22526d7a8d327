//! Suggest: questions that could be asked next: after an answer those that lead on from it, to begin with those of the graph.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crate::answer::{Answer, Cell, Certainty, Column, ColumnType, Explanation, ExplanationLine, Row, RunnableQuery};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Direction, EntityId, RelationTypeId, fold};
use crate::query::resolve::resolve;
use crate::query::syntax;
use crate::query::syntax::tree::{Body, Condition, Operand, Request, SetExpression};

use super::Session;
use super::described::{Rows, is_typed};

/// So many are offered.
const OFFERED: usize = 3;
/// A question that takes longer to try is not offered.
const PATIENCE: Duration = Duration::from_millis(300);
/// Nor is one that makes more rows on its way.
const MOST_ROWS: u64 = 50_000;
/// An entity with more relations of a type is too much to look at.
pub(super) const MOST_RELATIONS: usize = 300;

/// A question that could be asked next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The query.
    pub query: String,
    /// What it tells, in a few words.
    pub tells: String,
}

/// What is remembered of the last answer.
#[derive(Clone, Debug)]
pub(super) struct Last {
    query: String,
    columns: Vec<Column>,
    /// The first few rows.
    rows: Vec<Vec<Cell>>,
    count: usize,
    cites: bool,
    unknown: usize,
    denied: usize,
    relation_types: BTreeSet<String>,
    /// The queries that the explanation of an empty answer offers.
    instead: Vec<RunnableQuery>,
}

impl Last {
    /// What is worth remembering of an answer, with the types of the relations in its view.
    pub(super) fn of(answer: &Answer, relation_types: BTreeSet<String>) -> Last {
        const ROWS: usize = 20;
        Last {
            query: answer.query.clone(),
            columns: answer.columns.clone(),
            rows: answer.rows.iter().take(ROWS).map(|row| row.cells.clone()).collect(),
            count: answer.rows.len(),
            cites: answer.rows.first().is_some_and(|row| !row.evidence.is_empty()),
            unknown: answer.unknown,
            denied: answer.denied,
            relation_types,
            instead: answer.explanation.as_ref().map(|told| told.queries().into_iter().cloned().collect()).unwrap_or_default(),
        }
    }

    /// The entities of a row's cells, the first column first.
    fn entities(&self) -> impl Iterator<Item = &str> {
        let columns = 0..self.columns.len();
        columns.flat_map(|column| self.rows.iter().filter_map(move |row| row.get(column))).filter_map(|cell| match cell {
            Cell::Entity(card) => Some(card.id.as_str()),
            _ => None,
        })
    }
}

impl Session {
    /// Up to three questions that could be asked next, after the last answer or to begin with; each has rows.
    pub fn suggestions(&self) -> Vec<Suggestion> {
        suggestions(self, self.last.as_ref())
    }

    /// Three questions that the graph answers, whatever was asked before, and the name of an entity worth describing, as queries
    /// take it.
    pub fn beginnings(&self) -> (Vec<Suggestion>, Option<String>) {
        (suggestions(self, None), worth_describing(self))
    }
}

/// The questions that could be asked next.
fn suggestions(session: &Session, last: Option<&Last>) -> Vec<Suggestion> {
    let mut candidates = match last {
        None => Vec::new(),
        Some(last) if last.count == 0 => after_nothing(last),
        Some(last) => after(session, last),
    };
    candidates.extend(to_begin_with(session));
    let asked = last.map(|last| fold(&last.query)).unwrap_or_default();
    let mut offered: Vec<Suggestion> = Vec::new();
    for candidate in candidates {
        let is_new = fold(&candidate.query) != asked && offered.iter().all(|known| fold(&known.query) != fold(&candidate.query));
        if is_new && has_rows(session, &candidate.query) {
            offered.push(candidate);
        }
        if offered.len() == OFFERED {
            break;
        }
    }
    offered
}

/// The suggestions as an answer: a number, the query, and what it tells.
pub(super) fn answer(suggestions: &[Suggestion]) -> Answer {
    let columns = [("number", ColumnType::Integer), ("ask", ColumnType::Text), ("tells", ColumnType::Text)];
    let text = |words: &str| Cell::Text(Arc::from(words));
    let row = |(number, suggestion): (i64, &Suggestion)| Row {
        cells: vec![Cell::Integer(number), text(&suggestion.query), text(&suggestion.tells)],
        certainty: Certainty::Certain,
        evidence: Vec::new(),
        support: Vec::new(),
    };
    let nothing = "there is nothing to suggest: the graph holds no relations".to_owned();
    Answer {
        columns: columns.into_iter().map(|(name, column_type)| Column::new(name, column_type)).collect(),
        rows: (1..).zip(suggestions).map(row).collect(),
        explanation: suggestions.is_empty().then(|| Explanation { lines: vec![ExplanationLine { text: nothing, query: None }] }),
        ..Answer::default()
    }
}

/// Whether a query can be asked and has rows; one that costs too much to try has none.
fn has_rows(session: &Session, query: &str) -> bool {
    let Ok(request) = syntax::parse(query) else { return false };
    let Request::Ask(tree) = &request else { return matches!(request, Request::Describe(_)) };
    if matches!(tree.body, Body::WhyRow(_)) {
        return session.fault_in(query).is_none();
    }
    let Ok(query) = resolve(tree, session.context()) else { return false };
    let vocabulary = session.vocabulary();
    let patience = session.limits.timeout.map_or(PATIENCE, |timeout| timeout.min(PATIENCE));
    let limits = super::Limits { timeout: Some(patience), rows: Some(MOST_ROWS), ..session.limits.clone() };
    let engine = crate::engine::Embedded {
        graph: &session.knowledge.graph,
        vocabulary: &vocabulary,
        limits: &limits,
        passes: crate::algebra::rewrite::Passes::ALL,
    };
    engine.rows(&query).is_ok_and(|rows| !rows.is_empty())
}

fn suggestion(query: impl Into<String>, tells: impl Into<String>) -> Suggestion {
    Suggestion { query: query.into(), tells: tells.into() }
}

/// After an answer without rows: what its explanation offers, then the question without its condition.
fn after_nothing(last: &Last) -> Vec<Suggestion> {
    let mut candidates: Vec<Suggestion> = Vec::new();
    candidates.extend(last.instead.iter().map(|query| suggestion(query.text.as_str(), format!("what there is instead: {}", query.rows))));
    if let Some(form) = Form::of(&last.query) {
        if last.unknown > 0 {
            candidates.extend(form.possibly().map(|query| suggestion(query, "also what may hold: it is not stated, or too vague")));
        }
        if form.condition.is_some() {
            candidates.push(suggestion(&form.base, "the same without the condition"));
        }
    }
    candidates
}

/// After an answer with rows: closer at it, then onwards from its entities.
fn after(session: &Session, last: &Last) -> Vec<Suggestion> {
    let mut closer: Vec<Suggestion> = Vec::new();
    let form = Form::of(&last.query);
    if let Some(form) = &form {
        if last.unknown > 0 {
            closer.extend(form.possibly().map(|query| suggestion(query, "also what may hold: it is not stated, or too vague")));
        }
        let across = |column: &&Column| column.detail && column.column_type == ColumnType::Entity && column.name != "jointly";
        let filled = |column: &&Column| {
            let at = last.columns.iter().position(|known| known.name == column.name);
            at.is_some_and(|at| last.rows.iter().any(|row| row.get(at).is_some_and(|cell| *cell != Cell::Absent)))
        };
        // One value alone is nothing to compare.
        let varied = |column: &&Column| {
            let at = last.columns.iter().position(|known| known.name == column.name).unwrap_or_default();
            let values = last.rows.iter().filter_map(|row| row.get(at)).filter(|cell| **cell != Cell::Absent);
            values.map(ToString::to_string).collect::<BTreeSet<String>>().len() > 1
        };
        if let Some(column) = last.columns.iter().filter(across).find(varied) {
            closer.push(suggestion(
                format!("compare {} across {}", form.base, column.name),
                format!("side by side for each {}", spoken(&column.name)),
            ));
        }
        let figures = |column: &&Column| {
            matches!(column.column_type, ColumnType::Percentage | ColumnType::Ratio | ColumnType::Number | ColumnType::Duration)
        };
        if let Some(column) = last.columns.iter().filter(figures).find(filled).filter(|_| form.has_no_tails && last.count > 1) {
            closer.push(suggestion(
                format!("{} sort by {} desc", form.text, column.name),
                format!("the greatest {} first", spoken(&column.name)),
            ));
        }
        if last.denied > 0 && form.condition.is_none() {
            closer.push(suggestion(format!("{} where denied", form.base), "what sources say is not so"));
        }
    }
    let why = last.cites.then(|| suggestion("why 1", "who says so: the statements behind row 1"));
    let mut onwards = onwards(session, last).into_iter();
    let mut closer = closer.into_iter();
    // One that looks closer, one that leads on, then who says so; the rest in case one of them has no rows.
    let mut candidates: Vec<Suggestion> = closer.next().into_iter().chain(onwards.next()).chain(why).collect();
    candidates.extend(onwards);
    candidates.extend(closer);
    candidates
}

/// What else is known of the entities of the answer, those that it is about first.
fn onwards(session: &Session, last: &Last) -> Vec<Suggestion> {
    const ENTITIES: usize = 6;
    let graph = session.graph();
    let rows = Rows::new(session);
    let mut seen: Vec<EntityId> = Vec::new();
    for id in last.entities() {
        if let Some(id) = graph.by_slug(id)
            && !seen.contains(&id)
            && seen.len() < ENTITIES
        {
            seen.push(id);
        }
    }
    seen.sort_by_key(|id| std::cmp::Reverse(graph.degree(*id).min(MOST_RELATIONS)));
    let mut candidates: Vec<(usize, usize, Suggestion)> = Vec::new();
    for (place, id) in seen.iter().enumerate() {
        for relation_type in (0u16..).take(session.schema().relation_types.len()).map(RelationTypeId) {
            let relation = &session.schema().relation_types[relation_type.index()];
            if last.relation_types.contains(&relation.id) || relation_type.index() == 0 {
                continue;
            }
            for direction in [Direction::Outgoing, Direction::Incoming] {
                let count = graph.span(*id, direction, Some(relation_type)).len();
                if count == 0 || count > MOST_RELATIONS {
                    continue;
                }
                if let Some(query) = rows.asks_at(*id, relation_type, direction) {
                    let said = rows.reading(relation_type, direction);
                    let name = rows.card(*id);
                    candidates.push((place, count, suggestion(query, format!("{name} {said} …"))));
                }
            }
        }
    }
    candidates.sort_by_key(|(place, count, _)| (*place, std::cmp::Reverse(*count)));
    candidates.into_iter().map(|(_, _, suggestion)| suggestion).collect()
}

/// To begin with: the questions that the graph was made for, else some that its relations answer.
pub(super) fn to_begin_with(session: &Session) -> Vec<Suggestion> {
    let mut candidates: Vec<Suggestion> = session
        .questions()
        .iter()
        .filter(|question| question.featured)
        .take(OFFERED)
        .map(|question| suggestion(question.query.as_str(), question.text.as_str()))
        .collect();
    if candidates.len() >= OFFERED {
        return candidates;
    }
    let graph = session.graph();
    let rows = Rows::new(session);
    let mut types: Vec<RelationTypeId> =
        (1u16..).take(session.schema().relation_types.len().saturating_sub(1)).map(RelationTypeId).collect();
    let nouns = |id: &RelationTypeId| {
        let relation = &session.schema().relation_types[id.index()];
        !relation.source_nouns.is_empty() || !relation.target_nouns.is_empty()
    };
    types.sort_by_key(|id| (!nouns(id), std::cmp::Reverse(graph.statistics().of_type(*id).relations)));
    for id in types {
        let relation = &session.schema().relation_types[id.index()];
        let direction =
            if relation.target_nouns.is_empty() && !relation.source_nouns.is_empty() { Direction::Incoming } else { Direction::Outgoing };
        let Some(entity) = rows.typical(id, direction, None) else { continue };
        if let Some(query) = rows.asks_at(entity, id, direction) {
            let name = rows.card(entity);
            candidates.push(suggestion(query, format!("{name} {} …", rows.reading(id, direction))));
        }
        if candidates.len() >= OFFERED {
            break;
        }
    }
    candidates.extend(
        session
            .schema()
            .kinds
            .iter()
            .map(|kind| suggestion(format!("describe {}", super::described::quoted(kind.one())), "what there is of it")),
    );
    candidates
}

/// An entity of which much is known, as a query names it.
fn worth_describing(session: &Session) -> Option<String> {
    /// In a larger graph, what has most relations is what everything has.
    const SMALL: usize = 2000;
    let graph = session.graph();
    let rows = Rows::new(session);
    let entity = if graph.entity_count() <= SMALL {
        graph
            .entities()
            .filter(|entity| is_typed(graph.name(*entity)))
            .max_by_key(|entity| (graph.degree(*entity), std::cmp::Reverse(*entity)))
    } else {
        let types = (1u16..).take(session.schema().relation_types.len().saturating_sub(1)).map(RelationTypeId);
        let most = types.max_by_key(|id| (graph.statistics().of_type(*id).relations, std::cmp::Reverse(*id)))?;
        rows.typical(most, Direction::Outgoing, None).filter(|entity| is_typed(graph.name(*entity)))
    };
    entity.map(|entity| rows.named(entity))
}

/// The query that also keeps the rows for which its condition is unknown.
pub(super) fn possibly(session: &Session, query: &str) -> Option<String> {
    // Lines are joined where no blank can be part of a name.
    let joined =
        if query.contains(['"', '\'', '“', '‘']) { query.to_owned() } else { query.split_whitespace().collect::<Vec<_>>().join(" ") };
    Form::of(&joined)?.possibly().filter(|query| session.fault_in(query).is_none())
}

/// For a condition on `it` that tests a field of the answer before, which its entities do not have: the query before with that
/// condition, where that can be asked.
pub(super) fn asked_whole(session: &Session, text: &str, faults: &[Diagnostic]) -> Option<String> {
    let start = "it where ".len();
    let begins = text.trim().get(..start).is_some_and(|start| start.eq_ignore_ascii_case("it where "));
    if !begins || !faults.iter().any(|fault| fault.code == Code::UnknownField) {
        return None;
    }
    let form = Form::of(session.asked_before()?).filter(|form| form.has_no_tails)?;
    let joined = if form.condition.is_some() { "and" } else { "where" };
    let whole = format!("{} {joined} {}", form.text, &text.trim()[start..]);
    session.fault_in(&whole).is_none().then_some(whole)
}

fn spoken(name: &str) -> String {
    name.replace('_', " ")
}

/// A query that is a single phrase, in its parts.
struct Form {
    /// As it was asked, without what may end any query.
    text: String,
    /// Without its condition and tails.
    base: String,
    condition: Option<std::ops::Range<usize>>,
    is_single_test: bool,
    has_no_tails: bool,
}

impl Form {
    fn of(query: &str) -> Option<Form> {
        let Ok(Request::Ask(tree)) = syntax::parse(query) else { return None };
        let Body::Set(SetExpression::Phrase(phrase)) = &tree.body else { return None };
        if matches!(phrase.operand, Operand::Around(_) | Operand::Find(_)) {
            return None;
        }
        let lowered = query.to_ascii_lowercase();
        let tails = ["sort by", "limit", "show"].iter().filter_map(|word| lowered.rfind(&format!(" {word} "))).min();
        let has_no_tails = tree.tails.sort.is_empty() && tree.tails.limit.is_none() && tree.tails.show.is_empty();
        let end = if has_no_tails { query.len() } else { tails? };
        let trimmed = |text: &str| text.trim_end().trim_end_matches(['?', ';']).trim_end().to_owned();
        let start = phrase.condition.as_ref().and_then(|_| lowered.rfind(" where ")).map(|at| at + " where ".len());
        let base = start.map_or(end, |start| start - " where ".len());
        Some(Form {
            text: trimmed(query),
            base: trimmed(query.get(..base)?),
            condition: start.map(|start| start..end),
            is_single_test: matches!(phrase.condition, Some(Condition::Test(_))),
            has_no_tails,
        })
    }

    /// The same with `possibly` in front of its condition, if that is a single test.
    fn possibly(&self) -> Option<String> {
        let condition = self.condition.clone().filter(|_| self.is_single_test)?;
        Some(format!("{} where possibly {}", self.base, self.text.get(condition.start..condition.end.min(self.text.len()))?))
    }
}
