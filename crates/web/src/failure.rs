//! Requests that cannot be answered: which they are, and how people and programs are told.
//!
//! A handler returns a [`Failure`]; the framework makes some of its own (a wrong method, a body
//! that is too big, a time-out, a panic). The layer [`explain`] turns all of them into a page in
//! the language of the person, or into a problem document (RFC 9457) below `/api/`.
//! Neither says more than the status and the id under which the log has the rest.

use std::any::Any;
use std::sync::Arc;

use application::ApplicationError;
use askama::Template;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::api::problem::Problem;
use crate::locale::AnswerLanguage;
use crate::observing::RequestId;
use crate::page::{self, Page};
use crate::pages::login;
use crate::site::SharedSite;
use crate::visitor::Visitor;

/// Statuses that have a page of their own; others get that of their class.
const EXPLAINED: [u16; 10] = [400, 401, 403, 404, 405, 409, 413, 429, 500, 503];

/// Seconds after which trying again makes sense when the database is busy.
const BUSY_FOR: u64 = 5;

/// Why a request cannot be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// The request itself is malformed.
    #[error("malformed request")]
    Malformed,
    /// The body has a type that is not expected here.
    #[error("wrong content type")]
    WrongType,
    /// More was sent than is taken.
    #[error("too large")]
    TooLarge,
    /// There is nothing at this address, or nothing that may be known.
    #[error("nothing here")]
    NotFound,
    /// Whoever asks may not do this.
    #[error("not allowed")]
    Forbidden,
    /// Whoever asks has to log in first.
    #[error("not logged in")]
    LogInFirst,
    /// Somebody else changed it in between.
    #[error("changed in between")]
    Changed,
    /// Too many attempts.
    #[error("too many attempts")]
    TooMany {
        /// Seconds until the next is possible.
        wait: u64,
    },
    /// The database is busy, full or gone.
    #[error("not available now")]
    Unavailable,
    /// A template could not be rendered.
    #[error("cannot render the page")]
    Render,
    /// Another fault of ours.
    #[error("fault")]
    Fault,
}

impl Failure {
    fn status(self) -> StatusCode {
        match self {
            Failure::Malformed => StatusCode::BAD_REQUEST,
            Failure::WrongType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Failure::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Failure::NotFound => StatusCode::NOT_FOUND,
            Failure::Forbidden => StatusCode::FORBIDDEN,
            Failure::LogInFirst => StatusCode::UNAUTHORIZED,
            Failure::Changed => StatusCode::CONFLICT,
            Failure::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Failure::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Render | Failure::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        let wait = match self {
            Failure::TooMany { wait } => wait,
            Failure::Unavailable => BUSY_FOR,
            _ => return response,
        };
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(wait));
        response
    }
}

/// What a use case answered, as a page tells it; faults are logged here, once.
impl From<ApplicationError> for Failure {
    fn from(error: ApplicationError) -> Failure {
        match error {
            ApplicationError::NotFound => Failure::NotFound,
            ApplicationError::Forbidden | ApplicationError::WrongCredentials => Failure::Forbidden,
            ApplicationError::RefusedByProvider(ref source) => {
                tracing::warn!(error = %error, %source, "a login is refused");
                Failure::Forbidden
            }
            ApplicationError::NoProvider(ref source) => {
                tracing::error!(error = %error, %source, "nobody can log in with the organisation");
                Failure::Unavailable
            }
            ApplicationError::Invalid(_)
            | ApplicationError::Refused(_)
            | ApplicationError::Document(_)
            | ApplicationError::Chamber(_) => Failure::Malformed,
            ApplicationError::Obligation(_)
            | ApplicationError::Stale(_)
            | ApplicationError::AlreadyThere => Failure::Changed,
            // The page of a handler that cares says when; this is for all others.
            ApplicationError::TooManyAttempts { .. } => Failure::TooMany { wait: 60 },
            ApplicationError::TooManyOpenings { .. } => Failure::TooMany { wait: 3600 },
            ApplicationError::SessionOver => Failure::LogInFirst,
            ApplicationError::Unavailable(ref source) => {
                let cause = innermost(source.as_ref());
                tracing::error!(error = %error, %cause, "the database is not available");
                Failure::Unavailable
            }
            ApplicationError::Storage(ref source) => {
                tracing::error!(error = %error, %source, "storage failed");
                Failure::Fault
            }
            ApplicationError::OtherKey
            | ApplicationError::Export(_)
            | ApplicationError::Typesetting(_)
            | ApplicationError::Fault(_) => {
                tracing::error!(%error, "fault");
                Failure::Fault
            }
        }
    }
}

/// Where a chain of errors began: whether a database is locked, full or gone says only that one.
fn innermost<'a>(error: &'a (dyn std::error::Error + 'static)) -> &'a dyn std::error::Error {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost
}

/// Marks a response that already explains itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Explained;

#[derive(Template)]
#[template(path = "shell/failure.html")]
struct FailurePage {
    page: Page,
    title: String,
    text: String,
    id: String,
    show_id: Visibility,
}

/// Whether the id of the request is shown: only where it helps to find the fault.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visibility {
    Shown,
    Hidden,
}

/// Layer that explains every error response.
pub(crate) async fn explain(
    State(site): State<SharedSite>,
    request: Request,
    next: Next,
) -> Response {
    let language = request
        .extensions()
        .get::<AnswerLanguage>()
        .map_or(domain::language::Language::NL, |answer| answer.0);
    let id = request
        .extensions()
        .get::<RequestId>()
        .map_or_else(String::new, |id| id.0.clone());
    let uri = request.uri().clone();
    let visitor = request
        .extensions()
        .get::<Visitor>()
        .copied()
        .unwrap_or_default();
    let response = next.run(request).await;
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if !is_error || response.extensions().get::<Explained>().is_some() {
        return response;
    }
    let is_api = uri.path().starts_with("/api/");
    if status == StatusCode::UNAUTHORIZED && !is_api {
        return Redirect::to(&login::address(&uri, visitor)).into_response();
    }
    let mut explained = if is_api {
        Problem::of_status(&site, language, status, &id).into_response()
    } else {
        // An address that cannot be read has no parameters to keep.
        let page = Page::new(Arc::clone(&site), language, &uri)
            .unwrap_or_else(|_| Page::without_parameters(Arc::clone(&site), language, "/"));
        failure_page(page.with_visitor(visitor), status, &id)
    };
    for name in [ALLOW, RETRY_AFTER, WWW_AUTHENTICATE] {
        if let Some(value) = response.headers().get(&name) {
            explained.headers_mut().insert(name, value.clone());
        }
    }
    explained
}

fn failure_page(page: Page, status: StatusCode, id: &str) -> Response {
    let code = explained_code(status);
    let template = FailurePage {
        title: page.t(&format!("error-{code}-title")),
        text: page.t(&format!("error-{code}-text")),
        id: id.to_owned(),
        show_id: if status.is_server_error() {
            Visibility::Shown
        } else {
            Visibility::Hidden
        },
        page,
    };
    page::html(status, &template.page, &template).unwrap_or_else(|_| {
        // The page about the fault is itself at fault: plain text still tells people something.
        let text = HeaderValue::from_static("text/plain; charset=utf-8");
        (status, [(CONTENT_TYPE, text)], status.to_string()).into_response()
    })
}

/// The status whose explanation fits best.
pub(crate) fn explained_code(status: StatusCode) -> u16 {
    let code = status.as_u16();
    match code {
        _ if EXPLAINED.contains(&code) => code,
        400..=499 => 400,
        _ => 500,
    }
}

/// What a request gets whose handler panicked; the panic itself was logged by its hook.
pub(crate) fn after_panic(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// The fallback of the router.
pub(crate) async fn nothing_here() -> Failure {
    Failure::NotFound
}
