//! Subgraph: a graph, or a part of one, as those see it who write it down: entities and relations one after the other, each complete in itself.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use super::{Cell, Certainty, ColumnType, EntityCard, HedgeCard};

/// A graph, or a part of one, that is visited from its first entity to its last relation. A graph of millions is never held
/// as records all at once, and visiting it again gives the same.
pub trait Subgraph {
    /// What it is called, for people.
    fn title(&self) -> String;

    /// The words that its records refer to by position.
    fn words(&self) -> &Words;

    /// How many entities it has.
    fn entity_count(&self) -> usize;

    /// How many relations it has, denied ones included.
    fn relation_count(&self) -> usize;

    /// Visits every entity, in order.
    ///
    /// # Errors
    /// The first error of `visit`, or an interruption.
    fn entities(&self, visit: &mut VisitEntity<'_>) -> io::Result<()>;

    /// Visits every relation, in order.
    ///
    /// # Errors
    /// The first error of `visit`, or an interruption.
    fn relations(&self, visit: &mut VisitRelation<'_>) -> io::Result<()>;
}

/// What is done with each entity.
pub type VisitEntity<'v> = dyn FnMut(&EntityRecord<'_>) -> io::Result<()> + 'v;

/// What is done with each relation.
pub type VisitRelation<'v> = dyn FnMut(&RelationRecord<'_>) -> io::Result<()> + 'v;

/// What the schema calls what is in a graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The kinds.
    pub kinds: Vec<KindWord>,
    /// The relation types.
    pub relation_types: Vec<RelationWord>,
    /// The qualifiers.
    pub qualifiers: Vec<QualifierWord>,
    /// The properties that entities have beyond the fixed ones.
    pub properties: Vec<String>,
}

/// A kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindWord {
    /// Its id.
    pub id: String,
    /// Its category in the Biolink model, with the prefix.
    pub category: Option<String>,
    /// Its position in the schema.
    pub position: usize,
}

/// A relation type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationWord {
    /// Its id.
    pub id: String,
    /// How people read it from start to end.
    pub label: String,
    /// Its predicate in the Biolink model, with the prefix.
    pub predicate: Option<String>,
}

/// A qualifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualifierWord {
    /// Its id.
    pub id: String,
    /// What its values are.
    pub column_type: ColumnType,
}

/// An entity with all that is said of it.
#[derive(Clone, Debug)]
pub struct EntityRecord<'a> {
    /// Its position, counted from 0.
    pub number: usize,
    /// Its stable id.
    pub id: &'a str,
    /// Its name; empty if it has none.
    pub name: &'a str,
    /// Its kinds, the primary one first, by their positions among the words.
    pub kinds: Vec<usize>,
    /// Other names.
    pub synonyms: Vec<&'a str>,
    /// Identifiers elsewhere.
    pub xrefs: Vec<&'a str>,
    /// One sentence that says what it is.
    pub definition: Option<&'a str>,
    /// Whatever else is said of it, by the positions of the properties among the words, ascending.
    pub properties: Vec<(usize, Cell)>,
}

/// An end of a relation.
#[derive(Clone, Copy, Debug)]
pub struct End<'a> {
    /// The position of the entity.
    pub number: usize,
    /// Its stable id.
    pub id: &'a str,
    /// Its name; empty if it has none.
    pub name: &'a str,
}

/// A relation with all that is said of it, and of the statement that it belongs to.
#[derive(Clone, Debug)]
pub struct RelationRecord<'a> {
    /// Its position, counted from 0.
    pub number: usize,
    /// Where it starts.
    pub from: End<'a>,
    /// What it is, by position among the words.
    pub relation_type: usize,
    /// Where it leads.
    pub to: End<'a>,
    /// The id of its statement.
    pub statement: Cow<'a, str>,
    /// Which relation of its statement it is, counted from 1, where that has several.
    pub member: Option<usize>,
    /// What the statement says, in the curator's words; empty where nobody put it into words.
    pub claim: Cow<'a, str>,
    /// Its qualifiers, by their positions among the words, ascending.
    pub qualifiers: Vec<(usize, Cell)>,
    /// How sure and how general the source was, if it hedged.
    pub hedge: Option<HedgeCard>,
    /// Whether the statement holds of its relations together only.
    pub jointly: bool,
    /// The entities that the statement speaks of together with this relation.
    pub jointly_with: Vec<Arc<EntityCard>>,
    /// Whether the statement denies it.
    pub denied: bool,
    /// Whether an answer rests on it only possibly.
    pub certainty: Certainty,
    /// Who says so.
    pub citations: Vec<CitationRecord<'a>>,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitationRecord<'a> {
    /// The id of the source.
    pub source: &'a str,
    /// What the source is called; its id where nobody gave it a title.
    pub title: &'a str,
    /// The sentences of the source, counted from 1, ascending.
    pub sentences: Cow<'a, [u32]>,
    /// A publication that the source names.
    pub publication: Option<Cow<'a, str>>,
    /// How many of how many were counted: `(n, of)`.
    pub cohort: Option<(u32, u32)>,
}

impl Words {
    /// How people read a relation type.
    pub fn label(&self, relation: &RelationRecord<'_>) -> &str {
        &self.relation_types[relation.relation_type].label
    }

    /// The id of a relation type.
    pub fn relation_type(&self, relation: &RelationRecord<'_>) -> &str {
        &self.relation_types[relation.relation_type].id
    }

    /// The ids of an entity's kinds.
    pub fn kinds<'w>(&'w self, entity: &EntityRecord<'_>) -> impl Iterator<Item = &'w str> {
        entity.kinds.iter().filter_map(|kind| Some(self.kinds.get(*kind)?.id.as_str()))
    }
}

impl RelationRecord<'_> {
    /// An id that no other relation of the graph has: that of its statement, with its number where that has several.
    pub fn id(&self) -> Cow<'_, str> {
        match self.member {
            Some(member) => Cow::Owned(format!("{}#{member}", self.statement)),
            None => Cow::Borrowed(&self.statement),
        }
    }
}

impl CitationRecord<'_> {
    /// Where it stands, for people: `oms-overview, sentence 17`.
    pub fn locator(&self) -> String {
        super::located(self.source, &self.sentences, self.publication.as_deref(), self.cohort)
    }
}

impl End<'_> {
    /// What people call it: its name, or its id if it has none.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { self.id } else { self.name }
    }
}

impl EntityRecord<'_> {
    /// What people call it: its name, or its id if it has none.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { self.id } else { self.name }
    }
}
