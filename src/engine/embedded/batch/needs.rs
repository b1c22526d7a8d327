//! Needs: which variables an operator or an expression looks at, so that nothing is carried that nobody asks for.

use crate::algebra::{Aggregate, Expression, JoinMode, Operator, SubqueryKind, VariableId};

/// A set of variables, by position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs(Vec<u64>);

impl Needs {
    /// Adds a variable.
    pub fn add(&mut self, at: usize) {
        let word = at / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (at % 64);
    }

    /// The set with these variables too.
    pub fn and(&self, variables: &[VariableId]) -> Needs {
        let mut more = self.clone();
        variables.iter().for_each(|variable| more.add(variable.index()));
        more
    }

    /// The set without a variable.
    pub fn without(mut self, variable: VariableId) -> Needs {
        if let Some(word) = self.0.get_mut(variable.index() / 64) {
            *word &= !(1 << (variable.index() % 64));
        }
        self
    }

    /// The set with those of another.
    pub fn united(mut self, other: &Needs) -> Needs {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(word, more)| *word |= more);
        self
    }

    /// The set with what an expression looks at.
    pub fn and_of(&self, expression: &Expression) -> Needs {
        let mut more = self.clone();
        of_expression(expression, &mut more);
        more
    }

    /// Whether a variable is among them.
    pub fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word & (1 << (at % 64)) != 0)
    }

    /// Their positions, ascending.
    pub fn positions(&self) -> Vec<usize> {
        (0..self.0.len() * 64).filter(|at| self.has(*at)).collect()
    }
}

/// The expressions that stand within one, and the variables that it looks at itself.
fn parts(expression: &Expression) -> (Vec<&Expression>, &[VariableId]) {
    let plain: Vec<&Expression> = match expression {
        Expression::Literal(_) => Vec::new(),
        Expression::Variable(variable) | Expression::Field(variable, _) => return (Vec::new(), std::slice::from_ref(variable)),
        Expression::Path(variables) => return (Vec::new(), variables),
        Expression::And(parts) | Expression::Or(parts) | Expression::List(parts) | Expression::Call(_, parts, _) => parts.iter().collect(),
        Expression::Map(entries) => entries.iter().map(|(_, part)| part).collect(),
        Expression::Not(inner)
        | Expression::Possibly(inner)
        | Expression::IsA(inner, _)
        | Expression::Contains(inner, _)
        | Expression::Matches(inner, _)
        | Expression::IsPresent(inner)
        | Expression::Property(inner, _, _)
        | Expression::Negate(inner, _)
        | Expression::HasLabels(inner, _) => vec![inner],
        Expression::Compare(_, left, right)
        | Expression::Identical(left, right)
        | Expression::Cypher(_, left, right)
        | Expression::Xor(left, right)
        | Expression::Index(left, right, _)
        | Expression::Arithmetic(_, left, right, _)
        | Expression::In(left, right, _)
        | Expression::TextTest(_, left, right, _) => vec![left, right],
        Expression::Range(list, from, to, _) => [Some(list), from.as_ref(), to.as_ref()].into_iter().flatten().map(Box::as_ref).collect(),
        Expression::Quantified { list, condition, .. } => vec![list, condition],
        Expression::Case { operand, branches, otherwise } => {
            let edges = [operand, otherwise].into_iter().flatten().map(Box::as_ref);
            edges.chain(branches.iter().flat_map(|(when, then)| [when, then])).collect()
        }
        Expression::Comprehension { list, condition, projection, .. } => {
            [Some(list), condition.as_ref(), projection.as_ref()].into_iter().flatten().map(Box::as_ref).collect()
        }
        Expression::Reduce { initial, list, step, .. } => vec![initial, list, step],
        Expression::Subquery(SubqueryKind::Collect(inner), _) => vec![inner],
        Expression::Subquery(SubqueryKind::Exists | SubqueryKind::Count, _) => Vec::new(),
    };
    (plain, &[])
}

/// Adds the variables that an expression mentions; those of its own (the element of a list) are among them, which does no harm.
pub(super) fn of_expression(expression: &Expression, needs: &mut Needs) {
    let mut open = vec![expression];
    while let Some(expression) = open.pop() {
        let (inner, variables) = parts(expression);
        variables.iter().for_each(|variable| needs.add(variable.index()));
        if let Expression::Subquery(_, plan) = expression {
            of_plan(plan, needs);
        }
        open.extend(inner);
    }
}

/// The subqueries that stand in an expression, and the variables that the expression itself binds.
pub(super) fn subqueries(expression: &Expression) -> (Vec<(&SubqueryKind, &Operator)>, Vec<VariableId>) {
    let (mut found, mut locals) = (Vec::new(), Vec::new());
    let mut open = vec![expression];
    while let Some(expression) = open.pop() {
        match expression {
            Expression::Subquery(kind, plan) => found.push((kind, plan.as_ref())),
            Expression::Quantified { element, .. } | Expression::Comprehension { element, .. } => locals.push(*element),
            Expression::Reduce { accumulator, element, .. } => locals.extend([*accumulator, *element]),
            _ => {}
        }
        open.extend(parts(expression).0);
    }
    (found, locals)
}

/// The expressions of an operator itself.
pub(super) fn expressions(operator: &Operator) -> Vec<&Expression> {
    match operator {
        Operator::Trail { each: Some((_, condition)), .. } => vec![condition],
        Operator::Call { arguments, .. } => arguments.iter().collect(),
        Operator::Filter { conditions, .. } => conditions.iter().map(|condition| &condition.expression).collect(),
        Operator::Project { items, .. } => items.iter().map(|(_, expression)| expression).collect(),
        Operator::Unwind { list, .. } => vec![list],
        Operator::Sort { keys, .. } => keys.iter().map(|key| &key.expression).collect(),
        Operator::Group { aggregates, .. } => aggregates.iter().flat_map(|(_, aggregate)| parts_of(aggregate)).collect(),
        _ => Vec::new(),
    }
}

/// The expressions of an aggregate.
fn parts_of(aggregate: &Aggregate) -> Vec<&Expression> {
    match aggregate {
        Aggregate::CountDistinct(expression) | Aggregate::Collect(expression) => vec![expression],
        Aggregate::Of { argument, parameter, .. } => [argument, parameter].into_iter().flatten().collect(),
    }
}

/// The variables that are bound behind an operator, where its argument binds these.
pub(super) fn bound(operator: &Operator, argument: &Needs) -> Needs {
    let input = |input: &Operator| bound(input, argument);
    match operator {
        Operator::Unit => Needs::default(),
        Operator::Argument => argument.clone(),
        Operator::Given { entity, .. } => Needs::default().and(&[*entity]),
        Operator::Relations { relation, from, to, .. } => Needs::default().and(&[*relation, *from, *to]),
        Operator::Find { entity, matched, place, score, .. } => Needs::default().and(&[*entity, *matched, *place, *score]),
        Operator::Signatures { from, relation_type, to } => {
            Needs::default().and(&[*from, *relation_type, *to].into_iter().flatten().collect::<Vec<_>>())
        }
        Operator::Entities { input: below, entity, .. } => input(below).and(&[*entity]),
        Operator::Expand { input: below, relation, to, .. } => input(below).and(&[*relation, *to]),
        Operator::Trail { input: below, relations, to, .. } => input(below).and(&[*relations, *to]),
        Operator::Call { input: below, yields, .. } => input(below).and(&yields.iter().map(|(_, variable)| *variable).collect::<Vec<_>>()),
        Operator::Meet { input: below, to, .. } | Operator::Reach { input: below, to, .. } => input(below).and(&[*to]),
        Operator::Mentions { input: below, relation, from, to, .. } => input(below).and(&[*relation, *from, *to]),
        Operator::Paths { input: below, path, .. } => input(below).and(&[*path]),
        Operator::Around { input: below, entity, distance, .. } => input(below).and(&[*entity, *distance]),
        Operator::About { input: below, statements, .. } => input(below).and(&[*statements]),
        Operator::Project { input: below, items } => input(below).and(&items.iter().map(|(variable, _)| *variable).collect::<Vec<_>>()),
        Operator::Unwind { input: below, element, .. } => input(below).and(&[*element]),
        Operator::Weigh { input: below, .. }
        | Operator::Asserted { input: below, .. }
        | Operator::Cite { input: below, .. }
        | Operator::Filter { input: below, .. }
        | Operator::Known { input: below }
        | Operator::Distinct { input: below, .. }
        | Operator::Sort { input: below, .. }
        | Operator::Slice { input: below, .. } => input(below),
        Operator::Group { keys, aggregates, .. } => {
            Needs::default().and(keys).and(&aggregates.iter().map(|(variable, _)| *variable).collect::<Vec<_>>())
        }
        Operator::Merge { keys, .. } => Needs::default().and(keys),
        Operator::Apply { left, right, mode } => match mode {
            JoinMode::Semi | JoinMode::Without => input(left),
            JoinMode::Inner | JoinMode::Optional => bound(right, &input(left)).united(&input(left)),
        },
        Operator::Join { left, right, mode, .. } => match mode {
            JoinMode::Semi | JoinMode::Without => input(left),
            JoinMode::Inner | JoinMode::Optional => input(left).united(&input(right)),
        },
        Operator::Union { inputs } => inputs.iter().fold(Needs::default(), |all, below| all.united(&input(below))),
    }
}

/// Adds every variable that a plan looks at or binds, its inputs included.
pub(super) fn of_plan(plan: &Operator, needs: &mut Needs) {
    let mut open = vec![plan];
    while let Some(operator) = open.pop() {
        of_operator(operator, needs);
        open.extend(operator.inputs());
    }
}

/// Adds the variables that an operator itself looks at: those that it may find bound are among them.
pub(super) fn of_operator(operator: &Operator, needs: &mut Needs) {
    let add = |needs: &mut Needs, variables: &[VariableId]| variables.iter().for_each(|variable| needs.add(variable.index()));
    match operator {
        Operator::Unit
        | Operator::Argument
        | Operator::Signatures { .. }
        | Operator::Given { .. }
        | Operator::Relations { .. }
        | Operator::Find { .. }
        | Operator::Known { .. }
        | Operator::Union { .. }
        | Operator::Apply { .. }
        | Operator::Slice { .. } => {}
        Operator::Entities { entity, .. } | Operator::Mentions { entity, .. } | Operator::About { entity, .. } => add(needs, &[*entity]),
        Operator::Expand { from, relation, to, unlike, .. } => {
            add(needs, &[*from, *relation, *to]);
            add(needs, unlike);
        }
        Operator::Trail { from, relations, to, unlike, each, .. } => {
            add(needs, &[*from, *relations, *to]);
            add(needs, unlike);
            each.iter().for_each(|(_, condition)| of_expression(condition, needs));
        }
        Operator::Cite { support, cited, .. } => {
            add(needs, support.as_slice());
            add(needs, cited.as_slice());
        }
        Operator::Call { arguments, .. } => arguments.iter().for_each(|argument| of_expression(argument, needs)),
        Operator::Weigh { from, to, unlike, .. } => {
            add(needs, &[*from]);
            add(needs, to.as_slice());
            add(needs, unlike);
        }
        Operator::Meet { arms, to, .. } => {
            add(needs, &[*to]);
            arms.iter().for_each(|arm| {
                add(needs, &[arm.from]);
                add(needs, &arm.unlike);
            });
        }
        Operator::Reach { from, to, .. } | Operator::Paths { from, to, .. } => add(needs, &[*from, *to]),
        Operator::Around { centre, .. } => add(needs, &[*centre]),
        Operator::Asserted { relations, .. } => add(needs, relations),
        Operator::Filter { conditions, .. } => conditions.iter().for_each(|condition| of_expression(&condition.expression, needs)),
        Operator::Project { items, .. } => items.iter().for_each(|(_, expression)| of_expression(expression, needs)),
        Operator::Unwind { list, .. } => of_expression(list, needs),
        Operator::Distinct { keys, .. } | Operator::Merge { keys, .. } => add(needs, keys),
        Operator::Group { keys, .. } => {
            add(needs, keys);
            expressions(operator).into_iter().for_each(|expression| of_expression(expression, needs));
        }
        Operator::Join { on, .. } => add(needs, on),
        Operator::Sort { keys, columns, .. } => {
            keys.iter().for_each(|key| of_expression(&key.expression, needs));
            add(needs, columns);
        }
    }
}
