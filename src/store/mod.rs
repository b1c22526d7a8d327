//! Store: the graph in memory, the only room that names petgraph. It is built as a petgraph graph and queried in a flat, read-only form.

mod builder;
mod bulk;
mod bulk_statements;
mod column;
mod directory;
mod distribution;
mod entities;
mod form;
mod graph;
mod graph_file;
mod hierarchy;
mod memory_map;
mod names;
mod planning;
mod statements;
mod statistics;
mod topology;
mod visit;

pub use builder::{GraphBuilder, RelationDraft, StatementDraft};
pub use bulk::{ABSENT, BulkColumn, BulkEntities, BulkRelations, bulk};
pub use bulk_statements::{BulkIds, BulkStatements, StatementDetail};
pub use column::{Column, NumberColumn};
pub use directory::Adjacency;
pub use distribution::Distribution;
pub use form::{
    BLOCK, Damage, FastMap, Fault, Memory, SECTION_ALIGNMENT, Seal, Section, SectionReader, SectionWriter, SlugTable, Strings, View,
    checksum_of, hash, pack, unpack, unpack_first,
};
pub use graph::Graph;
pub use memory_map::{Map, map};
pub use names::{Begun, NameIndex};
pub use statistics::{Pattern, Statistics, TypeStatistics};
