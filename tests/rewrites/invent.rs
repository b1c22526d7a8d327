//! Invent: queries in patterns by chance, of the forms that rewrites look for.

use super::world::{Chance, KINDS, TYPES};

/// A query by chance.
pub fn query(chance: &mut Chance) -> String {
    let mut writer = Writer { chance, nodes: Vec::new(), relations: Vec::new(), next: 0 };
    let mut text = if writer.chance.percent(8) { writer.unwinding() } else { String::new() };
    text.push_str(&writer.matching());
    if writer.chance.percent(25) {
        text.push_str(&writer.matching());
    }
    if writer.chance.percent(25) {
        text.push_str(&writer.optional());
        if writer.chance.percent(30) {
            text.push_str(&writer.optional());
        }
    }
    if writer.chance.percent(20) {
        text.push_str(&writer.with());
        if writer.chance.percent(60) {
            text.push_str(&writer.matching());
        }
    }
    if writer.chance.percent(12) {
        text.push_str(&writer.beside());
    }
    if writer.chance.percent(10) {
        return writer.union(&text);
    }
    text.push_str(&writer.returning());
    text
}

struct Writer<'c> {
    chance: &'c mut Chance,
    nodes: Vec<String>,
    relations: Vec<String>,
    next: usize,
}

impl Writer<'_> {
    fn fresh(&mut self, letter: &str) -> String {
        self.next += 1;
        format!("{letter}{}", self.next)
    }

    fn known(&mut self) -> String {
        let place = usize::try_from(self.chance.below(self.nodes.len() as u64)).expect("few");
        self.nodes[place].clone()
    }

    fn identifier(&mut self) -> String {
        format!("x{}", self.chance.below(8))
    }

    /// A node: new, known or without a name.
    fn node(&mut self) -> String {
        let (known, nameless) = (!self.nodes.is_empty() && self.chance.percent(35), self.chance.percent(20));
        let name = if known {
            self.known()
        } else if nameless {
            String::new()
        } else {
            let name = self.fresh("n");
            self.nodes.push(name.clone());
            name
        };
        let label = if self.chance.percent(40) { format!(":{}", self.chance.of(&KINDS)) } else { String::new() };
        let properties = match self.chance.below(12) {
            0 => format!(" {{id: '{}'}}", self.identifier()),
            1 => format!(" {{weight: {}}}", self.chance.below(4)),
            _ => String::new(),
        };
        format!("({name}{label}{properties})")
    }

    fn relation(&mut self, may_be_long: bool) -> String {
        let name = if self.chance.percent(35) { self.fresh("r") } else { String::new() };
        let types = match self.chance.below(6) {
            0 => String::new(),
            1 => format!(":{}|{}", self.chance.of(&TYPES), self.chance.of(&TYPES)),
            _ => format!(":{}", self.chance.of(&TYPES)),
        };
        let long = may_be_long && self.chance.percent(15);
        let length = if long { self.chance.of(&["*1..2", "*0..2", "*2", "*..3"]) } else { "" };
        if !name.is_empty() && !long {
            self.relations.push(name.clone());
        }
        match self.chance.below(4) {
            0 => format!("-[{name}{types}{length}]-"),
            1 => format!("<-[{name}{types}{length}]-"),
            _ => format!("-[{name}{types}{length}]->"),
        }
    }

    fn chain(&mut self, longest: u64) -> String {
        let mut text = self.node();
        for _ in 0..self.chance.below(longest + 1) {
            text.push_str(&self.relation(true));
            text.push_str(&self.node());
        }
        text
    }

    fn matching(&mut self) -> String {
        let mut parts = vec![self.chain(3)];
        if self.chance.percent(35) {
            parts.push(self.chain(2));
        }
        let condition = self.condition(45);
        format!("MATCH {}{condition} ", parts.join(", "))
    }

    fn unwinding(&mut self) -> String {
        let value = self.fresh("u");
        let node = self.fresh("n");
        self.nodes.push(node.clone());
        format!("UNWIND ['x1', 'x2', 'x2'] AS {value} MATCH ({node}) WHERE {node}.id = {value} ")
    }

    /// A subquery, a named path or a list beside what is matched.
    fn beside(&mut self) -> String {
        if self.nodes.is_empty() {
            return String::new();
        }
        let (one, other) = (self.known(), self.known());
        match self.chance.below(5) {
            0 => {
                let (node, relation) = (self.fresh("n"), self.nameless());
                self.nodes.push(node.clone());
                format!("CALL {{ WITH {one} MATCH ({one}){relation}({node}) RETURN {node} }} ")
            }
            1 => {
                let (path, relation, node) = (self.fresh("p"), self.relation(true), self.node());
                let last = self.condition(70).replacen(" WHERE ", " AND ", 1);
                format!("MATCH {path} = ({one}){relation}{node} WHERE length({path}) > 0{last} ")
            }
            2 => {
                let path = self.fresh("p");
                format!("MATCH {path} = shortestPath(({one})-[*..3]-({other})) WHERE {one} <> {other} ")
            }
            3 => {
                let node = self.fresh("n");
                let text = format!("WITH {one}, collect({other}) AS l UNWIND l AS {node} ");
                self.nodes = vec![one, node];
                self.relations.clear();
                text
            }
            _ => {
                let count = self.fresh("c");
                let text = format!("WITH {one}, COUNT {{ ({one}){}() }} AS {count} WHERE {count} > 0 ", self.nameless());
                self.nodes = vec![one];
                self.relations.clear();
                text
            }
        }
    }

    fn union(&mut self, text: &str) -> String {
        let returns = if self.nodes.is_empty() { "RETURN count(*) AS c".to_owned() } else { format!("RETURN {}.id AS c", self.known()) };
        let all = if self.chance.percent(50) { " ALL" } else { "" };
        self.nodes.clear();
        self.relations.clear();
        let other = self.matching();
        let second = if self.nodes.is_empty() { "RETURN count(*) AS c".to_owned() } else { format!("RETURN {}.id AS c", self.known()) };
        format!("{text}{returns} UNION{all} {other}{second}")
    }

    fn optional(&mut self) -> String {
        if self.nodes.is_empty() {
            return String::new();
        }
        let start = self.known();
        let text = format!("OPTIONAL MATCH ({start}){}{}", self.relation(false), self.node());
        let condition = self.condition(20);
        format!("{text}{condition} ")
    }

    fn condition(&mut self, chance: u64) -> String {
        if self.nodes.is_empty() || !self.chance.percent(chance) {
            return String::new();
        }
        let mut parts = vec![self.test()];
        if self.chance.percent(40) {
            parts.push(self.test());
        }
        format!(" WHERE {}", parts.join(" AND "))
    }

    fn test(&mut self) -> String {
        let (one, other) = (self.known(), self.known());
        match self.chance.below(13) {
            0 => format!("{one}.id = '{}'", self.identifier()),
            1 => format!("{one}.id <> {other}.id"),
            2 => format!("{one} <> {other}"),
            3 => format!("{one}.weight > {}", self.chance.below(3)),
            4 => format!("{one}.weight = {other}.weight"),
            5 => format!("toLower({one}.name) STARTS WITH 'neur'"),
            6 => format!("{one}.id <> '{}'", self.identifier()),
            7 => format!("({one}){}()", self.nameless()),
            8 => format!("NOT ({one}){}(:{})", self.nameless(), self.chance.of(&KINDS)),
            9 => format!("NOT ({one}){}({other})", self.nameless()),
            10 => format!("EXISTS {{ MATCH ({one}){}(e){}({other}) }}", self.nameless(), self.nameless()),
            11 => format!("{one}:{} OR {other}.weight = 1", self.chance.of(&KINDS)),
            _ => match self.relations.last() {
                Some(relation) => format!("{relation}.score >= {}", self.chance.below(3)),
                None => format!("NOT {one}.id = '{}'", self.identifier()),
            },
        }
    }

    fn nameless(&mut self) -> String {
        let relation_type = self.chance.of(&TYPES);
        match self.chance.below(3) {
            0 => format!("-[:{relation_type}]-"),
            1 => format!("<-[:{relation_type}]-"),
            _ => format!("-[:{relation_type}]->"),
        }
    }

    fn with(&mut self) -> String {
        if self.nodes.is_empty() {
            return String::new();
        }
        let kept = self.known();
        let text = match self.chance.below(4) {
            0 => format!("WITH {kept}, count(*) AS c "),
            1 => format!("WITH DISTINCT {kept} "),
            2 => format!("WITH {kept} AS w "),
            _ => format!("WITH {kept} ORDER BY {kept}.id LIMIT 3 "),
        };
        let kept = if text.contains(" AS w") { "w".to_owned() } else { kept };
        self.nodes = vec![kept];
        self.relations.clear();
        text
    }

    fn returning(&mut self) -> String {
        if self.nodes.is_empty() {
            return "RETURN count(*)".to_owned();
        }
        let (one, other) = (self.known(), self.known());
        match self.chance.below(14) {
            0 => "RETURN count(*)".to_owned(),
            1 => format!("RETURN {one}.id, count(*)"),
            2 => format!("RETURN count(DISTINCT {one}.id)"),
            3 => format!("RETURN DISTINCT {one}.id"),
            4 => format!("RETURN {one}, count(DISTINCT {other})"),
            5 => format!("RETURN {one}.id AS i, {other}.weight AS w, count({one}) AS c ORDER BY c DESC, i, w LIMIT 4"),
            6 => format!("RETURN {one}.id AS i, {other}.id AS j ORDER BY i, j LIMIT 3"),
            7 => format!("RETURN DISTINCT {one} AS i, {other} AS j"),
            8 => format!("RETURN {one}.weight, min({other}.id), max({other}.weight)"),
            9 => format!("RETURN {one}.id, COUNT {{ ({one}){}() }}", self.nameless()),
            10 => format!("RETURN {one}.id, size([({one}){}(q) | q.id])", self.nameless()),
            11 => match self.relations.last() {
                Some(relation) => format!("RETURN {one}.id, count({relation})"),
                None => format!("RETURN sum({one}.weight), count({other})"),
            },
            12 => match self.relations.last() {
                Some(relation) => format!("RETURN type({relation}), labels({one})[0], count(*)"),
                None => format!("RETURN labels({one}), count(*)"),
            },
            _ => format!("RETURN {one}.id AS i, {other}.id AS j"),
        }
    }
}
