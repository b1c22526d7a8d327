//! Seal: the checksums of a mapped file, each compared when something in its block is first looked at.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use crate::store::memory_map::Map;

const BLOCK_BITS: u32 = 14;
/// What one checksum covers, in bytes.
pub const BLOCK: usize = 1 << BLOCK_BITS;
const CHECKSUM: usize = size_of::<u64>();

/// What is wrong with a file that is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The block that begins at this byte is not what was written.
    Changed(usize),
    /// The numbers that begin at this byte stand for nothing in the graph, though they are what was written.
    Senseless(usize),
}

/// Checksums for each block of a file, behind what they cover.
#[derive(Debug)]
pub struct Seal {
    map: Map,
    covered: usize,
    compared: BlockSet,
    fault: OnceLock<Fault>,
}

impl Seal {
    /// The seal of a file whose checksums begin at `covered`; none if they are not as many as they must be.
    pub fn new(map: Map, covered: usize) -> Option<Seal> {
        let blocks = covered.div_ceil(BLOCK);
        let fits = covered.checked_add(blocks * CHECKSUM) == Some(map.len());
        fits.then(|| Seal { map, covered, compared: BlockSet::new(blocks), fault: OnceLock::new() })
    }

    /// What was found wrong so far in what was looked at.
    pub fn fault(&self) -> Option<Fault> {
        self.fault.get().copied()
    }

    /// How many blocks there are.
    pub fn blocks(&self) -> usize {
        self.covered.div_ceil(BLOCK)
    }

    /// Compares one block, unless that was done before. Once something is wrong nothing else is looked at: whoever asks is refused.
    pub fn block_holds(&self, block: usize) -> bool {
        if self.compared.has(block) {
            return true;
        }
        if self.fault.get().is_some() {
            return false;
        }
        let holds = self.block_is_whole(block);
        if holds {
            self.compared.add(block);
        } else {
            self.report(Fault::Changed(block * BLOCK));
        }
        holds
    }

    /// Whether one block is what was written, whatever was found before.
    pub fn block_is_whole(&self, block: usize) -> bool {
        let start = block.saturating_mul(BLOCK);
        let bytes = self.map.get(start..start.saturating_add(BLOCK).min(self.covered));
        let checksum = self.map.get(self.covered + block * CHECKSUM..).and_then(|rest| rest.first_chunk::<CHECKSUM>());
        bytes.zip(checksum).is_some_and(|(bytes, kept)| checksum_of(bytes) == u64::from_le_bytes(*kept))
    }

    fn report(&self, fault: Fault) {
        // The first to find something wrong is the one that is told.
        let _ = self.fault.set(fault);
    }
}

/// A set of blocks to which several threads add.
#[derive(Debug)]
struct BlockSet(Box<[AtomicU64]>);

impl BlockSet {
    fn new(blocks: usize) -> BlockSet {
        BlockSet((0..blocks.div_ceil(64)).map(|_| AtomicU64::new(0)).collect())
    }

    #[inline]
    fn has(&self, block: usize) -> bool {
        self.0.get(block / 64).is_some_and(|word| word.load(Ordering::Relaxed) >> (block % 64) & 1 == 1)
    }

    /// Adds a block; whether it is new.
    fn add(&self, block: usize) -> bool {
        let bit = 1 << (block % 64);
        self.0.get(block / 64).is_some_and(|word| word.fetch_or(bit, Ordering::Relaxed) & bit == 0)
    }
}

/// Which numbers make sense in an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Any.
    None,
    /// Those below.
    Below(usize),
    /// Those below, and the largest of four bytes, which stands for nothing.
    BelowOrAbsent(usize),
}

/// Watches one array of a sealed file: its blocks are compared, and its numbers looked at, before anybody gets to see them.
#[derive(Debug)]
pub struct Watch {
    seal: Arc<Seal>,
    start: usize,
    bytes: usize,
    item_size: usize,
    limit: Limit,
    /// Its blocks that hold, by their distance from the first, and how many there are.
    seen: BlockSet,
    count: AtomicUsize,
    /// Whether all of them do.
    all: AtomicBool,
}

impl Watch {
    /// The watch over an array of `bytes` bytes from `start`.
    pub fn new(seal: Arc<Seal>, start: usize, bytes: usize, item_size: usize) -> Watch {
        let seen = BlockSet::new((start % BLOCK + bytes).div_ceil(BLOCK));
        let (count, all) = (AtomicUsize::new(0), AtomicBool::new(false));
        Watch { seal, start, bytes, item_size, limit: Limit::None, seen, count, all }
    }

    fn blocks(&self) -> usize {
        (self.start % BLOCK + self.bytes).div_ceil(BLOCK)
    }

    /// Numbers outside of the limit are refused from now on.
    pub fn set_limit(&mut self, limit: Limit) {
        self.limit = limit;
    }

    /// Whether the whole array holds, as far as is known.
    #[inline]
    pub fn is_done(&self) -> bool {
        self.all.load(Ordering::Relaxed)
    }

    /// Whether so many bytes are all that the array has.
    #[inline]
    pub fn covers(&self, bytes: usize) -> bool {
        bytes == self.bytes
    }

    /// Whether the bytes of the array from `start` to before `end` hold.
    #[inline]
    pub fn holds(&self, start: usize, end: usize) -> bool {
        if end <= start {
            return true;
        }
        let offset = self.start & (BLOCK - 1);
        let (first, last) = ((offset + start) >> BLOCK_BITS, (offset + end - 1) >> BLOCK_BITS);
        (first..=last).all(|block| self.seen.has(block)) || self.all_hold(first, last)
    }

    /// Whether the whole array holds.
    pub fn holds_whole(&self) -> bool {
        self.is_done() || self.bytes == 0 || self.all_hold(0, self.blocks() - 1)
    }

    #[cold]
    #[inline(never)]
    fn all_hold(&self, first: usize, last: usize) -> bool {
        if !(first..=last).all(|block| self.seen.has(block) || self.look(block)) {
            return false;
        }
        let blocks = self.blocks();
        let count = self.count.load(Ordering::Relaxed);
        // An array of which a third was asked for is looked at to its end: from then on nothing is left to ask.
        if count >= blocks || (count * 3 > blocks && (0..blocks).all(|block| self.seen.has(block) || self.look(block))) {
            self.all.store(true, Ordering::Relaxed);
        }
        true
    }

    fn look(&self, block: usize) -> bool {
        let in_file = self.start / BLOCK + block;
        if !self.seal.block_holds(in_file) {
            return false;
        }
        let start = (in_file * BLOCK).max(self.start);
        let end = ((in_file + 1) * BLOCK).min(self.start + self.bytes);
        let sensible = self.seal.map.get(start..end).is_some_and(|bytes| self.limit.allows(bytes, self.item_size));
        if sensible {
            self.count.fetch_add(usize::from(self.seen.add(block)), Ordering::Relaxed);
        } else {
            self.seal.report(Fault::Senseless(start));
        }
        sensible
    }
}

impl Limit {
    /// Whether the numbers in these bytes are within. Arrays lie at multiples of eight bytes, so no number is cut in two.
    fn allows(self, bytes: &[u8], item_size: usize) -> bool {
        let numbers = |test: &dyn Fn(u32) -> bool| match item_size {
            1 => bytes.iter().copied().max().is_none_or(|largest| test(largest.into())),
            2 => bytes.as_chunks::<2>().0.iter().map(|number| u16::from_le_bytes(*number)).max().is_none_or(|largest| test(largest.into())),
            4 => bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number)).max().is_none_or(test),
            _ => true,
        };
        match self {
            Limit::None => true,
            Limit::Below(limit) => numbers(&|largest| (largest as usize) < limit),
            Limit::BelowOrAbsent(limit) => {
                let words = bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number));
                item_size != 4 || words.filter(|number| *number != u32::MAX).max().is_none_or(|largest| (largest as usize) < limit)
            }
        }
    }
}

/// The checksum of a block: eight sums side by side, each changed for certain by a change of one of its words.
pub fn checksum_of(bytes: &[u8]) -> u64 {
    const LANES: usize = 8;
    const FACTOR: u64 = 0x9fb2_1c65_1e98_df25;
    let step = |sum: u64, word: u64| {
        let product = (sum ^ word).wrapping_mul(FACTOR);
        product ^ (product >> 32)
    };
    let mut sums: [u64; LANES] = std::array::from_fn(|lane| 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(lane as u64 + 1));
    let (words, rest) = bytes.as_chunks::<CHECKSUM>();
    let (rounds, last_words) = words.as_chunks::<LANES>();
    for round in rounds {
        for (sum, word) in sums.iter_mut().zip(round) {
            *sum = step(*sum, u64::from_le_bytes(*word));
        }
    }
    for (sum, word) in sums.iter_mut().zip(last_words) {
        *sum = step(*sum, u64::from_le_bytes(*word));
    }
    let last = rest.iter().rev().fold(0, |last, byte| last << 8 | u64::from(*byte));
    let all = sums.into_iter().chain([last, bytes.len() as u64]);
    all.fold(0, step)
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Limit, checksum_of};

    #[test]
    fn every_flipped_bit_changes_the_checksum() {
        for length in [0, 1, 7, 8, 63, 64, 65, 200, BLOCK] {
            let mut bytes: Vec<u8> = (0..length).map(|at| (at * 37 % 251) as u8).collect();
            let whole = checksum_of(&bytes);
            for bit in (0..length * 8).step_by(if length > 1000 { 101 } else { 1 }) {
                bytes[bit / 8] ^= 1 << (bit % 8);
                assert_ne!(checksum_of(&bytes), whole, "bit {bit} of {length} bytes");
                bytes[bit / 8] ^= 1 << (bit % 8);
            }
            assert_ne!(checksum_of(&[&bytes[..], &[0]].concat()), whole);
        }
    }

    #[test]
    fn numbers_beyond_their_limit_are_noticed() {
        let bytes: Vec<u8> = [3u32, 7, u32::MAX].iter().flat_map(|number| number.to_le_bytes()).collect();
        assert!(Limit::None.allows(&bytes, 4) && Limit::BelowOrAbsent(8).allows(&bytes, 4) && Limit::Below(8).allows(&bytes[..8], 4));
        assert!(!Limit::Below(8).allows(&bytes, 4) && !Limit::BelowOrAbsent(7).allows(&bytes, 4) && !Limit::Below(255).allows(&bytes, 1));
    }
}
