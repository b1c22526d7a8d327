//! Knowledge: functions of what this graph has beside nodes and relationships: evidence, hedges, intervals and the hierarchy.

use std::collections::BTreeMap;

use crate::algebra::Function;
use crate::model::{Confidence, Direction, EntityId, Extent, Names, Quantity, RelationId, Value};

use super::super::Evaluator;
use super::super::Number;
use super::super::fault::Fault;
use super::super::fields::identical;
use super::super::property::texts;
use super::super::text::words;
use super::unfit;

impl Evaluator<'_> {
    /// What a function of this family makes of values that are not null.
    pub(super) fn of_knowledge(&self, function: Function, value: &Value, other: &Value) -> Result<Value, Fault> {
        Ok(match function {
            Function::IsA => match self.stated(value).zip(self.stated(other)) {
                Some((stated, asked)) => Value::from(self.is_a(stated, asked)),
                None => Value::Null,
            },
            Function::Identical => Value::from(identical(value, other)),
            Function::Mentions => {
                let relation = relation(function, value)?;
                self.stated(other).map_or(Value::Null, |entity| Value::Boolean(self.names(relation, entity)))
            }
            Function::Name => self.name(function, value)?,
            Function::Kinds => match self.stated(value) {
                Some(id) => texts(Names::kinds(self.graph, id).iter().map(|kind| self.vocabulary.kind(*kind))),
                None if words(value).is_some() => Value::Null,
                None => return Err(unfit(function, "a node or its id", value)),
            },
            Function::Quantity => quantity(function, value)?,
            Function::Extent => match words(value).and_then(Extent::from_word) {
                Some(extent) => Value::Extent(extent),
                None => return Err(no_word(function, value, &Extent::ALL.map(Extent::word))),
            },
            Function::Confidence => match words(value).and_then(Confidence::from_word) {
                Some(confidence) => Value::Confidence(confidence),
                None => return Err(no_word(function, value, &Confidence::ALL.map(Confidence::word))),
            },
            Function::Statements => {
                let id = self.stated(value).ok_or_else(|| unfit(function, "a node or its id", value))?;
                Value::List(self.statements(id).into_iter().map(Value::Relation).collect())
            }
            Function::Qualifier => {
                let relation = relation(function, value)?;
                let name = words(other).ok_or_else(|| unfit(function, "the name of a qualifier as its second argument", other))?;
                let qualifier = self.vocabulary.qualifier_called(name);
                qualifier.and_then(|qualifier| self.properties.qualifier(relation, qualifier)).unwrap_or(Value::Null)
            }
            Function::Evidence => self.properties.evidence(relation(function, value)?),
            // Every function belongs to one of the families.
            other => return Err(Fault::wrong_argument(format!("`{}()` cannot be computed here", other.name()))),
        })
    }

    fn name(&self, function: Function, value: &Value) -> Result<Value, Fault> {
        match value {
            Value::List(members) => members.iter().map(|member| self.name(function, member)).collect::<Result<_, _>>().map(Value::List),
            value => match (self.stated(value), words(value)) {
                (Some(id), _) => Ok(Some(Names::name(self.graph, id)).filter(|name| !name.is_empty()).map_or(Value::Null, Value::text)),
                (None, Some(text)) => Ok(Value::text(text)),
                (None, None) => Err(unfit(function, "a node or its id", value)),
            },
        }
    }

    /// Whether a qualifier of a relationship names an entity.
    fn names(&self, id: RelationId, entity: EntityId) -> bool {
        self.graph.qualifiers(id).iter().any(|(_, value)| value.members().contains(&Value::Entity(entity)))
    }

    /// For each asserted statement with evidence that speaks of an entity, its first relation, in the order of the statements.
    fn statements(&self, id: EntityId) -> Vec<RelationId> {
        let graph = self.graph;
        let ends = [Direction::Outgoing, Direction::Incoming].map(|direction| graph.relations_of(id, direction));
        let speaking = ends.into_iter().flatten().chain(graph.mentions(id)).filter(|relation| !graph.is_denied(*relation));
        let mut first_of = BTreeMap::new();
        for relation in speaking {
            let first = first_of.entry(graph.statement_id(relation)).or_insert(relation);
            *first = relation.min(*first);
        }
        // The hierarchy of the graph itself is no evidence.
        first_of.retain(|statement, _| !graph.statement(*statement).evidence.is_empty());
        first_of.into_values().collect()
    }
}

fn relation(function: Function, value: &Value) -> Result<RelationId, Fault> {
    match value {
        Value::Relation(id) => Ok(*id),
        other => Err(unfit(function, "a relationship", other)),
    }
}

fn quantity(function: Function, value: &Value) -> Result<Value, Fault> {
    match (value, Number::of(value), words(value)) {
        (Value::Quantity(_), ..) => Ok(value.clone()),
        (_, Some(number), _) if number.float().is_finite() => Ok(Value::Quantity(number.quantity())),
        (_, _, Some(text)) => text.parse::<Quantity>().map(Value::Quantity).map_err(|error| {
            Fault::wrong_argument(format!("'{text}' is no quantity: {error}"))
                .help("`quantity('50-80%')`, `quantity('>= 1 year')`, `quantity('1 in 5 million')`")
        }),
        _ => Err(unfit(function, "a text or a finite number", value)),
    }
}

fn no_word(function: Function, value: &Value, accepted: &[&str]) -> Fault {
    match words(value) {
        Some(word) => {
            let fault = Fault::wrong_argument(format!("'{word}' is no place on the scale of {}", function.name()));
            fault.help(format!("from the least: {}", accepted.join(", ")))
        }
        None => unfit(function, "a text", value),
    }
}
