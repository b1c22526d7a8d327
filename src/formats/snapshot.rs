//! Snapshot: a graph as one file of flat arrays behind a header, opened by mapping it, with nothing read but the places of the arrays.
//!
//! The header (little-endian, like everything): magic, version, number of sections, length of the file, checksum of the table of
//! sections, size of a block, place of the blocks' checksums, checksum of the header. Then the table, the sections, each at a
//! multiple of eight bytes, and a checksum for each block of what comes before.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::model::KindId;
use crate::schema::{Lexicon, LexiconIndex, Schema, ValueType};
use crate::store::{Damage, Graph, Memory, SECTION_ALIGNMENT, Section, SectionReader, SectionWriter, hash, map, pack, unpack};

use super::{KnowledgeGraph, Question};

/// What every snapshot begins with.
const MAGIC: &[u8; 8] = b"OMSGRAPH";
/// The version of the form; a program reads its own only.
const VERSION: u32 = 2;
const HEADER: usize = 64;
const TABLE_ROW: usize = 24;
/// What one checksum covers, in bytes.
const BLOCK: usize = 1 << 16;
/// Files up to this size are checked whole when they are opened; it takes less than a millisecond.
const CHECKED_AT_ONCE: usize = 1 << 20;

/// Why bytes are no graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// They do not begin as a graph does.
    OtherForm,
    /// They are a graph in the form of another version of the program.
    OtherVersion(u32),
    /// They end too early.
    BreaksOff,
    /// They hold what no graph can hold.
    Damaged,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DecodeError::OtherForm => formatter.write_str("it is no graph file"),
            DecodeError::OtherVersion(version) if *version > VERSION => {
                write!(
                    formatter,
                    "it is a graph file of version {version}, made by a newer program than this one, which reads version {VERSION}"
                )
            }
            DecodeError::OtherVersion(version) => {
                write!(formatter, "it is a graph file of version {version}; this program reads version {VERSION}")
            }
            DecodeError::BreaksOff => formatter.write_str("the graph file breaks off before its end"),
            DecodeError::Damaged => formatter.write_str("the graph file is damaged"),
        }
    }
}

impl std::error::Error for DecodeError {}

impl From<Damage> for DecodeError {
    fn from(_: Damage) -> DecodeError {
        DecodeError::Damaged
    }
}

/// Writes a graph. The same graph gives the same bytes.
///
/// # Errors
/// What the writer says.
pub fn write(knowledge: &KnowledgeGraph, writer: &mut dyn Write) -> io::Result<()> {
    let mut sections = SectionWriter::default();
    sections.bytes(*b"sche", pack(&(&knowledge.schema, knowledge.lexicon.index())));
    knowledge.graph.save(&mut sections);
    sections.bytes(*b"ques", pack(&knowledge.questions));
    let placed = sections.placed(HEADER, TABLE_ROW);
    let mut table = Vec::with_capacity(placed.len() * TABLE_ROW);
    for (section, _) in &placed {
        table.extend(section.tag);
        table.extend(section.item_size.to_le_bytes());
        table.extend(section.start.to_le_bytes());
        table.extend(section.bytes.to_le_bytes());
    }
    let end = placed.last().map_or(HEADER + table.len(), |(section, _)| (section.start + section.bytes) as usize);
    let checksums = end.next_multiple_of(SECTION_ALIGNMENT);
    let length = checksums + checksums.div_ceil(BLOCK) * size_of::<u64>();
    let mut header = Vec::with_capacity(HEADER);
    header.extend(MAGIC);
    header.extend(VERSION.to_le_bytes());
    header.extend((placed.len() as u32).to_le_bytes());
    header.extend((length as u64).to_le_bytes());
    header.extend(hash(&table).to_le_bytes());
    header.extend((BLOCK as u64).to_le_bytes());
    header.extend((checksums as u64).to_le_bytes());
    header.resize(HEADER - size_of::<u64>(), 0);
    let checksum = hash(&header);
    header.extend(checksum.to_le_bytes());
    let mut blocks = Blocks { writer, block: Vec::with_capacity(BLOCK), written: 0, checksums: Vec::new() };
    blocks.add(&header)?;
    blocks.add(&table)?;
    for (section, bytes) in &placed {
        blocks.pad_to(section.start as usize)?;
        blocks.add(bytes)?;
    }
    blocks.pad_to(checksums)?;
    blocks.finish()
}

/// Writes bytes on, with a checksum for each block.
struct Blocks<'w> {
    writer: &'w mut dyn Write,
    block: Vec<u8>,
    written: usize,
    checksums: Vec<u8>,
}

impl Blocks<'_> {
    fn add(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let fits = (BLOCK - self.block.len()).min(bytes.len());
            self.block.extend_from_slice(&bytes[..fits]);
            bytes = &bytes[fits..];
            self.written += fits;
            if self.block.len() == BLOCK {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn pad_to(&mut self, place: usize) -> io::Result<()> {
        self.add(&[0; SECTION_ALIGNMENT][..place.saturating_sub(self.written)])
    }

    fn flush(&mut self) -> io::Result<()> {
        self.checksums.extend(hash(&self.block).to_le_bytes());
        self.writer.write_all(&self.block)?;
        self.block.clear();
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        if !self.block.is_empty() {
            self.flush()?;
        }
        self.writer.write_all(&self.checksums)?;
        self.writer.flush()
    }
}

/// Whether a file begins as a snapshot does. What cannot be read does not.
pub fn is_snapshot(path: &Path) -> bool {
    let mut beginning = [0; MAGIC.len()];
    path.is_file() && File::open(path).and_then(|mut file| file.read_exact(&mut beginning)).is_ok() && beginning == *MAGIC
}

/// Opens the graph in a file.
///
/// # Errors
/// The file cannot be read, is no graph, or is one that is damaged or of another version.
pub fn open(path: &Path) -> Result<KnowledgeGraph, Complaints> {
    let shown = path.display();
    let unreadable = |error: &io::Error| Diagnostic::error(Code::Unreadable, format!("'{shown}' cannot be read: {error}"));
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let length = file.metadata().map_err(|error| unreadable(&error))?.len();
    if length == 0 {
        return Err(refusal(path, DecodeError::OtherForm));
    }
    let memory = map(&file).map_err(|error| unreadable(&error))?;
    let decoded =
        decode_graph(Memory::Mapped(memory.clone()), (memory.len() > CHECKED_AT_ONCE).into()).and_then(|(knowledge, mut rest)| {
            let questions = rest.array::<u8>(*b"ques")?;
            Ok(KnowledgeGraph { questions: unpack(&questions)?, ..knowledge })
        });
    decoded.map_err(|error| refusal(path, error))
}

/// Looks at every byte of a file: whether it is the one that was written, and whether every number in it stands for something.
///
/// # Errors
/// As for [`open`].
pub fn verify(path: &Path) -> Result<(), Complaints> {
    let unreadable = |error: io::Error| Diagnostic::error(Code::Unreadable, format!("'{}' cannot be read: {error}", path.display()));
    let memory = File::open(path).and_then(|file| map(&file)).map_err(unreadable)?;
    decode_graph(Memory::Mapped(memory), Trust::Nothing).map(|_| ()).map_err(|error| refusal(path, error))
}

fn refusal(path: &Path, error: DecodeError) -> Complaints {
    let shown = path.display();
    let complaint = Diagnostic::error(Code::Malformed, format!("'{shown}' cannot be opened: {error}"));
    let complaint = match error {
        DecodeError::OtherForm => complaint.help("a graph is a folder of TOML files, or a file that `oms import` made"),
        DecodeError::OtherVersion(_) | DecodeError::BreaksOff | DecodeError::Damaged => {
            complaint.help("make it again from its sources with `oms import`")
        }
    };
    complaint.into()
}

/// How much of a file is looked at before it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Header and table only: the program itself, or a file that is too large to be read through.
    Header,
    /// Every block, and every reference in the graph.
    Nothing,
}

impl From<bool> for Trust {
    fn from(large: bool) -> Trust {
        if large { Trust::Header } else { Trust::Nothing }
    }
}

/// The graph that bytes hold.
///
/// # Errors
/// Bytes of another form, or bytes that hold no whole graph. Every reference within the graph is checked, so that a
/// graph which decodes can be asked without harm; whether it is in the declared order is not.
pub fn decode(bytes: &[u8]) -> Result<KnowledgeGraph, DecodeError> {
    let (knowledge, mut rest) = decode_graph(Memory::Lent(bytes), Trust::Nothing)?;
    let questions: Vec<Question> = unpack(&rest.array::<u8>(*b"ques")?)?;
    Ok(KnowledgeGraph { questions, ..knowledge })
}

/// The graph without its questions, and the reader that comes to them next.
pub(super) fn decode_graph(memory: Memory<'_>, trust: Trust) -> Result<(KnowledgeGraph, SectionReader<'_>), DecodeError> {
    let bytes = memory.bytes();
    let (header, table) = header_and_table(bytes)?;
    if trust == Trust::Nothing && !blocks_are_whole(bytes, &header) {
        return Err(DecodeError::Damaged);
    }
    let sections = table.chunks_exact(TABLE_ROW).map(section).collect::<Option<Vec<Section>>>().ok_or(DecodeError::Damaged)?;
    let mut reader = SectionReader::new(memory, sections);
    let (schema, words): (Schema, LexiconIndex) = unpack(&reader.array::<u8>(*b"sche")?)?;
    let graph = Graph::load(&mut reader)?;
    let sound = || graph.is_sound(schema.kinds.len(), schema.relation_types.len(), schema.qualifiers.len());
    if !schema_is_sound(&schema) || (trust == Trust::Nothing && !sound()) {
        return Err(DecodeError::Damaged);
    }
    let lexicon = Lexicon::with_index(&schema, words);
    Ok((KnowledgeGraph { schema, lexicon, graph, questions: Vec::new() }, reader))
}

/// What the header says of the rest.
struct Header {
    block: usize,
    checksums: usize,
}

fn header_and_table(bytes: &[u8]) -> Result<(Header, Vec<u8>), DecodeError> {
    if !bytes.starts_with(MAGIC) {
        return Err(DecodeError::OtherForm);
    }
    let word =
        |at: usize| bytes.get(at..at + 4).and_then(|word| word.try_into().ok()).map(u32::from_le_bytes).ok_or(DecodeError::BreaksOff);
    let long =
        |at: usize| bytes.get(at..at + 8).and_then(|long| long.try_into().ok()).map(u64::from_le_bytes).ok_or(DecodeError::BreaksOff);
    let size = |at: usize| long(at).map(|size| usize::try_from(size).unwrap_or(usize::MAX));
    let version = word(8)?;
    if version != VERSION {
        return Err(DecodeError::OtherVersion(version));
    }
    let header = bytes.get(..HEADER - 8).ok_or(DecodeError::BreaksOff)?;
    if hash(header) != long(HEADER - 8)? {
        return Err(DecodeError::Damaged);
    }
    let (length, sections) = (size(16)?, word(12)? as usize);
    if bytes.len() < length {
        return Err(DecodeError::BreaksOff);
    }
    let table = HEADER.checked_add(sections * TABLE_ROW).and_then(|end| bytes.get(HEADER..end)).ok_or(DecodeError::Damaged)?;
    let header = Header { block: size(32)?, checksums: size(40)? };
    if bytes.len() > length || hash(table) != long(24)? || header.block == 0 || header.checksums > length {
        return Err(DecodeError::Damaged);
    }
    Ok((header, table.to_vec()))
}

fn blocks_are_whole(bytes: &[u8], header: &Header) -> bool {
    let (covered, checksums) = bytes.split_at(header.checksums);
    let blocks = covered.chunks(header.block);
    blocks.len() * 8 == checksums.len()
        && blocks.zip(checksums.chunks_exact(8)).all(|(block, checksum)| hash(block).to_le_bytes() == *checksum)
}

fn section(row: &[u8]) -> Option<Section> {
    Some(Section {
        tag: row.get(..4)?.try_into().ok()?,
        item_size: u32::from_le_bytes(row.get(4..8)?.try_into().ok()?),
        start: u64::from_le_bytes(row.get(8..16)?.try_into().ok()?),
        bytes: u64::from_le_bytes(row.get(16..24)?.try_into().ok()?),
    })
}

/// Whether every number in a schema stands for something that is there.
fn schema_is_sound(schema: &Schema) -> bool {
    let kinds = |ids: &[KindId]| ids.iter().all(|id| id.index() < schema.kinds.len());
    !schema.relation_types.is_empty()
        && schema.kinds.iter().all(|kind| !kind.words.is_empty())
        && schema.qualifiers.iter().all(|qualifier| match &qualifier.value_type {
            ValueType::Entity(allowed) => kinds(allowed),
            _ => true,
        })
        && schema.relation_types.iter().all(|relation_type| {
            kinds(&relation_type.from)
                && kinds(&relation_type.to)
                && relation_type.qualifiers.iter().all(|id| id.index() < schema.qualifiers.len())
        })
}
