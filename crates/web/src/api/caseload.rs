//! How many cases an organisation has; counts only, rounded, no case and no person.

use serde::Serialize;
use utoipa::ToSchema;

use super::problem::Refused;
use super::reply::Private;
use crate::access::{Access, Routes};
use crate::page::Page;
use domain::scope::Scope;

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    let scope = Access::Program(Scope::CaseloadRead);
    routes.api("/api/v1/caseload-counts", scope, counts)
}

/// How many open cases there are.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CaseloadCounts {
    /// Day in the Netherlands, ISO 8601.
    date: String,
    /// All open cases, rounded.
    open_cases: u64,
    /// Of each phase of guidance, rounded; what is rounded does not have to add up.
    by_phase: Vec<PhaseCount>,
    /// Every count is rounded to a multiple of this, so that nobody can be singled out.
    rounded_to: u64,
}

/// How many open cases stand in a phase.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PhaseCount {
    /// `reception`, `intake`, `orientation`, `activation`, `matching`, `placement` or `aftercare`.
    phase: &'static str,
    /// How many, rounded.
    cases: u64,
}

/// `GET /api/v1/caseload-counts`.
#[utoipa::path(
    get,
    path = "/api/v1/caseload-counts",
    operation_id = "get_caseload_counts",
    tag = "caseload",
    summary = "Read how many open cases the organisation has",
    responses(
        (status = 200, description = "The counts", body = CaseloadCounts, content_type = "application/json"),
    )
)]
pub(crate) async fn counts(page: Page) -> Result<Private<CaseloadCounts>, Refused> {
    let counted = page
        .site
        .application()?
        .caseload_counts(page.context()?)
        .await?;
    Ok(Private(CaseloadCounts {
        date: counted.on.to_string(),
        open_cases: counted.open,
        by_phase: counted
            .by_phase
            .into_iter()
            .map(|(phase, cases)| PhaseCount {
                phase: phase.code(),
                cases,
            })
            .collect(),
        rounded_to: application::ROUNDED_TO,
    }))
}
