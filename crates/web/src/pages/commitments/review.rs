//! Reviewing a proposal: the source on one side, the fields with rule and certainty on the other.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use commitments::place::Confidence;
use commitments::record::{AskForm, Record, Standing};
use commitments::register::{ObligationId, Origin, Review};
use commitments::wording;

use super::fields::{Provenance, Values, Wrong, provenance};
use super::source_text::{Passage, Piece, pieces, window};
use super::{Choice, acting, board, number, problem, view};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// Bytes of the source that are shown around a record.
const AROUND: usize = 1200;

#[derive(Template)]
#[template(path = "pages/commitments/review.html")]
struct ReviewPage {
    page: Page,
    number: u32,
    version: i64,
    review: &'static str,
    source: Option<(String, String)>,
    pieces: Vec<Piece>,
    findings: Vec<String>,
    values: Values,
    kinds: Vec<Choice>,
    forms: Vec<Choice>,
    standings: Vec<Choice>,
    read: Vec<Provenance>,
    reason: String,
    problem: Option<(String, &'static str)>,
}

impl ReviewPage {
    /// Rule and certainty of a field, as a hint below its label; empty when nothing was read.
    fn hint(&self, field: &str) -> String {
        let mut own = self.read.iter().filter(|one| one.field == field);
        let Some(first) = own.next() else {
            return self.page.t("cm-not-read");
        };
        let least = own.map(|one| one.confidence).min();
        let sure = least.map_or(first.confidence, |least| least.min(first.confidence));
        let sure = sure.to_string();
        let arguments = [
            ("rule", language::messages::Argument::Text(&first.rule)),
            ("sure", language::messages::Argument::Text(&sure)),
        ];
        self.page.texts("cm-read-by", &arguments)
    }

    /// Whether a person must look at a field.
    fn is_doubtful(&self, field: &str) -> bool {
        self.read
            .iter()
            .any(|one| one.field == field && one.confidence < Confidence::LIKELY.value())
    }

    fn problem_text(&self) -> Option<String> {
        self.problem.as_ref().map(|(text, _)| text.clone())
    }

    fn problem_field(&self) -> &'static str {
        self.problem.as_ref().map_or("vraag", |(_, field)| field)
    }
}

pub(super) async fn show(page: Page, Path(text): Path<String>) -> Result<Response, Failure> {
    let id = number(&text)?;
    let values = Values::of(view(&page, id).await?.obligation.content());
    review_page(
        StatusCode::OK,
        page,
        id,
        Shown {
            values,
            ..Shown::default()
        },
    )
    .await
}

/// What the form shows.
#[derive(Default)]
struct Shown {
    values: Values,
    reason: String,
    version: Option<i64>,
    problem: Option<(String, &'static str)>,
}

pub(super) async fn receive(
    page: Page,
    Path(text): Path<String>,
    form: Posted,
) -> Result<Response, Failure> {
    let id = number(&text)?;
    let mut shown = Shown {
        values: Values::sent(&form),
        reason: form.value("reden").unwrap_or_default(),
        version: form
            .value("versie")
            .and_then(|version| version.parse().ok()),
        problem: None,
    };
    if page.changes_language() {
        return review_page(StatusCode::OK, page, id, shown).await;
    }
    let version = shown.version.ok_or(Failure::Malformed)?;
    let before = view(&page, id).await?;
    let (application, staff) = acting(&page)?;
    let (context, organisation) = (page.context()?, staff.organisation);
    let outcome = if form.value("besluit").as_deref() == Some("afwijzen") {
        application
            .dismiss_obligation(context, organisation, (id, version), &shown.reason)
            .await
            .map_err(|error| (error, "reden"))
    } else {
        let own = before.obligation.content();
        match shown.values.content(own, before.obligation.document_date()) {
            Err(Wrong(field)) => {
                shown.problem = Some((page.t("cm-field-wrong"), field));
                return review_page(StatusCode::BAD_REQUEST, page, id, shown).await;
            }
            Ok(content) => {
                let corrected = (content != *own).then_some(content);
                application
                    .accept_obligation(context, organisation, (id, version), corrected)
                    .await
                    .map_err(|error| (error, "vraag"))
            }
        }
    };
    match outcome {
        Ok(()) => Ok(Redirect::to(&next(&page, &before).await?).into_response()),
        Err((error, field)) => {
            shown.problem = Some((problem(&page, error)?, field));
            review_page(StatusCode::BAD_REQUEST, page, id, shown).await
        }
    }
}

/// The next proposal of the same document, or the document when all were looked at.
async fn next(
    page: &Page,
    done: &application::obligations::ObligationView,
) -> Result<String, Failure> {
    let Some(source) = done.source else {
        return Ok(format!("/toezeggingen/{}", done.obligation.id()));
    };
    let (application, staff) = acting(page)?;
    let all = application
        .obligations(page.context()?, staff.organisation)
        .await?;
    let waiting = all
        .iter()
        .find(|one| one.source == Some(source) && *one.obligation.review() == Review::Proposed);
    Ok(match waiting {
        Some(one) => format!("/toezeggingen/{}/nakijken", one.obligation.id()),
        None => format!("/toezeggingen/bron/{source}"),
    })
}

async fn review_page(
    status: StatusCode,
    page: Page,
    id: ObligationId,
    shown: Shown,
) -> Result<Response, Failure> {
    let found = view(&page, id).await?;
    let obligation = &found.obligation;
    let record = match obligation.origin() {
        Origin::Document { record, .. } => record.as_deref(),
        Origin::Chamber { .. } => None,
    };
    let read = record.map(provenance).unwrap_or_default();
    let mut pieces = Vec::new();
    let mut findings = Vec::new();
    let mut source = None;
    if let (Some(source_id), Some(record)) = (found.source, record) {
        let (application, staff) = acting(&page)?;
        let view = application
            .commitment_source(page.context()?, staff.organisation, source_id)
            .await?;
        pieces = marked(&page, &view.document.text, record, &read);
        findings = view
            .findings
            .iter()
            .filter(|finding| record.span.overlaps(finding.span))
            .map(wording::finding)
            .collect();
        source = Some((source_id.to_string(), view.document.name));
    }
    let template = ReviewPage {
        number: id.number(),
        version: shown.version.unwrap_or(found.version),
        review: wording::review(obligation.review()),
        source,
        pieces,
        findings,
        values: shown.values,
        kinds: board::kinds(),
        forms: AskForm::ALL
            .into_iter()
            .map(|form| {
                Choice::new(
                    form.code(),
                    if form == AskForm::Bare {
                        "–"
                    } else {
                        form.code()
                    },
                )
            })
            .collect(),
        standings: Standing::ALL
            .into_iter()
            .map(|standing| Choice::new(standing.code(), wording::standing(standing)))
            .collect(),
        read,
        reason: shown.reason,
        problem: shown.problem,
        page: page.with_posted_form(),
    };
    page::html(status, &template.page, &template)
}

/// The text around a record with its fields marked by name.
fn marked(page: &Page, text: &str, record: &Record, read: &[Provenance]) -> Vec<Piece> {
    let passages: Vec<Passage> = read
        .iter()
        .map(|one| Passage {
            span: one.span,
            label: page.t(&format!("cm-field-{}", one.field)),
            anchor: String::new(),
        })
        .collect();
    pieces(text, window(text, record.span, AROUND), &passages)
}
