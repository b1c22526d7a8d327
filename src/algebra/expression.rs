//! Expression: what is computed from the bindings of a row. A condition is an expression whose value is true, false or null (unknown).

use std::sync::Arc;

use crate::model::{Comparison, EntityId, KindId, QualifierId, RegularExpression, RelationTypeId, Value};

use super::{Function, Operator, VariableId};

/// An expression over a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A value written in the query.
    Literal(Value),
    /// The value of a variable.
    Variable(VariableId),
    /// A field of an entity or a relation that a variable is bound to.
    Field(VariableId, Field),
    /// All are true. Patterns: `AND`.
    And(Vec<Expression>),
    /// At least one is true. Patterns: `OR`.
    Or(Vec<Expression>),
    /// Is false. Patterns: `NOT`.
    Not(Box<Expression>),
    /// Is true or unknown; the row is then marked possible. Phrases: `possibly C`. Patterns: `coalesce(C, true)`.
    Possibly(Box<Expression>),
    /// Compares two values: numbers with their intervals, words without regard to case, ordinals by their scale.
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// Is the very same value: intervals bound by bound, words letter by letter. Phrases: `==`.
    Identical(Box<Expression>, Box<Expression>),
    /// Is the entity, or one of it; unknown if it is stated more broadly. Phrases: `=` with an entity. Patterns: `is_a(x, 'child')`.
    IsA(Box<Expression>, EntityId),
    /// Something holds of the members of a list; unknown if the list is absent. Phrases: `=` with several values. Patterns: `any(x IN list WHERE …)`.
    Quantified {
        /// Of how many members it must hold.
        quantifier: Quantifier,
        /// The variable bound to each member in turn.
        element: VariableId,
        /// The list.
        list: Box<Expression>,
        /// What must hold.
        condition: Box<Expression>,
    },
    /// The text has these words in it, case and form aside. Phrases: `contains`. Patterns: `CONTAINS`.
    Contains(Box<Expression>, String),
    /// The regular expression matches somewhere in the text. Phrases: `matches`. Patterns: `=~`.
    Matches(Box<Expression>, RegularExpression),
    /// There is a value. Phrases: `has`. Patterns: `IS NOT NULL`.
    IsPresent(Box<Expression>),
    /// Compares as openCypher does: null with anything is unknown, numbers by value, what cannot be ordered is unknown,
    /// lists and maps member by member; intervals compare three-valued. Patterns: `=`, `<>`, `<`, …
    Cypher(Comparison, Box<Expression>, Box<Expression>),
    /// Exactly one of two is true. Patterns: `XOR`.
    Xor(Box<Expression>, Box<Expression>),
    /// A list of what these yield. Patterns: `[a, b]`.
    List(Vec<Expression>),
    /// A map of what these yield. Patterns: `{a: 1}`.
    Map(Vec<(Arc<str>, Expression)>),
    /// A property, by the name that patterns see: of an entity, a relation, a map, a temporal value or a quantity. Patterns: `n.name`.
    Property(Box<Expression>, Arc<str>, Written),
    /// A member of a list by position, of a map, an entity or a relation by name. Patterns: `list[0]`.
    Index(Box<Expression>, Box<Expression>, Written),
    /// Part of a list: from, up to and without. Patterns: `list[1..3]`.
    Range(Box<Expression>, Option<Box<Expression>>, Option<Box<Expression>>, Written),
    /// Arithmetic; `Add` also joins texts and lists. Patterns: `a + b`.
    Arithmetic(Arithmetic, Box<Expression>, Box<Expression>, Written),
    /// The number with its sign changed. Patterns: `-a`.
    Negate(Box<Expression>, Written),
    /// Is a member of the list, as openCypher's `IN` has it. Patterns: `a IN list`.
    In(Box<Expression>, Box<Expression>, Written),
    /// A test of two texts, letter by letter. Patterns: `STARTS WITH`, `ENDS WITH`, `CONTAINS`, `=~`.
    TextTest(TextTest, Box<Expression>, Box<Expression>, Written),
    /// Has all of these labels (an entity), or is of one of these types that are the only one (a relation). Patterns: `n:Disease`.
    HasLabels(Box<Expression>, Vec<Label>),
    /// The first branch that fits. Patterns: `CASE … WHEN … THEN … ELSE … END`.
    Case {
        /// What the branches are compared with; without it each branch is a condition.
        operand: Option<Box<Expression>>,
        /// The branches: when, then.
        branches: Vec<(Expression, Expression)>,
        /// What holds otherwise; null if nothing is said.
        otherwise: Option<Box<Expression>>,
    },
    /// A function of its arguments. Patterns: `toUpper(x)`.
    Call(Function, Vec<Expression>, Written),
    /// A list made from a list. Patterns: `[x IN list WHERE … | …]`.
    Comprehension {
        /// The variable bound to each member in turn.
        element: VariableId,
        /// The list.
        list: Box<Expression>,
        /// Which members are kept.
        condition: Option<Box<Expression>>,
        /// What becomes of each; itself, if nothing is said.
        projection: Option<Box<Expression>>,
    },
    /// A value made from a list, member by member. Patterns: `reduce(total = 0, x IN list | total + x)`.
    Reduce {
        /// The variable bound to what has been made so far.
        accumulator: VariableId,
        /// What it starts with.
        initial: Box<Expression>,
        /// The variable bound to each member in turn.
        element: VariableId,
        /// The list.
        list: Box<Expression>,
        /// What becomes of the accumulator.
        step: Box<Expression>,
    },
    /// What a plan makes of the row: its leaf is [`Operator::Argument`]. Patterns: `EXISTS { }`, `COUNT { }`, pattern
    /// predicates and comprehensions.
    Subquery(SubqueryKind, Box<Operator>),
    /// The path along these variables: an entity, then a relation (or a list of relations) and an entity, and so on; null
    /// where one of them is. Patterns: `p = (a)-[r]->(b)`.
    Path(Vec<VariableId>),
}

/// Where in the query's text an expression stands that can fail as it runs: bytes, start and end. Two origins are always equal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Written {
    /// The first byte.
    pub start: u32,
    /// Behind the last byte; equal to the start where no text stands behind the expression.
    pub end: u32,
}

impl PartialEq for Written {
    fn eq(&self, _: &Written) -> bool {
        true
    }
}

impl Eq for Written {}

/// An arithmetic operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arithmetic {
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
}

/// A test of two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextTest {
    /// `STARTS WITH`
    StartsWith,
    /// `ENDS WITH`
    EndsWith,
    /// `CONTAINS`
    Contains,
    /// `=~`: the regular expression matches the whole text.
    Matches,
}

/// A label as a pattern writes it, and what it stands for: a kind, a relation type, or nothing that the graph has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// As written.
    pub name: Arc<str>,
    /// The kind that entities with this label have.
    pub kind: Option<KindId>,
    /// The relation type that it names.
    pub relation_type: Option<RelationTypeId>,
}

/// What is wanted of a subquery.
#[derive(Clone, Debug, PartialEq)]
pub enum SubqueryKind {
    /// Whether it has a row.
    Exists,
    /// How many rows it has.
    Count,
    /// The values of an expression over its rows, in their order.
    Collect(Box<Expression>),
}

/// Of how many members of a list a condition must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one.
    Any,
    /// Every one.
    All,
    /// Not one.
    None,
    /// Exactly one.
    Single,
}

/// A field of an entity, a relation or a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// An entity's stable id.
    Identifier,
    /// An entity's name.
    Name,
    /// The ids of an entity's kinds, a list.
    Kinds,
    /// An entity's synonyms, a list.
    Synonyms,
    /// An entity's identifiers elsewhere, a list.
    Xrefs,
    /// An entity's definition.
    Definition,
    /// Another property of an entity.
    Property(String),
    /// The id of a relation's type.
    RelationType,
    /// The slug of a relation's statement.
    Statement,
    /// What that statement says.
    Claim,
    /// The slugs of the sources of that statement, a list.
    Sources,
    /// The publications that they name, a list.
    Publications,
    /// The entities that the statement speaks of together with the relation, a list.
    Jointly,
    /// The whole hedge; absent where the source spoke flatly.
    Hedge,
    /// The source's hedge words.
    HedgeWords,
    /// How general, on its scale.
    Extent,
    /// How sure, on its scale.
    Confidence,
    /// Whether the statement denies the relation.
    Denied,
    /// A qualifier of a relation.
    Qualifier(QualifierId),
    /// The number of relations of a path.
    Length,
}

impl Expression {
    /// The expression with every `possibly` taken away: what it would take for a match to be certain.
    pub fn strict(&self) -> Expression {
        let each = |parts: &[Expression]| parts.iter().map(Expression::strict).collect();
        match self {
            Expression::Possibly(inner) => inner.strict(),
            Expression::And(parts) => Expression::And(each(parts)),
            Expression::Or(parts) => Expression::Or(each(parts)),
            Expression::Not(inner) => Expression::Not(Box::new(inner.strict())),
            Expression::Quantified { quantifier, element, list, condition } => Expression::Quantified {
                quantifier: *quantifier,
                element: *element,
                list: list.clone(),
                condition: Box::new(condition.strict()),
            },
            other => other.clone(),
        }
    }

    /// Whether there is a `possibly` in it.
    pub fn is_lenient(&self) -> bool {
        match self {
            Expression::Possibly(_) => true,
            Expression::And(parts) | Expression::Or(parts) => parts.iter().any(Expression::is_lenient),
            Expression::Not(inner) => inner.is_lenient(),
            Expression::Quantified { condition, .. } => condition.is_lenient(),
            _ => false,
        }
    }

    /// Whether it asks for denials.
    pub fn asks_denied(&self) -> bool {
        match self {
            Expression::Field(_, field) => *field == Field::Denied,
            Expression::And(parts) | Expression::Or(parts) => parts.iter().any(Expression::asks_denied),
            Expression::Not(inner) | Expression::Possibly(inner) => inner.asks_denied(),
            _ => false,
        }
    }
}
