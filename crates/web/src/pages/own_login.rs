//! A newcomer's own name and password: setting them, and logging in with them.

use std::sync::Arc;

use application::identity_provider::{OwnPassword, OwnProof};
use application::{ApplicationError, Device, InvalidInput, SetOwnLogin};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::login::{ONWARD, device_of, onward_of, refusal, welcome};
use crate::access::{Access, Routes};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};
use crate::peer::Peer;

/// The page on which name and password are set.
const OWN: &str = "/mijn/inloggen";

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .form("/inloggen/eigen", Access::Public, show_login, receive_login)
        .form(OWN, Access::Newcomer, show, set)
        .action("/mijn/inloggen/weg", Access::Newcomer, remove)
}

/// What is wrong, and with which field.
struct Problem {
    text: String,
    field: &'static str,
}

#[derive(Template)]
#[template(path = "pages/own_login/login.html")]
struct LoginPage {
    page: Page,
    onward: String,
    name: String,
    is_shared: bool,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/own_login/own.html")]
struct OwnPage {
    page: Page,
    /// The name that is set now.
    present: Option<String>,
    name: String,
    problem: Option<Problem>,
    done: Option<String>,
}

async fn show_login(page: Page) -> Result<Response, Failure> {
    page.site.application()?;
    let onward = onward_of(page.value(ONWARD));
    login_page(StatusCode::OK, page, &Posted::empty(), onward, None)
}

async fn receive_login(page: Page, Peer(network): Peer, form: Posted) -> Result<Response, Failure> {
    let onward = onward_of(form.value(ONWARD));
    if page.changes_language() {
        return login_page(StatusCode::OK, page, &form, onward, None);
    }
    let proof = OwnProof {
        name: form.value("naam").unwrap_or_default(),
        password: form.secret("wachtwoord").to_owned(),
    };
    if proof.name.is_empty() || proof.password.is_empty() {
        let problem = page.t("login-own-missing");
        return login_page(StatusCode::BAD_REQUEST, page, &form, onward, Some(problem));
    }
    let device = device_of(&form);
    let outcome = page
        .site
        .application()?
        .log_in_newcomer(&OwnPassword, &proof, network, device)
        .await;
    match outcome {
        Ok(logged_in) => welcome(&page, &logged_in, &onward),
        Err(error) => {
            let (status, problem) = refusal(&page, error, "login-own-wrong")?;
            login_page(status, page, &form, onward, Some(problem))
        }
    }
}

fn login_page(
    status: StatusCode,
    page: Page,
    form: &Posted,
    onward: String,
    problem: Option<String>,
) -> Result<Response, Failure> {
    let template = LoginPage {
        page: page.with_posted_form(),
        onward,
        name: form.value("naam").unwrap_or_default(),
        is_shared: device_of(form) == Device::Shared,
        problem,
    };
    page::html(status, &template.page, &template)
}

async fn show(page: Page) -> Result<Response, Failure> {
    let done = page.value("klaar").and_then(|what| match what.as_str() {
        "bewaard" => Some("own-saved"),
        "weg" => Some("own-removed"),
        _ => None,
    });
    let done = done.map(|key| page.t(key));
    own_page(StatusCode::OK, page, &Posted::empty(), None, done).await
}

async fn set(page: Page, Peer(network): Peer, form: Posted) -> Result<Response, Failure> {
    if page.changes_language() {
        return own_page(StatusCode::OK, page, &form, None, None).await;
    }
    let site = Arc::clone(&page.site);
    let application = site.application()?;
    let context = page.context()?;
    let present = application.own_login(context).await?;
    let has_one = present.is_some();
    // Whoever changes only the password leaves the name as it is.
    let typed = form.value("naam").or(present.map(|own| own.name));
    let new = SetOwnLogin {
        name: typed.as_deref().unwrap_or_default(),
        password: form.secret("wachtwoord"),
        former: form.secret("oud"),
    };
    let outcome = application.set_own_login(context, network, new).await;
    match outcome {
        Ok(()) => Ok(Redirect::to("/mijn/inloggen?klaar=bewaard").into_response()),
        Err(error) => {
            let (status, problem) = wrong(&page, error, has_one)?;
            own_page(status, page, &form, Some(problem), None).await
        }
    }
}

async fn remove(page: Page, Peer(network): Peer, form: Posted) -> Result<Response, Failure> {
    let site = Arc::clone(&page.site);
    let application = site.application()?;
    let former = form.secret("oud");
    // Without one there is nothing to remove, and nothing to prove.
    let has_one = true;
    let outcome = application
        .remove_own_login(page.context()?, network, former)
        .await;
    match outcome {
        // A button that is pressed twice.
        Ok(()) | Err(ApplicationError::NotFound) => {
            Ok(Redirect::to("/mijn/inloggen?klaar=weg").into_response())
        }
        Err(error) => {
            let (status, problem) = wrong(&page, error, has_one)?;
            own_page(status, page, &Posted::empty(), Some(problem), None).await
        }
    }
}

/// What is wrong with name or password.
fn wrong(
    page: &Page,
    error: ApplicationError,
    has_one: bool,
) -> Result<(StatusCode, Problem), Failure> {
    let (key, field) = match error {
        ApplicationError::Invalid(InvalidInput::OwnName) => ("own-name-bad", "naam"),
        ApplicationError::AlreadyThere => ("own-name-taken", "naam"),
        ApplicationError::Invalid(_) => ("invitation-password-weak", "wachtwoord"),
        error => {
            let (key, field) = match has_one {
                true => ("own-former-wrong", "oud"),
                false => ("own-log-in-anew", "naam"),
            };
            let (status, text) = refusal(page, error, key)?;
            return Ok((status, Problem { text, field }));
        }
    };
    let text = page.t(key);
    Ok((StatusCode::BAD_REQUEST, Problem { text, field }))
}

async fn own_page(
    status: StatusCode,
    page: Page,
    form: &Posted,
    problem: Option<Problem>,
    done: Option<String>,
) -> Result<Response, Failure> {
    let application = page.site.application()?;
    let present = application
        .own_login(page.context()?)
        .await?
        .map(|own| own.name);
    let template = OwnPage {
        name: form
            .value("naam")
            .or_else(|| present.clone())
            .unwrap_or_default(),
        present,
        problem,
        done,
        page: page.with_posted_form(),
    };
    page::html(status, &template.page, &template)
}
