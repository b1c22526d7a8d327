//! Hashes: from folded texts to numbers, by the hashes of the texts in order.

use crate::store::form::{Array, Damage, Limit, SectionReader, SectionWriter, hash};

/// From folded texts to numbers, as sorted hashes: whoever looks up holds the texts, and compares them for certainty.
#[derive(Clone, Debug, Default)]
pub(super) struct HashIndex {
    hashes: Array<u64>,
    numbers: Array<u32>,
}

impl HashIndex {
    /// The index of these hashes of folded texts, each with the number that stands for it.
    pub fn new(mut entries: Vec<(u64, u32)>) -> HashIndex {
        entries.sort_unstable();
        entries.dedup();
        HashIndex {
            hashes: entries.iter().map(|(hash, _)| *hash).collect::<Vec<_>>().into(),
            numbers: entries.iter().map(|(_, number)| *number).collect::<Vec<_>>().into(),
        }
    }

    /// The numbers that may stand for a folded key, ascending: all that do, and hardly ever another one.
    pub fn candidates(&self, key: &str) -> &[u32] {
        let wanted = hash(key.as_bytes());
        let hashes = self.hashes.view();
        let start = hashes.partition_point(|hash| hash < wanted);
        let found = (start..hashes.len()).take_while(|at| hashes.at(*at) == Some(wanted)).count();
        self.numbers.part(start..start + found)
    }

    /// Whether every number in it is below a count.
    pub fn is_sound(&self, count: usize) -> bool {
        self.numbers.whole().iter().all(|number| (*number as usize) < count)
    }

    /// Keeps it as two sections.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        sections.array(*b"nhsh", &self.hashes);
        sections.array(*b"nnum", &self.numbers);
    }

    /// Reads it back; the numbers stand below a count.
    ///
    /// # Errors
    /// The sections are not there.
    pub fn load(sections: &mut SectionReader<'_>, count: usize) -> Result<HashIndex, Damage> {
        let mut index = HashIndex { hashes: sections.array(*b"nhsh")?, numbers: sections.array(*b"nnum")? };
        index.numbers.set_limit(Limit::Below(count));
        Ok(index)
    }
}
