//! The plan for integration and participation (PIP), and the terms of the law around it.

use application::{CaseAt, PlanPaper};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::{Code, LearningRoute, PlanBecause, PlanContent, PlanPart, PlanVersion};
use domain::language::Language;
use domain::moment::Moment;

use super::desk::{self, CasePage, Desk, Standing, Trouble};
use super::module;
use super::words::{self, Choice};
use crate::attachment::{PDF, attachment};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// Events whose day can be written down here, and those that have a name in the timeline.
pub(super) const EVENTS: [&str; 10] = [
    "permit_granted",
    "brp_registration",
    "notification",
    "intake_started",
    "lbt_done",
    module::TALK,
    "pvt_signed",
    "knm_passed",
    "language_passed",
    "route_changed",
];

/// Name of the drafts of the plan.
const DRAFT: &str = "plan";

/// A term of the law, in words.
struct Clock {
    name: String,
    state: String,
    class: &'static str,
    deadline: Option<String>,
    done: Option<String>,
    article: String,
    source: String,
    needs_check: bool,
}

/// A part of the open plan.
struct Part {
    field: String,
    name: String,
    text: String,
    n_statements: usize,
    instruments: Vec<String>,
}

/// A version of the plan.
struct Version {
    number: u32,
    title: String,
    state: String,
    route: Option<String>,
    fixed: Option<String>,
    parts: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "pages/guiding/plan.html")]
pub(super) struct PlanPage {
    page: Page,
    section: &'static str,
    desk: Desk,
    clocks: Vec<Clock>,
    /// The plan that is being written, its parts, and whether it was discussed.
    open: Option<(u32, bool)>,
    /// The language of the person, beside which a plan can be printed.
    beside: Option<Language>,
    has_pdf: bool,
    parts: Vec<Part>,
    route: String,
    versions: Vec<Version>,
    routes: Vec<Choice>,
    revisions: Vec<Choice>,
    events: Vec<Choice>,
}

impl CasePage for PlanPage {
    async fn change(page: &Page, id: &str, form: &Posted) -> Result<String, Trouble> {
        let at = desk::at(id, form)?;
        let (application, context) = desk::acting(page)?;
        match form.value("doe").as_deref() {
            Some("opstellen") => {
                application
                    .draft_plan(context, at, PlanBecause::First)
                    .await?;
            }
            Some("herzien") => {
                let because = desk::chosen(form, "waarom")?;
                application.draft_plan(context, at, because).await?;
            }
            Some("opslaan") => rewrite(page, at, form).await?,
            Some("bespreken") => {
                let (number, on) = (desk::number(form, "nummer")?, desk::day(form, "besproken")?);
                application.discuss_plan(context, at, number, on).await?;
            }
            Some("vaststellen") => {
                let (number, on) = (
                    desk::number(form, "nummer")?,
                    desk::day(form, "vastgesteld")?,
                );
                application.fix_plan(context, at, number, on).await?;
            }
            Some("datum") => {
                let event = desk::code(form, "gebeurtenis")?;
                let on = desk::day(form, "wanneer")?;
                application.set_event(context, at, event, Some(on)).await?;
            }
            _ => desk::undo(page, at, form).await?,
        }
        Ok(format!("/mensen/{id}/plan"))
    }

    fn draft(_page: &Page, desk: &Desk) -> Option<String> {
        desk.view.content.open_plan().map(|_| DRAFT.to_owned())
    }

    fn changed(desk: &Desk) -> Option<Moment> {
        desk.view.content.open_plan().map(|plan| plan.stamp.at)
    }

    fn standing(page: &Page, desk: &Desk) -> Vec<Standing> {
        let Some(plan) = desk.view.content.open_plan() else {
            return Vec::new();
        };
        let standing = |code: &str| Standing {
            field: field(code),
            name: words::name(page, "part", code),
            text: written(plan, code).to_owned(),
        };
        words::PARTS.into_iter().map(standing).collect()
    }

    async fn render(status: StatusCode, page: Page, desk: Desk) -> Result<Response, Failure> {
        let content = &desk.view.content;
        let open = content.open_plan();
        let parts = open.map_or_else(Vec::new, |plan| parts(&page, &desk, plan));
        let route = open
            .and_then(|plan| plan.content.route)
            .map_or("", LearningRoute::code);
        let done = content
            .plans()
            .iter()
            .rev()
            .filter(|plan| plan.fixed_on.is_some());
        // The closing talk has a page of its own, which says what it takes.
        let own_page = EVENTS.into_iter().filter(|event| *event != module::TALK);
        let template = PlanPage {
            section: "guiding-tab-plan",
            clocks: clocks(&page, &desk)?,
            open: open.map(|plan| (plan.number, plan.discussed_on.is_some())),
            beside: desk.own_language(),
            has_pdf: page.site.application()?.can_set_pdf(),
            parts,
            route: desk.typed_or("route", route),
            versions: done.map(|plan| version(&page, plan)).collect(),
            routes: words::choices(&page, "route", words::ROUTES),
            revisions: words::choices(&page, "because", words::REVISIONS),
            events: words::choices(&page, "event", own_page),
            desk,
            page,
        };
        let template = PlanPage {
            page: if template.open.is_some() {
                template.page.with_posted_form()
            } else {
                template.page
            },
            ..template
        };
        page::html(status, &template.page, &template)
    }
}

/// Writes the open plan anew; a part keeps what it rests on.
async fn rewrite(page: &Page, at: CaseAt, form: &Posted) -> Result<(), Trouble> {
    let number: u32 = desk::number(form, "nummer")?;
    let (application, context) = desk::acting(page)?;
    let before = application.read_case(context, at.case).await?;
    let known = before
        .content
        .open_plan()
        .filter(|plan| plan.number == number);
    let mut parts = Vec::new();
    for code in words::PARTS {
        let Some(text) = form.lines(&field(code)) else {
            continue;
        };
        let Some(topic) = words::read(code) else {
            continue;
        };
        let old = known.and_then(|plan| plan.content.parts.iter().find(|p| p.topic == topic));
        let text = domain::case::Note::new(&text)
            .map_err(|_| Trouble::Field("inhoud", "guiding-fault-long"))?;
        parts.push(PlanPart {
            topic,
            text,
            from_statements: old.map_or_else(Vec::new, |p| p.from_statements.clone()),
            instruments: old.map_or_else(Vec::new, |p| p.instruments.clone()),
        });
    }
    let route = form
        .value("route")
        .and_then(|code| LearningRoute::from_code(&code));
    let content = PlanContent { route, parts };
    application
        .change_plan(context, at, number, content)
        .await?;
    Ok(())
}

fn field(code: &str) -> String {
    format!("deel-{}", code.replace('_', "-"))
}

fn clocks(page: &Page, desk: &Desk) -> Result<Vec<Clock>, Failure> {
    let found = desk.view.guidance.clocks()?;
    let shown = found
        .iter()
        .filter(|c| !matches!(c.state.code(), "exempt" | "not_started"));
    let clock = shown.map(|clock| Clock {
        name: desk.words(page, "clock", clock.clock),
        state: desk.words(page, "state", clock.state.code()),
        class: match clock.state.code() {
            "late" => "wb-tag--late",
            "due" | "early" => "wb-tag--warn",
            _ => "",
        },
        deadline: clock.deadline.map(|on| words::day(page, on)),
        done: clock.done_on.map(|on| words::day(page, on)),
        article: clock.article.to_owned(),
        source: clock.source.to_owned(),
        needs_check: clock.needs_check,
    });
    Ok(clock.collect())
}

fn parts(page: &Page, desk: &Desk, plan: &PlanVersion) -> Vec<Part> {
    let part = |code: &str| {
        let found = plan
            .content
            .parts
            .iter()
            .find(|part| words::code(&part.topic) == code);
        let text = written(plan, code);
        let instrument = |code: &Code| desk.words(page, "instrument", code.as_str());
        Part {
            text: desk.typed_or(&field(code), text),
            name: words::name(page, "part", code),
            field: field(code),
            n_statements: found.map_or(0, |part| part.from_statements.len()),
            instruments: found
                .map_or_else(Vec::new, |p| p.instruments.iter().map(instrument).collect()),
        }
    };
    words::PARTS.into_iter().map(part).collect()
}

/// What stands in a part.
fn written<'a>(plan: &'a PlanVersion, code: &str) -> &'a str {
    let mut parts = plan.content.parts.iter();
    let found = parts.find(|part| words::code(&part.topic) == code);
    found.map_or("", |part| part.text.as_str())
}

fn version(page: &Page, plan: &PlanVersion) -> Version {
    let parts = plan.content.parts.iter();
    Version {
        number: plan.number,
        title: page.tn("guiding-plan-version", plan.version as usize),
        state: words::name(page, "plan-state", &words::code(&plan.state)),
        route: plan
            .content
            .route
            .map(|route| words::name(page, "route", route.code())),
        fixed: plan.fixed_on.map(|on| words::day(page, on)),
        parts: parts
            .map(|part| {
                let name = words::name(page, "part", &words::code(&part.topic));
                (name, part.text.as_str().to_owned())
            })
            .collect(),
    }
}

/// `GET /mensen/{id}/plan/{number}/pdf`: beside Dutch the language of the person, or with
/// `?alleen=nl` Dutch alone.
pub(super) async fn pdf(
    page: Page,
    Path((id, number)): Path<(String, u32)>,
) -> Result<Response, Failure> {
    let desk = Desk::open(&page, &id).await?;
    let paper = PlanPaper {
        plan: number,
        beside: desk
            .own_language()
            .filter(|_| page.value("alleen").is_none()),
    };
    let case = desk.view.at.case;
    let application = page.site.application()?;
    let file = application
        .plan_document(page.context()?, case, paper, &page.site.messages)
        .await?;
    Ok(attachment(file, PDF, "plan.pdf"))
}
