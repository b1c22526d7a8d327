//! Relations: what does lead on from an entity, or from the rows of a phrase, where what was asked for does not.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::{Operator, Selection};
use crate::model::{Direction, EntityId, RelationTypeId};

use super::{Explainer, Frame, listed};

/// How many relations of an entity are looked at.
const MOST_RELATIONS: usize = 20_000;

/// How many relation nouns and broader entities are tried.
const TRIED: usize = 8;

impl Explainer<'_> {
    /// `NOUN of OPERAND` has no rows, and it is the innermost `of`.
    pub(super) fn no_relation(&mut self, step: &str, noun: &str, operand: &str, frame: &Frame, depth: usize) {
        let asked = self.prober.resolved(step).and_then(|query| asked_of(&query.root));
        let Some((entity, exactly, labels)) = asked else {
            if self.prober.gives(operand) == Some(false) {
                self.part(operand, frame, depth);
            } else {
                self.leads_nowhere(noun, operand, frame);
            }
            return;
        };
        let graph = self.session().graph();
        let name = graph.name(entity);
        let label = |id: &RelationTypeId| self.session().schema().relation_types[id.index()].id.clone();
        let labels: Vec<String> = labels.iter().map(label).collect();
        self.say(format!("the graph holds no `{}` relation of {name} in this direction", labels.join("` or `")));
        if graph.has_denials() && self.prober.gives(&format!("{step} where denied")) == Some(true) {
            self.offer("reported absent", frame, &format!("{step} where denied"));
        }
        let members = if exactly { vec![entity] } else { graph.descendants(entity) };
        if let Some(counts) = self.relations_of(&members) {
            self.tell_relations(name, &counts);
            let mut found = false;
            for other in self.nouns_of(&counts).iter().filter(|other| *other != noun).take(2) {
                found |= self.offer(&format!("its {other}"), &Frame::default(), &format!("{other} of {operand}"));
            }
            if !found && !counts.is_empty() {
                self.offer("what is known of it", &Frame::default(), operand);
            }
        }
        if exactly {
            let wider = operand.trim_start().get("exactly".len()..).unwrap_or(operand).trim();
            self.offer("with what is one of it", frame, &format!("{noun} of {wider}"));
        }
        self.broader(entity, frame, |named| format!("{noun} of {named}"));
    }

    /// The nearest broader entity with which the query has rows.
    pub(super) fn broader(&mut self, entity: EntityId, frame: &Frame, query: impl Fn(&str) -> String) -> bool {
        let graph = self.session().graph();
        let mut seen = BTreeSet::from([entity]);
        let mut level = vec![entity];
        let mut tried = 0;
        while !level.is_empty() && tried < TRIED {
            let mut above: Vec<EntityId> = level.iter().flat_map(|entity| graph.parents(*entity)).collect();
            above.retain(|entity| seen.insert(*entity));
            for parent in &above {
                tried += 1;
                let lead = format!("with {}, which is broader", graph.name(*parent));
                if tried > TRIED || self.offer(&lead, frame, &query(&self.named(*parent))) {
                    return tried <= TRIED;
                }
            }
            level = above;
        }
        false
    }

    /// A phrase has rows, and none leads on by a relation noun.
    pub(super) fn leads_nowhere(&mut self, noun: &str, inner: &str, frame: &Frame) {
        let Some(rows) = self.prober.count(inner) else { return };
        self.say(format!("nothing in `{inner}` has {noun}"));
        self.push_query(&format!("all of it, whatever its {noun}"), inner, rows);
        let counts = self.members(inner).and_then(|members| self.relations_of(&members));
        let Some(counts) = counts else { return };
        let nouns = self.nouns_of(&counts);
        for other in nouns.iter().filter(|other| *other != noun).take(3) {
            self.offer(&format!("it has {other}"), frame, &format!("{other} of {inner}"));
        }
    }

    fn tell_relations(&mut self, name: &str, counts: &[((RelationTypeId, Direction), usize)]) {
        let mut types: BTreeMap<RelationTypeId, usize> = BTreeMap::new();
        for ((relation_type, _), count) in counts {
            *types.entry(*relation_type).or_default() += count;
        }
        let mut types: Vec<(&str, usize)> =
            types.into_iter().map(|(id, count)| (self.session().schema().relation_types[id.index()].id.as_str(), count)).collect();
        types.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(right.0)));
        let shown: Vec<String> = types.iter().map(|(id, count)| format!("{id} ({count})")).collect();
        if shown.is_empty() {
            self.say(format!("it holds no relation of {name} at all"));
        } else {
            self.say(format!("relations of {name}: {}", listed(&shown)));
        }
    }

    /// How many relations entities have, by type and direction; none if they are too many to look at.
    fn relations_of(&self, members: &[EntityId]) -> Option<Vec<((RelationTypeId, Direction), usize)>> {
        let graph = self.session().graph();
        let mut relations = BTreeSet::new();
        for entity in members {
            for direction in [Direction::Outgoing, Direction::Incoming] {
                for relation in graph.relations_of(*entity, direction) {
                    relations.insert((direction, relation));
                    if relations.len() > MOST_RELATIONS || (relations.len() % 512 == 0 && self.prober.is_over()) {
                        return None;
                    }
                }
            }
        }
        let mut counts: BTreeMap<(RelationTypeId, Direction), usize> = BTreeMap::new();
        for (direction, relation) in &relations {
            // A relation between two of them is met from both ends, and counts once.
            let inner = *direction == Direction::Incoming && relations.contains(&(Direction::Outgoing, *relation));
            *counts.entry((graph.relation_type(*relation), *direction)).or_default() += usize::from(!inner);
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(&right.0)));
        Some(counts)
    }

    /// The nouns for what stands at the other end of these relations, the most frequent first.
    fn nouns_of(&self, counts: &[((RelationTypeId, Direction), usize)]) -> Vec<String> {
        let noun = |((relation_type, direction), _): &((RelationTypeId, Direction), usize)| {
            let relation_type = &self.session().schema().relation_types[relation_type.index()];
            let nouns = match direction {
                Direction::Outgoing => &relation_type.target_nouns,
                Direction::Incoming => &relation_type.source_nouns,
            };
            nouns.first().map(|noun| noun.many.clone())
        };
        let mut nouns: Vec<String> = Vec::new();
        for noun in counts.iter().filter_map(noun) {
            if !nouns.contains(&noun) {
                nouns.push(noun);
            }
        }
        nouns
    }
}

/// The entity that a relation noun is asked of, whether it alone, and the relation types.
fn asked_of(operator: &Operator) -> Option<(EntityId, bool, Vec<RelationTypeId>)> {
    if let Operator::Expand { input, routes, .. } = operator {
        let Operator::Entities { selection, .. } = input.as_ref() else { return None };
        let mut types: Vec<RelationTypeId> = routes.iter().map(|route| route.relation_type).collect();
        types.dedup();
        return match selection {
            Selection::IsA(entity) => Some((*entity, false, types)),
            Selection::Exactly(entity) => Some((*entity, true, types)),
            _ => None,
        };
    }
    asked_of(operator.inputs().first()?)
}
