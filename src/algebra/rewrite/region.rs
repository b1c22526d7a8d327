//! Region: a run of operators that only matches entities and relations and tests what it matched, as a graph of nodes and
//! edges with tests. In which order they are matched does not change which rows there are.

use super::planner::Planner;
use super::set::VariableSet;
use super::walk::{bound_by, is_total, is_total_plan, named_in_expression, named_in_operator, variables_of};
use crate::algebra::{Condition, Expression, JoinMode, Operator, Route, Selection, SubqueryKind, VariableId};
use crate::model::{EntityId, RelationTypeId};

/// A region, and what it starts from.
pub(super) struct Region {
    /// The operator whose rows it extends; none of its operators belong to the region.
    pub base: Operator,
    /// What those rows bind, the row that the whole is made for included.
    pub bound: VariableSet,
    /// The entities.
    pub nodes: Vec<Node>,
    /// The relations between them.
    pub edges: Vec<Edge>,
    /// Pairs of edges that must not be the same relation.
    pub unlike: Vec<(usize, usize)>,
    /// What else must hold.
    pub tests: Vec<Test>,
    /// Relations of the base that must be asserted.
    pub asserted: Vec<VariableId>,
    /// What is computed of what it matches, the first projection first: paths, for the most part.
    pub items: Vec<Items>,
    /// Whether nothing satisfies it.
    pub empty: bool,
}

/// Variables and their expressions.
pub(super) type Items = Vec<(VariableId, Expression)>;

/// An entity of a region.
pub(super) struct Node {
    /// Its variable.
    pub variable: VariableId,
    /// What it must be among: all of these.
    pub selections: Vec<Selection>,
    /// Whether the rows of the base bind it.
    pub bound: bool,
    /// The one entity that it must be, if there is one.
    pub exactly: Option<EntityId>,
}

/// A relation, or a trail of them, of a region.
pub(super) struct Edge {
    /// Its variable.
    pub relation: VariableId,
    /// The node where the routes start.
    pub from: usize,
    /// The node where they lead.
    pub to: usize,
    /// The relation types and directions; empty means any.
    pub routes: Vec<Route>,
    /// Relations of the base that it must not be.
    pub unlike: Vec<VariableId>,
    /// Whether a denied relation will not do.
    pub asserted: bool,
    /// What makes a trail of it.
    pub trail: Option<Trail>,
}

/// What a trail must be.
#[derive(Clone)]
pub(super) struct Trail {
    /// The least number of relations.
    pub least: u32,
    /// The greatest number of relations.
    pub most: Option<u32>,
    /// What every relation must satisfy.
    pub each: Option<(VariableId, Box<Expression>)>,
}

/// Something that must hold of the rows of a region.
pub(super) struct Test {
    /// What.
    pub kind: TestKind,
    /// The variables of the region or its base that must be bound first.
    pub uses: VariableSet,
    /// Whether it cannot fail, and so may be tried on other rows than those of the whole region.
    pub movable: bool,
    /// Roughly which part of the rows satisfy it.
    pub share: f64,
}

/// A condition, or whether there is a partner.
pub(super) enum TestKind {
    /// The condition is true.
    Condition(Condition),
    /// There are rows of the operator, or none, for the row.
    Existence(Operator, JoinMode),
}

impl Region {
    /// Whether an operator can be a part of a region.
    pub fn takes(operator: &Operator) -> bool {
        match operator {
            Operator::Entities { .. }
            | Operator::Expand { .. }
            | Operator::Trail { .. }
            | Operator::Asserted { .. }
            | Operator::Filter { .. }
            | Operator::Apply { mode: JoinMode::Semi | JoinMode::Without, .. } => true,
            // Either side is a region of its own; together they are one.
            Operator::Apply { mode: JoinMode::Inner, right, .. } => is_plain_chain(right),
            _ => false,
        }
    }

    /// Takes a run of operators apart. `outer` is what the row binds that it is made for.
    pub fn gather(top: Operator, outer: &VariableSet, planner: &Planner) -> Region {
        let mut run = Vec::new();
        let mut base = top;
        let mut matched = VariableSet::default();
        while Region::takes(&base) || planner.passes.pushdown && computes_aside(&base, &matched) {
            let (operator, below) = detach(base);
            matched_by(&operator, &mut matched);
            run.push(operator);
            base = below;
        }
        let mut bound = outer.clone();
        bound_by(&base, &mut bound);
        let mut region = Region {
            base,
            bound,
            nodes: Vec::with_capacity(8),
            edges: Vec::with_capacity(8),
            unlike: Vec::new(),
            tests: Vec::with_capacity(8),
            asserted: Vec::new(),
            items: Vec::new(),
            empty: false,
        };
        for operator in run.into_iter().rev() {
            region.add(operator, planner);
        }
        region.limit_uses();
        region.settle_exact(planner);
        region
    }

    /// The node of a variable; made when it is first named.
    pub fn node(&mut self, variable: VariableId) -> usize {
        if let Some(known) = self.nodes.iter().position(|node| node.variable == variable) {
            return known;
        }
        let bound = self.bound.contains(variable);
        self.nodes.push(Node { variable, selections: Vec::new(), bound, exactly: None });
        self.nodes.len() - 1
    }

    /// The node of a variable, if it has one.
    pub fn known_node(&self, variable: VariableId) -> Option<usize> {
        self.nodes.iter().position(|node| node.variable == variable)
    }

    fn add(&mut self, operator: Operator, planner: &Planner) {
        match operator {
            Operator::Entities { entity, selection, .. } => {
                let node = self.node(entity);
                self.select(node, selection);
            }
            Operator::Expand { from, relation, to, routes, unlike, .. } => {
                let (from, to) = (self.node(from), self.node(to));
                let edge = Edge { relation, from, to, routes, unlike: Vec::new(), asserted: false, trail: None };
                self.add_edge(edge, unlike);
            }
            Operator::Trail { from, relations, to, routes, least, most, unlike, each, .. } => {
                let (from, to) = (self.node(from), self.node(to));
                let trail = Some(Trail { least, most, each });
                let edge = Edge { relation: relations, from, to, routes, unlike: Vec::new(), asserted: false, trail };
                self.add_edge(edge, unlike);
            }
            Operator::Asserted { relations, .. } => {
                for relation in relations {
                    match self.edges.iter_mut().find(|edge| edge.relation == relation) {
                        Some(edge) => edge.asserted = true,
                        None => self.asserted.push(relation),
                    }
                }
            }
            Operator::Filter { conditions, .. } => conditions.into_iter().for_each(|condition| self.require(condition, planner)),
            Operator::Apply { right, mode: JoinMode::Inner, .. } => self.add_chain(*right, planner),
            Operator::Apply { right, mode, .. } => self.require_partner(*right, mode),
            Operator::Project { items, .. } => self.items.push(items),
            _ => {}
        }
    }

    /// The operators of a chain over the argument, as if they stood in the run.
    fn add_chain(&mut self, chain: Operator, planner: &Planner) {
        let mut run = Vec::new();
        let mut rest = chain;
        while Region::takes(&rest) {
            let (operator, below) = detach(rest);
            run.push(operator);
            rest = below;
        }
        run.into_iter().rev().for_each(|operator| self.add(operator, planner));
    }

    fn add_edge(&mut self, mut edge: Edge, unlike: Vec<VariableId>) {
        let place = self.edges.len();
        for other in unlike {
            match self.edges.iter().position(|edge| edge.relation == other) {
                Some(known) => self.unlike.push((known, place)),
                None => edge.unlike.push(other),
            }
        }
        self.edges.push(edge);
    }

    /// Requires a node to be among some entities.
    fn select(&mut self, node: usize, selection: Selection) {
        let node = &mut self.nodes[node];
        match selection {
            Selection::Any => {}
            Selection::Exactly(entity) => match node.exactly {
                Some(other) => self.empty |= other != entity,
                None => node.exactly = Some(entity),
            },
            Selection::Kinds(kinds) if kinds.is_empty() => self.empty = true,
            other if node.selections.contains(&other) => {}
            other => node.selections.push(other),
        }
    }

    /// Requires a condition, in the form that tells most.
    fn require(&mut self, condition: Condition, planner: &Planner) {
        if planner.passes.pushdown
            && let Some(known) = super::constants::truth(&condition.expression)
        {
            self.empty |= known != crate::model::Truth::True;
            return;
        }
        match condition.expression {
            Expression::And(parts) if planner.passes.pushdown && !parts.iter().any(Expression::is_lenient) => {
                for expression in parts {
                    self.require(Condition { expression, text: condition.text.clone(), field: None }, planner);
                }
                return;
            }
            Expression::Subquery(SubqueryKind::Exists, plan) if planner.passes.existence => {
                self.require_partner(*plan, JoinMode::Semi);
                return;
            }
            Expression::Not(inner) if planner.passes.existence && matches!(*inner, Expression::Subquery(SubqueryKind::Exists, _)) => {
                if let Expression::Subquery(_, plan) = *inner {
                    self.require_partner(*plan, JoinMode::Without);
                }
                return;
            }
            Expression::HasLabels(subject, labels) if planner.passes.pushdown => {
                let kinds: Option<Vec<_>> = labels.iter().map(|label| label.kind).collect();
                if let (Expression::Variable(variable), Some(kinds)) = (&*subject, kinds)
                    && let Some(node) = self.known_node(*variable)
                    && !self.nodes[node].bound
                {
                    kinds.into_iter().for_each(|kind| self.select(node, Selection::Kinds(vec![kind])));
                    return;
                }
                self.keep(Condition { expression: Expression::HasLabels(subject, labels), ..condition }, planner);
                return;
            }
            _ => {}
        }
        self.keep(condition, planner);
    }

    fn keep(&mut self, condition: Condition, planner: &Planner) {
        let condition = Condition { expression: planner.by_identity(condition.expression), ..condition };
        if planner.passes.identity {
            match super::identity::selected(&condition.expression, planner) {
                super::identity::Selected::Exactly(variable, entity) if self.known_node(variable).is_some() => {
                    let node = self.node(variable);
                    self.select(node, Selection::Exactly(entity));
                    // Rows of the base may bind it to nothing.
                    if !self.nodes[node].bound {
                        return;
                    }
                }
                super::identity::Selected::Prefix(variable, prefix)
                    if self.known_node(variable).is_some_and(|node| !self.nodes[node].bound) =>
                {
                    let node = self.node(variable);
                    self.select(node, Selection::NamePrefix(prefix));
                }
                super::identity::Selected::Nothing => {
                    self.empty = true;
                    return;
                }
                _ => {}
            }
        }
        let uses = variables_of(&condition.expression);
        let movable = planner.passes.pushdown && is_total(&condition.expression);
        let share = super::estimate::share(&condition.expression);
        self.tests.push(Test { kind: TestKind::Condition(condition), uses, movable, share });
    }

    fn require_partner(&mut self, plan: Operator, mode: JoinMode) {
        let mut uses = VariableSet::default();
        named_in_operator(&plan, &mut uses);
        let movable = is_total_plan(&plan);
        self.tests.push(Test { kind: TestKind::Existence(plan, mode), uses, movable, share: 0.5 });
    }

    /// Tests wait only for variables that the region or its base binds; a subquery's own are its affair.
    fn limit_uses(&mut self) {
        let mut all = self.bound.clone();
        self.nodes.iter().for_each(|node| all.insert(node.variable));
        self.edges.iter().for_each(|edge| all.insert(edge.relation));
        self.items.iter().flatten().for_each(|(variable, _)| all.insert(*variable));
        for test in &mut self.tests {
            test.uses = test.uses.shared(&all);
        }
    }

    /// What kinds an entity is of is known where it is known which one it is.
    fn settle_exact(&mut self, planner: &Planner) {
        for node in self.nodes.iter_mut().filter(|node| !node.bound) {
            let Some(entity) = node.exactly else { continue };
            let of = |kind: &crate::model::KindId| planner.statistics.is_of_kind(entity, *kind);
            for selection in std::mem::take(&mut node.selections) {
                match selection {
                    Selection::Kinds(kinds) => self.empty |= !kinds.iter().any(of),
                    other => node.selections.push(other),
                }
            }
        }
    }

    /// Every variable that the region itself names.
    pub fn named(&self) -> VariableSet {
        let mut named = VariableSet::of(self.nodes.iter().map(|node| node.variable));
        for edge in &self.edges {
            named.insert(edge.relation);
            edge.unlike.iter().for_each(|variable| named.insert(*variable));
            if let Some((_, condition)) = edge.trail.as_ref().and_then(|trail| trail.each.as_ref()) {
                named_in_expression(condition, &mut named);
            }
        }
        self.tests.iter().for_each(|test| named.extend(&test.uses));
        self.asserted.iter().for_each(|variable| named.insert(*variable));
        named.extend(&self.named_by_items());
        named
    }

    /// Every variable that what is computed names.
    pub fn named_by_items(&self) -> VariableSet {
        let mut named = VariableSet::default();
        self.items.iter().flatten().for_each(|(_, value)| named_in_expression(value, &mut named));
        named
    }

    /// Leaves out what is computed and neither asked for nor tested.
    pub fn drop_items(&mut self, needed: &VariableSet) {
        let mut used = needed.clone();
        self.tests.iter().for_each(|test| used.extend(&test.uses));
        for items in self.items.iter_mut().rev() {
            items.retain(|(variable, _)| used.contains(*variable));
            items.iter().for_each(|(_, value)| named_in_expression(value, &mut used));
        }
        self.items.retain(|items| !items.is_empty());
    }
}

impl Edge {
    /// The relation types that it may be of; none means any.
    pub fn types(&self) -> impl Iterator<Item = RelationTypeId> + '_ {
        self.routes.iter().map(|route| route.relation_type)
    }

    /// Whether it may be of the type.
    pub fn may_be(&self, relation_type: RelationTypeId) -> bool {
        self.routes.is_empty() || self.types().any(|own| own == relation_type)
    }

    /// Its routes as they are seen from the node at the far end.
    pub fn routes_from(&self, node: usize) -> Vec<Route> {
        if node == self.from {
            return self.routes.clone();
        }
        self.routes.iter().map(|route| Route { direction: route.direction.reverse(), ..*route }).collect()
    }

    /// The node at the other end.
    pub fn other(&self, node: usize) -> usize {
        if node == self.from { self.to } else { self.from }
    }

    /// Whether it is at a node.
    pub fn touches(&self, node: usize) -> bool {
        self.from == node || self.to == node
    }
}

/// Whether an operator computes what the matches above it do not start from, and might as well compute it behind them.
fn computes_aside(operator: &Operator, matched: &VariableSet) -> bool {
    let Operator::Project { input, items } = operator else { return false };
    let aside = |(variable, value): &(VariableId, Expression)| !matched.contains(*variable) && is_total(value);
    Region::takes(input) && items.iter().all(aside)
}

/// Adds the variables that an operator matches or starts from.
fn matched_by(operator: &Operator, matched: &mut VariableSet) {
    match operator {
        Operator::Filter { .. } | Operator::Project { .. } => {}
        Operator::Apply { right, .. } => named_in_operator(right, matched),
        other => super::walk::operator_parts(other, &mut |part| match part {
            super::walk::Part::Variable(variable) => matched.insert(*variable),
            super::walk::Part::Expression(expression) => named_in_expression(expression, matched),
            super::walk::Part::Operator(_) => {}
        }),
    }
}

/// Whether an operator is a run over the argument that a region can take in whole.
fn is_plain_chain(operator: &Operator) -> bool {
    let mut rest = operator;
    while Region::takes(rest) {
        let Some(below) = rest.inputs().first().copied() else { return false };
        rest = below;
    }
    matches!(rest, Operator::Argument)
}

/// An operator without its first input, and that input.
fn detach(mut operator: Operator) -> (Operator, Operator) {
    let below = operator.inputs_mut().into_iter().next().map_or(Operator::Unit, |input| std::mem::replace(input, Operator::Unit));
    (operator, below)
}
