//! Holders: which other fields hold a value that was looked for in the wrong one.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Confidence, Extent, fold};
use crate::query::syntax::tree::{FieldName, Literal};

use super::builder::{Builder, Scope};
use super::field::{FieldReference, FieldType, listed, shortened};

impl Builder<'_> {
    /// The complaint about a value that a field never has, with the fields here that do have it.
    pub(super) fn with_holders(&self, fault: Diagnostic, name: &FieldName, literal: &Literal, scope: &Scope) -> Diagnostic {
        let about_value = matches!(fault.code, Code::UnknownName | Code::UnknownValue | Code::TypeMismatch);
        if !about_value || fault.place() != literal.span {
            return fault;
        }
        let mut holders: Vec<String> = Vec::new();
        for known in self.known_fields(scope) {
            let named = FieldName { words: known.clone(), span: name.span.clone() };
            let Ok(field) = self.field(&named, scope) else { continue };
            if self.holds(&field, literal) {
                holders.push(known);
            }
        }
        if holders.is_empty() {
            return fault;
        }
        let hint = match holders.as_slice() {
            [only] => format!("'{}' is a value of '{only}'", shortened(&literal.text)),
            several => format!("'{}' is a value of these fields: {}", shortened(&literal.text), listed(several.iter().cloned())),
        };
        // What the data does hold says more than names that are merely alike.
        let mut told = Diagnostic { help: vec![hint], fixes: Vec::new(), ..fault.clone() };
        told.help.extend(fault.help.into_iter().filter(|hint| !hint.starts_with("values of")));
        told = holders.into_iter().fold(told, |told, holder| told.fix(name.span.clone(), holder));
        told.fixes.extend(fault.fixes);
        told
    }

    /// Whether a field can have the value that a literal names.
    fn holds(&self, field: &FieldReference, literal: &Literal) -> bool {
        match &field.field_type {
            FieldType::QualifierText(id) => {
                let wanted = fold(&literal.text);
                self.context.names.texts(*id).iter().any(|text| fold(text) == wanted)
            }
            FieldType::Entity(kinds) if !kinds.is_empty() => {
                self.context.names.called(&literal.text).into_iter().any(|entity| self.fits(entity, kinds))
            }
            FieldType::Extent | FieldType::Hedge if Extent::from_word(&literal.text).is_some() => true,
            FieldType::Confidence | FieldType::Hedge => Confidence::from_word(&literal.text).is_some(),
            FieldType::Source => self.context.names.sources().contains(&literal.text.as_str()),
            _ => false,
        }
    }
}
