//! Exact tests on small counts and tests on tables of counts.
//!
//! Must not know what the rows and columns stand for.

use crate::interval::{ChiSquareTest, Confidence, Estimate, Interval};
use crate::special;

/// Why a test on counts cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TableError {
    /// The table has no counts at all.
    #[error("cannot be computed because the table is empty")]
    Empty,
    /// Fewer than two non-empty rows or columns.
    #[error("cannot be computed because fewer than two rows or columns contain any count")]
    OneCategory,
    /// Rows of different length.
    #[error("cannot be computed because row {row} has {found} columns instead of {expected}")]
    RaggedRows {
        /// Index of the row, from 0.
        row: usize,
        /// Columns found.
        found: usize,
        /// Columns of the first row.
        expected: usize,
    },
    /// No stratum in which both rows and both columns occur.
    #[error("cannot be computed because no stratum compares the two groups")]
    NoInformativeStratum,
    /// A probability outside [0, 1].
    #[error("cannot be computed because {0} is not a probability")]
    NotAProbability(f64),
    /// More successes than trials.
    #[error("cannot be computed because {successes} successes exceed {trials} trials")]
    SuccessesExceedTrials {
        /// Successes given.
        successes: u64,
        /// Trials given.
        trials: u64,
    },
}

/// A two by two table `[[a, b], [c, d]]`: rows are groups, columns are outcomes.
pub type TwoByTwo = [[u64; 2]; 2];

/// P-values of a discrete test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExactTest {
    /// Probability of a value at least as large as observed.
    pub greater: f64,
    /// Probability of a value at most as large as observed.
    pub less: f64,
    /// Sum of the probabilities of all outcomes that are at most as likely as the observed one.
    pub two_sided: f64,
}

/// Relative slack below which two outcomes count as equally likely; rounding must not decide
/// whether the mirror image of the observed table is included.
const EQUALLY_LIKELY: f64 = 1.0 + 1e-7;

fn exact_test(densities: &[f64], observed: usize) -> ExactTest {
    let limit = densities[observed] * EQUALLY_LIKELY;
    let sum = |values: &[f64]| values.iter().sum::<f64>().min(1.0);
    ExactTest {
        greater: sum(&densities[observed..]),
        less: sum(&densities[..=observed]),
        two_sided: densities
            .iter()
            .filter(|density| **density <= limit)
            .sum::<f64>()
            .min(1.0),
    }
}

/// Fisher's exact test (R. A. Fisher 1935): hypergeometric distribution of the upper left count
/// given all margins.
///
/// # Errors
/// [`TableError::Empty`] for a table of zeros.
/// A table with an empty row or column has only one possible outcome and gives p-values of 1.
pub fn fisher(table: TwoByTwo) -> Result<ExactTest, TableError> {
    let [[a, b], [c, d]] = table;
    let (row, column, total) = (a + b, a + c, a + b + c + d);
    if total == 0 {
        return Err(TableError::Empty);
    }
    let low = (row + column).saturating_sub(total);
    let high = row.min(column);
    let whole = special::ln_choose(total, row);
    let densities: Vec<f64> = (low..=high)
        .map(|x| {
            let ways = special::ln_choose(column, x) + special::ln_choose(total - column, row - x);
            (ways - whole).exp()
        })
        .collect();
    Ok(exact_test(&densities, (a - low) as usize))
}

/// Exact binomial test of `successes` out of `trials` against `probability`.
///
/// # Errors
/// [`TableError::NotAProbability`], [`TableError::SuccessesExceedTrials`].
/// Zero trials give p-values of 1.
pub fn binomial(successes: u64, trials: u64, probability: f64) -> Result<ExactTest, TableError> {
    if !(0.0..=1.0).contains(&probability) {
        return Err(TableError::NotAProbability(probability));
    }
    if successes > trials {
        return Err(TableError::SuccessesExceedTrials { successes, trials });
    }
    let densities: Vec<f64> = (0..=trials)
        .map(|k| special::binomial_pmf(k, trials, probability))
        .collect();
    let mut test = exact_test(&densities, successes as usize);
    test.greater = special::binomial_upper_tail(successes, trials, probability);
    test.less = special::binomial_cdf(successes, trials, probability);
    Ok(test)
}

/// Pearson's chi-square test of independence in a table of rows and columns.
///
/// Empty rows and columns are left out of the degrees of freedom.
///
/// # Errors
/// [`TableError::RaggedRows`], [`TableError::Empty`], [`TableError::OneCategory`].
pub fn independence(rows: &[Vec<u64>]) -> Result<ChiSquareTest, TableError> {
    let expected = rows.first().map_or(0, Vec::len);
    for (row, cells) in rows.iter().enumerate() {
        if cells.len() != expected {
            return Err(TableError::RaggedRows {
                row,
                found: cells.len(),
                expected,
            });
        }
    }
    let row_sums: Vec<u64> = rows.iter().map(|cells| cells.iter().sum()).collect();
    let column_sums: Vec<u64> = (0..expected)
        .map(|column| rows.iter().map(|cells| cells[column]).sum())
        .collect();
    let total: u64 = row_sums.iter().sum();
    if total == 0 {
        return Err(TableError::Empty);
    }
    let used = |sums: &[u64]| sums.iter().filter(|sum| **sum > 0).count();
    let (used_rows, used_columns) = (used(&row_sums), used(&column_sums));
    if used_rows < 2 || used_columns < 2 {
        return Err(TableError::OneCategory);
    }
    let mut statistic = 0.0;
    for (cells, row_sum) in rows.iter().zip(&row_sums) {
        for (cell, column_sum) in cells.iter().zip(&column_sums) {
            let expectation = *row_sum as f64 * *column_sum as f64 / total as f64;
            if expectation > 0.0 {
                statistic += (*cell as f64 - expectation).powi(2) / expectation;
            }
        }
    }
    Ok(ChiSquareTest::new(
        statistic,
        (used_rows - 1) * (used_columns - 1),
    ))
}

/// Result of a Mantel–Haenszel analysis over strata.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MantelHaenszel {
    /// Common odds ratio with the interval of Robins, Breslow and Greenland (1986); the standard
    /// error is that of its logarithm. `None` if a sum of cross products is zero.
    pub odds_ratio: Option<Estimate>,
    /// Test without continuity correction.
    pub test: ChiSquareTest,
    /// Test with the continuity correction of one half.
    pub corrected: ChiSquareTest,
}

/// Mantel–Haenszel common odds ratio and test over strata of two by two tables
/// (Mantel and Haenszel 1959): `Σ(ad/n) / Σ(bc/n)`.
///
/// # Errors
/// [`TableError::NoInformativeStratum`] if no stratum has both groups and both outcomes.
pub fn mantel_haenszel(
    strata: &[TwoByTwo],
    confidence: Confidence,
) -> Result<MantelHaenszel, TableError> {
    let (mut excess, mut variance) = (0.0, 0.0);
    let (mut r, mut s, mut pr, mut ps_qr, mut qs) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for stratum in strata {
        let [[a, b], [c, d]] = stratum.map(|row| row.map(|cell| cell as f64));
        let n = a + b + c + d;
        if n < 2.0 {
            continue;
        }
        excess += a - (a + b) * (a + c) / n;
        variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1.0));
        let (ad, bc, agree, differ) = (a * d / n, b * c / n, (a + d) / n, (b + c) / n);
        r += ad;
        s += bc;
        pr += agree * ad;
        ps_qr += agree * bc + differ * ad;
        qs += differ * bc;
    }
    if variance <= 0.0 {
        return Err(TableError::NoInformativeStratum);
    }
    let odds_ratio = (r > 0.0 && s > 0.0).then(|| {
        let log_variance = pr / (2.0 * r * r) + ps_qr / (2.0 * r * s) + qs / (2.0 * s * s);
        let factor = (confidence.z() * log_variance.sqrt()).exp();
        Estimate {
            value: r / s,
            standard_error: log_variance.sqrt(),
            interval: Interval {
                lower: r / s / factor,
                upper: r / s * factor,
            },
        }
    });
    let corrected = (excess.abs() - 0.5).max(0.0);
    Ok(MantelHaenszel {
        odds_ratio,
        test: ChiSquareTest::new(excess * excess / variance, 1),
        corrected: ChiSquareTest::new(corrected * corrected / variance, 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degenerate_tables() {
        assert_eq!(fisher([[0, 0], [0, 0]]), Err(TableError::Empty));
        let one_way = fisher([[3, 0], [2, 0]]).unwrap();
        assert!((one_way.two_sided - 1.0).abs() < 1e-12);
        assert_eq!(independence(&[vec![1, 2]]), Err(TableError::OneCategory));
        assert_eq!(independence(&[]), Err(TableError::Empty));
        assert_eq!(
            independence(&[vec![1, 2], vec![1]]),
            Err(TableError::RaggedRows {
                row: 1,
                found: 1,
                expected: 2
            })
        );
        assert_eq!(
            mantel_haenszel(&[[[1, 0], [0, 0]]], Confidence::NINETY_FIVE),
            Err(TableError::NoInformativeStratum)
        );
        assert!(binomial(1, 2, f64::NAN).is_err());
        assert!(binomial(3, 2, 0.5).is_err());
        assert!((binomial(0, 0, 0.5).unwrap().two_sided - 1.0).abs() < 1e-15);
    }

    #[test]
    fn independence_agrees_with_the_two_share_test() {
        let test = independence(&[vec![45, 155], vec![60, 140], vec![0, 0]]).unwrap();
        assert_eq!(test.degrees_of_freedom, 1);
        assert!((test.statistic - 2.905_569_007_263_922_5).abs() < 1e-10);
    }
}
