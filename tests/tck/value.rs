//! Value: what the suite's tables hold, what set-ups put into a graph and what queries answer, in one form that can be compared.

use std::collections::BTreeMap;
use std::fmt;

/// Properties by name.
pub type Properties = BTreeMap<String, Value>;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Words.
    Text(String),
    /// Values in order.
    List(Vec<Value>),
    /// Values by name.
    Map(Properties),
    /// A node with all that it has.
    Node(Node),
    /// A relationship with all that it has.
    Relationship(Relationship),
    /// A walk through the graph.
    Path(Path),
    /// A date, a time or a duration by its canonical text, and the function that makes it of that text.
    Temporal(&'static str, String),
    /// A node of the graph that a set-up is making, by its number; only there.
    NodeAt(usize),
    /// A relationship of the graph that a set-up is making, by its number; only there.
    RelationshipAt(usize),
    /// What the suite has no notation for, as the program prints it: equal to nothing that the suite expects.
    Other(String),
}

/// A node: its labels in alphabetical order, and its properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    pub labels: Vec<String>,
    pub properties: Properties,
}

/// A relationship: its type and its properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Relationship {
    pub relation_type: String,
    pub properties: Properties,
}

/// A walk: where it starts, then each relationship, whether it was taken from its start to its end, and the node reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    pub start: Node,
    pub steps: Vec<(Relationship, bool, Node)>,
}

impl Value {
    /// Whether two values are the same to the suite: numbers as they are printed, NaN the same as NaN, temporal values by their text.
    pub fn same(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Float(left), Value::Float(right)) => left == right || (left.is_nan() && right.is_nan()),
            (Value::List(left), Value::List(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.same(right))
            }
            (Value::Map(left), Value::Map(right)) => same_properties(left, right),
            (Value::Node(left), Value::Node(right)) => left.same(right),
            (Value::Relationship(left), Value::Relationship(right)) => left.same(right),
            (Value::Path(left), Value::Path(right)) => {
                left.start.same(&right.start)
                    && left.steps.len() == right.steps.len()
                    && left
                        .steps
                        .iter()
                        .zip(&right.steps)
                        .all(|(left, right)| left.0.same(&right.0) && left.1 == right.1 && left.2.same(&right.2))
            }
            (Value::Temporal(_, text), Value::Text(expected)) | (Value::Text(expected), Value::Temporal(_, text)) => text == expected,
            (Value::Temporal(_, left), Value::Temporal(_, right)) => left == right,
            (Value::Other(_), _) | (_, Value::Other(_)) => false,
            (left, right) => left == right,
        }
    }

    /// The same with every list within it sorted by its text: what is compared where the order of lists does not matter.
    pub fn with_sorted_lists(&self) -> Value {
        match self {
            Value::List(members) => {
                let mut members: Vec<Value> = members.iter().map(Value::with_sorted_lists).collect();
                members.sort_by_key(ToString::to_string);
                Value::List(members)
            }
            Value::Map(entries) => Value::Map(sorted_lists(entries)),
            Value::Node(node) => Value::Node(Node { properties: sorted_lists(&node.properties), ..node.clone() }),
            Value::Relationship(relationship) => {
                Value::Relationship(Relationship { properties: sorted_lists(&relationship.properties), ..relationship.clone() })
            }
            other => other.clone(),
        }
    }
}

impl Node {
    fn same(&self, other: &Node) -> bool {
        self.labels == other.labels && same_properties(&self.properties, &other.properties)
    }
}

impl Relationship {
    fn same(&self, other: &Relationship) -> bool {
        self.relation_type == other.relation_type && same_properties(&self.properties, &other.properties)
    }
}

fn same_properties(left: &Properties, right: &Properties) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|((name, value), (other_name, other))| name == other_name && value.same(other))
}

fn sorted_lists(properties: &Properties) -> Properties {
    properties.iter().map(|(name, value)| (name.clone(), value.with_sorted_lists())).collect()
}

impl fmt::Display for Value {
    /// In the notation of the suite's tables.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => formatter.write_str("null"),
            Value::Boolean(holds) => write!(formatter, "{holds}"),
            Value::Integer(number) => write!(formatter, "{number}"),
            Value::Float(number) => write!(formatter, "{number:?}"),
            Value::Text(text) => write!(formatter, "'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
            Value::List(members) => {
                let members: Vec<String> = members.iter().map(ToString::to_string).collect();
                write!(formatter, "[{}]", members.join(", "))
            }
            Value::Map(entries) => formatter.write_str(&braced(entries)),
            Value::Node(node) => node.fmt(formatter),
            Value::Relationship(relationship) => relationship.fmt(formatter),
            Value::Path(path) => {
                write!(formatter, "<{}", path.start)?;
                for (relationship, forward, node) in &path.steps {
                    let (before, behind) = if *forward { ("-", "->") } else { ("<-", "-") };
                    write!(formatter, "{before}{relationship}{behind}{node}")?;
                }
                formatter.write_str(">")
            }
            Value::Temporal(_, text) => write!(formatter, "'{text}'"),
            Value::NodeAt(number) => write!(formatter, "node {number}"),
            Value::RelationshipAt(number) => write!(formatter, "relationship {number}"),
            Value::Other(text) => write!(formatter, "?{text}?"),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let labels: String = self.labels.iter().map(|label| format!(":{label}")).collect();
        let properties = if self.properties.is_empty() { String::new() } else { braced(&self.properties) };
        let gap = if labels.is_empty() || properties.is_empty() { "" } else { " " };
        write!(formatter, "({labels}{gap}{properties})")
    }
}

impl fmt::Display for Relationship {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.properties.is_empty() {
            write!(formatter, "[:{}]", self.relation_type)
        } else {
            write!(formatter, "[:{} {}]", self.relation_type, braced(&self.properties))
        }
    }
}

fn braced(entries: &Properties) -> String {
    let entries: Vec<String> = entries.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    format!("{{{}}}", entries.join(", "))
}
