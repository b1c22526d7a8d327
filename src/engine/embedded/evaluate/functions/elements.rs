//! Elements: functions of nodes, relationships, paths and maps.

use crate::algebra::Function;
use crate::model::{EntityId, Names, RelationId, Value, label_of_kind, type_of_relation};

use super::super::Evaluator;
use super::super::fault::Fault;
use super::unfit;

impl Evaluator<'_> {
    /// What a function of this family makes of a value; none for other functions.
    pub(super) fn of_elements(&self, function: Function, value: &Value) -> Option<Result<Value, Fault>> {
        Some(match function {
            Function::Id => identity(value).map(Value::Integer).ok_or_else(|| unfit(function, "a node or a relationship", value)),
            Function::ElementId => identity(value)
                .map(|number| Value::text(number.to_string()))
                .ok_or_else(|| unfit(function, "a node or a relationship", value)),
            Function::Labels => entity(value).map(|id| self.labels_of(id)).ok_or_else(|| unfit(function, "a node", value)),
            Function::Type => relation(value).map(|id| self.type_of(id)).ok_or_else(|| unfit(function, "a relationship", value)),
            Function::StartNode => {
                relation(value).map(|id| Value::Entity(self.graph.start(id))).ok_or_else(|| unfit(function, "a relationship", value))
            }
            Function::EndNode => {
                relation(value).map(|id| Value::Entity(self.graph.end(id))).ok_or_else(|| unfit(function, "a relationship", value))
            }
            Function::Keys => self.entries(function, value).map(|entries| Value::List(entries.into_iter().map(|(name, _)| name).collect())),
            Function::Properties if matches!(value, Value::Map(_)) => Ok(value.clone()),
            Function::Properties => self
                .properties
                .all(value)
                .map(|entries| Value::Map(std::sync::Arc::new(entries)))
                .ok_or_else(|| unfit(function, "a node, a relationship or a map", value)),
            Function::Nodes | Function::Relationships | Function::Length => of_path(function, value),
            _ => return None,
        })
    }

    fn entries(&self, function: Function, value: &Value) -> Result<Vec<(Value, Value)>, Fault> {
        let entries = self.properties.all(value).ok_or_else(|| unfit(function, "a node, a relationship or a map", value))?;
        Ok(entries.into_iter().map(|(name, value)| (Value::Text(name), value)).collect())
    }

    /// The labels of a node.
    pub(in crate::engine) fn labels_of(&self, id: EntityId) -> Value {
        let kinds = Names::kinds(self.graph, id);
        Value::List(kinds.iter().map(|kind| Value::text(label_of_kind(self.vocabulary.kind(*kind)))).collect())
    }

    /// The type of a relationship.
    fn type_of(&self, id: RelationId) -> Value {
        Value::text(type_of_relation(self.vocabulary.relation_type(self.graph.relation_type(id))))
    }
}

fn identity(value: &Value) -> Option<i64> {
    match value {
        Value::Entity(id) => Some(i64::from(id.0)),
        Value::Relation(id) => Some(i64::from(id.0)),
        _ => None,
    }
}

fn entity(value: &Value) -> Option<EntityId> {
    match value {
        Value::Entity(id) => Some(*id),
        _ => None,
    }
}

fn relation(value: &Value) -> Option<RelationId> {
    match value {
        Value::Relation(id) => Some(*id),
        _ => None,
    }
}

fn of_path(function: Function, value: &Value) -> Result<Value, Fault> {
    let Value::Path(path) = value else { return Err(unfit(function, "a path", value)) };
    Ok(match function {
        Function::Nodes => Value::List(path.entities().map(Value::Entity).collect()),
        Function::Relationships => Value::List(path.steps.iter().map(|step| Value::Relation(step.relation)).collect()),
        _ => Value::Integer(i64::try_from(path.steps.len()).unwrap_or(i64::MAX)),
    })
}
