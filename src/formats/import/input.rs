//! Input: a file that is read by an importer, opened as often as it takes.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::formats::tables::Mapping;

/// A file to be read.
#[derive(Clone, Debug)]
pub struct Input {
    path: PathBuf,
}

/// How files are read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'r> {
    /// Set when the user has had enough: readers look at it every few thousand rows.
    pub interrupt: &'r AtomicBool,
    /// Whether rows that are left out are kept, to be written to a file.
    pub keep_rejected: bool,
    /// Whether terms that their ontology calls obsolete are kept.
    pub keep_obsolete: bool,
    /// What the user says that columns of tables hold.
    pub mapping: Option<&'r Mapping>,
}

impl<'r> Reading<'r> {
    /// The usual way: neither rows that are left out nor obsolete terms are kept.
    pub fn new(interrupt: &'r AtomicBool) -> Reading<'r> {
        Reading { interrupt, keep_rejected: false, keep_obsolete: false, mapping: None }
    }
}

impl Input {
    /// The file at a path.
    pub fn new(path: &Path) -> Input {
        Input { path: path.to_owned() }
    }

    /// The path, to be shown.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens it from its beginning.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(File::open(&self.path)?))
    }
}
