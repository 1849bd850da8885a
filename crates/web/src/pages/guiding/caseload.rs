//! The caseload: searching, filters, searches that are kept, tasks for many, taking out.
//!
//! What is searched may be a name, so it is sent in the body and never stands in an address; a
//! search that is kept has an address by its id.

use application::{CaseAt, CaseFilter, ListForm, SavedCaseSearch};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::case::{NewTask, Phase};
use domain::id::{CaseId, SavedSearchId};
use serde_json::json;

use super::desk::{self, Trouble};
use super::today::{self, Row};
use super::words::{self, Choice};
use crate::attachment::{XLSX, attachment};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// What is said above the list.
enum Said {
    Nothing,
    /// It happened.
    Done(String),
    /// It did not, because of a field.
    Problem(&'static str, String),
    /// These cases would get a task.
    Preview(Vec<CaseId>),
    /// These have it now, and so many closed ones do not.
    Given(Vec<CaseAt>, usize),
}

#[derive(Template)]
#[template(path = "pages/guiding/caseload.html")]
struct CaseloadPage {
    page: Page,
    rows: Vec<Row>,
    truncated: bool,
    form: Posted,
    saved: Vec<(SavedSearchId, String)>,
    whose: Vec<Choice>,
    phases: Vec<Choice>,
    languages: Vec<Choice>,
    terms: Vec<Choice>,
    done: Option<String>,
    problem: Option<(&'static str, String)>,
    /// Names of those who would get the task.
    preview: Option<Vec<String>>,
    /// Cases with the task that can be taken back, each with its version.
    given: Vec<String>,
}

impl CaseloadPage {
    fn is_chosen(&self, row: &Row) -> bool {
        self.preview.is_some() && self.form.values("zaak").contains(&row.case)
    }

    fn typed(&self, name: &str) -> String {
        self.form.value(name).unwrap_or_default()
    }
}

pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let Some(kept) = page.value("zoek") else {
        return render(StatusCode::OK, page, Posted::empty(), Said::Nothing).await;
    };
    let id: SavedSearchId = kept.parse().map_err(|_| Failure::NotFound)?;
    let application = page.site.application()?;
    let saved = application.saved_searches(page.context()?).await?;
    let found = saved.into_iter().find(|search| search.id == id);
    let form = written(&found.ok_or(Failure::NotFound)?);
    render(StatusCode::OK, page, form, Said::Nothing).await
}

pub(super) async fn search(page: Page, form: Posted) -> Result<Response, Failure> {
    render(StatusCode::OK, page, form, Said::Nothing).await
}

pub(super) async fn save(page: Page, form: Posted) -> Result<Response, Failure> {
    if page.changes_language() {
        return render(StatusCode::OK, page, form, Said::Nothing).await;
    }
    let name = form.value("naam").unwrap_or_default();
    let filter = filter(&form);
    let site = std::sync::Arc::clone(&page.site);
    let saved = site
        .application()?
        .save_search(page.context()?, &name, &filter)
        .await;
    match saved {
        Ok(id) => Ok(Redirect::to(&format!("/mensen?zoek={id}")).into_response()),
        Err(application::ApplicationError::AlreadyThere) => {
            let said = Said::Problem("naam", page.t("guiding-search-already"));
            render(StatusCode::CONFLICT, page, form, said).await
        }
        Err(application::ApplicationError::Invalid(_)) => {
            let said = Said::Problem("naam", page.t("guiding-search-unnamed"));
            render(StatusCode::BAD_REQUEST, page, form, said).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn forget(page: Page, form: Posted) -> Result<Response, Failure> {
    let id = form.value("zoek").and_then(|id| id.parse().ok());
    let application = page.site.application()?;
    let id: SavedSearchId = id.ok_or(Failure::NotFound)?;
    application.drop_search(page.context()?, id).await?;
    Ok(Redirect::to("/mensen").into_response())
}

pub(super) async fn add_task(page: Page, form: Posted) -> Result<Response, Failure> {
    if page.changes_language() {
        return render(StatusCode::OK, page, form, Said::Nothing).await;
    }
    let cases: Vec<CaseId> = chosen(&form)?;
    let task = (|| -> Result<NewTask, Trouble> {
        Ok(NewTask {
            what: desk::note(&form, "taak")?,
            due: desk::optional_day(&form, "taakdag")?,
            who: desk::task_owner(&form),
        })
    })();
    let task = match task {
        Ok(task) if !cases.is_empty() => task,
        outcome => {
            let (field, key) = match outcome {
                Err(Trouble::Field(field, key)) => (field, key),
                _ => ("taak", "guiding-bulk-nobody"),
            };
            let said = Said::Problem(field, page.t(key));
            return render(StatusCode::BAD_REQUEST, page, form, said).await;
        }
    };
    if !form.has("zeker") {
        return render(StatusCode::OK, page, form, Said::Preview(cases)).await;
    }
    let site = std::sync::Arc::clone(&page.site);
    let outcome = site
        .application()?
        .add_task_to_many(page.context()?, &cases, &task)
        .await?;
    let given = outcome.added.into_iter().map(|(at, _)| at).collect();
    let said = Said::Given(given, outcome.closed.len());
    render(StatusCode::OK, page, without_choice(&form), said).await
}

/// Takes back a task that was just given to many.
pub(super) async fn take_task_back(page: Page, form: Posted) -> Result<Response, Failure> {
    let given: Option<Vec<CaseAt>> = form
        .values("gegeven")
        .iter()
        .map(|text| {
            let (case, version) = text.split_once('.')?;
            Some(CaseAt {
                case: case.parse().ok()?,
                version: version.parse().ok()?,
            })
        })
        .collect();
    let given = given.ok_or(Failure::Malformed)?;
    let site = std::sync::Arc::clone(&page.site);
    let n_taken_back = site
        .application()?
        .take_back_from_many(page.context()?, &given)
        .await?;
    let said = Said::Done(page.tn("guiding-bulk-undone", n_taken_back));
    render(StatusCode::OK, page, without_choice(&form), said).await
}

/// The cases that were ticked.
fn chosen(form: &Posted) -> Result<Vec<CaseId>, Failure> {
    let cases: Result<Vec<CaseId>, _> = form.values("zaak").iter().map(|id| id.parse()).collect();
    cases.map_err(|_| Failure::Malformed)
}

/// The form without the cases and the task, which were dealt with.
fn without_choice(form: &Posted) -> Posted {
    let kept = form.fields().filter(|(name, _)| {
        !matches!(
            name.as_str(),
            "zaak" | "taak" | "taakdag" | "zeker" | "gegeven"
        )
    });
    Posted::of(kept.cloned().collect())
}

pub(super) async fn export(page: Page, form: Posted) -> Result<Response, Failure> {
    let application = page.site.application()?;
    let (kind, media_type, name) = match form.value("vorm").as_deref() {
        Some("xlsx") => (ListForm::Xlsx, XLSX, "caseload.xlsx"),
        _ => (ListForm::Csv, "text/csv; charset=utf-8", "caseload.csv"),
    };
    let file = application
        .export_cases(page.context()?, &filter(&form), kind)
        .await?;
    Ok(attachment(file, media_type, name))
}

/// The filter as it was filled in; words that no list knows do not narrow it.
fn filter(form: &Posted) -> CaseFilter {
    let known = |field: &str, words: &[&str]| -> Vec<String> {
        let chosen = form.values(field).into_iter();
        chosen
            .filter(|code| words.contains(&code.as_str()))
            .collect()
    };
    let everyone = form.value("wiens").as_deref() == Some("everyone");
    let languages: Vec<String> = form
        .values("taalfilter")
        .into_iter()
        .filter(|code| code.parse::<domain::language::Language>().is_ok())
        .collect();
    let filter = json!({
        "whose": if everyone { "everyone" } else { "mine" },
        "phases": known("fase", &Phase::ALL.map(Phase::code)),
        "languages": languages,
        "clocks": known("termijn", &words::TERMS),
        "text": form.value("wie").unwrap_or_default(),
    });
    serde_json::from_value(filter).unwrap_or_default()
}

/// A kept search as it was filled in.
fn written(search: &SavedCaseSearch) -> Posted {
    let filter = &search.filter;
    let mut fields = vec![
        ("wie".to_owned(), filter.text.clone()),
        ("naam".to_owned(), search.name.clone()),
        ("zoek".to_owned(), search.id.to_string()),
        ("wiens".to_owned(), words::code(&filter.whose)),
    ];
    let mut add = |name: &str, code: String| fields.push((name.to_owned(), code));
    for phase in &filter.phases {
        add("fase", phase.code().to_owned());
    }
    for language in &filter.languages {
        add("taalfilter", language.code().to_owned());
    }
    for state in &filter.clocks {
        add("termijn", state.code().to_owned());
    }
    Posted::of(fields)
}

async fn render(
    status: StatusCode,
    page: Page,
    form: Posted,
    said: Said,
) -> Result<Response, Failure> {
    let (application, context) = (page.site.application()?, page.context()?);
    let list = application.list_cases(context, &filter(&form)).await?;
    let saved = application.saved_searches(context).await?;
    let truncated = list.truncated;
    let rows = today::rows(&page, list)?;
    let (mut done, mut problem, mut preview, mut given) = (None, None, None, Vec::new());
    match said {
        Said::Nothing => {}
        Said::Done(text) => done = Some(text),
        Said::Problem(field, text) => problem = Some((field, text)),
        Said::Preview(cases) => {
            let ids: Vec<String> = cases.iter().map(ToString::to_string).collect();
            let chosen = rows.iter().filter(|row| ids.contains(&row.case));
            preview = Some(chosen.map(|row| row.name.clone()).collect());
        }
        Said::Given(cases, n_closed) => {
            let mut text = page.tn("guiding-bulk-done", cases.len());
            if n_closed > 0 {
                text = format!("{text} {}", page.tn("guiding-bulk-closed", n_closed));
            }
            done = Some(text);
            given = cases
                .iter()
                .map(|at| format!("{}.{}", at.case, at.version))
                .collect();
        }
    }
    let template = CaseloadPage {
        truncated,
        rows,
        saved: saved
            .into_iter()
            .map(|search| (search.id, search.name))
            .collect(),
        whose: words::choices(&page, "whose", ["mine", "everyone"]),
        phases: words::choices(&page, "phase", Phase::ALL.map(Phase::code)),
        languages: words::languages(),
        terms: words::choices(&page, "term", words::TERMS),
        done,
        problem,
        preview,
        given,
        form,
        page: page.with_posted_form(),
    };
    page::html(status, &template.page, &template)
}
