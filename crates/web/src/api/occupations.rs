//! Occupations: searching and reading.

use axum::extract::Path;
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::Problem;
use super::reply::{Concept, NeededSkill, Reply, all, language_of, text_of};
use crate::page::Page;
use crate::reading::{self, Reader};
use crate::search::{Wanted, search};

/// Most occupations in one answer.
const MOST: usize = 50;

/// Occupations in one answer when the request does not say.
const USUAL: usize = 20;

/// Occupations that are given as near.
const N_NEAR: usize = 6;

/// Occupations that a text led to, or all of them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Occupations {
    /// Best first; without a text in the order of their URIs.
    occupations: Vec<OccupationFound>,
}

/// An occupation that was found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OccupationFound {
    #[serde(flatten)]
    occupation: Concept,
    /// The label that fits the text best.
    #[serde(skip_serializing_if = "Option::is_none")]
    matched_label: Option<String>,
    /// Language of that label.
    #[serde(skip_serializing_if = "Option::is_none")]
    matched_language: Option<&'static str>,
    /// How well it fits, 0 to 1000.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<u16>,
}

/// An occupation with everything around it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Occupation {
    #[serde(flatten)]
    occupation: Concept,
    /// URI: that of ESCO where one exists.
    uri: String,
    /// Other names in the same language.
    alternative_names: Vec<String>,
    /// Level that employers usually ask, NLQF 1 to 8; an estimate.
    #[serde(skip_serializing_if = "Option::is_none")]
    nlqf: Option<u8>,
    /// ISCO-08 unit group.
    #[serde(skip_serializing_if = "Option::is_none")]
    isco: Option<String>,
    /// Sectors of the labour market.
    sectors: Vec<Concept>,
    /// Whether law restricts who may do the work.
    regulation: Regulation,
    /// What the occupation needs, by group.
    groups: Vec<Group>,
    /// Occupations with the most similar needs.
    near: Vec<Near>,
}

/// Whether law restricts who may do the work.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Regulation {
    /// `no`, `profession`, `activity` or `unknown`.
    kind: &'static str,
    /// Who regulates; empty when nobody does.
    authority: String,
    /// `verified` when read in a source, else `unverified`: check it there.
    checked: &'static str,
}

/// Needs of one sort.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Group {
    /// `tasks`, `skills`, `knowledge`, `behaviour` or `languages`.
    kind: &'static str,
    skills: Vec<NeededSkill>,
}

/// A near occupation.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Near {
    #[serde(flatten)]
    occupation: Concept,
    /// 0 to 1000; a cosine over weighted skills.
    nearness: u16,
    /// Needs that both have.
    shared: usize,
    /// Needs that only the near occupation has.
    missing: usize,
}

/// `GET /api/v1/occupations`.
#[utoipa::path(
    get,
    path = "/api/v1/occupations",
    operation_id = "list_occupations",
    tag = "catalogue",
    summary = "Find occupations by a text in any of the seven languages",
    params(
        ("query" = Option<String>, Query, description = "Text that names an occupation, at most 200 characters; without it all occupations are listed"),
        ("language" = Option<String>, Query, description = "Language of the names: nl, en, ar, uk, ti, tr or fa; else that of Accept-Language"),
        ("limit" = Option<u8>, Query, description = "How many, 1 to 50; 20 when absent"),
        ("offset" = Option<u32>, Query, description = "How many to pass over; only without a query"),
    ),
    responses(
        (status = 200, description = "Occupations", body = Occupations, content_type = "application/json"),
        (status = 400, description = "A parameter is not right", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(page: Page) -> Result<Reply<Occupations>, Problem> {
    let language = language_of(&page)?;
    let limit = number_of(&page, "limit", 1..=MOST, USUAL)?;
    let offset = number_of(&page, "offset", 0..=1_000_000, 0)?;
    let reader = Reader::new(&page.site, language);
    let catalogue = &page.site.catalogue;
    let occupations = match text_of(&page, "query")? {
        Some(text) => search(catalogue, &text, Wanted::Occupations, language, limit)
            .iter()
            .map(|hit| OccupationFound {
                occupation: reader.named(hit.concept).into(),
                matched_label: Some(hit.label.to_owned()),
                matched_language: Some(hit.language.code()),
                score: Some(hit.score),
            })
            .collect(),
        None => catalogue
            .of_kind(taxonomy::concept::ConceptKind::Occupation)
            .skip(offset)
            .take(limit)
            .map(|concept| OccupationFound {
                occupation: reader.named(concept).into(),
                matched_label: None,
                matched_language: None,
                score: None,
            })
            .collect(),
    };
    Ok(Reply {
        language,
        body: Occupations { occupations },
    })
}

/// `GET /api/v1/occupations/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/occupations/{id}",
    operation_id = "get_occupation",
    tag = "catalogue",
    summary = "Read one occupation",
    params(
        ("id" = String, Path, description = "Short name: the last part of the URI"),
        ("language" = Option<String>, Query, description = "Language of the names: nl, en, ar, uk, ti, tr or fa; else that of Accept-Language"),
    ),
    responses(
        (status = 200, description = "The occupation", body = Occupation, content_type = "application/json"),
        (status = 400, description = "A parameter is not right", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No occupation has this id", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn one(page: Page, Path(id): Path<String>) -> Result<Reply<Occupation>, Problem> {
    let language = language_of(&page)?;
    let found = page.site.directory.occupation(&id);
    let concept = found.ok_or_else(|| Problem::not_found(&page))?;
    let read = Reader::new(&page.site, language).occupation(concept, N_NEAR);
    Ok(Reply {
        language,
        body: read.into(),
    })
}

impl From<reading::Occupation> for Occupation {
    fn from(read: reading::Occupation) -> Occupation {
        Occupation {
            occupation: read.named.into(),
            uri: read.uri,
            alternative_names: read.others,
            nlqf: read.level,
            isco: read.isco,
            sectors: all(read.sectors),
            regulation: Regulation {
                kind: read.regulation.code(),
                authority: read.authority,
                checked: read.verification.code(),
            },
            groups: all(read.groups),
            near: all(read.near),
        }
    }
}

impl From<reading::NeedGroup> for Group {
    fn from(group: reading::NeedGroup) -> Group {
        Group {
            kind: group.title.trim_start_matches("group-"),
            skills: all(group.needs),
        }
    }
}

impl From<reading::Neighbour> for Near {
    fn from(near: reading::Neighbour) -> Near {
        Near {
            nearness: near.nearness,
            shared: near.shared.len(),
            missing: near.missing.len(),
            occupation: near.named.into(),
        }
    }
}

fn number_of(
    page: &Page,
    name: &'static str,
    allowed: std::ops::RangeInclusive<usize>,
    usual: usize,
) -> Result<usize, Problem> {
    let Some(text) = page.value(name) else {
        return Ok(usual);
    };
    let number = text.parse().ok().filter(|number| allowed.contains(number));
    number.ok_or_else(|| {
        let reason = format!("a number from {} to {}", allowed.start(), allowed.end());
        Problem::invalid(page, name, &reason)
    })
}
