//! Reference constants and laws of the statistics crate.

#[cfg(test)]
mod data;
#[cfg(test)]
mod disclosure_attacks;
#[cfg(test)]
mod gaps;
#[cfg(test)]
mod institutions;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod proportions;
#[cfg(test)]
mod rankings;
#[cfg(test)]
mod regressions;
#[cfg(test)]
mod survival_curves;
#[cfg(test)]
mod survival_models;

/// Asserts that two numbers agree to `tolerance`, relative to the size of the expected one when
/// that exceeds 1.
#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64) {
    let scale = expected.abs().max(1.0);
    assert!(
        (found - expected).abs() <= tolerance * scale,
        "found {found:.15}, expected {expected:.15}"
    );
}
