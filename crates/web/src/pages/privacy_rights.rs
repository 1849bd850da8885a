//! Rights of newcomers, carried out by the privacy officer: who saw their data, and erasing.
//!
//! The officer has the number of a person from their klantmanager; searching by name is not theirs.

use application::AccessView;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::id::PersonId;
use domain::organisation::Role;

use crate::access::{Access, Routes};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

const OFFICERS: Access = Access::Staff(&[Role::PrivacyOfficer]);

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes.form("/privacy-beheer", OFFICERS, show, look).action(
        "/privacy-beheer/wissen",
        OFFICERS,
        erase,
    )
}

/// One line of the log.
struct Line {
    when: String,
    role: String,
    what: String,
}

#[derive(Template)]
#[template(path = "pages/privacy_rights/privacy.html")]
struct PrivacyPage {
    page: Page,
    person: String,
    lines: Option<Vec<Line>>,
    done: Option<String>,
    problem: Option<(&'static str, String)>,
}

async fn show(page: Page) -> Result<Response, Failure> {
    page.site.application()?;
    render(StatusCode::OK, page, String::new(), None, None)
}

async fn look(page: Page, form: Posted) -> Result<Response, Failure> {
    let person = form.value("persoon").unwrap_or_default();
    if page.changes_language() && person.is_empty() {
        return render(StatusCode::OK, page, person, None, None);
    }
    let Ok(id) = person.parse::<PersonId>() else {
        let problem = Some(("persoon", page.t("guiding-privacy-wrong")));
        return render(StatusCode::BAD_REQUEST, page, person, None, problem);
    };
    let application = page.site.application()?;
    let log = application.access_log(page.context()?, id, None).await;
    match log {
        Ok(log) => {
            let lines = log.iter().map(|view| line(&page, view)).collect();
            render(StatusCode::OK, page, person, Some(lines), None)
        }
        Err(application::ApplicationError::NotFound) => {
            let problem = Some(("persoon", page.t("guiding-privacy-nobody")));
            render(StatusCode::NOT_FOUND, page, person, None, problem)
        }
        Err(error) => Err(error.into()),
    }
}

async fn erase(page: Page, form: Posted) -> Result<Response, Failure> {
    let person = form.value("persoon").unwrap_or_default();
    if page.changes_language() {
        return render(StatusCode::OK, page, person, None, None);
    }
    let id: PersonId = person.parse().map_err(|_| Failure::NotFound)?;
    if form.value("zeker").as_deref() != Some("ja") {
        let application = page.site.application()?;
        let log = application.access_log(page.context()?, id, None).await?;
        let lines = log.iter().map(|view| line(&page, view)).collect();
        let problem = Some(("zeker", page.t("guiding-privacy-confirm")));
        return render(StatusCode::BAD_REQUEST, page, person, Some(lines), problem);
    }
    let application = page.site.application()?;
    application.erase_person(page.context()?, id).await?;
    let template = PrivacyPage {
        done: Some(page.t("guiding-privacy-erased")),
        page: page.with_posted_form(),
        person: String::new(),
        lines: None,
        problem: None,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

fn line(page: &Page, view: &AccessView) -> Line {
    let role = match view.by {
        Some((_, role)) => page.t(&format!("role-{}", role.code().replace('_', "-"))),
        None => page.t("guiding-by-person"),
    };
    Line {
        when: page.moment(view.at),
        role,
        what: word(&view.what),
    }
}

/// The word that stands for an event in the log.
fn word(event: &application::audit::Event) -> String {
    let written = serde_json::to_value(event).unwrap_or_default();
    let word = written.get("kind").and_then(serde_json::Value::as_str);
    word.unwrap_or_default().to_owned()
}

fn render(
    status: StatusCode,
    page: Page,
    person: String,
    lines: Option<Vec<Line>>,
    problem: Option<(&'static str, String)>,
) -> Result<Response, Failure> {
    let template = PrivacyPage {
        page: page.with_posted_form(),
        person,
        lines,
        done: None,
        problem,
    };
    page::html(status, &template.page, &template)
}
