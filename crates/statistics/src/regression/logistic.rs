//! Logistic regression by iteratively reweighted least squares.
//!
//! Maximum likelihood of `ln(p/(1−p)) = xᵀβ` (McCullagh and Nelder 1989, §4.4). When a
//! combination of covariates separates the outcomes the likelihood has no maximum; that is
//! reported as [`RegressionError::Separation`], not as a huge coefficient.

use nalgebra::{DMatrix, DVector};

use super::{Design, RegressionError};
use crate::interval::{Confidence, Estimate, Interval};
use crate::linear_algebra;

/// A fitted logistic model.
#[derive(Debug, Clone, PartialEq)]
pub struct LogisticFit {
    /// Log odds ratios in the order of the columns.
    pub coefficients: Vec<f64>,
    /// Covariance of the coefficients, row by row.
    pub covariance: Vec<Vec<f64>>,
    /// Log-likelihood at the maximum.
    pub log_likelihood: f64,
    /// Fitted probability of each unit.
    pub probabilities: Vec<f64>,
    /// Steps taken.
    pub steps: usize,
}

const MAXIMUM_STEPS: usize = 60;
/// Fitted log odds beyond this are certainty to working precision.
const CERTAIN: f64 = 30.0;

impl LogisticFit {
    /// Standard errors of the coefficients.
    #[must_use]
    pub fn standard_errors(&self) -> Vec<f64> {
        self.covariance
            .iter()
            .enumerate()
            .map(|(i, row)| row[i].sqrt())
            .collect()
    }

    /// Odds ratio of one covariate with its interval; the standard error is that of the log.
    /// `None` if there is no such covariate.
    #[must_use]
    pub fn odds_ratio(&self, covariate: usize, confidence: Confidence) -> Option<Estimate> {
        let coefficient = *self.coefficients.get(covariate)?;
        let error = self.covariance.get(covariate)?.get(covariate)?.sqrt();
        let log = Interval::wald(coefficient, error, confidence);
        Some(Estimate {
            value: coefficient.exp(),
            standard_error: error,
            interval: Interval {
                lower: log.lower.exp(),
                upper: log.upper.exp(),
            },
        })
    }

    /// Probability predicted for each row of another table with the same columns.
    #[must_use]
    pub fn predict(&self, design: &Design) -> Vec<f64> {
        design
            .times(&self.coefficients)
            .into_iter()
            .map(logistic)
            .collect()
    }
}

/// `1/(1 + e^{−η})` without overflow.
#[must_use]
pub fn logistic(eta: f64) -> f64 {
    if eta >= 0.0 {
        1.0 / (1.0 + (-eta).exp())
    } else {
        let odds = eta.exp();
        odds / (1.0 + odds)
    }
}

/// `ln p` for outcome 1 and `ln(1 − p)` for outcome 0.
fn log_probability(eta: f64, outcome: bool) -> f64 {
    let signed = if outcome { eta } else { -eta };
    if signed >= 0.0 {
        -(-signed).exp().ln_1p()
    } else {
        signed - signed.exp().ln_1p()
    }
}

/// Maximum likelihood fit; add an intercept to the design if one is wanted.
///
/// # Errors
/// [`RegressionError::LengthMismatch`], [`RegressionError::OneOutcome`],
/// [`RegressionError::TooFewUnits`], [`RegressionError::Singular`],
/// [`RegressionError::Separation`], [`RegressionError::NotConverged`].
pub fn fit(design: &Design, outcome: &[bool]) -> Result<LogisticFit, RegressionError> {
    let (units, columns) = (design.rows(), design.columns());
    if outcome.len() != units {
        return Err(RegressionError::LengthMismatch {
            found: outcome.len(),
            expected: units,
        });
    }
    if units <= columns {
        return Err(RegressionError::TooFewUnits {
            units,
            coefficients: columns,
        });
    }
    if outcome.iter().all(|y| *y) || outcome.iter().all(|y| !*y) {
        return Err(RegressionError::OneOutcome);
    }
    let mut beta = DVector::zeros(columns);
    let mut log_likelihood = likelihood(design, outcome, &beta);
    for step in 1..=MAXIMUM_STEPS {
        let (score, information) = derivatives(design, outcome, &beta);
        let Some(inverse) = linear_algebra::inverse_of_positive(&information) else {
            return Err(if step == 1 {
                RegressionError::Singular
            } else {
                RegressionError::Separation
            });
        };
        let direction = &inverse * &score;
        let gain = score.dot(&direction);
        let mut length = 1.0;
        let mut next = likelihood(design, outcome, &(&beta + &direction));
        while next < log_likelihood - 1e-12 && length > 1e-6 {
            length /= 2.0;
            next = likelihood(design, outcome, &(&beta + &direction * length));
        }
        beta += &direction * length;
        log_likelihood = next;
        if separated(design, outcome, &beta) {
            return Err(RegressionError::Separation);
        }
        if gain < 1e-16 * (1.0 + log_likelihood.abs()) {
            return finish(design, outcome, &beta, log_likelihood, step);
        }
    }
    let etas = design.matrix() * &beta;
    Err(if etas.amax() > CERTAIN / 2.0 {
        RegressionError::Separation
    } else {
        RegressionError::NotConverged(MAXIMUM_STEPS)
    })
}

fn finish(
    design: &Design,
    outcome: &[bool],
    beta: &DVector<f64>,
    log_likelihood: f64,
    steps: usize,
) -> Result<LogisticFit, RegressionError> {
    let (_, information) = derivatives(design, outcome, beta);
    let inverse =
        linear_algebra::inverse_of_positive(&information).ok_or(RegressionError::Separation)?;
    let coefficients: Vec<f64> = beta.iter().copied().collect();
    Ok(LogisticFit {
        probabilities: design
            .times(&coefficients)
            .into_iter()
            .map(logistic)
            .collect(),
        coefficients,
        covariance: inverse
            .row_iter()
            .map(|row| row.iter().copied().collect())
            .collect(),
        log_likelihood,
        steps,
    })
}

/// Complete separation: every unit lies on its own side of the fitted plane, and one of them is
/// already certain.
fn separated(design: &Design, outcome: &[bool], beta: &DVector<f64>) -> bool {
    let etas = design.matrix() * beta;
    let own_side = etas
        .iter()
        .zip(outcome)
        .all(|(eta, y)| if *y { *eta > 0.0 } else { *eta < 0.0 });
    own_side && etas.amax() > CERTAIN / 2.0 || etas.amax() > 40.0 * CERTAIN
}

fn likelihood(design: &Design, outcome: &[bool], beta: &DVector<f64>) -> f64 {
    let etas = design.matrix() * beta;
    etas.iter()
        .zip(outcome)
        .map(|(eta, y)| log_probability(*eta, *y))
        .sum()
}

fn derivatives(
    design: &Design,
    outcome: &[bool],
    beta: &DVector<f64>,
) -> (DVector<f64>, DMatrix<f64>) {
    let matrix = design.matrix();
    let etas = matrix * beta;
    let residual = DVector::from_fn(matrix.nrows(), |i, _| {
        f64::from(u8::from(outcome[i])) - logistic(etas[i])
    });
    let weighted = DMatrix::from_fn(matrix.nrows(), matrix.ncols(), |i, j| {
        let p = logistic(etas[i]);
        p * (1.0 - p) * matrix[(i, j)]
    });
    (matrix.transpose() * residual, matrix.transpose() * weighted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn design(values: &[f64]) -> Design {
        Design::from_columns(&[values.to_vec()])
            .unwrap()
            .with_intercept()
    }

    #[test]
    fn separation_is_an_answer() {
        let complete = fit(&design(&[1.0, 2.0, 3.0, 4.0]), &[false, false, true, true]);
        assert_eq!(complete, Err(RegressionError::Separation));
        // Quasi-complete: both outcomes occur at 2, and nowhere else on the wrong side.
        let quasi = fit(
            &design(&[1.0, 2.0, 2.0, 3.0, 1.0]),
            &[false, false, true, true, false],
        );
        assert_eq!(quasi, Err(RegressionError::Separation));
    }

    #[test]
    fn degenerate_outcomes_and_designs() {
        let values = design(&[1.0, 2.0, 3.0]);
        assert_eq!(
            fit(&values, &[true, true, true]),
            Err(RegressionError::OneOutcome)
        );
        assert!(matches!(
            fit(&values, &[true]),
            Err(RegressionError::LengthMismatch { .. })
        ));
        let constant = design(&[1.0, 1.0, 1.0, 1.0]);
        assert_eq!(
            fit(&constant, &[true, false, true, false]),
            Err(RegressionError::Singular)
        );
        assert!(matches!(
            fit(&design(&[1.0, 2.0]), &[true, false]),
            Err(RegressionError::TooFewUnits { .. })
        ));
    }

    #[test]
    fn an_intercept_alone_gives_the_share() {
        let ones = Design::from_columns(&[vec![1.0; 10]]).unwrap();
        let outcome: Vec<bool> = (0..10).map(|i| i < 3).collect();
        let found = fit(&ones, &outcome).unwrap();
        assert!((found.probabilities[0] - 0.3).abs() < 1e-12);
    }
}
