//! Sources: what a user names to be imported, told apart by content and read by the readers of their forms.

use std::path::{Path, PathBuf};

use crate::diagnostic::Complaints;
use crate::formats::kgx;

use super::draft::GraphDraft;
use super::input::{Input, Reading};

/// Whether a name is that of a graph which is opened as it is.
pub fn is_graph(path: &Path) -> bool {
    path.extension().is_none_or(|extension| extension != "tsv")
}

/// Reads everything that was named, each part under its own name.
///
/// # Errors
/// What the readers say; an interruption.
pub fn read_sources(named: &[PathBuf], reading: Reading<'_>) -> Result<Vec<GraphDraft>, Complaints> {
    let inputs: Vec<Input> = named.iter().map(|path| Input::new(path)).collect();
    let name = named.first().and_then(|path| path.file_stem()).unwrap_or_default();
    Ok(vec![kgx::read(&name.to_string_lossy(), &inputs, reading)?])
}
