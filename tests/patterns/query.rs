//! Query: a query as a tree, as far as queries are made up here.

use super::value::Value;

/// Queries whose rows are put together.
#[derive(Debug)]
pub struct Query {
    pub parts: Vec<Single>,
    /// `UNION ALL` rather than `UNION`.
    pub all: bool,
}

#[derive(Debug)]
pub struct Single {
    pub clauses: Vec<Clause>,
    pub results: Projection,
}

#[derive(Debug)]
pub enum Clause {
    Match { optional: bool, matching: Matching },
    With(Projection, Option<Expression>),
    Unwind(Expression, String),
}

/// Patterns that share their relationships, and a condition.
#[derive(Clone, Debug)]
pub struct Matching {
    pub patterns: Vec<Pattern>,
    pub condition: Option<Expression>,
}

#[derive(Clone, Debug, Default)]
pub struct Projection {
    pub distinct: bool,
    pub items: Vec<(Expression, String)>,
    /// What to order by, and whether downwards.
    pub order: Vec<(Expression, bool)>,
    pub skip: Option<usize>,
    pub limit: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shortest {
    No,
    One,
    All,
}

#[derive(Clone, Debug)]
pub struct Pattern {
    pub name: Option<String>,
    pub shortest: Shortest,
    pub start: NodePattern,
    pub steps: Vec<(StepPattern, NodePattern)>,
}

#[derive(Clone, Debug, Default)]
pub struct NodePattern {
    pub name: Option<String>,
    pub labels: Vec<String>,
    pub properties: Vec<(String, Expression)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Direction {
    Forward,
    Backward,
    Either,
}

#[derive(Clone, Debug)]
pub struct StepPattern {
    pub name: Option<String>,
    pub types: Vec<String>,
    pub direction: Direction,
    /// The least and the greatest number of relationships; none for exactly one, as a value of its own.
    pub length: Option<(Option<usize>, Option<usize>)>,
    pub properties: Vec<(String, Expression)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantifier {
    All,
    Any,
    None,
    Single,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    Xor,
    Add,
    Subtract,
    Multiply,
    In,
    StartsWith,
    EndsWith,
    Contains,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Function {
    Size,
    Length,
    Nodes,
    Relationships,
    Type,
    Labels,
    StartNode,
    EndNode,
    Coalesce,
    Head,
    Last,
    Range,
    ToUpper,
    Abs,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Aggregate {
    Count,
    Sum,
    Average,
    Minimum,
    Maximum,
    Collect,
    Deviation,
    PopulationDeviation,
    Continuous(f64),
    Discrete(f64),
}

pub type Boxed = Box<Expression>;

#[derive(Clone, Debug)]
pub enum Expression {
    Literal(Value),
    Variable(String),
    Property(Boxed, String),
    Binary(Operator, Boxed, Boxed),
    Not(Boxed),
    IsNull(Boxed),
    IsNotNull(Boxed),
    List(Vec<Expression>),
    HasLabels(String, Vec<String>),
    Exists(Box<Matching>),
    Count(Box<Matching>),
    /// A pattern as a condition.
    Fits(Box<Pattern>),
    Quantified(Quantifier, String, Boxed, Boxed),
    /// The variable, the list, the condition, what is made of each member.
    ListComprehension(String, Boxed, Option<Boxed>, Option<Boxed>),
    PatternComprehension(Box<Matching>, Boxed),
    /// A total, its start, the variable, the list, what is made of them.
    Reduce(String, Boxed, String, Boxed, Boxed),
    Case(Vec<(Expression, Expression)>, Option<Boxed>),
    CaseOf(Boxed, Vec<(Expression, Expression)>, Option<Boxed>),
    Call(Function, Vec<Expression>),
    Index(Boxed, Boxed),
    Aggregate(Aggregate, bool, Boxed),
    CountRows,
}

impl Expression {
    pub fn variable(name: impl AsRef<str>) -> Expression {
        Expression::Variable(name.as_ref().to_owned())
    }

    pub fn property(name: impl AsRef<str>, property: &str) -> Expression {
        Expression::Property(Box::new(Expression::variable(name)), property.to_owned())
    }

    pub fn binary(operator: Operator, left: Expression, right: Expression) -> Expression {
        Expression::Binary(operator, Box::new(left), Box::new(right))
    }

    /// Whether its value is that of many rows. Aggregates stand at the top, or in an operation.
    pub fn aggregates(&self) -> bool {
        match self {
            Expression::Aggregate(..) | Expression::CountRows => true,
            Expression::Binary(_, left, right) => left.aggregates() || right.aggregates(),
            Expression::Call(_, arguments) => arguments.iter().any(Expression::aggregates),
            _ => false,
        }
    }
}
