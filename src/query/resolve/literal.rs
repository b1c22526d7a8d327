//! Literal: what a value as typed means for the field that it stands against.

use crate::algebra::{Expression, Field};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{Confidence, EntityId, Extent, KindId, Measure, Quantity, QuantityError, Value, fold};
use crate::query::syntax::tree::Literal;
use crate::query::syntax::written;
use crate::schema::Meaning;

use super::builder::Builder;
use super::fault;
use super::field::{FieldReference, FieldType, listed, shortened};

impl Builder<'_> {
    /// The entity that a literal names, which must be able to stand in the field.
    pub(super) fn entity_literal(&self, field: &FieldReference, kinds: &[KindId], literal: &Literal) -> Result<EntityId, Diagnostic> {
        let entity = match self.context.names.called(&literal.text).as_slice() {
            [only] => *only,
            [] => return Err(self.unknown_entity_value(field, kinds, literal)),
            several => self.obvious_entity(&literal.text, &literal.span, several, &[kinds.to_vec()])?,
        };
        if self.fits(entity, kinds) {
            return Ok(entity);
        }
        let (name, kind) = (self.context.names.name(entity), self.kind_words(self.context.names.kinds(entity)));
        let expected = self.kind_words(kinds);
        let message = format!("'{name}' is {kind}, and '{}' holds {expected}", field.name);
        let near: Vec<String> = self.near_of_kinds(&literal.text, kinds);
        let complaint = Diagnostic::error(Code::UnknownValue, message).at(literal.span.clone(), format!("not {expected}")).suggest_at(
            &literal.span,
            &near,
            written,
        );
        Err(match kinds.first() {
            Some(kind) => complaint.help(format!("`kind {}` lists what it can hold", self.context.schema.kinds[kind.index()].many())),
            None => complaint,
        })
    }

    /// Whether an entity, or something that is one of it, is of one of these kinds; none means any.
    pub(super) fn fits(&self, entity: EntityId, kinds: &[KindId]) -> bool {
        kinds.is_empty() || self.context.names.kinds_below(entity).iter().any(|kind| kinds.contains(kind))
    }

    fn unknown_entity_value(&self, field: &FieldReference, kinds: &[KindId], literal: &Literal) -> Diagnostic {
        let near = self.near_of_kinds(&literal.text, kinds);
        let message = format!("nothing in the graph is called '{}'", shortened(&literal.text));
        let complaint = Diagnostic::error(Code::UnknownName, message).at(literal.span.clone(), "unknown name");
        if !near.is_empty() {
            return complaint.suggest_at(&literal.span, &near, written);
        }
        match kinds {
            [] if self.values_that_occur(field).is_some() => {
                complaint.help(format!("values of '{}': {}", field.name, self.values_that_occur(field).unwrap_or_default()))
            }
            [] => complaint.help(format!("`find \"{}\"` looks for it in names and definitions", shortened(&literal.text))),
            kinds => {
                let plural: Vec<&str> = kinds.iter().map(|kind| self.context.schema.kinds[kind.index()].many()).collect();
                let complaint = match self.values_that_occur(field) {
                    Some(values) => complaint.help(format!("values of '{}': {values}", field.name)),
                    None => complaint,
                };
                complaint.help(format!("'{}' holds {}: `kind {}` lists them", field.name, plural.join(" or "), plural[0]))
            }
        }
    }

    /// The values that a qualifier has in the data, the most frequent first, each with how many relations have it.
    fn values_that_occur(&self, field: &FieldReference) -> Option<String> {
        const LISTED: usize = 12;
        let Expression::Field(_, Field::Qualifier(qualifier)) = field.expression else { return None };
        let values = self.context.names.values(qualifier, LISTED + 1);
        // How often each occurs in the whole graph is not how many rows a query would have: the most frequent come first.
        let mut told: Vec<String> = values.iter().take(LISTED).map(|(value, _)| shortened(value)).collect();
        if values.len() > LISTED {
            told.push("…".to_owned());
        }
        (!told.is_empty()).then(|| told.join(", "))
    }

    fn near_of_kinds(&self, words: &str, kinds: &[KindId]) -> Vec<String> {
        let names = self.context.names;
        let found = names.like(words, 20);
        let fitting = found.iter().filter(|hit| self.fits(hit.entity, kinds)).map(|hit| names.name(hit.entity).to_owned());
        fitting.take(3).collect()
    }

    /// Kinds with their article, for messages: `a trigger`, `a trigger or a treatment`.
    pub(super) fn kind_words(&self, kinds: &[KindId]) -> String {
        let words: Vec<String> = kinds.iter().map(|kind| with_article(self.context.schema.kinds[kind.index()].one())).collect();
        if words.is_empty() { "any entity".to_owned() } else { words.join(" or ") }
    }

    /// The value that a literal means for a field that does not hold entities.
    pub(super) fn value_literal(&self, field: &FieldReference, literal: &Literal) -> Result<Value, Diagnostic> {
        match &field.field_type {
            FieldType::Entity(kinds) => self.entity_literal(field, kinds, literal).map(Value::Entity),
            FieldType::Text | FieldType::Path => Ok(Value::text(&literal.text)),
            FieldType::QualifierText(id) => self.known_text(field, self.context.names.texts(*id), literal),
            FieldType::Boolean => match fold(&literal.text).as_str() {
                "true" | "yes" => Ok(Value::Boolean(true)),
                "false" | "no" => Ok(Value::Boolean(false)),
                _ => Err(mismatch(field, literal).help("write `true` or `false`")),
            },
            FieldType::Kind => self.kind_literal(literal),
            FieldType::RelationType => self.relation_type_literal(literal),
            FieldType::Source => {
                let sources = self.context.names.sources().into_iter().map(str::to_owned).collect();
                self.known_text(field, sources, literal)
            }
            FieldType::Statement => {
                if self.context.names.has_statement(&literal.text) {
                    return Ok(Value::text(&literal.text));
                }
                let message = format!("no statement is called '{}'", shortened(&literal.text));
                Err(Diagnostic::error(Code::UnknownValue, message)
                    .at(literal.span.clone(), "no such statement")
                    .suggest_at(&literal.span, &self.context.names.statements_like(&literal.text, 3), written)
                    .help("the fields `statement` and `claim` can be shown: `causes show cause, statement`"))
            }
            FieldType::Extent => {
                ordinal(field, literal, Extent::from_word(&literal.text).map(Value::Extent), Extent::ALL.map(Extent::word))
            }
            FieldType::Confidence => {
                let found = Confidence::from_word(&literal.text).map(Value::Confidence);
                ordinal(field, literal, found, Confidence::ALL.map(Confidence::word))
            }
            FieldType::Hedge => Ok(Value::text(&literal.text)),
            FieldType::Integer | FieldType::Number | FieldType::Percentage | FieldType::Ratio | FieldType::Duration => {
                quantity(field, literal).map(Value::Quantity)
            }
        }
    }

    fn kind_literal(&self, literal: &Literal) -> Result<Value, Diagnostic> {
        let kind = self.context.lexicon.meanings(&literal.text).iter().find_map(|meaning| match meaning {
            Meaning::Kind(kind) => Some(*kind),
            _ => None,
        });
        match kind {
            Some(kind) => Ok(Value::text(&self.context.schema.kinds[kind.index()].id)),
            None => Err(fault::unknown_kind(&literal.text, literal.span.clone(), self.context)),
        }
    }

    fn relation_type_literal(&self, literal: &Literal) -> Result<Value, Diagnostic> {
        let found = self.context.lexicon.meanings(&literal.text).iter().find_map(|meaning| match meaning {
            Meaning::Verb(id, _) | Meaning::Noun(id, _) => Some(*id),
            _ => None,
        });
        match found {
            Some(id) => Ok(Value::text(&self.context.schema.relation_types[id.index()].id)),
            None => Err(fault::unknown_relation(&literal.text, literal.span.clone(), self.context)),
        }
    }

    /// A text that the data must hold: a word that occurs nowhere is a mistake, not an empty answer.
    fn known_text(&self, field: &FieldReference, known: Vec<String>, literal: &Literal) -> Result<Value, Diagnostic> {
        let wanted = fold(&literal.text);
        if let Some(text) = known.iter().find(|text| fold(text) == wanted) {
            return Ok(Value::text(text));
        }
        let message = format!("'{}' never has the value '{}'", field.name, shortened(&literal.text));
        let near = nearest(&literal.text, known.iter().map(String::as_str), 3);
        let complaint = Diagnostic::error(Code::UnknownValue, message).at(literal.span.clone(), "no such value").suggest_at(
            &literal.span,
            &near,
            written,
        );
        if known.is_empty() {
            return Err(complaint.help("the graph holds no value for it"));
        }
        let values = self.values_that_occur(field).unwrap_or_else(|| listed(known));
        Err(complaint.help(format!("values of '{}': {values}", field.name)))
    }
}

/// A word with `a` or `an`.
pub(super) fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}

fn ordinal<const N: usize>(field: &FieldReference, literal: &Literal, found: Option<Value>, words: [&str; N]) -> Result<Value, Diagnostic> {
    found.ok_or_else(|| {
        Diagnostic::error(Code::UnknownValue, format!("'{}' is no {}", shortened(&literal.text), field.name))
            .at(literal.span.clone(), "no such value")
            .suggest_at(&literal.span, &nearest(&literal.text, words, 2), written)
            .help(format!("from the least to the most: {}", words.join(", ")))
    })
}

/// A quantity of the field's own measure.
fn quantity(field: &FieldReference, literal: &Literal) -> Result<Quantity, Diagnostic> {
    let quantity: Quantity = match literal.text.parse() {
        Ok(quantity) => quantity,
        Err(QuantityError::Unreadable) => return Err(mismatch(field, literal).help(format!("write {}", example(&field.field_type)))),
        Err(error) => return Err(Diagnostic::error(Code::TypeMismatch, error.to_string()).at(literal.span.clone(), "")),
    };
    let fits = match field.field_type {
        FieldType::Integer | FieldType::Number => quantity.measure == Measure::Number,
        FieldType::Percentage | FieldType::Ratio => matches!(quantity.measure, Measure::Percentage | Measure::Ratio { .. }),
        _ => matches!(quantity.measure, Measure::Duration(_)),
    };
    if fits {
        return Ok(quantity);
    }
    if quantity.measure == Measure::Number {
        return Err(missing_unit(field, literal, &quantity));
    }
    Err(mismatch(field, literal).help(format!("write {}", example(&field.field_type))))
}

/// A bare number where a unit is needed, with the reading that was probably meant.
fn missing_unit(field: &FieldReference, literal: &Literal, quantity: &Quantity) -> Diagnostic {
    let number = literal.text.trim();
    let meant: Vec<String> = match (&field.field_type, quantity.exact_value()) {
        (FieldType::Percentage | FieldType::Ratio, Some(value)) if value > 0.0 && value <= 1.0 => {
            vec![Quantity::exact(Measure::Percentage, (value * 1e8).round() / 1e6).to_string()]
        }
        (FieldType::Percentage, _) => vec![format!("{number}%")],
        (FieldType::Ratio, _) => vec![format!("1 in {number}"), format!("{number}%")],
        _ => vec![format!("{number} months"), format!("{number} years")],
    };
    let quoted: Vec<String> = meant.iter().map(|meant| format!("`{meant}`")).collect();
    let hint = format!("write {}", quoted.join(" or "));
    let message = format!("'{}' is {}, and `{number}` has no unit", field.name, field.field_type.described());
    let complaint = Diagnostic::error(Code::MissingUnit, message).at(literal.span.clone(), "a bare number").help(hint);
    // Of two readings neither is the likelier one.
    match meant.as_slice() {
        [only] => complaint.fix(literal.span.clone(), only),
        _ => complaint,
    }
}

fn mismatch(field: &FieldReference, literal: &Literal) -> Diagnostic {
    let described = field.field_type.described();
    let message = format!("'{}' is {described}, and '{}' is not", field.name, shortened(&literal.text));
    Diagnostic::error(Code::TypeMismatch, message).at(literal.span.clone(), format!("not {described}"))
}

fn example(field_type: &FieldType) -> &'static str {
    match field_type {
        FieldType::Percentage => "a percentage such as `50%` or `50-80%`",
        FieldType::Ratio => "a ratio such as `1 in 5 million` or `7/12`",
        FieldType::Duration => "a duration such as `18 months` or `1-2 years`",
        _ => "a number such as `2` or `0.8`",
    }
}
