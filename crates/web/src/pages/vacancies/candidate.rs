//! A candidate who said yes: how to reach them, and the employer's answer.
//!
//! The details go through the consent each time they are read; without one there is no page.

use application::ApplicationError;
use application::matches::{EmployerAnswer, EmployerMatch, MOST_OPENINGS};
use application::vacancies::VacancyView;
use askama::Template;
use axum::extract::Path;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::MatchId;
use domain::match_state::{MatchState, Party};
use domain::moment::Moment;
use domain::person::{Identity, NamePart};
use domain::rejection::RejectionReason;

use super::wording::match_key;
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

#[derive(Template)]
#[template(path = "pages/vacancies/candidate.html")]
struct CandidatePage {
    page: Page,
    vacancy: String,
    title: String,
    alias: String,
    found: EmployerMatch,
    state: &'static str,
    identity: Identity,
    reasons: Vec<&'static str>,
    chosen: String,
    problem: Option<String>,
}

impl CandidatePage {
    fn may(&self, next: MatchState) -> bool {
        self.found.state.may_become(next, Party::Employer)
    }

    fn name(&self) -> String {
        let name = &self.identity.name;
        let family = name.family.as_ref().map(NamePart::as_str);
        let parts = [Some(name.given_or_only.as_str()), family];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        parts.join(" ")
    }

    fn reason(&self, code: &str) -> String {
        self.page.t(&format!("employer-reason-{code}"))
    }
}

#[derive(Template)]
#[template(path = "pages/vacancies/too_many.html")]
struct TooManyPage {
    page: Page,
    vacancy: String,
    most: usize,
    again: String,
}

/// `GET /kandidaten/{id}`.
pub(super) async fn show(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let (view, found) = find(&page, &id).await?;
    render(page, view, found, String::new(), None).await
}

/// `POST /kandidaten/{id}`.
pub(super) async fn answer(
    page: Page,
    Path(id): Path<String>,
    form: Posted,
) -> Result<Response, Failure> {
    let (view, found) = find(&page, &id).await?;
    let chosen = form.value("reden").unwrap_or_default();
    if page.changes_language() {
        return render(page, view, found, chosen, None).await;
    }
    let version = super::draft::version(&form)?;
    let answer = match form.value("antwoord").as_deref() {
        Some("uitnodigen") => EmployerAnswer::Invite,
        Some("aannemen") => EmployerAnswer::Hire,
        Some("afwijzen") => {
            let known = chosen.parse::<RejectionReason>().is_ok();
            let reason = chosen.parse().ok().filter(|_| known);
            let Some(reason) = reason else {
                let problem = page.t("employer-reason-missing");
                return render(page, view, found, chosen, Some(problem)).await;
            };
            EmployerAnswer::Reject(reason)
        }
        _ => return Err(Failure::Malformed),
    };
    let application = page.site.application()?;
    application
        .answer_match(page.context()?, found.id, version, answer)
        .await?;
    Ok(Redirect::to(&format!("/vacatures/{}#gesprekken", view.id)).into_response())
}

async fn find(page: &Page, id: &str) -> Result<(VacancyView, EmployerMatch), Failure> {
    let id: MatchId = id.parse().map_err(|_| Failure::NotFound)?;
    let application = page.site.application()?;
    Ok(application.employer_match(page.context()?, id).await?)
}

async fn render(
    page: Page,
    view: VacancyView,
    found: EmployerMatch,
    chosen: String,
    problem: Option<String>,
) -> Result<Response, Failure> {
    let site = std::sync::Arc::clone(&page.site);
    let application = site.application()?;
    let identity = match application.open_details(page.context()?, found.id).await {
        Ok(identity) => identity,
        Err(ApplicationError::TooManyOpenings { again_at }) => {
            return too_many(page, &view, again_at, application.now());
        }
        Err(error) => return Err(error.into()),
    };
    let status = match problem {
        None => StatusCode::OK,
        Some(_) => StatusCode::BAD_REQUEST,
    };
    let template = CandidatePage {
        page: page.with_posted_form(),
        vacancy: view.id.to_string(),
        title: view.vacancy.title.to_string(),
        alias: found.alias.to_string(),
        state: match_key(&found),
        found,
        identity,
        reasons: RejectionReason::ALL.map(RejectionReason::code).to_vec(),
        chosen,
        problem,
    };
    page::html(status, &template.page, &template)
}

fn too_many(
    page: Page,
    view: &VacancyView,
    again_at: Moment,
    now: Moment,
) -> Result<Response, Failure> {
    let template = TooManyPage {
        vacancy: view.id.to_string(),
        most: MOST_OPENINGS,
        again: page.moment(again_at),
        page,
    };
    let status = StatusCode::TOO_MANY_REQUESTS;
    let mut response = page::html(status, &template.page, &template)?;
    let wait = again_at.since(now).whole_seconds().max(1);
    response
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from(wait));
    Ok(response)
}
