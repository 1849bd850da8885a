//! Shares of a whole, their differences and ratios, each with an interval.
//!
//! A [`Share`] can only be built with a numerator inside its denominator and a denominator above
//! zero, so the functions on it cannot fail for that reason.
//! Must not know what is being counted.

use crate::interval::{ChiSquareTest, Confidence, Estimate, Interval};
use crate::special;

/// Why a share or a comparison of shares cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ProportionError {
    /// The denominator is zero.
    #[error("cannot be computed because the denominator is 0")]
    EmptyDenominator,
    /// More events than units.
    #[error(
        "cannot be computed because the numerator {events} is larger than its denominator {total}"
    )]
    NumeratorOutsideDenominator {
        /// Numerator given.
        events: u64,
        /// Denominator given.
        total: u64,
    },
    /// A ratio needs at least one event on both sides.
    #[error("cannot be computed because a ratio needs at least one event in both groups")]
    NoEvents,
    /// No variation at all: everybody or nobody has the event in both groups.
    #[error("cannot be computed because the two groups together show no variation")]
    NoVariation,
    /// A sample that is larger than its population.
    #[error("cannot be computed because the sample {sample} exceeds the population {population}")]
    SampleExceedsPopulation {
        /// Units in the sample.
        sample: u64,
        /// Units in the population.
        population: u64,
    },
    /// The part is not contained in the whole.
    #[error("cannot be computed because the part is not contained in the whole")]
    PartOutsideWhole,
}

/// `events` out of `total`, with `events <= total` and `total > 0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    events: u64,
    total: u64,
}

/// [`Share::wilson`] of a proportion `p` in `[0, 1]` that is worth as much as one among `n > 0`
/// units, where `n` need not be whole, such as an effective sample size.
#[must_use]
pub fn wilson(p: f64, n: f64, confidence: Confidence) -> Interval {
    let z2 = confidence.z().powi(2);
    let centre = p + z2 / (2.0 * n);
    let half = (z2 * (p * (1.0 - p) / n + z2 / (4.0 * n * n))).sqrt();
    let scale = 1.0 + z2 / n;
    let lower = if p == 0.0 {
        0.0
    } else {
        (centre - half) / scale
    };
    let upper = if p == 1.0 {
        1.0
    } else {
        (centre + half) / scale
    };
    Interval { lower, upper }.clamped(0.0, 1.0)
}

impl Share {
    /// A share of a whole.
    ///
    /// # Errors
    /// [`ProportionError::EmptyDenominator`] or [`ProportionError::NumeratorOutsideDenominator`].
    pub fn new(events: u64, total: u64) -> Result<Self, ProportionError> {
        if total == 0 {
            Err(ProportionError::EmptyDenominator)
        } else if events > total {
            Err(ProportionError::NumeratorOutsideDenominator { events, total })
        } else {
            Ok(Self { events, total })
        }
    }

    /// Numerator.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Denominator.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// `events / total`, in `[0, 1]`.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.events as f64 / self.total as f64
    }

    fn n(&self) -> f64 {
        self.total as f64
    }

    /// `p(1 − p)/n`.
    fn variance(&self) -> f64 {
        self.value() * (1.0 - self.value()) / self.n()
    }

    /// Wilson score interval (E. B. Wilson 1927):
    /// `(p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n)`.
    ///
    /// At 0 or `total` events the outer end is exactly 0 or 1.
    #[must_use]
    pub fn wilson(&self, confidence: Confidence) -> Interval {
        wilson(self.value(), self.n(), confidence)
    }

    /// Clopper–Pearson exact interval (1934): quantiles of Beta(x, n−x+1) and Beta(x+1, n−x).
    #[must_use]
    pub fn clopper_pearson(&self, confidence: Confidence) -> Interval {
        let (x, n) = (self.events as f64, self.n());
        let tail = confidence.alpha() / 2.0;
        let lower = match self.events {
            0 => 0.0,
            _ => special::beta_quantile(tail, x, n - x + 1.0),
        };
        let upper = if self.events == self.total {
            1.0
        } else {
            special::beta_quantile(1.0 - tail, x + 1.0, n - x)
        };
        Interval { lower, upper }
    }

    /// Share of a sample without replacement from a finite population, with the factor
    /// `√((N − n)/(N − 1))` on the standard error (Cochran 1977, §2.6).
    ///
    /// A complete census has standard error 0.
    ///
    /// # Errors
    /// [`ProportionError::SampleExceedsPopulation`].
    pub fn of_finite_population(
        &self,
        population: u64,
        confidence: Confidence,
    ) -> Result<Estimate, ProportionError> {
        if self.total > population {
            return Err(ProportionError::SampleExceedsPopulation {
                sample: self.total,
                population,
            });
        }
        let factor = if population == 1 {
            0.0
        } else {
            (population - self.total) as f64 / (population - 1) as f64
        };
        let standard_error = (self.variance() * factor).sqrt();
        let mut estimate = Estimate::normal(self.value(), standard_error, confidence);
        estimate.interval = estimate.interval.clamped(0.0, 1.0);
        Ok(estimate)
    }
}

/// Difference `first − second` with Newcombe's hybrid score interval (R. G. Newcombe 1998,
/// method 10): `d − √((p₁−l₁)² + (u₂−p₂)²)` to `d + √((u₁−p₁)² + (p₂−l₂)²)` with Wilson limits.
///
/// The standard error reported is the unpooled one, `√(p₁q₁/n₁ + p₂q₂/n₂)`.
#[must_use]
pub fn difference(first: &Share, second: &Share, confidence: Confidence) -> Estimate {
    let (a, b) = (first.wilson(confidence), second.wilson(confidence));
    let (p, q) = (first.value(), second.value());
    let value = p - q;
    let interval = Interval {
        lower: value - (p - a.lower).hypot(b.upper - q),
        upper: value + (a.upper - p).hypot(q - b.lower),
    }
    .clamped(-1.0, 1.0);
    let standard_error = (first.variance() + second.variance()).sqrt();
    Estimate {
        value,
        standard_error,
        interval,
    }
}

/// Pearson's chi-square test of equal shares, one degree of freedom, no continuity correction:
/// `(p₁ − p₂)² / (p̄q̄(1/n₁ + 1/n₂))` with the pooled share `p̄`.
///
/// # Errors
/// [`ProportionError::NoVariation`] if all or none of the units have the event.
pub fn equal_shares(first: &Share, second: &Share) -> Result<ChiSquareTest, ProportionError> {
    let pooled = (first.events + second.events) as f64 / (first.n() + second.n());
    if pooled <= 0.0 || pooled >= 1.0 {
        return Err(ProportionError::NoVariation);
    }
    let variance = pooled * (1.0 - pooled) * (1.0 / first.n() + 1.0 / second.n());
    let difference = first.value() - second.value();
    Ok(ChiSquareTest::new(difference * difference / variance, 1))
}

/// Ratio `first / second` of independent shares with the log interval of Katz et al. (1978):
/// `ln R ± z√(1/x₁ − 1/n₁ + 1/x₂ − 1/n₂)`.
///
/// The standard error reported is that of the logarithm of the ratio.
///
/// # Errors
/// [`ProportionError::NoEvents`] if either side has no event.
pub fn ratio(
    first: &Share,
    second: &Share,
    confidence: Confidence,
) -> Result<Estimate, ProportionError> {
    if first.events == 0 || second.events == 0 {
        return Err(ProportionError::NoEvents);
    }
    let part = |share: &Share| 1.0 / share.events as f64 - 1.0 / share.n();
    let log_error = (part(first) + part(second)).max(0.0).sqrt();
    Ok(log_scale(
        first.value() / second.value(),
        log_error,
        confidence,
    ))
}

/// Odds ratio of two independent shares with Woolf's log interval (1955).
///
/// The standard error reported is that of the logarithm.
///
/// # Errors
/// [`ProportionError::NoEvents`] if any of the four cells is empty.
pub fn odds_ratio(
    first: &Share,
    second: &Share,
    confidence: Confidence,
) -> Result<Estimate, ProportionError> {
    let cells = [
        first.events,
        first.total - first.events,
        second.events,
        second.total - second.events,
    ];
    if cells.contains(&0) {
        return Err(ProportionError::NoEvents);
    }
    let [a, b, c, d] = cells.map(|cell| cell as f64);
    let log_error = (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
    Ok(log_scale(a * d / (b * c), log_error, confidence))
}

/// Representativeness ratio: the share of a group among a part, over its share in the whole that
/// contains the part.
///
/// `part` counts the group within the part, `whole` counts the group within the whole.
/// Because the part is contained in the whole the two shares are not independent; the log
/// variance follows by the delta method from the part and the rest, which are:
/// with `f = n_part/n_whole`, `∂ln R/∂p₁ = 1/p₁ − f/p` and `∂ln R/∂p₀ = −(1−f)/p`.
///
/// # Errors
/// [`ProportionError::PartOutsideWhole`] if the part does not fit into the whole,
/// [`ProportionError::NoEvents`] if the group does not occur in the part.
pub fn representativeness(
    part: &Share,
    whole: &Share,
    confidence: Confidence,
) -> Result<Estimate, ProportionError> {
    let outside = |share: &Share| share.total - share.events;
    if part.events > whole.events || outside(part) > outside(whole) {
        return Err(ProportionError::PartOutsideWhole);
    }
    if part.events == 0 {
        return Err(ProportionError::NoEvents);
    }
    let fraction = part.n() / whole.n();
    let (p1, p) = (part.value(), whole.value());
    let mut variance = part.variance() * (1.0 / p1 - fraction / p).powi(2);
    if whole.total > part.total {
        let rest = Share {
            events: whole.events - part.events,
            total: whole.total - part.total,
        };
        variance += rest.variance() * ((1.0 - fraction) / p).powi(2);
    }
    Ok(log_scale(p1 / p, variance.sqrt(), confidence))
}

fn log_scale(value: f64, log_error: f64, confidence: Confidence) -> Estimate {
    let factor = (confidence.z() * log_error).exp();
    Estimate {
        value,
        standard_error: log_error,
        interval: Interval {
            lower: value / factor,
            upper: value * factor,
        },
    }
}

/// What a rule "at least `limit` of the other group" says once uncertainty is taken into account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RatioVerdict {
    /// The whole interval lies at or above the limit.
    AboveLimit,
    /// The interval spans the limit: the data do not decide.
    Undecided,
    /// The whole interval lies below the limit.
    BelowLimit,
}

/// Compares a ratio and its interval with a limit such as 0.8.
#[must_use]
pub fn ratio_verdict(ratio: &Estimate, limit: f64) -> RatioVerdict {
    if ratio.interval.upper < limit {
        RatioVerdict::BelowLimit
    } else if ratio.interval.lower >= limit {
        RatioVerdict::AboveLimit
    } else {
        RatioVerdict::Undecided
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(events: u64, total: u64) -> Share {
        Share::new(events, total).unwrap()
    }

    #[test]
    fn numerator_must_lie_in_its_denominator() {
        assert_eq!(Share::new(1, 0), Err(ProportionError::EmptyDenominator));
        assert_eq!(
            Share::new(3, 2),
            Err(ProportionError::NumeratorOutsideDenominator {
                events: 3,
                total: 2
            })
        );
    }

    #[test]
    fn a_part_is_a_subset() {
        let whole = share(30, 100);
        for part in [share(31, 40), share(0, 71)] {
            assert_eq!(
                representativeness(&part, &whole, Confidence::NINETY_FIVE),
                Err(ProportionError::PartOutsideWhole)
            );
        }
        // The whole represents itself, without any doubt.
        let same = representativeness(&whole, &whole, Confidence::NINETY_FIVE).unwrap();
        assert!((same.value - 1.0).abs() < 1e-15 && same.standard_error < 1e-15);
    }

    #[test]
    fn ratio_limits_are_undecided_when_the_interval_spans() {
        let ratio = ratio(&share(24, 80), &share(48, 120), Confidence::NINETY_FIVE).unwrap();
        assert_eq!(ratio_verdict(&ratio, 0.8), RatioVerdict::Undecided);
        assert_eq!(ratio_verdict(&ratio, 0.5), RatioVerdict::AboveLimit);
        assert_eq!(ratio_verdict(&ratio, 1.2), RatioVerdict::BelowLimit);
    }

    #[test]
    fn degenerate_comparisons_name_their_reason() {
        let none = share(0, 10);
        assert_eq!(
            equal_shares(&none, &share(0, 5)),
            Err(ProportionError::NoVariation)
        );
        assert_eq!(
            ratio(&none, &share(2, 5), Confidence::NINETY_FIVE),
            Err(ProportionError::NoEvents)
        );
        assert_eq!(
            odds_ratio(&share(5, 5), &share(2, 5), Confidence::NINETY_FIVE),
            Err(ProportionError::NoEvents)
        );
        assert!(
            share(5, 10)
                .of_finite_population(9, Confidence::NINETY_FIVE)
                .is_err()
        );
        let census = share(5, 10)
            .of_finite_population(10, Confidence::NINETY_FIVE)
            .unwrap();
        assert_eq!(census.standard_error, 0.0);
    }
}
