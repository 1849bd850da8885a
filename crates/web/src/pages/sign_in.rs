//! Logging in with the provider of identities of the organisation: going there and coming back.
//!
//! The provider is reached by a link and never by a form: forms may only be sent to this site
//! (`form-action 'self'`). What the browser keeps on the way is one cookie with a random token and
//! the page to go on to.

use std::sync::Arc;

use application::sign_in::AnswerProof;
use askama::Template;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use vault::token::Secret;

use super::login::{ONWARD, onward_of, refusal, welcome};
use crate::access::{Access, Routes};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};
use crate::peer::Peer;

/// Name of the cookie; the prefix makes browsers insist on `Secure`, `Path=/` and no domain.
const NAME: &str = "__Host-onderweg";

/// Longest code or state that is looked at, in bytes; providers are free in what they send.
const LONGEST_ANSWER: usize = 4096;

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    let public = Access::Public;
    routes
        .page("/inloggen/organisatie", public, set_out)
        .page("/inloggen/organisatie/antwoord", public, come_back)
        .action("/uitnodiging/organisatie", public, accept)
}

#[derive(Template)]
#[template(path = "pages/sign_in/onward.html")]
struct OnwardPage {
    page: Page,
    provider: String,
    address: String,
}

#[derive(Template)]
#[template(path = "pages/sign_in/refused.html")]
struct RefusedPage {
    page: Page,
    problem: Option<String>,
}

async fn set_out(page: Page, Peer(network): Peer) -> Result<Response, Failure> {
    let onward = onward_of(page.value(ONWARD));
    let application = page.site.application()?;
    match application.set_out(network, None).await {
        Ok(out) => {
            let mut response = Redirect::to(&out.address).into_response();
            keep(response.headers_mut(), &out.token, &onward);
            Ok(response)
        }
        Err(error) => {
            let (status, problem) = refusal(&page, error, "sign-in-wrong")?;
            refused(status, page, problem)
        }
    }
}

/// Whoever was invited goes to the provider with the invitation instead of choosing a password.
async fn accept(page: Page, Peer(network): Peer, form: Posted) -> Result<Response, Failure> {
    let code = Secret::from_text(form.value("code").unwrap_or_default());
    let site = Arc::clone(&page.site);
    let application = site.application()?;
    match application.set_out(network, Some(&code)).await {
        Ok(out) => {
            let template = OnwardPage {
                provider: application.provider_name().unwrap_or_default().to_owned(),
                address: out.address,
                page,
            };
            let mut response = page::html(StatusCode::OK, &template.page, &template)?;
            keep(response.headers_mut(), &out.token, "");
            Ok(response)
        }
        Err(error) => {
            let (status, problem) = refusal(&page, error, "invitation-wrong")?;
            refused(status, page, problem)
        }
    }
}

async fn come_back(
    page: Page,
    Peer(network): Peer,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let site = Arc::clone(&page.site);
    let application = site.application()?;
    let kept = kept(&headers);
    let answer = (page.value("state"), page.value("code"));
    let outcome = match (kept, answer) {
        (Some((token, onward)), (Some(state), Some(code)))
            if state.len() <= LONGEST_ANSWER && code.len() <= LONGEST_ANSWER =>
        {
            let proof = AnswerProof { token, state, code };
            let outcome = application.come_back(network, &proof).await;
            outcome.map(|logged_in| (logged_in, onward_of(Some(onward))))
        }
        // The provider said no, or the answer belongs to another browser.
        _ => Err(application::ApplicationError::WrongCredentials),
    };
    let mut response = match outcome {
        Ok((logged_in, onward)) => welcome(&page, &logged_in, &onward)?,
        Err(error) => {
            let (status, problem) = refusal(&page, error, "sign-in-wrong")?;
            refused(status, page, problem)?
        }
    };
    let gone = "__Host-onderweg=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax";
    response
        .headers_mut()
        .append(SET_COOKIE, HeaderValue::from_static(gone));
    Ok(response)
}

fn refused(status: StatusCode, page: Page, problem: String) -> Result<Response, Failure> {
    let template = RefusedPage {
        page,
        problem: Some(problem),
    };
    page::html(status, &template.page, &template)
}

/// Gives the browser what it needs to come back; `Lax`, because it comes from another site.
fn keep(headers: &mut HeaderMap, token: &Secret, onward: &str) {
    let cookie = format!(
        "{NAME}={}:{onward}; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax",
        token.reveal()
    );
    if let Ok(mut cookie) = HeaderValue::try_from(cookie) {
        cookie.set_sensitive(true);
        headers.append(SET_COOKIE, cookie);
    }
}

/// The token, and the page to go on to.
fn kept(headers: &HeaderMap) -> Option<(Secret, String)> {
    let value = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(NAME)?.strip_prefix('='))?;
    let (token, onward) = value.split_once(':')?;
    Some((Secret::from_text(token.to_owned()), onward.to_owned()))
}
