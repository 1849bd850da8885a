//! Checked input of the survival estimators.

use super::SurvivalError;

/// Units with exit time, event marker and, optionally, entry time.
///
/// Built only from finite times of at least 0, with every entry before its exit.
#[derive(Debug, Clone, PartialEq)]
pub struct Observations {
    entry: Option<Vec<f64>>,
    exit: Vec<f64>,
    event: Vec<bool>,
}

impl Observations {
    /// Right-censored observations, under observation from the start.
    ///
    /// # Errors
    /// [`SurvivalError::Empty`], [`SurvivalError::LengthMismatch`], [`SurvivalError::NotATime`].
    pub fn right_censored(exit: Vec<f64>, event: Vec<bool>) -> Result<Self, SurvivalError> {
        if exit.is_empty() {
            return Err(SurvivalError::Empty);
        }
        check_length("event", event.len(), exit.len())?;
        check_times(&exit)?;
        Ok(Self {
            entry: None,
            exit,
            event,
        })
    }

    /// Observations with delayed entry (left truncation).
    ///
    /// # Errors
    /// As [`Self::right_censored`], and [`SurvivalError::EntryNotBeforeExit`].
    pub fn with_entry(
        entry: Vec<f64>,
        exit: Vec<f64>,
        event: Vec<bool>,
    ) -> Result<Self, SurvivalError> {
        let mut observations = Self::right_censored(exit, event)?;
        check_length("entry", entry.len(), observations.exit.len())?;
        check_times(&entry)?;
        for (unit, (entry, exit)) in entry.iter().zip(&observations.exit).enumerate() {
            if entry >= exit {
                return Err(SurvivalError::EntryNotBeforeExit {
                    unit,
                    entry: *entry,
                    exit: *exit,
                });
            }
        }
        observations.entry = Some(entry);
        Ok(observations)
    }

    /// Event markers from numbers that must be 0 or 1.
    ///
    /// # Errors
    /// [`SurvivalError::NotAnEventMarker`].
    pub fn markers(values: &[f64]) -> Result<Vec<bool>, SurvivalError> {
        let marker = |(unit, value): (usize, &f64)| {
            if *value == 0.0 {
                Ok(false)
            } else if *value == 1.0 {
                Ok(true)
            } else {
                Err(SurvivalError::NotAnEventMarker {
                    unit,
                    value: *value,
                })
            }
        };
        values.iter().enumerate().map(marker).collect()
    }

    /// Number of units, at least 1.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "observations are never empty")]
    pub fn len(&self) -> usize {
        self.exit.len()
    }

    /// Exit times.
    #[must_use]
    pub fn exit(&self) -> &[f64] {
        &self.exit
    }

    /// Event markers.
    #[must_use]
    pub fn event(&self) -> &[bool] {
        &self.event
    }

    /// Entry times, if entry is delayed.
    #[must_use]
    pub fn entry(&self) -> Option<&[f64]> {
        self.entry.as_deref()
    }

    /// Number of events.
    #[must_use]
    pub fn events(&self) -> usize {
        self.event.iter().filter(|event| **event).count()
    }

    /// Last exit time.
    #[must_use]
    pub fn last_time(&self) -> f64 {
        self.exit.iter().copied().fold(0.0, f64::max)
    }

    /// The units for which `keep` holds, or `None` if there are none.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(usize) -> bool) -> Option<Self> {
        let kept: Vec<usize> = (0..self.len()).filter(|unit| keep(*unit)).collect();
        (!kept.is_empty()).then(|| Self {
            entry: self
                .entry
                .as_ref()
                .map(|entry| kept.iter().map(|unit| entry[*unit]).collect()),
            exit: kept.iter().map(|unit| self.exit[*unit]).collect(),
            event: kept.iter().map(|unit| self.event[*unit]).collect(),
        })
    }
}

pub(super) fn check_length(
    what: &'static str,
    found: usize,
    expected: usize,
) -> Result<(), SurvivalError> {
    if found == expected {
        Ok(())
    } else {
        Err(SurvivalError::LengthMismatch {
            what,
            found,
            expected,
        })
    }
}

fn check_times(times: &[f64]) -> Result<(), SurvivalError> {
    match times
        .iter()
        .position(|time| !(time.is_finite() && *time >= 0.0))
    {
        Some(unit) => Err(SurvivalError::NotATime {
            unit,
            value: times[unit],
        }),
        None => Ok(()),
    }
}

/// Latest time at which at least `share` of a cohort can still be observed, given how long each
/// unit could have been followed at most (from its start to the closing date of the data).
///
/// A line drawn beyond this time would show a changing cohort as if it were a change in the
/// outcome, so it stops there. `None` if the cohort is empty or `share` is not in (0, 1].
#[must_use]
pub fn observable_until(potential_follow_up: &[f64], share: f64) -> Option<f64> {
    let valid = potential_follow_up.iter().all(|time| time.is_finite());
    if potential_follow_up.is_empty() || !valid || !(share > 0.0 && share <= 1.0) {
        return None;
    }
    let mut times = potential_follow_up.to_vec();
    times.sort_by(|a, b| b.total_cmp(a));
    // The k-th longest follow-up is reached by k units; k is the smallest count that is enough.
    let needed = (share * times.len() as f64 - 1e-9).ceil().max(1.0) as usize;
    times.get(needed - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_input_is_named() {
        let build = |times: &[f64], events: &[bool]| {
            Observations::right_censored(times.to_vec(), events.to_vec())
        };
        assert_eq!(build(&[], &[]), Err(SurvivalError::Empty));
        assert!(matches!(
            build(&[1.0, -1.0], &[true, true]),
            Err(SurvivalError::NotATime { unit: 1, .. })
        ));
        assert!(build(&[f64::NAN], &[true]).is_err());
        assert!(build(&[f64::INFINITY], &[true]).is_err());
        assert!(matches!(
            build(&[1.0], &[]),
            Err(SurvivalError::LengthMismatch { .. })
        ));
        assert!(matches!(
            Observations::with_entry(vec![2.0], vec![2.0], vec![true]),
            Err(SurvivalError::EntryNotBeforeExit { unit: 0, .. })
        ));
        assert_eq!(
            Observations::markers(&[0.0, 2.0]),
            Err(SurvivalError::NotAnEventMarker {
                unit: 1,
                value: 2.0
            })
        );
    }

    #[test]
    fn a_cohort_line_stops_where_half_can_no_longer_be_seen() {
        let follow_up = [12.0, 24.0, 24.0, 36.0];
        assert_eq!(observable_until(&follow_up, 0.5), Some(24.0));
        assert_eq!(observable_until(&follow_up, 0.25), Some(36.0));
        assert_eq!(observable_until(&follow_up, 1.0), Some(12.0));
        assert_eq!(observable_until(&[], 0.5), None);
        assert_eq!(observable_until(&follow_up, 0.0), None);
    }
}
