//! Keys: numbers for the different values that rows have in some variables, in the order in which they are first seen.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::super::order;
use super::column::{ABSENT, Column};
use super::rows::Batch;

/// A hash that is quick for numbers and short texts; nothing that an outsider chooses is kept in it for longer than a query.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct QuickHasher(u64);

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut word = [0; 8];
            word.copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
        let rest = chunks.remainder();
        if !rest.is_empty() {
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            self.write_u64(u64::from_le_bytes(word) ^ ((rest.len() as u64) << 56));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_u64(&mut self, number: u64) {
        // A multiplication mixes upward, the shift brings what is above down again.
        let mixed = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A map with the quick hash.
pub(super) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<QuickHasher>>;

/// A set with the quick hash.
pub(super) type QuickSet<K> = std::collections::HashSet<K, BuildHasherDefault<QuickHasher>>;

/// Gives equal keys equal numbers.
pub(super) struct Keys {
    columns: Vec<usize>,
    /// For a key that is one entity or relation.
    numbers: QuickMap<u64, u32>,
    /// What is known of keys that are one count, so that they need not be written.
    counts: QuickMap<i64, u32>,
    /// Keys of one entity or relation as long as nothing but new ones has come, ascending: they are in no map then.
    ascending: Vec<u64>,
    /// For keys that are anything else.
    bytes: QuickMap<Box<[u8]>, u32>,
    buffer: Vec<u8>,
    count: u32,
}

/// The sorts of number that keys are made of, in their upper half.
const ENTITY: u64 = 1 << 32;
const RELATION: u64 = 2 << 32;

impl Keys {
    pub fn new(columns: Vec<usize>) -> Keys {
        Keys {
            columns,
            numbers: QuickMap::default(),
            counts: QuickMap::default(),
            ascending: Vec::new(),
            bytes: QuickMap::default(),
            buffer: Vec::new(),
            count: 0,
        }
    }

    /// How many different keys there are.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Forgets all keys.
    pub fn clear(&mut self) {
        self.numbers.clear();
        self.counts.clear();
        self.ascending.clear();
        self.bytes.clear();
        self.count = 0;
    }

    /// The numbers of the keys of all rows; `first` gets those of the rows whose key was not seen before.
    pub fn number(&mut self, batch: &Batch, numbers: &mut Vec<u32>, first: &mut Vec<u32>) {
        numbers.clear();
        first.clear();
        match self.columns.as_slice() {
            [] => {
                if self.count == 0 && batch.length > 0 {
                    self.count = 1;
                    first.push(0);
                }
                numbers.resize(batch.length, 0);
            }
            [one] => match batch.column(*one) {
                Column::Entities(entities) => self.number_plain(entities, ENTITY, numbers, first),
                Column::Relations(relations) => self.number_plain(relations, RELATION, numbers, first),
                Column::Integers(counts) => self.number_counts(counts, batch, numbers, first),
                _ => self.number_any(batch, numbers, first),
            },
            _ => self.number_any(batch, numbers, first),
        }
    }

    /// The number of the key of one row, if it is known.
    pub fn find(&mut self, batch: &Batch, row: usize) -> Option<u32> {
        if self.columns.is_empty() {
            return (self.count > 0).then_some(0);
        }
        if let Some(plain) = self.plain(batch, row) {
            self.settle();
            return self.numbers.get(&plain).copied();
        }
        self.write(batch, row);
        self.bytes.get(self.buffer.as_slice()).copied()
    }

    /// A key that is one entity, one relation or null, as a number.
    fn plain(&self, batch: &Batch, row: usize) -> Option<u64> {
        let [one] = self.columns.as_slice() else { return None };
        let column = batch.column(*one);
        if column.is_null(row) {
            return Some(u64::from(ABSENT));
        }
        match (column.entity(row), column.relation(row)) {
            (ABSENT, ABSENT) => None,
            (ABSENT, relation) => Some(RELATION | u64::from(relation)),
            (entity, _) => Some(ENTITY | u64::from(entity)),
        }
    }

    fn number_plain(&mut self, plain: &[u32], sort: u64, numbers: &mut Vec<u32>, first: &mut Vec<u32>) {
        numbers.reserve(plain.len());
        let mut before = self.ascending.last().map(|last| (*last, self.ascending.len() as u32 - 1));
        for (row, number) in (0..).zip(plain) {
            let key = if *number == ABSENT { u64::from(ABSENT) } else { sort | u64::from(*number) };
            // Equal keys often stand together.
            if let Some((known, at)) = before
                && known == key
            {
                numbers.push(at);
                continue;
            }
            let at = if self.is_next(key) {
                self.ascending.push(key);
                first.push(row);
                self.count += 1;
                self.count - 1
            } else {
                self.settle();
                *self.numbers.entry(key).or_insert_with(|| {
                    first.push(row);
                    self.count += 1;
                    self.count - 1
                })
            };
            before = Some((key, at));
            numbers.push(at);
        }
    }

    /// Whether a key is behind all others, which came in order too.
    fn is_next(&self, key: u64) -> bool {
        self.ascending.len() == self.count as usize && self.ascending.last().is_none_or(|last| *last < key)
    }

    /// Moves keys that came in order to the map, from where they are found in any.
    fn settle(&mut self) {
        if !self.ascending.is_empty() {
            self.numbers.reserve(2 * self.ascending.len());
            self.numbers.extend(self.ascending.drain(..).zip(0..));
        }
    }

    fn number_any(&mut self, batch: &Batch, numbers: &mut Vec<u32>, first: &mut Vec<u32>) {
        self.settle();
        for row in 0..batch.length {
            let at = match self.plain(batch, row) {
                Some(plain) => *self.numbers.entry(plain).or_insert_with(|| {
                    first.push(row as u32);
                    self.count += 1;
                    self.count - 1
                }),
                None => self.number_written(batch, row, first),
            };
            numbers.push(at);
        }
    }

    /// The number of a key that is written out.
    fn number_written(&mut self, batch: &Batch, row: usize, first: &mut Vec<u32>) -> u32 {
        self.write(batch, row);
        if let Some(known) = self.bytes.get(self.buffer.as_slice()) {
            return *known;
        }
        first.push(row as u32);
        self.bytes.insert(self.buffer.as_slice().into(), self.count);
        self.count += 1;
        self.count - 1
    }

    fn number_counts(&mut self, counts: &[i64], batch: &Batch, numbers: &mut Vec<u32>, first: &mut Vec<u32>) {
        numbers.reserve(counts.len());
        let mut before = None;
        for (row, count) in counts.iter().enumerate() {
            let at = match before {
                // Equal keys often stand together.
                Some((known, at)) if known == *count => at,
                _ => match self.counts.get(count) {
                    Some(known) => *known,
                    None => {
                        let at = self.number_written(batch, row, first);
                        self.counts.insert(*count, at);
                        at
                    }
                },
            };
            before = Some((*count, at));
            numbers.push(at);
        }
    }

    fn write(&mut self, batch: &Batch, row: usize) {
        self.buffer.clear();
        for column in &self.columns {
            batch.column(*column).look(row, |value| order::write_key(value, &mut self.buffer));
        }
    }
}
