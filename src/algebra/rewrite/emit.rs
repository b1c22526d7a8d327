//! Emit: the operators that match a region in given steps, each test at the first place where it can be made.

use super::order::{Step, may_unite};
use super::planner::{Ask, Multiplicity, Planner};
use super::region::{Edge, Items, Region, Test, TestKind};
use super::set::VariableSet;
use crate::algebra::{Arm, Expression, Operator, Selection, VariableId};

/// What has been emitted of a region so far.
struct Emission<'a, 'p> {
    region: Region,
    ask: &'a Ask,
    planner: &'a mut Planner<'p>,
    operator: Operator,
    bound: VariableSet,
    done: Vec<bool>,
    tests: Vec<Option<Test>>,
    /// From which ends each edge is only asked what it reaches.
    reached: Vec<[bool; 2]>,
}

/// The operators of a region, in these steps.
pub(super) fn emit(mut region: Region, steps: Vec<Step>, ask: &Ask, planner: &mut Planner) -> Operator {
    let reached = region
        .edges
        .iter()
        .enumerate()
        .map(|(place, edge)| [edge.from, edge.to].map(|from| super::reach::can_reach(&region, place, from, ask, planner)));
    let reached = reached.collect();
    let base = std::mem::replace(&mut region.base, Operator::Unit);
    let asserted = std::mem::take(&mut region.asserted);
    let items = std::mem::take(&mut region.items);
    let tests = std::mem::take(&mut region.tests).into_iter().map(Some).collect();
    let last = planner.counts_denials;
    let (asserted, mut at_last) = if last { (Vec::new(), asserted) } else { (asserted, Vec::new()) };
    if last {
        at_last.extend(region.edges.iter().filter(|edge| edge.asserted && !planner.is_undenied(edge)).map(|edge| edge.relation));
    }
    let operator = if asserted.is_empty() { base } else { Operator::Asserted { input: Box::new(base), relations: asserted } };
    let (bound, done) = (region.bound.clone(), vec![false; region.edges.len()]);
    let mut emission = Emission { region, ask, planner, operator, bound, done, tests, reached };
    emission.narrow_bound();
    emission.test(false);
    for step in steps {
        emission.step(step);
        emission.test(false);
    }
    emission.compute(items);
    emission.test(true);
    if !at_last.is_empty() {
        emission.extend(|input| Operator::Asserted { input, relations: at_last });
    }
    emission.operator
}

impl Emission<'_, '_> {
    /// Puts an operator on top of what there is.
    fn extend(&mut self, make: impl FnOnce(Box<Operator>) -> Operator) {
        let input = std::mem::replace(&mut self.operator, Operator::Unit);
        self.operator = make(Box::new(input));
    }

    /// Computes what is asked for beside the matches, and makes the tests that waited for it.
    fn compute(&mut self, items: Vec<Items>) {
        for mut items in items {
            let outer = self.bound.clone();
            items.iter().for_each(|(variable, _)| self.bound.insert(*variable));
            for (_, value) in &mut items {
                let planned = std::mem::replace(value, Expression::Literal(crate::model::Value::Null));
                *value = self.planner.subqueries(planned, &outer, self.ask);
            }
            self.extend(|input| Operator::Project { input, items });
            self.test(false);
        }
    }

    /// The nodes that the base binds are tested at once.
    fn narrow_bound(&mut self) {
        for place in 0..self.region.nodes.len() {
            if self.region.nodes[place].bound {
                self.narrow(place, &[]);
            }
        }
    }

    /// Keeps the rows whose entity is among the selections of its node, apart from those that hold anyway.
    fn narrow(&mut self, place: usize, settled: &[Selection]) {
        let node = &self.region.nodes[place];
        let entity = node.variable;
        let exactly = node.exactly.filter(|_| !node.bound).map(Selection::Exactly);
        let mut selections: Vec<Selection> = node.selections.iter().cloned().chain(exactly).collect();
        selections.retain(|selection| !settled.contains(selection) && !self.planner.always(&self.region, place, selection));
        for selection in selections {
            self.extend(|input| Operator::Entities { input, entity, selection });
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Start(place) => self.start(place),
            Step::Follow(edge, from) => self.follow(edge, from),
            Step::Weigh(edge, from) => self.weigh(edge, from),
            Step::Meet(node, arms) => self.meet(node, &arms),
            Step::Unite => self.unite(),
        }
    }

    fn start(&mut self, place: usize) {
        let node = &self.region.nodes[place];
        let entity = node.variable;
        let selection = match node.exactly {
            Some(exact) => Selection::Exactly(exact),
            None => self.planner.best_selection(&self.region, place),
        };
        let settled = [selection.clone()];
        self.extend(|input| Operator::Entities { input, entity, selection });
        self.bound.insert(entity);
        if self.region.nodes[place].exactly.is_none() {
            self.narrow(place, &settled);
        } else {
            let others: Vec<Selection> = self.region.nodes[place].selections.clone();
            others.into_iter().for_each(|selection| self.extend(|input| Operator::Entities { input, entity, selection }));
        }
    }

    /// The variables of relations that an edge must not take again: those that are matched already.
    fn unlike(&self, place: usize) -> Vec<VariableId> {
        let own = self.region.edges[place].unlike.iter().copied();
        let partners = self.region.unlike.iter().filter_map(|(one, other)| match place {
            _ if *one == place && self.done[*other] => Some(*other),
            _ if *other == place && self.done[*one] => Some(*one),
            _ => None,
        });
        own.chain(partners.map(|partner| self.region.edges[partner].relation)).collect()
    }

    fn follow(&mut self, place: usize, from: usize) {
        let unlike = self.unlike(place);
        let reach = self.reached[place][usize::from(self.region.edges[place].from != from)]
            && !self.bound.contains(self.region.nodes[self.region.edges[place].other(from)].variable);
        let edge = &self.region.edges[place];
        let node = edge.other(from);
        let (relation, routes) = (edge.relation, edge.routes_from(from));
        let (from, to) = (self.region.nodes[from].variable, self.region.nodes[node].variable);
        let (trail, asserted) = (edge.trail.clone(), edge.asserted && !self.planner.counts_denials && !self.planner.is_undenied(edge));
        self.extend(|input| match trail {
            Some(trail) if reach => Operator::Reach { input, from, to, routes, least: trail.least, most: trail.most },
            Some(trail) => Operator::Trail {
                input,
                from,
                relations: relation,
                to,
                routes,
                least: trail.least,
                most: trail.most,
                unlike,
                each: trail.each,
            },
            None => Operator::Expand { input, from, relation, to, routes, unlike },
        });
        if asserted {
            self.extend(|input| Operator::Asserted { input, relations: vec![relation] });
        }
        let new = !self.bound.contains(to);
        self.bound.insert(relation);
        self.bound.insert(to);
        self.done[place] = true;
        if new {
            self.narrow(node, &[]);
        }
    }

    fn weigh(&mut self, place: usize, from: usize) {
        let unlike = self.unlike(place);
        let edge = &self.region.edges[place];
        let node = edge.other(from);
        let routes = edge.routes_from(from);
        let kinds = self.planner.kind_of_leaf(&self.region, node).unwrap_or_default();
        let from = self.region.nodes[from].variable;
        // A leaf that must be one entity is bound before; all others are free.
        self.extend(|input| Operator::Weigh { input, from, to: None, routes, kinds, unlike });
        self.done[place] = true;
    }

    fn meet(&mut self, node: usize, arms: &[usize]) {
        let mut made: Vec<Arm> = Vec::with_capacity(arms.len());
        let ends: Vec<usize> = arms.iter().map(|arm| self.region.edges[*arm].other(node)).collect();
        for (place, from) in arms.iter().zip(&ends) {
            let edge: &Edge = &self.region.edges[*place];
            made.push(Arm { from: self.region.nodes[*from].variable, routes: edge.routes_from(*from), unlike: self.unlike(*place) });
        }
        // The arm whose start changes least often comes first.
        let mut order = Vec::new();
        binding_order(&self.operator, &mut order);
        made.sort_by_key(|arm| order.iter().rev().position(|variable| *variable == arm.from).map_or(0, |position| position + 1));
        let to = self.region.nodes[node].variable;
        let kinds = self.planner.kind_of_leaf(&self.region, node).unwrap_or_default();
        let settled: Vec<Selection> = if kinds.is_empty() { Vec::new() } else { vec![Selection::Kinds(kinds.clone())] };
        self.extend(|input| Operator::Meet { input, arms: made, to, kinds });
        self.bound.insert(to);
        arms.iter().for_each(|arm| self.done[*arm] = true);
        self.narrow(node, &settled);
    }

    /// Makes the tests that can be made; at last all of them.
    fn test(&mut self, last: bool) {
        let mut conditions = Vec::new();
        let mut partners = Vec::new();
        for place in &mut self.tests {
            if place.as_ref().is_some_and(|test| last || test.movable && test.uses.is_within(&self.bound)) {
                match place.take() {
                    Some(Test { kind: TestKind::Condition(condition), share, .. }) => conditions.push((share, condition)),
                    Some(Test { kind: TestKind::Existence(plan, mode), uses, .. }) => partners.push((plan, mode, uses)),
                    None => {}
                }
            }
        }
        if !conditions.is_empty() {
            let outer = self.bound.clone();
            let conditions = conditions
                .into_iter()
                .map(|(_, condition)| crate::algebra::Condition {
                    expression: self.planner.subqueries(condition.expression, &outer, self.ask),
                    ..condition
                })
                .collect();
            self.extend(|input| Operator::Filter { input, conditions });
        }
        for (position, (plan, mode, uses)) in partners.into_iter().enumerate() {
            if position == 0 && self.worth_uniting(&uses) {
                self.unite_with(&uses);
            }
            let right = self.planner.partner(plan, &self.bound);
            self.extend(|left| Operator::Apply { left, right: Box::new(right), mode });
        }
    }

    /// What is bound and still asked for.
    fn live(&self) -> VariableSet {
        let mut live = self.ask.needed.clone();
        for (place, edge) in self.region.edges.iter().enumerate().filter(|(place, _)| !self.done[*place]) {
            live.insert(self.region.nodes[edge.from].variable);
            live.insert(self.region.nodes[edge.to].variable);
            edge.unlike.iter().for_each(|variable| live.insert(*variable));
            for (one, other) in self.region.unlike.iter().filter(|(one, other)| *one == place || *other == place) {
                live.insert(self.region.edges[*one].relation);
                live.insert(self.region.edges[*other].relation);
            }
            if let Some((_, condition)) = edge.trail.as_ref().and_then(|trail| trail.each.as_ref()) {
                super::walk::named_in_expression(condition, &mut live);
            }
        }
        self.tests.iter().flatten().for_each(|test| live.extend(&test.uses));
        live.shared(&self.bound)
    }

    fn unite(&mut self) {
        self.unite_with(&VariableSet::default());
    }

    /// Unites the rows that agree in what is asked for, these variables included.
    fn unite_with(&mut self, also: &VariableSet) {
        let mut live = self.live();
        live.extend(&also.shared(&self.bound));
        let keys: Vec<VariableId> = live.iter().collect();
        let weighted = self.ask.multiplicity == Multiplicity::Weighted;
        self.extend(|input| if weighted { Operator::Merge { input, keys } } else { Operator::Distinct { input, keys } });
        self.bound = live;
    }

    /// Whether rows should be united before a partner is looked for: when several of them may have the same.
    fn worth_uniting(&self, uses: &VariableSet) -> bool {
        let mut live = self.live();
        live.extend(uses);
        let matched = self.region.nodes.iter().filter(|node| self.bound.contains(node.variable) && node.exactly.is_none());
        let spare = matched.filter(|node| !live.contains(node.variable)).count();
        may_unite(&self.region, self.ask, self.planner) && spare > 0 && self.done.contains(&true)
    }
}

/// The variables that a run of operators binds, the last first.
fn binding_order(operator: &Operator, order: &mut Vec<VariableId>) {
    match operator {
        Operator::Entities { entity, .. } => order.push(*entity),
        Operator::Expand { to, .. } | Operator::Meet { to, .. } | Operator::Reach { to, .. } | Operator::Trail { to, .. } => {
            order.push(*to)
        }
        _ => {}
    }
    if let Some(input) = operator.inputs().first() {
        binding_order(input, order);
    }
}
