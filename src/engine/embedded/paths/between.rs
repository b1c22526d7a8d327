//! Between: the shortest ways from some entities to others, as moves that lie on them, walked in the order of ids.

use std::collections::{BTreeSet, HashMap};

use crate::algebra::Hops;
use crate::engine::limits::Stopped;
use crate::model::{Direction, EntityId, Path, RelationId, RelationTypeId, Step};

use super::super::batch::ways::Way;
use super::super::execute::Run;
use super::super::fronts::{End, Fronts};
use super::{DOING, Move, Taken, path_of};

/// The moves that lie on shortest paths, by the entity that they lead on from, each with the relations that say so.
type Onward = HashMap<EntityId, Vec<Taken>>;

impl Run<'_> {
    /// All paths as short as the shortest from any start to any end, or only the first of them, where no start is an end.
    pub(super) fn shortest_between(
        &self,
        starts: &BTreeSet<EntityId>,
        ends: &BTreeSet<EntityId>,
        hops: &Hops,
        only_first: bool,
    ) -> Result<Vec<(Path, Vec<RelationId>)>, Stopped> {
        let numbers = |entities: &BTreeSet<EntityId>| -> Vec<u32> { entities.iter().map(|entity| entity.0).collect() };
        let mut found = Vec::new();
        if starts.is_empty() || ends.is_empty() {
            return Ok(found);
        }
        let mut fronts = Fronts::new(&hops.routes);
        let here = (self.graph, self.guard);
        let met = fronts.meet(here, (&numbers(starts), &numbers(ends)), hops.most.unwrap_or(u32::MAX))?;
        let Some((middle, length)) = met else { return Ok(found) };
        let onward = self.onward(&fronts, middle)?;
        for start in self.by_slug(starts.iter().copied().filter(|start| onward.contains_key(start))) {
            self.walk_all(&onward, start, length as usize, only_first, &mut found)?;
            if only_first && !found.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// All paths of at most so many relations from each start by itself to the ends nearest to it, or only the first of them: an entity
    /// that is a start and an end is no path by itself.
    pub(super) fn shortest_from_each(
        &self,
        starts: &BTreeSet<EntityId>,
        ends: &BTreeSet<EntityId>,
        (hops, most): (&Hops, u32),
        only_first: bool,
    ) -> Result<Vec<(Path, Vec<RelationId>)>, Stopped> {
        let mut found = Vec::new();
        let mut fronts = Fronts::new(&hops.routes);
        fronts.aim(self.graph, &ends.iter().map(|end| end.0).collect::<Vec<_>>());
        for start in self.by_slug(starts.iter().copied()) {
            self.guard.tick(DOING)?;
            let Some((middle, length)) = fronts.meet_from((self.graph, self.guard), start.0, most)? else { continue };
            self.walk_all(&self.onward(&fronts, middle)?, start, length as usize, only_first, &mut found)?;
            if only_first && !found.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    fn by_slug(&self, entities: impl Iterator<Item = EntityId>) -> Vec<EntityId> {
        let mut by_slug: Vec<EntityId> = entities.collect();
        by_slug.sort_by_key(|entity| self.graph.slug(*entity));
        by_slug
    }

    /// The moves of all shortest paths through entities in the middle, so that walking along them meets no dead end.
    fn onward(&self, fronts: &Fronts, middle: Vec<u32>) -> Result<Onward, Stopped> {
        let mut moves: Vec<(EntityId, Move, RelationId)> = Vec::new();
        for end in [End::Start, End::Target] {
            let mut level = middle.clone();
            for _ in 0..fronts.depth(end) {
                let mut next = Vec::new();
                for at in level {
                    fronts.nearer((self.graph, self.guard), end, at, |relation, way, other| {
                        moves.push(self.move_along(end, (relation, way), at, other));
                        next.push(other);
                        Ok(())
                    })?;
                }
                next.sort_unstable();
                next.dedup();
                level = next;
            }
        }
        moves.sort_unstable();
        let mut onward = Onward::new();
        for (from, step, relation) in moves {
            let taken = onward.entry(from).or_default();
            match taken.last_mut() {
                Some((last, relations)) if *last == step => relations.push(relation),
                _ => taken.push((step, vec![relation])),
            }
        }
        let by_id = |(step, _): &Taken| (self.graph.slug(step.to), step.relation_type, step.backward);
        onward.values_mut().for_each(|taken| taken.sort_by(|left, right| by_id(left).cmp(&by_id(right))));
        Ok(onward)
    }

    /// The move from start to end of a relation that was met between an entity and another one that is nearer to one end.
    fn move_along(&self, end: End, (relation, way): (RelationId, Way), at: u32, nearer: u32) -> (EntityId, Move, RelationId) {
        let relation_type: RelationTypeId = way.relation_type.unwrap_or_else(|| self.graph.relation_type(relation));
        let against = way.direction == Direction::Incoming;
        // Towards the starts it was met the other way round.
        let (from, to, backward) = match end {
            End::Start => (nearer, at, !against),
            End::Target => (at, nearer, against),
        };
        (EntityId(from), Move { to: EntityId(to), relation_type, backward }, relation)
    }

    /// Walks all paths of a length from an entity, in the order of the moves. An explicit stack keeps long chains off the call stack.
    fn walk_all(
        &self,
        onward: &Onward,
        start: EntityId,
        length: usize,
        only_first: bool,
        found: &mut Vec<(Path, Vec<RelationId>)>,
    ) -> Result<(), Stopped> {
        let choices = |at: EntityId| onward.get(&at).map(Vec::as_slice).unwrap_or_default().iter();
        let mut open = vec![choices(start)];
        let mut steps: Vec<&Taken> = Vec::with_capacity(length);
        while let Some(left) = open.last_mut() {
            let Some(taken) = left.next() else {
                open.pop();
                steps.pop();
                continue;
            };
            self.guard.tick(DOING)?;
            steps.push(taken);
            if steps.len() < length {
                open.push(choices(taken.0.to));
                continue;
            }
            found.push(path_of(start, steps.iter().copied()));
            self.guard.made(found.len(), size_of::<Step>() * (length + 1), DOING)?;
            if only_first {
                return Ok(());
            }
            steps.pop();
        }
        Ok(())
    }
}
