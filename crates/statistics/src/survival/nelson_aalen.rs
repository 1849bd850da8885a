//! The Nelson–Aalen estimator of the cumulative hazard.
//!
//! `H(t) = Σ d/n` with variance `Σ d/n²` (Nelson 1972, Aalen 1978). Tied events count as one
//! increment `d/n`. Conventions of ties and entry as in [`super`].

use super::Observations;
use super::risk_walk::RiskWalk;
use crate::interval::{Confidence, Interval};

/// Cumulative hazard from one event time on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HazardStep {
    /// Event time.
    pub time: f64,
    /// Units at risk just before.
    pub at_risk: u64,
    /// Events at this time.
    pub events: u64,
    /// Cumulative hazard at and after this time.
    pub hazard: f64,
    /// Standard error of the cumulative hazard.
    pub standard_error: f64,
}

impl HazardStep {
    /// Interval on the log scale, `H·exp(±z·se/H)`.
    #[must_use]
    pub fn interval(&self, confidence: Confidence) -> Interval {
        let factor = (confidence.z() * self.standard_error / self.hazard).exp();
        Interval {
            lower: self.hazard / factor,
            upper: self.hazard * factor,
        }
    }
}

/// Cumulative hazard at every event time; empty if everybody is censored.
#[must_use]
pub fn cumulative_hazard(observations: &Observations) -> Vec<HazardStep> {
    let mut walk = RiskWalk::new(observations);
    let mut steps = Vec::new();
    let (mut hazard, mut variance) = (0.0, 0.0);
    while let Some(time) = walk.next_event_time() {
        let counts = walk.advance(time);
        let (n, d) = (counts.at_risk as f64, counts.events as f64);
        hazard += d / n;
        variance += d / (n * n);
        steps.push(HazardStep {
            time,
            at_risk: counts.at_risk,
            events: counts.events,
            hazard,
            standard_error: f64::sqrt(variance),
        });
    }
    steps
}

/// Cumulative hazard at `time`; 0 before the first event.
#[must_use]
pub fn hazard_at(steps: &[HazardStep], time: f64) -> f64 {
    let after = steps.partition_point(|step| step.time <= time);
    after
        .checked_sub(1)
        .and_then(|index| steps.get(index))
        .map_or(0.0, |step| step.hazard)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_one_increment_and_all_censored_is_empty() {
        let tied =
            Observations::right_censored(vec![1.0, 1.0, 2.0], vec![true, true, false]).unwrap();
        let steps = cumulative_hazard(&tied);
        assert_eq!(steps.len(), 1);
        assert!((steps[0].hazard - 2.0 / 3.0).abs() < 1e-15);
        assert!((hazard_at(&steps, 5.0) - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(hazard_at(&steps, 0.5), 0.0);
        let censored = Observations::right_censored(vec![1.0], vec![false]).unwrap();
        assert!(cumulative_hazard(&censored).is_empty());
    }
}
