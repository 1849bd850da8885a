//! The vacancies of the employer whose program asks: listing, reading, writing, counting.
//!
//! A vacancy is written in the interface's own form or as a schema.org JobPosting; ids say nothing.
//! Whoever changes one names the version that was read (`If-Match`), so that nothing is overwritten.

mod content;

use application::ApplicationError;
use application::hiring::PreviewError;
use application::vacancies::VacancyView;
use application::work::counting::RoughCount;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::header::{CONTENT_TYPE, ETAG, IF_MATCH, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::id::VacancyId;
use domain::scope::Scope;
use domain::vacancy::{Vacancy, VacancyState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problem::{Problem, Refused};
use super::reply::Private;
use crate::access::{Access, Routes};
use crate::failure::Failure;
use crate::page::Page;
use content::VacancyContent;

const READ: Access = Access::Program(Scope::VacanciesRead);
const WRITE: Access = Access::Program(Scope::VacanciesWrite);

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .api("/api/v1/vacancies", READ, list)
        .api_post("/api/v1/vacancies", WRITE, create)
        .api("/api/v1/vacancies/{id}", READ, one)
        .api_put("/api/v1/vacancies/{id}", WRITE, replace)
        .api(
            "/api/v1/vacancies/{id}/candidate-count",
            Access::Program(Scope::CandidateCountsRead),
            candidate_count,
        )
}

/// Vacancies, the newest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Vacancies {
    /// At most a hundred.
    vacancies: Vec<VacancyResource>,
    /// Value of `before` for those that follow; absent when there are no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A vacancy.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VacancyResource {
    /// Id.
    id: String,
    /// `draft`, `open` or `closed`.
    #[schema(value_type = String)]
    state: VacancyState,
    /// Counts changes; the same as in the header `ETag`.
    version: i64,
    /// When it was opened last, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    opened_at: Option<String>,
    /// When it was last changed, in UTC.
    changed_at: String,
    /// What the employer says.
    content: VacancyContent,
}

/// A vacancy as it is sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct WrittenVacancy {
    /// `draft`, `open` or `closed`; absent: as it stands. A new one is a draft.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    state: Option<VacancyState>,
    /// What the employer says.
    content: VacancyContent,
}

/// About how many candidates a vacancy has.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CandidateCount {
    /// `few` when there are fewer than five, none included; else `atLeast`.
    kind: &'static str,
    /// At least so many fit partly or well: a multiple of five, so that nobody can be singled out.
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<u32>,
}

/// `GET /api/v1/vacancies`.
#[utoipa::path(
    get,
    path = "/api/v1/vacancies",
    operation_id = "list_vacancies",
    tag = "vacancies",
    summary = "List the employer's own vacancies, the newest first",
    params(
        ("state" = Option<String>, Query, description = "Only these: draft, open or closed"),
        ("before" = Option<String>, Query, description = "Only those before this id: `next` of the answer before"),
    ),
    responses(
        (status = 200, description = "Vacancies", body = Vacancies, content_type = "application/json"),
        (status = 400, description = "A parameter is not right", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(page: Page) -> Result<Private<Vacancies>, Refused> {
    let state = parameter::<VacancyState>(&page, "state", "draft, open or closed")?;
    let before = parameter::<VacancyId>(&page, "before", "the id of a vacancy")?;
    let found = page
        .site
        .application()?
        .list_vacancies(page.context()?, state, before)
        .await?;
    let is_full = found.len() as u64 >= application::vacancies::PAGE;
    let last = found.last().map(|last| last.id.to_string());
    Ok(Private(Vacancies {
        vacancies: found.into_iter().map(VacancyResource::from).collect(),
        next: last.filter(|_| is_full),
    }))
}

/// `POST /api/v1/vacancies`.
#[utoipa::path(
    post,
    path = "/api/v1/vacancies",
    operation_id = "create_vacancy",
    tag = "vacancies",
    summary = "Add a vacancy as a draft, in the interface's form or as a JobPosting",
    request_body(content((WrittenVacancy = "application/json"), (Object = "application/ld+json"))),
    responses(
        (status = 201, description = "It was added; its address is in Location", body = VacancyResource, content_type = "application/json"),
        (status = 400, description = "The vacancy is not right", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Neither application/json nor application/ld+json", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn create(
    page: Page,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let (state, vacancy) = written(&page, &headers, &body)?;
    if state.is_some_and(|state| state != VacancyState::Draft) {
        return Err(Problem::invalid(&page, "state", "a new vacancy is a draft").into());
    }
    let application = page.site.application()?;
    let context = page.context()?;
    let id = application
        .create_vacancy(context, &vacancy)
        .await
        .map_err(|error| named(&page, error))?;
    let resource = VacancyResource {
        id: id.to_string(),
        state: VacancyState::Draft,
        version: 1,
        opened_at: None,
        changed_at: application.now().to_string(),
        content: vacancy.into(),
    };
    let mut response = resource.into_response();
    *response.status_mut() = StatusCode::CREATED;
    let address = HeaderValue::from_str(&format!("/api/v1/vacancies/{id}"));
    response
        .headers_mut()
        .insert(LOCATION, address.map_err(|_| Failure::Fault)?);
    Ok(response)
}

/// `GET /api/v1/vacancies/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/vacancies/{id}",
    operation_id = "get_vacancy",
    tag = "vacancies",
    summary = "Read one of the employer's own vacancies",
    params(("id" = String, Path, description = "Id")),
    responses(
        (status = 200, description = "The vacancy; its version is in ETag", body = VacancyResource, content_type = "application/json"),
        (status = 404, description = "The employer has no such vacancy", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn one(page: Page, Path(id): Path<String>) -> Result<Response, Refused> {
    let view = page
        .site
        .application()?
        .read_vacancy(page.context()?, id_of(&id)?)
        .await?;
    Ok(VacancyResource::from(view).into_response())
}

/// `PUT /api/v1/vacancies/{id}`.
#[utoipa::path(
    put,
    path = "/api/v1/vacancies/{id}",
    operation_id = "replace_vacancy",
    tag = "vacancies",
    summary = "Replace what stands in a vacancy, open it or close it",
    params(
        ("id" = String, Path, description = "Id"),
        ("If-Match" = String, Header, description = "The ETag of the version that was read"),
    ),
    request_body(content((WrittenVacancy = "application/json"), (Object = "application/ld+json"))),
    responses(
        (status = 200, description = "The vacancy after the change", body = VacancyResource, content_type = "application/json"),
        (status = 400, description = "The vacancy is not right", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The employer has no such vacancy", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody changed it since; nothing was overwritten", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Neither application/json nor application/ld+json", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "If-Match is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn replace(
    page: Page,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let id = id_of(&id)?;
    let version = version_in(&headers).ok_or_else(|| Problem::version_missing(&page))?;
    let (state, vacancy) = written(&page, &headers, &body)?;
    let application = page.site.application()?;
    let context = page.context()?;
    let version = application
        .replace_vacancy(context, id, version, (state, &vacancy))
        .await
        .map_err(|error| named(&page, error))?;
    let after = VacancyResource::from(version);
    Ok(after.into_response())
}

/// `GET /api/v1/vacancies/{id}/candidate-count`.
#[utoipa::path(
    get,
    path = "/api/v1/vacancies/{id}/candidate-count",
    operation_id = "get_candidate_count",
    tag = "vacancies",
    summary = "Read about how many candidates fit an open vacancy",
    params(("id" = String, Path, description = "Id")),
    responses(
        (status = 200, description = "About how many", body = CandidateCount, content_type = "application/json"),
        (status = 404, description = "The employer has no such open vacancy", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn candidate_count(
    page: Page,
    Path(id): Path<String>,
) -> Result<Private<CandidateCount>, Refused> {
    let count = page
        .site
        .application()?
        .count_candidates(page.context()?, id_of(&id)?)
        .await?;
    Ok(Private(match count {
        RoughCount::Few => CandidateCount {
            kind: "few",
            at_least: None,
        },
        RoughCount::AtLeast(n) => CandidateCount {
            kind: "atLeast",
            at_least: Some(n),
        },
    }))
}

impl From<VacancyView> for VacancyResource {
    fn from(view: VacancyView) -> VacancyResource {
        VacancyResource {
            id: view.id.to_string(),
            state: view.state,
            version: view.version,
            opened_at: view.opened_at.map(|at| at.to_string()),
            changed_at: view.changed_at.to_string(),
            content: view.vacancy.into(),
        }
    }
}

impl IntoResponse for VacancyResource {
    fn into_response(self) -> Response {
        let tag = HeaderValue::from_str(&format!("\"{}\"", self.version));
        let mut response = Private(self).into_response();
        // A number between quotes is always a header.
        if let Ok(tag) = tag {
            response.headers_mut().insert(ETAG, tag);
        }
        response
    }
}

/// An id of an address; what is no id names nothing.
fn id_of(text: &str) -> Result<VacancyId, Refused> {
    text.parse().map_err(|_| Failure::NotFound.into())
}

fn parameter<T: std::str::FromStr>(
    page: &Page,
    name: &'static str,
    expected: &str,
) -> Result<Option<T>, Problem> {
    page.value(name)
        .map(|text| {
            text.parse()
                .map_err(|_| Problem::invalid(page, name, expected))
        })
        .transpose()
}

fn version_in(headers: &HeaderMap) -> Option<i64> {
    let tag = headers.get(IF_MATCH)?.to_str().ok()?.trim();
    tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

/// The vacancy that was sent, and where it shall stand.
fn written(
    page: &Page,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(Option<VacancyState>, Vacancy), Refused> {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).map(str::trim);
    match kind {
        Some("application/json") => {
            let written: WrittenVacancy = serde_json::from_slice(body)
                .map_err(|error| Problem::invalid(page, "body", &error.to_string()))?;
            Ok((written.state, written.content.into()))
        }
        Some("application/ld+json") => Ok((None, posting(page, body)?)),
        _ => Err(Failure::WrongType.into()),
    }
}

/// The one vacancy of a JobPosting.
fn posting(page: &Page, body: &[u8]) -> Result<Vacancy, Refused> {
    let invalid = |reason: &str| Refused::from(Problem::invalid(page, "body", reason));
    // What does not look like JSON would be read as a table.
    if !body.trim_ascii_start().starts_with(b"{") {
        return Err(invalid("one JobPosting of schema.org as JSON-LD"));
    }
    let application = page.site.application()?;
    let preview = match application.preview_vacancies(page.context()?, body) {
        Ok(preview) => preview,
        Err(PreviewError::File(error)) => return Err(invalid(&error.to_string())),
        Err(PreviewError::Application(error)) => return Err(error.into()),
    };
    if let Some(refused) = preview.refused.first() {
        let reason = format!("{}: {}", refused.field.code(), refused.fault);
        return Err(invalid(&reason));
    }
    let mut vacancies = preview.vacancies.into_iter();
    match (vacancies.next(), vacancies.next()) {
        (Some((_, vacancy)), None) => Ok(vacancy),
        _ => Err(invalid("exactly one JobPosting at a time")),
    }
}

/// What is wrong with a vacancy, or that somebody was first.
fn named(page: &Page, error: ApplicationError) -> Refused {
    match error {
        ApplicationError::Invalid(fault) => {
            Problem::invalid(page, "body", &fault.to_string()).into()
        }
        ApplicationError::Stale(_) => Problem::stale(page).into(),
        error => error.into(),
    }
}
