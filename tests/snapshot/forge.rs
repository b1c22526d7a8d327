//! Forge: changes the content of snapshots at random, and makes their checksums right again.

use oms_graph::store::{BLOCK, checksum_of};

const HEADER: usize = 64;
const ROW: usize = 24;

/// Makes changes from a seed.
pub struct Forger(u64);

impl Forger {
    pub fn new(seed: u64) -> Forger {
        Forger(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 11) as usize % limit.max(1)
    }

    /// A copy with one to four changes, each in a section taken at random, small ones as often as large ones.
    pub fn changed(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let sections = number(&bytes, 12, 4);
            let row = HEADER + ROW * self.below(sections);
            let (start, length) = (number(&bytes, row + 8, 8), number(&bytes, row + 16, 8));
            if self.below(20) == 0 {
                self.change_table(&mut bytes, row, sections);
            } else if length > 0 && start + length <= bytes.len() {
                let item = number(&bytes, row + 4, 4);
                self.change_section(&mut bytes[start..start + length], item);
            }
        }
        bytes
    }

    /// Makes a section shorter, or puts it where another one is.
    fn change_table(&mut self, bytes: &mut [u8], row: usize, sections: usize) {
        if self.below(2) == 0 {
            let item = number(bytes, row + 4, 4).max(1);
            let items = self.below(number(bytes, row + 16, 8) / item + 1);
            bytes[row + 16..row + 24].copy_from_slice(&((items * item) as u64).to_le_bytes());
        } else {
            let other = HEADER + ROW * self.below(sections);
            bytes.copy_within(other + 8..other + 24, row + 8);
        }
    }

    fn change_section(&mut self, section: &mut [u8], item: usize) {
        let at = self.below(section.len() / item.max(1)) * item;
        let end = (at + item).min(section.len());
        match self.below(7) {
            0 => section[at..end].fill(0),
            1 => section[at..end].fill(0xff),
            2 => section[at] ^= 1 << self.below(8),
            3 => section[at..end].iter_mut().for_each(|byte| *byte = self.next() as u8),
            // Small numbers are the likeliest to stand for something else.
            4 => section[at] = section[at].wrapping_add(1 + self.below(3) as u8),
            5 => {
                let from = self.below(section.len());
                let length = self.below((section.len() - from).min(64)).min(section.len() - at);
                section.copy_within(from..from + length, at);
            }
            _ => {
                let value = self.next() as u8;
                section[at..].iter_mut().take(64).for_each(|byte| *byte = value);
            }
        }
    }
}

/// The same content with the checksums that belong to it.
pub fn sealed_again(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let sections = number(&bytes, 12, 4);
    let checksums = number(&bytes, 40, 8);
    let table = checksum_of(&bytes[HEADER..HEADER + sections * ROW]);
    bytes[24..32].copy_from_slice(&table.to_le_bytes());
    let header = checksum_of(&bytes[..HEADER - 8]);
    bytes[HEADER - 8..HEADER].copy_from_slice(&header.to_le_bytes());
    let sums: Vec<u8> = bytes[..checksums].chunks(BLOCK).flat_map(|block| checksum_of(block).to_le_bytes()).collect();
    bytes[checksums..].copy_from_slice(&sums);
    bytes
}

fn number(bytes: &[u8], at: usize, length: usize) -> usize {
    bytes[at..at + length].iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
}
