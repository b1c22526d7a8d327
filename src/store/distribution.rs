//! Distribution: which values a qualifier has on the relations of some types, and on how many different ones of them.

use crate::model::{Direction, QualifierId, RelationId, RelationTypeId, Value};

use super::form::FastMap;
use super::graph::Graph;

/// The values of a qualifier on the relations of some types.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Distribution {
    /// Each different value (a list counts as one), with the asserted relations that have it. Relations that say the same of the same
    /// two entities count once.
    pub values: Vec<(Value, u64)>,
    /// Whether all relations of these types were looked at.
    pub is_complete: bool,
}

impl Graph {
    /// The distribution of a qualifier over the relations of these types, as far as `go_on` allows; it is asked every few hundred
    /// relations. At most `most` different values are told apart.
    pub fn distribution(
        &self,
        qualifier: QualifierId,
        types: &[RelationTypeId],
        most: usize,
        mut go_on: impl FnMut() -> bool,
    ) -> Distribution {
        const BETWEEN_LOOKS: usize = 512;
        let Some(column) = self.column(qualifier) else { return Distribution { values: Vec::new(), is_complete: true } };
        let mut tally: FastMap<u64, (u64, usize)> = FastMap::default();
        let (mut looked_at, mut is_complete) = (0, true);
        'types: for relation_type in types {
            let ends = self.ends(Direction::Outgoing);
            let has_parallel = self.statistics().of_type(*relation_type).has_parallel;
            for (_, span) in self.active(Direction::Outgoing, *relation_type) {
                looked_at += span.len();
                if looked_at >= BETWEEN_LOOKS {
                    looked_at = 0;
                    if !go_on() {
                        is_complete = false;
                        break 'types;
                    }
                }
                let mut alike: Vec<RelationId> = Vec::new();
                let mut before = None;
                for (position, end) in span.clone().zip(ends.part(span).iter().copied()) {
                    let relation = self.relation_at(Direction::Outgoing, position);
                    if self.is_denied(relation) {
                        continue;
                    }
                    if has_parallel {
                        if before.replace(end) != Some(end) {
                            alike.clear();
                        } else if alike.iter().any(|other| self.says_the_same(*other, relation)) {
                            continue;
                        }
                        alike.push(relation);
                    }
                    let Some(key) = column.key(relation.index()) else { continue };
                    let known = tally.len();
                    if known >= most && !tally.contains_key(&key) {
                        is_complete = false;
                        continue;
                    }
                    tally.entry(key).or_insert((0, relation.index())).0 += 1;
                }
            }
        }
        let values = tally.into_values().filter_map(|(count, at)| Some((column.get(at)?, count))).collect();
        Distribution { values, is_complete }
    }

    /// Whether two relations between the same entities say the same: a table shows them as one row.
    fn says_the_same(&self, one: RelationId, other: RelationId) -> bool {
        let hedge = |id| self.statement_of(id).hedge;
        self.qualifiers(one) == self.qualifiers(other) && hedge(one) == hedge(other) && self.jointly(one) == self.jointly(other)
    }
}
