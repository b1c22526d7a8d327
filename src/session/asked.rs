//! Asked: the queries that a session answered, what each of them refers back to, and the names that `let` gave.

use std::collections::{BTreeMap, BTreeSet};

use crate::answer::{Answer, Cell};
use crate::model::{Value, fold};
use crate::query::resolve::{Memory, resolve};
use crate::query::syntax::tree;

use super::Session;

/// A query that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its text, trimmed.
    pub query: String,
    /// The name that `let` gave its answer, as it was typed.
    pub name: Option<String>,
    /// The rows of the answer.
    pub rows: usize,
    /// The distinct entities in the first column of entities: what its name stands for.
    pub entities: usize,
    /// The queries that it refers to, by `it`, by the number of a row or by a name: positions in the order of asking.
    needs: Vec<usize>,
    /// Whether `it` and the numbers of rows refer to it: not to the reasons of a row, so that `why 2` can follow `why 1`.
    is_referred_to: bool,
}

impl Session {
    /// The queries that were answered since the graph was opened, the oldest first.
    pub fn asked(&self) -> &[Asked] {
        &self.asked
    }

    /// The texts of the queries that the last one refers to, directly or by way of others, in the order in which they were asked: whoever
    /// asks them first and then the last one gets the same answer.
    ///
    /// ```
    /// # use oms_graph::Session;
    /// let mut session = Session::open("oms")?;
    /// for query in ["symptoms", "let adult_causes = causes where population = adult", "effects of adult_causes", "count it"] {
    ///     session.ask(query)?;
    /// }
    /// assert_eq!(session.before_last(), ["let adult_causes = causes where population = adult", "effects of adult_causes"]);
    /// # Ok::<(), oms_graph::Complaints>(())
    /// ```
    pub fn before_last(&self) -> Vec<&str> {
        let Some(last) = self.asked.len().checked_sub(1) else { return Vec::new() };
        let mut wanted = vec![last];
        let mut found = BTreeSet::new();
        while let Some(next) = wanted.pop() {
            for needed in self.asked.get(next).map(|asked| asked.needs.as_slice()).unwrap_or_default() {
                if found.insert(*needed) {
                    wanted.push(*needed);
                }
            }
        }
        found.into_iter().filter_map(|at| self.asked.get(at)).map(|asked| asked.query.as_str()).collect()
    }

    /// The queries to which `let` gave the names that there are now, in the order of the names.
    pub fn named(&self) -> Vec<&Asked> {
        let latest = |name: &str| self.asked.iter().rev().find(|asked| asked.name.as_deref().is_some_and(|given| fold(given) == *name));
        self.given_names().filter_map(latest).collect()
    }

    /// The query to which `let` gave this name.
    pub fn named_as(&self, name: &str) -> Option<&Asked> {
        let folded = fold(name);
        self.named().into_iter().find(|asked| asked.name.as_deref().is_some_and(|given| fold(given) == folded))
    }

    /// Forgets a name that `let` gave; whether there was one.
    pub fn forget(&mut self, name: &str) -> bool {
        self.memory.named.remove(&fold(name)).is_some()
    }

    /// Takes a parameter's value away; whether it had one.
    pub fn unset_parameter(&mut self, name: &str) -> bool {
        self.parameters.remove(name).is_some()
    }

    /// Replaces all parameters.
    pub fn replace_parameters(&mut self, parameters: BTreeMap<String, Value>) {
        self.parameters = parameters;
    }

    /// Does work that may ask, and has the session remember afterwards what it remembered before.
    pub fn apart<T>(&mut self, work: impl FnOnce(&mut Session) -> T) -> T {
        let memory = std::mem::take(&mut self.memory);
        let asked = std::mem::take(&mut self.asked);
        let beside = std::mem::take(&mut self.beside);
        let parameters = self.parameters.clone();
        let last = self.last.take();
        let outcome = work(self);
        (self.memory, self.asked, self.beside, self.parameters) = (memory, asked, beside, parameters);
        self.last = last;
        outcome
    }

    /// The query that `it` refers to.
    pub(super) fn asked_before(&self) -> Option<&str> {
        self.asked.iter().rfind(|asked| asked.is_referred_to).map(|asked| asked.query.as_str())
    }

    /// What a query refers to: positions in what was asked. A query that means the same without a part of the memory does not need it.
    pub(super) fn needs(&self, query: &tree::Query, text: &str) -> Vec<usize> {
        let Some(last) = self.asked.iter().rposition(|asked| asked.is_referred_to) else { return Vec::new() };
        if let tree::Body::WhyRow(_) = query.body {
            return vec![last];
        }
        let says_it = text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("it"));
        let folded = fold(text);
        let names: Vec<&String> = self.memory.named.keys().filter(|name| folded.contains(name.as_str())).collect();
        if !says_it && names.is_empty() {
            return Vec::new();
        }
        let meaning = |memory: &Memory| resolve(query, crate::query::resolve::Context { memory, ..self.context() }).ok();
        let whole = meaning(&self.memory);
        let differs = |memory: Memory| meaning(&memory) != whole;
        let mut needs = Vec::new();
        for name in names {
            let mut memory = self.memory.clone();
            memory.named.remove(name);
            let given = |asked: &Asked| asked.name.as_deref().is_some_and(|given| fold(given) == *name);
            if let Some(at) = self.asked.iter().rposition(given)
                && differs(memory)
            {
                needs.push(at);
            }
        }
        if says_it && differs(Memory { it: None, rows: None, ..self.memory.clone() }) {
            needs.push(last);
        }
        needs
    }

    /// Remembers that a query was answered.
    pub(super) fn note(&mut self, text: &str, name: Option<&str>, needs: Vec<usize>, answer: &Answer, is_referred_to: bool) {
        let entity = |cell: &Cell| if let Cell::Entity(entity) = cell { Some(entity.id.clone()) } else { None };
        // Only names are listed with what they hold.
        let entities: BTreeSet<String> = match name {
            Some(_) => answer.rows.iter().filter_map(|row| row.cells.iter().find_map(entity)).collect(),
            None => BTreeSet::new(),
        };
        let (query, name) = (text.trim().to_owned(), name.map(str::to_owned));
        self.asked.push(Asked { query, name, rows: answer.rows.len(), entities: entities.len(), needs, is_referred_to });
    }
}

#[cfg(test)]
mod tests {
    use super::super::Session;

    fn before(queries: &[&str]) -> Vec<String> {
        let mut session = Session::open("oms").unwrap();
        for query in queries {
            session.ask(query).unwrap_or_else(|complaints| panic!("{query}: {complaints}"));
        }
        session.before_last().into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn a_query_that_stands_alone_needs_nothing() {
        assert!(before(&["causes"]).is_empty());
        assert!(before(&["let xy = causes", "symptoms", "causes of OMS"]).is_empty());
        assert!(before(&["causes", "find \"it\""]).is_empty());
    }

    #[test]
    fn what_refers_back_needs_all_that_it_rests_on() {
        assert_eq!(
            before(&["symptoms", "causes where population = adult", "effects of it", "why 1"]),
            ["causes where population = adult", "effects of it"]
        );
        assert_eq!(
            before(&["let xy = causes where population = adult", "symptoms", "effects of xy"]),
            ["let xy = causes where population = adult"]
        );
        // A name that is given again stands for the later answer.
        assert_eq!(
            before(&["let xy = causes", "let xy = causes where population = adult", "count xy"]),
            ["let xy = causes where population = adult"]
        );
    }

    #[test]
    fn the_reasons_of_one_row_can_follow_those_of_another() {
        assert_eq!(before(&["causes", "why 1", "why 2"]), ["causes"]);
        assert_eq!(before(&["causes", "why 1", "effects of it"]), ["causes"]);
        let mut session = Session::open("oms").unwrap();
        let causes = session.ask("causes").unwrap().rows.len();
        session.ask("why 1").unwrap();
        assert_eq!(session.ask("count it").unwrap().rows[0].cells[0].to_string(), causes.to_string());
    }

    #[test]
    fn names_are_listed_and_forgotten() {
        let mut session = Session::open("oms").unwrap();
        session.ask("let Adult_Causes = causes where population = adult").unwrap();
        let named = session.named();
        assert_eq!((named[0].name.as_deref(), named[0].rows, named[0].entities), (Some("Adult_Causes"), 2, 2));
        assert!(session.named_as("adult_causes").is_some());
        assert!(session.forget("adult_causes") && !session.forget("adult_causes"));
        assert!(session.ask("count adult_causes").is_err());
    }
}
