//! The file itself: fixed bar, hand-over, cover, closing.

use application::CaseAt;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::{Bar, CaseNumber, Phase};
use domain::id::AccountId;

use super::desk::{self, CasePage, Desk, Trouble};
use super::words::{self, Choice};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

#[derive(Template)]
#[template(path = "pages/guiding/file.html")]
pub(super) struct FilePage {
    page: Page,
    section: &'static str,
    desk: Desk,
    phases: Vec<Choice>,
    languages: Vec<Choice>,
    interpreters: Vec<Choice>,
    closings: Vec<Choice>,
    /// Colleagues to whom the case can go.
    colleagues: Vec<Choice>,
    number: String,
    phase: String,
    contact_language: String,
    interpreter: String,
    municipality: String,
    klantmanager: String,
    cover: Option<String>,
    changed: String,
}

impl CasePage for FilePage {
    async fn change(page: &Page, id: &str, form: &Posted) -> Result<String, Trouble> {
        let at = desk::at(id, form)?;
        let (application, context) = desk::acting(page)?;
        match form.value("doe").as_deref() {
            Some("balk") => {
                application.change_bar(context, at, bar(form)?).await?;
            }
            Some("overdragen") => {
                let to: AccountId = desk::number(form, "collega")?;
                let note = desk::optional_note(form, "overdracht")?;
                application.transfer_case(context, at, to, note).await?;
            }
            Some("vervangen") => cover(page, at, form).await?,
            Some("sluiten") => {
                let reason = desk::chosen(form, "reden")?;
                let note = desk::optional_note(form, "toelichting")?;
                application.close_case(context, at, reason, note).await?;
            }
            Some("heropenen") => {
                application.reopen_case(context, at).await?;
            }
            _ => desk::undo(page, at, form).await?,
        }
        Ok(format!("/mensen/{id}/dossier"))
    }

    async fn render(status: StatusCode, page: Page, desk: Desk) -> Result<Response, Failure> {
        let bar = desk.view.content.bar();
        let own = page.context()?.actor.account();
        let colleagues = desk.colleagues.iter().filter(|(id, _)| Some(*id) != own);
        let template = FilePage {
            section: "guiding-tab-file",
            phases: words::choices(&page, "phase", Phase::ALL.map(Phase::code)),
            languages: words::languages(),
            interpreters: words::choices(&page, "interpreter", words::INTERPRETERS),
            closings: words::choices(&page, "closing", words::CLOSINGS),
            colleagues: colleagues
                .map(|(id, name)| Choice {
                    code: id.to_string(),
                    name: name.clone(),
                })
                .collect(),
            phase: desk.typed_or("fase", bar.phase.code()),
            contact_language: desk
                .typed_or("contacttaal", bar.contact_language.map_or("", |l| l.code())),
            interpreter: desk.typed_or("tolk", words::code(&bar.interpreter)),
            number: desk.typed_or("nummer", bar.number.as_ref().map_or("", |n| n.as_str())),
            municipality: desk.typed_or(
                "gemeente",
                bar.municipality.as_ref().map_or("", |c| c.as_str()),
            ),
            klantmanager: desk.who(&page, &desk.view.klantmanager),
            cover: desk.view.content.cover().map(|cover| {
                let (from, until) = (
                    words::day(&page, cover.from),
                    words::day(&page, cover.until),
                );
                format!("{}: {from} – {until}", desk.who(&page, &Some(cover.by)))
            }),
            changed: format!(
                "{}, {}",
                desk.who(&page, &desk.view.changed_by),
                page.moment(desk.view.changed_at)
            ),
            desk,
            page: page.with_posted_form(),
        };
        page::html(status, &template.page, &template)
    }
}

/// The fixed bar as it was filled in.
pub(super) fn bar(form: &Posted) -> Result<Bar, Trouble> {
    let wrong = |field| move |_| Trouble::Field(field, "guiding-fault-number");
    let number = form.value("nummer");
    let municipality = form.value("gemeente");
    Ok(Bar {
        number: number
            .map(|text| CaseNumber::new(&text).map_err(wrong("nummer")))
            .transpose()?,
        phase: form
            .value("fase")
            .and_then(|code| Phase::from_code(&code))
            .unwrap_or_default(),
        contact_language: form.value("contacttaal").and_then(|code| code.parse().ok()),
        interpreter: desk::chosen(form, "tolk").unwrap_or_default(),
        municipality: municipality
            .map(|text| domain::case::Code::new(&text).map_err(wrong("gemeente")))
            .transpose()?,
    })
}

async fn cover(page: &Page, at: CaseAt, form: &Posted) -> Result<(), Trouble> {
    let by: AccountId = desk::number(form, "vervanger")?;
    let days = (desk::day(form, "vanaf")?, desk::day(form, "tot-en-met")?);
    let (application, context) = desk::acting(page)?;
    application
        .cover_case(context, at, Some((by, days.0, days.1)))
        .await?;
    Ok(())
}
