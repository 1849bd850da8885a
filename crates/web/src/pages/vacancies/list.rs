//! All vacancies of the employer: the first page after logging in.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::vacancy::VacancyState;

use super::wording::{kind_key, state_key};
use crate::failure::Failure;
use crate::page::{self, Page};

struct Row {
    id: String,
    title: String,
    state: &'static str,
    class: &'static str,
    kind: &'static str,
    changed: String,
}

#[derive(Template)]
#[template(path = "pages/vacancies/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<Row>,
    /// How many an import has just added.
    added: Option<usize>,
    /// Id from which older ones are listed, if there may be more.
    older: Option<String>,
}

/// `GET /vacatures`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let before = page.value("voor").and_then(|id| id.parse().ok());
    let application = page.site.application()?;
    let found = application
        .list_vacancies(page.context()?, None, before)
        .await?;
    let is_full = found.len() as u64 >= application::vacancies::PAGE;
    let older = found.last().filter(|_| is_full).map(|v| v.id.to_string());
    let rows = found
        .into_iter()
        .map(|view| Row {
            id: view.id.to_string(),
            title: view.vacancy.title.to_string(),
            state: state_key(view.state),
            class: match view.state {
                VacancyState::Open => "wb-fit--high",
                VacancyState::Draft => "wb-fit--some",
                VacancyState::Closed => "wb-fit--low",
            },
            kind: kind_key(view.vacancy.kind),
            changed: page.moment(view.changed_at),
        })
        .collect();
    let template = ListPage {
        rows,
        added: page.value("toegevoegd").and_then(|n| n.parse().ok()),
        older,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}
