//! Fields: what phrases see of entities and relations, and how they compare: words without regard to case, entities by the hierarchy.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use crate::algebra::{Field, VariableId};
use crate::model::{Comparison, EntityId, RelationId, Truth, Value, fold};
use crate::store::Graph;

use super::super::order;
use super::property::texts;
use super::{Bindings, Evaluator, Number};

/// What is one of an entity, and what it is one of; both sorted, both with the entity itself.
pub(super) struct Family {
    below: Vec<EntityId>,
    above: Vec<EntityId>,
}

impl Evaluator<'_> {
    /// A field of what a variable is bound to; `Null` where that has no such field.
    pub(super) fn field_of(&self, variable: VariableId, field: &Field, bindings: &dyn Bindings) -> Value {
        match bindings.borrowed(variable) {
            Some(value) => self.field(value, field),
            None => self.field(&bindings.value(variable), field),
        }
    }

    fn field(&self, of: &Value, field: &Field) -> Value {
        match of {
            Value::Entity(entity) => self.entity_field(*entity, field),
            Value::Relation(relation) => self.relation_field(*relation, field),
            Value::Path(path) if *field == Field::Length => Value::Integer(i64::try_from(path.steps.len()).unwrap_or(i64::MAX)),
            _ => Value::Null,
        }
    }

    fn entity_field(&self, id: EntityId, field: &Field) -> Value {
        let graph = self.graph;
        match field {
            Field::Identifier => Value::text(graph.slug(id)),
            Field::Name => Value::text(graph.name(id)),
            Field::Kinds => texts(graph.kinds(id).iter().map(|kind| self.vocabulary.kind(*kind))),
            Field::Synonyms => texts(graph.synonyms(id)),
            Field::Xrefs => texts(graph.xrefs(id)),
            Field::Definition => graph.definition(id).map_or(Value::Null, Value::text),
            Field::Property(name) => self.graph.property(id, name).unwrap_or(Value::Null),
            _ => Value::Null,
        }
    }

    fn relation_field(&self, id: RelationId, field: &Field) -> Value {
        let graph = self.graph;
        if let Field::Qualifier(qualifier) = field {
            return graph.qualifier(id, *qualifier).unwrap_or(Value::Null);
        }
        let statement = graph.statement_of(id);
        match field {
            Field::RelationType => Value::text(self.vocabulary.relation_type(graph.relation_type(id))),
            Field::Statement => Value::text(&statement.slug),
            Field::Claim => Value::text(&statement.claim),
            Field::Sources => texts(statement.evidence.iter().map(|citation| graph.source(citation.source).slug.as_str())),
            Field::Publications => texts(statement.evidence.iter().filter_map(|citation| citation.publication.as_deref())),
            Field::Jointly => match graph.jointly(id) {
                others if others.is_empty() => Value::Null,
                others => Value::List(others.into_iter().map(Value::Entity).collect()),
            },
            Field::Hedge if statement.hedge.is_none() => Value::Null,
            Field::Hedge => Value::Hedge(Arc::new(statement.hedge.clone())),
            Field::HedgeWords => statement.hedge.words.as_ref().map_or(Value::Null, Value::text),
            Field::Extent => statement.hedge.extent.map_or(Value::Null, Value::Extent),
            Field::Confidence => Value::Confidence(statement.hedge.confidence),
            Field::Denied => Value::Boolean(statement.negated),
            _ => Value::Null,
        }
    }

    /// The entity that a value is, or is the id of.
    pub(super) fn stated(&self, value: &Value) -> Option<EntityId> {
        match value {
            Value::Entity(id) => Some(*id),
            Value::Text(id) => self.graph.by_slug(id),
            _ => None,
        }
    }

    /// Whether what is stated holds of what is asked, or of one of it; unknown if it is stated more broadly.
    pub(super) fn is_a(&self, stated: EntityId, asked: EntityId) -> Truth {
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

    /// Whether words hold these words, case and form aside.
    pub(super) fn contains(&self, of: &Value, part: &str) -> Truth {
        let part = fold(part);
        self.on_words(of, |text| fold(text).contains(&part))
    }

    /// A test of a text; of an entity its name is tested, of a list whether any member passes.
    pub(super) fn on_words(&self, of: &Value, test: impl Fn(&str) -> bool) -> Truth {
        let one = |value: &Value| match value {
            Value::Text(text) => Some(test(text)),
            Value::Entity(entity) => Some(test(crate::model::Names::name(self.graph, *entity))),
            _ => None,
        };
        match of {
            Value::List(members) => Truth::from(members.iter().any(|member| one(member) == Some(true))),
            single => one(single).map_or(Truth::Unknown, Truth::from),
        }
    }
}

/// How phrases compare two values.
pub(super) fn compare(graph: &Graph, comparison: Comparison, left: &Value, right: &Value) -> Truth {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Truth::Unknown,
        (Value::Quantity(left), Value::Quantity(right)) => left.compare(comparison, right).unwrap_or(Truth::Unknown),
        (Value::Integer(count), Value::Quantity(asked)) => {
            Number::Integer(*count).quantity().compare(comparison, asked).unwrap_or(Truth::Unknown)
        }
        (Value::Float(number), Value::Quantity(asked)) => {
            Number::Float(*number).quantity().compare(comparison, asked).unwrap_or(Truth::Unknown)
        }
        // A text in a column of quantities: nobody knows how much it is.
        (Value::Text(_) | Value::Boolean(_), Value::Quantity(_)) | (Value::Quantity(_), Value::Text(_) | Value::Boolean(_)) => {
            Truth::Unknown
        }
        (Value::Text(left), Value::Text(right)) => Truth::from(comparison.holds(fold(left).cmp(&fold(right)))),
        (left, right) => Truth::from(comparison.holds(order::compare(graph, left, right))),
    }
}

/// The very same value: intervals bound by bound, words letter by letter.
pub(super) fn identical(left: &Value, right: &Value) -> Truth {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Truth::Unknown,
        (Value::Quantity(left), Value::Quantity(right)) => Truth::from(left.is_identical(right)),
        (Value::Integer(count), Value::Quantity(right)) => Truth::from(Number::Integer(*count).quantity().is_identical(right)),
        (left, right) => Truth::from(left == right),
    }
}
