//! Choosing a role, for staff who have several.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::MembershipId;
use domain::organisation::Role;

use crate::access::{Access, Routes};
use crate::failure::Failure;
use crate::form::Posted;
use crate::menu;
use crate::page::{self, Page};
use crate::visitor;

const STAFF: Access = Access::Staff(&Role::ALL);

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes.form("/rollen", STAFF, show, choose)
}

/// A role to choose.
struct Row {
    membership: String,
    organisation: String,
    role: String,
    is_present: bool,
}

#[derive(Template)]
#[template(path = "pages/roles/roles.html")]
struct RolesPage {
    page: Page,
    rows: Vec<Row>,
}

async fn show(page: Page) -> Result<Response, Failure> {
    let roles = page.site.application()?.own_roles(page.context()?).await?;
    let rows = roles
        .into_iter()
        .map(|role| Row {
            membership: role.membership.to_string(),
            organisation: role.organisation,
            role: page.t(&format!("role-{}", role.role.code().replace('_', "-"))),
            is_present: role.is_present,
        })
        .collect();
    let template = RolesPage { page, rows };
    page::html(StatusCode::OK, &template.page, &template)
}

async fn choose(page: Page, form: Posted) -> Result<Response, Failure> {
    let membership: MembershipId = form
        .value("rol")
        .and_then(|id| id.parse().ok())
        .ok_or(Failure::Malformed)?;
    let application = page.site.application()?;
    let chosen = application.choose_role(page.context()?, membership).await?;
    let mut response = Redirect::to(menu::first_page(&chosen.actor)).into_response();
    visitor::remember(response.headers_mut(), &chosen, application.now());
    Ok(response)
}
