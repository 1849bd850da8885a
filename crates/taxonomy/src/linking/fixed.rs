//! Logarithms that give the same bits on every machine.
//!
//! `f32::ln` may differ between platforms; additions, products and square roots may not.

/// Base-2 logarithm of `value` in 1/256 steps, rounded down; 0 for 0 and 1.
pub(super) fn log2_q8(value: u32) -> u32 {
    if value < 2 {
        return 0;
    }
    let whole = value.ilog2();
    // The mantissa as a fixed-point number in [1, 2) with 31 fractional bits.
    let mut mantissa = u64::from(value) << (31 - whole);
    let mut result = whole << 8;
    for bit in (0..8).rev() {
        mantissa = (mantissa * mantissa) >> 31;
        if mantissa >= 1 << 32 {
            mantissa >>= 1;
            result |= 1 << bit;
        }
    }
    result
}

/// Natural logarithm of `numerator / denominator`, 0 when the quotient is below one.
pub(super) fn ln_ratio(numerator: u32, denominator: u32) -> f32 {
    let steps = log2_q8(numerator).saturating_sub(log2_q8(denominator));
    steps as f32 * (std::f32::consts::LN_2 / 256.0)
}

/// Smoothed inverse document frequency: `1 + ln((1 + total) / (1 + documents))`.
pub(super) fn inverse_frequency(documents: u32, total: u32) -> f32 {
    1.0 + ln_ratio(total.saturating_add(1), documents.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithm_is_close_and_monotone() {
        let mut last = 0;
        for value in 1..5_000_u32 {
            let got = log2_q8(value);
            let exact = f64::from(value).log2() * 256.0;
            assert!(f64::from(got) <= exact + 1e-6 && f64::from(got) > exact - 1.01);
            assert!(got >= last);
            last = got;
        }
    }

    #[test]
    fn rare_terms_weigh_more() {
        assert!(inverse_frequency(1, 1000) > inverse_frequency(100, 1000));
        assert!((inverse_frequency(1000, 1000) - 1.0).abs() < 0.01);
    }
}
