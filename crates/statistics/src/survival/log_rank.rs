//! Log-rank tests of equal hazards between groups, with strata and weights.
//!
//! `U_g = Σ w (d_g − n_g d/n)` with the hypergeometric covariance
//! `Σ w² d(n−d)/(n−1) · (n_g/n)(δ_gh − n_h/n)` (Mantel 1966; weights of Harrington and
//! Fleming 1982: `w = S(t−)^ρ`, with `S` the pooled Kaplan–Meier curve of the stratum).

use nalgebra::{DMatrix, DVector};

use super::observations::check_length;
use super::risk_walk::{Counts, RiskWalk};
use super::{Observations, SurvivalError};
use crate::interval::ChiSquareTest;
use crate::linear_algebra;

/// Observed and expected events of one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupEvents {
    /// Units in the group.
    pub units: u64,
    /// Weighted events observed.
    pub observed: f64,
    /// Weighted events expected if the hazards were equal.
    pub expected: f64,
}

/// Outcome of a log-rank test.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRank {
    /// Per group, in the order of the group numbers.
    pub groups: Vec<GroupEvents>,
    /// Test with one degree of freedom fewer than there are groups ever at risk with others.
    pub test: ChiSquareTest,
}

/// Weighted, stratified log-rank test.
///
/// `group` and `stratum` number the group and stratum of each unit from 0; without strata pass
/// `None`. `rho` is the exponent of the weight: 0 for the log-rank test, 1 for more weight on
/// early differences. A group of one is allowed.
///
/// # Errors
/// [`SurvivalError::LengthMismatch`], [`SurvivalError::FewerThanTwoGroups`],
/// [`SurvivalError::AllCensored`]; [`SurvivalError::GroupsNeverMeet`] if no event time has two
/// groups at risk.
pub fn log_rank(
    observations: &Observations,
    group: &[usize],
    stratum: Option<&[usize]>,
    rho: f64,
) -> Result<LogRank, SurvivalError> {
    check_length("group", group.len(), observations.len())?;
    if let Some(stratum) = stratum {
        check_length("stratum", stratum.len(), observations.len())?;
    }
    let groups = group.iter().max().map_or(0, |largest| largest + 1);
    let strata = stratum
        .and_then(|stratum| stratum.iter().max())
        .map_or(1, |largest| largest + 1);
    if groups < 2 {
        return Err(SurvivalError::FewerThanTwoGroups);
    }
    if observations.events() == 0 {
        return Err(SurvivalError::AllCensored);
    }
    let mut sums = Sums {
        observed: DVector::zeros(groups),
        expected: DVector::zeros(groups),
        covariance: DMatrix::zeros(groups, groups),
    };
    for index in 0..strata {
        let mut walks: Vec<Option<RiskWalk>> = (0..groups)
            .map(|g| {
                let member = |unit: usize| {
                    group[unit] == g && stratum.is_none_or(|stratum| stratum[unit] == index)
                };
                observations.filtered(member).as_ref().map(RiskWalk::new)
            })
            .collect();
        sums.add_stratum(&mut walks, rho);
    }
    let test = sums.test()?;
    let groups = (0..groups)
        .map(|g| GroupEvents {
            units: group.iter().filter(|number| **number == g).count() as u64,
            observed: sums.observed[g],
            expected: sums.expected[g],
        })
        .collect();
    Ok(LogRank { groups, test })
}

struct Sums {
    observed: DVector<f64>,
    expected: DVector<f64>,
    covariance: DMatrix<f64>,
}

impl Sums {
    fn add_stratum(&mut self, walks: &mut [Option<RiskWalk>], rho: f64) {
        let mut survival: f64 = 1.0;
        loop {
            let times = walks
                .iter_mut()
                .flatten()
                .filter_map(RiskWalk::next_event_time);
            let Some(time) = times.min_by(f64::total_cmp) else {
                break;
            };
            let counts: Vec<Counts> = walks
                .iter_mut()
                .map(|walk| {
                    walk.as_mut()
                        .map_or_else(Counts::default, |walk| walk.advance(time))
                })
                .collect();
            let n: f64 = counts.iter().map(|count| count.at_risk as f64).sum();
            let d: f64 = counts.iter().map(|count| count.events as f64).sum();
            let weight = if rho == 0.0 { 1.0 } else { survival.powf(rho) };
            survival *= (n - d) / n;
            self.add_time(&counts, n, d, weight);
        }
    }

    fn add_time(&mut self, counts: &[Counts], n: f64, d: f64, weight: f64) {
        let spread = if n > 1.0 {
            weight * weight * d * (n - d) / (n - 1.0)
        } else {
            0.0
        };
        for (g, count) in counts.iter().enumerate() {
            let share = count.at_risk as f64 / n;
            self.observed[g] += weight * count.events as f64;
            self.expected[g] += weight * d * share;
            for (h, other) in counts.iter().enumerate() {
                let same = f64::from(u8::from(g == h));
                self.covariance[(g, h)] += spread * share * (same - other.at_risk as f64 / n);
            }
        }
    }

    /// Groups without any variance were never at risk together with another; they are left out.
    fn test(&self) -> Result<ChiSquareTest, SurvivalError> {
        let met: Vec<usize> = (0..self.observed.len())
            .filter(|g| self.covariance[(*g, *g)] > 1e-12)
            .collect();
        let Some((_, kept)) = met.split_last() else {
            return Err(SurvivalError::GroupsNeverMeet);
        };
        if kept.is_empty() {
            return Err(SurvivalError::GroupsNeverMeet);
        }
        let score = DVector::from_iterator(
            kept.len(),
            kept.iter().map(|g| self.observed[*g] - self.expected[*g]),
        );
        let covariance = DMatrix::from_fn(kept.len(), kept.len(), |i, j| {
            self.covariance[(kept[i], kept[j])]
        });
        let statistic = linear_algebra::quadratic_form(&covariance, &score)
            .ok_or(SurvivalError::GroupsNeverMeet)?;
        Ok(ChiSquareTest::new(statistic, kept.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degenerate_comparisons_name_their_reason() {
        let observe = |times: &[f64], events: &[bool]| {
            Observations::right_censored(times.to_vec(), events.to_vec()).unwrap()
        };
        let two = observe(&[1.0, 2.0], &[true, true]);
        assert_eq!(
            log_rank(&two, &[0, 0], None, 0.0),
            Err(SurvivalError::FewerThanTwoGroups)
        );
        assert!(matches!(
            log_rank(&two, &[0], None, 0.0),
            Err(SurvivalError::LengthMismatch { what: "group", .. })
        ));
        let censored = observe(&[1.0, 2.0], &[false, false]);
        assert_eq!(
            log_rank(&censored, &[0, 1], None, 0.0),
            Err(SurvivalError::AllCensored)
        );
        // Group 0 is gone before the first event of group 1.
        let apart = observe(&[1.0, 2.0, 3.0], &[false, true, true]);
        assert_eq!(
            log_rank(&apart, &[0, 1, 1], None, 0.0),
            Err(SurvivalError::GroupsNeverMeet)
        );
        // Groups of one are compared like any other.
        assert_eq!(
            log_rank(&two, &[0, 1], None, 0.0)
                .unwrap()
                .test
                .degrees_of_freedom,
            1
        );
    }

    #[test]
    fn swapping_group_numbers_changes_nothing() {
        let observations = Observations::right_censored(
            vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
            vec![true, true, false, true, true, true],
        )
        .unwrap();
        let one = log_rank(&observations, &[0, 1, 0, 1, 0, 1], None, 0.0).unwrap();
        let other = log_rank(&observations, &[1, 0, 1, 0, 1, 0], None, 0.0).unwrap();
        assert!((one.test.statistic - other.test.statistic).abs() < 1e-12);
    }
}
