//! The tree of a pattern as read: clauses, graph patterns and expressions with their places, nothing looked up yet.

use super::tree::{Span, Spanned};

/// A query in patterns: one part, or several joined by `UNION`.
#[derive(Clone, Debug, PartialEq)]
pub struct PatternQuery {
    /// The parts, at least one.
    pub parts: Vec<SingleQuery>,
    /// The unions between them, one less: whether it said `ALL`, and where.
    pub unions: Vec<Spanned<bool>>,
    /// The whole query.
    pub span: Span,
    /// The text that the spans point into; empty in a query within another.
    pub text: std::sync::Arc<str>,
}

/// Clauses in their order; at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct SingleQuery {
    /// The clauses.
    pub clauses: Vec<Clause>,
    /// The whole part.
    pub span: Span,
}

/// A clause with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// What it is.
    pub kind: ClauseKind,
    /// The whole clause; it begins with its keyword.
    pub span: Span,
}

/// What a clause is.
#[derive(Clone, Debug, PartialEq)]
pub enum ClauseKind {
    /// `MATCH`, `OPTIONAL MATCH`.
    Match {
        /// Whether it said `OPTIONAL`.
        optional: bool,
        /// The patterns between commas, at least one.
        patterns: Vec<PatternPart>,
        /// What stands behind `WHERE`.
        condition: Option<Expression>,
    },
    /// `UNWIND list AS x`.
    Unwind {
        /// The list.
        list: Expression,
        /// The variable.
        variable: Spanned<String>,
    },
    /// `WITH …`, with the `WHERE` behind it.
    With {
        /// What goes on.
        projection: Projection,
        /// What stands behind `WHERE`.
        condition: Option<Expression>,
    },
    /// `RETURN …`
    Return(Projection),
    /// `CALL graph.components(…) YIELD entity AS e`.
    Call {
        /// The procedure's name with its namespace.
        procedure: Spanned<String>,
        /// The arguments; none where there were no parentheses.
        arguments: Option<Vec<Expression>>,
        /// What it yields; none where nothing is said.
        yields: Option<Yields>,
        /// What stands behind `WHERE`.
        condition: Option<Expression>,
    },
    /// `CALL { … }`
    Subquery(Box<PatternQuery>),
}

/// What a procedure yields.
#[derive(Clone, Debug, PartialEq)]
pub enum Yields {
    /// `YIELD *`, or `YIELD -`: all, or nothing.
    Every(bool),
    /// Columns, each with the variable that it is bound to.
    Columns(Vec<(Spanned<String>, Option<Spanned<String>>)>),
}

/// What `WITH` and `RETURN` say.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// Whether it said `DISTINCT`.
    pub distinct: bool,
    /// Where `*` stands, if it does; items can follow it.
    pub everything: Option<Span>,
    /// The items.
    pub items: Vec<ProjectionItem>,
    /// `ORDER BY`: the keys, and whether each is descending.
    pub order: Vec<(Expression, bool)>,
    /// `SKIP`
    pub skip: Option<Expression>,
    /// `LIMIT`
    pub limit: Option<Expression>,
}

/// An item of a projection.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectionItem {
    /// The value. Its span is what names the column where there is no alias: the text exactly as written.
    pub expression: Expression,
    /// The name behind `AS`.
    pub alias: Option<Spanned<String>>,
}

/// A chain of nodes and relationships, perhaps named, perhaps within `shortestPath( )`.
#[derive(Clone, Debug, PartialEq)]
pub struct PatternPart {
    /// The variable of the path.
    pub variable: Option<Spanned<String>>,
    /// `shortestPath` (false) or `allShortestPaths` (true).
    pub shortest: Option<bool>,
    /// The first node.
    pub start: NodePattern,
    /// Each relationship and the node behind it.
    pub steps: Vec<(RelationshipPattern, NodePattern)>,
    /// The whole chain, the name included.
    pub span: Span,
}

/// `(n:Label {name: 'x'} WHERE …)`
#[derive(Clone, Debug, PartialEq)]
pub struct NodePattern {
    /// Its variable.
    pub variable: Option<Spanned<String>>,
    /// Its labels: all of them.
    pub labels: Vec<Spanned<String>>,
    /// Its properties: a map, or a parameter.
    pub properties: Option<Expression>,
    /// An inline `WHERE`.
    pub condition: Option<Expression>,
    /// The whole node.
    pub span: Span,
}

/// `-[r:A|B*1..3 {x: 1} WHERE …]->`
#[derive(Clone, Debug, PartialEq)]
pub struct RelationshipPattern {
    /// Its variable.
    pub variable: Option<Spanned<String>>,
    /// Its types: one of them; none means any.
    pub types: Vec<Spanned<String>>,
    /// Which way it points.
    pub direction: Arrow,
    /// Its length, if it is variable.
    pub length: Option<Length>,
    /// Its properties: a map, or a parameter.
    pub properties: Option<Expression>,
    /// An inline `WHERE`.
    pub condition: Option<Expression>,
    /// The whole relationship.
    pub span: Span,
}

/// `*`, `*2`, `*1..3`, `*..3`, `*2..`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Length {
    /// The least number of relationships, if said.
    pub least: Option<u64>,
    /// The greatest, if said.
    pub most: Option<u64>,
    /// From the asterisk on.
    pub span: Span,
}

/// Which way a relationship of a pattern points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrow {
    /// `-->`
    Right,
    /// `<--`
    Left,
    /// `--` or `<-->`
    Either,
}

/// An expression with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// The whole expression, as written.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionKind {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// A whole number; decimal, hexadecimal or octal, its sign folded in where one stands directly before it.
    Integer(i64),
    /// A number with a point or an exponent.
    Float(f64),
    /// A text, escapes undone.
    Text(String),
    /// `$name`
    Parameter(String),
    /// A variable.
    Variable(String),
    /// `[a, b]`
    List(Vec<Expression>),
    /// `{a: 1}`
    Map(Vec<(Spanned<String>, Expression)>),
    /// `NOT a`
    Not(Box<Expression>),
    /// `-a`
    Negate(Box<Expression>),
    /// `+a`
    Plus(Box<Expression>),
    /// `a AND b`, …
    Binary(BinaryOperator, Box<Expression>, Box<Expression>),
    /// `a < b <= c`: each neighbouring pair must hold.
    Comparison(Box<Expression>, Vec<(crate::model::Comparison, Expression)>),
    /// `a IS NULL` (false), `a IS NOT NULL` (true).
    IsPresent(Box<Expression>, bool),
    /// `n:Disease:Rare`
    HasLabels(Box<Expression>, Vec<Spanned<String>>),
    /// `a.name`
    Property(Box<Expression>, Spanned<String>),
    /// `a[b]`
    Index(Box<Expression>, Box<Expression>),
    /// `a[b..c]`
    Range(Box<Expression>, Option<Box<Expression>>, Option<Box<Expression>>),
    /// `name(DISTINCT a, b)`
    Call {
        /// The name, with its namespace.
        name: Spanned<String>,
        /// Whether it said `DISTINCT`.
        distinct: bool,
        /// The arguments.
        arguments: Vec<Expression>,
    },
    /// `count(*)`
    CountRows,
    /// `CASE x WHEN a THEN b ELSE c END`
    Case {
        /// What is compared.
        operand: Option<Box<Expression>>,
        /// Each `WHEN` with its `THEN`; at least one.
        branches: Vec<(Expression, Expression)>,
        /// `ELSE`
        otherwise: Option<Box<Expression>>,
    },
    /// `[x IN list WHERE c | e]`
    Comprehension {
        /// The variable.
        variable: Spanned<String>,
        /// The list.
        list: Box<Expression>,
        /// The condition.
        condition: Option<Box<Expression>>,
        /// What becomes of each member.
        projection: Option<Box<Expression>>,
    },
    /// `[p = (a)-->(b) WHERE c | e]`
    PatternComprehension {
        /// The pattern; it can be named.
        pattern: Box<PatternPart>,
        /// The condition.
        condition: Option<Box<Expression>>,
        /// What becomes of each match.
        projection: Box<Expression>,
    },
    /// `any(x IN list WHERE c)`
    Quantified {
        /// Of how many.
        quantifier: Quantifier,
        /// The variable.
        variable: Spanned<String>,
        /// The list.
        list: Box<Expression>,
        /// The condition; none where it was left out, which means the member itself.
        condition: Option<Box<Expression>>,
    },
    /// `reduce(a = 0, x IN list | a + x)`
    Reduce {
        /// The accumulator.
        accumulator: Spanned<String>,
        /// What it starts with.
        initial: Box<Expression>,
        /// The variable.
        variable: Spanned<String>,
        /// The list.
        list: Box<Expression>,
        /// What becomes of the accumulator.
        step: Box<Expression>,
    },
    /// A pattern where an expression stands: a predicate, or the argument of `shortestPath`.
    Pattern(Box<PatternPart>),
    /// `EXISTS { … }`
    Exists(Box<Subquery>),
    /// `COUNT { … }`
    Count(Box<Subquery>),
}

/// What stands in the braces of `EXISTS` and `COUNT`.
#[derive(Clone, Debug, PartialEq)]
pub enum Subquery {
    /// Patterns and a condition, with or without the word `MATCH`.
    Patterns(Vec<PatternPart>, Option<Expression>),
    /// A whole query.
    Query(PatternQuery),
}

/// An operator between two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOperator {
    /// `OR`
    Or,
    /// `XOR`
    Xor,
    /// `AND`
    And,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// `^`
    Power,
    /// `IN`
    In,
    /// `STARTS WITH`
    StartsWith,
    /// `ENDS WITH`
    EndsWith,
    /// `CONTAINS`
    Contains,
    /// `=~`
    Matches,
}

/// Of how many members a condition must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// `any`
    Any,
    /// `all`
    All,
    /// `none`
    None,
    /// `single`
    Single,
}
