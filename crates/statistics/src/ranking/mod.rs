//! Audits of ranked lists: does one group end up lower than chance would put it?
//!
//! A list is given with the marked units (the group the audit asks about) and, if known, the
//! scores. Units with equal scores share the mean attention of their places, so the order in
//! which a program happens to print ties cannot change an audit.
//! Must not know who is ranked or for what.

mod calibration;
mod fair_prefix;
mod permutation;
mod rerank;

pub use calibration::{Band, Calibration, ScoringRate, calibration, scoring_rate};
pub use fair_prefix::{FairPrefix, adjusted_level};
pub use permutation::{ExposureTest, exposure_test};
pub use rerank::{Candidate, constrained_order};

/// Why an audit of a ranking cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RankingError {
    /// The list is empty.
    #[error("cannot be computed because the list is empty")]
    Empty,
    /// Scores and marks of different number.
    #[error("cannot be computed because there are {scores} scores for {units} units")]
    LengthMismatch {
        /// Number of scores.
        scores: usize,
        /// Number of units.
        units: usize,
    },
    /// A score that is not a number.
    #[error("score of unit {0} is not a finite number")]
    NotFinite(usize),
    /// All units are on one side.
    #[error("cannot be computed because one of the two groups has no units")]
    OneGroup,
    /// A probability that is not strictly between 0 and 1.
    #[error("cannot be computed because {0} is not strictly between 0 and 1")]
    NotAProbability(f64),
    /// No list has both groups at different places.
    #[error("cannot be computed because no list contains both groups at different places")]
    NothingToCompare,
    /// The mean merit of a group is not above 0.
    #[error("cannot be computed because the mean merit of a group is not above 0")]
    NoMerit,
    /// A band or group without units everywhere.
    #[error("cannot be computed because no score band has both groups and both outcomes")]
    NoComparableBand,
}

/// Attention of each place, `1/log₂(1 + j)` for place `j` from 1 (Singh and Joachims 2018).
#[must_use]
pub fn attention(place: usize) -> f64 {
    1.0 / (place.max(1) as f64 + 1.0).log2()
}

/// A ranked list, best first.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedList {
    marked: Vec<bool>,
    /// Length of each run of equal scores, in order.
    ties: Vec<usize>,
}

/// Mean attention per group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exposure {
    /// Mean attention of the marked group.
    pub marked: f64,
    /// Mean attention of the others.
    pub others: f64,
    /// `marked / others`.
    pub ratio: f64,
}

impl RankedList {
    /// A list in its order, best first, without ties.
    ///
    /// # Errors
    /// [`RankingError::Empty`].
    pub fn in_order(marked: Vec<bool>) -> Result<Self, RankingError> {
        if marked.is_empty() {
            return Err(RankingError::Empty);
        }
        let ties = vec![1; marked.len()];
        Ok(Self { marked, ties })
    }

    /// A list from scores, the highest first; equal scores are ties.
    ///
    /// # Errors
    /// [`RankingError::Empty`], [`RankingError::LengthMismatch`], [`RankingError::NotFinite`].
    pub fn from_scores(scores: &[f64], marked: &[bool]) -> Result<Self, RankingError> {
        if scores.len() != marked.len() {
            return Err(RankingError::LengthMismatch {
                scores: scores.len(),
                units: marked.len(),
            });
        }
        if let Some(unit) = scores.iter().position(|score| !score.is_finite()) {
            return Err(RankingError::NotFinite(unit));
        }
        if scores.is_empty() {
            return Err(RankingError::Empty);
        }
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|a, b| (scores[*b] + 0.0).total_cmp(&(scores[*a] + 0.0)));
        let ties = order
            .chunk_by(|a, b| scores[*a] == scores[*b])
            .map(<[usize]>::len)
            .collect();
        Ok(Self {
            marked: order.iter().map(|unit| marked[*unit]).collect(),
            ties,
        })
    }

    /// Number of units.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a list is never empty")]
    pub fn len(&self) -> usize {
        self.marked.len()
    }

    /// Number of marked units.
    #[must_use]
    pub fn marked_units(&self) -> usize {
        self.marked.iter().filter(|marked| **marked).count()
    }

    /// Attention of each place, ties sharing the mean of theirs.
    #[must_use]
    pub fn attentions(&self) -> Vec<f64> {
        let mut result = Vec::with_capacity(self.len());
        for tie in &self.ties {
            let first = result.len() + 1;
            let mean = (first..first + tie).map(attention).sum::<f64>() / *tie as f64;
            result.extend(std::iter::repeat_n(mean, *tie));
        }
        result
    }

    /// Mean attention of both groups and their ratio.
    ///
    /// # Errors
    /// [`RankingError::OneGroup`].
    pub fn exposure(&self) -> Result<Exposure, RankingError> {
        let attentions = self.attentions();
        let mean = |group: bool| {
            let values: Vec<f64> = attentions
                .iter()
                .zip(&self.marked)
                .filter(|(_, marked)| **marked == group)
                .map(|(value, _)| *value)
                .collect();
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        let marked = mean(true).ok_or(RankingError::OneGroup)?;
        let others = mean(false).ok_or(RankingError::OneGroup)?;
        Ok(Exposure {
            marked,
            others,
            ratio: marked / others,
        })
    }

    /// Ratio of attention per unit of merit, `(v̄/ū)` of the marked over that of the others
    /// (Singh and Joachims 2018). `merits` are in the order of the list.
    ///
    /// # Errors
    /// [`RankingError::OneGroup`], [`RankingError::LengthMismatch`], [`RankingError::NoMerit`].
    pub fn exposure_per_merit(&self, merits: &[f64]) -> Result<f64, RankingError> {
        if merits.len() != self.len() {
            return Err(RankingError::LengthMismatch {
                scores: merits.len(),
                units: self.len(),
            });
        }
        let exposure = self.exposure()?;
        let mean = |group: bool, size: usize| {
            let of_group = merits
                .iter()
                .zip(&self.marked)
                .filter(|(_, m)| **m == group);
            let mean = of_group.map(|(merit, _)| merit).sum::<f64>() / size as f64;
            if mean > 0.0 && mean.is_finite() {
                Ok(mean)
            } else {
                Err(RankingError::NoMerit)
            }
        };
        let marked = mean(true, self.marked_units())?;
        let others = mean(false, self.len() - self.marked_units())?;
        Ok(exposure.ratio * others / marked)
    }

    /// Normalised discounted Kullback–Leibler divergence of the prefixes from the share `target`
    /// of marked units (Geyik, Ambler and Kenthapadi 2019): 0 if every prefix has that share.
    ///
    /// Natural logarithm; within ties the marked units are spread evenly.
    ///
    /// # Errors
    /// [`RankingError::NotAProbability`] unless `0 < target < 1`.
    pub fn divergence(&self, target: f64) -> Result<f64, RankingError> {
        if !(target > 0.0 && target < 1.0) {
            return Err(RankingError::NotAProbability(target));
        }
        let term = |share: f64, target: f64| {
            if share > 0.0 {
                share * (share / target).ln()
            } else {
                0.0
            }
        };
        let (mut sum, mut weights) = (0.0, 0.0);
        for (index, count) in self.prefix_counts().into_iter().enumerate() {
            let share = count / (index + 1) as f64;
            let weight = attention(index + 1);
            sum += weight * (term(share, target) + term(1.0 - share, 1.0 - target));
            weights += weight;
        }
        Ok(sum / weights)
    }

    /// Marked units among the first `i` places, ties spread evenly.
    fn prefix_counts(&self) -> Vec<f64> {
        let mut counts = Vec::with_capacity(self.len());
        let mut before = 0.0;
        let mut start = 0;
        for tie in &self.ties {
            let inside = self.marked[start..start + tie]
                .iter()
                .filter(|m| **m)
                .count() as f64;
            counts.extend((1..=*tie).map(|i| before + inside * i as f64 / *tie as f64));
            before += inside;
            start += tie;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_within_ties_does_not_matter() {
        let scores = [5.0, 3.0, 3.0, 3.0, 1.0];
        let one = RankedList::from_scores(&scores, &[false, true, false, false, true]).unwrap();
        let other = RankedList::from_scores(&scores, &[false, false, false, true, true]).unwrap();
        assert_eq!(one.exposure(), other.exposure());
        assert_eq!(one.divergence(0.4), other.divergence(0.4));
        assert_eq!(
            exposure_test(std::slice::from_ref(&one)),
            exposure_test(std::slice::from_ref(&other))
        );
    }

    #[test]
    fn a_unit_below_all_leaves_the_places_above_alone() {
        let short = RankedList::from_scores(&[3.0, 2.0], &[true, false]).unwrap();
        let long = RankedList::from_scores(&[3.0, 2.0, 1.0], &[true, false, false]).unwrap();
        assert_eq!(short.attentions()[..], long.attentions()[..2]);
    }

    #[test]
    fn degenerate_lists_are_named() {
        assert_eq!(RankedList::in_order(vec![]), Err(RankingError::Empty));
        let one = RankedList::in_order(vec![true, true]).unwrap();
        assert_eq!(one.exposure(), Err(RankingError::OneGroup));
        assert_eq!(one.divergence(1.0), Err(RankingError::NotAProbability(1.0)));
        assert!(RankedList::from_scores(&[f64::NAN], &[true]).is_err());
        let both = RankedList::in_order(vec![true, false]).unwrap();
        assert_eq!(
            both.exposure_per_merit(&[0.0, 1.0]),
            Err(RankingError::NoMerit)
        );
    }
}
