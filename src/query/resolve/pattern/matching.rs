//! Matching: the nodes of `MATCH`, from a bound one on, with labels, properties and conditions where they can first be decided.

use std::collections::BTreeSet;

use crate::algebra::{Condition, Expression, Operator, Route, Selection, VariableId};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Comparison, Value};
use crate::query::syntax::pattern_tree::{BinaryOperator, Expression as Tree, ExpressionKind, NodePattern, PatternPart};
use crate::query::syntax::tree::Spanned;

use super::clauses::Rows;
use super::expression::{Environment, operands};
use super::fault;
use super::scope::{Binding, Scope};
use super::sort::Sort;
use super::{Resolver, written};

/// A `MATCH` while its rows are made.
pub(super) struct Match {
    pub plan: Operator,
    pub scope: Scope,
    /// Variables that have a value already.
    pub bound: BTreeSet<VariableId>,
    /// Variables bound before that are known to have a value.
    present: BTreeSet<VariableId>,
    /// Relations, and lists of them, that must differ.
    pub relations: Vec<VariableId>,
    /// Those of them that are lists.
    pub lists: BTreeSet<VariableId>,
    /// Relations that must be asserted.
    pub asserted: Vec<VariableId>,
    /// Names of relationships that this match binds.
    pub named: BTreeSet<String>,
    /// The routes of shortest ways that a condition gives, by the name of the path.
    pub ways: Vec<(String, Vec<Route>)>,
    /// Conditions that need what is bound later.
    deferred: Vec<Deferred>,
}

/// What an inline condition says of a node or a relationship.
enum Deferred {
    Property(VariableId, Sort, Spanned<String>, Tree),
    Condition(Tree),
}

impl Match {
    pub fn new(rows: Rows) -> Match {
        let bound = rows.scope.names().filter_map(|name| rows.scope.get(name)).map(|binding| binding.variable).collect();
        Match {
            plan: rows.plan,
            scope: rows.scope,
            bound,
            present: BTreeSet::new(),
            relations: Vec::new(),
            lists: BTreeSet::new(),
            asserted: Vec::new(),
            named: BTreeSet::new(),
            ways: Vec::new(),
            deferred: Vec::new(),
        }
    }

    /// Makes the rows of an operator of the rows so far.
    pub fn step(&mut self, make: impl FnOnce(Box<Operator>) -> Operator) {
        let input = std::mem::replace(&mut self.plan, Operator::Unit);
        self.plan = make(Box::new(input));
    }

    /// Keeps the rows of which something holds.
    pub fn filter(&mut self, expression: Expression, text: impl Into<String>) {
        let condition = Condition { expression, text: text.into(), field: None };
        if let Operator::Filter { conditions, .. } = &mut self.plan {
            conditions.push(condition);
        } else {
            self.step(|input| Operator::Filter { input, conditions: vec![condition] });
        }
    }

    /// Keeps the rows that have a value for a variable that was bound before.
    pub fn require(&mut self, binding: &Binding, name: &str) {
        let certain = !binding.nullable && !matches!(binding.sort, Sort::Any | Sort::Null);
        if !certain && self.bound.contains(&binding.variable) && self.present.insert(binding.variable) {
            self.filter(Expression::IsPresent(Box::new(Expression::Variable(binding.variable))), format!("{name} IS NOT NULL"));
        }
    }
}

impl Resolver<'_> {
    /// The rows of a `MATCH` with its condition.
    pub(super) fn matching(&mut self, rows: Rows, patterns: &[PatternPart], condition: Option<&Tree>) -> Result<Rows, Diagnostic> {
        let mut matching = Match::new(rows);
        matching.ways = self.mixed_routes(patterns, condition);
        for pattern in patterns {
            self.pattern_part(&mut matching, pattern)?;
        }
        self.finish_match(matching, condition)
    }

    /// The rows of patterns that are all there, with what is left to be asked of them.
    pub(super) fn finish_match(&mut self, mut matching: Match, condition: Option<&Tree>) -> Result<Rows, Diagnostic> {
        for deferred in std::mem::take(&mut matching.deferred) {
            match deferred {
                Deferred::Property(variable, sort, name, value) => {
                    let made = self.property_condition(&matching.scope, variable, &sort, &name, &value);
                    let (expression, text) = self.recovered(made, || (Expression::Literal(Value::Null), String::new()));
                    matching.filter(expression, text);
                }
                Deferred::Condition(condition) => self.keep(&mut matching, &condition)?,
            }
        }
        if let Some(condition) = condition {
            self.keep(&mut matching, condition)?;
        }
        let Match { mut plan, scope, asserted, .. } = matching;
        if !asserted.is_empty() {
            plan = Operator::Asserted { input: Box::new(plan), relations: asserted };
        }
        Ok(Rows { plan, scope })
    }

    fn keep(&mut self, matching: &mut Match, condition: &Tree) -> Result<(), Diagnostic> {
        for part in operands(condition, BinaryOperator::And) {
            if matching.ways.iter().any(|(path, _)| self.routes_of(part, path).is_some()) {
                continue;
            }
            let made = self.condition(part, &Environment::plain(&matching.scope, "WHERE"));
            let expression = self.recovered(made, || Expression::Literal(Value::Null));
            matching.filter(expression, self.written_text(&part.span));
        }
        Ok(())
    }

    fn pattern_part(&mut self, matching: &mut Match, part: &PatternPart) -> Result<(), Diagnostic> {
        self.more_steps(1 + part.steps.len(), &part.span)?;
        if part.shortest.is_some() {
            return self.shortest(matching, part);
        }
        let chain = self.chain(matching, part)?;
        if let Some(name) = &part.variable {
            let elements = chain.elements();
            self.bind_path(matching, name, |variable, input| Operator::Project {
                input,
                items: vec![(variable, Expression::Path(elements))],
            })?;
        }
        Ok(())
    }

    /// Gives a path its name.
    pub(super) fn bind_path(
        &mut self,
        matching: &mut Match,
        name: &Spanned<String>,
        make: impl FnOnce(VariableId, Box<Operator>) -> Operator,
    ) -> Result<(), Diagnostic> {
        if matching.scope.get(&name.value).is_some() {
            return Err(fault::bound(name, "a path"));
        }
        let variable = self.variable(&name.value);
        matching.step(|input| make(variable, input));
        matching.scope.bind(&name.value, Binding::present(variable, Sort::Path));
        matching.bound.insert(variable);
        Ok(())
    }

    /// The variable of a node; a new name is given to it.
    pub(super) fn node_variable(&mut self, matching: &mut Match, node: &NodePattern) -> Result<VariableId, Diagnostic> {
        let Some(name) = &node.variable else { return Ok(self.variable("_node")) };
        if let Some(binding) = matching.scope.get(&name.value) {
            self.used.insert(binding.variable);
            if !binding.sort.may_be_node() {
                return Err(fault::conflict(name, &binding.sort, &Sort::Node));
            }
            return Ok(binding.variable);
        }
        let variable = self.variable(&name.value);
        matching.scope.bind(&name.value, Binding::present(variable, Sort::Node));
        Ok(variable)
    }

    /// Requires a value of a node that was bound before the match.
    pub(super) fn require_node(&mut self, matching: &mut Match, node: &NodePattern) {
        if let Some(name) = &node.variable
            && let Some(binding) = matching.scope.get(&name.value).cloned()
        {
            matching.require(&binding, &name.value);
        }
    }

    /// The rows with a node: found by a label if it is new, and tested.
    pub(super) fn place_node(&mut self, matching: &mut Match, node: &NodePattern, variable: VariableId) -> Result<(), Diagnostic> {
        let mut labels = node.labels.as_slice();
        if matching.bound.insert(variable) {
            let selection = match labels {
                [] => Selection::Any,
                [first, others @ ..] => {
                    labels = others;
                    Selection::Kinds(self.node_label(first).into_iter().collect())
                }
            };
            matching.step(|input| Operator::Entities { input, entity: variable, selection });
        } else {
            self.require_node(matching, node);
        }
        self.test_node(matching, node, variable, labels)
    }

    /// What a node that is bound must satisfy.
    pub(super) fn test_node(
        &mut self,
        matching: &mut Match,
        node: &NodePattern,
        variable: VariableId,
        labels: &[Spanned<String>],
    ) -> Result<(), Diagnostic> {
        if let (Some(first), Some(last)) = (labels.first(), labels.last()) {
            let named = node.variable.as_ref().map_or("", |name| name.value.as_str());
            let text = format!("{named}:{}", self.written_text(&(first.span.start..last.span.end)));
            let labels = labels.iter().map(|label| self.label(label, &Sort::Node)).collect();
            matching.filter(Expression::HasLabels(Box::new(Expression::Variable(variable)), labels), text);
        }
        self.test_properties(matching, variable, &Sort::Node, node.properties.as_ref())?;
        if let Some(condition) = &node.condition {
            self.test_condition(matching, condition)?;
        }
        Ok(())
    }

    /// The conditions of a property map, where they can be decided already.
    pub(super) fn test_properties(
        &mut self,
        matching: &mut Match,
        variable: VariableId,
        sort: &Sort,
        properties: Option<&Tree>,
    ) -> Result<(), Diagnostic> {
        for (name, value) in property_map(properties)? {
            let before = self.warnings.len();
            self.used.clear();
            if let Ok((expression, text)) = self.property_condition(&matching.scope, variable, sort, name, value)
                && matching.can_decide(&self.used)
            {
                matching.filter(expression, text);
            } else {
                self.warnings.truncate(before);
                matching.deferred.push(Deferred::Property(variable, sort.clone(), name.clone(), value.clone()));
            }
        }
        Ok(())
    }

    pub(super) fn test_condition(&mut self, matching: &mut Match, condition: &Tree) -> Result<(), Diagnostic> {
        // An inline condition may speak of what stands to its right; all of it is there at the end.
        matching.deferred.push(Deferred::Condition(condition.clone()));
        Ok(())
    }

    /// That a property has a value.
    pub(super) fn property_condition(
        &mut self,
        scope: &Scope,
        variable: VariableId,
        sort: &Sort,
        name: &Spanned<String>,
        value: &Tree,
    ) -> Result<(Expression, String), Diagnostic> {
        self.check_property(sort, &name.value, &name.span);
        self.check_given(sort, &name.value, &name.span, value);
        let text = self.written_text(&(name.span.start..value.span.end)).to_owned();
        let (wanted, _) = self.expression(value, &Environment::plain(scope, "a pattern"))?;
        let property = Expression::Property(Box::new(Expression::Variable(variable)), name.value.as_str().into(), written(&name.span));
        Ok((Expression::Cypher(Comparison::Equal, Box::new(property), Box::new(wanted)), text))
    }
}

impl Match {
    /// Whether these variables, which an expression speaks of, are bound.
    fn can_decide(&self, used: &BTreeSet<VariableId>) -> bool {
        let named = self.scope.names().filter_map(|name| self.scope.get(name)).map(|binding| binding.variable);
        named.into_iter().all(|variable| !used.contains(&variable) || self.bound.contains(&variable))
    }

    /// No rows.
    pub fn nothing(&mut self, text: &str) {
        self.filter(Expression::Literal(Value::Boolean(false)), text);
    }
}

/// The entries of a property map.
pub(super) fn property_map(properties: Option<&Tree>) -> Result<&[(Spanned<String>, Tree)], Diagnostic> {
    match properties {
        None => Ok(&[]),
        Some(Tree { kind: ExpressionKind::Map(entries), .. }) => Ok(entries),
        Some(Tree { kind: ExpressionKind::Parameter(name), span }) => {
            let message = "a parameter cannot stand for all properties of a pattern";
            Err(Diagnostic::error(Code::BadGraphPattern, message)
                .at(span.clone(), "a parameter")
                .help(format!("name the properties: {{name: ${name}.name}}")))
        }
        Some(Tree { span, .. }) => Err(Diagnostic::error(Code::BadGraphPattern, "the properties of a pattern are a map")
            .at(span.clone(), "no map")
            .help("write them so: {name: 'x'}")),
    }
}
