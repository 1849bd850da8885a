//! Step 3: what somebody must be able to do, when, and how much it matters.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::demand::{Importance, Moment};
use domain::text::ConceptUri;
use domain::vacancy::{MOST_DEMANDED_SKILLS, SkillDemand, Vacancy};
use taxonomy::ConceptId;

use super::cost::{self, Costs};
use super::draft::{self, Problem, Step};
use super::work::suggestion;
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};
use crate::reading::{Named, Reader};
use crate::search::{Wanted, search};

/// Most skills suggested from the text, and of the occupation.
const N_SUGGESTED: usize = 10;

/// Most skills found with a word.
const N_FOUND: usize = 5;

/// Below this number of skills from the text, those of the occupation are taken as demanded, too.
const FEW: usize = 3;

/// What is said about one skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Start,
    Learn,
    Nice,
    No,
}

impl Choice {
    const ALL: [Choice; 4] = [Choice::Start, Choice::Learn, Choice::Nice, Choice::No];

    fn code(self) -> &'static str {
        match self {
            Choice::Start => "start",
            Choice::Learn => "leren",
            Choice::Nice => "mooi",
            Choice::No => "niet",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Choice::Start => "employer-skill-start",
            Choice::Learn => "employer-skill-learn",
            Choice::Nice => "employer-skill-nice",
            Choice::No => "employer-skill-no",
        }
    }

    fn of(demand: &SkillDemand) -> Choice {
        match (demand.importance, demand.moment) {
            (Importance::Optional, _) => Choice::Nice,
            (_, Moment::LearnedHere) => Choice::Learn,
            (_, Moment::AtStart) => Choice::Start,
        }
    }
}

/// Whether the work cannot be done without the skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    Essential,
    Important,
}

struct Row {
    skill: ConceptId,
    named: Named,
    choice: Choice,
    weight: Weight,
}

impl Row {
    fn is(&self, choice: &Choice) -> bool {
        self.choice == *choice
    }

    fn is_essential(&self) -> bool {
        self.weight == Weight::Essential
    }
}

#[derive(Template)]
#[template(path = "pages/vacancies/skills.html")]
struct SkillsPage {
    page: Page,
    step: Step,
    rows: Vec<Row>,
    choices: [Choice; 4],
    query: String,
    is_nothing_found: bool,
    costs: Option<Costs>,
}

/// `GET /vacatures/{id}/vaardigheden`.
pub(super) async fn show(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let view = draft::find(&page, &id).await?;
    let rows = rows_of(&page, &view.vacancy).await?;
    render(
        page,
        Step::of(3, &view),
        (rows, String::new()),
        view.vacancy,
    )
    .await
}

/// `POST /vacatures/{id}/vaardigheden`.
pub(super) async fn save(
    page: Page,
    Path(id): Path<String>,
    form: Posted,
) -> Result<Response, Failure> {
    let view = draft::find(&page, &id).await?;
    let mut step = Step::of(3, &view);
    step.version = draft::version(&form)?;
    let rows = sent(&page, &form);
    let query = form.value("zoek").unwrap_or_default();
    if page.changes_language() || form.has("zoeken") || form.has("reken") {
        return render(page, step, (rows, query), view.vacancy).await;
    }
    let known = &view.vacancy.skills;
    let skills: Vec<SkillDemand> = rows
        .iter()
        .filter_map(|row| demand(&page, row, known))
        .collect();
    if skills.is_empty() {
        step.problems.push(Problem {
            field: "vaardigheden",
            text: page.t("employer-skills-none"),
        });
        return render(page, step, (rows, query), view.vacancy).await;
    }
    let vacancy = Vacancy {
        skills,
        ..view.vacancy
    };
    draft::save(&page, &form, view.id, &vacancy).await?;
    Ok(draft::onward(&form, view.id, 3))
}

/// The demands as they stand, and what the text and the occupation suggest besides.
async fn rows_of(page: &Page, vacancy: &Vacancy) -> Result<Vec<Row>, Failure> {
    let catalogue = &page.site.catalogue;
    let is_new = vacancy.skills.is_empty();
    let mut chosen: BTreeMap<ConceptId, ()> = BTreeMap::new();
    let mut rows = Vec::new();
    let mut add = |skill: ConceptId, choice, weight| {
        if chosen.insert(skill, ()).is_none() {
            let named = Reader::new(&page.site, page.language).named(skill);
            rows.push(Row {
                skill,
                named,
                choice,
                weight,
            });
        }
    };
    for demand in &vacancy.skills {
        if let Some(skill) = catalogue.find(demand.skill.as_str()) {
            let weight = match demand.importance {
                Importance::Essential => Weight::Essential,
                Importance::Important | Importance::Optional => Weight::Important,
            };
            add(skill, Choice::of(demand), weight);
        }
    }
    let named = suggestion(page, vacancy).await?;
    let named: Vec<ConceptId> = named
        .skills
        .iter()
        .filter_map(|one| catalogue.find(one.concept.as_str()))
        .take(N_SUGGESTED)
        .collect();
    let of_occupation = vacancy.occupation.as_ref();
    let of_occupation = of_occupation.and_then(|uri| catalogue.find(uri.as_str()));
    let is_few = named.len() < FEW;
    let proposed = |is_taken: bool| match is_taken {
        true => Choice::Start,
        false => Choice::No,
    };
    for skill in named {
        add(skill, proposed(is_new), Weight::Important);
    }
    let reader = Reader::new(&page.site, page.language);
    let usual = of_occupation.map_or_else(Vec::new, |o| reader.skills_of(o));
    for skill in usual.into_iter().take(N_SUGGESTED) {
        add(skill, proposed(is_new && is_few), Weight::Important);
    }
    Ok(rows)
}

/// The rows as they were sent.
fn sent(page: &Page, form: &Posted) -> Vec<Row> {
    let reader = Reader::new(&page.site, page.language);
    let names = form.values("v");
    let rows = names.iter().take(MOST_DEMANDED_SKILLS).filter_map(|name| {
        let skill = page.site.directory.skill(name)?;
        let said = form.value(&format!("k-{name}")).unwrap_or_default();
        let choice = Choice::ALL.into_iter().find(|choice| choice.code() == said);
        Some(Row {
            skill,
            named: reader.named(skill),
            choice: choice.unwrap_or(Choice::No),
            weight: match form.has(&format!("b-{name}")) {
                true => Weight::Essential,
                false => Weight::Important,
            },
        })
    });
    let mut seen: Vec<ConceptId> = Vec::new();
    let mut unique: Vec<Row> = Vec::new();
    for row in rows {
        if !seen.contains(&row.skill) {
            seen.push(row.skill);
            unique.push(row);
        }
    }
    unique
}

/// The demand of a row; its level stays as it was.
fn demand(page: &Page, row: &Row, known: &[SkillDemand]) -> Option<SkillDemand> {
    let skill = ConceptUri::new(page.site.catalogue.uri(row.skill)).ok()?;
    let before = known.iter().find(|demand| demand.skill == skill);
    let weight = match row.weight {
        Weight::Essential => Importance::Essential,
        Weight::Important => Importance::Important,
    };
    let (importance, moment) = match row.choice {
        Choice::No => return None,
        Choice::Start => (weight, Moment::AtStart),
        Choice::Learn => (weight, Moment::LearnedHere),
        Choice::Nice => (Importance::Optional, Moment::AtStart),
    };
    Some(SkillDemand {
        level: before.and_then(|demand| demand.level),
        skill,
        importance,
        moment,
    })
}

async fn render(
    page: Page,
    step: Step,
    (mut rows, query): (Vec<Row>, String),
    vacancy: Vacancy,
) -> Result<Response, Failure> {
    let known = &vacancy.skills;
    let skills = rows.iter().filter_map(|row| demand(&page, row, known));
    let typed = Vacancy {
        skills: skills.collect(),
        ..vacancy.clone()
    };
    let costs = cost::of(&page, &typed).await?;
    let mut is_nothing_found = false;
    if !query.is_empty() {
        let reader = Reader::new(&page.site, page.language);
        let hits = search(
            &page.site.catalogue,
            &query,
            Wanted::Skills,
            page.language,
            N_FOUND,
        );
        is_nothing_found = hits.is_empty();
        // What was just asked for stands on top.
        for (at, hit) in hits.iter().enumerate() {
            if !rows.iter().any(|row| row.skill == hit.concept) {
                let row = Row {
                    skill: hit.concept,
                    named: reader.named(hit.concept),
                    choice: Choice::No,
                    weight: Weight::Important,
                };
                rows.insert(at.min(rows.len()), row);
            }
        }
    }
    let status = match step.problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::BAD_REQUEST,
    };
    let template = SkillsPage {
        page: page.with_posted_form(),
        step,
        rows,
        choices: Choice::ALL,
        query,
        is_nothing_found,
        costs,
    };
    page::html(status, &template.page, &template)
}
