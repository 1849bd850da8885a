//! Restricted mean: the mean time until the event, counted up to a horizon `τ`.
//!
//! `∫₀^τ S(t) dt` with variance `Σ A_i² d_i/(n_i(n_i − d_i))`, where `A_i` is the area under the
//! curve from the event time `t_i` to `τ` (Irwin 1949; Klein and Moeschberger 2003, §4.5).
//! Needs no assumption of proportional hazards, and speaks in units of time.

use super::SurvivalError;
use super::kaplan_meier::Curve;
use crate::interval::{Confidence, Estimate};

/// Area under a curve up to `horizon`.
///
/// # Errors
/// [`SurvivalError::NotAHorizon`] unless `horizon > 0`;
/// [`SurvivalError::HorizonBeyondData`] if the curve ends above 0 before the horizon.
pub fn restricted_mean(
    curve: &Curve,
    horizon: f64,
    confidence: Confidence,
) -> Result<Estimate, SurvivalError> {
    if !(horizon > 0.0 && horizon.is_finite()) {
        return Err(SurvivalError::NotAHorizon(horizon));
    }
    curve.survival_at(horizon)?;
    let used = curve.steps().partition_point(|step| step.time < horizon);
    let steps = &curve.steps()[..used];
    let mut area_after = 0.0;
    let mut end = horizon;
    let mut variance = 0.0;
    for step in steps.iter().rev() {
        area_after += step.survival * (end - step.time);
        end = step.time;
        let (n, d) = (step.at_risk as f64, step.events as f64);
        // Where everybody at risk has the event the area after it is 0, and so is its term.
        if step.events > 0 && step.events < step.at_risk {
            variance += area_after * area_after * d / (n * (n - d));
        }
    }
    Ok(Estimate::normal(
        area_after + end,
        f64::sqrt(variance),
        confidence,
    ))
}

/// Difference `first − second` of two restricted means of independent groups.
///
/// # Errors
/// As [`restricted_mean`], for either curve.
pub fn difference(
    first: &Curve,
    second: &Curve,
    horizon: f64,
    confidence: Confidence,
) -> Result<Estimate, SurvivalError> {
    let a = restricted_mean(first, horizon, confidence)?;
    let b = restricted_mean(second, horizon, confidence)?;
    let error = a.standard_error.hypot(b.standard_error);
    Ok(Estimate::normal(a.value - b.value, error, confidence))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::{Observations, kaplan_meier};

    #[test]
    fn without_events_the_mean_is_the_horizon() {
        let curve = kaplan_meier::curve(
            &Observations::right_censored(vec![5.0, 5.0], vec![false, false]).unwrap(),
        );
        let mean = restricted_mean(&curve, 4.0, Confidence::NINETY_FIVE).unwrap();
        assert_eq!((mean.value, mean.standard_error), (4.0, 0.0));
        assert!(matches!(
            restricted_mean(&curve, 6.0, Confidence::NINETY_FIVE),
            Err(SurvivalError::HorizonBeyondData { .. })
        ));
        assert!(restricted_mean(&curve, 0.0, Confidence::NINETY_FIVE).is_err());
        assert!(restricted_mean(&curve, f64::NAN, Confidence::NINETY_FIVE).is_err());
    }

    #[test]
    fn uncensored_mean_is_the_mean_of_the_cut_off_times() {
        let times = vec![1.0, 2.0, 2.0, 7.0];
        let curve =
            kaplan_meier::curve(&Observations::right_censored(times, vec![true; 4]).unwrap());
        let mean = restricted_mean(&curve, 5.0, Confidence::NINETY_FIVE).unwrap();
        assert!((mean.value - 2.5).abs() < 1e-14);
        // Beyond the last event the curve is 0, so any horizon will do.
        let all = restricted_mean(&curve, 100.0, Confidence::NINETY_FIVE).unwrap();
        assert!((all.value - 3.0).abs() < 1e-14);
    }
}
