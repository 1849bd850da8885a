//! Taking the own data along: the story as a file, the CV, and what stands where.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use crate::attachment::attachment;
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
    Ok(attachment(text, "application/json", "mijn-verhaal.json"))
}
