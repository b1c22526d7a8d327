//! Field: what a bare name in a condition, a sort key or `show` stands for.

use crate::algebra::{Expression, Field, VariableId};
use crate::diagnostic::{Code, Diagnostic, likeness, nearest};
use crate::model::{ColumnType, KindId, QualifierId, RelationTypeId, fold};
use crate::query::syntax::tree::FieldName;
use crate::schema::{Meaning, ValueType};

use super::builder::{Builder, Scope, ScopeColumn, ScopeRelation, is_several};

/// What the values of a field are: it decides which operators and literals fit.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum FieldType {
    /// Entities of these kinds; empty means any.
    Entity(Vec<KindId>),
    /// Free words.
    Text,
    /// Words of a qualifier: those that the data holds are known.
    QualifierText(QualifierId),
    Boolean,
    Integer,
    Number,
    Percentage,
    Ratio,
    Duration,
    /// Ids of kinds.
    Kind,
    /// Ids of relation types.
    RelationType,
    /// Slugs of sources.
    Source,
    /// Slugs of statements.
    Statement,
    /// The scale some, many, most, nearly all.
    Extent,
    /// The scale possible, suggested, stated.
    Confidence,
    /// Both scales and the words.
    Hedge,
    Path,
}

/// A field that was found.
#[derive(Clone)]
pub(super) struct FieldReference {
    /// Its name, as columns show it.
    pub name: String,
    pub expression: Expression,
    pub field_type: FieldType,
    /// Whether its value is a list.
    pub several: bool,
}

impl FieldType {
    /// The type of a qualifier's values; text qualifiers are given their own type by [`Builder::field`].
    pub fn of_qualifier(value_type: &ValueType) -> FieldType {
        match value_type {
            ValueType::Text => FieldType::Text,
            ValueType::Boolean => FieldType::Boolean,
            ValueType::Number => FieldType::Number,
            ValueType::Percentage => FieldType::Percentage,
            ValueType::Ratio => FieldType::Ratio,
            ValueType::Duration => FieldType::Duration,
            ValueType::Entity(kinds) => FieldType::Entity(kinds.clone()),
        }
    }

    /// What it is called in messages, with its article.
    pub fn described(&self) -> &'static str {
        match self {
            FieldType::Entity(_) => "an entity",
            FieldType::Text | FieldType::QualifierText(_) => "text",
            FieldType::Boolean => "true or false",
            FieldType::Integer => "a count",
            FieldType::Number => "a number",
            FieldType::Percentage => "a percentage",
            FieldType::Ratio => "a ratio",
            FieldType::Duration => "a duration",
            FieldType::Kind => "a kind",
            FieldType::RelationType => "a relation",
            FieldType::Source => "a source",
            FieldType::Statement => "a statement",
            FieldType::Extent => "an extent",
            FieldType::Confidence => "a confidence",
            FieldType::Hedge => "a hedge",
            FieldType::Path => "a path",
        }
    }
}

/// The fields of the evidence, with the words for them.
const EVIDENCE_FIELDS: &[(&str, Field, FieldType, bool)] = &[
    ("source", Field::Sources, FieldType::Source, true),
    ("statement", Field::Statement, FieldType::Statement, false),
    ("claim", Field::Claim, FieldType::Text, false),
    ("publication", Field::Publications, FieldType::Text, true),
    ("hedge", Field::Hedge, FieldType::Hedge, false),
    ("extent", Field::Extent, FieldType::Extent, false),
    ("confidence", Field::Confidence, FieldType::Confidence, false),
    ("jointly", Field::Jointly, FieldType::Entity(Vec::new()), true),
    ("relation", Field::RelationType, FieldType::RelationType, false),
    ("denied", Field::Denied, FieldType::Boolean, false),
];

/// The fields of an entity, with the words for them.
const ENTITY_FIELDS: &[(&str, Field, FieldType, bool)] = &[
    ("kind", Field::Kinds, FieldType::Kind, true),
    ("name", Field::Name, FieldType::Text, false),
    ("id", Field::Identifier, FieldType::Text, false),
    ("synonym", Field::Synonyms, FieldType::Text, true),
    ("xref", Field::Xrefs, FieldType::Text, true),
    ("definition", Field::Definition, FieldType::Text, false),
];

impl Builder<'_> {
    /// What a field name stands for: a column, a qualifier, a field of the evidence, a property of the answered entity.
    pub fn field(&self, name: &FieldName, scope: &Scope) -> Result<FieldReference, Diagnostic> {
        let folded = fold(&name.words);
        if let Some(column) = scope.columns.iter().find(|column| fold(&column.name) == folded) {
            return Ok(self.column_field(column));
        }
        if let Some((prefix, rest)) = folded.split_once('.')
            && let Some(found) = self.prefixed_field(name, prefix.trim(), rest.trim(), scope)?
        {
            return Ok(found);
        }
        let qualified = self.qualifier_fields(&folded, scope);
        match qualified.as_slice() {
            [] => {}
            [(_, only)] => return Ok(only.clone()),
            several => {
                let choices: Vec<String> = several.iter().map(|(relation, field)| prefixed(&relation.written, &field.name)).collect();
                return Err(Diagnostic::error(Code::AmbiguousName, format!("more than one relation here has '{}'", name.words))
                    .at(name.span.clone(), "of which relation?")
                    .suggest(choices));
            }
        }
        if let Some(relation) = scope.relations.first()
            && let Some(found) = fixed(EVIDENCE_FIELDS, &folded, relation.variable)
        {
            return Ok(found);
        }
        if let Some(entity) = scope.entity
            && let Some(found) = self.entity_field(&folded, entity)
        {
            return Ok(found);
        }
        Err(self.unknown_field(name, scope))
    }

    fn column_field(&self, column: &ScopeColumn) -> FieldReference {
        let field_type = match (&column.expression, &column.field_type) {
            (Expression::Field(_, Field::Qualifier(id)), FieldType::Text) => FieldType::QualifierText(*id),
            (_, other) => other.clone(),
        };
        FieldReference { name: column.name.clone(), expression: column.expression.clone(), field_type, several: column.several }
    }

    /// `of.kind`, `binds.score`: a field of the entity in a column, or of one relation of a chain.
    fn prefixed_field(&self, name: &FieldName, prefix: &str, rest: &str, scope: &Scope) -> Result<Option<FieldReference>, Diagnostic> {
        if let Some(column) = scope.columns.iter().find(|column| fold(&column.name) == prefix)
            && let (Expression::Variable(variable), FieldType::Entity(_)) = (&column.expression, &column.field_type)
        {
            return match self.entity_field(rest, *variable) {
                Some(mut found) => {
                    found.name = format!("{}.{}", column.name, found.name);
                    Ok(Some(found))
                }
                None => {
                    let known = ENTITY_FIELDS.iter().map(|(name, ..)| *name);
                    let message = format!("an entity has no field '{rest}'");
                    Err(Diagnostic::error(Code::UnknownField, message)
                        .at(name.span.clone(), "no such field")
                        .suggest_at(&name.span, &nearest(rest, known, 3), |near| format!("{prefix}.{near}"))
                        .help(format!("fields of an entity: {}", listed(ENTITY_FIELDS.iter().map(|(name, ..)| (*name).to_owned())))))
                }
            };
        }
        let types = |relation: &ScopeRelation| {
            relation.types.iter().any(|relation_type| fold(&self.context.schema.relation_types[relation_type.index()].id) == prefix)
        };
        // The words of the query count more than the id of the relation type: another of its verbs may stand there too.
        let written = scope.relations.iter().find(|relation| fold(&relation.written) == prefix);
        let Some(relation) = written.or_else(|| scope.relations.iter().find(|relation| types(relation))) else {
            return Ok(None);
        };
        let alone = Scope { relations: vec![relation.clone()], ..Scope::default() };
        let inner = FieldName { words: rest.to_owned(), span: name.span.clone() };
        self.field(&inner, &alone).map(|mut found| {
            found.name = prefixed(&relation.written, &found.name);
            Some(found)
        })
    }

    /// The relations in scope that have the qualifier that the words name.
    fn qualifier_fields<'s>(&self, folded: &str, scope: &'s Scope) -> Vec<(&'s ScopeRelation, FieldReference)> {
        let named: Vec<QualifierId> = self
            .context
            .lexicon
            .meanings(folded)
            .iter()
            .filter_map(|meaning| match meaning {
                Meaning::Qualifier(id) => Some(*id),
                _ => None,
            })
            .collect();
        let mut found = Vec::new();
        for relation in &scope.relations {
            let can_have = self.qualifiers_of(&relation.types);
            for id in named.iter().filter(|id| can_have.contains(id)) {
                let qualifier = &self.context.schema.qualifiers[id.index()];
                let field_type = match FieldType::of_qualifier(&qualifier.value_type) {
                    FieldType::Text => FieldType::QualifierText(*id),
                    other => other,
                };
                found.push((
                    relation,
                    FieldReference {
                        name: qualifier.id.clone(),
                        expression: Expression::Field(relation.variable, Field::Qualifier(*id)),
                        field_type,
                        several: is_several(&qualifier.value_type, qualifier.several),
                    },
                ));
            }
        }
        found
    }

    fn entity_field(&self, folded: &str, entity: VariableId) -> Option<FieldReference> {
        if let Some(found) = fixed(ENTITY_FIELDS, folded, entity) {
            return Some(found);
        }
        let property = self.context.names.properties().into_iter().find(|property| fold(property) == folded)?;
        let (column_type, several) = self.context.names.property_type(property);
        let field_type = match column_type {
            ColumnType::Entity => FieldType::Entity(Vec::new()),
            ColumnType::Boolean => FieldType::Boolean,
            ColumnType::Integer => FieldType::Integer,
            ColumnType::Number => FieldType::Number,
            ColumnType::Percentage => FieldType::Percentage,
            ColumnType::Ratio => FieldType::Ratio,
            ColumnType::Duration => FieldType::Duration,
            _ => FieldType::Text,
        };
        Some(FieldReference {
            name: property.to_owned(),
            expression: Expression::Field(entity, Field::Property(property.to_owned())),
            field_type,
            several,
        })
    }

    fn unknown_field(&self, name: &FieldName, scope: &Scope) -> Diagnostic {
        let known = self.known_fields(scope);
        let mut near = nearest(&name.words, known.iter().map(String::as_str), 3);
        // A word that is nearer to a qualifier of other relations than to anything here was meant as that one.
        let alike = |other: &str| likeness(&name.words, other);
        let best = near.first().map_or(0.6, |near| alike(near));
        let others = self.context.schema.qualifiers.iter().map(|qualifier| qualifier.id.as_str());
        let meant = others.filter(|other| alike(other) > best).max_by(|left, right| alike(left).total_cmp(&alike(right)));
        if meant.is_some() {
            near.clear();
        }
        let mut complaint = Diagnostic::error(Code::UnknownField, format!("there is no field '{}' here", shortened(&name.words)))
            .at(name.span.clone(), "no such field");
        complaint = complaint.suggest_at(&name.span, &near, str::to_owned);
        let elsewhere = self.context.lexicon.meanings(&name.words).iter().find_map(|meaning| match meaning {
            Meaning::Qualifier(id) => Some(self.context.schema.qualifiers[id.index()].id.as_str()),
            _ => None,
        });
        let elsewhere = elsewhere.or(meant);
        if let Some(qualifier) = elsewhere {
            let holders: Vec<String> = self
                .context
                .schema
                .relation_types
                .iter()
                .filter(|relation_type| {
                    relation_type.qualifiers.iter().any(|id| self.context.schema.qualifiers[id.index()].id == *qualifier)
                })
                .map(|relation_type| relation_type.id.clone())
                .collect();
            complaint = complaint.help(format!("'{qualifier}' qualifies other relations: {}", listed(holders)));
        }
        complaint.help(format!("fields here: {}", listed(known)))
    }

    /// The names that a field can have here, in the order of precedence, each once.
    pub fn known_fields(&self, scope: &Scope) -> Vec<String> {
        let mut names: Vec<String> = scope.columns.iter().map(|column| column.name.clone()).collect();
        let types: Vec<&[RelationTypeId]> = scope.relations.iter().map(|relation| relation.types.as_slice()).collect();
        for types in &types {
            names.extend(self.qualifiers_of(types).iter().map(|id| self.context.schema.qualifiers[id.index()].id.clone()));
        }
        if !scope.relations.is_empty() {
            names.extend(EVIDENCE_FIELDS.iter().map(|(name, ..)| (*name).to_owned()));
        }
        if scope.entity.is_some() {
            names.extend(ENTITY_FIELDS.iter().map(|(name, ..)| (*name).to_owned()));
            names.extend(self.context.names.properties().iter().map(|name| (*name).to_owned()));
        }
        let mut unique = Vec::new();
        for name in names {
            if !unique.contains(&name) {
                unique.push(name);
            }
        }
        unique
    }
}

fn fixed(table: &[(&str, Field, FieldType, bool)], folded: &str, variable: VariableId) -> Option<FieldReference> {
    let singular = crate::model::fold_words(folded);
    let (name, field, field_type, several) = table.iter().find(|(name, ..)| *name == folded || *name == singular)?;
    Some(FieldReference {
        name: (*name).to_owned(),
        expression: Expression::Field(variable, field.clone()),
        field_type: field_type.clone(),
        several: *several,
    })
}

/// A field of one relation of a chain, as it is written.
fn prefixed(relation: &str, field: &str) -> String {
    format!("{}.{field}", relation.replace(' ', "_"))
}

/// Names as a list for a message; long lists are cut with a count.
pub(super) fn listed(names: impl IntoIterator<Item = String>) -> String {
    const MOST: usize = 24;
    let names: Vec<String> = names.into_iter().collect();
    if names.len() <= MOST {
        return names.join(", ");
    }
    format!("{} and {} more", names[..MOST].join(", "), names.len() - MOST)
}

/// Words for a message; long ones are cut.
pub(super) fn shortened(words: &str) -> String {
    const MOST: usize = 60;
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    words.chars().take(MOST).chain(['…']).collect()
}
