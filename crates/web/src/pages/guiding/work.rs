//! Work that fits the person, and the matches with it.

use application::matches::MatchView;
use application::work::explain::{ExplainedDemand, Fit};
use application::work::newcomer::FittingWork;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::id::{MatchId, VacancyId};
use domain::match_state::{MatchState, Party};
use serde_json::Value;

use super::desk::{self, CasePage, Desk, Trouble};
use super::words::{self, Choice};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};
use crate::pages::newcomer::Worth;
use crate::reading::Reader;

/// Vacancies that are shown.
const SHOWN: usize = 10;

/// Skills that are named of a vacancy, heaviest first.
const SKILLS: usize = 6;

/// A match, in words.
struct Match {
    id: MatchId,
    version: i64,
    title: String,
    state: String,
    class: &'static str,
    since: String,
    reason: Option<String>,
    may_share: bool,
    may_hire: bool,
    may_withdraw: bool,
}

/// A vacancy, in words.
struct Offer {
    vacancy: VacancyId,
    title: String,
    employer: String,
    fit: &'static str,
    class: &'static str,
    score: usize,
    can: Vec<String>,
    missing: Vec<String>,
    in_the_way: Vec<String>,
    to_ask: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/guiding/work.html")]
pub(super) struct WorkPage {
    page: Page,
    section: &'static str,
    desk: Desk,
    matches: Vec<Match>,
    offers: Vec<Offer>,
    /// What to ask the person first.
    worth: Option<Worth>,
    withdrawals: Vec<Choice>,
}

impl CasePage for WorkPage {
    async fn change(page: &Page, id: &str, form: &Posted) -> Result<String, Trouble> {
        let at = desk::at(id, form)?;
        let (application, context) = desk::acting(page)?;
        let next = format!("/mensen/{id}/werk");
        match form.value("doe").as_deref() {
            Some("voorstellen") => {
                let view = application.read_case(context, at.case).await?;
                let vacancy: VacancyId = desk::number(form, "vacature")?;
                application
                    .propose_match(context, view.person, vacancy)
                    .await?;
            }
            Some(step @ ("delen" | "aangenomen" | "intrekken")) => {
                let found: MatchId = desk::number(form, "match")?;
                let version: i64 = desk::number(form, "matchversie")?;
                let known = application.read_case(context, at.case).await?.person;
                let own = application.matches_of_person(context, known).await?;
                // A match of another person is not one of this page.
                if !own.iter().any(|one| one.id == found) {
                    return Err(application::ApplicationError::NotFound.into());
                }
                match step {
                    "delen" => application.share_match(context, found, version).await?,
                    "aangenomen" => {
                        application.record_hire(context, found, version).await?;
                        return Ok(format!("/mensen/{id}/plaatsing"));
                    }
                    _ => {
                        let wrong = Trouble::Field("inhoud", "guiding-fault-choose");
                        let reason = form.value("reden").unwrap_or_default();
                        let reason = reason.parse().map_err(|_| wrong)?;
                        application
                            .withdraw_match(context, found, version, reason)
                            .await?;
                    }
                }
            }
            _ => desk::undo(page, at, form).await?,
        }
        Ok(next)
    }

    async fn render(status: StatusCode, page: Page, desk: Desk) -> Result<Response, Failure> {
        let (application, context) = (page.site.application()?, page.context()?);
        let person = desk.view.person;
        let matches = application.matches_of_person(context, person).await?;
        let under_way = |vacancy: VacancyId| {
            matches
                .iter()
                .any(|m| m.vacancy == vacancy && !m.state.is_over())
        };
        let work = application
            .work_overview(context, person, (SHOWN, 0))
            .await?;
        let offers = work
            .fitting
            .iter()
            .filter(|offer| !under_way(offer.vacancy));
        let template = WorkPage {
            section: "guiding-tab-work",
            offers: offers.map(|found| offer(&page, found)).collect(),
            worth: work.ask.map(|asked| Worth::of(&page, &asked)),
            matches: matches
                .iter()
                .map(|found| one_match(&page, found))
                .collect(),
            withdrawals: words::choices(&page, "withdrawal", words::WITHDRAWALS),
            desk,
            page,
        };
        page::html(status, &template.page, &template)
    }
}

fn one_match(page: &Page, found: &MatchView) -> Match {
    let may = |next| found.state.may_become(next, Party::Klantmanager);
    let own = |code: &str| words::WITHDRAWALS.contains(&code);
    let reason = found.reason.as_ref().map(ToString::to_string);
    Match {
        id: found.id,
        version: found.version,
        title: found.title.as_str().to_owned(),
        state: words::name(page, "match", found.state.code()),
        class: match found.state {
            MatchState::Agreed | MatchState::Asked => "wb-tag--warn",
            MatchState::Hired => "wb-tag--good",
            _ => "",
        },
        since: page.moment(found.changed_at),
        reason: reason.map(|code| {
            if own(&code) {
                words::name(page, "withdrawal", &code)
            } else {
                code
            }
        }),
        may_share: may(MatchState::Shared),
        may_hire: may(MatchState::Hired),
        may_withdraw: may(MatchState::Withdrawn),
    }
}

fn offer(page: &Page, found: &FittingWork) -> Offer {
    let explanation = &found.explanation;
    let (fit, class) = match explanation.fit {
        Fit::Well => ("fit-high", "wb-fit--high"),
        Fit::Partly => ("fit-some", "wb-fit--some"),
        Fit::NotYet => ("guiding-fit-not-yet", "wb-fit--low"),
    };
    let names = |demands: &mut dyn Iterator<Item = &ExplainedDemand>| -> Vec<String> {
        demands
            .take(SKILLS)
            .map(|demand| skill(page, demand))
            .collect()
    };
    let constraints = |outcome: &str| -> Vec<String> {
        let subjects = explanation.constraints.iter();
        let values = subjects.filter_map(|finding| serde_json::to_value(finding).ok());
        let of = values.filter(|value| has_outcome(value, outcome));
        of.filter_map(|value| subject(page, &value)).collect()
    };
    Offer {
        vacancy: found.vacancy,
        title: found.content.title.as_str().to_owned(),
        employer: found.employer.clone(),
        fit,
        class,
        score: usize::from(explanation.score),
        can: names(&mut explanation.can_do()),
        missing: names(&mut explanation.missing()),
        in_the_way: constraints("not-met"),
        to_ask: constraints("unknown"),
    }
}

fn skill(page: &Page, demand: &ExplainedDemand) -> String {
    let uri = demand.skill.as_str();
    let found = page.site.catalogue.find(uri);
    found.map_or_else(
        || uri.to_owned(),
        |concept| Reader::new(&page.site, page.language).named(concept).name,
    )
}

/// Whether a finding of the matching says this: a word, or an object named by it.
fn has_outcome(finding: &Value, wanted: &str) -> bool {
    match finding.get("outcome") {
        Some(Value::String(word)) => word == wanted,
        Some(Value::Object(named)) => named.contains_key(wanted),
        _ => false,
    }
}

/// What a finding is about, in words.
fn subject(page: &Page, finding: &Value) -> Option<String> {
    let word = match finding.get("subject")? {
        Value::String(word) => word.clone(),
        Value::Object(named) => named.keys().next()?.clone(),
        _ => return None,
    };
    Some(words::name(page, "demand", &word))
}
