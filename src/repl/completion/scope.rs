//! Scope: the fields that can be named behind a phrase, and the values that each of them has.

use crate::model::{Confidence, Extent, KindId, Names, QualifierId, RelationTypeId, Value, fold, fold_words};
use crate::schema::{End, Meaning, ValueType};
use crate::session::Session;

use super::named;
use super::words::Item;

/// What a phrase brings with it for the conditions behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scope {
    /// The relations that its rows can be; none means any.
    types: Vec<RelationTypeId>,
    /// Its columns of entities, with their kinds; none means any.
    columns: Vec<(String, Vec<KindId>)>,
}

/// Where the values of a field that does not come from the schema are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
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
const FIXED: &[(&str, Source)] = &[
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
    pub fn of(session: &Session, items: &[Item]) -> Scope {
        let schema = session.schema();
        let mut scope = Scope::default();
        if let [only] = items
            && let Some((relation_type, end)) = only.nouns.first()
        {
            scope.types = only.nouns.iter().map(|(relation_type, _)| *relation_type).collect();
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

    /// The values that a field has, as they are written in queries. Names are told from other values: they may need quotation marks.
    /// Of entities, statements and identifiers those that begin with what is typed.
    pub fn values(&self, session: &Session, field: &str, typed: &str) -> Vec<String> {
        let folded = fold(field);
        if let Some((_, kinds)) = self.columns.iter().find(|(name, _)| fold(name) == folded) {
            return entities_of(session, kinds, typed);
        }
        let bare = folded.rsplit('.').next().unwrap_or(&folded);
        let qualifiers: Vec<QualifierId> = session
            .lexicon()
            .meanings(bare)
            .iter()
            .filter_map(|meaning| if let Meaning::Qualifier(id) = meaning { Some(*id) } else { None })
            .collect();
        let in_scope: Vec<QualifierId> = qualifiers.iter().filter(|id| self.has(session, **id)).copied().collect();
        if let Some(qualifier) = in_scope.first().or(qualifiers.first()) {
            return values_of(session, *qualifier, typed);
        }
        let singular = fold_words(bare);
        FIXED
            .iter()
            .find(|(name, _)| *name == bare || *name == singular)
            .map_or_else(Vec::new, |(_, source)| listed(session, *source, typed))
    }

    fn has(&self, session: &Session, qualifier: QualifierId) -> bool {
        let types = &session.schema().relation_types;
        self.types.is_empty() || self.types.iter().any(|id| types[id.index()].qualifiers.contains(&qualifier))
    }
}

/// The names of entities of these kinds (none means any) that begin so.
pub(super) fn entities_of(session: &Session, kinds: &[KindId], typed: &str) -> Vec<String> {
    let begun = named::beginning(session, kinds, &fold(typed)).into_iter();
    begun.filter(|found| !found.is_other).map(|found| found.text).collect()
}

/// The values that a qualifier can have: entities of its kinds, or whatever the data holds.
fn values_of(session: &Session, id: QualifierId, typed: &str) -> Vec<String> {
    /// In so many relations the values are looked for.
    const MOST_SEARCHED: usize = 1 << 16;
    let graph = session.graph();
    match &session.schema().qualifiers[id.index()].value_type {
        ValueType::Entity(kinds) => entities_of(session, kinds, typed),
        ValueType::Text => graph.texts(id),
        ValueType::Boolean => listed(session, Source::Booleans, typed),
        ValueType::Number | ValueType::Percentage | ValueType::Ratio | ValueType::Duration => {
            let values: Vec<Value> = graph.relations().take(MOST_SEARCHED).filter_map(|relation| graph.qualifier(relation, id)).collect();
            let written = |value: &Value| if let Value::Quantity(quantity) = value { Some(quantity.to_string()) } else { None };
            values.iter().flat_map(Value::members).filter_map(written).collect()
        }
    }
}

fn listed(session: &Session, source: Source, typed: &str) -> Vec<String> {
    let graph = session.graph();
    let owned = |words: &str| words.to_owned();
    match source {
        Source::Sources => graph.sources().iter().map(|source| source.slug.clone()).collect(),
        Source::Statements => named::few(graph.statements().map(|id| graph.statement_slug(id)), typed),
        Source::Extents => Extent::ALL.iter().map(|extent| owned(extent.word())).collect(),
        Source::Confidences => Confidence::ALL.iter().map(|confidence| owned(confidence.word())).collect(),
        Source::Hedges => {
            let mut words = listed(session, Source::Extents, typed);
            words.extend(listed(session, Source::Confidences, typed));
            words
        }
        Source::Entities => entities_of(session, &[], typed),
        Source::Relations => session.schema().relation_types.iter().map(|relation_type| relation_type.id.clone()).collect(),
        Source::Booleans => vec![owned("true"), owned("false")],
        Source::Kinds => session.schema().kinds.iter().map(|kind| owned(kind.one())).collect(),
        Source::Identifiers => named::ids(session, &[], typed),
        Source::Synonyms => named::few(graph.entities().flat_map(|id| graph.synonyms(id)), typed),
        Source::Xrefs => named::identifiers_elsewhere(session, typed),
        Source::Nothing => Vec::new(),
    }
}
