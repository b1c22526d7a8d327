//! Steps: operators that follow one relation from an entity, and those that stand for several such steps.

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::algebra::{Arm, Operator, Route, VariableId};
use crate::model::{Direction, EntityId, KindId, RelationId, Value};

use super::super::row::Row;
use super::Run;
use crate::engine::limits::Stopped;

const DOING: &str = "following relations";

impl Run<'_> {
    /// The relations that lead on from an entity by the routes, with their other ends; by relation type, end and statement. A
    /// relation that leads to where it starts is there once, whichever way it is taken.
    pub fn hops(&self, entity: EntityId, routes: &[Route]) -> Vec<(RelationId, bool, EntityId)> {
        let mut hops = Vec::new();
        let mut add = |relations: &mut dyn Iterator<Item = RelationId>, direction: Direction| {
            for id in relations {
                let forward = direction == Direction::Outgoing;
                let end = if forward { self.graph.end(id) } else { self.graph.start(id) };
                let both_ways = || {
                    let outgoing = Route { relation_type: self.graph.relation_type(id), direction: Direction::Outgoing };
                    routes.is_empty() || routes.contains(&outgoing)
                };
                if forward || end != entity || !both_ways() {
                    hops.push((id, forward, end));
                }
            }
        };
        if routes.is_empty() {
            for direction in [Direction::Outgoing, Direction::Incoming] {
                add(&mut self.graph.relations_of(entity, direction), direction);
            }
        }
        for route in routes {
            add(&mut self.graph.relations_of_type(entity, route.direction, route.relation_type), route.direction);
        }
        hops
    }

    pub(super) fn expand(
        &self,
        input: &Operator,
        (from, relation, to): (VariableId, VariableId, VariableId),
        routes: &[Route],
        unlike: &[VariableId],
    ) -> Result<Vec<Row>, Stopped> {
        let bound = self.bound(input);
        let (relation_bound, to_bound) = (bound.contains(&relation), bound.contains(&to));
        let mut rows = Vec::new();
        for row in self.rows(input)? {
            let Some(start) = row.entity(from.index()) else { continue };
            for (id, _, end) in self.hops(start, routes) {
                self.guard.tick(DOING)?;
                let other_relation = relation_bound && row.values[relation.index()] != Value::Relation(id);
                let other_end = to_bound && row.values[to.index()] != Value::Entity(end);
                if other_relation || other_end || is_taken(&row, unlike, id) {
                    continue;
                }
                let mut extended = row.with(relation.index(), Value::Relation(id));
                extended.values[to.index()] = Value::Entity(end);
                extended.support_by(id);
                self.push(&mut rows, extended, DOING)?;
            }
        }
        Ok(rows)
    }

    /// The asserted relations that lead on from an entity and are not taken.
    fn free_hops(&self, row: &Row, from: EntityId, routes: &[Route], unlike: &[VariableId]) -> Vec<(RelationId, EntityId)> {
        let hops = self.hops(from, routes).into_iter();
        let free = hops.filter(|(id, ..)| !self.graph.is_denied(*id) && !is_taken(row, unlike, *id));
        free.map(|(id, _, end)| (id, end)).collect()
    }

    fn is_of(&self, entity: EntityId, kinds: &[KindId]) -> bool {
        kinds.is_empty() || kinds.iter().any(|kind| self.graph.has_kind(entity, *kind))
    }

    pub(super) fn weigh(
        &self,
        input: &Operator,
        (from, to): (VariableId, Option<VariableId>),
        routes: &[Route],
        kinds: &[KindId],
        unlike: &[VariableId],
    ) -> Result<Vec<Row>, Stopped> {
        let mut rows = Vec::new();
        for mut row in self.rows(input)? {
            self.guard.tick(DOING)?;
            let Some(start) = row.entity(from.index()) else { continue };
            let leads = |end: EntityId| to.is_none_or(|to| row.entity(to.index()) == Some(end)) && self.is_of(end, kinds);
            let ways = self.free_hops(&row, start, routes, unlike).into_iter().filter(|(_, end)| leads(*end)).count();
            if ways > 0 {
                row.weight = row.weight.saturating_mul(ways as u64);
                rows.push(row);
            }
        }
        Ok(rows)
    }

    pub(super) fn meet(&self, input: &[Row], arms: &[Arm], to: VariableId, kinds: &[KindId]) -> Result<Vec<Row>, Stopped> {
        let mut rows = Vec::new();
        for row in input {
            let mut reached: BTreeMap<EntityId, Vec<Vec<RelationId>>> = BTreeMap::new();
            for (position, arm) in arms.iter().enumerate() {
                let Some(start) = row.entity(arm.from.index()) else { continue };
                for (id, end) in self.free_hops(row, start, &arm.routes, &arm.unlike) {
                    self.guard.tick(DOING)?;
                    reached.entry(end).or_insert_with(|| vec![Vec::new(); arms.len()])[position].push(id);
                }
            }
            for (end, ways) in reached {
                let ways = if self.is_of(end, kinds) { choices(&ways, &mut Vec::new()) } else { 0 };
                if ways > 0 {
                    let mut met = row.with(to.index(), Value::Entity(end));
                    met.weight = met.weight.saturating_mul(ways);
                    self.push(&mut rows, met, DOING)?;
                }
            }
        }
        Ok(rows)
    }

    pub(super) fn reach(
        &self,
        input: &Operator,
        (from, to): (VariableId, VariableId),
        routes: &[Route],
        (least, most): (u32, Option<u32>),
    ) -> Result<Vec<Row>, Stopped> {
        let to_bound = self.bound(input).contains(&to);
        let mut rows = Vec::new();
        for row in self.rows(input)? {
            let Some(start) = row.entity(from.index()) else { continue };
            let distances = self.distances(start, routes, most, None)?;
            let mut ends: Vec<EntityId> = distances.into_keys().filter(|end| *end != start).collect();
            if least == 0 || self.returns(start, routes, most)? {
                ends.push(start);
            }
            ends.sort();
            for end in ends {
                if !to_bound || row.values[to.index()] == Value::Entity(end) {
                    self.push(&mut rows, row.with(to.index(), Value::Entity(end)), DOING)?;
                }
            }
        }
        Ok(rows)
    }

    /// How many asserted relations away each entity is, breadth first, without taking one of them.
    fn distances(
        &self,
        start: EntityId,
        routes: &[Route],
        most: Option<u32>,
        without: Option<RelationId>,
    ) -> Result<HashMap<EntityId, u32>, Stopped> {
        let mut distances = HashMap::from([(start, 0)]);
        let mut open = VecDeque::from([(start, 0)]);
        while let Some((at, distance)) = open.pop_front() {
            if most.is_some_and(|most| distance >= most) {
                continue;
            }
            for (id, _, end) in self.hops(at, routes) {
                self.guard.tick(DOING)?;
                if Some(id) != without && !self.graph.is_denied(id) && !distances.contains_key(&end) {
                    distances.insert(end, distance + 1);
                    open.push_back((end, distance + 1));
                }
            }
        }
        Ok(distances)
    }

    /// Whether a trail of at least one relation leads back to where it starts.
    fn returns(&self, start: EntityId, routes: &[Route], most: Option<u32>) -> Result<bool, Stopped> {
        for (first, _, end) in self.hops(start, routes) {
            if self.graph.is_denied(first) || most == Some(0) {
                continue;
            }
            if end == start || self.distances(end, routes, most.map(|most| most - 1), Some(first))?.contains_key(&start) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whether one of these variables of a row holds a relation, by itself or in a list.
pub(super) fn is_taken(row: &Row, unlike: &[VariableId], id: RelationId) -> bool {
    let holds = |value: &Value| match value {
        Value::Relation(taken) => *taken == id,
        Value::List(members) => members.contains(&Value::Relation(id)),
        _ => false,
    };
    unlike.iter().any(|variable| holds(&row.values[variable.index()]))
}

/// In how many ways one relation of each list can be chosen, none of them twice.
fn choices(lists: &[Vec<RelationId>], chosen: &mut Vec<RelationId>) -> u64 {
    let Some((first, rest)) = lists.split_first() else { return 1 };
    let mut ways = 0_u64;
    for id in first {
        if !chosen.contains(id) {
            chosen.push(*id);
            ways = ways.saturating_add(choices(rest, chosen));
            chosen.pop();
        }
    }
    ways
}
