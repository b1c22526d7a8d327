//! Expression: what is computed from the bindings of a row. A condition is an expression whose value is true, false or null (unknown).

use crate::model::{Comparison, EntityId, QualifierId, RegularExpression, Value};

use super::VariableId;

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
}

/// Of how many members of a list a condition must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one.
    Any,
    /// Every one.
    All,
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
