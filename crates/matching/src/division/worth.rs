//! What it is worth to give a candidate a place: priority first, then score, in one integer.
//!
//! The combination is `priority × 2^40 + score`.
//! A division places at most [`MOST_CANDIDATES`] = 2^29 candidates, each with a score of at most
//! 1000, so the scores of two divisions differ by at most 1000 × 2^29 < 2^39.
//! One unit of priority weighs 2^40.
//! So of two divisions the one with the higher sum of priorities always has the higher total,
//! whatever the scores, and only between equal sums of priorities do the scores decide: the order
//! of totals *is* the lexicographic order of (sum of priorities, sum of scores).
//! Because the difference stays below half a unit of priority, every price, which is a difference
//! of two totals, splits back into its two parts without doubt.

use std::ops::{Add, Sub};

/// The highest score of one option.
pub const MOST_SCORE: u16 = 1000;

/// The highest priority of one option; a worth stays below 2^60.
pub const MOST_PRIORITY: u32 = (1 << 20) - 1;

/// The most candidates in one division, so that priorities provably come before scores.
pub const MOST_CANDIDATES: usize = 1 << 29;

/// Bits of the score in a worth.
const SCORE_BITS: u32 = 40;

/// A priority or score out of its range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorthError {
    /// The score is above [`MOST_SCORE`].
    #[error("score {0} is outside 0..={MOST_SCORE}")]
    Score(u64),
    /// The priority is above [`MOST_PRIORITY`].
    #[error("priority {0} is outside 0..={MOST_PRIORITY}")]
    Priority(u64),
}

/// A priority and a score as one ordered integer; also the difference of two of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Worth(i64);

impl Worth {
    /// Worth nothing.
    pub const ZERO: Worth = Worth(0);

    /// A priority (0..=[`MOST_PRIORITY`]) and a score (0..=[`MOST_SCORE`]).
    ///
    /// # Errors
    /// Fails when one of them is out of its range.
    pub fn new(priority: u32, score: u16) -> Result<Worth, WorthError> {
        if priority > MOST_PRIORITY {
            return Err(WorthError::Priority(priority.into()));
        }
        if score > MOST_SCORE {
            return Err(WorthError::Score(score.into()));
        }
        Ok(Worth(
            (i64::from(priority) << SCORE_BITS) + i64::from(score),
        ))
    }

    /// The part in units of priority, and the part in points of score.
    ///
    /// The second is negative where a gain of priority costs score.
    #[must_use]
    pub fn parts(self) -> (i64, i64) {
        let priority = (self.0 + (1 << (SCORE_BITS - 1))) >> SCORE_BITS;
        (priority, self.0 - (priority << SCORE_BITS))
    }

    /// The combined integer.
    #[must_use]
    pub fn combined(self) -> i64 {
        self.0
    }

    pub(super) fn from_combined(combined: i64) -> Worth {
        Worth(combined)
    }
}

impl Add for Worth {
    type Output = Worth;

    fn add(self, other: Worth) -> Worth {
        Worth(self.0 + other.0)
    }
}

impl Sub for Worth {
    type Output = Worth;

    fn sub(self, other: Worth) -> Worth {
        Worth(self.0 - other.0)
    }
}

/// A sum of worths; wide enough for [`MOST_CANDIDATES`] of the highest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Total(i128);

impl Total {
    /// The sum of priorities and the sum of scores.
    #[must_use]
    pub fn parts(self) -> (i64, i64) {
        let priority = (self.0 + (1 << (SCORE_BITS - 1))) >> SCORE_BITS;
        // At most 2^29 candidates of priority below 2^20: 49 bits.
        (priority as i64, (self.0 - (priority << SCORE_BITS)) as i64)
    }

    /// Adds a worth `times` times.
    pub(super) fn add_times(&mut self, worth: Worth, times: u32) {
        self.0 += i128::from(worth.0) * i128::from(times);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranges_are_checked() {
        assert_eq!(Worth::new(0, 1001), Err(WorthError::Score(1001)));
        assert_eq!(
            Worth::new(MOST_PRIORITY + 1, 0),
            Err(WorthError::Priority(1 << 20))
        );
        assert!(Worth::new(MOST_PRIORITY, MOST_SCORE).is_ok_and(|w| w.combined() < 1 << 60));
    }

    #[test]
    fn the_highest_sum_of_scores_weighs_less_than_half_a_priority() {
        assert!(i64::from(MOST_SCORE) * (MOST_CANDIDATES as i64) < 1 << (SCORE_BITS - 1));
    }

    proptest! {
        #[test]
        fn parts_come_back_and_order_is_lexicographic(
            a in (0..=MOST_PRIORITY, 0..=MOST_SCORE),
            b in (0..=MOST_PRIORITY, 0..=MOST_SCORE),
        ) {
            let (x, y) = (Worth::new(a.0, a.1).unwrap(), Worth::new(b.0, b.1).unwrap());
            prop_assert_eq!(x.parts(), (i64::from(a.0), i64::from(a.1)));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
            let (priority, score) = (x - y).parts();
            prop_assert_eq!(priority, i64::from(a.0) - i64::from(b.0));
            prop_assert_eq!(score, i64::from(a.1) - i64::from(b.1));
        }

        #[test]
        fn totals_are_lexicographic(
            a in proptest::collection::vec((0u32..3, 0..=MOST_SCORE), 0..40),
            b in proptest::collection::vec((0u32..3, 0..=MOST_SCORE), 0..40),
        ) {
            let sum = |all: &[(u32, u16)]| {
                let mut total = Total::default();
                for &(p, s) in all {
                    total.add_times(Worth::new(p, s).unwrap(), 1);
                }
                let parts: (i64, i64) = (
                    all.iter().map(|x| i64::from(x.0)).sum(),
                    all.iter().map(|x| i64::from(x.1)).sum(),
                );
                (total, parts)
            };
            let ((x, x_parts), (y, y_parts)) = (sum(&a), sum(&b));
            prop_assert_eq!(x.parts(), x_parts);
            prop_assert_eq!(x.cmp(&y), x_parts.cmp(&y_parts));
        }
    }
}
