//! Steps: the relationships of a pattern: single ones, those of variable length, those bound before, and shortest paths.

use crate::algebra::{Expression, Function, Hops, Operator, PathMode, VariableId, Written};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Comparison, Value};
use crate::query::syntax::pattern_tree::{Arrow, NodePattern, PatternPart, RelationshipPattern};
use crate::query::syntax::tree::Span;

use super::Resolver;
use super::expression::Environment;
use super::fault;
use super::lookup::Routes;
use super::matching::{Match, property_map};
use super::scope::Binding;
use super::sort::Sort;

/// The variables of a chain of nodes and relationships, from left to right.
pub(super) struct Chain {
    nodes: Vec<VariableId>,
    relations: Vec<VariableId>,
}

impl Chain {
    /// A node, a relationship, a node, and so on.
    pub fn elements(&self) -> Vec<VariableId> {
        let mut elements: Vec<VariableId> = self.nodes.first().copied().into_iter().collect();
        for (relation, node) in self.relations.iter().zip(&self.nodes[1..]) {
            elements.extend([*relation, *node]);
        }
        elements
    }
}

/// A relationship of a pattern, with the nodes that it stands between in the order in which it is taken.
struct Taken<'p> {
    pattern: &'p RelationshipPattern,
    relation: VariableId,
    /// What it was bound to before this match.
    before: Option<Binding>,
    from: VariableId,
    to: VariableId,
    arrow: Arrow,
}

impl Resolver<'_> {
    /// The rows of a chain, from its first bound node on.
    pub(super) fn chain(&mut self, matching: &mut Match, part: &PatternPart) -> Result<Chain, Diagnostic> {
        let nodes: Vec<&NodePattern> = std::iter::once(&part.start).chain(part.steps.iter().map(|(_, node)| node)).collect();
        let mut chain = Chain { nodes: vec![self.node_variable(matching, nodes[0])?], relations: Vec::new() };
        let mut before = Vec::new();
        for (relationship, node) in &part.steps {
            let (relation, binding) = self.relation_variable(matching, relationship)?;
            chain.relations.push(relation);
            before.push(binding);
            chain.nodes.push(self.node_variable(matching, node)?);
        }
        let plain = |step: usize| part.steps[step].0.length.is_none() && before[step].is_none();
        let anchor = (0..nodes.len())
            .take_while(|position| *position == 0 || plain(*position - 1))
            .find(|position| matching.bound.contains(&chain.nodes[*position]))
            .unwrap_or(0);
        // A single relationship that is bound already says where its ends are.
        let ends_known = part.steps.first().is_some_and(|(step, _)| step.length.is_none()) && before[0].is_some();
        if anchor != 0 || !ends_known || matching.bound.contains(&chain.nodes[0]) {
            self.place_node(matching, nodes[anchor], chain.nodes[anchor])?;
        }
        let rightwards = anchor..part.steps.len();
        for step in rightwards.chain((0..anchor).rev()) {
            let (pattern, right) = (&part.steps[step].0, step >= anchor);
            let (near, far) = if right { (step, step + 1) } else { (step + 1, step) };
            let taken = Taken {
                pattern,
                relation: chain.relations[step],
                before: before[step].clone(),
                from: chain.nodes[near],
                to: chain.nodes[far],
                arrow: if right { pattern.direction } else { turned(pattern.direction) },
            };
            self.take(matching, &taken, (nodes[near], nodes[far]))?;
        }
        Ok(chain)
    }

    /// The variable of a relationship, and what its name was bound to before this match.
    fn relation_variable(
        &mut self,
        matching: &mut Match,
        relationship: &RelationshipPattern,
    ) -> Result<(VariableId, Option<Binding>), Diagnostic> {
        let sort = if relationship.length.is_some() { Sort::list_of(Sort::Relationship) } else { Sort::Relationship };
        let Some(name) = &relationship.variable else { return Ok((self.variable("_relationship"), None)) };
        if let Some(binding) = matching.scope.get(&name.value).cloned() {
            self.used.insert(binding.variable);
            let fits = match (&sort, &binding.sort) {
                (Sort::List(_), Sort::List(member)) => member.may_be_relationship(),
                (Sort::List(_), other) => other.may_be_list(),
                (_, other) => other.may_be_relationship(),
            };
            if !fits {
                return Err(fault::conflict(name, &binding.sort, &sort));
            }
            if matching.named.contains(&name.value) {
                return Err(fault::bound(name, "another relationship of the same MATCH"));
            }
            matching.named.insert(name.value.clone());
            let variable = if relationship.length.is_some() { self.variable("_relationships") } else { binding.variable };
            return Ok((variable, Some(binding)));
        }
        matching.named.insert(name.value.clone());
        let variable = self.variable(&name.value);
        matching.scope.bind(&name.value, Binding::present(variable, sort));
        Ok((variable, None))
    }

    /// The rows with a relationship and the node behind it.
    fn take(&mut self, matching: &mut Match, taken: &Taken<'_>, (near, node): (&NodePattern, &NodePattern)) -> Result<(), Diagnostic> {
        if matching.bound.contains(&taken.to) {
            self.require_node(matching, node);
        }
        match (&taken.before, &taken.pattern.length) {
            (Some(binding), None) => {
                self.along_bound(matching, taken, binding, near)?;
            }
            (_, None) => {
                let routes = match self.routes(&taken.pattern.types, taken.arrow) {
                    Routes::Of(routes) => routes,
                    Routes::Nowhere => {
                        matching.nothing("a relationship type that the graph has");
                        Vec::new()
                    }
                };
                let unlike = matching.relations.clone();
                let (from, relation, to) = (taken.from, taken.relation, taken.to);
                matching.step(|input| Operator::Expand { input, from, relation, to, routes, unlike });
                matching.bound.extend([relation, to]);
                matching.relations.push(relation);
                matching.asserted.push(relation);
                self.test_properties(matching, relation, &Sort::Relationship, taken.pattern.properties.as_ref())?;
                if let Some(condition) = &taken.pattern.condition {
                    self.test_condition(matching, condition)?;
                }
            }
            (before, Some(_)) => self.trail(matching, taken, before.as_ref())?,
        }
        self.test_node(matching, node, taken.to, &node.labels)
    }

    fn trail(&mut self, matching: &mut Match, taken: &Taken<'_>, before: Option<&Binding>) -> Result<(), Diagnostic> {
        let (least, mut most) = bounds(taken.pattern)?;
        let routes = match self.routes(&taken.pattern.types, taken.arrow) {
            Routes::Of(routes) => routes,
            Routes::Nowhere => {
                most = Some(0);
                if least > 0 {
                    matching.nothing("a relationship type that the graph has");
                }
                Vec::new()
            }
        };
        let each = self.each(matching, taken.pattern)?;
        let (from, relations, to, unlike) = (taken.from, taken.relation, taken.to, matching.relations.clone());
        matching.step(|input| Operator::Trail { input, from, relations, to, routes, least, most, unlike, each });
        matching.bound.extend([relations, to]);
        matching.relations.push(relations);
        matching.lists.insert(relations);
        if let Some(binding) = before {
            let (found, known) = (Expression::Variable(relations), Expression::Variable(binding.variable));
            let same = Expression::Cypher(Comparison::Equal, Box::new(found), Box::new(known));
            matching.filter(same, self.written_text(&taken.pattern.span));
        }
        Ok(())
    }

    /// What every relationship of a trail must satisfy.
    fn each(&mut self, matching: &Match, pattern: &RelationshipPattern) -> Result<Option<(VariableId, Box<Expression>)>, Diagnostic> {
        let entries = property_map(pattern.properties.as_ref())?;
        if entries.is_empty() && pattern.condition.is_none() {
            return Ok(None);
        }
        let element = self.variable("_each");
        let mut conditions = Vec::new();
        for (name, value) in entries {
            conditions.push(self.property_condition(&matching.scope, element, &Sort::Relationship, name, value)?.0);
        }
        if let Some(condition) = &pattern.condition {
            let scope = match &pattern.variable {
                Some(name) => matching.scope.with(&name.value, Binding::present(element, Sort::Relationship)),
                None => matching.scope.clone(),
            };
            let found = self.conditions(condition, &Environment::plain(&scope, "WHERE"))?;
            conditions.extend(found.into_iter().map(|condition| condition.expression));
        }
        let all = match conditions.len() {
            1 => conditions.remove(0),
            _ => Expression::And(conditions),
        };
        Ok(Some((element, Box::new(all))))
    }

    /// A relationship that was bound before: its ends are known.
    fn along_bound(&mut self, matching: &mut Match, taken: &Taken<'_>, binding: &Binding, near: &NodePattern) -> Result<(), Diagnostic> {
        let name = taken.pattern.variable.as_ref().map_or("", |name| name.value.as_str());
        matching.require(binding, name);
        let text = self.written_text(&taken.pattern.span);
        let relation = Expression::Variable(taken.relation);
        let end = |function: Function| Expression::Call(function, vec![relation.clone()], Written::default());
        let (start, stop) = match taken.arrow {
            Arrow::Right => (end(Function::StartNode), end(Function::EndNode)),
            Arrow::Left => (end(Function::EndNode), end(Function::StartNode)),
            Arrow::Either => {
                let way = self.variable("_way");
                matching.step(|input| Operator::Unwind { input, list: ways(&end), element: way, keep_empty: false });
                let either = |first: Function, second: Function| Expression::Case {
                    operand: None,
                    branches: vec![(Expression::Variable(way), end(first))],
                    otherwise: Some(Box::new(end(second))),
                };
                (either(Function::StartNode, Function::EndNode), either(Function::EndNode, Function::StartNode))
            }
        };
        let near_is_new = self.meet(matching, taken.from, start, text);
        if near_is_new {
            self.test_node(matching, near, taken.from, &near.labels)?;
        }
        self.meet(matching, taken.to, stop, text);
        for other in matching.relations.clone() {
            let other_is = Expression::Variable(other);
            let different = if matching.lists.contains(&other) {
                let among = Expression::In(Box::new(relation.clone()), Box::new(other_is), Written::default());
                Expression::Not(Box::new(among))
            } else {
                Expression::Cypher(Comparison::NotEqual, Box::new(relation.clone()), Box::new(other_is))
            };
            matching.filter(different, text);
        }
        matching.relations.push(taken.relation);
        if !taken.pattern.types.is_empty() {
            let mut each = Vec::new();
            for name in &taken.pattern.types {
                let label = self.label(name, &Sort::Relationship);
                each.push(Expression::HasLabels(Box::new(relation.clone()), vec![label]));
            }
            let any = if each.len() == 1 { each.remove(0) } else { Expression::Or(each) };
            matching.filter(any, text);
        }
        if let Some(condition) = &taken.pattern.condition {
            self.test_condition(matching, condition)?;
        }
        self.test_properties(matching, taken.relation, &Sort::Relationship, taken.pattern.properties.as_ref())
    }

    /// Binds a node to what an expression yields, or requires that it is that already; whether it was new.
    fn meet(&mut self, matching: &mut Match, node: VariableId, is: Expression, text: &str) -> bool {
        if matching.bound.insert(node) {
            matching.step(|input| Operator::Project { input, items: vec![(node, is)] });
            return true;
        }
        let same = Expression::Cypher(Comparison::Equal, Box::new(Expression::Variable(node)), Box::new(is));
        matching.filter(same, text);
        false
    }

    /// `shortestPath( )` and `allShortestPaths( )` in a `MATCH`.
    pub(super) fn shortest(&mut self, matching: &mut Match, part: &PatternPart) -> Result<(), Diagnostic> {
        let [(relationship, end)] = part.steps.as_slice() else {
            return Err(shortest_fault("a shortest path is asked of one relationship between two nodes", &part.span));
        };
        if relationship.properties.is_some() || relationship.condition.is_some() {
            return Err(Diagnostic::error(Code::NotSupported, "the relationships of a shortest path cannot have conditions")
                .at(relationship.span.clone(), "a condition")
                .help("name the path p and test it behind: WHERE all(r IN relationships(p) WHERE …)"));
        }
        let (least, most) = if relationship.length.is_some() { bounds(relationship)? } else { (1, Some(1)) };
        if least > 1 {
            return Err(shortest_fault("a shortest path has no least length but 0 or 1", &relationship.span));
        }
        let (from, to) = (self.node_variable(matching, &part.start)?, self.node_variable(matching, end)?);
        self.place_node(matching, &part.start, from)?;
        self.place_node(matching, end, to)?;
        let routes = match self.routes(&relationship.types, relationship.direction) {
            Routes::Of(routes) => routes,
            Routes::Nowhere => {
                matching.nothing("a relationship type that the graph has");
                Vec::new()
            }
        };
        let given = part.variable.as_ref().and_then(|name| matching.ways.iter().find(|(path, _)| *path == name.value));
        let routes = given.map_or(routes, |(_, routes)| routes.clone());
        let mode = if part.shortest == Some(true) { PathMode::AllShortest } else { PathMode::OneShortest };
        let hops = Hops { routes, least, most, mode, parallel: true };
        let named = part.variable.clone();
        let path = match named {
            Some(name) => {
                self.bind_path(matching, &name, |path, input| Operator::Paths { input, from, to, path, hops })?;
                matching.scope.get(&name.value).map(|binding| binding.variable)
            }
            None => {
                let path = self.variable("_path");
                matching.step(|input| Operator::Paths { input, from, to, path, hops });
                Some(path)
            }
        };
        if let (Some(name), Some(path)) = (&relationship.variable, path) {
            if matching.scope.get(&name.value).is_some() {
                return Err(fault::bound(name, "the relationships of a shortest path"));
            }
            let variable = self.variable(&name.value);
            let relations = Expression::Call(Function::Relationships, vec![Expression::Variable(path)], Written::default());
            matching.step(|input| Operator::Project { input, items: vec![(variable, relations)] });
            matching.scope.bind(&name.value, Binding::present(variable, Sort::list_of(Sort::Relationship)));
            matching.bound.insert(variable);
        }
        Ok(())
    }
}

fn shortest_fault(message: &str, span: &Span) -> Diagnostic {
    Diagnostic::error(Code::BadGraphPattern, message).at(span.clone(), "").help("write it so: shortestPath((a)-[:TYPE*]-(b))")
}

/// Once for a relationship that leads to where it starts, else both ways.
fn ways(end: &dyn Fn(Function) -> Expression) -> Expression {
    let (here, there) = (end(Function::StartNode), end(Function::EndNode));
    let loops = Expression::Cypher(Comparison::Equal, Box::new(here), Box::new(there));
    let list = |ways: &[bool]| Expression::Literal(Value::List(ways.iter().map(|way| Value::Boolean(*way)).collect()));
    Expression::Case { operand: None, branches: vec![(loops, list(&[true]))], otherwise: Some(Box::new(list(&[true, false]))) }
}

fn turned(arrow: Arrow) -> Arrow {
    match arrow {
        Arrow::Right => Arrow::Left,
        Arrow::Left => Arrow::Right,
        Arrow::Either => Arrow::Either,
    }
}

/// The least and the greatest number of relationships.
fn bounds(pattern: &RelationshipPattern) -> Result<(u32, Option<u32>), Diagnostic> {
    let Some(length) = &pattern.length else { return Ok((1, Some(1))) };
    let number = |given: u64| {
        u32::try_from(given).map_err(|_| {
            Diagnostic::error(Code::BadNumber, "no path is that long")
                .at(length.span.clone(), "too long")
                .help("leave the bound out: `*1..`")
        })
    };
    let least = length.least.map_or(Ok(1), number)?;
    Ok((least, length.most.map(number).transpose()?))
}
