//! Description: a graph as plain as can be, before the program has seen it.

use crate::value::Properties;

/// A graph as plain as can be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Description {
    /// The nodes, in the order in which they were made.
    pub nodes: Vec<DescribedNode>,
    /// The relationships, in the order in which they were made.
    pub relationships: Vec<DescribedRelationship>,
}

/// A node: its labels as written and its properties, none of them null.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribedNode {
    pub labels: Vec<String>,
    pub properties: Properties,
}

/// A relationship; its ends are places among the nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribedRelationship {
    pub from: usize,
    pub relation_type: String,
    pub to: usize,
    pub properties: Properties,
}
