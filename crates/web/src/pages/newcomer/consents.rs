//! To whom the person is known, and who looked.

use std::collections::BTreeSet;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::OrganisationId;

use super::words::event_key;
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// A consent as the page tells it.
struct Consented {
    receiver: String,
    name: String,
    text: String,
    is_in_force: bool,
}

/// Something that was done with the person's data.
struct Seen {
    at: String,
    what: &'static str,
    who: String,
}

#[derive(Template)]
#[template(path = "pages/newcomer/consents.html")]
struct ConsentsPage {
    page: Page,
    consents: Vec<Consented>,
}

#[derive(Template)]
#[template(path = "pages/newcomer/seen.html")]
struct SeenPage {
    page: Page,
    entries: Vec<Seen>,
    /// From where to read on.
    before: Option<u64>,
}

/// `GET /mijn/toestemming`.
pub(super) async fn list(page: Page) -> Result<Response, Failure> {
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    let found = app.list_consents(page.context()?, person).await?;
    let ids: BTreeSet<OrganisationId> = found.iter().map(|consent| consent.receiver).collect();
    let names = app.organisation_names(ids).await?;
    let consents = found.iter().map(|consent| Consented {
        receiver: consent.receiver.to_string(),
        name: names.get(&consent.receiver).cloned().unwrap_or_default(),
        text: match consent.withdrawn_at {
            None => page.tt(
                "newcomer-consent-since",
                "date",
                page.moment(consent.given_at),
            ),
            Some(at) => page.tt("newcomer-consent-stopped", "date", page.moment(at)),
        },
        is_in_force: consent.withdrawn_at.is_none(),
    });
    let template = ConsentsPage {
        consents: consents.collect(),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// `POST /mijn/toestemming/stoppen`.
pub(super) async fn stop(page: Page, form: Posted) -> Result<Response, Failure> {
    let receiver = form.value("voor").and_then(|id| id.parse().ok());
    let receiver: OrganisationId = receiver.ok_or(Failure::Malformed)?;
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    app.withdraw_consent(page.context()?, person, receiver)
        .await?;
    Ok(Redirect::to("/mijn/toestemming").into_response())
}

/// `GET /mijn/wie-zag`.
pub(super) async fn seen(page: Page) -> Result<Response, Failure> {
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    let before = page.value("voor").and_then(|number| number.parse().ok());
    let found = app.access_log(page.context()?, person, before).await?;
    let ids: BTreeSet<OrganisationId> = found.iter().filter_map(|one| Some(one.by?.0)).collect();
    let names = app.organisation_names(ids).await?;
    // What the person did themselves is not news to them.
    let entries = found.iter().filter_map(|one| {
        let (organisation, role) = one.by?;
        let role = page.t(&format!("role-{}", role.code().replace('_', "-")));
        let name = names.get(&organisation).cloned().unwrap_or_default();
        Some(Seen {
            at: page.moment(one.at),
            what: event_key(&one.what),
            who: format!("{name} ({role})"),
        })
    });
    let template = SeenPage {
        entries: entries.collect(),
        before: found
            .last()
            .map(|one| one.number)
            .filter(|_| found.len() >= FULL),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// Entries of a full page of the log.
const FULL: usize = 100;
