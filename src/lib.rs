//! The library: a knowledge graph that is asked in phrases and answers with its evidence.

#![deny(unsafe_code)]

// The parser generated from the grammar names it: pest is built without the standard library's features.
extern crate alloc;

pub mod algebra;
pub mod answer;
pub mod cli;
pub mod command;
pub mod diagnostic;
pub mod engine;
pub mod formats;
pub mod model;
pub mod query;
pub mod render;
pub mod repl;
pub mod schema;
pub mod session;
pub mod store;

pub use diagnostic::Complaints;
pub use session::Session;

/// The examples of the README, run as tests of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
