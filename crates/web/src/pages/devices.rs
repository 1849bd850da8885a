//! Where somebody is logged in, and ending that.

use application::Device;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::SessionId;

use crate::access::{Access, Routes};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes.form("/apparaten", Access::LoggedIn, show, end)
}

/// One place where somebody is logged in.
struct Row {
    id: String,
    device: String,
    since: String,
    seen: String,
    is_this: bool,
}

#[derive(Template)]
#[template(path = "pages/devices/devices.html")]
struct DevicesPage {
    page: Page,
    rows: Vec<Row>,
}

async fn show(page: Page) -> Result<Response, Failure> {
    let context = page.context()?;
    let sessions = page.site.application()?.list_sessions(context).await?;
    let own = context.actor.session();
    let row = |session: &application::Session| Row {
        id: session.id.to_string(),
        device: page.t(match session.device {
            Device::Own => "devices-own",
            Device::Shared => "devices-shared",
        }),
        since: page.moment(session.created_at),
        seen: page.moment(session.last_seen_at),
        is_this: Some(session.id) == own,
    };
    let rows = sessions.iter().map(row).collect();
    let template = DevicesPage { page, rows };
    page::html(StatusCode::OK, &template.page, &template)
}

async fn end(page: Page, form: Posted) -> Result<Response, Failure> {
    let session: SessionId = form
        .value("sessie")
        .and_then(|id| id.parse().ok())
        .ok_or(Failure::Malformed)?;
    let application = page.site.application()?;
    application.end_session(page.context()?, session).await?;
    Ok(Redirect::to("/apparaten").into_response())
}
