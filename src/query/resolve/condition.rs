//! Condition: from the tests behind `where` to expressions over a row.

use crate::algebra::{Condition as AlgebraCondition, Expression, Field, Quantifier};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Comparison, Confidence, Extent, Quantity, RegularExpression, Value};
use crate::query::syntax::tree::{Condition, FieldName, Literal, Spanned, Test, TestKind, TestOperator};

use super::builder::{Builder, Scope};
use super::field::{FieldReference, FieldType};

impl Builder<'_> {
    /// The conditions that must all hold: the parts of an `and` one by one, so that an explanation can tell which emptied the answer.
    pub(super) fn conditions(&mut self, condition: &Condition, scope: &Scope) -> Result<Vec<AlgebraCondition>, Diagnostic> {
        let parts = match condition {
            Condition::And(parts) => parts.as_slice(),
            single => std::slice::from_ref(single),
        };
        let mut conditions = Vec::with_capacity(parts.len());
        for part in parts {
            let made = self.one_condition(part, scope);
            conditions.push(self.recovered(made, || AlgebraCondition { expression: holds(), text: String::new(), field: None }));
        }
        Ok(conditions)
    }

    fn one_condition(&mut self, condition: &Condition, scope: &Scope) -> Result<AlgebraCondition, Diagnostic> {
        let field = match tested_field(condition) {
            Some(name) => {
                let reference = self.field(name, scope)?;
                Some((reference.name, reference.expression))
            }
            None => None,
        };
        Ok(AlgebraCondition { expression: self.expression(condition, scope)?, text: written(condition), field })
    }

    fn expression(&mut self, condition: &Condition, scope: &Scope) -> Result<Expression, Diagnostic> {
        Ok(match condition {
            Condition::And(parts) => Expression::And(self.expressions(parts, scope)?),
            Condition::Or(parts) => Expression::Or(self.expressions(parts, scope)?),
            Condition::Not(inner) => Expression::Not(Box::new(self.expression(inner, scope)?)),
            Condition::Possibly(inner) => Expression::Possibly(Box::new(self.expression(inner, scope)?)),
            Condition::Test(test) => self.test(test, scope)?,
        })
    }

    fn expressions(&mut self, parts: &[Condition], scope: &Scope) -> Result<Vec<Expression>, Diagnostic> {
        let mut expressions = Vec::with_capacity(parts.len());
        for part in parts {
            let made = self.expression(part, scope);
            expressions.push(self.recovered(made, holds));
        }
        Ok(expressions)
    }

    fn test(&mut self, test: &Test, scope: &Scope) -> Result<Expression, Diagnostic> {
        match &test.kind {
            TestKind::Compare(name, operator, literal) => {
                let field = self.field(name, scope)?;
                let compared = self.comparison(&field, *operator, literal, test);
                compared.map_err(|fault| self.with_holders(fault, name, literal, scope))
            }
            TestKind::In(name, literals) => {
                let field = self.field(name, scope)?;
                let mut each = Vec::with_capacity(literals.len());
                for literal in literals {
                    let made = self.comparison(&field, TestOperator::Equal, literal, test);
                    let made = made.map_err(|fault| self.with_holders(fault, name, literal, scope));
                    each.push(self.recovered(made, holds));
                }
                Ok(Expression::Or(each))
            }
            TestKind::Between(name, low, high) => {
                let field = self.field(name, scope)?;
                if !field.several {
                    return Ok(Expression::And(vec![
                        self.comparison(&field, TestOperator::GreaterOrEqual, low, test)?,
                        self.comparison(&field, TestOperator::LessOrEqual, high, test)?,
                    ]));
                }
                // Of several values one alone must lie between: both halves are asked of the same.
                let single = FieldReference { several: false, expression: Expression::Literal(Value::Null), ..field.clone() };
                let low = self.comparison(&single, TestOperator::GreaterOrEqual, low, test)?;
                let high = self.comparison(&single, TestOperator::LessOrEqual, high, test)?;
                Ok(self.on_members(&field, |member| Expression::And(vec![asked_of(low, &member), asked_of(high, &member)])))
            }
            TestKind::Contains(name, literal) => {
                let field = self.textual(name, scope, "contains")?;
                let text = literal.text.clone();
                Ok(self.on_members(&field, |value| Expression::Contains(Box::new(value), text)))
            }
            TestKind::Matches(name, pattern) => {
                let field = self.textual(name, scope, "matches")?;
                let compiled = compile(pattern)?;
                Ok(self.on_members(&field, |value| Expression::Matches(Box::new(value), compiled)))
            }
            TestKind::Has(name) => Ok(Expression::IsPresent(Box::new(self.field(name, scope)?.expression))),
            TestKind::Denied => match scope.relations.as_slice() {
                [] => Err(Diagnostic::error(Code::TypeMismatch, "only relations can be denied, and these rows are entities")
                    .at(test.span.clone(), "nothing to deny here")
                    .help("ask it of a relation, such as `symptoms where denied`")),
                relations => Ok(any_of(relations.iter().map(|relation| Expression::Field(relation.variable, Field::Denied)).collect())),
            },
        }
    }

    fn comparison(
        &mut self,
        field: &FieldReference,
        operator: TestOperator,
        literal: &Literal,
        test: &Test,
    ) -> Result<Expression, Diagnostic> {
        if let FieldType::Hedge = field.field_type {
            return hedge_comparison(field, operator, literal, test);
        }
        let ordering = comparison_of(operator).filter(|comparison| comparison.is_ordering());
        let unordered = match field.field_type {
            FieldType::Entity(_) | FieldType::Boolean | FieldType::Kind | FieldType::RelationType | FieldType::Source | FieldType::Path => {
                true
            }
            FieldType::Statement | FieldType::Text | FieldType::QualifierText(_) | FieldType::Hedge => false,
            _ => false,
        };
        if let Some(comparison) = ordering.filter(|_| unordered) {
            let message = format!(
                "'{}' is {}: it has no order, so `{}` says nothing of it",
                field.name,
                field.field_type.described(),
                comparison.symbol()
            );
            return Err(Diagnostic::error(Code::TypeMismatch, message)
                .at(test.span.clone(), "")
                .help("`=` is this or one of it, `==` exactly this, `!=` neither"));
        }
        if let (Some(comparison), FieldType::Text | FieldType::QualifierText(_)) = (ordering, &field.field_type)
            && !literal.quoted
            && literal.text.parse::<Quantity>().is_ok()
        {
            let message = format!("'{}' holds text, which `{}` would compare letter by letter", field.name, comparison.symbol());
            return Err(Diagnostic::error(Code::TypeMismatch, message)
                .at(literal.span.clone(), "this is a number")
                .help("not every value of it is a number; imported with a `schema.toml` that gives it a type, those that are compare as numbers")
                .help(format!("`\"{}\"` compares letters", literal.text)));
        }
        // Free text may be compared by order with any words; everywhere else a value must be one that can be.
        let value = match (&field.field_type, ordering) {
            (FieldType::QualifierText(_), Some(_)) => Value::text(&literal.text),
            _ => self.value_literal(field, literal)?,
        };
        let negated = operator == TestOperator::NotEqual;
        let positive = self.on_members(field, |member| match (value, operator) {
            (Value::Entity(entity), TestOperator::Identical) => {
                Expression::Identical(Box::new(member), Box::new(Expression::Literal(Value::Entity(entity))))
            }
            (Value::Entity(entity), _) => Expression::IsA(Box::new(member), entity),
            (value, TestOperator::Identical) => Expression::Identical(Box::new(member), Box::new(Expression::Literal(value))),
            (value, operator) => {
                let comparison = match operator {
                    TestOperator::NotEqual => Comparison::Equal,
                    other => comparison_of(other).unwrap_or(Comparison::Equal),
                };
                Expression::Compare(comparison, Box::new(member), Box::new(Expression::Literal(value)))
            }
        });
        Ok(if negated { Expression::Not(Box::new(positive)) } else { positive })
    }

    /// A test of the value, or of any member where the field holds several.
    fn on_members(&mut self, field: &FieldReference, test: impl FnOnce(Expression) -> Expression) -> Expression {
        if !field.several {
            return test(field.expression.clone());
        }
        let element = self.element(&field.name);
        Expression::Quantified {
            quantifier: Quantifier::Any,
            element,
            list: Box::new(field.expression.clone()),
            condition: Box::new(test(Expression::Variable(element))),
        }
    }

    /// A field whose text can be searched; of an entity that is its name.
    fn textual(&mut self, name: &FieldName, scope: &Scope, operator: &str) -> Result<FieldReference, Diagnostic> {
        let mut field = self.field(name, scope)?;
        match (&field.field_type, &field.expression) {
            (FieldType::Entity(_), Expression::Variable(variable)) => field.expression = Expression::Field(*variable, Field::Name),
            (FieldType::Hedge, Expression::Field(variable, _)) => field.expression = Expression::Field(*variable, Field::HedgeWords),
            (
                FieldType::Entity(_)
                | FieldType::Text
                | FieldType::QualifierText(_)
                | FieldType::Kind
                | FieldType::RelationType
                | FieldType::Source
                | FieldType::Statement
                | FieldType::Path,
                _,
            ) => {}
            (other, _) => {
                let message = format!("'{}' is {}, and `{operator}` looks into text", field.name, other.described());
                return Err(Diagnostic::error(Code::TypeMismatch, message)
                    .at(name.span.clone(), "not text")
                    .help("compare it with `=`, `<`, `>=` and so on"));
            }
        }
        Ok(field)
    }
}

/// What stands in for a test that is wrong.
fn holds() -> Expression {
    Expression::Literal(Value::Boolean(true))
}

/// `hedge = most`, `hedge >= suggested`, `hedge = "most often"`: on the scale that the word belongs to, else on the words.
fn hedge_comparison(field: &FieldReference, operator: TestOperator, literal: &Literal, test: &Test) -> Result<Expression, Diagnostic> {
    let Expression::Field(variable, _) = field.expression else {
        return Err(Diagnostic::error(Code::TypeMismatch, "a hedge can be compared only where it is a field").at(test.span.clone(), ""));
    };
    let comparison = comparison_of(operator).unwrap_or(Comparison::Equal);
    let (scale, value) = if let Some(extent) = Extent::from_word(&literal.text) {
        (Field::Extent, Value::Extent(extent))
    } else if let Some(confidence) = Confidence::from_word(&literal.text) {
        (Field::Confidence, Value::Confidence(confidence))
    } else if comparison.is_ordering() {
        return Err(Diagnostic::error(Code::UnknownValue, format!("'{}' stands on neither scale of hedges", literal.text))
            .at(literal.span.clone(), "no place on a scale")
            .help("extent: some, many, most, nearly all; confidence: possible, suggested, stated"));
    } else {
        (Field::HedgeWords, Value::text(&literal.text))
    };
    Ok(Expression::Compare(comparison, Box::new(Expression::Field(variable, scale)), Box::new(Expression::Literal(value))))
}

fn compile(pattern: &Spanned<String>) -> Result<RegularExpression, Diagnostic> {
    RegularExpression::new(&pattern.value).map_err(|(reason, _)| {
        Diagnostic::error(Code::BadPattern, format!("the regular expression cannot be read: {reason}")).at(pattern.span.clone(), "").help(
            "`contains \"…\"` looks for words as they are; in an expression a backslash takes the meaning from . * + ? ( ) [ ] { } ^ $ |",
        )
    })
}

fn comparison_of(operator: TestOperator) -> Option<Comparison> {
    match operator {
        TestOperator::Equal => Some(Comparison::Equal),
        TestOperator::Identical => None,
        TestOperator::NotEqual => Some(Comparison::NotEqual),
        TestOperator::Less => Some(Comparison::Less),
        TestOperator::LessOrEqual => Some(Comparison::LessOrEqual),
        TestOperator::Greater => Some(Comparison::Greater),
        TestOperator::GreaterOrEqual => Some(Comparison::GreaterOrEqual),
    }
}

/// A comparison with its left side exchanged.
fn asked_of(comparison: Expression, left: &Expression) -> Expression {
    match comparison {
        Expression::Compare(comparison, _, right) => Expression::Compare(comparison, Box::new(left.clone()), right),
        other => other,
    }
}

fn any_of(mut parts: Vec<Expression>) -> Expression {
    if parts.len() == 1 { parts.remove(0) } else { Expression::Or(parts) }
}

/// The field that a condition tests, if it tests one alone.
fn tested_field(condition: &Condition) -> Option<&FieldName> {
    match condition {
        Condition::And(_) | Condition::Or(_) => None,
        Condition::Not(inner) | Condition::Possibly(inner) => tested_field(inner),
        Condition::Test(test) => match &test.kind {
            TestKind::Compare(name, ..)
            | TestKind::In(name, _)
            | TestKind::Between(name, ..)
            | TestKind::Contains(name, _)
            | TestKind::Matches(name, _)
            | TestKind::Has(name) => Some(name),
            TestKind::Denied => None,
        },
    }
}

/// The condition as a query writes it, evenly spaced.
pub(super) fn written(condition: &Condition) -> String {
    let joined = |parts: &[Condition], word: &str| format!("({})", parts.iter().map(written).collect::<Vec<_>>().join(word));
    match condition {
        Condition::And(parts) => joined(parts, " and "),
        Condition::Or(parts) => joined(parts, " or "),
        Condition::Not(inner) => format!("not {}", written(inner)),
        Condition::Possibly(inner) => format!("possibly {}", written(inner)),
        Condition::Test(test) => written_test(&test.kind),
    }
}

fn written_test(test: &TestKind) -> String {
    let value = |literal: &Literal| if literal.quoted { format!("\"{}\"", literal.text) } else { literal.text.clone() };
    match test {
        TestKind::Compare(name, operator, literal) => {
            let symbol = comparison_of(*operator).map_or("==", Comparison::symbol);
            format!("{} {symbol} {}", name.words, value(literal))
        }
        TestKind::In(name, literals) => format!("{} in ({})", name.words, literals.iter().map(value).collect::<Vec<_>>().join(", ")),
        TestKind::Between(name, low, high) => format!("{} between {} and {}", name.words, value(low), value(high)),
        TestKind::Contains(name, literal) => format!("{} contains {}", name.words, value(literal)),
        TestKind::Matches(name, pattern) => format!("{} matches /{}/", name.words, pattern.value),
        TestKind::Has(name) => format!("has {}", name.words),
        TestKind::Denied => "denied".to_owned(),
    }
}
