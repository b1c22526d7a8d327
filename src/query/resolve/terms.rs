//! Terms: where the terms of a sentence stand, for whoever asks what another term would change.

use crate::query::syntax::tree::{Run, Span};

use super::Context;
use super::builder::Builder;
use super::sentence::TermMeaning;

/// A term of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceTerm {
    /// Where it stands; empty where it was left out.
    pub span: Span,
    /// Whether it names something, and is not `what`.
    pub is_fixed: bool,
}

/// The terms of a run that is a sentence, in the order of the columns of its answer; none if it is no sentence.
pub fn sentence_terms(run: &Run, context: Context<'_>) -> Option<Vec<SentenceTerm>> {
    let builder = Builder::new(context);
    let items = builder.cut(run).ok()?;
    if items.len() < 2 {
        return None;
    }
    let chain = builder.chain(&items).ok()?;
    let term = |term: super::sentence::Term| {
        let is_fixed = !matches!(term.meaning, TermMeaning::What);
        SentenceTerm { span: term.item.span, is_fixed }
    };
    Some(chain.terms.into_iter().map(term).collect())
}
