//! Rows: the rows of a description, in parts, each with what it says, how often, and a query that asks for it.

use std::sync::Arc;

use crate::answer::{Answer, Cell, Certainty, Column, ColumnType, EntityCard, Row};
use crate::model::{Direction, EntityId, KindId, Measure, Names, Quantity, RelationTypeId, Value};
use crate::schema::{Meaning, RelationType};

use super::super::Session;

/// Of more things than this no more are looked at.
pub(super) const SAMPLE: usize = 400_000;

/// The rows of a description as they are gathered.
pub(in crate::session) struct Rows<'a> {
    pub session: &'a Session,
    rows: Vec<Row>,
    notes: Vec<String>,
}

impl<'a> Rows<'a> {
    pub(in crate::session) fn new(session: &'a Session) -> Rows<'a> {
        Rows { session, rows: Vec::new(), notes: Vec::new() }
    }

    /// A row of all there can be.
    pub(super) fn put(&mut self, part: &str, name: impl AsRef<str>, value: Cell, figures: Figures, ask: Option<String>) {
        // What cannot be asked is not offered.
        let ask = ask.filter(|query| self.session.fault_in(query).is_none());
        self.row(part, name.as_ref(), value, figures, ask);
    }

    fn row(&mut self, part: &str, name: &str, value: Cell, figures: Figures, ask: Option<String>) {
        let count = figures.count.map_or(Cell::Absent, |count| Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX)));
        let share = match (figures.count, figures.of) {
            (Some(count), Some(of)) if of > 0 => {
                let exact = count as f64 / of as f64 * 100.0;
                // A share that is there is never rounded away.
                let parts = if exact < 0.1 { 10_000.0 } else { 10.0 };
                let percent = (exact * parts).round() / parts;
                Cell::Quantity(Quantity::exact(Measure::Percentage, percent))
            }
            _ => Cell::Absent,
        };
        let cells = vec![text(part), text(name), value, count, share, ask.map_or(Cell::Absent, text)];
        self.rows.push(Row { cells, certainty: Certainty::Certain, evidence: Vec::new(), support: Vec::new() });
    }

    /// Words, unless there are none.
    pub(super) fn say(&mut self, part: &str, name: &str, said: impl AsRef<str>) {
        if !said.as_ref().is_empty() {
            self.put(part, name, text(said), Figures::default(), None);
        }
    }

    /// A count, with what it is a share of.
    pub(super) fn count(&mut self, part: &str, name: impl AsRef<str>, count: u64, of: Option<u64>) {
        self.put(part, name, Cell::Absent, Figures { count: Some(count), of }, None);
    }

    /// A query with a few words what it asks.
    pub(super) fn ask(&mut self, part: &str, name: impl AsRef<str>, query: Option<String>) {
        if query.as_ref().is_some_and(|query| self.session.fault_in(query).is_none()) {
            self.row(part, name.as_ref(), Cell::Absent, Figures::default(), query);
        }
    }

    /// The same for what is no query of its own.
    pub(super) fn ask_as_is(&mut self, part: &str, name: impl AsRef<str>, input: String) {
        self.row(part, name.as_ref(), Cell::Absent, Figures::default(), Some(input));
    }

    /// What the reader has to know of the figures.
    pub(super) fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Whether there are rows of a part.
    pub(super) fn has(&self, part: &str) -> bool {
        self.rows.iter().any(|row| matches!(&row.cells[0], Cell::Text(own) if &**own == part))
    }

    /// The answer.
    pub(super) fn answer(mut self) -> Answer {
        for note in std::mem::take(&mut self.notes) {
            self.say("note", "", note);
        }
        let columns = [
            ("part", ColumnType::Text),
            ("name", ColumnType::Text),
            ("value", ColumnType::Any),
            ("count", ColumnType::Integer),
            ("share", ColumnType::Percentage),
            ("ask", ColumnType::Text),
        ];
        Answer {
            columns: columns.into_iter().map(|(name, column_type)| Column::new(name, column_type)).collect(),
            rows: self.rows,
            in_parts: true,
            ..Answer::default()
        }
    }

    /// An entity as answers show it.
    pub(in crate::session) fn card(&self, id: EntityId) -> Cell {
        let graph = self.session.graph();
        let kinds = graph.kinds(id);
        let name = if graph.name(id).is_empty() { graph.slug(id) } else { graph.name(id) };
        Cell::Entity(Arc::new(EntityCard {
            id: graph.slug(id).to_owned(),
            name: name.to_owned(),
            kinds: kinds.iter().map(|kind| self.session.schema().kinds[kind.index()].id.clone()).collect(),
            definition: graph.definition(id).map(str::to_owned),
            kind_position: kinds.first().map_or(0, |kind| kind.index()),
        }))
    }

    /// A value of the data as answers show it.
    pub(super) fn cell(&self, value: &Value) -> Cell {
        match value {
            Value::Boolean(holds) => Cell::Boolean(*holds),
            Value::Integer(count) => Cell::Integer(*count),
            Value::Quantity(quantity) => Cell::Quantity(*quantity),
            Value::Text(text) => Cell::Text(Arc::clone(text)),
            Value::Entity(id) => self.card(*id),
            Value::Extent(extent) => text(extent.word()),
            Value::Confidence(confidence) => text(confidence.word()),
            Value::List(members) => Cell::List(members.iter().map(|member| self.cell(member)).collect()),
            Value::Float(number) => Cell::Float(*number),
            Value::Temporal(temporal) => text(temporal.to_string()),
            Value::Null | Value::Relation(_) | Value::Hedge(_) | Value::Path(_) | Value::Map(_) => Cell::Absent,
        }
    }

    /// An entity as a query names it: by its name where that is enough.
    pub(in crate::session) fn named(&self, id: EntityId) -> String {
        let graph = self.session.graph();
        let name = graph.name(id);
        let is_enough = |name: &str| !name.is_empty() && !name.contains('"') && graph.called(name) == [id];
        // What has a long name goes by its initials, if it has any.
        let initials =
            |name: &&str| name.len() >= 2 && name.len() <= 6 && name.chars().all(|letter| letter.is_ascii_uppercase()) && is_enough(name);
        if name.chars().count() > 24
            && let Some(short) = graph.synonyms(id).find(initials)
        {
            return quoted(short);
        }
        quoted(if is_enough(name) { name } else { graph.slug(id) })
    }

    /// A query for the relations of a type at one entity, in a direction as seen from it.
    pub(in crate::session) fn asks_at(&self, id: EntityId, relation_type: RelationTypeId, direction: Direction) -> Option<String> {
        let relation = &self.session.schema().relation_types[relation_type.index()];
        let name = self.named(id);
        let (nouns, verbs) = match direction {
            Direction::Outgoing => (&relation.target_nouns, &relation.verbs),
            Direction::Incoming => (&relation.source_nouns, &relation.inverse_verbs),
        };
        // A word that several relation types share asks for all of them.
        let own = |word: &str| self.is_own(word, relation_type);
        let by_noun = nouns.iter().filter(|noun| own(&noun.many)).map(|noun| format!("{} of {name}", noun.many));
        let by_verb = verbs.iter().filter(|verb| own(verb)).map(|verb| format!("{name} {verb} what"));
        let id = relation.id.replace([' ', '-'], "_");
        let by_arrow = match direction {
            Direction::Outgoing => format!("{name} -{id}-> what"),
            Direction::Incoming => format!("what -{id}-> {name}"),
        };
        by_noun.chain(by_verb).chain([by_arrow]).find(|query| self.session.fault_in(query).is_none())
    }

    /// An entity with enough relations of a type to be worth asking of, and not too many to read, if there is one; one with a
    /// plain name before others. The first of the best, so that the same graph always gives the same.
    pub(in crate::session) fn typical(&self, id: RelationTypeId, direction: Direction, kind: Option<KindId>) -> Option<EntityId> {
        const LOOKED_AT: usize = 5000;
        const MANY: usize = 300;
        let graph = self.session.graph();
        let wanted = |entity: EntityId| !graph.name(entity).is_empty() && kind.is_none_or(|kind| graph.has_kind(entity, kind));
        let mut best: Option<((bool, bool, bool, bool), EntityId)> = None;
        for (entity, span) in graph.active(direction, id).take(LOOKED_AT).filter(|(entity, _)| wanted(*entity)) {
            let name = graph.name(entity);
            let is_plain = name.chars().all(|letter| letter.is_alphabetic() || letter == ' ') && name.chars().count() <= 30;
            let rank = (is_typed(name), span.len() <= MANY, (5..=25).contains(&span.len()), is_plain);
            if best.as_ref().is_none_or(|(known, _)| rank > *known) {
                best = Some((rank, entity));
            }
            if rank == (true, true, true, true) {
                break;
            }
        }
        best.map(|(_, entity)| entity)
    }

    /// How a relation reads from one of its ends: with its id where others read the same.
    pub(in crate::session) fn reading(&self, relation_type: RelationTypeId, direction: Direction) -> String {
        let relation = &self.session.schema().relation_types[relation_type.index()];
        let plain = || relation.id.replace('_', " ");
        let told = |verb: &String| if self.is_own(verb, relation_type) { verb.clone() } else { format!("{verb} ({})", relation.id) };
        match direction {
            Direction::Outgoing => relation.verbs.first().map_or_else(plain, told),
            Direction::Incoming => relation.inverse_verbs.first().map_or_else(|| format!("<- {}", plain()), told),
        }
    }

    /// Whether a word for a relation stands for this type alone.
    fn is_own(&self, word: &str, relation_type: RelationTypeId) -> bool {
        self.session.lexicon().meanings(word).iter().all(|meaning| match meaning {
            Meaning::Noun(id, _) | Meaning::Verb(id, _) => *id == relation_type,
            Meaning::Kind(_) | Meaning::Qualifier(_) => true,
        })
    }
}

/// The plural noun that asks for all relations of a type: one that its id speaks of before others.
pub(super) fn noun_of(relation: &RelationType) -> Option<String> {
    let nouns = || relation.source_nouns.iter().chain(&relation.target_nouns);
    let id = relation.id.replace('_', " ").to_lowercase();
    nouns().find(|noun| id.contains(&noun.one.to_lowercase())).or_else(|| nouns().next()).map(|noun| noun.many.clone())
}

/// A count, and what it is a share of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    pub count: Option<u64>,
    pub of: Option<u64>,
}

/// Whether somebody would type a name: it is short, and has no characters that a keyboard has not.
pub(in crate::session) fn is_typed(name: &str) -> bool {
    const LONGEST: usize = 60;
    !name.is_empty() && name.chars().count() <= LONGEST && !name.contains(|letter: char| letter.is_control() || letter == '"')
}

/// Words as a cell.
pub(super) fn text(words: impl AsRef<str>) -> Cell {
    Cell::Text(Arc::from(words.as_ref()))
}

/// A name as a query takes it, with quotation marks where they are needed.
pub(in crate::session) fn quoted(name: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_' || letter == ':' || letter == '.';
    let reserved = crate::query::syntax::keyword(name).is_some();
    if !name.is_empty() && !reserved && name.chars().all(plain) && !name.starts_with('-') {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// Numbers below `count` for a look at no more than `most` of them, spread over all; every one where there are no more.
pub(super) fn spread(count: usize, most: usize) -> impl Iterator<Item = usize> {
    let step = count.div_ceil(most.max(1)).max(1);
    (0..count).step_by(step)
}
