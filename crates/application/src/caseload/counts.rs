//! How many cases an organisation has, for its programs; no case can be told from it.

use domain::case::Phase;
use domain::day::Day;

use crate::audit::Event;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context};

/// Counts by phase are rounded to a multiple of this, so that nobody can be singled out.
pub const ROUNDED_TO: u64 = 5;

/// How many open cases an organisation has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseloadCounts {
    /// The day.
    pub on: Day,
    /// All of them, rounded to [`ROUNDED_TO`].
    pub open: u64,
    /// Of each phase in its usual order, rounded to [`ROUNDED_TO`].
    pub by_phase: Vec<(Phase, u64)>,
}

impl Application {
    /// How many open cases the actor's organisation has now.
    ///
    /// # Errors
    /// [`ApplicationError::Forbidden`] when the actor may not count cases.
    pub async fn caseload_counts(
        &self,
        context: &Context,
    ) -> Result<CaseloadCounts, ApplicationError> {
        let organisation = self.own_organisation(context, Action::CountCases)?;
        let counted = store::case_overview::count_by_phase(&self.store, organisation).await?;
        self.audit_alone(context, Event::CasesCounted { organisation })
            .await?;
        let of_phase = |phase| counted.iter().find(|(known, _)| *known == phase);
        let by_phase = Phase::ALL
            .into_iter()
            .map(|phase| (phase, rounded(of_phase(phase).map_or(0, |(_, n)| *n))))
            .collect();
        Ok(CaseloadCounts {
            on: self.today(),
            open: rounded(counted.iter().map(|(_, n)| n).sum()),
            by_phase,
        })
    }
}

/// The nearest multiple of [`ROUNDED_TO`].
fn rounded(n: u64) -> u64 {
    (n + ROUNDED_TO / 2) / ROUNDED_TO * ROUNDED_TO
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_rounded_to_the_nearest_five() {
        assert_eq!([0, 2, 3, 5, 7, 8, 12].map(rounded), [0, 0, 5, 5, 5, 10, 10]);
    }
}
