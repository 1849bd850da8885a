//! The hand-over pack: what whoever takes over or covers has to know, on one page to print.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::desk::Desk;
use super::{timeline, words};
use crate::failure::Failure;
use crate::page::{self, Page};

/// Events that are shown, the latest first.
const MOST_EVENTS: usize = 10;

#[derive(Template)]
#[template(path = "pages/guiding/pack.html")]
struct PackPage {
    page: Page,
    desk: Desk,
    day: String,
    klantmanager: String,
    cover: Option<String>,
    last_contact: Option<String>,
    plan: Option<String>,
    /// Terms of the law that run, with their last day.
    clocks: Vec<(String, Option<String>)>,
    barriers: Vec<(String, String)>,
    instruments: Vec<String>,
    tasks: Vec<(String, Option<String>)>,
    places: Vec<String>,
    check_ins: Vec<String>,
    told: Vec<(String, String)>,
    events: Vec<(String, String, String)>,
    /// What was written at the last hand-over.
    note: String,
}

/// `GET /mensen/{id}/overdracht`.
pub(super) async fn show(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let desk = Desk::open(&page, &id).await?;
    let content = &desk.view.content;
    let pack = content.hand_over();
    let day = |on| words::day(&page, on);
    let clocks = desk.view.guidance.clocks()?;
    let running = clocks
        .iter()
        .filter(|clock| matches!(clock.state.code(), "running" | "early" | "due" | "late"));
    let open_tasks = content.tasks().iter().filter(|task| task.done.is_none());
    let running_places = content
        .placements()
        .iter()
        .filter(|place| pack.placements.contains(&place.number));
    let last = content.transfers().last();
    let template = PackPage {
        day: day(application_day(&page)?),
        klantmanager: desk.who(&page, &desk.view.klantmanager),
        cover: content.cover().map(|cover| {
            let who = desk.who(&page, &Some(cover.by));
            format!("{who}: {} – {}", day(cover.from), day(cover.until))
        }),
        last_contact: pack.last_contact.map(day),
        plan: pack
            .plan
            .map(|(_, state)| words::name(&page, "plan-state", &words::code(&state))),
        clocks: running
            .map(|clock| {
                (
                    desk.words(&page, "clock", clock.clock),
                    clock.deadline.map(day),
                )
            })
            .collect(),
        barriers: pack
            .barriers
            .iter()
            .map(|(code, severity)| {
                let severity = desk.words(&page, "severity", &severity.to_string());
                (desk.words(&page, "barrier", code.as_str()), severity)
            })
            .collect(),
        instruments: pack
            .instruments
            .iter()
            .map(|code| desk.words(&page, "instrument", code.as_str()))
            .collect(),
        tasks: open_tasks
            .map(|task| (task.what.as_str().to_owned(), task.due.map(day)))
            .collect(),
        places: running_places
            .map(|place| {
                let kind = words::name(&page, "kind", &words::code(&place.kind));
                format!("{}: {kind}, {}", place.employer.as_str(), day(place.from))
            })
            .collect(),
        check_ins: pack.check_ins.iter().map(|on| day(*on)).collect(),
        told: content
            .present_statements()
            .filter_map(|statement| {
                let text = statement.text.as_ref()?.as_str().to_owned();
                Some((words::name(&page, "topic", statement.topic.code()), text))
            })
            .collect(),
        events: content
            .timeline()
            .iter()
            .rev()
            .take(MOST_EVENTS)
            .map(|entry| {
                let note = entry.note.as_ref();
                let note = note.map_or_else(String::new, |note| note.as_str().to_owned());
                let what = timeline::what(&page, &desk, entry);
                (page.moment(entry.stamp.at), what, note)
            })
            .collect(),
        note: last
            .and_then(|transfer| transfer.note.as_ref())
            .map_or_else(String::new, |note| note.as_str().to_owned()),
        desk,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

fn application_day(page: &Page) -> Result<domain::day::Day, Failure> {
    Ok(page.site.application()?.today())
}
