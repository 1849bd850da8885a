//! How telling a skill is: what having it says about the occupation.
//!
//! A skill of one occupation says much, a skill of nearly all of them says nothing.
//! The measure is the information content known from retrieval as inverse document frequency
//! (K. Spärck Jones, *A statistical interpretation of term specificity*, 1972):
//! `log2((N + 1) / (n + 1))` for a skill that `n` of `N` occupations need, scaled to 1..=1000 by
//! the largest value that can occur, `log2((N + 1) / 2)`.
//!
//! Two cases need a decision:
//! - A skill of no occupation is rated as one of a single occupation would be, halved: nothing is
//!   known of its use, and it must not outweigh skills that are known to be rare.
//! - A transversal skill (reuse level) is rated at most [`TRANSVERSAL_LIMIT`]: "work in teams" is
//!   generic whatever the number of occupations that happen to list it.
//!
//! All of it is integer arithmetic, so that every machine finds the same numbers.

use crate::concept::ReuseLevel;

/// Highest value of a transversal skill, one fifth of the scale.
pub const TRANSVERSAL_LIMIT: u16 = 200;

/// Rates a skill that `n` of `n_occupations` occupations need, 1..=1000.
#[must_use]
pub fn telling(n: u32, n_occupations: u32, reuse: ReuseLevel) -> u16 {
    let largest = log2_fixed(u64::from(n_occupations) + 1)
        .saturating_sub(log2_fixed(2))
        .max(1);
    let used_by = u64::from(n.max(1));
    let bits = log2_fixed(u64::from(n_occupations) + 1).saturating_sub(log2_fixed(used_by + 1));
    let scaled = (bits * 1000 / largest).clamp(1, 1000) as u16;
    let rated = if n == 0 { scaled.div_ceil(2) } else { scaled };
    match reuse {
        ReuseLevel::Transversal => rated.min(TRANSVERSAL_LIMIT),
        _ => rated,
    }
}

/// Base-2 logarithm in units of 1/65,536, rounded down; 0 for 0 and 1.
fn log2_fixed(value: u64) -> u64 {
    if value < 2 {
        return 0;
    }
    let whole = u64::from(value.ilog2());
    // The mantissa in [1, 2) with 31 fractional bits; squaring it yields one bit at a time.
    let mut mantissa = if whole <= 31 {
        value << (31 - whole)
    } else {
        value >> (whole - 31)
    };
    let mut result = whole;
    for _ in 0..16 {
        mantissa = (mantissa * mantissa) >> 31;
        result <<= 1;
        if mantissa >= 1 << 32 {
            result |= 1;
            mantissa >>= 1;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithm_agrees_with_floating_point() {
        for value in [1u64, 2, 3, 7, 8, 1000, 3007, 3008, u64::from(u32::MAX)] {
            let exact = (value as f64).log2() * 65_536.0;
            assert!((log2_fixed(value) as f64 - exact).abs() < 2.0, "{value}");
        }
    }

    #[test]
    fn rare_is_telling_and_common_is_not() {
        let rate = |n| telling(n, 3007, ReuseLevel::SectorSpecific);
        assert_eq!(rate(1), 1000);
        assert!(rate(2) < rate(1) && rate(50) < rate(2));
        assert_eq!(rate(3007), 1);
        assert_eq!(rate(0), 500);
        assert_eq!(telling(1, 3007, ReuseLevel::Transversal), TRANSVERSAL_LIMIT);
    }

    #[test]
    fn small_catalogues_do_not_overflow() {
        for occupations in 0..4 {
            for n in 0..=occupations {
                assert!((1..=1000).contains(&telling(n, occupations, ReuseLevel::Unknown)));
            }
        }
    }
}
