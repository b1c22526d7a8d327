//! Folded index: from folded words to small numbers, as sorted hashes that cost nothing to read back.

use serde::{Deserialize, Serialize};

/// An index over folded keys. It keeps hashes only: whoever looks up holds the texts, and compares them for certainty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoldedIndex {
    entries: Vec<(u64, u32)>,
}

impl FoldedIndex {
    /// The index of these keys, each with the number that stands for it.
    pub fn new(keys: impl IntoIterator<Item = (String, u32)>) -> FoldedIndex {
        let mut entries: Vec<(u64, u32)> = keys.into_iter().map(|(key, number)| (hash(&key), number)).collect();
        entries.sort_unstable();
        entries.dedup();
        FoldedIndex { entries }
    }

    /// The numbers that may stand for a folded key, ascending: all that do, and hardly ever another one.
    pub fn candidates(&self, key: &str) -> impl Iterator<Item = u32> + '_ {
        let wanted = hash(key);
        let start = self.entries.partition_point(|(hash, _)| *hash < wanted);
        self.entries[start..].iter().take_while(move |(hash, _)| *hash == wanted).map(|(_, number)| *number)
    }
}

/// FNV-1a, 64 bits: stable over versions and machines, since indexes are kept in files.
fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
