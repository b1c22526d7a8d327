//! Operators: what stands between two values, and which of them binds tighter.

use pest::iterators::Pair;

use crate::model::Comparison;

use super::super::super::pattern_tree::BinaryOperator;
use super::super::grammar::Rule;

/// How tight an operator binds, the loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Or,
    Xor,
    And,
    Comparison,
    Predicate,
    Sum,
    Product,
    Power,
    Operand,
}

impl Level {
    /// The next tighter one.
    pub(super) fn tighter(self) -> Level {
        match self {
            Level::Or => Level::Xor,
            Level::Xor => Level::And,
            Level::And => Level::Comparison,
            Level::Comparison => Level::Predicate,
            Level::Predicate => Level::Sum,
            Level::Sum => Level::Product,
            Level::Product => Level::Power,
            Level::Power | Level::Operand => Level::Operand,
        }
    }
}

/// What stands between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    /// Two values become one.
    Binary(BinaryOperator),
    /// Two values are compared.
    Comparison(Comparison),
    /// `IS NULL`, `IS NOT NULL` (true)
    Presence(bool),
    /// A relationship that stands between nodes alone.
    Relationship,
}

/// The operator that a pair writes, how tight it binds, and how many signs `-` belong to what stands behind it:
/// `a--b` is `a - (-b)` unless both are nodes.
pub(super) fn operator(pair: &Pair<'_, Rule>) -> Option<(Operator, Level, usize)> {
    let typed = pair.as_str();
    let (operator, signs) = match pair.as_rule() {
        Rule::operator => (written(typed), 0),
        Rule::presence => (Operator::Presence(typed.len() > "is null".len() && typed.to_ascii_lowercase().contains("not")), 0),
        Rule::relationship if typed == "--" => (Operator::Binary(BinaryOperator::Subtract), 1),
        Rule::relationship if typed == "<--" => (Operator::Comparison(Comparison::Less), 2),
        Rule::relationship => (Operator::Relationship, 0),
        _ => return None,
    };
    Some((operator, level(operator), signs))
}

fn level(operator: Operator) -> Level {
    match operator {
        Operator::Comparison(_) => Level::Comparison,
        Operator::Presence(_) => Level::Predicate,
        Operator::Relationship => Level::Operand,
        Operator::Binary(binary) => match binary {
            BinaryOperator::Or => Level::Or,
            BinaryOperator::Xor => Level::Xor,
            BinaryOperator::And => Level::And,
            BinaryOperator::Add | BinaryOperator::Subtract => Level::Sum,
            BinaryOperator::Multiply | BinaryOperator::Divide | BinaryOperator::Modulo => Level::Product,
            BinaryOperator::Power => Level::Power,
            BinaryOperator::In
            | BinaryOperator::StartsWith
            | BinaryOperator::EndsWith
            | BinaryOperator::Contains
            | BinaryOperator::Matches => Level::Predicate,
        },
    }
}

/// What an operator's text means; the grammar lets no other text through.
fn written(typed: &str) -> Operator {
    use BinaryOperator as Binary;
    match typed.as_bytes() {
        b"=" => Operator::Comparison(Comparison::Equal),
        b"<>" => Operator::Comparison(Comparison::NotEqual),
        b"<" => Operator::Comparison(Comparison::Less),
        b"<=" => Operator::Comparison(Comparison::LessOrEqual),
        b">" => Operator::Comparison(Comparison::Greater),
        b">=" => Operator::Comparison(Comparison::GreaterOrEqual),
        b"=~" => Operator::Binary(Binary::Matches),
        b"+" => Operator::Binary(Binary::Add),
        b"-" => Operator::Binary(Binary::Subtract),
        b"*" => Operator::Binary(Binary::Multiply),
        b"/" => Operator::Binary(Binary::Divide),
        b"%" => Operator::Binary(Binary::Modulo),
        b"^" => Operator::Binary(Binary::Power),
        [b'a' | b'A', ..] => Operator::Binary(Binary::And),
        [b'o' | b'O', ..] => Operator::Binary(Binary::Or),
        [b'x' | b'X', ..] => Operator::Binary(Binary::Xor),
        [b'i' | b'I', ..] => Operator::Binary(Binary::In),
        [b's' | b'S', ..] => Operator::Binary(Binary::StartsWith),
        [b'e' | b'E', ..] => Operator::Binary(Binary::EndsWith),
        _ => Operator::Binary(Binary::Contains),
    }
}
