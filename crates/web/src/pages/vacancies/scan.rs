//! The scan of a work floor: ten items, a plan with measures for what stands in the way, and the
//! help that there is.
//!
//! Nothing is about a person, so the answers stand in the address: a plan can be kept and printed.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use guidance::barrier::BarrierCode;
use guidance::facts::Facts;
use guidance::scan::{Colour, FloorPlan, Measure, Scan};

use crate::failure::Failure;
use crate::page::{self, Page};

/// Instruments that are shown; those after them are weaker by the order of advice.
const MOST_HELP: usize = 6;

/// An item with what was answered.
struct Item {
    field: String,
    name: String,
    answer: Option<Colour>,
}

impl Item {
    fn is(&self, colour: &Colour) -> bool {
        self.answer == Some(*colour)
    }
}

/// A measure, in words.
struct Step {
    name: String,
    helps: String,
    who: String,
    /// When, before or after the first working day.
    when: String,
    source: String,
    article: String,
    needs_check: bool,
}

/// Help for the employer, in words.
struct Help {
    name: String,
    goal: String,
    source: String,
    article: String,
    needs_check: bool,
}

struct Plan {
    steps: Vec<Step>,
    help: Vec<Help>,
    n_unknown: usize,
}

#[derive(Template)]
#[template(path = "pages/vacancies/scan.html")]
struct ScanPage {
    page: Page,
    items: Vec<Item>,
    colours: [(Colour, String); 3],
    plan: Option<Plan>,
}

/// `GET /werkvloer`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let application = page.site.application()?;
    let set = application.guidance()?;
    let say = |key: String| set.texts.words(&key, page.language).to_owned();
    let codes: Vec<BarrierCode> = (1..=10)
        .filter_map(|number| format!("W{number}").parse().ok())
        .collect();
    let mut answers = BTreeMap::new();
    let mut items = Vec::new();
    for code in codes {
        let field = code.to_string();
        let answer = page.value(&field);
        let answer = Colour::ALL
            .into_iter()
            .find(|colour| answer.as_deref() == Some(colour.code()));
        items.push(Item {
            name: say(format!("barrier.{code}")),
            field,
            answer,
        });
        answers.extend(answer.map(|colour| (code, colour)));
    }
    let scan = Scan {
        item: answers,
        facts: BTreeMap::new(),
    };
    let plan = if scan.item.is_empty() {
        None
    } else {
        let found = set
            .measures
            .plan(&set.register, &scan, &Facts::none(), application.today())
            .map_err(|_| Failure::Malformed)?;
        Some(plan(&page, &found, &say))
    };
    let template = ScanPage {
        items,
        colours: Colour::ALL.map(|colour| (colour, say(format!("colour.{}", colour.code())))),
        plan,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

fn plan(page: &Page, found: &FloorPlan<'_>, say: &impl Fn(String) -> String) -> Plan {
    let step = |measure: &&Measure| Step {
        name: say(format!("measure.{}", measure.id)),
        helps: say(format!("barrier.{}", measure.barrier)),
        who: say(format!("party.{}", measure.who.code())),
        when: when(page, measure.by_day),
        source: measure.provenance.source.clone(),
        article: measure.provenance.article.clone(),
        needs_check: !measure.provenance.verified,
    };
    let help = found.advice.steps.iter().take(MOST_HELP).map(|step| Help {
        name: say(format!("instrument.{}", step.instrument)),
        goal: say(format!("goal.{}", step.instrument)),
        source: step.source.to_owned(),
        article: step.article.to_owned(),
        needs_check: step.needs_check,
    });
    Plan {
        steps: found.measures.iter().map(step).collect(),
        help: help.collect(),
        n_unknown: found.unknown.len(),
    }
}

fn when(page: &Page, by_day: i32) -> String {
    let key = if by_day < 0 {
        "employer-scan-before"
    } else {
        "employer-scan-after"
    };
    page.tn(key, by_day.unsigned_abs() as usize)
}
