//! Import: from other people's files to a graph: every reader yields a draft, and drafts become one graph with one schema.

mod draft;
pub mod frequency;
mod input;
pub mod kinds;
pub mod line_reader;
mod rejected;
mod schema;

use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::schema::Lexicon;
use crate::store::bulk;

use super::KnowledgeGraph;

pub use draft::{DraftBuilder, EntityDraft, GraphDraft, ImportedFile, is_detail};
pub use input::{Input, Reading};
pub use rejected::{Cause, Rejected, RejectedRow, Rejection};
pub use schema::overridden;

/// A graph that was imported, and what became of each file.
#[derive(Debug)]
pub struct Imported {
    /// The graph.
    pub knowledge: KnowledgeGraph,
    /// What became of each file, in the order given.
    pub files: Vec<ImportedFile>,
    /// Entities that something is said about but that nothing declares: they have neither name nor kind.
    pub stubs: usize,
}

/// The graph of a draft: its parts in order, its schema completed from the data.
///
/// # Errors
/// More kinds or relation types than a graph can tell apart.
pub fn assembled(draft: GraphDraft) -> Result<Imported, Complaints> {
    let GraphDraft { name, schema, is_schema_complete, entities, stubs, relations, sources, files } = draft;
    for (count, what) in
        [(schema.kinds.len(), "kinds"), (schema.relation_types.len(), "relation types"), (schema.qualifiers.len(), "columns")]
    {
        if count > usize::from(u16::MAX) {
            let message = format!("'{name}' has {count} different {what}, more than a graph can tell apart ({})", u16::MAX);
            return Err(Diagnostic::error(Code::BadValue, message).help("is it the right column?").into());
        }
    }
    let graph = bulk(entities, relations, sources);
    let schema = if is_schema_complete { schema } else { schema::completed(schema, &graph) };
    let knowledge = KnowledgeGraph { lexicon: Lexicon::new(&schema), schema, graph, questions: Vec::new() };
    Ok(Imported { knowledge, files, stubs: stubs.len() })
}
