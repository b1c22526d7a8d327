//! Execute: the rows of each operator, from those of its inputs.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use crate::algebra::{Aggregate, Condition, Expression, JoinMode, Member, Operator, Route, Selection, SortKey, VariableId};
use crate::model::{Direction, EntityId, RelationId, StatementId, Truth, Value, Vocabulary};
use crate::store::Graph;

use super::evaluate::Evaluator;
use super::order;
use super::row::Row;
use crate::engine::limits::{Guard, Stopped};

/// One run of a query.
pub(super) struct Run<'a> {
    pub graph: &'a Graph,
    pub guard: &'a Guard<'a>,
    pub evaluator: Evaluator<'a>,
    variables: usize,
    denied: RefCell<HashSet<StatementId>>,
    unknown: Cell<usize>,
}

impl<'a> Run<'a> {
    pub fn new(graph: &'a Graph, vocabulary: &'a dyn Vocabulary, guard: &'a Guard<'a>, variables: usize) -> Run<'a> {
        let evaluator = Evaluator::new(graph, vocabulary);
        Run { graph, guard, evaluator, variables, denied: RefCell::new(HashSet::new()), unknown: Cell::new(0) }
    }

    /// Statements met so far that deny.
    pub fn denied(&self) -> usize {
        self.denied.borrow().len()
    }

    /// Rows left out so far because a condition is unknown for them.
    pub fn unknown(&self) -> usize {
        self.unknown.get()
    }

    /// The rows of an operator, in the order in which it makes them.
    pub fn rows(&self, operator: &Operator) -> Result<Vec<Row>, Stopped> {
        match operator {
            Operator::Unit => Ok(vec![Row::empty(self.variables)]),
            Operator::Entities { input, entity, selection } => self.entities(&self.rows(input)?, *entity, selection),
            Operator::Given { entity, members, .. } => self.given(*entity, members),
            Operator::Expand { input, from, relation, to, routes, unlike } => {
                self.expand(&self.rows(input)?, (*from, *relation, *to), routes, unlike)
            }
            Operator::Mentions { input, entity, relation, from, to } => self.mentions(&self.rows(input)?, *entity, (*from, *relation, *to)),
            Operator::Relations { relations, relation, from, to } => self.relations(relations, (*from, *relation, *to)),
            Operator::Asserted { input, relations } => self.asserted(self.rows(input)?, relations),
            Operator::Filter { input, conditions } => self.filter(self.rows(input)?, conditions),
            Operator::Known { input } => Ok(self.without_unknown(self.rows(input)?)),
            Operator::Paths { input, from, to, path, hops } => self.paths(&self.rows(input)?, (*from, *to, *path), hops),
            Operator::Around { input, centre, entity, distance, routes, within } => {
                self.around(&self.rows(input)?, (*centre, *entity, *distance), routes, *within)
            }
            Operator::Find { words, entity, matched, place, score } => self.find(words, (*entity, *matched, *place, *score)),
            Operator::About { input, entity, statements, cited } => self.about(self.rows(input)?, *entity, *statements, *cited),
            Operator::Project { input, items } => self.project(self.rows(input)?, items),
            Operator::Unwind { input, list, element, .. } => self.unwind(&self.rows(input)?, list, *element),
            Operator::Distinct { input, keys } => self.distinct(self.rows(input)?, keys),
            Operator::Group { input, keys, aggregates } => self.group(&self.rows(input)?, keys, aggregates),
            Operator::Join { left, right, on, mode } => self.join(&self.rows(left)?, &self.rows(right)?, on, *mode),
            Operator::Union { inputs } => {
                let mut rows = Vec::new();
                for input in inputs {
                    rows.append(&mut self.rows(input)?);
                }
                Ok(rows)
            }
            Operator::Sort { input, keys, columns } => self.sort(self.rows(input)?, keys, columns),
            Operator::Slice { input, skip, limit } => Ok(slice(self.rows(input)?, *skip, *limit)),
            Operator::Argument
            | Operator::Trail { .. }
            | Operator::Apply { .. }
            | Operator::Call { .. }
            | Operator::Weigh { .. }
            | Operator::Meet { .. }
            | Operator::Reach { .. }
            | Operator::Signatures { .. } => Ok(Vec::new()),
        }
    }

    /// Adds a row to those that a step makes, under the limits.
    pub fn push(&self, rows: &mut Vec<Row>, row: Row, doing: &'static str) -> Result<(), Stopped> {
        rows.push(row);
        self.guard.made(rows.len(), size_of::<Row>() + self.variables * size_of::<Value>(), doing)
    }

    /// The entities of a selection; sorted.
    fn selected(&self, selection: &Selection) -> Vec<EntityId> {
        match selection {
            Selection::Any => self.graph.entities().collect(),
            Selection::Kinds(kinds) => {
                let of_kind = |id: &EntityId| self.graph.entity(*id).kinds.iter().any(|kind| kinds.contains(kind));
                self.graph.entities().filter(of_kind).collect()
            }
            Selection::IsA(entity) => self.graph.descendants(*entity),
            Selection::Exactly(entity) => vec![*entity],
            Selection::NamePrefix(_) => Vec::new(),
        }
    }

    fn entities(&self, input: &[Row], entity: VariableId, selection: &Selection) -> Result<Vec<Row>, Stopped> {
        const DOING: &str = "listing entities";
        let selected = self.selected(selection);
        let mut rows = Vec::new();
        for row in input {
            match row.entity(entity.index()) {
                Some(bound) if selected.binary_search(&bound).is_ok() => self.push(&mut rows, row.clone(), DOING)?,
                Some(_) => self.guard.tick(DOING)?,
                None => {
                    for id in &selected {
                        self.push(&mut rows, row.with(entity.index(), Value::Entity(*id)), DOING)?;
                    }
                }
            }
        }
        Ok(rows)
    }

    fn given(&self, entity: VariableId, members: &[Member]) -> Result<Vec<Row>, Stopped> {
        let mut rows = Vec::new();
        for member in members {
            let mut row = Row::empty(self.variables).with(entity.index(), Value::Entity(member.entity));
            row.support.clone_from(&member.support);
            row.certain = member.certain;
            self.push(&mut rows, row, "listing an earlier answer")?;
        }
        Ok(rows)
    }

    /// The relations that lead on from an entity by the routes, with their other ends; by relation type, end and statement.
    pub fn hops(&self, entity: EntityId, routes: &[Route]) -> Vec<(RelationId, bool, EntityId)> {
        let mut hops = Vec::new();
        let mut add = |relations: &mut dyn Iterator<Item = RelationId>, direction: Direction| {
            for id in relations {
                let relation = self.graph.relation(id);
                let forward = direction == Direction::Outgoing;
                hops.push((id, forward, if forward { relation.to } else { relation.from }));
            }
        };
        if routes.is_empty() {
            for direction in [Direction::Outgoing, Direction::Incoming] {
                add(&mut self.graph.relations_of(entity, direction), direction);
            }
        }
        for route in routes {
            add(&mut self.graph.relations_of_type(entity, route.direction, route.relation_type), route.direction);
        }
        hops
    }

    fn expand(
        &self,
        input: &[Row],
        (from, relation, to): (VariableId, VariableId, VariableId),
        routes: &[Route],
        unlike: &[VariableId],
    ) -> Result<Vec<Row>, Stopped> {
        const DOING: &str = "following relations";
        let mut rows = Vec::new();
        for row in input {
            let Some(start) = row.entity(from.index()) else { continue };
            let bound = row.entity(to.index());
            for (id, _, end) in self.hops(start, routes) {
                let taken = unlike.iter().any(|other| row.values[other.index()] == Value::Relation(id));
                if taken || bound.is_some_and(|bound| bound != end) {
                    self.guard.tick(DOING)?;
                    continue;
                }
                let mut extended = row.with(relation.index(), Value::Relation(id));
                extended.values[to.index()] = Value::Entity(end);
                extended.support_by(id);
                self.push(&mut rows, extended, DOING)?;
            }
        }
        Ok(rows)
    }

    fn relation_row(&self, row: &Row, id: RelationId, (from, relation, to): (VariableId, VariableId, VariableId)) -> Row {
        let data = self.graph.relation(id);
        let mut bound = row.with(relation.index(), Value::Relation(id));
        bound.values[from.index()] = Value::Entity(data.from);
        bound.values[to.index()] = Value::Entity(data.to);
        bound.support_by(id);
        bound
    }

    fn mentions(&self, input: &[Row], entity: VariableId, ends: (VariableId, VariableId, VariableId)) -> Result<Vec<Row>, Stopped> {
        let mut rows = Vec::new();
        for row in input {
            let Some(named) = row.entity(entity.index()) else { continue };
            for id in self.graph.mentions(named) {
                self.push(&mut rows, self.relation_row(row, id, ends), "looking for mentions")?;
            }
        }
        Ok(rows)
    }

    fn relations(&self, relations: &[RelationId], ends: (VariableId, VariableId, VariableId)) -> Result<Vec<Row>, Stopped> {
        let empty = Row::empty(self.variables);
        let mut rows = Vec::new();
        for id in relations {
            self.push(&mut rows, self.relation_row(&empty, *id, ends), "listing relations")?;
        }
        Ok(rows)
    }

    fn asserted(&self, input: Vec<Row>, relations: &[VariableId]) -> Result<Vec<Row>, Stopped> {
        let mut rows = Vec::with_capacity(input.len());
        for row in input {
            self.guard.tick("leaving out denials")?;
            let denied: Vec<RelationId> = relations
                .iter()
                .filter_map(|variable| match row.values[variable.index()] {
                    Value::Relation(id) if self.graph.is_denied(id) => Some(id),
                    _ => None,
                })
                .collect();
            let row_unknown = row.unknown;
            if denied.is_empty() {
                rows.push(row);
                continue;
            }
            if !row_unknown {
                self.denied.borrow_mut().extend(denied.into_iter().map(|id| self.graph.relation(id).statement));
            }
        }
        Ok(rows)
    }

    fn filter(&self, input: Vec<Row>, conditions: &[Condition]) -> Result<Vec<Row>, Stopped> {
        let strict: Vec<Option<Expression>> =
            conditions.iter().map(|condition| condition.expression.is_lenient().then(|| condition.expression.strict())).collect();
        let mut rows = Vec::new();
        for mut row in input {
            self.guard.tick("testing conditions")?;
            let each = conditions.iter().map(|condition| self.evaluator.truth(&condition.expression, &row));
            match each.fold(Truth::True, Truth::and) {
                Truth::True => {
                    let holds = |expression: &Expression| self.evaluator.truth(expression, &row) == Truth::True;
                    row.certain &= strict.iter().flatten().all(holds);
                    rows.push(row);
                }
                Truth::Unknown => {
                    row.unknown = true;
                    rows.push(row);
                }
                Truth::False => {}
            }
        }
        Ok(rows)
    }

    fn find(&self, words: &str, places: (VariableId, VariableId, VariableId, VariableId)) -> Result<Vec<Row>, Stopped> {
        let (entity, matched, place, score) = places;
        let mut rows = Vec::new();
        for found in self.graph.search(words) {
            let mut row = Row::empty(self.variables).with(entity.index(), Value::Entity(found.entity));
            row.values[matched.index()] = Value::text(&found.text);
            row.values[place.index()] = Value::text(found.place.word());
            // Scores order the rows; as whole thousandths they compare as counts.
            row.values[score.index()] = Value::Integer((found.score * 1000.0).round() as i64);
            self.push(&mut rows, row, "searching names")?;
        }
        Ok(rows)
    }

    fn about(&self, input: Vec<Row>, entity: VariableId, statements: VariableId, cited: usize) -> Result<Vec<Row>, Stopped> {
        let graph = self.graph;
        let mut rows = input;
        for row in &mut rows {
            let Some(id) = row.entity(entity.index()) else { continue };
            let ends = [Direction::Outgoing, Direction::Incoming].map(|direction| graph.relations_of(id, direction));
            let speaking = ends.into_iter().flatten().chain(graph.mentions(id));
            let mut first_of: HashMap<_, RelationId> = HashMap::new();
            for relation in speaking {
                self.guard.tick("gathering statements")?;
                let statement = graph.relation(relation).statement;
                // The hierarchy of the graph itself is no evidence.
                if graph.statement(statement).evidence.is_empty() || graph.is_denied(relation) {
                    continue;
                }
                first_of.entry(statement).and_modify(|known| *known = relation.min(*known)).or_insert(relation);
            }
            let mut speaking: Vec<_> = first_of.into_iter().collect();
            speaking.sort_unstable();
            row.values[statements.index()] = Value::Integer(i64::try_from(speaking.len()).unwrap_or(i64::MAX));
            row.cited.extend(speaking.iter().take(cited).map(|(_, relation)| *relation));
            row.cited.sort_unstable();
            row.cited.dedup();
        }
        Ok(rows)
    }

    fn project(&self, mut rows: Vec<Row>, items: &[(VariableId, Expression)]) -> Result<Vec<Row>, Stopped> {
        for row in &mut rows {
            self.guard.tick("computing columns")?;
            for (variable, expression) in items {
                let value = self.evaluator.value(expression, row);
                row.values[variable.index()] = value;
            }
        }
        Ok(rows)
    }

    fn unwind(&self, input: &[Row], list: &Expression, element: VariableId) -> Result<Vec<Row>, Stopped> {
        const DOING: &str = "unfolding lists";
        let mut rows = Vec::new();
        for row in input {
            let list = self.evaluator.value(list, row);
            if list.members().is_empty() {
                self.push(&mut rows, row.with(element.index(), Value::Null), DOING)?;
            }
            for member in list.members() {
                self.push(&mut rows, row.with(element.index(), member.clone()), DOING)?;
            }
        }
        Ok(rows)
    }

    fn key(&self, row: &Row, keys: &[VariableId]) -> Vec<u8> {
        let mut key = Vec::new();
        keys.iter().for_each(|variable| order::write_key(self.graph, &row.values[variable.index()], &mut key));
        key
    }

    fn distinct(&self, input: Vec<Row>, keys: &[VariableId]) -> Result<Vec<Row>, Stopped> {
        let mut places: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut rows: Vec<Row> = Vec::new();
        for row in input {
            self.guard.tick("uniting equal rows")?;
            match places.entry(self.key(&row, keys)) {
                std::collections::hash_map::Entry::Occupied(known) => {
                    let first = &mut rows[*known.get()];
                    match (first.unknown, row.unknown) {
                        (false, true) => {}
                        (true, false) => *first = row,
                        _ => {
                            first.unite(&row);
                            first.certain |= row.certain;
                        }
                    }
                }
                std::collections::hash_map::Entry::Vacant(place) => {
                    place.insert(rows.len());
                    rows.push(row);
                }
            }
        }
        Ok(rows)
    }

    /// Takes out the rows for which a condition is unknown, and counts them.
    fn without_unknown(&self, mut rows: Vec<Row>) -> Vec<Row> {
        let before = rows.len();
        rows.retain(|row| !row.unknown);
        self.unknown.set(self.unknown.get() + before - rows.len());
        rows
    }

    fn group(&self, input: &[Row], keys: &[VariableId], aggregates: &[(VariableId, Aggregate)]) -> Result<Vec<Row>, Stopped> {
        let mut places: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut groups: Vec<(Row, Vec<&Row>)> = Vec::new();
        if keys.is_empty() {
            places.insert(Vec::new(), 0);
            groups.push((Row::empty(self.variables), Vec::new()));
        }
        for row in input {
            self.guard.tick("grouping rows")?;
            let at = *places.entry(self.key(row, keys)).or_insert_with(|| {
                let mut group = Row::empty(self.variables);
                keys.iter().for_each(|variable| group.values[variable.index()] = row.values[variable.index()].clone());
                groups.push((group, Vec::new()));
                groups.len() - 1
            });
            groups[at].1.push(row);
        }
        let mut rows = Vec::with_capacity(groups.len());
        for (mut group, members) in groups {
            group.grouped = true;
            // A count speaks of all its members: it is certain only if each of them is.
            group.certain = members.iter().all(|row| row.certain);
            let mut support: Vec<RelationId> = members.iter().flat_map(|row| row.support.iter().chain(&row.cited).copied()).collect();
            support.sort_unstable();
            support.dedup();
            group.support = support;
            for (variable, aggregate) in aggregates {
                group.values[variable.index()] = self.aggregate(aggregate, &members)?;
            }
            rows.push(group);
        }
        Ok(rows)
    }

    fn aggregate(&self, aggregate: &Aggregate, members: &[&Row]) -> Result<Value, Stopped> {
        let (Aggregate::CountDistinct(expression) | Aggregate::Collect(expression)) = aggregate else { return Ok(Value::Null) };
        let mut seen = HashSet::new();
        let mut values = Vec::new();
        for row in members {
            self.guard.tick("grouping rows")?;
            let value = self.evaluator.value(expression, row);
            let mut key = Vec::new();
            order::write_key(self.graph, &value, &mut key);
            if !value.is_null() && seen.insert(key) {
                values.push(value);
            }
        }
        Ok(match aggregate {
            Aggregate::CountDistinct(_) => Value::Integer(i64::try_from(values.len()).unwrap_or(i64::MAX)),
            Aggregate::Collect(_) => Value::List(values),
            Aggregate::Of { .. } => Value::Null,
        })
    }

    fn join(&self, left: &[Row], right: &[Row], on: &[VariableId], mode: JoinMode) -> Result<Vec<Row>, Stopped> {
        const DOING: &str = "joining sets";
        let mut partners: HashMap<Vec<u8>, Vec<&Row>> = HashMap::new();
        for row in right {
            self.guard.tick(DOING)?;
            partners.entry(self.key(row, on)).or_default().push(row);
        }
        let mut rows = Vec::new();
        for row in left {
            self.guard.tick(DOING)?;
            let found = partners.get(&self.key(row, on)).map_or(&[][..], Vec::as_slice);
            match mode {
                JoinMode::Inner | JoinMode::Optional => {
                    for partner in found {
                        self.push(&mut rows, joined(row, partner), DOING)?;
                    }
                    if found.is_empty() && mode == JoinMode::Optional {
                        self.push(&mut rows, row.clone(), DOING)?;
                    }
                }
                JoinMode::Semi if !found.is_empty() => self.push(&mut rows, row.clone(), DOING)?,
                // Where it is unknown whether there is a partner, there is none: the right side holds what is true.
                JoinMode::Without if found.iter().all(|partner| partner.unknown) => self.push(&mut rows, row.clone(), DOING)?,
                JoinMode::Semi | JoinMode::Without => {}
            }
        }
        Ok(rows)
    }

    fn sort(&self, rows: Vec<Row>, keys: &[SortKey], columns: &[VariableId]) -> Result<Vec<Row>, Stopped> {
        self.guard.look("sorting")?;
        let mut keyed: Vec<(Vec<Value>, Row)> =
            rows.into_iter().map(|row| (keys.iter().map(|key| self.evaluator.value(&key.expression, &row)).collect(), row)).collect();
        keyed.sort_by(|(left_keys, left), (right_keys, right)| {
            let by_keys = keys.iter().zip(left_keys.iter().zip(right_keys)).map(|(key, (left, right))| {
                let order = order::compare(self.graph, left, right);
                // Absent values come last either way.
                if key.descending && !left.is_null() && !right.is_null() { order.reverse() } else { order }
            });
            by_keys.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then).then_with(|| self.general_order(left, right, columns))
        });
        Ok(keyed.into_iter().map(|(_, row)| row).collect())
    }

    /// The order behind every other: the first column, the first supporting statement, the other columns.
    fn general_order(&self, left: &Row, right: &Row, columns: &[VariableId]) -> std::cmp::Ordering {
        let by = |variable: &VariableId| order::compare(self.graph, &left.values[variable.index()], &right.values[variable.index()]);
        let statement = |row: &Row| row.support.iter().map(|relation| self.graph.relation(*relation).statement).min();
        let first = columns.first().map_or(std::cmp::Ordering::Equal, by);
        let rest = || columns.iter().skip(1).map(by).fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then);
        first.then_with(|| if left.grouped { std::cmp::Ordering::Equal } else { statement(left).cmp(&statement(right)) }).then_with(rest)
    }
}

/// Two rows as one: the bindings and the support of both, the weaker certainty.
fn joined(left: &Row, right: &Row) -> Row {
    let mut row = left.clone();
    for (value, other) in row.values.iter_mut().zip(&right.values) {
        if value.is_null() {
            value.clone_from(other);
        }
    }
    row.unite(right);
    row.certain &= right.certain;
    row.unknown |= right.unknown;
    row
}

fn slice(rows: Vec<Row>, skip: u64, limit: Option<u64>) -> Vec<Row> {
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    rows.into_iter().skip(count(skip)).take(limit.map_or(usize::MAX, count)).collect()
}
