//! Schema: the kinds, relation types and qualifiers of a graph, each with the words that phrases use for it.

mod lexicon;

use serde::{Deserialize, Serialize};

use crate::model::{KindId, QualifierId, RelationTypeId};

pub use lexicon::{End, Lexicon, LexiconIndex, Meaning, Word};

/// What a graph can hold, and what its parts are called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    /// The graph's short name, such as `oms`.
    pub graph: String,
    /// Its title.
    pub title: String,
    /// One sentence that says what it holds.
    pub definition: String,
    /// The kinds, by [`KindId`].
    pub kinds: Vec<Kind>,
    /// The relation types, by [`RelationTypeId`]; the first is `is_a`.
    pub relation_types: Vec<RelationType>,
    /// The qualifiers, by [`QualifierId`].
    pub qualifiers: Vec<Qualifier>,
}

/// A kind of entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Its id, such as `body_part`.
    pub id: String,
    /// The words for it: singular, plural, then others. Never empty.
    pub words: Vec<String>,
    /// Its Biolink category.
    pub category: Option<String>,
    /// One sentence that says what it is.
    pub definition: Option<String>,
}

/// A relation type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationType {
    /// Its id, such as `has_symptom`.
    pub id: String,
    /// The kinds that it can start from; empty means any.
    pub from: Vec<KindId>,
    /// The kinds that it can lead to; empty means any.
    pub to: Vec<KindId>,
    /// What the entities that it starts from are called, seen from the other end: `causes of D`.
    pub source_nouns: Vec<Noun>,
    /// What the entities that it leads to are called, seen from the other end: `effects of T`.
    pub target_nouns: Vec<Noun>,
    /// Verbs from its start to its end; the id itself is always one more.
    pub verbs: Vec<String>,
    /// Verbs from its end to its start.
    pub inverse_verbs: Vec<String>,
    /// Its Biolink predicate.
    pub predicate: Option<String>,
    /// The qualifiers that its statements may have, in the order in which answers show them.
    pub qualifiers: Vec<QualifierId>,
    /// One sentence that says what it means.
    pub definition: Option<String>,
}

/// A noun in both numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noun {
    /// The singular; it names the column of an answer.
    pub one: String,
    /// The plural.
    pub many: String,
}

/// A qualifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualifier {
    /// Its id, such as `population`.
    pub id: String,
    /// What its values are.
    pub value_type: ValueType,
    /// Whether it can hold several values that all apply; qualifiers of entities always can.
    pub several: bool,
    /// Other words for it.
    pub words: Vec<String>,
    /// One sentence that says what it means.
    pub definition: Option<String>,
    /// Whether it is a detail: answers have no column for it unless it is asked for by name.
    pub is_detail: bool,
}

/// What the values of a qualifier are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ValueType {
    /// Words.
    Text,
    /// True or false.
    Boolean,
    /// A bare number.
    Number,
    /// Of a hundred; ratios are welcome too.
    Percentage,
    /// So many in so many; percentages are welcome too.
    Ratio,
    /// A span of time.
    Duration,
    /// Entities of these kinds; empty means any.
    Entity(Vec<KindId>),
}

impl ValueType {
    /// The word for it in files and messages.
    pub fn word(&self) -> &'static str {
        match self {
            ValueType::Text => "text",
            ValueType::Boolean => "boolean",
            ValueType::Number => "number",
            ValueType::Percentage => "percentage",
            ValueType::Ratio => "ratio",
            ValueType::Duration => "duration",
            ValueType::Entity(_) => "entity",
        }
    }
}

impl Kind {
    /// The singular word for it.
    pub fn one(&self) -> &str {
        &self.words[0]
    }

    /// The plural word for it.
    pub fn many(&self) -> &str {
        self.words.get(1).unwrap_or(&self.words[0])
    }
}

impl Schema {
    /// The kind with this id.
    pub fn kind(&self, id: &str) -> Option<KindId> {
        let position = self.kinds.iter().position(|kind| kind.id == id)?;
        u16::try_from(position).ok().map(KindId)
    }

    /// The relation type with this id.
    pub fn relation_type(&self, id: &str) -> Option<RelationTypeId> {
        let position = self.relation_types.iter().position(|relation_type| relation_type.id == id)?;
        u16::try_from(position).ok().map(RelationTypeId)
    }

    /// The qualifier with this id.
    pub fn qualifier(&self, id: &str) -> Option<QualifierId> {
        let position = self.qualifiers.iter().position(|qualifier| qualifier.id == id)?;
        u16::try_from(position).ok().map(QualifierId)
    }

    /// Whether an entity of these kinds can stand at that end of the relation type.
    pub fn allows(&self, relation_type: RelationTypeId, end: End, kinds: &[KindId]) -> bool {
        let relation_type = &self.relation_types[relation_type.index()];
        let allowed = match end {
            End::Source => &relation_type.from,
            End::Target => &relation_type.to,
        };
        allowed.is_empty() || kinds.iter().any(|kind| allowed.contains(kind))
    }

    /// `is_a`, the relation type that opens every schema.
    pub fn is_a() -> RelationType {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        RelationType {
            id: "is_a".to_owned(),
            from: Vec::new(),
            to: Vec::new(),
            source_nouns: vec![Noun { one: "subtype".to_owned(), many: "subtypes".to_owned() }],
            target_nouns: vec![Noun { one: "supertype".to_owned(), many: "supertypes".to_owned() }],
            verbs: words(&["is a", "is an", "are"]),
            inverse_verbs: words(&["includes subtype"]),
            predicate: Some("biolink:subclass_of".to_owned()),
            qualifiers: Vec::new(),
            definition: Some("The first is one of the second, and so are its own subtypes.".to_owned()),
        }
    }
}
