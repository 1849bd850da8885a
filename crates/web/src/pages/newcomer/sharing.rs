//! Sharing with a partner organisation: with whom, what, and for how long.

use std::collections::BTreeSet;

use application::{ApplicationError, ConsentTerms};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::OrganisationId;
use domain::profile::CvPart;
use time::Duration;

use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// Version of the text of the page; another text is another version.
const TEXT: &str = "partner-2";

/// How long a consent lasts: code, and days; none until it is stopped. The first is chosen unless
/// the person chooses another.
const TERMS: [(&str, Option<i64>); 4] = [
    ("3", Some(91)),
    ("6", Some(182)),
    ("12", Some(365)),
    ("open", None),
];

/// Something to choose.
struct Choice {
    code: String,
    text: String,
    hint: Option<String>,
    is_chosen: bool,
}

/// What is wrong, and with which field.
struct Problem {
    text: String,
    field: &'static str,
}

#[derive(Template)]
#[template(path = "pages/newcomer/sharing.html")]
struct SharingPage {
    page: Page,
    partners: Vec<Choice>,
    parts: Vec<Choice>,
    terms: Vec<Choice>,
    problem: Option<Problem>,
}

/// `GET /mijn/toestemming/delen`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    sharing_page(StatusCode::OK, page, &Posted::empty(), None).await
}

/// `POST /mijn/toestemming/delen`.
pub(super) async fn give(page: Page, form: Posted) -> Result<Response, Failure> {
    if page.changes_language() {
        return sharing_page(StatusCode::OK, page, &form, None).await;
    }
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    let context = *page.context()?;
    let chosen: Option<OrganisationId> = form.value("voor").and_then(|id| id.parse().ok());
    let offered = app.partners_to_choose(&context, person).await?;
    let receiver = chosen.filter(|chosen| offered.iter().any(|(id, _)| id == chosen));
    let shown = shown(&form);
    let missing = match receiver {
        None => Some(("my-share-choose-who", "voor")),
        Some(_) if shown.is_empty() => Some(("my-share-choose-what", "deel")),
        Some(_) => None,
    };
    if let Some((key, field)) = missing {
        let problem = Problem {
            text: page.t(key),
            field,
        };
        return sharing_page(StatusCode::BAD_REQUEST, page, &form, Some(problem)).await;
    }
    let receiver = receiver.ok_or(Failure::Malformed)?;
    let term = form.value("tot");
    let term = TERMS.iter().find(|(code, _)| term.as_deref() == Some(code));
    let (_, days) = term.ok_or(Failure::Malformed)?;
    let terms = ConsentTerms {
        shown,
        lasts: days.map(Duration::days),
        text_version: TEXT.to_owned(),
    };
    match app.give_consent(&context, person, receiver, &terms).await {
        Ok(()) => Ok(Redirect::to("/mijn/toestemming?gegeven=1").into_response()),
        Err(ApplicationError::AlreadyThere) => {
            let problem = Problem {
                text: page.t("my-share-already"),
                field: "voor",
            };
            sharing_page(StatusCode::CONFLICT, page, &form, Some(problem)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What the person lets see; the name is always in.
fn shown(form: &Posted) -> BTreeSet<CvPart> {
    let codes = form.values("deel").into_iter();
    let parts = codes.filter_map(|code| CvPart::from_code(&code));
    parts.filter(|part| *part != CvPart::Name).collect()
}

async fn sharing_page(
    status: StatusCode,
    page: Page,
    form: &Posted,
    problem: Option<Problem>,
) -> Result<Response, Failure> {
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    let offered = app.partners_to_choose(page.context()?, person).await?;
    let (receiver, term, shown) = (form.value("voor"), form.value("tot"), shown(form));
    let partners = offered.into_iter().map(|(id, name)| Choice {
        is_chosen: receiver.as_deref() == Some(&id.to_string()),
        code: id.to_string(),
        text: name,
        hint: None,
    });
    let parts = CvPart::ALL.into_iter().filter(|part| *part != CvPart::Name);
    let parts = parts.map(|part| Choice {
        code: part.code().to_owned(),
        text: page.t(&format!("my-cv-part-{}", part.code())),
        hint: match part {
            CvPart::Years => Some(page.t("my-share-hint-years")),
            CvPart::OtherLanguages => Some(page.t("my-share-hint-other-languages")),
            _ => None,
        },
        is_chosen: shown.contains(&part),
    });
    let (first, _) = TERMS[0];
    let terms = TERMS.iter().map(|(code, _)| Choice {
        code: (*code).to_owned(),
        text: page.t(&format!("my-share-term-{code}")),
        hint: None,
        is_chosen: term.as_deref().unwrap_or(first) == *code,
    });
    let template = SharingPage {
        partners: partners.collect(),
        parts: parts.collect(),
        terms: terms.collect(),
        problem,
        page: page.with_posted_form(),
    };
    page::html(status, &template.page, &template)
}
