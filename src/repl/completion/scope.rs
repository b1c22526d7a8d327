//! Scope: the fields that can be named behind a phrase, and what each of them holds.

use crate::model::{KindId, QualifierId, RelationTypeId, fold};
use crate::schema::{End, Meaning, ValueType, Word};
use crate::session::Session;

use super::words::Item;

/// What a phrase brings with it for the conditions behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scope {
    /// The relations that its rows can be; none means any.
    types: Vec<RelationTypeId>,
    /// Its columns of entities, with their kinds; none means any.
    columns: Vec<(String, Vec<KindId>)>,
    /// The noun, if it is made of one that stands for one relation.
    noun: Option<(RelationTypeId, End)>,
    /// The columns that its sort of query has beside.
    beside: &'static [&'static str],
}

/// Where the values of a field that does not come from the schema are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Sources,
    Statements,
    Extents,
    Confidences,
    Hedges,
    Entities,
    Relations,
    Booleans,
    Kinds,
    Identifiers,
    Synonyms,
    Xrefs,
    Nothing,
}

/// The fields of the evidence, then those of entities.
pub(super) const FIXED: &[(&str, Source)] = &[
    ("source", Source::Sources),
    ("statement", Source::Statements),
    ("claim", Source::Nothing),
    ("publication", Source::Nothing),
    ("hedge", Source::Hedges),
    ("extent", Source::Extents),
    ("confidence", Source::Confidences),
    ("jointly", Source::Entities),
    ("relation", Source::Relations),
    ("denied", Source::Booleans),
    ("kind", Source::Kinds),
    ("name", Source::Entities),
    ("id", Source::Identifiers),
    ("synonym", Source::Synonyms),
    ("xref", Source::Xrefs),
    ("definition", Source::Nothing),
];

/// The names of the fields that every graph has.
pub(crate) fn fixed_fields() -> impl Iterator<Item = &'static str> {
    FIXED.iter().map(|(name, _)| *name)
}

/// The kinds at the ends of relations that are opposite to the nouns.
pub(super) fn other_ends(session: &Session, nouns: &[(RelationTypeId, End)]) -> Vec<KindId> {
    let mut kinds: Vec<KindId> = Vec::new();
    for (relation_type, end) in nouns {
        let relation_type = &session.schema().relation_types[relation_type.index()];
        let other = if *end == End::Source { &relation_type.to } else { &relation_type.from };
        if other.is_empty() {
            return Vec::new();
        }
        kinds.extend(other);
    }
    kinds
}

impl Scope {
    /// The scope of a phrase that is made of these items.
    pub fn with(&self, session: &Session, items: &[Item]) -> Scope {
        let schema = session.schema();
        let mut scope = Scope { beside: self.beside, ..Scope::default() };
        if let [only] = items
            && let Some((relation_type, end)) = only.nouns.first()
        {
            scope.types = only.nouns.iter().map(|(relation_type, _)| *relation_type).collect();
            scope.noun = (only.nouns.len() == 1).then_some((*relation_type, *end));
            let found = &schema.relation_types[relation_type.index()];
            let (nouns, own) = if *end == End::Source { (&found.source_nouns, &found.from) } else { (&found.target_nouns, &found.to) };
            let name = nouns.first().map_or_else(|| found.id.clone(), |noun| noun.one.clone());
            scope.columns = vec![(name, own.clone()), ("of".to_owned(), other_ends(session, &only.nouns))];
            return scope;
        }
        scope.types = items.iter().skip(1).flat_map(|item| &item.verbs).map(|(relation_type, _)| *relation_type).collect();
        for relation_type in &scope.types {
            let found = &schema.relation_types[relation_type.index()];
            for kinds in [&found.from, &found.to] {
                if let [kind] = kinds.as_slice() {
                    scope.columns.push((schema.kinds[kind.index()].one().to_owned(), vec![*kind]));
                }
            }
        }
        if let [only] = items
            && let [kind] = only.kinds.as_slice()
        {
            scope.columns.push((schema.kinds[kind.index()].one().to_owned(), vec![*kind]));
        }
        scope
    }

    /// The names of the fields in scope; `dotted` adds those of the entities in its columns.
    pub fn fields(&self, session: &Session, dotted: bool) -> Vec<String> {
        let mut fields: Vec<String> = self.columns.iter().map(|(name, _)| name.clone()).collect();
        fields.extend(self.beside.iter().map(|name| (*name).to_owned()));
        let schema = session.schema();
        let qualifiers = (0..).take(schema.qualifiers.len()).map(QualifierId).filter(|id| self.has(session, *id));
        fields.extend(qualifiers.map(|id| schema.qualifiers[id.index()].id.clone()));
        fields.extend(fixed_fields().map(str::to_owned));
        fields.extend(session.graph().property_names().map(str::to_owned));
        if dotted {
            let of_entities = || FIXED.iter().map(|(name, _)| *name).skip_while(|name| *name != "kind");
            fields.extend(self.columns.iter().flat_map(|(column, _)| of_entities().map(move |name| format!("{column}.{name}"))));
        }
        fields
    }

    /// Adds the columns that a sort of query has beside those of what is asked.
    pub fn add(&mut self, columns: &'static [&'static str]) {
        self.beside = columns;
    }

    /// Other words for the qualifiers in scope, each with the id that it stands for.
    pub fn other_words(&self, session: &Session) -> Vec<(String, String)> {
        let qualifiers = &session.schema().qualifiers;
        let other = |word: &Word| match word.meaning {
            Meaning::Qualifier(id) if self.has(session, id) => Some((word.written.clone(), qualifiers[id.index()].id.clone())),
            _ => None,
        };
        session.lexicon().words().iter().filter_map(other).collect()
    }

    /// What a field holds, where the schema says so.
    pub fn value_type(&self, session: &Session, field: &str) -> Option<ValueType> {
        let folded = fold(field);
        let bare = folded.rsplit('.').next().unwrap_or(&folded);
        if let Some((_, kinds)) = self.columns.iter().find(|(name, _)| fold(name) == folded) {
            return Some(ValueType::Entity(kinds.clone()));
        }
        let qualifier = session.lexicon().meanings(bare).into_iter().find_map(|meaning| match meaning {
            Meaning::Qualifier(id) => Some(id),
            _ => None,
        });
        qualifier.map(|id| session.schema().qualifiers[id.index()].value_type.clone())
    }

    /// The relations that the rows can be; none means any.
    pub fn types(&self) -> &[RelationTypeId] {
        &self.types
    }

    /// The columns of entities, with their kinds; none means any.
    pub fn columns(&self) -> &[(String, Vec<KindId>)] {
        &self.columns
    }

    /// The one noun that the phrase is.
    pub fn noun(&self) -> Option<(RelationTypeId, End)> {
        self.noun
    }

    /// Whether a qualifier can stand on its relations.
    pub fn has(&self, session: &Session, qualifier: QualifierId) -> bool {
        let types = &session.schema().relation_types;
        self.types.is_empty() || self.types.iter().any(|id| types[id.index()].qualifiers.contains(&qualifier))
    }
}
