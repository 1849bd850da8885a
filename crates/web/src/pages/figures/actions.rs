//! The work agenda: who does what until when, whom it reached, and what is known of its effect.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::language::Language;
use monitoring::figure::{Figure, Key};
use monitoring::interactive::Shown;
use monitoring::month::Month;
use monitoring::programme::interviews::{CodeCount, code_counts, publishable_quotes};
use monitoring::programme::report::{ActionReport, report};
use monitoring::programme::{Funding, Network, Phase, Programme, Training};
use time::Date;
use time::macros::format_description;

use super::labels;
use super::overview::Standing;
use super::words::{Cell, Foreign, Row, Words};
use crate::failure::Failure;
use crate::monitor::Board;
use crate::monitor::board::Told;
use crate::monitor::selection::Selection;
use crate::page::{self, Page};

#[derive(Template)]
#[template(path = "pages/figures/actions.html")]
struct ActionsPage {
    page: Page,
    standing: Standing,
    actions: Vec<ActionRow>,
    networks: Vec<NetworkRow>,
    trainings: Vec<RecordRow>,
    funding: Vec<RecordRow>,
    interviews: Vec<InterviewRow>,
    quotes: Vec<(String, String)>,
    adjustments: Vec<(String, String, String)>,
    errata: Vec<(String, String, String, String)>,
}

struct ActionRow {
    title: String,
    owner: String,
    period: String,
    /// Where it stood in the month of the records.
    phase: Option<&'static str>,
    reach: Vec<Row>,
    effect: Vec<Row>,
    step: u8,
    step_name: String,
    note: Option<String>,
    source: String,
    url: Option<String>,
    is_verified: bool,
}

struct NetworkRow {
    title: String,
    participants: String,
    lessons: Vec<String>,
    /// What, by whom, the day it was done.
    agreements: Vec<(String, String, Option<String>)>,
}

/// A training or an amount of money.
struct RecordRow {
    title: String,
    period: String,
    /// Amount; empty for a training.
    amount: String,
    reached: String,
    source: String,
    is_verified: bool,
}

struct InterviewRow {
    group: String,
    interviewed: Option<String>,
    /// What was named, by how many.
    codes: Vec<(String, String)>,
}

/// `GET /cijfers/acties`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let board = page.site.monitor.board();
    let words = Words::new(&page, &board);
    let told = all(&board)?;
    let figures: Vec<Figure> = told.iter().map(|told| told.figure.clone()).collect();
    let programme = board.programme();
    let on = board.last_month().and_then(first_day);
    // Without records there is no month to judge by, and the phase is left out.
    let actions = report(programme, &figures, on.unwrap_or(Date::MIN))
        .iter()
        .map(|report| ActionRow {
            phase: on.map(|_| phase(report.phase)),
            ..action(&board, &words, &told, report)
        })
        .collect();
    let template = ActionsPage {
        standing: Standing::of(&page, &board),
        actions,
        networks: programme
            .network
            .iter()
            .map(|network| of_network(&page, network))
            .collect(),
        trainings: (programme.training.iter())
            .map(|training| of_training(&words, training))
            .collect(),
        funding: (programme.funding.iter())
            .map(|funding| of_funding(&words, funding))
            .collect(),
        interviews: code_counts(&programme.interview)
            .into_iter()
            .map(|counted| interview(&page, counted))
            .collect(),
        quotes: publishable_quotes(&programme.interview)
            .into_iter()
            .map(|(group, _, words)| (labels::name(&page, group), words.to_owned()))
            .collect(),
        adjustments: adjustments(&page, programme),
        errata: programme
            .erratum
            .iter()
            .map(|erratum| {
                (
                    page.date(erratum.on),
                    erratum.about.clone(),
                    erratum.wrong.clone(),
                    erratum.right.clone(),
                )
            })
            .collect(),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// The figures of all indicators for everybody.
fn all(board: &Board) -> Result<Vec<Told>, Failure> {
    let mut all = Vec::new();
    for indicator in board.registry().indicators() {
        let told = board
            .figures(&indicator.code, &Selection::default())
            .map_err(|_| Failure::Unavailable)?;
        let total = told.iter().filter(|told| told.figure.key.group.is_none());
        all.extend(total.cloned());
    }
    Ok(all)
}

fn action(board: &Board, words: &Words<'_>, told: &[Told], report: &ActionReport) -> ActionRow {
    let shown = |figures: &[Figure]| -> Vec<Row> {
        figures
            .iter()
            .filter_map(|figure| find(told, &figure.key))
            .map(|shown| row(board, words, shown))
            .collect()
    };
    let action = &report.action;
    ActionRow {
        title: action.title.clone(),
        owner: action.owner.clone(),
        period: words.period(action.from, action.until),
        phase: None,
        reach: shown(&report.reach),
        effect: shown(&report.effect),
        step: report.evidence.step(),
        step_name: words.step(report.evidence),
        note: action.note.clone(),
        source: action.source.title.clone(),
        url: action.source.url.clone(),
        is_verified: action.source.verified,
    }
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Planned => "monitor-phase-planned",
        Phase::Running => "monitor-phase-running",
        Phase::Ended => "monitor-phase-ended",
    }
}

fn first_day(month: Month) -> Option<Date> {
    let format = format_description!("[year]-[month]-[day]");
    Date::parse(&format!("{month}-01"), format).ok()
}

/// What may be shown of a figure.
fn find<'t>(told: &'t [Told], key: &Key) -> Option<&'t Shown> {
    told.iter()
        .map(|told| &told.shown)
        .find(|shown| shown.key == *key)
}

fn row(board: &Board, words: &Words<'_>, shown: &Shown) -> Row {
    let indicator = board.indicator(&shown.key.indicator);
    let label = indicator.map_or_else(
        || Foreign::new(shown.key.to_string(), Language::EN),
        |indicator| words.measure(indicator, &shown.key.measure),
    );
    Row {
        label,
        link: format!(
            "/cijfers/{}?meting={}",
            shown.key.indicator, shown.key.measure
        ),
        cell: words.cell_alone(shown),
        step: shown.evidence.step(),
    }
}

fn of_network(page: &Page, network: &Network) -> NetworkRow {
    let participants: Vec<&str> = network.participants.iter().map(String::as_str).collect();
    let sessions = network.session.iter();
    NetworkRow {
        title: network.title.clone(),
        participants: page.site.formats(page.language).list(&participants),
        lessons: sessions.flat_map(|s| s.lessons.iter().cloned()).collect(),
        agreements: network
            .agreement
            .iter()
            .map(|agreement| {
                let done = agreement.done_on.map(|day| page.date(day));
                (agreement.text.clone(), agreement.owner.clone(), done)
            })
            .collect(),
    }
}

fn of_training(words: &Words<'_>, training: &Training) -> RecordRow {
    RecordRow {
        title: training.title.clone(),
        period: words.period(training.from, None),
        amount: String::new(),
        reached: match (training.reached, training.meant_for) {
            (Some(reached), Some(meant)) => words.people_reached(reached, meant),
            _ => words.reached_unknown(),
        },
        source: training.source.title.clone(),
        is_verified: training.source.verified,
    }
}

fn of_funding(words: &Words<'_>, funding: &Funding) -> RecordRow {
    RecordRow {
        title: funding.title.clone(),
        period: words.period(funding.from, funding.until),
        amount: words.amount(funding.euro, funding.per),
        reached: match funding.reached {
            Some(reached) => words.reached(reached),
            None => words.reached_unknown(),
        },
        source: funding.source.title.clone(),
        is_verified: funding.source.verified,
    }
}

fn interview(page: &Page, counted: CodeCount) -> InterviewRow {
    let smallest = crate::monitor::board::POLICY.minimum_count() as usize;
    InterviewRow {
        group: labels::name(page, &counted.group),
        interviewed: counted.interviewed.map(|n| page.number(n)),
        // What only a few of a group said may lead to one of them.
        codes: counted
            .codes
            .into_iter()
            .filter(|(_, count)| *count >= smallest)
            .map(|(code, count)| (labels::name(page, &code), page.number(count)))
            .collect(),
    }
}

fn adjustments(page: &Page, programme: &Programme) -> Vec<(String, String, String)> {
    programme
        .adjustment
        .iter()
        .map(|adjustment| {
            (
                page.date(adjustment.on),
                adjustment.seen.clone(),
                adjustment.changed.clone(),
            )
        })
        .collect()
}
