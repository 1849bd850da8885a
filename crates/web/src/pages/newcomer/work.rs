//! Work that fits, with reasons; what helps; "not for me"; answers to proposals.

use std::collections::BTreeMap;

use application::matches::{MatchView, PersonAnswer};
use application::work::explain::{ExplainedDemand, Explanation, Fit, Outcome};
use application::work::newcomer::{FittingWork, MOST_ANSWERS};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::code::ReasonCode;
use domain::demand::Moment;
use domain::id::VacancyId;
use domain::match_state::MatchState;
use domain::profile::Dismissal;
use domain::rejection::RejectionReason;
use domain::text::ConceptUri;
use domain::vacancy::Vacancy;
use taxonomy::concept::Regulation;

use super::asking::Worth;
use super::missing::{self, Gap};
use super::words::Teller;
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};
use crate::pages::jobs::{Filters, Options};
use crate::reading::{Named, Reader};

/// How much work the list shows.
const LISTED: usize = 20;

/// Skills shown on a card; the page of the work shows all.
const ON_A_CARD: usize = 4;

/// Occupations near the person's own.
const NEAR: usize = 10;

/// What would help most, on the list.
const LEVERS: usize = 5;

/// Why work is not for somebody, in the order of the form.
const REASONS: [&str; 6] = [
    "too-far",
    "hours",
    "other-work",
    "too-heavy",
    "care",
    "other",
];

/// Version of the text to which a person says yes; another text needs another version.
pub(super) const CONSENT_TEXT: &str = "newcomer-consent-1";

/// A skill with a word about it.
pub(super) struct Need {
    pub(super) named: Named,
    pub(super) note: String,
}

/// Work in a list.
pub(super) struct Card {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) employer: String,
    pub(super) facts: String,
    pub(super) fit: &'static str,
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
    pub(super) can: Vec<Need>,
    pub(super) missing: Vec<Need>,
    pub(super) gaps: Vec<String>,
}

/// A row of the sum.
pub(super) struct Points {
    pub(super) skill: Named,
    pub(super) by: Option<Named>,
    pub(super) points: u16,
    pub(super) weight: u16,
}

/// Something that would open work.
struct Help {
    text: String,
    opens: String,
    examples: Vec<(String, String)>,
}

/// Work that the person set aside, and why.
struct Aside {
    path: String,
    title: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "pages/newcomer/work.html")]
struct ListPage {
    page: Page,
    cards: Vec<Card>,
    helps: Vec<Help>,
    /// What is worth asking.
    worth: Option<Worth>,
    near: Vec<(Named, &'static str, &'static str, &'static str)>,
    aside: Vec<Aside>,
    filters: Filters,
    fits: Options,
    is_filtered: bool,
}

/// A match of this vacancy as the page tells it.
struct Proposal {
    state: String,
    /// Why the employer said no, and what can be done.
    reason: Option<(String, String)>,
    /// What the person may answer now.
    match_id: Option<String>,
    version: i64,
}

#[derive(Template)]
#[template(path = "pages/newcomer/one.html")]
struct OnePage {
    page: Page,
    card: Card,
    text: Option<String>,
    in_part: Vec<Need>,
    met: Vec<String>,
    unknown: Vec<String>,
    prospects: Vec<String>,
    points: Vec<Points>,
    score: u16,
    proposal: Option<Proposal>,
    gaps: Vec<Gap>,
    /// How long everything takes when it is done at the same time.
    together: Option<String>,
    /// Whether the law protects the profession, so that recognition comes first.
    is_protected: bool,
    /// Why the person set it aside.
    aside: Option<String>,
    reasons: [&'static str; 6],
}

/// Address of the page of a vacancy.
pub(super) fn path(vacancy: VacancyId) -> String {
    format!("/mijn/werk/{vacancy}")
}

/// The best work for whoever is logged in.
pub(super) async fn cards(page: &Page, n: usize) -> Result<Vec<Card>, Failure> {
    let person = super::acting(page)?;
    let app = super::application(page)?;
    let found = app.work_that_fits(page.context()?, person, n).await?;
    Ok(short(page, &Teller::new(page)?, found.iter()))
}

/// Cards with the first few skills.
fn short<'a>(
    page: &Page,
    teller: &Teller<'_>,
    found: impl Iterator<Item = &'a FittingWork>,
) -> Vec<Card> {
    let shorten = |mut card: Card| {
        card.can.truncate(ON_A_CARD);
        card.missing.truncate(ON_A_CARD);
        card
    };
    found
        .map(|work| shorten(card(page, teller, work)))
        .collect()
}

/// Fits to choose from.
fn fits(page: &Page) -> (Option<Fit>, Options) {
    let wanted = page.value("past");
    let all = [
        (Fit::Well, "goed"),
        (Fit::Partly, "deels"),
        (Fit::NotYet, "nog-niet"),
    ];
    let chosen = all
        .into_iter()
        .find(|(_, code)| wanted.as_deref() == Some(*code));
    let options = all.map(|(fit, code)| {
        let is_chosen = wanted.as_deref() == Some(code);
        (code.to_owned(), page.t(words_of(fit).0), is_chosen)
    });
    (chosen.map(|(fit, _)| fit), options.to_vec())
}

/// `GET /mijn/werk`.
pub(super) async fn list(page: Page) -> Result<Response, Failure> {
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    let filters = Filters::of(&page)?;
    let (fit, fits) = fits(&page);
    let is_filtered = filters.is_set() || fit.is_some();
    // What is filtered is looked for among everything that is worth showing.
    let n = if is_filtered { MOST_ANSWERS } else { LISTED };
    let overview = app
        .work_overview(page.context()?, person, (n, NEAR))
        .await?;
    let teller = Teller::new(&page)?;
    let wanted = overview.fitting.iter().filter(|work| {
        let fits = fit.is_none_or(|fit| work.explanation.fit == fit);
        fits && filters.filter.takes(&work.content, &page.site.catalogue)
    });
    let cards = short(&page, &teller, wanted.take(LISTED));
    let helps = overview
        .levers
        .levers
        .iter()
        .take(LEVERS)
        .map(|lever| Help {
            text: teller.lever(&lever.lever),
            opens: page.tt("newcomer-helps-opens", "number", lever.opens.to_string()),
            examples: lever
                .examples
                .iter()
                .map(|(id, title)| (path(*id), title.as_str().to_owned()))
                .collect(),
        });
    let near = overview
        .near
        .iter()
        .filter(|near| near.explanation.score > 0)
        .filter_map(|near| {
            let (fit, class, icon) = words_of(near.explanation.fit);
            Some((named(&page, &near.occupation)?, fit, class, icon))
        });
    let aside = set_aside(&page, &overview.dismissed).await?;
    let template = ListPage {
        helps: helps.collect(),
        worth: overview.ask.map(|asked| Worth::of(&page, &asked)),
        near: near.collect(),
        is_filtered,
        cards,
        aside,
        filters,
        fits,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// Work that the person set aside and that is still open.
async fn set_aside(page: &Page, dismissed: &[Dismissal]) -> Result<Vec<Aside>, Failure> {
    let app = super::application(page)?;
    let mut aside = Vec::new();
    for one in dismissed {
        // What is closed by now needs no way back.
        if let Ok(vacancy) = app.public_vacancy(one.vacancy).await {
            aside.push(Aside {
                path: path(one.vacancy),
                title: vacancy.vacancy.title.as_str().to_owned(),
                reason: own_reason(page, one.reason),
            });
        }
    }
    Ok(aside)
}

/// `GET /mijn/werk/{id}`.
pub(super) async fn one(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let vacancy = vacancy(&id)?;
    let person = super::acting(&page)?;
    let context = *page.context()?;
    let app = super::application(&page)?;
    let work = app.how_work_fits(&context, person, vacancy).await?;
    let profile = app.read_profile(&context, person).await?.profile;
    let matches = app.matches_of_person(&context, person).await?;
    let proposal = matches
        .into_iter()
        .find(|found| found.vacancy == vacancy)
        .map(|found| told(&page, &found, &work.employer));
    let teller = Teller::new(&page)?;
    let of = |wanted: fn(&Outcome) -> bool| -> Vec<String> {
        let findings = work.explanation.constraints.iter();
        findings
            .filter(|finding| wanted(&finding.outcome))
            .map(|finding| teller.finding(finding))
            .collect()
    };
    let found = app.gaps(&work.explanation, page.language)?;
    let aside = profile.dismissed.iter().find(|one| one.vacancy == vacancy);
    let template = OnePage {
        gaps: missing::gaps(&page, &teller, &work.explanation, &found),
        together: found.together.map(|weeks| missing::time(&page, weeks)),
        is_protected: is_protected(&page, &work.content),
        aside: aside.map(|aside| own_reason(&page, aside.reason)),
        card: card(&page, &teller, &work),
        text: work.content.text.as_ref().map(ToString::to_string),
        in_part: needs(&page, work.explanation.in_part()),
        met: of(|outcome| matches!(outcome, Outcome::Met)),
        unknown: of(|outcome| matches!(outcome, Outcome::Unknown)),
        prospects: work
            .explanation
            .prospects
            .iter()
            .map(|prospect| teller.prospect(prospect))
            .collect(),
        points: points(&page, &work.explanation),
        score: work.explanation.score,
        proposal,
        reasons: REASONS,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// `POST /mijn/werk/{id}/niet`.
pub(super) async fn dismiss(
    page: Page,
    Path(id): Path<String>,
    form: Posted,
) -> Result<Response, Failure> {
    let vacancy = vacancy(&id)?;
    let reason = reason(&form)?;
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    app.dismiss_vacancy(page.context()?, person, vacancy, reason)
        .await?;
    Ok(Redirect::to("/mijn/werk").into_response())
}

/// `POST /mijn/werk/{id}/toch`.
pub(super) async fn restore(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let vacancy = vacancy(&id)?;
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    app.restore_vacancy(page.context()?, person, vacancy)
        .await?;
    Ok(Redirect::to(&path(vacancy)).into_response())
}

/// `POST /mijn/werk/{id}/antwoord`: yes or no to a proposal.
pub(super) async fn answer(
    page: Page,
    Path(id): Path<String>,
    form: Posted,
) -> Result<Response, Failure> {
    let vacancy = vacancy(&id)?;
    let match_id = form.value("voorstel").and_then(|id| id.parse().ok());
    let version = form.value("versie").and_then(|text| text.parse().ok());
    let (Some(match_id), Some(version)) = (match_id, version) else {
        return Err(Failure::Malformed);
    };
    let answer = match form.value("antwoord").as_deref() {
        Some("ja") => PersonAnswer::Agree {
            text_version: CONSENT_TEXT.to_owned(),
        },
        Some("nee") => PersonAnswer::Decline(reason(&form)?),
        _ => return Err(Failure::Malformed),
    };
    let app = super::application(&page)?;
    app.decide_match(page.context()?, match_id, version, &answer)
        .await?;
    Ok(Redirect::to(&path(vacancy)).into_response())
}

fn vacancy(id: &str) -> Result<VacancyId, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

/// The chosen reason; none chosen is "other".
fn reason(form: &Posted) -> Result<ReasonCode, Failure> {
    let chosen = form.value("reden");
    let known = REASONS
        .into_iter()
        .find(|code| chosen.as_deref() == Some(code));
    known
        .unwrap_or("other")
        .parse()
        .map_err(|_| Failure::Malformed)
}

fn told(page: &Page, found: &MatchView, employer: &str) -> Proposal {
    let is_open = matches!(found.state, MatchState::Proposed | MatchState::Asked);
    let rejected = (found.state == MatchState::Rejected).then_some(found.reason);
    let rejection = rejected.flatten();
    let rejection = rejection.and_then(|code| RejectionReason::try_from(code).ok());
    let reason = rejection.map(|reason| {
        let code = reason.code();
        let why = page.t(&format!("employer-reason-{code}"));
        (why, page.t(&format!("my-rejection-{code}")))
    });
    Proposal {
        reason,
        state: page.tt(
            &format!("newcomer-match-{}", found.state.code()),
            "employer",
            employer,
        ),
        match_id: is_open.then(|| found.id.to_string()),
        version: found.version,
    }
}

/// Why the person set work aside, in words; a reason of an older list is "something else".
fn own_reason(page: &Page, reason: ReasonCode) -> String {
    let known = REASONS.into_iter().find(|code| *code == reason.code());
    page.t(&format!("newcomer-reason-{}", known.unwrap_or("other")))
}

/// Key of the words, class and icon of a fit.
pub(super) fn words_of(fit: Fit) -> (&'static str, &'static str, &'static str) {
    match fit {
        Fit::Well => ("newcomer-fit-well", "wb-fit--high", "check"),
        Fit::Partly => ("newcomer-fit-partly", "wb-fit--some", "todo"),
        Fit::NotYet => ("newcomer-fit-not-yet", "wb-fit--low", "info"),
    }
}

fn card(page: &Page, teller: &Teller<'_>, work: &FittingWork) -> Card {
    let (fit, class, icon) = words_of(work.explanation.fit);
    let findings = work.explanation.constraints.iter();
    Card {
        id: work.vacancy.to_string(),
        title: work.content.title.as_str().to_owned(),
        employer: work.employer.clone(),
        facts: facts(page, teller, &work.content),
        fit,
        class,
        icon,
        can: without_notes(needs(page, work.explanation.can_do())),
        missing: needs(page, work.explanation.missing()),
        gaps: findings
            .filter(|finding| matches!(finding.outcome, Outcome::NotMet(_)))
            .map(|finding| teller.finding(finding))
            .collect(),
    }
}

/// Whether the law lets only recognised people do this work.
fn is_protected(page: &Page, vacancy: &Vacancy) -> bool {
    let catalogue = &page.site.catalogue;
    let occupation = vacancy.occupation.as_ref();
    let concept = occupation.and_then(|uri| catalogue.find(uri.as_str()));
    concept.is_some_and(|concept| catalogue.regulation(concept) == Regulation::Profession)
}

/// Where and how long, on one line.
fn facts(page: &Page, teller: &Teller<'_>, vacancy: &Vacancy) -> String {
    let place = vacancy.place.map(|place| teller.region(place.region));
    let hours = vacancy
        .hours
        .map(|hours| page.tt("newcomer-hours", "hours", hours.number().to_string()));
    let facts: Vec<String> = place.into_iter().chain(hours).collect();
    facts.join(" · ")
}

/// A concept by its URI, as the page names it.
pub(super) fn named(page: &Page, uri: &ConceptUri) -> Option<Named> {
    let concept = page.site.catalogue.find(uri.as_str())?;
    Some(Reader::new(&page.site, page.language).named(concept))
}

pub(super) fn needs<'a>(
    page: &Page,
    demands: impl Iterator<Item = &'a ExplainedDemand>,
) -> Vec<Need> {
    let need = |demand: &ExplainedDemand| {
        let learns = demand.moment == Moment::LearnedHere;
        Some(Need {
            named: named(page, &demand.skill)?,
            note: if learns {
                page.t("newcomer-learned-here")
            } else {
                String::new()
            },
        })
    };
    demands.filter_map(need).collect()
}

/// What somebody can do already needs no word on where to learn it.
pub(super) fn without_notes(mut needs: Vec<Need>) -> Vec<Need> {
    for need in &mut needs {
        need.note.clear();
    }
    needs
}

/// The rows of the sum: every demand once, so that the points add up to the score.
pub(super) fn points(page: &Page, explanation: &Explanation) -> Vec<Points> {
    let mut names: BTreeMap<&ConceptUri, Named> = BTreeMap::new();
    let mut name = |uri| {
        names
            .entry(uri)
            .or_insert_with(|| {
                named(page, uri).unwrap_or_else(|| Named {
                    id: String::new(),
                    name: uri.as_str().to_owned(),
                    language: page.language,
                    dutch: None,
                })
            })
            .clone()
    };
    let demands = explanation.demands.iter();
    demands
        .map(|demand| Points {
            skill: name(&demand.skill),
            by: demand
                .cover
                .as_ref()
                .filter(|cover| cover.by != demand.skill)
                .map(|cover| name(&cover.by)),
            points: demand.points,
            weight: demand.weight,
        })
        .collect()
}
