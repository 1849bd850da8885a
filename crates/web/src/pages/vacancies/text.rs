//! Step 1: the title, or the whole text as the employer has it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::text::{LongText, TextFault, Title};
use domain::vacancy::Vacancy;

use super::draft::{self, Problem, Step};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

#[derive(Template)]
#[template(path = "pages/vacancies/text.html")]
struct TextPage {
    page: Page,
    step: Step,
    title: String,
    text: String,
}

/// `GET /vacatures/nieuw`.
pub(super) async fn new(page: Page) -> Result<Response, Failure> {
    render(page, first(), String::new(), String::new())
}

/// `POST /vacatures/nieuw`.
pub(super) async fn create(page: Page, form: Posted) -> Result<Response, Failure> {
    let (title, text) = typed(&form);
    let mut step = first();
    if page.changes_language() {
        return render(page, step, title, text);
    }
    match read(&page, &title, &text) {
        Err(problem) => {
            step.problems.push(problem);
            render(page, step, title, text)
        }
        Ok((title, text)) => {
            let vacancy = Vacancy {
                text,
                ..Vacancy::titled(title)
            };
            let application = page.site.application()?;
            let id = application
                .create_vacancy(page.context()?, &vacancy)
                .await?;
            Ok(draft::onward(&form, id, 1))
        }
    }
}

/// `GET /vacatures/{id}/tekst`.
pub(super) async fn show(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let view = draft::find(&page, &id).await?;
    let text = view.vacancy.text.as_ref().map_or("", LongText::as_str);
    let text = text.to_owned();
    let title = view.vacancy.title.to_string();
    render(page, Step::of(1, &view), title, text)
}

/// `POST /vacatures/{id}/tekst`.
pub(super) async fn save(
    page: Page,
    Path(id): Path<String>,
    form: Posted,
) -> Result<Response, Failure> {
    let view = draft::find(&page, &id).await?;
    let (title, text) = typed(&form);
    let mut step = Step::of(1, &view);
    step.version = draft::version(&form)?;
    if page.changes_language() {
        return render(page, step, title, text);
    }
    match read(&page, &title, &text) {
        Err(problem) => {
            step.problems.push(problem);
            render(page, step, title, text)
        }
        Ok((title, text)) => {
            let vacancy = Vacancy {
                title,
                text,
                ..view.vacancy
            };
            draft::save(&page, &form, view.id, &vacancy).await?;
            Ok(draft::onward(&form, view.id, 1))
        }
    }
}

fn first() -> Step {
    Step {
        number: 1,
        id: None,
        version: 0,
        problems: Vec::new(),
    }
}

fn typed(form: &Posted) -> (String, String) {
    let title = form.value("titel").unwrap_or_default();
    (title, form.lines("tekst").unwrap_or_default())
}

/// Title and text; without a title the first line of the text is one.
fn read(page: &Page, title: &str, text: &str) -> Result<(Title, Option<LongText>), Problem> {
    let problem = |field, key: &str| Problem {
        field,
        text: page.t(key),
    };
    let first_line: String = text
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(120)
        .collect();
    let title = match title {
        "" => first_line.as_str(),
        title => title,
    };
    let title = Title::new(title).map_err(|fault| match fault {
        TextFault::TooLong { .. } => problem("titel", "employer-title-long"),
        _ => problem("titel", "employer-title-missing"),
    })?;
    if text.is_empty() {
        return Ok((title, None));
    }
    let text = LongText::new(text).map_err(|_| problem("tekst", "employer-text-long"))?;
    Ok((title, Some(text)))
}

fn render(page: Page, step: Step, title: String, text: String) -> Result<Response, Failure> {
    let status = match step.problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::BAD_REQUEST,
    };
    let template = TextPage {
        page: page.with_posted_form(),
        step,
        title,
        text,
    };
    page::html(status, &template.page, &template)
}
