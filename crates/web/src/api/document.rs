//! The OpenAPI document, with the declared access of every route in it.

use axum::Json;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use axum::response::IntoResponse;
use utoipa::OpenApi;
use utoipa::openapi::{OpenApi as Document, SecurityRequirement};

use super::reply::VERSION;
use crate::access::{Access, Surface};
use crate::routes::declared_routes;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Werkbrug",
        description = "Occupations and skills in seven languages. Public reference data; no personal data in any address.",
        contact(name = "Werkbrug", email = "beheer@example.invalid", url = "/toegankelijkheid"),
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    servers((url = "/", description = "This site")),
    tags((name = "catalogue", description = "Occupations and what they need")),
    paths(super::occupations::list, super::occupations::one, super::comparison::get),
    components(schemas(super::problem::Problem))
)]
struct Described;

/// The document: what the handlers say of themselves, and who may use them as the routes declare.
///
/// A route below `/api/` that no handler describes is left out here; a test finds it.
#[must_use]
pub fn openapi() -> Document {
    let mut document = Described::openapi();
    VERSION.clone_into(&mut document.info.version);
    for route in declared_routes() {
        if route.surface != Surface::Api {
            continue;
        }
        let item = document.paths.paths.get_mut(route.path);
        if let Some(operation) = item.and_then(|item| item.get.as_mut()) {
            operation.security = Some(match route.access {
                // An empty requirement says in so many words that no login is needed.
                Access::Public => vec![SecurityRequirement::default()],
                Access::LoggedIn | Access::Newcomer | Access::Staff(_) => {
                    vec![SecurityRequirement::new::<_, [&str; 0], &str>(
                        "session",
                        [],
                    )]
                }
            });
        }
    }
    document
}

/// `GET /openapi.json`.
pub(crate) async fn get() -> impl IntoResponse {
    let headers = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, Json(openapi()))
}
