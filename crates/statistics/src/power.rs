//! How many units a comparison needs, and what a given number can show.
//!
//! Sample sizes are returned unrounded, so that a reader can check the formula; round up before
//! use. Paired designs are in [`crate::paired`].

use crate::interval::Confidence;
use crate::special;

/// Why a design cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PowerError {
    /// A probability outside [0, 1].
    #[error("cannot be computed because {0} is not a probability between 0 and 1")]
    NotAProbability(f64),
    /// The two probabilities are the same.
    #[error("cannot be computed because the two probabilities are equal; there is nothing to find")]
    NoDifference,
    /// Level and power out of order.
    #[error(
        "cannot be computed because level {level} and power {power} are not 0 < level < power < 1"
    )]
    ImpossibleLevels {
        /// Significance level given.
        level: f64,
        /// Power given.
        power: f64,
    },
    /// Too few units per arm.
    #[error("cannot be computed because {0} units per group are fewer than one")]
    TooFewUnits(f64),
    /// A cluster size below one or an intraclass correlation outside [0, 1].
    #[error(
        "cannot be computed because a cluster size of {size} with correlation {correlation} is \
         impossible"
    )]
    ImpossibleClusters {
        /// Mean cluster size given.
        size: f64,
        /// Intraclass correlation given.
        correlation: f64,
    },
    /// A margin that is not positive.
    #[error("cannot be computed because the margin {0} is not above 0")]
    NoMargin(f64),
    /// No difference up to the end of the scale can be found with so few units.
    #[error("cannot be computed because no difference can be found with {0} units per group")]
    NothingDetectable(f64),
}

/// Level and power a design aims at, `0 < level < power < 1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    level: f64,
    power: f64,
}

impl Target {
    /// Two-sided level 0.05, power 0.80.
    pub const CUSTOMARY: Target = Target {
        level: 0.05,
        power: 0.8,
    };

    /// A target.
    ///
    /// # Errors
    /// [`PowerError::ImpossibleLevels`].
    pub fn new(level: f64, power: f64) -> Result<Self, PowerError> {
        if level > 0.0 && level < power && power < 1.0 {
            Ok(Self { level, power })
        } else {
            Err(PowerError::ImpossibleLevels { level, power })
        }
    }

    /// Two-sided significance level.
    #[must_use]
    pub fn level(&self) -> f64 {
        self.level
    }

    /// Power aimed at.
    #[must_use]
    pub fn power(&self) -> f64 {
        self.power
    }

    fn z(&self) -> (f64, f64) {
        (
            special::normal_quantile(1.0 - self.level / 2.0),
            special::normal_quantile(self.power),
        )
    }
}

/// Which variance the test assumes under the hypothesis of no difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NullVariance {
    /// The pooled share, `2p̄q̄` (Fleiss, Levin, Paik 2003, formula 4.14 without correction).
    Pooled,
    /// The same as under the alternative, `p₁q₁ + p₂q₂`.
    Unpooled,
}

fn probability(value: f64) -> Result<f64, PowerError> {
    if (0.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(PowerError::NotAProbability(value))
    }
}

fn spreads(first: f64, second: f64, variance: NullVariance) -> Result<(f64, f64), PowerError> {
    let (p, q) = (probability(first)?, probability(second)?);
    if p == q {
        return Err(PowerError::NoDifference);
    }
    let alternative = (p * (1.0 - p) + q * (1.0 - q)).sqrt();
    let mean = (p + q) / 2.0;
    let null = match variance {
        NullVariance::Pooled => (2.0 * mean * (1.0 - mean)).sqrt(),
        NullVariance::Unpooled => alternative,
    };
    Ok((null, alternative))
}

/// Units needed in each of two equal groups to tell two shares apart:
/// `[z_{α/2}√(2p̄q̄) + z_β√(p₁q₁ + p₂q₂)]²/(p₁ − p₂)²`.
///
/// # Errors
/// [`PowerError::NotAProbability`], [`PowerError::NoDifference`].
pub fn units_per_group(
    first: f64,
    second: f64,
    target: Target,
    variance: NullVariance,
) -> Result<f64, PowerError> {
    let (null, alternative) = spreads(first, second, variance)?;
    let (z_level, z_power) = target.z();
    Ok(((z_level * null + z_power * alternative) / (first - second)).powi(2))
}

/// Power of the comparison of two shares with `units` in each group (the far tail is ignored).
///
/// # Errors
/// As [`units_per_group`], and [`PowerError::TooFewUnits`].
pub fn power_of_groups(
    first: f64,
    second: f64,
    units: f64,
    level: f64,
    variance: NullVariance,
) -> Result<f64, PowerError> {
    if !(units >= 1.0 && units.is_finite()) {
        return Err(PowerError::TooFewUnits(units));
    }
    if !(level > 0.0 && level < 1.0) {
        return Err(PowerError::ImpossibleLevels { level, power: 1.0 });
    }
    let (null, alternative) = spreads(first, second, variance)?;
    let reach =
        (first - second).abs() * units.sqrt() - special::normal_quantile(1.0 - level / 2.0) * null;
    if alternative == 0.0 {
        return Ok(if reach >= 0.0 { 1.0 } else { 0.0 });
    }
    Ok(special::normal_cdf(reach / alternative))
}

/// Smallest second share above `first` that `units` per group can tell apart, by bisection.
///
/// # Errors
/// [`PowerError::NothingDetectable`] if even a share of 1 is not enough.
pub fn smallest_detectable_share(
    first: f64,
    units: f64,
    target: Target,
) -> Result<f64, PowerError> {
    let enough = |second: f64| -> Result<bool, PowerError> {
        Ok(units_per_group(first, second, target, NullVariance::Pooled)? <= units)
    };
    if probability(first)? >= 1.0 || !enough(1.0)? {
        return Err(PowerError::NothingDetectable(units));
    }
    let (mut low, mut high) = (first, 1.0);
    while high - low > 1e-12 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if enough(middle)? {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(high)
}

/// Factor by which clustering inflates a sample size, `1 + (m − 1)ρ` (Kish 1965).
///
/// # Errors
/// [`PowerError::ImpossibleClusters`] unless `size >= 1` and `0 <= correlation <= 1`.
pub fn design_effect(size: f64, correlation: f64) -> Result<f64, PowerError> {
    if size >= 1.0 && size.is_finite() && (0.0..=1.0).contains(&correlation) {
        Ok(1.0 + (size - 1.0) * correlation)
    } else {
        Err(PowerError::ImpossibleClusters { size, correlation })
    }
}

/// Units needed to estimate one share within `± margin`, `z²pq/margin²`; with a population size
/// the finite population correction `n/(1 + (n − 1)/N)` is applied (Cochran 1977, §4.4).
///
/// # Errors
/// [`PowerError::NotAProbability`], [`PowerError::NoMargin`].
pub fn units_for_margin(
    share: f64,
    margin: f64,
    population: Option<u64>,
    confidence: Confidence,
) -> Result<f64, PowerError> {
    let p = probability(share)?;
    if !(margin > 0.0 && margin.is_finite()) {
        return Err(PowerError::NoMargin(margin));
    }
    let units = confidence.z().powi(2) * p * (1.0 - p) / (margin * margin);
    Ok(match population {
        Some(size) if size > 0 => units / (1.0 + (units - 1.0).max(0.0) / size as f64),
        _ => units,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_and_power_are_inverse() {
        for variance in [NullVariance::Pooled, NullVariance::Unpooled] {
            let units = units_per_group(0.35, 0.40, Target::CUSTOMARY, variance).unwrap();
            let power = power_of_groups(0.35, 0.40, units, 0.05, variance).unwrap();
            assert!((power - 0.8).abs() < 1e-12, "{power}");
        }
        let second = smallest_detectable_share(0.35, 1470.485, Target::CUSTOMARY).unwrap();
        assert!((second - 0.40).abs() < 1e-6, "{second}");
    }

    #[test]
    fn impossible_designs_are_refused() {
        let target = Target::CUSTOMARY;
        let pooled = NullVariance::Pooled;
        assert_eq!(
            units_per_group(0.4, 0.4, target, pooled),
            Err(PowerError::NoDifference)
        );
        assert!(units_per_group(1.4, 0.4, target, pooled).is_err());
        assert!(power_of_groups(0.1, 0.2, 0.0, 0.05, pooled).is_err());
        assert!(Target::new(0.9, 0.8).is_err());
        assert!(design_effect(0.5, 0.1).is_err());
        assert!((design_effect(21.0, 0.05).unwrap() - 2.0).abs() < 1e-15);
        assert!(matches!(
            smallest_detectable_share(0.9, 5.0, target),
            Err(PowerError::NothingDetectable(_))
        ));
        assert!(units_for_margin(0.5, 0.0, None, Confidence::NINETY_FIVE).is_err());
    }

    #[test]
    fn margin_with_and_without_a_finite_population() {
        let level = Confidence::NINETY_FIVE;
        let plain = units_for_margin(0.5, 0.05, None, level).unwrap();
        assert!((plain - 384.145_882).abs() < 1e-6, "{plain}");
        let finite = units_for_margin(0.5, 0.05, Some(352), level).unwrap();
        assert!(finite < 190.0 && finite > 180.0, "{finite}");
    }
}
