//! Evaluate: the value of an expression over a row. A condition's value is true, false or null, which is unknown.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::algebra::{Expression, Field, Quantifier};
use crate::model::{Comparison, EntityId, Measure, Quantity, RelationId, Truth, Value, Vocabulary, fold};
use crate::store::Graph;

use super::order;
use super::row::Row;

/// Evaluates expressions on a graph. It keeps the part of the hierarchy that a query asks about.
pub(super) struct Evaluator<'a> {
    graph: &'a Graph,
    vocabulary: &'a dyn Vocabulary,
    families: RefCell<HashMap<EntityId, Family>>,
}

/// What is one of an entity, and what it is one of; both sorted, both with the entity itself.
struct Family {
    below: Vec<EntityId>,
    above: Vec<EntityId>,
}

impl<'a> Evaluator<'a> {
    pub fn new(graph: &'a Graph, vocabulary: &'a dyn Vocabulary) -> Evaluator<'a> {
        Evaluator { graph, vocabulary, families: RefCell::new(HashMap::new()) }
    }

    /// The outcome of a condition.
    pub fn truth(&self, expression: &Expression, row: &Row) -> Truth {
        match expression {
            Expression::And(parts) => parts.iter().map(|part| self.truth(part, row)).fold(Truth::True, Truth::and),
            Expression::Or(parts) => parts.iter().map(|part| self.truth(part, row)).fold(Truth::False, Truth::or),
            Expression::Not(inner) => self.truth(inner, row).not(),
            Expression::Possibly(inner) => self.truth(inner, row).possibly(),
            Expression::Compare(comparison, left, right) => self.compare(*comparison, &self.value(left, row), &self.value(right, row)),
            Expression::Identical(left, right) => identical(&self.value(left, row), &self.value(right, row)),
            Expression::IsA(inner, asked) => match self.value(inner, row) {
                Value::Entity(stated) => self.is_a(stated, *asked),
                _ => Truth::Unknown,
            },
            Expression::Quantified { quantifier, element, list, condition } => {
                let list = self.value(list, row);
                if list.is_null() {
                    return Truth::Unknown;
                }
                let each = list.members().iter().map(|member| self.truth(condition, &row.with(element.index(), member.clone())));
                match quantifier {
                    Quantifier::Any => each.fold(Truth::False, Truth::or),
                    Quantifier::All => each.fold(Truth::True, Truth::and),
                    Quantifier::None | Quantifier::Single => Truth::Unknown,
                }
            }
            Expression::Contains(inner, part) => self.on_text(inner, row, |text| fold(text).contains(&fold(part))),
            Expression::Matches(inner, pattern) => self.on_text(inner, row, |text| pattern.is_match(text)),
            Expression::IsPresent(inner) => Truth::from(!self.value(inner, row).is_null()),
            Expression::Literal(_) | Expression::Variable(_) | Expression::Field(..) => self.value(expression, row).truth(),
            _ => Truth::Unknown,
        }
    }

    /// The value of an expression.
    pub fn value(&self, expression: &Expression, row: &Row) -> Value {
        match expression {
            Expression::Literal(value) => value.clone(),
            Expression::Variable(variable) => row.values[variable.index()].clone(),
            Expression::Field(variable, field) => self.field(&row.values[variable.index()], field),
            condition => Value::from(self.truth(condition, row)),
        }
    }

    /// A field of a value; `Null` where the value has no such field.
    fn field(&self, of: &Value, field: &Field) -> Value {
        match of {
            Value::Entity(entity) => self.entity_field(*entity, field),
            Value::Relation(relation) => self.relation_field(*relation, field),
            Value::Path(path) if *field == Field::Length => Value::Integer(i64::try_from(path.steps.len()).unwrap_or(i64::MAX)),
            _ => Value::Null,
        }
    }

    fn entity_field(&self, id: EntityId, field: &Field) -> Value {
        let entity = self.graph.entity(id);
        match field {
            Field::Identifier => Value::text(&entity.slug),
            Field::Name => Value::text(&entity.name),
            Field::Kinds => texts(entity.kinds.iter().map(|kind| self.vocabulary.kind(*kind))),
            Field::Synonyms => texts(entity.synonyms.iter().map(String::as_str)),
            Field::Xrefs => texts(entity.xrefs.iter().map(String::as_str)),
            Field::Definition => entity.definition.as_ref().map_or(Value::Null, Value::text),
            Field::Property(name) => {
                let found = entity.properties.iter().find(|(property, _)| property == name);
                found.map_or(Value::Null, |(_, value)| value.clone())
            }
            _ => Value::Null,
        }
    }

    fn relation_field(&self, id: RelationId, field: &Field) -> Value {
        let graph = self.graph;
        let statement = graph.statement_of(id);
        match field {
            Field::RelationType => Value::text(self.vocabulary.relation_type(graph.relation(id).relation_type)),
            Field::Statement => Value::text(&statement.slug),
            Field::Claim => Value::text(&statement.claim),
            Field::Sources => texts(statement.evidence.iter().map(|citation| graph.source(citation.source).slug.as_str())),
            Field::Publications => texts(statement.evidence.iter().filter_map(|citation| citation.publication.as_deref())),
            Field::Jointly => match graph.jointly(id) {
                others if others.is_empty() => Value::Null,
                others => Value::List(others.into_iter().map(Value::Entity).collect()),
            },
            Field::Hedge if statement.hedge.is_none() => Value::Null,
            Field::Hedge => Value::Hedge(std::sync::Arc::new(statement.hedge.clone())),
            Field::HedgeWords => statement.hedge.words.as_ref().map_or(Value::Null, Value::text),
            Field::Extent => statement.hedge.extent.map_or(Value::Null, Value::Extent),
            Field::Confidence => Value::Confidence(statement.hedge.confidence),
            Field::Denied => Value::Boolean(statement.negated),
            Field::Qualifier(qualifier) => graph.qualifier(id, *qualifier).cloned().unwrap_or(Value::Null),
            _ => Value::Null,
        }
    }

    /// Whether what is stated holds of what is asked, or of one of it; unknown if it is stated more broadly.
    fn is_a(&self, stated: EntityId, asked: EntityId) -> Truth {
        let mut families = self.families.borrow_mut();
        let family = match families.entry(asked) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(Family { below: self.graph.descendants(asked), above: self.graph.ancestors(asked) }),
        };
        if family.below.binary_search(&stated).is_ok() {
            Truth::True
        } else if family.above.binary_search(&stated).is_ok() {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    fn compare(&self, comparison: Comparison, left: &Value, right: &Value) -> Truth {
        match (left, right) {
            (Value::Null, _) | (_, Value::Null) => Truth::Unknown,
            (Value::Quantity(left), Value::Quantity(right)) => left.compare(comparison, right).unwrap_or(Truth::Unknown),
            (Value::Integer(count), Value::Quantity(asked)) => number(*count).compare(comparison, asked).unwrap_or(Truth::Unknown),
            (Value::Text(left), Value::Text(right)) => Truth::from(comparison.holds(fold(left).cmp(&fold(right)))),
            (left, right) => Truth::from(comparison.holds(order::compare(self.graph, left, right))),
        }
    }

    /// A test of a text; of an entity its name is tested.
    fn on_text(&self, inner: &Expression, row: &Row, test: impl Fn(&str) -> bool) -> Truth {
        match self.value(inner, row) {
            Value::Text(text) => Truth::from(test(&text)),
            Value::Entity(entity) => Truth::from(test(&self.graph.entity(entity).name)),
            Value::List(members) => {
                let text = |value: &Value| match value {
                    Value::Text(text) => test(text),
                    Value::Entity(entity) => test(&self.graph.entity(*entity).name),
                    _ => false,
                };
                Truth::from(members.iter().any(text))
            }
            _ => Truth::Unknown,
        }
    }
}

/// The very same value: intervals bound by bound, words letter by letter.
fn identical(left: &Value, right: &Value) -> Truth {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Truth::Unknown,
        (Value::Quantity(left), Value::Quantity(right)) => Truth::from(left.is_identical(right)),
        (Value::Integer(count), Value::Quantity(right)) => Truth::from(number(*count).is_identical(right)),
        (left, right) => Truth::from(left == right),
    }
}

fn number(count: i64) -> Quantity {
    Quantity::exact(Measure::Number, count as f64)
}

/// Texts as a list; `Null` if there are none.
fn texts<'t>(texts: impl Iterator<Item = &'t str>) -> Value {
    let mut members: Vec<Value> = texts.map(Value::text).collect();
    members.dedup();
    if members.is_empty() { Value::Null } else { Value::List(members) }
}
