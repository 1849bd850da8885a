//! Vacancies from a file: looked at first, added as drafts after.

use application::hiring::{
    LARGEST_FILE, MOST_POSTINGS, Position, PostingFault, PostingsError, PreviewError,
    RefusedPosting, VacancyPreview,
};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::vacancy::Vacancy;
use language::Argument;

use crate::failure::Failure;
use crate::page::{self, Page};
use crate::upload::Uploaded;

/// One line of the preview.
struct Row {
    place: String,
    title: String,
    n_tasks: usize,
    n_skills: usize,
}

/// One refused posting.
struct Refused {
    place: String,
    field: String,
    reason: String,
}

struct Preview {
    rows: Vec<Row>,
    refused: Vec<Refused>,
    /// The file, to be sent again with the yes.
    content: String,
}

#[derive(Template)]
#[template(path = "pages/vacancies/import.html")]
struct ImportPage {
    page: Page,
    problem: Option<String>,
    preview: Option<Preview>,
    megabytes: usize,
}

/// `GET /vacatures/importeren`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    render(StatusCode::OK, page, None, None)
}

/// `POST /vacatures/importeren`.
pub(super) async fn receive(page: Page, form: Uploaded) -> Result<Response, Failure> {
    let content = form.bytes("inhoud").or_else(|| form.bytes("bestand"));
    if page.changes_language() && content.is_none() {
        return render(StatusCode::OK, page, None, None);
    }
    let Some(content) = content.or_else(|| form.bytes("plak")) else {
        let problem = page.t("employer-import-missing");
        return render(StatusCode::BAD_REQUEST, page, Some(problem), None);
    };
    let site = std::sync::Arc::clone(&page.site);
    let application = site.application()?;
    match application.preview_vacancies(page.context()?, content) {
        Err(PreviewError::Application(error)) => Err(error.into()),
        Err(PreviewError::File(error)) => {
            let problem = file_problem(&page, &error);
            render(StatusCode::BAD_REQUEST, page, Some(problem), None)
        }
        Ok(preview) if form.has("toevoegen") && !page.changes_language() => {
            let vacancies: Vec<Vacancy> = preview.vacancies.into_iter().map(|v| v.1).collect();
            let ids = application
                .import_vacancies(page.context()?, &vacancies)
                .await?;
            let next = format!("/vacatures?toegevoegd={}", ids.len());
            Ok(Redirect::to(&next).into_response())
        }
        Ok(preview) => {
            let preview = shown(&page, preview, content);
            render(StatusCode::OK, page, None, Some(preview))
        }
    }
}

fn shown(page: &Page, preview: VacancyPreview, content: &[u8]) -> Preview {
    let rows = preview
        .vacancies
        .into_iter()
        .map(|(position, vacancy)| Row {
            place: place(page, position),
            title: vacancy.title.to_string(),
            n_tasks: vacancy.tasks.len(),
            n_skills: vacancy.skills.len(),
        });
    let refused = preview.refused.iter().map(|one| refused(page, one));
    Preview {
        rows: rows.collect(),
        refused: refused.collect(),
        // The preview read it as UTF-8 already.
        content: String::from_utf8_lossy(content).into_owned(),
    }
}

fn place(page: &Page, position: Position) -> String {
    match position {
        Position::Line(line) => page.tn("employer-import-line", line as usize),
        Position::Posting(number) => page.tn("employer-import-posting", number),
    }
}

fn refused(page: &Page, one: &RefusedPosting) -> Refused {
    let reason = match one.fault {
        PostingFault::Text(fault) => page.t(match fault {
            domain::text::TextFault::Empty => "employer-fault-empty",
            domain::text::TextFault::TooLong { .. } => "employer-fault-long",
            domain::text::TextFault::Control | domain::text::TextFault::NotAUri => {
                "employer-fault-sign"
            }
        }),
        PostingFault::Number { least, most } => {
            let range = [
                ("least", Argument::Number(u64::from(least))),
                ("most", Argument::Number(u64::from(most))),
            ];
            page.texts("employer-fault-number", &range)
        }
        PostingFault::UnknownWord => page.t("employer-fault-unknown"),
        PostingFault::Vacancy(_) => page.t("employer-fault-limit"),
    };
    Refused {
        place: place(page, one.position),
        field: page.t(&format!("employer-field-{}", one.field.code())),
        reason,
    }
}

fn file_problem(page: &Page, error: &PostingsError) -> String {
    match error {
        PostingsError::TooLarge => page.tn("employer-import-large", LARGEST_FILE / 1024 / 1024),
        PostingsError::TooMany => page.tn("employer-import-many", MOST_POSTINGS),
        PostingsError::NotText => page.t("employer-import-not-text"),
        PostingsError::NoTitleColumn => page.t("employer-import-no-title"),
        PostingsError::Json(_) | PostingsError::Table(_) => page.t("employer-import-unreadable"),
        PostingsError::Nothing => page.t("employer-import-nothing"),
    }
}

fn render(
    status: StatusCode,
    page: Page,
    problem: Option<String>,
    preview: Option<Preview>,
) -> Result<Response, Failure> {
    let template = ImportPage {
        page: page.with_posted_form(),
        problem,
        preview,
        megabytes: LARGEST_FILE / 1024 / 1024,
    };
    page::html(status, &template.page, &template)
}
