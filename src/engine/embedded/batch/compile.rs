//! Compile: the cursors of a tree of operators, each with only the columns that somebody above asks for.

use std::rc::Rc;

use crate::algebra::{Condition, Expression, JoinMode, Operator, Selection, SubqueryKind, VariableId};
use crate::model::KindId;
use crate::store::Graph;

use super::Boxed;
use super::apply::{Apply, Inside};
use super::bridge::Bridge;
use super::call::Call;
use super::conditions::{Asserted, Cite, Filter, Known};
use super::distinct::{First, United};
use super::entities::{Argument, Entities, Socket, Unit};
use super::expand::{Expand, Expansion};
use super::group::Group;
use super::join::Join;
use super::lists::Unwind;
use super::meet::Meet;
use super::merge::Merge;
use super::needs::{self, Needs};
use super::profile::Profile;
use super::project::Project;
use super::reach::Reach;
use super::run::Demand;
use super::shortest::Shortest;
use super::signatures::Signatures;
use super::slice::Slice;
use super::sort::Sort;
use super::trail::Trail;
use super::union::Union;
use super::ways::ways;
use super::weigh::Weigh;

/// The plan of a subquery.
pub(super) struct Inner<'q> {
    pub cursor: Boxed<'q>,
    pub socket: Rc<Socket>,
    /// The variables that it may look at and that are bound outside.
    pub needs: Vec<usize>,
}

/// Makes cursors of operators.
pub(super) struct Compiler<'q, 'g> {
    graph: &'g Graph,
    demand: Demand,
    profile: Option<&'g Profile>,
    /// Where the argument's rows are, and what they bind.
    socket: Rc<Socket>,
    scope: Needs,
    /// Within an inner plan that takes many rows together: the hidden column with their numbers.
    hidden: Option<usize>,
    /// Whether one partner of each of those rows is enough.
    settles: bool,
    /// Whether rows for which a condition is unknown are counted above.
    ghosts: bool,
    next_column: usize,
    inner: Vec<(usize, Inner<'q>)>,
}

impl<'q, 'g> Compiler<'q, 'g> {
    pub fn new(graph: &'g Graph, variables: usize, demand: Demand, profile: Option<&'g Profile>) -> Compiler<'q, 'g> {
        Compiler {
            graph,
            demand,
            profile,
            socket: Rc::default(),
            scope: Needs::default(),
            hidden: None,
            settles: false,
            ghosts: false,
            next_column: variables,
            inner: Vec::new(),
        }
    }

    /// The plans of the subqueries of all expressions, by where they are in memory.
    pub fn inner(self) -> Vec<(usize, Inner<'q>)> {
        self.inner
    }

    /// The cursor of an operator, which makes these columns of those that it binds.
    pub fn compile(&mut self, operator: &'q Operator, needs: &Needs) -> Boxed<'q> {
        let place = self.profile.map(Profile::place);
        self.register(operator);
        let cursor = self.cursor(operator, needs);
        match (self.profile, place) {
            (Some(profile), Some(place)) => profile.measured(place, cursor),
            _ => cursor,
        }
    }

    fn marked(&self) -> bool {
        self.demand == Demand::Evidence
    }

    /// What an operator's input has to make: what is needed above, and what the operator looks at.
    fn below(&self, operator: &'q Operator, needs: &Needs) -> Needs {
        let mut below = needs.clone();
        needs::of_operator(operator, &mut below);
        below
    }

    /// Compiles the plans of the subqueries that stand in an operator's expressions.
    fn register(&mut self, operator: &'q Operator) {
        for expression in needs::expressions(operator) {
            let (plans, locals) = needs::subqueries(expression);
            if plans.is_empty() {
                continue;
            }
            let outside = operator.inputs().into_iter().fold(Needs::default(), |all, input| all.united(&needs::bound(input, &self.scope)));
            // A projection may look at what it has just bound.
            let outside = match operator {
                Operator::Project { items, .. } => outside.and(&items.iter().map(|(variable, _)| *variable).collect::<Vec<_>>()),
                _ => outside,
            };
            let outside = match operator {
                Operator::Trail { each: Some((relation, _)), .. } => outside.and(&[*relation]),
                _ => outside,
            };
            let outside = outside.and(&locals);
            for (kind, plan) in plans {
                let inner = self.inner_plan(kind, plan, &outside);
                self.inner.push((std::ptr::from_ref(plan) as usize, inner));
            }
        }
    }

    /// The plan of a subquery, where these variables are bound outside.
    pub fn inner_plan(&mut self, kind: &'q SubqueryKind, plan: &'q Operator, outside: &Needs) -> Inner<'q> {
        let socket = Rc::<Socket>::default();
        let mut mentioned = Needs::default();
        needs::of_plan(plan, &mut mentioned);
        let mut wanted = Needs::default();
        if let SubqueryKind::Collect(expression) = kind {
            needs::of_expression(expression, &mut wanted);
            needs::of_expression(expression, &mut mentioned);
        }
        let before = (self.demand, self.profile, self.hidden, self.settles, self.ghosts);
        (self.demand, self.profile, self.hidden, self.settles, self.ghosts) = (Demand::Rows, None, None, false, false);
        let socket_before = std::mem::replace(&mut self.socket, Rc::clone(&socket));
        let scope_before = std::mem::replace(&mut self.scope, outside.clone());
        let cursor = self.compile(plan, &wanted);
        if let SubqueryKind::Collect(expression) = kind {
            let here = needs::bound(plan, outside);
            for (kind, plan) in needs::subqueries(expression).0 {
                let inner = self.inner_plan(kind, plan, &here.clone().and(&needs::subqueries(expression).1));
                self.inner.push((std::ptr::from_ref(plan) as usize, inner));
            }
        }
        (self.demand, self.profile, self.hidden, self.settles, self.ghosts) = before;
        (self.socket, self.scope) = (socket_before, scope_before);
        let needs = mentioned.positions().into_iter().filter(|at| outside.has(*at)).collect();
        Inner { cursor, socket, needs }
    }

    fn cursor(&mut self, operator: &'q Operator, needs: &Needs) -> Boxed<'q> {
        let below = self.below(operator, needs);
        let keep = needs.positions();
        match operator {
            Operator::Unit => Box::new(Unit { marked: self.marked(), served: false }),
            Operator::Argument => Box::new(Argument { socket: Rc::clone(&self.socket), columns: keep, served: false }),
            Operator::Entities { input, entity, selection } => match (input.as_ref(), selection) {
                (Operator::Expand { to, .. }, Selection::Kinds(kinds)) if to == entity && !self.marked() => {
                    self.expand(input, needs, vec![kinds.clone()], true)
                }
                _ => Box::new(Entities::new(self.compile(input, &below), entity.index(), selection, keep)),
            },
            Operator::Expand { .. } => self.expand(operator, needs, Vec::new(), false),
            Operator::Filter { input, conditions } => match (input.as_ref(), end_kinds(input, conditions)) {
                (Operator::Expand { .. }, Some(kinds)) if !self.marked() => self.expand(input, needs, kinds, true),
                _ => Box::new(Filter::new(self.compile(input, &below), conditions, self.ghosts, self.marked())),
            },
            Operator::Weigh { input, from, to, routes, kinds, unlike } => Box::new(Weigh {
                input: self.compile(input, &below),
                from: from.index(),
                to: to.map(VariableId::index),
                ways: ways(routes),
                kinds,
                unlike: places(unlike),
            }),
            Operator::Asserted { input, relations } => {
                if self.graph.has_denials() {
                    Box::new(Asserted { input: self.compile(input, &below), relations: places(relations) })
                } else {
                    self.compile(input, needs)
                }
            }
            Operator::Cite { input, support, cited } => {
                let place = |variable: &Option<VariableId>| variable.map(VariableId::index);
                Box::new(Cite { input: self.compile(input, &below), support: place(support), cited: place(cited) })
            }
            Operator::Known { input } => {
                let marked = self.marked();
                let before = std::mem::replace(&mut self.ghosts, marked);
                let input = self.compile(input, &below);
                self.ghosts = before;
                Box::new(Known { input })
            }
            Operator::Project { input, items } => self.project(input, items, needs),
            Operator::Unwind { input, list, element, keep_empty } => {
                Box::new(Unwind::new(self.compile(input, &below), list, element.index(), *keep_empty, keep))
            }
            Operator::Distinct { input, keys } => {
                let input = self.compile(input, &below);
                let keys = self.with_hidden(keys);
                if self.marked() { Box::new(United::new(input, keys)) } else { Box::new(First::new(input, keys)) }
            }
            Operator::Group { input, keys, aggregates } => {
                let mut wanted = Needs::default();
                needs::of_operator(operator, &mut wanted);
                let carried = keep.into_iter().filter(|at| self.scope.has(*at)).collect();
                let outside = (Rc::clone(&self.socket), carried);
                Box::new(Group::new(self.compile(input, &wanted), places(keys), aggregates, outside, self.marked()))
            }
            Operator::Merge { input, keys } => {
                let input = self.compile(input, &Needs::default().and(keys));
                Box::new(Merge::new(input, places(keys)))
            }
            Operator::Union { inputs } => {
                let inputs = inputs.iter().map(|input| self.compile(input, &below)).collect();
                Box::new(Union { inputs, at: 0 })
            }
            Operator::Slice { input, skip, limit } => self.slice(input, needs, *skip, *limit),
            Operator::Sort { input, keys, columns } => Box::new(Sort::new(self.compile(input, &below), keys, places(columns), None)),
            Operator::Join { left, right, on, mode } => {
                let left = self.compile(left, &below);
                let wanted = if matches!(mode, JoinMode::Semi | JoinMode::Without) { Needs::default().and(on) } else { below };
                let right = self.compile(right, &wanted);
                Box::new(Join::new(left, right, places(on), *mode, keep))
            }
            Operator::Apply { left, right, mode } => self.apply(left, right, *mode, needs),
            Operator::Meet { .. } | Operator::Reach { .. } | Operator::Trail { .. } => self.far(operator, &below, needs),
            Operator::Signatures { from, relation_type, to } => {
                let (from, relation_type, to) = (*from, *relation_type, *to);
                Box::new(Signatures { from, relation_type, to, marked: self.marked(), ready: None })
            }
            Operator::Call { input, procedure, arguments, yields } => {
                Box::new(Call::new(self.compile(input, &below), (*procedure, arguments), yields, keep))
            }
            Operator::Paths { input, from, to, path, hops } if hops.parallel => {
                let places = (from.index(), to.index(), path.index());
                Box::new(Shortest::new(self.compile(input, &below), places, hops, keep))
            }
            Operator::Paths { .. }
            | Operator::Around { .. }
            | Operator::About { .. }
            | Operator::Mentions { .. }
            | Operator::Given { .. }
            | Operator::Relations { .. }
            | Operator::Find { .. } => self.bridge(operator, &below),
        }
    }

    /// The cursors of what leads further than one relation.
    fn far(&mut self, operator: &'q Operator, below: &Needs, needs: &Needs) -> Boxed<'q> {
        let keep = needs.positions();
        match operator {
            Operator::Meet { input, arms, to, kinds } => {
                Box::new(Meet::new(self.compile(input, below), arms, (to.index(), needs.has(to.index())), kinds, keep))
            }
            Operator::Reach { input, from, to, routes, least, most } => {
                let ends = (from.index(), to.index(), needs.has(to.index()));
                Box::new(Reach::new(self.compile(input, below), ends, ways(routes), (*least, *most), keep))
            }
            Operator::Trail { input, .. } => Box::new(Trail::new(self.compile(input, below), operator, needs, self.marked())),
            _ => Box::new(Unit { marked: false, served: true }),
        }
    }

    fn expand(&mut self, operator: &'q Operator, needs: &Needs, kinds: Vec<Vec<KindId>>, fused: bool) -> Boxed<'q> {
        let Operator::Expand { input, from, relation, to, routes, unlike } = operator else {
            return self.compile(operator, needs);
        };
        if let (true, Some(profile)) = (fused, self.profile) {
            profile.fused(profile.place());
        }
        let below = self.below(operator, needs);
        let settled = self.settles.then(|| self.hidden.map(|hidden| (Rc::clone(&self.socket), hidden))).flatten();
        let what = Expansion {
            from: from.index(),
            relation: relation.index(),
            to: to.index(),
            ways: ways(routes),
            unlike: places(unlike),
            kinds,
            keep: needs.positions(),
            needs_relation: self.marked() || needs.has(relation.index()),
            settled,
        };
        Box::new(Expand::new(self.compile(input, &below), what))
    }

    fn project(&mut self, input: &'q Operator, items: &'q [(VariableId, Expression)], needs: &Needs) -> Boxed<'q> {
        let mut wanted = needs.clone();
        // What a later item looks at is needed too.
        let mut kept: Vec<(VariableId, &'q Expression)> = Vec::new();
        for (variable, expression) in items.iter().rev() {
            if wanted.has(variable.index()) {
                wanted = wanted.without(*variable).and_of(expression);
                kept.push((*variable, expression));
            }
        }
        kept.reverse();
        let mut drop: Vec<usize> = wanted.positions();
        drop.retain(|at| !needs.has(*at));
        Box::new(Project { input: self.compile(input, &wanted), items: kept, drop, rest: None })
    }

    fn slice(&mut self, input: &'q Operator, needs: &Needs, skip: u64, limit: Option<u64>) -> Boxed<'q> {
        let drains = self.marked() && self.counts(input);
        if let (Operator::Sort { input: rows, keys, columns }, Some(limit)) = (input, limit) {
            let place = self.profile.map(Profile::place);
            self.register(input);
            let below = self.below(input, needs);
            let most = usize::try_from(skip.saturating_add(limit)).unwrap_or(usize::MAX);
            let rows = self.compile(rows, &below);
            let sort: Boxed<'q> = Box::new(Sort::new(rows, keys, places(columns), Some(most)));
            let sort = match (self.profile, place) {
                (Some(profile), Some(place)) => profile.measured(place, sort),
                _ => sort,
            };
            return Box::new(Slice::new(sort, skip, Some(limit), drains));
        }
        Box::new(Slice::new(self.compile(input, needs), skip, limit, drains))
    }

    /// Whether a plan counts rows that it leaves out: then it has to be run to its end.
    fn counts(&self, plan: &Operator) -> bool {
        let mut open = vec![plan];
        while let Some(operator) = open.pop() {
            match operator {
                Operator::Known { .. } => return true,
                Operator::Asserted { .. } if self.graph.has_denials() => return true,
                _ => open.extend(operator.inputs()),
            }
        }
        false
    }

    fn apply(&mut self, left: &'q Operator, right: &'q Operator, mode: JoinMode, needs: &Needs) -> Boxed<'q> {
        let mut mentioned = Needs::default();
        needs::of_plan(right, &mut mentioned);
        let scope = needs::bound(left, &self.scope);
        let binds: Vec<usize> = needs::bound(right, &scope).positions().into_iter().filter(|at| !scope.has(*at)).collect();
        let left = self.compile(left, &needs.clone().united(&mentioned));
        let together = goes_row_by_row(right);
        let hidden = self.next_column;
        self.next_column += 1;
        let only_existence = matches!(mode, JoinMode::Semi | JoinMode::Without);
        let mut wanted = if only_existence { Needs::default() } else { needs.clone() };
        wanted.add(hidden);
        let socket = Rc::<Socket>::default();
        let before = (self.hidden, self.settles);
        (self.hidden, self.settles) = (together.then_some(hidden), only_existence && together);
        let socket_before = std::mem::replace(&mut self.socket, Rc::clone(&socket));
        let scope_before = std::mem::replace(&mut self.scope, scope);
        let right = self.compile(right, &wanted);
        (self.hidden, self.settles) = before;
        (self.socket, self.scope) = (socket_before, scope_before);
        Box::new(Apply::new(left, Inside { right, socket, hidden, together, binds }, mode, needs.positions()))
    }

    fn bridge(&mut self, operator: &'q Operator, below: &Needs) -> Boxed<'q> {
        let input = operator.inputs().first().map(|input| self.compile(input, below));
        Box::new(Bridge::new(operator, input, self.marked()))
    }

    /// Rows that are made of different rows of the argument are never the same.
    fn with_hidden(&self, keys: &[VariableId]) -> Vec<usize> {
        let mut keys = places(keys);
        keys.extend(self.hidden);
        keys
    }
}

/// The positions of variables.
pub(super) fn places(variables: &[VariableId]) -> Vec<usize> {
    variables.iter().map(|variable| variable.index()).collect()
}

/// The kinds that conditions ask of the end of an expansion, if they ask nothing else.
fn end_kinds(input: &Operator, conditions: &[Condition]) -> Option<Vec<Vec<KindId>>> {
    let Operator::Expand { to, .. } = input else { return None };
    let mut kinds = Vec::new();
    for condition in conditions {
        let Expression::HasLabels(tested, labels) = &condition.expression else { return None };
        if **tested != Expression::Variable(*to) {
            return None;
        }
        for label in labels {
            kinds.push(label.kind.map(|kind| vec![kind]).unwrap_or_default());
        }
    }
    Some(kinds)
}

/// Whether a plan makes its rows of one row of its argument after the other, in their order.
fn goes_row_by_row(plan: &Operator) -> bool {
    let mut open = vec![plan];
    while let Some(operator) = open.pop() {
        match operator {
            Operator::Argument
            | Operator::Entities { .. }
            | Operator::Expand { .. }
            | Operator::Trail { .. }
            | Operator::Weigh { .. }
            | Operator::Meet { .. }
            | Operator::Reach { .. }
            | Operator::Asserted { .. }
            | Operator::Filter { .. }
            | Operator::Project { .. }
            | Operator::Unwind { .. }
            | Operator::Distinct { .. } => open.extend(operator.inputs()),
            Operator::Apply { left, .. } => open.push(left),
            Operator::Paths { hops, input, .. } if hops.parallel => open.push(input),
            _ => return false,
        }
    }
    true
}
