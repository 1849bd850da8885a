//! The Kaplan–Meier curve: share that has not had the event by time `t`.
//!
//! `S(t) = Π (1 − d/n)` over the event times up to `t` (Kaplan and Meier 1958), variance by
//! Greenwood (1926): `S² Σ d/(n(n−d))`. With delayed entry `n(t)` counts the units with
//! `entry < t <= exit`.
//!
//! Where the curve is 1 (before the first event) or 0 (everybody at risk had the event) the
//! variance formula says nothing; there is no interval there, rather than one of width zero.

use super::risk_walk::RiskWalk;
use super::{Observations, SurvivalError};
use crate::interval::{Confidence, Interval};

/// Rounding slack with which a curve counts as having reached a level: a product of fractions
/// that should be exactly one half must not miss it by the last bit.
const LEVEL_SLACK: f64 = 1e-12;

/// Scale on which the interval is symmetric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CurveInterval {
    /// `S^exp(±z·se(ln(−ln S)))`: stays inside (0, 1). The default.
    #[default]
    LogMinusLog,
    /// `S·exp(±z·se(ln S))`, cut off at 1.
    Log,
    /// `S ± z·se`, cut off at 0 and 1.
    Plain,
}

/// One time at which units leave observation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Time.
    pub time: f64,
    /// Units at risk just before.
    pub at_risk: u64,
    /// Events at this time.
    pub events: u64,
    /// Censorings at this time.
    pub censored: u64,
    /// Survival at and after this time.
    pub survival: f64,
    /// `Σ d/(n(n−d))` up to and including this time; infinite once the survival is 0.
    pub greenwood: f64,
}

impl Step {
    /// Greenwood's standard error of the survival; `None` once the survival is 0.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.greenwood
            .is_finite()
            .then(|| self.survival * self.greenwood.sqrt())
    }

    /// Interval of the survival; `None` while it is 1 and once it is 0.
    #[must_use]
    pub fn interval(&self, kind: CurveInterval, confidence: Confidence) -> Option<Interval> {
        let z = confidence.z();
        if !self.greenwood.is_finite() || self.greenwood <= 0.0 {
            return None;
        }
        let s = self.survival;
        let log_error = self.greenwood.sqrt();
        let interval = match kind {
            CurveInterval::LogMinusLog => {
                let log = s.ln();
                let factor = (z * log_error / -log).exp();
                Interval {
                    lower: (log * factor).exp(),
                    upper: (log / factor).exp(),
                }
            }
            CurveInterval::Log => {
                let factor = (z * log_error).exp();
                Interval {
                    lower: s / factor,
                    upper: s * factor,
                }
            }
            CurveInterval::Plain => Interval {
                lower: s - z * s * log_error,
                upper: s + z * s * log_error,
            },
        };
        Some(interval.clamped(0.0, 1.0))
    }
}

/// Where a curve falls to a level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    /// First time at which the survival is at or below the level.
    pub time: f64,
    /// If the curve lies exactly at the level from `time` on, the time of the next event, at
    /// which it leaves it; every time in between is a quantile too. Some software reports the
    /// middle of that stretch; here the first time counts.
    pub flat_until: Option<f64>,
    /// First time at which the lower confidence band is at or below the level, if it gets there.
    pub lower: Option<f64>,
    /// First time at which the upper confidence band is at or below the level, if it gets there.
    pub upper: Option<f64>,
}

/// A Kaplan–Meier curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    steps: Vec<Step>,
    units: u64,
    events: u64,
}

/// Kaplan–Meier curve of one group. Never fails: observations are checked when they are built.
///
/// If everybody is censored the curve stays at 1.
/// With delayed entry the risk set can be emptied early by an event of the only unit at risk; the
/// curve then is 0 from there on, and [`Curve::emptied_early_at`] says so.
#[must_use]
pub fn curve(observations: &Observations) -> Curve {
    let mut walk = RiskWalk::new(observations);
    let mut steps = Vec::with_capacity(walk.len().min(1 << 20));
    let (mut survival, mut greenwood, mut events) = (1.0, 0.0, 0);
    while let Some(time) = walk.next_time() {
        let counts = walk.advance(time);
        if counts.events > 0 {
            let (n, d) = (counts.at_risk as f64, counts.events as f64);
            survival *= (n - d) / n;
            greenwood += d / (n * (n - d));
            events += counts.events;
        }
        steps.push(Step {
            time,
            at_risk: counts.at_risk,
            events: counts.events,
            censored: counts.censored,
            survival,
            greenwood,
        });
    }
    Curve {
        steps,
        units: observations.len() as u64,
        events,
    }
}

impl Curve {
    /// All steps in ascending time, one for each distinct exit time.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Number of units.
    #[must_use]
    pub fn units(&self) -> u64 {
        self.units
    }

    /// Number of events.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Last observed time.
    #[must_use]
    pub fn last_time(&self) -> f64 {
        self.steps.last().map_or(0.0, |step| step.time)
    }

    /// The step in force at `time`: the last one at or before it. `None` before the first.
    #[must_use]
    pub fn step_at(&self, time: f64) -> Option<&Step> {
        let after = self.steps.partition_point(|step| step.time <= time);
        after.checked_sub(1).and_then(|index| self.steps.get(index))
    }

    /// Survival at `time`: 1 before the first step.
    ///
    /// # Errors
    /// [`SurvivalError::HorizonBeyondData`] after the last observed time, unless the curve has
    /// reached 0: a curve is not drawn further than it was observed.
    pub fn survival_at(&self, time: f64) -> Result<f64, SurvivalError> {
        let survival = self.step_at(time).map_or(1.0, |step| step.survival);
        if time > self.last_time() && survival > 0.0 {
            return Err(SurvivalError::HorizonBeyondData {
                horizon: time,
                last: self.last_time(),
            });
        }
        Ok(survival)
    }

    /// First time at which the survival is at or below `level`, such as 0.5 for the median;
    /// `None` if the curve does not get there.
    #[must_use]
    pub fn quantile(
        &self,
        level: f64,
        kind: CurveInterval,
        confidence: Confidence,
    ) -> Option<Quantile> {
        let reached = level + LEVEL_SLACK;
        let index = self.steps.partition_point(|step| step.survival > reached);
        let step = self.steps.get(index)?;
        let flat = (step.survival - level).abs() <= LEVEL_SLACK;
        let flat_until = if flat {
            self.steps[index + 1..]
                .iter()
                .find(|step| step.events > 0)
                .map(|step| step.time)
        } else {
            None
        };
        let band = |pick: fn(&Interval) -> f64| {
            let below = |step: &&Step| match step.interval(kind, confidence) {
                Some(interval) => pick(&interval) <= reached,
                None => false,
            };
            self.steps.iter().find(below).map(|step| step.time)
        };
        Some(Quantile {
            time: step.time,
            flat_until,
            lower: band(|interval| interval.lower),
            upper: band(|interval| interval.upper),
        })
    }

    /// The median, [`Self::quantile`] at one half.
    #[must_use]
    pub fn median(&self, kind: CurveInterval, confidence: Confidence) -> Option<Quantile> {
        self.quantile(0.5, kind, confidence)
    }

    /// Time at which the curve fell to 0 although units were observed later; only possible with
    /// delayed entry, and a sign that the early risk sets are too small to be used.
    #[must_use]
    pub fn emptied_early_at(&self) -> Option<f64> {
        let zero = self.steps.iter().find(|step| step.survival == 0.0)?;
        (zero.time < self.last_time()).then_some(zero.time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(data: &[(f64, u8)]) -> Curve {
        let times = data.iter().map(|(time, _)| *time).collect();
        let events = data.iter().map(|(_, event)| *event == 1).collect();
        curve(&Observations::right_censored(times, events).unwrap())
    }

    #[test]
    fn flat_at_one_half_is_reported_from_its_left_end() {
        // Steps: 3/4 at 1, exactly 1/2 at 2, flat until 4, then 1/4.
        let found = right(&[(1.0, 1), (2.0, 1), (4.0, 1), (5.0, 1)])
            .median(CurveInterval::Log, Confidence::NINETY_FIVE)
            .unwrap();
        assert_eq!((found.time, found.flat_until), (2.0, Some(4.0)));
        // The same level reached through a product of fractions that is not exact in binary.
        let tied: Vec<(f64, u8)> = (0..6).map(|i| (f64::from(i) + 1.0, 1)).collect();
        let found = right(&tied)
            .median(CurveInterval::Log, Confidence::NINETY_FIVE)
            .unwrap();
        assert_eq!((found.time, found.flat_until), (3.0, Some(4.0)));
        // Not flat: falls through one half.
        let found = right(&[(1.0, 1), (2.0, 1), (3.0, 1)])
            .median(CurveInterval::Log, Confidence::NINETY_FIVE)
            .unwrap();
        assert_eq!((found.time, found.flat_until), (2.0, None));
    }

    #[test]
    fn all_censored_stays_at_one() {
        let found = right(&[(1.0, 0), (2.0, 0)]);
        assert!(found.steps().iter().all(|step| step.survival == 1.0));
        assert_eq!(
            found.median(CurveInterval::Log, Confidence::NINETY_FIVE),
            None
        );
        assert_eq!(found.survival_at(2.0), Ok(1.0));
        assert!(found.survival_at(2.5).is_err());
        assert_eq!(
            found.steps()[0].interval(CurveInterval::Log, Confidence::NINETY_FIVE),
            None
        );
    }

    #[test]
    fn a_group_of_one() {
        let with_event = right(&[(3.0, 1)]);
        assert_eq!(with_event.survival_at(2.9), Ok(1.0));
        assert_eq!(with_event.survival_at(3.0), Ok(0.0));
        assert_eq!(with_event.survival_at(30.0), Ok(0.0));
        assert_eq!(with_event.steps()[0].standard_error(), None);
        let censored = right(&[(3.0, 0)]);
        assert_eq!(censored.survival_at(3.0), Ok(1.0));
    }

    #[test]
    fn events_come_before_censorings_at_the_same_time() {
        let found = right(&[(1.0, 0), (1.0, 1), (2.0, 0)]);
        assert_eq!(found.steps()[0].at_risk, 3);
        assert!((found.steps()[0].survival - 2.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn delayed_entry_counts_only_those_present() {
        let observations = Observations::with_entry(
            vec![0.0, 1.0, 1.0, 2.0],
            vec![1.0, 3.0, 3.0, 4.0],
            vec![true, true, false, false],
        )
        .unwrap();
        let found = curve(&observations);
        // The units that enter at 1 are not at risk at 1: the only one at risk has the event.
        assert_eq!(found.steps()[0].at_risk, 1);
        assert_eq!(found.emptied_early_at(), Some(1.0));
        // No value of the curve is NaN afterwards.
        assert!(found.steps().iter().all(|step| step.survival == 0.0));
    }

    #[test]
    fn event_at_time_zero_is_allowed() {
        let found = right(&[(0.0, 1), (1.0, 1)]);
        assert_eq!(found.survival_at(0.0), Ok(0.5));
    }
}
