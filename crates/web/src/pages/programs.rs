//! The programs of an organisation that use the JSON interface, for its administrator.

use std::sync::Arc;

use application::{ApiToken, ApplicationError, InvalidInput, NewApiToken};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::ApiTokenId;
use domain::organisation::Role;
use domain::scope::{Scope, Scopes};

use crate::access::{Access, Routes};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

const ADMINISTRATORS: Access = Access::Staff(&[Role::Administrator]);

/// Days that a token can be made for.
const DAYS: [u16; 3] = [30, 90, 365];

/// Days that are chosen at first.
const USUAL_DAYS: u16 = 90;

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .form("/koppelingen", ADMINISTRATORS, show, make)
        .action("/koppelingen/stoppen", ADMINISTRATORS, end)
}

/// One token.
struct Row {
    id: String,
    name: String,
    scopes: Vec<String>,
    state: String,
    used: String,
    is_live: bool,
}

/// A scope to choose.
struct Choice {
    code: &'static str,
    text: String,
    is_chosen: bool,
}

/// A token that was just made; it is shown once.
struct Made {
    name: String,
    token: String,
}

/// What is wrong, and with which field.
struct Problem {
    text: String,
    field: &'static str,
}

#[derive(Template)]
#[template(path = "pages/programs/programs.html")]
struct ProgramsPage {
    page: Page,
    rows: Vec<Row>,
    scopes: Vec<Choice>,
    days: Vec<(u16, String)>,
    chosen_days: u16,
    name: String,
    problem: Option<Problem>,
    made: Option<Made>,
}

async fn show(page: Page) -> Result<Response, Failure> {
    programs_page(StatusCode::OK, page, &Posted::empty(), None, None).await
}

async fn make(page: Page, form: Posted) -> Result<Response, Failure> {
    if page.changes_language() {
        return programs_page(StatusCode::OK, page, &form, None, None).await;
    }
    let staff = page.staff()?;
    let name = form.value("naam").unwrap_or_default();
    let new = NewApiToken {
        organisation: staff.organisation,
        name: &name,
        scopes: chosen_scopes(&form),
        days: chosen_days(&form),
    };
    let site = Arc::clone(&page.site);
    let outcome = site
        .application()?
        .make_api_token(page.context()?, new)
        .await;
    let (key, field) = match outcome {
        Ok((_, token)) => {
            let made = Made {
                name,
                token: token.reveal().to_owned(),
            };
            let empty = Posted::empty();
            return programs_page(StatusCode::OK, page, &empty, None, Some(made)).await;
        }
        Err(ApplicationError::Invalid(InvalidInput::Name)) => ("programs-name-missing", "naam"),
        Err(ApplicationError::Invalid(InvalidInput::Scopes)) => ("programs-scopes-missing", "mag"),
        Err(ApplicationError::Invalid(InvalidInput::TokenDays)) => ("programs-days", "dagen"),
        Err(ApplicationError::Invalid(InvalidInput::TooMany)) => ("programs-many", "naam"),
        Err(error) => return Err(error.into()),
    };
    let problem = Problem {
        text: page.t(key),
        field,
    };
    programs_page(StatusCode::BAD_REQUEST, page, &form, Some(problem), None).await
}

async fn end(page: Page, form: Posted) -> Result<Response, Failure> {
    let token: ApiTokenId = form
        .value("sleutel")
        .and_then(|id| id.parse().ok())
        .ok_or(Failure::Malformed)?;
    let application = page.site.application()?;
    match application.end_api_token(page.context()?, token).await {
        // A button that is pressed twice.
        Ok(()) | Err(ApplicationError::NotFound) => {
            Ok(Redirect::to("/koppelingen").into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn chosen_scopes(form: &Posted) -> Scopes {
    let codes = form.values("mag");
    codes
        .iter()
        .filter_map(|code| code.parse::<Scope>().ok())
        .collect()
}

fn chosen_days(form: &Posted) -> u16 {
    let days = form.value("dagen").and_then(|days| days.parse().ok());
    days.unwrap_or(USUAL_DAYS)
}

fn scope_text(page: &Page, scope: Scope) -> String {
    page.t(&format!("scope-{}", scope.code().replace(':', "-")))
}

fn row(page: &Page, token: &ApiToken, now: domain::moment::Moment) -> Row {
    let day = |moment: domain::moment::Moment| page.date(moment.in_amsterdam().date());
    let state = match token.revoked_at {
        Some(at) => page.tt("programs-ended", "date", day(at)),
        None if token.is_live(now) => page.tt("programs-until", "date", day(token.expires_at)),
        None => page.tt("programs-expired", "date", day(token.expires_at)),
    };
    Row {
        id: token.id.to_string(),
        name: token.name.clone(),
        scopes: token.scopes.iter().map(|s| scope_text(page, s)).collect(),
        state,
        used: match token.last_used_on {
            Some(on) => page.tt("programs-used", "date", page.date(on.date())),
            None => page.t("programs-unused"),
        },
        is_live: token.is_live(now),
    }
}

async fn programs_page(
    status: StatusCode,
    page: Page,
    form: &Posted,
    problem: Option<Problem>,
    made: Option<Made>,
) -> Result<Response, Failure> {
    let staff = page.staff()?;
    let application = page.site.application()?;
    let tokens = application
        .list_api_tokens(page.context()?, staff.organisation)
        .await?;
    let now = application.now();
    let chosen = chosen_scopes(form);
    let choice = |scope: Scope| Choice {
        code: scope.code(),
        text: scope_text(&page, scope),
        is_chosen: chosen.contains(scope),
    };
    let template = ProgramsPage {
        rows: tokens.iter().map(|token| row(&page, token, now)).collect(),
        scopes: staff.kind.scopes().iter().map(choice).collect(),
        days: DAYS
            .iter()
            .map(|days| (*days, page.tn("programs-days-count", usize::from(*days))))
            .collect(),
        chosen_days: chosen_days(form),
        name: form.value("naam").unwrap_or_default(),
        problem,
        made,
        page: page.with_posted_form(),
    };
    page::html(status, &template.page, &template)
}
