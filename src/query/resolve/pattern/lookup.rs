//! Lookup: what the labels, relationship types and properties of a pattern mean in this graph, with warnings about those that it does not have.

use std::sync::Arc;

use crate::algebra::{Label, Route};
use crate::diagnostic::Code;
use crate::model::{Direction, KindId, RelationTypeId, label_of_kind, meant_by, type_of_relation};
use crate::query::syntax::pattern_tree::Arrow;
use crate::query::syntax::tree::{Span, Spanned};

use super::Resolver;
use super::fault;
use super::sort::Sort;

/// Properties of every node.
const NODE_PROPERTIES: &[&str] = &["id", "name", "synonyms", "xrefs", "definition", "kinds"];

/// Properties of every relationship.
const RELATIONSHIP_PROPERTIES: &[&str] =
    &["statement", "claim", "sources", "publications", "jointly", "hedge", "hedge_words", "extent", "confidence", "denied"];

/// The relation types and directions that a step may take.
pub(super) enum Routes {
    /// These; empty means any.
    Of(Vec<Route>),
    /// None at all: the graph has none of the types.
    Nowhere,
}

impl Resolver<'_> {
    fn kind(&self, name: &str) -> Option<KindId> {
        let kinds = &self.context.schema.kinds;
        let position = meant_by(name, kinds.iter().map(|kind| kind.id.as_str()), label_of_kind)?;
        u16::try_from(position).ok().map(KindId)
    }

    /// The relation type that a name means.
    pub(super) fn relation_type(&self, name: &str) -> Option<RelationTypeId> {
        let types = &self.context.schema.relation_types;
        let position = meant_by(name, types.iter().map(|relation_type| relation_type.id.as_str()), type_of_relation)?;
        u16::try_from(position).ok().map(RelationTypeId)
    }

    /// The kind that a label of a node means; a label that the graph does not have is warned about.
    pub(super) fn node_label(&mut self, name: &Spanned<String>) -> Option<KindId> {
        let kind = self.kind(&name.value);
        if kind.is_none() {
            let known: Vec<String> = self.context.schema.kinds.iter().map(|kind| label_of_kind(&kind.id)).collect();
            self.warn(fault::unknown_in_graph(Code::UnknownKind, "label", &name.value, &name.span, &known));
        }
        kind
    }

    /// A label as an expression tests it.
    pub(super) fn label(&mut self, name: &Spanned<String>, of: &Sort) -> Label {
        let (kind, relation_type) = match of {
            Sort::Node => (self.node_label(name), None),
            Sort::Relationship => (None, self.step_type(name)),
            _ => (self.kind(&name.value), self.relation_type(&name.value)),
        };
        Label { name: Arc::from(name.value.as_str()), kind, relation_type }
    }

    fn step_type(&mut self, name: &Spanned<String>) -> Option<RelationTypeId> {
        let relation_type = self.relation_type(&name.value);
        if relation_type.is_none() {
            let known: Vec<String> = self.context.schema.relation_types.iter().map(|known| type_of_relation(&known.id)).collect();
            self.warn(fault::unknown_in_graph(Code::UnknownRelation, "relationship type", &name.value, &name.span, &known));
        }
        relation_type
    }

    /// The routes of a step, seen from its left node.
    pub(super) fn routes(&mut self, types: &[Spanned<String>], arrow: Arrow) -> Routes {
        let mut known: Vec<RelationTypeId> = Vec::new();
        for name in types {
            match self.step_type(name) {
                Some(relation_type) if !known.contains(&relation_type) => known.push(relation_type),
                _ => {}
            }
        }
        if types.is_empty() {
            if arrow == Arrow::Either {
                return Routes::Of(Vec::new());
            }
            let all = 0..u16::try_from(self.context.schema.relation_types.len()).unwrap_or(u16::MAX);
            known = all.map(RelationTypeId).collect();
        }
        if known.is_empty() {
            return Routes::Nowhere;
        }
        let directions: &[Direction] = match arrow {
            Arrow::Right => &[Direction::Outgoing],
            Arrow::Left => &[Direction::Incoming],
            Arrow::Either => &[Direction::Outgoing, Direction::Incoming],
        };
        let routes = known
            .iter()
            .flat_map(|relation_type| directions.iter().map(|direction| Route { relation_type: *relation_type, direction: *direction }));
        Routes::Of(routes.collect())
    }

    /// Warns about a property that nothing of the sort has.
    pub(super) fn check_property(&mut self, of: &Sort, name: &str, span: &Span) {
        let known: Vec<String> = match of {
            Sort::Node => {
                if NODE_PROPERTIES.contains(&name) || self.node_properties().iter().any(|known| known == name) {
                    return;
                }
                NODE_PROPERTIES.iter().map(|known| (*known).to_owned()).chain(self.node_properties().iter().cloned()).collect()
            }
            Sort::Relationship => {
                let qualifiers = self.context.schema.qualifiers.iter().map(|qualifier| qualifier.id.as_str());
                let mut known = qualifiers.chain(RELATIONSHIP_PROPERTIES.iter().copied());
                if known.any(|known| known == name) {
                    return;
                }
                let qualifiers = self.context.schema.qualifiers.iter().map(|qualifier| qualifier.id.as_str());
                RELATIONSHIP_PROPERTIES.iter().copied().chain(qualifiers).map(str::to_owned).collect()
            }
            _ => return,
        };
        let what = if *of == Sort::Node { "property of nodes" } else { "property of relationships" };
        self.warn(fault::unknown_in_graph(Code::UnknownField, what, name, span, &known));
    }

    fn node_properties(&mut self) -> &[String] {
        let names = self.context.names;
        self.node_properties.get_or_insert_with(|| names.properties().into_iter().map(str::to_owned).collect())
    }
}
