//! Paths: ways between entities: breadth first from both ends for the shortest, depth first for all simple ones.

mod between;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::algebra::{Hops, JoinMode, Operator, PathMode, VariableId};
use crate::model::{EntityId, Path, RelationId, RelationTypeId, Step, Value};

use super::execute::Run;
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

/// A move with the relations that say so, ascending.
type Taken = (Move, Vec<RelationId>);

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
        found.sort_by_cached_key(|(path, _)| self.rank(path));
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

    /// What paths are ordered by: shorter ones first, then by the ids of their entities, then by their relation types and directions.
    fn rank(&self, path: &Path) -> (usize, Vec<&str>, Vec<(RelationTypeId, bool)>) {
        let ids = path.entities().map(|entity| self.graph.slug(entity)).collect();
        let types = path.steps.iter().map(|step| (self.graph.relation_type(step.relation), !step.forward)).collect();
        (path.steps.len(), ids, types)
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
        self.shortest_from_each(starts, ends, (hops, length), only_first)
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
            let mut open: Vec<Vec<Taken>> = vec![self.moves(*start, hops)?.into_iter().rev().collect()];
            let mut taken: Vec<Taken> = Vec::new();
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
                    found.push(path_of(*start, taken.iter()));
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

/// The path of some moves, with every relation that supports one of them.
fn path_of<'t>(start: EntityId, moves: impl Iterator<Item = &'t Taken> + Clone) -> (Path, Vec<RelationId>) {
    let steps = moves
        .clone()
        .filter_map(|(step, relations)| relations.first().map(|first| Step { relation: *first, forward: !step.backward, to: step.to }))
        .collect();
    let support = moves.flat_map(|(_, relations)| relations.iter().copied()).collect();
    (Path { start, steps }, support)
}
