//! Newcomers who want to be known to this organisation, with what they consented to show. Whoever
//! withdraws is gone from the next page on.

use application::SharedPerson;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::id::PersonId;

use super::words;
use crate::failure::Failure;
use crate::page::{self, Page};
use crate::pages::newcomer::{self, Section};

struct Shared {
    id: String,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    since: String,
    until: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/guiding/shared.html")]
struct SharedPage {
    page: Page,
    people: Vec<Shared>,
}

#[derive(Template)]
#[template(path = "pages/guiding/shared_one.html")]
struct OnePage {
    page: Page,
    one: Shared,
    sections: Vec<Section>,
}

/// `GET /gedeeld`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let application = page.site.application()?;
    let shared = application.shared_with_us(page.context()?).await?;
    let people = shared.into_iter().map(|person| told(&page, person));
    let template = SharedPage {
        people: people.collect(),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// `GET /gedeeld/{id}`: what one person shows of their story.
pub(super) async fn one(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let person: PersonId = id.parse().map_err(|_| Failure::NotFound)?;
    let application = page.site.application()?;
    let (shared, cv) = application.read_shared(page.context()?, person).await?;
    let template = OnePage {
        one: told(&page, shared),
        sections: newcomer::told(&page, &cv),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

fn told(page: &Page, shared: SharedPerson) -> Shared {
    let (identity, consent) = (shared.view.identity, shared.consent);
    let until = consent.ends_at.map(|end| page.moment(end));
    Shared {
        id: shared.view.person.to_string(),
        name: words::full_name(&identity.name),
        email: identity.email.map(|email| email.as_str().to_owned()),
        phone: identity.phone.map(|phone| phone.as_str().to_owned()),
        since: page.tt(
            "guiding-shared-since",
            "moment",
            page.moment(consent.given_at),
        ),
        until: until.map(|until| page.tt("guiding-shared-until", "moment", until)),
    }
}
