//! The one configuration of the engine: every number that is a choice and not a fact.
//!
//! Its version is part of every result, so that a result can be recomputed later.

use crate::credit::Reason;
use crate::features::{Importance, Moment, SkillLevel, Step};
use crate::score::FULL_CREDIT;

/// Most rank points that can stand beside a score, so that sums fit 16 bits.
pub const MOST_RANK_POINTS: u32 = 2000;

/// Every chosen number of the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configuration {
    version: u32,
    importance: [u32; 3],
    learned_here_percent: u32,
    partial: PartialCredit,
    unstated_level: SkillLevel,
    rank_points: RankPoints,
}

/// Credit in sixteenths for a skill that is near the demanded one; each is less than 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialCredit {
    /// The candidate's skill is the general one above the demanded skill.
    pub broader: u8,
    /// Both skills belong to the same narrow group.
    pub sibling: u8,
    /// The catalogue declares the candidate's skill useful for the demanded one.
    pub related: u8,
}

/// Rank points of what stands beside the score and never inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankPoints {
    /// All skills of the candidate are used, see [`crate::skill_use`].
    pub skill_use: u16,
    /// The kind of place is one that was wished.
    pub kind: u16,
    /// The sector is one that was wished.
    pub sector: u16,
    /// The occupation and a wished one share the ISCO-08 group of 1, 2, 3 or 4 digits, or are the
    /// same occupation; the parts add up, so the nearest wish counts.
    pub nearness: [u16; 5],
}

/// A configuration that the engine cannot work with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigurationError {
    /// Only an exact or more specific skill may give the full credit.
    #[error("credit {credit} for a skill that is merely near: it must be less than {FULL_CREDIT}")]
    PartialCreditIsFull {
        /// The credit.
        credit: u8,
    },
    /// Rank points that do not fit beside the score.
    #[error("{points} rank points: at most {MOST_RANK_POINTS} fit beside the score")]
    RankPointsDoNotFit {
        /// Their sum.
        points: u32,
    },
    /// A grade of importance without any weight.
    #[error("every grade of importance needs a weight of 1 to 1000")]
    ImportanceOutOfRange,
    /// A percentage outside 1..=100.
    #[error("{percent} percent for what is learned here: expected 1 to 100")]
    PercentOutOfRange {
        /// The percentage.
        percent: u32,
    },
}

impl Configuration {
    /// The configuration in use, version 1.
    ///
    /// Essential : important : optional is 30 : 20 : 10.
    /// A skill that is learned here weighs half.
    /// Near skills give 7 (broader), 6 (related) and 4 (sibling) sixteenths.
    /// A skill without a stated level counts as mastered without help.
    /// Using all skills gives 1000 rank points, as much as the score.
    /// Wishes give up to 60, so they order what is otherwise nearly equal and no more.
    #[must_use]
    pub fn current() -> Configuration {
        Configuration {
            version: 1,
            importance: [30, 20, 10],
            learned_here_percent: 50,
            partial: PartialCredit {
                broader: 7,
                sibling: 4,
                related: 6,
            },
            unstated_level: SkillLevel::Independent,
            rank_points: RankPoints {
                skill_use: 1000,
                kind: 15,
                sector: 15,
                nearness: [2, 4, 6, 8, 10],
            },
        }
    }

    /// This configuration with other rank points, under another version.
    ///
    /// # Errors
    /// Fails if the points add up to more than [`MOST_RANK_POINTS`].
    pub fn with_rank_points(
        mut self,
        version: u32,
        rank_points: RankPoints,
    ) -> Result<Configuration, ConfigurationError> {
        let nearness: u32 = rank_points.nearness.iter().copied().map(u32::from).sum();
        let single = [rank_points.skill_use, rank_points.kind, rank_points.sector];
        let points = nearness + single.map(u32::from).iter().sum::<u32>();
        if points > MOST_RANK_POINTS {
            return Err(ConfigurationError::RankPointsDoNotFit { points });
        }
        (self.version, self.rank_points) = (version, rank_points);
        Ok(self)
    }

    /// This configuration with other partial credits, under another version.
    ///
    /// # Errors
    /// Fails if one of them is as good as full.
    pub fn with_partial_credit(
        mut self,
        version: u32,
        partial: PartialCredit,
    ) -> Result<Configuration, ConfigurationError> {
        for credit in [partial.broader, partial.sibling, partial.related] {
            if u16::from(credit) >= FULL_CREDIT {
                return Err(ConfigurationError::PartialCreditIsFull { credit });
            }
        }
        (self.version, self.partial) = (version, partial);
        Ok(self)
    }

    /// This configuration with other weights of importance (in the order of
    /// [`Importance::ALL`]) and of what is learned here, under another version.
    ///
    /// # Errors
    /// Fails on a weight outside 1..=1000 and a percentage outside 1..=100.
    pub fn with_importance(
        mut self,
        version: u32,
        importance: [u32; 3],
        learned_here_percent: u32,
    ) -> Result<Configuration, ConfigurationError> {
        if importance.iter().any(|weight| !(1..=1000).contains(weight)) {
            return Err(ConfigurationError::ImportanceOutOfRange);
        }
        if !(1..=100).contains(&learned_here_percent) {
            return Err(ConfigurationError::PercentOutOfRange {
                percent: learned_here_percent,
            });
        }
        self.version = version;
        (self.importance, self.learned_here_percent) = (importance, learned_here_percent);
        Ok(self)
    }

    /// Number of the version, part of every result.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Relative weight of a demand before normalising, at least 1.
    #[must_use]
    pub fn importance(&self, importance: Importance, moment: Moment) -> u64 {
        let percent = match moment {
            Moment::AtStart => 100,
            Moment::LearnedHere => self.learned_here_percent,
        };
        u64::from(self.importance[importance as usize] * percent)
    }

    /// Credit in sixteenths that a skill gives for a demand it stands to in this way.
    #[must_use]
    pub fn credit(&self, reason: Reason) -> u8 {
        match reason {
            Reason::Exact | Reason::Narrower => FULL_CREDIT as u8,
            Reason::Broader => self.partial.broader,
            Reason::Sibling => self.partial.sibling,
            Reason::Related => self.partial.related,
        }
    }

    /// The highest step that a held skill includes.
    #[must_use]
    pub fn highest_step(&self, level: Option<SkillLevel>) -> Step {
        Step::highest_of(level.unwrap_or(self.unstated_level))
    }

    /// Rank points of what stands beside the score.
    #[must_use]
    pub fn rank_points(&self) -> &RankPoints {
        &self.rank_points
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_is_never_as_good_as_exact() {
        let current = Configuration::current();
        let near = [Reason::Broader, Reason::Sibling, Reason::Related];
        assert!(
            near.iter()
                .all(|r| u16::from(current.credit(*r)) < FULL_CREDIT)
        );
        let full = PartialCredit {
            broader: 16,
            sibling: 1,
            related: 1,
        };
        assert!(current.with_partial_credit(2, full).is_err());
    }

    #[test]
    fn rank_points_are_bounded() {
        let heavy = RankPoints {
            skill_use: 1000,
            kind: 500,
            sector: 500,
            nearness: [1, 0, 0, 0, 0],
        };
        assert_eq!(
            Configuration::current().with_rank_points(2, heavy),
            Err(ConfigurationError::RankPointsDoNotFit { points: 2001 })
        );
    }
}
