//! The figures of the monitor, exactly those of the pages `/cijfers`: rounded or hidden.

use axum::extract::Path;
use domain::scope::Scope;
use monitoring::interactive::{Shown, ShownOutcome};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::problem::{Problem, Refused};
use super::reply::Private;
use crate::access::{Access, Routes};
use crate::failure::Failure;
use crate::monitor::selection::Selection;
use crate::monitor::{Board, board::CONFIDENCE};
use crate::page::Page;

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    let scope = Access::Program(Scope::FiguresRead);
    routes
        .api("/api/v1/indicators", scope, list)
        .api("/api/v1/indicators/{id}/figures", scope, one)
}

/// All indicators.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Indicators {
    /// In the order of their numbers.
    indicators: Vec<IndicatorRow>,
}

/// An indicator.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IndicatorRow {
    /// Code, for asking for its figures.
    id: String,
    /// Version of the definition.
    version: u32,
    /// Dutch title.
    title: String,
    /// Dutch definition.
    definition: String,
}

/// The figures of an indicator for everybody or for a selection.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Figures {
    /// The indicator.
    indicator: IndicatorRow,
    /// Whether the records were invented for demonstration.
    is_invented: bool,
    /// Level of the intervals.
    confidence: f64,
    /// The figures.
    figures: Vec<FigureRow>,
}

/// One figure.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FigureRow {
    /// Code of the measure.
    measure: String,
    /// Months of follow-up; absent in the reference month.
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<u16>,
    /// Period and group as published, for figures of others.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// By what the group is told apart; absent for everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'static str>,
    /// Code of the group; absent for everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    /// In what the figure is expressed.
    #[schema(value_type = String)]
    unit: Value,
    /// `value`, `hidden` or `notComputed`.
    outcome: &'static str,
    /// Why there is no number, or what a reader must know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    reason: Option<Value>,
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    /// Lower end of the interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    lower: Option<f64>,
    /// Upper end of the interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<f64>,
    /// Units it is based on, rounded.
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<u64>,
    /// Step of the evidence ladder.
    evidence: &'static str,
}

/// `GET /api/v1/indicators`.
#[utoipa::path(
    get,
    path = "/api/v1/indicators",
    operation_id = "list_indicators",
    tag = "figures",
    summary = "List the indicators of the monitor",
    responses(
        (status = 200, description = "The indicators", body = Indicators, content_type = "application/json"),
    )
)]
pub(crate) async fn list(page: Page) -> Private<Indicators> {
    let board = page.site.monitor.board();
    let indicators = board.registry().indicators();
    Private(Indicators {
        indicators: indicators
            .iter()
            .filter_map(|one| row(&board, &one.code))
            .collect(),
    })
}

/// `GET /api/v1/indicators/{id}/figures`.
#[utoipa::path(
    get,
    path = "/api/v1/indicators/{id}/figures",
    operation_id = "list_figures",
    tag = "figures",
    summary = "Read the figures of an indicator as they are published",
    params(
        ("id" = String, Path, description = "Code of the indicator"),
        ("area" = Option<String>, Query, description = "Code of a municipality or region (CBS)"),
        ("cohort" = Option<String>, Query, description = "Year of the permit"),
        ("month" = Option<String>, Query, description = "Reference month, as in 2026-01; else the last of the records"),
    ),
    responses(
        (status = 200, description = "The figures", body = Figures, content_type = "application/json"),
        (status = 400, description = "A parameter is not right", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No indicator has this code", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn one(page: Page, Path(id): Path<String>) -> Result<Private<Figures>, Refused> {
    let board = page.site.monitor.board();
    let indicator = row(&board, &id).ok_or_else(|| Problem::not_found(&page))?;
    let selection = selection(&page, &board)?;
    let told = board.figures(&id, &selection).map_err(|error| {
        tracing::error!(%error, "cannot compute the figures of a selection");
        Failure::Unavailable
    })?;
    Ok(Private(Figures {
        indicator,
        is_invented: board.is_invented(),
        confidence: CONFIDENCE.level(),
        figures: told.iter().map(|told| figure(&told.shown)).collect(),
    }))
}

fn row(board: &Board, code: &str) -> Option<IndicatorRow> {
    let indicator = board.indicator(code)?;
    Some(IndicatorRow {
        id: indicator.code.clone(),
        version: indicator.version,
        title: indicator.title.dutch().to_owned(),
        definition: indicator.definition.dutch().to_owned(),
    })
}

/// What the parameters choose; a choice that the records do not offer is named.
fn selection(page: &Page, board: &Board) -> Result<Selection, Problem> {
    let on = match page.value("month") {
        None => None,
        Some(text) => {
            let month = text.parse().ok().filter(|on| board.months().contains(on));
            let unknown = || Problem::invalid(page, "month", "a month of the records");
            Some(month.ok_or_else(unknown)?)
        }
    };
    let area = page.value("area");
    if area
        .as_ref()
        .is_some_and(|area| board.municipalities_of(area).is_empty())
    {
        return Err(Problem::invalid(page, "area", "an area of the records"));
    }
    let cohort = page.value("cohort");
    if cohort
        .as_ref()
        .is_some_and(|cohort| !board.cohorts().contains(cohort))
    {
        return Err(Problem::invalid(page, "cohort", "a year of the records"));
    }
    Ok(Selection { on, area, cohort })
}

fn figure(shown: &Shown) -> FigureRow {
    let json = |value: serde_json::Result<Value>| value.unwrap_or_default();
    let group = shown.key.group.as_ref();
    let row = FigureRow {
        measure: shown.key.measure.clone(),
        months: shown.key.months,
        label: shown.key.label.clone(),
        by: group.map(|group| group.by.code()),
        group: group.map(|group| group.code.clone()),
        unit: json(serde_json::to_value(shown.unit)),
        outcome: "value",
        reason: None,
        value: None,
        lower: None,
        upper: None,
        n: None,
        evidence: shown.evidence.code(),
    };
    match &shown.outcome {
        ShownOutcome::Value(found) => FigureRow {
            reason: found.caution.clone().map(Value::from),
            value: Some(found.point),
            lower: found.interval.map(|range| range.lower),
            upper: found.interval.map(|range| range.upper),
            n: found.n,
            ..row
        },
        ShownOutcome::Hidden(hidden) => FigureRow {
            outcome: "hidden",
            reason: Some(json(serde_json::to_value(hidden))),
            ..row
        },
        ShownOutcome::NotComputed(reason) => FigureRow {
            outcome: "notComputed",
            reason: Some(Value::from(reason.clone())),
            ..row
        },
    }
}
