//! Strings: texts and other runs of bytes in one blob, by position.

use super::{Array, Damage, SectionReader, SectionWriter, number};

/// Runs of bytes in one blob.
#[derive(Clone, Debug, Default)]
pub struct Blobs {
    offsets: Array<u32>,
    bytes: Array<u8>,
}

impl Blobs {
    /// These runs, in this order. All together they must not have more than 2^32 - 1 bytes.
    pub fn new<B: AsRef<[u8]>>(runs: impl IntoIterator<Item = B>) -> Blobs {
        let mut bytes = Vec::new();
        let mut offsets = vec![0];
        for run in runs {
            bytes.extend_from_slice(run.as_ref());
            offsets.push(number(bytes.len()));
        }
        Blobs::of_parts(offsets, bytes)
    }

    /// Runs whose ends are known: the run at `n` lies from the n-th offset to the next.
    pub fn of_parts(offsets: Vec<u32>, bytes: Vec<u8>) -> Blobs {
        let offsets = if offsets.len() < 2 { Vec::new() } else { offsets };
        Blobs { offsets: offsets.into(), bytes: bytes.into() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.offsets.is_empty()
    }

    /// The run at a position; empty beyond the end.
    #[inline]
    pub fn get(&self, at: usize) -> &[u8] {
        match *self.offsets.part(at..at.saturating_add(2)) {
            [start, end] => self.bytes.part(start as usize..end as usize),
            _ => &[],
        }
    }

    /// Keeps them as two sections.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        sections.array(*b"offs", &self.offsets);
        sections.array(*b"blob", &self.bytes);
    }

    /// Reads them back.
    ///
    /// # Errors
    /// The sections are not there.
    pub fn load(sections: &mut SectionReader<'_>) -> Result<Blobs, Damage> {
        Ok(Blobs { offsets: sections.array(*b"offs")?, bytes: sections.array(*b"blob")? })
    }
}

/// Texts in one blob.
#[derive(Clone, Debug, Default)]
pub struct Strings(Blobs);

impl Strings {
    /// These texts, in this order.
    pub fn new<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Strings {
        struct Bytes<S>(S);
        impl<S: AsRef<str>> AsRef<[u8]> for Bytes<S> {
            fn as_ref(&self) -> &[u8] {
                self.0.as_ref().as_bytes()
            }
        }
        Strings(Blobs::new(texts.into_iter().map(Bytes)))
    }

    /// These texts, or nothing at all if every one is empty.
    pub fn sparse<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Strings {
        let strings = Strings::new(texts);
        if strings.0.bytes.is_empty() { Strings::default() } else { strings }
    }

    /// Texts that lie in bytes already; see `Blobs::of_parts`.
    pub fn of_parts(offsets: Vec<u32>, bytes: Vec<u8>) -> Strings {
        Strings(Blobs::of_parts(offsets, bytes))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text at a position; empty beyond the end, and where the bytes are no text.
    #[inline]
    pub fn get(&self, at: usize) -> &str {
        std::str::from_utf8(self.0.get(at)).unwrap_or_default()
    }

    /// The bytes of a text, to be compared.
    #[inline]
    pub fn bytes(&self, at: usize) -> &[u8] {
        self.0.get(at)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + '_ {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Keeps them as two sections.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        self.0.save(sections);
    }

    /// Reads them back.
    ///
    /// # Errors
    /// The sections are not there.
    pub fn load(sections: &mut SectionReader<'_>) -> Result<Strings, Damage> {
        Blobs::load(sections).map(Strings)
    }
}

/// For each of many things a list of texts, mostly empty.
#[derive(Clone, Debug, Default)]
pub struct StringLists {
    offsets: Array<u32>,
    texts: Strings,
}

impl StringLists {
    /// These lists, in this order.
    pub fn new<L: AsRef<[String]>>(lists: impl IntoIterator<Item = L>) -> StringLists {
        let mut offsets = vec![0];
        let mut texts: Vec<String> = Vec::new();
        for list in lists {
            texts.extend_from_slice(list.as_ref());
            offsets.push(number(texts.len()));
        }
        if texts.is_empty() {
            return StringLists::default();
        }
        StringLists { offsets: offsets.into(), texts: Strings::new(texts) }
    }

    /// Whether every list is empty.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The list at a position.
    pub fn get(&self, at: usize) -> impl Iterator<Item = &str> + Clone + '_ {
        let range = match *self.offsets.part(at..at.saturating_add(2)) {
            [start, end] => start as usize..(end as usize).min(self.texts.len()),
            _ => 0..0,
        };
        range.map(|text| self.texts.get(text))
    }

    /// Keeps them as three sections.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        sections.array(*b"list", &self.offsets);
        self.texts.save(sections);
    }

    /// Reads them back.
    ///
    /// # Errors
    /// The sections are not there.
    pub fn load(sections: &mut SectionReader<'_>) -> Result<StringLists, Damage> {
        Ok(StringLists { offsets: sections.array(*b"list")?, texts: Strings::load(sections)? })
    }
}
