//! Taking the own data along: the story as a file, the CV, and what stands where.

use askama::Template;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::failure::Failure;
use crate::page::{self, Page};

#[derive(Template)]
#[template(path = "pages/newcomer/along.html")]
struct AlongPage {
    page: Page,
}

/// `GET /mijn/meenemen`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let template = AlongPage { page };
    page::html(StatusCode::OK, &template.page, &template)
}

/// `GET /mijn/meenemen/bestand`.
pub(super) async fn file(page: Page) -> Result<Response, Failure> {
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    let text = app.export_profile(page.context()?, person).await?;
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let disposition = HeaderValue::from_static("attachment; filename=\"mijn-verhaal.json\"");
    headers.insert(CONTENT_DISPOSITION, disposition);
    Ok(response)
}
