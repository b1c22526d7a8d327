//! Bits: a set of small numbers as a bitmap, with the count of those before any of them.

use super::{Array, Damage, SectionReader, SectionWriter};

/// A set of numbers. Membership is one test of a bit; so is, nearly, the position of a member among all members.
#[derive(Clone, Debug, Default)]
pub struct Bits {
    words: Array<u64>,
    ranks: Array<u32>,
}

impl Bits {
    /// The set of these members, all below `limit`.
    pub fn new(limit: usize, members: impl IntoIterator<Item = u32>) -> Bits {
        let mut words = vec![0u64; limit.div_ceil(64)];
        for member in members {
            words[member as usize / 64] |= 1 << (member % 64);
        }
        Bits::of_words(words)
    }

    /// The set that words of 64 bits hold.
    pub fn of_words(words: Vec<u64>) -> Bits {
        let mut before = 0;
        let ranks: Vec<u32> = words
            .iter()
            .map(|word| {
                let rank = before;
                before += word.count_ones();
                rank
            })
            .collect();
        Bits { words: words.into(), ranks: ranks.into() }
    }

    /// Whether there is no room for any member.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether a number is a member.
    #[inline]
    pub fn contains(&self, member: u32) -> bool {
        self.words.at(member as usize / 64).is_some_and(|word| word >> (member % 64) & 1 == 1)
    }

    /// The position of a member among all members; none if it is not one.
    #[inline]
    pub fn rank(&self, member: u32) -> Option<usize> {
        let at = member as usize / 64;
        let word = self.words.at(at)?;
        let bit = 1u64 << (member % 64);
        (word & bit != 0).then(|| {
            let before = (word & (bit - 1)).count_ones();
            self.ranks.at(at).map_or(usize::MAX, |rank| rank as usize + before as usize)
        })
    }

    /// Keeps it as two sections.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        sections.array(*b"bits", &self.words);
        sections.array(*b"rank", &self.ranks);
    }

    /// Reads it back.
    ///
    /// # Errors
    /// The sections are not there, or do not fit together.
    pub fn load(sections: &mut SectionReader<'_>) -> Result<Bits, Damage> {
        let bits = Bits { words: sections.array(*b"bits")?, ranks: sections.array(*b"rank")? };
        if bits.words.len() == bits.ranks.len() { Ok(bits) } else { Err(Damage) }
    }
}

#[cfg(test)]
mod tests {
    use super::Bits;

    #[test]
    fn members_have_their_ranks() {
        let members = [0, 3, 63, 64, 130, 199];
        let bits = Bits::new(200, members);
        for (rank, member) in members.iter().enumerate() {
            assert_eq!(bits.rank(*member), Some(rank));
        }
        assert!(!bits.contains(1) && bits.rank(198).is_none() && bits.rank(100_000).is_none());
        assert!(Bits::default().is_empty() && !Bits::new(0, []).contains(0));
    }
}
