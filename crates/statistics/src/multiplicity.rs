//! Adjustment of p-values when several questions are asked at once.
//!
//! Holm for a small family of main questions (controls the chance of any false finding),
//! Benjamini–Hochberg for screens with many figures (controls the share of false findings).

/// A value in the list that is not a probability.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("p-value {value} at position {position} is not between 0 and 1")]
pub struct NotAPValue {
    /// Position in the list, from 0.
    pub position: usize,
    /// The value.
    pub value: f64,
}

/// Holm's step-down adjustment (S. Holm 1979): in ascending order the running maximum of
/// `(m − i)·p₍ᵢ₎`, at most 1. The result is in the order of the input.
///
/// # Errors
/// [`NotAPValue`] for a value outside [0, 1] or NaN. An empty list gives an empty list.
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>, NotAPValue> {
    let order = ascending(p_values)?;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut running: f64 = 0.0;
    for (rank, index) in order.iter().enumerate() {
        let factor = (p_values.len() - rank) as f64;
        running = running.max((factor * p_values[*index]).min(1.0));
        adjusted[*index] = running;
    }
    Ok(adjusted)
}

/// Benjamini–Hochberg adjustment (1995): in descending order the running minimum of
/// `m/i·p₍ᵢ₎`. The result is in the order of the input.
///
/// # Errors
/// As [`holm`].
pub fn benjamini_hochberg(p_values: &[f64]) -> Result<Vec<f64>, NotAPValue> {
    let order = ascending(p_values)?;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut running: f64 = 1.0;
    for (rank, index) in order.iter().enumerate().rev() {
        let factor = p_values.len() as f64 / (rank + 1) as f64;
        running = running.min(factor * p_values[*index]);
        adjusted[*index] = running;
    }
    Ok(adjusted)
}

fn ascending(p_values: &[f64]) -> Result<Vec<usize>, NotAPValue> {
    for (position, value) in p_values.iter().enumerate() {
        if !(0.0..=1.0).contains(value) {
            return Err(NotAPValue {
                position,
                value: *value,
            });
        }
    }
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]));
    Ok(order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_of_the_input_is_kept_and_bad_values_are_named() {
        let straight = holm(&[0.01, 0.04, 0.03]).unwrap();
        let turned = holm(&[0.03, 0.01, 0.04]).unwrap();
        assert_eq!(straight, vec![0.03, 0.06, 0.06]);
        assert_eq!(turned, vec![0.06, 0.03, 0.06]);
        assert_eq!(holm(&[]).unwrap(), Vec::<f64>::new());
        assert_eq!(
            holm(&[0.5, 1.5]),
            Err(NotAPValue {
                position: 1,
                value: 1.5
            })
        );
        assert!(benjamini_hochberg(&[f64::NAN]).is_err());
    }
}
