//! Solving and inverting small symmetric matrices, with singularity as an answer, not a crash.

use nalgebra::{DMatrix, DVector};

/// Inverse of a symmetric positive definite matrix, after scaling its diagonal to 1.
///
/// `None` if the matrix is singular: a scaled pivot below `1e-11` means that a column is, to
/// working precision, a combination of the others.
pub(crate) fn inverse_of_positive(matrix: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let scale = scale_of(matrix)?;
    let scaled = scaled_by(matrix, &scale);
    let factor = scaled.cholesky()?;
    if factor
        .l()
        .diagonal()
        .iter()
        .any(|pivot| *pivot * *pivot < 1e-11)
    {
        return None;
    }
    Some(scaled_by(&factor.inverse(), &scale))
}

/// `uᵀ M⁻¹ u` for a symmetric positive definite matrix; `None` if it is singular.
pub(crate) fn quadratic_form(matrix: &DMatrix<f64>, vector: &DVector<f64>) -> Option<f64> {
    let inverse = inverse_of_positive(matrix)?;
    Some((vector.transpose() * inverse * vector)[(0, 0)])
}

fn scale_of(matrix: &DMatrix<f64>) -> Option<DVector<f64>> {
    let diagonal = matrix.diagonal();
    let positive = diagonal
        .iter()
        .all(|value| *value > 0.0 && value.is_finite());
    positive.then(|| diagonal.map(|value| 1.0 / value.sqrt()))
}

fn scaled_by(matrix: &DMatrix<f64>, scale: &DVector<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(matrix.nrows(), matrix.ncols(), |i, j| {
        matrix[(i, j)] * scale[i] * scale[j]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singular_matrices_give_no_inverse() {
        let singular = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 2.0, 4.0]);
        assert!(inverse_of_positive(&singular).is_none());
        let zero = DMatrix::zeros(1, 1);
        assert!(inverse_of_positive(&zero).is_none());
        // Badly scaled is not singular.
        let scaled = DMatrix::from_row_slice(2, 2, &[1e12, 1.0, 1.0, 1e-6]);
        let inverse = inverse_of_positive(&scaled).unwrap();
        let product = scaled * inverse;
        assert!((product - DMatrix::identity(2, 2)).abs().max() < 1e-5);
    }
}
