//! Somebody was first: who that was, what they changed, and both texts. Nothing is overwritten.

use application::Stale;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::moment::Moment;

use super::desk::{DRAFT_FIELD, Desk, Standing};
use super::timeline;
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// Fields that carry no words of a person.
const OWN_FIELDS: [&str; 4] = ["versie", "doe", DRAFT_FIELD, "nummer"];

#[derive(Template)]
#[template(path = "pages/guiding/stale.html")]
struct StalePage {
    page: Page,
    address: String,
    version: i64,
    by: String,
    when: String,
    /// Everything that was sent but the version, to be sent again.
    fields: Vec<(String, String)>,
    /// What was changed.
    what: Vec<String>,
    /// What a person typed beside what stands there now.
    typed: Vec<Typed>,
}

/// A field with both texts.
struct Typed {
    name: String,
    now: String,
    own: String,
}

/// The page for whoever came second, with everything that they sent.
pub(super) fn stale_page(
    page: Page,
    desk: &Desk,
    form: &Posted,
    (stale, standing): (&Stale, Vec<Standing>),
) -> Result<Response, Failure> {
    let fields: Vec<(String, String)> = form
        .fields()
        .filter(|(name, _)| name != "versie")
        .cloned()
        .collect();
    let typed = fields
        .iter()
        .filter(|(name, text)| !OWN_FIELDS.contains(&name.as_str()) && !text.trim().is_empty())
        .filter_map(|(name, text)| typed(name, text, &standing))
        .collect();
    let template = StalePage {
        address: desk.address(""),
        version: desk.view.at.version,
        by: desk.who(&page, &stale.changed_by),
        when: page.moment(stale.changed_at),
        what: changed_at(&page, desk, stale.changed_at),
        fields,
        typed,
        page: page.with_posted_form(),
    };
    page::html(StatusCode::CONFLICT, &template.page, &template)
}

/// Both texts of a field; nothing where they are the same.
fn typed(field: &str, own: &str, standing: &[Standing]) -> Option<Typed> {
    let now = standing.iter().find(|standing| standing.field == field);
    let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
    if now.is_some_and(|now| lines(&now.text) == lines(own)) {
        return None;
    }
    Some(Typed {
        name: now.map_or_else(String::new, |now| now.name.clone()),
        now: now.map_or_else(String::new, |now| now.text.clone()),
        own: own.to_owned(),
    })
}

/// What was changed at a moment, in words.
fn changed_at(page: &Page, desk: &Desk, moment: Moment) -> Vec<String> {
    let content = &desk.view.content;
    let entries = content.timeline().iter();
    let mut what: Vec<String> = entries
        .filter(|entry| entry.stamp.at == moment)
        .map(|entry| timeline::what(page, desk, entry))
        .collect();
    let parts = [
        (
            content.statements().iter().any(|s| s.stamp.at == moment),
            "guiding-tab-intake",
        ),
        (
            content.plans().iter().any(|plan| plan.stamp.at == moment),
            "guiding-tab-plan",
        ),
        (
            content.barriers().iter().any(|b| b.stamp.at == moment),
            "guiding-barriers",
        ),
        (
            content.advice().iter().any(|one| one.stamp.at == moment),
            "guiding-tab-advice",
        ),
        (
            content.tasks().iter().any(|task| task.stamp.at == moment),
            "guiding-tasks",
        ),
        (
            content.placements().iter().any(|p| p.stamp.at == moment),
            "guiding-tab-placement",
        ),
    ];
    if what.is_empty() {
        let changed = parts.into_iter().filter(|(is_changed, _)| *is_changed);
        what.extend(changed.map(|(_, key)| page.t(key)));
    }
    if what.is_empty() {
        what.push(page.t("guiding-tab-file"));
    }
    what
}
