//! Graph: makes the program's own graph of a plain description, and describes its nodes and relationships again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use oms_graph::formats::KnowledgeGraph;
use oms_graph::model::temporal::{Temporal, TemporalType};
use oms_graph::model::{self, Entity, EntityId, Hedge, KindId, QualifierId, RelationId, RelationTypeId};
use oms_graph::schema::{Kind, Lexicon, Qualifier, RelationType, Schema, ValueType};
use oms_graph::session::Session;
use oms_graph::store::{GraphBuilder, RelationDraft, StatementDraft};

use crate::description::Description;
use crate::value::{Node, Properties, Relationship, Value};

/// The graph that a description describes: a kind for each label, a relation type for each type and a qualifier for each property
/// of a relationship. Nodes and relationships are blank, so that they have no properties but their own.
///
/// # Errors
/// A value that no graph can hold, or more names than a schema can.
pub fn build(description: &Description) -> Result<KnowledgeGraph, String> {
    let labels: BTreeSet<&str> = description.nodes.iter().flat_map(|node| &node.labels).map(String::as_str).collect();
    let types: BTreeSet<&str> = description.relationships.iter().map(|relationship| relationship.relation_type.as_str()).collect();
    let names: BTreeSet<&str> =
        description.relationships.iter().flat_map(|relationship| relationship.properties.keys()).map(String::as_str).collect();
    let kind_of = numbered(&labels, 0)?;
    let type_of = numbered(&types, 1)?;
    let qualifier_of = numbered(&names, 0)?;
    let mut builder = GraphBuilder::new();
    let mut entities: Vec<EntityId> = Vec::new();
    for (number, node) in description.nodes.iter().enumerate() {
        let mut properties =
            node.properties.iter().map(|(name, value)| Ok((name.clone(), to_model(value)?))).collect::<Result<Vec<_>, String>>()?;
        properties.sort_by(|left, right| left.0.cmp(&right.0));
        let entity = Entity {
            slug: format!("_:n{number:07}"),
            name: String::new(),
            kinds: node.labels.iter().map(|label| KindId(kind_of[label.as_str()])).collect(),
            synonyms: Vec::new(),
            xrefs: Vec::new(),
            definition: None,
            properties,
        };
        entities.push(builder.add_entity(entity).map_err(|_| format!("node {number} is there twice"))?);
    }
    for (number, relationship) in description.relationships.iter().enumerate() {
        let qualifiers =
            relationship.properties.iter().map(|(name, value)| Ok((QualifierId(qualifier_of[name.as_str()]), to_model(value)?)));
        let statement = StatementDraft {
            slug: format!("_:r{number:07}"),
            claim: String::new(),
            evidence: Vec::new(),
            jointly: false,
            negated: false,
            hedge: Hedge::default(),
            qualifiers: Vec::new(),
        };
        let relation = RelationDraft {
            from: entities[relationship.from],
            relation_type: RelationTypeId(type_of[relationship.relation_type.as_str()]),
            to: entities[relationship.to],
            qualifiers: qualifiers.collect::<Result<_, String>>()?,
        };
        builder.add_statement(statement, vec![relation]);
    }
    let schema = schema(&labels, &types, &names);
    Ok(KnowledgeGraph { lexicon: Lexicon::new(&schema), schema, graph: builder.finish(), questions: Vec::new() })
}

/// The place of each name in its table, behind those that are there already.
fn numbered<'a>(names: &BTreeSet<&'a str>, before: u16) -> Result<BTreeMap<&'a str, u16>, String> {
    let count = u16::try_from(names.len()).ok().and_then(|count| count.checked_add(before)).ok_or("more names than a schema can hold")?;
    Ok(names.iter().copied().zip(before..count).collect())
}

fn schema(labels: &BTreeSet<&str>, types: &BTreeSet<&str>, names: &BTreeSet<&str>) -> Schema {
    let kind = |id: &&str| Kind { id: (*id).to_owned(), words: vec![(*id).to_owned()], category: None, definition: None };
    let qualifiers: Vec<QualifierId> = (0u16..).take(names.len()).map(QualifierId).collect();
    let relation_type = |id: &&str| RelationType {
        id: (*id).to_owned(),
        from: Vec::new(),
        to: Vec::new(),
        source_nouns: Vec::new(),
        target_nouns: Vec::new(),
        verbs: Vec::new(),
        inverse_verbs: Vec::new(),
        predicate: None,
        qualifiers: qualifiers.clone(),
        definition: None,
    };
    let qualifier = |id: &&str| Qualifier {
        id: (*id).to_owned(),
        value_type: ValueType::Text,
        several: false,
        words: Vec::new(),
        definition: None,
        is_detail: false,
    };
    Schema {
        graph: "described".to_owned(),
        title: "A described graph".to_owned(),
        definition: "What a description describes.".to_owned(),
        kinds: labels.iter().map(kind).collect(),
        relation_types: std::iter::once(Schema::is_a()).chain(types.iter().map(relation_type)).collect(),
        qualifiers: names.iter().map(qualifier).collect(),
    }
}

/// A node as the suite sees it.
pub fn node(session: &Session, id: EntityId) -> Node {
    let graph = session.graph();
    let mut labels: Vec<String> = graph.kinds(id).iter().map(|kind| session.schema().kinds[kind.index()].id.clone()).collect();
    labels.sort();
    let properties = graph.properties(id).into_iter().map(|(name, value)| (name.to_owned(), from_model(session, &value))).collect();
    Node { labels, properties }
}

/// A relationship as the suite sees it.
pub fn relationship(session: &Session, id: RelationId) -> Relationship {
    let graph = session.graph();
    let properties: Properties = graph
        .qualifiers(id)
        .into_iter()
        .map(|(qualifier, value)| (session.schema().qualifiers[qualifier.index()].id.clone(), from_model(session, &value)))
        .collect();
    let relation_type = session.schema().relation_types[graph.relation(id).relation_type.index()].id.clone();
    Relationship { relation_type, properties }
}

/// A value as the program holds it.
///
/// # Errors
/// A value that only an answer can hold.
pub fn to_model(value: &Value) -> Result<model::Value, String> {
    Ok(match value {
        Value::Null => model::Value::Null,
        Value::Boolean(holds) => model::Value::Boolean(*holds),
        Value::Integer(number) => model::Value::Integer(*number),
        Value::Float(number) => model::Value::Float(*number),
        Value::Text(text) => model::Value::text(text),
        Value::List(members) => model::Value::List(members.iter().map(to_model).collect::<Result<_, _>>()?),
        Value::Map(entries) => {
            let entries = entries.iter().map(|(name, value)| Ok((Arc::from(name.as_str()), to_model(value)?)));
            model::Value::map(entries.collect::<Result<Vec<_>, String>>()?)
        }
        Value::Temporal(maker, text) => {
            let kind = match *maker {
                "date" => TemporalType::Date,
                "localtime" => TemporalType::LocalTime,
                "time" => TemporalType::Time,
                "localdatetime" => TemporalType::LocalDateTime,
                "datetime" => TemporalType::DateTime,
                _ => TemporalType::Duration,
            };
            let temporal = Temporal::read(kind, text).map_err(|error| format!("set-up: {text}: {error}"))?;
            model::Value::Temporal(Arc::new(temporal))
        }
        other => return Err(format!("a graph cannot hold {other}")),
    })
}

/// A value of the program as the suite sees it.
pub fn from_model(session: &Session, value: &model::Value) -> Value {
    match value {
        model::Value::Null => Value::Null,
        model::Value::Boolean(holds) => Value::Boolean(*holds),
        model::Value::Integer(number) => Value::Integer(*number),
        model::Value::Float(number) => Value::Float(*number),
        model::Value::Text(text) => Value::Text(text.to_string()),
        model::Value::List(members) => Value::List(members.iter().map(|member| from_model(session, member)).collect()),
        model::Value::Map(entries) => {
            Value::Map(entries.iter().map(|(name, value)| (name.to_string(), from_model(session, value))).collect())
        }
        model::Value::Temporal(temporal) => Value::Temporal("", temporal.to_string()),
        model::Value::Entity(id) => Value::Node(node(session, *id)),
        model::Value::Relation(id) => Value::Relationship(relationship(session, *id)),
        model::Value::Path(path) => {
            let step = |step: &model::Step| (relationship(session, step.relation), step.forward, node(session, step.to));
            Value::Path(crate::value::Path { start: node(session, path.start), steps: path.steps.iter().map(step).collect() })
        }
        other => Value::Other(format!("{other:?}")),
    }
}
