//! Sections: the arrays of a graph one after the other, as a file keeps them, written and read back in the same order.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Array, Plain, Seal};
use crate::store::memory_map::Map;

/// Where every section starts: at a multiple of this many bytes, enough for the largest number.
pub const SECTION_ALIGNMENT: usize = 8;

/// A file does not hold what it must.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage;

/// One array of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it holds, in four letters: a slip between writer and reader is found at once.
    pub tag: [u8; 4],
    /// How many bytes each of its numbers has.
    pub item_size: u32,
    /// Where it starts, in bytes from the beginning of the file.
    pub start: u64,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Gathers the sections of a graph in order.
#[derive(Debug, Default)]
pub struct SectionWriter<'a> {
    sections: Vec<([u8; 4], u32, Cow<'a, [u8]>)>,
}

impl<'a> SectionWriter<'a> {
    /// Adds an array.
    pub fn array<T: Plain>(&mut self, tag: [u8; 4], array: &'a Array<T>) {
        self.sections.push((tag, size_of::<T>() as u32, Cow::Borrowed(array.bytes())));
    }

    /// Adds bytes.
    pub fn bytes(&mut self, tag: [u8; 4], bytes: impl Into<Cow<'a, [u8]>>) {
        self.sections.push((tag, 1, bytes.into()));
    }

    /// Adds a number.
    pub fn number(&mut self, tag: [u8; 4], number: usize) {
        self.sections.push((tag, 8, Cow::Owned((number as u64).to_le_bytes().to_vec())));
    }

    /// The sections with their places behind a beginning of so many bytes (for each section so many more), and their bytes.
    /// Small ones lie together at the beginning: whoever opens the file reads them all.
    pub fn placed(self, beginning: usize, for_each: usize) -> Vec<(Section, Cow<'a, [u8]>)> {
        const SMALL: usize = 1 << 10;
        let mut starts = vec![0; self.sections.len()];
        let mut next = beginning + for_each * self.sections.len();
        for small in [true, false] {
            for (start, (_, _, bytes)) in starts.iter_mut().zip(&self.sections) {
                if (bytes.len() <= SMALL) == small {
                    next = next.next_multiple_of(SECTION_ALIGNMENT);
                    *start = next;
                    next += bytes.len();
                }
            }
        }
        let mut placed = Vec::with_capacity(starts.len());
        for ((tag, item_size, bytes), start) in self.sections.into_iter().zip(starts) {
            placed.push((Section { tag, item_size, start: start as u64, bytes: bytes.len() as u64 }, bytes));
        }
        placed
    }
}

/// Where the bytes of a file are.
#[derive(Clone, Debug)]
pub enum Memory<'m> {
    /// In the program itself.
    Fixed(&'static [u8]),
    /// In a mapped file, checked as it is read.
    Mapped(Map, Arc<Seal>),
    /// Somewhere for a while: arrays copy what they need.
    Lent(&'m [u8]),
}

impl Memory<'_> {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Memory::Fixed(bytes) => bytes,
            Memory::Mapped(map, _) => map,
            Memory::Lent(bytes) => bytes,
        }
    }
}

/// Gives the sections back in the order in which they were written.
#[derive(Debug)]
pub struct SectionReader<'m> {
    memory: Memory<'m>,
    sections: std::vec::IntoIter<Section>,
}

impl<'m> SectionReader<'m> {
    /// A reader of these sections of the memory.
    pub fn new(memory: Memory<'m>, sections: Vec<Section>) -> SectionReader<'m> {
        SectionReader { memory, sections: sections.into_iter() }
    }

    /// The seal of the file, where there is one.
    pub fn seal(&self) -> Option<Arc<Seal>> {
        match &self.memory {
            Memory::Mapped(_, seal) => Some(Arc::clone(seal)),
            Memory::Fixed(_) | Memory::Lent(_) => None,
        }
    }

    /// The next section as an array.
    ///
    /// # Errors
    /// The next section is another one, or lies outside of the file.
    pub fn array<T: Plain>(&mut self, tag: [u8; 4]) -> Result<Array<T>, Damage> {
        let section = self.sections.next().ok_or(Damage)?;
        if section.tag != tag || section.item_size as usize != size_of::<T>() {
            return Err(Damage);
        }
        let start = usize::try_from(section.start).map_err(|_| Damage)?;
        let bytes = usize::try_from(section.bytes).map_err(|_| Damage)?;
        if bytes == 0 {
            return Ok(Array::default());
        }
        let array = match &self.memory {
            Memory::Fixed(memory) => Array::fixed(memory, start, bytes),
            Memory::Mapped(map, seal) => Array::mapped(map, seal, start, bytes),
            Memory::Lent(memory) => start.checked_add(bytes).and_then(|end| memory.get(start..end)).and_then(Array::copied),
        };
        array.ok_or(Damage)
    }

    /// The next section as a number.
    ///
    /// # Errors
    /// The next section is none.
    pub fn number(&mut self, tag: [u8; 4]) -> Result<usize, Damage> {
        let array: Array<u64> = self.array(tag)?;
        match *array.whole() {
            [number] => usize::try_from(number).map_err(|_| Damage),
            _ => Err(Damage),
        }
    }

    /// How many bytes each number of the next section has.
    ///
    /// # Errors
    /// There is no section left.
    pub fn item_size(&self) -> Result<u32, Damage> {
        self.sections.as_slice().first().map(|section| section.item_size).ok_or(Damage)
    }
}
