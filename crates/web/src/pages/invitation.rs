//! Accepting an invitation: a password and a second factor of one's own.

use application::{ApplicationError, InvalidInput};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use vault::token::Secret;

use super::login::refusal;
use crate::access::{Access, Routes};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};
use crate::peer::Peer;

/// Name under which authenticator apps show the account.
const ISSUER: &str = "Werkbrug";

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes.form("/uitnodiging", Access::Public, show, receive)
}

/// What the second step shows of the account.
struct Account {
    login_name: String,
    /// The secret in groups, to type.
    secret: String,
    /// The same as an address that apps open.
    uri: String,
}

#[derive(Template)]
#[template(path = "pages/invitation/invitation.html")]
struct InvitationPage {
    page: Page,
    code: String,
    account: Option<Account>,
    problem: Option<Problem>,
    /// What staff call the provider of identities of their organisation.
    provider: Option<String>,
}

/// What is wrong, and with which field.
struct Problem {
    text: String,
    field: &'static str,
}

async fn show(page: Page) -> Result<Response, Failure> {
    page.site.application()?;
    invitation_page(StatusCode::OK, page, String::new(), None, None)
}

async fn receive(page: Page, Peer(network): Peer, form: Posted) -> Result<Response, Failure> {
    let typed = form.value("code").unwrap_or_default();
    if typed.is_empty() {
        let text = page.t("login-code-missing");
        let problem = Some(Problem {
            text,
            field: "code",
        });
        return invitation_page(StatusCode::BAD_REQUEST, page, typed, None, problem);
    }
    let code = Secret::from_text(typed.clone());
    let site = std::sync::Arc::clone(&page.site);
    let application = site.application()?;
    let account = match application.read_invitation(network, &code).await {
        Ok(enrolment) => Account {
            secret: grouped(&enrolment.second_factor.to_text()),
            uri: enrolment
                .second_factor
                .to_uri(ISSUER, &enrolment.login_name),
            login_name: enrolment.login_name,
        },
        Err(error) => {
            let (status, text) = refusal(&page, error, "invitation-wrong")?;
            let problem = Some(Problem {
                text,
                field: "code",
            });
            return invitation_page(status, page, typed, None, problem);
        }
    };
    if page.changes_language() || !form.has("wachtwoord") {
        return invitation_page(StatusCode::OK, page, typed, Some(account), None);
    }
    let password = form.secret("wachtwoord");
    let one_time = form.value("eenmalig").unwrap_or_default();
    let outcome = application
        .accept_invitation(network, &code, password, &one_time)
        .await;
    let (key, field) = match outcome {
        Ok(_) => return Ok(Redirect::to("/inloggen/medewerker").into_response()),
        Err(ApplicationError::Invalid(InvalidInput::Password)) => {
            ("invitation-password-weak", "wachtwoord")
        }
        Err(ApplicationError::Invalid(InvalidInput::OneTimePassword)) => {
            ("invitation-one-time-wrong", "eenmalig")
        }
        Err(error) => {
            let (status, text) = refusal(&page, error, "invitation-wrong")?;
            let problem = Some(Problem {
                text,
                field: "code",
            });
            return invitation_page(status, page, typed, None, problem);
        }
    };
    let text = page.t(key);
    let problem = Some(Problem { text, field });
    invitation_page(StatusCode::BAD_REQUEST, page, typed, Some(account), problem)
}

fn invitation_page(
    status: StatusCode,
    page: Page,
    code: String,
    account: Option<Account>,
    problem: Option<Problem>,
) -> Result<Response, Failure> {
    let provider = page.site.application()?.provider_name();
    let template = InvitationPage {
        provider: provider.map(str::to_owned),
        page: page.with_posted_form(),
        code,
        account,
        problem,
    };
    page::html(status, &template.page, &template)
}

/// Groups of four characters, as people copy them.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}
