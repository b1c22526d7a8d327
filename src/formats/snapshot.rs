//! Snapshot: a graph as one file of flat arrays behind a header, opened by mapping it, with nothing read but what is asked for.
//!
//! The header (little-endian, like everything): magic, version, number of sections, length of the file, checksum of the table of
//! sections, size of a block, place of the blocks' checksums, checksum of the header. Then the table, the sections, each at a
//! multiple of eight bytes, and a checksum for each block of what comes before.
//!
//! What is promised: header and table are checked when a file is opened, and a block of it before anything in it is looked at;
//! its numbers, too, are held against what there is in the graph. What is damaged is not seen, and [`Graph::fault`] tells of it
//! from then on, so that an answer which came from a damaged block is never given. A small file is checked whole when it is opened.
//! Files are replaced, never changed in place: who opened the old one keeps it. If another program cuts off a file that is open
//! here, the system ends this program; that cannot be helped.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::model::KindId;
use crate::schema::{Lexicon, LexiconIndex, Schema, ValueType};
use crate::store::{
    BLOCK, Damage, Fault, Graph, Map, Memory, SECTION_ALIGNMENT, Seal, Section, SectionReader, SectionWriter, checksum_of, map, pack,
    unpack,
};

use super::fingerprint::Sum;
use super::foreign;
use super::{KnowledgeGraph, Question};

/// What every snapshot begins with.
const MAGIC: &[u8; 8] = b"OMSGRAPH";
/// The version of the form; a program reads its own only.
const VERSION: u32 = 2;
const HEADER: usize = 64;
const TABLE_ROW: usize = 24;
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
    let mut placed = sections.placed(HEADER, TABLE_ROW);
    let mut table = Vec::with_capacity(placed.len() * TABLE_ROW);
    for (section, _) in &placed {
        table.extend(section.tag);
        table.extend(section.item_size.to_le_bytes());
        table.extend(section.start.to_le_bytes());
        table.extend(section.bytes.to_le_bytes());
    }
    placed.sort_by_key(|(section, _)| section.start);
    let end = placed.last().map_or(HEADER + table.len(), |(section, _)| (section.start + section.bytes) as usize);
    let checksums = end.next_multiple_of(SECTION_ALIGNMENT);
    let length = checksums + checksums.div_ceil(BLOCK) * size_of::<u64>();
    let mut header = Vec::with_capacity(HEADER);
    header.extend(MAGIC);
    header.extend(VERSION.to_le_bytes());
    header.extend((placed.len() as u32).to_le_bytes());
    header.extend((length as u64).to_le_bytes());
    header.extend(checksum_of(&table).to_le_bytes());
    header.extend((BLOCK as u64).to_le_bytes());
    header.extend((checksums as u64).to_le_bytes());
    header.resize(HEADER - size_of::<u64>(), 0);
    let checksum = checksum_of(&header);
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

/// The sum of what a graph holds: SHA-256 over its schema, its words and its arrays as a file has them, each with its tag and its length.
/// What the graph is called, what it says of itself and its questions are left out. `sha256:` and hexadecimal digits.
pub fn fingerprint(knowledge: &KnowledgeGraph) -> String {
    let said = String::new;
    let schema = Schema { graph: said(), title: said(), definition: said(), ..knowledge.schema.clone() };
    let mut sections = SectionWriter::default();
    sections.bytes(*b"sche", pack(&(&schema, knowledge.lexicon.index())));
    knowledge.graph.save(&mut sections);
    let mut sum = Sum::default();
    for (section, bytes) in sections.placed(0, 0) {
        sum.add(&section.tag);
        sum.add(&section.item_size.to_le_bytes());
        sum.add(&section.bytes.to_le_bytes());
        sum.add(&bytes);
    }
    sum.digits()
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
        self.checksums.extend(checksum_of(&self.block).to_le_bytes());
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

/// When the blocks of a file are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checking {
    /// All of them when it is opened.
    AtOnce,
    /// Each before something in it is looked at.
    AtFirstTouch,
}

/// Opens the graph in a file: a small one is checked at once, a large one block by block as it is read. Nothing from a block
/// that is damaged is ever seen; [`Graph::fault`] tells whether one was met.
///
/// # Errors
/// The file cannot be read, is no graph, or is one that is damaged or of another version.
pub fn open(path: &Path) -> Result<KnowledgeGraph, Complaints> {
    let map = mapped(path)?;
    let checking = if map.len() <= CHECKED_AT_ONCE { Checking::AtOnce } else { Checking::AtFirstTouch };
    opened(path, map, checking)
}

/// The same with the choice of when to check, whatever the size.
///
/// # Errors
/// As for [`open`].
pub fn open_checking(path: &Path, checking: Checking) -> Result<KnowledgeGraph, Complaints> {
    opened(path, mapped(path)?, checking)
}

fn opened(path: &Path, map: Map, checking: Checking) -> Result<KnowledgeGraph, Complaints> {
    let read = || {
        let (seal, sections) = sealed(&map)?;
        if checking == Checking::AtOnce && !(0..seal.blocks()).all(|block| seal.block_holds(block)) {
            return Err(DecodeError::Damaged);
        }
        let (knowledge, mut rest) = decode_sections(Memory::Mapped(Map::clone(&map), Arc::clone(&seal)), sections)?;
        let questions = unpack(rest.array::<u8>(*b"ques")?.whole())?;
        match seal.fault() {
            None => Ok(KnowledgeGraph { questions, ..knowledge }),
            Some(_) => Err(DecodeError::Damaged),
        }
    };
    read().map_err(|error| refusal(path, error))
}

fn mapped(path: &Path) -> Result<Map, Complaints> {
    let unreadable = |error: &io::Error| {
        let complaint = Diagnostic::error(Code::Unreadable, format!("'{}' cannot be read: {error}", path.display()));
        Complaints::from(match error.kind() {
            io::ErrorKind::PermissionDenied => complaint.help("its permissions do not allow that to whoever runs this program"),
            io::ErrorKind::NotFound => complaint.help("`oms import FILE… -o mine.oms` makes a graph file"),
            _ => complaint,
        })
    };
    // To open a pipe would wait for somebody to write.
    let found = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !found.is_file() || found.len() == 0 {
        return Err(refusal(path, DecodeError::OtherForm));
    }
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    map(&file).map_err(|error| unreadable(&error))
}

/// The complaint about a graph's file of this name in which something was found damaged while it was read.
pub fn damaged(name: &str, fault: Fault) -> Complaints {
    let message = match fault {
        Fault::Changed(_) => format!("'{name}' is damaged: what was asked for lies in a part of it that is not what was written"),
        Fault::Senseless(_) => format!("'{name}' is damaged: what was asked for leads to what is not in the graph"),
    };
    Diagnostic::error(Code::Malformed, message)
        .help(format!("`oms check {name}` tells what is damaged"))
        .help("`oms import` makes it again from its sources")
        .into()
}

/// Looks at every byte of a file: whether it is the one that was written, and whether every number in it stands for something.
/// `progress` is told how many blocks of how many were looked at.
///
/// # Errors
/// As for [`open`]; for a damaged file, which parts of it are.
pub fn verify(path: &Path, progress: &mut dyn FnMut(usize, usize)) -> Result<(), Complaints> {
    let map = mapped(path)?;
    let (seal, sections) = sealed(&map).map_err(|error| refusal(path, error))?;
    let mut bad = Vec::new();
    for block in 0..seal.blocks() {
        progress(block, seal.blocks());
        if !seal.block_is_whole(block) {
            bad.push(block);
        }
    }
    progress(seal.blocks(), seal.blocks());
    if !bad.is_empty() {
        return Err(damaged_parts(path, &sections, &bad, seal.blocks()));
    }
    let (knowledge, _) =
        decode_sections(Memory::Mapped(Map::clone(&map), Arc::clone(&seal)), sections).map_err(|error| refusal(path, error))?;
    if !is_sound(&knowledge) || seal.fault().is_some() {
        return Err(refusal(path, DecodeError::Damaged));
    }
    Ok(())
}

/// The complaint about these blocks, with what lies in them.
fn damaged_parts(path: &Path, sections: &[Section], bad: &[usize], blocks: usize) -> Complaints {
    let touches = |section: &&Section| {
        let (first, last) = (section.start as usize / BLOCK, (section.start + section.bytes).saturating_sub(1) as usize / BLOCK);
        section.bytes > 0 && bad.iter().any(|block| (first..=last).contains(block))
    };
    let mut parts: Vec<&str> = sections.iter().filter(touches).map(|section| part_of(section.tag)).collect();
    parts.sort_unstable();
    parts.dedup();
    let first = bad.first().copied().unwrap_or_default() * BLOCK;
    let message = format!("'{}' is damaged: {} of its {blocks} blocks are not what was written", path.display(), bad.len());
    let mut complaint = Diagnostic::error(Code::Malformed, message).help(format!("the first begins at byte {first}"));
    if !parts.is_empty() {
        complaint = complaint.help(format!("they hold {}", parts.join(", ")));
    }
    complaint.help("`oms import` makes it again from its sources; a copy that was kept may be whole").into()
}

/// What a section holds, in words.
fn part_of(tag: [u8; 4]) -> &'static str {
    match &tag {
        b"sche" | b"qual" => "the schema",
        b"ques" => "questions",
        b"outo" | b"outt" | b"samp" => "relations by their start",
        b"inof" | b"infr" | b"inre" => "relations by their end",
        b"dirt" | b"dirw" | b"dirr" | b"dire" | b"dirs" | b"dirb" => "the directory of relations",
        b"desc" | b"kino" | b"kind" => "kinds",
        b"slug" => "ids",
        b"nlon" | b"nhsh" | b"nnum" | b"near" | b"sord" => "the index of names",
        b"stat" | b"ofre" | b"memo" | b"memb" | b"sroo" | b"publ" | b"pref" => "statements",
        b"srcs" => "sources",
        b"stcs" => "counts",
        b"offs" | b"blob" | b"list" => "texts",
        b"meno" | b"ment" => "mentions of entities",
        _ => "values",
    }
}

fn refusal(path: &Path, error: DecodeError) -> Complaints {
    let shown = path.display();
    let foreign = (error == DecodeError::OtherForm).then(|| foreign::what_is(path)).flatten();
    let message = match &foreign {
        Some(foreign) => format!("'{shown}' cannot be opened as a graph: it is {}", foreign.words),
        None => format!("'{shown}' cannot be opened: {error}"),
    };
    let complaint = Diagnostic::error(Code::Malformed, message);
    let complaint = match (error, foreign) {
        (_, Some(foreign)) => complaint.help(foreign.help),
        (DecodeError::OtherForm, None) => complaint.help("a graph is a folder of TOML files, or a file that `oms import` made"),
        (DecodeError::OtherVersion(version), _) if version > VERSION => {
            complaint.help("a newer version of this program reads it; `oms import` with this one makes it again from its sources")
        }
        (DecodeError::BreaksOff, _) => {
            complaint.help("perhaps it is still being copied; else `oms import` makes it again from its sources")
        }
        _ => complaint.help("`oms import` makes it again from its sources"),
    };
    complaint.into()
}

/// The graph that bytes hold.
///
/// # Errors
/// Bytes of another form, or bytes that hold no whole graph. Every reference within the graph is checked, so that a
/// graph which decodes can be asked without harm; whether it is in the declared order is not.
pub fn decode(bytes: &[u8]) -> Result<KnowledgeGraph, DecodeError> {
    let (header, sections) = header_and_sections(bytes)?;
    if !blocks_are_whole(bytes, &header) {
        return Err(DecodeError::Damaged);
    }
    let (knowledge, mut rest) = decode_sections(Memory::Lent(bytes), sections)?;
    if !is_sound(&knowledge) {
        return Err(DecodeError::Damaged);
    }
    let questions: Vec<Question> = unpack(rest.array::<u8>(*b"ques")?.whole())?;
    Ok(KnowledgeGraph { questions, ..knowledge })
}

/// The graph in bytes that are part of the program, which are what was written; without its questions, and with the reader that
/// comes to them next.
pub(super) fn decode_fixed(bytes: &'static [u8]) -> Result<(KnowledgeGraph, SectionReader<'static>), DecodeError> {
    let (_, sections) = header_and_sections(bytes)?;
    decode_sections(Memory::Fixed(bytes), sections)
}

/// The graph without its questions, and the reader that comes to them next.
fn decode_sections(memory: Memory<'_>, sections: Vec<Section>) -> Result<(KnowledgeGraph, SectionReader<'_>), DecodeError> {
    let mut reader = SectionReader::new(memory, sections);
    let (schema, words): (Schema, LexiconIndex) = unpack(reader.array::<u8>(*b"sche")?.whole())?;
    if !schema_is_sound(&schema) {
        return Err(DecodeError::Damaged);
    }
    let graph = Graph::load(&mut reader, schema.kinds.len(), schema.relation_types.len(), schema.qualifiers.len())?;
    let lexicon = Lexicon::with_index(&schema, words);
    Ok((KnowledgeGraph { schema, lexicon, graph, questions: Vec::new() }, reader))
}

fn is_sound(knowledge: &KnowledgeGraph) -> bool {
    let schema = &knowledge.schema;
    knowledge.graph.is_sound(schema.kinds.len(), schema.relation_types.len(), schema.qualifiers.len())
}

/// The seal of a mapped file, and its sections.
fn sealed(map: &Map) -> Result<(Arc<Seal>, Vec<Section>), DecodeError> {
    let (header, sections) = header_and_sections(map)?;
    let seal = Seal::new(Map::clone(map), header.checksums).ok_or(DecodeError::Damaged)?;
    Ok((Arc::new(seal), sections))
}

/// What the header says of the rest.
struct Header {
    checksums: usize,
}

fn header_and_sections(bytes: &[u8]) -> Result<(Header, Vec<Section>), DecodeError> {
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
    if checksum_of(header) != long(HEADER - 8)? {
        return Err(DecodeError::Damaged);
    }
    let (length, sections) = (size(16)?, word(12)? as usize);
    if bytes.len() < length {
        return Err(DecodeError::BreaksOff);
    }
    let table = HEADER.checked_add(sections * TABLE_ROW).and_then(|end| bytes.get(HEADER..end)).ok_or(DecodeError::Damaged)?;
    let header = Header { checksums: size(40)? };
    if bytes.len() > length || checksum_of(table) != long(24)? || size(32)? != BLOCK || header.checksums > length {
        return Err(DecodeError::Damaged);
    }
    let sections = table.chunks_exact(TABLE_ROW).map(section).collect::<Option<Vec<Section>>>().ok_or(DecodeError::Damaged)?;
    Ok((header, sections))
}

fn blocks_are_whole(bytes: &[u8], header: &Header) -> bool {
    let (covered, checksums) = bytes.split_at(header.checksums);
    let blocks = covered.chunks(BLOCK);
    blocks.len() * 8 == checksums.len()
        && blocks.zip(checksums.chunks_exact(8)).all(|(block, checksum)| checksum_of(block).to_le_bytes() == *checksum)
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
