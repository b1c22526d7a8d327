//! Input: a file that is read by an importer, opened as often as it takes, without whatever it is packed with.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::formats::tables::Mapping;

use super::unpack::unpacked;

/// How much of a file readers are shown to tell its form, in bytes.
pub const BEGINNING: u64 = 1 << 16;
/// A stream is kept as it comes, packed or not; one that is longer has to be a file.
const LONGEST_STREAM: u64 = 1 << 30;

/// A file to be read. What is packed with gzip or zstd is read as if it were not.
#[derive(Clone, Debug)]
pub struct Input {
    path: PathBuf,
    content: Content,
    meter: Arc<Meter>,
}

#[derive(Clone, Debug)]
enum Content {
    File,
    Bytes(Arc<[u8]>),
    /// A file in an archive: where its bytes are in the archive once that is unpacked, and the first of them.
    Member {
        archive: PathBuf,
        start: u64,
        length: u64,
        beginning: Arc<[u8]>,
    },
}

/// How far the reading of a file has come, for whoever watches from another thread.
#[derive(Debug, Default)]
struct Meter {
    read: AtomicU64,
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

    /// Whether the user has had enough.
    pub fn is_interrupted(&self) -> bool {
        self.interrupt.load(Ordering::Relaxed)
    }
}

impl Input {
    /// The file at a path.
    pub fn new(path: &Path) -> Input {
        Input::made(path.to_owned(), Content::File)
    }

    /// Bytes that are in memory, under a name to be shown.
    pub fn of_bytes(path: &Path, bytes: Vec<u8>) -> Input {
        Input::made(path.to_owned(), Content::Bytes(bytes.into()))
    }

    /// What comes from a pipe, which can be read once only, and so is kept.
    ///
    /// # Errors
    /// What the system says; more than can be kept.
    pub fn of_stream(path: &Path, stream: impl Read) -> io::Result<Input> {
        let mut bytes = Vec::new();
        stream.take(LONGEST_STREAM + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LONGEST_STREAM {
            return Err(io::Error::other("it is a stream of more than 1 GiB; a file may be of any size"));
        }
        Ok(Input::of_bytes(path, bytes))
    }

    /// A file in an archive. `start` is its place in the archive when that is unpacked, `beginning` the first of its bytes.
    pub(super) fn of_member(archive: &Path, name: &Path, start: u64, length: u64, beginning: Vec<u8>) -> Input {
        let content = Content::Member { archive: archive.to_owned(), start, length, beginning: beginning.into() };
        Input::made(archive.join(name), content)
    }

    fn made(path: PathBuf, content: Content) -> Input {
        Input { path, content, meter: Arc::default() }
    }

    /// The path, to be shown; a file in an archive is below the archive's.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name of the file without the ending of its packing: `hp.obo` of `data/hp.obo.gz`.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned();
        let packed = [".gz", ".zst", ".bgz"].iter().find_map(|ending| name.strip_suffix(ending));
        packed.filter(|name| !name.is_empty()).map_or(name.clone(), str::to_owned)
    }

    /// Opens it from its beginning.
    ///
    /// # Errors
    /// What the system says. Where the file is packed, reading it fails if it is cut or damaged.
    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        self.meter.read.store(0, Ordering::Relaxed);
        match &self.content {
            Content::File => unpacked(self.metered(File::open(&self.path)?)),
            Content::Bytes(bytes) => unpacked(self.metered(Cursor::new(Arc::clone(bytes)))),
            Content::Member { archive, start, length, beginning } => {
                let rest = Rest { archive: archive.clone(), start: *start, length: *length, given: 0, reader: None };
                unpacked(self.metered(Member { beginning: Arc::clone(beginning), rest }))
            }
        }
    }

    /// The first bytes, to tell the form of the file by.
    ///
    /// # Errors
    /// As for [`Input::open`], and what reading says.
    pub fn beginning(&self) -> io::Result<Vec<u8>> {
        let mut beginning = Vec::new();
        self.open()?.take(BEGINNING).read_to_end(&mut beginning)?;
        Ok(beginning)
    }

    /// How many bytes the file has as it stands, packed or not; none where that cannot be told.
    pub fn size(&self) -> Option<u64> {
        match &self.content {
            Content::File => std::fs::metadata(&self.path).ok().map(|found| found.len()),
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Member { length, .. } => Some(*length),
        }
    }

    /// How many of them were read since it was opened last. Clones of an input share the count.
    pub fn read_so_far(&self) -> u64 {
        self.meter.read.load(Ordering::Relaxed)
    }

    fn metered<R: Read>(&self, reader: R) -> Metered<R> {
        Metered { reader, meter: Arc::clone(&self.meter) }
    }
}

/// Counts what is read.
struct Metered<R> {
    reader: R,
    meter: Arc<Meter>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.meter.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// A file in an archive. The archive is opened, and read up to it, only when the bytes that are kept do not suffice.
struct Member {
    beginning: Arc<[u8]>,
    rest: Rest,
}

struct Rest {
    archive: PathBuf,
    start: u64,
    length: u64,
    /// How many bytes of the member were given.
    given: u64,
    reader: Option<Box<dyn Read + Send>>,
}

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let kept = usize::try_from(self.rest.given).ok().and_then(|given| self.beginning.get(given..)).unwrap_or_default();
        if kept.is_empty() {
            return self.rest.read(buffer);
        }
        let count = kept.len().min(buffer.len());
        buffer[..count].copy_from_slice(&kept[..count]);
        self.rest.given += count as u64;
        Ok(count)
    }
}

impl Read for Rest {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.length.saturating_sub(self.given);
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        let reader = match &mut self.reader {
            Some(reader) => reader,
            none => {
                let mut archive = unpacked(File::open(&self.archive)?)?;
                io::copy(&mut archive.by_ref().take(self.start + self.given), &mut io::sink())?;
                none.insert(archive)
            }
        };
        let read = reader.read(&mut buffer[..most])?;
        if read == 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the archive ends before it does"));
        }
        self.given += read as u64;
        Ok(read)
    }
}
