//! Syntax: the only room that names pest. It reads a query's text into a tree of words and their places.

pub mod tree;
