//! Projection: what `WITH` and `RETURN` carry on, grouped where they aggregate.

use std::cell::RefCell;

use crate::algebra::{Aggregate, Expression, JoinMode, Operator, VariableId};
use crate::diagnostic::{Code, Diagnostic};
use crate::query::syntax::pattern_tree::{Expression as Tree, ExpressionKind, Projection};
use crate::query::syntax::tree::Span;

use super::Resolver;
use super::aggregation::{Grouping, has_aggregate};
use super::clauses::{Output, Rows};
use super::expression::{Environment, Hidden, Known, without_blanks};
use super::fault;
use super::order::Ordering;
use super::scope::{Binding, Scope};

/// An item of a projection: a name that goes on, or an expression under a new name.
pub(super) struct Item<'t> {
    pub name: String,
    value: ItemValue<'t>,
}

enum ItemValue<'t> {
    /// Of `*`.
    Kept(Binding),
    /// Written out; whether there is an aggregate in it.
    Written(&'t Tree, bool),
}

impl Resolver<'_> {
    /// The rows of a `WITH` or a `RETURN`, with its columns.
    pub(super) fn projection(
        &mut self,
        rows: Rows,
        projection: &Projection,
        condition: Option<&Tree>,
        span: &Span,
        returns: bool,
    ) -> Result<(Rows, Vec<Output>), Diagnostic> {
        let items = self.items(&rows.scope, projection, span, returns)?;
        let grouped = items.iter().any(|item| matches!(item.value, ItemValue::Written(_, true)));
        let Rows { plan, scope: before } = rows;
        let (plan, outputs) = if grouped { self.grouped(plan, &before, &items)? } else { self.computed(plan, &before, &items)? };
        let distinct = projection.distinct;
        let keys = outputs.iter().map(|output| output.binding.variable).collect();
        let plan = if distinct { Operator::Distinct { input: Box::new(plan), keys } } else { plan };
        let mut after = before.outer();
        for output in &outputs {
            after.bind(&output.name, output.binding.clone());
        }
        let known = self.known(&items, &outputs);
        let ordering = Ordering { before: &before, after: &after, known: &known, closed: grouped || distinct, grouped };
        let plan = self.ordered(plan, projection, &ordering)?;
        let plan = self.sliced(plan, projection)?;
        let plan = match condition {
            Some(condition) => self.filtered(plan, condition, &ordering)?,
            None => plan,
        };
        Ok((Rows { plan, scope: after }, outputs))
    }

    fn items<'t>(&self, scope: &Scope, projection: &'t Projection, span: &Span, returns: bool) -> Result<Vec<Item<'t>>, Diagnostic> {
        let mut items: Vec<Item<'t>> = Vec::new();
        if let Some(place) = &projection.everything {
            items.extend(scope.own().map(|(name, binding)| Item { name: name.to_owned(), value: ItemValue::Kept(binding.clone()) }));
            // The order of names, whatever the order in which they were given, as other programs have it.
            items.sort_by(|left, right| left.name.cmp(&right.name));
            if items.is_empty() && projection.items.is_empty() && returns {
                return Err(Diagnostic::error(Code::BadColumns, "`*` stands for all variables, and there is none")
                    .at(place.clone(), "no variable")
                    .help("name what is to be returned: MATCH (n) RETURN n"));
            }
        }
        for item in &projection.items {
            let name = match (&item.alias, &item.expression.kind) {
                (Some(alias), _) => alias.value.clone(),
                (None, ExpressionKind::Variable(name)) => name.clone(),
                (None, _) if returns => self.written_text(&item.expression.span).to_owned(),
                (None, _) => {
                    return Err(Diagnostic::error(Code::BadColumns, "an expression in WITH needs a name")
                        .at(item.expression.span.clone(), "no name")
                        .help(format!("give it one: {} AS name", self.written_text(&item.expression.span))));
                }
            };
            if items.iter().any(|known| known.name == name) {
                let place = item.alias.as_ref().map_or(&item.expression.span, |alias| &alias.span);
                return Err(Diagnostic::error(Code::BadColumns, format!("two columns are called `{name}`"))
                    .at(place.clone(), "the second one")
                    .help("give one of them another name with AS"));
            }
            items.push(Item { name, value: ItemValue::Written(&item.expression, has_aggregate(&item.expression)) });
        }
        if items.is_empty() && projection.everything.is_none() {
            return Err(fault::clause("nothing is projected", span.clone(), "empty", "name what goes on, or write `*`"));
        }
        Ok(items)
    }

    /// The columns of a projection without aggregates.
    fn computed(&mut self, plan: Operator, before: &Scope, items: &[Item<'_>]) -> Result<(Operator, Vec<Output>), Diagnostic> {
        let environment = Environment::plain(before, "a place like this");
        let mut outputs = Vec::with_capacity(items.len());
        let mut made = Vec::new();
        for item in items {
            let made_of_it = self.column(item, &environment, &mut made);
            let binding = self.recovered_column(item, made_of_it);
            outputs.push(Output { name: item.name.clone(), binding });
        }
        Ok((project(plan, made), outputs))
    }

    /// The column, or one of anything at all where something is wrong with it: the others are looked at too.
    fn recovered_column(&mut self, item: &Item<'_>, made: Result<Binding, Diagnostic>) -> Binding {
        let instead = Binding::of(self.stand_in(&item.name, made.is_err()), super::sort::Sort::Any);
        self.recovered(made, || instead)
    }

    fn stand_in(&mut self, name: &str, needed: bool) -> VariableId {
        if needed { self.variable(name) } else { VariableId(0) }
    }

    /// The variable of an item without an aggregate: its own, or one that is made for it.
    fn column(
        &mut self,
        item: &Item<'_>,
        environment: &Environment<'_>,
        made: &mut Vec<(VariableId, Expression)>,
    ) -> Result<Binding, Diagnostic> {
        let tree = match &item.value {
            ItemValue::Kept(binding) => return Ok(binding.clone()),
            ItemValue::Written(tree, _) => *tree,
        };
        if let ExpressionKind::Variable(name) = &tree.kind {
            let binding = self.lookup(name, &tree.span, environment)?;
            return Ok(Binding { outer: false, ..binding.clone() });
        }
        let (expression, sort) = self.expression(tree, environment)?;
        let variable = self.variable(&item.name);
        made.push((variable, expression));
        Ok(Binding::of(variable, sort))
    }

    /// The columns of a projection with aggregates: what has none groups the rows.
    fn grouped(&mut self, plan: Operator, before: &Scope, items: &[Item<'_>]) -> Result<(Operator, Vec<Output>), Diagnostic> {
        let environment = Environment::plain(before, "a place like this");
        let mut keys: Vec<VariableId> = Vec::new();
        let mut made = Vec::new();
        let mut scope = before.outer();
        let mut known = Vec::new();
        let mut outputs: Vec<Option<Output>> = Vec::with_capacity(items.len());
        for item in items {
            if matches!(item.value, ItemValue::Written(_, true)) {
                outputs.push(None);
                continue;
            }
            let made_of_it = self.column(item, &environment, &mut made);
            let binding = self.recovered_column(item, made_of_it);
            if !keys.contains(&binding.variable) {
                keys.push(binding.variable);
            }
            self.learn_key(item, &binding, &mut scope, &mut known);
            outputs.push(Some(Output { name: item.name.clone(), binding }));
        }
        let grouping = RefCell::new(Grouping { before: before.clone(), aggregates: Vec::new() });
        let hidden = Some((before, Hidden::NotAKey));
        let beside = Environment { scope: &scope, place: "", grouping: Some(&grouping), known: &known, hidden };
        let mut after = Vec::new();
        for (item, output) in items.iter().zip(&mut outputs) {
            if output.is_some() {
                continue;
            }
            let made_of_it = self.aggregated_column(item, &beside, &mut after);
            *output = Some(Output { name: item.name.clone(), binding: self.recovered_column(item, made_of_it) });
        }
        let aggregates: Vec<(VariableId, Aggregate)> = grouping.into_inner().aggregates;
        let input = Box::new(project(plan, made));
        let mut groups = Operator::Group { input, keys, aggregates };
        if scope.outer() != Scope::default() {
            // A group keeps nothing but its keys, and what comes from around a subquery can still be used behind it.
            groups = Operator::Apply { left: Box::new(Operator::Argument), right: Box::new(groups), mode: JoinMode::Inner };
        }
        let plan = project(groups, after);
        Ok((plan, outputs.into_iter().flatten().collect()))
    }

    /// What can stand beside aggregates because the rows are grouped by it: variables and their properties.
    fn learn_key(&self, item: &Item<'_>, binding: &Binding, scope: &mut Scope, known: &mut Vec<Known>) {
        match &item.value {
            ItemValue::Kept(_) => scope.bind(&item.name, binding.clone()),
            ItemValue::Written(tree, _) => match &tree.kind {
                ExpressionKind::Variable(name) => scope.bind(name, binding.clone()),
                ExpressionKind::Property(..) => {
                    let text = without_blanks(self.written_text(&tree.span));
                    known.push(Known { text, binding: binding.clone(), simple: true });
                }
                _ => {}
            },
        }
    }

    /// The variable of an item with an aggregate: that of the aggregate, or one that is made of it.
    fn aggregated_column(
        &mut self,
        item: &Item<'_>,
        environment: &Environment<'_>,
        made: &mut Vec<(VariableId, Expression)>,
    ) -> Result<Binding, Diagnostic> {
        let ItemValue::Written(tree, _) = &item.value else { return Ok(Binding::of(VariableId(0), super::sort::Sort::Any)) };
        let (expression, sort) = self.expression(tree, environment)?;
        if let Expression::Variable(variable) = expression {
            return Ok(Binding::of(variable, sort));
        }
        let variable = self.variable(&item.name);
        made.push((variable, expression));
        Ok(Binding::of(variable, sort))
    }

    /// The texts of the items, with their columns.
    fn known(&self, items: &[Item<'_>], outputs: &[Output]) -> Vec<Known> {
        let text = |item: &Item<'_>| match &item.value {
            ItemValue::Kept(_) => item.name.clone(),
            ItemValue::Written(tree, _) => without_blanks(self.written_text(&tree.span)),
        };
        let simple = |item: &Item<'_>| match &item.value {
            ItemValue::Kept(_) | ItemValue::Written(_, true) => true,
            ItemValue::Written(tree, false) => matches!(tree.kind, ExpressionKind::Variable(_) | ExpressionKind::Property(..)),
        };
        let known =
            |(item, output): (&Item<'_>, &Output)| Known { text: text(item), binding: output.binding.clone(), simple: simple(item) };
        items.iter().zip(outputs).map(known).collect()
    }
}

/// The rows with what is computed; as they are if that is nothing.
pub(super) fn project(plan: Operator, items: Vec<(VariableId, Expression)>) -> Operator {
    if items.is_empty() { plan } else { Operator::Project { input: Box::new(plan), items } }
}
