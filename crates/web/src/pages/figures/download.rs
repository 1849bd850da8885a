//! The figures of an indicator as a file with everything needed to use it: definition, source, for
//! whom, rules, and how to compute it again. Exactly the digits of the page.

use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use monitoring::figure::Range;
use monitoring::indicator::Indicator;
use monitoring::interactive::{Shown, ShownOutcome};

use super::overview::figures;
use super::state::State;
use crate::failure::Failure;
use crate::monitor::Board;
use crate::monitor::board::POLICY;
use crate::page::Page;

/// Names of the columns.
const COLUMNS: [&str; 17] = [
    "indicator",
    "version",
    "measure",
    "months",
    "label",
    "by",
    "group",
    "unit",
    "value",
    "lower",
    "upper",
    "confidence",
    "numerator",
    "n",
    "evidence",
    "outcome",
    "reason",
];

/// `GET /cijfers/{indicator}/cijfers.csv`.
pub(super) async fn csv(page: Page, Path(code): Path<String>) -> Result<Response, Failure> {
    let board = page.site.monitor.board();
    let indicator = board.indicator(&code).ok_or(Failure::NotFound)?;
    let state = State::read(&page, &board);
    let told = figures(&board, indicator, &state)?;
    let mut writer = csv::Writer::from_writer(head(&board, indicator, &state).into_bytes());
    let broken = |error: csv::Error| {
        tracing::error!(%error, "cannot write a table");
        Failure::Render
    };
    writer.write_record(COLUMNS).map_err(broken)?;
    for told in told.iter() {
        writer.write_record(record(&told.shown)).map_err(broken)?;
    }
    let bytes = writer.into_inner().map_err(|_| Failure::Render)?;
    let name = format!("attachment; filename=\"werkbrug-{code}.csv\"");
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (
            CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).map_err(|_| Failure::NotFound)?,
        ),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    Ok((headers, bytes).into_response())
}

/// What must be known about the figures, as comment lines before the table.
fn head(board: &Board, indicator: &Indicator, state: &State) -> String {
    let mut lines = Vec::new();
    if board.is_invented() {
        lines.push("INVENTED DATA: no figure on persons is about real people.".to_owned());
    }
    lines.push(format!("Indicator: {}", indicator.title.dutch()));
    lines.push(format!("Definition: {}", indicator.definition.dutch()));
    lines.push(format!("Numerator: {}", indicator.numerator.dutch()));
    lines.push(format!("Denominator: {}", indicator.denominator.dutch()));
    lines.push(format!("Population: {}", indicator.population.dutch()));
    lines.push(format!("Says: {}", indicator.says.dutch()));
    lines.push(format!("Does not say: {}", indicator.says_not.dutch()));
    for source in &indicator.source {
        let url = source.url.as_deref().unwrap_or_default();
        lines.push(format!("Source: {} {url}", source.title));
    }
    if let Some(view) = state.selection.view(board) {
        lines.push(format!("Reference month: {}", view.on));
        lines.push(format!("Filter: {}", view.filter));
    }
    lines.push(format!(
        "Counts of persons are rounded to {} with cell keys; counts below {} are hidden; shares follow from rounded counts.",
        POLICY.rounding_base(),
        POLICY.minimum_count()
    ));
    lines.push("Shares and differences are fractions; intervals are rounded outwards.".to_owned());
    for command in super::one::command(board, &indicator.code, state) {
        lines.push(format!("Command: {command}"));
    }
    let mut text = String::new();
    for line in lines {
        text.push_str("# ");
        text.push_str(&line.replace(['\n', '\r'], " "));
        text.push('\n');
    }
    text
}

/// A figure as a line of the table.
pub(super) fn record(shown: &Shown) -> [String; 17] {
    let word = |value: serde_json::Result<serde_json::Value>| {
        let value = value.ok();
        let text = value.as_ref().and_then(serde_json::Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let number = |number: f64| format!("{number}");
    let (mut value, mut lower, mut upper) = (String::new(), String::new(), String::new());
    let (mut numerator, mut n) = (String::new(), String::new());
    let (outcome, reason) = match &shown.outcome {
        ShownOutcome::Value(found) => {
            value = number(found.point);
            if let Some(Range {
                lower: from,
                upper: to,
            }) = found.interval
            {
                (lower, upper) = (number(from), number(to));
            }
            let count = |count: Option<u64>| count.map_or(String::new(), |c| c.to_string());
            (numerator, n) = (count(found.numerator), count(found.n));
            ("value", found.caution.clone().unwrap_or_default())
        }
        ShownOutcome::Hidden(hidden) => ("hidden", word(serde_json::to_value(hidden))),
        ShownOutcome::NotComputed(reason) => ("not_computed", reason.clone()),
    };
    let key = &shown.key;
    let group = key.group.as_ref();
    [
        key.indicator.clone(),
        key.version.to_string(),
        key.measure.clone(),
        key.months
            .map_or(String::new(), |months| months.to_string()),
        key.label.clone().unwrap_or_default(),
        group
            .map_or("everybody", |group| group.by.code())
            .to_owned(),
        group.map_or("total", |group| &group.code).to_owned(),
        word(serde_json::to_value(shown.unit)),
        value,
        lower,
        upper,
        "0.95".to_owned(),
        numerator,
        n,
        shown.evidence.code().to_owned(),
        outcome.to_owned(),
        reason,
    ]
}
