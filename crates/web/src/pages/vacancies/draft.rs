//! A vacancy under the pen: found, changed, saved, on to the next step.

use application::vacancies::VacancyView;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::VacancyId;
use domain::vacancy::Vacancy;

use crate::failure::Failure;
use crate::form::Posted;
use crate::page::Page;

/// Number of steps.
pub(super) const N_STEPS: usize = 6;

/// Last parts of the addresses of the steps, in order.
const STEPS: [&str; N_STEPS] = ["tekst", "werk", "vaardigheden", "talen", "plek", "controle"];

/// Something wrong with a field.
pub(super) struct Problem {
    /// Id of the field.
    pub(super) field: &'static str,
    /// What to do.
    pub(super) text: String,
}

/// What every step shows beside its own fields.
pub(super) struct Step {
    /// Which one, from 1.
    pub(super) number: usize,
    /// The vacancy, unless it is not there yet.
    pub(super) id: Option<VacancyId>,
    /// Its version.
    pub(super) version: i64,
    /// What is wrong with what was sent.
    pub(super) problems: Vec<Problem>,
}

impl Step {
    /// A step of a vacancy.
    pub(super) fn of(number: usize, view: &VacancyView) -> Step {
        Step {
            number,
            id: Some(view.id),
            version: view.version,
            problems: Vec::new(),
        }
    }

    /// Address that the form is sent to.
    pub(super) fn path(&self) -> String {
        match self.id {
            None => "/vacatures/nieuw".to_owned(),
            Some(id) => address(id, self.number),
        }
    }

    /// Address of the step before, or of the list.
    pub(super) fn back(&self) -> String {
        match self.id {
            Some(id) if self.number > 1 => address(id, self.number - 1),
            Some(id) => format!("/vacatures/{id}"),
            None => "/vacatures".to_owned(),
        }
    }
}

/// Address of a step of a vacancy.
pub(super) fn address(id: VacancyId, number: usize) -> String {
    let step = STEPS.get(number.saturating_sub(1)).unwrap_or(&"controle");
    format!("/vacatures/{id}/{step}")
}

/// The vacancy that an address names, for the employer who asks.
pub(super) async fn find(page: &Page, id: &str) -> Result<VacancyView, Failure> {
    let id: VacancyId = id.parse().map_err(|_| Failure::NotFound)?;
    let application = page.site.application()?;
    Ok(application.read_vacancy(page.context()?, id).await?)
}

/// The version that a form was made from.
pub(super) fn version(form: &Posted) -> Result<i64, Failure> {
    let version = form.value("versie").and_then(|text| text.parse().ok());
    version.ok_or(Failure::Malformed)
}

/// Writes a changed vacancy; a form made from an older version is refused.
pub(super) async fn save(
    page: &Page,
    form: &Posted,
    id: VacancyId,
    vacancy: &Vacancy,
) -> Result<i64, Failure> {
    let application = page.site.application()?;
    let saved = application.change_vacancy(page.context()?, id, version(form)?, vacancy);
    Ok(saved.await?)
}

/// Where to go after a step was saved.
pub(super) fn onward(form: &Posted, id: VacancyId, number: usize) -> Response {
    let next = if form.has("stop") {
        format!("/vacatures/{id}")
    } else if form.has("naar-controle") {
        address(id, N_STEPS)
    } else {
        address(id, number + 1)
    };
    Redirect::to(&next).into_response()
}
