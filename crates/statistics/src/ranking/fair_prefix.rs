//! Minimum numbers of marked units in every prefix of a list (FA*IR, Zehlike et al. 2017).
//!
//! A list of length `k` passes if every prefix of length `i` has at least `m(i)` marked units,
//! where `m(i)` is the smallest count whose binomial distribution function exceeds `α`.
//! Testing all prefixes at once fails a fair list more often than `α`; the exact probability is
//! computed here over all ranks including the last. The reference implementation of the authors
//! leaves out the last rank and publishes 0.115175 where the value is 0.146887 (k 20, p 0.25,
//! α 0.1).

use super::{RankedList, RankingError};
use crate::special;

/// Required numbers of marked units per prefix.
#[derive(Debug, Clone, PartialEq)]
pub struct FairPrefix {
    minimum: Vec<usize>,
    target: f64,
}

impl FairPrefix {
    /// Requirements for lists of length `k`, a fair share `target` and level `alpha`.
    ///
    /// # Errors
    /// [`RankingError::Empty`], [`RankingError::NotAProbability`].
    pub fn new(k: usize, target: f64, alpha: f64) -> Result<Self, RankingError> {
        if k == 0 {
            return Err(RankingError::Empty);
        }
        for probability in [target, alpha] {
            if !(probability > 0.0 && probability < 1.0) {
                return Err(RankingError::NotAProbability(probability));
            }
        }
        let mut minimum = Vec::with_capacity(k);
        let mut required: usize = 0;
        for length in 1..=k as u64 {
            // The requirement never falls with the length, so the search continues where it was.
            while special::binomial_cdf(required as u64, length, target) <= alpha {
                required += 1;
            }
            minimum.push(required);
        }
        Ok(Self { minimum, target })
    }

    /// Required number in the first `i + 1` places, for each `i`.
    #[must_use]
    pub fn minimum(&self) -> &[usize] {
        &self.minimum
    }

    /// Exact probability that a list drawn with the target share fails somewhere, including at
    /// the last rank: a dynamic programme over the count of marked units.
    #[must_use]
    pub fn fail_probability(&self) -> f64 {
        let mut alive = vec![1.0];
        for required in &self.minimum {
            let mut next = vec![0.0; alive.len() + 1];
            for (count, probability) in alive.iter().enumerate() {
                next[count] += probability * (1.0 - self.target);
                next[count + 1] += probability * self.target;
            }
            for failed in next.iter_mut().take(*required) {
                *failed = 0.0;
            }
            alive = next;
        }
        1.0 - alive.iter().sum::<f64>()
    }

    /// First place (from 1) at which a list has too few marked units; `None` if it passes.
    ///
    /// Within ties only the end of the tie is tested, so the printed order cannot matter. Lists
    /// longer than the requirements are tested up to their length.
    #[must_use]
    pub fn first_failure(&self, list: &RankedList) -> Option<usize> {
        let counts = list.prefix_counts();
        let mut end = 0;
        list.ties.iter().find_map(|tie| {
            end += tie;
            let required = *self.minimum.get(end - 1)?;
            (counts[end - 1] + 1e-9 < required as f64).then_some(end)
        })
    }
}

/// Largest level not above `alpha` at which a fair list of length `k` fails with probability at
/// most `alpha`, by bisection over the steps of the requirement table.
///
/// # Errors
/// As [`FairPrefix::new`].
pub fn adjusted_level(k: usize, target: f64, alpha: f64) -> Result<f64, RankingError> {
    if FairPrefix::new(k, target, alpha)?.fail_probability() <= alpha {
        return Ok(alpha);
    }
    let (mut low, mut high) = (0.0, alpha);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if middle <= 0.0 {
            break;
        }
        if FairPrefix::new(k, target, middle)?.fail_probability() <= alpha {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_failure_is_the_first_short_prefix() {
        let rule = FairPrefix::new(10, 0.5, 0.1).unwrap();
        assert_eq!(rule.minimum(), [0, 0, 0, 1, 1, 1, 2, 2, 3, 3]);
        let mut marks = vec![false; 10];
        marks[3] = true;
        let list = RankedList::in_order(marks).unwrap();
        assert_eq!(rule.first_failure(&list), Some(7));
        let fair = RankedList::in_order((0..10).map(|i| i % 2 == 0).collect()).unwrap();
        assert_eq!(rule.first_failure(&fair), None);
        let tied = RankedList::from_scores(&[1.0; 10], &[true; 10]).unwrap();
        assert_eq!(rule.first_failure(&tied), None);
    }

    #[test]
    fn adjusted_level_keeps_the_promise() {
        for (k, target, alpha) in [(20, 0.25, 0.1), (40, 0.3, 0.05), (10, 0.5, 0.1)] {
            let level = adjusted_level(k, target, alpha).unwrap();
            let rule = FairPrefix::new(k, target, level).unwrap();
            assert!(rule.fail_probability() <= alpha && level <= alpha && level > 0.0);
        }
        assert!(FairPrefix::new(0, 0.5, 0.1).is_err());
        assert!(FairPrefix::new(5, 0.0, 0.1).is_err());
        assert!(FairPrefix::new(5, 0.5, f64::NAN).is_err());
    }
}
