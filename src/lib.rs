//! The library: a knowledge graph that is asked in phrases and answers with its evidence.

#![forbid(unsafe_code)]

pub mod answer;
pub mod diagnostic;
pub mod formats;
pub mod model;
pub mod query;
pub mod render;
pub mod schema;
pub mod store;
