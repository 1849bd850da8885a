//! The first page: the next step on top, the story in parts, the best work, the person's data.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::match_state::MatchState;
use domain::profile::{Part, Profile};

use super::story;
use super::work::{self, Card};
use crate::failure::Failure;
use crate::page::{self, Page};

/// How much work the page shows.
const BEST: usize = 3;

/// A part of the story.
struct PartRow {
    title: String,
    progress: String,
    path: String,
    is_done: bool,
}

/// The next step.
struct Step {
    text: String,
    path: String,
}

#[derive(Template)]
#[template(path = "pages/newcomer/start.html")]
struct StartPage {
    page: Page,
    next: Step,
    /// How many questions have an answer, and how many there are.
    done: (usize, usize),
    parts: Vec<PartRow>,
    best: Vec<Card>,
    proposals: Vec<(String, String)>,
    /// The first own step of the plan, where somebody guides the person.
    plan: Option<String>,
}

/// `GET /mijn`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let person = super::acting(&page)?;
    let context = *page.context()?;
    let app = super::application(&page)?;
    // Side by side, so that what is written down of each reading shares a transaction.
    let (profile, matches, best, plan) = tokio::join!(
        app.read_profile(&context, person),
        app.matches_of_person(&context, person),
        work::cards(&page, BEST),
        super::plan::first(&page),
    );
    let (profile, matches, best) = (profile?.profile, matches?, best?);
    let proposals: Vec<(String, String)> = matches
        .iter()
        .filter(|found| matches!(found.state, MatchState::Proposed | MatchState::Asked))
        .map(|found| (work::path(found.vacancy), found.title.as_str().to_owned()))
        .collect();
    let plan = plan?;
    let next = next_step(&page, proposals.first(), &profile, plan.as_ref());
    let parts = Part::ALL.into_iter().map(|part| {
        let (done, all) = profile.progress(part);
        let (done_text, all_text) = (done.to_string(), all.to_string());
        PartRow {
            title: page.t(story::part_key(part)),
            progress: page.texts(
                "newcomer-part-progress",
                &[
                    ("done", language::Argument::Text(&done_text)),
                    ("all", language::Argument::Text(&all_text)),
                ],
            ),
            path: story::path_of_part(&profile, part),
            is_done: done == all,
        }
    });
    let progress = Part::ALL.into_iter().map(|part| profile.progress(part));
    let done = progress.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let template = StartPage {
        parts: parts.collect(),
        next,
        done,
        best,
        proposals,
        plan,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// What comes next: an answer that somebody waits for, the story, the plan, or looking at work.
fn next_step(
    page: &Page,
    proposal: Option<&(String, String)>,
    profile: &Profile,
    plan: Option<&String>,
) -> Step {
    match (proposal, profile.resume_at()) {
        (Some((path, _)), _) => Step {
            text: page.t("newcomer-home-answer"),
            path: path.clone(),
        },
        (None, Some(question)) => Step {
            text: page.t(if profile.answers.is_empty() {
                "newcomer-home-begin"
            } else {
                "newcomer-home-continue"
            }),
            path: story::path(question),
        },
        (None, None) if plan.is_some() => Step {
            text: page.t("my-home-plan"),
            path: "/mijn/plan".to_owned(),
        },
        (None, None) => Step {
            text: page.t("newcomer-home-done"),
            path: "/mijn/werk".to_owned(),
        },
    }
}
