//! Arithmetic: operators between expressions, with what can be said of their operands before they run.

use crate::algebra::{Arithmetic, Expression, TextTest};
use crate::diagnostic::Diagnostic;
use crate::model::{Comparison, Value};
use crate::query::syntax::pattern_tree::{BinaryOperator, Expression as Tree, ExpressionKind};

use super::expression::{Environment, Sorted, operands};
use super::fault;
use super::sort::Sort;
use super::{Resolver, written};

impl Resolver<'_> {
    /// Two or more expressions with an operator between them.
    pub(super) fn binary(&mut self, operator: BinaryOperator, tree: &Tree, environment: &Environment<'_>) -> Result<Sorted, Diagnostic> {
        match operator {
            BinaryOperator::And | BinaryOperator::Or => {
                let mut parts = Vec::new();
                for part in operands(tree, operator) {
                    parts.push(self.condition(part, environment)?);
                }
                let joined = if operator == BinaryOperator::And { Expression::And(parts) } else { Expression::Or(parts) };
                Ok((joined, Sort::Boolean))
            }
            BinaryOperator::Xor => {
                let mut parts = operands(tree, operator).into_iter();
                let Some(first) = parts.next() else { return Ok((Expression::Literal(Value::Null), Sort::Null)) };
                let mut joined = self.condition(first, environment)?;
                for part in parts {
                    joined = Expression::Xor(Box::new(joined), Box::new(self.condition(part, environment)?));
                }
                Ok((joined, Sort::Boolean))
            }
            _ => self.left_to_right(tree, environment),
        }
    }

    /// Operators that are taken from left to right; a long chain of them must not nest the program as deep.
    fn left_to_right(&mut self, tree: &Tree, environment: &Environment<'_>) -> Result<Sorted, Diagnostic> {
        let mut chain = Vec::new();
        let mut leftmost = tree;
        while let ExpressionKind::Binary(operator, left, right) = &leftmost.kind {
            let logical = matches!(operator, BinaryOperator::And | BinaryOperator::Or | BinaryOperator::Xor);
            if logical || (!chain.is_empty() && !environment.known.is_empty()) {
                break;
            }
            chain.push((*operator, leftmost, left.as_ref(), right.as_ref()));
            leftmost = left;
        }
        let mut made = self.expression(leftmost, environment)?;
        for (operator, whole, left, right) in chain.into_iter().rev() {
            let right_made = self.expression(right, environment)?;
            made = apply(operator, whole, (made, left), (right_made, right))?;
        }
        Ok(made)
    }

    /// `-a` and `+a`.
    pub(super) fn signed(&mut self, tree: &Tree, environment: &Environment<'_>) -> Result<Sorted, Diagnostic> {
        let (ExpressionKind::Negate(inner) | ExpressionKind::Plus(inner)) = &tree.kind else {
            return Ok((Expression::Literal(Value::Null), Sort::Null));
        };
        let (expression, sort) = self.expression(inner, environment)?;
        if !sort.may_be_reckoned() {
            return Err(fault::wrong_sort("a sign", "a number", &sort, &inner.span));
        }
        if matches!(tree.kind, ExpressionKind::Plus(_)) {
            return Ok((expression, sort));
        }
        let negated = match &expression {
            Expression::Literal(Value::Integer(number)) => number.checked_neg().map(Value::Integer),
            Expression::Literal(Value::Float(number)) => Some(Value::Float(-number)),
            _ => None,
        };
        Ok(match negated {
            Some(value) => (Expression::Literal(value), sort),
            None => (Expression::Negate(Box::new(expression), written(&tree.span)), sort),
        })
    }

    /// `a < b <= c`: each neighbouring pair holds.
    pub(super) fn comparison(
        &mut self,
        first: &Tree,
        others: &[(Comparison, Tree)],
        environment: &Environment<'_>,
    ) -> Result<Sorted, Diagnostic> {
        let mut left = self.expression(first, environment)?.0;
        let mut left_tree = first;
        let mut pairs = Vec::with_capacity(others.len());
        for (comparison, right) in others {
            self.check_compared(left_tree, *comparison, right, environment.scope);
            left_tree = right;
            let right = self.expression(right, environment)?.0;
            pairs.push(Expression::Cypher(*comparison, Box::new(left), Box::new(right.clone())));
            left = right;
        }
        let all = if pairs.len() == 1 { pairs.remove(0) } else { Expression::And(pairs) };
        Ok((all, Sort::Boolean))
    }
}

/// An operator on two operands.
fn apply(operator: BinaryOperator, whole: &Tree, left: (Sorted, &Tree), right: (Sorted, &Tree)) -> Result<Sorted, Diagnostic> {
    let (((left, left_sort), left_tree), ((right, right_sort), right_tree)) = (left, right);
    let place = written(&whole.span);
    let (left, right) = (Box::new(left), Box::new(right));
    let text = |test: TextTest, left, right| Ok((Expression::TextTest(test, left, right, place), Sort::Boolean));
    let arithmetic = match operator {
        BinaryOperator::In => {
            if !right_sort.may_be_list() {
                return Err(fault::wrong_sort("`IN`", "a list", &right_sort, &right_tree.span));
            }
            return Ok((Expression::In(left, right, place), Sort::Boolean));
        }
        BinaryOperator::StartsWith => return text(TextTest::StartsWith, left, right),
        BinaryOperator::EndsWith => return text(TextTest::EndsWith, left, right),
        BinaryOperator::Contains => return text(TextTest::Contains, left, right),
        BinaryOperator::Matches => return text(TextTest::Matches, left, right),
        BinaryOperator::Add => return Ok((Expression::Arithmetic(Arithmetic::Add, left, right, place), left_sort.added(right_sort))),
        BinaryOperator::Subtract => Arithmetic::Subtract,
        BinaryOperator::Multiply => Arithmetic::Multiply,
        BinaryOperator::Divide => Arithmetic::Divide,
        BinaryOperator::Modulo => Arithmetic::Modulo,
        BinaryOperator::Power => Arithmetic::Power,
        // These are joined before.
        BinaryOperator::And | BinaryOperator::Or | BinaryOperator::Xor => return Ok((Expression::And(vec![*left, *right]), Sort::Boolean)),
    };
    for (sort, side) in [(&left_sort, left_tree), (&right_sort, right_tree)] {
        if !sort.may_be_reckoned() {
            return Err(fault::wrong_sort(&format!("`{}`", symbol(arithmetic)), "numbers", sort, &side.span));
        }
    }
    let sort = match (arithmetic, left_sort, right_sort) {
        (Arithmetic::Power, Sort::Integer | Sort::Number, Sort::Integer | Sort::Number) => Sort::Number,
        (_, Sort::Integer, Sort::Integer) => Sort::Integer,
        (_, Sort::Integer | Sort::Number, Sort::Integer | Sort::Number) => Sort::Number,
        _ => Sort::Any,
    };
    Ok((Expression::Arithmetic(arithmetic, left, right, place), sort))
}

fn symbol(arithmetic: Arithmetic) -> &'static str {
    match arithmetic {
        Arithmetic::Add => "+",
        Arithmetic::Subtract => "-",
        Arithmetic::Multiply => "*",
        Arithmetic::Divide => "/",
        Arithmetic::Modulo => "%",
        Arithmetic::Power => "^",
    }
}
