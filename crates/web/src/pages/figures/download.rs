//! The figures of an indicator as a file with everything needed to use it: definition, source, for
//! whom, rules, and how to compute it again. Exactly the digits of the page.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use exchange::sheet::{Cell, Sheet, write_xlsx};
use monitoring::figure::Range;
use monitoring::indicator::Indicator;
use monitoring::interactive::{Shown, ShownOutcome};
use time::Date;

use super::overview::figures;
use super::state::State;
use crate::attachment::XLSX;
use crate::failure::Failure;
use crate::monitor::Board;
use crate::monitor::board::{POLICY, Told};
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
    let file = File::of(&page, &code)?;
    let mut head = String::new();
    for (name, text) in &file.about {
        head.push_str("# ");
        head.push_str(name);
        head.push_str(": ");
        head.push_str(&text.replace(['\n', '\r'], " "));
        head.push('\n');
    }
    let mut writer = csv::Writer::from_writer(head.into_bytes());
    let broken = |error: csv::Error| {
        tracing::error!(%error, "cannot write a table");
        Failure::Render
    };
    writer.write_record(COLUMNS).map_err(broken)?;
    for told in file.told.iter() {
        writer.write_record(record(&told.shown)).map_err(broken)?;
    }
    let bytes = writer.into_inner().map_err(|_| Failure::Render)?;
    answer(bytes, &code, "csv", "text/csv; charset=utf-8")
}

/// `GET /cijfers/{indicator}/cijfers.xlsx`: the same figures with numbers as numbers, and a second
/// sheet with what must be known about them.
pub(super) async fn xlsx(page: Page, Path(code): Path<String>) -> Result<Response, Failure> {
    let file = File::of(&page, &code)?;
    let header = COLUMNS.iter().map(|name| Cell::text(*name)).collect();
    let rows = file.told.iter().map(|told| cells(&told.shown));
    let about = file
        .about
        .iter()
        .map(|(name, text)| vec![Cell::text(*name), Cell::text(text.as_str())]);
    let sheets = [
        Sheet {
            name: "figures".to_owned(),
            rows: std::iter::once(header).chain(rows).collect(),
        },
        Sheet {
            name: "about".to_owned(),
            rows: about.collect(),
        },
    ];
    let bytes = write_xlsx(&sheets, file.made_on).map_err(|error| {
        tracing::error!(%error, "cannot write a workbook");
        Failure::Render
    })?;
    answer(bytes, &code, "xlsx", XLSX)
}

fn answer(
    bytes: Vec<u8>,
    code: &str,
    ending: &str,
    kind: &'static str,
) -> Result<Response, Failure> {
    let name = format!("attachment; filename=\"werkbrug-{code}.{ending}\"");
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (
            CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).map_err(|_| Failure::NotFound)?,
        ),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    Ok((headers, bytes).into_response())
}

/// What a download holds, whatever its form.
struct File {
    told: Arc<Vec<Told>>,
    /// What must be known about the figures.
    about: Vec<(&'static str, String)>,
    /// The day the figures are about, which stands for the day of the file: the same figures are
    /// the same bytes.
    made_on: Date,
}

impl File {
    fn of(page: &Page, code: &str) -> Result<File, Failure> {
        let board = page.site.monitor.board();
        let indicator = board.indicator(code).ok_or(Failure::NotFound)?;
        let state = State::read(page, &board);
        let on = state.selection.view(&board).map(|view| view.on.first_day());
        Ok(File {
            told: figures(&board, indicator, &state)?,
            about: about(&board, indicator, &state),
            made_on: on.unwrap_or(indicator.valid_from),
        })
    }
}

/// What must be known about the figures.
fn about(board: &Board, indicator: &Indicator, state: &State) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    if board.is_invented() {
        let text = "no figure on persons is about real people".to_owned();
        lines.push(("INVENTED DATA", text));
    }
    let texts = [
        ("Indicator", &indicator.title),
        ("Definition", &indicator.definition),
        ("Numerator", &indicator.numerator),
        ("Denominator", &indicator.denominator),
        ("Population", &indicator.population),
        ("Says", &indicator.says),
        ("Does not say", &indicator.says_not),
    ];
    lines.extend(texts.map(|(name, text)| (name, text.dutch().to_owned())));
    for source in &indicator.source {
        let url = source.url.as_deref().unwrap_or_default();
        lines.push(("Source", format!("{} {url}", source.title)));
    }
    for erratum in &indicator.erratum {
        lines.push((
            "Erratum",
            format!("{}: {} → {}", erratum.on, erratum.wrong, erratum.right),
        ));
    }
    if let Some(view) = state.selection.view(board) {
        lines.push(("Reference month", view.on.to_string()));
        lines.push(("Filter", view.filter.to_string()));
    }
    lines.push((
        "Rounding",
        format!(
            "Counts of persons are rounded to {} with cell keys; counts below {} are hidden; \
             shares follow from rounded counts.",
            POLICY.rounding_base(),
            POLICY.minimum_count()
        ),
    ));
    let digits = "Shares and differences are fractions; intervals are rounded outwards.";
    lines.push(("Digits", digits.to_owned()));
    for command in super::one::command(board, &indicator.code, state) {
        lines.push(("Command", command));
    }
    lines
}

/// A figure as a row of typed cells: what is a number in the table is one here.
fn cells(shown: &Shown) -> Vec<Cell> {
    const NUMBERS: [&str; 8] = [
        "version",
        "months",
        "value",
        "lower",
        "upper",
        "confidence",
        "numerator",
        "n",
    ];
    let cell = |(name, text): (&&str, String)| match text.parse() {
        Ok(number) if NUMBERS.contains(name) => Cell::number(Some(number)),
        _ => Cell::text(text),
    };
    COLUMNS.iter().zip(record(shown)).map(cell).collect()
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
