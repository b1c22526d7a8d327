//! Part: the clauses of a pattern, or of a subquery within it, while they are put together.

use std::collections::BTreeMap;

use super::super::VariableId;

/// Clauses, and what they have bound at their end.
#[derive(Clone, Default)]
pub(super) struct Part {
    clauses: Vec<Clause>,
    /// What can be referred to.
    pub scope: Scope,
    /// The relations that a row rests on.
    pub support: Vec<Support>,
    /// Lists of statements that a row cites without resting on them.
    pub cited: Vec<String>,
}

/// The variables that can be referred to, and how.
pub(super) type Scope = BTreeMap<VariableId, Reference>;

/// How a variable is referred to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reference {
    /// The expression that stands for it.
    pub text: String,
    /// What it is.
    pub sort: Sort,
}

/// What a variable is bound to, as far as writing it makes a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A node.
    Node,
    /// The id of an entity, or a list of them: what qualifiers hold.
    Identifier,
    /// Anything else.
    Plain,
}

/// Relations that a row rests on.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Support {
    /// The relation that a variable is bound to.
    Relation(VariableId, String),
    /// A list of relations.
    List(String),
}

#[derive(Clone)]
struct Clause {
    body: Body,
    conditions: Vec<String>,
}

#[derive(Clone)]
enum Body {
    Match(Match),
    /// A clause behind which `WHERE` can stand.
    Filterable(String),
    Plain(String),
}

/// A `MATCH`: chains of nodes and relationships.
#[derive(Clone, Default)]
pub(super) struct Match {
    chains: Vec<Vec<Element>>,
    /// Its relations: none of them is taken twice.
    pub relations: Vec<VariableId>,
    decorations: BTreeMap<VariableId, String>,
}

#[derive(Clone)]
enum Element {
    Node(VariableId, String),
    Link(String),
}

impl Match {
    fn holds(&self, node: VariableId) -> bool {
        self.chains.iter().flatten().any(|element| element.is(node))
    }

    /// Adds a node by itself.
    pub fn add_node(&mut self, node: VariableId, name: &str) {
        self.chains.push(vec![Element::Node(node, name.to_owned())]);
    }

    /// Adds a relationship: `left` is the side that `link` is written behind.
    pub fn add_link(&mut self, left: (VariableId, &str), link: String, right: (VariableId, &str)) {
        let node = |(variable, name): (VariableId, &str)| Element::Node(variable, name.to_owned());
        if let Some(chain) = self.chains.iter_mut().find(|chain| chain.last().is_some_and(|end| end.is(left.0))) {
            chain.extend([Element::Link(link), node(right)]);
        } else if let Some(chain) = self.chains.iter_mut().find(|chain| chain.first().is_some_and(|end| end.is(right.0))) {
            chain.splice(0..0, [node(left), Element::Link(link)]);
        } else {
            self.chains.push(vec![node(left), Element::Link(link), node(right)]);
        }
    }

    /// Whether a relationship between these two continues a chain as it is written.
    pub fn continues(&self, left: VariableId, right: VariableId) -> bool {
        self.chains.iter().any(|chain| chain.last().is_some_and(|end| end.is(left)) || chain.first().is_some_and(|end| end.is(right)))
    }

    /// A label or properties for a node of this clause; false if it has some already or is no node of it.
    fn decorate(&mut self, node: VariableId, decoration: &str) -> bool {
        let free = self.holds(node) && !self.decorations.contains_key(&node);
        if free {
            self.decorations.insert(node, decoration.to_owned());
        }
        free
    }

    fn text(&self) -> String {
        let mut shown = Vec::new();
        let mut chains = Vec::new();
        for chain in &self.chains {
            let mut text = String::new();
            for element in chain {
                match element {
                    Element::Link(link) => text.push_str(link),
                    Element::Node(variable, name) => {
                        let decoration = self.decorations.get(variable).filter(|_| !shown.contains(variable));
                        shown.push(*variable);
                        text.push_str(&format!("({name}{})", decoration.map_or("", String::as_str)));
                    }
                }
            }
            chains.push(text);
        }
        chains.join(", ")
    }
}

impl Element {
    fn is(&self, node: VariableId) -> bool {
        matches!(self, Element::Node(variable, _) if *variable == node)
    }
}

impl Part {
    /// Adds a clause behind which no `WHERE` can stand.
    pub fn clause(&mut self, text: impl Into<String>) {
        self.clauses.push(Clause { body: Body::Plain(text.into()), conditions: Vec::new() });
    }

    /// Adds a clause behind which `WHERE` can stand.
    pub fn filterable(&mut self, text: impl Into<String>) {
        self.clauses.push(Clause { body: Body::Filterable(text.into()), conditions: Vec::new() });
    }

    /// The `MATCH` at the end, or a new one if there is none or it is not wanted.
    pub fn matching(&mut self, wanted: impl FnOnce(&Match) -> bool) -> &mut Match {
        let keep = matches!(self.clauses.last(), Some(Clause { body: Body::Match(last), .. }) if wanted(last));
        if !keep {
            self.clauses.push(Clause { body: Body::Match(Match::default()), conditions: Vec::new() });
        }
        match self.clauses.last_mut() {
            Some(Clause { body: Body::Match(last), .. }) => last,
            _ => unreachable!("a match was added if none was there"),
        }
    }

    /// Gives a node of the last `MATCH` a label or properties; false if that cannot be done there.
    pub fn decorate(&mut self, node: VariableId, decoration: &str) -> bool {
        match self.clauses.last_mut() {
            Some(Clause { body: Body::Match(last), .. }) => last.decorate(node, decoration),
            _ => false,
        }
    }

    /// Adds what must hold of every row.
    pub fn condition(&mut self, condition: String) {
        if !matches!(self.clauses.last(), Some(Clause { body: Body::Match(_) | Body::Filterable(_), .. })) {
            self.filterable("WITH *");
        }
        if let Some(last) = self.clauses.last_mut() {
            last.conditions.push(condition);
        }
    }

    /// Binds a variable.
    pub fn bind(&mut self, variable: VariableId, text: impl Into<String>, sort: Sort) {
        self.scope.insert(variable, Reference { text: text.into(), sort });
    }

    /// The clauses, one a line; the text has no indentation of its own.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        for clause in &self.clauses {
            lines.push(match &clause.body {
                Body::Match(pattern) => format!("MATCH {}", pattern.text()),
                Body::Filterable(text) | Body::Plain(text) => text.clone(),
            });
            if !clause.conditions.is_empty() {
                lines.push(format!("WHERE {}", clause.conditions.join(" AND ")));
            }
        }
        lines.join("\n")
    }
}

/// A block in braces, its lines indented.
pub(super) fn block(opening: &str, body: &str) -> String {
    let lines: String = body.lines().map(|line| format!("  {line}\n")).collect();
    format!("{opening} {{\n{lines}}}")
}
