//! Assemble: from rows to the answer: columns, cells, evidence numbered as it is met, and the view.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::algebra::{Column as QueryColumn, Operator, Query, VariableId, ViewScope};
use crate::answer::{
    Answer, Cell, Certainty, Column, ColumnType, ComparedCell, EntityCard, Evidence, HedgeCard, PathCell, PathStep, RelationCard,
    RelationCell, Row as AnswerRow, Status, View,
};
use crate::model::{Direction, EntityId, Hedge, Path, Quantity, Relation, RelationId, StatementId, Value, Vocabulary};
use crate::store::{FastMap, Graph};

use super::LAYING_OUT;
use super::evaluate::Properties;
use super::pivot::Comparison;
use super::row::{Pile, Row, united};
use crate::engine::limits::{Guard, Stopped};

/// Puts one answer together.
pub(super) struct Assembler<'a> {
    graph: &'a Graph,
    vocabulary: &'a dyn Vocabulary,
    /// Whether the answer is to have its view.
    has_view: bool,
    cards: FastMap<EntityId, Arc<EntityCard>>,
    evidence: Vec<Evidence>,
    cited: FastMap<StatementId, Cited>,
}

/// A statement of which the evidence is in the answer.
#[derive(Clone)]
struct Cited {
    /// Where its evidence stands, at least one item.
    evidence: Range<usize>,
    hedge: Hedge,
    negated: bool,
}

impl<'a> Assembler<'a> {
    pub fn new(graph: &'a Graph, vocabulary: &'a dyn Vocabulary, has_view: bool) -> Assembler<'a> {
        Assembler { graph, vocabulary, has_view, cards: FastMap::default(), evidence: Vec::new(), cited: FastMap::default() }
    }

    /// An answer whose rows are the query's rows.
    pub fn rows(&mut self, query: &Query, mut rows: Vec<Row>, guard: &Guard<'_>) -> Result<Answer, Stopped> {
        let columns: Vec<&QueryColumn> =
            query.columns.iter().filter(|column| !column.optional || has_value(&rows, column.variable)).collect();
        let mut answer_rows = Vec::with_capacity(rows.len());
        for row in &mut rows {
            guard.work(1 + row.support.len(), LAYING_OUT)?;
            let cells = columns.iter().map(|column| self.cell(&row.values[column.variable.index()])).collect();
            // What a view is not made of is not kept twice.
            let support = match (self.has_view, row.cited.is_empty()) {
                (false, true) => std::mem::take(&mut row.support),
                _ => united(&row.support, &row.cited),
            };
            let evidence = if row.grouped { Vec::new() } else { self.cite(&support) };
            answer_rows.push(AnswerRow { cells, certainty: certainty(row.certain), evidence, support });
        }
        let grouped = grouped_by(&query.root);
        let column = |column: &&QueryColumn| Column {
            name: column.name.clone(),
            column_type: column.column_type,
            when_absent: if grouped.contains(&column.variable) { "not stated" } else { "" },
            detail: column.optional && column.column_type != ColumnType::Hedge,
        };
        let columns = columns.iter().map(column).collect();
        let view = self.view(query, &rows, guard)?;
        Ok(self.done(columns, answer_rows, view))
    }

    /// The answer of `compare`: the rows' values of `across` become columns.
    pub fn pivot(
        &mut self,
        query: &Query,
        rows: &[Row],
        (row, across, relations): (VariableId, VariableId, VariableId),
        guard: &Guard<'_>,
    ) -> Result<Answer, Stopped> {
        let Comparison { values, lines } = Comparison::of(self.graph, query, rows, (row, across), guard)?;
        let mut columns = vec![Column::new(query.columns[0].name.clone(), ColumnType::Entity)];
        for value in &values {
            let name = match self.cell(value) {
                Cell::Absent => "not stated".to_owned(),
                cell => cell.to_string(),
            };
            columns.push(Column::new(name, ColumnType::Comparison));
        }
        let mut answer_rows = Vec::new();
        for (entity, cells) in &lines {
            guard.work(values.len(), LAYING_OUT)?;
            let mut line = vec![self.cell(entity)];
            for place in 0..values.len() {
                line.push(self.compared(cells.get(&place).map(|row| row.values[relations.index()].members()).unwrap_or_default()));
            }
            let mut support = Pile::default();
            cells.values().for_each(|row| support.add(&row.support));
            let certain = cells.values().all(|row| row.certain);
            answer_rows.push(AnswerRow { cells: line, certainty: certainty(certain), evidence: Vec::new(), support: support.all() });
        }
        let shown: Vec<Row> = lines.iter().flat_map(|(_, cells)| cells.values().map(|row| (*row).clone())).collect();
        let view = self.view(query, &shown, guard)?;
        Ok(self.done(columns, answer_rows, view))
    }

    fn done(&mut self, columns: Vec<Column>, rows: Vec<AnswerRow>, view: View) -> Answer {
        Answer { columns, rows, view, evidence: std::mem::take(&mut self.evidence), ..Answer::default() }
    }

    /// What the relations behind a cell of a comparison report.
    fn compared(&mut self, relations: &[Value]) -> Cell {
        let ids: Vec<RelationId> = relations
            .iter()
            .filter_map(|value| match value {
                Value::Relation(id) => Some(*id),
                _ => None,
            })
            .collect();
        let denied = ids.iter().filter(|id| self.graph.is_denied(**id)).count();
        let status = match (ids.len() - denied, denied) {
            (0, 0) => Status::NotReported,
            (_, 0) => Status::Reported,
            (0, _) => Status::ReportedAbsent,
            (_, _) => Status::Contested,
        };
        let mut figures: Vec<(String, Quantity)> = Vec::new();
        for id in &ids {
            for (qualifier, value) in self.graph.qualifiers(*id) {
                for member in value.members() {
                    if let Value::Quantity(quantity) = member {
                        let figure = (self.vocabulary.qualifier(qualifier).to_owned(), *quantity);
                        if !figures.contains(&figure) {
                            figures.push(figure);
                        }
                    }
                }
            }
        }
        let others: BTreeSet<EntityId> = ids.iter().flat_map(|id| self.graph.jointly(*id)).collect();
        let jointly = others.into_iter().map(|entity| self.card(entity)).collect();
        let evidence = self.cite(&ids);
        Cell::Compared(Arc::new(ComparedCell { status, figures, jointly, evidence }))
    }

    /// The evidence of relations, as positions; what is met for the first time is added.
    fn cite(&mut self, relations: &[RelationId]) -> Vec<usize> {
        if let [only] = relations {
            return self.cited(self.graph.statement_id(*only)).evidence.clone().collect();
        }
        let mut statements: Vec<StatementId> = relations.iter().map(|id| self.graph.statement_id(*id)).collect();
        statements.sort_unstable();
        statements.dedup();
        let mut positions: Vec<usize> = statements.into_iter().flat_map(|statement| self.cited(statement).evidence.clone()).collect();
        positions.sort_unstable();
        positions
    }

    fn cited(&mut self, id: StatementId) -> &Cited {
        let (graph, evidence) = (self.graph, &mut self.evidence);
        self.cited.entry(id).or_insert_with(|| {
            let statement = graph.statement(id);
            let first = evidence.len();
            let base = Evidence {
                statement: statement.slug,
                claim: statement.claim,
                source: None,
                sentences: Vec::new(),
                quote: None,
                publication: None,
                cohort: None,
            };
            let mut base = Some(base);
            let mut citations = statement.evidence.into_iter().peekable();
            while let Some(citation) = citations.next() {
                let Some(item) = (if citations.peek().is_some() { base.clone() } else { base.take() }) else { break };
                evidence.push(Evidence {
                    source: Some(graph.source(citation.source).slug.clone()),
                    sentences: citation.sentences,
                    publication: citation.publication,
                    cohort: citation.cohort.map(|cohort| (cohort.n, cohort.of)),
                    ..item
                });
            }
            evidence.extend(base);
            Cited { evidence: first..evidence.len(), hedge: statement.hedge, negated: statement.negated }
        })
    }

    fn card(&mut self, id: EntityId) -> Arc<EntityCard> {
        let (graph, vocabulary) = (self.graph, self.vocabulary);
        let card = self.cards.entry(id).or_insert_with(|| {
            Arc::new(EntityCard {
                id: graph.slug(id).to_owned(),
                // People have to tell apart even what has no name: it goes by its id.
                name: if graph.name(id).is_empty() { graph.slug(id) } else { graph.name(id) }.to_owned(),
                kinds: graph.kinds(id).iter().map(|kind| vocabulary.kind(*kind).to_owned()).collect(),
                definition: graph.definition(id).map(str::to_owned),
                kind_position: graph.kinds(id).first().map_or(0, |kind| kind.index()),
            })
        });
        Arc::clone(card)
    }

    fn cell(&mut self, value: &Value) -> Cell {
        match value {
            Value::Null => Cell::Absent,
            Value::Boolean(holds) => Cell::Boolean(*holds),
            Value::Integer(count) => Cell::Integer(*count),
            Value::Quantity(quantity) => Cell::Quantity(*quantity),
            Value::Text(text) => Cell::Text(Arc::clone(text)),
            Value::Entity(id) => Cell::Entity(self.card(*id)),
            Value::Extent(extent) => Cell::Text(Arc::from(extent.word())),
            Value::Confidence(confidence) => Cell::Text(Arc::from(confidence.word())),
            Value::Hedge(hedge) => Cell::Hedge(Arc::new(hedge_card(hedge))),
            Value::List(members) => Cell::List(members.iter().map(|member| self.cell(member)).collect()),
            Value::Path(path) => Cell::Path(Arc::new(self.path(path))),
            Value::Float(number) => Cell::Float(*number),
            Value::Map(entries) => Cell::Map(self.entries(entries)),
            Value::Temporal(temporal) => Cell::Text(Arc::from(temporal.to_string())),
            Value::Relation(id) => Cell::Relation(Arc::new(self.relation(*id))),
        }
    }

    fn entries(&mut self, entries: &BTreeMap<Arc<str>, Value>) -> Vec<(Arc<str>, Cell)> {
        entries.iter().map(|(name, value)| (Arc::clone(name), self.cell(value))).collect()
    }

    fn relation(&mut self, id: RelationId) -> RelationCell {
        let properties = Properties::new(self.graph, self.vocabulary).all(&Value::Relation(id)).unwrap_or_default();
        let relation_type = self.graph.relation_type(id);
        let statement = match properties.get("statement") {
            Some(Value::Text(slug)) => Some(slug.to_string()),
            _ => None,
        };
        RelationCell {
            id: id.0,
            relation_type: self.vocabulary.relation_type(relation_type).to_owned(),
            label: self.vocabulary.label(relation_type).to_owned(),
            from: self.card(self.graph.start(id)),
            to: self.card(self.graph.end(id)),
            statement,
            properties: self.entries(&properties),
        }
    }

    fn path(&mut self, path: &Path) -> PathCell {
        let start = self.card(path.start);
        let step = |step: &crate::model::Step| {
            let relation_type = self.graph.relation_type(step.relation);
            PathStep {
                relation_type: self.vocabulary.relation_type(relation_type).to_owned(),
                label: self.vocabulary.label(relation_type).to_owned(),
                forward: step.forward,
                to: self.card(step.to),
            }
        };
        PathCell { start, steps: path.steps.iter().map(step).collect() }
    }

    fn view(&mut self, query: &Query, rows: &[Row], guard: &Guard<'_>) -> Result<View, Stopped> {
        if !self.has_view {
            return Ok(View::default());
        }
        let mut entities: Vec<EntityId> = Vec::new();
        let mut relations: Vec<(RelationId, bool)> = Vec::new();
        for row in rows {
            guard.work(1 + row.support.len(), LAYING_OUT)?;
            for column in &query.columns {
                // What stands beside a relation (a population, say) labels it; it is no part of the view by itself.
                if let Value::Entity(id) = &row.values[column.variable.index()] {
                    entities.push(*id);
                }
            }
            if query.view != ViewScope::Induced {
                relations.extend(row.support.iter().map(|id| (*id, row.certain)));
            }
        }
        if query.view == ViewScope::Whole {
            entities.extend(self.graph.entities());
        }
        if query.view == ViewScope::Induced {
            entities.extend(rows.iter().flat_map(|row| row.support.iter()).flat_map(|id| {
                let relation = self.graph.relation(*id);
                [relation.from, relation.to]
            }));
            entities.sort_unstable();
            entities.dedup();
            for id in &entities {
                for relation in self.graph.relations_of(*id, Direction::Outgoing) {
                    guard.work(1, LAYING_OUT)?;
                    if entities.binary_search(&self.graph.end(relation)).is_ok() && !self.graph.is_denied(relation) {
                        relations.push((relation, true));
                    }
                }
            }
        }
        // Of a relation that several rows rest on, the one that is certain comes first and stays.
        relations.sort_unstable_by_key(|(id, certain)| (*id, !certain));
        relations.dedup_by_key(|(id, _)| *id);
        let relations: Vec<(Relation, RelationId, bool)> =
            relations.into_iter().map(|(id, certain)| (self.graph.relation(id), id, certain)).collect();
        entities.extend(relations.iter().flat_map(|(relation, ..)| [relation.from, relation.to]));
        entities.sort_unstable();
        entities.dedup();
        let cards = entities.iter().map(|id| self.card(*id)).collect();
        let mut relation_cards = Vec::with_capacity(relations.len());
        for (relation, id, certain) in &relations {
            guard.work(1, LAYING_OUT)?;
            relation_cards.push(self.relation_card(relation, *id, *certain, &entities));
        }
        Ok(View { entities: cards, relations: relation_cards, background: None })
    }

    /// A relation between two entities of a sorted list.
    fn relation_card(&mut self, relation: &Relation, id: RelationId, certain: bool, entities: &[EntityId]) -> RelationCard {
        let Cited { evidence, hedge, negated } = self.cited(relation.statement).clone();
        let place = |entity: EntityId| entities.binary_search(&entity).unwrap_or_default();
        let qualifiers = self
            .graph
            .qualifiers(id)
            .into_iter()
            .map(|(qualifier, value)| (self.vocabulary.qualifier(qualifier).to_owned(), self.cell(&value)))
            .collect();
        let (statement, claim) =
            self.evidence.get(evidence.start).map(|item| (item.statement.clone(), item.claim.clone())).unwrap_or_default();
        RelationCard {
            from: place(relation.from),
            relation_type: self.vocabulary.relation_type(relation.relation_type).to_owned(),
            label: self.vocabulary.label(relation.relation_type).to_owned(),
            to: place(relation.to),
            statement,
            claim,
            qualifiers,
            hedge: (!hedge.is_none()).then(|| hedge_card(&hedge)),
            jointly: self.graph.jointly(id).into_iter().map(|entity| self.card(entity)).collect(),
            denied: negated,
            certainty: certainty(certain),
            evidence: evidence.collect(),
        }
    }
}

/// The variables that a query groups by: where one of them is absent, nothing was stated.
fn grouped_by(operator: &Operator) -> &[VariableId] {
    match operator {
        Operator::Group { keys, .. } => keys,
        Operator::Sort { input, .. }
        | Operator::Slice { input, .. }
        | Operator::Distinct { input, .. }
        | Operator::Project { input, .. } => grouped_by(input),
        _ => &[],
    }
}

fn certainty(certain: bool) -> Certainty {
    if certain { Certainty::Certain } else { Certainty::Possible }
}

/// Whether any row has something to show in a column.
fn has_value(rows: &[Row], variable: VariableId) -> bool {
    rows.iter().any(|row| !row.values[variable.index()].is_null())
}

fn hedge_card(hedge: &Hedge) -> HedgeCard {
    HedgeCard { extent: hedge.extent.map(crate::model::Extent::word), confidence: hedge.confidence.word(), words: hedge.words.clone() }
}
