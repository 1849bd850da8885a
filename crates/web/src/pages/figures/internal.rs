//! For policy officers and privacy officers: where the figures come from, what is hidden and why.
//!
//! Counts below the smallest that is ever shown stay hidden here as well.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use monitoring::figure::Group;
use monitoring::indicator::Indicator;
use monitoring::interactive::ShownOutcome;
use statistics::proportion::Share;

use super::overview::{Standing, figures};
use super::state::{Choices, State, address};
use super::words::{Foreign, Words};
use crate::failure::Failure;
use crate::monitor::board::{POLICY, Told};
use crate::monitor::{Board, Records};
use crate::page::{self, Page};

#[derive(Template)]
#[template(path = "pages/figures/internal.html")]
struct InternalPage {
    page: Page,
    state: State,
    standing: Standing,
    choices: Choices,
    action: &'static str,
    source: String,
    n_persons: usize,
    n_months: usize,
    counts: Counts,
    exact: Vec<ExactRow>,
    hidden: Vec<HiddenRow>,
}

/// How many figures are shown, hidden, and cannot be computed.
#[derive(Default)]
struct Counts {
    shown: usize,
    hidden: usize,
    not_computed: usize,
}

/// A figure as the public sees it and before rounding.
struct ExactRow {
    title: String,
    label: Foreign,
    link: String,
    public: String,
    exact: String,
}

/// A hidden figure.
struct HiddenRow {
    title: String,
    label: Foreign,
    group: Option<Foreign>,
    why: String,
}

/// `GET /cijfers/intern`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let board = page.site.monitor.board();
    let state = State::read(&page, &board);
    let words = Words::new(&page, &board);
    let mut counts = Counts::default();
    let (mut exact, mut hidden) = (Vec::new(), Vec::new());
    for indicator in board.registry().indicators() {
        for told in figures(&board, indicator, &state)?.iter() {
            match &told.shown.outcome {
                ShownOutcome::Value(_) => counts.shown += 1,
                ShownOutcome::Hidden(_) => counts.hidden += 1,
                ShownOutcome::NotComputed(_) => counts.not_computed += 1,
            }
            exact.extend(exact_row(&page, &words, indicator, told, &state));
            hidden.extend(hidden_row(&words, indicator, told));
        }
    }
    let template = InternalPage {
        choices: Choices::of(&page, &board, &state.selection),
        standing: Standing::of(&page, &board),
        action: "/cijfers/intern",
        source: source(&page, &board),
        n_persons: board.n_persons(),
        n_months: board.n_person_months() as usize,
        counts,
        exact,
        hidden,
        state,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

fn source(page: &Page, board: &Board) -> String {
    match board.records() {
        Records::Nothing => page.t("monitor-source-none"),
        Records::Invented => page.t("monitor-source-invented"),
        Records::File(path) => path.display().to_string(),
        Records::Vault { without_permit } => {
            let left_out = page.number(*without_permit as usize);
            page.tt("monitor-source-vault", "number", left_out)
        }
    }
}

/// A share for everybody chosen with its exact counts, where none of them is small.
fn exact_row(
    page: &Page,
    words: &Words<'_>,
    indicator: &Indicator,
    told: &Told,
    state: &State,
) -> Option<ExactRow> {
    let cells = told.figure.cells?;
    if told.figure.key.group.is_some() {
        return None;
    }
    let (numerator, denominator) = (cells.numerator.exact(), cells.denominator.exact());
    let share = Share::new(numerator, denominator).ok()?;
    POLICY.percentage(&share).ok()?;
    let ShownOutcome::Value(public) = &told.shown.outcome else {
        return None;
    };
    let counts = |numerator: u64, denominator: u64| {
        let (numerator, denominator) = (
            page.number(numerator as usize),
            page.number(denominator as usize),
        );
        words.of(&numerator, &denominator)
    };
    let key = &told.shown.key;
    let mut label = words.measure(indicator, &key.measure);
    if let Some(moment) = words.moment(key) {
        label.text = format!("{}, {}", label.text, moment.text);
    }
    Some(ExactRow {
        title: words.text(&indicator.title).text,
        label,
        link: address(
            &format!("/cijfers/{}", indicator.code),
            &state.query_for(&key.measure),
        ),
        public: format!(
            "{} ({})",
            words.number(public.point, told.shown.unit),
            counts(public.numerator?, public.n?)
        ),
        exact: format!(
            "{} ({})",
            words.number(share.value(), told.shown.unit),
            counts(numerator, denominator)
        ),
    })
}

fn hidden_row(words: &Words<'_>, indicator: &Indicator, told: &Told) -> Option<HiddenRow> {
    let ShownOutcome::Hidden(hidden) = &told.shown.outcome else {
        return None;
    };
    let key = &told.shown.key;
    let mut label = words.measure(indicator, &key.measure);
    if let Some(moment) = words.moment(key) {
        label.text = format!("{}, {}", label.text, moment.text);
    }
    let group = |group: &Group| {
        let mut name = words.group(group);
        name.text = format!("{}: {}", words.dimension(group.by), name.text);
        name
    };
    Some(HiddenRow {
        title: words.text(&indicator.title).text,
        label,
        group: key.group.as_ref().map(group),
        why: words.hidden(*hidden),
    })
}
