//! Paired yes/no outcomes: two tests of the same unit, as in matched pairs.
//!
//! Only the discordant pairs carry information on the difference; treating the two halves of
//! each pair as independent samples throws that away, so this module never does it.
//! Must not know what the two halves are.

use crate::exact;
use crate::interval::{ChiSquareTest, Confidence, Estimate};
use crate::special;

/// Why a paired figure cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PairedError {
    /// There are no pairs.
    #[error("cannot be computed because there are no pairs")]
    NoPairs,
    /// No pair in which the halves differ.
    #[error("cannot be computed because no pair is discordant")]
    NoDiscordantPairs,
    /// No pair in which either half succeeded.
    #[error("cannot be computed because neither half of any pair succeeded")]
    NoSuccess,
    /// The second half never succeeded, so a ratio to it has no value.
    #[error("cannot be computed because the second half never succeeded")]
    SecondNeverSucceeds,
    /// A discordance that does not fit the difference.
    #[error(
        "cannot be computed because a share of discordant pairs of {discordant} does not fit a \
         difference of {difference}"
    )]
    ImpossibleDiscordance {
        /// Share of discordant pairs given.
        discordant: f64,
        /// Difference given.
        difference: f64,
    },
    /// A significance level or power outside (0, 1), or power not above the level.
    #[error(
        "cannot be computed because level {level} and power {power} are not 0 < level < power < 1"
    )]
    ImpossibleLevels {
        /// Significance level given.
        level: f64,
        /// Power given.
        power: f64,
    },
}

/// Counts of pairs by the outcome of the first and the second half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pairs {
    /// Both halves succeeded.
    pub both: u64,
    /// Only the first half succeeded.
    pub only_first: u64,
    /// Only the second half succeeded.
    pub only_second: u64,
    /// Neither half succeeded.
    pub neither: u64,
}

impl Pairs {
    /// Number of pairs.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.both + self.only_first + self.only_second + self.neither
    }

    /// Number of pairs whose halves differ.
    #[must_use]
    pub fn discordant(&self) -> u64 {
        self.only_first + self.only_second
    }

    fn net(&self) -> f64 {
        self.only_first as f64 - self.only_second as f64
    }

    /// Difference of the success shares, `(n₁₀ − n₀₁)/N`, with the paired Wald interval:
    /// variance `(n₁₀ + n₀₁ − (n₁₀ − n₀₁)²/N)/N²`.
    ///
    /// # Errors
    /// [`PairedError::NoPairs`]; [`PairedError::NoDiscordantPairs`], because a Wald interval of
    /// width 0 around 0 would claim certainty that the data do not give.
    pub fn difference(&self, confidence: Confidence) -> Result<Estimate, PairedError> {
        if self.total() == 0 {
            return Err(PairedError::NoPairs);
        }
        if self.discordant() == 0 {
            return Err(PairedError::NoDiscordantPairs);
        }
        let n = self.total() as f64;
        let variance = (self.discordant() as f64 - self.net().powi(2) / n).max(0.0) / (n * n);
        Ok(Estimate::normal(
            self.net() / n,
            variance.sqrt(),
            confidence,
        ))
    }

    /// The difference with the adjusted interval of Bonett and Price (2012): the Wald interval
    /// after adding one discordant pair to each side and two pairs to the total.
    ///
    /// Defined for every table with at least one pair, also without discordant pairs.
    ///
    /// # Errors
    /// [`PairedError::NoPairs`].
    pub fn adjusted_difference(&self, confidence: Confidence) -> Result<Estimate, PairedError> {
        if self.total() == 0 {
            return Err(PairedError::NoPairs);
        }
        let n = self.total() as f64 + 2.0;
        let first = (self.only_first as f64 + 1.0) / n;
        let second = (self.only_second as f64 + 1.0) / n;
        let variance = (first + second - (first - second).powi(2)).max(0.0) / n;
        let adjusted = Estimate::normal(first - second, variance.sqrt(), confidence);
        Ok(Estimate {
            value: self.net() / self.total() as f64,
            standard_error: adjusted.standard_error,
            interval: adjusted.interval.clamped(-1.0, 1.0),
        })
    }

    /// McNemar's test (1947) without continuity correction: `(n₁₀ − n₀₁)²/(n₁₀ + n₀₁)`.
    ///
    /// # Errors
    /// [`PairedError::NoDiscordantPairs`].
    pub fn mcnemar(&self) -> Result<ChiSquareTest, PairedError> {
        if self.discordant() == 0 {
            return Err(PairedError::NoDiscordantPairs);
        }
        Ok(ChiSquareTest::new(
            self.net().powi(2) / self.discordant() as f64,
            1,
        ))
    }

    /// Exact two-sided McNemar p-value: binomial with probability ½ on the discordant pairs.
    ///
    /// # Errors
    /// [`PairedError::NoDiscordantPairs`].
    pub fn mcnemar_exact(&self) -> Result<f64, PairedError> {
        if self.discordant() == 0 {
            return Err(PairedError::NoDiscordantPairs);
        }
        // The distribution is symmetric, so twice the smaller tail equals the sum of the
        // outcomes that are at most as likely, without enumerating them.
        let larger = self.only_first.max(self.only_second);
        Ok((2.0 * special::binomial_upper_tail(larger, self.discordant(), 0.5)).min(1.0))
    }

    /// Net rate among the pairs in which at least one half succeeded, `(n₁₀ − n₀₁)/(N − n₀₀)`
    /// (convention of the International Labour Office's practice tests, Bovenkerk 1992).
    ///
    /// # Errors
    /// [`PairedError::NoSuccess`].
    pub fn net_rate(&self) -> Result<f64, PairedError> {
        let used = self.total() - self.neither;
        if used == 0 {
            Err(PairedError::NoSuccess)
        } else {
            Ok(self.net() / used as f64)
        }
    }

    /// Ratio of the success shares of the first and the second half, with a log interval for
    /// paired data: variance of the log `(n₁₀ + n₀₁)/(x₁ x₂)` (Nam and Blackwelder 2002).
    ///
    /// The standard error is that of the logarithm.
    ///
    /// # Errors
    /// [`PairedError::SecondNeverSucceeds`] or [`PairedError::NoSuccess`] if a half never
    /// succeeded.
    pub fn success_ratio(&self, confidence: Confidence) -> Result<Estimate, PairedError> {
        let first = (self.both + self.only_first) as f64;
        let second = (self.both + self.only_second) as f64;
        if second == 0.0 {
            return Err(PairedError::SecondNeverSucceeds);
        }
        if first == 0.0 {
            return Err(PairedError::NoSuccess);
        }
        let log_error = (self.discordant() as f64 / (first * second)).sqrt();
        let factor = (confidence.z() * log_error).exp();
        let value = first / second;
        Ok(Estimate {
            value,
            standard_error: log_error,
            interval: crate::Interval {
                lower: value / factor,
                upper: value * factor,
            },
        })
    }

    /// The same pairs with first and second half exchanged.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self {
            only_first: self.only_second,
            only_second: self.only_first,
            ..self
        }
    }

    /// Fisher test that ignores the pairing, for comparison with reports that did the same.
    ///
    /// # Errors
    /// [`PairedError::NoPairs`].
    pub fn unpaired(&self) -> Result<exact::ExactTest, PairedError> {
        let (first, second) = (self.both + self.only_first, self.both + self.only_second);
        let total = self.total();
        exact::fisher([[first, total - first], [second, total - second]])
            .map_err(|_| PairedError::NoPairs)
    }
}

fn check(discordant: f64, difference: f64) -> Result<(), PairedError> {
    let fits = difference.abs() > 0.0 && discordant >= difference.abs() && discordant <= 1.0;
    if fits {
        Ok(())
    } else {
        Err(PairedError::ImpossibleDiscordance {
            discordant,
            difference,
        })
    }
}

/// Number of pairs needed to find a difference with McNemar's test, not rounded up:
/// `[z_{α/2}√ψ + z_β√(ψ − d²)]²/d²` with discordance `ψ` (Connor 1987).
///
/// # Errors
/// [`PairedError::ImpossibleDiscordance`] unless `0 < |d| <= ψ <= 1`,
/// [`PairedError::ImpossibleLevels`] unless `0 < level < power < 1`.
pub fn pairs_needed(
    difference: f64,
    discordant: f64,
    level: f64,
    power: f64,
) -> Result<f64, PairedError> {
    check(discordant, difference)?;
    if !(level > 0.0 && level < power && power < 1.0) {
        return Err(PairedError::ImpossibleLevels { level, power });
    }
    let z_level = special::normal_quantile(1.0 - level / 2.0);
    let z_power = special::normal_quantile(power);
    let square = difference * difference;
    let root = z_level * discordant.sqrt() + z_power * (discordant - square).max(0.0).sqrt();
    Ok(root * root / square)
}

/// Power of McNemar's test with `pairs` pairs: `Φ((|d|√n − z_{α/2}√ψ)/√(ψ − d²))`.
///
/// # Errors
/// As [`pairs_needed`]; also [`PairedError::NoPairs`].
pub fn power_of_pairs(
    pairs: u64,
    difference: f64,
    discordant: f64,
    level: f64,
) -> Result<f64, PairedError> {
    check(discordant, difference)?;
    if pairs == 0 {
        return Err(PairedError::NoPairs);
    }
    if !(level > 0.0 && level < 1.0) {
        return Err(PairedError::ImpossibleLevels { level, power: 1.0 });
    }
    let reach = difference.abs() * (pairs as f64).sqrt()
        - special::normal_quantile(1.0 - level / 2.0) * discordant.sqrt();
    let spread = (discordant - difference * difference).max(0.0).sqrt();
    if spread == 0.0 {
        return Ok(if reach >= 0.0 { 1.0 } else { 0.0 });
    }
    Ok(special::normal_cdf(reach / spread))
}

/// Largest share of discordant pairs at which a difference is still significant with `pairs`
/// pairs: `ψ = N d²/z²`, at most 1.
#[must_use]
pub fn largest_significant_discordance(pairs: u64, difference: f64, confidence: Confidence) -> f64 {
    (pairs as f64 * difference * difference / confidence.z().powi(2)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_discordant_pairs_nothing_is_claimed() {
        let pairs = Pairs {
            both: 5,
            only_first: 0,
            only_second: 0,
            neither: 5,
        };
        assert_eq!(pairs.mcnemar(), Err(PairedError::NoDiscordantPairs));
        assert_eq!(pairs.mcnemar_exact(), Err(PairedError::NoDiscordantPairs));
        assert_eq!(
            pairs.difference(Confidence::NINETY_FIVE),
            Err(PairedError::NoDiscordantPairs)
        );
        let adjusted = pairs.adjusted_difference(Confidence::NINETY_FIVE).unwrap();
        assert!(adjusted.interval.lower < 0.0 && adjusted.interval.upper > 0.0);
        let none = Pairs {
            both: 0,
            only_first: 0,
            only_second: 0,
            neither: 0,
        };
        assert_eq!(
            none.adjusted_difference(Confidence::NINETY_FIVE),
            Err(PairedError::NoPairs)
        );
        assert_eq!(none.net_rate(), Err(PairedError::NoSuccess));
    }

    #[test]
    fn swapping_the_halves_flips_the_sign_exactly() {
        let pairs = Pairs {
            both: 96,
            only_first: 34,
            only_second: 20,
            neither: 138,
        };
        let level = Confidence::NINETY_FIVE;
        let (one, other) = (
            pairs.difference(level).unwrap(),
            pairs.swapped().difference(level).unwrap(),
        );
        assert_eq!(one.value, -other.value);
        assert_eq!(one.standard_error, other.standard_error);
        assert_eq!(pairs.mcnemar_exact(), pairs.swapped().mcnemar_exact());
    }
}
