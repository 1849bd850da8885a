//! What answers and parameters of the interface have in common.

use axum::Json;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_LANGUAGE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use domain::language::Language;
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::Problem;
use crate::locale::interface_language;
use crate::page::{LONGEST_TEXT, Page};
use crate::reading;
use crate::search::{Wanted, search};

/// Version of the interface, semantic; the major number stands in the address.
pub(crate) const VERSION: &str = "1.1.0";

/// Header with the version (rule core/version-header).
pub(crate) const API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// An answer of the interface.
pub(crate) struct Reply<T> {
    pub(crate) language: Language,
    pub(crate) body: T,
}

impl<T: Serialize> IntoResponse for Reply<T> {
    fn into_response(self) -> Response {
        let headers = [
            (API_VERSION, HeaderValue::from_static(VERSION)),
            (
                CONTENT_LANGUAGE,
                HeaderValue::from_static(self.language.code()),
            ),
            // Public reference data: any site may read it, a cache may keep it for an hour.
            (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
            (
                CACHE_CONTROL,
                HeaderValue::from_static("public, max-age=3600"),
            ),
        ];
        (headers, Json(self.body)).into_response()
    }
}

/// An answer for one program: kept nowhere, read by no other site.
pub(crate) struct Private<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for Private<T> {
    fn into_response(self) -> Response {
        let headers = [
            (API_VERSION, HeaderValue::from_static(VERSION)),
            (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        (headers, Json(self.0)).into_response()
    }
}

/// A concept by its names.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Concept {
    /// Short name, the last part of the URI.
    id: String,
    /// Name in the language asked for, or in the first language that has one.
    name: String,
    /// Language of the name, ISO 639-1.
    language: &'static str,
    /// The Dutch name, where `name` is in another language.
    #[serde(skip_serializing_if = "Option::is_none")]
    dutch_name: Option<String>,
}

impl From<reading::Named> for Concept {
    fn from(named: reading::Named) -> Concept {
        Concept {
            id: named.id,
            name: named.name,
            language: named.language.code(),
            dutch_name: named.dutch,
        }
    }
}

/// A skill that an occupation needs.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NeededSkill {
    #[serde(flatten)]
    skill: Concept,
    /// `essential` or `optional`.
    relation: &'static str,
}

impl From<reading::Need> for NeededSkill {
    fn from(need: reading::Need) -> NeededSkill {
        NeededSkill {
            relation: need.relation.code(),
            skill: need.skill.into(),
        }
    }
}

/// Turns a list of readings into its parts of the interface.
pub(crate) fn all<A, B: From<A>>(list: Vec<A>) -> Vec<B> {
    list.into_iter().map(B::from).collect()
}

/// The language asked for with `language`, else that of the request.
pub(crate) fn language_of(page: &Page) -> Result<Language, Problem> {
    match page.value("language") {
        None => Ok(page.language),
        Some(code) => interface_language(&code).ok_or_else(|| {
            let known: Vec<&str> = Language::interface().map(Language::code).collect();
            Problem::invalid(page, "language", &format!("one of {}", known.join(", ")))
        }),
    }
}

/// A text of at most [`LONGEST_TEXT`] characters.
pub(crate) fn text_of(page: &Page, name: &'static str) -> Result<Option<String>, Problem> {
    page.typed(name)
        .map_err(|_| Problem::invalid(page, name, &format!("at most {LONGEST_TEXT} characters")))
}

/// The occupation named by a required parameter: a short name, or a text that names one.
pub(crate) fn occupation_of(
    page: &Page,
    name: &'static str,
    language: Language,
) -> Result<taxonomy::ConceptId, Problem> {
    let Some(text) = text_of(page, name)? else {
        return Err(Problem::invalid(page, name, "required"));
    };
    if let Some(occupation) = page.site.directory.occupation(&text) {
        return Ok(occupation);
    }
    let hits = search(
        &page.site.catalogue,
        &text,
        Wanted::Occupations,
        language,
        1,
    );
    hits.first()
        .map(|hit| hit.concept)
        .ok_or_else(|| Problem::invalid(page, name, "the id or name of an occupation"))
}
