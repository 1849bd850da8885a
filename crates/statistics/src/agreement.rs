//! Agreement between coders who judge the same material independently.
//!
//! Chance-corrected: two coders who both say "yes" to nearly everything agree often and mean
//! little by it.

use std::collections::BTreeMap;

use crate::interval::{Confidence, Estimate};

/// Why agreement cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AgreementError {
    /// No unit was judged by two coders.
    #[error("cannot be computed because no unit was judged by two coders")]
    NothingToCompare,
    /// The table is not square.
    #[error("cannot be computed because the table of judgements is not square")]
    NotSquare,
    /// Every judgement is the same, so chance agreement is complete.
    #[error("cannot be computed because all judgements fall into one category")]
    OneCategory,
    /// A judgement that is not a number.
    #[error("cannot be computed because a judgement is not a finite number")]
    NotFinite,
}

/// How much a disagreement between categories `i` and `j` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KappaWeights {
    /// Every disagreement counts fully.
    Nominal,
    /// In proportion to the distance `|i − j|`.
    Linear,
    /// In proportion to the squared distance.
    Quadratic,
}

impl KappaWeights {
    fn disagreement(self, i: usize, j: usize) -> f64 {
        let distance = i.abs_diff(j) as f64;
        match self {
            Self::Nominal => f64::from(u8::from(i != j)),
            Self::Linear => distance,
            Self::Quadratic => distance * distance,
        }
    }
}

/// Cohen's kappa (1960; weighted 1968) of a square table: rows are the first coder's categories,
/// columns the second's.
///
/// `κ = 1 − Σw·p/Σw·e`; large-sample standard error of Fleiss, Cohen and Everitt (1969).
///
/// # Errors
/// [`AgreementError::NotSquare`], [`AgreementError::NothingToCompare`],
/// [`AgreementError::OneCategory`].
pub fn kappa(
    table: &[Vec<u64>],
    weights: KappaWeights,
    confidence: Confidence,
) -> Result<Estimate, AgreementError> {
    let size = table.len();
    if table.iter().any(|row| row.len() != size) {
        return Err(AgreementError::NotSquare);
    }
    let total: u64 = table.iter().flatten().sum();
    if total == 0 {
        return Err(AgreementError::NothingToCompare);
    }
    let n = total as f64;
    let share = |i: usize, j: usize| table[i][j] as f64 / n;
    let rows: Vec<f64> = (0..size)
        .map(|i| (0..size).map(|j| share(i, j)).sum())
        .collect();
    let columns: Vec<f64> = (0..size)
        .map(|j| (0..size).map(|i| share(i, j)).sum())
        .collect();
    let largest = weights
        .disagreement(0, size.saturating_sub(1))
        .max(f64::MIN_POSITIVE);
    // Agreement weights: 1 on the diagonal, 0 for the largest disagreement.
    let agree = |i: usize, j: usize| 1.0 - weights.disagreement(i, j) / largest;
    let pairs = || (0..size).flat_map(|i| (0..size).map(move |j| (i, j)));
    let observed: f64 = pairs().map(|(i, j)| agree(i, j) * share(i, j)).sum();
    let expected: f64 = pairs()
        .map(|(i, j)| agree(i, j) * rows[i] * columns[j])
        .sum();
    if size < 2 || 1.0 - expected < 1e-12 {
        return Err(AgreementError::OneCategory);
    }
    let value = (observed - expected) / (1.0 - expected);
    let row_mean: Vec<f64> = (0..size)
        .map(|i| (0..size).map(|j| columns[j] * agree(i, j)).sum())
        .collect();
    let column_mean: Vec<f64> = (0..size)
        .map(|j| (0..size).map(|i| rows[i] * agree(i, j)).sum())
        .collect();
    let spread: f64 = pairs()
        .map(|(i, j)| {
            let term = agree(i, j) - (row_mean[i] + column_mean[j]) * (1.0 - value);
            share(i, j) * term * term
        })
        .sum();
    let shift = value - expected * (1.0 - value);
    let variance = (spread - shift * shift).max(0.0) / (n * (1.0 - expected).powi(2));
    Ok(Estimate::normal(value, variance.sqrt(), confidence))
}

/// Scale on which Krippendorff's alpha measures disagreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlphaScale {
    /// Categories without order.
    Nominal,
    /// Numbers whose differences mean something: squared difference.
    Interval,
}

/// Krippendorff's alpha (2011) for any number of coders with missing judgements.
///
/// `units[u]` holds the judgements of one unit, in any order, without the missing ones; units
/// with fewer than two judgements are left out. `α = 1 − D_o/D_e` over the coincidence matrix.
///
/// # Errors
/// [`AgreementError::NothingToCompare`], [`AgreementError::OneCategory`],
/// [`AgreementError::NotFinite`].
pub fn alpha(units: &[Vec<f64>], scale: AlphaScale) -> Result<f64, AgreementError> {
    if units
        .iter()
        .flatten()
        .any(|judgement| !judgement.is_finite())
    {
        return Err(AgreementError::NotFinite);
    }
    let distance = |a: f64, b: f64| match scale {
        AlphaScale::Nominal => f64::from(u8::from(a != b)),
        AlphaScale::Interval => (a - b) * (a - b),
    };
    let mut frequency: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
    let mut observed = 0.0;
    let mut total = 0.0;
    for unit in units.iter().filter(|unit| unit.len() >= 2) {
        let weight = 1.0 / (unit.len() - 1) as f64;
        for (position, first) in unit.iter().enumerate() {
            total += 1.0;
            // Adding 0.0 makes -0.0 and 0.0 the same category.
            frequency
                .entry((first + 0.0).to_bits())
                .or_insert((*first, 0.0))
                .1 += 1.0;
            for second in &unit[position + 1..] {
                observed += 2.0 * weight * distance(*first, *second);
            }
        }
    }
    if total < 2.0 {
        return Err(AgreementError::NothingToCompare);
    }
    let values: Vec<(f64, f64)> = frequency.into_values().collect();
    let mut expected = 0.0;
    for (a, count_a) in &values {
        for (b, count_b) in &values {
            expected += count_a * count_b * distance(*a, *b);
        }
    }
    if expected <= 0.0 {
        return Err(AgreementError::OneCategory);
    }
    Ok(1.0 - (total - 1.0) * observed / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_of_an_independent_implementation() {
        // Values of statsmodels 0.15.0, cohens_kappa.
        let table = vec![vec![20, 5, 1], vec![4, 15, 6], vec![2, 3, 14]];
        for (weights, value, error) in [
            (
                KappaWeights::Nominal,
                0.547_692_307_692_307_7,
                0.082_386_843_069_652_26,
            ),
            (
                KappaWeights::Linear,
                0.608_391_608_391_608_4,
                0.077_932_176_167_686_02,
            ),
            (
                KappaWeights::Quadratic,
                0.670_329_670_329_670_4,
                0.082_252_690_225_031_05,
            ),
        ] {
            let found = kappa(&table, weights, Confidence::NINETY_FIVE).unwrap();
            assert!(
                (found.value - value).abs() < 1e-10,
                "{weights:?} {}",
                found.value
            );
            assert!(
                (found.standard_error - error).abs() < 1e-10,
                "{}",
                found.standard_error
            );
        }
    }

    #[test]
    fn alpha_of_the_published_example() {
        // Krippendorff 2011, "Computing Krippendorff's alpha-reliability", example C:
        // four observers, twelve units, missing data; nominal .743, interval .849.
        let rows: [[u8; 12]; 4] = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
            [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ];
        let units: Vec<Vec<f64>> = (0..12)
            .map(|unit| {
                rows.iter()
                    .map(|row| row[unit])
                    .filter(|v| *v > 0)
                    .map(f64::from)
                    .collect()
            })
            .collect();
        assert!((alpha(&units, AlphaScale::Nominal).unwrap() - 0.743_421).abs() < 1e-6);
        assert!((alpha(&units, AlphaScale::Interval).unwrap() - 0.849_107).abs() < 1e-6);
    }

    #[test]
    fn no_value_without_variation() {
        let level = Confidence::NINETY_FIVE;
        assert_eq!(
            kappa(&[vec![4, 0], vec![0, 0]], KappaWeights::Nominal, level),
            Err(AgreementError::OneCategory)
        );
        assert_eq!(
            kappa(&[vec![4]], KappaWeights::Nominal, level),
            Err(AgreementError::OneCategory)
        );
        assert_eq!(
            kappa(&[], KappaWeights::Nominal, level),
            Err(AgreementError::NothingToCompare)
        );
        assert_eq!(
            kappa(&[vec![1, 2]], KappaWeights::Nominal, level),
            Err(AgreementError::NotSquare)
        );
        assert_eq!(
            alpha(&[vec![1.0], vec![2.0]], AlphaScale::Nominal),
            Err(AgreementError::NothingToCompare)
        );
        assert_eq!(
            alpha(&[vec![1.0, 1.0]], AlphaScale::Nominal),
            Err(AgreementError::OneCategory)
        );
    }
}
