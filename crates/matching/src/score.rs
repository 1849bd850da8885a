//! The integers of a score: weights that sum to 1000, credits in sixteenths, leaves.

use crate::features::FeatureError;

/// The highest score, and the sum of the weights of every vacancy.
pub const FULL_SCORE: u16 = 1000;

/// The credit of an exact skill, in sixteenths.
pub const FULL_CREDIT: u16 = 16;

/// What a demand of this weight (0..=1000) gives at this credit (0..=16), rounded down.
///
/// Every path of the engine, fast or slow, computes a leaf by this function.
#[must_use]
#[inline]
pub fn leaf(weight: u16, credit: u16) -> u16 {
    (weight * credit) >> 4
}

/// Splits 1000 in proportion to `parts` by largest remainder; ties go to the earlier part.
///
/// The parts must not all be zero; if they are, every share is zero.
#[must_use]
pub fn shares(parts: &[u64]) -> Vec<u16> {
    split(u64::from(FULL_SCORE), parts)
}

/// Splits `whole` (at most 1000) in proportion to `parts` by largest remainder.
#[must_use]
pub(crate) fn split(whole: u64, parts: &[u64]) -> Vec<u16> {
    let sum: u64 = parts.iter().sum();
    if sum == 0 {
        return vec![0; parts.len()];
    }
    let mut shares: Vec<u16> = parts.iter().map(|p| (p * whole / sum) as u16).collect();
    let given: u64 = shares.iter().copied().map(u64::from).sum();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    // The sort is stable, so equal remainders keep the order of the parts.
    order.sort_by_key(|&at| std::cmp::Reverse(parts[at] * whole % sum));
    for &at in order.iter().take((whole - given) as usize) {
        shares[at] += 1;
    }
    shares
}

/// Checks that given weights fit the demands and sum to 1000.
pub(crate) fn check_weights(weights: &[u16], demands: usize) -> Result<(), FeatureError> {
    if weights.len() != demands {
        return Err(FeatureError::WeightsDoNotFit {
            weights: weights.len(),
            demands,
        });
    }
    let sum: u32 = weights.iter().copied().map(u32::from).sum();
    if sum != u32::from(FULL_SCORE) {
        return Err(FeatureError::WeightsDoNotSum { sum });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn largest_remainders_get_the_rest_and_ties_go_first() {
        assert_eq!(shares(&[1, 1, 1]), [334, 333, 333]);
        assert_eq!(shares(&[2, 1]), [667, 333]);
        assert_eq!(shares(&[0, 0]), [0, 0]);
    }

    proptest! {
        #[test]
        fn shares_sum_to_a_thousand(parts in proptest::collection::vec(0u64..10_000_000, 1..250)) {
            prop_assume!(parts.iter().any(|p| *p > 0));
            let sum: u32 = shares(&parts).into_iter().map(u32::from).sum();
            prop_assert_eq!(sum, 1000);
        }

        #[test]
        fn a_leaf_never_exceeds_its_weight(weight in 0u16..=1000, credit in 0u16..=16) {
            prop_assert!(leaf(weight, credit) <= weight);
            prop_assert_eq!(leaf(weight, FULL_CREDIT), weight);
        }
    }
}
