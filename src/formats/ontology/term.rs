//! Term: what an ontology says of one of its terms, gathered from one or more places of a file.

use crate::model::{Value, canonical};

use super::words::local_name;

/// How near a synonym is to what a term means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum Scope {
    /// It means the same.
    Exact,
    /// It means more.
    Broad,
    /// It means less.
    Narrow,
    /// It has to do with it.
    Related,
}

impl Scope {
    /// The property under which such synonyms stand that do not mean the same.
    pub(super) fn property(self) -> Option<&'static str> {
        match self {
            Scope::Exact => None,
            Scope::Broad => Some("broad_synonym"),
            Scope::Narrow => Some("narrow_synonym"),
            Scope::Related => Some("related_synonym"),
        }
    }
}

/// A term. Identifiers are in their canonical spelling.
#[derive(Debug, Default)]
pub(in crate::formats) struct Term {
    pub(in crate::formats) name: String,
    pub(in crate::formats) namespace: String,
    pub(in crate::formats) definition: String,
    pub(in crate::formats) synonyms: Vec<(Scope, String)>,
    /// Identifiers elsewhere of the same thing.
    pub(in crate::formats) xrefs: Vec<String>,
    /// Identifiers that it had before.
    pub(in crate::formats) alternative_ids: Vec<String>,
    /// What else is said of it, by predicate.
    pub(in crate::formats) properties: Vec<(String, Value)>,
    /// What to use in its place, if it is obsolete.
    pub(in crate::formats) replaced_by: Vec<String>,
    pub(in crate::formats) is_obsolete: bool,
}

impl Term {
    /// Gives it a name; a second one that differs is one more synonym.
    pub(in crate::formats) fn set_name(&mut self, name: &str) {
        if self.name.is_empty() {
            name.trim().clone_into(&mut self.name);
        } else if self.name != name.trim() {
            self.synonyms.push((Scope::Exact, name.trim().to_owned()));
        }
    }

    /// Gives it a definition; a second one that differs is kept beside the first.
    pub(in crate::formats) fn set_definition(&mut self, definition: &str) {
        if self.definition.is_empty() {
            definition.trim().clone_into(&mut self.definition);
        } else if self.definition != definition.trim() {
            self.properties.push(("further_definition".to_owned(), Value::text(definition.trim())));
        }
    }

    /// Takes in what is said of it by a predicate, as it is written: some are names, identifiers or states, the others properties.
    pub(in crate::formats) fn say(&mut self, predicate: &str, value: Value) {
        let predicate = canonical(predicate);
        let id = |text: &str| canonical(text).into_owned();
        let Value::Text(text) = &value else {
            match (local_name(&predicate), &value) {
                ("deprecated", Value::Boolean(deprecated)) => self.is_obsolete |= *deprecated,
                _ => self.properties.push((predicate.into_owned(), value)),
            }
            return;
        };
        match (predicate.as_ref(), local_name(&predicate)) {
            (_, "deprecated") => self.is_obsolete |= text.eq_ignore_ascii_case("true") || text.as_ref() == "1",
            ("IAO:0100001", _) | (_, "replaced_by" | "replacedBy" | "isReplacedBy") => self.replaced_by.push(id(text)),
            ("IAO:0000115", _) => self.set_definition(text),
            (_, "hasOBONamespace") => text.as_ref().clone_into(&mut self.namespace),
            (_, "hasAlternativeId") => self.alternative_ids.push(id(text)),
            (_, "hasDbXref" | "exactMatch") => self.xrefs.push(id(text)),
            (_, "hasExactSynonym") => self.synonyms.push((Scope::Exact, text.trim().to_owned())),
            (_, "hasBroadSynonym") => self.synonyms.push((Scope::Broad, text.trim().to_owned())),
            (_, "hasNarrowSynonym") => self.synonyms.push((Scope::Narrow, text.trim().to_owned())),
            (_, "hasRelatedSynonym") => self.synonyms.push((Scope::Related, text.trim().to_owned())),
            (_, "inSubset") => self.properties.push(("subset".to_owned(), Value::text(local_name(text)))),
            (_, "closeMatch" | "broadMatch" | "narrowMatch" | "relatedMatch" | "consider") => {
                let value = Value::text(canonical(text));
                self.properties.push((predicate.into_owned(), value));
            }
            // Its own identifier once more.
            (whole, "id") if whole.contains("oboInOwl") => {}
            _ => self.properties.push((predicate.into_owned(), value)),
        }
    }

    /// Takes in what is said of the same term elsewhere.
    pub(super) fn unite(&mut self, other: Term) {
        if !other.name.is_empty() {
            self.set_name(&other.name);
        }
        if !other.definition.is_empty() {
            self.set_definition(&other.definition);
        }
        if self.namespace.is_empty() {
            self.namespace = other.namespace;
        }
        self.synonyms.extend(other.synonyms);
        self.xrefs.extend(other.xrefs);
        self.alternative_ids.extend(other.alternative_ids);
        self.properties.extend(other.properties);
        self.replaced_by.extend(other.replaced_by);
        self.is_obsolete |= other.is_obsolete;
    }

    /// Whether nothing is said of it but that it is there.
    pub(super) fn is_bare(&self) -> bool {
        self.name.is_empty()
            && self.definition.is_empty()
            && self.synonyms.is_empty()
            && self.xrefs.is_empty()
            && self.alternative_ids.is_empty()
            && self.properties.is_empty()
            && self.replaced_by.is_empty()
            && !self.is_obsolete
    }
}
