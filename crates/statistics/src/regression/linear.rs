//! Ordinary and weighted least squares.
//!
//! Solved by a Householder QR decomposition of the scaled columns, not by normal equations, so
//! that nearly dependent covariates (Longley 1967) keep their digits.

use nalgebra::{DMatrix, DVector};

use super::{Design, RegressionError};
use crate::interval::{Confidence, Estimate, Interval};
use crate::special;

/// A fitted linear model.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearFit {
    /// Coefficients in the order of the columns.
    pub coefficients: Vec<f64>,
    /// Residuals `y − ŷ`.
    pub residuals: Vec<f64>,
    /// Residual standard deviation, `√(RSS/(n − p))`.
    pub residual_deviation: f64,
    /// Residual degrees of freedom, `n − p`.
    pub degrees_of_freedom: usize,
    /// Share of the (weighted) variance around the mean that the model explains; `None` if the
    /// outcome does not vary.
    pub r_squared: Option<f64>,
    covariance: DMatrix<f64>,
    unscaled: DMatrix<f64>,
}

/// Assumption behind the standard errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errors<'a> {
    /// Equal variance for all units: `s²(XᵀX)⁻¹`.
    EqualVariance,
    /// Unequal variance, HC1: the sandwich of White (1980) times `n/(n − p)`.
    Robust,
    /// Dependence within clusters (Liang and Zeger 1986), times `G/(G−1)·(n−1)/(n−p)`.
    /// The slice numbers the cluster of each unit from 0.
    Clustered(&'a [usize]),
}

/// Least squares; `weights`, if given, are precision weights of at least 0.
///
/// # Errors
/// [`RegressionError::LengthMismatch`], [`RegressionError::NotFinite`],
/// [`RegressionError::NegativeWeight`], [`RegressionError::TooFewUnits`],
/// [`RegressionError::Singular`].
pub fn fit(
    design: &Design,
    outcome: &[f64],
    weights: Option<&[f64]>,
) -> Result<LinearFit, RegressionError> {
    check(design, outcome, weights)?;
    let (units, columns) = (design.rows(), design.columns());
    let root = |unit: usize| weights.map_or(1.0, |weights| weights[unit].sqrt());
    let matrix = DMatrix::from_fn(units, columns, |i, j| design.matrix()[(i, j)] * root(i));
    let target = DVector::from_fn(units, |i, _| outcome[i] * root(i));
    let scales: Vec<f64> = matrix.column_iter().map(|column| column.norm()).collect();
    if scales.iter().any(|scale| *scale <= 0.0) {
        return Err(RegressionError::Singular);
    }
    let scaled = DMatrix::from_fn(units, columns, |i, j| matrix[(i, j)] / scales[j]);
    let qr = scaled.qr();
    let upper = qr.r();
    if upper.diagonal().iter().any(|pivot| pivot.abs() < 1e-10) {
        return Err(RegressionError::Singular);
    }
    let solution = upper
        .solve_upper_triangular(&(qr.q().transpose() * &target))
        .ok_or(RegressionError::Singular)?;
    let coefficients: Vec<f64> = solution
        .iter()
        .zip(&scales)
        .map(|(value, scale)| value / scale)
        .collect();
    let inverse = upper
        .solve_upper_triangular(&DMatrix::identity(columns, columns))
        .ok_or(RegressionError::Singular)?;
    let gram = &inverse * inverse.transpose();
    let unscaled = DMatrix::from_fn(columns, columns, |i, j| {
        gram[(i, j)] / (scales[i] * scales[j])
    });
    Ok(assemble(design, outcome, weights, coefficients, unscaled))
}

fn assemble(
    design: &Design,
    outcome: &[f64],
    weights: Option<&[f64]>,
    coefficients: Vec<f64>,
    unscaled: DMatrix<f64>,
) -> LinearFit {
    let fitted = design.times(&coefficients);
    let residuals: Vec<f64> = outcome
        .iter()
        .zip(&fitted)
        .map(|(y, fit)| y - fit)
        .collect();
    let weight = |unit: usize| weights.map_or(1.0, |weights| weights[unit]);
    let squares: f64 = residuals
        .iter()
        .enumerate()
        .map(|(i, r)| weight(i) * r * r)
        .sum();
    let used = (0..design.rows())
        .filter(|unit| weight(*unit) > 0.0)
        .count();
    let degrees_of_freedom = used - design.columns();
    let total_weight: f64 = (0..design.rows()).map(weight).sum();
    let mean = outcome
        .iter()
        .enumerate()
        .map(|(i, y)| weight(i) * y)
        .sum::<f64>()
        / total_weight;
    let total: f64 = outcome
        .iter()
        .enumerate()
        .map(|(i, y)| weight(i) * (y - mean).powi(2))
        .sum();
    let variance = squares / degrees_of_freedom as f64;
    LinearFit {
        coefficients,
        residuals,
        residual_deviation: variance.sqrt(),
        degrees_of_freedom,
        r_squared: (total > 0.0).then(|| 1.0 - squares / total),
        covariance: &unscaled * variance,
        unscaled,
    }
}

fn check(design: &Design, outcome: &[f64], weights: Option<&[f64]>) -> Result<(), RegressionError> {
    let units = design.rows();
    for found in std::iter::once(outcome.len()).chain(weights.map(<[f64]>::len)) {
        if found != units {
            return Err(RegressionError::LengthMismatch {
                found,
                expected: units,
            });
        }
    }
    if let Some(unit) = outcome.iter().position(|value| !value.is_finite()) {
        return Err(RegressionError::NotFinite(unit));
    }
    if let Some(weights) = weights {
        if let Some(unit) = weights.iter().position(|value| !value.is_finite()) {
            return Err(RegressionError::NotFinite(unit));
        }
        if let Some(unit) = weights.iter().position(|value| *value < 0.0) {
            return Err(RegressionError::NegativeWeight(unit));
        }
    }
    let used = weights.map_or(units, |weights| {
        weights.iter().filter(|w| **w > 0.0).count()
    });
    if used <= design.columns() {
        return Err(RegressionError::TooFewUnits {
            units: used,
            coefficients: design.columns(),
        });
    }
    Ok(())
}

impl LinearFit {
    /// Covariance of the coefficients under an assumption on the errors.
    ///
    /// # Errors
    /// [`RegressionError::LengthMismatch`] and [`RegressionError::OneCluster`] for clusters.
    pub fn covariance(
        &self,
        design: &Design,
        weights: Option<&[f64]>,
        errors: Errors<'_>,
    ) -> Result<Vec<Vec<f64>>, RegressionError> {
        let matrix = match errors {
            Errors::EqualVariance => self.covariance.clone(),
            Errors::Robust => {
                let own: Vec<usize> = (0..self.residuals.len()).collect();
                let n = self.residuals.len() as f64;
                self.sandwich(design, weights, &own) * (n / self.degrees_of_freedom as f64)
            }
            Errors::Clustered(cluster) => {
                if cluster.len() != self.residuals.len() {
                    return Err(RegressionError::LengthMismatch {
                        found: cluster.len(),
                        expected: self.residuals.len(),
                    });
                }
                let mut distinct = cluster.to_vec();
                distinct.sort_unstable();
                distinct.dedup();
                if distinct.len() < 2 {
                    return Err(RegressionError::OneCluster);
                }
                let (g, n) = (distinct.len() as f64, self.residuals.len() as f64);
                let factor = g / (g - 1.0) * (n - 1.0) / self.degrees_of_freedom as f64;
                self.sandwich(design, weights, cluster) * factor
            }
        };
        Ok(matrix
            .row_iter()
            .map(|row| row.iter().copied().collect())
            .collect())
    }

    fn sandwich(
        &self,
        design: &Design,
        weights: Option<&[f64]>,
        cluster: &[usize],
    ) -> DMatrix<f64> {
        let columns = design.columns();
        let clusters = cluster.iter().max().map_or(0, |largest| largest + 1);
        let mut sums = vec![DVector::zeros(columns); clusters];
        for (unit, residual) in self.residuals.iter().enumerate() {
            let weight = weights.map_or(1.0, |weights| weights[unit]);
            sums[cluster[unit]] += design.matrix().row(unit).transpose() * (residual * weight);
        }
        let mut middle = DMatrix::zeros(columns, columns);
        for sum in &sums {
            middle += sum * sum.transpose();
        }
        &self.unscaled * middle * &self.unscaled
    }

    /// One coefficient with its Student interval under equal variance; `None` if there is no
    /// such coefficient.
    #[must_use]
    pub fn estimate(&self, coefficient: usize, confidence: Confidence) -> Option<Estimate> {
        let value = *self.coefficients.get(coefficient)?;
        let standard_error = self.covariance[(coefficient, coefficient)].sqrt();
        let quantile = special::student_quantile(
            0.5 + confidence.level() / 2.0,
            self.degrees_of_freedom as f64,
        );
        let half = quantile * standard_error;
        let interval = Interval {
            lower: value - half,
            upper: value + half,
        };
        Some(Estimate {
            value,
            standard_error,
            interval,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degenerate_designs_are_refused() {
        let line = Design::from_columns(&[vec![1.0, 2.0, 3.0]])
            .unwrap()
            .with_intercept();
        assert!(fit(&line, &[1.0, 2.0], None).is_err());
        assert_eq!(
            fit(&line, &[1.0, f64::NAN, 2.0], None),
            Err(RegressionError::NotFinite(1))
        );
        let twice = line.clone().with_column(&[2.0, 4.0, 6.0]).unwrap();
        assert!(matches!(
            fit(&twice, &[1.0, 2.0, 4.0], None),
            Err(RegressionError::TooFewUnits { .. })
        ));
        let columns = [
            vec![1.0, 2.0, 3.0, 5.0, 4.0],
            vec![2.0, 4.0, 6.0, 10.0, 8.0],
        ];
        let dependent = Design::from_columns(&columns).unwrap().with_intercept();
        assert_eq!(
            fit(&dependent, &[1.0, 2.0, 4.0, 3.0, 1.0], None),
            Err(RegressionError::Singular)
        );
        let found = fit(&line, &[2.0, 2.0, 2.0], None).unwrap();
        assert_eq!(found.r_squared, None);
        assert_eq!(
            found.covariance(&line, None, Errors::Clustered(&[0, 0, 0])),
            Err(RegressionError::OneCluster)
        );
    }

    #[test]
    fn a_weight_of_two_is_a_unit_twice() {
        let columns = vec![vec![1.0, 2.0, 3.0, 4.0]];
        let design = Design::from_columns(&columns).unwrap().with_intercept();
        let weighted = fit(&design, &[1.0, 3.0, 2.0, 5.0], Some(&[1.0, 2.0, 1.0, 1.0])).unwrap();
        let repeated = Design::from_columns(&[vec![1.0, 2.0, 2.0, 3.0, 4.0]])
            .unwrap()
            .with_intercept();
        let plain = fit(&repeated, &[1.0, 3.0, 3.0, 2.0, 5.0], None).unwrap();
        for (a, b) in weighted.coefficients.iter().zip(&plain.coefficients) {
            assert!((a - b).abs() < 1e-12);
        }
    }
}
