//! Checked table of covariates, shared by the regression models.

use nalgebra::{DMatrix, DVector};

/// Why a table of covariates cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DesignError {
    /// No columns or no rows.
    #[error("cannot be computed because there are no covariates or no units")]
    Empty,
    /// A column of another length than the first.
    #[error("column {column} has {found} values instead of {expected}")]
    LengthMismatch {
        /// Index of the column, from 0.
        column: usize,
        /// Values found.
        found: usize,
        /// Values expected.
        expected: usize,
    },
    /// A value that is not a finite number.
    #[error("value of unit {unit} in column {column} is not a finite number")]
    NotFinite {
        /// Index of the column, from 0.
        column: usize,
        /// Index of the unit, from 0.
        unit: usize,
    },
}

/// Covariates: one row per unit, one column per covariate, all finite.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    matrix: DMatrix<f64>,
}

impl Design {
    /// A table from its columns; no intercept is added.
    ///
    /// # Errors
    /// [`DesignError`].
    pub fn from_columns(columns: &[Vec<f64>]) -> Result<Self, DesignError> {
        let expected = columns.first().map_or(0, Vec::len);
        if expected == 0 {
            return Err(DesignError::Empty);
        }
        for (column, values) in columns.iter().enumerate() {
            if values.len() != expected {
                return Err(DesignError::LengthMismatch {
                    column,
                    found: values.len(),
                    expected,
                });
            }
            if let Some(unit) = values.iter().position(|value| !value.is_finite()) {
                return Err(DesignError::NotFinite { column, unit });
            }
        }
        let matrix = DMatrix::from_fn(expected, columns.len(), |row, column| columns[column][row]);
        Ok(Self { matrix })
    }

    /// The same table with a first column of ones.
    #[must_use]
    pub fn with_intercept(self) -> Self {
        Self {
            matrix: self.matrix.insert_column(0, 1.0),
        }
    }

    /// The same table with another column at the end.
    ///
    /// # Errors
    /// [`DesignError`] if the column does not fit.
    pub fn with_column(self, values: &[f64]) -> Result<Self, DesignError> {
        let column = self.columns();
        if values.len() != self.rows() {
            return Err(DesignError::LengthMismatch {
                column,
                found: values.len(),
                expected: self.rows(),
            });
        }
        if let Some(unit) = values.iter().position(|value| !value.is_finite()) {
            return Err(DesignError::NotFinite { column, unit });
        }
        let mut matrix = self.matrix.insert_column(column, 0.0);
        matrix.set_column(column, &DVector::from_column_slice(values));
        Ok(Self { matrix })
    }

    /// Only the rows for which `keep` holds; `None` if there are none.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(usize) -> bool) -> Option<Self> {
        let rows: Vec<usize> = (0..self.rows()).filter(|row| keep(*row)).collect();
        (!rows.is_empty()).then(|| Self {
            matrix: self.matrix.select_rows(&rows),
        })
    }

    /// Number of units.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.matrix.nrows()
    }

    /// Number of covariates, the intercept included.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.matrix.ncols()
    }

    /// Values of one covariate.
    ///
    /// # Panics
    /// If there is no such column.
    #[must_use]
    pub fn column(&self, column: usize) -> Vec<f64> {
        self.matrix.column(column).iter().copied().collect()
    }

    /// Mean of every column.
    #[must_use]
    pub fn means(&self) -> Vec<f64> {
        self.matrix
            .column_iter()
            .map(|column| column.mean())
            .collect()
    }

    /// Linear predictor of every unit.
    ///
    /// # Panics
    /// If the number of coefficients is not the number of columns.
    #[must_use]
    pub fn times(&self, coefficients: &[f64]) -> Vec<f64> {
        (&self.matrix * DVector::from_column_slice(coefficients))
            .iter()
            .copied()
            .collect()
    }

    pub(crate) fn matrix(&self) -> &DMatrix<f64> {
        &self.matrix
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_tables_are_named() {
        assert_eq!(Design::from_columns(&[]), Err(DesignError::Empty));
        assert_eq!(Design::from_columns(&[vec![]]), Err(DesignError::Empty));
        assert!(matches!(
            Design::from_columns(&[vec![1.0, 2.0], vec![1.0]]),
            Err(DesignError::LengthMismatch { column: 1, .. })
        ));
        assert_eq!(
            Design::from_columns(&[vec![1.0, f64::NAN]]),
            Err(DesignError::NotFinite { column: 0, unit: 1 })
        );
    }
}
