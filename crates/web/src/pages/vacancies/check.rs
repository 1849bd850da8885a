//! Step 6: support, what to look at again, what each demand costs, and publishing.

use std::borrow::Borrow;

use application::ApplicationError;
use application::vacancies::VacancyView;
use application::work::suggest::{CheckKind, CheckWarning};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::demand::Support;
use domain::vacancy::{Vacancy, VacancyState};

use super::cost::{self, Costs};
use super::draft::{self, Problem, Step};
use super::wording::{SUPPORTS, concept, kind_key};
use super::work::suggestion;
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};
use crate::pages::jobs::place_name;

/// One line of the summary: what, its value, the step that changes it.
struct Line {
    key: &'static str,
    value: String,
    step: usize,
}

struct Help {
    id: String,
    name: String,
    contact: String,
    is_chosen: bool,
    is_verified: bool,
}

#[derive(Template)]
#[template(path = "pages/vacancies/check.html")]
struct CheckPage {
    page: Page,
    step: Step,
    title: String,
    is_open: bool,
    lines: Vec<Line>,
    supports: Vec<(&'static str, bool)>,
    help: Vec<Help>,
    warnings: Vec<CheckWarning>,
    costs: Option<Costs>,
}

impl CheckPage {
    fn warning_key(&self, warning: &CheckWarning) -> &'static str {
        match warning.kind {
            CheckKind::Excluding => "employer-check-excluding",
            CheckKind::Inflated => "employer-check-inflated",
        }
    }

    fn address(&self, step: impl Borrow<usize>) -> String {
        let id = self.step.id;
        id.map_or_else(String::new, |id| draft::address(id, *step.borrow()))
    }

    fn support(&self, code: &str) -> String {
        self.page.t(&format!("employer-support-{code}"))
    }
}

/// `GET /vacatures/{id}/controle`.
pub(super) async fn show(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let view = draft::find(&page, &id).await?;
    let step = Step::of(6, &view);
    render(page, step, view).await
}

/// `POST /vacatures/{id}/controle`.
pub(super) async fn save(
    page: Page,
    Path(id): Path<String>,
    form: Posted,
) -> Result<Response, Failure> {
    let mut view = draft::find(&page, &id).await?;
    let supports = form.values("steun");
    let wanted = SUPPORTS
        .iter()
        .filter(|(_, code)| supports.iter().any(|s| s == code));
    view.vacancy.support = wanted.map(|(support, _)| *support).collect();
    let offered = page.site.application()?.hiring_help(page.language)?;
    let chosen = form.values("hulp");
    let offered = offered.into_iter().map(|help| help.id);
    view.vacancy.instruments = offered
        .filter(|id| chosen.iter().any(|c| c == id.as_str()))
        .collect();
    let mut step = Step::of(6, &view);
    step.version = draft::version(&form)?;
    if page.changes_language() {
        return render(page, step, view).await;
    }
    let version = draft::save(&page, &form, view.id, &view.vacancy).await?;
    let site = std::sync::Arc::clone(&page.site);
    let application = site.application()?;
    if !form.has("publiceren") {
        let next = match form.has("reken") {
            true => draft::address(view.id, 6),
            false => format!("/vacatures/{}", view.id),
        };
        return Ok(Redirect::to(&next).into_response());
    }
    let opened = application
        .set_vacancy_state(page.context()?, view.id, version, VacancyState::Open)
        .await;
    match opened {
        Ok(_) => Ok(Redirect::to(&format!("/vacatures/{}", view.id)).into_response()),
        Err(ApplicationError::Invalid(_)) => {
            step.version = version;
            step.problems.push(Problem {
                field: "kosten",
                text: page.t("employer-check-no-skills"),
            });
            render(page, step, view).await
        }
        Err(error) => Err(error.into()),
    }
}

fn lines(page: &Page, vacancy: &Vacancy) -> Vec<Line> {
    let none = || page.t("employer-not-filled");
    let count = |n: usize| match n {
        0 => none(),
        n => page.number(n),
    };
    let occupation = vacancy.occupation.as_ref();
    let occupation = occupation.and_then(|uri| concept(page, uri));
    let place = vacancy.place.and_then(|place| place_name(page, place));
    let line = |key, value, step| Line { key, value, step };
    vec![
        line("employer-title-label", vacancy.title.to_string(), 1),
        line(
            "employer-occupation",
            occupation.map_or_else(none, |o| o.name),
            2,
        ),
        line("employer-tasks", count(vacancy.tasks.len()), 2),
        line("employer-skills", count(vacancy.skills.len()), 3),
        line("employer-languages", count(vacancy.languages.len()), 4),
        line("employer-kind", page.t(kind_key(vacancy.kind)), 5),
        line(
            "employer-hours",
            vacancy
                .hours
                .map_or_else(none, |h| page.number(usize::from(h.number()))),
            5,
        ),
        line(
            "employer-place",
            place.unwrap_or_else(|| page.t("employer-place-anywhere")),
            5,
        ),
        line("employer-places", page.number(vacancy.places as usize), 5),
    ]
}

async fn render(page: Page, step: Step, view: VacancyView) -> Result<Response, Failure> {
    let vacancy = &view.vacancy;
    let site = std::sync::Arc::clone(&page.site);
    let application = site.application()?;
    let has = |support: &Support| vacancy.support.contains(support);
    let supports = SUPPORTS.iter().map(|(support, code)| (*code, has(support)));
    let help = application.hiring_help(page.language)?;
    let help = help.into_iter().map(|help| Help {
        is_chosen: vacancy.instruments.contains(&help.id),
        id: help.id.to_string(),
        name: help.name,
        contact: help.contact,
        is_verified: help.is_verified,
    });
    let status = match step.problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::BAD_REQUEST,
    };
    let template = CheckPage {
        title: vacancy.title.to_string(),
        is_open: view.state == VacancyState::Open,
        lines: lines(&page, vacancy),
        supports: supports.collect(),
        help: help.collect(),
        warnings: suggestion(&page, vacancy).await?.warnings,
        costs: cost::of(&page, vacancy).await?,
        step,
        page: page.with_posted_form(),
    };
    page::html(status, &template.page, &template)
}
