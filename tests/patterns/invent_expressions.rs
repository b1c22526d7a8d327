//! Invent expressions: makes up conditions and values of a sort, of the variables in scope.

use super::invent::Inventor;
use super::query::{Expression, Function, Matching, Operator, Quantifier};
use super::scope::{Scope, Sort};
use super::value::Value;
use super::world::{NUMBERS, scalar};

fn call(function: Function, arguments: Vec<Expression>) -> Expression {
    Expression::Call(function, arguments)
}

const COMPARISONS: [Operator; 6] =
    [Operator::Equal, Operator::Less, Operator::Greater, Operator::NotEqual, Operator::LessOrEqual, Operator::GreaterOrEqual];

impl Inventor<'_, '_> {
    /// A condition, at most so deep.
    pub fn condition(&mut self, scope: &Scope, depth: usize) -> Expression {
        if depth > 0 && self.choices.once_in(3) {
            let left = self.condition(scope, depth - 1);
            return match self.choices.pick(4) {
                0 => Expression::Not(Box::new(left)),
                1 => Expression::binary(Operator::And, left, self.condition(scope, depth - 1)),
                2 => Expression::binary(Operator::Or, left, self.condition(scope, depth - 1)),
                _ => Expression::binary(Operator::Xor, left, self.condition(scope, depth - 1)),
            };
        }
        let deeper = depth.saturating_sub(1);
        let nodes = scope.of(Sort::Node);
        match self.choices.pick(14) {
            0 => {
                let operator = *self.choices.of(&COMPARISONS);
                Expression::binary(operator, self.number(scope, deeper), self.number(scope, deeper))
            }
            1 => {
                let operator = *self.choices.of(&COMPARISONS);
                Expression::binary(operator, self.scalar(scope, deeper), self.scalar(scope, deeper))
            }
            2 => Expression::binary(Operator::In, self.scalar(scope, deeper), self.list(scope, deeper)),
            3 => Expression::IsNull(Box::new(self.scalar(scope, deeper))),
            4 => Expression::IsNotNull(Box::new(self.scalar(scope, deeper))),
            5 => {
                let operator = *self.choices.of(&[Operator::StartsWith, Operator::EndsWith, Operator::Contains]);
                Expression::binary(operator, self.text(scope, deeper), self.text(scope, deeper))
            }
            6 | 7 if !nodes.is_empty() => Expression::HasLabels(self.choices.of(&nodes).clone(), vec![self.label()]),
            8 if nodes.len() > 1 => {
                let (left, right) = (self.choices.of(&nodes).clone(), self.choices.of(&nodes).clone());
                let operator = if self.choices.once_in(2) { Operator::Equal } else { Operator::NotEqual };
                Expression::binary(operator, Expression::variable(&left), Expression::variable(&right))
            }
            9 if depth > 0 => Expression::Exists(Box::new(self.inner(scope, deeper))),
            10 if !nodes.is_empty() && self.in_where => {
                let steps = 1 + self.choices.pick(2);
                let mut pattern = self.pattern(&mut scope.clone(), steps, false);
                if pattern.start.name.is_none() {
                    pattern.start.name = Some(self.choices.of(&nodes).clone());
                }
                Expression::Fits(Box::new(pattern))
            }
            11 if depth > 0 => self.quantified(scope, deeper),
            12 => self.about_amount(scope),
            13 => self.list_comparison(scope, deeper),
            _ => self.boolean(scope),
        }
    }

    fn boolean(&mut self, scope: &Scope) -> Expression {
        let (nodes, booleans) = (scope.of(Sort::Node), scope.of(Sort::Boolean));
        match self.choices.pick(3) {
            0 if !booleans.is_empty() => Expression::variable(self.choices.of(&booleans)),
            0 | 1 if !nodes.is_empty() => Expression::property(self.choices.of(&nodes), "flag"),
            _ => Expression::Literal(self.choices.of(&[Value::Boolean(true), Value::Boolean(false), Value::Null]).clone()),
        }
    }

    fn about_amount(&mut self, scope: &Scope) -> Expression {
        let relationships = scope.of(Sort::Relationship);
        if relationships.is_empty() {
            return self.boolean(scope);
        }
        let amount = Expression::property(self.choices.of(&relationships), "amount");
        let number = Expression::Literal(Value::Integer(self.choices.pick(5) as i64));
        Expression::binary(*self.choices.of(&COMPARISONS), amount, number)
    }

    fn list_comparison(&mut self, scope: &Scope, depth: usize) -> Expression {
        let operator = if self.choices.once_in(2) { Operator::NotEqual } else { Operator::Equal };
        Expression::binary(operator, self.list(scope, depth), self.list(scope, depth))
    }

    fn quantified(&mut self, scope: &Scope, depth: usize) -> Expression {
        let quantifier = *self.choices.of(&[Quantifier::Any, Quantifier::All, Quantifier::None, Quantifier::Single]);
        let (list, sort) = self.walkable(scope, depth);
        let mut inner = scope.clone();
        let name = inner.fresh("x");
        inner.add(&name, sort);
        Expression::Quantified(quantifier, name, Box::new(list), Box::new(self.condition(&inner, depth)))
    }

    /// A list, and what its members are.
    fn walkable(&mut self, scope: &Scope, depth: usize) -> (Expression, Sort) {
        let (paths, taken) = (scope.of(Sort::Path), scope.of(Sort::Relationships));
        match self.choices.pick(4) {
            0 if !paths.is_empty() => (call(Function::Nodes, vec![Expression::variable(self.choices.of(&paths))]), Sort::Node),
            1 if !paths.is_empty() => {
                (call(Function::Relationships, vec![Expression::variable(self.choices.of(&paths))]), Sort::Relationship)
            }
            2 if !taken.is_empty() => (Expression::variable(self.choices.of(&taken)), Sort::Relationship),
            _ => (self.list(scope, depth), Sort::Mixed),
        }
    }

    /// A pattern and a condition of a query within the query.
    pub fn inner(&mut self, scope: &Scope, depth: usize) -> Matching {
        let mut inner = scope.clone();
        inner.named += 20;
        let steps = 1 + self.choices.pick(2);
        let mut pattern = self.pattern(&mut inner, steps, true);
        if let Some(name) = pattern.name.take() {
            inner.variables.retain(|(known, _)| *known != name);
        }
        let condition = self.filter(&inner, depth, 3);
        Matching { patterns: vec![pattern], condition }
    }

    /// A number or null.
    pub fn number(&mut self, scope: &Scope, depth: usize) -> Expression {
        let (nodes, numbers) = (scope.of(Sort::Node), scope.of(Sort::Number));
        let (relationships, paths) = (scope.of(Sort::Relationship), [scope.of(Sort::Path), scope.of(Sort::AnyShortest)].concat());
        match self.choices.pick(12) {
            0..3 if !nodes.is_empty() => Expression::property(self.choices.of(&nodes), "num"),
            3 | 4 if !numbers.is_empty() => Expression::variable(self.choices.of(&numbers)),
            5 if !relationships.is_empty() => Expression::property(self.choices.of(&relationships), "weight"),
            6 if !paths.is_empty() => call(Function::Length, vec![Expression::variable(self.choices.of(&paths))]),
            7 if depth > 0 => {
                let operator = *self.choices.of(&[Operator::Add, Operator::Subtract, Operator::Multiply]);
                Expression::binary(operator, self.number(scope, depth - 1), self.number(scope, depth - 1))
            }
            8 if depth > 0 => Expression::Count(Box::new(self.inner(scope, depth - 1))),
            9 if depth > 0 => self.counted(scope, depth - 1),
            10 if depth > 0 => {
                let branch = (self.condition(scope, depth - 1), self.number(scope, depth - 1));
                let otherwise = self.choices.once_in(2).then(|| Box::new(self.number(scope, depth - 1)));
                Expression::Case(vec![branch], otherwise)
            }
            11 if depth > 0 && self.choices.once_in(2) => call(Function::Abs, vec![self.number(scope, depth - 1)]),
            11 if depth > 0 => call(Function::Coalesce, vec![self.number(scope, depth - 1), self.number(scope, depth - 1)]),
            _ => Expression::Literal(self.choices.of(&NUMBERS).clone()),
        }
    }

    /// The size of a list, or what its members sum up to.
    fn counted(&mut self, scope: &Scope, depth: usize) -> Expression {
        let bags = [scope.of(Sort::Bag), scope.of(Sort::Nodes)].concat();
        let nodes = scope.of(Sort::Node);
        match self.choices.pick(4) {
            0 if !bags.is_empty() => call(Function::Size, vec![Expression::variable(self.choices.of(&bags))]),
            1 => call(Function::Size, vec![self.pattern_comprehension(scope, depth)]),
            2 if !nodes.is_empty() => {
                call(Function::Size, vec![call(Function::Labels, vec![Expression::variable(self.choices.of(&nodes))])])
            }
            3 => {
                let mut inner = scope.clone();
                let (total, member) = (inner.fresh("t"), inner.fresh("x"));
                let numbers = (0..self.choices.pick(3)).map(|_| self.number(scope, 0)).collect();
                let sum = Expression::binary(Operator::Add, Expression::variable(&total), Expression::variable(&member));
                let start = Box::new(Expression::Literal(Value::Integer(0)));
                Expression::Reduce(total, start, member, Box::new(Expression::List(numbers)), Box::new(sum))
            }
            _ => call(Function::Size, vec![self.list(scope, depth)]),
        }
    }

    pub fn pattern_comprehension(&mut self, scope: &Scope, depth: usize) -> Expression {
        let mut inner = scope.clone();
        inner.named += 20;
        let steps = 1 + self.choices.pick(2);
        let mut pattern = self.pattern(&mut inner, steps, true);
        if let Some(name) = pattern.name.take() {
            inner.variables.retain(|(known, _)| *known != name);
        }
        let condition = self.filter(&inner, depth, 3);
        let made = self.scalar(&inner, depth);
        Expression::PatternComprehension(Box::new(Matching { patterns: vec![pattern], condition }), Box::new(made))
    }

    /// A text or null.
    pub fn text(&mut self, scope: &Scope, depth: usize) -> Expression {
        let (nodes, texts, relationships) = (scope.of(Sort::Node), scope.of(Sort::Text), scope.of(Sort::Relationship));
        match self.choices.pick(8) {
            0 | 1 if !nodes.is_empty() => Expression::property(self.choices.of(&nodes), "name"),
            2 if !relationships.is_empty() && self.choices.once_in(2) => {
                let end = if self.choices.once_in(2) { Function::StartNode } else { Function::EndNode };
                let node = call(end, vec![Expression::variable(self.choices.of(&relationships))]);
                Expression::Property(Box::new(node), "id".to_owned())
            }
            2 if !nodes.is_empty() => Expression::property(self.choices.of(&nodes), "id"),
            3 if !texts.is_empty() => Expression::variable(self.choices.of(&texts)),
            4 if !relationships.is_empty() => call(Function::Type, vec![Expression::variable(self.choices.of(&relationships))]),
            5 if !relationships.is_empty() => Expression::property(self.choices.of(&relationships), "note"),
            6 if depth > 0 => Expression::binary(Operator::Add, self.text(scope, depth - 1), self.text(scope, depth - 1)),
            7 if depth > 0 => call(Function::ToUpper, vec![self.text(scope, depth - 1)]),
            _ => self.word(),
        }
    }

    /// Anything that is no list, most of the time.
    pub fn scalar(&mut self, scope: &Scope, depth: usize) -> Expression {
        let (nodes, mixed) = (scope.of(Sort::Node), scope.of(Sort::Mixed));
        match self.choices.pick(8) {
            0 | 1 => self.number(scope, depth),
            2 | 3 => self.text(scope, depth),
            4 if !mixed.is_empty() => Expression::variable(self.choices.of(&mixed)),
            4 | 5 if !nodes.is_empty() => Expression::property(self.choices.of(&nodes), "mix"),
            6 => self.boolean(scope),
            7 if depth > 0 => match self.choices.pick(3) {
                0 => {
                    let of = self.scalar(scope, 0);
                    let branches = (0..1 + self.choices.pick(2)).map(|_| (self.scalar(scope, 0), self.scalar(scope, 0))).collect();
                    Expression::CaseOf(Box::new(of), branches, None)
                }
                1 => {
                    let place = Expression::Literal(Value::Integer(self.choices.pick(4) as i64 - 2));
                    Expression::Index(Box::new(self.list(scope, 0)), Box::new(place))
                }
                _ => call(if self.choices.once_in(2) { Function::Head } else { Function::Last }, vec![self.list(scope, 0)]),
            },
            _ => Expression::Literal(if self.choices.once_in(6) { Value::Null } else { scalar(self.choices) }),
        }
    }

    /// A list of scalars in an order, or null.
    pub fn list(&mut self, scope: &Scope, depth: usize) -> Expression {
        let (nodes, lists) = (scope.of(Sort::Node), scope.of(Sort::List));
        match self.choices.pick(6) {
            0 if !nodes.is_empty() => Expression::property(self.choices.of(&nodes), "tags"),
            1 if !lists.is_empty() => Expression::variable(self.choices.of(&lists)),
            2 => call(
                Function::Range,
                vec![Expression::Literal(Value::Integer(0)), Expression::Literal(Value::Integer(self.choices.pick(4) as i64 - 1))],
            ),
            3 | 4 if depth > 0 => {
                let (list, sort) = self.walkable(scope, depth - 1);
                let mut inner = scope.clone();
                let name = inner.fresh("x");
                inner.add(&name, sort);
                let condition = if self.choices.once_in(2) { Some(Box::new(self.condition(&inner, depth - 1))) } else { None };
                let made =
                    if sort != Sort::Mixed || self.choices.once_in(2) { Some(Box::new(self.scalar(&inner, depth - 1))) } else { None };
                Expression::ListComprehension(name, Box::new(list), condition, made)
            }
            _ => Expression::List((0..self.choices.pick(4)).map(|_| self.scalar(scope, 0)).collect()),
        }
    }
}
