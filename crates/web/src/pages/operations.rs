//! Answers for machines that keep the site running.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};

use crate::failure::Explained;
use crate::site::SharedSite;

/// `GET /healthz`: the process answers.
pub(crate) async fn health() -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], "ok\n")
}

/// `GET /readyz`: the site takes work; not while it is stopping.
pub(crate) async fn readiness(State(site): State<SharedSite>) -> Response {
    let (status, text) = if site.is_stopping() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else {
        (StatusCode::OK, "ready\n")
    };
    let mut response = (status, [(CACHE_CONTROL, "no-store")], text).into_response();
    response.extensions_mut().insert(Explained);
    response
}

/// `GET /robots.txt`.
pub(crate) async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /api/\nDisallow: /wat-kan-ik\nDisallow: /vergelijken\n"
}
