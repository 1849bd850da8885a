//! How many candidates a vacancy has, for programs of employers; nobody can be told from it.

use domain::id::VacancyId;
use domain::vacancy::VacancyState;
use matching::levers::vacancy_costs;

use super::employer::LEAST_POOL;
use super::explain::FITS_PARTLY_FROM;
use super::kernel;
use crate::audit::Event;
use crate::policy::Action;
use crate::vacancies::from_payload;
use crate::{Application, ApplicationError, Context};

/// Counts are rounded down to a multiple of this: a program can change a vacancy and ask again,
/// and with exact counts one changed demand would tell something about one person.
const ROUNDED_TO: u32 = 5;

/// About how many candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoughCount {
    /// Fewer than [`LEAST_POOL`], none included.
    Few,
    /// At least so many, and fewer than five more.
    AtLeast(u32),
}

impl Application {
    /// About how many candidates fit an open vacancy of the actor's organisation at least partly.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such vacancy for the actor or it is not
    /// open.
    pub async fn count_candidates(
        &self,
        context: &Context,
        vacancy: VacancyId,
    ) -> Result<RoughCount, ApplicationError> {
        let stored = self
            .vacancy_for(context, Action::CountCandidates, vacancy)
            .await?;
        if stored.state != VacancyState::Open {
            return Err(ApplicationError::NotFound);
        }
        let weighed = self.work()?.weigh(&from_payload(&stored.payload)?)?;
        let fit = self
            .compute(move |_, snapshot| {
                let found =
                    vacancy_costs(&snapshot.together, &[weighed], FITS_PARTLY_FROM, kernel());
                found.into_iter().next().unwrap_or_default().fit_now
            })
            .await?;
        self.audit_alone(context, Event::CandidatesCounted { vacancy })
            .await?;
        Ok(RoughCount::of(fit))
    }
}

impl RoughCount {
    fn of(count: u32) -> RoughCount {
        if (count as usize) < LEAST_POOL {
            RoughCount::Few
        } else {
            RoughCount::AtLeast(count / ROUNDED_TO * ROUNDED_TO)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_can_be_singled_out() {
        let few = [0, 1, 4].map(RoughCount::of);
        assert_eq!(few, [RoughCount::Few; 3]);
        assert_eq!(RoughCount::of(9), RoughCount::AtLeast(5));
        assert_eq!(RoughCount::of(10), RoughCount::AtLeast(10));
    }
}
