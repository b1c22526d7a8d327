//! Shortest: the shortest paths of patterns, for each row by itself, each relation counting by itself.

use std::collections::HashMap;
use std::sync::Arc;

use crate::algebra::{Hops, PathMode, VariableId};
use crate::model::{EntityId, Path, RelationId, Step, Value};

use super::super::row::Row;
use super::Run;
use crate::engine::limits::Stopped;

const DOING: &str = "searching paths";

/// The ways into each entity from one step nearer to the start.
type Arrivals = HashMap<EntityId, Vec<(EntityId, Step)>>;

impl Run<'_> {
    /// For each row, the shortest paths between the two entities that it binds.
    pub(in super::super) fn paths_by_row(
        &self,
        input: &[Row],
        (from, to, path): (VariableId, VariableId, VariableId),
        hops: &Hops,
    ) -> Result<Vec<Row>, Stopped> {
        let mut rows = Vec::new();
        for row in input {
            let (Some(start), Some(end)) = (row.entity(from.index()), row.entity(to.index())) else { continue };
            for found in self.shortest(start, end, hops)? {
                let relations: Vec<RelationId> = found.steps.iter().map(|step| step.relation).collect();
                let mut extended = row.with(path.index(), Value::Path(Arc::new(found)));
                relations.into_iter().for_each(|relation| extended.support_by(relation));
                self.push(&mut rows, extended, DOING)?;
            }
        }
        Ok(rows)
    }

    /// The shortest paths from one entity to another. From an entity to itself there is the path of no relation, where that
    /// may be, and no other.
    fn shortest(&self, start: EntityId, end: EntityId, hops: &Hops) -> Result<Vec<Path>, Stopped> {
        if start == end {
            let itself = Path { start, steps: Vec::new() };
            return Ok(if hops.least == 0 { vec![itself] } else { Vec::new() });
        }
        let arrivals = self.arrivals(start, end, hops)?;
        // Back from the end: every way back is part of a shortest path. The steps are kept in reverse until one is whole.
        let mut found = Vec::new();
        let mut open: Vec<(EntityId, Vec<Step>)> = vec![(end, Vec::new())];
        while let Some((at, steps)) = open.pop() {
            if at == start {
                found.push(Path { start, steps: steps.into_iter().rev().collect() });
                self.guard.made(found.len(), size_of::<Step>(), DOING)?;
                if hops.mode == PathMode::OneShortest {
                    break;
                }
                continue;
            }
            // The last pushed is looked at first.
            for (before, step) in arrivals.get(&at).into_iter().flatten().rev() {
                self.guard.tick(DOING)?;
                let mut longer = steps.clone();
                longer.push(*step);
                open.push((*before, longer));
            }
        }
        Ok(found)
    }

    /// Breadth first from the start, level by level, until the end is met.
    fn arrivals(&self, start: EntityId, end: EntityId, hops: &Hops) -> Result<Arrivals, Stopped> {
        let mut levels: HashMap<EntityId, u32> = HashMap::from([(start, 0)]);
        let mut arrivals = Arrivals::new();
        let mut frontier = vec![start];
        let mut depth = 0;
        while !frontier.is_empty() && !levels.contains_key(&end) && hops.most.is_none_or(|most| depth < most) {
            depth += 1;
            let mut next = Vec::new();
            for from in frontier {
                for (relation, forward, to) in self.hops(from, &hops.routes) {
                    self.guard.tick(DOING)?;
                    if self.graph.is_denied(relation) {
                        continue;
                    }
                    let level = *levels.entry(to).or_insert_with(|| {
                        next.push(to);
                        depth
                    });
                    if level == depth {
                        arrivals.entry(to).or_default().push((from, Step { relation, forward, to }));
                    }
                }
            }
            frontier = next;
        }
        Ok(arrivals)
    }
}
