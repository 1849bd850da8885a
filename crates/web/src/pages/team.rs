//! The accounts of an organisation, for its administrator.

use application::{ApplicationError, InviteStaff};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::AccountId;
use domain::organisation::Role;

use crate::access::{Access, Routes};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

const ADMINISTRATORS: Access = Access::Staff(&[Role::Administrator]);

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .form("/team", ADMINISTRATORS, show, invite)
        .action("/team/opnieuw", ADMINISTRATORS, reset)
        .action("/team/stoppen", ADMINISTRATORS, disable)
}

/// One account.
struct Row {
    account: String,
    login_name: String,
    display_name: String,
    role: String,
    state: &'static str,
    is_disabled: bool,
}

/// A code that was just made; it is shown once.
struct Code {
    login_name: String,
    code: String,
}

#[derive(Template)]
#[template(path = "pages/team/team.html")]
struct TeamPage {
    page: Page,
    rows: Vec<Row>,
    roles: Vec<(&'static str, String)>,
    email: String,
    name: String,
    role: String,
    problem: Option<String>,
    code: Option<Code>,
}

async fn show(page: Page) -> Result<Response, Failure> {
    team_page(StatusCode::OK, page, &Posted::empty(), None, None).await
}

async fn invite(page: Page, form: Posted) -> Result<Response, Failure> {
    if page.changes_language() {
        return team_page(StatusCode::OK, page, &form, None, None).await;
    }
    let staff = page.staff()?;
    let login_name = form.value("email").unwrap_or_default();
    let display_name = form.value("naam").unwrap_or_default();
    let role = form.value("rol").and_then(|code| code.parse::<Role>().ok());
    let Some(role) = role else {
        let problem = page.t("team-role-missing");
        return team_page(StatusCode::BAD_REQUEST, page, &form, Some(problem), None).await;
    };
    let new = InviteStaff {
        organisation: staff.organisation,
        role,
        login_name: &login_name,
        display_name: &display_name,
    };
    let site = std::sync::Arc::clone(&page.site);
    match site.application()?.invite_staff(page.context()?, new).await {
        Ok((_, secret)) => {
            let code = Code {
                login_name,
                code: secret.reveal().to_owned(),
            };
            team_page(StatusCode::OK, page, &Posted::empty(), None, Some(code)).await
        }
        Err(ApplicationError::Invalid(_)) => {
            let problem = page.t("team-invalid");
            team_page(StatusCode::BAD_REQUEST, page, &form, Some(problem), None).await
        }
        Err(ApplicationError::AlreadyThere) => {
            let problem = page.t("team-already");
            team_page(StatusCode::CONFLICT, page, &form, Some(problem), None).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn reset(page: Page, form: Posted) -> Result<Response, Failure> {
    let account = account(&form)?;
    let site = std::sync::Arc::clone(&page.site);
    let secret = site
        .application()?
        .reset_staff(page.context()?, account)
        .await?;
    let code = Code {
        login_name: form.value("email").unwrap_or_default(),
        code: secret.reveal().to_owned(),
    };
    team_page(StatusCode::OK, page, &Posted::empty(), None, Some(code)).await
}

async fn disable(page: Page, form: Posted) -> Result<Response, Failure> {
    let account = account(&form)?;
    let application = page.site.application()?;
    application.disable_staff(page.context()?, account).await?;
    Ok(Redirect::to("/team").into_response())
}

fn account(form: &Posted) -> Result<AccountId, Failure> {
    form.value("account")
        .and_then(|id| id.parse().ok())
        .ok_or(Failure::Malformed)
}

async fn team_page(
    status: StatusCode,
    page: Page,
    form: &Posted,
    problem: Option<String>,
    code: Option<Code>,
) -> Result<Response, Failure> {
    let staff = page.staff()?;
    let team = page
        .site
        .application()?
        .list_staff(page.context()?, Some(staff.organisation))
        .await?;
    let rows = team
        .into_iter()
        .map(|one| Row {
            account: one.account.to_string(),
            role: page.t(&format!("role-{}", one.role.code().replace('_', "-"))),
            state: match (one.disabled_at.is_some(), one.is_enrolled) {
                (true, _) => "team-state-stopped",
                (false, true) => "team-state-active",
                (false, false) => "team-state-invited",
            },
            is_disabled: one.disabled_at.is_some(),
            login_name: one.login_name,
            display_name: one.display_name,
        })
        .collect();
    let roles = staff
        .kind
        .roles()
        .iter()
        .map(|role| {
            let key = format!("role-{}", role.code().replace('_', "-"));
            (role.code(), page.t(&key))
        })
        .collect();
    let template = TeamPage {
        page: page.with_posted_form(),
        rows,
        roles,
        email: form.value("email").unwrap_or_default(),
        name: form.value("naam").unwrap_or_default(),
        role: form.value("rol").unwrap_or_default(),
        problem,
        code,
    };
    page::html(status, &template.page, &template)
}
