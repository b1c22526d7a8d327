//! Syntax: the only room that names pest. It reads a query's text into a tree of words and their places.

mod expectations;
mod grammar;
mod keywords;
mod limits;
mod mistakes;
pub mod pattern_tree;
mod patterns;
mod reader;
mod refusals;
#[cfg(test)]
mod tests;
mod tokens;
pub mod tree;
mod written;

pub use keywords::{KEYWORDS, Keyword, PATTERN_WORDS, Reserved, keyword};
pub use limits::{DEEPEST_NESTING, LONGEST_QUERY, MOST_OPERANDS};
pub use reader::parse;
pub use tokens::{Token, TokenKind, is_pattern, is_unfinished, tokens};
pub use written::written;
