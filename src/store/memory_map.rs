//! Memory map: a file seen as bytes of memory; the one place where this crate is unsafe.
#![allow(unsafe_code)]

use std::fs::File;
use std::io;
use std::sync::Arc;

use memmap2::Mmap;

/// A file as bytes of memory, shared by the arrays that lie in it.
pub type Map = Arc<Mmap>;

/// Maps a whole file for reading.
///
/// # Errors
/// What the system says: an empty file cannot be mapped everywhere, nor can a folder.
///
/// # Safety of the call
/// The bytes of a map must not change while it is there. Graph files are never written in place: a new one is made beside the
/// old and renamed over it, so the file behind an open map keeps its bytes until the last map is gone. Whoever cuts off or
/// overwrites the file by other means can end the program with a bus error or make an answer wrong, but no reference is ever
/// made from its contents: arrays are plain numbers of which every pattern of bits is valid, and text is checked when it is read.
pub fn map(file: &File) -> io::Result<Map> {
    // SAFETY: see above.
    unsafe { Mmap::map(file) }.map(Arc::new)
}
