//! Paths: ways between entities: breadth first for the shortest, depth first for all simple ones.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::algebra::{Hops, JoinMode, Operator, PathMode, VariableId};
use crate::model::{EntityId, Path, RelationId, RelationTypeId, Step, Value};

use super::execute::Run;
use super::order::compare_paths;
use super::row::{Row, united};
use crate::engine::limits::Stopped;

const DOING: &str = "searching paths";

/// A step without regard to the statement behind it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Move {
    to: EntityId,
    relation_type: RelationTypeId,
    backward: bool,
}

/// The moves from an entity, each with the relations that say so.
type Moves = BTreeMap<Move, Vec<RelationId>>;

impl Run<'_> {
    /// The rows that bind the starts and the ends of paths that count them together. Where two operators bind one each, their
    /// rows stand one after the other: every pair of them would be the product of two whole branches of a hierarchy.
    pub(super) fn ends_of_paths(&self, input: &Operator) -> Result<Vec<Row>, Stopped> {
        let (mut rows, mut others) = match input {
            Operator::Entities { input: first, entity, selection } if **first != Operator::Unit => {
                (self.rows(first)?, self.entities(&Operator::Unit, *entity, selection)?)
            }
            Operator::Join { left, right, on, mode: JoinMode::Inner } if on.is_empty() => (self.rows(left)?, self.rows(right)?),
            other => return self.rows(other),
        };
        if rows.is_empty() || others.is_empty() {
            return Ok(Vec::new());
        }
        rows.append(&mut others);
        Ok(rows)
    }

    /// The rows of [`crate::algebra::Operator::Paths`]: the starts and the ends that the rows bind count together, unless each
    /// relation counts by itself, as in patterns.
    pub(super) fn paths(
        &self,
        input: &[Row],
        (from, to, path): (VariableId, VariableId, VariableId),
        hops: &Hops,
    ) -> Result<Vec<Row>, Stopped> {
        if hops.parallel {
            return self.paths_by_row(input, (from, to, path), hops);
        }
        let bound = |variable: VariableId| -> BTreeSet<EntityId> { input.iter().filter_map(|row| row.entity(variable.index())).collect() };
        let (starts, ends) = (bound(from), bound(to));
        let mut found = match hops.mode {
            PathMode::Simple => self.simple_paths(&starts, &ends, hops)?,
            PathMode::AllShortest => self.shortest_paths(&starts, &ends, hops, false)?,
            PathMode::OneShortest => self.shortest_paths(&starts, &ends, hops, true)?,
        };
        found.sort_by(|(left, _), (right, _)| compare_paths(self.graph, left, right));
        let mut rows = Vec::new();
        let Some(template) = input.first() else { return Ok(rows) };
        let mut sure: HashSet<(VariableId, EntityId)> = HashSet::new();
        for row in input.iter().filter(|row| row.certain) {
            sure.extend([from, to].into_iter().filter_map(|variable| row.entity(variable.index()).map(|entity| (variable, entity))));
        }
        let certain = |variable: VariableId, entity: EntityId| sure.contains(&(variable, entity));
        for (way, support) in found {
            let (start, end) = (way.start, way.end());
            let mut row = template.with(from.index(), Value::Entity(start));
            row.values[to.index()] = Value::Entity(end);
            row.values[path.index()] = Value::Path(Arc::new(way));
            row.support = united(&[], &support);
            row.certain = certain(from, start) && certain(to, end);
            self.push(&mut rows, row, DOING)?;
        }
        Ok(rows)
    }

    /// The asserted moves from an entity; relations that differ only in their statement are one move.
    fn moves(&self, from: EntityId, hops: &Hops) -> Result<Moves, Stopped> {
        let mut moves = Moves::new();
        for (relation, forward, to) in self.hops(from, &hops.routes) {
            self.guard.tick(DOING)?;
            if !self.graph.is_denied(relation) {
                let relation_type = self.graph.relation_type(relation);
                moves.entry(Move { to, relation_type, backward: !forward }).or_default().push(relation);
            }
        }
        Ok(moves)
    }

    /// All paths as short as the shortest from any start to any other end, or only the first of them.
    fn shortest_paths(
        &self,
        starts: &BTreeSet<EntityId>,
        ends: &BTreeSet<EntityId>,
        hops: &Hops,
        only_first: bool,
    ) -> Result<Vec<(Path, Vec<RelationId>)>, Stopped> {
        if starts.is_disjoint(ends) {
            return self.shortest_between(starts, ends, hops, only_first);
        }
        // An entity that is a start and an end is no path by itself: each start is then searched from alone, no farther than the
        // nearest pair is apart.
        let Some(length) = self.shortest_length(starts, ends, hops)? else { return Ok(Vec::new()) };
        let bounded = Hops { most: Some(length), ..hops.clone() };
        let mut by_id: Vec<EntityId> = starts.iter().copied().collect();
        by_id.sort_by_key(|start| self.graph.slug(*start));
        let mut found = Vec::new();
        for start in by_id {
            found.append(&mut self.shortest_between(&BTreeSet::from([start]), ends, &bounded, only_first)?);
            if only_first && !found.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// How many steps the nearest of two different entities, a start and an end, are apart; none if no way leads from one to
    /// another. Each entity remembers the first two starts that reach it: of two, one is another than itself.
    fn shortest_length(&self, starts: &BTreeSet<EntityId>, ends: &BTreeSet<EntityId>, hops: &Hops) -> Result<Option<u32>, Stopped> {
        let mut reached: HashMap<EntityId, (EntityId, Option<EntityId>)> = starts.iter().map(|start| (*start, (*start, None))).collect();
        let mut frontier: Vec<(EntityId, EntityId)> = starts.iter().map(|start| (*start, *start)).collect();
        let mut depth = 0;
        while !frontier.is_empty() && hops.most.is_none_or(|most| depth < most) {
            depth += 1;
            let mut next = Vec::new();
            for (at, start) in frontier {
                for (relation, _, to) in self.hops(at, &hops.routes) {
                    self.guard.tick(DOING)?;
                    let is_new = match reached.get(&to) {
                        None => true,
                        Some((first, second)) => *first != start && second.is_none(),
                    };
                    if !is_new || self.graph.is_denied(relation) {
                        continue;
                    }
                    if to != start && ends.contains(&to) {
                        return Ok(Some(depth));
                    }
                    reached.entry(to).and_modify(|starts| starts.1 = Some(start)).or_insert((start, None));
                    next.push((to, start));
                }
            }
            frontier = next;
        }
        Ok(None)
    }

    /// The same where no start is an end, or for one start alone.
    fn shortest_between(
        &self,
        starts: &BTreeSet<EntityId>,
        ends: &BTreeSet<EntityId>,
        hops: &Hops,
        only_first: bool,
    ) -> Result<Vec<(Path, Vec<RelationId>)>, Stopped> {
        // Level by level, keeping for each entity the moves that led to it first.
        let mut level: HashMap<EntityId, u32> = starts.iter().map(|start| (*start, 0)).collect();
        let mut arrivals: HashMap<EntityId, Vec<(EntityId, Move)>> = HashMap::new();
        let mut frontier: Vec<EntityId> = starts.iter().copied().collect();
        let mut depth = 0;
        let mut reached: HashSet<EntityId> = HashSet::new();
        while reached.is_empty() && !frontier.is_empty() && hops.most.is_none_or(|most| depth < most) {
            depth += 1;
            let mut next = BTreeSet::new();
            for from in frontier {
                for step in self.moves(from, hops)?.into_keys() {
                    if *level.entry(step.to).or_insert(depth) == depth {
                        arrivals.entry(step.to).or_default().push((from, step));
                        next.insert(step.to);
                    }
                }
            }
            reached = next.iter().copied().filter(|entity| ends.contains(entity) && !starts.contains(entity)).collect();
            frontier = next.into_iter().collect();
        }
        // Which entities lie on a shortest path, so that walking from the starts meets no dead end.
        let mut onward: HashMap<EntityId, Vec<Move>> = HashMap::new();
        let mut open: Vec<EntityId> = reached.iter().copied().collect();
        let mut useful = reached.clone();
        while let Some(entity) = open.pop() {
            for (before, step) in arrivals.get(&entity).into_iter().flatten() {
                onward.entry(*before).or_default().push(*step);
                if useful.insert(*before) {
                    open.push(*before);
                }
            }
        }
        let by_id = |step: &Move| (self.graph.slug(step.to), step.relation_type, step.backward);
        onward.values_mut().for_each(|steps| steps.sort_by(|left, right| by_id(left).cmp(&by_id(right))));
        let mut found = Vec::new();
        let mut by_id: Vec<&EntityId> = starts.iter().filter(|start| useful.contains(start) && depth > 0).collect();
        by_id.sort_by_key(|start| self.graph.slug(**start));
        for start in by_id {
            let mut walk = Walk { run: self, hops, onward: &onward, ends: &reached, only_first, found: &mut found, steps: Vec::new() };
            walk.from(*start, *start)?;
            if only_first && !found.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// All paths that pass no entity twice, from any start to any other end.
    fn simple_paths(
        &self,
        starts: &BTreeSet<EntityId>,
        ends: &BTreeSet<EntityId>,
        hops: &Hops,
    ) -> Result<Vec<(Path, Vec<RelationId>)>, Stopped> {
        // No simple path is longer than the graph has entities.
        let most = hops.most.map_or(self.graph.entity_count(), |most| most as usize).min(self.graph.entity_count());
        let mut found = Vec::new();
        for start in starts {
            let mut visited = HashSet::from([*start]);
            let mut open: Vec<Vec<(Move, Vec<RelationId>)>> = vec![self.moves(*start, hops)?.into_iter().rev().collect()];
            let mut taken: Vec<(Move, Vec<RelationId>)> = Vec::new();
            while let Some(choices) = open.last_mut() {
                let Some((step, relations)) = choices.pop() else {
                    open.pop();
                    if let Some((step, _)) = taken.pop() {
                        visited.remove(&step.to);
                    }
                    continue;
                };
                self.guard.tick(DOING)?;
                if visited.contains(&step.to) || taken.len() >= most {
                    continue;
                }
                taken.push((step, relations));
                if ends.contains(&step.to) {
                    found.push(path_of(*start, &taken));
                    self.guard.made(found.len(), size_of::<Step>() * (most + 1), DOING)?;
                }
                if taken.len() < most {
                    visited.insert(step.to);
                    open.push(self.moves(step.to, hops)?.into_iter().rev().collect());
                } else {
                    taken.pop();
                }
            }
        }
        Ok(found)
    }
}

/// A walk along the moves that lie on shortest paths.
struct Walk<'w, 'a> {
    run: &'w Run<'a>,
    hops: &'w Hops,
    onward: &'w HashMap<EntityId, Vec<Move>>,
    ends: &'w HashSet<EntityId>,
    only_first: bool,
    found: &'w mut Vec<(Path, Vec<RelationId>)>,
    steps: Vec<(Move, Vec<RelationId>)>,
}

impl Walk<'_, '_> {
    /// Walks on from an entity, in the order of the moves. The depth is that of the shortest path; an explicit stack
    /// keeps long chains off the call stack.
    fn from(&mut self, start: EntityId, at: EntityId) -> Result<(), Stopped> {
        let mut open: Vec<std::vec::IntoIter<Move>> = vec![self.choices(at)];
        while let Some(choices) = open.last_mut() {
            let Some(step) = choices.next() else {
                open.pop();
                self.steps.pop();
                continue;
            };
            self.run.guard.tick(DOING)?;
            let before = self.steps.last().map_or(start, |(step, _)| step.to);
            let relations = self.run.moves(before, self.hops)?.remove(&step).unwrap_or_default();
            self.steps.push((step, relations));
            if self.ends.contains(&step.to) {
                self.found.push(path_of(start, &self.steps));
                self.run.guard.made(self.found.len(), size_of::<Step>() * (self.steps.len() + 1), DOING)?;
                if self.only_first {
                    return Ok(());
                }
                self.steps.pop();
                continue;
            }
            open.push(self.choices(step.to));
        }
        Ok(())
    }

    fn choices(&self, at: EntityId) -> std::vec::IntoIter<Move> {
        self.onward.get(&at).cloned().unwrap_or_default().into_iter()
    }
}

/// The path of some moves, with every relation that supports one of them.
fn path_of(start: EntityId, moves: &[(Move, Vec<RelationId>)]) -> (Path, Vec<RelationId>) {
    let steps = moves
        .iter()
        .filter_map(|(step, relations)| relations.first().map(|first| Step { relation: *first, forward: !step.backward, to: step.to }))
        .collect();
    let support = moves.iter().flat_map(|(_, relations)| relations.iter().copied()).collect();
    (Path { start, steps }, support)
}
