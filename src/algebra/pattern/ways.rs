//! Ways: relationships, denials, paths and what lies around, as clauses.

use std::collections::BTreeSet;

use crate::model::{Direction, RelationTypeId};

use super::super::{Hops, PathMode, Route, VariableId};
use super::Writer;
use super::names::{key, relationship_type, text};
use super::operators::renamed;
use super::part::{Match, Part, Sort, Support, block};

impl Writer<'_> {
    /// For each row the relations that lead on.
    pub(super) fn expand(
        &mut self,
        part: &mut Part,
        (from, relation, to): (VariableId, VariableId, VariableId),
        routes: &[Route],
        unlike: &[VariableId],
    ) {
        let start = self.reference(&part.scope, from).text;
        let names: Vec<String> = unlike.iter().map(|other| self.reference(&part.scope, *other).text).collect();
        let mut unlike: Vec<(VariableId, String)> = unlike.iter().copied().zip(names).collect();
        if !self.knowledge.is_asserted(relation) {
            if self.knowledge.compares_denials {
                self.with_denials(part, (from, relation, to), routes);
            } else {
                self.why(part, (from, relation, to), routes);
            }
        } else {
            let name = self.bind(part, relation, Sort::Plain);
            let end = match part.scope.get(&to) {
                Some(bound) => bound.text.clone(),
                None => self.bind(part, to, Sort::Node),
            };
            let arrow = self.arrow(&name, routes);
            let excluded: Vec<VariableId> = unlike.iter().map(|(variable, _)| *variable).collect();
            // No relation is taken twice in one MATCH: what may be taken again needs another.
            let clause = part.matching(|last| last.relations.iter().all(|taken| excluded.contains(taken)));
            unlike.retain(|(variable, _)| !clause.relations.contains(variable));
            arrow.add(clause, (from, &start), (to, &end));
            clause.relations.push(relation);
            if let Some(condition) = self.mixed(routes, &name, &start) {
                part.condition(condition);
            }
            part.support.push(Support::Relation(relation, name));
        }
        let name = self.reference(&part.scope, relation).text;
        for (_, other) in unlike {
            part.condition(format!("{name} <> {other}"));
        }
    }

    /// The relations that lead on, asserted or denied, as `why` asks for them.
    fn why(&mut self, part: &mut Part, (from, relation, to): (VariableId, VariableId, VariableId), routes: &[Route]) {
        let start = self.reference(&part.scope, from).text;
        let name = self.bind(part, relation, Sort::Plain);
        let (end, met) = self.end(part, to, "other");
        let types: Vec<String> = routes.iter().map(|route| text(&self.directed(*route))).collect();
        let types = if types.is_empty() { String::new() } else { format!(", [{}]", types.join(", ")) };
        part.filterable(format!("CALL graph.why({start}{types}) YIELD {}, {}", renamed("relation", &name), renamed("entity", &end)));
        met.into_iter().for_each(|condition| part.condition(condition));
        part.support.push(Support::Relation(relation, name));
    }

    /// The relations that lead on, asserted ones and denials in a branch of their own.
    fn with_denials(&mut self, part: &mut Part, (from, relation, to): (VariableId, VariableId, VariableId), routes: &[Route]) {
        let start = self.reference(&part.scope, from).text;
        let bound = part.scope.get(&to).map(|end| end.text.clone());
        let name = self.bind(part, relation, Sort::Plain);
        let imports = match &bound {
            Some(end) => format!("WITH {start}, {end}"),
            None => format!("WITH {start}"),
        };
        let end = bound.clone().unwrap_or_else(|| self.bind(part, to, Sort::Node));
        let returns = if bound.is_some() { format!("RETURN {name}") } else { format!("RETURN {name}, {end}") };
        let mut asserted = Part::default();
        let arrow = self.arrow(&name, routes);
        arrow.add(asserted.matching(|_| false), (from, &start), (to, &end));
        self.mixed(routes, &name, &start).into_iter().for_each(|condition| asserted.condition(condition));
        let mut branches = vec![format!("{imports}\n{}\n{returns}", asserted.text())];
        for direction in [Direction::Outgoing, Direction::Incoming] {
            let types = types(routes, direction);
            if types.is_empty() && !routes.is_empty() {
                continue;
            }
            let near = self.fresh("start");
            let far = if bound.is_some() { self.fresh("goal") } else { end.clone() };
            let (first, second) = if direction == Direction::Outgoing { (&near, &far) } else { (&far, &near) };
            let mut conditions = vec![format!("{near} = {start}")];
            if bound.is_some() {
                conditions.push(format!("{far} = {end}"));
            }
            if !types.is_empty() {
                conditions.push(self.of_types(&name, &types));
            }
            let yields = format!("{}, {}, {}", renamed("from", first), renamed("relation", &name), renamed("to", second));
            let call = format!("CALL graph.denials() YIELD {yields}\nWHERE {}", conditions.join(" AND "));
            branches.push(format!("{imports}\n{call}\n{returns}"));
        }
        part.clause(block("CALL", &branches.join("\nUNION ALL\n")));
        part.support.push(Support::Relation(relation, name));
    }

    /// For each row the relations one of whose qualifiers names an entity.
    pub(super) fn mentions(&mut self, part: &mut Part, entity: VariableId, [from, relation, to]: [VariableId; 3]) {
        let named = self.reference(&part.scope, entity).text;
        if !self.knowledge.is_asserted(relation) {
            let yields = self.yield_relation(part, [from, relation, to]);
            part.filterable(format!("CALL graph.mentions({named}) YIELD {yields}"));
            return;
        }
        let (start, end) = (self.bind(part, from, Sort::Node), self.bind(part, to, Sort::Node));
        let name = self.bind(part, relation, Sort::Plain);
        let clause = part.matching(|last| last.relations.is_empty());
        clause.add_link((from, &start), format!("-[{name}]->"), (to, &end));
        clause.relations.push(relation);
        part.condition(format!("mentions({name}, {named})"));
        part.support.push(Support::Relation(relation, name));
    }

    /// The ways between what two variables are bound to, all starts and all ends together.
    pub(super) fn paths(&mut self, part: &mut Part, (from, to, path): (VariableId, VariableId, VariableId), hops: &Hops) {
        let (start, end) = (self.reference(&part.scope, from).text, self.reference(&part.scope, to).text);
        let name = self.bind(part, path, Sort::Plain);
        let steps = format!("({start}){}({end})", self.steps(&hops.routes, hops.most));
        let along = self.along(&hops.routes, &name);
        if hops.mode == PathMode::Simple {
            part.filterable(format!("MATCH {name} = {steps}"));
            part.condition(format!("all(n IN nodes({name}) WHERE single(m IN nodes({name}) WHERE m = n))"));
            along.into_iter().for_each(|condition| part.condition(condition));
            self.ways(part, [&start, &end, &name], false);
            return;
        }
        part.clause(format!("WITH DISTINCT {start}, {end}"));
        part.scope.clear();
        let (start, end) = (self.bind(part, from, Sort::Node), self.bind(part, to, Sort::Node));
        self.bind(part, path, Sort::Plain);
        let steps = format!("({start}){}({end})", self.steps(&hops.routes, hops.most));
        part.filterable(format!("MATCH {name} = allShortestPaths({steps})"));
        part.condition(format!("{start} <> {end}"));
        along.into_iter().for_each(|condition| part.condition(condition));
        if hops.mode == PathMode::AllShortest {
            let (shortest, found) = (self.fresh("shortest"), self.fresh("found"));
            part.clause(format!("WITH min(length({name})) AS {shortest}, collect({name}) AS {found}"));
            part.clause(format!("UNWIND [p IN {found} WHERE length(p) = {shortest}] AS {name}"));
            self.ways(part, [&start, &end, &name], false);
        } else {
            self.ways(part, [&start, &end, &name], true);
        }
    }

    /// Paths through the same entities by the same types as one, which rests on the relations of all of them.
    fn ways(&mut self, part: &mut Part, [start, end, name]: [&str; 3], only_first: bool) {
        let (entities, steps, support) = (self.fresh("entities"), self.fresh("steps"), self.fresh("support"));
        let taken = format!("[r IN relationships({name}) | [type(r), startNode(r).id]]");
        let all = format!("reduce(whole = [], one IN collect(relationships({name})) | whole + one)");
        part.clause(format!("WITH nodes({name}) AS {entities}, {taken} AS {steps}, head(collect({name})) AS {name}, {all} AS {support}"));
        if only_first {
            part.clause(format!("ORDER BY size({steps}), [n IN {entities} | n.id], {steps}"));
            part.clause("LIMIT 1");
        }
        part.filterable(format!("WITH head({entities}) AS {start}, last({entities}) AS {end}, {name}, {support}"));
        part.cited.clear();
        part.support = vec![Support::List(support)];
    }

    /// What lies around; the last relations of the shortest ways support it.
    pub(super) fn around(
        &mut self,
        part: &mut Part,
        (centre, entity, distance): (VariableId, VariableId, VariableId),
        routes: &[Route],
        within: u32,
    ) {
        let middle = self.reference(&part.scope, centre).text;
        let (centres, path, paths) = (self.fresh("centres"), self.fresh("path"), self.fresh("paths"));
        part.clause(format!("WITH collect(DISTINCT {middle}) AS {centres}"));
        part.scope.clear();
        let middle = self.bind(part, centre, Sort::Node);
        let near = self.bind(part, entity, Sort::Node);
        let away = self.bind(part, distance, Sort::Plain);
        part.scope.remove(&centre);
        part.clause(format!("UNWIND {centres} AS {middle}"));
        let steps = format!("({middle}){}({near})", self.steps(routes, Some(within)));
        part.filterable(format!("MATCH {path} = allShortestPaths({steps})"));
        part.condition(format!("NOT {near} IN {centres}"));
        self.along(routes, &path).into_iter().for_each(|condition| part.condition(condition));
        part.clause(format!("WITH {near}, min(length({path})) AS {away}, collect({path}) AS {paths}"));
        let support = self.fresh("support");
        let last = format!("[p IN {paths} WHERE length(p) = {away} | last(relationships(p))]");
        part.filterable(format!("WITH {near}, {away}, {last} AS {support}"));
        part.cited.clear();
        part.support = vec![Support::List(support)];
    }

    /// The name of an end, and what makes it the one that is bound already.
    fn end(&mut self, part: &mut Part, variable: VariableId, name: &str) -> (String, Option<String>) {
        match part.scope.get(&variable).map(|bound| bound.text.clone()) {
            Some(bound) => {
                let end = self.fresh(name);
                let met = format!("{end} = {bound}");
                (end, Some(met))
            }
            None => (self.bind(part, variable, Sort::Node), None),
        }
    }

    fn arrow(&self, name: &str, routes: &[Route]) -> Arrow {
        let shape = Shape::of(routes);
        let types = self.alternatives(&shape.types(routes));
        Arrow { shape, inner: format!("[{name}{types}]") }
    }

    /// `-[:CAUSES|TREATS*1..4]-`
    fn steps(&self, routes: &[Route], most: Option<u32>) -> String {
        let shape = Shape::of(routes);
        let most = most.map_or_else(|| "*".to_owned(), |most| format!("*1..{most}"));
        let inner = format!("[{}{most}]", self.alternatives(&shape.types(routes)));
        match shape {
            Shape::Forward => format!("-{inner}->"),
            Shape::Backward => format!("<-{inner}-"),
            Shape::Either | Shape::Mixed => format!("-{inner}-"),
        }
    }

    fn alternatives(&self, types: &[RelationTypeId]) -> String {
        let names: Vec<String> = types.iter().map(|id| key(&relationship_type(self.vocabulary.relation_type(*id)))).collect();
        if names.is_empty() { String::new() } else { format!(":{}", names.join("|")) }
    }

    /// A relation type with the direction to take it in: `TREATS>`, `<CAUSES`.
    fn directed(&self, route: Route) -> String {
        let name = relationship_type(self.vocabulary.relation_type(route.relation_type));
        if route.direction == Direction::Outgoing { format!("{name}>") } else { format!("<{name}") }
    }

    fn of_types(&self, relation: &str, types: &[RelationTypeId]) -> String {
        let names: Vec<String> = types.iter().map(|id| text(&relationship_type(self.vocabulary.relation_type(*id)))).collect();
        match names.as_slice() {
            [only] => format!("type({relation}) = {only}"),
            several => format!("type({relation}) IN [{}]", several.join(", ")),
        }
    }

    /// What holds a relation to its routes where not every relation type may be taken in the same directions.
    fn mixed(&self, routes: &[Route], relation: &str, start: &str) -> Option<String> {
        (Shape::of(routes) == Shape::Mixed).then(|| {
            let way = |direction: Direction, end: &str| {
                format!("{end}({relation}) = {start} AND {}", self.of_types(relation, &types(routes, direction)))
            };
            format!("({} OR {})", way(Direction::Outgoing, "startNode"), way(Direction::Incoming, "endNode"))
        })
    }

    /// The same of every relation of a path.
    fn along(&self, routes: &[Route], path: &str) -> Option<String> {
        let relation = format!("relationships({path})[i]");
        let condition = self.mixed(routes, &relation, &format!("nodes({path})[i]"))?;
        Some(format!("all(i IN range(0, length({path}) - 1) WHERE {condition})"))
    }
}

/// Which ways relations may be taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Forward,
    Backward,
    Either,
    /// Not every relation type in the same directions.
    Mixed,
}

impl Shape {
    fn of(routes: &[Route]) -> Shape {
        let set = |direction| types(routes, direction).into_iter().collect::<BTreeSet<_>>();
        let (forward, backward) = (set(Direction::Outgoing), set(Direction::Incoming));
        match (forward.is_empty(), backward.is_empty()) {
            _ if forward == backward => Shape::Either,
            (false, true) => Shape::Forward,
            (true, false) => Shape::Backward,
            _ => Shape::Mixed,
        }
    }

    /// The relation types to name, each once.
    fn types(self, routes: &[Route]) -> Vec<RelationTypeId> {
        let mut named = Vec::new();
        for route in routes {
            if !named.contains(&route.relation_type) {
                named.push(route.relation_type);
            }
        }
        named
    }
}

/// A relationship between two nodes, not yet in its clause.
struct Arrow {
    shape: Shape,
    inner: String,
}

impl Arrow {
    /// Adds the relationship, so that it points to the right where it can.
    fn add(&self, clause: &mut Match, from: (VariableId, &str), to: (VariableId, &str)) {
        let (left, right) = if self.shape == Shape::Backward { (to, from) } else { (from, to) };
        let directed = matches!(self.shape, Shape::Forward | Shape::Backward);
        let inner = &self.inner;
        if clause.continues(left.0, right.0) || !clause.continues(right.0, left.0) {
            clause.add_link(left, format!("-{inner}-{}", if directed { ">" } else { "" }), right);
        } else {
            clause.add_link(right, format!("{}-{inner}-", if directed { "<" } else { "" }), left);
        }
    }
}

fn types(routes: &[Route], direction: Direction) -> Vec<RelationTypeId> {
    routes.iter().filter(|route| route.direction == direction).map(|route| route.relation_type).collect()
}
