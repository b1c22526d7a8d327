//! Import: from other people's files to a graph: every reader yields a draft, and drafts become one graph with one schema.

mod archive;
mod draft;
pub mod frequency;
mod input;
pub mod kinds;
pub mod line_reader;
mod recognise;
mod rejected;
mod schema;
mod sources;
mod unite;
mod unpack;

use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::schema::{Lexicon, Schema};
use crate::store::bulk;

use super::KnowledgeGraph;

pub use draft::{DraftBuilder, EntityDraft, GraphDraft, ImportedFile, is_detail};
pub use input::{BEGINNING, Input, Reading};
pub use rejected::{Cause, Rejected, RejectedRow, Rejection};
pub use schema::{overridden, schema_beside};
pub use sources::{Part, READERS, Reader, Sources, is_graph, is_same, read_sources};
pub use unite::{JoinedGraph, Unification, draft_of, united};

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
pub fn assembled(mut draft: GraphDraft) -> Result<Imported, Complaints> {
    for (count, what) in counted(&draft.schema) {
        if count > usize::from(u16::MAX) {
            let name = &draft.name;
            let message = format!("'{name}' has {count} different {what}, more than a graph can tell apart ({})", u16::MAX);
            return Err(Diagnostic::error(Code::BadValue, message).help("is it the right column?").into());
        }
    }
    let (files, stubs) = (std::mem::take(&mut draft.files), draft.stubs.len());
    Ok(Imported { knowledge: completed(draft), files, stubs })
}

/// The graph of several drafts, and what became of what they share; see [`united`].
///
/// # Errors
/// See [`assembled`].
pub fn assembled_together(drafts: Vec<GraphDraft>) -> Result<(Imported, Unification), Complaints> {
    let (draft, unification) = united(drafts);
    Ok((assembled(draft)?, unification))
}

/// The parts of a schema that have numbers, with their count.
fn counted(schema: &Schema) -> [(usize, &'static str); 3] {
    [(schema.kinds.len(), "kinds"), (schema.relation_types.len(), "relation types"), (schema.qualifiers.len(), "columns")]
}

/// Whether a graph can tell the parts of a schema apart.
fn fits(schema: &Schema) -> bool {
    counted(schema).iter().all(|(count, _)| *count <= usize::from(u16::MAX))
}

/// The graph of a draft whose schema fits.
fn completed(draft: GraphDraft) -> KnowledgeGraph {
    let graph = bulk(draft.entities, draft.relations, draft.sources);
    let schema = if draft.is_schema_complete { draft.schema } else { schema::completed(draft.schema, &graph) };
    KnowledgeGraph { lexicon: Lexicon::new(&schema), schema, graph, questions: Vec::new() }
}
