//! Trails: ways of so many relations from an entity, no relation twice.

use std::rc::Rc;

use crate::algebra::{Expression, Operator, Route, VariableId};
use crate::model::{EntityId, RelationId, Truth, Value};

use super::super::evaluate::Local;
use super::super::row::Row;
use super::Run;
use super::steps::is_taken;
use crate::engine::limits::Stopped;

const DOING: &str = "following relations";

/// What an [`Operator::Trail`] says.
pub(super) struct Trail<'t> {
    /// Where it starts, the relations, where it ends.
    pub ends: (VariableId, VariableId, VariableId),
    pub routes: &'t [Route],
    pub least: u32,
    pub most: Option<u32>,
    pub unlike: &'t [VariableId],
    pub each: Option<(VariableId, &'t Expression)>,
}

/// What becomes of each trail: its relations and where it ends.
type Emit<'e> = dyn FnMut(&[RelationId], EntityId) -> Result<(), Stopped> + 'e;

impl Run<'_> {
    pub(super) fn trail(&self, input: &Operator, trail: &Trail<'_>) -> Result<Vec<Row>, Stopped> {
        let (from, relations, to) = trail.ends;
        let bound = self.bound(input);
        let (relations_bound, to_bound) = (bound.contains(&relations), bound.contains(&to));
        let mut rows = Vec::new();
        for row in self.rows(input)? {
            let Some(start) = row.entity(from.index()) else { continue };
            let mut emit = |taken: &[RelationId], end: EntityId| -> Result<(), Stopped> {
                let list = Value::List(taken.iter().map(|id| Value::Relation(*id)).collect());
                let fits = (!to_bound || row.values[to.index()] == Value::Entity(end))
                    && (!relations_bound || row.values[relations.index()] == list);
                if !fits {
                    return self.guard.tick(DOING);
                }
                let mut extended = row.with(relations.index(), list);
                extended.values[to.index()] = Value::Entity(end);
                taken.iter().for_each(|id| extended.support_by(*id));
                self.push(&mut rows, extended, DOING)
            };
            self.walk(input, &row, start, trail, &mut emit)?;
        }
        Ok(rows)
    }

    /// Every trail from a start, depth first; an explicit stack keeps long ones off the call stack.
    fn walk(&self, input: &Operator, row: &Row, start: EntityId, trail: &Trail<'_>, emit: &mut Emit<'_>) -> Result<(), Stopped> {
        if trail.least == 0 {
            emit(&[], start)?;
        }
        let goes_on = |length: usize| trail.most.is_none_or(|most| length < most as usize);
        let mut taken: Vec<RelationId> = Vec::new();
        let mut open: Vec<Rc<[(RelationId, EntityId)]>> = Vec::new();
        let mut places: Vec<usize> = Vec::new();
        if goes_on(0) {
            open.push(self.ways(input, row, start, trail)?);
            places.push(0);
        }
        while let (Some(ways), Some(place)) = (open.last().cloned(), places.last_mut()) {
            let Some((id, end)) = ways.get(*place).copied() else {
                open.pop();
                places.pop();
                taken.pop();
                continue;
            };
            *place += 1;
            self.guard.tick(DOING)?;
            if taken.contains(&id) {
                continue;
            }
            taken.push(id);
            if taken.len() >= trail.least as usize {
                emit(&taken, end)?;
            }
            if goes_on(taken.len()) {
                open.push(self.ways(input, row, end, trail)?);
                places.push(0);
            } else {
                taken.pop();
            }
        }
        Ok(())
    }

    /// The relations that a trail may take from an entity.
    fn ways(&self, input: &Operator, row: &Row, from: EntityId, trail: &Trail<'_>) -> Result<Rc<[(RelationId, EntityId)]>, Stopped> {
        let scope = self.scope(row, input);
        let mut ways = Vec::new();
        for (id, _, end) in self.hops(from, trail.routes) {
            self.guard.tick(DOING)?;
            if self.graph.is_denied(id) || is_taken(row, trail.unlike, id) {
                continue;
            }
            let holds = match trail.each {
                None => Truth::True,
                Some((variable, condition)) => {
                    let bound = Value::Relation(id);
                    self.evaluator.truth(condition, &Local { under: &scope, variable, bound: &bound })?
                }
            };
            if holds == Truth::True {
                ways.push((id, end));
            }
        }
        Ok(Rc::from(ways))
    }
}
