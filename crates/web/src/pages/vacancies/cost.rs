//! What each demand of a vacancy costs in candidates, as it stands under the pen.

use application::ApplicationError;
use domain::vacancy::Vacancy;

use super::draft;
use super::wording::{demand, pool};
use crate::failure::Failure;
use crate::page::Page;

/// One demand with what it costs.
pub(super) struct Cost {
    pub(super) demand: String,
    pub(super) candidates: String,
    /// The step on which it can be changed.
    pub(super) step: usize,
}

/// How many fit now, and how many more would without each demand.
pub(super) struct Costs {
    pub(super) now: String,
    pub(super) rows: Vec<Cost>,
}

/// The costs of a vacancy that need not be saved; nothing while no skill is demanded.
pub(super) async fn of(page: &Page, vacancy: &Vacancy) -> Result<Option<Costs>, Failure> {
    let application = page.site.application()?;
    let found = match application.demand_costs(page.context()?, vacancy).await {
        Ok(found) => found,
        Err(ApplicationError::Invalid(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let rows = found.costs.iter().map(|cost| {
        let (demand, step) = demand(page, vacancy, cost.demand);
        Cost {
            demand,
            candidates: pool(page, cost.candidates),
            step,
        }
    });
    Ok(Some(Costs {
        now: pool(page, found.fit_now),
        rows: rows.filter(|row| !row.demand.is_empty()).collect(),
    }))
}

impl Cost {
    /// Address of the step on which the demand can be changed.
    pub(super) fn address(&self, step: &draft::Step) -> String {
        step.id
            .map_or_else(String::new, |id| draft::address(id, self.step))
    }
}
