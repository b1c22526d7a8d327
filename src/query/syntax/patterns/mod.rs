//! Patterns: read-only openCypher, read into the tree of a pattern.

mod admission;
mod expectations;
mod grammar;
mod lexer;
mod mistakes;
mod reader;
mod roles;
mod writes;

pub(super) use reader::parse;
pub(super) use roles::tokens;
pub(super) use writes::begins_with_write;
