//! One obligation: what it is, its history, and the forms that change it.

use application::ApplicationError;
use application::obligations::ExportForm;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use commitments::calendar::iso;
use commitments::deadline::Conventions;
use commitments::read::references::PaperReference;
use commitments::register::{
    CorrectedField, Erratum, Move, Obligation, ObligationId, Origin, Passage, Phase, Proof,
    Relation, RelationKind, Review, Tie, Transition, urgency,
};
use commitments::wording;

use super::moves::{Lacking, MoveValues, allowed};
use super::ties::{self, Tied};
use super::{Choice, acting, number, problem, term, who};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

struct Past {
    on: String,
    what: &'static str,
    detail: String,
    actor: String,
    document: String,
    quote: String,
}

struct Correction {
    field: &'static str,
    was: String,
    is: String,
    by: String,
    on: String,
}

struct Related {
    kind: &'static str,
    number: u32,
    ask: String,
    is_back: bool,
}

struct PhaseRow {
    name: String,
    paper: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/commitments/detail.html")]
struct DetailPage {
    page: Page,
    number: u32,
    version: i64,
    ask: String,
    facts: Vec<(&'static str, String, bool)>,
    is_proposed: bool,
    is_claimed: bool,
    quote: Option<String>,
    account: Option<String>,
    source: Option<(String, String)>,
    history: Vec<Past>,
    errata: Vec<Correction>,
    related: Vec<Related>,
    relations: Vec<Choice>,
    phases: Vec<PhaseRow>,
    ties: Vec<Tied>,
    /// What it is not tied to yet.
    tieable: Vec<Choice>,
    moves: Vec<(&'static str, &'static str)>,
    values: MoveValues,
    note_forms: Vec<ExportForm>,
    problem: Option<(String, &'static str)>,
}

impl DetailPage {
    fn problem_text(&self) -> Option<String> {
        self.problem.as_ref().map(|(text, _)| text.clone())
    }

    fn problem_field(&self) -> &'static str {
        self.problem.as_ref().map_or("stap", |(_, field)| field)
    }
}

pub(super) async fn show(page: Page, Path(text): Path<String>) -> Result<Response, Failure> {
    let id = number(&text)?;
    let values = MoveValues {
        on: iso(acting(&page)?.0.date_today()),
        ..MoveValues::default()
    };
    detail_page(StatusCode::OK, page, id, (values, None, None)).await
}

pub(super) async fn receive(
    page: Page,
    Path(text): Path<String>,
    form: Posted,
) -> Result<Response, Failure> {
    let id = number(&text)?;
    let values = MoveValues::sent(&form);
    let version = form
        .value("versie")
        .and_then(|version| version.parse().ok());
    if page.changes_language() {
        return detail_page(StatusCode::OK, page, id, (values, version, None)).await;
    }
    let key = (id, version.ok_or(Failure::Malformed)?);
    let wrong = match change(&page, key, &form, &values).await {
        Ok(()) => return Ok(Redirect::to(&format!("/toezeggingen/{id}")).into_response()),
        Err(Unchanged::Lacking(Lacking(key, field))) => (page.t(key), field),
        Err(Unchanged::Refused(error, field)) => (problem(&page, error)?, field),
        Err(Unchanged::Failed(failure)) => return Err(failure),
    };
    detail_page(
        StatusCode::BAD_REQUEST,
        page,
        id,
        (values, version, Some(wrong)),
    )
    .await
}

/// Why nothing was changed.
enum Unchanged {
    Lacking(Lacking),
    Refused(ApplicationError, &'static str),
    Failed(Failure),
}

async fn change(
    page: &Page,
    key: (ObligationId, i64),
    form: &Posted,
    values: &MoveValues,
) -> Result<(), Unchanged> {
    let (application, staff) = acting(page).map_err(Unchanged::Failed)?;
    let context = page.context().map_err(Unchanged::Failed)?;
    let organisation = staff.organisation;
    let refused = |field| move |error| Unchanged::Refused(error, field);
    match form.value("doe").as_deref() {
        Some("stap") => {
            let step = values.step().map_err(Unchanged::Lacking)?;
            application
                .move_obligation(context, organisation, key, step)
                .await
                .map(|_| ())
                .map_err(refused("stap"))
        }
        Some("relatie") => {
            let relation = relation(form).map_err(Unchanged::Lacking)?;
            application
                .relate_obligation(context, organisation, key, relation)
                .await
                .map_err(refused("naar"))
        }
        Some("fase") => {
            let phase = phase(form).map_err(Unchanged::Lacking)?;
            application
                .set_obligation_phase(context, organisation, key, phase)
                .await
                .map_err(refused("fase"))
        }
        Some("koppelen") => application
            .tie_obligation(context, organisation, key, &tie(form)?, &ties::known(page))
            .await
            .map_err(refused("koppeling")),
        Some("ontkoppelen") => application
            .untie_obligation(context, organisation, key, &tie(form)?)
            .await
            .map_err(refused("koppeling")),
        _ => Err(Unchanged::Failed(Failure::Malformed)),
    }
}

fn relation(form: &Posted) -> Result<Relation, Lacking> {
    let wrong = Lacking("cm-refused-relation", "naar");
    let kind = form.value("relatie").unwrap_or_default();
    let kind = RelationKind::ALL
        .into_iter()
        .find(|known| known.code() == kind)
        .ok_or(wrong)?;
    let to = form.value("naar").and_then(|number| number.parse().ok());
    Ok(Relation {
        kind,
        to: ObligationId::new(to.ok_or(wrong)?),
    })
}

fn tie(form: &Posted) -> Result<Tie, Unchanged> {
    let text = form.value("koppeling").unwrap_or_default();
    text.parse()
        .map_err(|_| Unchanged::Lacking(Lacking("cm-tie-unknown", "koppeling")))
}

fn phase(form: &Posted) -> Result<Phase, Lacking> {
    let name = form.value("fase").unwrap_or_default();
    let paper = form.value("fasestuk").unwrap_or_default();
    let quote = form.value("fasepassage").unwrap_or_default();
    if paper.is_empty() && quote.is_empty() {
        return Ok(Phase {
            name,
            finished: None,
        });
    }
    let wrong = Lacking("cm-needs-proof", "fasestuk");
    let reference: PaperReference = paper.parse().map_err(|_| wrong)?;
    let passage = Passage {
        document: paper,
        span: None,
        quote,
    };
    let proof = Proof::new(reference, passage).map_err(|_| wrong)?;
    Ok(Phase {
        name,
        finished: Some(proof),
    })
}

impl PhaseRow {
    fn of(phase: &Phase) -> PhaseRow {
        let proof = phase.finished.as_ref();
        PhaseRow {
            name: phase.name.clone(),
            paper: proof.map(|proof| proof.paper().to_string()),
        }
    }
}

/// Values of the form, the version they were made from, and what was wrong.
type Sent = (MoveValues, Option<i64>, Option<(String, &'static str)>);

async fn detail_page(
    status: StatusCode,
    page: Page,
    id: ObligationId,
    (values, version, problem): Sent,
) -> Result<Response, Failure> {
    let (application, staff) = acting(&page)?;
    let all = application
        .obligations(page.context()?, staff.organisation)
        .await?;
    let found = all
        .iter()
        .find(|one| one.obligation.id() == id)
        .ok_or(Failure::NotFound)?;
    let obligation = &found.obligation;
    let others: Vec<&Obligation> = all.iter().map(|one| &one.obligation).collect();
    let today = application.date_today();
    let (source, quote) = origin(obligation, found.source.map(|id| id.to_string()));
    let template = DetailPage {
        number: id.number(),
        version: version.unwrap_or(found.version),
        ask: obligation.content().ask.words.clone(),
        facts: facts(&page, obligation),
        is_proposed: *obligation.review() == Review::Proposed,
        is_claimed: obligation.is_claimed_without_proof(),
        quote,
        account: obligation.content().account.clone(),
        source,
        history: obligation
            .history()
            .iter()
            .map(|transition| past(&page, transition))
            .collect(),
        errata: obligation
            .errata()
            .iter()
            .map(|one| correction(&page, one))
            .collect(),
        related: related(obligation, &others),
        relations: RelationKind::ALL
            .into_iter()
            .map(|kind| Choice::new(kind.code(), wording::relation(kind)))
            .collect(),
        phases: obligation.phases().iter().map(PhaseRow::of).collect(),
        ties: obligation.ties().map(|tie| Tied::of(&page, &tie)).collect(),
        tieable: ties::known(&page)
            .into_iter()
            .filter(|tie| !obligation.is_tied_to(tie))
            .map(|tie| ties::choice(&page, &tie))
            .collect(),
        moves: allowed(obligation.state(), today),
        values,
        note_forms: ExportForm::ALL
            .into_iter()
            .filter(|form| form.is_prose())
            .filter(|form| *form != ExportForm::Pdf || application.can_set_pdf())
            .collect(),
        problem,
        page: page.with_posted_form(),
    };
    page::html(status, &template.page, &template)
}

/// The facts: key of the label, value, whether the value is Dutch.
fn facts(page: &Page, obligation: &Obligation) -> Vec<(&'static str, String, bool)> {
    let content = obligation.content();
    let owner = obligation.owner().map(|owner| match &owner.keeper {
        Some(keeper) => format!("{}, {keeper}", owner.directorate),
        None => owner.directorate.clone(),
    });
    let today = page
        .site
        .application()
        .ok()
        .map(application::Application::date_today);
    let pressing = today
        .and_then(|today| urgency(obligation, today, &Conventions::default()))
        .map(|pressing| super::urgency(page, pressing));
    let rows = [
        (
            "cm-field-soort",
            Some(wording::kind(content.kind).to_owned()),
            true,
        ),
        (
            "cm-state",
            Some(wording::state(obligation.state()).to_owned()),
            true,
        ),
        (
            "cm-review",
            Some(wording::review(obligation.review()).to_owned()),
            true,
        ),
        ("cm-field-leden", Some(who(content)), true),
        ("cm-place", Some(wording::place(content)), true),
        (
            "cm-field-termijn",
            Some(term(page, obligation.deadline())),
            true,
        ),
        ("cm-urgency", pressing, false),
        (
            "cm-deferrals",
            Some(page.number(obligation.deferrals())).filter(|_| obligation.deferrals() > 0),
            false,
        ),
        ("cm-owner", owner, true),
        (
            "cm-field-stand",
            Some(wording::standing(content.status.standing).to_owned()),
            true,
        ),
        (
            "cm-field-bijlagen",
            Some(content.attachments.join(", ")),
            true,
        ),
    ];
    rows.into_iter()
        .filter_map(|(key, value, is_dutch)| Some((key, value?, is_dutch)))
        .filter(|(_, value, _)| !value.is_empty())
        .collect()
}

/// The document with a link to it, and the words of the record.
fn origin(
    obligation: &Obligation,
    source: Option<String>,
) -> (Option<(String, String)>, Option<String>) {
    match obligation.origin() {
        Origin::Document { name, record, .. } => {
            let link = source
                .map(|id| format!("/toezeggingen/bron/{id}#nr-{}", obligation.id()))
                .unwrap_or_default();
            let quote = record
                .as_ref()
                .map(|record| record.status.value.words.clone())
                .filter(|words| !words.is_empty());
            (Some((link, name.clone())), quote)
        }
        Origin::Chamber { number, status, .. } => {
            let status = status.as_deref().unwrap_or("–");
            (
                Some((String::new(), format!("Tweede Kamer {number} ({status})"))),
                None,
            )
        }
    }
}

fn correction(page: &Page, erratum: &Erratum) -> Correction {
    let or_nothing = |text: &str| match text {
        "" => "–".to_owned(),
        text => text.to_owned(),
    };
    Correction {
        field: match erratum.field {
            CorrectedField::Kind => "cm-field-soort",
            CorrectedField::Members => "cm-field-leden",
            CorrectedField::Topic => "cm-field-onderwerp",
            CorrectedField::Ask => "cm-field-vraag",
            CorrectedField::Reference => "cm-field-kamerstuk",
            CorrectedField::Debate => "cm-field-debat",
            CorrectedField::Date => "cm-field-datum",
            CorrectedField::Deadline => "cm-field-termijn",
            CorrectedField::Account => "cm-field-verslag",
            CorrectedField::Status => "cm-field-stand",
            CorrectedField::Attachments => "cm-field-bijlagen",
            CorrectedField::Notes => "cm-source",
        },
        was: or_nothing(&erratum.was),
        is: or_nothing(&erratum.is),
        by: erratum.by.clone(),
        on: page.date(erratum.on),
    }
}

fn past(page: &Page, transition: &Transition) -> Past {
    let detail = match &transition.what {
        Move::Assign { owner } => owner.directorate.clone(),
        Move::Defer { until, reason, .. } => {
            format!("{}: {reason}", term(page, Some(until)))
        }
        Move::Report { proof } | Move::SettlePartly { proof } | Move::Settle { proof } => {
            format!("Kamerstuk {}", proof.paper())
        }
        Move::GiveUp { reason } | Move::Reopen { reason } => reason.clone(),
        _ => String::new(),
    };
    Past {
        on: page.date(transition.on),
        what: wording::made_move(&transition.what),
        detail,
        actor: transition.actor.clone(),
        document: transition.source.document.clone(),
        quote: transition.source.quote.clone(),
    }
}

/// Relations in both directions.
fn related(own: &Obligation, all: &[&Obligation]) -> Vec<Related> {
    let ask = |id: ObligationId| {
        all.iter()
            .find(|other| other.id() == id)
            .map(|other| other.content().ask.words.clone())
            .unwrap_or_default()
    };
    let there = own.relations().iter().map(|relation| Related {
        kind: wording::relation(relation.kind),
        number: relation.to.number(),
        ask: ask(relation.to),
        is_back: false,
    });
    let back = all.iter().flat_map(|other| {
        other
            .relations()
            .iter()
            .filter(|relation| relation.to == own.id())
            .map(|relation| Related {
                kind: wording::relation(relation.kind),
                number: other.id().number(),
                ask: other.content().ask.words.clone(),
                is_back: true,
            })
    });
    there.chain(back).collect()
}
