//! Patterns: the algebra of a query in openCypher.

use crate::algebra::Query;
use crate::diagnostic::{Code, Diagnostic};
use crate::query::syntax::pattern_tree::PatternQuery;

use super::Context;

/// The meaning of a pattern, with what deserves a look though it can be answered.
///
/// # Errors
/// What is wrong with it, with its place.
pub(super) fn resolve(query: &PatternQuery, _context: Context<'_>) -> Result<(Query, Vec<Diagnostic>), Diagnostic> {
    Err(Diagnostic::error(Code::NotSupported, "patterns are not answered yet").at(query.span.clone(), "a pattern"))
}
