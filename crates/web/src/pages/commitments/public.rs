//! The promises that everybody may see: reviewed ones, without the internal side.

use application::obligations::PublicObligation;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use commitments::register::{State, Tie};
use commitments::wording;

use super::ties::Tied;
use super::{Choice, term, who};
use crate::failure::Failure;
use crate::page::{self, Page};

/// Promises on one page; searching leads to the others.
const MOST_SHOWN: usize = 200;

struct Shown {
    organisation: String,
    number: u32,
    ask: String,
    kind: &'static str,
    who: String,
    place: String,
    term: String,
    state: &'static str,
    is_done: bool,
    deferrals: usize,
    indicators: Vec<Tied>,
    proofs: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "pages/commitments/public.html")]
struct PublicPage {
    page: Page,
    text: String,
    organisations: Vec<Choice>,
    organisation: String,
    problem: Option<String>,
    shown: Vec<Shown>,
    n_found: usize,
}

pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let all = match &page.site.application {
        Some(application) => application.public_obligations().await?,
        None => Vec::new(),
    };
    let mut problem = None;
    let text = page.typed("zoek").unwrap_or_else(|_| {
        problem = Some(page.t("cm-refused-long"));
        None
    });
    let text = text.unwrap_or_default();
    let organisation = page.value("organisatie").unwrap_or_default();
    let mut organisations: Vec<&str> = all.iter().map(|one| one.organisation.as_str()).collect();
    organisations.dedup();
    let organisations = organisations
        .into_iter()
        .map(|name| Choice::new(name, name))
        .collect();
    let found: Vec<&PublicObligation> = all
        .iter()
        .filter(|one| organisation.is_empty() || one.organisation == organisation)
        .filter(|one| says(one, &text))
        .collect();
    let template = PublicPage {
        n_found: found.len(),
        shown: found
            .into_iter()
            .take(MOST_SHOWN)
            .map(|one| shown(&page, one))
            .collect(),
        text,
        organisations,
        organisation,
        problem,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

fn says(one: &PublicObligation, text: &str) -> bool {
    let all = format!(
        "{} {} {} {}",
        one.content.ask.words,
        who(&one.content),
        wording::place(&one.content),
        one.organisation
    );
    let all = all.to_lowercase();
    text.to_lowercase()
        .split_whitespace()
        .all(|word| all.contains(word))
}

fn shown(page: &Page, one: &PublicObligation) -> Shown {
    Shown {
        organisation: one.organisation.clone(),
        number: one.id.number(),
        ask: one.content.ask.words.clone(),
        kind: wording::kind(one.content.kind),
        who: who(&one.content),
        place: wording::place(&one.content),
        term: term(page, one.deadline.as_ref()),
        state: wording::state(one.state),
        is_done: matches!(one.state, State::Settled | State::ConfirmedByChamber),
        deferrals: one.deferrals,
        indicators: one
            .indicators
            .iter()
            .map(|code| Tied::of(page, &Tie::Indicator(code.clone())))
            .collect(),
        proofs: one.proofs.clone(),
    }
}
