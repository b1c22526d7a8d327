//! Invent: makes queries up from choices, clause by clause.

use super::choices::Choices;
use super::query::{Aggregate, Clause, Expression, Operator, Projection, Query, Single};
use super::scope::{Scope, Sort};
use super::value::Value;

/// Makes a query up about a graph of so many nodes.
pub struct Inventor<'c, 'n> {
    pub choices: &'c mut Choices<'n>,
    pub nodes: usize,
    /// Whether this is about a `WHERE`: nowhere else is a pattern a condition.
    pub in_where: bool,
}

/// An item of a projection with what it holds.
type Item = (Expression, Sort);

impl Inventor<'_, '_> {
    /// A query.
    pub fn query(&mut self) -> Query {
        let parts = if self.choices.once_in(8) { 2 } else { 1 };
        let all = self.choices.once_in(2);
        let width = 1 + self.choices.pick(2);
        let parts = (0..parts).map(|_| self.single((parts > 1).then_some((width, all)))).collect();
        Query { parts, all }
    }

    /// A query without `UNION`; as a part of one it has so many columns, and no order.
    fn single(&mut self, part: Option<(usize, bool)>) -> Single {
        let mut scope = Scope::default();
        let mut clauses = Vec::new();
        let count = 1 + self.choices.pick(3);
        for place in 0..count {
            clauses.push(self.clause(&mut scope, place == 0));
        }
        let results = match part {
            Some((width, all)) => {
                let items = (0..width).map(|_| self.item(&scope, !all)).collect();
                self.projection(items, "c", &mut scope, false)
            }
            None => {
                let items = self.items(&scope);
                self.projection(items, "c", &mut scope, true)
            }
        };
        Single { clauses, results }
    }

    fn clause(&mut self, scope: &mut Scope, first: bool) -> Clause {
        match self.choices.pick(8) {
            5 if !first => {
                let projection = self.with(scope);
                let condition = self.filter(scope, 1, 2);
                Clause::With(projection, condition)
            }
            6 if !first || self.choices.once_in(3) => self.unwind(scope),
            7 | 4 if !first || self.choices.once_in(4) => Clause::Match { optional: true, matching: self.matching(scope) },
            _ => Clause::Match { optional: false, matching: self.matching(scope) },
        }
    }

    /// A condition behind `WHERE`, once in so many times.
    pub fn filter(&mut self, scope: &Scope, depth: usize, times: usize) -> Option<Expression> {
        if !self.choices.once_in(times) {
            return None;
        }
        let outside = std::mem::replace(&mut self.in_where, true);
        let condition = self.condition(scope, depth);
        self.in_where = outside;
        Some(condition)
    }

    fn unwind(&mut self, scope: &mut Scope) -> Clause {
        let (bags, nodes) = (scope.of(Sort::Bag), scope.of(Sort::Nodes));
        let (list, sort) = match self.choices.pick(4) {
            0 if !bags.is_empty() => (Expression::variable(self.choices.of(&bags)), Sort::Mixed),
            1 if !nodes.is_empty() => (Expression::variable(self.choices.of(&nodes)), Sort::Node),
            2 => (self.pattern_comprehension(scope, 1), Sort::Mixed),
            _ => (self.list(scope, 1), Sort::Mixed),
        };
        let name = scope.fresh("u");
        scope.add(&name, sort);
        Clause::Unwind(list, name)
    }

    fn with(&mut self, scope: &mut Scope) -> Projection {
        let mut items = self.items(scope);
        if self.choices.once_in(2) {
            // What is there stays, under its name: the next clauses have something to go on from.
            let kept = scope.variables.iter().filter(|(_, sort)| *sort == Sort::Node);
            items.extend(kept.map(|(name, sort)| (Expression::variable(name), *sort)));
        }
        self.projection(items, "v", scope, true)
    }

    /// One to three items, aggregates among them now and then.
    fn items(&mut self, scope: &Scope) -> Vec<Item> {
        (0..1 + self.choices.pick(3)).map(|_| self.item(scope, false)).collect()
    }

    /// An item; where equal rows shall be one, only what is equal wherever it is computed.
    fn item(&mut self, scope: &Scope, settled: bool) -> Item {
        let any: Vec<(String, Sort)> = scope.variables.iter().filter(|(_, sort)| sort.is_settled() || !settled).cloned().collect();
        match self.choices.pick(12) {
            0..3 if !any.is_empty() => {
                let (name, sort) = self.choices.of(&any).clone();
                if sort == Sort::AnyShortest { (self.number(scope, 1), Sort::Number) } else { (Expression::variable(&name), sort) }
            }
            4 => (self.text(scope, 1), Sort::Text),
            5 => (self.scalar(scope, 2), Sort::Mixed),
            6 => (self.list(scope, 2), Sort::List),
            7 => (self.condition(scope, 2), Sort::Boolean),
            3 | 8 | 9 => self.aggregate(scope, settled),
            10 if !settled => (self.pattern_comprehension(scope, 1), Sort::Bag),
            11 if !scope.of(Sort::Relationship).is_empty() => {
                (Expression::property(self.choices.of(&scope.of(Sort::Relationship)), "amount"), Sort::Interval)
            }
            _ => (self.number(scope, 2), Sort::Number),
        }
    }

    fn aggregate(&mut self, scope: &Scope, settled: bool) -> Item {
        let distinct = self.choices.once_in(3);
        let of = |kind: Aggregate, value: Expression| Expression::Aggregate(kind, distinct, Box::new(value));
        let nodes = scope.of(Sort::Node);
        let parts = [0.5, 0.0, 1.0, 0.25, 0.9];
        match self.choices.pick(12) {
            0 | 1 => (Expression::CountRows, Sort::Number),
            2 if !nodes.is_empty() => (of(Aggregate::Count, Expression::variable(self.choices.of(&nodes))), Sort::Number),
            2 | 3 => (of(Aggregate::Count, self.scalar(scope, 1)), Sort::Number),
            4 => (of(Aggregate::Sum, self.number(scope, 1)), Sort::Number),
            5 => (of(Aggregate::Average, self.number(scope, 1)), Sort::Number),
            6 => (of(Aggregate::Minimum, self.scalar(scope, 1)), Sort::Mixed),
            7 => (of(Aggregate::Maximum, self.scalar(scope, 1)), Sort::Mixed),
            8 if !settled && !nodes.is_empty() => (of(Aggregate::Collect, Expression::variable(self.choices.of(&nodes))), Sort::Nodes),
            9 if !settled => (of(Aggregate::Collect, self.scalar(scope, 1)), Sort::Bag),
            10 | 11 => {
                let kinds = [
                    Aggregate::Deviation,
                    Aggregate::PopulationDeviation,
                    Aggregate::Continuous(*self.choices.of(&parts)),
                    Aggregate::Discrete(*self.choices.of(&parts)),
                ];
                (of(*self.choices.of(&kinds), self.number(scope, 1)), Sort::Number)
            }
            _ => {
                let one = Expression::Literal(Value::Integer(1));
                (Expression::binary(Operator::Add, Expression::CountRows, one), Sort::Number)
            }
        }
    }

    /// A projection of these items, which are all that is in scope behind it.
    fn projection(&mut self, items: Vec<Item>, letter: &str, scope: &mut Scope, whole: bool) -> Projection {
        let aggregates = items.iter().any(|(value, _)| value.aggregates());
        let before = scope.clone();
        let mut projection = Projection { distinct: whole && self.choices.once_in(4), ..Projection::default() };
        let mut behind = Scope { variables: Vec::new(), named: scope.named };
        for (mut value, mut sort) in items {
            let is_key = projection.distinct || (aggregates && !value.aggregates());
            if is_key && !sort.is_settled() {
                (value, sort) = (self.number(&before, 0), Sort::Number);
            }
            let same = match &value {
                Expression::Variable(name) if letter == "v" => {
                    behind.variables.iter().all(|(known, _)| known != name).then(|| name.clone())
                }
                _ => None,
            };
            let name = same.unwrap_or_else(|| if letter == "c" { format!("c{}", projection.items.len()) } else { behind.fresh(letter) });
            behind.add(&name, sort);
            projection.items.push((value, name));
        }
        if whole && self.choices.once_in(3) {
            self.order(&mut projection, &before, &behind, aggregates);
        }
        *scope = behind;
        projection
    }

    fn order(&mut self, projection: &mut Projection, before: &Scope, behind: &Scope, aggregates: bool) {
        let key = |(name, sort): &(String, Sort)| match sort {
            Sort::Node => Some(Expression::property(name, "id")),
            Sort::Relationship => Some(Expression::property(name, "statement")),
            sort => sort.is_ordered().then(|| Expression::variable(name)),
        };
        let keys: Vec<Option<Expression>> = behind.variables.iter().map(key).collect();
        if !projection.distinct && !aggregates && self.choices.once_in(3) {
            let hidden = before.of(Sort::Node);
            let free: Vec<&String> = hidden.iter().filter(|name| behind.variables.iter().all(|(known, _)| known != *name)).collect();
            if !free.is_empty() {
                projection.order.push((Expression::property(self.choices.of(&free), "num"), self.choices.once_in(2)));
            }
        }
        let total = keys.iter().all(Option::is_some);
        for key in keys.into_iter().flatten() {
            projection.order.push((key, self.choices.once_in(3)));
        }
        if total && self.choices.once_in(2) {
            projection.skip = self.choices.once_in(3).then(|| self.choices.pick(3));
            projection.limit = if self.choices.once_in(5) { None } else { Some(self.choices.pick(4)) };
        }
    }
}
