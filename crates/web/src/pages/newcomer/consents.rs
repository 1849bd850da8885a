//! To whom the person is known, and who looked.

use std::collections::{BTreeMap, BTreeSet};

use application::{AccessView, Consent};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::OrganisationId;
use domain::moment::Moment;

use super::words::{event_key, reason_key};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// Parameter that says that a consent was stopped just now.
const STOPPED: &str = "gestopt";

/// Parameter that says that a consent was given just now.
const GIVEN: &str = "gegeven";

/// A consent as the page tells it.
struct Consented {
    receiver: String,
    name: String,
    text: String,
    /// What the receiver sees.
    shown: Vec<String>,
    is_in_force: bool,
}

/// Something that was done with the person's data.
#[derive(PartialEq, Eq)]
struct Seen {
    who: String,
    role: String,
    what: &'static str,
    why: &'static str,
    /// Times of the day, the last first.
    at: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/newcomer/consents.html")]
struct ConsentsPage {
    page: Page,
    consents: Vec<Consented>,
    /// What was done just now.
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/newcomer/seen.html")]
struct SeenPage {
    page: Page,
    /// What was done on each day, the last day first.
    days: Vec<(String, Vec<Seen>)>,
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
    let now = app.now();
    let consents = found.iter().map(|consent| {
        let shown = consent.shown.iter();
        let shown = shown.map(|part| page.t(&format!("my-cv-part-{}", part.code())));
        Consented {
            receiver: consent.receiver.to_string(),
            name: names.get(&consent.receiver).cloned().unwrap_or_default(),
            text: told(&page, consent, now),
            shown: shown.collect(),
            is_in_force: consent.is_in_force(now),
        }
    });
    let done = [(STOPPED, "my-consent-stopped"), (GIVEN, "my-share-given")];
    let done = done
        .into_iter()
        .find(|(name, _)| page.value(name).is_some());
    let template = ConsentsPage {
        consents: consents.collect(),
        done: done.map(|(_, key)| page.t(key)),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// Since when, and until when.
fn told(page: &Page, consent: &Consent, now: Moment) -> String {
    let at = |key: &str, moment| page.tt(key, "date", page.moment(moment));
    match (consent.withdrawn_at, consent.ends_at) {
        (Some(withdrawn), _) => at("newcomer-consent-stopped", withdrawn),
        (None, Some(end)) if end <= now => at("my-consent-ended", end),
        (None, end) => {
            let since = at("newcomer-consent-since", consent.given_at);
            let until = end.map(|end| at("my-consent-until", end));
            until.map_or(since.clone(), |until| format!("{since} · {until}"))
        }
    }
}

/// `POST /mijn/toestemming/stoppen`.
pub(super) async fn stop(page: Page, form: Posted) -> Result<Response, Failure> {
    let receiver = form.value("voor").and_then(|id| id.parse().ok());
    let receiver: OrganisationId = receiver.ok_or(Failure::Malformed)?;
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    app.withdraw_consent(page.context()?, person, receiver)
        .await?;
    Ok(Redirect::to(&format!("/mijn/toestemming?{STOPPED}=1")).into_response())
}

/// `GET /mijn/wie-zag`.
pub(super) async fn seen(page: Page) -> Result<Response, Failure> {
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    let before = page.value("voor").and_then(|number| number.parse().ok());
    let found = app.access_log(page.context()?, person, before).await?;
    let ids: BTreeSet<OrganisationId> = found.iter().filter_map(|one| Some(one.by?.0)).collect();
    let names = app.organisation_names(ids).await?;
    let days = by_day(&page, &found, &names);
    let template = SeenPage {
        days,
        before: found
            .last()
            .map(|one| one.number)
            .filter(|_| found.len() >= FULL),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// What was done on each day; the same by the same people on one day is one line with its times.
fn by_day(
    page: &Page,
    found: &[AccessView],
    names: &BTreeMap<OrganisationId, String>,
) -> Vec<(String, Vec<Seen>)> {
    let mut days: Vec<(String, Vec<Seen>)> = Vec::new();
    for one in found {
        // What the person did themselves is not news to them.
        let Some((organisation, role)) = one.by else {
            continue;
        };
        let local = one.at.in_amsterdam();
        let day = page.date(local.date());
        if days.last().is_none_or(|(last, _)| *last != day) {
            days.push((day, Vec::new()));
        }
        let Some((_, entries)) = days.last_mut() else {
            continue;
        };
        let seen = Seen {
            who: names.get(&organisation).cloned().unwrap_or_default(),
            role: page.t(&format!("role-{}", role.code().replace('_', "-"))),
            what: event_key(&one.what),
            why: reason_key(one.why),
            at: Vec::new(),
        };
        let (hour, minute, _) = local.to_hms();
        let at = format!("{hour:02}:{minute:02}");
        let is_same = |other: &&mut Seen| {
            (&other.who, &other.role, other.what, other.why)
                == (&seen.who, &seen.role, seen.what, seen.why)
        };
        match entries.iter_mut().find(is_same) {
            Some(known) if known.at.contains(&at) => {}
            Some(known) => known.at.push(at),
            None => entries.push(Seen {
                at: vec![at],
                ..seen
            }),
        }
    }
    days
}

/// Entries of a full page of the log.
const FULL: usize = 100;
