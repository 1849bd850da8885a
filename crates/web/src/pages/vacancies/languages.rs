//! Step 4: languages per modality, on the first day and after a year.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::Modality;
use domain::vacancy::{LanguageDemand, Vacancy};

use super::cost::{self, Costs};
use super::draft::{self, Problem, Step};
use super::wording::{LEVELS, language_name, level_name, modality_key};
use super::work::suggestion;
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

struct Row {
    modality: &'static str,
    /// Names of the two fields.
    start: String,
    year: String,
    at_start: LanguageLevel,
    after_a_year: LanguageLevel,
}

struct Block {
    language: Language,
    name: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "pages/vacancies/languages.html")]
struct LanguagesPage {
    page: Page,
    step: Step,
    blocks: Vec<Block>,
    levels: Vec<(LanguageLevel, String)>,
    others: Vec<(&'static str, String)>,
    costs: Option<Costs>,
}

/// `GET /vacatures/{id}/talen`.
pub(super) async fn show(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let view = draft::find(&page, &id).await?;
    let mut demands = view.vacancy.languages.clone();
    if demands.is_empty() {
        // A level beside a language in the text is proposed for speaking and listening; none is
        // made up.
        for found in suggestion(&page, &view.vacancy).await?.languages {
            let Some(level) = found.level else { continue };
            for modality in [Modality::Listening, Modality::Speaking] {
                demands.push(LanguageDemand {
                    language: found.language,
                    modality,
                    at_start: level,
                    after_a_year: level,
                });
            }
        }
    }
    let languages = languages_of(&demands);
    render(
        page,
        Step::of(4, &view),
        (languages, &demands),
        view.vacancy,
    )
    .await
}

/// `POST /vacatures/{id}/talen`.
pub(super) async fn save(
    page: Page,
    Path(id): Path<String>,
    form: Posted,
) -> Result<Response, Failure> {
    let view = draft::find(&page, &id).await?;
    let mut step = Step::of(4, &view);
    step.version = draft::version(&form)?;
    let named = form.values("taalrij");
    let mut languages: Vec<Language> = Vec::new();
    let added = form.value("andere").filter(|_| form.has("erbij"));
    for code in named.iter().chain(&added) {
        let known = Language::all().find(|language| language.code() == code);
        languages.extend(known.filter(|language| !languages.contains(language)));
    }
    let demands = sent(&form, &languages);
    if page.changes_language() || form.has("erbij") || form.has("reken") {
        return render(page, step, (languages, &demands), view.vacancy).await;
    }
    if demands.iter().any(|d| d.after_a_year < d.at_start) {
        step.problems.push(Problem {
            field: "talen",
            text: page.t("employer-languages-fall"),
        });
        return render(page, step, (languages, &demands), view.vacancy).await;
    }
    let vacancy = Vacancy {
        languages: demands,
        ..view.vacancy
    };
    draft::save(&page, &form, view.id, &vacancy).await?;
    Ok(draft::onward(&form, view.id, 4))
}

/// Dutch and English, and what is asked besides.
fn languages_of(demands: &[LanguageDemand]) -> Vec<Language> {
    let mut languages = vec![Language::NL, Language::EN];
    for demand in demands {
        if !languages.contains(&demand.language) {
            languages.push(demand.language);
        }
    }
    languages
}

fn field(language: Language, modality: Modality, when: &str) -> String {
    let modality = match modality {
        Modality::Listening => "verstaan",
        Modality::Speaking => "spreken",
        Modality::Reading => "lezen",
        Modality::Writing => "schrijven",
    };
    format!("{language}-{modality}-{when}")
}

/// What the form asks; rows without any level ask nothing.
fn sent(form: &Posted, languages: &[Language]) -> Vec<LanguageDemand> {
    let level = |name: String| -> LanguageLevel {
        let code = form.value(&name).unwrap_or_default();
        code.parse().unwrap_or_default()
    };
    let mut demands = Vec::new();
    for &language in languages {
        for modality in Modality::ALL {
            let at_start = level(field(language, modality, "start"));
            let wished = level(field(language, modality, "jaar"));
            // Who leaves the second answer open asks no more than on the first day.
            let after_a_year = match wished {
                LanguageLevel::None => at_start,
                wished => wished,
            };
            if after_a_year > LanguageLevel::None {
                demands.push(LanguageDemand {
                    language,
                    modality,
                    at_start,
                    after_a_year,
                });
            }
        }
    }
    demands
}

async fn render(
    page: Page,
    step: Step,
    (languages, demands): (Vec<Language>, &[LanguageDemand]),
    vacancy: Vacancy,
) -> Result<Response, Failure> {
    let typed = Vacancy {
        languages: demands.to_vec(),
        ..vacancy
    };
    let costs = cost::of(&page, &typed).await?;
    let others = Language::all().filter(|language| !languages.contains(language));
    let others = others.map(|one| (one.code(), one.own_name().to_owned()));
    let others = others.collect();
    let blocks = languages.into_iter().map(|language| {
        let rows = Modality::ALL.map(|modality| {
            let of_it = |d: &&LanguageDemand| d.language == language && d.modality == modality;
            let demand = demands.iter().find(of_it);
            Row {
                modality: modality_key(modality),
                start: field(language, modality, "start"),
                year: field(language, modality, "jaar"),
                at_start: demand.map_or(LanguageLevel::None, |d| d.at_start),
                after_a_year: demand.map_or(LanguageLevel::None, |d| d.after_a_year),
            }
        });
        Block {
            language,
            name: language_name(&page, language),
            rows: rows.into_iter().collect(),
        }
    });
    let blocks = blocks.collect();
    // A level that is not offered here, such as one of literacy, stays as it is.
    let mut offered = LEVELS.to_vec();
    offered.extend(demands.iter().flat_map(|d| [d.at_start, d.after_a_year]));
    offered.sort_unstable();
    offered.dedup();
    let levels = offered
        .into_iter()
        .map(|level| (level, level_name(&page, level)));
    let levels = levels.collect();
    let status = match step.problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::BAD_REQUEST,
    };
    let template = LanguagesPage {
        page: page.with_posted_form(),
        step,
        blocks,
        levels,
        others,
        costs,
    };
    page::html(status, &template.page, &template)
}
