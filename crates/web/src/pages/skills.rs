//! What can I do: choose skills, see which work is like them.
//!
//! All choices stand in the address (`v=…`), so that nothing has to be stored and the page works
//! without JavaScript.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use language::Argument;
use taxonomy::ConceptId;

use crate::failure::Failure;
use crate::page::{self, LONGEST_TEXT, Page};
use crate::reading::{Named, Neighbour, Reader};
use crate::search::{Wanted, search};

/// Occupations in the outcome.
const N_RESULTS: usize = 10;

/// Skills offered for a typed text.
const N_CHOICES: usize = 12;

/// Missing skills shown per occupation; the rest is a number.
const N_MISSING: usize = 6;

/// A list of skills to choose from.
struct Choices {
    /// Heading, in words.
    title: String,
    skills: Vec<Named>,
}

#[derive(Template)]
#[template(path = "pages/skills/skills.html")]
struct SkillsPage {
    page: Page,
    work: String,
    work_problem: Option<String>,
    other: String,
    example: String,
    other_problem: Option<String>,
    chosen: Vec<Named>,
    choices: Vec<Choices>,
    /// What is wrong with the form as a whole.
    problem: Option<String>,
    results: Option<Vec<Neighbour>>,
    n_missing: usize,
}

impl SkillsPage {
    fn has_problem(&self) -> bool {
        self.problem.is_some() || self.work_problem.is_some() || self.other_problem.is_some()
    }

    fn how_count(&self, result: &Neighbour) -> String {
        let arguments = [
            ("have", Argument::Number(result.shared.len() as u64)),
            ("total", Argument::Number(result.n_all() as u64)),
        ];
        self.page.texts("how-count", &arguments)
    }

    fn n_more(&self, result: &Neighbour) -> usize {
        result.missing.len().saturating_sub(self.n_missing)
    }
}

/// `GET /wat-kan-ik`.
pub(crate) async fn show(page: Page) -> Result<Response, Failure> {
    let reader = Reader::new(&page.site, page.language);
    let chosen = chosen(&page);
    let (work, work_problem) = text_of(&page, "werk");
    let (other, other_problem) = text_of(&page, "zoek");
    let mut template = SkillsPage {
        chosen: chosen.iter().map(|&skill| reader.named(skill)).collect(),
        choices: Vec::new(),
        problem: None,
        results: None,
        n_missing: N_MISSING,
        work,
        work_problem,
        other,
        example: reader.example_skill(),
        other_problem,
        page,
    };
    // The page moved into the template, so the reader has to look at it there.
    let site = std::sync::Arc::clone(&template.page.site);
    let reader = Reader::new(&site, template.page.language);
    offer(&mut template, &reader, &chosen);
    if template.page.value("toon").is_some() {
        if chosen.is_empty() {
            template.problem = Some(template.page.t("skills-none"));
        } else {
            template.results = Some(reader.near_skills(&chosen, N_RESULTS));
        }
    }
    let is_too_long = ["werk", "zoek"]
        .iter()
        .any(|name| template.page.typed(name).is_err());
    let status = if is_too_long {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    page::html(status, &template.page, &template)
}

/// Skills chosen so far, in the order of the address, each once; names of no skill are left out.
fn chosen(page: &Page) -> Vec<ConceptId> {
    let mut chosen = Vec::new();
    for name in page.values("v") {
        if let Some(skill) = page.site.directory.skill(name)
            && !chosen.contains(&skill)
        {
            chosen.push(skill);
        }
    }
    chosen
}

/// A typed text and what is wrong with it.
fn text_of(page: &Page, name: &str) -> (String, Option<String>) {
    match page.typed(name) {
        Ok(text) => (text.unwrap_or_default(), None),
        Err(page::TextTooLong) => (
            String::new(),
            Some(page.tn("search-too-long", LONGEST_TEXT)),
        ),
    }
}

/// Fills the lists to choose from: of the work, of the typed text, and of unpaid work.
fn offer(template: &mut SkillsPage, reader: &Reader<'_>, chosen: &[ConceptId]) {
    let page = &template.page;
    let site = &page.site;
    let mut offered = chosen.to_vec();
    let mut choices = Vec::new();
    if !template.work.is_empty() {
        let occupation = site.directory.occupation(&template.work).or_else(|| {
            search(
                &site.catalogue,
                &template.work,
                Wanted::Occupations,
                page.language,
                1,
            )
            .first()
            .map(|hit| hit.concept)
        });
        match occupation {
            None => template.work_problem = Some(unknown(page, &template.work)),
            Some(occupation) => {
                let name = reader.named(occupation).name;
                let title = page.tt("skills-from", "name", &name);
                let skills = fresh(&mut offered, reader.skills_of(occupation));
                choices.push((title, skills));
                template.work = name;
            }
        }
    }
    if !template.other.is_empty() {
        let hits = search(
            &site.catalogue,
            &template.other,
            Wanted::Skills,
            page.language,
            N_CHOICES,
        );
        if hits.is_empty() {
            template.other_problem = Some(unknown(page, &template.other));
        } else {
            let title = page.tt("skills-found", "query", &template.other);
            let skills = fresh(&mut offered, hits.iter().map(|hit| hit.concept).collect());
            choices.push((title, skills));
        }
    }
    let unpaid = reader.unpaid();
    let unpaid = unpaid
        .iter()
        .filter_map(|named| site.directory.skill(&named.id))
        .collect();
    choices.push((page.t("skills-unpaid"), fresh(&mut offered, unpaid)));
    template.choices = choices
        .into_iter()
        .filter(|(_, skills)| !skills.is_empty())
        .map(|(title, skills)| Choices {
            title,
            skills: skills
                .into_iter()
                .map(|skill| reader.named(skill))
                .collect(),
        })
        .collect();
}

/// The skills that were not offered before; they are from now on.
fn fresh(offered: &mut Vec<ConceptId>, skills: Vec<ConceptId>) -> Vec<ConceptId> {
    let fresh: Vec<ConceptId> = skills
        .into_iter()
        .filter(|skill| !offered.contains(skill))
        .collect();
    offered.extend(&fresh);
    fresh
}

fn unknown(page: &Page, query: &str) -> String {
    page.tt("skills-unknown", "query", query)
}
