//! The rules of a release, as one object.
//!
//! Defaults follow practice of statistical offices: a minimum count of 10 (Office for National
//! Statistics and Australian Bureau of Statistics, also for differences between tables), base 5
//! as in the counts Statistics Netherlands publishes on the same population, percentages only for
//! larger denominators and only whole ones.

use crate::proportion::Share;

/// A policy that cannot protect anything.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PolicyError {
    /// With a minimum count below 3 a hidden cell is known to be 1.
    #[error("a minimum count of {0} is below 3, so that a hidden count would be known")]
    MinimumCount(u64),
    /// A rounding base below 2 rounds nothing.
    #[error("a rounding base of {0} is below 2")]
    RoundingBase(u64),
    /// A limit for group disclosure outside (0.5, 1].
    #[error("a limit of {0} for group disclosure does not lie between 0.5 and 1")]
    GroupLimit(f64),
    /// A dominance limit outside (0, 1].
    #[error("a limit of {0} for dominance does not lie between 0 and 1")]
    DominanceLimit(f64),
}

/// Why a figure is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// More than 0 and fewer than the minimum count.
    SmallCount,
    /// (Nearly) everybody in a group has the same characteristic.
    GroupDisclosure,
    /// The denominator is too small for a percentage.
    SmallDenominator,
    /// Too few organisations contributed.
    FewContributors,
    /// The two largest contributors make up too much of the total.
    Dominance,
    /// Itself harmless, but it would give away a hidden cell.
    ProtectsAnother,
}

/// Rules of a release. All limits are inclusive in the direction their name says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    minimum_count: u64,
    rounding_base: u64,
    minimum_denominator: u64,
    group_limit: f64,
    minimum_contributors: u64,
    dominance_limit: f64,
}

impl Policy {
    /// The policy for public releases: minimum count 10, base 5, percentages from a denominator
    /// of 50, group disclosure from 90 %, at least 3 contributors, the two largest of which make
    /// up at most 85 %.
    pub const PUBLICATION: Policy = Policy {
        minimum_count: 10,
        rounding_base: 5,
        minimum_denominator: 50,
        group_limit: 0.9,
        minimum_contributors: 3,
        dominance_limit: 0.85,
    };

    /// The public policy with another minimum count.
    ///
    /// # Errors
    /// [`PolicyError::MinimumCount`] below 3.
    pub fn with_minimum_count(self, minimum_count: u64) -> Result<Self, PolicyError> {
        if minimum_count < 3 {
            return Err(PolicyError::MinimumCount(minimum_count));
        }
        Ok(Self {
            minimum_count,
            ..self
        })
    }

    /// The same policy with another rounding base.
    ///
    /// # Errors
    /// [`PolicyError::RoundingBase`] below 2.
    pub fn with_rounding_base(self, rounding_base: u64) -> Result<Self, PolicyError> {
        if rounding_base < 2 {
            return Err(PolicyError::RoundingBase(rounding_base));
        }
        Ok(Self {
            rounding_base,
            ..self
        })
    }

    /// The same policy with another smallest denominator of a percentage.
    #[must_use]
    pub fn with_minimum_denominator(self, minimum_denominator: u64) -> Self {
        Self {
            minimum_denominator,
            ..self
        }
    }

    /// The same policy with another limit of group disclosure; 1 withholds only when everybody
    /// is alike.
    ///
    /// # Errors
    /// [`PolicyError::GroupLimit`] outside (0.5, 1].
    pub fn with_group_limit(self, group_limit: f64) -> Result<Self, PolicyError> {
        if group_limit > 0.5 && group_limit <= 1.0 {
            Ok(Self {
                group_limit,
                ..self
            })
        } else {
            Err(PolicyError::GroupLimit(group_limit))
        }
    }

    /// The same policy with another smallest number of contributors.
    #[must_use]
    pub fn with_minimum_contributors(self, minimum_contributors: u64) -> Self {
        Self {
            minimum_contributors,
            ..self
        }
    }

    /// The same policy with another largest share of the two largest contributors.
    ///
    /// # Errors
    /// [`PolicyError::DominanceLimit`] outside (0, 1].
    pub fn with_dominance_limit(self, dominance_limit: f64) -> Result<Self, PolicyError> {
        if dominance_limit > 0.0 && dominance_limit <= 1.0 {
            Ok(Self {
                dominance_limit,
                ..self
            })
        } else {
            Err(PolicyError::DominanceLimit(dominance_limit))
        }
    }

    /// Smallest count above 0 that may be shown.
    #[must_use]
    pub fn minimum_count(&self) -> u64 {
        self.minimum_count
    }

    /// Base of the cell-key rounding.
    #[must_use]
    pub fn rounding_base(&self) -> u64 {
        self.rounding_base
    }

    /// Share of a group from which its common characteristic is withheld.
    #[must_use]
    pub fn group_limit(&self) -> f64 {
        self.group_limit
    }

    /// Whether a count may be shown; 0 may.
    ///
    /// # Errors
    /// [`Reason::SmallCount`].
    pub fn count(&self, count: u64) -> Result<(), Reason> {
        if count > 0 && count < self.minimum_count {
            Err(Reason::SmallCount)
        } else {
            Ok(())
        }
    }

    /// Whether `part` of a group of `whole` may be shown as a characteristic of the group.
    ///
    /// # Errors
    /// [`Reason::GroupDisclosure`] if the part makes up the limit or more.
    pub fn part_of_group(&self, part: u64, whole: u64) -> Result<(), Reason> {
        if whole > 0 && part as f64 >= self.group_limit * whole as f64 {
            Err(Reason::GroupDisclosure)
        } else {
            Ok(())
        }
    }

    /// The whole percentage that may be shown for a share.
    ///
    /// Nobody (0 %) may be shown like a count of 0; the complement must meet the same rules as
    /// the share, because one follows from the other.
    ///
    /// # Errors
    /// [`Reason::SmallDenominator`], [`Reason::SmallCount`], [`Reason::GroupDisclosure`].
    pub fn percentage(&self, share: &Share) -> Result<u8, Reason> {
        if share.total() < self.minimum_denominator {
            return Err(Reason::SmallDenominator);
        }
        self.part_of_group(share.events(), share.total())?;
        self.count(share.events())?;
        self.count(share.total() - share.events())?;
        // Rounds half up in whole numbers, so that every platform gives the same percentage.
        Ok(((200 * share.events() + share.total()) / (2 * share.total())) as u8)
    }

    /// Whether a total over contributing organisations may be shown.
    ///
    /// # Errors
    /// [`Reason::FewContributors`], [`Reason::Dominance`].
    pub fn contributions(&self, contributions: &[f64]) -> Result<(), Reason> {
        let mut present: Vec<f64> = contributions
            .iter()
            .map(|value| value.abs())
            .filter(|value| *value > 0.0)
            .collect();
        if (present.len() as u64) < self.minimum_contributors {
            return Err(Reason::FewContributors);
        }
        present.sort_by(|a, b| b.total_cmp(a));
        let total: f64 = present.iter().sum();
        let largest: f64 = present.iter().take(2).sum();
        if largest > self.dominance_limit * total {
            Err(Reason::Dominance)
        } else {
            Ok(())
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::PUBLICATION
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_percentages() {
        let policy = Policy::PUBLICATION;
        assert_eq!(policy.count(0), Ok(()));
        assert_eq!(policy.count(1), Err(Reason::SmallCount));
        assert_eq!(policy.count(9), Err(Reason::SmallCount));
        assert_eq!(policy.count(10), Ok(()));
        let percentage = |x, n| policy.percentage(&Share::new(x, n).unwrap());
        assert_eq!(percentage(20, 49), Err(Reason::SmallDenominator));
        assert_eq!(percentage(5, 100), Err(Reason::SmallCount));
        assert_eq!(percentage(95, 100), Err(Reason::GroupDisclosure));
        assert_eq!(percentage(45, 53), Err(Reason::SmallCount));
        assert_eq!(percentage(25, 200), Ok(13));
        assert_eq!(percentage(0, 200), Ok(0));
        assert_eq!(percentage(200, 200), Err(Reason::GroupDisclosure));
    }

    #[test]
    fn contributors() {
        let policy = Policy::PUBLICATION;
        assert_eq!(
            policy.contributions(&[5.0, 5.0]),
            Err(Reason::FewContributors)
        );
        assert_eq!(
            policy.contributions(&[5.0, 5.0, 0.0]),
            Err(Reason::FewContributors)
        );
        assert_eq!(
            policy.contributions(&[50.0, 50.0, 1.0]),
            Err(Reason::Dominance)
        );
        assert_eq!(policy.contributions(&[5.0, 5.0, 5.0]), Ok(()));
    }

    #[test]
    fn toothless_policies_are_refused() {
        let policy = Policy::PUBLICATION;
        assert_eq!(
            policy.with_minimum_count(2),
            Err(PolicyError::MinimumCount(2))
        );
        assert_eq!(
            policy.with_rounding_base(1),
            Err(PolicyError::RoundingBase(1))
        );
        assert!(policy.with_group_limit(0.4).is_err());
        assert!(policy.with_group_limit(f64::NAN).is_err());
        assert!(policy.with_dominance_limit(0.0).is_err());
    }
}
