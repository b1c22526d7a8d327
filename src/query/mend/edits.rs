//! Edits: the ways in which a fault may be put right, the likeliest first.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, likeness};
use crate::query::resolve::Context;

use super::{habits, slips};

/// A change of a text that may put a fault right.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    pub span: Range<usize>,
    pub replacement: String,
    /// What is to be said instead of the fault, where it was a slip of another kind than the fault tells.
    pub complaint: Option<Diagnostic>,
    /// The whole text, where it is put in other words.
    pub rewritten: Option<String>,
}

/// What may put a fault right.
pub(super) fn of(text: &str, fault: &Diagnostic, context: Context<'_>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = fault
        .fixes
        .iter()
        .filter(|fix| {
            fix.span != fault.place()
                || !names_something(fault.code)
                || is_alike(text.get(fix.span.clone()).unwrap_or_default(), &fix.replacement)
        })
        .map(|fix| Edit { span: fix.span.clone(), replacement: fix.replacement.clone(), complaint: None, rewritten: None })
        .collect();
    let about_words = matches!(
        fault.code,
        Code::Syntax
            | Code::UnknownName
            | Code::UnknownKind
            | Code::UnknownRelation
            | Code::UnknownField
            | Code::UnknownValue
            | Code::TypeMismatch
            | Code::BadSentence
            | Code::UndefinedVariable
            | Code::ImpossibleRelation
            | Code::BadClause
    );
    if about_words {
        let habits = habits::of(text, fault);
        // Words that people bring along from elsewhere are known to be wrong, so they come first where the grammar gave up.
        if fault.code == Code::Syntax {
            edits.splice(0..0, habits);
        } else {
            edits.extend(habits);
        }
        edits.splice(0..0, slips::run_together(text, fault, context));
        edits.extend(slips::of(text, fault, context));
    }
    edits
}

/// Whether a fault is about a word that names nothing.
fn names_something(code: Code) -> bool {
    matches!(code, Code::UnknownName | Code::UnknownKind | Code::UnknownRelation | Code::UnknownField | Code::UnknownValue)
}

/// Whether what was typed is nearly what is put there, or nearly how it begins: what merely has a word in common is worth a mention, but
/// nobody means it.
fn is_alike(typed: &str, instead: &str) -> bool {
    const NEAR_ENOUGH: f64 = 0.7;
    let bare = |words: &str| words.trim_matches(['"', '\'', '“', '”', '„', '‘', '’']).to_owned();
    let (typed, instead) = (bare(typed), bare(instead));
    let beginning: String = instead.chars().take(typed.chars().count()).collect();
    likeness(&typed, &instead) >= NEAR_ENOUGH || (typed.chars().count() >= 3 && likeness(&typed, &beginning) >= NEAR_ENOUGH)
}

#[cfg(test)]
mod tests {
    use super::is_alike;

    #[test]
    fn what_shares_but_a_word_is_not_meant() {
        assert!(is_alike("compunds", "compounds"));
        assert!(is_alike("opsoclonnus", "opsoclonus-myoclonus syndrome"));
        assert!(is_alike("„adlt“", "adult"));
        assert!(!is_alike("compunds", "aaanro compound 7896"));
        assert!(!is_alike("Marfan syndrme", "Marfan lipodystrophy syndrome"));
    }
}
