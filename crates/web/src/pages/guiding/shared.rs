//! Newcomers who want to be known to this organisation, with what they consented to show. Whoever
//! withdraws is gone from the next page on.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::words;
use crate::failure::Failure;
use crate::page::{self, Page};

struct Shared {
    name: String,
    email: Option<String>,
    phone: Option<String>,
    since: String,
}

#[derive(Template)]
#[template(path = "pages/guiding/shared.html")]
struct SharedPage {
    page: Page,
    people: Vec<Shared>,
}

/// `GET /gedeeld`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let application = page.site.application()?;
    let shared = application.shared_with_us(page.context()?).await?;
    let people = shared.into_iter().map(|(view, since)| Shared {
        name: words::full_name(&view.identity.name),
        email: view.identity.email.map(|email| email.as_str().to_owned()),
        phone: view.identity.phone.map(|phone| phone.as_str().to_owned()),
        since: page.moment(since),
    });
    let template = SharedPage {
        people: people.collect(),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}
