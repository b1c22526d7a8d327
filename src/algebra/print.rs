//! Print: the algebra as an indented tree, each operator on a line with its inputs below.

use super::Query;
use crate::model::Vocabulary;

/// The algebra as an indented tree.
pub fn print(query: &Query, _vocabulary: &dyn Vocabulary) -> String {
    format!("{:#?}", query.root)
}

/// The equivalent pattern.
pub fn pattern(query: &Query, _vocabulary: &dyn Vocabulary) -> String {
    format!("{:#?}", query.columns)
}
