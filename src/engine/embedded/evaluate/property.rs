//! Property: what patterns see of nodes, relationships and other values under a name.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::model::temporal::Component;
use crate::model::{Bound, Citation, EntityId, Hedge, Measure, Names, QualifierId, Quantity, RelationId, Statement, Value, Vocabulary};
use crate::store::Graph;

use super::fault::{Fault, described};

/// How the slugs of nodes and statements begin that have no id of their own.
const NAMELESS: &str = "_:";

/// The properties of nodes that every graph has.
const NODE_PROPERTIES: [&str; 5] = ["id", "name", "synonyms", "xrefs", "definition"];

/// The properties of relationships that every graph has.
const RELATION_PROPERTIES: [&str; 10] =
    ["statement", "claim", "sources", "publications", "jointly", "hedge", "hedge_words", "extent", "confidence", "denied"];

/// Reads properties by their names; each name is looked up once.
pub(in crate::engine) struct Properties<'a> {
    graph: &'a Graph,
    vocabulary: &'a dyn Vocabulary,
    qualifiers: RefCell<HashMap<Arc<str>, Option<QualifierId>>>,
}

impl<'a> Properties<'a> {
    /// Of the nodes and relationships of a graph.
    pub fn new(graph: &'a Graph, vocabulary: &'a dyn Vocabulary) -> Properties<'a> {
        Properties { graph, vocabulary, qualifiers: RefCell::default() }
    }

    /// What a value has under a name; null where it has nothing there.
    pub fn of(&self, value: &Value, name: &Arc<str>) -> Result<Value, Fault> {
        Ok(match value {
            Value::Null => Value::Null,
            Value::Entity(id) => self.of_entity(*id, name),
            Value::Relation(id) => self.of_relation(*id, name),
            Value::Map(entries) => entries.get(name).cloned().unwrap_or(Value::Null),
            Value::Temporal(temporal) => match temporal.component(name)? {
                Some(Component::Integer(number)) => Value::Integer(number),
                Some(Component::Text(text)) => Value::text(text),
                None => Value::Null,
            },
            Value::Quantity(quantity) => of_quantity(quantity, name),
            Value::Hedge(hedge) => of_hedge(hedge, name),
            other => {
                let message = format!("{} has no properties, so none called `{name}`", described(other));
                return Err(Fault::wrong_type(message).help("nodes, relationships, maps, temporal values and intervals have properties"));
            }
        })
    }

    /// The id of a node by which patterns know it.
    pub fn identifier(&self, id: EntityId) -> Option<&'a str> {
        let graph: &'a Graph = self.graph;
        Some(Names::slug(graph, id)).filter(|slug| !slug.starts_with(NAMELESS))
    }

    fn of_entity(&self, id: EntityId, name: &str) -> Value {
        self.graph.property(id, name).unwrap_or_else(|| self.built_in_of_entity(id, name))
    }

    fn built_in_of_entity(&self, id: EntityId, name: &str) -> Value {
        match name {
            "id" => self.identifier(id).map_or(Value::Null, Value::text),
            "name" => Some(Names::name(self.graph, id)).filter(|name| !name.is_empty()).map_or(Value::Null, Value::text),
            "synonyms" => texts(self.graph.synonyms(id)),
            "xrefs" => texts(self.graph.xrefs(id)),
            "definition" => self.graph.definition(id).map_or(Value::Null, Value::text),
            _ => Value::Null,
        }
    }

    fn of_relation(&self, id: RelationId, name: &Arc<str>) -> Value {
        let known = self.qualifiers.borrow().get(name).copied();
        let qualifier = known.unwrap_or_else(|| {
            let found = self.vocabulary.qualifier_called(name);
            self.qualifiers.borrow_mut().insert(Arc::clone(name), found);
            found
        });
        let own = qualifier.and_then(|qualifier| self.qualifier(id, qualifier));
        own.unwrap_or_else(|| self.built_in_of_relation(id, name))
    }

    /// A qualifier of a relationship, as patterns see it: entities by their ids, always as a list.
    pub fn qualifier(&self, id: RelationId, qualifier: QualifierId) -> Option<Value> {
        self.graph.qualifier(id, qualifier).map(|value| self.shown(&value))
    }

    fn shown(&self, value: &Value) -> Value {
        let names_entities = value.members().iter().any(|member| matches!(member, Value::Entity(_)));
        if !names_entities {
            return value.clone();
        }
        let shown = |member: &Value| match member {
            Value::Entity(id) => Value::text(Names::slug(self.graph, *id)),
            other => other.clone(),
        };
        Value::List(value.members().iter().map(shown).collect())
    }

    fn built_in_of_relation(&self, id: RelationId, name: &str) -> Value {
        if !RELATION_PROPERTIES.contains(&name) {
            return Value::Null;
        }
        let statement = self.graph.statement_of(id);
        if statement.slug.starts_with(NAMELESS) {
            return Value::Null;
        }
        match name {
            "statement" => Value::text(&statement.slug),
            "claim" => Some(&statement.claim).filter(|claim| !claim.is_empty()).map_or(Value::Null, Value::text),
            "sources" => texts(statement.evidence.iter().map(|citation| self.graph.source(citation.source).slug.as_str())),
            "publications" => texts(statement.evidence.iter().filter_map(|citation| citation.publication.as_deref())),
            "jointly" => match self.graph.jointly(id) {
                others if others.is_empty() => Value::Null,
                others => Value::List(others.into_iter().map(|other| Value::text(Names::slug(self.graph, other))).collect()),
            },
            "hedge" if statement.hedge.is_none() => Value::Null,
            "hedge" => Value::Hedge(Arc::new(statement.hedge.clone())),
            "hedge_words" => statement.hedge.words.as_ref().map_or(Value::Null, Value::text),
            "extent" => statement.hedge.extent.map_or(Value::Null, Value::Extent),
            "confidence" => Value::Confidence(statement.hedge.confidence),
            "denied" => Value::Boolean(statement.negated),
            _ => Value::Null,
        }
    }

    /// All properties that have a value, by name; none of what has no properties.
    pub fn all(&self, value: &Value) -> Option<BTreeMap<Arc<str>, Value>> {
        let mut all: BTreeMap<Arc<str>, Value> = BTreeMap::new();
        let mut add = |name: &str, value: Value| {
            if !value.is_null() {
                all.entry(Arc::from(name)).or_insert(value);
            }
        };
        match value {
            Value::Entity(id) => {
                self.graph.properties(*id).into_iter().for_each(|(name, value)| add(name, value));
                NODE_PROPERTIES.iter().for_each(|name| add(name, self.built_in_of_entity(*id, name)));
            }
            Value::Relation(id) => {
                for (qualifier, value) in self.graph.qualifiers(*id) {
                    add(self.vocabulary.qualifier(qualifier), self.shown(&value));
                }
                // The whole hedge is there by its parts; what is denied is not there at all.
                let shown = RELATION_PROPERTIES.iter().filter(|name| !matches!(**name, "hedge" | "denied"));
                shown.for_each(|name| add(name, self.built_in_of_relation(*id, name)));
            }
            Value::Map(entries) => return Some(entries.as_ref().clone()),
            _ => return None,
        }
        Some(all)
    }

    /// The evidence of a relationship: a map for each citation.
    pub fn evidence(&self, id: RelationId) -> Value {
        let statement = self.graph.statement_of(id);
        Value::List(statement.evidence.iter().map(|citation| self.citation(&statement, citation)).collect())
    }

    fn citation(&self, statement: &Statement, citation: &Citation) -> Value {
        let mut entries: Vec<(Arc<str>, Value)> = vec![
            (Arc::from("statement"), Value::text(&statement.slug)),
            (Arc::from("claim"), Value::text(&statement.claim)),
            (Arc::from("source"), Value::text(&self.graph.source(citation.source).slug)),
            (Arc::from("sentences"), Value::List(citation.sentences.iter().map(|number| Value::Integer(i64::from(*number))).collect())),
        ];
        entries.extend(citation.publication.as_ref().map(|publication| (Arc::from("publication"), Value::text(publication))));
        if let Some(cohort) = citation.cohort {
            entries.push((Arc::from("n"), Value::Integer(i64::from(cohort.n))));
            entries.push((Arc::from("of"), Value::Integer(i64::from(cohort.of))));
        }
        Value::map(entries)
    }
}

fn of_quantity(quantity: &Quantity, name: &str) -> Value {
    // A ratio is divided out, as answers for programs show it.
    let of = if let Measure::Ratio { of, .. } = quantity.measure { of } else { 1.0 };
    let bound = |bound: Option<Bound>| bound.map_or(Value::Null, |bound| Value::Float(bound.value / of));
    match name {
        "min" => bound(quantity.minimum),
        "max" => bound(quantity.maximum),
        "value" => quantity.exact_value().map_or(Value::Null, |value| Value::Float(value / of)),
        "unit" => match quantity.measure {
            Measure::Number => Value::Null,
            Measure::Percentage => Value::text("%"),
            Measure::Ratio { .. } => Value::text("ratio"),
            Measure::Duration(unit) => Value::text(format!("{}s", unit.word())),
        },
        _ => Value::Null,
    }
}

fn of_hedge(hedge: &Hedge, name: &str) -> Value {
    match name {
        "extent" => hedge.extent.map_or(Value::Null, Value::Extent),
        "confidence" => Value::Confidence(hedge.confidence),
        "words" => hedge.words.as_ref().map_or(Value::Null, Value::text),
        _ => Value::Null,
    }
}

/// Texts as a list, each once in a row; `Null` if there are none.
pub(super) fn texts<'t>(texts: impl Iterator<Item = &'t str>) -> Value {
    let mut members: Vec<Value> = texts.map(Value::text).collect();
    members.dedup();
    if members.is_empty() { Value::Null } else { Value::List(members) }
}
