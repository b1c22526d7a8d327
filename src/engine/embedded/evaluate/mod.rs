//! Evaluate: the value of an expression over bindings. A condition's value is true, false or null, which is unknown.

pub(super) mod aggregate;
mod arithmetic;
mod bindings;
mod compare;
mod fault;
mod fields;
mod functions;
mod lists;
mod members;
mod number;
mod property;
#[cfg(test)]
mod tests;
mod text;
mod weight;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::algebra::{Arithmetic, Expression, Label, Quantifier, VariableId, Written};
use crate::model::{EntityId, Path, RelationId, Step, Truth, Value, Vocabulary};
use crate::store::Graph;

use super::clock::Clock;
use crate::engine::limits::{Guard, Stopped};
pub(in crate::engine) use bindings::{Bindings, Local, Subqueries};
pub(in crate::engine) use fault::Fault;
pub(in crate::engine) use number::Number;
pub(in crate::engine) use property::Properties;
pub(in crate::engine) use weight::bounded;

use fault::described;
use members::Known;
use text::Expressions;

/// Evaluates expressions on a graph. It keeps what it has looked up and prepared, by the addresses of the expressions: these
/// must live as long as it does, or [`Evaluator::forget`] be called.
pub(in crate::engine) struct Evaluator<'a> {
    graph: &'a Graph,
    vocabulary: &'a dyn Vocabulary,
    guard: &'a Guard<'a>,
    clock: Clock,
    properties: Properties<'a>,
    expressions: Expressions,
    families: RefCell<HashMap<EntityId, fields::Family>>,
    known: RefCell<HashMap<usize, Option<Known>>>,
}

const DOING: &str = "computing values";

impl<'a> Evaluator<'a> {
    /// An evaluator for one run of a query.
    pub fn new(graph: &'a Graph, vocabulary: &'a dyn Vocabulary, guard: &'a Guard<'a>) -> Evaluator<'a> {
        Evaluator {
            graph,
            vocabulary,
            guard,
            clock: Clock::start(),
            properties: Properties::new(graph, vocabulary),
            expressions: Expressions::default(),
            families: RefCell::default(),
            known: RefCell::default(),
        }
    }

    /// Forgets what was prepared for expressions: to be called where expressions go that were evaluated.
    pub fn forget(&self) {
        self.known.borrow_mut().clear();
    }

    /// The value of an expression.
    ///
    /// # Errors
    /// What cannot be computed, with its place in the query; that the query was stopped.
    pub fn value(&self, expression: &Expression, bindings: &dyn Bindings) -> Result<Value, Stopped> {
        self.evaluate(expression, bindings).map(Cow::into_owned)
    }

    /// The outcome of a condition.
    ///
    /// # Errors
    /// As [`Evaluator::value`]; a condition that is neither true, false nor null.
    pub fn truth(&self, expression: &Expression, bindings: &dyn Bindings) -> Result<Truth, Stopped> {
        Ok(match expression {
            Expression::And(parts) => {
                let mut all = Truth::True;
                for part in parts {
                    all = all.and(self.truth(part, bindings)?);
                    if all == Truth::False {
                        break;
                    }
                }
                all
            }
            Expression::Or(parts) => {
                let mut one = Truth::False;
                for part in parts {
                    one = one.or(self.truth(part, bindings)?);
                    if one == Truth::True {
                        break;
                    }
                }
                one
            }
            Expression::Xor(left, right) => match (self.truth(left, bindings)?, self.truth(right, bindings)?) {
                (Truth::Unknown, _) | (_, Truth::Unknown) => Truth::Unknown,
                (left, right) => Truth::from(left != right),
            },
            Expression::Not(inner) => self.truth(inner, bindings)?.not(),
            Expression::Possibly(inner) => self.truth(inner, bindings)?.possibly(),
            Expression::Cypher(comparison, left, right) => {
                let left = self.evaluate(left, bindings)?;
                compare::compare(*comparison, &left, self.evaluate(right, bindings)?.as_ref())
            }
            Expression::Compare(comparison, left, right) => {
                let left = self.evaluate(left, bindings)?;
                fields::compare(self.graph, *comparison, &left, self.evaluate(right, bindings)?.as_ref())
            }
            Expression::Identical(left, right) => {
                let left = self.evaluate(left, bindings)?;
                fields::identical(&left, self.evaluate(right, bindings)?.as_ref())
            }
            Expression::IsA(inner, asked) => match self.stated(self.evaluate(inner, bindings)?.as_ref()) {
                Some(stated) => self.is_a(stated, *asked),
                None => Truth::Unknown,
            },
            Expression::Quantified { quantifier, element, list, condition } => {
                self.quantified(*quantifier, *element, self.evaluate(list, bindings)?.as_ref(), condition, bindings)?
            }
            Expression::Contains(inner, part) => self.contains(self.evaluate(inner, bindings)?.as_ref(), part),
            Expression::Matches(inner, pattern) => self.on_words(self.evaluate(inner, bindings)?.as_ref(), |text| pattern.is_match(text)),
            Expression::IsPresent(inner) => Truth::from(!self.evaluate(inner, bindings)?.is_null()),
            Expression::In(member, list, written) => self.is_member(member, list, bindings, *written)?,
            Expression::TextTest(test, text, part, written) => {
                let text = self.evaluate(text, bindings)?;
                let part = self.evaluate(part, bindings)?;
                self.expressions.test(*test, &text, &part).map_err(|fault| fault.at(*written))?
            }
            Expression::HasLabels(inner, labels) => self.has_labels(self.evaluate(inner, bindings)?.as_ref(), labels)?,
            // A field of a phrase is no condition unless it holds one.
            Expression::Field(variable, field) => self.field_of(*variable, field, bindings).truth(),
            other => match self.evaluate(other, bindings)?.as_ref() {
                Value::Null => Truth::Unknown,
                Value::Boolean(holds) => Truth::from(*holds),
                value => {
                    let message = format!("a condition is true, false or null, and this is {}", described(value));
                    return Err(Fault::wrong_type(message)
                        .help("a comparison such as `= 1`, or `IS NOT NULL`, makes a condition of it")
                        .at(place(other)));
                }
            },
        })
    }

    /// The value of an expression, borrowed where it is at hand.
    fn evaluate<'e>(&self, expression: &'e Expression, bindings: &'e dyn Bindings) -> Result<Cow<'e, Value>, Stopped> {
        match expression {
            Expression::Literal(value) => Ok(Cow::Borrowed(value)),
            Expression::Variable(variable) => {
                Ok(bindings.borrowed(*variable).map_or_else(|| Cow::Owned(bindings.value(*variable)), Cow::Borrowed))
            }
            // A long sum is a deep tree: its operands are evaluated in a step that takes little of the stack.
            Expression::Arithmetic(operator, left, right, written) => self.reckoned(*operator, [left, right], *written, bindings),
            Expression::Case { operand, branches, otherwise } => self.case(operand.as_deref(), branches, otherwise.as_deref(), bindings),
            other => self.composed(other, bindings).map(Cow::Owned),
        }
    }

    #[inline(never)]
    fn reckoned<'e>(
        &self,
        operator: Arithmetic,
        [left, right]: [&'e Expression; 2],
        written: Written,
        bindings: &'e dyn Bindings,
    ) -> Result<Cow<'e, Value>, Stopped> {
        let left = self.evaluate(left, bindings)?;
        let right = self.evaluate(right, bindings)?;
        arithmetic::arithmetic(operator, &left, &right).map(Cow::Owned).map_err(|fault| fault.at(written))
    }

    /// The value of an expression that is put together from others.
    #[inline(never)]
    fn composed<'e>(&self, expression: &'e Expression, bindings: &'e dyn Bindings) -> Result<Value, Stopped> {
        Ok(match expression {
            Expression::Field(variable, field) => self.field_of(*variable, field, bindings),
            Expression::Property(of, name, written) => {
                let of = self.evaluate(of, bindings)?;
                self.properties.of(&of, name).map_err(|fault| fault.at(*written))?
            }
            Expression::List(members) => {
                let members: Result<Vec<Value>, Stopped> = members.iter().map(|member| self.value(member, bindings)).collect();
                bounded(Value::List(members?)).map_err(Fault::somewhere)?
            }
            Expression::Map(entries) => {
                let entries: Result<Vec<(Arc<str>, Value)>, Stopped> =
                    entries.iter().map(|(name, entry)| Ok((Arc::clone(name), self.value(entry, bindings)?))).collect();
                bounded(Value::map(entries?)).map_err(Fault::somewhere)?
            }
            Expression::Index(of, index, written) => {
                let of = self.evaluate(of, bindings)?;
                let index = self.evaluate(index, bindings)?;
                self.index(&of, &index).map_err(|fault| fault.at(*written))?
            }
            Expression::Range(list, from, to, written) => {
                let list = self.evaluate(list, bindings)?;
                let bound = |bound: &'e Option<Box<Expression>>| bound.as_ref().map(|bound| self.evaluate(bound, bindings)).transpose();
                let (from, to) = (bound(from)?, bound(to)?);
                lists::part(&list, from.as_deref(), to.as_deref()).map_err(|fault| fault.at(*written))?
            }
            Expression::Negate(inner, written) => {
                arithmetic::negate(self.evaluate(inner, bindings)?.as_ref()).map_err(|fault| fault.at(*written))?
            }
            Expression::Call(function, arguments, written) => self.call(*function, arguments, *written, bindings)?,
            Expression::Comprehension { element, list, condition, projection } => {
                let list = self.evaluate(list, bindings)?;
                self.comprehension(*element, &list, condition.as_deref(), projection.as_deref(), bindings)?
            }
            Expression::Reduce { accumulator, initial, element, list, step } => {
                let initial = self.value(initial, bindings)?;
                let list = self.evaluate(list, bindings)?;
                self.reduce((*accumulator, initial), (*element, &list), step, bindings)?
            }
            Expression::Subquery(kind, plan) => match bindings.subqueries() {
                Some(subqueries) => subqueries.subquery(kind, plan, bindings)?,
                None => return Err(Fault::wrong_argument("a subquery cannot stand here").somewhere()),
            },
            Expression::Path(variables) => self.path(variables, bindings),
            condition => Value::from(self.truth(condition, bindings)?),
        })
    }

    fn case<'e>(
        &self,
        operand: Option<&'e Expression>,
        branches: &'e [(Expression, Expression)],
        otherwise: Option<&'e Expression>,
        bindings: &'e dyn Bindings,
    ) -> Result<Cow<'e, Value>, Stopped> {
        let operand = operand.map(|operand| self.evaluate(operand, bindings)).transpose()?;
        for (when, then) in branches {
            let fits = match &operand {
                Some(operand) => compare::equal(operand, self.evaluate(when, bindings)?.as_ref()),
                None => self.truth(when, bindings)?,
            };
            if fits == Truth::True {
                return self.evaluate(then, bindings);
            }
        }
        otherwise.map_or(Ok(Cow::Owned(Value::Null)), |otherwise| self.evaluate(otherwise, bindings))
    }

    fn quantified(
        &self,
        quantifier: Quantifier,
        element: VariableId,
        list: &Value,
        condition: &Expression,
        bindings: &dyn Bindings,
    ) -> Result<Truth, Stopped> {
        if list.is_null() {
            return Ok(Truth::Unknown);
        }
        let (mut holding, mut unknown, mut failing) = (0_usize, 0_usize, 0_usize);
        for member in list.members() {
            self.guard.tick(DOING)?;
            match self.truth(condition, &Local { under: bindings, variable: element, bound: member })? {
                Truth::True => holding += 1,
                Truth::Unknown => unknown += 1,
                Truth::False => failing += 1,
            }
            let settled = match quantifier {
                Quantifier::Any | Quantifier::None => holding > 0,
                Quantifier::All => failing > 0,
                Quantifier::Single => holding > 1,
            };
            if settled {
                return Ok(Truth::from(quantifier == Quantifier::Any));
            }
        }
        Ok(match quantifier {
            _ if unknown > 0 => Truth::Unknown,
            Quantifier::Any => Truth::False,
            Quantifier::All | Quantifier::None => Truth::True,
            Quantifier::Single => Truth::from(holding == 1),
        })
    }

    fn comprehension(
        &self,
        element: VariableId,
        list: &Value,
        condition: Option<&Expression>,
        projection: Option<&Expression>,
        bindings: &dyn Bindings,
    ) -> Result<Value, Stopped> {
        if list.is_null() {
            return Ok(Value::Null);
        }
        let mut made = Vec::new();
        for member in list.members() {
            self.guard.tick(DOING)?;
            let local = Local { under: bindings, variable: element, bound: member };
            let kept = condition.map_or(Ok(Truth::True), |condition| self.truth(condition, &local))?;
            if kept == Truth::True {
                made.push(projection.map_or_else(|| Ok(member.clone()), |projection| self.value(projection, &local))?);
            }
        }
        bounded(Value::List(made)).map_err(Fault::somewhere)
    }

    fn reduce(
        &self,
        (accumulator, initial): (VariableId, Value),
        (element, list): (VariableId, &Value),
        step: &Expression,
        bindings: &dyn Bindings,
    ) -> Result<Value, Stopped> {
        if list.is_null() {
            return Ok(Value::Null);
        }
        let mut made = initial;
        for member in list.members() {
            self.guard.tick(DOING)?;
            let outer = Local { under: bindings, variable: accumulator, bound: &made };
            made = self.value(step, &Local { under: &outer, variable: element, bound: member })?;
        }
        Ok(made)
    }

    fn has_labels(&self, of: &Value, labels: &[Label]) -> Result<Truth, Stopped> {
        Ok(match of {
            Value::Null => Truth::Unknown,
            Value::Entity(id) => {
                let has = |label: &Label| label.kind.is_some_and(|kind| self.graph.has_kind(*id, kind));
                Truth::from(labels.iter().all(has))
            }
            Value::Relation(id) => {
                let own = self.graph.relation_type(*id);
                Truth::from(labels.iter().all(|label| label.relation_type == Some(own)))
            }
            other => {
                let message = format!("nodes and relationships have labels and types, and this is {}", described(other));
                return Err(Fault::wrong_type(message).somewhere());
            }
        })
    }

    /// The path along variables; null where one of them is, or where they do not join.
    fn path(&self, variables: &[VariableId], bindings: &dyn Bindings) -> Value {
        let Some((first, rest)) = variables.split_first() else { return Value::Null };
        let Some(start) = bindings.entity(*first) else { return Value::Null };
        let mut path = Path { start, steps: Vec::new() };
        for pair in rest.chunks(2) {
            let taken = bindings.value(pair[0]);
            let joined = match &taken {
                Value::Relation(id) => self.step(&mut path, *id),
                Value::List(members) => members.iter().all(|member| matches!(member, Value::Relation(id) if self.step(&mut path, *id))),
                Value::Path(part) if part.start == path.end() => {
                    path.steps.extend_from_slice(&part.steps);
                    true
                }
                _ => false,
            };
            let arrives = pair.get(1).is_none_or(|node| bindings.entity(*node) == Some(path.end()));
            if !joined || !arrives {
                return Value::Null;
            }
        }
        Value::Path(Arc::new(path))
    }

    /// Takes one relation more; false if it does not touch the end of the path.
    fn step(&self, path: &mut Path, id: RelationId) -> bool {
        let (from, to, at) = (self.graph.start(id), self.graph.end(id), path.end());
        let forward = from == at;
        path.steps.push(Step { relation: id, forward, to: if forward { to } else { from } });
        forward || to == at
    }
}

/// Where an expression stands that can fail by itself.
fn place(expression: &Expression) -> crate::algebra::Written {
    match expression {
        Expression::Property(.., written)
        | Expression::Index(.., written)
        | Expression::Range(.., written)
        | Expression::Arithmetic(.., written)
        | Expression::Negate(.., written)
        | Expression::Call(.., written) => *written,
        _ => crate::algebra::Written::default(),
    }
}
