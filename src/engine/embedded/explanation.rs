//! Explanation: why an answer has no rows: which condition or step emptied it, what would be there without it, and what does occur.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::{Condition, Expression, Hops, JoinMode, Operator, PathMode, Query, Route, Selection, VariableId};
use crate::model::{Direction, EntityId, Value};

use super::Embedded;
use super::execute::Run;
use super::order;
use super::row::Row;
use crate::engine::limits::{Guard, Stopped};

/// How many values or relations an explanation lists.
const LISTED: usize = 8;

/// Why a query has no rows, one sentence a line.
pub(super) fn explain(engine: &Embedded<'_>, query: &Query, guard: &Guard<'_>) -> Result<String, Stopped> {
    let run = Run::new(engine.graph, engine.vocabulary, guard, query.variables.len(), &query.root);
    let explainer = Explainer { engine, query, run };
    let mut lines = explainer.emptied(&query.root)?;
    if lines.is_empty() {
        lines.push(format!("there are no {}", query.noun.1));
    }
    Ok(lines.join("\n"))
}

struct Explainer<'e> {
    engine: &'e Embedded<'e>,
    query: &'e Query,
    run: Run<'e>,
}

impl Explainer<'_> {
    /// The lines for an operator that makes no rows: they come from the lowest step that lost them all.
    fn emptied(&self, operator: &Operator) -> Result<Vec<String>, Stopped> {
        match operator {
            Operator::Union { inputs } => {
                let mut lines = Vec::new();
                for input in inputs {
                    for line in self.emptied(input)? {
                        if !lines.contains(&line) {
                            lines.push(line);
                        }
                    }
                }
                Ok(lines)
            }
            Operator::Join { left, right, on, mode } => self.emptied_join(left, right, on, *mode),
            _ => {
                let Some(input) = input_of(operator) else {
                    return Ok(self.nothing_to_start_from(operator));
                };
                let rows = self.known_rows(input)?;
                if rows.is_empty() {
                    return self.emptied(input);
                }
                self.lost(operator, input, &rows)
            }
        }
    }

    /// The rows of an operator, without those for which a condition is unknown.
    fn known_rows(&self, operator: &Operator) -> Result<Vec<Row>, Stopped> {
        // What was prepared for the parts of an earlier query that was put together here is gone with it.
        self.run.evaluator.forget();
        let mut rows = self.run.rows(operator)?;
        rows.retain(|row| !row.unknown);
        Ok(rows)
    }

    fn nothing_to_start_from(&self, operator: &Operator) -> Vec<String> {
        match operator {
            Operator::Given { name, .. } => vec![format!("'{name}' is empty: the answer that it stands for had no entities")],
            Operator::Find { words, .. } => {
                vec![format!("nothing in the graph has a name, an identifier or a definition like \"{words}\"")]
            }
            _ => Vec::new(),
        }
    }

    /// The lines for a step that has rows to work on and makes none.
    fn lost(&self, operator: &Operator, input: &Operator, rows: &[Row]) -> Result<Vec<String>, Stopped> {
        Ok(match operator {
            Operator::Filter { conditions, .. } => self.lost_filter(input, conditions, rows)?,
            Operator::Asserted { .. } => {
                vec!["every statement that speaks of it is a denial: `where denied` lists them".to_owned()]
            }
            Operator::Expand { from, routes, .. } => self.lost_expand(*from, routes, rows),
            Operator::Entities { entity, selection, .. } => self.lost_entities(rows, *entity, selection),
            Operator::Paths { from, to, hops, .. } => self.lost_paths(rows, (*from, *to), hops)?,
            Operator::Around { centre, within, .. } => {
                vec![format!("no relation touches {} within {within}", self.names(rows, *centre))]
            }
            Operator::Slice { .. } => vec![format!("`limit 0` leaves none of {} rows", rows.len())],
            _ => Vec::new(),
        })
    }

    fn lost_filter(&self, input: &Operator, conditions: &[Condition], rows: &[Row]) -> Result<Vec<String>, Stopped> {
        let noun = &self.query.noun;
        let alone = |at: usize| -> Result<usize, Stopped> { Ok(self.kept(input, conditions, |position| position == at)?.len()) };
        // A condition that no row satisfies, whatever the others say.
        for (position, condition) in conditions.iter().enumerate() {
            if conditions.len() > 1 && alone(position)? > 0 {
                continue;
            }
            let others = self.kept(input, conditions, |other| other != position)?;
            let mut lines = vec![none_has(&noun.0, &condition.text)];
            let remaining = if others.is_empty() { self.asserted_only(rows) } else { others };
            lines.push(counted(remaining.len(), "without this condition there is 1 row", "without this condition there are {} rows"));
            lines.extend(self.values_that_occur(condition, &remaining)?);
            return Ok(lines);
        }
        // Each alone is satisfied: it is their combination that is not.
        let together = if conditions.len() == 2 { "both conditions" } else { "all conditions" };
        let mut lines = vec![format!("no {} satisfies {together} together", noun.0)];
        for (position, condition) in conditions.iter().enumerate() {
            let others = self.kept(input, conditions, |other| other != position)?;
            let without = format!("without `{}` there ", condition.text);
            lines.push(without + &counted(others.len(), "is 1 row", "are {} rows"));
            if !others.is_empty() {
                lines.extend(self.values_that_occur(condition, &others)?);
            }
        }
        Ok(lines)
    }

    /// The rows that satisfy those conditions whose positions are chosen.
    fn kept(&self, input: &Operator, conditions: &[Condition], chosen: impl Fn(usize) -> bool) -> Result<Vec<Row>, Stopped> {
        let conditions: Vec<Condition> =
            conditions.iter().enumerate().filter(|(position, _)| chosen(*position)).map(|(_, condition)| condition.clone()).collect();
        let rows = self.known_rows(&Operator::Filter { input: Box::new(input.clone()), conditions })?;
        Ok(self.asserted_only(&rows))
    }

    /// Rows none of whose relations is denied.
    fn asserted_only(&self, rows: &[Row]) -> Vec<Row> {
        rows.iter().filter(|row| !row.support.iter().any(|relation| self.engine.graph.is_denied(*relation))).cloned().collect()
    }

    /// `populations of causes: adult (2), young child (2), …`
    fn values_that_occur(&self, condition: &Condition, rows: &[Row]) -> Result<Option<String>, Stopped> {
        let Some((name, expression)) = condition.field.as_ref() else { return Ok(None) };
        let mut counts: BTreeMap<Vec<u8>, (Value, Vec<Option<EntityId>>)> = BTreeMap::new();
        let Some(answered) = self.query.columns.first().map(|column| column.variable) else { return Ok(None) };
        let mut stated = false;
        for row in rows {
            let value = self.run.evaluator.value(expression, row)?;
            for member in value.members() {
                stated = true;
                let mut key = Vec::new();
                order::write_key(member, &mut key);
                let (_, entities) = counts.entry(key).or_insert_with(|| (member.clone(), Vec::new()));
                let entity = match expression {
                    Expression::Variable(variable) => row.entity(variable.index()),
                    _ => row.entity(answered.index()),
                };
                if !entities.contains(&entity) {
                    entities.push(entity);
                }
            }
        }
        if !stated {
            return Ok(Some(format!("no {} says anything of its {name}", self.query.noun.0)));
        }
        let mut values: Vec<(Value, usize)> = counts.into_values().map(|(value, entities)| (value, entities.len())).collect();
        values.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| order::compare(self.engine.graph, &left.0, &right.0)));
        let shown: Vec<String> = values.iter().take(LISTED).map(|(value, count)| format!("{} ({count})", self.written(value))).collect();
        let more = values.len().saturating_sub(LISTED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        Ok(Some(format!("values of {name} that occur: {}{more}", shown.join(", "))))
    }

    /// No path: would a longer one do, or one that takes other relations?
    fn lost_paths(&self, rows: &[Row], (from, to): (VariableId, VariableId), hops: &Hops) -> Result<Vec<String>, Stopped> {
        let within = hops.most.map_or(String::new(), |most| format!(" within {most}"));
        let (start, end) = (self.names(rows, from), self.names(rows, to));
        let mut lines = vec![format!("no path leads from {start} to {end}{within} by the relations that may be taken")];
        if start == end {
            lines.push("both ends are the same".to_owned());
            return Ok(lines);
        }
        let path = VariableId(u16::try_from(self.query.variables.len()).unwrap_or(u16::MAX));
        let length = |routes: &[Route], most: Option<u32>| -> Result<Option<usize>, Stopped> {
            let hops = Hops { routes: routes.to_vec(), least: 1, most, mode: PathMode::OneShortest, parallel: false };
            let wide: Vec<Row> = rows.iter().map(Row::with_one_more_place).collect();
            let found = self.run.paths(&wide, (from, to, path), &hops)?;
            Ok(found.first().and_then(|row| match &row.values[path.index()] {
                Value::Path(path) => Some(path.steps.len()),
                _ => None,
            }))
        };
        if let Some(longer) = length(&hops.routes, None)? {
            let relations = if longer == 1 { "relation" } else { "relations" };
            lines.push(format!("the shortest has {longer} {relations}: `within {longer}` reaches it"));
        } else if let Some(other) = length(&[], None)? {
            lines.push(format!("by all relations, `is_a` among them, the shortest path has {other}"));
        } else {
            lines.push("no relations of any type join them".to_owned());
        }
        Ok(lines)
    }

    fn lost_expand(&self, from: VariableId, routes: &[Route], rows: &[Row]) -> Vec<String> {
        let vocabulary = self.engine.vocabulary;
        let labels: Vec<&str> = routes.iter().map(|route| vocabulary.relation_type(route.relation_type)).collect();
        let mut labels: Vec<&str> = labels;
        labels.dedup();
        let subject = self.names(rows, from);
        let mut lines = vec![format!("the graph holds no `{}` relation of {subject} in this direction", labels.join("` or `"))];
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let entities: BTreeSet<EntityId> = rows.iter().filter_map(|row| row.entity(from.index())).collect();
        let both = |entity: EntityId| {
            [Direction::Outgoing, Direction::Incoming].map(|direction| self.engine.graph.relations_of(entity, direction))
        };
        let relations: BTreeSet<_> = entities.into_iter().flat_map(both).flatten().collect();
        for id in relations {
            *known.entry(vocabulary.relation_type(self.engine.graph.relation_type(id))).or_default() += 1;
        }
        let mut known: Vec<(&str, usize)> = known.into_iter().collect();
        known.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(right.0)));
        let shown: Vec<String> = known.iter().take(LISTED).map(|(label, count)| format!("{label} ({count})")).collect();
        if shown.is_empty() {
            lines.push(format!("it holds no relation of {subject} at all"));
        } else {
            lines.push(format!("relations of {subject}: {}", shown.join(", ")));
        }
        lines
    }

    fn lost_entities(&self, rows: &[Row], entity: VariableId, selection: &Selection) -> Vec<String> {
        let graph = self.engine.graph;
        let bound = self.names(rows, entity);
        if !bound.is_empty() {
            let asked = match selection {
                Selection::IsA(id) | Selection::Exactly(id) => graph.name(*id).to_owned(),
                Selection::Kinds(kinds) => kinds.iter().map(|kind| self.engine.vocabulary.kind(*kind)).collect::<Vec<_>>().join(" or "),
                Selection::Any => "anything".to_owned(),
                Selection::NamePrefix(prefix) => format!("a name that begins with '{prefix}'"),
            };
            return vec![format!("no statement says so of {asked}"), format!("in its place stands: {bound}")];
        }
        match selection {
            Selection::Kinds(kinds) => {
                let kinds: Vec<&str> = kinds.iter().map(|kind| self.engine.vocabulary.kind(*kind)).collect();
                if kinds.is_empty() {
                    return vec!["no entity has such a label".to_owned()];
                }
                vec![format!("no entity here is of the kind {}", kinds.join(" or "))]
            }
            Selection::IsA(id) | Selection::Exactly(id) => {
                vec![format!("no {} here is {}", self.query.name(entity), graph.name(*id))]
            }
            Selection::Any => vec!["the graph has no entities".to_owned()],
            Selection::NamePrefix(prefix) => vec![format!("no name here begins with '{prefix}'")],
        }
    }

    fn emptied_join(&self, left: &Operator, right: &Operator, _on: &[VariableId], mode: JoinMode) -> Result<Vec<String>, Stopped> {
        let (left_rows, right_rows) = (self.known_rows(left)?, self.known_rows(right)?);
        if left_rows.is_empty() {
            let mut lines = vec!["the left side is empty".to_owned()];
            lines.extend(self.emptied(left)?);
            return Ok(lines);
        }
        if mode == JoinMode::Without {
            return Ok(vec![format!("all {} on the left are on the right too", left_rows.len())]);
        }
        if right_rows.is_empty() {
            let mut lines = vec!["the right side is empty".to_owned()];
            lines.extend(self.emptied(right)?);
            return Ok(lines);
        }
        Ok(vec![format!("nothing is on both sides: {} on the left, {} on the right", left_rows.len(), right_rows.len())])
    }

    /// The entities that rows bind, by name; many are counted.
    fn names(&self, rows: &[Row], variable: VariableId) -> String {
        let mut entities: Vec<EntityId> = rows.iter().filter_map(|row| row.entity(variable.index())).collect();
        entities.sort();
        entities.dedup();
        let names: Vec<&str> = entities.iter().take(3).map(|id| self.engine.graph.name(*id)).collect();
        match entities.len() {
            0..=3 => names.join(" or "),
            more => format!("{} and {} more", names.join(", "), more - 3),
        }
    }

    fn written(&self, value: &Value) -> String {
        match value {
            Value::Entity(id) => self.engine.graph.name(*id).to_owned(),
            Value::Text(text) => text.to_string(),
            Value::Boolean(holds) => holds.to_string(),
            Value::Integer(count) => count.to_string(),
            Value::Quantity(quantity) => quantity.to_string(),
            Value::Extent(extent) => extent.word().to_owned(),
            Value::Confidence(confidence) => confidence.word().to_owned(),
            Value::Hedge(hedge) => hedge.words.clone().unwrap_or_else(|| hedge.confidence.word().to_owned()),
            Value::List(_) | Value::Map(_) | Value::Float(_) | Value::Temporal(_) | Value::Path(_) | Value::Relation(_) | Value::Null => {
                "…".to_owned()
            }
        }
    }
}

/// A count in a sentence for one or, with `{}` for the number, for any other.
fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { one.to_owned() } else { many.replace("{}", &count.to_string()) }
}

/// `no cause has population = boy`; conditions that do not read so behind `has` are quoted.
fn none_has(noun: &str, condition: &str) -> String {
    if condition == "denied" {
        return format!("no {noun} is denied");
    }
    let plain = !["not ", "possibly ", "has ", "("].iter().any(|start| condition.starts_with(start))
        && ![" contains ", " matches "].iter().any(|part| condition.contains(part));
    if plain { format!("no {noun} has {condition}") } else { format!("no {noun} satisfies `{condition}`") }
}

/// The only input of an operator; `None` for those that start rows or have several inputs.
fn input_of(operator: &Operator) -> Option<&Operator> {
    match operator.inputs().as_slice() {
        [only] if !matches!(operator, Operator::Union { .. }) => Some(only),
        _ => None,
    }
}
