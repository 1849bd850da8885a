//! The register, or a note to the minister, as a file to keep.

use application::obligations::{Export, ExportForm, ExportedFile, Presentation};
use axum::extract::Path;
use axum::response::Response;
use commitments::calendar::iso;
use commitments::deadline::Conventions;
use commitments::register::{Register, Selection, Which, select};

use super::{acting, board, number};
use crate::attachment::attachment;
use crate::failure::Failure;
use crate::page::Page;

pub(super) async fn overview(page: Page) -> Result<Response, Failure> {
    let form = form(&page)?;
    let (application, staff) = acting(&page)?;
    let context = page.context()?;
    let (on, selection, problem) = board::asked(&page, application.date_today());
    if problem.is_some() {
        return Err(Failure::Malformed);
    }
    let everything = Selection {
        which: Which::All,
        ..Selection::default()
    };
    let only = if selection == everything {
        None
    } else {
        let views = application.obligations(context, staff.organisation).await?;
        let register = Register::of(views.into_iter().map(|view| view.obligation).collect());
        let found = select(&register, on, &Conventions::default(), &selection);
        Some(found.iter().map(|one| one.obligation.id()).collect())
    };
    let presentation = match page.value("opmaak") {
        None => Presentation::default(),
        Some(word) => word.parse().map_err(|_| Failure::Malformed)?,
    };
    let export = Export {
        form,
        presentation,
        title: "Overzicht moties en toezeggingen".to_owned(),
        only,
    };
    let file = application
        .export_obligations(context, staff.organisation, export)
        .await?;
    let what = match presentation {
        Presentation::Prose => "overzicht",
        Presentation::Table => "tabel",
    };
    Ok(download(file, &format!("{what}-{}", iso(on))))
}

pub(super) async fn note(page: Page, Path(text): Path<String>) -> Result<Response, Failure> {
    let id = number(&text)?;
    let form = form(&page)?;
    let (application, staff) = acting(&page)?;
    let file = application
        .export_note(page.context()?, staff.organisation, id, form)
        .await?;
    Ok(download(file, &format!("nota-{id}")))
}

fn form(page: &Page) -> Result<ExportForm, Failure> {
    page.value("vorm")
        .and_then(|word| word.parse().ok())
        .ok_or(Failure::Malformed)
}

/// A file that the browser keeps; `name` is made of our own letters and digits.
fn download(file: ExportedFile, name: &str) -> Response {
    let name = format!("{name}.{}", file.form.code());
    attachment(file.bytes, file.form.media_type(), &name)
}
