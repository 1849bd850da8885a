//! The deadline board: what is late, what comes soon, who waits for whom, on any date.

use application::obligations::{ExportForm, SourceSummary};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use commitments::calendar::{iso, parse_iso};
use commitments::deadline::Conventions;
use commitments::record::Kind;
use commitments::register::{
    Obligation, Register, Review, Selected, Selection, State, Tie, Turn, Urgency, Which, select,
    waiting,
};
use commitments::wording;
use time::Date;

use super::{Choice, acting, term, ties, urgency, who};
use crate::failure::Failure;
use crate::page::{self, Page};

/// Rows on one page; filters lead to the others.
const MOST_ROWS: usize = 200;

struct Row {
    number: u32,
    ask: String,
    kind: &'static str,
    who: String,
    term: String,
    urgency: Option<String>,
    is_late: bool,
    state: &'static str,
    owner: String,
    deferrals: usize,
    is_proposed: bool,
    is_claimed: bool,
}

struct WaitingRow {
    who: String,
    turn: String,
    count: usize,
    late: usize,
}

#[derive(Template)]
#[template(path = "pages/commitments/board.html")]
struct BoardPage {
    page: Page,
    on: Date,
    choices: Vec<(String, String, usize)>,
    current: &'static str,
    states: Vec<Choice>,
    state: String,
    kinds: Vec<Choice>,
    kind: String,
    owners: Vec<Choice>,
    owner: String,
    ties: Vec<Choice>,
    tie: String,
    text: String,
    problem: Option<String>,
    rows: Vec<Row>,
    n_found: usize,
    waiting: Vec<WaitingRow>,
    sources: Vec<SourceSummary>,
    forms: Vec<ExportForm>,
    /// Those that can also hold the overview as a table.
    table_forms: Vec<ExportForm>,
    /// The filters as they stand, for links.
    query: String,
}

/// What the address asks for: the date, the selection, and what was wrong with it.
pub(super) fn asked(page: &Page, today: Date) -> (Date, Selection, Option<String>) {
    let mut problem = None;
    let on = match page.value("op").map(|text| parse_iso(&text)) {
        None => today,
        Some(Ok(day)) => day,
        Some(Err(_)) => {
            problem = Some(page.t("cm-date-wrong"));
            today
        }
    };
    let word = page.value("welke");
    let text = page.typed("zoek").unwrap_or_else(|_| {
        problem = Some(page.t("cm-refused-long"));
        None
    });
    let selection = Selection {
        which: Which::ALL
            .into_iter()
            .find(|which| Some(which.code()) == word.as_deref())
            .unwrap_or_default(),
        state: page
            .value("stand")
            .and_then(|code| State::ALL.into_iter().find(|state| state.code() == code)),
        kind: page
            .value("soort")
            .and_then(|code| Kind::ALL.into_iter().find(|kind| kind.code() == code)),
        owner: page.value("directie"),
        tie: page.value("koppeling").and_then(|code| code.parse().ok()),
        text,
    };
    (on, selection, problem)
}

pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let (application, staff) = acting(&page)?;
    let (on, selection, problem) = asked(&page, application.date_today());
    let context = page.context()?;
    let views = application.obligations(context, staff.organisation).await?;
    let sources = application
        .commitment_sources(context, staff.organisation)
        .await?;
    let forms: Vec<ExportForm> = ExportForm::ALL
        .into_iter()
        .filter(|form| *form != ExportForm::Pdf || application.can_set_pdf())
        .collect();
    let table_forms = forms.iter().copied().filter(|form| form.is_prose());
    let register = Register::of(views.into_iter().map(|view| view.obligation).collect());
    let choices = choices(&page, &register, on);
    let found = select(&register, on, &Conventions::default(), &selection);
    let template = BoardPage {
        on,
        choices,
        current: selection.which.code(),
        states: State::ALL
            .into_iter()
            .map(|state| Choice::new(state.code(), wording::state(state)))
            .collect(),
        state: selection.state.map_or("", State::code).to_owned(),
        kinds: kinds(),
        kind: selection.kind.map_or("", Kind::code).to_owned(),
        owners: owners(&register),
        owner: selection.owner.clone().unwrap_or_default(),
        ties: used_ties(&page, &register),
        tie: selection
            .tie
            .as_ref()
            .map(Tie::to_string)
            .unwrap_or_default(),
        text: selection.text.clone().unwrap_or_default(),
        problem,
        n_found: found.len(),
        rows: found
            .iter()
            .take(MOST_ROWS)
            .map(|selected| row(&page, selected))
            .collect(),
        waiting: waiting_rows(&page, &register, on),
        sources,
        table_forms: table_forms.collect(),
        forms,
        query: query(on, &selection),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// The choices with how many each has: code, name, count.
fn choices(page: &Page, register: &Register, on: Date) -> Vec<(String, String, usize)> {
    Which::ALL
        .into_iter()
        .map(|which| {
            let only = Selection {
                which,
                ..Selection::default()
            };
            let n = select(register, on, &Conventions::default(), &only).len();
            let name = page.t(&format!("cm-which-{}", which.code()));
            (which.code().to_owned(), name, n)
        })
        .collect()
}

fn waiting_rows(page: &Page, register: &Register, on: Date) -> Vec<WaitingRow> {
    waiting(register, on, &Conventions::default())
        .into_iter()
        .map(|one| WaitingRow {
            who: one.who.join(", "),
            turn: match one.turn {
                Turn::Nobody => page.t("cm-turn-nobody"),
                Turn::Directorate(name) => name,
                Turn::Minister => page.t("cm-turn-minister"),
                Turn::Chamber => page.t("cm-turn-chamber"),
            },
            count: one.count,
            late: one.late,
        })
        .collect()
}

fn row(page: &Page, selected: &Selected<'_>) -> Row {
    let obligation = &selected.obligation;
    let content = obligation.content();
    Row {
        number: obligation.id().number(),
        ask: content.ask.words.clone(),
        kind: wording::kind(content.kind),
        who: who(content),
        term: term(page, obligation.deadline()),
        urgency: selected.urgency.map(|pressing| urgency(page, pressing)),
        is_late: matches!(selected.urgency, Some(Urgency::Late { .. })),
        state: wording::state(obligation.state()),
        owner: obligation
            .owner()
            .map(|owner| owner.directorate.clone())
            .unwrap_or_default(),
        deferrals: obligation.deferrals(),
        is_proposed: *obligation.review() == Review::Proposed,
        is_claimed: obligation.is_claimed_without_proof(),
    }
}

/// All kinds with their Dutch names.
pub(super) fn kinds() -> Vec<Choice> {
    Kind::ALL
        .into_iter()
        .map(|kind| Choice::new(kind.code(), wording::kind(kind)))
        .collect()
}

fn owners(register: &Register) -> Vec<Choice> {
    let mut names: Vec<&str> = register
        .obligations()
        .filter_map(|obligation| Some(obligation.owner()?.directorate.as_str()))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .map(|name| Choice::new(name, name))
        .collect()
}

/// The indicators and actions that something is tied to.
fn used_ties(page: &Page, register: &Register) -> Vec<Choice> {
    let mut used: Vec<Tie> = register.obligations().flat_map(Obligation::ties).collect();
    used.sort();
    used.dedup();
    used.iter().map(|tie| ties::choice(page, tie)).collect()
}

/// The filters as parameters of an address, for the links to files.
fn query(on: Date, selection: &Selection) -> String {
    let mut out = format!("op={}&welke={}", iso(on), selection.which.code());
    let mut add = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            out.push_str(&format!("&{name}={}", escaped(value)));
        }
    };
    add("stand", selection.state.map(State::code));
    add("soort", selection.kind.map(Kind::code));
    add("directie", selection.owner.as_deref());
    let tie = selection.tie.as_ref().map(Tie::to_string);
    add("koppeling", tie.as_deref());
    add("zoek", selection.text.as_deref());
    out
}

/// A text as a value in an address.
fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
