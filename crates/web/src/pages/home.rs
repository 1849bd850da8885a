//! The first page: search, the other ways in, sectors.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use crate::failure::Failure;
use crate::page::{self, Page};
use crate::reading::{Named, Reader};

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage {
    page: Page,
    query: String,
    example: String,
    sectors: Vec<Named>,
}

/// `GET /`.
pub(crate) async fn show(page: Page) -> Result<Response, Failure> {
    let template = HomePage {
        // Text that was typed before the language changed.
        query: page.value("zoek").unwrap_or_default(),
        example: Reader::new(&page.site, page.language).example_occupation(),
        sectors: Reader::new(&page.site, page.language).sectors(),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}
