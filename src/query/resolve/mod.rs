//! Resolve: gives the words of a tree their meaning, through the schema and the graph's names. It never sees the store.

mod asked;
mod builder;
mod condition;
mod cut;
mod entities;
mod fault;
mod field;
mod holders;
mod literal;
mod path;
mod pattern;
mod phrase;
mod plain_english;
mod sentence;
mod set;
mod table;
mod tail;
mod terms;
mod why;

use std::collections::BTreeMap;

use crate::algebra::{Member, Query};
use crate::diagnostic::Diagnostic;
use crate::model::{Names, RelationId, Value};
use crate::query::syntax::tree;
use crate::schema::{Lexicon, Schema};

use builder::Builder;
pub use terms::{SentenceTerm, sentence_terms};

/// What names mean here: the schema, its words, the graph's names, and what was asked before.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The kinds, relation types and qualifiers.
    pub schema: &'a Schema,
    /// Their words.
    pub lexicon: &'a Lexicon,
    /// The names in the graph.
    pub names: &'a dyn Names,
    /// What was asked before.
    pub memory: &'a Memory,
    /// What `$name` stands for.
    pub parameters: &'a BTreeMap<String, Value>,
}

/// What a session remembers of its answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    /// The entities of the last answer, for `it`; absent before the first answer.
    pub it: Option<Vec<Member>>,
    /// What each row of the last answer rested on, for `why N`; absent before the first answer.
    pub rows: Option<Vec<Vec<RelationId>>>,
    /// The answers that `let` has named, by folded name.
    pub named: BTreeMap<String, Vec<Member>>,
}

/// The meaning of a query.
///
/// # Errors
/// What the words do not mean: unknown or ambiguous names, fields, values; relations that cannot be; at least one, in the order
/// of their places. What only follows from another fault is not told.
pub fn resolve(query: &tree::Query, context: Context<'_>) -> Result<Query, Vec<Diagnostic>> {
    resolve_with_warnings(query, context).map(|(query, _)| query)
}

/// The meaning of a query, with what deserves a look though it can be answered: labels, types and properties of a pattern
/// that the graph does not have.
///
/// # Errors
/// See [`resolve`].
pub fn resolve_with_warnings(query: &tree::Query, context: Context<'_>) -> Result<(Query, Vec<Diagnostic>), Vec<Diagnostic>> {
    match &query.body {
        tree::Body::Pattern(pattern) => pattern::resolve(pattern, context),
        _ => Builder::new(context).query(query),
    }
}

/// Whether `let` can give this name: one word that means nothing yet.
///
/// # Errors
/// What the name means already.
pub fn check_name(name: &tree::Spanned<String>, context: Context<'_>) -> Result<(), Diagnostic> {
    fault::reserved_name(name, context)
}
