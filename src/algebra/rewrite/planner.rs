//! Planner: goes down an operator tree once and rewrites it, knowing at each place what is asked for above.

use super::order;
use super::region::{Edge, Region};
use super::set::VariableSet;
use super::walk::{
    Part, PartMut, bound_by, expression_parts, expression_parts_mut, named_in_expression, named_in_operator, operator_parts, variables_of,
};
use super::{Passes, counts, emit, late, uniqueness};
use crate::algebra::{Expression, JoinMode, Operator, Selection, SubqueryKind, VariableId};
use crate::model::{KindId, RelationTypeId, Statistics};

/// What planning goes by.
pub(super) struct Planner<'a> {
    pub statistics: &'a dyn Statistics,
    pub passes: Passes,
    /// Whether denials are counted where they are met: then what meets them stays where it is.
    pub counts_denials: bool,
    /// The names of the variables; rewrites may add some.
    pub variables: Vec<String>,
    /// The variables that are bound to entities only.
    pub entities: VariableSet,
}

/// What is asked for of the rows of an operator.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    /// The variables that are used above.
    pub needed: VariableSet,
    /// Whether it matters how many equal rows there are.
    pub multiplicity: Multiplicity,
    /// What the row binds that the operator is run for.
    pub outer: VariableSet,
    /// Whether the operator is run for the rows of another one.
    pub within: bool,
    /// Whether rows carry what supports them.
    pub evidence: bool,
}

/// Whether it matters how many equal rows there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Multiplicity {
    /// Each row is shown or computed with.
    Each,
    /// Rows are only counted, so one may stand for many.
    Weighted,
    /// One of each is enough.
    Once,
}

impl Ask {
    /// The same, with more variables.
    fn with(&self, variables: &VariableSet) -> Ask {
        let mut ask = self.clone();
        ask.needed.extend(variables);
        ask
    }
}

impl Planner<'_> {
    /// An operator that makes the same rows, as far as they are asked for.
    pub fn operator(&mut self, operator: Operator, ask: &Ask) -> Operator {
        if Region::takes(&operator) {
            return self.region(operator, ask);
        }
        match operator {
            Operator::Project { input, items } => self.project(*input, items, ask),
            Operator::Group { input, keys, aggregates } => counts::group(self, *input, keys, aggregates, ask),
            Operator::Distinct { input, keys } => counts::distinct(self, *input, keys, ask),
            Operator::Slice { input, skip, limit } => {
                let each = Ask { multiplicity: Multiplicity::Each, ..ask.clone() };
                let input = self.operator(*input, &each);
                if self.passes.late { late::slice(input, skip, limit) } else { Operator::Slice { input: Box::new(input), skip, limit } }
            }
            // What rows cite is not asked for.
            Operator::Cite { input, .. } if !ask.evidence => self.operator(*input, ask),
            Operator::Apply { left, right, mode } => self.apply(*left, *right, mode, ask),
            Operator::Join { left, right, on, mode } => {
                let ask = Ask { multiplicity: Multiplicity::Each, ..ask.with(&VariableSet::of(on.iter().copied())) };
                let left = Box::new(self.operator(*left, &ask));
                let right = Box::new(self.operator(*right, &ask));
                Operator::Join { left, right, on, mode }
            }
            Operator::Union { inputs } => Operator::Union { inputs: inputs.into_iter().map(|input| self.operator(input, ask)).collect() },
            other => self.through(other, ask),
        }
    }

    /// An operator that is kept as it is, above rewritten inputs.
    fn through(&mut self, mut operator: Operator, ask: &Ask) -> Operator {
        let mut named = VariableSet::default();
        operator_parts(&operator, &mut |part| match part {
            Part::Variable(variable) => named.insert(*variable),
            Part::Expression(expression) => named_in_expression(expression, &mut named),
            Part::Operator(_) => {}
        });
        let mut below = ask.with(&named);
        // What counts or looks at rows as such sees all of them.
        if matches!(operator, Operator::Paths { .. } | Operator::Known { .. } | Operator::About { .. } | Operator::Call { .. }) {
            below.multiplicity = Multiplicity::Each;
        }
        let mut outer = ask.outer.clone();
        bound_by(&operator, &mut outer);
        for input in operator.inputs_mut() {
            *input = self.operator(std::mem::replace(input, Operator::Unit), &below);
        }
        self.plan_subqueries(&mut operator, &outer);
        operator
    }

    /// Plans the subqueries within the expressions of an operator itself.
    fn plan_subqueries(&mut self, operator: &mut Operator, outer: &VariableSet) {
        super::walk::operator_parts_mut(operator, &mut |part| {
            if let PartMut::Expression(expression) = part {
                self.plan_within(expression, outer);
            }
        });
    }

    /// An expression with its subqueries planned.
    pub fn subqueries(&mut self, mut expression: Expression, outer: &VariableSet, _ask: &Ask) -> Expression {
        self.plan_within(&mut expression, outer);
        expression
    }

    fn plan_within(&mut self, expression: &mut Expression, outer: &VariableSet) {
        if let Expression::Subquery(kind, plan) = expression {
            let mut ask = Ask {
                needed: VariableSet::default(),
                multiplicity: Multiplicity::Each,
                outer: outer.clone(),
                within: true,
                evidence: false,
            };
            match kind {
                SubqueryKind::Exists => ask.multiplicity = Multiplicity::Once,
                SubqueryKind::Count => ask.multiplicity = Multiplicity::Weighted,
                SubqueryKind::Collect(value) => named_in_expression(value, &mut ask.needed),
            }
            **plan = self.operator(std::mem::replace(plan, Operator::Unit), &ask);
            return;
        }
        expression_parts_mut(expression, &mut |part| {
            if let PartMut::Expression(inner) = part {
                self.plan_within(inner, outer);
            }
        });
    }

    /// What a row needs a partner in, or must have none in.
    pub fn partner(&mut self, plan: Operator, bound: &VariableSet) -> Operator {
        let ask = Ask {
            needed: VariableSet::default(),
            multiplicity: if self.passes.existence { Multiplicity::Once } else { Multiplicity::Each },
            outer: bound.clone(),
            within: true,
            evidence: false,
        };
        self.operator(plan, &ask)
    }

    fn region(&mut self, operator: Operator, ask: &Ask) -> Operator {
        if self.counts_denials && !self.asserts_last(&operator) {
            return self.base_only(operator, ask);
        }
        let mut region = Region::gather(operator, &ask.outer, self);
        // What the base must bind, and how often its rows count, is as for the whole.
        let base = std::mem::replace(&mut region.base, Operator::Unit);
        region.asserted.retain(|relation| !self.is_made_undenied(&base, *relation));
        region.base =
            if matches!(base, Operator::Unit | Operator::Argument) { base } else { self.operator(base, &ask.with(&region.named())) };
        region.drop_items(&ask.needed);
        let ask = &ask.with(&region.named_by_items());
        if region.empty {
            return Operator::Slice { input: Box::new(region.base), skip: 0, limit: Some(0) };
        }
        uniqueness::reduce(&mut region, self);
        let steps = order::steps(&region, ask, self);
        emit::emit(region, steps, ask, self)
    }

    /// Whether an operator binds a variable to relations of types of which none is denied.
    fn is_made_undenied(&self, operator: &Operator, variable: VariableId) -> bool {
        match operator {
            Operator::Expand { relation, routes, .. } if *relation == variable => {
                self.are_undenied(routes.iter().map(|route| route.relation_type))
            }
            other => other.inputs().first().is_some_and(|input| self.is_made_undenied(input, variable)),
        }
    }

    /// The run of operators as it is, above a rewritten base.
    fn base_only(&mut self, mut operator: Operator, ask: &Ask) -> Operator {
        let mut named = VariableSet::default();
        named_in_operator(&operator, &mut named);
        let below = ask.with(&named);
        let mut place = &mut operator;
        while Region::takes(place) {
            let Some(next) = place.inputs_mut().into_iter().next() else { return operator };
            place = next;
        }
        *place = self.operator(std::mem::replace(place, Operator::Unit), &below);
        operator
    }

    /// Whether denials are met in a run of operators at its very end alone, or nowhere: then the rows that meet them are the
    /// same in whatever order the rest is done.
    fn asserts_last(&self, operator: &Operator) -> bool {
        let mut place = match operator {
            Operator::Asserted { input, .. } => input,
            other => other,
        };
        let mut meets = false;
        let mut asserts = false;
        while Region::takes(place) {
            match place {
                Operator::Asserted { .. } => asserts = true,
                Operator::Expand { routes, .. } => meets |= !self.are_undenied(routes.iter().map(|route| route.relation_type)),
                Operator::Apply { right, .. } => asserts |= self.meets_denials(right),
                other => operator_parts(other, &mut |part| {
                    if let Part::Expression(expression) = part {
                        asserts |= self.meets_denials_within(expression);
                    }
                }),
            }
            let Some(below) = place.inputs().first().copied() else { break };
            place = below;
        }
        !asserts && !matches!(place, Operator::Project { .. }) || !meets && !self.meets_denials(operator)
    }

    /// Whether anything in an operator or its inputs may meet a denial.
    pub fn meets_denials(&self, operator: &Operator) -> bool {
        let mut meets = match operator {
            Operator::Expand { routes, .. } | Operator::Trail { routes, .. } => {
                !self.are_undenied(routes.iter().map(|route| route.relation_type))
            }
            _ => false,
        };
        operator_parts(operator, &mut |part| match part {
            Part::Operator(input) => meets |= self.meets_denials(input),
            Part::Expression(expression) => meets |= self.meets_denials_within(expression),
            Part::Variable(_) => {}
        });
        meets
    }

    fn meets_denials_within(&self, expression: &Expression) -> bool {
        let mut meets = false;
        expression_parts(expression, &mut |part| match part {
            Part::Operator(plan) => meets |= self.meets_denials(plan),
            Part::Expression(inner) => meets |= self.meets_denials_within(inner),
            Part::Variable(_) => {}
        });
        meets
    }

    fn project(&mut self, input: Operator, mut items: Vec<(VariableId, Expression)>, ask: &Ask) -> Operator {
        items.retain(|(variable, value)| ask.needed.contains(*variable) || !super::walk::is_total(value));
        let mut below = ask.clone();
        items.iter().for_each(|(variable, _)| below.needed.remove(*variable));
        items.iter().for_each(|(_, value)| named_in_expression(value, &mut below.needed));
        let mut outer = ask.outer.clone();
        bound_by(&input, &mut outer);
        let input = self.operator(input, &below);
        if items.is_empty() {
            return input;
        }
        let mut projection = Operator::Project { input: Box::new(input), items };
        self.plan_subqueries(&mut projection, &outer);
        projection
    }

    fn apply(&mut self, left: Operator, right: Operator, mode: JoinMode, ask: &Ask) -> Operator {
        let mut named = VariableSet::default();
        named_in_operator(&right, &mut named);
        // What is found to have no rows no longer says what they would bind.
        let mut outer = ask.outer.clone();
        bound_by(&left, &mut outer);
        let left = self.operator(left, &ask.with(&named));
        let right = self.operator(right, &Ask { outer, within: true, ..ask.clone() });
        Operator::Apply { left: Box::new(left), right: Box::new(right), mode }
    }

    /// A variable of a rewrite's own.
    pub fn fresh(&mut self, name: &str) -> VariableId {
        let mut free = format!("#{name}");
        while self.variables.contains(&free) {
            free.insert(0, '#');
        }
        self.variables.push(free);
        VariableId(u16::try_from(self.variables.len() - 1).unwrap_or(u16::MAX))
    }

    /// Whether no relation that an edge can take is denied.
    pub fn is_undenied(&self, edge: &Edge) -> bool {
        self.are_undenied(edge.types())
    }

    /// Whether no relation of these types is denied; without a type, none at all.
    pub fn are_undenied(&self, types: impl Iterator<Item = RelationTypeId>) -> bool {
        let mut types = types.peekable();
        if types.peek().is_none() {
            return !(0..self.statistics.relation_types()).any(|id| self.statistics.has_denials(RelationTypeId(id)));
        }
        !types.any(|relation_type| self.statistics.has_denials(relation_type))
    }

    /// Whether whatever satisfies the edges at a node is among a selection anyway.
    pub fn always(&self, region: &Region, place: usize, selection: &Selection) -> bool {
        match selection {
            Selection::Any => true,
            Selection::Kinds(kinds) if self.passes.pushdown => match kinds[..] {
                [kind] => region.edges.iter().any(|edge| self.implies(edge, place, kind)),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether every entity that an edge can have at a node is of a kind.
    fn implies(&self, edge: &Edge, place: usize, kind: KindId) -> bool {
        let ends = [(edge.from == place, false), (edge.to == place, true)];
        let sound = edge.trail.is_none() && !edge.routes.is_empty() && (edge.asserted && !self.counts_denials || self.is_undenied(edge));
        sound
            && ends.into_iter().any(|(here, reversed)| {
                here && edge.routes.iter().all(|route| {
                    let direction = if reversed { route.direction.reverse() } else { route.direction };
                    self.statistics.always_of_kind(route.relation_type, direction, kind)
                })
            })
    }

    /// The selection that lists the fewest entities for a node.
    pub fn best_selection(&self, region: &Region, place: usize) -> Selection {
        let node = &region.nodes[place];
        let size = |selection: &Selection| super::estimate::selected(selection, self.statistics);
        let own = node.selections.iter().min_by(|one, other| size(one).total_cmp(&size(other)));
        if let Some(own) = own {
            return own.clone();
        }
        let implied = |kind: &KindId| self.passes.pushdown && region.edges.iter().any(|edge| self.implies(edge, place, *kind));
        let touched = region.edges.iter().any(|edge| edge.touches(place) && edge.trail.is_none() && !edge.routes.is_empty());
        let kinds = if touched { self.statistics.kinds() } else { 0 };
        let kind = (0..kinds).map(KindId).filter(implied).min_by_key(|kind| self.statistics.of_kind(*kind));
        kind.map_or(Selection::Any, |kind| Selection::Kinds(vec![kind]))
    }

    /// The kinds that a node must be tested for, if it must be.
    pub fn kind_of_leaf(&self, region: &Region, place: usize) -> Option<Vec<KindId>> {
        let open = |selection: &&Selection| !self.always(region, place, selection);
        region.nodes[place].selections.iter().filter(open).find_map(|selection| match selection {
            Selection::Kinds(kinds) => Some(kinds.clone()),
            _ => None,
        })
    }

    /// Whether a node is tested for its kinds at most, and by one list of them.
    pub fn kinds_suffice(&self, region: &Region, place: usize) -> bool {
        let node = &region.nodes[place];
        let mut open = node.selections.iter().filter(|selection| !self.always(region, place, selection));
        let first = open.next();
        node.exactly.is_none() && open.next().is_none() && first.is_none_or(|selection| matches!(selection, Selection::Kinds(_)))
    }

    /// Whether an expression is the same for all rows with the same of these variables.
    pub fn follows_from(&self, expression: &Expression, variables: &VariableSet) -> bool {
        super::walk::is_total(expression) && variables_of(expression).is_within(variables)
    }
}
