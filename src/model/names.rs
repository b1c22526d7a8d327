//! Names: the two traits through which other rooms ask what is called so, without seeing the graph.

use super::{ColumnType, EntityId, KindId, QualifierId, RelationTypeId};

/// What a graph can say of its entities' names. The store implements it; the resolver is handed it by the session.
pub trait Names {
    /// The entities that are called so: by slug, CURIE, name or synonym, folded (see [`fold`](fn@super::fold)), singular or plural;
    /// an identifier under any of its prefixes or as an IRI (see [`canonical`](super::canonical)).
    /// The strongest of these ways wins: the slug as it is, the slug folded, the same identifier spelled otherwise, an identifier
    /// elsewhere, name, synonym, the last two with plurals folded, a related synonym. More than one entity is a tie.
    fn called(&self, words: &str) -> Vec<EntityId>;

    /// The longest name, in words, that the graph has: a run of words need not be tried in longer pieces.
    fn longest_name(&self) -> usize;

    /// The entities whose names are nearest to the words, best first, at most `limit`: for suggestions.
    fn like(&self, words: &str, limit: usize) -> Vec<Found>;

    /// How many relations an entity has, in both directions.
    fn degree(&self, entity: EntityId) -> usize;

    /// The slug of an entity.
    fn slug(&self, entity: EntityId) -> &str;

    /// The name of an entity.
    fn name(&self, entity: EntityId) -> &str;

    /// The kinds of an entity, the primary one first.
    fn kinds(&self, entity: EntityId) -> &[KindId];

    /// The kinds of an entity and of everything that is (transitively) one of it, sorted, each once.
    fn kinds_below(&self, entity: EntityId) -> Vec<KindId>;

    /// The kinds that entities of at least one of these kinds have, these among them, sorted, each once.
    fn kinds_beside(&self, kinds: &[KindId]) -> Vec<KindId>;

    /// The slugs of the sources.
    fn sources(&self) -> Vec<&str>;

    /// Whether a statement has this slug.
    fn has_statement(&self, slug: &str) -> bool;

    /// The statements' slugs nearest to the words, best first.
    fn statements_like(&self, slug: &str, limit: usize) -> Vec<String>;

    /// Names of the properties that entities have beyond the fixed ones, sorted.
    fn properties(&self) -> Vec<&str>;

    /// What the values of such a property are, and whether some entities have several of them.
    fn property_type(&self, name: &str) -> (ColumnType, bool);

    /// What a qualifier of texts or entities holds, by name, with the number of relations that have it: the most frequent first, at
    /// most `limit`; empty where that would take long.
    fn values(&self, qualifier: QualifierId, limit: usize) -> Vec<(String, usize)>;

    /// Texts that the data holds for a text qualifier, sorted, each once: so that a value that never occurs can be told.
    fn texts(&self, qualifier: QualifierId) -> Vec<String>;
}

/// The names that schema and graph give to identifiers: what the algebra needs to print itself.
pub trait Vocabulary {
    /// The id of a kind, such as `body_part`.
    fn kind(&self, kind: KindId) -> &str;
    /// The id of a relation type, such as `has_symptom`.
    fn relation_type(&self, relation_type: RelationTypeId) -> &str;
    /// How people read a relation type from its start to its end: `has symptom`.
    fn label(&self, relation_type: RelationTypeId) -> &str;
    /// The id of a qualifier, such as `population`.
    fn qualifier(&self, qualifier: QualifierId) -> &str;
    /// The slug of an entity.
    fn entity(&self, entity: EntityId) -> &str;
    /// How many kinds there are.
    fn kinds(&self) -> usize;
    /// How many relation types there are.
    fn relation_types(&self) -> usize;
    /// How many qualifiers there are.
    fn qualifiers(&self) -> usize;

    /// The qualifier with this id.
    fn qualifier_called(&self, id: &str) -> Option<QualifierId> {
        let mut all = (0..u16::try_from(self.qualifiers()).unwrap_or(u16::MAX)).map(QualifierId);
        all.find(|qualifier| self.qualifier(*qualifier) == id)
    }
}

/// An entity that was searched for, and why it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The entity.
    pub entity: EntityId,
    /// The name, synonym, identifier or definition that matched, as written in the data.
    pub text: String,
    /// Where that text stands.
    pub place: Place,
    /// From 0 (nothing in common) to 1 (the same words).
    pub score: f64,
}

/// Where a text about an entity stands. The order is that of weight: earlier places count more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Its id or one of its identifiers elsewhere.
    Identifier,
    /// Its name.
    Name,
    /// One of its synonyms.
    Synonym,
    /// Another name for something wider, narrower or only akin.
    RelatedSynonym,
    /// Its definition.
    Definition,
}

impl Place {
    /// The word for it in answers.
    pub fn word(self) -> &'static str {
        match self {
            Place::Identifier => "identifier",
            Place::Name => "name",
            Place::Synonym => "synonym",
            Place::RelatedSynonym => "related synonym",
            Place::Definition => "definition",
        }
    }
}
