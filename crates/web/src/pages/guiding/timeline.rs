//! The first page of a case: talks, notes and tasks.

use application::CaseAt;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::{Entry, EntryKind, NewContact, NewTask};

use super::desk::{self, CasePage, Desk, Trouble};
use super::words::{self, Choice};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// One line of the timeline.
struct Line {
    what: String,
    when: String,
    by: String,
    note: String,
}

/// One open task.
struct TaskLine {
    number: u32,
    what: String,
    due: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/guiding/timeline.html")]
pub(super) struct TimelinePage {
    page: Page,
    section: &'static str,
    desk: Desk,
    lines: Vec<Line>,
    tasks: Vec<TaskLine>,
    channels: Vec<Choice>,
    interpreted: Vec<Choice>,
}

impl CasePage for TimelinePage {
    async fn change(page: &Page, id: &str, form: &Posted) -> Result<String, Trouble> {
        let at = desk::at(id, form)?;
        match form.value("doe").as_deref() {
            Some("gesprek") => add_contact(page, at, form).await?,
            Some("notitie") => {
                let note = desk::note(form, "tekst")?;
                let (application, context) = desk::acting(page)?;
                application.add_note(context, at, note).await?;
            }
            Some("taak") => {
                let task = NewTask {
                    what: desk::note(form, "taak")?,
                    due: desk::optional_day(form, "taakdag")?,
                    who: desk::task_owner(form),
                };
                let (application, context) = desk::acting(page)?;
                application.add_task(context, at, task).await?;
            }
            Some("klaar") => {
                let number = desk::number(form, "nummer")?;
                let (application, context) = desk::acting(page)?;
                application.finish_task(context, at, number).await?;
            }
            _ => desk::undo(page, at, form).await?,
        }
        Ok(format!("/mensen/{id}"))
    }

    async fn render(status: StatusCode, page: Page, desk: Desk) -> Result<Response, Failure> {
        let entries = desk.view.content.timeline().iter().rev();
        let open = desk
            .view
            .content
            .tasks()
            .iter()
            .filter(|task| task.done.is_none());
        let template = TimelinePage {
            section: "guiding-tab-timeline",
            lines: entries.map(|entry| line(&page, &desk, entry)).collect(),
            tasks: open
                .map(|task| TaskLine {
                    number: task.number,
                    what: task.what.as_str().to_owned(),
                    due: task.due.map(|due| words::day(&page, due)),
                })
                .collect(),
            channels: words::choices(&page, "channel", words::CHANNELS),
            interpreted: words::choices(&page, "interpreted", words::INTERPRETED),
            desk,
            page: page.with_posted_form(),
        };
        page::html(status, &template.page, &template)
    }
}

async fn add_contact(page: &Page, at: CaseAt, form: &Posted) -> Result<(), Trouble> {
    let contact = NewContact {
        on: desk::day(form, "dag")?,
        channel: desk::chosen(form, "manier")?,
        language: None,
        interpreter: desk::chosen(form, "tolk")?,
        note: desk::optional_note(form, "verslag")?,
    };
    let (application, context) = desk::acting(page)?;
    application.add_contact(context, at, contact).await?;
    Ok(())
}

/// What happened, in words.
pub(super) fn what(page: &Page, desk: &Desk, entry: &Entry) -> String {
    let texts = |key: &str, what: &str| page.tt(key, "what", what);
    match &entry.what {
        EntryKind::Contact { on, channel, .. } => {
            let channel = words::name(page, "channel", &words::code(channel));
            format!(
                "{}, {}",
                texts("guiding-entry-contact", &channel),
                words::day(page, *on)
            )
        }
        EntryKind::Note => page.t("guiding-entry-note"),
        EntryKind::Event { event, on } => {
            let on = on.map_or_else(|| "–".to_owned(), |on| words::day(page, on));
            let group = format!("guiding-event-{}", event.as_str().replace('_', "-"));
            let known = super::plan::EVENTS.contains(&event.as_str());
            let name = if known {
                page.t(&group)
            } else {
                page.t("guiding-event-other")
            };
            format!("{name}: {on}")
        }
        EntryKind::PhaseChanged { to } => texts(
            "guiding-entry-phase",
            &words::name(page, "phase", to.code()),
        ),
        EntryKind::Plan { what, .. } => page.t(match what.as_str() {
            "drafted" => "guiding-entry-plan-drafted",
            "discussed" => "guiding-entry-plan-discussed",
            _ => "guiding-entry-plan-fixed",
        }),
        EntryKind::Placement { .. } => page.t("guiding-entry-placement"),
        EntryKind::Closed { reason } => texts(
            "guiding-entry-closed",
            &words::name(page, "closing", &words::code(reason)),
        ),
        EntryKind::Reopened => page.t("guiding-entry-reopened"),
        EntryKind::Transferred { to } => {
            texts("guiding-entry-transferred", &desk.who(page, &Some(*to)))
        }
    }
}

fn line(page: &Page, desk: &Desk, entry: &Entry) -> Line {
    let note = entry.note.as_ref();
    Line {
        what: what(page, desk, entry),
        when: page.moment(entry.stamp.at),
        by: desk.who(page, &entry.stamp.by),
        note: note.map_or_else(String::new, |note| note.as_str().to_owned()),
    }
}
