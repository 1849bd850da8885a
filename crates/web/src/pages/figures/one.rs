//! An indicator: its figures for everybody chosen, over time, by group, with what they mean.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use charts::course::{Course, Moment};
use charts::{Scale, Wording};
use language::Argument;
use monitoring::codes::Dimension;
use monitoring::figure::Key;
use monitoring::indicator::Indicator;
use monitoring::interactive::Shown;

use super::groups::{self, Groups};
use super::overview::{Standing, figures};
use super::state::{Choice, Choices, State, address};
use super::terms::Definition;
use super::words::{Cell, Foreign, Row, Words, measured, scale, value};
use crate::failure::Failure;
use crate::monitor::board::Told;
use crate::monitor::{Board, Records, SEED};
use crate::page::{self, Page};

#[derive(Template)]
#[template(path = "pages/figures/one.html")]
struct OnePage {
    page: Page,
    state: State,
    standing: Standing,
    choices: Choices,
    action: String,
    definition: Definition,
    message: String,
    chart: Option<String>,
    rows: Vec<Row>,
    step: u8,
    step_name: String,
    proof: String,
    method: String,
    moments: Vec<Choice>,
    dimensions: Vec<Choice>,
    groups: Option<Groups>,
    others: Vec<Row>,
    permalink: String,
    csv: String,
    xlsx: String,
    command: Vec<String>,
}

/// `GET /cijfers/{indicator}`.
pub(super) async fn show(page: Page, Path(code): Path<String>) -> Result<Response, Failure> {
    let board = page.site.monitor.board();
    let indicator = board.indicator(&code).ok_or(Failure::NotFound)?;
    let mut state = State::read(&page, &board);
    let told = figures(&board, indicator, &state)?;
    let measures = measures(&told);
    let chosen = measure(&measures, &mut state);
    let words = Words::new(&page, &board);
    let label = words.measure(indicator, &chosen);
    let own: Vec<&Shown> = everybody(&told)
        .filter(|shown| shown.key.measure == chosen)
        .collect();
    let bars = scale(own.iter().copied());
    let rows = own.iter().map(|shown| row(&words, shown, bars)).collect();
    let evidence = own.first().map_or(indicator.evidence, |s| s.evidence);
    let (moments, months) = moments(&words, &own, &mut state);
    let dimensions = dimensions(&words, indicator, &told, &chosen, &mut state);
    let groups = groups::of(&words, &page, &told, &label, &chosen, months, state.by);
    let others = measures
        .iter()
        .filter(|other| **other != chosen)
        .filter_map(|other| other_row(&words, indicator, &told, other, &state))
        .collect();
    let path = format!("/cijfers/{code}");
    let template = OnePage {
        choices: Choices::of(&page, &board, &state.selection),
        standing: Standing::of(&page, &board),
        definition: Definition::of(&page, &words, indicator),
        message: message(&page, &words, &label, &own),
        chart: chart(&page, &words, &label, &own),
        rows,
        step: evidence.step(),
        step_name: words.step(evidence),
        proof: words.proof(evidence),
        method: words.method(&chosen),
        moments,
        dimensions,
        groups,
        others,
        permalink: address(&path, &state.query()),
        csv: address(&format!("{path}/cijfers.csv"), &state.selection_query()),
        xlsx: address(&format!("{path}/cijfers.xlsx"), &state.selection_query()),
        command: command(&board, &code, &state),
        action: path,
        state,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// The figures for everybody who was chosen.
fn everybody(told: &[Told]) -> impl Iterator<Item = &Shown> {
    told.iter()
        .map(|told| &told.shown)
        .filter(|shown| shown.key.group.is_none())
}

/// Codes of the measures in order.
fn measures(told: &[Told]) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for shown in everybody(told) {
        if !codes.contains(&shown.key.measure) {
            codes.push(shown.key.measure.clone());
        }
    }
    codes
}

/// The measure that was chosen, or the first.
fn measure(measures: &[String], state: &mut State) -> String {
    let first = measures.first().cloned().unwrap_or_default();
    match &state.measure {
        Some(code) if measures.contains(code) => code.clone(),
        None => first,
        Some(_) => {
            state.has_unknown = true;
            state.measure = None;
            first
        }
    }
}

fn row(words: &Words<'_>, shown: &Shown, bars: Scale) -> Row {
    Row {
        label: words
            .moment(&shown.key)
            .unwrap_or_else(|| words.reference_month()),
        link: String::new(),
        cell: words.cell(shown, bars),
        step: shown.evidence.step(),
    }
}

/// Another measure with its last number.
fn other_row(
    words: &Words<'_>,
    indicator: &Indicator,
    told: &[Told],
    code: &str,
    state: &State,
) -> Option<Row> {
    let own = || everybody(told).filter(|shown| shown.key.measure == code);
    let last = own().filter(|shown| value(shown).is_some()).last();
    let shown = last.or_else(|| own().next())?;
    let mut label = words.measure(indicator, code);
    if let Some(moment) = words.moment(&shown.key) {
        label.text = format!("{}, {}", label.text, moment.text);
    }
    Some(Row {
        label,
        link: address(
            &format!("/cijfers/{}", indicator.code),
            &state.query_for(code),
        ),
        cell: words.cell_alone(shown),
        step: shown.evidence.step(),
    })
}

/// The title of the figures: what they say in one line.
fn message(page: &Page, words: &Words<'_>, label: &Foreign, own: &[&Shown]) -> String {
    let with_value: Vec<_> = own
        .iter()
        .filter_map(|shown| Some((&shown.key, shown.unit, value(shown)?)))
        .collect();
    let at = |key: &Key, text: String| match words.moment(key) {
        Some(moment) => format!("{text} ({})", moment.text),
        None => text,
    };
    match with_value.as_slice() {
        [] => page.tt("monitor-message-none", "label", &label.text),
        [(_, unit, only)] => {
            let full = words.in_full(only, *unit);
            format!("{}: {full}", label.text)
        }
        [(first, unit, from), .., (last, _, to)] => {
            let from = at(first, words.number(from.point, *unit));
            let to = at(last, words.number(to.point, *unit));
            let parts = [
                ("label", Argument::Text(&label.text)),
                ("from", Argument::Text(&from)),
                ("to", Argument::Text(&to)),
            ];
            page.texts("monitor-message-course", &parts)
        }
    }
}

/// The course over the months of follow-up, when there are at least two.
fn chart(page: &Page, words: &Words<'_>, label: &Foreign, own: &[&Shown]) -> Option<String> {
    let moments: Vec<Moment> = own
        .iter()
        .filter_map(|shown| {
            let months = shown.key.months?;
            let value = value(shown);
            Some(Moment {
                at: f64::from(months),
                label: page.number(usize::from(months)),
                measured: value.and_then(measured),
                text: value.map_or_else(
                    || page.t("monitor-hidden"),
                    |value| words.in_full(value, shown.unit),
                ),
            })
        })
        .collect();
    let n_shown = moments.iter().filter(|m| m.measured.is_some()).count();
    if n_shown < 2 {
        return None;
    }
    let unit = own.first()?.unit;
    let course = Course {
        wording: Wording {
            id: "verloop".to_owned(),
            title: message(page, words, label, own),
            description: page.t("monitor-chart-course"),
            along: page.t("monitor-axis-months"),
        },
        moments,
    };
    Some(course.svg(page.language.direction(), &|number| {
        words.number(number, unit)
    }))
}

/// Moments at which groups can be compared, and the one that is.
fn moments(words: &Words<'_>, own: &[&Shown], state: &mut State) -> (Vec<Choice>, Option<u16>) {
    let shown = own.iter().filter(|shown| value(shown).is_some());
    let months: Vec<u16> = shown.filter_map(|shown| shown.key.months).collect();
    if state.months.is_some_and(|chosen| !months.contains(&chosen)) {
        state.months = None;
        state.has_unknown = true;
    }
    let chosen = state.months.or(months.last().copied());
    let choice = |months: &u16| Choice {
        code: months.to_string(),
        name: words.after(*months),
        is_chosen: chosen == Some(*months),
    };
    (months.iter().map(choice).collect(), chosen)
}

/// By what the chosen measure can be split; sets what is usual when nothing was chosen.
fn dimensions(
    words: &Words<'_>,
    indicator: &Indicator,
    told: &[Told],
    measure: &str,
    state: &mut State,
) -> Vec<Choice> {
    let there = |by: Dimension| {
        told.iter().any(|told| {
            let key = &told.shown.key;
            key.measure == measure && key.group.as_ref().is_some_and(|group| group.by == by)
        })
    };
    let all: Vec<Dimension> = indicator
        .breakdowns
        .iter()
        .copied()
        .filter(|by| there(*by))
        .collect();
    if state.by.is_some_and(|by| !all.contains(&by)) {
        state.by = None;
        state.has_unknown = true;
    }
    if state.by.is_none() {
        let usual = match state.selection.area {
            None => Dimension::Municipality,
            Some(_) => Dimension::Cohort,
        };
        state.by = all.contains(&usual).then_some(usual);
    }
    all.into_iter()
        .map(|by| Choice {
            code: by.code().to_owned(),
            name: words.dimension(by),
            is_chosen: state.by == Some(by),
        })
        .collect()
}

/// The commands that give the same numbers.
pub(super) fn command(board: &Board, indicator: &str, state: &State) -> Vec<String> {
    let compute = "werkbrug monitor compute";
    let Some(view) = state.selection.view(board) else {
        return vec![format!("{compute} --indicator {indicator} --public")];
    };
    let mut lines = Vec::new();
    let (file, others) = if *board.records() == Records::Invented {
        lines.push(format!(
            "werkbrug monitor synthesise --seed {SEED} --out invented.csv"
        ));
        ("invented.csv", " --programme demo")
    } else if matches!(board.records(), Records::Vault { .. }) {
        ("vault", "")
    } else {
        ("records.csv", "")
    };
    let filter = if view.filter.is_empty() {
        String::new()
    } else {
        format!(" --filter '{}'", view.filter)
    };
    lines.push(format!(
        "{compute} --data {file} --on {}{filter} --indicator {indicator} --breakdowns --public{others}",
        view.on
    ));
    lines
}
