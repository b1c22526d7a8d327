//! Edits: the ways in which a fault may be put right, the likeliest first.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, likeness};
use crate::model::fold;
use crate::query::resolve::Context;

use super::{habits, questions, slips};

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
            let typed = text.get(fix.span.clone()).unwrap_or_default();
            // A name of several is for the reader to choose.
            fault.code != Code::AmbiguousName
                && (!names_something(fault.code)
                    || (fix.span != fault.place() && !is_one_name(&fix.replacement, context))
                    || (is_alike(typed, &fix.replacement) && !loses_name(typed, &fix.replacement, context)))
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
        let habits = habits::of(text, fault, context);
        // Words that people bring along from elsewhere are known to be wrong, so they come first where the grammar gave up.
        if fault.code == Code::Syntax {
            edits.splice(0..0, habits);
        } else {
            edits.extend(habits);
        }
        edits.splice(0..0, slips::run_together(text, fault, context));
        edits.extend(slips::of(text, fault, context));
        edits.splice(0..0, questions::of(text, context));
    }
    edits
}

/// Whether a fault is about a word that names nothing.
fn names_something(code: Code) -> bool {
    matches!(code, Code::UnknownName | Code::UnknownKind | Code::UnknownRelation | Code::UnknownField | Code::UnknownValue)
}

/// Whether a text is a name of the graph or a word of its schema by itself, rather than a phrase made of several.
fn is_one_name(text: &str, context: Context<'_>) -> bool {
    let text = bare(text);
    !context.names.called(text).is_empty() || !context.lexicon.meanings(text).is_empty()
}

/// Whether a word that names something would be lost.
fn loses_name(typed: &str, instead: &str, context: Context<'_>) -> bool {
    let instead = fold(instead);
    let words: Vec<&str> = typed.split_whitespace().map(bare).collect();
    words.len() > 1 && words.iter().any(|word| !context.names.called(word).is_empty() && !instead.contains(&fold(word)))
}

fn bare(words: &str) -> &str {
    words.trim_matches(['"', '\'', '“', '”', '„', '‘', '’'])
}

/// Whether what was typed is nearly what is put there, or nearly how it begins, but for a slip or so: what merely has much in common is
/// worth a mention, but nobody means it.
fn is_alike(typed: &str, instead: &str) -> bool {
    /// One slip in so many letters is likely.
    const LETTERS: usize = 5;
    let (typed, instead) = (bare(typed), bare(instead));
    let letters = typed.chars().count();
    let beginning: String = instead.chars().take(letters).collect();
    let slips = |other: &str| {
        let most = letters.max(other.chars().count());
        ((1.0 - likeness(typed, other)) * most as f64).round() as usize <= (most / LETTERS).max(1)
    };
    slips(instead) || (letters >= 3 && slips(&beginning))
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
        assert!(!is_alike("causes", "courses"));
        assert!(!is_alike("sedating", "Sweating"));
    }
}
