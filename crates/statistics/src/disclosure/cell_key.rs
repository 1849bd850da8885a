//! Cell-key rounding: counts that users may filter as they like.
//!
//! Every record carries a fixed secret number. The sum of the numbers of the records in a cell,
//! modulo 1, decides whether its count is rounded up or down, with the probability that keeps the
//! expectation (after Fraser and Wooton 2005 and the cell-key method of the Australian Bureau of
//! Statistics). The same set of records always gives the same figure, however it was filtered,
//! so asking twice teaches nothing; suppression would, because filters can be subtracted.
//!
//! Totals are rounded on their own and do not equal the sum of rounded parts; a page must say so.

/// The secret number of a record, a fraction of 2^64. Adding modulo 2^64 is exact and does not
/// depend on the order of the records, which floating-point fractions would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordKey(u64);

impl RecordKey {
    /// A key from 64 secret uniform bits that never change for the record.
    #[must_use]
    pub fn from_secret_bits(bits: u64) -> Self {
        Self(bits)
    }
}

/// Count and key of a cell, collected record by record or cell by cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellKey {
    count: u64,
    key: u64,
}

impl CellKey {
    /// An empty cell.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// Adds one record.
    pub fn add(&mut self, record: RecordKey) {
        self.count += 1;
        self.key = self.key.wrapping_add(record.0);
    }

    /// The cell that holds the records of both; they must not share any.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            key: self.key.wrapping_add(other.key),
        }
    }

    /// The count before rounding. Not for publication.
    #[must_use]
    pub fn exact(&self) -> u64 {
        self.count
    }

    /// The published count: with `n = b·q + r`, `b·(q + 1)` if the key is below `r/b`, else
    /// `b·q`. A multiple of `base` stays as it is, so an empty cell stays 0. A base of 0 or 1
    /// rounds nothing.
    #[must_use]
    pub fn rounded(&self, base: u64) -> u64 {
        if base < 2 {
            return self.count;
        }
        let (quotient, rest) = (self.count / base, self.count % base);
        // key/2^64 < rest/base without leaving whole numbers.
        let up = u128::from(self.key) * u128::from(base) < u128::from(rest) << 64;
        base * (quotient + u64::from(up))
    }
}

impl CellKey {
    /// The published whole number for an amount that is no count, such as the size of a group
    /// times a share read from a curve: rounded as [`Self::rounded`] does, by the key of the group.
    ///
    /// It never falls when the amount rises, so a curve that rises still does. Amounts below 0
    /// count as 0; a base of 0 or 1 rounds to the nearest whole number.
    #[must_use]
    pub fn rounded_amount(&self, amount: f64, base: u64) -> u64 {
        let amount = amount.max(0.0);
        if base < 2 {
            return amount.round() as u64;
        }
        let width = base as f64;
        let quotient = (amount / width).floor();
        let up = self.fraction() < (amount - quotient * width) / width;
        base * (quotient as u64 + u64::from(up))
    }

    /// The key as a fraction in `[0, 1)`: where in its range the noise of the group's figures lies.
    #[must_use]
    pub fn fraction(&self) -> f64 {
        // 53 bits, so that the largest key stays below 1.
        (self.key >> 11) as f64 / (1_u64 << 53) as f64
    }
}

impl FromIterator<RecordKey> for CellKey {
    fn from_iter<I: IntoIterator<Item = RecordKey>>(records: I) -> Self {
        let mut cell = Self::empty();
        for record in records {
            cell.add(record);
        }
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Generator, Seed};

    #[test]
    fn order_and_grouping_of_records_do_not_matter() {
        let mut generator = Generator::new(Seed(5));
        let keys: Vec<RecordKey> = (0..23)
            .map(|_| RecordKey::from_secret_bits(generator.next_bits()))
            .collect();
        let whole: CellKey = keys.iter().copied().collect();
        let turned: CellKey = keys.iter().rev().copied().collect();
        let parts = keys[..9]
            .iter()
            .copied()
            .collect::<CellKey>()
            .union(keys[9..].iter().copied().collect());
        assert_eq!(whole, turned);
        assert_eq!(whole, parts);
    }

    #[test]
    fn multiples_and_empty_cells_stay() {
        for bits in [0, 1, u64::MAX / 2, u64::MAX] {
            let cell = CellKey {
                count: 10,
                key: bits,
            };
            assert_eq!(cell.rounded(5), 10);
            assert_eq!(
                CellKey {
                    count: 0,
                    key: bits
                }
                .rounded(5),
                0
            );
            assert_eq!(
                CellKey {
                    count: 7,
                    key: bits
                }
                .rounded(1),
                7
            );
        }
        assert_eq!(CellKey { count: 7, key: 0 }.rounded(5), 10);
        assert_eq!(
            CellKey {
                count: 7,
                key: u64::MAX
            }
            .rounded(5),
            5
        );
    }

    #[test]
    fn amounts_are_rounded_as_counts_and_never_fall() {
        let mut generator = Generator::new(Seed(7));
        for count in 0..40_u64 {
            let cell: CellKey = (0..count)
                .map(|_| RecordKey::from_secret_bits(generator.next_bits()))
                .collect();
            assert_eq!(cell.rounded_amount(count as f64, 5), cell.rounded(5));
            let mut before = 0;
            for tenths in 0..400 {
                let rounded = cell.rounded_amount(f64::from(tenths) / 10.0, 5);
                assert!(rounded >= before && rounded.is_multiple_of(5));
                assert!((rounded as f64 - f64::from(tenths) / 10.0).abs() < 5.0);
                before = rounded;
            }
        }
    }

    #[test]
    fn the_expectation_over_keys_is_the_count() {
        let mut generator = Generator::new(Seed(99));
        for count in 0..12_u64 {
            let draws = 40_000;
            let mut sum = 0.0;
            for _ in 0..draws {
                let cell: CellKey = (0..count)
                    .map(|_| RecordKey::from_secret_bits(generator.next_bits()))
                    .collect();
                let rounded = cell.rounded(5);
                assert_eq!(rounded % 5, 0);
                assert!(rounded.abs_diff(count) < 5);
                sum += rounded as f64;
            }
            // Standard deviation at most 2.5, so 4 standard errors are 0.05.
            assert!(
                (sum / f64::from(draws) - count as f64).abs() < 0.05,
                "{count}"
            );
        }
    }
}
