//! Whether a score means the same in both groups.
//!
//! [`scoring_rate`] compares the shares above the common median; [`calibration`] compares, within
//! bands of the score, how often units of both groups actually succeed.

use super::RankingError;
use crate::exact;
use crate::interval::ChiSquareTest;
use crate::proportion::Share;

/// Shares above the median of all scores, with the units left out for lack of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoringRate {
    /// Median of all known scores.
    pub median: f64,
    /// Marked units above the median, of those with a score.
    pub marked: Share,
    /// Other units above the median, of those with a score.
    pub others: Share,
    /// Marked units without a score.
    pub marked_missing: u64,
    /// Other units without a score.
    pub others_missing: u64,
}

/// Scoring rates: the share of each group strictly above the common median.
///
/// # Errors
/// [`RankingError::LengthMismatch`], [`RankingError::NotFinite`], [`RankingError::OneGroup`] if a
/// group has no scores.
pub fn scoring_rate(scores: &[Option<f64>], marked: &[bool]) -> Result<ScoringRate, RankingError> {
    if scores.len() != marked.len() {
        return Err(RankingError::LengthMismatch {
            scores: scores.len(),
            units: marked.len(),
        });
    }
    let finite = |score: &Option<f64>| score.is_none_or(f64::is_finite);
    if let Some(unit) = scores.iter().position(|score| !finite(score)) {
        return Err(RankingError::NotFinite(unit));
    }
    let mut known: Vec<f64> = scores.iter().flatten().copied().collect();
    known.sort_by(f64::total_cmp);
    let (Some(low), Some(high)) = (
        known.get((known.len().max(1) - 1) / 2),
        known.get(known.len() / 2),
    ) else {
        return Err(RankingError::OneGroup);
    };
    let median = f64::midpoint(*low, *high);
    let of = |group: bool| {
        let members = || scores.iter().zip(marked).filter(move |(_, m)| **m == group);
        let known = members().filter_map(|(score, _)| *score);
        let above = known.clone().filter(|score| *score > median).count() as u64;
        let total = known.count() as u64;
        let missing = members().filter(|(score, _)| score.is_none()).count() as u64;
        Share::new(above, total)
            .map(|share| (share, missing))
            .map_err(|_| RankingError::OneGroup)
    };
    let ((marked, marked_missing), (others, others_missing)) = (of(true)?, of(false)?);
    Ok(ScoringRate {
        median,
        marked,
        others,
        marked_missing,
        others_missing,
    })
}

/// Successes of both groups in one band of the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Marked units that succeeded.
    pub marked_successes: u64,
    /// Marked units in the band.
    pub marked_units: u64,
    /// Other units that succeeded.
    pub other_successes: u64,
    /// Other units in the band.
    pub other_units: u64,
}

/// Calibration within groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Test per band; `None` where a band cannot be compared.
    pub bands: Vec<Option<ChiSquareTest>>,
    /// Heterogeneity over all comparable bands: sum of the statistics and degrees of freedom.
    pub overall: ChiSquareTest,
}

/// Compares success rates of both groups band by band.
///
/// # Errors
/// [`RankingError::NoComparableBand`]. A band with more successes than units is not comparable.
pub fn calibration(bands: &[Band]) -> Result<Calibration, RankingError> {
    let tests: Vec<Option<ChiSquareTest>> = bands
        .iter()
        .map(|band| {
            let marked = band.marked_units.checked_sub(band.marked_successes)?;
            let others = band.other_units.checked_sub(band.other_successes)?;
            let rows = [
                vec![band.marked_successes, marked],
                vec![band.other_successes, others],
            ];
            exact::independence(&rows).ok()
        })
        .collect();
    let statistic = tests.iter().flatten().map(|test| test.statistic).sum();
    let degrees: usize = tests
        .iter()
        .flatten()
        .map(|test| test.degrees_of_freedom)
        .sum();
    if degrees == 0 {
        return Err(RankingError::NoComparableBand);
    }
    Ok(Calibration {
        bands: tests,
        overall: ChiSquareTest::new(statistic, degrees),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_without_a_score_are_counted_not_guessed() {
        let found = scoring_rate(
            &[Some(1.0), Some(4.0), None, Some(2.0), Some(3.0)],
            &[true, false, true, true, false],
        )
        .unwrap();
        assert_eq!(found.median, 2.5);
        assert_eq!((found.marked.events(), found.marked.total()), (0, 2));
        assert_eq!((found.others.events(), found.others.total()), (2, 2));
        assert_eq!((found.marked_missing, found.others_missing), (1, 0));
        assert_eq!(scoring_rate(&[None], &[true]), Err(RankingError::OneGroup));
        assert_eq!(scoring_rate(&[], &[]), Err(RankingError::OneGroup));
    }

    #[test]
    fn bands_add_up() {
        let band = Band {
            marked_successes: 5,
            marked_units: 20,
            other_successes: 15,
            other_units: 30,
        };
        let empty = Band {
            marked_successes: 0,
            marked_units: 0,
            other_successes: 3,
            other_units: 9,
        };
        let found = calibration(&[band, empty, band]).unwrap();
        assert_eq!(found.bands[1], None);
        assert_eq!(found.overall.degrees_of_freedom, 2);
        let one = found.bands[0].unwrap().statistic;
        assert!((found.overall.statistic - 2.0 * one).abs() < 1e-12);
        assert_eq!(calibration(&[empty]), Err(RankingError::NoComparableBand));
    }
}
