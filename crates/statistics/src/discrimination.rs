//! How well a score tells two groups apart: the area under the ROC curve.
//!
//! The area is the probability that a random unit of the marked group scores higher than a
//! random unmarked one (ties count one half). Variance by DeLong, DeLong and Clarke-Pearson
//! (1988), computed from ranks in `n log n` (Sun and Xu 2014).

use crate::interval::{Confidence, Estimate};

/// Why the area cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DiscriminationError {
    /// Scores and marks of different number.
    #[error("cannot be computed because there are {scores} scores and {marks} marks")]
    LengthMismatch {
        /// Number of scores.
        scores: usize,
        /// Number of marks.
        marks: usize,
    },
    /// Fewer than two units on one side.
    #[error("cannot be computed because a group has fewer than two units")]
    GroupTooSmall,
    /// A score that is not a number.
    #[error("score of unit {0} is not a finite number")]
    NotFinite(usize),
}

/// Area under the ROC curve with DeLong's interval, cut off at 0 and 1.
///
/// # Errors
/// [`DiscriminationError`].
pub fn area_under_curve(
    scores: &[f64],
    marked: &[bool],
    confidence: Confidence,
) -> Result<Estimate, DiscriminationError> {
    if scores.len() != marked.len() {
        return Err(DiscriminationError::LengthMismatch {
            scores: scores.len(),
            marks: marked.len(),
        });
    }
    if let Some(unit) = scores.iter().position(|score| !score.is_finite()) {
        return Err(DiscriminationError::NotFinite(unit));
    }
    let of = |group: bool| -> Vec<f64> {
        scores
            .iter()
            .zip(marked)
            .filter(|(_, m)| **m == group)
            .map(|(s, _)| *s)
            .collect()
    };
    let (high, low) = (of(true), of(false));
    if high.len() < 2 || low.len() < 2 {
        return Err(DiscriminationError::GroupTooSmall);
    }
    let (m, n) = (high.len() as f64, low.len() as f64);
    let above: Vec<f64> = placements(&high, &low);
    let below: Vec<f64> = placements(&low, &high)
        .into_iter()
        .map(|share| 1.0 - share)
        .collect();
    let area = above.iter().sum::<f64>() / m;
    let variance = |values: &[f64]| {
        let squares: f64 = values.iter().map(|value| (value - area).powi(2)).sum();
        squares / (values.len() - 1) as f64
    };
    let error = (variance(&above) / m + variance(&below) / n).sqrt();
    let mut estimate = Estimate::normal(area, error, confidence);
    estimate.interval = estimate.interval.clamped(0.0, 1.0);
    Ok(estimate)
}

/// For each of `values` the share of `others` below it, ties one half.
fn placements(values: &[f64], others: &[f64]) -> Vec<f64> {
    let mut sorted = others.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = |value: &f64| {
        let below = sorted.partition_point(|other| other < value);
        let up_to = sorted.partition_point(|other| other <= value);
        (below + up_to) as f64 / 2.0 / sorted.len() as f64
    };
    values.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn perfect_and_no_discrimination() {
        let level = Confidence::NINETY_FIVE;
        let marked = [true, true, false, false];
        let perfect = area_under_curve(&[4.0, 3.0, 2.0, 1.0], &marked, level).unwrap();
        assert_eq!((perfect.value, perfect.standard_error), (1.0, 0.0));
        let none = area_under_curve(&[1.0; 4], &marked, level).unwrap();
        assert_eq!(none.value, 0.5);
        assert!(area_under_curve(&[1.0; 3], &[true, false, false], level).is_err());
        assert!(area_under_curve(&[1.0, f64::NAN, 1.0, 2.0], &marked, level).is_err());
    }

    #[test]
    fn variance_by_hand() {
        // Marked 3, 1, 4; unmarked 2, 0, 2: placements 1, 1/3, 1 and 2/3, 1, 2/3.
        let found = area_under_curve(
            &[3.0, 1.0, 4.0, 2.0, 0.0, 2.0],
            &[true, true, true, false, false, false],
            Confidence::NINETY_FIVE,
        )
        .unwrap();
        assert!((found.value - 7.0 / 9.0).abs() < 1e-14);
        let expected = ((4.0 / 27.0) / 3.0 + (1.0 / 27.0) / 3.0_f64).sqrt();
        assert!((found.standard_error - expected).abs() < 1e-14);
    }
}
