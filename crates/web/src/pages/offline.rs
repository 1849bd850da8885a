//! The page that a browser keeps for when there is no internet: short, in all languages at once.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::language::Language;

use crate::failure::Failure;
use crate::page::{self, Page};

#[derive(Template)]
#[template(path = "pages/offline.html")]
struct OfflinePage {
    page: Page,
}

impl OfflinePage {
    fn said_in(&self, language: &Language, key: &str) -> String {
        self.page.site.messages.text(*language, key, &[])
    }

    fn direction_of(&self, language: &Language) -> &'static str {
        page::direction(language)
    }
}

/// `GET /offline`.
pub(crate) async fn show(page: Page) -> Result<Response, Failure> {
    let template = OfflinePage { page };
    page::html(StatusCode::OK, &template.page, &template)
}
