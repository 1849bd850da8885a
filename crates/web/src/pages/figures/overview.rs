//! One figure of every indicator, for whoever was chosen.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use monitoring::indicator::Indicator;

use super::state::{Choices, State, address};
use super::words::{Cell, Row, Words, value};
use crate::failure::Failure;
use crate::monitor::board::Told;
use crate::monitor::{Board, Records};
use crate::page::{self, Page};

/// What all pages of figures say about their data.
pub(super) struct Standing {
    pub(super) is_invented: bool,
    pub(super) has_records: bool,
    pub(super) has_refused: bool,
}

impl Standing {
    pub(super) fn of(page: &Page, board: &Board) -> Standing {
        Standing {
            is_invented: board.is_invented(),
            has_records: *board.records() != Records::Nothing,
            has_refused: page.site.monitor.has_refused(),
        }
    }
}

#[derive(Template)]
#[template(path = "pages/figures/overview.html")]
struct OverviewPage {
    page: Page,
    state: State,
    standing: Standing,
    choices: Choices,
    action: &'static str,
    rows: Vec<OverviewRow>,
}

struct OverviewRow {
    title: String,
    row: Row,
}

/// `GET /cijfers`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let board = page.site.monitor.board();
    let state = State::read(&page, &board);
    let words = Words::new(&page, &board);
    let mut rows = Vec::new();
    for indicator in board.registry().indicators() {
        let figures = figures(&board, indicator, &state)?;
        let Some(told) = headline(&figures) else {
            continue;
        };
        let mut label = words.measure(indicator, &told.shown.key.measure);
        if let Some(moment) = words.moment(&told.shown.key) {
            label.text = format!("{}, {}", label.text, moment.text);
        }
        rows.push(OverviewRow {
            title: words.text(&indicator.title).text,
            row: Row {
                label,
                link: address(
                    &format!("/cijfers/{}", indicator.code),
                    &state.selection_query(),
                ),
                cell: words.cell_alone(&told.shown),
                step: told.shown.evidence.step(),
            },
        });
    }
    let template = OverviewPage {
        choices: Choices::of(&page, &board, &state.selection),
        standing: Standing::of(&page, &board),
        action: "/cijfers",
        state,
        rows,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// The figures of an indicator for whoever was chosen.
pub(super) fn figures(
    board: &Board,
    indicator: &Indicator,
    state: &State,
) -> Result<std::sync::Arc<Vec<Told>>, Failure> {
    board
        .figures(&indicator.code, &state.selection)
        .map_err(|error| {
            tracing::error!(%error, "cannot compute the figures of a selection");
            Failure::Unavailable
        })
}

/// The figure that stands for an indicator: a difference where two groups were published, or of
/// its first measure with a number the last moment.
fn headline(figures: &[Told]) -> Option<&Told> {
    let everybody = || figures.iter().filter(|told| told.shown.key.group.is_none());
    let is_difference = |told: &&Told| told.shown.key.measure.ends_with("-difference");
    if let Some(difference) = everybody().find(is_difference) {
        return Some(difference);
    }
    let first = everybody().find(|told| value(&told.shown).is_some());
    let Some(first) = first else {
        return everybody().next();
    };
    let of_measure = |told: &&Told| {
        told.shown.key.measure == first.shown.key.measure && value(&told.shown).is_some()
    };
    everybody().rfind(of_measure)
}
