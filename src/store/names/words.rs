//! Words: every word of the graph's names, identifiers and definitions in order, and the entities in which each of them stands.

use std::collections::hash_map::Entry;
use std::sync::OnceLock;

use crate::model::fold;
use crate::store::form::{Array, Blobs, Damage, FastMap, SectionReader, SectionWriter, Strings, hash, number};
use crate::store::graph::Graph;

use super::texts::{each_name, first_bytes, words_of};
use super::typo::{LONGEST, Typed, is_spelled, is_whole};

/// With so many words or fewer, each is compared with what was typed; a transducer would not be faster.
const COMPARED_ONE_BY_ONE: usize = 1 << 14;

/// The words of a graph, in the order of their bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    words: Strings,
    /// For each word the entities in whose names or identifiers it stands, packed.
    named: Blobs,
    /// The same of definitions; empty where there are none.
    defined: Blobs,
    /// The words that people can mistype, as a transducer; empty where there are few.
    near: Array<u8>,
    /// Whether the transducer is what was once made: it is followed blindly, so that is looked at before.
    near_holds: OnceLock<bool>,
}

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// In a name, synonym or identifier.
    Names,
    /// In a definition.
    Definition,
}

impl Words {
    /// The words of a graph.
    pub fn new(graph: &Graph) -> Words {
        let mut gathered = Gathered::default();
        gathered.known.reserve(graph.entity_count() * 2);
        for id in graph.entities() {
            each_name(graph, id, &mut |text, _| gathered.add(&fold(text), id.0, Part::Names));
            if let Some(definition) = graph.definition(id) {
                gathered.add(&fold(definition), id.0, Part::Definition);
            }
        }
        gathered.finish()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The positions of the words that begin so.
    pub fn beginning(&self, text: &str) -> std::ops::Range<usize> {
        let start = self.first_not(|word| word < text.as_bytes());
        start..self.first_not(|word| word < text.as_bytes() || word.starts_with(text.as_bytes())).max(start)
    }

    /// The position of a word.
    pub fn position(&self, text: &[u8]) -> Option<usize> {
        let at = self.first_not(|word| word < text);
        (at < self.len() && self.words.bytes(at) == text).then_some(at)
    }

    fn first_not(&self, is_before: impl Fn(&[u8]) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if is_before(self.words.bytes(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The positions of the words that hold a text, or end with it.
    pub fn holding(&self, text: &str, at_end: bool, mut found: impl FnMut(usize)) {
        for at in 0..self.len() {
            let word = self.words.bytes(at);
            let holds = if at_end { word.ends_with(text.as_bytes()) } else { word.len() > text.len() && contains(word, text.as_bytes()) };
            if holds {
                found(at);
            }
        }
    }

    /// The positions of the words that differ from one as typed by a slip of the pen or two.
    pub fn near(&self, typed: &Typed, mut found: impl FnMut(usize)) {
        let transducer = self.near.bytes();
        if *self.near_holds.get_or_init(|| is_whole(transducer)) {
            return typed.near(transducer, |word| self.position(word).into_iter().for_each(&mut found));
        }
        for at in 0..self.len() {
            if typed.slips(self.words.get(at)).is_some() {
                found(at);
            }
        }
    }

    /// The entities in which the word at a position stands, ascending.
    pub fn entities(&self, at: usize, part: Part) -> impl Iterator<Item = u32> + '_ {
        let packed = match part {
            Part::Names => self.named.get(at),
            Part::Definition => self.defined.get(at),
        };
        Unpacked { bytes: packed, last: None }
    }

    /// Whether it is what a graph of so many entities can have: every word in order, and every number one of an entity's. That
    /// the transducer is the one of these words is seen by making it again.
    pub fn is_sound(&self, entities: usize) -> bool {
        let ordered = (1..self.len()).all(|at| self.words.bytes(at - 1) < self.words.bytes(at));
        let lists = (0..self.len()).flat_map(|at| self.entities(at, Part::Names).chain(self.entities(at, Part::Definition)));
        let mut lists = lists;
        ordered && lists.all(|entity| (entity as usize) < entities) && transducer(&self.words, &self.named).bytes() == self.near.bytes()
    }

    /// Keeps them as sections.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        self.words.save(sections);
        self.named.save(sections);
        self.defined.save(sections);
        sections.array(*b"near", &self.near);
    }

    /// Reads them back.
    ///
    /// # Errors
    /// The sections are not there, or do not fit together.
    pub fn load(sections: &mut SectionReader<'_>) -> Result<Words, Damage> {
        let (words, named, defined) = (Strings::load(sections)?, Blobs::load(sections)?, Blobs::load(sections)?);
        let read = Words { words, named, defined, near: sections.array(*b"near")?, near_holds: OnceLock::new() };
        let fits = read.named.len() == read.len() && (read.defined.is_empty() || read.defined.len() == read.len());
        if fits { Ok(read) } else { Err(Damage) }
    }
}

/// Whether a run of bytes stands in another; both are short.
fn contains(bytes: &[u8], part: &[u8]) -> bool {
    let Some(first) = part.first() else { return true };
    let last = bytes.len().saturating_sub(part.len());
    (0..=last).any(|at| bytes[at] == *first && bytes[at..].starts_with(part))
}

/// The words that stand in names and may be mistyped, as a transducer.
fn transducer(words: &Strings, named: &Blobs) -> Array<u8> {
    if words.len() <= COMPARED_ONE_BY_ONE {
        return Array::default();
    }
    let mut builder = fst::SetBuilder::memory();
    for at in 0..words.len() {
        let word = words.get(at);
        // A typed word of four letters may lack one, the longest may have two too many.
        let is_near_to_some = (3..=LONGEST + 2).contains(&word.chars().count());
        if is_near_to_some && !named.get(at).is_empty() && is_spelled(word) && builder.insert(word).is_err() {
            // The words are in no order: there is no transducer of them.
            return Array::default();
        }
    }
    builder.into_inner().map(Array::from).unwrap_or_default()
}

/// Words with a number each, as they are met, and where each of them stands.
#[derive(Debug, Default)]
struct Gathered {
    known: FastMap<u64, u32>,
    /// For the few whose hashes are another word's.
    others: FastMap<String, u32>,
    words: Vec<GatheredWord>,
    bytes: Vec<u8>,
}

/// A word among all bytes of words, and the entities in which it stands, by [`Part`].
#[derive(Debug)]
struct GatheredWord {
    start: u32,
    end: u32,
    entities: [Entities; 2],
}

/// Entities, ascending, each packed as the distance from the one before. Most words stand in one: that takes no memory of its own.
#[derive(Debug, Default)]
struct Entities {
    ends: Option<(u32, u32)>,
    packed: Vec<u8>,
}

impl Entities {
    fn add(&mut self, entity: u32) {
        match &mut self.ends {
            None => self.ends = Some((entity, entity)),
            Some((_, last)) if *last != entity => {
                pack(entity.saturating_sub(*last), &mut self.packed);
                *last = entity;
            }
            Some(_) => {}
        }
    }
}

impl Gathered {
    fn add(&mut self, folded: &str, entity: u32, part: Part) {
        for word in words_of(folded) {
            let word = self.number_of(word);
            self.words[word as usize].entities[part as usize].add(entity);
        }
    }

    fn number_of(&mut self, word: &str) -> u32 {
        let next = number(self.words.len());
        match self.known.entry(hash(word.as_bytes())) {
            Entry::Occupied(known) => {
                let known = *known.get();
                let its = &self.words[known as usize];
                if self.bytes[its.start as usize..its.end as usize] == *word.as_bytes() {
                    return known;
                }
                if let Some(other) = self.others.get(word) {
                    return *other;
                }
                self.others.insert(word.to_owned(), next);
            }
            Entry::Vacant(place) => {
                place.insert(next);
            }
        }
        let start = number(self.bytes.len());
        self.bytes.extend_from_slice(word.as_bytes());
        self.words.push(GatheredWord { start, end: number(self.bytes.len()), entities: Default::default() });
        next
    }

    /// All of it in the order of the words' bytes.
    fn finish(self) -> Words {
        let Gathered { words, bytes, .. } = self;
        let bytes_of = |word: &GatheredWord| &bytes[word.start as usize..word.end as usize];
        let mut order: Vec<(u64, u32)> = words.iter().zip(0..).map(|(word, at)| (first_bytes(bytes_of(word)), at)).collect();
        order.sort_unstable_by(|left, right| {
            left.0.cmp(&right.0).then_with(|| bytes_of(&words[left.1 as usize]).cmp(bytes_of(&words[right.1 as usize])))
        });
        let ordered = || order.iter().map(|(_, at)| &words[*at as usize]);
        let (mut offsets, mut sorted) = (vec![0], Vec::with_capacity(bytes.len()));
        for word in ordered() {
            sorted.extend_from_slice(bytes_of(word));
            offsets.push(number(sorted.len()));
        }
        let texts = Strings::of_parts(offsets, sorted);
        let named = lists(ordered().map(|word| &word.entities[Part::Names as usize]));
        let defined = lists(ordered().map(|word| &word.entities[Part::Definition as usize]));
        let near = transducer(&texts, &named);
        Words { words: texts, named, defined, near, near_holds: OnceLock::new() }
    }
}

/// Lists of entities behind each other; nothing if all are empty.
fn lists<'e>(all: impl Iterator<Item = &'e Entities>) -> Blobs {
    let (mut offsets, mut bytes) = (vec![0], Vec::new());
    for entities in all {
        if let Some((first, _)) = entities.ends {
            pack(first, &mut bytes);
            bytes.extend_from_slice(&entities.packed);
        }
        offsets.push(number(bytes.len()));
    }
    if bytes.is_empty() { Blobs::default() } else { Blobs::of_parts(offsets, bytes) }
}

/// A number in as few bytes as it needs, seven bits each.
fn pack(mut rest: u32, bytes: &mut Vec<u8>) {
    while rest >= 0x80 {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

/// Packed numbers, each the distance from the one before; it ends where the bytes make no sense.
struct Unpacked<'a> {
    bytes: &'a [u8],
    last: Option<u32>,
}

impl Iterator for Unpacked<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let mut distance = 0u64;
        for (at, byte) in self.bytes.iter().enumerate().take(5) {
            distance |= u64::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                self.bytes = &self.bytes[at + 1..];
                let number = u32::try_from(u64::from(self.last.unwrap_or_default()) + distance).ok()?;
                self.last = Some(number);
                return Some(number);
            }
        }
        self.bytes = &[];
        None
    }
}
