//! Element: the nodes, edges and descriptions of a document as they are written, and what becomes of each in an ontology.

use serde::{Deserialize, Deserializer};

use crate::formats::import::Cause;
use crate::formats::ontology::{Ontology, Property, Scope, Term, local_name};
use crate::model::{Value, canonical};

/// A node, in whatever order its members stand. Members of other names are left aside.
#[derive(Deserialize)]
pub(super) struct Node {
    id: Option<String>,
    lbl: Option<String>,
    #[serde(rename = "type")]
    sort: Option<String>,
    #[serde(default, deserialize_with = "or_nothing")]
    meta: Meta,
}

/// An edge.
#[derive(Deserialize)]
pub(super) struct Edge {
    sub: Option<String>,
    pred: Option<String>,
    obj: Option<String>,
}

/// Nodes that mean the same.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Equivalents {
    representative_node_id: Option<String>,
    #[serde(default, deserialize_with = "or_nothing")]
    node_ids: Vec<String>,
}

/// What is said of a node or of a graph.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Meta {
    definition: Option<Said>,
    #[serde(deserialize_with = "or_nothing")]
    comments: Vec<String>,
    #[serde(deserialize_with = "or_nothing")]
    subsets: Vec<String>,
    #[serde(deserialize_with = "or_nothing")]
    xrefs: Vec<Said>,
    #[serde(deserialize_with = "or_nothing")]
    synonyms: Vec<Said>,
    #[serde(deserialize_with = "or_nothing")]
    basic_property_values: Vec<Said>,
    version: Option<String>,
    deprecated: Option<bool>,
}

/// A value, and what it is.
#[derive(Deserialize)]
struct Said {
    pred: Option<String>,
    val: Option<String>,
}

/// Nothing where `null` stands.
fn or_nothing<'d, D: Deserializer<'d>, T: Default + Deserialize<'d>>(deserializer: D) -> Result<T, D::Error> {
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// What a node was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A class or an individual: a term.
    Term,
    /// A predicate.
    Property,
    /// Something that only its own file can speak of.
    Anonymous,
}

/// Whether an identifier means nothing beyond its file.
fn is_anonymous(id: &str) -> bool {
    id.starts_with("_:")
}

impl Node {
    /// Takes the node into an ontology.
    pub(super) fn enter(self, ontology: &mut Ontology) -> Result<Sort, Cause> {
        let id = self.id.filter(|id| !id.trim().is_empty()).ok_or(Cause::NO_ID)?;
        if is_anonymous(&id) {
            ontology.leave_out("anonymous node", "anonymous nodes");
            return Ok(Sort::Anonymous);
        }
        let id = canonical(&id);
        if self.sort.as_deref() == Some("PROPERTY") {
            let definition = self.meta.definition.and_then(|said| said.val).unwrap_or_default();
            let xrefs = self.meta.xrefs.into_iter().filter_map(|said| said.val).map(|xref| canonical(&xref).into_owned()).collect();
            let label = self.lbl.unwrap_or_default();
            ontology.declare_property(&id, Property { label, definition, xrefs, ..Property::default() });
            return Ok(Sort::Property);
        }
        let mut term = self.meta.into_term();
        if let Some(label) = self.lbl {
            // A label of its own comes before names among the properties.
            let other = std::mem::replace(&mut term.name, label.trim().to_owned());
            if !other.is_empty() {
                term.set_name(&other);
            }
        }
        ontology.declare(&id, term);
        Ok(Sort::Term)
    }
}

impl Meta {
    fn into_term(self) -> Term {
        let mut term = Term { is_obsolete: self.deprecated.unwrap_or_default(), ..Term::default() };
        let said = |said: Said| said.val.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        if let Some(definition) = self.definition.and_then(said) {
            term.set_definition(&definition);
        }
        term.xrefs = self.xrefs.into_iter().filter_map(said).map(|xref| canonical(&xref).into_owned()).collect();
        for synonym in self.synonyms {
            let scope = match synonym.pred.as_deref().map(local_name) {
                Some("hasExactSynonym") => Scope::Exact,
                Some("hasBroadSynonym") => Scope::Broad,
                Some("hasNarrowSynonym") => Scope::Narrow,
                _ => Scope::Related,
            };
            term.synonyms.extend(said(synonym).map(|text| (scope, text)));
        }
        let mut say = |predicate: &str, text: &str| term.properties.push((predicate.to_owned(), Value::text(text)));
        self.comments.iter().for_each(|comment| say("comment", comment.trim()));
        self.subsets.iter().for_each(|subset| say("subset", local_name(subset)));
        for property in self.basic_property_values {
            if let Some(predicate) = property.pred.clone()
                && let Some(value) = said(property)
            {
                term.say(&predicate, Value::text(value));
            }
        }
        term
    }

    /// The version of an ontology that is described so; may be empty.
    pub(super) fn version(self) -> String {
        let information = self.basic_property_values.into_iter().find_map(|property| {
            let is_version = property.pred.as_deref().is_some_and(|predicate| predicate.ends_with("versionInfo"));
            property.val.filter(|_| is_version)
        });
        // The address of an edition often says more than its number, unless it was put together by mistake.
        let address = self.version.filter(|version| version.matches("://").count() <= 1);
        address.or(information).unwrap_or_default()
    }
}

impl Edge {
    /// Takes the edge into an ontology.
    pub(super) fn enter(self, ontology: &mut Ontology) -> Result<(), Cause> {
        let named = |id: Option<String>, cause: Cause| id.filter(|id| !id.trim().is_empty()).ok_or(cause);
        let from = named(self.sub, Cause::NO_SUBJECT)?;
        let predicate = named(self.pred, Cause::NO_PREDICATE)?;
        let to = named(self.obj, Cause::NO_OBJECT)?;
        if is_anonymous(&from) || is_anonymous(&to) {
            ontology.leave_out("edge of an anonymous node", "edges of anonymous nodes");
            return Ok(());
        }
        let (from, to) = (canonical(&from), canonical(&to));
        let is_of_schema =
            |vocabulary: &str, name: &str| predicate == name || (predicate.contains(vocabulary) && local_name(&predicate) == name);
        if predicate == "is_a" || is_of_schema("rdf-schema", "subClassOf") {
            ontology.relate(&from, "is_a", &to);
        } else if is_of_schema("rdf-syntax", "type") {
            ontology.relate(&from, "instance_of", &to);
        } else if is_of_schema("rdf-schema", "subPropertyOf") {
            ontology.leave_out("edge between predicates", "edges between predicates");
        } else if is_of_schema("owl", "inverseOf") {
            ontology.declare_inverse(&from, &to);
            ontology.declare_inverse(&to, &from);
        } else {
            ontology.relate(&from, &canonical(&predicate), &to);
        }
        Ok(())
    }
}

impl Equivalents {
    /// Tells an ontology.
    pub(super) fn enter(self, ontology: &mut Ontology) {
        let ids = self.representative_node_id.into_iter().chain(self.node_ids).filter(|id| !is_anonymous(id));
        let mut ids: Vec<String> = ids.map(|id| canonical(&id).into_owned()).collect();
        ids.sort_unstable();
        ids.dedup();
        ontology.equate(&ids);
    }
}
