//! What waits on the klantmanager today, in the order of the use case.

use application::{CaseList, CaseRow, NextAction};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::words;
use crate::failure::Failure;
use crate::page::{self, Page};

/// A case in a list, in words.
pub(super) struct Row {
    pub(super) case: String,
    pub(super) name: String,
    pub(super) number: String,
    pub(super) language: Option<(&'static str, &'static str)>,
    pub(super) phase: String,
    pub(super) last_contact: Option<String>,
    pub(super) next: Option<Next>,
    pub(super) also: Vec<Next>,
}

/// What to do next, in words.
pub(super) struct Next {
    pub(super) what: String,
    pub(super) state: String,
    pub(super) class: &'static str,
    pub(super) due: Option<String>,
    /// Page of the case on which it is done.
    pub(super) below: &'static str,
    pub(super) source: Option<(String, String)>,
    pub(super) check: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/guiding/today.html")]
struct TodayPage {
    page: Page,
    rows: Vec<Row>,
    truncated: bool,
    day: String,
}

pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let application = page.site.application()?;
    let list = application.today_list(page.context()?).await?;
    let day = words::day(&page, application.today());
    let template = TodayPage {
        truncated: list.truncated,
        rows: rows(&page, list)?,
        day,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// A list in words.
pub(super) fn rows(page: &Page, list: CaseList) -> Result<Vec<Row>, Failure> {
    let set = page.site.application()?.guidance()?;
    let say = |key: &str| set.texts.words(key, page.language).to_owned();
    let next = |action: &NextAction| next(page, action, &say);
    let row = |row: CaseRow| Row {
        case: row.case.to_string(),
        name: words::full_name(&row.name),
        number: row.number.unwrap_or_default(),
        language: row.contact_language.map(|l| (l.code(), l.own_name())),
        phase: words::name(page, "phase", row.phase.code()),
        last_contact: row.last_contact_on.map(|on| words::day(page, on)),
        next: row.next.as_ref().map(next),
        also: row.also.iter().map(next).collect(),
    };
    Ok(list.rows.into_iter().map(row).collect())
}

fn next(page: &Page, action: &NextAction, say: &impl Fn(&str) -> String) -> Next {
    let (what, below) = match action.kind.code() {
        "clock" => (
            say(&format!("clock.{}", action.code)),
            clock_page(&action.code),
        ),
        "task" => (page.t("guiding-next-task"), ""),
        "check_in" => {
            let months = action.code.split(':').next_back();
            let months = months.and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
            (page.tn("guiding-next-check-in", months), "/plaatsing")
        }
        _ => (page.t("guiding-next-contact"), ""),
    };
    let state = action.state.code();
    Next {
        what,
        state: say(&format!("state.{state}")),
        class: match state {
            "late" => "wb-tag--late",
            "due" | "early" => "wb-tag--warn",
            _ => "",
        },
        due: action.due_on.map(|on| words::day(page, on)),
        below,
        source: action.article.clone().zip(action.source.clone()),
        check: action.needs_check.then(|| say("label.check-at-source")),
    }
}

/// Page of the case on which a term of the law is kept.
fn clock_page(code: &str) -> &'static str {
    if code == "intake" { "/intake" } else { "/plan" }
}
