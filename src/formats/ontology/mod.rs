//! Ontology: what files of ontologies have in common, whatever they look like: terms, relations between them and what predicates are called.

mod drafting;
mod term;
mod words;

use std::collections::BTreeMap;

use crate::store::FastMap;

pub(super) use term::{Scope, Term};
pub(super) use words::local_name;

/// An ontology while it is read, or several in one file.
#[derive(Debug, Default)]
pub(super) struct Ontology {
    /// Everything that was named, terms and ends of relations, by canonical identifier.
    things: Numbers,
    /// What is said of each; none of what is only named.
    terms: Vec<Option<Term>>,
    predicates: Numbers,
    /// What is said of each predicate.
    properties: Vec<Property>,
    edges: Vec<Edge>,
    editions: Vec<Edition>,
    /// Groups of identifiers that mean the same.
    equivalents: Vec<Vec<u32>>,
    /// Terms of which more is said in a second place.
    united: u64,
    /// What was left out, by what it is (singular, plural).
    left_out: BTreeMap<(&'static str, &'static str), u64>,
}

/// What is said of a predicate.
#[derive(Clone, Debug, Default)]
pub(super) struct Property {
    /// What it is called; may be empty.
    pub(super) label: String,
    /// What it means; may be empty.
    pub(super) definition: String,
    /// The predicate that says the same the other way round.
    pub(super) inverse: Option<String>,
    /// Its identifier elsewhere: `BFO:0000050` of `part_of`.
    pub(super) xrefs: Vec<String>,
    /// Whether the file says anything of it at all.
    pub(super) is_declared: bool,
}

/// An ontology of the file, with its version: the source of what it states.
#[derive(Clone, Debug, Default)]
pub(super) struct Edition {
    /// Its name or address; may be empty.
    pub(super) ontology: String,
    /// Its version; may be empty.
    pub(super) version: String,
}

/// A relation between two things, by their numbers.
#[derive(Clone, Copy, Debug)]
struct Edge {
    from: u32,
    predicate: u32,
    to: u32,
    edition: u32,
}

/// Texts with a number each, in the order in which they were first seen.
#[derive(Debug, Default)]
struct Numbers {
    texts: Vec<Box<str>>,
    by_text: FastMap<Box<str>, u32>,
}

impl Numbers {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.by_text.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.into());
        self.by_text.insert(text.into(), number);
        number
    }

    fn get(&self, text: &str) -> Option<u32> {
        self.by_text.get(text).copied()
    }
}

impl Ontology {
    /// Begins another ontology of the file; what follows is stated by it.
    pub(super) fn begin_edition(&mut self) {
        self.editions.push(Edition::default());
    }

    /// The ontology that is being read.
    pub(super) fn edition_mut(&mut self) -> &mut Edition {
        if self.editions.is_empty() {
            self.editions.push(Edition::default());
        }
        let last = self.editions.len() - 1;
        &mut self.editions[last]
    }

    fn thing(&mut self, id: &str) -> u32 {
        let number = self.things.number(id);
        if self.terms.len() < self.things.texts.len() {
            self.terms.push(None);
        }
        number
    }

    fn property(&mut self, predicate: &str) -> (u32, &mut Property) {
        let number = self.predicates.number(predicate);
        if self.properties.len() < self.predicates.texts.len() {
            self.properties.push(Property::default());
        }
        (number, &mut self.properties[number as usize])
    }

    /// Declares a term, by its canonical identifier.
    pub(super) fn declare(&mut self, id: &str, term: Term) {
        let number = self.thing(id);
        match &mut self.terms[number as usize] {
            Some(known) => {
                self.united += u64::from(!known.is_bare() && !term.is_bare());
                known.unite(term);
            }
            empty => *empty = Some(term),
        }
    }

    /// Declares a predicate, by its canonical identifier. What was said first stays.
    pub(super) fn declare_property(&mut self, id: &str, said: Property) {
        let (_, property) = self.property(id);
        if property.label.is_empty() {
            property.label = said.label;
        }
        if property.definition.is_empty() {
            property.definition = said.definition;
        }
        property.inverse = property.inverse.take().or(said.inverse);
        property.xrefs.extend(said.xrefs);
        property.is_declared = true;
    }

    /// Says which predicate is the inverse of another.
    pub(super) fn declare_inverse(&mut self, id: &str, inverse: &str) {
        self.property(id).1.inverse.get_or_insert_with(|| inverse.to_owned());
    }

    /// Relates two things, all by canonical identifier; the predicate `is_a` is what makes a hierarchy.
    pub(super) fn relate(&mut self, from: &str, predicate: &str, to: &str) {
        self.edition_mut();
        let (from, to) = (self.thing(from), self.thing(to));
        let (predicate, _) = self.property(predicate);
        let edition = u32::try_from(self.editions.len() - 1).unwrap_or(u32::MAX);
        self.edges.push(Edge { from, predicate, to, edition });
    }

    /// Says that these identifiers mean the same.
    pub(super) fn equate(&mut self, ids: &[String]) {
        let group = ids.iter().map(|id| self.thing(id)).collect();
        self.equivalents.push(group);
    }

    /// Counts something that is left out, to be told at the end.
    pub(super) fn leave_out(&mut self, one: &'static str, many: &'static str) {
        *self.left_out.entry((one, many)).or_default() += 1;
    }
}
