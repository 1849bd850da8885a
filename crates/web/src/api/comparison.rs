//! Comparing two occupations.

use serde::Serialize;
use utoipa::ToSchema;

use super::problem::Problem;
use super::reply::{Concept, NeededSkill, Reply, all, language_of, occupation_of};
use crate::page::Page;
use crate::reading::Reader;

/// Two occupations side by side.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Comparison {
    /// The occupation to go from.
    from: Concept,
    /// The occupation to go to.
    to: Concept,
    /// 0 (nothing in common) to 1000 (the same); a cosine over weighted skills.
    nearness: u16,
    /// Needs of both; the relation is that of `to`.
    shared: Vec<NeededSkill>,
    /// Needs of `to` only: what is missing on the way.
    missing: Vec<NeededSkill>,
    /// Needs of `from` only.
    unused: Vec<NeededSkill>,
}

/// `GET /api/v1/compare`.
#[utoipa::path(
    get,
    path = "/api/v1/compare",
    operation_id = "get_comparison",
    tag = "catalogue",
    summary = "Compare two occupations by what they need",
    params(
        ("from" = String, Query, description = "Id or name of the occupation to go from"),
        ("to" = String, Query, description = "Id or name of the occupation to go to"),
        ("language" = Option<String>, Query, description = "Language of the names: nl, en, ar, uk, ti, tr or fa; else that of Accept-Language"),
    ),
    responses(
        (status = 200, description = "The comparison", body = Comparison, content_type = "application/json"),
        (status = 400, description = "A parameter is missing or not right", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn get(page: Page) -> Result<Reply<Comparison>, Problem> {
    let language = language_of(&page)?;
    let from = occupation_of(&page, "from", language)?;
    let to = occupation_of(&page, "to", language)?;
    let compared = Reader::new(&page.site, language).compare(from, to);
    Ok(Reply {
        language,
        body: Comparison {
            from: compared.from.into(),
            to: compared.to.into(),
            nearness: compared.nearness,
            shared: all(compared.shared),
            missing: all(compared.missing),
            unused: all(compared.unused),
        },
    })
}
