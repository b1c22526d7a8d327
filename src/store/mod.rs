//! Store: the graph in memory, the only room that names petgraph. It is built as a petgraph graph and queried in a flat, read-only form.

mod adjacency;
mod builder;
mod graph;
mod hierarchy;
mod name_index;
mod search;
mod visit;

pub use builder::{GraphBuilder, RelationDraft, StatementDraft};
pub use graph::{Graph, GraphData};
pub use name_index::NameIndex;
