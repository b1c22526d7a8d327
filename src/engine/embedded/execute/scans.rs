//! Scans: operators that start rows, or look entities and relations up by what they are.

use std::collections::HashMap;

use crate::algebra::{Member, Operator, Selection, VariableId};
use crate::model::{Direction, EntityId, Names, RelationId, StatementId, Value, type_of_relation};

use super::super::evaluate::Fault;
use super::super::row::Row;
use super::Run;
use crate::engine::limits::Stopped;

impl Run<'_> {
    /// The entities of a selection; sorted.
    fn selected(&self, selection: &Selection) -> Vec<EntityId> {
        match selection {
            Selection::Any => self.graph.entities().collect(),
            Selection::Kinds(kinds) => {
                let of_kind = |id: &EntityId| kinds.iter().any(|kind| self.graph.has_kind(*id, *kind));
                self.graph.entities().filter(of_kind).collect()
            }
            Selection::IsA(entity) => self.graph.descendants(*entity),
            Selection::Exactly(entity) => vec![*entity],
            Selection::NamePrefix(prefix) => {
                let begins = |id: &EntityId| {
                    let name = Names::name(self.graph, *id);
                    !name.is_empty() && name.to_lowercase().starts_with(prefix.as_ref())
                };
                self.graph.entities().filter(begins).collect()
            }
        }
    }

    pub(in super::super) fn entities(&self, input: &Operator, entity: VariableId, selection: &Selection) -> Result<Vec<Row>, Stopped> {
        const DOING: &str = "listing entities";
        let selected = self.selected(selection);
        let already = self.bound(input).contains(&entity);
        let mut rows = Vec::new();
        for row in self.rows(input)? {
            match row.entity(entity.index()) {
                Some(bound) if selected.binary_search(&bound).is_ok() => self.push(&mut rows, row, DOING)?,
                Some(_) => self.guard.tick(DOING)?,
                None if already => self.guard.tick(DOING)?,
                None => {
                    for id in &selected {
                        self.push(&mut rows, row.with(entity.index(), Value::Entity(*id)), DOING)?;
                    }
                }
            }
        }
        Ok(rows)
    }

    pub(super) fn given(&self, entity: VariableId, members: &[Member]) -> Result<Vec<Row>, Stopped> {
        let mut rows = Vec::new();
        for member in members {
            member.support.iter().try_for_each(|id| self.known(*id))?;
            let mut row = Row::empty(self.variables).with(entity.index(), Value::Entity(member.entity));
            row.support.clone_from(&member.support);
            row.certain = member.certain;
            self.push(&mut rows, row, "listing an earlier answer")?;
        }
        Ok(rows)
    }

    /// Complains of a position at which the graph has no relation: a query can have been written for another graph.
    fn known(&self, id: RelationId) -> Result<(), Stopped> {
        let count = self.graph.relation_count();
        if usize::try_from(id.0).is_ok_and(|place| place < count) {
            return Ok(());
        }
        let fault = Fault::wrong_argument(format!("the graph has no relation at position {}", id.0));
        Err(fault.help(format!("it has {count}, counted from 0; `id(r)` is the position of a relationship")).somewhere())
    }

    fn relation_row(&self, row: &Row, id: RelationId, (from, relation, to): (VariableId, VariableId, VariableId)) -> Row {
        let data = self.graph.relation(id);
        let mut bound = row.with(relation.index(), Value::Relation(id));
        bound.values[from.index()] = Value::Entity(data.from);
        bound.values[to.index()] = Value::Entity(data.to);
        bound.support_by(id);
        bound
    }

    pub(super) fn mentions(
        &self,
        input: &[Row],
        entity: VariableId,
        ends: (VariableId, VariableId, VariableId),
    ) -> Result<Vec<Row>, Stopped> {
        let mut rows = Vec::new();
        for row in input {
            let Some(named) = row.entity(entity.index()) else { continue };
            for id in self.graph.mentions(named) {
                self.push(&mut rows, self.relation_row(row, id, ends), "looking for mentions")?;
            }
        }
        Ok(rows)
    }

    pub(super) fn relations(&self, relations: &[RelationId], ends: (VariableId, VariableId, VariableId)) -> Result<Vec<Row>, Stopped> {
        let empty = Row::empty(self.variables);
        let mut rows = Vec::new();
        for id in relations {
            self.known(*id)?;
            self.push(&mut rows, self.relation_row(&empty, *id, ends), "listing relations")?;
        }
        Ok(rows)
    }

    pub(super) fn find(&self, words: &str, places: (VariableId, VariableId, VariableId, VariableId)) -> Result<Vec<Row>, Stopped> {
        let (entity, matched, place, score) = places;
        let mut rows = Vec::new();
        for found in self.graph.search(words) {
            let mut row = Row::empty(self.variables).with(entity.index(), Value::Entity(found.entity));
            row.values[matched.index()] = Value::text(&found.text);
            row.values[place.index()] = Value::text(found.place.word());
            // Scores order the rows; as whole thousandths they compare as counts.
            row.values[score.index()] = Value::Integer((found.score * 1000.0).round() as i64);
            self.push(&mut rows, row, "searching names")?;
        }
        Ok(rows)
    }

    pub(super) fn about(&self, input: Vec<Row>, entity: VariableId, statements: VariableId, cited: usize) -> Result<Vec<Row>, Stopped> {
        let graph = self.graph;
        let mut rows = input;
        for row in &mut rows {
            let Some(id) = row.entity(entity.index()) else { continue };
            let ends = [Direction::Outgoing, Direction::Incoming].map(|direction| graph.relations_of(id, direction));
            let speaking = ends.into_iter().flatten().chain(graph.mentions(id));
            let mut found: Vec<(StatementId, RelationId)> = Vec::new();
            for relation in speaking {
                self.guard.tick("gathering statements")?;
                let statement = graph.statement_id(relation);
                // The hierarchy of the graph itself is no evidence.
                if graph.is_cited(statement) && !graph.is_denied(relation) {
                    found.push((statement, relation));
                }
            }
            found.sort_unstable();
            found.dedup_by_key(|(statement, _)| *statement);
            row.values[statements.index()] = Value::Integer(i64::try_from(found.len()).unwrap_or(i64::MAX));
            row.cited.extend(found.iter().take(cited).map(|(_, relation)| *relation));
            row.cited.sort_unstable();
            row.cited.dedup();
        }
        Ok(rows)
    }

    /// One row for each combination of the labels of a start, a type and the labels of an end that asserted relations have.
    pub(super) fn signatures(
        &self,
        from: Option<VariableId>,
        relation_type: Option<VariableId>,
        to: Option<VariableId>,
    ) -> Result<Vec<Row>, Stopped> {
        const DOING: &str = "counting relations";
        let mut places: HashMap<_, usize> = HashMap::new();
        let mut rows: Vec<Row> = Vec::new();
        let kinds = |id: EntityId| {
            let mut kinds = Names::kinds(self.graph, id).to_vec();
            kinds.sort();
            kinds
        };
        for relation in self.graph.relations() {
            self.guard.tick(DOING)?;
            if self.graph.is_denied(relation) {
                continue;
            }
            let (start, end, own_type) = (self.graph.start(relation), self.graph.end(relation), self.graph.relation_type(relation));
            if let Some(known) = places.get(&(kinds(start), own_type, kinds(end))) {
                rows[*known].weight += 1;
                continue;
            }
            places.insert((kinds(start), own_type, kinds(end)), rows.len());
            let mut row = Row::empty(self.variables);
            let bound = [
                (from, self.evaluator.labels_of(start)),
                (relation_type, Value::text(type_of_relation(self.vocabulary.relation_type(own_type)))),
                (to, self.evaluator.labels_of(end)),
            ];
            for (variable, value) in bound {
                if let Some(variable) = variable {
                    row.values[variable.index()] = value;
                }
            }
            self.push(&mut rows, row, DOING)?;
        }
        Ok(rows)
    }
}
