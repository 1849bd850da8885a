//! Funnel plots and over-dispersion.

use statistics::Confidence;
use statistics::funnel::{dispersion, limits};
use statistics::proportion::Share;

use crate::near;

#[test]
fn exact_limits_around_45_percent() {
    let inner = Confidence::NINETY_FIVE;
    let outer = Confidence::NINETY_NINE_POINT_EIGHT;
    for (n, level, lower, upper) in [
        (25, inner, 0.23824228, 0.62850782),
        (25, outer, 0.13139525, 0.74037934),
        (100, inner, 0.347891, 0.54315585),
        (100, outer, 0.29309257, 0.59929964),
        (400, inner, 0.40013149, 0.49760198),
    ] {
        let found = limits(0.45, n, level).unwrap();
        near(found.lower, lower, 1e-8);
        near(found.upper, upper, 1e-8);
    }
}

#[test]
fn over_dispersion() {
    let events = [12, 30, 55, 20, 80, 9, 140, 33];
    let totals = [40, 60, 120, 60, 160, 30, 300, 90];
    let shares: Vec<Share> = events
        .into_iter()
        .zip(totals)
        .map(|(x, n)| Share::new(x, n).unwrap())
        .collect();
    let found = dispersion(&shares, 0.1).unwrap();
    near(found.target, 0.4406976744, 1e-10);
    near(found.raw, 1.8175245979, 1e-10);
    near(found.winsorised, 1.6477438144, 1e-10);
    near(found.tau_squared, 0.0022142997, 1e-10);
    // Not over-dispersed at 5 %: 13.2 on 7 degrees of freedom.
    near(found.p_value, 0.067, 0.002);
    assert!(!found.is_over_dispersed(0.05));
    let plain = limits(found.target, 60, Confidence::NINETY_FIVE).unwrap();
    let wide = found.additive_limits(60, Confidence::NINETY_FIVE).unwrap();
    assert!(wide.lower < plain.lower && wide.upper > plain.upper);
}
