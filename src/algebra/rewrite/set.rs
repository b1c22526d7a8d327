//! Set: sets of variables, small enough to be copied and joined at every step of planning.

use crate::algebra::VariableId;

/// A set of variables: a bit for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct VariableSet {
    /// The first 64 variables, which nearly every query gets by with.
    first: u64,
    /// The others.
    rest: Vec<u64>,
}

impl VariableSet {
    /// The set of these.
    pub fn of(variables: impl IntoIterator<Item = VariableId>) -> VariableSet {
        let mut set = VariableSet::default();
        variables.into_iter().for_each(|variable| set.insert(variable));
        set
    }

    /// Takes a variable in.
    pub fn insert(&mut self, variable: VariableId) {
        let (word, bit) = (variable.index() / 64, variable.index() % 64);
        if word == 0 {
            self.first |= 1 << bit;
            return;
        }
        if self.rest.len() < word {
            self.rest.resize(word, 0);
        }
        self.rest[word - 1] |= 1 << bit;
    }

    /// Takes a variable out.
    pub fn remove(&mut self, variable: VariableId) {
        let (word, bit) = (variable.index() / 64, variable.index() % 64);
        if word == 0 {
            self.first &= !(1 << bit);
        } else if let Some(bits) = self.rest.get_mut(word - 1) {
            *bits &= !(1 << bit);
        }
    }

    /// Whether a variable is in it.
    pub fn contains(&self, variable: VariableId) -> bool {
        let (word, bit) = (variable.index() / 64, variable.index() % 64);
        let bits = if word == 0 { self.first } else { self.rest.get(word - 1).copied().unwrap_or(0) };
        bits >> bit & 1 == 1
    }

    /// Takes every variable of another set in.
    pub fn extend(&mut self, other: &VariableSet) {
        self.first |= other.first;
        if self.rest.len() < other.rest.len() {
            self.rest.resize(other.rest.len(), 0);
        }
        self.rest.iter_mut().zip(&other.rest).for_each(|(bits, more)| *bits |= more);
    }

    /// Whether the two have a variable in common.
    pub fn meets(&self, other: &VariableSet) -> bool {
        self.first & other.first != 0 || self.rest.iter().zip(&other.rest).any(|(bits, more)| bits & more != 0)
    }

    /// The variables of this set that another one has too.
    pub fn shared(&self, other: &VariableSet) -> VariableSet {
        VariableSet { first: self.first & other.first, rest: self.rest.iter().zip(&other.rest).map(|(bits, more)| bits & more).collect() }
    }

    /// Whether every variable of it is in another set.
    pub fn is_within(&self, other: &VariableSet) -> bool {
        let more = |word: usize| other.rest.get(word).copied().unwrap_or(0);
        self.first & !other.first == 0 && self.rest.iter().enumerate().all(|(word, bits)| bits & !more(word) == 0)
    }

    /// Whether it has no variable.
    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.first == 0 && self.rest.iter().all(|bits| *bits == 0)
    }

    /// The variables, in order.
    pub fn iter(&self) -> impl Iterator<Item = VariableId> + '_ {
        std::iter::once(self.first).chain(self.rest.iter().copied()).enumerate().flat_map(|(word, mut bits)| {
            std::iter::from_fn(move || {
                (bits != 0).then(|| {
                    let bit = bits.trailing_zeros();
                    bits &= bits - 1;
                    VariableId(u16::try_from(word * 64 + bit as usize).unwrap_or(u16::MAX))
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_variables_beyond_the_first_word() {
        let mut set = VariableSet::of([VariableId(3), VariableId(70), VariableId(200)]);
        assert!(set.contains(VariableId(70)) && !set.contains(VariableId(71)));
        assert_eq!(set.iter().collect::<Vec<_>>(), [VariableId(3), VariableId(70), VariableId(200)]);
        let other = VariableSet::of([VariableId(200)]);
        assert!(other.is_within(&set) && !set.is_within(&other) && set.meets(&other));
        assert_eq!(set.shared(&other).iter().count(), 1);
        [3, 70, 200].into_iter().for_each(|number| set.remove(VariableId(number)));
        assert!(set.is_empty());
    }
}
