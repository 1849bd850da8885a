//! All answers on one page, each with a way to change it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::profile::{AnswerState, Part, ProfileQuestion};

use super::fields::summary;
use super::suggesting::{self, Suggested};
use super::{Asking, Back, address, ask, part_key, path, title_key};
use crate::failure::Failure;
use crate::page::{self, Page};
use crate::reading::Reader;

/// A question with its answer.
struct Row {
    title: String,
    lines: Vec<String>,
    path: String,
}

#[derive(Template)]
#[template(path = "pages/newcomer/check.html")]
struct CheckPage {
    page: Page,
    parts: Vec<(String, Vec<Row>)>,
    resume: Option<String>,
}

/// `GET /mijn/verhaal`.
pub(in super::super) async fn show(page: Page) -> Result<Response, Failure> {
    let person = super::super::acting(&page)?;
    let app = super::super::application(&page)?;
    let profile = app.read_profile(page.context()?, person).await?.profile;
    let regions = app.regions()?;
    let experience = ProfileQuestion::Experience;
    let suggested: Suggested = suggesting::of_profile(&page, experience, &profile).await?;
    let asking = Asking {
        reader: Reader::new(&page.site, page.language),
        page: &page,
        today: app.today(),
        regions: &regions,
        suggested: &suggested,
    };
    let parts = Part::ALL.into_iter().map(|part| {
        let questions = ProfileQuestion::ALL.into_iter();
        let rows = questions.filter(|q| q.part() == part).map(|question| {
            let lines = match profile.state(question) {
                AnswerState::NotYet => vec![page.t("newcomer-check-none")],
                AnswerState::DoesNotKnow => vec![page.t("newcomer-unknown")],
                AnswerState::Answered => summary(&ask(&asking, question, &profile)),
            };
            Row {
                title: page.t(&title_key(question)),
                lines: if lines.is_empty() {
                    vec![page.t("newcomer-check-nothing")]
                } else {
                    lines
                },
                path: address(question, Some(Back::ToAnswers)),
            }
        });
        (page.t(part_key(part)), rows.collect())
    });
    let template = CheckPage {
        parts: parts.collect(),
        resume: profile.resume_at().map(path),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}
