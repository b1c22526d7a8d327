//! Document: a JSON text of graphs, read as a stream: lists element by element, so that one bad element costs only itself.

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::formats::import::{Cause, Rejected};
use crate::formats::ontology::Ontology;

use super::element::{Edge, Equivalents, Meta, Node, Sort};
use super::source::Source;

/// A node that is none.
const NO_NODE: Cause = Cause("not of the form of a node");
/// An edge that is none.
const NO_EDGE: Cause = Cause("not of the form of an edge");
/// A group that is none.
const NO_GROUP: Cause = Cause("not of the form of a group of equivalent nodes");

/// A document while it is read.
pub(super) struct Document<'s> {
    pub(super) source: &'s Source<'s>,
    pub(super) ontology: Ontology,
    pub(super) rejected: Rejected,
    pub(super) keep_rejected: bool,
    /// How many lists of nodes, edges or graphs there are.
    pub(super) lists: u64,
    pub(super) nodes: u64,
    pub(super) properties: u64,
    pub(super) edges: u64,
}

/// What a list holds.
#[derive(Clone, Copy, Debug)]
enum List {
    Graphs,
    Nodes,
    Edges,
    Equivalents,
    /// Something that is only counted, by what it is called.
    Counted(&'static str, &'static str),
}

impl List {
    fn of(key: &str) -> Option<List> {
        Some(match key {
            "graphs" => List::Graphs,
            "nodes" => List::Nodes,
            "edges" => List::Edges,
            "equivalentNodesSets" => List::Equivalents,
            "logicalDefinitionAxioms" => List::Counted("logical definition", "logical definitions"),
            "domainRangeAxioms" => List::Counted("domain or range of a predicate", "domains and ranges of predicates"),
            "propertyChainAxioms" => List::Counted("chain of predicates", "chains of predicates"),
            _ => return None,
        })
    }
}

/// A graph, or the whole document, which is an object with graphs or itself a graph.
pub(super) struct Graph<'a, 's>(pub(super) &'a mut Document<'s>);

impl<'d> DeserializeSeed<'d> for Graph<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'d>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'d> Visitor<'d> for Graph<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a graph")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'d>>(self, mut members: A) -> Result<(), A::Error> {
        let document = self.0;
        document.ontology.begin_edition();
        while let Some(key) = members.next_key::<String>()? {
            if let Some(list) = List::of(&key) {
                members.next_value_seed(Elements(document, list))?;
                continue;
            }
            match key.as_str() {
                "id" | "meta" => {
                    let raw = members.next_value::<Box<RawValue>>()?;
                    document.described(&key, raw.get());
                }
                _ => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The elements of a list.
struct Elements<'a, 's>(&'a mut Document<'s>, List);

impl<'d> DeserializeSeed<'d> for Elements<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'d>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'d> Visitor<'d> for Elements<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self.1 {
            List::Graphs => "a list of graphs",
            List::Nodes => "a list of nodes",
            List::Edges => "a list of edges",
            List::Equivalents | List::Counted(..) => "a list",
        })
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'d>>(self, mut elements: A) -> Result<(), A::Error> {
        let Elements(document, list) = self;
        match list {
            List::Graphs => {
                document.lists += 1;
                while elements.next_element_seed(Graph(document))?.is_some() {}
            }
            List::Counted(one, many) => {
                while elements.next_element::<IgnoredAny>()?.is_some() {
                    document.ontology.leave_out(one, many);
                }
            }
            List::Nodes | List::Edges | List::Equivalents => {
                document.lists += 1;
                while let Some((line, raw)) = elements.next_element_seed(Element(document.source))? {
                    document.element(list, line, raw.get());
                }
            }
        }
        Ok(())
    }
}

/// One element, unread, with its line.
struct Element<'s>(&'s Source<'s>);

impl<'d> DeserializeSeed<'d> for Element<'_> {
    type Value = (u64, Box<RawValue>);

    fn deserialize<D: Deserializer<'d>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let line = self.0.begin_element();
        Box::<RawValue>::deserialize(deserializer).map(|raw| (line, raw))
    }
}

impl Document<'_> {
    /// Takes in an element of a list.
    fn element(&mut self, list: List, line: u64, text: &str) {
        let is_text = self.source.end_element();
        let outcome = match list {
            _ if !is_text => Err(Cause::NOT_TEXT),
            List::Nodes => {
                let node = serde_json::from_str::<Node>(text).map_err(|_| NO_NODE);
                let entered = node.and_then(|node| node.enter(&mut self.ontology));
                entered.map(|sort| self.properties += u64::from(sort == Sort::Property))
            }
            List::Edges => serde_json::from_str::<Edge>(text).map_err(|_| NO_EDGE).and_then(|edge| edge.enter(&mut self.ontology)),
            _ => serde_json::from_str::<Equivalents>(text).map_err(|_| NO_GROUP).map(|group| group.enter(&mut self.ontology)),
        };
        match list {
            List::Nodes => self.nodes += 1,
            List::Edges => self.edges += 1,
            _ => {}
        }
        if let Err(cause) = outcome {
            // In one line: no line ends within a text of JSON.
            let row = if self.keep_rejected { text.replace(['\n', '\r'], " ") } else { String::new() };
            self.rejected.add(cause, 0, line, row.as_bytes());
        }
    }

    /// What is said of a graph as a whole.
    fn described(&mut self, key: &str, text: &str) {
        let edition = self.ontology.edition_mut();
        match key {
            "id" => edition.ontology = serde_json::from_str::<Option<String>>(text).ok().flatten().unwrap_or_default(),
            _ => edition.version = serde_json::from_str::<Meta>(text).map(Meta::version).unwrap_or_default(),
        }
    }
}
