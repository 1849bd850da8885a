//! Problem documents (RFC 9457): every error of the interface.

use application::ApplicationError;
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::language::Language;
use serde::Serialize;
use utoipa::ToSchema;

use super::reply::{API_VERSION, VERSION};
use crate::failure::{Explained, Failure, explained_code};
use crate::page::Page;
use crate::site::Site;

/// A problem document.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Problem {
    /// URI of the kind of problem; `about:blank` when the status says it all.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What happened, in the language of the request.
    title: String,
    /// HTTP status.
    status: u16,
    /// What to do about it, in the language of the request.
    detail: String,
    /// Id of the request, as in the log of the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    /// Parameters that were not right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    invalid_params: Vec<InvalidParameter>,
    #[serde(skip)]
    language: Language,
}

/// A parameter that was not right.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvalidParameter {
    /// Name of the parameter.
    name: &'static str,
    /// What it must be.
    reason: String,
}

impl Problem {
    /// The problem that a status stands for.
    pub(crate) fn of_status(
        site: &Site,
        language: Language,
        status: StatusCode,
        id: &str,
    ) -> Problem {
        let code = explained_code(status);
        let text = |part: &str| {
            site.messages
                .plain(language, &format!("error-{code}-{part}"), &[])
        };
        Problem {
            kind: "about:blank",
            title: text("title"),
            status: status.as_u16(),
            detail: text("text"),
            instance: (!id.is_empty()).then(|| format!("urn:werkbrug:request:{id}")),
            invalid_params: Vec::new(),
            language,
        }
    }

    /// One parameter is not right.
    pub(crate) fn invalid(page: &Page, name: &'static str, reason: &str) -> Problem {
        Problem {
            kind: "urn:werkbrug:problem:invalid-parameter",
            invalid_params: vec![InvalidParameter {
                name,
                reason: reason.to_owned(),
            }],
            ..Problem::of_status(&page.site, page.language, StatusCode::BAD_REQUEST, "")
        }
    }

    /// Somebody changed the resource since the version that the request names (RFC 9110, 13.1.1).
    pub(crate) fn stale(page: &Page) -> Problem {
        Problem {
            kind: "urn:werkbrug:problem:stale-version",
            status: StatusCode::PRECONDITION_FAILED.as_u16(),
            ..Problem::of_status(&page.site, page.language, StatusCode::CONFLICT, "")
        }
    }

    /// A change needs the version that it was made from (RFC 6585, section 3).
    pub(crate) fn version_missing(page: &Page) -> Problem {
        Problem {
            status: StatusCode::PRECONDITION_REQUIRED.as_u16(),
            ..Problem::invalid(page, "If-Match", "the ETag of the version that was read")
        }
    }

    /// Nothing has this id.
    pub(crate) fn not_found(page: &Page) -> Problem {
        Problem::of_status(&page.site, page.language, StatusCode::NOT_FOUND, "")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = [
            (
                CONTENT_TYPE,
                HeaderValue::from_static("application/problem+json"),
            ),
            (
                CONTENT_LANGUAGE,
                HeaderValue::from_static(self.language.code()),
            ),
            (CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (API_VERSION, HeaderValue::from_static(VERSION)),
        ];
        // The struct holds only text and numbers, which can always be written.
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (status, headers, body).into_response();
        response.extensions_mut().insert(Explained);
        response
    }
}

/// Why a resource for programs does not answer with what was asked.
pub(crate) enum Refused {
    /// It says itself what is wrong.
    Problem(Problem),
    /// The status says it.
    Failure(Failure),
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Refused {
        Refused::Problem(problem)
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Refused {
        Refused::Failure(failure)
    }
}

impl From<ApplicationError> for Refused {
    fn from(error: ApplicationError) -> Refused {
        Refused::Failure(error.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Refused::Problem(problem) => problem.into_response(),
            Refused::Failure(failure) => failure.into_response(),
        }
    }
}
