//! Around: the entities near one, breadth first, each with the relations that lead to it from one step nearer.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::algebra::{Route, VariableId};
use crate::model::{EntityId, RelationId, Value};

use super::execute::Run;
use super::row::{Row, united};
use crate::engine::limits::Stopped;

impl Run<'_> {
    /// The rows of [`crate::algebra::Operator::Around`]. All entities that the rows bind are the middle together.
    pub(super) fn around(
        &self,
        input: &[Row],
        (centre, entity, distance): (VariableId, VariableId, VariableId),
        routes: &[Route],
        within: u32,
    ) -> Result<Vec<Row>, Stopped> {
        const DOING: &str = "looking around";
        let mut distances: HashMap<EntityId, u32> = input.iter().filter_map(|row| row.entity(centre.index())).map(|id| (id, 0)).collect();
        let mut frontier: Vec<EntityId> = distances.keys().copied().collect();
        frontier.sort();
        let mut certain: HashSet<EntityId> = input.iter().filter(|row| row.certain).filter_map(|row| row.entity(centre.index())).collect();
        let mut rows = Vec::new();
        let Some(template) = input.first() else { return Ok(rows) };
        for step in 1..=within {
            let mut reached: BTreeMap<EntityId, Vec<RelationId>> = BTreeMap::new();
            let mut surely: HashSet<EntityId> = HashSet::new();
            for from in frontier {
                for (relation, _, to) in self.hops(from, routes) {
                    self.guard.tick(DOING)?;
                    let farther = distances.get(&to).is_none_or(|known| *known == step);
                    if farther && !self.graph.is_denied(relation) {
                        distances.insert(to, step);
                        reached.entry(to).or_default().push(relation);
                        if certain.contains(&from) {
                            surely.insert(to);
                        }
                    }
                }
            }
            frontier = reached.keys().copied().collect();
            for (to, relations) in reached {
                let mut row = template.with(entity.index(), Value::Entity(to));
                row.values[distance.index()] = Value::Integer(i64::from(step));
                row.support = united(&[], &relations);
                row.certain = surely.contains(&to);
                self.push(&mut rows, row, DOING)?;
            }
            certain.extend(surely);
            if frontier.is_empty() {
                break;
            }
        }
        Ok(rows)
    }
}
