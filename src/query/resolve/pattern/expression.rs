//! Expression: what is computed in a pattern, in the algebra, with what is known of its values.

use std::cell::RefCell;

use crate::algebra::{self, Condition, Expression, SortKey, VariableId};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Value;
use crate::query::syntax::pattern_tree::{BinaryOperator, Expression as Tree, ExpressionKind, Quantifier};
use crate::query::syntax::tree::{Span, Spanned};

use super::aggregation::Grouping;
use super::fault;
use super::scope::{Binding, Scope};
use super::sort::Sort;
use super::{Resolver, written};

/// An expression, and what its values are.
pub(super) type Sorted = (Expression, Sort);

/// An expression that has a column.
#[derive(Clone)]
pub(super) struct Known {
    /// Its text without blanks.
    pub text: String,
    /// The column.
    pub binding: Binding,
    /// Whether it can be a part of an expression with an aggregate: variables, properties and aggregates can.
    pub simple: bool,
}

/// Why a name that was there cannot be used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hidden {
    /// The rows are not grouped by it.
    NotAKey,
    /// It was not projected.
    NotProjected,
}

/// What can be used where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Environment<'e> {
    /// The names.
    pub scope: &'e Scope,
    /// What the place is called where no aggregate can stand.
    pub place: &'e str,
    /// Where aggregates are kept, if they can stand here.
    pub grouping: Option<&'e RefCell<Grouping>>,
    /// Expressions that have a column already.
    pub known: &'e [Known],
    /// Names that were there before.
    pub hidden: Option<(&'e Scope, Hidden)>,
}

impl<'e> Environment<'e> {
    /// A place where no aggregate can stand.
    pub fn plain(scope: &'e Scope, place: &'e str) -> Environment<'e> {
        Environment { scope, place, grouping: None, known: &[], hidden: None }
    }

    /// The same within a list expression, whose own names are in the scope.
    pub fn within(&self, scope: &'e Scope, local: &str) -> Environment<'e> {
        let shadowed = |known: &Known| known.text == local || known.text.starts_with(&format!("{local}."));
        let known = if self.known.iter().any(shadowed) { &[] } else { self.known };
        Environment { scope, place: "an expression over the members of a list", grouping: None, known, hidden: self.hidden }
    }

    /// The column that an expression has already.
    fn column(&self, text: &str) -> Option<&'e Binding> {
        if self.known.is_empty() {
            return None;
        }
        let text = without_blanks(text);
        self.known.iter().find(|known| known.text == text).map(|known| &known.binding)
    }
}

/// A text without the blanks outside quotation marks.
pub(super) fn without_blanks(text: &str) -> String {
    let mut quote = None;
    let kept = text.chars().filter(|letter| {
        match quote {
            Some(open) if open == *letter => quote = None,
            None if matches!(letter, '\'' | '"' | '`') => quote = Some(*letter),
            _ => {}
        }
        quote.is_some() || !letter.is_whitespace()
    });
    kept.collect()
}

impl Resolver<'_> {
    /// What stands behind a name.
    pub(super) fn lookup<'e>(&mut self, name: &str, span: &Span, environment: &Environment<'e>) -> Result<&'e Binding, Diagnostic> {
        if let Some(binding) = environment.scope.get(name) {
            self.used.insert(binding.variable);
            return Ok(binding);
        }
        Err(match environment.hidden {
            Some((scope, Hidden::NotAKey)) if scope.get(name).is_some() => fault::not_a_key(name, span),
            Some((scope, Hidden::NotProjected)) if scope.get(name).is_some() => fault::gone(name, span),
            _ => fault::undefined(name, span, environment.scope),
        })
    }

    /// The conditions that `AND` joins, each with its text.
    pub(super) fn conditions(&mut self, tree: &Tree, environment: &Environment<'_>) -> Result<Vec<Condition>, Diagnostic> {
        let mut conditions = Vec::new();
        for part in operands(tree, BinaryOperator::And) {
            let made = self.condition(part, environment);
            let expression = self.recovered(made, || Expression::Literal(Value::Null));
            conditions.push(Condition { expression, text: self.written_text(&part.span).to_owned(), field: None });
        }
        Ok(conditions)
    }

    /// An expression that must be true or false.
    pub(super) fn condition(&mut self, tree: &Tree, environment: &Environment<'_>) -> Result<Expression, Diagnostic> {
        match &tree.kind {
            ExpressionKind::Pattern(part) if part.shortest.is_none() => self.pattern_predicate(part, environment),
            ExpressionKind::Call { name, arguments, distinct: false } if name.value.eq_ignore_ascii_case("coalesce") => {
                if let [inner, Tree { kind: ExpressionKind::Boolean(true), .. }] = arguments.as_slice() {
                    let (expression, sort) = self.expression(inner, environment)?;
                    if sort == Sort::Boolean {
                        return Ok(Expression::Possibly(Box::new(expression)));
                    }
                }
                self.tested(tree, environment)
            }
            _ => self.tested(tree, environment),
        }
    }

    fn tested(&mut self, tree: &Tree, environment: &Environment<'_>) -> Result<Expression, Diagnostic> {
        let (expression, sort) = self.expression(tree, environment)?;
        if sort.may_be_boolean() {
            Ok(expression)
        } else {
            Err(fault::wrong_sort("a condition", "something true or false", &sort, &tree.span))
        }
    }

    /// An expression.
    pub(super) fn expression(&mut self, tree: &Tree, environment: &Environment<'_>) -> Result<Sorted, Diagnostic> {
        if !matches!(tree.kind, ExpressionKind::Variable(_))
            && let Some(binding) = environment.column(self.written_text(&tree.span))
        {
            return Ok((Expression::Variable(binding.variable), binding.sort.clone()));
        }
        let literal = |value: Value, sort: Sort| Ok((Expression::Literal(value), sort));
        match &tree.kind {
            ExpressionKind::Null => literal(Value::Null, Sort::Null),
            ExpressionKind::Boolean(holds) => literal(Value::Boolean(*holds), Sort::Boolean),
            ExpressionKind::Integer(number) => literal(Value::Integer(*number), Sort::Integer),
            ExpressionKind::Float(number) => literal(Value::Float(*number), Sort::Number),
            ExpressionKind::Text(words) => literal(Value::text(words), Sort::Text),
            ExpressionKind::Parameter(name) => literal(self.parameter(name, &tree.span)?, Sort::Any),
            ExpressionKind::Variable(name) => {
                let binding = self.lookup(name, &tree.span, environment)?;
                Ok((Expression::Variable(binding.variable), binding.sort.clone()))
            }
            ExpressionKind::List(members) => self.list(members, environment),
            ExpressionKind::Map(entries) => self.map(entries, environment),
            ExpressionKind::Not(inner) => {
                let inner = self.condition(inner, environment)?;
                Ok((Expression::Not(Box::new(inner)), Sort::Boolean))
            }
            ExpressionKind::Negate(_) | ExpressionKind::Plus(_) => self.signed(tree, environment),
            ExpressionKind::Binary(operator, ..) => self.binary(*operator, tree, environment),
            ExpressionKind::Comparison(first, others) => self.comparison(first, others, environment),
            ExpressionKind::IsPresent(inner, present) => {
                let present_test = Expression::IsPresent(Box::new(self.expression(inner, environment)?.0));
                Ok((if *present { present_test } else { Expression::Not(Box::new(present_test)) }, Sort::Boolean))
            }
            ExpressionKind::HasLabels(inner, labels) => {
                let (inner, sort) = self.expression(inner, environment)?;
                let labels = labels.iter().map(|label| self.label(label, &sort)).collect();
                Ok((Expression::HasLabels(Box::new(inner), labels), Sort::Boolean))
            }
            ExpressionKind::Property(..) | ExpressionKind::Index(..) | ExpressionKind::Range(..) => self.part_of(tree, environment),
            ExpressionKind::Call { name, distinct, arguments } => self.call(tree, name, *distinct, arguments, environment),
            ExpressionKind::CountRows => self.count_rows(tree, environment),
            ExpressionKind::Case { operand, branches, otherwise } => {
                self.case(operand.as_deref(), branches, otherwise.as_deref(), environment)
            }
            ExpressionKind::Comprehension { .. } | ExpressionKind::Quantified { .. } | ExpressionKind::Reduce { .. } => {
                self.over_members(tree, environment)
            }
            ExpressionKind::PatternComprehension { .. }
            | ExpressionKind::Pattern(_)
            | ExpressionKind::Exists(_)
            | ExpressionKind::Count(_) => self.subquery(tree, environment),
        }
    }

    /// What `$name` stands for.
    pub(super) fn parameter(&self, name: &str, span: &Span) -> Result<Value, Diagnostic> {
        self.context.parameters.get(name).cloned().ok_or_else(|| {
            Diagnostic::error(Code::MissingParameter, format!("the parameter `${name}` has no value"))
                .at(span.clone(), "no value")
                .help(format!("give it one: `--param {name}=…` on the command line, `:param {name}=…` at the prompt"))
        })
    }

    fn list(&mut self, members: &[Tree], environment: &Environment<'_>) -> Result<Sorted, Diagnostic> {
        let mut sort = Sort::Null;
        let mut parts = Vec::with_capacity(members.len());
        for member in members {
            let (part, of) = self.expression(member, environment)?;
            sort = sort.or(of);
            parts.push(part);
        }
        let constant: Option<Vec<Value>> = parts.iter().map(constant_of).collect();
        Ok((constant.map_or_else(|| Expression::List(parts), |values| Expression::Literal(Value::List(values))), Sort::list_of(sort)))
    }

    fn map(&mut self, entries: &[(Spanned<String>, Tree)], environment: &Environment<'_>) -> Result<Sorted, Diagnostic> {
        let mut parts: Vec<(std::sync::Arc<str>, Expression)> = Vec::with_capacity(entries.len());
        for (name, value) in entries {
            parts.push((name.value.as_str().into(), self.expression(value, environment)?.0));
        }
        let constant: Option<Vec<_>> = parts.iter().map(|(name, part)| Some((name.clone(), constant_of(part)?))).collect();
        Ok((constant.map_or_else(|| Expression::Map(parts), |values| Expression::Literal(Value::map(values))), Sort::Map))
    }

    fn case(
        &mut self,
        operand: Option<&Tree>,
        branches: &[(Tree, Tree)],
        otherwise: Option<&Tree>,
        environment: &Environment<'_>,
    ) -> Result<Sorted, Diagnostic> {
        let compared = operand.map(|operand| self.expression(operand, environment)).transpose()?;
        let mut sort = Sort::Null;
        let mut lowered = Vec::with_capacity(branches.len());
        for (when, then) in branches {
            let when = if operand.is_some() { self.expression(when, environment)?.0 } else { self.condition(when, environment)? };
            let (then, of) = self.expression(then, environment)?;
            sort = sort.or(of);
            lowered.push((when, then));
        }
        let otherwise = match otherwise {
            Some(otherwise) => {
                let (expression, of) = self.expression(otherwise, environment)?;
                sort = sort.or(of);
                Some(Box::new(expression))
            }
            None => None,
        };
        Ok((Expression::Case { operand: compared.map(|(operand, _)| Box::new(operand)), branches: lowered, otherwise }, sort))
    }

    /// A list that is gone through: comprehensions, quantifiers, `reduce`.
    fn over_members(&mut self, tree: &Tree, environment: &Environment<'_>) -> Result<Sorted, Diagnostic> {
        match &tree.kind {
            ExpressionKind::Comprehension { variable, list, condition, projection } => {
                let (list, member) = self.members(list, environment)?;
                let (element, scope) = self.local(variable, member.clone(), environment);
                let inner = environment.within(&scope, &variable.value);
                let condition = condition.as_deref().map(|condition| self.condition(condition, &inner)).transpose()?;
                let projected = projection.as_deref().map(|projection| self.expression(projection, &inner)).transpose()?;
                let (projection, sort) = projected.map_or((None, member), |(expression, sort)| (Some(Box::new(expression)), sort));
                let (list, condition) = (Box::new(list), condition.map(Box::new));
                Ok((Expression::Comprehension { element, list, condition, projection }, Sort::list_of(sort)))
            }
            ExpressionKind::Quantified { quantifier, variable, list, condition } => {
                let (list, member) = self.members(list, environment)?;
                let (element, scope) = self.local(variable, member, environment);
                let inner = environment.within(&scope, &variable.value);
                let condition = match condition {
                    Some(condition) => self.condition(condition, &inner)?,
                    None => Expression::Variable(element),
                };
                let quantifier = match quantifier {
                    Quantifier::Any => algebra::Quantifier::Any,
                    Quantifier::All => algebra::Quantifier::All,
                    Quantifier::None => algebra::Quantifier::None,
                    Quantifier::Single => algebra::Quantifier::Single,
                };
                let quantified = Expression::Quantified { quantifier, element, list: Box::new(list), condition: Box::new(condition) };
                Ok((quantified, Sort::Boolean))
            }
            ExpressionKind::Reduce { accumulator, initial, variable, list, step } => {
                let (initial, begun) = self.expression(initial, environment)?;
                let (list, member) = self.members(list, environment)?;
                let sort = if is_sum(step, &accumulator.value, &variable.value) { begun.added(member.clone()) } else { Sort::Any };
                let (total, scope) = self.local(accumulator, Sort::Any, environment);
                let outer = environment.within(&scope, &accumulator.value);
                let (element, scope) = self.local(variable, member, &outer);
                let (step, _) = self.expression(step, &outer.within(&scope, &variable.value))?;
                let (initial, list, step) = (Box::new(initial), Box::new(list), Box::new(step));
                Ok((Expression::Reduce { accumulator: total, initial, element, list, step }, sort))
            }
            _ => Ok((Expression::Literal(Value::Null), Sort::Null)),
        }
    }

    /// A list, and what its members are.
    fn members(&mut self, list: &Tree, environment: &Environment<'_>) -> Result<Sorted, Diagnostic> {
        let (expression, sort) = self.expression(list, environment)?;
        match sort {
            Sort::List(member) => Ok((expression, *member)),
            sort if sort.may_be_list() => Ok((expression, Sort::Any)),
            sort => Err(fault::wrong_sort("`IN`", "a list", &sort, &list.span)),
        }
    }

    /// The variable of a list expression, and the scope that has it.
    fn local(&mut self, name: &Spanned<String>, sort: Sort, environment: &Environment<'_>) -> (VariableId, Scope) {
        let variable = self.variable(&name.value);
        (variable, environment.scope.with(&name.value, Binding::of(variable, sort)))
    }

    /// A key of `ORDER BY`.
    pub(super) fn sort_key(&mut self, tree: &Tree, descending: bool, environment: &Environment<'_>) -> Result<SortKey, Diagnostic> {
        let (expression, _) = self.expression(tree, environment)?;
        Ok(SortKey { expression, descending, absent_last: false })
    }

    /// A property, a member or a part of a list.
    fn part_of(&mut self, tree: &Tree, environment: &Environment<'_>) -> Result<Sorted, Diagnostic> {
        let place = written(&tree.span);
        match &tree.kind {
            ExpressionKind::Property(of, name) => {
                let (expression, sort) = self.expression(of, environment)?;
                match sort {
                    Sort::Boolean | Sort::Integer | Sort::Number | Sort::Text | Sort::List(_) | Sort::Path => {
                        return Err(fault::no_parts("properties", &sort, &of.span));
                    }
                    _ => self.check_property(&sort, &name.value, &name.span),
                }
                Ok((Expression::Property(Box::new(expression), name.value.as_str().into(), place), Sort::Any))
            }
            ExpressionKind::Index(of, index) => {
                let (expression, sort) = self.expression(of, environment)?;
                let (position, of_position) = self.expression(index, environment)?;
                let member = match sort {
                    Sort::Boolean | Sort::Integer | Sort::Number | Sort::Text | Sort::Path | Sort::Temporal => {
                        return Err(fault::no_parts("members", &sort, &of.span));
                    }
                    Sort::List(member) => match of_position {
                        Sort::Any | Sort::Null | Sort::Integer | Sort::Number => *member,
                        other => {
                            let complaint = fault::wrong_sort("the position in a list", "an integer", &other, &index.span);
                            return Err(Diagnostic { code: Code::TypeMismatch, ..complaint });
                        }
                    },
                    _ => Sort::Any,
                };
                Ok((Expression::Index(Box::new(expression), Box::new(position), place), member))
            }
            ExpressionKind::Range(of, from, to) => {
                let (expression, sort) = self.expression(of, environment)?;
                let mut end = |end: &Option<Box<Tree>>| -> Result<Option<Box<Expression>>, Diagnostic> {
                    let lowered = end.as_deref().map(|end| self.expression(end, environment)).transpose()?;
                    Ok(lowered.map(|(expression, _)| Box::new(expression)))
                };
                let (from, to) = (end(from)?, end(to)?);
                let sort = if matches!(sort, Sort::List(_)) { sort } else { Sort::Any };
                Ok((Expression::Range(Box::new(expression), from, to, place), sort))
            }
            _ => Ok((Expression::Literal(Value::Null), Sort::Null)),
        }
    }
}

/// What an operator joins, from left to right, however deep it is nested on its left.
pub(super) fn operands(tree: &Tree, wanted: BinaryOperator) -> Vec<&Tree> {
    let mut found = Vec::new();
    let mut open = vec![tree];
    while let Some(next) = open.pop() {
        match &next.kind {
            ExpressionKind::Binary(operator, left, right) if *operator == wanted => open.extend([right.as_ref(), left.as_ref()]),
            _ => found.push(next),
        }
    }
    found
}

/// Whether a step of `reduce` joins each member to what there is.
fn is_sum(step: &Tree, accumulator: &str, element: &str) -> bool {
    let is = |tree: &Tree, name: &str| matches!(&tree.kind, ExpressionKind::Variable(known) if known == name);
    matches!(&step.kind, ExpressionKind::Binary(BinaryOperator::Add, left, right) if is(left, accumulator) && is(right, element))
}

/// The value of an expression that is a literal.
pub(super) fn constant_of(expression: &Expression) -> Option<Value> {
    match expression {
        Expression::Literal(value) => Some(value.clone()),
        _ => None,
    }
}
