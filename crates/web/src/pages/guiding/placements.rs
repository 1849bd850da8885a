//! Placements with their conditions, and how it goes after 1, 3, 6, 12 and 24 months.

use application::CaseAt;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::{Code, NewPlacement, Placement};
use domain::level::Nlqf;
use domain::profile::Profile;
use domain::work_level::{WorkLevel, work_level};

use super::desk::{self, CasePage, Desk, Trouble};
use super::words::{self, Choice};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// Conditions that rules ask about, with yes or no as answer; the words are questions of the
/// guidance.
const CONDITIONS: [&str; 7] = [
    "pays_wage",
    "intent_declared",
    "worked_there_before",
    "displaces_staff",
    "learning_goal",
    "non_profit",
    "enrolled",
];

/// Length of the contract intended after a trial, in months.
const INTENT: &str = "intent_months";

/// A check-in, in words.
struct CheckIn {
    months: u32,
    name: String,
    due: String,
    done: Option<String>,
    outcome: Option<String>,
    note: String,
}

/// A placement, in words.
struct Place {
    number: u32,
    kind: String,
    employer: String,
    from: String,
    until: Option<String>,
    hours: u8,
    /// Work group in words, and how it stands to the education.
    group: Option<String>,
    level: Option<(WorkLevel, String)>,
    rule: Option<String>,
    ended: Option<String>,
    aftercare: String,
    check_ins: Vec<CheckIn>,
}

/// A condition to fill in.
struct Condition {
    field: String,
    question: String,
    value: String,
}

#[derive(Template)]
#[template(path = "pages/guiding/placements.html")]
pub(super) struct PlacementsPage {
    page: Page,
    section: &'static str,
    desk: Desk,
    places: Vec<Place>,
    conditions: Vec<Condition>,
    intent: String,
    kinds: Vec<Choice>,
    answers: Vec<Choice>,
    outcomes: Vec<Choice>,
    ends: Vec<Choice>,
    groups: Vec<Choice>,
}

impl CasePage for PlacementsPage {
    async fn change(page: &Page, id: &str, form: &Posted) -> Result<String, Trouble> {
        let at = desk::at(id, form)?;
        let (application, context) = desk::acting(page)?;
        match form.value("doe").as_deref() {
            Some("plaatsen") => place(page, at, form).await?,
            Some("nazorg") => {
                let which = (
                    desk::number(form, "plaatsing")?,
                    desk::number(form, "maanden")?,
                );
                let found = (
                    desk::day(form, "dag")?,
                    desk::chosen(form, "uitkomst")?,
                    desk::optional_note(form, "verslag")?,
                );
                application
                    .record_check_in(context, at, which, found)
                    .await?;
            }
            Some("einde") => {
                let number = desk::number(form, "plaatsing")?;
                let end = (desk::day(form, "dag")?, desk::chosen(form, "reden")?);
                application.end_placement(context, at, number, end).await?;
            }
            _ => desk::undo(page, at, form).await?,
        }
        Ok(format!("/mensen/{id}/plaatsing"))
    }

    async fn render(status: StatusCode, page: Page, desk: Desk) -> Result<Response, Failure> {
        let condition = |fact: &str| Condition {
            question: desk.words(&page, "question", fact),
            value: desk.typed(&field(fact)),
            field: field(fact),
        };
        let (application, context) = (page.site.application()?, page.context()?);
        let profile = application.read_profile(context, desk.view.person).await?;
        let education = education(&profile.profile);
        let template = PlacementsPage {
            section: "guiding-tab-placement",
            places: desk
                .view
                .content
                .placements()
                .iter()
                .rev()
                .map(|p| one(&page, &desk, p, education))
                .collect(),
            conditions: CONDITIONS.into_iter().map(condition).collect(),
            intent: desk.words(&page, "question", INTENT),
            kinds: words::choices(&page, "kind", words::KINDS),
            answers: words::choices(&page, "answer", ["yes", "no"]),
            outcomes: words::choices(&page, "outcome", words::OUTCOMES),
            ends: words::choices(&page, "end", words::ENDS),
            groups: words::choices(&page, "isco", words::WORK_GROUPS),
            desk,
            page: page.with_posted_form(),
        };
        page::html(status, &template.page, &template)
    }
}

async fn place(page: &Page, at: CaseAt, form: &Posted) -> Result<(), Trouble> {
    let mut conditions = Vec::new();
    for fact in CONDITIONS.into_iter().chain([INTENT]) {
        if let Some(value) = form.value(&field(fact)) {
            conditions.push((Code::new(fact)?, Code::new(&value)?));
        }
    }
    let placement = NewPlacement {
        kind: desk::chosen(form, "soort")?,
        employer: desk::note(form, "werkgever")?,
        from: desk::day(form, "begin")?,
        until: desk::optional_day(form, "tot")?,
        hours_per_week: desk::number(form, "uren")?,
        work_group: form.value("groep").and_then(|code| code.parse().ok()),
        conditions,
        aftercare: desk::optional_note(form, "afspraken")?,
    };
    let (application, context) = desk::acting(page)?;
    application.start_placement(context, at, placement).await?;
    Ok(())
}

fn field(fact: &str) -> String {
    format!("eis-{}", fact.replace('_', "-"))
}

/// The highest finished education, at the level that it has or is thought to have here.
fn education(profile: &Profile) -> Option<Nlqf> {
    let finished = profile.school.iter().filter(|school| school.is_finished);
    finished.filter_map(|school| school.level.nlqf()).max()
}

fn one(page: &Page, desk: &Desk, placement: &Placement, education: Option<Nlqf>) -> Place {
    let check_in = placement.check_ins.iter().map(|check_in| CheckIn {
        months: check_in.months,
        name: page.tn("guiding-next-check-in", check_in.months as usize),
        due: words::day(page, check_in.due),
        done: check_in.done.map(|on| words::day(page, on)),
        outcome: check_in
            .outcome
            .map(|o| words::name(page, "outcome", &words::code(&o))),
        note: check_in
            .note
            .as_ref()
            .map_or_else(String::new, |n| n.as_str().to_owned()),
    });
    let level = placement
        .work_group
        .zip(education)
        .and_then(|(work, education)| work_level(education, work));
    let ended = placement.ended.map(|on| {
        let why = placement
            .end_reason
            .map(|r| words::name(page, "end", &words::code(&r)));
        format!("{}, {}", words::day(page, on), why.unwrap_or_default())
    });
    Place {
        number: placement.number,
        kind: words::name(page, "kind", &words::code(&placement.kind)),
        employer: placement.employer.as_str().to_owned(),
        from: words::day(page, placement.from),
        until: placement.until.map(|on| words::day(page, on)),
        hours: placement.hours_per_week,
        group: placement
            .work_group
            .map(|work| words::name(page, "isco", &work.major().number().to_string())),
        level: level.map(|level| (level, words::name(page, "level", &words::code(&level)))),
        rule: placement
            .rule
            .as_ref()
            .map(|rule| rule_text(page, desk, rule.as_str())),
        ended,
        aftercare: placement
            .aftercare
            .as_ref()
            .map_or_else(String::new, |n| n.as_str().to_owned()),
        check_ins: check_in.collect(),
    }
}

/// What the rule says that allowed a placement; its code when the set does not know it any more.
fn rule_text(page: &Page, desk: &Desk, id: &str) -> String {
    let rules = &desk.view.guidance.set().rules;
    let found = rules.iter().find(|(_, rule)| rule.id == id);
    found.map_or_else(
        || id.to_owned(),
        |(_, rule)| desk.words(page, "placement", &rule.explanation),
    )
}
