//! One vacancy: where it stands, anonymous candidates with reasons, and matches.

use std::collections::BTreeMap;

use application::candidate_help::{CandidateHelp, HelpReason};
use application::matches::EmployerMatch;
use application::work::employer::{AnonymousCandidate, CandidateList};
use application::work::explain::{ExplainedDemand, Fit, Outcome};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::demand::Moment;
use domain::level::LanguageLevel;
use domain::placement::Modality;
use domain::vacancy::VacancyState;

use super::draft;
use super::wording::{
    available, concept, fit_key, language_name, level_name, match_key, modality_key, state_key,
    subject, travel_key,
};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};
use crate::reading::Named;

/// Candidates shown at first; with `?alle=1` as many as there are.
const N_FIRST: usize = 10;

/// Skills shown of what somebody can do and of what is missing.
const N_SHOWN: usize = 6;

/// One demand with its points, for the explanation.
struct Points {
    named: Named,
    points: usize,
    weight: usize,
}

struct Candidate {
    alias: String,
    fit: &'static str,
    class: &'static str,
    score: usize,
    can: Vec<Named>,
    missing: Vec<Named>,
    learns: Vec<Named>,
    points: Vec<Points>,
    unknown: String,
    languages: Vec<String>,
    hours: String,
    travel: &'static str,
    available: String,
    help: Vec<HelpRow>,
    /// A match that there is already.
    found: Option<&'static str>,
}

/// An instrument that would help, with the reasons in words.
struct HelpRow {
    name: String,
    contact: String,
    reasons: Vec<&'static str>,
    is_verified: bool,
}

struct MatchRow {
    id: String,
    alias: String,
    state: &'static str,
    changed: String,
    is_known: bool,
}

enum Pool {
    /// The vacancy is not open.
    NotOpen,
    /// Too few to list.
    TooFew,
    /// Candidates.
    Listed(Vec<Candidate>),
}

#[derive(Template)]
#[template(path = "pages/vacancies/overview.html")]
struct OverviewPage {
    page: Page,
    id: String,
    title: String,
    version: i64,
    state: VacancyState,
    state_key: &'static str,
    changed: String,
    pool: Pool,
    is_all: bool,
    matches: Vec<MatchRow>,
}

/// `GET /vacatures/{id}`.
pub(super) async fn show(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let view = draft::find(&page, &id).await?;
    let site = std::sync::Arc::clone(&page.site);
    let application = site.application()?;
    let context = page.context()?;
    let matches = application.matches_of_vacancy(context, view.id).await?;
    let known: BTreeMap<String, &'static str> = matches
        .iter()
        .map(|found| (found.alias.to_string(), match_key(found)))
        .collect();
    let is_all = page.value("alle").is_some();
    let most = match is_all {
        true => application::work::employer::MOST_CANDIDATES,
        false => N_FIRST,
    };
    let pool = if view.state == VacancyState::Open {
        match application.candidates_for(context, view.id, most).await? {
            CandidateList::TooFew => Pool::TooFew,
            CandidateList::Listed(listed) => {
                let listed = listed.iter().map(|one| candidate(&page, one, &known));
                Pool::Listed(listed.collect::<Result<_, Failure>>()?)
            }
        }
    } else {
        Pool::NotOpen
    };
    let template = OverviewPage {
        id: view.id.to_string(),
        title: view.vacancy.title.to_string(),
        version: view.version,
        state: view.state,
        state_key: state_key(view.state),
        changed: page.moment(view.changed_at),
        pool,
        is_all,
        matches: matches.iter().map(|found| row(&page, found)).collect(),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// `POST /vacatures/{id}/stand`.
pub(super) async fn set_state(
    page: Page,
    Path(id): Path<String>,
    form: Posted,
) -> Result<Response, Failure> {
    let view = draft::find(&page, &id).await?;
    let state = form.value("stand").and_then(|word| word.parse().ok());
    let state: VacancyState = state.ok_or(Failure::Malformed)?;
    let version = draft::version(&form)?;
    let application = page.site.application()?;
    let changed = application
        .set_vacancy_state(page.context()?, view.id, version, state)
        .await;
    match changed {
        // What is missing is told where it can be filled in.
        Err(application::ApplicationError::Invalid(_)) => {
            Ok(Redirect::to(&draft::address(view.id, draft::N_STEPS)).into_response())
        }
        Err(error) => Err(error.into()),
        Ok(_) => Ok(Redirect::to(&format!("/vacatures/{}", view.id)).into_response()),
    }
}

/// `POST /vacatures/{id}/contact`.
pub(super) async fn ask_contact(
    page: Page,
    Path(id): Path<String>,
    form: Posted,
) -> Result<Response, Failure> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    let alias = form.value("kandidaat").and_then(|text| text.parse().ok());
    let alias = alias.ok_or(Failure::Malformed)?;
    let application = page.site.application()?;
    application.ask_contact(page.context()?, id, alias).await?;
    Ok(Redirect::to(&format!("/vacatures/{id}#gesprekken")).into_response())
}

fn candidate(
    page: &Page,
    one: &AnonymousCandidate,
    known: &BTreeMap<String, &'static str>,
) -> Result<Candidate, Failure> {
    let help = page.site.application()?.help_with(one, page.language)?;
    let explanation = &one.explanation;
    let name = |demand: &ExplainedDemand| concept(page, &demand.skill);
    let unknown: Vec<String> = explanation
        .constraints
        .iter()
        .filter(|finding| finding.outcome == Outcome::Unknown)
        .map(|finding| subject(page, finding.subject))
        .collect();
    let unknown: Vec<&str> = unknown.iter().map(String::as_str).collect();
    let (learns, missing): (Vec<_>, Vec<_>) = explanation
        .missing()
        .chain(explanation.in_part())
        .partition(|demand| demand.moment == Moment::LearnedHere);
    let names = |demands: Vec<&ExplainedDemand>| -> Vec<Named> {
        demands.into_iter().filter_map(name).take(N_SHOWN).collect()
    };
    let alias = one.alias.to_string();
    Ok(Candidate {
        help: help.into_iter().map(help_row).collect(),
        found: known.get(&alias).copied(),
        alias,
        fit: fit_key(explanation.fit),
        class: match explanation.fit {
            Fit::Well => "wb-fit--high",
            Fit::Partly => "wb-fit--some",
            Fit::NotYet => "wb-fit--low",
        },
        score: usize::from(explanation.score),
        can: names(explanation.can_do().collect()),
        missing: names(missing),
        learns: names(learns),
        points: explanation
            .demands
            .iter()
            .filter_map(|demand| {
                Some(Points {
                    named: name(demand)?,
                    points: usize::from(demand.points),
                    weight: usize::from(demand.weight),
                })
            })
            .collect(),
        unknown: page.site.formats(page.language).list(&unknown),
        languages: languages(page, one),
        hours: one.hours.map_or_else(
            || page.t("employer-unknown"),
            |hours| page.tn("employer-hours-most", usize::from(hours.number())),
        ),
        travel: travel_key(one.travel),
        available: available(page, one.available),
    })
}

fn help_row(help: CandidateHelp) -> HelpRow {
    let reasons = help.reasons.into_iter().map(|reason| match reason {
        HelpReason::Language => "employer-help-language",
        HelpReason::Learning => "employer-help-learning",
    });
    HelpRow {
        reasons: reasons.collect(),
        name: help.help.name,
        contact: help.help.contact,
        is_verified: help.help.is_verified,
    }
}

/// A line for each language with the levels that are known.
fn languages(page: &Page, one: &AnonymousCandidate) -> Vec<String> {
    let mut lines = Vec::new();
    for (language, levels) in &one.languages {
        let known: Vec<String> = Modality::ALL
            .iter()
            .zip(levels)
            .filter_map(|(modality, level)| {
                let level = (*level).filter(|level| *level > LanguageLevel::None)?;
                let level = level_name(page, level);
                Some(format!("{} {level}", page.t(modality_key(*modality))))
            })
            .collect();
        if !known.is_empty() {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let known = page.site.formats(page.language).list(&known);
            lines.push(format!("{}: {known}", language_name(page, *language)));
        }
    }
    lines
}

fn row(page: &Page, found: &EmployerMatch) -> MatchRow {
    MatchRow {
        id: found.id.to_string(),
        alias: found.alias.to_string(),
        state: match_key(found),
        changed: page.moment(found.changed_at),
        is_known: found.state.is_known_to_employer(),
    }
}
