//! What stands in the way, and what is advised: decided by people, with the reason.

use application::{CaseAt, DecideAdvice};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::{AdviceDecision, BarrierSource, Choice as Decision, Code};

use super::desk::{self, CasePage, Desk, Trouble};
use super::words::{self, Choice};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// Most advised instruments that are shown; those after it are weaker by the order of advice.
const MOST_STEPS: usize = 12;

/// A barrier, in words.
struct Barrier {
    code: String,
    name: String,
    severity: String,
    said_by: String,
    /// Whether it stands in the file and can be resolved there.
    written: bool,
}

/// An advised instrument, in words.
struct Step {
    instrument: String,
    name: String,
    goal: String,
    helps: Vec<String>,
    evidence: String,
    cost: Option<String>,
    weeks: Option<usize>,
    article: String,
    source: String,
    needs_check: bool,
    ask: Vec<String>,
}

/// A decision, in words.
struct Decided {
    instrument: String,
    what: String,
    reason: Option<String>,
    note: String,
    when: String,
    by: String,
}

#[derive(Template)]
#[template(path = "pages/guiding/advice.html")]
pub(super) struct AdvicePage {
    page: Page,
    section: &'static str,
    desk: Desk,
    barriers: Vec<Barrier>,
    steps: Vec<Step>,
    decided: Vec<Decided>,
    reasons: Vec<Choice>,
    /// Every instrument, to change to.
    instruments: Vec<Choice>,
    known: Vec<Choice>,
    sources: Vec<Choice>,
    severities: Vec<Choice>,
}

impl CasePage for AdvicePage {
    async fn change(page: &Page, id: &str, form: &Posted) -> Result<String, Trouble> {
        let at = desk::at(id, form)?;
        let (application, context) = desk::acting(page)?;
        let today = application.today();
        match form.value("doe").as_deref() {
            Some("zoeken") => {
                application.diagnose_case(context, at).await?;
            }
            Some("noemen") => {
                let code = desk::code(form, "drempel")?;
                let severity: u8 = desk::number(form, "ernst")?;
                let source: BarrierSource = desk::chosen(form, "bron")?;
                application
                    .name_barrier(context, at, (code, severity, source), today)
                    .await?;
            }
            Some("opgelost") => {
                let code = desk::code(form, "drempel")?;
                application
                    .resolve_barrier(context, at, code, today)
                    .await?;
            }
            Some("besluit") => decide(page, at, form).await?,
            _ => desk::undo(page, at, form).await?,
        }
        Ok(format!("/mensen/{id}/advies"))
    }

    async fn render(status: StatusCode, page: Page, desk: Desk) -> Result<Response, Failure> {
        let guidance = &desk.view.guidance;
        let say = |group: &str, code: &str| desk.words(&page, group, code);
        let instruments = guidance.set().register.instruments().map(|found| Choice {
            name: say("instrument", &found.id),
            code: found.id.clone(),
        });
        let known = guidance
            .set()
            .taxonomy
            .iter()
            .filter(|b| !b.code.is_employers());
        let known = known.map(|barrier| Choice {
            code: barrier.code.to_string(),
            name: say("barrier", &barrier.code.to_string()),
        });
        let severities = ["1", "2", "3"].map(|n| Choice {
            code: n.to_owned(),
            name: say("severity", n),
        });
        let template = AdvicePage {
            section: "guiding-tab-advice",
            barriers: barriers(&page, &desk),
            steps: steps(&page, &desk),
            decided: desk
                .view
                .content
                .advice()
                .iter()
                .rev()
                .map(|d| decided(&page, &desk, d))
                .collect(),
            reasons: words::DECISIONS
                .iter()
                .map(|code| Choice {
                    code: (*code).to_owned(),
                    name: say("decision_reason", code),
                })
                .collect(),
            instruments: instruments.collect(),
            known: known.collect(),
            sources: words::choices(&page, "source", ["person", "klantmanager"]),
            severities: severities.into(),
            desk,
            page,
        };
        page::html(status, &template.page, &template)
    }
}

async fn decide(page: &Page, at: CaseAt, form: &Posted) -> Result<(), Trouble> {
    let choice = match form.value("besluit").as_deref() {
        Some("accept") => Decision::Accepted,
        Some("change") => Decision::Changed {
            instrument: desk::code(form, "ander")?,
            reason: desk::code(form, "reden")?,
        },
        _ => Decision::Rejected {
            reason: desk::code(form, "reden")?,
        },
    };
    let decision = DecideAdvice {
        instrument: desk::code(form, "instrument")?,
        choice,
        note: desk::optional_note(form, "toelichting")?,
    };
    let (application, context) = desk::acting(page)?;
    application.decide_advice(context, at, decision).await?;
    Ok(())
}

fn barriers(page: &Page, desk: &Desk) -> Vec<Barrier> {
    let written = desk.view.content.barriers();
    let found = desk.view.guidance.barriers();
    let open = found
        .iter()
        .filter(|diagnosis| diagnosis.resolved.is_none());
    let barrier = open.map(|diagnosis| {
        let code = diagnosis.code.to_string();
        Barrier {
            name: desk.words(page, "barrier", &code),
            severity: desk.words(page, "severity", &u8::from(diagnosis.severity).to_string()),
            said_by: page.t(&format!("guiding-source-{}", diagnosis.said_by.code())),
            written: written
                .iter()
                .any(|b| b.code.as_str() == code && b.resolved.is_none()),
            code,
        }
    });
    barrier.collect()
}

fn steps(page: &Page, desk: &Desk) -> Vec<Step> {
    let guidance = &desk.view.guidance;
    let say = |group: &str, code: &str| desk.words(page, group, code);
    let advice = guidance.advice(&[]);
    let last = |instrument: &str| {
        let mut all = desk.view.content.advice().iter().rev();
        all.any(|decision| decision.instrument.as_str() == instrument)
    };
    let steps = advice.steps.iter().filter(|step| !last(step.instrument));
    let steps = steps.take(MOST_STEPS).map(|step| Step {
        instrument: step.instrument.to_owned(),
        name: say("instrument", step.instrument),
        goal: say("goal", step.instrument),
        helps: step
            .reasons
            .iter()
            .map(|reason| say("barrier", &reason.barrier.to_string()))
            .collect(),
        evidence: say("evidence", step.evidence_level.code()),
        cost: step.cost.map(|cost| {
            let euros = format!("€ {}", cost.amount / 100);
            format!("{euros} {}", words::name(page, "per", &cost.unit))
        }),
        weeks: step.waiting_weeks.map(|weeks| weeks as usize),
        article: step.article.to_owned(),
        source: step.source.to_owned(),
        needs_check: step.needs_check,
        ask: step
            .ask
            .iter()
            .map(|fact| say("question", fact.name()))
            .collect(),
    });
    steps.collect()
}

fn decided(page: &Page, desk: &Desk, decision: &AdviceDecision) -> Decided {
    let say = |group: &str, code: &Code| desk.words(page, group, code.as_str());
    let word = |code: &str| desk.words(page, "decision", code);
    let (what, reason) = match &decision.choice {
        Decision::Accepted => (word("accept"), None),
        Decision::Changed { instrument, reason } => {
            let what = format!("{} {}", word("change"), say("instrument", instrument));
            (what, Some(say("decision_reason", reason)))
        }
        Decision::Rejected { reason } => (word("reject"), Some(say("decision_reason", reason))),
    };
    let note = decision.note.as_ref();
    Decided {
        instrument: say("instrument", &decision.instrument),
        what,
        reason,
        note: note.map_or_else(String::new, |note| note.as_str().to_owned()),
        when: page.moment(decision.stamp.at),
        by: desk.who(page, &decision.stamp.by),
    }
}
