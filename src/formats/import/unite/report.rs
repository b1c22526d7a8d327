//! Report: what became of what several graphs share, told in lines that each stand for themselves.

use crate::model::grouped;

use std::collections::BTreeMap;
use std::fmt;

use super::GraphDraft;
use super::identifiers::{Mention, slug, text};
use super::identity::{Apart, Cause, Joins, Level};

/// What became of several graphs that were put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unification {
    /// The graphs, in the order given.
    pub graphs: Vec<JoinedGraph>,
    /// Entities that became one with an entity of another graph: by the same id, by an id that one names among its identifiers,
    /// by an identifier that both name.
    pub joined: [usize; 3],
    /// Statements that two graphs have in every respect, and that are told once.
    pub repeated: usize,
    /// What else is to be known, one line each: what stays apart and why, what was renamed, which words were dropped.
    pub notes: Vec<String>,
}

/// One of the graphs that were put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinedGraph {
    /// What it is called.
    pub name: String,
    /// How many entities it has.
    pub entities: usize,
    /// How many relations it has.
    pub relations: usize,
}

impl Unification {
    /// Of these drafts, before anything became of them.
    pub(super) fn of(drafts: &[GraphDraft]) -> Unification {
        let graph = |draft: &GraphDraft| JoinedGraph {
            name: draft.name.clone(),
            entities: draft.entities.slugs.len(),
            relations: draft.relations.from.len(),
        };
        Unification { graphs: drafts.iter().map(graph).collect(), ..Unification::default() }
    }

    /// What was found of entities that share identifiers.
    pub(super) fn count(&mut self, drafts: &[GraphDraft], joins: &Joins) {
        self.joined = joins.joined;
        let mut causes: BTreeMap<Cause, (usize, Apart)> = BTreeMap::new();
        for apart in &joins.apart {
            causes.entry(apart.cause).or_insert((0, *apart)).0 += 1;
        }
        for (cause, (count, first)) in causes {
            let shared = text(drafts, first.left);
            let (left, right) = (described(drafts, first.left), described(drafts, first.right));
            let example = if count == 1 { "" } else { "the first: " };
            self.notes.push(format!("{} ({example}{left} and {right}, by {shared})", cause.told(count)));
        }
    }

    /// A line about some things of which the first few are named.
    pub(super) fn note(&mut self, words: &str, names: &[String]) {
        const MOST: usize = 4;
        if names.is_empty() {
            return;
        }
        let mut listed = names.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
        if names.len() > MOST {
            listed.push_str(&format!(" and {} more", grouped(names.len() - MOST)));
        }
        self.notes.push(format!("{words}: {listed}"));
    }

    /// This one and what came of its outcome when that was put together with others.
    pub(super) fn then(self, next: Unification) -> Unification {
        let mut joined = next.joined;
        joined.iter_mut().zip(self.joined).for_each(|(sum, own)| *sum += own);
        let graphs = if self.graphs.is_empty() {
            next.graphs
        } else {
            // What was put together first stands among the others under its joint name.
            let whole = super::joint_name(self.graphs.iter().map(|graph| graph.name.as_str()));
            let parts = |graph: JoinedGraph| if graph.name == whole { self.graphs.clone() } else { vec![graph] };
            next.graphs.into_iter().flat_map(parts).collect()
        };
        let notes = self.notes.into_iter().chain(next.notes).collect();
        Unification { graphs, joined, repeated: self.repeated + next.repeated, notes }
    }
}

impl fmt::Display for Unification {
    /// How many entities are one and why, then the notes; nothing of a single graph.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.graphs.is_empty() {
            return Ok(());
        }
        let names = super::joint_name(self.graphs.iter().map(|graph| graph.name.as_str()));
        let all: usize = self.joined.iter().sum();
        let told =
            [(Level::Id, "by their id"), (Level::Named, "by an id that the other names"), (Level::Shared, "by an identifier of both")];
        let parts: Vec<String> = told
            .iter()
            .filter(|(level, _)| self.joined[*level as usize] > 0)
            .map(|(level, words)| format!("{} {words}", grouped(self.joined[*level as usize])))
            .collect();
        let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
        let (subject, verb) = if all == 1 { ("entity", "is") } else { ("entities", "are") };
        writeln!(formatter, "{names}: {} {subject} {verb} one with that of another graph{parts}", grouped(all))?;
        for note in &self.notes {
            writeln!(formatter, "{note}")?;
        }
        Ok(())
    }
}

impl Cause {
    fn told(self, count: usize) -> String {
        let number = grouped(count);
        let (pairs, identifiers) = match count {
            1 => (["1 pair shares", "stays"], ["1 identifier stands", "joins"]),
            _ => (["pairs share", "stay"], ["identifiers stand", "join"]),
        };
        let counted = |words: &str| if count == 1 { words.to_owned() } else { format!("{number} {words}") };
        let pair = |what: &str, why: &str| format!("{} {what} and {} two: {why}", counted(pairs[0]), pairs[1]);
        match self {
            Cause::OtherName => pair("an id without a prefix", "the names differ"),
            Cause::Several => format!("{} at several entities of one graph and {} nothing", counted(identifiers[0]), identifiers[1]),
            Cause::Second => pair("an identifier", "one has several of that collection"),
            Cause::Kinds => pair("an identifier", "things of different kinds"),
            Cause::Together => pair("an identifier", "else two entities of one graph would be one"),
        }
    }
}

fn described(drafts: &[GraphDraft], mention: Mention) -> String {
    let draft = &drafts[mention.draft as usize];
    let name = draft.entities.names.get(mention.entity as usize);
    let called = if name.is_empty() { slug(drafts, mention) } else { name };
    format!("'{called}' of {}", draft.name)
}
