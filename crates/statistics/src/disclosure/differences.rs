//! Differences between figures whose units are known: which pairs give away a small count.
//!
//! The office that publishes knows the units behind every figure; it can see exactly which figures
//! contain others, also where a reader could only suspect it. If one contains the other, the
//! published values must not differ by more than nothing and less than the minimum count.

/// A set of units, numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitSet {
    words: Vec<u64>,
    size: u64,
}

impl UnitSet {
    /// Adds a unit.
    pub fn add(&mut self, unit: usize) {
        let (word, bit) = (unit / 64, 1_u64 << (unit % 64));
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        if self.words[word] & bit == 0 {
            self.words[word] |= bit;
            self.size += 1;
        }
    }

    /// Adds all units of another set.
    pub fn join(&mut self, other: &UnitSet) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
        self.size = self
            .words
            .iter()
            .map(|word| u64::from(word.count_ones()))
            .sum();
    }

    /// Number of units.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether all units of this set are in the other.
    #[must_use]
    pub fn is_within(&self, other: &UnitSet) -> bool {
        self.size <= other.size
            && self
                .words
                .iter()
                .enumerate()
                .all(|(at, word)| word & !other.words.get(at).copied().unwrap_or(0) == 0)
    }
}

impl FromIterator<usize> for UnitSet {
    fn from_iter<I: IntoIterator<Item = usize>>(units: I) -> Self {
        let mut set = UnitSet::default();
        for unit in units {
            set.add(unit);
        }
        set
    }
}

/// The small count that two published values give away, if they do: the units of one lie within
/// those of the other, and the values differ by 1 to `minimum_count − 1`.
///
/// The *published* values are compared, so that a figure that was revised between two releases is
/// caught as well.
#[must_use]
pub fn small_difference(
    first: (&UnitSet, u64),
    second: (&UnitSet, u64),
    minimum_count: u64,
) -> Option<u64> {
    let difference = first.1.abs_diff(second.1);
    if difference == 0 || difference >= minimum_count {
        return None;
    }
    (first.0.is_within(second.0) || second.0.is_within(first.0)).then_some(difference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_contained_sets_with_a_small_difference_are_told() {
        let set = |units: std::ops::Range<usize>| units.collect::<UnitSet>();
        let (all, most, half, other) = (set(0..100), set(0..96), set(0..50), set(60..160));
        assert_eq!(all.size(), 100);
        assert_eq!(small_difference((&all, 100), (&most, 96), 10), Some(4));
        assert_eq!(small_difference((&most, 96), (&all, 100), 10), Some(4));
        assert_eq!(small_difference((&all, 100), (&half, 50), 10), None);
        assert_eq!(small_difference((&all, 100), (&other, 95), 10), None);
        // The same units, published with another number: a revision of three.
        assert_eq!(small_difference((&all, 100), (&all, 97), 10), Some(3));
        assert_eq!(small_difference((&all, 100), (&all, 100), 10), None);
    }
}
