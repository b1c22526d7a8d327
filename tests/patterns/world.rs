//! World: a small made-up graph, as the naive evaluator sees it and as the engine does.

use std::fmt;

use oms_graph::Session;
use oms_graph::formats::KnowledgeGraph;
use oms_graph::model::{self, Bound, Entity, EntityId, Hedge, KindId, Measure, QualifierId, Quantity, RelationId, RelationTypeId};
use oms_graph::schema::{Kind, Lexicon, Qualifier, RelationType, Schema, ValueType};
use oms_graph::store::{GraphBuilder, RelationDraft, StatementDraft};

use super::choices::Choices;
use super::value::Value;

/// The labels that nodes have, and one that none has.
pub const LABELS: [&str; 4] = ["Alpha", "Beta", "Gamma", "Nowhere"];
/// The types that relationships have, and one that none has.
pub const TYPES: [&str; 4] = ["R", "S", "T", "NEVER"];
/// The properties of relationships: a number, a text, an interval.
pub const QUALIFIERS: [&str; 3] = ["weight", "note", "amount"];
pub const NUMBERS: [Value; 5] = [Value::Integer(1), Value::Integer(2), Value::Float(1.5), Value::Integer(-1), Value::Integer(0)];
pub const TEXTS: [&str; 5] = ["a", "b", "ab", "B", "abba"];

/// A node: its labels and its own properties.
pub struct Node {
    labels: Vec<usize>,
    name: String,
    properties: Vec<(String, Value)>,
}

/// A relationship, or a denial of one.
pub struct Relationship {
    pub from: usize,
    pub to: usize,
    relation_type: usize,
    pub denied: bool,
    properties: Vec<(usize, Value)>,
}

/// The nodes and the relationships by their places; and the engine's ids of them once it has read them.
pub struct World {
    pub nodes: Vec<Node>,
    pub relationships: Vec<Relationship>,
    node_ids: Vec<EntityId>,
    relationship_ids: Vec<RelationId>,
}

impl World {
    /// A graph of three to seven nodes.
    pub fn new(choices: &mut Choices<'_>) -> World {
        let count = 3 + choices.pick(5);
        let relationships = (0..choices.pick(11)).map(|_| relationship(choices, count)).collect();
        let nodes: Vec<Node> = (0..count).map(|_| node(choices)).collect();
        World { nodes, relationships, node_ids: Vec::new(), relationship_ids: Vec::new() }
    }

    pub fn has_label(&self, node: usize, label: &str) -> bool {
        self.nodes[node].labels.iter().any(|known| LABELS[*known] == label)
    }

    pub fn labels(&self, node: usize) -> Value {
        Value::List(self.nodes[node].labels.iter().map(|label| Value::Text(LABELS[*label].to_owned())).collect())
    }

    pub fn type_of(&self, relationship: usize) -> &'static str {
        TYPES[self.relationships[relationship].relation_type]
    }

    /// What a node has under a name.
    pub fn node_property(&self, node: usize, name: &str) -> Value {
        let own = self.nodes[node].properties.iter().find(|(known, _)| known == name);
        match (own, name) {
            (Some((_, value)), _) => value.clone(),
            (None, "id") => Value::Text(format!("n{node}")),
            (None, "name") if !self.nodes[node].name.is_empty() => Value::Text(self.nodes[node].name.clone()),
            _ => Value::Null,
        }
    }

    /// What a relationship has under a name.
    pub fn relationship_property(&self, relationship: usize, name: &str) -> Value {
        let own = self.relationships[relationship].properties.iter().find(|(known, _)| QUALIFIERS[*known] == name);
        match (own, name) {
            (Some((_, value)), _) => value.clone(),
            (None, "statement") => Value::Text(format!("s{relationship}")),
            _ => Value::Null,
        }
    }

    pub fn node_of(&self, id: EntityId) -> usize {
        self.node_ids.iter().position(|known| *known == id).expect("a node of this graph")
    }

    pub fn relationship_of(&self, id: RelationId) -> usize {
        self.relationship_ids.iter().position(|known| *known == id).expect("a relationship of this graph")
    }

    /// The engine's session on this graph.
    pub fn session(&mut self) -> Session {
        let mut builder = GraphBuilder::new();
        let entities: Vec<EntityId> = self
            .nodes
            .iter()
            .enumerate()
            .map(|(place, node)| builder.add_entity(entity(place, node)).expect("each node is there once"))
            .collect();
        for (place, relationship) in self.relationships.iter().enumerate() {
            let statement = StatementDraft {
                slug: format!("s{place}"),
                claim: String::new(),
                evidence: Vec::new(),
                jointly: false,
                negated: relationship.denied,
                hedge: Hedge::default(),
                qualifiers: Vec::new(),
            };
            let qualifiers = relationship.properties.iter().map(|(name, value)| (QualifierId(*name as u16), stored(value))).collect();
            let relation_type = RelationTypeId(1 + relationship.relation_type as u16);
            let relation = RelationDraft { from: entities[relationship.from], relation_type, to: entities[relationship.to], qualifiers };
            builder.add_statement(statement, vec![relation]);
        }
        let schema = schema();
        let graph = builder.finish();
        self.node_ids = (0..self.nodes.len()).map(|place| graph.by_slug(&format!("n{place}")).expect("the node is there")).collect();
        let ids: Vec<(String, RelationId)> = graph.relations().map(|id| (graph.statement_of(id).slug.clone(), id)).collect();
        let id_of = |place: usize| ids.iter().find(|(slug, _)| *slug == format!("s{place}")).expect("the relationship is there").1;
        self.relationship_ids = (0..self.relationships.len()).map(id_of).collect();
        Session::of(KnowledgeGraph { lexicon: Lexicon::new(&schema), schema, graph, questions: Vec::new() })
    }
}

fn node(choices: &mut Choices<'_>) -> Node {
    let mut labels = Vec::new();
    for _ in 0..choices.pick(4) {
        let label = choices.pick(3);
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let name = if choices.once_in(2) { (*choices.of(&TEXTS)).to_owned() } else { String::new() };
    let mut properties = Vec::new();
    let mut add = |name: &str, value: Value| properties.push((name.to_owned(), value));
    if choices.pick(4) < 3 {
        add("num", choices.of(&NUMBERS).clone());
    }
    if choices.once_in(4) {
        add("name", Value::Text((*choices.of(&TEXTS)).to_owned()));
    }
    if choices.once_in(2) {
        add("flag", Value::Boolean(choices.once_in(2)));
    }
    if choices.once_in(2) {
        add("tags", Value::List((0..choices.pick(4)).map(|_| scalar(choices)).collect()));
    }
    if choices.once_in(2) {
        let value = if choices.once_in(5) { Value::List(vec![Value::Integer(1), Value::Integer(2)]) } else { scalar(choices) };
        add("mix", value);
    }
    properties.sort_by(|left, right| left.0.cmp(&right.0));
    Node { labels, name, properties }
}

/// A number, a text or a boolean.
pub fn scalar(choices: &mut Choices<'_>) -> Value {
    match choices.pick(5) {
        0..3 => choices.of(&NUMBERS).clone(),
        3 => Value::Text((*choices.of(&TEXTS)).to_owned()),
        _ => Value::Boolean(choices.once_in(2)),
    }
}

fn relationship(choices: &mut Choices<'_>, nodes: usize) -> Relationship {
    let (from, to, relation_type) = (choices.pick(nodes), choices.pick(nodes), choices.pick(3));
    let mut properties = Vec::new();
    if choices.once_in(2) {
        properties.push((0, choices.of(&NUMBERS).clone()));
    }
    if choices.once_in(3) {
        properties.push((1, Value::Text((*choices.of(&TEXTS)).to_owned())));
    }
    if choices.once_in(3) {
        let low = choices.pick(3) as f64;
        properties.push((2, Value::Interval(low, low + 1.0 + choices.pick(2) as f64)));
    }
    Relationship { from, to, relation_type, denied: choices.once_in(7), properties }
}

fn stored(value: &Value) -> model::Value {
    match value {
        Value::Boolean(holds) => model::Value::Boolean(*holds),
        Value::Integer(number) => model::Value::Integer(*number),
        Value::Float(number) => model::Value::Float(*number),
        Value::Text(text) => model::Value::text(text),
        Value::List(members) => model::Value::List(members.iter().map(stored).collect()),
        Value::Interval(low, high) => {
            let bound = |value: f64| Some(Bound { value, inclusive: true });
            model::Value::Quantity(Quantity { measure: Measure::Number, minimum: bound(*low), maximum: bound(*high) })
        }
        other => unreachable!("no graph holds {other:?}"),
    }
}

fn entity(place: usize, node: &Node) -> Entity {
    Entity {
        slug: format!("n{place}"),
        name: node.name.clone(),
        kinds: node.labels.iter().map(|label| KindId(*label as u16)).collect(),
        synonyms: Vec::new(),
        xrefs: Vec::new(),
        definition: None,
        properties: node.properties.iter().map(|(name, value)| (name.clone(), stored(value))).collect(),
    }
}

fn schema() -> Schema {
    let kind = |id: &&str| Kind { id: (*id).to_owned(), words: vec![(*id).to_owned()], category: None, definition: None };
    let relation_type = |id: &&str| RelationType {
        id: (*id).to_owned(),
        from: Vec::new(),
        to: Vec::new(),
        source_nouns: Vec::new(),
        target_nouns: Vec::new(),
        verbs: Vec::new(),
        inverse_verbs: Vec::new(),
        predicate: None,
        qualifiers: vec![QualifierId(0), QualifierId(1), QualifierId(2)],
        definition: None,
    };
    let qualifier = |(id, value_type): (&&str, ValueType)| {
        let id = (*id).to_owned();
        Qualifier { id, value_type, several: false, words: Vec::new(), definition: None, is_detail: false }
    };
    let value_types = [ValueType::Number, ValueType::Text, ValueType::Number];
    Schema {
        graph: "made-up".to_owned(),
        title: "A made-up graph".to_owned(),
        definition: String::new(),
        kinds: LABELS[..3].iter().map(kind).collect(),
        relation_types: std::iter::once(Schema::is_a()).chain(TYPES[..3].iter().map(relation_type)).collect(),
        qualifiers: QUALIFIERS.iter().zip(value_types).map(qualifier).collect(),
    }
}

impl fmt::Display for World {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, node) in self.nodes.iter().enumerate() {
            let labels: String = node.labels.iter().map(|label| format!(":{}", LABELS[*label])).collect();
            let own: Vec<String> = node.properties.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            writeln!(formatter, "(n{place}{labels} '{}' {{{}}})", node.name, own.join(", "))?;
        }
        for (place, relationship) in self.relationships.iter().enumerate() {
            let Relationship { from, to, relation_type, denied, properties } = relationship;
            let own: Vec<String> = properties.iter().map(|(name, value)| format!("{}: {value}", QUALIFIERS[*name])).collect();
            let denied = if *denied { " denied" } else { "" };
            writeln!(formatter, "(n{from})-[s{place}:{} {{{}}}]->(n{to}){denied}", TYPES[*relation_type], own.join(", "))?;
        }
        Ok(())
    }
}
