//! Test of the exposure of a group against random order within each list.
//!
//! Per list the sum `T` of the attention of the marked units has, under random order, mean
//! `m·v̄` and variance `m(n−m)/(n(n−1))·Σ(v−v̄)²` (sampling without replacement). Summing over
//! lists controls for who was on which list. No random numbers are used: small sets of lists are
//! enumerated completely, large ones use the normal limit.

use super::{RankedList, RankingError};
use crate::special;

/// Largest number of orders that are enumerated.
const ENUMERATION_LIMIT: u128 = 200_000;
/// Sums closer than this are the same sum in another order of addition.
const SAME_SUM: f64 = 1e-12;

/// Outcome of the exposure test over one or more lists.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExposureTest {
    /// Sum of the attention of the marked units.
    pub observed: f64,
    /// Its mean under random order.
    pub expected: f64,
    /// Its variance under random order.
    pub variance: f64,
    /// `(observed − expected)/√variance`; negative if the marked units are ranked lower.
    pub z: f64,
    /// Probability of a sum at most as large; exact if `is_exact`.
    pub lower_p: f64,
    /// Probability of a sum at least as large.
    pub upper_p: f64,
    /// Twice the smaller of both, at most 1.
    pub two_sided_p: f64,
    /// Whether the p-values enumerate all orders.
    pub is_exact: bool,
}

/// Tests the exposure of the marked units over all lists together.
///
/// Lists in which all units are marked, or none, say nothing and are left out.
///
/// # Errors
/// [`RankingError::NothingToCompare`] if no list is left or all places count the same.
pub fn exposure_test(lists: &[RankedList]) -> Result<ExposureTest, RankingError> {
    let mut expected = 0.0;
    let mut excess = 0.0;
    let mut variance = 0.0;
    let mut used = Vec::new();
    for list in lists {
        let (n, m) = (list.len(), list.marked_units());
        if m == 0 || m == n {
            continue;
        }
        let attentions = list.attentions();
        let mean = attentions.iter().sum::<f64>() / n as f64;
        expected += m as f64 * mean;
        // Whole-number factors n − m and −m make the sum flip its sign exactly when the marks
        // are exchanged.
        excess += attentions
            .iter()
            .zip(&list.marked)
            .map(|(v, marked)| v * if *marked { (n - m) as f64 } else { -(m as f64) })
            .sum::<f64>()
            / n as f64;
        let spread: f64 = attentions.iter().map(|v| (v - mean).powi(2)).sum();
        variance += (m * (n - m)) as f64 / (n * (n - 1)) as f64 * spread;
        used.push((attentions, m));
    }
    if variance <= SAME_SUM {
        return Err(RankingError::NothingToCompare);
    }
    let z = excess / f64::sqrt(variance);
    let sums = enumerate(&used);
    let is_exact = sums.is_some();
    let (lower_p, upper_p) = match sums {
        Some(sums) => {
            let observed = expected + excess;
            let share = |keep: &dyn Fn(f64) -> bool| {
                sums.iter().filter(|sum| keep(**sum)).count() as f64 / sums.len() as f64
            };
            (
                share(&|sum| sum <= observed + SAME_SUM),
                share(&|sum| sum >= observed - SAME_SUM),
            )
        }
        None => (special::normal_cdf(z), special::normal_upper_tail(z)),
    };
    Ok(ExposureTest {
        observed: expected + excess,
        expected,
        variance,
        z,
        lower_p,
        upper_p,
        two_sided_p: (2.0 * lower_p.min(upper_p)).min(1.0),
        is_exact,
    })
}

/// All sums that the lists can have together, or `None` if there are too many.
fn enumerate(lists: &[(Vec<f64>, usize)]) -> Option<Vec<f64>> {
    let mut orders: u128 = 1;
    for (attentions, m) in lists {
        for i in 0..*m as u128 {
            orders = orders.checked_mul(attentions.len() as u128 - i)? / (i + 1);
            if orders > ENUMERATION_LIMIT * 1000 {
                return None;
            }
        }
    }
    if orders > ENUMERATION_LIMIT {
        return None;
    }
    let mut sums = vec![0.0];
    for (attentions, m) in lists {
        let mut own = Vec::new();
        subset_sums(attentions, *m, 0.0, &mut own);
        sums = sums
            .iter()
            .flat_map(|sum| own.iter().map(move |add| sum + add))
            .collect();
    }
    Some(sums)
}

fn subset_sums(values: &[f64], choose: usize, sum: f64, into: &mut Vec<f64>) {
    if choose == 0 {
        into.push(sum);
        return;
    }
    for (index, value) in values.iter().enumerate() {
        if values.len() - index >= choose {
            subset_sums(&values[index + 1..], choose - 1, sum + value, into);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exchanging_the_groups_flips_z_exactly() {
        let marks = [false, false, true, false, true, true, false];
        let list = RankedList::in_order(marks.to_vec()).unwrap();
        let swapped = RankedList::in_order(marks.iter().map(|m| !m).collect()).unwrap();
        let (a, b) = (
            exposure_test(&[list]).unwrap(),
            exposure_test(&[swapped]).unwrap(),
        );
        assert_eq!(a.z, -b.z);
        assert_eq!(a.variance, b.variance);
    }

    #[test]
    fn large_lists_use_the_normal_limit_and_agree_with_it() {
        let marks = |n: usize| (0..n).map(|i| i % 3 == 0).collect::<Vec<_>>();
        let exact = exposure_test(&[RankedList::in_order(marks(15)).unwrap()]).unwrap();
        assert!(exact.is_exact);
        let large = exposure_test(&[RankedList::in_order(marks(60)).unwrap()]).unwrap();
        assert!(!large.is_exact);
        assert!((large.lower_p - special::normal_cdf(large.z)).abs() < 1e-15);
        assert!((exact.lower_p - special::normal_cdf(exact.z)).abs() < 0.1);
    }

    #[test]
    fn lists_of_one_group_say_nothing() {
        let one = RankedList::in_order(vec![true, true]).unwrap();
        assert_eq!(exposure_test(&[one]), Err(RankingError::NothingToCompare));
        assert_eq!(exposure_test(&[]), Err(RankingError::NothingToCompare));
    }
}
