//! Projection: the part of the graph that a procedure runs on: entities of some kinds, relations of some types, and their weights.

use std::borrow::Borrow;

use crate::model::{
    Direction, EntityId, KindId, QualifierId, RelationId, RelationTypeId, Value, Vocabulary, label_of_kind, meant_by, type_of_relation,
};
use crate::store::Graph;

use super::options::{Options, described, exact_number, listed};
use super::{Arguments, FailureKind, Stopped, at, fault};

/// Which way relations are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// From their start to their end.
    Out,
    /// From their end to their start.
    In,
    /// Either way.
    Both,
}

impl Flow {
    /// The directions in which an entity's relations are followed.
    pub fn directions(self) -> &'static [Direction] {
        match self {
            Flow::Out => &[Direction::Outgoing],
            Flow::In => &[Direction::Incoming],
            Flow::Both => &[Direction::Outgoing, Direction::Incoming],
        }
    }
}

/// What relations weigh.
struct Weight {
    qualifier: QualifierId,
    name: String,
    default: Option<f64>,
}

/// The part of the graph that a procedure runs on. Denied relations are never part of it.
pub struct Projection<'a> {
    graph: &'a Graph,
    vocabulary: &'a dyn Vocabulary,
    /// The relation types, each once, in order; none means any.
    types: Option<Vec<RelationTypeId>>,
    /// Which entities are part of it; none means all.
    members: Option<Vec<bool>>,
    has_denials: bool,
    weight: Option<Weight>,
    /// Which way relations are followed, if the call says so.
    pub flow: Option<Flow>,
}

impl<'a> Projection<'a> {
    /// The projection that the options of a call name.
    ///
    /// # Errors
    /// A kind, a relation type or a property that does not exist, or an option that cannot be read.
    pub fn read(arguments: &Arguments<'a>, options: &Options) -> Result<Projection<'a>, Stopped> {
        let graph = arguments.graph;
        let vocabulary = arguments.vocabulary;
        let kinds: Vec<&str> = (0..).take(vocabulary.kinds()).map(|id| vocabulary.kind(KindId(id))).collect();
        let types: Vec<&str> = (0..).take(vocabulary.relation_types()).map(|id| vocabulary.relation_type(RelationTypeId(id))).collect();
        let kinds = named(options, "kinds", "label", &kinds, label_of_kind)?.map(|kinds| kinds.into_iter().map(KindId).collect());
        let types = named(options, "relations", "relationship type", &types, type_of_relation)?;
        let flow = match options.text("direction")?.as_deref() {
            None => None,
            Some("out") => Some(Flow::Out),
            Some("in") => Some(Flow::In),
            Some("both") => Some(Flow::Both),
            Some(other) => {
                let message = format!("the option 'direction' of `{}` cannot be '{other}'", options.procedure());
                return Err(fault(FailureKind::WrongArgument, message, "it is 'out', 'in' or 'both'"));
            }
        };
        Ok(Projection {
            graph,
            vocabulary,
            types: types.map(|types| types.into_iter().map(RelationTypeId).collect()),
            members: kinds
                .map(|kinds: Vec<KindId>| graph.entities().map(|id| kinds.iter().any(|kind| graph.has_kind(id, *kind))).collect()),
            has_denials: graph.has_denials(),
            weight: weight(arguments, options)?,
            flow,
        })
    }

    /// The graph that it is a part of.
    pub fn graph(&self) -> &'a Graph {
        self.graph
    }

    /// Whether it is the whole graph.
    pub fn is_whole(&self) -> bool {
        self.types.is_none() && self.members.is_none() && !self.has_denials
    }

    /// Whether its relations have weights of their own.
    pub fn is_weighted(&self) -> bool {
        self.weight.is_some()
    }

    /// Makes an entity part of it, of whatever kind it is.
    pub fn admit(&mut self, entity: EntityId) {
        if let Some(member) = self.members.as_mut().and_then(|members| members.get_mut(entity.index())) {
            *member = true;
        }
    }

    /// Whether an entity is part of it.
    #[inline]
    pub fn has(&self, entity: u32) -> bool {
        self.members.as_ref().is_none_or(|members| members[at(entity)])
    }

    /// Its entities, in order.
    pub fn entities(&self) -> Vec<u32> {
        self.graph.entities().map(|id| id.0).filter(|entity| self.has(*entity)).collect()
    }

    /// Calls for each relation of an entity in a direction, with its position in the arrays of that direction and its other
    /// end, in the order of relation type, other end and statement.
    #[inline]
    pub fn visit(&self, entity: u32, direction: Direction, mut each: impl FnMut(usize, u32)) {
        if !self.has(entity) {
            return;
        }
        let ends = self.graph.ends(direction);
        let mut visit_type = |relation_type| {
            let span = self.graph.span(EntityId(entity), direction, relation_type);
            for (position, other) in span.clone().zip(ends.part(span).iter().copied()) {
                if self.has(other) && !(self.has_denials && self.graph.is_denied(self.graph.relation_at(direction, position))) {
                    each(position, other);
                }
            }
        };
        match &self.types {
            None => visit_type(None),
            Some(types) => types.iter().for_each(|relation_type| visit_type(Some(*relation_type))),
        }
    }

    /// What a relation weighs; none if it does not say, and is left out for that.
    ///
    /// # Errors
    /// Its weight is below zero or not finite.
    #[inline]
    pub fn weight(&self, relation: RelationId) -> Result<Option<f64>, Stopped> {
        let Some(weight) = &self.weight else { return Ok(Some(1.0)) };
        let stated = self.graph.qualifier(relation, weight.qualifier).and_then(number_in);
        match stated {
            Some(number) if number >= 0.0 && number.is_finite() => Ok(Some(number)),
            Some(number) => {
                let (from, to) = (self.vocabulary.entity(self.graph.start(relation)), self.vocabulary.entity(self.graph.end(relation)));
                let message = format!(
                    "the weight of a relationship must be a number of at least 0, and '{}' of '{from}' to '{to}' is {number}",
                    weight.name
                );
                Err(fault(
                    FailureKind::WrongArgument,
                    message,
                    "name another property as the 'weight', or project relations without such weights",
                ))
            }
            None => Ok(weight.default),
        }
    }
}

/// The number in a value of a relation; of several values none, since no one of them is the weight.
fn number_in(value: impl Borrow<Value>) -> Option<f64> {
    exact_number(value.borrow())
}

/// The identifiers of the kinds or relation types that an option names, each once, in order.
fn named(options: &Options, option: &str, noun: &str, ids: &[&str], shown: fn(&str) -> String) -> Result<Option<Vec<u16>>, Stopped> {
    let Some(names) = options.texts(option)? else { return Ok(None) };
    let mut meant = Vec::with_capacity(names.len());
    for name in names {
        // A colon in front is how it stands in a pattern.
        let bare = name.strip_prefix(':').unwrap_or(&name);
        let position = meant_by(bare, ids.iter().copied(), shown).and_then(|position| u16::try_from(position).ok());
        let Some(position) = position else {
            let all: Vec<String> = ids.iter().map(|id| shown(id)).collect();
            let all: Vec<&str> = all.iter().map(String::as_str).collect();
            let message = format!("there is no {noun} {}", described(&Value::text(bare)));
            return Err(fault(FailureKind::WrongArgument, message, listed(&format!("the {noun}s are"), bare, &all)));
        };
        meant.push(position);
    }
    meant.sort_unstable();
    meant.dedup();
    Ok(Some(meant))
}

/// What relations weigh by the options of a call.
fn weight(arguments: &Arguments<'_>, options: &Options) -> Result<Option<Weight>, Stopped> {
    let default = options.number("default", 0.0..=f64::MAX)?;
    let Some(name) = options.text("weight")? else {
        return match default {
            None => Ok(None),
            Some(_) => Err(fault(
                FailureKind::WrongArgument,
                "the option 'default' says what relations weigh without a 'weight', and none is named",
                "name the property that holds the weight: `{weight: 'score', default: 1}`",
            )),
        };
    };
    let vocabulary = arguments.vocabulary;
    let names: Vec<&str> = (0..).take(vocabulary.qualifiers()).map(|id| vocabulary.qualifier(QualifierId(id))).collect();
    let position = meant_by(&name, names.iter().copied(), str::to_owned).and_then(|position| u16::try_from(position).ok());
    let Some(position) = position else {
        let message = format!("relationships have no property {}", described(&Value::Text(name.clone())));
        return Err(fault(FailureKind::WrongArgument, message, listed("their properties are", &name, &names)));
    };
    let name = names.get(usize::from(position)).map_or_else(String::new, |name| (*name).to_owned());
    Ok(Some(Weight { qualifier: QualifierId(position), name, default }))
}
