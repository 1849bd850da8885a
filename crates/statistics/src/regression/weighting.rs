//! Comparing a treated and an untreated group after weighting with a propensity model.
//!
//! Weights of the untreated `p/(1−p)` make them look like the treated (effect on the treated);
//! weights `1/p` and `1/(1−p)` make both look like everybody. The balance table, the overlap and
//! the effective sample size tell whether that worked; they belong with every such figure.
//! Source: Rosenbaum and Rubin 1983; Austin and Stuart 2015.

use super::logistic;
use super::{Design, RegressionError};
use crate::interval::Interval;

/// Which group the weighted comparison speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The treated: weights 1 and `p/(1−p)`.
    Treated,
    /// Everybody: weights `1/p` and `1/(1−p)`.
    Everybody,
}

/// A weighted comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Propensity of each unit.
    pub propensities: Vec<f64>,
    /// Weight of each unit.
    pub weights: Vec<f64>,
    /// Difference of means, treated minus untreated, before weighting.
    pub raw_difference: f64,
    /// Difference of weighted means.
    pub weighted_difference: f64,
    /// Its standard error, the weights taken as given: `√Σ_groups Σ(w(y − ȳ))²/(Σw)²`.
    pub standard_error: f64,
    /// Effective sample size of the treated, `(Σw)²/Σw²`.
    pub effective_treated: f64,
    /// Effective sample size of the untreated.
    pub effective_untreated: f64,
    /// Balance of each covariate, in the order of the columns given.
    pub balance: Vec<Balance>,
    /// Range of propensities that occurs in both groups; `None` if the ranges do not meet.
    pub overlap: Option<Interval>,
}

/// Standardised difference of one covariate between the groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// Before weighting; `None` if the covariate does not vary in the reference group.
    pub before: Option<f64>,
    /// After weighting.
    pub after: Option<f64>,
}

impl Balance {
    /// Customary limit of the absolute standardised difference.
    pub const LIMIT: f64 = 0.1;

    /// Whether the weighted difference is known and within [`Self::LIMIT`].
    #[must_use]
    pub fn is_acceptable(&self) -> bool {
        self.after
            .is_some_and(|difference| difference.abs() < Self::LIMIT)
    }
}

/// Fits the propensity model (with an intercept) and compares the outcome.
///
/// `covariates` must not contain an intercept. Standardised differences divide by the standard
/// deviation (n − 1) of the treated for [`Target::Treated`], and by the root of the mean of both
/// variances for [`Target::Everybody`], always from the unweighted data.
///
/// # Errors
/// As [`logistic::fit`]; [`RegressionError::EmptyGroup`], [`RegressionError::NoOverlap`],
/// [`RegressionError::NotFinite`].
pub fn compare(
    covariates: &Design,
    treated: &[bool],
    outcome: &[f64],
    target: Target,
) -> Result<Comparison, RegressionError> {
    if outcome.len() != covariates.rows() {
        return Err(RegressionError::LengthMismatch {
            found: outcome.len(),
            expected: covariates.rows(),
        });
    }
    if let Some(unit) = outcome.iter().position(|value| !value.is_finite()) {
        return Err(RegressionError::NotFinite(unit));
    }
    let model = logistic::fit(&covariates.clone().with_intercept(), treated).map_err(one_group)?;
    let weights = weights(&model.probabilities, treated, target)?;
    let even = vec![1.0; weights.len()];
    let difference = |values: &[f64], weights: &[f64]| {
        group_mean(values, weights, treated, true) - group_mean(values, weights, treated, false)
    };
    let balance = (0..covariates.columns())
        .map(|column| {
            let values = covariates.column(column);
            let scale = reference_deviation(&values, treated, target);
            let standardised =
                |weights: &[f64]| scale.map(|scale| difference(&values, weights) / scale);
            Balance {
                before: standardised(&even),
                after: standardised(&weights),
            }
        })
        .collect();
    Ok(Comparison {
        raw_difference: difference(outcome, &even),
        weighted_difference: difference(outcome, &weights),
        standard_error: [true, false]
            .map(|group| mean_variance(outcome, &weights, treated, group))
            .iter()
            .sum::<f64>()
            .sqrt(),
        effective_treated: effective_size(&weights, treated, true),
        effective_untreated: effective_size(&weights, treated, false),
        balance,
        overlap: overlap(&model.probabilities, treated),
        propensities: model.probabilities,
        weights,
    })
}

fn one_group(error: RegressionError) -> RegressionError {
    match error {
        RegressionError::OneOutcome => RegressionError::EmptyGroup,
        other => other,
    }
}

fn weights(
    propensities: &[f64],
    treated: &[bool],
    target: Target,
) -> Result<Vec<f64>, RegressionError> {
    let weight = |(unit, (p, is_treated)): (usize, (&f64, &bool))| {
        let weight = match (target, is_treated) {
            (Target::Treated, true) => 1.0,
            (Target::Treated, false) => p / (1.0 - p),
            (Target::Everybody, true) => 1.0 / p,
            (Target::Everybody, false) => 1.0 / (1.0 - p),
        };
        if weight.is_finite() {
            Ok(weight)
        } else {
            Err(RegressionError::NoOverlap(unit))
        }
    };
    propensities
        .iter()
        .zip(treated)
        .enumerate()
        .map(weight)
        .collect()
}

fn of_group<'a>(
    weights: &'a [f64],
    treated: &'a [bool],
    group: bool,
) -> impl Iterator<Item = (usize, f64)> + 'a {
    let member = move |(unit, _): &(usize, &f64)| treated[*unit] == group;
    weights
        .iter()
        .enumerate()
        .filter(member)
        .map(|(unit, weight)| (unit, *weight))
}

fn group_mean(values: &[f64], weights: &[f64], treated: &[bool], group: bool) -> f64 {
    let total: f64 = of_group(weights, treated, group)
        .map(|(_, weight)| weight)
        .sum();
    of_group(weights, treated, group)
        .map(|(unit, weight)| weight * values[unit])
        .sum::<f64>()
        / total
}

/// Variance of a weighted mean, the weights taken as given.
fn mean_variance(values: &[f64], weights: &[f64], treated: &[bool], group: bool) -> f64 {
    let mean = group_mean(values, weights, treated, group);
    let total: f64 = of_group(weights, treated, group)
        .map(|(_, weight)| weight)
        .sum();
    of_group(weights, treated, group)
        .map(|(unit, weight)| (weight * (values[unit] - mean)).powi(2))
        .sum::<f64>()
        / (total * total)
}

/// Kish's effective sample size, `(Σw)²/Σw²`.
fn effective_size(weights: &[f64], treated: &[bool], group: bool) -> f64 {
    let sum: f64 = of_group(weights, treated, group)
        .map(|(_, weight)| weight)
        .sum();
    let squares: f64 = of_group(weights, treated, group).map(|(_, w)| w * w).sum();
    sum * sum / squares
}

fn reference_deviation(values: &[f64], treated: &[bool], target: Target) -> Option<f64> {
    let variance = |group: bool| {
        let members: Vec<f64> = (0..values.len())
            .filter(|unit| treated[*unit] == group)
            .map(|u| values[u])
            .collect();
        let n = members.len() as f64;
        let mean = members.iter().sum::<f64>() / n;
        (n > 1.0).then(|| members.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0))
    };
    let variance = match target {
        Target::Treated => variance(true)?,
        Target::Everybody => f64::midpoint(variance(true)?, variance(false)?),
    };
    (variance > 0.0).then(|| variance.sqrt())
}

fn overlap(propensities: &[f64], treated: &[bool]) -> Option<Interval> {
    let range = |group: bool| {
        of_group(propensities, treated, group)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (_, p)| {
                (low.min(p), high.max(p))
            })
    };
    let (a, b) = (range(true), range(false));
    let interval = Interval {
        lower: a.0.max(b.0),
        upper: a.1.min(b.1),
    };
    (interval.lower <= interval.upper).then_some(interval)
}

/// E-value of a risk ratio: how strongly an unmeasured cause would have to be tied to both
/// treatment and outcome to explain the ratio away, `R + √(R(R − 1))` for `R >= 1`, and the same
/// for `1/R` below 1 (VanderWeele and Ding 2017).
///
/// # Errors
/// [`RegressionError::NotARatio`].
pub fn e_value(risk_ratio: f64) -> Result<f64, RegressionError> {
    if !(risk_ratio > 0.0 && risk_ratio.is_finite()) {
        return Err(RegressionError::NotARatio(risk_ratio));
    }
    let ratio = if risk_ratio < 1.0 {
        1.0 / risk_ratio
    } else {
        risk_ratio
    };
    Ok(ratio + (ratio * (ratio - 1.0)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e_value_of_the_authors_example() {
        // VanderWeele and Ding 2017: risk ratio 3.9 gives 7.26.
        assert!((e_value(3.9).unwrap() - 7.263_034).abs() < 1e-6);
        assert!((e_value(1.0 / 3.9).unwrap() - 7.263_034).abs() < 1e-6);
        assert_eq!(e_value(1.0).unwrap(), 1.0);
        assert!(e_value(0.0).is_err() && e_value(f64::NAN).is_err());
    }

    #[test]
    fn an_empty_group_is_named() {
        let covariates = Design::from_columns(&[vec![1.0, 2.0, 3.0]]).unwrap();
        let found = compare(&covariates, &[true; 3], &[1.0, 2.0, 3.0], Target::Treated);
        assert_eq!(found, Err(RegressionError::EmptyGroup));
    }
}
