//! Tree: the queries that set-ups write, as far as the reader of set-ups understands them.

use crate::value::Value;

/// A clause.
#[derive(Clone, Debug)]
pub enum Clause {
    Create(Vec<Pattern>),
    Merge {
        pattern: Pattern,
        on_create: Vec<Change>,
        on_match: Vec<Change>,
    },
    Match {
        patterns: Vec<Pattern>,
        condition: Option<Expression>,
        optional: bool,
    },
    Unwind(Expression, String),
    With {
        everything: bool,
        distinct: bool,
        items: Vec<(Expression, String)>,
        order: Vec<(Expression, bool)>,
        skip: Option<Expression>,
        limit: Option<Expression>,
        condition: Option<Expression>,
    },
    Set(Vec<Change>),
    Remove(Vec<Change>),
    Delete(Vec<Expression>),
    Foreach(String, Expression, Vec<Clause>),
    /// What a set-up returns changes nothing.
    Return,
}

/// A change of a node or a relationship.
#[derive(Clone, Debug)]
pub enum Change {
    Property(Expression, String, Expression),
    AllProperties(Expression, Expression),
    MoreProperties(Expression, Expression),
    Labels(String, Vec<String>),
}

/// Nodes with a relationship between each two that follow each other.
#[derive(Clone, Debug)]
pub struct Pattern {
    pub start: NodePattern,
    pub steps: Vec<(RelationshipPattern, NodePattern)>,
}

/// What stands in round brackets.
#[derive(Clone, Debug, Default)]
pub struct NodePattern {
    pub variable: Option<String>,
    pub labels: Vec<String>,
    pub properties: Option<Expression>,
}

/// What stands in square brackets, with its arrows.
#[derive(Clone, Debug, Default)]
pub struct RelationshipPattern {
    pub variable: Option<String>,
    pub types: Vec<String>,
    pub properties: Option<Expression>,
    /// Whether an arrow leads to the left.
    pub left: bool,
    /// Whether an arrow leads to the right.
    pub right: bool,
}

/// An expression.
#[derive(Clone, Debug)]
pub enum Expression {
    Literal(Value),
    Variable(String),
    List(Vec<Expression>),
    Map(Vec<(String, Expression)>),
    Property(Box<Expression>, String),
    Index(Box<Expression>, Box<Expression>),
    HasLabels(Box<Expression>, Vec<String>),
    IsNull(Box<Expression>, bool),
    Not(Box<Expression>),
    Negative(Box<Expression>),
    Binary(Operator, Box<Expression>, Box<Expression>),
    Call(String, Vec<Expression>),
    Case { subject: Option<Box<Expression>>, branches: Vec<(Expression, Expression)>, otherwise: Option<Box<Expression>> },
    Comprehension { variable: String, list: Box<Expression>, condition: Option<Box<Expression>>, result: Option<Box<Expression>> },
}

/// An operator between two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Or,
    Xor,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
}
