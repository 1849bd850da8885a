//! Comparing institutions of very different size without a league table.
//!
//! Control limits that widen for small denominators (Spiegelhalter 2005), a test for
//! over-dispersion with winsorised z-scores, case-mix adjustment by indirect standardisation, and
//! beta-binomial shrinkage with intervals of ranks for readers who ask for an order.

use crate::interval::{Confidence, Interval};
use crate::proportion::Share;
use crate::random::{Generator, Seed};
use crate::special;

/// Why a comparison of institutions cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FunnelError {
    /// A target that is not strictly between 0 and 1.
    #[error("cannot be computed because the target share {0} is not strictly between 0 and 1")]
    ImpossibleTarget(f64),
    /// A denominator of 0.
    #[error("cannot be computed because the denominator is 0")]
    EmptyDenominator,
    /// Fewer than two institutions.
    #[error("cannot be computed because fewer than two institutions are compared")]
    FewerThanTwo,
    /// A winsorising share outside [0, 0.5).
    #[error("cannot be computed because a share of {0} cannot be cut off at both ends")]
    ImpossibleWinsorising(f64),
    /// An expected number that is not above 0.
    #[error("cannot be computed because the expected number {0} is not above 0")]
    NothingExpected(f64),
}

/// Exact binomial control limits for a denominator `n` around a target share `p`.
///
/// For each tail probability `q` with `r = min{x : F(x) >= q}` the limit interpolates between
/// the whole numbers: `α = (F(r) − q)/(F(r) − F(r−1))`, limit `(r − α)/n`, at least 0
/// (Spiegelhalter 2005, appendix).
///
/// # Errors
/// [`FunnelError::ImpossibleTarget`], [`FunnelError::EmptyDenominator`].
pub fn limits(target: f64, n: u64, confidence: Confidence) -> Result<Interval, FunnelError> {
    if !(target > 0.0 && target < 1.0) {
        return Err(FunnelError::ImpossibleTarget(target));
    }
    if n == 0 {
        return Err(FunnelError::EmptyDenominator);
    }
    let tail = confidence.alpha() / 2.0;
    let lower = interpolated_quantile(tail, n, target) / n as f64;
    let upper = interpolated_quantile(1.0 - tail, n, target) / n as f64;
    Ok(Interval { lower, upper }.clamped(0.0, 1.0))
}

fn interpolated_quantile(q: f64, n: u64, p: f64) -> f64 {
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = u64::midpoint(low, high);
        if special::binomial_cdf(middle, n, p) >= q {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let mass = special::binomial_pmf(low, n, p);
    let excess = special::binomial_cdf(low, n, p) - q;
    low as f64 - if mass > 0.0 { excess / mass } else { 0.0 }
}

/// Position of an institution relative to two pairs of limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// Within the inner limits.
    Expected,
    /// Outside the inner and within the outer limits.
    Alert,
    /// Outside the outer limits.
    Alarm,
}

/// Where a share lies relative to the inner and outer limits.
#[must_use]
pub fn position(share: f64, inner: &Interval, outer: &Interval) -> Position {
    if !outer.contains(share) {
        Position::Alarm
    } else if !inner.contains(share) {
        Position::Alert
    } else {
        Position::Expected
    }
}

/// Variation between institutions beyond chance.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispersion {
    /// Overall share, the target of the funnel.
    pub target: f64,
    /// z-score of each institution.
    pub z_scores: Vec<f64>,
    /// Mean squared z-score.
    pub raw: f64,
    /// Mean squared z-score after winsorising.
    pub winsorised: f64,
    /// p-value of `I·φ` against chi-square with `I − 1` degrees of freedom (winsorised φ).
    pub p_value: f64,
    /// Additive between-institution variance `τ²`, at least 0 (winsorised φ):
    /// `(Iφ − (I − 1)) / (Σw − Σw²/Σw)`.
    pub tau_squared: f64,
}

/// Over-dispersion of a set of shares around their common share.
///
/// `winsorise` is the share of z-scores set to the quantile at each end, usually 0.1; quantiles
/// interpolate linearly between order statistics.
///
/// # Errors
/// [`FunnelError::FewerThanTwo`], [`FunnelError::ImpossibleWinsorising`],
/// [`FunnelError::ImpossibleTarget`] if all or no units have the event.
pub fn dispersion(shares: &[Share], winsorise: f64) -> Result<Dispersion, FunnelError> {
    if shares.len() < 2 {
        return Err(FunnelError::FewerThanTwo);
    }
    if !(0.0..0.5).contains(&winsorise) {
        return Err(FunnelError::ImpossibleWinsorising(winsorise));
    }
    let events: u64 = shares.iter().map(Share::events).sum();
    let total: u64 = shares.iter().map(Share::total).sum();
    let target = events as f64 / total as f64;
    if target <= 0.0 || target >= 1.0 {
        return Err(FunnelError::ImpossibleTarget(target));
    }
    let variance = |share: &Share| target * (1.0 - target) / share.total() as f64;
    let z_scores: Vec<f64> = shares
        .iter()
        .map(|share| (share.value() - target) / variance(share).sqrt())
        .collect();
    let count = shares.len() as f64;
    let mean_square =
        |values: &[f64]| values.iter().map(|z| z * z).sum::<f64>() / values.len() as f64;
    let winsorised = mean_square(&winsorised(&z_scores, winsorise));
    let weights: Vec<f64> = shares.iter().map(|share| 1.0 / variance(share)).collect();
    let sum: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|w| w * w).sum();
    let tau_squared = (count * winsorised - (count - 1.0)) / (sum - squares / sum);
    Ok(Dispersion {
        target,
        raw: mean_square(&z_scores),
        winsorised,
        p_value: special::chi_square_upper_tail(count * winsorised, count - 1.0),
        tau_squared: tau_squared.max(0.0),
        z_scores,
    })
}

fn winsorised(values: &[f64], share: f64) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let quantile = |q: f64| {
        let position = q * (sorted.len() - 1) as f64;
        let below = position.floor() as usize;
        let above = (below + 1).min(sorted.len() - 1);
        sorted[below] + (position - below as f64) * (sorted[above] - sorted[below])
    };
    let (low, high) = (quantile(share), quantile(1.0 - share));
    values.iter().map(|value| value.clamp(low, high)).collect()
}

impl Dispersion {
    /// Whether the variation exceeds chance at the given level.
    #[must_use]
    pub fn is_over_dispersed(&self, level: f64) -> bool {
        self.p_value < level
    }

    /// Normal control limits that allow for the extra variation, additive model:
    /// `p ± z√(pq/n + τ²)`, cut off at 0 and 1.
    ///
    /// # Errors
    /// [`FunnelError::EmptyDenominator`].
    pub fn additive_limits(&self, n: u64, confidence: Confidence) -> Result<Interval, FunnelError> {
        self.normal_limits(n, confidence, |variance| variance + self.tau_squared)
    }

    /// Normal control limits, multiplicative model: `p ± z√(φ·pq/n)` with `φ >= 1`.
    ///
    /// # Errors
    /// [`FunnelError::EmptyDenominator`].
    pub fn multiplicative_limits(
        &self,
        n: u64,
        confidence: Confidence,
    ) -> Result<Interval, FunnelError> {
        self.normal_limits(n, confidence, |variance| {
            variance * self.winsorised.max(1.0)
        })
    }

    fn normal_limits(
        &self,
        n: u64,
        confidence: Confidence,
        inflate: impl Fn(f64) -> f64,
    ) -> Result<Interval, FunnelError> {
        if n == 0 {
            return Err(FunnelError::EmptyDenominator);
        }
        let variance = self.target * (1.0 - self.target) / n as f64;
        let interval = Interval::wald(self.target, inflate(variance).sqrt(), confidence);
        Ok(interval.clamped(0.0, 1.0))
    }
}

/// Indirectly standardised share: `overall · observed/expected`, where `expected` is the sum of
/// the probabilities a case-mix model gives the units of the institution. At most 1.
///
/// # Errors
/// [`FunnelError::NothingExpected`].
pub fn indirectly_standardised(
    overall: f64,
    observed: u64,
    expected: f64,
) -> Result<f64, FunnelError> {
    if !(expected > 0.0 && expected.is_finite()) {
        return Err(FunnelError::NothingExpected(expected));
    }
    Ok((overall * observed as f64 / expected).clamp(0.0, 1.0))
}

/// A shrunken share with the interval of its rank.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shrunken {
    /// Posterior mean.
    pub mean: f64,
    /// Posterior interval of the share.
    pub interval: Interval,
    /// Lowest and highest plausible rank, 1 for the largest share.
    pub ranks: (usize, usize),
}

/// Beta-binomial shrinkage (empirical Bayes, moments of Kleinman 1973) with intervals of ranks
/// from `draws` samples of the posterior.
///
/// # Errors
/// As [`dispersion`].
pub fn shrink(
    shares: &[Share],
    confidence: Confidence,
    draws: usize,
    seed: Seed,
) -> Result<Vec<Shrunken>, FunnelError> {
    let dispersion = dispersion(shares, 0.0)?;
    let p = dispersion.target;
    // Moments: Var = τ² = p(1−p)/(a+b+1); no variation beyond chance means full shrinkage, which
    // a very large prior size expresses.
    let size = if dispersion.tau_squared > 0.0 {
        (p * (1.0 - p) / dispersion.tau_squared - 1.0).clamp(0.01, 1e9)
    } else {
        1e9
    };
    let posteriors: Vec<(f64, f64)> = shares
        .iter()
        .map(|share| {
            let failures = (share.total() - share.events()) as f64;
            (
                size * p + share.events() as f64,
                size * (1.0 - p) + failures,
            )
        })
        .collect();
    let ranks = rank_intervals(&posteriors, confidence, draws, seed);
    let tail = confidence.alpha() / 2.0;
    Ok(posteriors
        .iter()
        .zip(ranks)
        .map(|((a, b), ranks)| Shrunken {
            mean: a / (a + b),
            interval: Interval {
                lower: special::beta_quantile(tail, *a, *b),
                upper: special::beta_quantile(1.0 - tail, *a, *b),
            },
            ranks,
        })
        .collect())
}

fn rank_intervals(
    posteriors: &[(f64, f64)],
    confidence: Confidence,
    draws: usize,
    seed: Seed,
) -> Vec<(usize, usize)> {
    let mut generator = Generator::new(seed);
    let mut ranks: Vec<Vec<usize>> = vec![Vec::with_capacity(draws); posteriors.len()];
    for _ in 0..draws.max(1) {
        let mut sample: Vec<(f64, usize)> = posteriors
            .iter()
            .enumerate()
            .map(|(index, (a, b))| (beta_draw(*a, *b, &mut generator), index))
            .collect();
        sample.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        for (rank, (_, index)) in sample.iter().enumerate() {
            ranks[*index].push(rank + 1);
        }
    }
    let tail = confidence.alpha() / 2.0;
    ranks
        .into_iter()
        .map(|mut list| {
            list.sort_unstable();
            let last = list.len() - 1;
            let low = (tail * last as f64).floor() as usize;
            (list[low], list[last - low])
        })
        .collect()
}

/// A beta draw as a ratio of gamma draws (Marsaglia and Tsang 2000).
fn beta_draw(a: f64, b: f64, generator: &mut Generator) -> f64 {
    let (x, y) = (gamma_draw(a, generator), gamma_draw(b, generator));
    if x + y > 0.0 { x / (x + y) } else { 0.5 }
}

fn gamma_draw(shape: f64, generator: &mut Generator) -> f64 {
    if shape < 1.0 {
        let boost = generator.uniform().max(f64::MIN_POSITIVE).powf(1.0 / shape);
        return gamma_draw(shape + 1.0, generator) * boost;
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let z = special::normal_quantile(generator.uniform().clamp(1e-300, 1.0 - 1e-16));
        let v = (1.0 + c * z).powi(3);
        let u = generator.uniform().max(f64::MIN_POSITIVE);
        if v > 0.0 && u.ln() < 0.5 * z * z + d - d * v + d * v.ln() {
            return d * v;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_of_impossible_targets_are_refused() {
        let level = Confidence::NINETY_FIVE;
        assert_eq!(
            limits(0.0, 10, level),
            Err(FunnelError::ImpossibleTarget(0.0))
        );
        assert_eq!(limits(0.5, 0, level), Err(FunnelError::EmptyDenominator));
        assert!(limits(f64::NAN, 10, level).is_err());
        let tiny = limits(0.001, 1, level).unwrap();
        assert_eq!(tiny.lower, 0.0);
    }

    #[test]
    fn shrinkage_pulls_small_institutions_most() {
        let share = |events, total| Share::new(events, total).unwrap();
        let shares = [
            share(9, 10),
            share(900, 1000),
            share(100, 1000),
            share(1, 10),
            share(500, 1000),
        ];
        let found = shrink(&shares, Confidence::NINETY_FIVE, 400, Seed(1)).unwrap();
        assert!((found[0].mean - 0.9).abs() > (found[1].mean - 0.9).abs());
        assert!(found[0].ranks.1 - found[0].ranks.0 >= found[1].ranks.1 - found[1].ranks.0);
        assert!(found.iter().all(|s| s.interval.contains(s.mean)));
        let again = shrink(&shares, Confidence::NINETY_FIVE, 400, Seed(1)).unwrap();
        assert_eq!(found, again);
    }

    #[test]
    fn standardisation_needs_an_expectation() {
        assert!(indirectly_standardised(0.4, 3, 0.0).is_err());
        assert!((indirectly_standardised(0.4, 12, 10.0).unwrap() - 0.48).abs() < 1e-15);
        assert_eq!(
            dispersion(&[Share::new(1, 2).unwrap()], 0.1),
            Err(FunnelError::FewerThanTwo)
        );
    }
}
