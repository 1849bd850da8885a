//! All routes, and the layers around them.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::access::{Access, DeclaredRoute, Routes, Surface};
use crate::pages::{
    commitments, compare, devices, figures, guiding, home, invitation, jobs, login, newcomer,
    occupations, offline, operations, own_login, privacy_rights, programs, roles, sign_in, skills,
    statements, team, vacancies,
};
use crate::site::Site;
use crate::{api, assets, compressing, failure, headers, locale, observing, visitor};

/// Largest body of a request, in bytes; no form of the site comes near, but for those with a file.
const LARGEST_BODY: usize = 256 * 1024;

/// Longest time a request may take.
const LONGEST_REQUEST: Duration = Duration::from_secs(10);

/// The service: all routes with all layers.
pub fn router(site: Arc<Site>) -> Router {
    routes()
        .router
        .fallback(failure::nothing_here)
        // From the inside out: a layer sees what those above it in this list answer.
        .layer(CsrfLayer::new())
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::custom(failure::after_panic))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            LONGEST_REQUEST,
        ))
        .layer(from_fn_with_state(Arc::clone(&site), failure::explain))
        .layer(from_fn_with_state(Arc::clone(&site), visitor::settle))
        .layer(from_fn(locale::settle))
        .layer(from_fn(headers::set))
        .layer(CompressionLayer::new().compress_when(compressing::may_compress))
        .layer(from_fn_with_state(Arc::clone(&site), observing::observe))
        .with_state(site)
}

/// Every route as it was declared, in order of declaration.
#[must_use]
pub fn declared_routes() -> Vec<DeclaredRoute> {
    routes().declared
}

fn routes() -> Routes {
    let public = Access::Public;
    Routes::new()
        .page("/", public, home::show)
        .page("/beroepen", public, occupations::list)
        .page("/beroepen/{id}", public, occupations::one)
        .page("/vergelijken", public, compare::show)
        .page("/wat-kan-ik", public, skills::show)
        .page("/toegankelijkheid", public, statements::accessibility)
        .page("/privacy", public, statements::privacy)
        .page("/zo-vergelijken-wij", public, statements::algorithm)
        .page("/vertalingen", public, statements::translations)
        .page("/offline", public, offline::show)
        .and(figures::routes)
        .and(login::routes)
        .and(invitation::routes)
        .and(devices::routes)
        .and(team::routes)
        .and(programs::routes)
        .and(roles::routes)
        .and(own_login::routes)
        .and(sign_in::routes)
        .and(commitments::routes)
        .and(newcomer::routes)
        .and(guiding::routes)
        .and(privacy_rights::routes)
        .and(vacancies::routes)
        .and(jobs::routes)
        .api("/api/v1/occupations", public, api::occupations::list)
        .api("/api/v1/occupations/{id}", public, api::occupations::one)
        .api("/api/v1/compare", public, api::comparison::get)
        .and(api::vacancies::routes)
        .and(api::caseload::routes)
        .and(api::figures::routes)
        .get("/openapi.json", Surface::File, public, api::document::get)
        .get("/static/{file}", Surface::File, public, assets::file)
        .get(
            "/service-worker.js",
            Surface::File,
            public,
            assets::service_worker,
        )
        .get("/robots.txt", Surface::File, public, operations::robots)
        .get("/healthz", Surface::Operation, public, operations::health)
        .get("/readyz", Surface::Operation, public, operations::readiness)
}
