//! Tables, the naive way: from rows to the answer that is expected: equal rows as one, their order, groups, comparisons, paths.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::invent::members;
use super::naive::{Members, Memory, Naive, Refused, members_of};
use super::question::{Class, Condition, Field, Phrase, Question, Set, Shape, Tails, Walk, What};
use super::schema::{QUALIFIERS, RELATION_TYPES};
use super::values::Row;
use super::world::{Value, Way, World};

/// A row as it is held against the engine's: what its columns show by their names, where that is something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    pub cells: Vec<(String, String)>,
    pub certain: bool,
    pub statements: BTreeSet<String>,
}

/// An answer as it is held against the engine's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub rows: Vec<Line>,
    pub denied: usize,
    pub unknown: usize,
}

impl std::fmt::Display for Table {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} rows, {} denied, {} unknown", self.rows.len(), self.denied, self.unknown)?;
        for Line { cells, certain, statements } in &self.rows {
            let cells: Vec<String> = cells.iter().map(|(name, text)| format!("{name} {text}")).collect();
            write!(formatter, "\n  {} {} {statements:?}", cells.join(", "), if *certain { "certain" } else { "possible" })?;
        }
        Ok(())
    }
}

/// What is expected of a question.
pub struct Expected {
    /// `None` if it must be refused.
    pub table: Option<Table>,
    /// Whether a refusal would do where there are no rows.
    pub may_refuse: bool,
    /// Whether a refusal would do because a field is missing.
    pub may_lack_field: bool,
    /// The relations of its rows, to tell their columns apart.
    pub shape: Shape,
    /// Whether columns go by their places, not by their names.
    pub by_place: bool,
    /// Whether the rows may come in any order: what orders them is not shown, and can differ within a row.
    pub in_any_order: bool,
}

/// Rows that are one, with their merged support, and the entities of the answer's first column of entities.
struct Finished {
    rows: Vec<Line>,
    members: Members,
    unknown: usize,
}

/// Answers a question and what the session remembers of it.
pub fn answer(world: &World, question: &Question, memory: &Memory) -> (Expected, Option<Members>) {
    let mut naive = Naive::new(world, memory);
    let (shape, by_place) = match question {
        Question::Set(set, tails) => (set.shape(), !tails.show.is_empty()),
        Question::Path(_, _, tails) => (Shape::path(), !tails.show.is_empty()),
        Question::Compare(phrase, ..) => (phrase.shape(), false),
        Question::Count(..) => (Shape::default(), true),
    };
    let finished = match question {
        Question::Set(set, tails) => plain(&mut naive, set, tails),
        Question::Path(walk, condition, tails) => paths(&mut naive, walk, condition.as_ref(), tails),
        Question::Compare(phrase, field, limit) => compared(&mut naive, phrase, field, *limit),
        Question::Count(set, fields, condition, tails) => counted(&mut naive, set, fields, condition.as_ref(), tails),
    };
    let denied = naive.denied.len();
    let (table, members) = match finished {
        Ok(Finished { rows, members, unknown }) => (Some(Table { rows, denied, unknown }), Some(members)),
        Err(Refused) => (None, None),
    };
    let (may_refuse, may_lack_field) = (naive.may_refuse, naive.may_lack_field);
    let in_any_order = by_place && !shape.order().is_empty();
    (Expected { table, may_refuse, may_lack_field, shape, by_place, in_any_order }, members)
}

fn plain(naive: &mut Naive<'_>, set: &Set, tails: &Tails) -> Result<Finished, Refused> {
    let rows = naive.set(set, false)?;
    let asks_denied = matches!(set, Set::Phrase(phrase) if phrase.asks_denied());
    let shape = set.shape();
    let mut tails = tails.clone();
    tails.sort.extend(shape.order().into_iter().map(|field| (field, false)));
    Ok(finish(naive.world, rows, shape.columns(asks_denied), &tails, false))
}

/// The columns that `show` names, by their places. With a qualifier goes the column that says who shares it: what holds of
/// several together is not shown of one alone.
fn shown_columns(columns: &[Field], show: &[Field]) -> Vec<Field> {
    let mut shown = show.to_vec();
    for column in columns {
        if let What::Jointly(link) = column.what
            && shown.iter().any(|field| matches!(field.what, What::Qualifier(_, of) if of == link))
            && shown.iter().all(|field| field.what != column.what)
        {
            shown.push(column.clone());
        }
    }
    let several = columns.iter().filter(|column| matches!(column.what, What::Jointly(_))).count() > 1;
    let mut place = 0;
    for field in &mut shown {
        field.text = match field.what {
            // Such a column is left out where nothing is joint; with several relations their names depend on the spelling.
            What::Jointly(_) if several => UNCOMPARED.to_owned(),
            What::Jointly(_) => "jointly".to_owned(),
            _ => {
                place += 1;
                format!("#{}", place - 1)
            }
        };
    }
    shown
}

/// The name of columns that are not held against each other.
pub const UNCOMPARED: &str = "uncompared";

/// Takes out the rows for which a condition is unknown, and counts them: relations that would have been rows.
fn without_unknown(rows: Vec<Row>) -> (Vec<Row>, usize) {
    let (unknown, known): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.unknown);
    let left_out: BTreeSet<_> = unknown.into_iter().map(|row| (row.ends, row.facts)).collect();
    let count = left_out.iter().filter(|(ends, facts)| known.iter().all(|row| row.ends != *ends || row.facts != *facts)).count();
    (known, count)
}

/// Columns, one row for equal ones, order, limit.
fn finish(world: &World, rows: Vec<Row>, columns: Vec<Field>, tails: &Tails, grouped: bool) -> Finished {
    let columns = if tails.show.is_empty() { columns } else { shown_columns(&columns, &tails.show) };
    let mut merged: Vec<(Vec<String>, Row)> = Vec::new();
    for row in rows {
        let key: Vec<String> = columns.iter().map(|column| shown(world, &world.value(&row, &column.what))).collect();
        match merged.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) if known.unknown && !row.unknown => *known = row,
            Some((_, known)) if !known.unknown && row.unknown => {}
            Some((_, known)) => {
                known.support.extend(row.support);
                known.cited.extend(row.cited);
                known.certain |= row.certain;
            }
            None => merged.push((key, row)),
        }
    }
    let every = merged.len();
    merged.retain(|(_, row)| !row.unknown);
    let unknown = every - merged.len();
    merged.sort_by(|(_, left), (_, right)| order(world, left, right, &columns, tails, grouped));
    merged.truncate(tails.limit.unwrap_or(usize::MAX));
    let entity_column = columns.iter().find(|column| matches!(column.class, Class::Entity(_)));
    let mut remembered = Members::new();
    for (_, row) in &merged {
        for value in entity_column.map(|column| members(&world.value(row, &column.what))).unwrap_or_default() {
            let Value::Entity(entity) = value else { continue };
            let member = remembered.entry(entity).or_default();
            member.support.extend(&row.support);
            member.certain |= row.certain;
            if grouped {
                member.cited.extend(&row.cited);
            }
        }
    }
    let lines = merged.into_iter().map(|(key, row)| Line {
        cells: named_cells(&columns, key),
        certain: row.certain,
        statements: if grouped { BTreeSet::new() } else { statements(world, &row) },
    });
    Finished { rows: lines.collect(), members: remembered, unknown }
}

fn named_cells(columns: &[Field], key: Vec<String>) -> Vec<(String, String)> {
    let cells = columns.iter().zip(key).map(|(column, text)| (column.text.clone(), text));
    let mut cells: Vec<(String, String)> = cells.filter(|(name, text)| !text.is_empty() && name != UNCOMPARED).collect();
    cells.sort();
    cells
}

fn statements(world: &World, row: &Row) -> BTreeSet<String> {
    let supporting = row.support.iter().map(|fact| world.facts[*fact].statement);
    supporting.chain(row.cited.iter().copied()).map(|place| world.statements[place].slug.clone()).collect()
}

/// The keys, then the first column, the first statement, the other columns.
fn order(world: &World, left: &Row, right: &Row, columns: &[Field], tails: &Tails, grouped: bool) -> Ordering {
    let by = |field: &Field| (visible(world.value(left, &field.what)), visible(world.value(right, &field.what)));
    let keys = tails.sort.iter().map(|(field, descending)| match by(field) {
        (left, right) if *descending && left != Value::Absent && right != Value::Absent => world.order(&right, &left),
        (left, right) => world.order(&left, &right),
    });
    let first_statement = |row: &Row| row.support.iter().map(|fact| world.statements[world.facts[*fact].statement].slug.clone()).min();
    let column = |field: &Field| {
        let (left, right) = by(field);
        world.order(&left, &right)
    };
    keys.fold(Ordering::Equal, Ordering::then)
        .then_with(|| columns.first().map_or(Ordering::Equal, column))
        .then_with(|| if grouped { Ordering::Equal } else { first_statement(left).cmp(&first_statement(right)) })
        .then_with(|| columns.iter().skip(1).map(column).fold(Ordering::Equal, Ordering::then))
}

/// A flat hedge shows nothing.
fn visible(value: Value) -> Value {
    match value {
        Value::Hedge(hedge) if hedge.is_flat() => Value::Absent,
        value => value,
    }
}

/// A value as text that tells it apart from every other; nothing for what is absent.
fn shown(world: &World, value: &Value) -> String {
    let slug = |entity: usize| world.entities[entity].slug;
    match value {
        Value::Absent => String::new(),
        Value::Boolean(holds) => holds.to_string(),
        Value::Count(count) => count.to_string(),
        Value::Quantity(quantity) => quantity.text.to_owned(),
        Value::Text(text) => format!("'{text}'"),
        Value::Entity(entity) => slug(*entity).to_owned(),
        Value::Extent(extent) => format!("'{}'", super::world::EXTENTS[*extent]),
        Value::Confidence(confidence) => format!("'{}'", super::world::CONFIDENCES[*confidence]),
        Value::Hedge(hedge) if hedge.is_flat() => String::new(),
        Value::Hedge(hedge) => {
            let extent = hedge.extent.map(|extent| super::world::EXTENTS[extent]);
            hedge_text(extent, super::world::CONFIDENCES[hedge.confidence], hedge.words)
        }
        Value::List(values) => format!("[{}]", values.iter().map(|value| shown(world, value)).collect::<Vec<_>>().join("; ")),
        Value::Path(way) => {
            let mut text = slug(way.start).to_owned();
            for (id, forward, to) in &way.steps {
                text += &step_text(RELATION_TYPES[*id].id, *forward, slug(*to));
            }
            text
        }
    }
}

/// A hedge as text.
pub fn hedge_text(extent: Option<&str>, confidence: &str, words: Option<&str>) -> String {
    format!("{}|{confidence}|{}", extent.unwrap_or(""), words.unwrap_or(""))
}

/// A step of a path as text.
pub fn step_text(relation_type: &str, forward: bool, to: &str) -> String {
    if forward { format!(" -{relation_type}-> {to}") } else { format!(" <-{relation_type}- {to}") }
}

/// Distinct entities of each group; one with several values is in each group, one without is in a group of its own.
fn counted(naive: &mut Naive<'_>, set: &Set, fields: &[Field], condition: Option<&Condition>, tails: &Tails) -> Result<Finished, Refused> {
    let world = naive.world;
    let rows = match (set, condition) {
        (Set::Phrase(phrase), Some(condition)) => {
            naive.phrase(&Phrase { condition: Some(condition.clone()), ..(**phrase).clone() }, false)?
        }
        (set, None) => naive.set(set, false)?,
        (set, condition) => {
            let rows = naive.set(set, false)?;
            naive.filtered(rows, condition, false)
        }
    };
    let (rows, unknown) = without_unknown(rows);
    let mut groups: BTreeMap<Vec<String>, (Vec<Value>, Vec<Row>)> = BTreeMap::new();
    if fields.is_empty() {
        groups.insert(Vec::new(), (Vec::new(), Vec::new()));
    }
    for row in rows {
        let mut keys: Vec<Vec<Value>> = vec![Vec::new()];
        for field in fields {
            let mut values = members(&visible(world.value(&row, &field.what)));
            if values.is_empty() {
                values.push(Value::Absent);
            }
            keys = keys.into_iter().flat_map(|key| values.iter().map(move |value| [key.clone(), vec![value.clone()]].concat())).collect();
        }
        for key in keys {
            let texts = key.iter().map(|value| shown(world, value)).collect();
            groups.entry(texts).or_insert_with(|| (key, Vec::new())).1.push(row.clone());
        }
    }
    let counts = groups.into_values().map(|(mut extras, rows)| {
        let certain = rows.iter().all(|row| row.certain);
        let support = rows.iter().flat_map(|row| row.support.clone()).collect();
        let cited = rows.iter().flat_map(|row| row.cited.clone()).collect();
        extras.push(Value::Count(members_of(rows).len() as i64));
        Row { extras, support, cited, certain, ..Row::default() }
    });
    let classes = fields.iter().map(|field| field.class.clone()).chain([Class::Other]);
    let columns: Vec<Field> =
        classes.enumerate().map(|(place, class)| Field { text: format!("#{place}"), what: What::Extra(place), class }).collect();
    let count = columns.last().cloned();
    let sort = tails.sort.iter().filter_map(|(_, descending)| count.clone().map(|count| (count, *descending))).collect();
    let tails = Tails { sort, ..tails.clone() };
    let finished = finish(world, counts.collect(), columns, &tails, true);
    Ok(Finished { unknown, ..finished })
}

/// By the rank of an entity: the entity, and its rows by the heading of their column.
type Grid<'w> = BTreeMap<(String, &'w str), (usize, BTreeMap<String, Vec<Row>>)>;

/// For each entity and each value of a field what is reported, denials included.
fn compared(naive: &mut Naive<'_>, phrase: &Phrase, field: &Field, limit: Option<usize>) -> Result<Finished, Refused> {
    let world = naive.world;
    let (rows, unknown) = without_unknown(naive.phrase(phrase, true)?);
    let mut grid: Grid<'_> = BTreeMap::new();
    for row in rows {
        let values = members(&visible(world.value(&row, &field.what)));
        let texts: Vec<String> =
            if values.is_empty() { vec![String::new()] } else { values.iter().map(|value| heading(world, value)).collect() };
        let (_, cells) = grid.entry(world.rank(row.ends[0])).or_insert_with(|| (row.ends[0], BTreeMap::new()));
        for text in texts {
            cells.entry(text).or_default().push(row.clone());
        }
    }
    let mut finished = Finished { rows: Vec::new(), members: Members::new(), unknown };
    for (entity, cells) in grid.into_values().take(limit.unwrap_or(usize::MAX)) {
        let member = finished.members.entry(entity).or_default();
        let mut line = vec![("#0".to_owned(), world.entities[entity].slug.to_owned())];
        let mut certain = true;
        for (value, rows) in cells {
            line.push((format!("across {value}"), report(world, &rows)));
            rows.iter().for_each(|row| member.support.extend(&row.support));
            certain &= rows.iter().all(|row| row.certain);
        }
        member.certain = certain;
        line.sort();
        finished.rows.push(Line { cells: line, certain, statements: BTreeSet::new() });
    }
    Ok(finished)
}

/// What a column of a comparison is called after its value.
fn heading(world: &World, value: &Value) -> String {
    match value {
        Value::Entity(entity) => world.entities[*entity].name.to_owned(),
        Value::Text(text) => text.clone(),
        Value::Extent(extent) => super::world::EXTENTS[*extent].to_owned(),
        Value::Confidence(confidence) => super::world::CONFIDENCES[*confidence].to_owned(),
        value => shown(world, value),
    }
}

fn report(world: &World, rows: &[Row]) -> String {
    let facts: BTreeSet<usize> = rows.iter().map(|row| row.facts[0]).collect();
    let denied = facts.iter().filter(|fact| world.is_denied(**fact)).count();
    let status = match (facts.len() - denied, denied) {
        (_, 0) => "reported",
        (0, _) => "reported absent",
        _ => "contested",
    };
    let mut figures = BTreeSet::new();
    let mut jointly = BTreeSet::new();
    for fact in &facts {
        for (qualifier, value) in &world.facts[*fact].qualifiers {
            let quantities = members(value).into_iter().filter(|value| matches!(value, Value::Quantity(_)));
            figures.extend(quantities.map(|value| format!("{} {}", QUALIFIERS[*qualifier].id, shown(world, &value))));
        }
        let row = Row { facts: vec![*fact], ..Row::default() };
        jointly.extend(members(&world.value(&row, &What::Jointly(0))).iter().map(|value| shown(world, value)));
    }
    let statements = facts.iter().map(|fact| world.statements[world.facts[*fact].statement].slug.clone()).collect();
    compared_text(status, figures, jointly, statements)
}

/// A cell of a comparison as text.
pub fn compared_text(status: &str, figures: BTreeSet<String>, jointly: BTreeSet<String>, statements: BTreeSet<String>) -> String {
    format!("{status} {figures:?} jointly {jointly:?} by {statements:?}")
}

/// Every way that passes no entity twice, from any start to any other end; then those that were asked for.
fn paths(naive: &mut Naive<'_>, walk: &Walk, condition: Option<&Condition>, tails: &Tails) -> Result<Finished, Refused> {
    let world = naive.world;
    let (starts, ends) = (naive.term(walk.from)?, naive.term(walk.to)?);
    let moves = naive.moves(&walk.via, false);
    let mut ways: BTreeMap<Way, BTreeSet<usize>> = BTreeMap::new();
    let mut open: Vec<(Way, BTreeSet<usize>)> =
        starts.keys().map(|start| (Way { start: *start, steps: Vec::new() }, BTreeSet::new())).collect();
    while let Some((way, support)) = open.pop() {
        let at = way.steps.last().map_or(way.start, |step| step.2);
        if !way.steps.is_empty() && ends.contains_key(&at) {
            ways.entry(way.clone()).or_default().extend(&support);
        }
        for (place, from, id, forward, to) in &moves {
            let been = *to == way.start || way.steps.iter().any(|step| step.2 == *to);
            if *from == at && !been && way.steps.len() < walk.within.unwrap_or(usize::MAX) {
                let mut longer = way.clone();
                longer.steps.push((*id, *forward, *to));
                let known = open.iter_mut().find(|(way, _)| *way == longer);
                match known {
                    Some((_, known)) => _ = known.insert(*place),
                    None => open.push((longer, support.iter().copied().chain([*place]).collect())),
                }
            }
        }
    }
    let shortest = ways.keys().map(|way| way.steps.len()).min();
    if !walk.all || walk.within.is_none() {
        ways.retain(|way, _| Some(way.steps.len()) == shortest);
    }
    let mut ways: Vec<(Way, BTreeSet<usize>)> = ways.into_iter().collect();
    ways.sort_by_key(|(way, _)| by_id(world, way));
    if !walk.all {
        ways.truncate(1);
    }
    let rows = ways.into_iter().map(|(way, support)| {
        let end = way.steps.last().map_or(way.start, |step| step.2);
        let extras = vec![Value::Count(way.steps.len() as i64), Value::Path(way.clone())];
        let certain = starts[&way.start].certain && ends[&end].certain;
        Row { ends: vec![way.start, end], extras, support, certain, ..Row::default() }
    });
    let rows = naive.filtered(rows.collect(), condition, false);
    let mut tails = tails.clone();
    tails.sort.extend(Shape::path().order().into_iter().map(|field| (field, false)));
    Ok(finish(world, rows, Shape::path().columns(false), &tails, false))
}

/// Ties between paths go by the ids of their entities, then by relation type and direction.
fn by_id(world: &World, way: &Way) -> (usize, Vec<&'static str>, Vec<(usize, bool)>) {
    let entities = [way.start].into_iter().chain(way.steps.iter().map(|step| step.2)).map(|entity| world.entities[entity].slug).collect();
    (way.steps.len(), entities, way.steps.iter().map(|(id, forward, _)| (*id, !forward)).collect())
}
