//! Logging in and out: newcomers with a code on paper, staff with password and one-time password.

use application::identity_provider::{PasswordAndApp, PasswordProof};
use application::{ApplicationError, Device};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::{Access, Routes};
use crate::failure::Failure;
use crate::form::Posted;
use crate::menu;
use crate::page::{self, Page};
use crate::peer::Peer;
use crate::site::SharedSite;
use crate::visitor::{self, Visitor};

/// The page with the ways to log in.
const START: &str = "/inloggen";

/// Parameter and field with the page to go on to.
pub(super) const ONWARD: &str = "naar";

/// Parameter that says that the session was over.
const OVER: &str = "voorbij";

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    let public = Access::Public;
    routes
        .page(START, public, start)
        .form("/inloggen/code", public, show_code, receive_code)
        .form("/inloggen/medewerker", public, show_staff, receive_staff)
        .action("/uitloggen", Access::LoggedIn, log_out)
}

/// Where somebody has to go who wanted a page that asks for logging in.
pub(crate) fn address(wanted: &Uri, visitor: Visitor) -> String {
    let mut address = format!("{START}?{ONWARD}={}", percent(wanted.path()));
    if visitor == Visitor::Over {
        address.push_str("&voorbij=1");
    }
    address
}

#[derive(Template)]
#[template(path = "pages/login/start.html")]
struct StartPage {
    page: Page,
    onward: String,
    is_over: bool,
    /// What staff call the provider of identities of their organisation.
    provider: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/login/code.html")]
struct CodePage {
    page: Page,
    onward: String,
    code: String,
    is_shared: bool,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/login/staff.html")]
struct StaffPage {
    page: Page,
    onward: String,
    name: String,
    problem: Option<String>,
}

async fn start(page: Page) -> Result<Response, Failure> {
    if let Some(context) = page.visitor.context() {
        return Ok(Redirect::to(menu::first_page(&context.actor)).into_response());
    }
    let provider = page.site.application()?.provider_name();
    let template = StartPage {
        provider: provider.map(str::to_owned),
        onward: onward_of(page.value(ONWARD)),
        is_over: page.value(OVER).is_some(),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

async fn show_code(page: Page) -> Result<Response, Failure> {
    page.site.application()?;
    let onward = onward_of(page.value(ONWARD));
    code_page(StatusCode::OK, page, &Posted::empty(), onward, None)
}

async fn receive_code(page: Page, Peer(network): Peer, form: Posted) -> Result<Response, Failure> {
    let onward = onward_of(form.value(ONWARD));
    if page.changes_language() {
        return code_page(StatusCode::OK, page, &form, onward, None);
    }
    let Some(code) = form.value("code") else {
        let problem = page.t("login-code-missing");
        return code_page(StatusCode::BAD_REQUEST, page, &form, onward, Some(problem));
    };
    let device = device_of(&form);
    let outcome = page
        .site
        .application()?
        .redeem_login_code(network, &code, device)
        .await;
    match outcome {
        Ok(logged_in) => welcome(&page, &logged_in, &onward),
        Err(error) => {
            let (status, problem) = refusal(&page, error, "login-code-wrong")?;
            code_page(status, page, &form, onward, Some(problem))
        }
    }
}

/// Whether somebody said that the device is used by more people; their own, unless they said so.
pub(super) fn device_of(form: &Posted) -> Device {
    match form.value("toestel").as_deref() {
        Some("gedeeld") => Device::Shared,
        _ => Device::Own,
    }
}

fn code_page(
    status: StatusCode,
    page: Page,
    form: &Posted,
    onward: String,
    problem: Option<String>,
) -> Result<Response, Failure> {
    let template = CodePage {
        page: page.with_posted_form(),
        onward,
        code: form.value("code").unwrap_or_default(),
        is_shared: device_of(form) == Device::Shared,
        problem,
    };
    page::html(status, &template.page, &template)
}

async fn show_staff(page: Page) -> Result<Response, Failure> {
    page.site.application()?;
    let onward = onward_of(page.value(ONWARD));
    staff_page(StatusCode::OK, page, &Posted::empty(), onward, None)
}

async fn receive_staff(page: Page, Peer(network): Peer, form: Posted) -> Result<Response, Failure> {
    let onward = onward_of(form.value(ONWARD));
    if page.changes_language() {
        return staff_page(StatusCode::OK, page, &form, onward, None);
    }
    let proof = PasswordProof {
        login_name: form.value("naam").unwrap_or_default(),
        password: form.secret("wachtwoord").to_owned(),
        one_time_password: form.value("eenmalig").unwrap_or_default(),
    };
    if proof.login_name.is_empty() || proof.password.is_empty() {
        let problem = page.t("login-staff-missing");
        return staff_page(StatusCode::BAD_REQUEST, page, &form, onward, Some(problem));
    }
    let outcome = page
        .site
        .application()?
        .log_in(&PasswordAndApp, &proof, network, None)
        .await;
    match outcome {
        Ok(logged_in) => welcome(&page, &logged_in, &onward),
        Err(error) => {
            let (status, problem) = refusal(&page, error, "login-staff-wrong")?;
            staff_page(status, page, &form, onward, Some(problem))
        }
    }
}

fn staff_page(
    status: StatusCode,
    page: Page,
    form: &Posted,
    onward: String,
    problem: Option<String>,
) -> Result<Response, Failure> {
    let template = StaffPage {
        page: page.with_posted_form(),
        onward,
        name: form.value("naam").unwrap_or_default(),
        problem,
    };
    page::html(status, &template.page, &template)
}

async fn log_out(State(site): State<SharedSite>, page: Page) -> Result<Response, Failure> {
    let context = page.context()?;
    if let Some(session) = context.actor.session() {
        match site.application()?.end_session(context, session).await {
            // It may have run out while the button was pressed.
            Ok(()) | Err(ApplicationError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let mut response = Redirect::to("/").into_response();
    visitor::forget(response.headers_mut());
    // Nothing of what was seen stays behind on the device.
    response.headers_mut().insert(
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(response)
}

/// What a page says when logging in did not work.
pub(crate) fn refusal(
    page: &Page,
    error: ApplicationError,
    wrong: &str,
) -> Result<(StatusCode, String), Failure> {
    match error {
        ApplicationError::WrongCredentials => Ok((StatusCode::FORBIDDEN, page.t(wrong))),
        ApplicationError::RefusedByProvider(_) => {
            let _ = Failure::from(error);
            Ok((StatusCode::FORBIDDEN, page.t(wrong)))
        }
        ApplicationError::NoProvider(_) => {
            let _ = Failure::from(error);
            Ok((StatusCode::SERVICE_UNAVAILABLE, page.t("sign-in-silent")))
        }
        ApplicationError::TooManyAttempts { again_at } => {
            let now = page.site.application()?.now();
            let minutes = again_at.since(now).whole_minutes().max(0) + 1;
            let minutes = usize::try_from(minutes).unwrap_or(usize::MAX);
            let problem = page.tn("login-too-many", minutes);
            Ok((StatusCode::TOO_MANY_REQUESTS, problem))
        }
        error => Err(error.into()),
    }
}

pub(super) fn welcome(
    page: &Page,
    logged_in: &application::LoggedIn,
    onward: &str,
) -> Result<Response, Failure> {
    let target = if onward.is_empty() {
        menu::first_page(&logged_in.actor)
    } else {
        onward
    };
    let mut response = Redirect::to(target).into_response();
    let now = page.site.application()?.now();
    visitor::remember(response.headers_mut(), logged_in, now);
    Ok(response)
}

/// A page of this site, or nothing: never somebody else's (ASVS 1.3.6, open redirects).
pub(super) fn onward_of(wanted: Option<String>) -> String {
    let is_path = |path: &str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && path
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"/-_.".contains(&b))
            && !path.starts_with(START)
            && !path.starts_with("/uitloggen")
    };
    wanted.filter(|path| is_path(path)).unwrap_or_default()
}

/// A path for a parameter; ours need nothing escaped, and others are not taken.
fn percent(path: &str) -> String {
    onward_of(Some(path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_site_are_gone_on_to() {
        for path in ["/team", "/mensen/0190-ab", "/mijn/werk"] {
            assert_eq!(onward_of(Some(path.to_owned())), path);
        }
        for other in [
            "//example.org",
            "https://example.org",
            "/\\example.org",
            "javascript:alert(1)",
            "/uitloggen",
            "/inloggen/code",
            "/x?y=z",
            "",
        ] {
            assert_eq!(onward_of(Some(other.to_owned())), "", "{other}");
        }
    }
}
