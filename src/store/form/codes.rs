//! Codes: small numbers in as few bytes each as the largest needs.

use super::{Array, Damage, Limit, SectionReader, SectionWriter};

/// Numbers in a row, one, two or four bytes each.
#[derive(Clone, Debug)]
pub enum Codes {
    /// Below 2^8.
    Bytes(Array<u8>),
    /// Below 2^16.
    Shorts(Array<u16>),
    /// Below 2^32.
    Words(Array<u32>),
}

impl Default for Codes {
    fn default() -> Codes {
        Codes::Bytes(Array::default())
    }
}

impl Codes {
    /// These numbers.
    pub fn new<C: IntoIterator<Item = u32> + Clone>(codes: C) -> Codes {
        let largest = codes.clone().into_iter().max().unwrap_or_default();
        Codes::below(codes, largest)
    }

    /// These numbers, of which none is above `largest`.
    pub fn below(codes: impl IntoIterator<Item = u32>, largest: u32) -> Codes {
        let codes = codes.into_iter();
        if largest <= u32::from(u8::MAX) {
            Codes::Bytes(codes.map(|code| code as u8).collect::<Vec<_>>().into())
        } else if largest <= u32::from(u16::MAX) {
            Codes::Shorts(codes.map(|code| code as u16).collect::<Vec<_>>().into())
        } else {
            Codes::Words(codes.collect::<Vec<_>>().into())
        }
    }

    /// See [`Array::set_limit`].
    pub fn set_limit(&mut self, limit: Limit) {
        match self {
            Codes::Bytes(codes) => codes.set_limit(limit),
            Codes::Shorts(codes) => codes.set_limit(limit),
            Codes::Words(codes) => codes.set_limit(limit),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Codes::Bytes(codes) => codes.len(),
            Codes::Shorts(codes) => codes.len(),
            Codes::Words(codes) => codes.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number at a position; 0 beyond the end.
    #[inline]
    pub fn get(&self, at: usize) -> u32 {
        match self {
            Codes::Bytes(codes) => codes.at(at).map_or(0, u32::from),
            Codes::Shorts(codes) => codes.at(at).map_or(0, u32::from),
            Codes::Words(codes) => codes.at(at).unwrap_or_default(),
        }
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + Clone + '_ {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Keeps them as a section.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        match self {
            Codes::Bytes(codes) => sections.array(*b"code", codes),
            Codes::Shorts(codes) => sections.array(*b"code", codes),
            Codes::Words(codes) => sections.array(*b"code", codes),
        }
    }

    /// Reads them back.
    ///
    /// # Errors
    /// The section is not there.
    pub fn load(sections: &mut SectionReader<'_>) -> Result<Codes, Damage> {
        match sections.item_size()? {
            1 => sections.array(*b"code").map(Codes::Bytes),
            2 => sections.array(*b"code").map(Codes::Shorts),
            _ => sections.array(*b"code").map(Codes::Words),
        }
    }
}
