//! Pattern chain: what the nodes and relationships of a pattern can be, by its labels, types and directions so far.

use std::collections::HashMap;

use crate::model::{Direction, EntityId, KindId, Names, RelationTypeId, label_of_kind, meant_by, type_of_relation};
use crate::query::syntax::{Token, TokenKind};
use crate::session::Session;
use crate::store::Graph;

/// The relations of one entity that are looked at one by one.
const MOST_LOOKED_AT: usize = 5_000;

/// What a node can be.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// For each list of kinds that entities of the graph have, whether it can have that.
    pub signatures: Vec<bool>,
    /// The labels that it was given.
    pub labels: Vec<KindId>,
    /// The one entity that it is, where its properties say so.
    pub entity: Option<EntityId>,
}

/// A relationship between two nodes.
#[derive(Clone, Debug, Default)]
pub(super) struct Step {
    /// Its types; none means any.
    pub types: Vec<RelationTypeId>,
    /// Whether it is taken from its start to its end, or the other way; both where the arrow does not say.
    pub forward: bool,
    pub backward: bool,
    /// Whether it stands for several relationships one after the other.
    pub is_long: bool,
}

/// A pattern as far as it is typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    nodes: HashMap<String, Node>,
    steps: HashMap<String, Vec<RelationTypeId>>,
    /// The node that the path at the end comes from, if a relationship begins behind it.
    pub left: Option<Node>,
    /// The relationship at the end, as far as it is typed.
    pub step: Option<Step>,
    /// The node at the end that is still open.
    pub open: Option<Node>,
}

impl Node {
    /// A node that can be anything.
    pub fn any(graph: &Graph) -> Node {
        Node { signatures: vec![true; graph.statistics().signatures.len()], labels: Vec::new(), entity: None }
    }

    fn is_of(&mut self, graph: &Graph, kind: Option<KindId>) {
        for (possible, kinds) in self.signatures.iter_mut().zip(&graph.statistics().signatures) {
            *possible &= kind.is_some_and(|kind| kinds.contains(&kind));
        }
        self.labels.extend(kind);
    }

    fn is(&mut self, graph: &Graph, entity: EntityId) {
        let own = graph.signature(entity);
        self.signatures.iter_mut().enumerate().for_each(|(at, possible)| *possible &= at == own);
        self.entity = Some(entity);
    }

    pub fn may_be(&self, signature: u32) -> bool {
        self.signatures.get(signature as usize).copied().unwrap_or(false)
    }

    /// The kinds that every entity that it can be has first, for a word about it: a few, or none.
    pub fn kinds(&self, graph: &Graph) -> Vec<KindId> {
        if !self.labels.is_empty() {
            return self.labels.clone();
        }
        let possible = self.signatures.iter().zip(&graph.statistics().signatures).filter(|(possible, _)| **possible);
        let mut kinds: Vec<KindId> = possible.filter_map(|(_, kinds)| kinds.first().copied()).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    }
}

impl Step {
    pub fn has(&self, relation_type: RelationTypeId) -> bool {
        self.types.is_empty() || self.types.contains(&relation_type)
    }

    /// What the node behind it can be.
    fn reached(&self, graph: &Graph, from: &Node) -> Node {
        let mut to = Node::any(graph);
        if self.is_long {
            return to;
        }
        to.signatures.fill(false);
        for pattern in graph.statistics().patterns.iter().filter(|pattern| pattern.asserted > 0 && self.has(pattern.relation_type)) {
            let mut reach = |from_signature: u32, to_signature: u32| {
                if from.may_be(from_signature)
                    && let Some(possible) = to.signatures.get_mut(to_signature as usize)
                {
                    *possible = true;
                }
            };
            if self.forward {
                reach(pattern.from, pattern.to);
            }
            if self.backward {
                reach(pattern.to, pattern.from);
            }
        }
        to
    }
}

impl Chain {
    /// What a variable can be, if it is a node.
    pub fn node(&self, variable: &str) -> Option<&Node> {
        self.nodes.get(variable)
    }

    /// The types of a variable, if it is a relationship; none means any.
    pub fn types(&self, variable: &str) -> Option<&[RelationTypeId]> {
        self.steps.get(variable).map(Vec::as_slice)
    }

    /// Reads the patterns of a text.
    pub fn read(session: &Session, text: &str, tokens: &[Token]) -> Chain {
        let mut reading = Reading { session, text, tokens, at: 0, chain: Chain::default() };
        reading.all();
        reading.chain
    }
}

/// How many relationships of each type lead from a node, in a direction; types that do not occur there have none.
pub(super) fn types_from(session: &Session, node: &Node, direction: Direction) -> Vec<u64> {
    let graph = session.graph();
    let mut counts = vec![0_u64; session.schema().relation_types.len()];
    if let Some(entity) = node.entity {
        for (at, count) in counts.iter_mut().enumerate() {
            let relation_type = RelationTypeId(u16::try_from(at).unwrap_or(u16::MAX));
            *count = asserted(graph, graph.span(entity, direction, Some(relation_type)), direction);
        }
        return counts;
    }
    for pattern in &graph.statistics().patterns {
        let own = if direction == Direction::Outgoing { pattern.from } else { pattern.to };
        if node.may_be(own)
            && let Some(count) = counts.get_mut(pattern.relation_type.index())
        {
            *count += pattern.asserted;
        }
    }
    counts
}

/// How many relationships of a step lead from a node to entities of each kind.
pub(super) fn kinds_behind(session: &Session, from: &Node, step: &Step) -> Vec<u64> {
    let graph = session.graph();
    let mut counts = vec![0_u64; session.schema().kinds.len()];
    if let Some(entity) = from.entity
        && graph.degree(entity) <= MOST_LOOKED_AT
    {
        for (taken, direction) in [(step.forward, Direction::Outgoing), (step.backward, Direction::Incoming)] {
            for relation in graph.relations_of(entity, direction).filter(|relation| taken && step.has(graph.relation_type(*relation))) {
                let other = if direction == Direction::Outgoing { graph.end(relation) } else { graph.start(relation) };
                if !graph.is_denied(relation) {
                    graph.kinds(other).iter().filter_map(|kind| counts.get_mut(kind.index()).map(|count| *count += 1)).for_each(drop);
                }
            }
        }
        return counts;
    }
    let statistics = graph.statistics();
    for pattern in statistics.patterns.iter().filter(|pattern| step.has(pattern.relation_type)) {
        for (taken, own, other) in [(step.forward, pattern.from, pattern.to), (step.backward, pattern.to, pattern.from)] {
            if taken && from.may_be(own) {
                let kinds = statistics.signatures.get(other as usize).map_or(&[][..], Vec::as_slice);
                kinds.iter().filter_map(|kind| counts.get_mut(kind.index()).map(|count| *count += pattern.asserted)).for_each(drop);
            }
        }
    }
    counts
}

/// How many entities of each kind a node can be, by what is known of it alone.
pub(super) fn kinds_of(session: &Session, node: &Node) -> Vec<u64> {
    let statistics = session.graph().statistics();
    let mut counts = vec![0_u64; session.schema().kinds.len()];
    let entities = statistics.signatures.iter().zip(&statistics.entities_of_signature).zip(&node.signatures);
    for ((kinds, count), _) in entities.filter(|(_, possible)| **possible) {
        kinds.iter().filter_map(|kind| counts.get_mut(kind.index()).map(|own| *own += count)).for_each(drop);
    }
    counts
}

/// How many relations of a span are asserted; of very many, all of them.
fn asserted(graph: &Graph, span: std::ops::Range<usize>, direction: Direction) -> u64 {
    if !graph.has_denials() || span.len() > MOST_LOOKED_AT {
        return span.len() as u64;
    }
    span.filter(|at| !graph.is_denied(graph.relation_at(direction, *at))).count() as u64
}

/// The kind that a label means.
pub(super) fn kind_of_label(session: &Session, label: &str) -> Option<KindId> {
    let kinds = session.schema().kinds.iter().map(|kind| kind.id.as_str());
    meant_by(label.trim_matches('`'), kinds, label_of_kind).and_then(|at| u16::try_from(at).ok()).map(KindId)
}

fn type_named(session: &Session, name: &str) -> Option<RelationTypeId> {
    let types = session.schema().relation_types.iter().map(|known| known.id.as_str());
    meant_by(name.trim_matches('`'), types, type_of_relation).and_then(|at| u16::try_from(at).ok()).map(RelationTypeId)
}

struct Reading<'a> {
    session: &'a Session,
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    chain: Chain,
}

impl<'a> Reading<'a> {
    fn typed(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &self.text[token.span.clone()])
    }

    fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn all(&mut self) {
        while self.at < self.tokens.len() {
            let opens = self.typed(self.at) == "(" && (self.at == 0 || self.kind(self.at - 1) != Some(TokenKind::Function));
            if opens { self.path() } else { self.at += 1 }
        }
    }

    /// A path from its first node on, as far as it goes.
    fn path(&mut self) {
        (self.chain.left, self.chain.step, self.chain.open) = (None, None, None);
        let any = Node::any(self.session.graph());
        let Some(mut left) = self.node(any) else { return };
        loop {
            (self.chain.left, self.chain.step, self.chain.open) = (Some(left.clone()), None, None);
            let Some(step) = self.step() else {
                // Something else than a path follows: what stands at the end is no part of this one.
                if self.at < self.tokens.len() {
                    self.chain.left = None;
                }
                return;
            };
            if self.typed(self.at) != "(" {
                self.chain.step = Some(step);
                return;
            }
            let reached = step.reached(self.session.graph(), &left);
            self.chain.step = Some(step);
            match self.node(reached) {
                Some(node) => left = node,
                None => return,
            }
        }
    }

    /// The node whose bracket opens here; none if the text ends within it. `node` is what it can be by what stands in front.
    fn node(&mut self, mut node: Node) -> Option<Node> {
        let graph = self.session.graph();
        self.at += 1;
        let mut name = None;
        if self.kind(self.at) == Some(TokenKind::Word) {
            name = Some(self.typed(self.at).to_owned());
            self.at += 1;
            if let Some(known) = name.as_ref().and_then(|name| self.chain.nodes.get(name)) {
                node.signatures.iter_mut().zip(&known.signatures).for_each(|(own, known)| *own &= known);
                node.labels.clone_from(&known.labels);
                node.entity = known.entity;
            }
        }
        let is_closed = self.within(|reading, word, depth| match word {
            _ if depth == 1 && reading.kind(reading.at) == Some(TokenKind::Label) => {
                node.is_of(graph, kind_of_label(reading.session, word));
            }
            "id" | "name"
                if depth == 2 && reading.typed(reading.at + 1) == ":" && reading.kind(reading.at + 2) == Some(TokenKind::Quoted) =>
            {
                if let Some(entity) = named(graph, word, reading.typed(reading.at + 2)) {
                    node.is(graph, entity);
                }
            }
            _ => {}
        });
        if let Some(name) = name {
            self.chain.nodes.insert(name, node.clone());
        }
        if is_closed {
            return Some(node);
        }
        // What is typed inside of brackets within it is about the node itself.
        self.chain.open = Some(node);
        None
    }

    /// Goes on from behind an open bracket to behind its partner, if that is there, and shows each word between them: the text of the one
    /// that the reading is at, and how deep in brackets it stands, 1 for right between these. Whether the partner is there.
    fn within(&mut self, mut see: impl FnMut(&Self, &str, usize)) -> bool {
        let mut depth = 1;
        while self.at < self.tokens.len() {
            match self.typed(self.at) {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                word => see(self, word, depth),
            }
            self.at += 1;
            if depth == 0 {
                return true;
            }
        }
        false
    }

    /// The relationship that begins here, as far as it is typed; none if none does.
    fn step(&mut self) -> Option<Step> {
        let first = self.typed(self.at);
        let both = |forward: bool, backward: bool| Step { forward, backward, ..Step::default() };
        match first {
            "-->" => return self.taken(both(true, false)),
            "<--" => return self.taken(both(false, true)),
            "--" | "<-->" => return self.taken(both(true, true)),
            "-" | "<-" => {}
            _ => return None,
        }
        // Until its arrow is typed, a relationship that does not come from the right may go there.
        let mut step = if first == "<-" { both(false, true) } else { both(true, false) };
        self.at += 1;
        if self.typed(self.at) != "[" {
            return Some(step);
        }
        self.at += 1;
        let mut name = None;
        if self.kind(self.at) == Some(TokenKind::Word) {
            name = Some(self.typed(self.at).to_owned());
        }
        let is_closed = self.within(|reading, word, depth| match word {
            "*" if depth == 1 => step.is_long = true,
            _ if depth == 1 && reading.kind(reading.at) == Some(TokenKind::Label) => step.types.extend(type_named(reading.session, word)),
            _ => {}
        });
        if let Some(name) = name {
            self.chain.steps.insert(name, step.types.clone());
        }
        if is_closed {
            match (first, self.typed(self.at)) {
                ("-", "-") | ("<-", "->") => (step.forward, step.backward) = (true, true),
                ("<-", "-") | (_, "->") => {}
                _ => return Some(step),
            }
            self.at += 1;
        }
        Some(step)
    }

    fn taken(&mut self, step: Step) -> Option<Step> {
        self.at += 1;
        Some(step)
    }
}

/// The entity of a node whose id or name is quoted.
fn named(graph: &Graph, property: &str, quoted: &str) -> Option<EntityId> {
    let words = quoted.trim_matches(['"', '\'']);
    if property == "id" {
        return graph.by_slug(words);
    }
    match graph.called(words).as_slice() {
        [only] if graph.name(*only) == words => Some(*only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Chain, kinds_behind, types_from};
    use crate::model::Direction;
    use crate::session::Session;

    fn chain(session: &Session, text: &str) -> Chain {
        Chain::read(session, text, &Session::tokens(text))
    }

    /// The names that have a count, with it.
    fn counted<'a>(names: impl Iterator<Item = &'a str>, counts: &[u64]) -> Vec<String> {
        names.zip(counts).filter(|(_, count)| **count > 0).map(|(name, count)| format!("{name} {count}")).collect()
    }

    fn types(text: &str, direction: Direction) -> Vec<String> {
        let session = Session::open("oms").unwrap();
        let left = chain(&session, text).left.unwrap();
        counted(session.schema().relation_types.iter().map(|known| known.id.as_str()), &types_from(&session, &left, direction))
    }

    fn kinds(text: &str) -> Vec<String> {
        let session = Session::open("oms").unwrap();
        let chain = chain(&session, text);
        let counts = kinds_behind(&session, &chain.left.unwrap(), &chain.step.unwrap());
        counted(session.schema().kinds.iter().map(|known| known.id.as_str()), &counts)
    }

    #[test]
    fn types_are_counted_by_what_the_node_is() {
        assert_eq!(types("MATCH (t:Trigger)-[", Direction::Outgoing), ["is_a 6", "causes 7", "sets_off 4", "located_in 4"]);
        assert_eq!(types("MATCH (t {id: 'lung-cancer'})-[", Direction::Outgoing), ["is_a 1", "causes 1"]);
        assert_eq!(
            types("MATCH (t:Trigger)-[:CAUSES]->(d)-[:TREATS", Direction::Incoming).len(),
            types("MATCH (d:Disease)<-[", Direction::Incoming).len()
        );
    }

    #[test]
    fn labels_are_counted_by_the_way_there() {
        assert_eq!(kinds("MATCH (t:Trigger)-[:CAUSES]->("), ["disease 7"]);
        assert_eq!(kinds("MATCH (d:Disease)<-[:CAUSES]-("), ["trigger 7"]);
        assert_eq!(kinds("MATCH (d {id: 'oms'})<-[c:CAUSES]-("), ["trigger 7"]);
        assert!(kinds("MATCH (d:Disease)<-[:TREATS]->(").contains(&"treatment 7".to_owned()));
    }

    #[test]
    fn variables_keep_what_is_known_of_them() {
        let session = Session::open("oms").unwrap();
        let chain = chain(&session, "MATCH (t:Trigger)-[c:CAUSES|TREATS]->(d) MATCH (d)-[:HAS_SYMPTOM]->(s) WHERE s.");
        assert_eq!(chain.types("c").unwrap().len(), 2);
        let kinds = |name: &str| -> Vec<&str> {
            let kinds = chain.node(name).unwrap().kinds(session.graph());
            kinds.iter().map(|kind| session.schema().kinds[kind.index()].id.as_str()).collect()
        };
        assert_eq!(kinds("t"), ["trigger"]);
        assert_eq!(kinds("d"), ["disease"]);
        assert_eq!(kinds("s"), ["symptom"]);
        assert!(chain.left.is_none());
    }
}
