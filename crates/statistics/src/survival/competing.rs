//! Competing events: the share that has had each kind of event by time `t`.
//!
//! Aalen–Johansen estimator (1978): `C_k(t) = Σ S(t−) d_k/n`. One minus a Kaplan–Meier curve that
//! treats the other events as censoring is a larger number and answers no question about this
//! world; it is not offered. Tests between groups: Gray (1988).

use super::gray;
use super::multi_state::{Occupation, TimeCounts};
use super::observations::check_length;
use super::{Observations, SurvivalError};
use crate::interval::{ChiSquareTest, Confidence, Estimate, Interval};

/// Observations whose event is one of several kinds.
#[derive(Debug, Clone, PartialEq)]
pub struct CompetingObservations {
    observations: Observations,
    cause: Vec<usize>,
    causes: usize,
}

impl CompetingObservations {
    /// Observations without delayed entry; `cause` is 0 for censored and 1, 2, … for the kinds
    /// of event.
    ///
    /// # Errors
    /// As [`Observations::right_censored`].
    pub fn new(exit: Vec<f64>, cause: Vec<usize>) -> Result<Self, SurvivalError> {
        let events = cause.iter().map(|cause| *cause > 0).collect();
        Ok(Self::from_parts(
            Observations::right_censored(exit, events)?,
            cause,
        ))
    }

    /// Observations with delayed entry.
    ///
    /// # Errors
    /// As [`Observations::with_entry`].
    pub fn with_entry(
        entry: Vec<f64>,
        exit: Vec<f64>,
        cause: Vec<usize>,
    ) -> Result<Self, SurvivalError> {
        let events = cause.iter().map(|cause| *cause > 0).collect();
        Ok(Self::from_parts(
            Observations::with_entry(entry, exit, events)?,
            cause,
        ))
    }

    fn from_parts(observations: Observations, cause: Vec<usize>) -> Self {
        let causes = cause.iter().copied().max().unwrap_or(0);
        Self {
            observations,
            cause,
            causes,
        }
    }

    /// Times and "any event" markers.
    #[must_use]
    pub fn observations(&self) -> &Observations {
        &self.observations
    }

    /// Largest cause number.
    #[must_use]
    pub fn causes(&self) -> usize {
        self.causes
    }
}

/// Cumulative incidence of every cause at every event time.
#[derive(Debug, Clone, PartialEq)]
pub struct CumulativeIncidence {
    occupation: Vec<Occupation>,
    causes: usize,
    last: f64,
}

/// Aalen–Johansen estimate for all causes. With everybody censored all incidences stay 0.
#[must_use]
pub fn cumulative_incidence(data: &CompetingObservations) -> CumulativeIncidence {
    let states = data.causes + 1;
    let mut state = Occupation::certain(0, states);
    let mut occupation = Vec::new();
    for at in event_times(data) {
        let moves = at
            .by_cause
            .iter()
            .enumerate()
            .map(|(k, d)| (0, k + 1, *d))
            .collect();
        let mut at_risk = vec![0; states];
        at_risk[0] = at.at_risk;
        state = state.after(&TimeCounts {
            time: at.time,
            at_risk,
            moves,
        });
        occupation.push(state.clone());
    }
    CumulativeIncidence {
        occupation,
        causes: data.causes,
        last: data.observations.last_time(),
    }
}

/// Counts at one event time of one group.
pub(super) struct CauseCounts {
    pub(super) time: f64,
    pub(super) at_risk: u64,
    pub(super) by_cause: Vec<u64>,
}

/// Event times in ascending order with the units at risk and the events per cause.
fn event_times(data: &CompetingObservations) -> Vec<CauseCounts> {
    let exit = data.observations.exit();
    let mut order: Vec<usize> = (0..exit.len()).collect();
    order.sort_by(|a, b| exit[*a].total_cmp(&exit[*b]));
    let entries = data.observations.entry().map(|entry| {
        let mut entries = entry.to_vec();
        entries.sort_by(f64::total_cmp);
        entries
    });
    let mut left = 0;
    let mut times = Vec::new();
    for tied in order.chunk_by(|a, b| exit[*a] == exit[*b]) {
        let time = exit[tied[0]];
        let entered = entries.as_ref().map_or(exit.len(), |entries| {
            entries.partition_point(|entry| *entry < time)
        });
        let mut by_cause = vec![0; data.causes];
        for unit in tied {
            if let Some(slot) = data.cause[*unit].checked_sub(1) {
                by_cause[slot] += 1;
            }
        }
        if by_cause.iter().any(|count| *count > 0) {
            times.push(CauseCounts {
                time,
                at_risk: (entered - left) as u64,
                by_cause,
            });
        }
        left += tied.len();
    }
    times
}

impl CumulativeIncidence {
    /// Event times with the share per state: index 0 is "no event yet", index `k` is cause `k`.
    #[must_use]
    pub fn steps(&self) -> &[Occupation] {
        &self.occupation
    }

    /// Cumulative incidence of `cause` at `time` with its standard error and log-minus-log
    /// interval (`[0, 0]` before the first event of that cause).
    ///
    /// # Errors
    /// [`SurvivalError::UnknownCause`]; [`SurvivalError::HorizonBeyondData`] after the last time
    /// while anybody is still without an event.
    pub fn at(
        &self,
        cause: usize,
        time: f64,
        confidence: Confidence,
    ) -> Result<Estimate, SurvivalError> {
        if cause == 0 || cause > self.causes {
            return Err(SurvivalError::UnknownCause { cause });
        }
        let after = self.occupation.partition_point(|step| step.time <= time);
        let step = after
            .checked_sub(1)
            .and_then(|index| self.occupation.get(index));
        if time > self.last && step.is_none_or(|step| step.share[0] > 1e-12) {
            return Err(SurvivalError::HorizonBeyondData {
                horizon: time,
                last: self.last,
            });
        }
        let (value, standard_error) = step.map_or((0.0, 0.0), |step| {
            (step.share[cause], step.standard_error(cause))
        });
        let interval = if value <= 0.0 || value >= 1.0 {
            Interval {
                lower: value,
                upper: value,
            }
        } else {
            let log = (1.0 - value).ln();
            let factor = (confidence.z() * standard_error / ((1.0 - value) * -log)).exp();
            Interval {
                lower: 1.0 - (log / factor).exp(),
                upper: 1.0 - (log * factor).exp(),
            }
        };
        Ok(Estimate {
            value,
            standard_error,
            interval,
        })
    }
}

/// Gray's test (1988, ρ = 0) that the cumulative incidence of `cause` is the same in all groups.
///
/// `group` numbers the group of each unit from 0. Without delayed entry only.
///
/// # Errors
/// [`SurvivalError::LengthMismatch`], [`SurvivalError::UnknownCause`],
/// [`SurvivalError::FewerThanTwoGroups`], [`SurvivalError::GroupsNeverMeet`].
pub fn gray_test(
    data: &CompetingObservations,
    group: &[usize],
    cause: usize,
) -> Result<ChiSquareTest, SurvivalError> {
    check_length("group", group.len(), data.observations.len())?;
    if let Some(entry) = data.observations.entry() {
        return Err(SurvivalError::LengthMismatch {
            what: "entry",
            found: entry.len(),
            expected: 0,
        });
    }
    if cause == 0 || !data.cause.contains(&cause) {
        return Err(SurvivalError::UnknownCause { cause });
    }
    let groups = group.iter().max().map_or(0, |largest| largest + 1);
    let present = (0..groups).filter(|g| group.contains(g)).count();
    if present < 2 {
        return Err(SurvivalError::FewerThanTwoGroups);
    }
    // Groups without units would make the covariance singular; renumber the ones that occur.
    let mut number = vec![0; groups];
    let occurring: Vec<usize> = (0..groups).filter(|g| group.contains(g)).collect();
    for (new, old) in occurring.iter().enumerate() {
        number[*old] = new;
    }
    let exit = data.observations.exit();
    let mut order: Vec<usize> = (0..exit.len()).collect();
    order.sort_by(|a, b| exit[*a].total_cmp(&exit[*b]));
    let mut test = gray::Accumulator::new(present, |g| {
        group.iter().filter(|member| number[**member] == g).count() as f64
    });
    for tied in order.chunk_by(|a, b| exit[*a] == exit[*b]) {
        let mut leaving = vec![gray::Leaving::default(); present];
        for unit in tied {
            let slot = &mut leaving[number[group[*unit]]];
            match data.cause[*unit] {
                0 => slot.censored += 1.0,
                kind if kind == cause => slot.of_interest += 1.0,
                _ => slot.competing += 1.0,
            }
        }
        test.advance(&leaving);
    }
    test.result()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::kaplan_meier;

    #[test]
    fn one_cause_is_one_minus_kaplan_meier() {
        let exit = vec![1.0, 2.0, 2.0, 3.0, 4.0, 5.0];
        let cause = vec![1, 0, 1, 1, 0, 1];
        let data = CompetingObservations::new(exit, cause).unwrap();
        let incidence = cumulative_incidence(&data);
        let curve = kaplan_meier::curve(data.observations());
        for time in [0.5, 1.0, 2.5, 3.0, 4.5] {
            let found = incidence.at(1, time, Confidence::NINETY_FIVE).unwrap();
            assert!((found.value - (1.0 - curve.survival_at(time).unwrap())).abs() < 1e-14);
            let error = curve
                .step_at(time)
                .and_then(kaplan_meier::Step::standard_error);
            assert!(
                (found.standard_error - error.unwrap_or(0.0)).abs() < 1e-14,
                "{time}"
            );
        }
    }

    #[test]
    fn causes_and_the_rest_add_to_one() {
        let data = CompetingObservations::new(
            vec![1.0, 1.0, 2.0, 3.0, 3.0, 4.0, 6.0],
            vec![1, 2, 0, 2, 1, 3, 0],
        )
        .unwrap();
        for step in cumulative_incidence(&data).steps() {
            assert!((step.share.iter().sum::<f64>() - 1.0).abs() < 1e-14);
        }
    }

    #[test]
    fn degenerate_input() {
        let censored = CompetingObservations::new(vec![1.0, 2.0], vec![0, 0]).unwrap();
        assert!(cumulative_incidence(&censored).steps().is_empty());
        assert_eq!(
            gray_test(&censored, &[0, 1], 1),
            Err(SurvivalError::UnknownCause { cause: 1 })
        );
        let data = CompetingObservations::new(vec![1.0, 2.0], vec![1, 2]).unwrap();
        assert_eq!(
            gray_test(&data, &[3, 3], 1),
            Err(SurvivalError::FewerThanTwoGroups)
        );
        assert!(
            cumulative_incidence(&data)
                .at(3, 1.0, Confidence::NINETY_FIVE)
                .is_err()
        );
    }
}
