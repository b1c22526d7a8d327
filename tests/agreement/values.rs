//! Values, the naive way: what a field of a row is, how values sort, and what a condition says of a row.

use std::cmp::Ordering;

use super::invent::members;
use super::question::{Condition, Field, What};
use super::schema::{KINDS, RELATION_TYPES};
use super::truth::{Comparison, Quantity, Truth, all, and, any, not};
use super::world::{Hedge, Value, World};

/// A row in the making.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The entities of its columns.
    pub ends: Vec<usize>,
    /// The relations that it is, in order.
    pub facts: Vec<usize>,
    /// Its further columns.
    pub extras: Vec<Value>,
    /// The relations that it rests on.
    pub support: std::collections::BTreeSet<usize>,
    /// Statements that it cites beside those.
    pub cited: std::collections::BTreeSet<usize>,
    /// Whether it is certain.
    pub certain: bool,
    /// Whether a condition is unknown for it: it is no row, but is counted where it would have been one.
    pub unknown: bool,
}

/// Names as they compare: in lower case, with one space for each run of what separates words.
pub fn fold(words: &str) -> String {
    let spaced = words.to_lowercase().replace(['-', '_'], " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl World {
    /// The value of a field.
    pub fn value(&self, row: &Row, what: &What) -> Value {
        let fact = |link: usize| &self.facts[row.facts[link]];
        let statement = |link: usize| &self.statements[fact(link).statement];
        let entity = |end: usize| &self.entities[row.ends[end]];
        let text = |text: &str| Value::Text(text.to_owned());
        let texts = |texts: Vec<&str>| if texts.is_empty() { Value::Absent } else { Value::List(texts.into_iter().map(text).collect()) };
        match what {
            What::Column(end) => Value::Entity(row.ends[*end]),
            What::Extra(place) => row.extras[*place].clone(),
            What::Qualifier(id, link) => {
                fact(*link).qualifiers.iter().find(|(known, _)| known == id).map_or(Value::Absent, |(_, value)| value.clone())
            }
            What::Source(link) => {
                let mut sources: Vec<&str> = statement(*link).sources.iter().map(|source| World::source(*source)).collect();
                sources.dedup();
                texts(sources)
            }
            What::Statement(link) => text(&statement(*link).slug),
            What::Hedge(link) => Value::Hedge(statement(*link).hedge.clone()),
            What::Extent(link) => statement(*link).hedge.extent.map_or(Value::Absent, Value::Extent),
            What::Confidence(link) => Value::Confidence(statement(*link).hedge.confidence),
            What::Jointly(link) => self.jointly(row.facts[*link]),
            What::Relation(link) => text(RELATION_TYPES[fact(*link).relation_type].id),
            What::Denied => Value::Boolean(row.facts.iter().any(|fact| self.is_denied(*fact))),
            What::Kind(end) => texts(entity(*end).kinds.iter().map(|kind| KINDS[*kind].0).collect()),
            What::Name(end) => text(entity(*end).name),
            What::Id(end) => text(entity(*end).slug),
            What::Synonym(end) => texts(entity(*end).synonyms.to_vec()),
            What::Xref(end) => texts(Some(entity(*end).xref).filter(|xref| !xref.is_empty()).into_iter().collect()),
            What::Definition(end) => entity(*end).definition.map_or(Value::Absent, text),
        }
    }

    /// The entities that a joint statement speaks of beside those of the relation, by the same relation type.
    fn jointly(&self, place: usize) -> Value {
        let fact = &self.facts[place];
        if !self.statements[fact.statement].jointly {
            return Value::Absent;
        }
        let mut others: Vec<usize> = Vec::new();
        for other in self.facts.iter().filter(|other| other.statement == fact.statement && other.relation_type == fact.relation_type) {
            for end in [other.from, other.to] {
                if end != fact.from && end != fact.to && !others.contains(&end) {
                    others.push(end);
                }
            }
        }
        others.sort_by_key(|entity| self.rank(*entity));
        if others.is_empty() { Value::Absent } else { Value::List(others.into_iter().map(Value::Entity).collect()) }
    }

    /// Where an entity stands in the order of answers: by folded name, then id.
    pub fn rank(&self, entity: usize) -> (String, &'static str) {
        (fold(self.entities[entity].name), self.entities[entity].slug)
    }

    /// The total order of values of one field; what is absent comes last.
    pub fn order(&self, left: &Value, right: &Value) -> Ordering {
        match (left, right) {
            (Value::Absent, Value::Absent) => Ordering::Equal,
            (Value::Absent, _) => Ordering::Greater,
            (_, Value::Absent) => Ordering::Less,
            (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
            (Value::Count(left), Value::Count(right)) => left.cmp(right),
            (Value::Quantity(left), Value::Quantity(right)) => left.rank().cmp(&right.rank()),
            (Value::Text(left), Value::Text(right)) => (fold(left), left).cmp(&(fold(right), right)),
            (Value::Entity(left), Value::Entity(right)) => self.rank(*left).cmp(&self.rank(*right)),
            (Value::Extent(left), Value::Extent(right)) | (Value::Confidence(left), Value::Confidence(right)) => left.cmp(right),
            (Value::Hedge(left), Value::Hedge(right)) => order_of_hedges(left, right),
            (Value::List(left), Value::List(right)) => {
                let pairs = left.iter().zip(right).map(|(left, right)| self.order(left, right));
                pairs.fold(Ordering::Equal, Ordering::then).then(left.len().cmp(&right.len()))
            }
            (Value::Path(left), Value::Path(right)) => {
                let key = |way: &super::world::Way| {
                    let entities: Vec<_> =
                        [way.start].into_iter().chain(way.steps.iter().map(|step| step.2)).map(|id| self.rank(id)).collect();
                    let types: Vec<_> = way.steps.iter().map(|(id, forward, _)| (*id, !forward)).collect();
                    (way.steps.len(), entities, types)
                };
                key(left).cmp(&key(right))
            }
            (left, right) => unreachable!("{left:?} and {right:?} are of one field"),
        }
    }

    /// What a condition says of a row; read strictly, `possibly` is taken away.
    pub fn holds(&self, condition: &Condition, row: &Row, strictly: bool) -> Truth {
        match condition {
            Condition::And(parts) => all(parts.iter().map(|part| self.holds(part, row, strictly))),
            Condition::Or(parts) => any(parts.iter().map(|part| self.holds(part, row, strictly))),
            Condition::Not(inner) => not(self.holds(inner, row, strictly)),
            Condition::Possibly(inner) if strictly => self.holds(inner, row, true),
            Condition::Possibly(inner) => Some(self.holds(inner, row, false) != Some(false)),
            Condition::Compare(field, Comparison::NotEqual, asked) => {
                not(self.on_any(field, row, |value| self.compare(value, Comparison::Equal, asked)))
            }
            Condition::Compare(field, comparison, asked) => self.on_any(field, row, |value| self.compare(value, *comparison, asked)),
            Condition::In(field, asked) => {
                self.on_any(field, row, |value| any(asked.iter().map(|asked| self.compare(value, Comparison::Equal, asked))))
            }
            Condition::Between(field, low, high) => self.on_any(field, row, |value| {
                and(self.compare(value, Comparison::GreaterOrEqual, low), self.compare(value, Comparison::LessOrEqual, high))
            }),
            Condition::Contains(field, piece) => self.on_any(field, row, |value| self.contains(value, piece)),
            Condition::Has(field) => Some(match self.value(row, &field.what) {
                Value::Hedge(hedge) => !hedge.is_flat(),
                value => value != Value::Absent,
            }),
            Condition::Denied => Some(row.facts.iter().any(|fact| self.is_denied(*fact))),
        }
    }

    /// A test of a field: unknown if it has no value, true if it is true of one of several.
    fn on_any(&self, field: &Field, row: &Row, test: impl Fn(&Value) -> Truth) -> Truth {
        let values = members(&self.value(row, &field.what));
        if values.is_empty() { None } else { any(values.iter().map(test)) }
    }

    /// This, or one of it; unknown where the data speaks more broadly.
    fn is_a(&self, stated: usize, asked: usize) -> Truth {
        if self.above(stated).contains(&asked) {
            Some(true)
        } else if self.above(asked).contains(&stated) {
            None
        } else {
            Some(false)
        }
    }

    fn compare(&self, value: &Value, comparison: Comparison, asked: &Value) -> Truth {
        match (value, asked) {
            (Value::Entity(stated), Value::Entity(asked)) if comparison == Comparison::Identical => Some(stated == asked),
            (Value::Entity(stated), Value::Entity(asked)) => self.is_a(*stated, *asked),
            (Value::Quantity(stated), Value::Quantity(asked)) => stated.compare(comparison, asked),
            (Value::Count(count), Value::Quantity(asked)) => Quantity::count(*count).compare(comparison, asked),
            (Value::Boolean(stated), Value::Boolean(asked)) => Some(comparison.holds(stated, asked)),
            (Value::Extent(stated), Value::Extent(asked)) | (Value::Confidence(stated), Value::Confidence(asked)) => {
                Some(comparison.holds(stated, asked))
            }
            (Value::Hedge(hedge), Value::Extent(asked)) => hedge.extent.map(|stated| comparison.holds(&stated, asked)),
            (Value::Hedge(hedge), Value::Confidence(asked)) => Some(comparison.holds(&hedge.confidence, asked)),
            (Value::Hedge(hedge), Value::Text(asked)) => hedge.words.map(|words| comparison.holds(&fold(words), &fold(asked))),
            (Value::Text(stated), Value::Text(asked)) if comparison == Comparison::Identical => Some(stated == asked),
            (Value::Text(stated), Value::Text(asked)) => Some(comparison.holds(&fold(stated), &fold(asked))),
            (value, asked) => unreachable!("{value:?} is never held against {asked:?}"),
        }
    }

    fn contains(&self, value: &Value, piece: &str) -> Truth {
        let found = |text: &str| Some(fold(text).contains(&fold(piece)));
        match value {
            Value::Text(text) => found(text),
            Value::Entity(entity) => found(self.entities[*entity].name),
            Value::Hedge(hedge) => hedge.words.and_then(found),
            other => unreachable!("{other:?} is no text"),
        }
    }
}

fn order_of_hedges(left: &Hedge, right: &Hedge) -> Ordering {
    // A source that spoke flatly has no hedge, and so comes last.
    let key = |hedge: &Hedge| (hedge.is_flat(), hedge.confidence, hedge.extent, hedge.words);
    key(left).cmp(&key(right))
}
