//! The hand-over pack: what whoever takes over or covers has to know, on one page to print.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::CaseContent;

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
    let last = content.transfers().last();
    let note = last.and_then(|transfer| transfer.note.as_ref());
    let barriers = pack.barriers.iter().map(|(code, severity)| {
        let severity = desk.words(&page, "severity", &severity.to_string());
        (desk.words(&page, "barrier", code.as_str()), severity)
    });
    let instruments = pack.instruments.iter();
    let instruments = instruments.map(|code| desk.words(&page, "instrument", code.as_str()));
    let template = PackPage {
        day: day(desk.view.guidance.date()),
        klantmanager: desk.who(&page, &desk.view.klantmanager),
        cover: content.cover().map(|cover| {
            let who = desk.who(&page, &Some(cover.by));
            format!("{who}: {} – {}", day(cover.from), day(cover.until))
        }),
        last_contact: pack.last_contact.map(day),
        plan: pack
            .plan
            .map(|(_, state)| words::name(&page, "plan-state", &words::code(&state))),
        clocks: clocks(&page, &desk)?,
        barriers: barriers.collect(),
        instruments: instruments.collect(),
        tasks: content
            .tasks()
            .iter()
            .filter(|task| task.done.is_none())
            .map(|task| (task.what.as_str().to_owned(), task.due.map(day)))
            .collect(),
        places: places(&page, content, &pack.placements),
        check_ins: pack.check_ins.iter().map(|on| day(*on)).collect(),
        told: told(&page, content),
        events: events(&page, &desk),
        note: note.map_or_else(String::new, |note| note.as_str().to_owned()),
        desk,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// Terms of the law that run, with their last day.
fn clocks(page: &Page, desk: &Desk) -> Result<Vec<(String, Option<String>)>, Failure> {
    let found = desk.view.guidance.clocks()?;
    let running = found
        .iter()
        .filter(|clock| matches!(clock.state.code(), "running" | "early" | "due" | "late"));
    let clock = running.map(|clock| {
        let until = clock.deadline.map(|on| words::day(page, on));
        (desk.words(page, "clock", clock.clock), until)
    });
    Ok(clock.collect())
}

/// Placements that run.
fn places(page: &Page, content: &CaseContent, running: &[u32]) -> Vec<String> {
    let all = content.placements().iter();
    let place = all
        .filter(|place| running.contains(&place.number))
        .map(|place| {
            let kind = words::name(page, "kind", &words::code(&place.kind));
            let from = words::day(page, place.from);
            format!("{}: {kind}, {from}", place.employer.as_str())
        });
    place.collect()
}

/// What was told in words, with its topic.
fn told(page: &Page, content: &CaseContent) -> Vec<(String, String)> {
    let told = content.present_statements().filter_map(|statement| {
        let text = statement.text.as_ref()?.as_str().to_owned();
        Some((words::name(page, "topic", statement.topic.code()), text))
    });
    told.collect()
}

/// The latest events: when, what, and what was written about it.
fn events(page: &Page, desk: &Desk) -> Vec<(String, String, String)> {
    let latest = desk.view.content.timeline().iter().rev();
    let event = latest.take(MOST_EVENTS).map(|entry| {
        let note = entry.note.as_ref();
        let note = note.map_or_else(String::new, |note| note.as_str().to_owned());
        let what = timeline::what(page, desk, entry);
        (page.moment(entry.stamp.at), what, note)
    });
    event.collect()
}
