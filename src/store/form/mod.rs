//! Form: the flat arrays that a graph is made of, in memory or in a mapped file, and how they are kept as sections.

mod array;
mod bits;
mod codes;
mod hasher;
mod packed;
mod seal;
mod sections;
mod slug_table;
mod strings;

pub use array::{Array, Plain, View};
pub use bits::Bits;
pub use codes::Codes;
pub use hasher::FastMap;
pub use packed::{pack, unpack, unpack_first};
pub use seal::{BLOCK, Fault, Limit, Seal, checksum_of};
pub use sections::{Damage, Memory, SECTION_ALIGNMENT, Section, SectionReader, SectionWriter};
pub use slug_table::SlugTable;
pub use strings::{Blobs, StringLists, Strings};

/// A position as the number that arrays hold. Graphs end at 2^32 - 1 of anything.
pub fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// A stable 64-bit hash of bytes, for tables that are kept in files: eight bytes at a time, each folded in by a
/// multiplication whose high half is kept.
pub fn hash(bytes: &[u8]) -> u64 {
    const FIRST: u64 = 0x9e37_79b9_7f4a_7c15;
    const SECOND: u64 = 0xd6e8_feb8_6659_fd93;
    let fold = |state: u64, word: u64| {
        let product = u128::from(state ^ word) * u128::from(SECOND);
        (product as u64) ^ ((product >> 64) as u64) ^ FIRST
    };
    let mut state = fold(FIRST, bytes.len() as u64);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        state = fold(state, u64::from_le_bytes(*word));
    }
    let last = rest.iter().rev().fold(0, |last, byte| last << 8 | u64::from(*byte));
    fold(fold(state, last), SECOND)
}
