//! My plan: the next step on top, what I do, what my klantmanager does, by when; ticking off.

use std::collections::BTreeSet;

use application::{AgreedPlan, OwnPlan, OwnStep, OwnStepKind, Tick};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::case::TaskOwner;
use domain::day::Day;
use domain::id::CaseId;
use domain::language::Language;

use super::permission::date;
use crate::attachment::{PDF, attachment};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Beside, Page};

/// A step in words.
struct Step {
    text: String,
    /// Language of the text, where it is not that of the page.
    language: Language,
    /// The same in the language beside that of the page.
    beside: Option<Beside>,
    due: Option<String>,
    is_late: bool,
    /// Number of a task that the person can tick.
    number: Option<u32>,
    icon: &'static str,
}

/// A part of the plan that was agreed.
struct Part {
    title: String,
    lines: Vec<String>,
    help: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/newcomer/plan.html")]
struct PlanPage {
    page: Page,
    case: String,
    /// Who guides.
    organisation: String,
    next: Option<Step>,
    mine: Vec<Step>,
    theirs: Vec<Step>,
    done: Vec<(u32, String, String)>,
    parts: Vec<Part>,
    agreed: Option<(String, Option<String>)>,
    /// Whether the agreed plan can be had as PDF.
    has_pdf: bool,
    /// The language that can stand beside Dutch in it.
    second: Option<Language>,
    has_plan: bool,
}

/// `GET /mijn/plan`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    let plan = app.own_plan(page.context()?, person).await?;
    let organisation = match &plan {
        Some(plan) => {
            let names = BTreeSet::from([plan.organisation]);
            let names = app.organisation_names(names).await?;
            names.into_values().next().unwrap_or_default()
        }
        None => String::new(),
    };
    let template = match plan {
        Some(plan) => told(page, &plan, organisation)?,
        None => PlanPage {
            page,
            case: String::new(),
            organisation,
            next: None,
            mine: Vec::new(),
            theirs: Vec::new(),
            done: Vec::new(),
            parts: Vec::new(),
            agreed: None,
            has_pdf: false,
            second: None,
            has_plan: false,
        },
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// `POST /mijn/plan`: a task is done, or not after all.
pub(super) async fn tick(page: Page, form: Posted) -> Result<Response, Failure> {
    let case = form.value("plan").and_then(|id| id.parse().ok());
    let number = form.value("stap").and_then(|text| text.parse().ok());
    let (Some(case), Some(number)) = (case, number) else {
        return Err(Failure::Malformed);
    };
    let case: CaseId = case;
    let tick = match form.value("klaar").as_deref() {
        Some("ja") => Tick::Done,
        Some("nee") => Tick::NotDone,
        _ => return Err(Failure::Malformed),
    };
    let app = super::application(&page)?;
    app.tick_own_task(page.context()?, case, number, tick)
        .await?;
    Ok(Redirect::to("/mijn/plan").into_response())
}

/// `GET /mijn/plan/pdf`: the plan that was agreed, in Dutch and beside it the person's language;
/// with `?alleen=1` in Dutch alone.
pub(super) async fn pdf(page: Page) -> Result<Response, Failure> {
    let person = super::acting(&page)?;
    let beside = second(&page).filter(|_| page.value("alleen").is_none());
    let file = super::application(&page)?
        .own_plan_document(page.context()?, person, beside, &page.site.messages)
        .await?;
    Ok(attachment(file, PDF, "plan.pdf"))
}

/// The language beside Dutch: that of the page, or the one beside it.
fn second(page: &Page) -> Option<Language> {
    let both = [Some(page.language), page.beside()];
    let mut both = both.into_iter().flatten();
    both.find(|language| *language != Language::NL)
}

/// The first step of the plan as the home page tells it.
pub(super) async fn first(page: &Page) -> Result<Option<String>, Failure> {
    let person = super::acting(page)?;
    let app = super::application(page)?;
    let Some(plan) = app.own_plan(page.context()?, person).await? else {
        return Ok(None);
    };
    let own = |step: &&OwnStep| step.who == TaskOwner::Person;
    let first = plan.steps.iter().find(own);
    first.map(|first| Ok(step(page, first)?.text)).transpose()
}

fn told(page: Page, plan: &OwnPlan, organisation: String) -> Result<PlanPage, Failure> {
    let of = |who: TaskOwner| -> Result<Vec<Step>, Failure> {
        let steps = plan.steps.iter().filter(|step| step.who == who);
        steps.map(|one| step(&page, one)).collect()
    };
    let mut mine = of(TaskOwner::Person)?;
    let next = (!mine.is_empty()).then(|| mine.remove(0));
    let theirs = of(TaskOwner::Klantmanager)?;
    let done = plan.done.iter().map(|(number, what, day)| {
        let day = page.tt("my-plan-done-on", "date", date(&page, *day));
        (*number, what.as_str().to_owned(), day)
    });
    let parts = match &plan.agreed {
        Some(agreed) => parts(&page, agreed)?,
        None => Vec::new(),
    };
    let agreed = plan.agreed.as_ref().map(|agreed| {
        let on = agreed.fixed_on.map_or_else(String::new, |day: Day| {
            page.tt("my-plan-fixed", "date", date(&page, day))
        });
        let route = agreed
            .route
            .map(|route| page.t(&format!("guiding-route-{}", route.code())));
        (on, route)
    });
    Ok(PlanPage {
        case: plan.case.to_string(),
        organisation,
        next,
        mine,
        theirs,
        done: done.collect(),
        parts,
        has_pdf: agreed.is_some() && super::application(&page)?.makes_pdf(),
        second: second(&page),
        agreed,
        has_plan: true,
        page,
    })
}

fn step(page: &Page, step: &OwnStep) -> Result<Step, Failure> {
    let set = super::application(page)?.guidance()?;
    let said = |key: &str| {
        let text = set.texts.get(key, page.language);
        text.map_or_else(
            || (String::new(), page.language),
            |text| (text.words.to_owned(), text.language),
        )
    };
    let ((text, language), number, icon) = match &step.kind {
        // Tasks stand in the words of whoever wrote them: Dutch.
        OwnStepKind::Task { number, what } => (
            (what.as_str().to_owned(), Language::NL),
            (step.who == TaskOwner::Person).then_some(*number),
            "todo",
        ),
        OwnStepKind::Term(code) => (said(&format!("clock.{code}")), None, "law"),
        OwnStepKind::Help(code) => {
            let key = format!("instrument.{}", code.as_str());
            (said(&key), None, "plus")
        }
        OwnStepKind::CheckIn { months } => {
            let text = page.tn("my-plan-check-in", *months as usize);
            ((text, page.language), None, "check")
        }
        OwnStepKind::Talk => (
            (page.t("my-plan-talk"), page.language),
            None,
            "sector-welfare",
        ),
    };
    let beside = page.beside().filter(|beside| *beside != language);
    let beside = match beside {
        // A task is only there in the words of whoever wrote it.
        Some(_) if language != page.language => None,
        Some(beside) => Some(self::step(&page.in_language(beside), step)?.text),
        None => None,
    };
    Ok(Step {
        beside: beside
            .zip(page.beside())
            .map(|(text, language)| Beside { text, language }),
        text,
        language,
        due: step
            .due
            .map(|due| page.tt("my-plan-by", "date", date(page, due))),
        is_late: step.is_late,
        number,
        icon,
    })
}

fn parts(page: &Page, agreed: &AgreedPlan) -> Result<Vec<Part>, Failure> {
    let set = super::application(page)?.guidance()?;
    let parts = agreed.parts.iter().map(|part| {
        let topic = serde_json::to_value(part.topic).unwrap_or_default();
        let topic = topic.as_str().unwrap_or_default().replace('_', "-");
        let help = part.instruments.iter().map(|code| {
            let key = format!("instrument.{}", code.as_str());
            set.texts.words(&key, page.language).to_owned()
        });
        Part {
            title: page.t(&format!("guiding-part-{topic}")),
            lines: part.text.as_str().lines().map(str::to_owned).collect(),
            help: help.collect(),
        }
    });
    Ok(parts.collect())
}
