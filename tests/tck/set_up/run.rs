//! Run: carries out the clauses of a set-up, row by row.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::description::{DescribedNode, DescribedRelationship, Description};
use crate::value::{Properties, Value};

use super::evaluate::{compare, has_aggregate, is_true};
use super::tree::{Change, Clause, Expression, NodePattern, Pattern, RelationshipPattern};

/// The values of the variables.
pub(super) type Row = BTreeMap<String, Value>;

/// The graph while it is made; what was deleted leaves a gap.
#[derive(Default)]
pub(super) struct World {
    pub(super) nodes: Vec<Option<DescribedNode>>,
    pub(super) relationships: Vec<Option<DescribedRelationship>>,
}

impl World {
    /// The graph without its gaps.
    pub(super) fn description(self) -> Description {
        let mut places = Vec::new();
        let mut nodes = Vec::new();
        for node in self.nodes {
            places.push(nodes.len());
            nodes.extend(node);
        }
        let moved = |relationship: DescribedRelationship| DescribedRelationship {
            from: places[relationship.from],
            to: places[relationship.to],
            ..relationship
        };
        Description { nodes, relationships: self.relationships.into_iter().flatten().map(moved).collect() }
    }

    /// Carries out a query, or several that stand behind each other and share their variables.
    pub(super) fn run(&mut self, clauses: &[Clause]) -> Result<(), String> {
        self.carry_out(clauses, vec![Row::new()]).map(|_| ())
    }

    fn carry_out(&mut self, clauses: &[Clause], mut rows: Vec<Row>) -> Result<Vec<Row>, String> {
        for clause in clauses {
            rows = self.clause(clause, rows)?;
        }
        Ok(rows)
    }

    fn clause(&mut self, clause: &Clause, mut rows: Vec<Row>) -> Result<Vec<Row>, String> {
        match clause {
            Clause::Create(patterns) => {
                for row in &mut rows {
                    for pattern in patterns {
                        self.create(pattern, row)?;
                    }
                }
            }
            Clause::Merge { pattern, on_create, on_match } => return self.merge(pattern, on_create, on_match, rows),
            Clause::Match { patterns, condition, optional } => return self.matches(patterns, condition.as_ref(), *optional, rows),
            Clause::Unwind(list, variable) => {
                let mut unwound = Vec::new();
                for row in rows {
                    match self.evaluate(list, &row, None)? {
                        Value::Null => {}
                        Value::List(members) => unwound.extend(members.into_iter().map(|member| with(&row, variable, member))),
                        single => unwound.push(with(&row, variable, single)),
                    }
                }
                return Ok(unwound);
            }
            Clause::With { .. } => return self.project(clause, rows),
            Clause::Set(changes) => self.change_all(changes, &rows, true)?,
            Clause::Remove(changes) => self.change_all(changes, &rows, false)?,
            Clause::Delete(targets) => {
                for row in &rows {
                    for target in targets {
                        let target = self.evaluate(target, row, None)?;
                        self.delete(&target)?;
                    }
                }
            }
            Clause::Foreach(variable, list, clauses) => {
                for row in &rows {
                    if let Value::List(members) = self.evaluate(list, row, None)? {
                        let inner = members.into_iter().map(|member| with(row, variable, member)).collect();
                        self.carry_out(clauses, inner)?;
                    }
                }
            }
            Clause::Return => {}
        }
        Ok(rows)
    }

    fn properties(&self, written: Option<&Expression>, row: &Row) -> Result<Properties, String> {
        let Some(written) = written else { return Ok(Properties::new()) };
        match self.evaluate(written, row, None)? {
            Value::Map(entries) => Ok(entries.into_iter().filter(|(_, value)| *value != Value::Null).collect()),
            other => Err(format!("set-up: {other} is no map of properties")),
        }
    }

    fn create(&mut self, pattern: &Pattern, row: &mut Row) -> Result<(), String> {
        let mut from = self.create_node(&pattern.start, row)?;
        for (step, node) in &pattern.steps {
            let to = self.create_node(node, row)?;
            let properties = self.properties(step.properties.as_ref(), row)?;
            let [relation_type] = step.types.as_slice() else { return Err("set-up: a relationship has one type".to_owned()) };
            let (start, end) = if step.left { (to, from) } else { (from, to) };
            let relationship = DescribedRelationship { from: start, relation_type: relation_type.clone(), to: end, properties };
            if let Some(variable) = &step.variable {
                row.insert(variable.clone(), Value::RelationshipAt(self.relationships.len()));
            }
            self.relationships.push(Some(relationship));
            from = to;
        }
        Ok(())
    }

    /// The node of a variable that is bound, else a new one.
    fn create_node(&mut self, pattern: &NodePattern, row: &mut Row) -> Result<usize, String> {
        if let Some(Value::NodeAt(known)) = pattern.variable.as_ref().and_then(|variable| row.get(variable)) {
            return Ok(*known);
        }
        let properties = self.properties(pattern.properties.as_ref(), row)?;
        let number = self.nodes.len();
        self.nodes.push(Some(DescribedNode { labels: pattern.labels.clone(), properties }));
        if let Some(variable) = &pattern.variable {
            row.insert(variable.clone(), Value::NodeAt(number));
        }
        Ok(number)
    }

    fn merge(&mut self, pattern: &Pattern, on_create: &[Change], on_match: &[Change], rows: Vec<Row>) -> Result<Vec<Row>, String> {
        let mut merged = Vec::new();
        for row in rows {
            let mut found = Vec::new();
            self.find(std::slice::from_ref(pattern), &row, &mut Vec::new(), &mut found)?;
            if found.is_empty() {
                let mut made = row;
                self.create(pattern, &mut made)?;
                found.push(made);
                self.change_all(on_create, &found, true)?;
            } else {
                self.change_all(on_match, &found, true)?;
            }
            merged.extend(found);
        }
        Ok(merged)
    }

    fn matches(&self, patterns: &[Pattern], condition: Option<&Expression>, optional: bool, rows: Vec<Row>) -> Result<Vec<Row>, String> {
        let mut matched = Vec::new();
        for row in rows {
            let mut found = Vec::new();
            self.find(patterns, &row, &mut Vec::new(), &mut found)?;
            let mut kept = Vec::new();
            for row in found {
                if self.holds(condition, &row)? {
                    kept.push(row);
                }
            }
            if kept.is_empty() && optional {
                let nodes =
                    patterns.iter().flat_map(|pattern| std::iter::once(&pattern.start).chain(pattern.steps.iter().map(|step| &step.1)));
                let steps = patterns.iter().flat_map(|pattern| pattern.steps.iter().map(|step| &step.0));
                let variables = nodes.map(|node| &node.variable).chain(steps.map(|step| &step.variable)).flatten();
                let mut row = row;
                for variable in variables {
                    row.entry(variable.clone()).or_insert(Value::Null);
                }
                kept.push(row);
            }
            matched.extend(kept);
        }
        Ok(matched)
    }

    fn holds(&self, condition: Option<&Expression>, row: &Row) -> Result<bool, String> {
        condition.map_or(Ok(true), |condition| self.evaluate(condition, row, None).map(|value| is_true(&value)))
    }

    /// Every way to find the patterns; a relationship is used once.
    fn find(&self, patterns: &[Pattern], row: &Row, used: &mut Vec<usize>, found: &mut Vec<Row>) -> Result<(), String> {
        let Some((pattern, others)) = patterns.split_first() else {
            found.push(row.clone());
            return Ok(());
        };
        for node in 0..self.nodes.len() {
            if let Some(row) = self.bind_node(node, &pattern.start, row)? {
                self.find_steps(node, &pattern.steps, others, &row, used, found)?;
            }
        }
        Ok(())
    }

    fn find_steps(
        &self,
        from: usize,
        steps: &[(RelationshipPattern, NodePattern)],
        others: &[Pattern],
        row: &Row,
        used: &mut Vec<usize>,
        found: &mut Vec<Row>,
    ) -> Result<(), String> {
        let Some(((step, node), further)) = steps.split_first() else { return self.find(others, row, used, found) };
        for (number, relationship) in self.relationships.iter().enumerate() {
            let Some(relationship) = relationship.as_ref().filter(|_| !used.contains(&number)) else { continue };
            let either = step.left == step.right;
            let mut ends = Vec::new();
            if relationship.from == from && (step.right || either) {
                ends.push(relationship.to);
            }
            if relationship.to == from && (step.left || either) && !(either && relationship.from == from) {
                ends.push(relationship.from);
            }
            let typed = step.types.is_empty() || step.types.contains(&relationship.relation_type);
            let wanted = self.properties(step.properties.as_ref(), row)?;
            let bound = match step.variable.as_ref().and_then(|variable| row.get(variable)) {
                Some(known) => *known == Value::RelationshipAt(number),
                None => true,
            };
            if !typed || !bound || !contains(&relationship.properties, &wanted) {
                continue;
            }
            for end in ends {
                if let Some(mut row) = self.bind_node(end, node, row)? {
                    if let Some(variable) = &step.variable {
                        row.insert(variable.clone(), Value::RelationshipAt(number));
                    }
                    used.push(number);
                    self.find_steps(end, further, others, &row, used, found)?;
                    used.pop();
                }
            }
        }
        Ok(())
    }

    fn bind_node(&self, number: usize, pattern: &NodePattern, row: &Row) -> Result<Option<Row>, String> {
        let Some(node) = &self.nodes[number] else { return Ok(None) };
        let wanted = self.properties(pattern.properties.as_ref(), row)?;
        if !pattern.labels.iter().all(|label| node.labels.contains(label)) || !contains(&node.properties, &wanted) {
            return Ok(None);
        }
        let Some(variable) = &pattern.variable else { return Ok(Some(row.clone())) };
        match row.get(variable) {
            Some(known) => Ok((*known == Value::NodeAt(number)).then(|| row.clone())),
            None => Ok(Some(with(row, variable, Value::NodeAt(number)))),
        }
    }

    fn project(&self, clause: &Clause, rows: Vec<Row>) -> Result<Vec<Row>, String> {
        let Clause::With { everything, distinct, items, order, skip, limit, condition } = clause else { return Ok(rows) };
        let mut projected: Vec<(Row, Row)> = Vec::new();
        for group in self.groups(items, *everything, rows)? {
            let first = group.first().cloned().unwrap_or_default();
            let mut row = if *everything { first.clone() } else { Row::new() };
            for (expression, name) in items {
                row.insert(name.clone(), self.evaluate(expression, &first, Some(&group))?);
            }
            if !(*distinct && projected.iter().any(|(other, _)| *other == row)) {
                let mut sees = first;
                sees.extend(row.clone());
                projected.push((row, sees));
            }
        }
        self.sort(order, &mut projected)?;
        let count = |written: &Option<Expression>| match written {
            Some(written) => match self.evaluate(written, &Row::new(), None)? {
                Value::Integer(count) => Ok(usize::try_from(count).ok()),
                other => Err(format!("set-up: {other} is no count")),
            },
            None => Ok(None),
        };
        let (skip, limit) = (count(skip)?.unwrap_or(0), count(limit)?.unwrap_or(usize::MAX));
        let mut kept = Vec::new();
        for (row, sees) in projected.into_iter().skip(skip).take(limit) {
            if self.holds(condition.as_ref(), &sees)? {
                kept.push(row);
            }
        }
        Ok(kept)
    }

    /// The rows that make one row each: single ones, or those that are equal in what is not aggregated.
    fn groups(&self, items: &[(Expression, String)], everything: bool, rows: Vec<Row>) -> Result<Vec<Vec<Row>>, String> {
        if !items.iter().any(|(expression, _)| has_aggregate(expression)) {
            return Ok(rows.into_iter().map(|row| vec![row]).collect());
        }
        let keys: Vec<&Expression> =
            items.iter().map(|(expression, _)| expression).filter(|expression| !has_aggregate(expression)).collect();
        if rows.is_empty() && keys.is_empty() {
            return Ok(vec![Vec::new()]);
        }
        let mut groups: Vec<(Vec<Value>, Vec<Row>)> = Vec::new();
        for row in rows {
            let mut key = keys.iter().map(|key| self.evaluate(key, &row, None)).collect::<Result<Vec<Value>, String>>()?;
            if everything {
                key.extend(row.values().cloned());
            }
            match groups.iter_mut().find(|(other, _)| *other == key) {
                Some((_, group)) => group.push(row),
                None => groups.push((key, vec![row])),
            }
        }
        Ok(groups.into_iter().map(|(_, group)| group).collect())
    }

    fn sort(&self, order: &[(Expression, bool)], rows: &mut [(Row, Row)]) -> Result<(), String> {
        for (expression, descending) in order.iter().rev() {
            let mut keys = BTreeMap::new();
            for (at, (_, sees)) in rows.iter().enumerate() {
                keys.insert(at, self.evaluate(expression, sees, None)?);
            }
            let mut places: Vec<usize> = (0..rows.len()).collect();
            places.sort_by(|left, right| {
                let ordering = compare(&keys[left], &keys[right]).unwrap_or(Ordering::Equal);
                if *descending { ordering.reverse() } else { ordering }
            });
            let sorted: Vec<(Row, Row)> = places.into_iter().map(|place| rows[place].clone()).collect();
            rows.clone_from_slice(&sorted);
        }
        Ok(())
    }

    fn change_all(&mut self, changes: &[Change], rows: &[Row], adds: bool) -> Result<(), String> {
        for row in rows {
            for change in changes {
                self.change(change, row, adds)?;
            }
        }
        Ok(())
    }

    fn change(&mut self, change: &Change, row: &Row, adds: bool) -> Result<(), String> {
        match change {
            Change::Property(holder, name, value) => {
                let value = self.evaluate(value, row, None)?;
                let holder = self.evaluate(holder, row, None)?;
                if let Some(properties) = self.properties_of(&holder) {
                    properties.insert(name.clone(), value);
                    properties.retain(|_, value| *value != Value::Null);
                }
            }
            Change::AllProperties(holder, value) | Change::MoreProperties(holder, value) => {
                let entries = match self.evaluate(value, row, None)? {
                    Value::Map(entries) => entries,
                    other => self.properties_of(&other).cloned().unwrap_or_default(),
                };
                let holder = self.evaluate(holder, row, None)?;
                if let Some(properties) = self.properties_of(&holder) {
                    if matches!(change, Change::AllProperties(..)) {
                        properties.clear();
                    }
                    properties.extend(entries);
                    properties.retain(|_, value| *value != Value::Null);
                }
            }
            Change::Labels(variable, labels) => {
                if let Some(Value::NodeAt(number)) = row.get(variable)
                    && let Some(node) = &mut self.nodes[*number]
                {
                    node.labels.retain(|label| !labels.contains(label));
                    if adds {
                        node.labels.extend(labels.iter().cloned());
                    }
                }
            }
        }
        Ok(())
    }

    fn properties_of(&mut self, holder: &Value) -> Option<&mut Properties> {
        match holder {
            Value::NodeAt(number) => self.nodes[*number].as_mut().map(|node| &mut node.properties),
            Value::RelationshipAt(number) => self.relationships[*number].as_mut().map(|relationship| &mut relationship.properties),
            _ => None,
        }
    }

    fn delete(&mut self, target: &Value) -> Result<(), String> {
        match target {
            Value::Null => {}
            Value::RelationshipAt(number) => self.relationships[*number] = None,
            Value::NodeAt(number) => {
                self.nodes[*number] = None;
                for relationship in &mut self.relationships {
                    if relationship.as_ref().is_some_and(|relationship| relationship.from == *number || relationship.to == *number) {
                        *relationship = None;
                    }
                }
            }
            other => return Err(format!("set-up: {other} cannot be deleted")),
        }
        Ok(())
    }
}

fn with(row: &Row, variable: &str, value: Value) -> Row {
    let mut row = row.clone();
    row.insert(variable.to_owned(), value);
    row
}

fn contains(properties: &Properties, wanted: &Properties) -> bool {
    wanted.iter().all(|(name, value)| properties.get(name).is_some_and(|found| found.same(value)))
}
