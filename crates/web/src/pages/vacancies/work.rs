//! Step 2: the occupation and the tasks.

use application::work::suggest::VacancySuggestion;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::text::{ConceptUri, LongText, OwnWords};
use domain::vacancy::{MOST_ENTRIES, Vacancy};

use super::draft::{self, Problem, Step};
use super::wording::concept;
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};
use crate::reading::{Named, Reader};
use crate::search::{Wanted, search};

/// Most occupations suggested from the text, and most found with a word.
const N_SUGGESTED: usize = 5;

#[derive(Template)]
#[template(path = "pages/vacancies/work.html")]
struct WorkPage {
    page: Page,
    step: Step,
    occupations: Vec<Named>,
    chosen: String,
    query: String,
    tasks: String,
}

/// `GET /vacatures/{id}/werk`.
pub(super) async fn show(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let view = draft::find(&page, &id).await?;
    let suggestion = suggestion(&page, &view.vacancy).await?;
    let own = view.vacancy.occupation.as_ref();
    let chosen = own.and_then(|uri| concept(&page, uri));
    let chosen = chosen.map_or_else(String::new, |named| named.id);
    let tasks = match view.vacancy.tasks.is_empty() {
        true => &suggestion.tasks,
        false => &view.vacancy.tasks,
    };
    let tasks: Vec<&str> = tasks.iter().map(OwnWords::as_str).collect();
    let tasks = tasks.join("\n");
    let step = Step::of(2, &view);
    render(page, step, &suggestion, (chosen, String::new(), tasks))
}

/// `POST /vacatures/{id}/werk`.
pub(super) async fn save(
    page: Page,
    Path(id): Path<String>,
    form: Posted,
) -> Result<Response, Failure> {
    let view = draft::find(&page, &id).await?;
    let chosen = form.value("beroep").unwrap_or_default();
    let query = form.value("zoek").unwrap_or_default();
    let tasks = form.lines("taken").unwrap_or_default();
    let mut step = Step::of(2, &view);
    step.version = draft::version(&form)?;
    let read: Result<Vec<OwnWords>, _> = tasks
        .lines()
        .map(|line| line.trim_start_matches(['-', '•', '*']).trim())
        .filter(|line| !line.is_empty())
        .map(OwnWords::new)
        .collect();
    let read = read.ok().filter(|tasks| tasks.len() <= MOST_ENTRIES);
    let is_asked = page.changes_language() || form.has("zoeken");
    if let Some(tasks) = read
        && !is_asked
    {
        let occupation = page.site.directory.occupation(&chosen);
        let uri = occupation.and_then(|o| ConceptUri::new(page.site.catalogue.uri(o)).ok());
        let vacancy = Vacancy {
            occupation: uri,
            tasks,
            ..view.vacancy
        };
        draft::save(&page, &form, view.id, &vacancy).await?;
        return Ok(draft::onward(&form, view.id, 2));
    }
    if !is_asked {
        step.problems.push(Problem {
            field: "taken",
            text: page.t("employer-tasks-long"),
        });
    }
    let suggestion = suggestion(&page, &view.vacancy).await?;
    render(page, step, &suggestion, (chosen, query, tasks))
}

/// What title and text name.
pub(super) async fn suggestion(
    page: &Page,
    vacancy: &Vacancy,
) -> Result<VacancySuggestion, Failure> {
    let text = vacancy.text.as_ref().map_or("", LongText::as_str);
    let all = format!("{}\n{text}", vacancy.title);
    // The title takes a few characters of what may be read.
    let all: String = all
        .chars()
        .take(application::work::suggest::LONGEST_TEXT)
        .collect();
    let application = page.site.application()?;
    Ok(application.suggest_from_vacancy_text(&all).await?)
}

fn render(
    page: Page,
    step: Step,
    suggestion: &VacancySuggestion,
    (chosen, query, tasks): (String, String, String),
) -> Result<Response, Failure> {
    let reader = Reader::new(&page.site, page.language);
    let mut occupations: Vec<Named> = Vec::new();
    let own = page.site.directory.occupation(&chosen);
    let found = match query.as_str() {
        "" => Vec::new(),
        text => search(
            &page.site.catalogue,
            text,
            Wanted::Occupations,
            page.language,
            N_SUGGESTED,
        ),
    };
    let suggested = suggestion.occupations.iter().take(N_SUGGESTED);
    let suggested = suggested.filter_map(|one| page.site.catalogue.find(one.concept.as_str()));
    let all = own
        .into_iter()
        .chain(found.iter().map(|hit| hit.concept))
        .chain(suggested);
    for occupation in all {
        let named = reader.named(occupation);
        if !occupations.contains(&named) {
            occupations.push(named);
        }
    }
    let status = match step.problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::BAD_REQUEST,
    };
    let template = WorkPage {
        page: page.with_posted_form(),
        step,
        occupations,
        chosen,
        query,
        tasks,
    };
    page::html(status, &template.page, &template)
}
