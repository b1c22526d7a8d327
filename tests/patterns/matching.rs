//! Matching: every way in which patterns fit, by trying every node and every relationship in every place.

use std::collections::{BTreeMap, BTreeSet};

use super::expressions::{Naive, Outcome, Row};
use super::query::{Direction, Expression, Matching, NodePattern, Pattern, Shortest, StepPattern};
use super::value::Value;

/// What is still to be tested of a node or a relationship, when all variables have their values.
#[derive(Clone)]
struct Test<'q> {
    value: Value,
    labels: &'q [String],
    properties: &'q [(String, Expression)],
}

/// What the places of the patterns so far are taken by.
#[derive(Clone)]
struct Attempt<'q> {
    row: Row,
    taken: Vec<usize>,
    tests: Vec<Test<'q>>,
    /// The nodes and the relationships of the pattern that is being walked.
    nodes: Vec<usize>,
    relationships: Vec<usize>,
}

impl Naive<'_> {
    /// The row with the variables of the patterns, once for every way in which they fit and the condition is true.
    pub fn matches(&self, matching: &Matching, row: &Row) -> Outcome<Vec<Row>> {
        let none = Vec::new;
        let mut attempts = vec![Attempt { row: row.clone(), taken: none(), tests: Vec::new(), nodes: none(), relationships: none() }];
        for pattern in &matching.patterns {
            let mut longer = Vec::new();
            for attempt in &attempts {
                self.walks(pattern, attempt, &mut longer)?;
            }
            attempts = longer;
        }
        let mut rows = Vec::new();
        for attempt in attempts {
            if !self.passes(&attempt)? {
                continue;
            }
            let holds = match &matching.condition {
                Some(condition) => self.value(condition, &attempt.row)?.truth() == Some(true),
                None => true,
            };
            if holds {
                rows.push(attempt.row);
            }
        }
        Ok(rows)
    }

    fn passes(&self, attempt: &Attempt<'_>) -> Outcome<bool> {
        for test in &attempt.tests {
            if let Value::Node(node) = test.value
                && !test.labels.iter().all(|label| self.world.has_label(node, label))
            {
                return Ok(false);
            }
            for (name, wanted) in test.properties {
                let wanted = self.value(wanted, &attempt.row)?;
                if self.property(&test.value, name)?.equals(&wanted) != Some(true) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Every walk along a pattern.
    fn walks<'q>(&self, pattern: &'q Pattern, attempt: &Attempt<'q>, found: &mut Vec<Attempt<'q>>) -> Outcome<()> {
        let mut all = Vec::new();
        for node in 0..self.world.nodes.len() {
            let start = Attempt { nodes: Vec::new(), relationships: Vec::new(), ..attempt.clone() };
            if let Some(start) = at_node(&pattern.start, node, start) {
                self.steps(&pattern.steps, start, &mut all)?;
            }
        }
        if pattern.shortest != Shortest::No {
            all = shortest(all, pattern.shortest == Shortest::One);
        }
        for mut walk in all {
            if let Some(name) = &pattern.name {
                walk.row.insert(name.clone(), Value::Path(walk.nodes.clone(), walk.relationships.clone()));
            }
            found.push(walk);
        }
        Ok(())
    }

    fn steps<'q>(&self, steps: &'q [(StepPattern, NodePattern)], attempt: Attempt<'q>, found: &mut Vec<Attempt<'q>>) -> Outcome<()> {
        self.spend(1)?;
        let Some(((step, node), rest)) = steps.split_first() else {
            found.push(attempt);
            return Ok(());
        };
        let (least, most) = match step.length {
            None => (1, Some(1)),
            Some((least, most)) => (least.unwrap_or(1), most),
        };
        let before = attempt.relationships.len();
        let mut trails = Vec::new();
        self.trails(step, least, most, 0, attempt, &mut trails)?;
        for mut trail in trails {
            let taken = trail.relationships[before..].to_vec();
            let value = match (step.length, taken.as_slice()) {
                (None, [single]) => Value::Relationship(*single),
                _ => Value::List(taken.iter().copied().map(Value::Relationship).collect()),
            };
            if let Some(name) = &step.name {
                match trail.row.get(name) {
                    Some(known) if *known != value => continue,
                    _ => trail.row.insert(name.clone(), value),
                };
            }
            for relationship in taken {
                trail.tests.push(Test { value: Value::Relationship(relationship), labels: &[], properties: &step.properties });
            }
            let end = trail.nodes.pop().expect("a walk has an end");
            if let Some(trail) = at_node(node, end, trail) {
                self.steps(rest, trail, found)?;
            }
        }
        Ok(())
    }

    /// Every way on from the last node by so many relationships that nothing else has taken.
    fn trails<'q>(
        &self,
        step: &StepPattern,
        least: usize,
        most: Option<usize>,
        length: usize,
        attempt: Attempt<'q>,
        found: &mut Vec<Attempt<'q>>,
    ) -> Outcome<()> {
        self.spend(1)?;
        if length >= least && most.is_none_or(|most| length <= most) {
            found.push(attempt.clone());
        }
        if most.is_some_and(|most| length >= most) {
            return Ok(());
        }
        let at = *attempt.nodes.last().expect("a walk has a start");
        for (place, relationship) in self.world.relationships.iter().enumerate() {
            let fits = step.types.is_empty() || step.types.iter().any(|name| name == self.world.type_of(place));
            if relationship.denied || !fits || attempt.taken.contains(&place) {
                continue;
            }
            let mut ends = Vec::new();
            if relationship.from == at && step.direction != Direction::Backward {
                ends.push(relationship.to);
            }
            if relationship.to == at && step.direction != Direction::Forward && !ends.contains(&relationship.from) {
                ends.push(relationship.from);
            }
            for end in ends {
                let mut longer = attempt.clone();
                longer.taken.push(place);
                longer.relationships.push(place);
                longer.nodes.push(end);
                self.trails(step, least, most, length + 1, longer, found)?;
            }
        }
        Ok(())
    }
}

/// The attempt with this node in the next place; none where the variable has another value.
fn at_node<'q>(pattern: &'q NodePattern, node: usize, mut attempt: Attempt<'q>) -> Option<Attempt<'q>> {
    if let Some(name) = &pattern.name {
        match attempt.row.get(name) {
            Some(known) if *known != Value::Node(node) => return None,
            _ => attempt.row.insert(name.clone(), Value::Node(node)),
        };
    }
    attempt.nodes.push(node);
    attempt.tests.push(Test { value: Value::Node(node), labels: &pattern.labels, properties: &pattern.properties });
    Some(attempt)
}

/// Of the walks between the same two nodes those that no other is shorter than, or one of them.
fn shortest(walks: Vec<Attempt<'_>>, one: bool) -> Vec<Attempt<'_>> {
    let mut least: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let ends = |walk: &Attempt<'_>| (walk.nodes[0], walk.nodes[walk.nodes.len() - 1]);
    for walk in &walks {
        let known = least.entry(ends(walk)).or_insert(usize::MAX);
        *known = walk.relationships.len().min(*known);
    }
    let mut kept: Vec<Attempt<'_>> = walks.into_iter().filter(|walk| least[&ends(walk)] == walk.relationships.len()).collect();
    if one {
        let mut seen = BTreeSet::new();
        kept.retain(|walk| seen.insert(ends(walk)));
    }
    kept
}
