//! Asked: conditions that name what a noun is asked of, which stands behind `of`: `diseases where symptom = ataxia`.

use crate::diagnostic::{Code, Diagnostic};
use crate::query::syntax::tree::{self, Condition, FieldName, Literal, Operand, TestKind, TestOperator};
use crate::query::syntax::written as as_written;
use crate::schema::Meaning;

use super::builder::{Builder, Lowered};
use super::condition::written;
use super::field::FieldType;
use super::phrase::{run_text, unbracketed};

impl Builder<'_> {
    /// The complaint about a noun whose condition names what it is asked of; nothing if it names fields.
    pub(super) fn asked_by_condition(&self, phrase: &tree::Phrase, lowered: &Lowered) -> Option<Diagnostic> {
        let (true, Operand::Run(run)) = (phrase.nouns.is_empty(), unbracketed(&phrase.operand)) else { return None };
        let condition = phrase.condition.as_ref()?;
        let parts = match condition {
            Condition::And(parts) => parts.as_slice(),
            single => std::slice::from_ref(single),
        };
        let mut asked: Vec<(&FieldName, &Literal)> = Vec::new();
        let mut rest: Vec<String> = Vec::new();
        for part in parts {
            match equality(part) {
                Some((name, literal)) if self.names_the_other_end(name, lowered) => asked.push((name, literal)),
                _ => rest.push(written(part)),
            }
        }
        let (first, _) = asked.first()?;
        let noun = run_text(run);
        let phrases: Vec<String> = asked.iter().map(|(_, literal)| format!("{noun} of {}", as_written(&literal.text))).collect();
        let mut instead = phrases.join(" and ");
        if !rest.is_empty() {
            instead = format!("{instead} where {}", rest.join(" and "));
        }
        let complaint =
            Diagnostic::error(Code::UnknownField, format!("'{}' is what '{noun}' are asked of, and no field of theirs", first.words))
                .at(first.span.clone(), "it stands behind `of`")
                .help(format!("write `{}`", phrases.join(" and ")));
        // A condition behind several phrases would be that of the last one alone.
        Some(if rest.is_empty() || asked.len() == 1 { complaint.fix(phrase.span.clone(), instead) } else { complaint })
    }

    /// Whether a word is no field here but a word for what stands at the other end of the noun's relation.
    fn names_the_other_end(&self, name: &FieldName, lowered: &Lowered) -> bool {
        if self.field(name, &lowered.scope).is_ok() {
            return false;
        }
        let Some(of) = lowered.scope.columns.iter().find(|column| column.name == "of") else { return false };
        let FieldType::Entity(kinds) = &of.field_type else { return false };
        let types = lowered.scope.relations.first().map_or(&[][..], |relation| relation.types.as_slice());
        self.context.lexicon.meanings(&name.words).iter().any(|meaning| match meaning {
            Meaning::Kind(kind) => kinds.contains(kind),
            Meaning::Noun(id, _) => types.contains(id),
            _ => false,
        })
    }
}

fn equality(condition: &Condition) -> Option<(&FieldName, &Literal)> {
    match condition {
        Condition::Test(test) => match &test.kind {
            TestKind::Compare(name, TestOperator::Equal | TestOperator::Identical, literal) => Some((name, literal)),
            _ => None,
        },
        _ => None,
    }
}
