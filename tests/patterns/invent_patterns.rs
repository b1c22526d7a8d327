//! Invent patterns: makes up what a `MATCH`, an `EXISTS { }` or a comprehension looks for.

use super::invent::Inventor;
use super::query::{Direction, Expression, Matching, NodePattern, Operator, Pattern, Shortest, StepPattern};
use super::scope::{Scope, Sort};
use super::value::Value;
use super::world::{LABELS, NUMBERS, TEXTS, TYPES};

impl Inventor<'_, '_> {
    /// One to three patterns that may share variables, and a condition; the variables stay in scope.
    pub fn matching(&mut self, scope: &mut Scope) -> Matching {
        if self.choices.once_in(12) {
            return self.shortest(scope);
        }
        let count = [1, 1, 1, 1, 2, 2, 3][self.choices.pick(7)];
        let bound = scope.of(Sort::Relationship);
        let mut reused = Vec::new();
        let mut patterns = Vec::new();
        for _ in 0..count {
            let steps = if count == 3 { self.choices.pick(2) } else { [1, 0, 1, 2, 1, 2, 3][self.choices.pick(7)] };
            let mut pattern = self.pattern(scope, steps, true);
            if let Some((step, _)) = pattern.steps.first_mut()
                && step.length.is_none()
                && step.name.is_none()
                && !bound.is_empty()
                && self.choices.once_in(6)
            {
                let name = self.choices.of(&bound).clone();
                if !reused.contains(&name) {
                    reused.push(name.clone());
                    step.name = Some(name);
                }
            }
            patterns.push(pattern);
        }
        let condition = self.filter(scope, 2, 3);
        Matching { patterns, condition }
    }

    /// A search for the shortest ways between two nodes that differ.
    fn shortest(&mut self, scope: &mut Scope) -> Matching {
        let all = self.choices.once_in(2);
        let ends = [self.node(scope, true), self.node(scope, true)].map(|mut node| {
            if node.name.is_none() {
                let name = scope.fresh("n");
                scope.add(&name, Sort::Node);
                node.name = Some(name);
            }
            node
        });
        let [start, end] = ends;
        let names = [&start, &end].map(|node| node.name.clone().unwrap_or_default());
        if names[0] == names[1] {
            return Matching { patterns: vec![Pattern { name: None, shortest: Shortest::No, start, steps: Vec::new() }], condition: None };
        }
        let mut step = self.step(scope, false);
        step.properties.clear();
        step.length = Some((None, self.choices.once_in(2).then(|| 1 + self.choices.pick(3))));
        let name = scope.fresh("p");
        scope.add(&name, if all { Sort::Path } else { Sort::AnyShortest });
        let shortest = if all { Shortest::All } else { Shortest::One };
        let differ = Expression::binary(Operator::NotEqual, Expression::variable(&names[0]), Expression::variable(&names[1]));
        let pattern = Pattern { name: Some(name), shortest, start, steps: vec![(step, end)] };
        Matching { patterns: vec![pattern], condition: Some(differ) }
    }

    /// A pattern of so many steps; without names of its own unless it may have some.
    pub fn pattern(&mut self, scope: &mut Scope, steps: usize, names: bool) -> Pattern {
        let start = self.node(scope, names);
        let steps = (0..steps).map(|_| (self.step(scope, names), self.node(scope, names))).collect();
        let name = (names && self.choices.once_in(6)).then(|| scope.fresh("p"));
        if let Some(name) = &name {
            scope.add(name, Sort::Path);
        }
        Pattern { name, shortest: Shortest::No, start, steps }
    }

    fn node(&mut self, scope: &mut Scope, names: bool) -> NodePattern {
        let known = scope.of(Sort::Node);
        let mut node = NodePattern::default();
        match self.choices.pick(6) {
            0 | 1 if names => {
                let name = scope.fresh("n");
                node.name = Some(name);
            }
            2 => {}
            _ if !known.is_empty() => node.name = Some(self.choices.of(&known).clone()),
            _ => {}
        }
        if self.choices.once_in(5) {
            node.labels.push(self.label());
            if self.choices.once_in(5) {
                node.labels.push(self.label());
            }
        }
        if self.choices.once_in(16) {
            node.properties = self.node_properties(scope);
        }
        if let Some(name) = &node.name
            && !known.contains(name)
        {
            scope.add(name, Sort::Node);
        }
        node
    }

    fn node_properties(&mut self, scope: &Scope) -> Vec<(String, Expression)> {
        let others = scope.of(Sort::Node);
        if !others.is_empty() && self.choices.once_in(3) {
            return vec![("num".to_owned(), Expression::property(self.choices.of(&others), "num"))];
        }
        match self.choices.pick(3) {
            0 => vec![("num".to_owned(), Expression::Literal(self.choices.of(&NUMBERS).clone()))],
            1 => vec![("name".to_owned(), self.word())],
            _ => vec![("id".to_owned(), Expression::Literal(Value::Text(format!("n{}", self.choices.pick(self.nodes)))))],
        }
    }

    fn step(&mut self, scope: &mut Scope, names: bool) -> StepPattern {
        let types = match self.choices.pick(6) {
            0..4 => Vec::new(),
            4 => vec![self.relation_type()],
            _ => {
                let (first, second) = (self.relation_type(), self.relation_type());
                if first == second { vec![first] } else { vec![first, second] }
            }
        };
        let direction = *self.choices.of(&[Direction::Forward, Direction::Either, Direction::Backward, Direction::Either]);
        let lengths = [
            (None, None),
            (Some(0), None),
            (Some(0), Some(1)),
            (Some(1), Some(2)),
            (None, Some(3)),
            (Some(2), Some(2)),
            (Some(0), Some(0)),
            (Some(2), Some(3)),
        ];
        let length = if self.choices.once_in(5) { Some(*self.choices.of(&lengths)) } else { None };
        let name = (names && self.choices.once_in(2)).then(|| scope.fresh("r"));
        let properties = if self.choices.once_in(16) {
            vec![("weight".to_owned(), Expression::Literal(self.choices.of(&NUMBERS).clone()))]
        } else {
            Vec::new()
        };
        if let Some(name) = &name {
            scope.add(name, if length.is_some() { Sort::Relationships } else { Sort::Relationship });
        }
        StepPattern { name, types, direction, length, properties }
    }

    pub fn label(&mut self) -> String {
        let count = if self.choices.once_in(12) { 4 } else { 3 };
        LABELS[self.choices.pick(count)].to_owned()
    }

    fn relation_type(&mut self) -> String {
        let count = if self.choices.once_in(12) { 4 } else { 3 };
        TYPES[self.choices.pick(count)].to_owned()
    }

    /// A text as it stands.
    pub fn word(&mut self) -> Expression {
        Expression::Literal(Value::Text((*self.choices.of(&TEXTS)).to_owned()))
    }
}
