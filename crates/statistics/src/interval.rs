//! Confidence levels and intervals, shared by every estimator.
//!
//! Must not know where an estimate comes from.

use crate::special;

/// A confidence level that is not a number strictly between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("confidence level {0} does not lie strictly between 0 and 1")]
pub struct InvalidConfidence(pub f64);

/// Two-sided confidence level, strictly between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Confidence {
    level: f64,
    /// Critical value, computed once: a curve asks for it at every step.
    z: f64,
}

impl Confidence {
    /// The usual 95 %.
    pub const NINETY_FIVE: Confidence = Confidence {
        level: 0.95,
        z: 1.959_963_984_540_054,
    };
    /// 99.8 %, the outer line of a funnel plot.
    pub const NINETY_NINE_POINT_EIGHT: Confidence = Confidence {
        level: 0.998,
        z: 3.090_232_306_167_813,
    };

    /// A level such as `0.95`.
    ///
    /// # Errors
    /// [`InvalidConfidence`] unless `0 < level < 1`.
    pub fn new(level: f64) -> Result<Self, InvalidConfidence> {
        if level > 0.0 && level < 1.0 {
            Ok(Self {
                level,
                z: special::normal_quantile(0.5 + level / 2.0),
            })
        } else {
            Err(InvalidConfidence(level))
        }
    }

    /// The level itself, for instance `0.95`.
    #[must_use]
    pub fn level(self) -> f64 {
        self.level
    }

    /// Probability left outside the interval, `1 - level`.
    #[must_use]
    pub fn alpha(self) -> f64 {
        1.0 - self.level
    }

    /// Two-sided standard normal critical value, 1.959963984540054 for 95 %.
    #[must_use]
    pub fn z(self) -> f64 {
        self.z
    }
}

/// Lower and upper end of an interval; both finite, `lower <= upper`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

impl Interval {
    /// Whether `value` lies in the closed interval.
    #[must_use]
    pub fn contains(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// `upper - lower`.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.upper - self.lower
    }

    /// `value ± z·standard_error`.
    #[must_use]
    pub fn wald(value: f64, standard_error: f64, confidence: Confidence) -> Self {
        let half = confidence.z() * standard_error;
        Self {
            lower: value - half,
            upper: value + half,
        }
    }

    /// The same interval cut off at `low` and `high`.
    #[must_use]
    pub fn clamped(self, low: f64, high: f64) -> Self {
        Self {
            lower: self.lower.clamp(low, high),
            upper: self.upper.clamp(low, high),
        }
    }
}

/// A value with its standard error and interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Point estimate.
    pub value: f64,
    /// Standard error on the scale of `value`.
    pub standard_error: f64,
    /// Interval at the level the caller asked for.
    pub interval: Interval,
}

impl Estimate {
    /// Estimate with a symmetric normal interval.
    #[must_use]
    pub fn normal(value: f64, standard_error: f64, confidence: Confidence) -> Self {
        let interval = Interval::wald(value, standard_error, confidence);
        Self {
            value,
            standard_error,
            interval,
        }
    }

    /// Two-sided p-value of `value = 0` under a normal approximation; `None` if the standard
    /// error is zero, because then there is nothing to compare with.
    #[must_use]
    pub fn p_value(&self) -> Option<f64> {
        (self.standard_error > 0.0)
            .then(|| 2.0 * special::normal_upper_tail((self.value / self.standard_error).abs()))
    }
}

/// Outcome of a test whose statistic follows a chi-square distribution under the hypothesis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChiSquareTest {
    /// Value of the statistic, at least 0.
    pub statistic: f64,
    /// Degrees of freedom, at least 1.
    pub degrees_of_freedom: usize,
    /// Upper tail probability of the statistic.
    pub p_value: f64,
}

impl ChiSquareTest {
    pub(crate) fn new(statistic: f64, degrees_of_freedom: usize) -> Self {
        let statistic = statistic.max(0.0);
        let p_value = special::chi_square_upper_tail(statistic, degrees_of_freedom as f64);
        Self {
            statistic,
            degrees_of_freedom,
            p_value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_must_lie_inside_the_unit_interval() {
        for level in [0.0, 1.0, -0.1, f64::NAN, f64::INFINITY] {
            assert!(Confidence::new(level).is_err(), "{level}");
        }
        for known in [Confidence::NINETY_FIVE, Confidence::NINETY_NINE_POINT_EIGHT] {
            let computed = Confidence::new(known.level()).unwrap();
            assert!((known.z() - computed.z()).abs() < 1e-14);
        }
    }

    #[test]
    fn no_p_value_without_spread() {
        let sure = Estimate::normal(1.0, 0.0, Confidence::NINETY_FIVE);
        assert_eq!(sure.p_value(), None);
        let two_sigma = Estimate::normal(-1.959_963_984_540_054, 1.0, Confidence::NINETY_FIVE);
        assert!((two_sigma.p_value().unwrap() - 0.05).abs() < 1e-14);
    }
}
